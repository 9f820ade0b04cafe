"""Gaps: clients without a fitting service by municipality and goal, and the criteria that exclude them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kotoneuvo.advice.criteria import Criterion, Node, criteria_of
from kotoneuvo.advice.facts import Fact, FactBook, Value
from kotoneuvo.advice.service import Catalogue, Service
from kotoneuvo.advice.situation import GOALS, MUNICIPALITY
from kotoneuvo.batch.tally import COVERED_BITS, GAP_PLACE, WANTED_BITS, Tally

NO_GOAL = ""
"""In place of a goal: clients who gave none, for whom any fitting service counts."""
ELSEWHERE = ""
"""In place of a municipality: clients for whom it is not known, or for whom several are possible."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The number of clients with one goal in one municipality, and of those `without` a fitting service."""

    clients: int
    without: int

    @property
    def share(self) -> float:
        """The share of clients without a fitting service, 0 to 1."""
        return self.without / self.clients


@dataclass(frozen=True, slots=True)
class CriterionChange:
    """A change of one criterion at one service, after which `clients` more would or might fit.

    The limit on `fact` moves from `now` to `to`; both are None if the whole criterion has to be dropped.
    """

    service: str
    fact: str
    now: Value | None
    to: Value | None
    clients: int


@dataclass(frozen=True)
class Gaps:
    """The gaps of a file.

    `heat` is keyed by (municipality code, goal). `shut` counts for each fact the cases in which its criterion alone
    excludes a client from a service.
    """

    heat: dict[tuple[str, str], Cell]
    shut: tuple[tuple[str, int], ...]
    changes: tuple[CriterionChange, ...]


def find_gaps(tally: Tally, catalogue: Catalogue, present: Container[str], least: int) -> Gaps:
    """Find the gaps in a tally of a file with the columns `present`; counts below `least` are left out."""
    facts = catalogue.facts
    services = tuple(catalogue.services.values())
    shut: Counter[str] = Counter()
    for (position, place, _), count in tally.missed.items():
        node = services[position].eligibility[place]
        shut.update(dict.fromkeys({criterion.fact for criterion in criteria_of((node,))}, count))
    changes = sorted(_changes(tally, services, facts), key=lambda change: (-change.clients, change.service))
    return Gaps(
        heat=_heat(tally, facts, GOALS in present),
        shut=tuple((fact, count) for fact, count in shut.most_common() if count >= least),
        changes=tuple(change for change in changes if change.clients >= least),
    )


def _heat(tally: Tally, facts: FactBook, has_goals: bool) -> dict[tuple[str, str], Cell]:
    clients: Counter[tuple[str, str]] = Counter()
    without: Counter[tuple[str, str]] = Counter()
    goals = list(facts.goals)
    codes = [ELSEWHERE, *map(str, facts[MUNICIPALITY].domain)]
    for key, count in tally.gaps.items():
        covered = key & (1 << COVERED_BITS) - 1
        wanted = key >> COVERED_BITS & (1 << WANTED_BITS) - 1
        code = codes[key >> GAP_PLACE]
        if not wanted and has_goals:
            clients[code, NO_GOAL] += count
            without[code, NO_GOAL] += 0 if covered else count
            continue
        for bit, goal in enumerate(goals):
            if not wanted or wanted >> bit & 1:
                clients[code, goal] += count
                without[code, goal] += 0 if covered >> bit & 1 else count
    return {key: Cell(count, without[key]) for key, count in clients.items()}


def _changes(tally: Tally, services: Sequence[Service], facts: FactBook) -> Iterator[CriterionChange]:
    """Yield, for every criterion that alone excludes clients from a service, the nearest changes or its removal."""
    shut: dict[tuple[int, int], Counter[object]] = {}
    for (position, place, told), count in tally.missed.items():
        shut.setdefault((position, place), Counter())[told] += count
    for (position, place), held in shut.items():
        service = services[position]
        node = service.eligibility[place]
        ordered = isinstance(node, Criterion) and facts[node.fact].ordered
        if isinstance(node, Criterion) and ordered and any(held):
            yield from _moves(service.id, node, facts[node.fact], held)
        elif all(_open_to_change(facts[criterion.fact]) for criterion in criteria_of((node,))):
            yield CriterionChange(service.id, _named(node), None, None, sum(held.values()))


def _moves(service: str, node: Criterion, fact: Fact, held: Counter[object]) -> Iterator[CriterionChange]:
    """Yield changes that move an end of a range to the two nearest values at which more clients certainly fit."""
    accepted = sorted(fact.position[value] for value in node.accept)
    if not accepted:
        return
    low, high = accepted[0], accepted[-1]
    spans = {told: sorted(fact.position[value] for value in told) for told in held if isinstance(told, frozenset)}
    below = sorted({span[0] for span in spans.values() if span[-1] < low}, reverse=True)
    above = sorted({span[-1] for span in spans.values() if span[0] > high})
    for end in below[:2]:
        count = sum(held[told] for told, span in spans.items() if span[-1] < low and span[0] >= end)
        yield CriterionChange(service, fact.id, fact.domain[low], fact.domain[end], count)
    for end in above[:2]:
        count = sum(held[told] for told, span in spans.items() if span[0] > high and span[-1] <= end)
        yield CriterionChange(service, fact.id, fact.domain[high], fact.domain[end], count)


def _open_to_change(fact: Fact) -> bool:
    """Whether a service could drop a criterion on this fact; not if it defines whom the service is for."""
    return fact.change == "can_change" and not fact.sensitive


def _named(node: Node) -> str:
    return "+".join(dict.fromkeys(criterion.fact for criterion in criteria_of((node,))))


def goals_on_map(service: Service) -> tuple[str, ...]:
    """The goals that a service covers on the map of gaps; none if it is nationwide or has no contact of its own.

    Nationwide services fit nearly everybody who wants work, language or guidance. If they counted, no municipality
    would ever show a gap.
    """
    reachable = any(each.phone or each.email or each.address or each.url for each in service.contacts)
    return tuple(service.goals) if reachable and not service.countrywide else ()


def goal_bits(catalogue: Catalogue) -> Mapping[str, int]:
    """Service id to bits for the goals that it covers on the map, in the order of the goals."""
    bits = {goal: 1 << place for place, goal in enumerate(catalogue.facts.goals)}
    return {name: sum(bits[goal] for goal in goals_on_map(each)) for name, each in catalogue.services.items()}
