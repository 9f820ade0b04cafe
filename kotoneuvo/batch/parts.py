"""Services that look at the same facts: what of a row matters to them, and what they add to it.

The facts give the number of a *state*; municipality, goals, languages and some answers that of the *candidates* among
the services; both together that of the *shares* that these add to the row.
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
    """Services that look at the same facts, and a number for everything that comes to the same for them."""

    def __init__(
        self, standings: Standings, facts: Sequence[FactColumn], part: Sequence[Member], nobody: Row, *, reasons: bool
    ) -> None:
        """`nobody`: the row of somebody who told nothing; with `reasons` shut services are told of too."""
        encoding = self._encoding = standings.advisor.encoding
        self._facts = tuple([each.name for each in facts])
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
        self._apart = [each.position for each in facts if each.name in exact | {MUNICIPALITY}]
        self._axes = axes_of(facts, criteria, encoding, exact)
        self.contents: Numbered[Hashable] = Numbered(())
        # Somebody of each state: the numbers of all facts.
        self.rows: list[Row] = [nobody]
        self._combinations = Combinations(self._number)

    def numbers(self, facts: dict[Hashable, Ints], rows: Ints | None, count: int) -> Ints:
        """The number of the state of some rows, `count` in number; with None of all, kept among the facts."""
        if rows is None and self._facts in facts:
            return facts[self._facts]
        columns = [axis.of(facts, rows) for axis in self._axes]
        sizes = [len(axis.classes.samples) for axis in self._axes]
        # What hangs on no column is the same for everybody.
        found = self._combinations.numbers(columns or [None], sizes or [1], count)
        if rows is None:
            facts[self._facts] = found
        return found

    @property
    def spent(self) -> int:
        """About how many bytes it takes."""
        return self._combinations.spent + 500 * len(self.contents)

    def _number(self, classes: tuple[int, ...]) -> int:
        """The number of all that comes to the same as somebody of some classes does."""
        row = list(self._nobody)
        for number, axis in zip(classes, self._axes, strict=False):
            axis.fill(row, number)
        number = self.contents.number(self._bearing(row))
        if number == len(self.rows):
            self.rows.append(row)
        return number

    def _bearing(self, row: Row) -> Hashable:
        """All that the shares hang on, the candidates aside; nothing if nobody of this state gets any."""
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
        position = self._encoding.position[MUNICIPALITY]
        number = self._encoding.number(position, places)
        return next((axis.class_of(number) for axis in self._axes if axis.root.name == MUNICIPALITY), 0)


class _Candidates(NamedTuple):
    """The services that may come, as the advisor is asked for them: what somebody told who stands for all alike.

    With each member comes all that its share hangs on besides the state; `near` are the services within reach with how
    the person's place lies to them.
    """

    situation: Situation
    municipality: int
    members: tuple[tuple[Member, Hashable], ...]
    near: tuple[tuple[CompiledService, Hashable], ...]


class Part:
    """Services of a segment that look at the same facts: who may come (candidates), and their shares by state."""

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
        """About how many bytes it takes."""
        spent = self._candidate_numbers.spent + self._share_numbers.spent
        spent += sum(each.classes.spent for each in self._readings.values())
        return spent + 400 * len(self.shares) + 2000 * len(self._candidates)

    def numbers(self, cells: Cells, facts: dict[Hashable, Ints]) -> Ints | None:
        """The number of the shares of every row; None if no row gets any.

        Only rows that these services can matter to are looked at.
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
            # Of the others no state need be known, and each new one is asked for.
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
        """The number of those that may come, and how: those within reach that answer a goal or are for everybody.

        Classes that differ in nothing that matters to these are one: the first stands for all.
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
        """All that the order of first steps takes, and what decides between several ways in."""
        service, advisor = member.compiled.service, self._advisor
        wishes = advisor.wishes(situation)
        places = situation.known.get(MUNICIPALITY, frozenset())
        own = (wishes.relevant(service), already_has(service, situation), wishes.rank(member.compiled))
        # One goes first to the way in, so its contact counts, too.
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
    """These services and those before them, in the catalogue's order."""
    found = {each.position: each for member in members for each in member.involved}
    return [found[position] for position in sorted(found)]
