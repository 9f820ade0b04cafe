"""Services that look at the same facts: what of a row matters to them, and what they add to it.

The facts give the number of a *state*; municipality, goals, languages and some answers that of the *candidates* among
the services; both together that of the *shares* that these add to the row.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kotoneuvo.advice.assessment import already_has, may_belong, serves
from kotoneuvo.advice.compiled import MUNICIPALITY, CompiledService, Wishes, bearing_seen, inside
from kotoneuvo.advice.criteria import criteria_of
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE, Situation
from kotoneuvo.advice.step_order import StepOrder, goal_place, looks_at
from kotoneuvo.batch.combinations import Combinations
from kotoneuvo.batch.fact_columns import Cells, ClassColumn
from kotoneuvo.batch.shares import Member, Members, Share
from kotoneuvo.intake.cells import Reading, situation_of

if TYPE_CHECKING:
    from kotoneuvo.batch.arrays import Ints

WISHES = (MUNICIPALITY, GOALS, SERVICE_LANGUAGE)


class States:
    """Services that look at the same facts, and a number for everything that comes to the same for them."""

    def __init__(self, members: Members, facts: tuple[str, ...], part: Sequence[Member], nobody: Sequence[int]) -> None:
        encoding = members.advisor.encoding
        self._members = members
        self._nobody = nobody
        self._services = tuple({each.position: each for member in part for each in member.involved}.values())
        criteria = [criterion for each in self._services for criterion in criteria_of(each.service.eligibility)]
        # What the order of first steps hangs on counts like a criterion.
        self._order = tuple(dict.fromkeys(each for member in part for each in looks_at(member.compiled.service)))
        criteria += self._order
        # What a step before provides is compared with what the person has, value by value; and a municipality that
        # more than a plain area looks at is put together with states anew (see `Part`).
        before = [each for member in part for each in member.before]
        exact = {name for each in before for name in each.service.provides} | {MUNICIPALITY}
        self._exact = [encoding.position[name] for name in facts if name in exact]
        self._axes = {name: ClassColumn(encoding, name, criteria, exact=name in exact) for name in facts}
        self.combinations: Combinations[Hashable] = Combinations(self._bearing, ())

    def numbers(self, facts: Mapping[str, Ints], rows: Ints) -> Ints:
        """The number of the state of some rows."""
        columns = [classes.of(facts[name].take(rows)) for name, classes in self._axes.items()]
        sizes = [len(classes.samples) for classes in self._axes.values()]
        # What hangs on no column is the same for everybody.
        return self.combinations.numbers(columns or [np.zeros(len(rows), np.int64)], sizes or [1])

    def row(self, state: int) -> list[int]:
        """Somebody of this state: the numbers of all facts."""
        return self._row(self.combinations.samples[state])

    def _row(self, classes: tuple[int, ...]) -> list[int]:
        row = list(self._nobody)
        for number, axis in zip(classes, self._axes.values(), strict=False):
            row[axis.position] = axis.samples[number]
        return row

    def _bearing(self, classes: tuple[int, ...]) -> Hashable:
        row = self._row(classes)
        encoding = self._members.advisor.encoding
        ordered = [
            bearing_seen(each, encoding.facts[each.fact], encoding.possible(row, each.fact)) for each in self._order
        ]
        exact = [row[position] for position in self._exact]
        return (self._members.bearing(self._services, row), *ordered, *exact)


class ReadingClasses:
    """Readings of one column in the eyes of some services, their facts aside. Class 0: no service may come.

    Of the municipality, the goals, the languages, and of an answer that says that a person has what a service is for.
    """

    def __init__(self, part: Sequence[Member], catalogue: Catalogue, order: StepOrder, name: str) -> None:
        self._name, self._order = name, order
        self._everywhere = catalogue.facts[MUNICIPALITY].everything
        self._part = [member.compiled for member in part]
        self._involved = tuple({each.position: each for member in part for each in member.involved}.values())
        self._exact = any(MUNICIPALITY in each.looks_at for each in self._involved)
        self.samples: list[Reading] = []
        self._numbers: dict[Hashable, int] = {}
        self._classes: Ints = np.empty(0, np.int64)
        if name == MUNICIPALITY:
            self._numbers[None] = 0
            self.samples.append(None)

    def of(self, cells: Cells, rows: Ints) -> Ints:
        """The class of some rows, from the number of their reading."""
        readings = cells.readings[self._name]
        if len(self._classes) < len(readings):
            new = [self._class(reading) for reading in readings[len(self._classes) :]]
            self._classes = np.concatenate((self._classes, np.array(new, np.int64)))
        return self._classes.take(cells.numbers[self._name].take(rows))

    def _class(self, reading: Reading) -> int:
        number = self._numbers.setdefault(self._seen(reading), len(self.samples))
        if number == len(self.samples):
            self.samples.append(reading)
        return number

    def _seen(self, reading: Reading) -> Hashable:
        """All that the services can take from a reading; None if all of them are out of reach."""
        if self._name == MUNICIPALITY:
            return self._place(reading)
        if self._name in (GOALS, SERVICE_LANGUAGE):
            wishes = reading if isinstance(reading, tuple) else ()
            goals, languages = (wishes, ()) if self._name == GOALS else ((), wishes)
            places = [goal_place(each.service, goals) for each in self._part]
            wished = Wishes(goals, languages)
            return (not goals, *places, *map(wished.rank, self._involved))
        given = [each.service.provides.get(self._name) for each in self._part]
        return tuple([value is not None and reading == frozenset({value}) for value in given])

    def _place(self, reading: Reading) -> Hashable:
        places = reading if isinstance(reading, frozenset) else self._everywhere
        lies = [inside(each.area, places) for each in self._involved]
        if not any(lies):
            return None
        if self._exact:
            return places
        return (reading is None, len(places) == 1, *lies, *self._doors(reading))

    def _doors(self, reading: Reading) -> Iterable[Hashable]:
        """How the services are reached by somebody who lives there: an office may have a door that others lack."""
        places = reading if isinstance(reading, frozenset) else frozenset()
        return [self._order.contact_seen(each.service, places) for each in self._part]


class Candidates(NamedTuple):
    """The services that may come, by their order, and all that their shares hang on, the state aside."""

    orders: tuple[int, ...] = ()
    places: Hashable = None
    bearing: tuple[Hashable, ...] = ()


class Part:
    """Services of a segment that look at the same facts: who may come (candidates), and their shares by state."""

    def __init__(self, members: Members, part: Sequence[Member], states: States) -> None:
        facts = members.advisor.catalogue.facts
        self._members, self._part, self._states, self._facts = members, part, states, facts
        names = dict.fromkeys((*WISHES, *(name for member in part for name in member.answers)))
        self._everywhere = facts[MUNICIPALITY].everything
        self._readings = {
            name: ReadingClasses(part, members.advisor.catalogue, members.advisor.order, name) for name in names
        }
        self._present: tuple[str, ...] = ()
        self.candidates: Combinations[Candidates] = Combinations(self._candidates, Candidates())
        self.shares: Combinations[tuple[Share, ...]] = Combinations(self._shares, ())

    def numbers(self, cells: Cells, facts: Mapping[str, Ints], rows: Ints) -> Ints:
        """The number of the shares of every row. Only `rows` that these services can matter to are looked at."""
        found = np.zeros(cells.rows, np.int64)
        self._present = tuple(name for name in self._readings if name in cells.numbers)
        if MUNICIPALITY in cells.numbers:
            places = self._readings[MUNICIPALITY].of(cells, rows)
            rows = rows.take(places.nonzero()[0])
        if len(rows):
            classes = [self._readings[name].of(cells, rows) for name in self._present]
            sizes = [len(self._readings[name].samples) for name in self._present]
            candidates = self.candidates.numbers(classes or [np.zeros(len(rows), np.int64)], sizes or [1])
            wanted = candidates.nonzero()[0]
            rows, candidates = rows.take(wanted), candidates.take(wanted)
        if len(rows):
            states = self._states.numbers(facts, rows)
            sizes = [len(self.candidates.contents), len(self._states.combinations.contents)]
            found[rows] = self.shares.numbers([candidates, states], sizes)
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
            if may_belong(member.compiled.service, serves(member.compiled.service, situation.goals), self._facts)
            and inside(member.compiled.area, places) is not None
        ]
        if not chosen:
            return Candidates()
        involved = {each.position: each for member in chosen for each in member.involved}.values()
        exact = any(MUNICIPALITY in each.looks_at for each in involved)
        order, wishes = self._members.advisor.order, self._members.advisor.wishes(situation)
        here = situation.known.get(MUNICIPALITY, frozenset())
        return Candidates(
            orders=tuple([member.order for member in chosen]),
            places=places if exact else (not here, len(places) == 1),
            bearing=(
                *(self._bearing(each, places, situation, wishes) for each in involved),
                *(goal_place(member.compiled.service, situation.goals) for member in chosen),
                *(order.contact_seen(member.compiled.service, here) for member in chosen),
            ),
        )

    def _bearing(self, compiled: CompiledService, places: Values, situation: Situation, wishes: Wishes) -> Hashable:
        service = compiled.service
        lies, rank = inside(compiled.area, places), wishes.rank(compiled)
        return (lies, rank, wishes.relevant(service), already_has(service, situation))

    def _situation(self, classes: tuple[int, ...]) -> Situation:
        """What somebody of these classes told."""
        told: dict[str, Reading] = {}
        for name, number in zip(self._present, classes, strict=False):
            told[name] = self._readings[name].samples[number]
        return situation_of(told)

    def _shares(self, key: tuple[int, ...]) -> tuple[Share, ...]:
        candidates, state = key
        situation = self._situation(self.candidates.samples[candidates])
        encoding, row = self._members.advisor.encoding, self._states.row(state)
        position = encoding.position[MUNICIPALITY]
        row[position] = encoding.number(position, situation.known.get(MUNICIPALITY, self._everywhere))
        chosen = self.candidates.contents[candidates]
        return self._members.shares([self._members.all[order] for order in chosen.orders], row, situation)
