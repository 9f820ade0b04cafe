"""The services that rows of a file can get, and what can come before each of them."""

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
    """A service as a file with certain columns sees it.

    `involved` are the service itself, those that may have to come first, and those that took over from it, in the
    catalogue's order; with `chooses` there may be several ways in. `facts` are all that these look at and that a column
    can change; `answers` those whose very answer says that a person has it all already. By their place in a row:
    `provided` are facts that others than itself provide, `ordered_by` those that the order of first steps hangs on.
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
    """The services that rows of a file can get, in the order in which lists name them: near ones first, then by phase.

    `varying` are the facts that its columns, `present`, can change. `closed_to_all` are the positions of services that
    what no column can change has shut.
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
        """How many are not for the whole country."""
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
        """The doors, what lies before these, what provides something that one of these needs, and successors.

        What a service itself lacks comes later, and only what opens now or through others is told of here.
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
