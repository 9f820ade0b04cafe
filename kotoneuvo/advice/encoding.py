"""Situations as rows of numbers: one number for the set of possible values of each fact, derived facts included.

Equal numbers mean equal sets, so the numbers of a few facts can be the key of a cache. Derivations are cached the same
way, by the numbers of the facts that a derived fact follows from.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from kotoneuvo.advice.criteria import Criterion, criteria_of
from kotoneuvo.advice.facts import Fact, FactBook, Values
from kotoneuvo.advice.situation import Knowledge, Situation, wished

Row = Sequence[int]
"""For each fact, in the order of the fact book, the number of its set of possible values."""
Seen = Callable[[Criterion, Fact, Values], Hashable]
"""What a caller takes from values with regard to a criterion; values with the same result are equivalent."""
_BYTES = 300
"""About how many bytes a cached derivation or set of values takes."""


class _Derived(NamedTuple):
    """A derived fact: its position in a row, the facts it follows from, and its cached derivations."""

    fact: Fact
    position: int
    sources: tuple[str, ...]
    pick: Callable[[Row], Any]
    known: dict[Any, tuple[int, bool]]
    alike: dict[Any, tuple[int, bool]]


class Encoding:
    """Numbers the sets of values of facts. It only grows; `spent` is about how many bytes it takes."""

    def __init__(self, facts: FactBook) -> None:
        self.facts = facts
        self.names = tuple(facts.facts)
        self.position = {name: place for place, name in enumerate(self.names)}
        self.values: list[list[Values]] = [[facts[name].everything] for name in self.names]
        self.spent = 0
        self._numbers: list[dict[Values, int]] = [{facts[name].everything: 0} for name in self.names]
        self._sources = {
            name: tuple(dict.fromkeys(each.fact for table in tables.values() for each in criteria_of(table)))
            for name, tables in facts.derivations.items()
        }
        self._classes: dict[Hashable, ValueClasses] = {}
        self._derived: list[_Derived] = []
        planned: set[str] = set()
        for name in self.names:
            self._plan(name, planned)

    def sources(self, name: str) -> tuple[str, ...]:
        """The facts from which a fact is derived."""
        return self._sources.get(name, ())

    def _plan(self, name: str, planned: set[str]) -> None:
        """Add a derived fact to the plan, after the facts from which it is derived."""
        if name in planned:
            return
        planned.add(name)
        fact, sources = self.facts[name], self.sources(name)
        for source in sources:
            self._plan(source, planned)
        if sources or fact.goals or fact.default is not None:
            position = self.position[name]
            pick = picker([position, *(self.position[source] for source in sources)])
            self._derived.append(_Derived(fact, position, sources, pick, {}, {}))

    def is_derived(self, name: str) -> bool:
        """Whether a fact can follow from other facts, from goals or from its default."""
        return any(derived.fact.id == name for derived in self._derived)

    @property
    def order(self) -> tuple[str, ...]:
        """All facts, each after the facts that it follows from."""
        derived = [each.fact.id for each in self._derived]
        return (*(name for name in self.names if name not in derived), *derived)

    def number(self, position: int, values: Values) -> int:
        """The number of a set of values of the fact at `position`; 0 is the whole domain."""
        numbers = self._numbers[position]
        found = numbers.get(values)
        if found is None:
            found = numbers[values] = len(self.values[position])
            self.values[position].append(values)
            self.spent += _BYTES
        return found

    def possible(self, row: Row, name: str) -> Values:
        """The possible values of a fact in a row."""
        position = self.position[name]
        return self.values[position][row[position]]

    def encode(self, situation: Situation) -> tuple[list[int], bool]:
        """Encode a situation as a row; also return whether an answer is ruled out by others."""
        known = situation.known
        row = [0] * len(self.names)
        for name, values in known.items():
            position = self.position[name]
            row[position] = self.number(position, values)
        contradicted = False
        # `_derived` is in an order in which the sources of a fact come before it.
        for derived in self._derived:
            fact = derived.fact
            # Goals can settle this fact too, but only whether they do matters for the key.
            said = (fact.id in known, wished(fact, situation.goals) if fact.goals else None)
            key = (derived.pick(row), said)
            found = derived.known.get(key)
            if found is None:
                found = derived.known[key] = self._derive_alike(derived, said, row, situation)
                self.spent += _BYTES
            row[derived.position] = found[0]
            contradicted = contradicted or found[1]
        return row, contradicted

    def _derive_alike(self, derived: _Derived, said: object, row: Row, situation: Situation) -> tuple[int, bool]:
        """Derive a fact from values that are new, unless equivalent values were met before."""
        tables = self.facts.derivations.get(derived.fact.id, {}).values()
        criteria = [criterion for table in tables for criterion in criteria_of(table)]
        classes = [self.classes(source, criteria, _told_apart) for source in derived.sources]
        key = (said, row[derived.position], *[each.known()[row[each.position]] for each in classes])
        found = derived.alike.get(key)
        if found is None:
            found = derived.alike[key] = self.derive(derived.fact.id, row, situation)
        return found

    def derive(self, name: str, row: Row, situation: Situation) -> tuple[int, bool]:
        """Derive a fact: return the number of its values, and whether its answer is ruled out by others.

        The facts that it follows from must be in `row` already; its own answer, if any, is taken from the situation.
        """
        known = {source: self.possible(row, source) for source in self.sources(name)}
        if name in situation.known:
            known[name] = situation.known[name]
        knowledge = Knowledge(self.facts, Situation(known, situation.goals))
        return self.number(self.position[name], knowledge.possible(name)), knowledge.contradicted(name)

    def classes(self, name: str, criteria: Iterable[Criterion], seen: Seen, *, exact: bool = False) -> ValueClasses:
        """The cached equivalence classes of a fact's values under some criteria; see `ValueClasses`."""
        here = tuple(dict.fromkeys(criterion for criterion in criteria if criterion.fact == name))
        key = (name, here, seen, exact)
        found = self._classes.get(key)
        if found is None:
            found = self._classes[key] = ValueClasses(self, name, here, seen, exact=exact)
        return found

    def known(self, row: Row) -> dict[str, Values]:
        """The facts about which something is known, with their possible values."""
        return {
            name: values[number] for name, values, number in zip(self.names, self.values, row, strict=True) if number
        }

    def knowledge(self, row: Row, situation: Situation) -> Knowledge:
        """What is known about a person, with everything derived."""
        possible = dict(zip(self.names, map(list.__getitem__, self.values, row), strict=True))
        return Knowledge(self.facts, situation, possible)


