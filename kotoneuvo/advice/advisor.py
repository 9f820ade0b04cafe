"""The one engine: a catalogue compiled for a day, with cached assessments.

The assessment of a service depends only on the few facts that it looks at. So it is cached by the values of these, and
worked out only for new combinations of values. Every front end gets its advice here: screen, paper, interview, JSON,
batch, and the comparison of two catalogues.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from kotoneuvo.advice.assessment import Assessment, Assessments, assess
from kotoneuvo.advice.compiled import (
    CompiledService,
    Standing,
    Wishes,
    stand,
)
from kotoneuvo.advice.eligibility import Outcome, ask
from kotoneuvo.advice.encoding import Encoding, Row
from kotoneuvo.advice.groups import Group
from kotoneuvo.advice.on_day import on_day
from kotoneuvo.advice.pathway import Stage, Step, explore, stages_of, walk_back
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Catalogue, Service
from kotoneuvo.advice.situation import MUNICIPALITY, Contradiction, Knowledge, Situation

MEMORY = 1 << 26
"""About how many bytes an advisor may cache before it clears its caches."""


def advise(catalogue: Catalogue, situation: Situation, today: date, skipped: frozenset[str] = frozenset()) -> Report:
    """Advise one person. Pure: the same arguments give the same report.

    `today` is the day for which services are open or ended. `skipped` questions were asked but not answered: they are
    not proposed again. To advise more than once, keep an `Advisor`.
    """
    return Advisor(catalogue, today).advise(situation, skipped)


class WithinReach(NamedTuple):
    """The advice to one person about the running services in whose area the person may live.

    `row` encodes the values still possible (see `Encoding`). `standings` are by service id, in the catalogue's order;
    `steps` has an entry for every service that opens. `contradicted`: an answer is ruled out by others.
    """

    row: Row
    situation: Situation
    skipped: frozenset[str]
    standings: Mapping[str, Standing]
    wishes: Wishes
    steps: Mapping[str, Step]
    pathway: tuple[Stage, ...]
    questions: Mapping[str, int]
    still_open: int
    contradicted: bool

    def relevant(self, service_id: str) -> bool:
        """Whether a service serves one of the goals, or no goal was given."""
        return self.wishes.relevant(self.standings[service_id].compiled.service)


class Advisor:
    """A catalogue compiled for a day; `memory` is about how many bytes it may cache."""

    def __init__(self, catalogue: Catalogue, day: date, memory: int = MEMORY) -> None:
        self.catalogue = catalogue
        self.day = day
        self.on_day = on_day(catalogue, day)
        self._memory = memory
        self.start_afresh()

    def __reduce__(self) -> tuple[type[Advisor], tuple[Catalogue, date, int]]:
        """Pickle without the caches."""
        return (type(self), (self.catalogue, self.day, self._memory))

    def advise(self, situation: Situation, skipped: frozenset[str] = frozenset()) -> Report:
        """Advise one person; `skipped` questions were asked but not answered, and are not proposed again."""
        return self.report(self.within_reach(situation, skipped))

    def advise_many(self, situations: Iterable[Situation]) -> Iterator[Report]:
        """Advise many people, one after another; see `advise`."""
        return map(self.advise, situations)

    def report(self, near: WithinReach) -> Report:
        """Complete the report of a person whose services within reach have been judged."""
        contradictions: tuple[Contradiction, ...] = ()
        if near.contradicted:
            contradictions = self.encoding.knowledge(near.row, near.situation).contradictions()
        return Report(
            as_of=self.day,
            catalogue=self.catalogue,
            situation=near.situation,
            known=self.encoding.known(near.row),
            assessments=Assessments(self, near),
            pathway=near.pathway,
            within_reach=tuple(near.standings),
            reachable=frozenset(near.steps),
            questions=near.questions,
            still_open=near.still_open,
            contradictions=contradictions,
            on_day=self.on_day,
            helplines=tuple(
                [
                    service_id
                    for service_id, standing in near.standings.items()
                    if standing.compiled.service.helpline and standing.assessment.outcome is not Outcome.NOT_ELIGIBLE
                ]
            ),
        )

    def within_reach(self, situation: Situation, skipped: frozenset[str] = frozenset()) -> WithinReach:
        """Judge the services that run and are within reach: no pathway depends on any others."""
        if self.spent + self.encoding.spent > self._memory:
            self.start_afresh()
        row, contradicted = self.encoding.encode(situation)
        found: list[Standing] = []
        knowledge: Knowledge | None = None
        for group in self._groups_near(row):
            known = group.known(row)
            if known is None:
                # Without goals: they decide what is shown and never eligibility, so assessments are shared.
                knowledge = knowledge or self.encoding.knowledge(row, Situation())
                known = group.learn(row, knowledge)
            found += known
        # Among equals, the catalogue's order decides, and groups do not keep it.
        found.sort(key=lambda standing: standing.compiled.position)
        standings = {standing.compiled.service.id: standing for standing in found}
        wishes = self.wishes(situation)
        ranks = _Ranks(standings, wishes)
        steps = explore(self.encoding, row, standings, ranks)
        wanted = [service_id for service_id, standing in standings.items() if standing.wanted(situation, wishes)]
        waiting = [asked for name in wanted if (asked := self._asked(standings[name], row, situation, skipped))]
        counts: dict[str, int] = {}
        for asked in waiting:
            for fact in asked:
                counts[fact] = counts.get(fact, 0) + 1
        return WithinReach(
            row=row,
            situation=situation,
            skipped=skipped,
            standings=standings,
            wishes=wishes,
            steps=steps,
            pathway=stages_of(walk_back(steps, wanted), steps, ranks),
            questions=counts,
            still_open=len(waiting),
            contradicted=contradicted,
        )

    def start_afresh(self) -> None:
        """Clear all caches. A new encoding begins, so the numbers in older rows become invalid."""
        self.encoding = Encoding(self.catalogue.facts)
        self.spent = 0
        self._groups: dict[Any, Group] = {}
        self._near: dict[int, tuple[Group, ...]] = {}
        self._wishes: dict[tuple[tuple[str, ...], tuple[str, ...]], Wishes] = {}

    def _asked(self, standing: Standing, row: Row, situation: Situation, skipped: frozenset[str]) -> tuple[str, ...]:
        """The questions that would settle a verdict, without the skipped ones."""
        asked = standing.assessment.ask
        if not skipped or skipped.isdisjoint(asked):
            return asked
        return ask(standing.assessment.judgements, self.encoding.knowledge(row, situation), skipped)

    def compiled(self) -> tuple[CompiledService, ...]:
        """Every running service, in the catalogue's order."""
        return tuple(self.on_day.running())

    def assess(self, service: Service, knowledge: Knowledge, skipped: frozenset[str]) -> Assessment:
        """Judge one service, running or not, for one person."""
        return assess(service, knowledge, self.day, skipped, self.on_day.constants(service))

    def stand(self, compiled: CompiledService, knowledge: Knowledge, *, changes: bool = True) -> Standing:
        """Judge a service for a person; with `changes=False`, `opens_with` stays empty."""
        return stand(compiled, knowledge, self.day, self.on_day.provided, changes=changes)

    def _groups_near(self, row: Row) -> tuple[Group, ...]:
        """The services in whose area the person may live, grouped by the facts that they look at."""
        number = row[self.encoding.position[MUNICIPALITY]]
        found = self._near.get(number)
        if found is None:
            places = self.encoding.possible(row, MUNICIPALITY)
            members: dict[tuple[str, ...], list[tuple[CompiledService, object]]] = {}
            for compiled, lies in self.on_day.near(places):
                members.setdefault(compiled.looks_at, []).append((compiled, lies))
            # A settled place is not asked for, and while nothing at all is known, local services are left out.
            found = self._near[number] = tuple(
                [self._group(looks_at, each, (len(places) == 1, number == 0)) for looks_at, each in members.items()]
            )
            self.spent += 200 * len(found)
        return found

    def _group(
        self, looks_at: tuple[str, ...], members: Sequence[tuple[CompiledService, object]], known: tuple[bool, bool]
    ) -> Group:
        """Return a group; places that are alike for all its services share one, with its cache."""
        key = (known, *((compiled.position, lies) for compiled, lies in members))
        found = self._groups.get(key)
        if found is None:
            found = self._groups[key] = Group(self, looks_at, [compiled for compiled, _ in members])
        return found

    def wishes(self, situation: Situation) -> Wishes:
        """The cached wishes of a person."""
        key = (situation.goals, situation.service_language)
        found = self._wishes.get(key)
        if found is None:
            found = self._wishes[key] = Wishes(*key)
            self.spent += 60 * len(self.catalogue.services)
        return found


class _Ranks(dict[str, int]):
    """Service id to its rank for a person; lower ranks are shown first."""

    def __init__(self, standings: Mapping[str, Standing], wishes: Wishes) -> None:
        super().__init__()
        self._standings, self._wishes = standings, wishes

    def __missing__(self, service_id: str) -> int:
        standing = self._standings[service_id]
        found = self[service_id] = self._wishes.rank(standing.compiled) + standing.open_rank
        return found
