"""Services that look at the same facts, and what they say to the values of these: asked once, then remembered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kotoneuvo.advice.compiled import CompiledService, Standing, assessment_seen
from kotoneuvo.advice.criteria import criteria_of
from kotoneuvo.advice.encoding import Row, ValueClasses, picker
from kotoneuvo.advice.situation import MUNICIPALITY, Knowledge

if TYPE_CHECKING:
    from kotoneuvo.advice.advisor import Advisor

_KEY = 250
"""About what it takes to remember that some values are like others."""
FEW = 2
"""Combinations of values after which it pays to find out which of them are alike."""


class Group:
    """Services that look at the same facts, seen from some place, and what they say to the values of these facts.

    Values that none of their criteria tells apart get the same answer.
    """

    def __init__(self, advisor: Advisor, looks_at: Sequence[str], members: Sequence[CompiledService]) -> None:
        self._advisor, self._looks_at, self._members = advisor, looks_at, members
        self._pick = picker([advisor.encoding.position[name] for name in looks_at])
        self._known: dict[Any, tuple[Standing, ...]] = {}
        self._classes: tuple[ValueClasses, ...] | None = None
        self._alike: dict[tuple[int, ...], tuple[Standing, ...]] = {}

    def known(self, row: Row) -> tuple[Standing, ...] | None:
        """How each of the services stands to a person, if the values of their facts were met before."""
        return self._known.get(self._pick(row))

    def learn(self, row: Row, knowledge: Knowledge) -> tuple[Standing, ...]:
        """How each of the services stands to a person whose values were not met before."""
        found = self._stand(knowledge) if len(self._known) < FEW else self._like_others(row, knowledge)
        self._known[self._pick(row)] = found
        self._advisor.spent += _KEY
        return found

    def _like_others(self, row: Row, knowledge: Knowledge) -> tuple[Standing, ...]:
        if self._classes is None:
            self._classes = self._value_classes()
        alike = tuple([classes.known()[row[classes.position]] for classes in self._classes])
        found = self._alike.get(alike)
        if found is None:
            found = self._alike[alike] = self._stand(knowledge)
        return found

    def _stand(self, knowledge: Knowledge) -> tuple[Standing, ...]:
        found = tuple([self._advisor.stand(each, knowledge) for each in self._members])
        self._advisor.spent += sum([standing.bytes for standing in found])
        return found

    def _value_classes(self) -> tuple[ValueClasses, ...]:
        criteria = [criterion for each in self._members for criterion in criteria_of(each.service.eligibility)]
        encoding = self._advisor.encoding
        return tuple(
            [
                # How places lie to an area tells groups apart; to what else looks at places no two are alike.
                encoding.classes(name, criteria, assessment_seen, exact=name == MUNICIPALITY)
                for name in self._looks_at
            ]
        )
