"""Services that look at the same facts: what of a row matters to them, and what they add to it.

The facts give the number of a *state*; municipality, goals, languages and some answers that of the *candidates* among
the services; both together that of the *shares* that these add to the row.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kotoneuvo.advice.assessment import already_has, may_belong, serves
from kotoneuvo.advice.compiled import CompiledService, Standing, bearing_seen, inside
from kotoneuvo.advice.criteria import criteria_of
from kotoneuvo.advice.encoding import Row
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.first_steps import goal_place, looks_at
from kotoneuvo.advice.situation import GOALS, MUNICIPALITY, SERVICE_LANGUAGE, Situation
from kotoneuvo.batch.arrays import at, where
from kotoneuvo.batch.combinations import Combinations
from kotoneuvo.batch.fact_columns import Cells, ClassColumn
from kotoneuvo.batch.members import Member
from kotoneuvo.batch.reading_classes import ReadingClasses
from kotoneuvo.batch.shares import Share, Shares
from kotoneuvo.batch.standings import Standings, opening
from kotoneuvo.intake.cells import Reading, situation_of

if TYPE_CHECKING:
    from kotoneuvo.batch.arrays import Ints

WISHES = (MUNICIPALITY, GOALS, SERVICE_LANGUAGE)


class States:
    """Services that look at the same facts, and a number for everything that comes to the same for them."""

    def __init__(
        self, standings: Standings, facts: tuple[str, ...], part: Sequence[Member], nobody: Row, *, reasons: bool
    ) -> None:
        """`nobody`: the row of somebody who told nothing; with `reasons` shut services are told of too."""
        encoding = self._encoding = standings.advisor.encoding
        self._standings, self._reasons = standings, reasons
        self._nobody = nobody
        self._services = tuple({each.position: each for member in part for each in member.involved}.values())
        self._own = {member.compiled.position for member in part}
        self._before = {each.position for member in part for each in member.involved if each is not member.compiled}
        criteria = [criterion for each in self._services for criterion in criteria_of(each.service.eligibility)]
        # What the order of first steps hangs on counts like a criterion.
        self._order = tuple(dict.fromkeys(each for member in part for each in looks_at(member.compiled.service)))
        criteria += self._order
        # What a step before provides is compared with what the person has, value by value.
        exact = {encoding.names[position] for member in part for position in member.provided}
        # A municipality that more than a plain area looks at is put together with states anew (see `Part`).
        self._apart = [encoding.position[name] for name in facts if name in exact | {MUNICIPALITY}]
        self._axes = {name: ClassColumn(encoding, name, criteria, exact=name in exact) for name in facts}
        self.combinations: Combinations[Hashable] = Combinations(self._bearing, (), sampled=True)

    def numbers(self, facts: Mapping[str, Ints], rows: Ints | None, count: int) -> Ints:
        """The number of the state of some rows, `count` in number; with None of all."""
        columns = [classes.of(at(facts[name], rows)) for name, classes in self._axes.items()]
        sizes = [len(classes.samples) for classes in self._axes.values()]
        # What hangs on no column is the same for everybody.
        return self.combinations.numbers(columns or [None], sizes or [1], count)

    def row(self, state: int) -> list[int]:
        """Somebody of this state: the numbers of all facts."""
        return self._row(self.combinations.samples[state])

    def _row(self, classes: tuple[int, ...]) -> list[int]:
        row = list(self._nobody)
        for number, axis in zip(classes, self._axes.values(), strict=False):
            row[axis.position] = axis.samples[number]
        return row

    def _bearing(self, classes: tuple[int, ...]) -> Hashable:
        """All that the shares hang on, the candidates aside; nothing if nobody of this state gets any."""
        row = self._row(classes)
        standings = [self._standings.somewhere(each, row) for each in self._services]
        # Why a service is shut matters where reasons are told, else only on the way to others.
        told = [
            standing
            for standing in standings
            if standing.compiled.position in self._own and (self._reasons or not standing.unmet)
        ]
        if not told:
            return ()
        before = [opening(standing) for standing in standings if standing.compiled.position in self._before]
        facts = self._encoding.facts
        ordered = [
            bearing_seen(each, facts[each.fact], self._encoding.possible(row, each.fact)) for each in self._order
        ]
        return (*map(id, told), *before, *ordered, *[row[position] for position in self._apart])

    def place(self, places: Values) -> int:
        """The class of a municipality in the eyes of criteria other than plain areas."""
        axis = self._axes.get(MUNICIPALITY)
        return 0 if axis is None else axis.of_values(places)


class Candidates(NamedTuple):
    """The services that may come, by their order, and all that their shares hang on, the state aside.

    `place` is how the person's place lies to these and to those before them, `bearing` what else there is, one by one.
    """

    orders: tuple[int, ...] = ()
    place: Hashable = None
    bearing: tuple[tuple[Hashable, Hashable], ...] = ()


class _Chosen(NamedTuple):
    """Candidates as the advisor is asked for them: what somebody told, and the services with all they hang on."""

    situation: Situation
    municipality: int
    members: tuple[tuple[Member, Hashable], ...]
    near: tuple[tuple[CompiledService, Hashable], ...]


class Part:
    """Services of a segment that look at the same facts: who may come (candidates), and their shares by state."""

    def __init__(self, asked: Shares, part: Sequence[Member], states: States) -> None:
        advisor = self._advisor = asked.members.advisor
        facts = advisor.catalogue.facts
        self._asked, self._part, self._states = asked, part, states
        names = dict.fromkeys((*WISHES, *(name for member in part for name in member.answers)))
        self._everywhere = facts[MUNICIPALITY].everything
        self._for_all = {member.order for member in part if may_belong(member.compiled.service, False, facts)}
        self._readings = {name: ReadingClasses(part, states, advisor.on_day, name) for name in names}
        self._present: tuple[str, ...] = ()
        self.candidates: Combinations[Candidates] = Combinations(self._candidates, Candidates(), sampled=True)
        self.shares: Combinations[tuple[Share, ...]] = Combinations(self._shares, ())
        self._chosen: dict[int, _Chosen] = {}
        self._standings: dict[Hashable, dict[str, Standing]] = {}

    @property
    def spent(self) -> int:
        """About how many bytes it takes."""
        spent = self.candidates.spent + self.shares.spent + sum(each.spent for each in self._readings.values())
        return spent + 500 * len(self._standings) + 1000 * (len(self._chosen) + len(self.candidates.contents))

    def numbers(self, cells: Cells, facts: Mapping[str, Ints]) -> Ints | None:
        """The number of the shares of every row; None if no row gets any.

        Only rows that these services can matter to are looked at.
        """
        self._present = tuple([name for name in self._readings if name in cells.numbers])
        rows: Ints | None = None
        if MUNICIPALITY in cells.numbers:
            near = self._readings[MUNICIPALITY].of(cells, None)
            rows = None if near is None else _others_than_zero(near)
            if near is None or (rows is not None and not len(rows)):
                return None
        classes = [self._readings[name].of(cells, rows) for name in self._present]
        sizes = [len(self._readings[name].samples) for name in self._present]
        count = cells.rows if rows is None else len(rows)
        candidates = self.candidates.numbers(classes or [None], sizes or [1], count)
        wanted = _others_than_zero(candidates)
        if wanted is not None:
            if not len(wanted):
                return None
            rows, candidates = (wanted if rows is None else rows.take(wanted)), candidates.take(wanted)
        states = self._states.numbers(facts, rows, len(candidates))
        sizes = [len(self.candidates.contents), len(self._states.combinations.contents)]
        shares = self.shares.numbers([candidates, states], sizes, len(candidates))
        if rows is None:
            return shares
        found = np.zeros(cells.rows, np.int64)
        found[rows] = shares
        return found

    def _candidates(self, classes: tuple[int, ...]) -> Candidates:
        """Who may come, and how: those within reach that answer a goal or are for everybody.

        Classes that differ in nothing that matters to these are one: the first stands for all.
        """
        situation = self._situation(classes)
        places = situation.known.get(MUNICIPALITY, self._everywhere)
        chosen = [
            member
            for member in self._part
            if (member.order in self._for_all or serves(member.compiled.service, situation.goals))
            and inside(member.compiled.area, places) is not None
        ]
        if not chosen:
            return Candidates()
        told = MUNICIPALITY in situation.known
        lies = [inside(each.area, places) for each in _involved(chosen)]
        return Candidates(
            orders=tuple([member.order for member in chosen]),
            place=(told, len(places) == 1, self._states.place(places), *lies),
            bearing=tuple([self._bearing(member, situation) for member in chosen]),
        )

    def _bearing(self, member: Member, situation: Situation) -> tuple[Hashable, Hashable]:
        """All that the order of first steps takes, and what decides between several ways in."""
        service, advisor = member.compiled.service, self._advisor
        wishes = advisor.wishes(situation)
        places = situation.known.get(MUNICIPALITY, frozenset())
        own = (wishes.relevant(service), already_has(service, situation), wishes.rank(member.compiled))
        order = (goal_place(service, situation.goals), advisor.on_day.contact_seen(service, places))
        return ((member.order, *own, *order), tuple(map(wishes.rank, member.involved)) if member.chooses else ())

    def _situation(self, classes: tuple[int, ...]) -> Situation:
        """What somebody of these classes told."""
        told: dict[str, Reading] = {}
        for name, number in zip(self._present, classes, strict=False):
            told[name] = self._readings[name].samples[number]
        return situation_of(told)

    def _shares(self, key: tuple[int, ...]) -> tuple[Share, ...]:
        candidates, state = key
        if not state:
            return ()
        chosen = self._chosen.get(candidates)
        if chosen is None:
            chosen = self._chosen[candidates] = self._choose(candidates)
        row = self._states.row(state)
        row[self._advisor.encoding.position[MUNICIPALITY]] = chosen.municipality
        found = self.candidates.contents[candidates]
        seen = (state, found.orders, found.place)
        standings = self._standings.get(seen)
        if standings is None:
            standings = {
                each.service.id: self._asked.standings.standing(each, place, row) for each, place in chosen.near
            }
            self._standings[seen] = standings
        return self._asked.of(chosen.members, standings, row, chosen.situation)

    def _choose(self, candidates: int) -> _Chosen:
        found = self.candidates.contents[candidates]
        situation = self._situation(self.candidates.samples[candidates])
        places = situation.known.get(MUNICIPALITY, self._everywhere)
        encoding = self._advisor.encoding
        members = [self._asked.members.all[order] for order in found.orders]
        told = (MUNICIPALITY in situation.known, len(places) == 1)
        near = [(each, lies) for each in _involved(members) if (lies := inside(each.area, places))]
        return _Chosen(
            situation=situation,
            municipality=encoding.number(encoding.position[MUNICIPALITY], places),
            members=tuple(zip(members, [order for order, _ in found.bearing], strict=True)),
            near=tuple([(each, (*told, *lies)) for each, lies in near]),
        )


def _involved(members: Iterable[Member]) -> list[CompiledService]:
    """These services and those before them, in the catalogue's order."""
    found = {each.position: each for member in members for each in member.involved}
    return [found[position] for position in sorted(found)]


def _others_than_zero(numbers: Ints) -> Ints | None:
    """The rows with another number than 0; None if they are all."""
    found = where(numbers != 0)
    return found if len(found) < len(numbers) else None
