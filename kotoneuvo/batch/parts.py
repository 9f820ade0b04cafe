"""Parts: services that look at the same facts, with what a row means to them and what they add to it.

A row's facts are numbered as a *state*; its municipality, goals, languages and some answers as the *candidates* among
the services; a state with candidates as the *shares* that the services add to the row's results.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kotoneuvo.advice.assessment import already_has, may_belong, serves
from kotoneuvo.advice.compiled import CompiledService, bearing_seen, inside
from kotoneuvo.advice.criteria import criteria_of
from kotoneuvo.advice.encoding import Row
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.first_steps import goal_place, looks_at
from kotoneuvo.advice.situation import GOALS, MUNICIPALITY, SERVICE_LANGUAGE, Situation
from kotoneuvo.batch.arrays import Numbered, where
from kotoneuvo.batch.combinations import Combinations
from kotoneuvo.batch.fact_columns import Cells, FactColumn, axes_of
from kotoneuvo.batch.members import Member
from kotoneuvo.batch.reading_classes import ReadingClasses
from kotoneuvo.batch.shares import Share, Shares
from kotoneuvo.batch.standings import Standings, opening
from kotoneuvo.intake.cells import situation_of

if TYPE_CHECKING:
    from kotoneuvo.batch.arrays import Ints

WISHES = (MUNICIPALITY, GOALS, SERVICE_LANGUAGE)


class States:
    """Numbers what the facts of rows mean to the services of a part; facts with the same meaning are one state."""

    def __init__(
        self, standings: Standings, facts: Sequence[FactColumn], part: Sequence[Member], nobody: Row, *, reasons: bool
    ) -> None:
        """`nobody`: the row of an unknown person. `reasons`: also list services that are not eligible."""
        encoding = self._encoding = standings.advisor.encoding
        self._facts = tuple([each.name for each in facts])
        self._standings, self._reasons = standings, reasons
        self._nobody = nobody
        self._services = tuple({each.position: each for member in part for each in member.involved}.values())
        self._own = {member.compiled.position for member in part}
        self._before = {each.position for member in part for each in member.involved if each is not member.compiled}
        criteria = [criterion for each in self._services for criterion in criteria_of(each.service.eligibility)]
        # What the order of first steps depends on counts like a criterion.
        self._order = tuple(dict.fromkeys(each for member in part for each in looks_at(member.compiled.service)))
        criteria += self._order
        # What an earlier step provides is compared with what the person has, so every value matters.
        exact = {encoding.names[position] for member in part for position in member.provided}
        # `Part` puts the municipality into the row again, so values that these tell apart must be kept apart.
        self._apart = [each.position for each in facts if each.name in exact | {MUNICIPALITY}]
        self._axes = axes_of(facts, criteria, encoding, exact)
        self.contents: Numbered[Hashable] = Numbered(())
        # A representative of each state: the numbers of all its facts.
        self.rows: list[Row] = [nobody]
        self._combinations = Combinations(self._number)

    def numbers(self, facts: dict[Hashable, Ints], rows: Ints | None, count: int) -> Ints:
        """Return the states of `count` rows; with None of all rows, which are then cached in `facts`."""
        if rows is None and self._facts in facts:
            return facts[self._facts]
        columns = [axis.of(facts, rows) for axis in self._axes]
        sizes = [len(axis.classes.samples) for axis in self._axes]
        # Without any column the state is the same for everybody.
        found = self._combinations.numbers(columns or [None], sizes or [1], count)
        if rows is None:
            facts[self._facts] = found
        return found

    @property
    def spent(self) -> int:
        """Approximate memory in bytes."""
        return self._combinations.spent + 500 * len(self.contents)

    def _number(self, classes: tuple[int, ...]) -> int:
        """Return the state of a combination of classes, worked out for one representative."""
        row = list(self._nobody)
        for number, axis in zip(classes, self._axes, strict=False):
            axis.fill(row, number)
        number = self.contents.number(self._bearing(row))
        if number == len(self.rows):
            self.rows.append(row)
        return number

    def _bearing(self, row: Row) -> Hashable:
        """Return what shares depend on besides candidates; () if nobody in this state gets any share."""
        standings = [self._standings.somewhere(each, row) for each in self._services]
        # Why a service is not eligible matters only if reasons are listed, or on the way to other services.
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
        """Return the class of a municipality for criteria other than a service's plain area."""
        position = self._encoding.position[MUNICIPALITY]
        number = self._encoding.number(position, places)
        return next((axis.class_of(number) for axis in self._axes if axis.root.name == MUNICIPALITY), 0)


class _Candidates(NamedTuple):
    """The services of a part that rows may get, with the situation of one representative of these rows.

    Each member comes with what its share depends on besides the state; `near` are the services within reach, each with
    what its area says of the person's place.
    """

    situation: Situation
    municipality: int
    members: tuple[tuple[Member, Hashable], ...]
    near: tuple[tuple[CompiledService, Hashable], ...]


