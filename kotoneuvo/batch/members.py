"""The services that the rows of a file can get, each with the services that it depends on."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import NamedTuple

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.compiled import CompiledService
from kotoneuvo.advice.criteria import UNMET, criteria_of, judge
from kotoneuvo.advice.first_steps import looks_at
from kotoneuvo.advice.situation import Situation
from kotoneuvo.batch.gaps import goal_bits


class Member(NamedTuple):
    """A service with everything that its results in a file can depend on.

    `order`: its place in the lists. `involved`: the service itself, those that may have to come before it and its
    successors, in the catalogue's order. `chooses`: it may have several ways in. `facts`: what the involved services
    look at, as far as columns of the file can change it. `answers`: facts whose answer may say that the person already
    has what the service provides. As positions in a `Row`: `provided` are the facts that the other involved services
    provide, `ordered_by` those that the order of first steps depends on. `covers`: see `goal_bits`.
    """

    compiled: CompiledService
    order: int
    involved: tuple[CompiledService, ...]
    chooses: bool
    facts: tuple[str, ...]
    answers: tuple[str, ...]
    provided: tuple[int, ...]
    ordered_by: tuple[int, ...]
    covers: int


class Members:
    """The services that the rows of a file can get, in the order of the lists: local ones first, then by phase.

    `varying` are the facts that the columns of the file (`present`) can change. `closed_to_all`: the positions of
    services that are not eligible whatever the columns say.
    """

    def __init__(self, advisor: Advisor, varying: Collection[str], present: Collection[str]) -> None:
        self.advisor = advisor
        self._varying, self._present = varying, present
        facts = advisor.catalogue.facts
        compiled = advisor.compiled()
        self.by_id = {each.service.id: each for each in compiled}
        self._providers: dict[str, list[CompiledService]] = {}
        for each in compiled:
            for fact in each.service.provides:
                self._providers.setdefault(fact, []).append(each)
        nobody = advisor.encoding.knowledge(advisor.encoding.encode(Situation())[0], Situation())
        self.closed_to_all = {
            each.position
            for each in compiled
            if any(
                judge(node, nobody.possible).truth is UNMET
                for node in each.service.eligibility
                if not any(criterion.fact in varying for criterion in criteria_of((node,)))
            )
        }
        covers = goal_bits(advisor.catalogue)
        ordered = sorted(
            compiled,
            key=lambda each: (each.service.countrywide, facts.phase_order[each.service.phase], each.position),
        )
        self.all = tuple([self._member(order, each, covers[each.service.id]) for order, each in enumerate(ordered)])

    @cached_property
    def near(self) -> int:
        """The number of services that are not nationwide."""
        return sum(not member.compiled.service.countrywide for member in self.all)

    def _member(self, order: int, compiled: CompiledService, covers: int) -> Member:
        before, position = self._before(compiled), self.advisor.encoding.position
        involved = sorted((compiled, *before), key=lambda each: each.position)
        looked_at = {name for each in involved for name in each.looks_at}
        ordered_by = {criterion.fact for criterion in looks_at(compiled.service)}
        facts = tuple([name for name in sorted(looked_at | ordered_by) if name in self._varying])
        provided = {name for each in before for name in each.service.provides}
        return Member(
            compiled=compiled,
            order=order,
            involved=tuple(involved),
            chooses=not compiled.walk_in and len(before) > 1,
            facts=facts,
            answers=tuple(name for name in sorted(compiled.service.provides) if name in self._present),
            provided=tuple([position[name] for name in facts if name in provided]),
            ordered_by=tuple([position[name] for name in facts if name in ordered_by]),
            covers=covers,
        )

    def _before(self, compiled: CompiledService) -> Collection[CompiledService]:
        """Return the doors, everything that may come before or provide something for these, and the successors.

        Providers of what the service itself needs do not count: such a service opens later, and the lists of a batch
        have only what opens now or through others.
        """
        found: dict[str, CompiledService] = {}
        waiting = [] if compiled.walk_in else list(compiled.doors)
        while waiting:
            service_id = waiting.pop()
            door = self.by_id.get(service_id)
            if door is None or service_id in found:
                continue
            found[service_id] = door
            needs = {criterion.fact for criterion in criteria_of(door.service.eligibility)}
            waiting += [each.service.id for fact in needs for each in self._providers.get(fact, ())]
            waiting += [] if door.walk_in else door.doors
        for service_id in compiled.service.successor:
            if service_id in self.by_id:
                found[service_id] = self.by_id[service_id]
        found.pop(compiled.service.id, None)
        return found.values()
