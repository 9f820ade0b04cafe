"""Readings of the columns that decide which services are candidates, grouped by what they mean to the services."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from kotoneuvo.advice.compiled import CompiledService, Wishes, inside
from kotoneuvo.advice.first_steps import goal_place
from kotoneuvo.advice.on_day import OnDay
from kotoneuvo.advice.situation import GOALS, MUNICIPALITY, SERVICE_LANGUAGE
from kotoneuvo.batch.arrays import Classes
from kotoneuvo.batch.fact_columns import Cells
from kotoneuvo.batch.members import Member
from kotoneuvo.intake.cells import Reading

if TYPE_CHECKING:
    from kotoneuvo.batch.arrays import Ints
    from kotoneuvo.batch.parts import States


class ReadingClasses:
    """Classes of the readings of one column, by what they mean to some services besides the verdict.

    The column gives the municipality, the goals, the languages, or an answer that may say that the person already has
    what a service provides. Class 0 of the municipality: no service is within reach.
    """

    def __init__(self, part: Sequence[Member], states: States, on_day: OnDay, name: str) -> None:
        self._name, self._on_day, self._states = name, on_day, states
        self._everywhere = on_day.catalogue.facts[MUNICIPALITY].everything
        self._part = {member.compiled.position: member.compiled for member in part}
        self._involved = tuple({each.position: each for member in part for each in member.involved}.values())
        # Few of the services are near any one place, and only these are looked at.
        self.everybody = any(each.area is None for each in self._involved)
        self._local_doors = [
            each for each in self._involved if each.area is None and on_day.depends_on_place(each.service)
        ]
        self._near: dict[object, list[CompiledService]] = {}
        self._readings: Sequence[Reading] = ()
        self.classes = Classes(self._seen, None) if name == MUNICIPALITY else Classes(self._seen)
        if name == MUNICIPALITY:
            for each in self._involved:
                for place in each.area.maybe if each.area else ():
                    self._near.setdefault(place, []).append(each)

    def of(self, cells: Cells, rows: Ints | None) -> Ints | None:
        """Return the classes of some rows (None: all) by their readings; None if there is only one class so far."""
        self._readings = cells.readings[self._name]
        return self.classes.of(cells.numbers[self._name], rows, len(self._readings))

    def sample(self, number: int) -> Reading:
        """Return the reading that represents a class."""
        return self._readings[self.classes.samples[number]]

    def _seen(self, number: int) -> Hashable:
        """Return what a reading means to the services; None if all of them are out of reach."""
        reading = self._readings[number]
        if self._name == MUNICIPALITY:
            return self._place(reading)
        if self._name in (GOALS, SERVICE_LANGUAGE):
            wishes = reading if isinstance(reading, tuple) else ()
            goals, languages = (wishes, ()) if self._name == GOALS else ((), wishes)
            places = [goal_place(each.service, goals) for each in self._part.values()]
            wished = Wishes(goals, languages)
            return (not goals, *places, *map(wished.rank, self._involved))
        given = [each.service.provides.get(self._name) for each in self._part.values()]
        return tuple([value is not None and reading == frozenset({value}) for value in given])

    def _place(self, reading: Reading) -> Hashable:
        places = reading if isinstance(reading, frozenset) else self._everywhere
        if not self.everybody and self._near.keys().isdisjoint(places):
            return None
        near = {each.position: each for place in places for each in self._near.get(place, ())}
        here = places if reading else frozenset()
        seen = [
            (position, inside(each.area, places), *self._on_day.contact_seen(each.service, here))
            for position, each in sorted(near.items())
        ]
        doors = [self._on_day.contact_seen(each.service, here) for each in self._local_doors]
        return (reading is None, len(places) == 1, self._states.place(places), *seen, *doors)
