"""Values that one service cannot tell apart are one class to it."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kotoneuvo.advice.criteria import Criterion, Table, criteria_of
from kotoneuvo.advice.facts import Fact, FactBook, Values
from kotoneuvo.advice.pathway import SOON
from kotoneuvo.advice.service import Service
from kotoneuvo.advice.truth import MET, UNKNOWN, UNMET
from kotoneuvo.render.jsonl.memory import ENTRY, Memory


@dataclass(frozen=True)
class Regard:
    """What matters of a fact: criteria on it, those `excluded` in a group that nothing may hold of, and whether it is
    `settled` (then a question need not be asked that others follow from)."""

    criteria: tuple[Criterion, ...] = ()
    excluded: frozenset[Criterion] = frozenset()
    settled: bool = False

    def signature(self, fact: Fact, values: Values) -> Hashable:
        """All that these make of some values, in verdicts, questions, changes and steps to come."""
        told: list[Hashable] = [len(values) == 1 if self.settled else None]
        for each in self.criteria:
            if values <= each.accept:
                away = fact.everything - each.maybe
                told.append((MET, _ahead(fact, away, values) if each in self.excluded else None))
            elif not values.isdisjoint(each.maybe):
                told.append((UNKNOWN, values <= each.unclear))
            else:
                wanted = each.accept or each.unclear
                told.append((UNMET, _ahead(fact, wanted, values), soon(fact, each.maybe, values)))
        return tuple(told)


def _top(fact: Fact, values: Values) -> int:
    return max((fact.position[value] for value in values), default=-1)


def _ahead(fact: Fact, wanted: Values, values: Values) -> Hashable:
    """How far it is to the nearest wanted value, where there is a way."""
    if not fact.grows:
        return None
    top = _top(fact, values)
    return min((place for value in wanted if (place := fact.position[value]) > top), default=-1)


def soon(fact: Fact, wanted: Values, values: Values) -> Hashable:
    """What time brings before long."""
    if fact.change != "time" or not fact.ordered:
        return None
    top = _top(fact, values)
    first = min((place for value in wanted if (place := fact.position[value]) > top), default=len(fact.domain) + SOON)
    return first if first - top <= SOON else None


def regard(fact: str, tables: Iterable[Table], followed: Container[str]) -> Regard:
    """What of a fact matters to tables, and to questions about the facts `followed`."""
    told: dict[Criterion, None] = {}
    excluded: set[Criterion] = set()
    for table in tables:
        for node in table:
            found = [each._replace(source="") for each in criteria_of((node,)) if each.fact == fact]
            told |= dict.fromkeys(found)
            if not isinstance(node, Criterion):
                excluded.update(found)
    return Regard(tuple(told), frozenset(excluded), fact in followed)


class Look(dict[int, int]):
    """Number of some values of a fact to their class in a regard (none: all are told apart)."""

    def __init__(self, fact: Fact, regard: Regard | None, values: Sequence[Values | None], memory: Memory) -> None:
        super().__init__()
        self.fact = fact
        self.memory = memory
        self.regard = regard
        self.held = values
        self._classes: dict[Hashable, int] = {}

    def __missing__(self, number: int) -> int:
        held = self.held[number]
        values = self.fact.everything if held is None else held
        told = values if self.regard is None else self.regard.signature(self.fact, values)
        found = self[number] = self._classes.setdefault(told, len(self._classes))
        self.memory.fixed += ENTRY // 2
        return found


class Looks:
    """How every service looks at the facts; services with the same criteria on a fact have that look in common."""

    def __init__(
        self,
        facts: FactBook,
        values: Mapping[str, Sequence[Values | None]],
        held: Mapping[str, int],
        memory: Memory,
    ) -> None:
        self.facts = facts
        self.memory = memory
        self.values = values
        self.held = held
        self._looks: dict[tuple[str, Regard | None], Look] = {}
        self._by_service: dict[tuple[str, str], Look] = {}
        self.followed = followed(facts)

    def look(self, service: Service, fact: str) -> Look:
        """How one service looks at one fact."""
        key = (service.id, fact)
        found = self._by_service.get(key)
        if found is None:
            told = None if fact in service.provides else regard(fact, [service.eligibility], self.followed)
            found = self._looks.get((fact, told)) or Look(self.facts[fact], told, self.values[fact], self.memory)
            self._looks[fact, told] = self._by_service[key] = found
        return found

    def all_of(self, service: Service) -> list[tuple[int, Look]]:
        """All that a service looks at: where in a row's vector, and how."""
        return [(self.held[name], self.look(service, name)) for name in facts_of(service, self.facts)]


def followed(facts: FactBook) -> frozenset[str]:
    """The facts that are asked for before others that follow from them."""
    return frozenset(source for fact in facts.facts.values() for source in fact.follows)


def facts_of(service: Service, facts: FactBook) -> list[str]:
    """The facts that a service's standing and its reasons depend on, in order; also what questions ask first."""
    found = {criterion.fact for criterion in criteria_of(service.eligibility)} | set(service.provides)
    waiting = list(found)
    while waiting:
        for source in facts[waiting.pop()].follows:
            if source not in found:
                found.add(source)
                waiting.append(source)
    return [name for name in facts.facts if name in found]
