"""Groups of services that look at the same facts, with cached standings."""

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
"""About how many bytes it takes to cache that some values are equivalent to others."""
FEW = 2
"""After this many combinations of values, it pays to find out which ones are equivalent."""


class Group:
    """Services that look at the same facts, for one kind of place, with their standings cached by these facts' values.

    Values that none of their criteria distinguishes share their standings.
    """

    def __init__(self, advisor: Advisor, looks_at: Sequence[str], members: Sequence[CompiledService]) -> None:
        self._advisor, self._looks_at, self._members = advisor, looks_at, members
        self._pick = picker([advisor.encoding.position[name] for name in looks_at])
        self._known: dict[Any, tuple[Standing, ...]] = {}
        self._classes: tuple[ValueClasses, ...] | None = None
        self._alike: dict[tuple[int, ...], tuple[Standing, ...]] = {}

    def known(self, row: Row) -> tuple[Standing, ...] | None:
        """The cached standings of the services for a person; None if these values are new."""
        return self._known.get(self._pick(row))

    def learn(self, row: Row, knowledge: Knowledge) -> tuple[Standing, ...]:
        """Work out the standings of the services for a person whose values are new."""
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
                # Groups already distinguish places by their areas; for other criteria on places, each is a class.
                encoding.classes(name, criteria, assessment_seen, exact=name == MUNICIPALITY)
                for name in self._looks_at
            ]
        )
