"""The one engine: a catalogue compiled for a day, which remembers what services say to the same facts.

What a service says to a person hangs on the few facts that it looks at, so its assessment is kept by the values of
these, and asked for again only for values that were not met before. Every front end gets its advice here: screen and
paper, the interview, JSON, batch, and the comparison of two catalogues.
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
"""About how many bytes an advisor remembers before it starts afresh."""


def advise(catalogue: Catalogue, situation: Situation, today: date, skipped: frozenset[str] = frozenset()) -> Report:
    """Advise one person. Pure: the same arguments give the same report.

    `today` is the day for which services are open or ended. `skipped` names questions that were asked and not answered:
    they stay unknown and are not proposed again. Whoever advises more than once keeps an `Advisor`.
    """
    return Advisor(catalogue, today).advise(situation, skipped)


class WithinReach(NamedTuple):
    """What there is to say to one person of the running services whose area may hold them.

    `row` holds the values still possible (see `Encoding`). `standings` are by id, in the catalogue's order; `steps` say
    how each opens that does. `wishes` are the person's goals and languages. `contradicted`: some answers rule out
    another.
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
        """Whether a service answers one of the goals, or no goal was given."""
        return self.wishes.relevant(self.standings[service_id].compiled.service)


class Advisor:
    """A catalogue compiled for a day; `memory` is about how many bytes it may remember."""

    def __init__(self, catalogue: Catalogue, day: date, memory: int = MEMORY) -> None:
        self.catalogue = catalogue
        self.day = day
        self.on_day = on_day(catalogue, day)
        self._memory = memory
        self.start_afresh()

    def __reduce__(self) -> tuple[type[Advisor], tuple[Catalogue, date, int]]:
        """To another process it goes without what it remembers."""
        return (type(self), (self.catalogue, self.day, self._memory))

    def advise(self, situation: Situation, skipped: frozenset[str] = frozenset()) -> Report:
        """Advise one person; `skipped` questions were asked and not answered: they are not proposed again.

        The assessments of services that do not run or are out of reach are worked out when somebody looks at them.
        """
        return self.report(self.within_reach(situation, skipped))

    def advise_many(self, situations: Iterable[Situation]) -> Iterator[Report]:
        """Advise one person after the other; see `advise`."""
        return map(self.advise, situations)

    def report(self, near: WithinReach) -> Report:
        """The whole report on somebody of whom the services within reach were looked at."""
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
            helplines=tuple([name for name, each in near.standings.items() if _listed(each.assessment)]),
        )

    def within_reach(self, situation: Situation, skipped: frozenset[str] = frozenset()) -> WithinReach:
        """Advise one person as far as services run and are within reach: all that a pathway can hang on."""
        if self.spent + self.encoding.spent > self._memory:
            self.start_afresh()
        row, contradicted = self.encoding.encode(situation)
        found: list[Standing] = []
        knowledge: Knowledge | None = None
        for group in self._groups_near(row):
            known = group.known(row)
            if known is None:
                # Goals decide what is shown, never who may go: what a service says is the same whatever they are.
                knowledge = knowledge or self.encoding.knowledge(row, Situation())
                known = group.learn(row, knowledge)
            found += known
        # Of equals the first in the catalogue goes first, wherever it matters.
        found.sort(key=_catalogue_order)
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
        """Forget everything. The numbers of values mean something else from here on."""
        self.encoding = Encoding(self.catalogue.facts)
        self.spent = 0
        self._groups: dict[Any, Group] = {}
        self._near: dict[int, tuple[Group, ...]] = {}
        self._wishes: dict[tuple[tuple[str, ...], tuple[str, ...]], Wishes] = {}

    def _asked(self, standing: Standing, row: Row, situation: Situation, skipped: frozenset[str]) -> tuple[str, ...]:
        """The questions that would settle a verdict, without those that were skipped."""
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
        """How a service stands to somebody; without `changes` it is not worked out what would open it."""
        return stand(compiled, knowledge, self.day, self.on_day.provided, changes=changes)

    def _groups_near(self, row: Row) -> tuple[Group, ...]:
        """The services whose area may hold the person, those together that look at the same facts."""
        number = row[self.encoding.position[MUNICIPALITY]]
        found = self._near.get(number)
        if found is None:
            places = self.encoding.possible(row, MUNICIPALITY)
            members: dict[tuple[str, ...], list[tuple[CompiledService, object]]] = {}
            for compiled, lies in self.on_day.near(places):
                members.setdefault(compiled.looks_at, []).append((compiled, lies))
            found = self._near[number] = tuple(
                [self._group(looks_at, each, (len(places) == 1, number == 0)) for looks_at, each in members.items()]
            )
            self.spent += 200 * len(found)
        return found

    def _group(
        self, looks_at: tuple[str, ...], members: Sequence[tuple[CompiledService, object]], known: tuple[bool, bool]
    ) -> Group:
        """One group; places to which its services lie alike share it, and what it remembers."""
        key = (known, *((compiled.position, lies) for compiled, lies in members))
        found = self._groups.get(key)
        if found is None:
            found = self._groups[key] = Group(self, looks_at, [compiled for compiled, _ in members])
        return found

    def wishes(self, situation: Situation) -> Wishes:
        """What somebody wishes for."""
        key = (situation.goals, situation.service_language)
        found = self._wishes.get(key)
        if found is None:
            found = self._wishes[key] = Wishes(*key)
            self.spent += 60 * len(self.catalogue.services)
        return found


class _Ranks(dict[str, int]):
    """Service id to its rank for somebody: the lower the sooner shown."""

    def __init__(self, standings: Mapping[str, Standing], wishes: Wishes) -> None:
        super().__init__()
        self._standings, self._wishes = standings, wishes

    def __missing__(self, service_id: str) -> int:
        standing = self._standings[service_id]
        found = self[service_id] = self._wishes.rank(standing.compiled) + standing.open_rank
        return found


def _catalogue_order(standing: Standing) -> int:
    return standing.compiled.position


def _listed(assessment: Assessment) -> bool:
    return assessment.service.helpline and assessment.outcome is not Outcome.NOT_ELIGIBLE