class Part:
    """Services of a segment that look at the same facts: numbers the shares that they add to rows."""

    def __init__(self, asked: Shares, part: Sequence[Member], states: States) -> None:
        advisor = self._advisor = asked.members.advisor
        self._encoding = advisor.encoding
        facts = advisor.catalogue.facts
        self._asked, self._part, self._states = asked, part, states
        names = dict.fromkeys((*WISHES, *(name for member in part for name in member.answers)))
        self._everywhere = facts[MUNICIPALITY].everything
        self._for_all = {member.order for member in part if may_belong(member.compiled.service, False, facts)}
        self._readings = {name: ReadingClasses(part, states, advisor.on_day, name) for name in names}
        self._present: tuple[str, ...] = ()
        self._seen: Numbered[Hashable] = Numbered(())
        self._candidates = [_Candidates(Situation(), 0, (), ())]
        self._candidate_numbers = Combinations(self._number_candidates)
        self.shares: Numbered[tuple[Share, ...]] = Numbered(())
        self._share_numbers = Combinations(self._number_shares)

    @property
    def spent(self) -> int:
        """Approximate memory in bytes."""
        spent = self._candidate_numbers.spent + self._share_numbers.spent
        spent += sum(each.classes.spent for each in self._readings.values())
        return spent + 400 * len(self.shares) + 2000 * len(self._candidates)

    def numbers(self, cells: Cells, facts: dict[Hashable, Ints]) -> Ints | None:
        """Return the number of the shares of every row; None if no row gets any.

        Only rows that have candidates are looked at.
        """
        self._present = tuple([name for name in self._readings if name in cells.numbers])
        rows = None
        if MUNICIPALITY in cells.numbers and not self._readings[MUNICIPALITY].everybody:
            near = self._readings[MUNICIPALITY].of(cells, None)
            rows = np.empty(0, np.int64) if near is None else where(near != 0)
        classes = [self._readings[name].of(cells, rows) for name in self._present]
        sizes = [len(self._readings[name].classes.samples) for name in self._present]
        count = cells.rows if rows is None else len(rows)
        candidates = self._candidate_numbers.numbers(classes or [None], sizes or [1], count)
        wanted = where(candidates != 0)
        if len(wanted) < count:
            # Rows without candidates need no state: each new one would be asked for.
            rows, count = wanted if rows is None else rows.take(wanted), len(wanted)
            candidates = candidates.take(wanted)
        if not count:
            return None
        states = self._states.numbers(facts, rows, count)
        sizes = [len(self._candidates), len(self._states.contents)]
        shares = self._share_numbers.numbers([candidates, states], sizes, count)
        if rows is None:
            return shares
        found = np.zeros(cells.rows, np.int64)
        found[rows] = shares
        return found

    def _number_candidates(self, classes: tuple[int, ...]) -> int:
        """Return the number of the candidates: services within reach that serve a goal or are for everybody.

        Combinations that mean the same to these services share a number; the first represents them all.
        """
        situation = situation_of(
            {name: self._readings[name].sample(each) for name, each in zip(self._present, classes, strict=False)}
        )
        told, places = MUNICIPALITY in situation.known, situation.known.get(MUNICIPALITY, self._everywhere)
        chosen = [
            member
            for member in self._part
            if (member.order in self._for_all or serves(member.compiled.service, situation.goals))
            and inside(member.compiled.area, places) is not None
        ]
        if not chosen:
            return 0
        lies = [(each, inside(each.area, places)) for each in _involved(chosen)]
        bearing = tuple([self._bearing(member, situation) for member in chosen])
        here = (told, len(places) == 1)
        number = self._seen.number((bearing, here, self._states.place(places), *[lie for _, lie in lies]))
        if number == len(self._candidates):
            candidates = _Candidates(
                situation=situation,
                municipality=self._encoding.number(self._encoding.position[MUNICIPALITY], places),
                members=tuple(zip(chosen, [order for order, _ in bearing], strict=True)),
                near=tuple([(each, (*here, *lie)) for each, lie in lies if lie]),
            )
            self._candidates.append(candidates)
        return number

    def _bearing(self, member: Member, situation: Situation) -> tuple[Hashable, Hashable]:
        """Return what the order of first steps depends on, and what decides between several ways in."""
        service, advisor = member.compiled.service, self._advisor
        wishes = advisor.wishes(situation)
        places = situation.known.get(MUNICIPALITY, frozenset())
        own = (wishes.relevant(service), already_has(service, situation), wishes.rank(member.compiled))
        # The person goes to the way in first, so its contact counts as well.
        doors = [advisor.on_day.contact_seen(each.service, places) for each in member.involved]
        order = (goal_place(service, situation.goals), len(places) == 1, *doors)
        return ((member.order, *own, *order), tuple(map(wishes.rank, member.involved)) if member.chooses else ())

    def _number_shares(self, key: tuple[int, ...]) -> int:
        candidates, state = self._candidates[key[0]], key[1]
        if not state:
            return 0
        row = list(self._states.rows[state])
        row[self._encoding.position[MUNICIPALITY]] = candidates.municipality
        ask = self._asked.standings.standing
        standings = {each.service.id: ask(each, place, row) for each, place in candidates.near}
        return self.shares.number(self._asked.of(candidates.members, standings, row, candidates.situation))


def _involved(members: Iterable[Member]) -> list[CompiledService]:
    """Return the services involved in any of the members, in the catalogue's order."""
    found = {each.position: each for member in members for each in member.involved}
    return [found[position] for position in sorted(found)]