class ValueClasses:
    """Equivalence classes of the sets of values of one fact: some criteria do not distinguish the sets in a class.

    `seen` returns what matters about values to a criterion. With `exact`, every set is a class of its own.
    `samples` has the number of one set of each class.
    """

    def __init__(
        self, encoding: Encoding, name: str, criteria: tuple[Criterion, ...], seen: Seen, *, exact: bool = False
    ) -> None:
        self.position = encoding.position[name]
        self.samples: list[int] = []
        self._fact, self._values = encoding.facts[name], encoding.values[self.position]
        self._seen, self._exact = seen, exact
        self._criteria = criteria
        self._numbers: dict[Hashable, int] = {}
        self._known: list[int] = []

    def known(self) -> list[int]:
        """The class of every set of values, by its number."""
        for number in range(len(self._known), len(self._values)):
            self._known.append(self._class(number, self._values[number]))
        return self._known

    def _class(self, number: int, values: Values) -> int:
        # A fact with a single value left is not asked, so that always matters.
        seen = (len(values) == 1, *(self._seen(criterion, self._fact, values) for criterion in self._criteria))
        found = self._numbers.setdefault(number if self._exact else seen, len(self.samples))
        if found == len(self.samples):
            self.samples.append(number)
        return found


def _told_apart(criterion: Criterion, _fact: Fact, values: Values) -> tuple[bool, bool]:
    """What a derivation takes from values."""
    return (values <= criterion.accept, values.isdisjoint(criterion.maybe))


def picker(positions: Sequence[int]) -> Callable[[Row], Any]:
    """Return a function that picks the numbers at some positions from a row."""
    if len(positions) > 1:
        return itemgetter(*positions)
    return itemgetter(positions[0]) if positions else lambda _row: 0
