"""What services add to the rows of a file: asked of the advisor about one person who stands for all of a kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kotoneuvo.advice.advisor import Advisor, WithinReach
from kotoneuvo.advice.assessment import countrywide
from kotoneuvo.advice.compiled import MUNICIPALITY, CompiledService, Standing, bearing
from kotoneuvo.advice.criteria import AnyOf, Criterion, Judgement, criteria_of, judge
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.encoding import Row, picker
from kotoneuvo.advice.first_steps import Order, first_order
from kotoneuvo.advice.pathway import When
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.situation import Knowledge, Situation
from kotoneuvo.advice.step_order import looks_at
from kotoneuvo.advice.truth import UNMET
from kotoneuvo.batch.gaps import goal_bits

if TYPE_CHECKING:
    from kotoneuvo.batch.arrays import Ints

TEXTS = ("fitting", "possible", "opens_next", "unmet")
"""The lists of ids in a row."""


class Share(NamedTuple):
    """What one service adds to a row: its text on each list (see `TEXTS`), empty where it does not stand on it.

    Shares are sorted by `order`. `step` is the number of its order among all that may be the first step (see `Orders`).
    `covers` has a bit for every goal that it answers, if it fits. `missed` is the place of the node that alone shuts
    it, or -1.
    """

    order: int
    texts: tuple[str, str, str, str]
    step: int
    covers: int
    position: int
    missed: int


NO_STEP = 0
"""The number of no order: the last of all."""


class Orders:
    """Orders of first steps, numbered as they come; compared is their rank among all that came so far."""

    def __init__(self) -> None:
        self._orders: list[tuple[Order, int]] = [((), -1)]
        self._numbers: dict[tuple[Order, int], int] = {}
        self._ranks: Ints = np.zeros(0, np.int64)
        self._firsts: Ints = np.zeros(0, np.int64)

    def number(self, order: Order, first: int) -> int:
        """The number of an order, for which one goes to the service at the position `first` first."""
        number = self._numbers.setdefault((order, first), len(self._orders))
        if number == len(self._orders):
            self._orders.append((order, first))
        return number

    def best(self, numbers: Iterable[int]) -> int:
        """The number of the lowest of some orders."""
        return min((number for number in numbers if number), key=self._orders.__getitem__, default=NO_STEP)

    def first(self, columns: Sequence[Ints]) -> Ints:
        """For every row the position of the service to go to first, by the lowest of its orders; -1 for none."""
        if len(self._ranks) < len(self._orders):
            ranked = [*sorted(range(1, len(self._orders)), key=self._orders.__getitem__), NO_STEP]
            self._ranks = np.empty(len(ranked), np.int64)
            self._ranks[ranked] = np.arange(len(ranked))
            self._firsts = np.array([self._orders[number][1] for number in ranked], np.int64)
        lowest: Ints = np.minimum.reduce([self._ranks.take(column) for column in columns])
        return self._firsts.take(lowest)


class Member(NamedTuple):
    """A service as a file with certain columns sees it.

    `before` are the services that may have to come first, or that took over from it; `facts` all that it and these look
    at and that a column can change; `answers` those whose very answer says that a person has it all already.
    """

    compiled: CompiledService
    order: int
    before: tuple[CompiledService, ...]
    facts: tuple[str, ...]
    answers: tuple[str, ...]
    covers: int

    @property
    def involved(self) -> tuple[CompiledService, ...]:
        """The service itself and those that may come before."""
        return (self.compiled, *self.before)


class Members:
    """The services that rows of a file can get, in the order in which lists name them: near ones first, then by phase.

    `varying` are the facts that its columns, `present`, can change; with `reasons` shut services are told of too.
    """

    def __init__(self, advisor: Advisor, varying: Collection[str], present: Collection[str], *, reasons: bool) -> None:
        self.advisor = advisor
        self.reasons = reasons
        self._varying, self._present = varying, present
        self.orders = Orders()
        self._anywhere: dict[int, _Anywhere] = {}
        self._bearings: dict[tuple[int, Any], Hashable] = {}
        facts = advisor.catalogue.facts
        compiled = advisor.compiled()
        self._by_id = {each.service.id: each for each in compiled}
        self._providers: dict[str, list[CompiledService]] = {}
        for each in compiled:
            for fact in each.service.provides:
                self._providers.setdefault(fact, []).append(each)
        nobody = advisor.encoding.knowledge(advisor.encoding.encode(Situation())[0], Situation())
        self._closed_to_all = {
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
            key=lambda each: (countrywide(each.service), facts.phase_order[each.service.phase], each.position),
        )
        self.all = tuple([self._member(order, each, covers[each.service.id]) for order, each in enumerate(ordered)])

    @cached_property
    def near(self) -> int:
        """How many are not for the whole country."""
        return sum(not countrywide(member.compiled.service) for member in self.all)

    def _member(self, order: int, compiled: CompiledService, covers: int) -> Member:
        before = self._before(compiled)
        looked_at = {name for each in (compiled, *before) for name in each.looks_at}
        looked_at |= {criterion.fact for criterion in looks_at(compiled.service)}
        return Member(
            compiled=compiled,
            order=order,
            before=before,
            facts=tuple(name for name in sorted(looked_at) if name in self._varying),
            answers=tuple(name for name in sorted(compiled.service.provides) if name in self._present),
            covers=covers,
        )

    def _before(self, compiled: CompiledService) -> tuple[CompiledService, ...]:
        """The doors, what lies before these, what provides something that one of these needs, and successors.

        What a service itself lacks comes later, and only what opens now or through others is told of here.
        """
        found: dict[str, CompiledService] = {}
        waiting = [] if compiled.walk_in else list(compiled.doors)
        while waiting:
            service_id = waiting.pop()
            door = self._by_id.get(service_id)
            if door is None or service_id in found:
                continue
            found[service_id] = door
            needs = {criterion.fact for criterion in criteria_of(door.service.eligibility)}
            waiting += [each.service.id for fact in needs for each in self._providers.get(fact, ())]
            waiting += [] if door.walk_in else door.doors
        for service_id in compiled.service.successor:
            if service_id in self._by_id:
                found[service_id] = self._by_id[service_id]
        found.pop(compiled.service.id, None)
        return tuple(sorted(found.values(), key=lambda each: each.position))

    def shares(self, members: Sequence[Member], row: Row, situation: Situation) -> tuple[Share, ...]:
        """What some services add to the row of somebody."""
        involved = {each.position: each for member in members for each in member.involved}
        standings = self.advisor.standings_of([involved[position] for position in sorted(involved)], row)
        near = self.advisor.among(row, standings, situation)
        on_pathway = {service_id for stage in near.pathway for service_id in stage.services}
        report: Report | None = None
        found = []
        for member in members:
            service_id = member.compiled.service.id
            standing = standings.get(service_id)
            if standing is not None:
                step = NO_STEP
                if service_id in on_pathway:
                    report = report or self.advisor.report(near)
                    step = self._first(member.compiled, report)
                share = self._share(member, standing, near, step)
                found += [share] if share[1:3] != _NOTHING else []
        return tuple(found)

    def _share(self, member: Member, standing: Standing, near: WithinReach, first: int) -> Share:
        service, assessment = member.compiled.service, standing.assessment
        told = {assessment.outcome: service.id} if near.relevant(service.id) else {}
        asked = f"[{'+'.join(assessment.ask)}]" if assessment.ask else ""
        step = near.steps.get(service.id)
        through = step and step.when is When.THROUGH and standing.wanted(near.situation, near.wishes)
        shut = self.reasons and Outcome.NOT_ELIGIBLE in told and member.compiled.position not in self._closed_to_all
        return Share(
            order=member.order,
            texts=(
                told.get(Outcome.ELIGIBLE, ""),
                told[Outcome.POSSIBLE] + asked if Outcome.POSSIBLE in told else "",
                f"{service.id}[{step.after[0]}]" if step and through else "",
                _unmet(standing) if shut else "",
            ),
            step=first,
            covers=member.covers if Outcome.ELIGIBLE in told else 0,
            position=member.compiled.position,
            missed=_missed(standing) if shut else -1,
        )

    def _first(self, compiled: CompiledService, report: Report) -> int:
        """The number of the order of a service among all that may be the first step."""
        found = first_order(report, compiled.service.id)
        if found is None:
            return NO_STEP
        (*order, _), first = found
        # The last part is the place among those within reach: in the catalogue they stand in the same order.
        return self.orders.number((*order, compiled.position), self._by_id[first].position)

    def bearing(self, services: Sequence[CompiledService], row: Row) -> tuple[object, ...]:
        """All that some services can add to the row of somebody hangs on, the place, goals and languages aside."""
        knowledge: Knowledge | None = None
        found = []
        for compiled in services:
            anywhere = self._anywhere.get(compiled.position) or self._compile_anywhere(compiled)
            key = (compiled.position, anywhere.pick(row))
            bears = self._bearings.get(key)
            if bears is None:
                knowledge = knowledge or self.advisor.encoding.knowledge(row, Situation())
                bears = bearing(self.advisor.stand(anywhere.compiled, knowledge, changes=False), knowledge)
                self._bearings[key] = bears
            found.append(bears)
        return tuple(found)

    @property
    def spent(self) -> int:
        """About how many bytes it takes."""
        return 600 * len(self._bearings)

    def _compile_anywhere(self, compiled: CompiledService) -> _Anywhere:
        service = compiled.service
        nodes = tuple([node for node in service.eligibility if node is not compiled.area])
        position = self.advisor.encoding.position
        pick = picker([position[name] for name in dict.fromkeys((*compiled.looks_at, MUNICIPALITY))])
        found = _Anywhere(compiled._replace(service=service._replace(eligibility=nodes)), pick)
        self._anywhere[compiled.position] = found
        return found


class _Anywhere(NamedTuple):
    """A service without its area, and what takes all that it looks at out of a row."""

    compiled: CompiledService
    pick: Callable[[Row], Any]


_NOTHING = (("", "", "", ""), NO_STEP)


def _unmet(standing: Standing) -> str:
    """A service with the facts that shut it."""
    facts = dict.fromkeys(fact for judgement in standing.unmet for fact in _facts(judgement))
    return f"{standing.compiled.service.id}[{'+'.join(facts)}]"


def _facts(judgement: Judgement) -> list[str]:
    node = judgement.node
    if isinstance(node, Criterion):
        return [node.fact]
    facts = list(dict.fromkeys(criterion.fact for criterion in criteria_of((node,))))
    return facts if isinstance(node, AnyOf) else [f"not:{fact}" for fact in facts]


def _missed(standing: Standing) -> int:
    """The place of the node that shuts a service, if one does so alone; else -1."""
    if len(standing.unmet) != 1:
        return -1
    return standing.assessment.judgements.index(standing.unmet[0])
