"""Every node of every service as bits, so that the verdicts of a row are a few ORs.

A service has a bit for "some node is not surely met", one for "some node is unmet", one for "answers none of the
goals", and one for each question that could be open. A word is a set of such bits; the words of a row's cells are ORed.
What each node says comes from the plain tree (`judge`), once for every combination of cells that can tell it apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import or_

from kotoneuvo.advice.assessment import already_has, countrywide
from kotoneuvo.advice.compiled import doors_of, walk_in
from kotoneuvo.advice.criteria import Criterion, Judgement, Node, criteria_of, judge
from kotoneuvo.advice.eligibility import only_for_told, questions_for, unsettled
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.service import RUNNING, Catalogue, Operating, Service
from kotoneuvo.advice.situation import GOALS, Knowledge, Situation
from kotoneuvo.advice.truth import MET, UNMET
from kotoneuvo.batch.local import goals_on_map

PLACE = "municipality"


@dataclass(frozen=True, slots=True)
class Duty:
    """One node of one service: the bit of every question it could leave open, and the bit of being unmet."""

    service: int
    node: Node
    asks: Mapping[str, int]
    unmet: int


@dataclass(frozen=True)
class Entry:
    """A running service that a row of this file could get, with its bits.

    `open`, `closed` and `irrelevant` are its bits; where one of them settles the matter, the bits that no longer count
    are set too, so that rows which say the same look the same. `shut` says that it is closed to those who need it as a
    door, relevant or not; `untold` (in every row: `never_told`) that only what is never asked could settle it, `told`
    that the person brought up what it is for, `had` that they have it already.

    `duties` hang on columns of the file; `asked` lists, in the table's order, those duties and the questions that the
    other nodes leave open in every row (`unsure`: they do). `area` is its own criterion on the municipality, judged
    apart. `order` is its place in the catalogue, `covers` has a bit for each goal on the map, `doors` are the places of
    the services that let one in.
    """

    service: Service
    place: int
    order: int
    open: int
    closed: int
    irrelevant: int
    shut: int
    untold: int
    told: int
    had: int
    duties: tuple[Duty, ...]
    asked: tuple[str | Duty, ...]
    unsure: bool
    never_told: bool
    area: Criterion | None
    doors: tuple[int, ...]
    walk_in: bool
    active: bool
    phase: int
    wide: bool
    covers: int

    @cached_property
    def asks(self) -> int:
        """The bits of all its questions."""
        return reduce(or_, (bit for duty in self.duties for bit in duty.asks.values()), 0)


class Sources:
    """Which columns can change what is known of a fact."""

    def __init__(self, facts: FactBook) -> None:
        self.facts = facts
        self._found: dict[str, frozenset[str]] = {}

    def of(self, fact: str) -> frozenset[str]:
        """The fact itself and all that it is derived from or asked after, goals included."""
        if fact not in self._found:
            self._found[fact] = frozenset({fact})
            before = {c.fact for table in self.facts.derivations.get(fact, {}).values() for c in criteria_of(table)}
            wishes = {GOALS} if self.facts[fact].goals else set()
            inner = (self.of(each) for each in {*before, *self.facts[fact].follows})
            self._found[fact] = frozenset({fact}) | wishes | frozenset[str]().union(*inner)
        return self._found[fact]

    def of_node(self, node: Node) -> frozenset[str]:
        """All facts that can change the result of a node."""
        return frozenset[str]().union(*(self.of(criterion.fact) for criterion in criteria_of((node,))))

    def questions(self, node: Node) -> list[str]:
        """Every question that a node could leave open, in the order of the fact list."""
        asked = {question for c in criteria_of((node,)) for question in self._questions(c.fact)}
        return [fact for fact in self.facts.facts if fact in asked]

    def _questions(self, fact: str) -> set[str]:
        entry = self.facts[fact]
        inner = {question for source in entry.follows for question in self._questions(source)}
        return inner | ({fact} if entry.asked == "asked" else set())


class Layout:
    """The bits of all services that run on a day and that some row of a file with the columns `present` could get.

    Services of the whole country come first. With `reasons`, unmet nodes have bits too.
    """

    def __init__(self, catalogue: Catalogue, day: date, present: Iterable[str], reasons: bool = False) -> None:
        self.catalogue = catalogue
        self.present = frozenset(present)
        self.reasons = reasons
        self.sources = Sources(catalogue.facts)
        self.bits = 0
        self._unknown = Knowledge(catalogue.facts, Situation())
        running = [each for each in catalogue.services.values() if each.operating(day) in RUNNING]
        alive = [service for service in running if not self._dead(service)]
        alive.sort(key=lambda service: (not countrywide(service), sorted(service.area)))
        self._orders = {name: order for order, name in enumerate(catalogue.services)}
        # Every door, and what stands for it on that day.
        gateways = {gateway for service in alive for gateway in service.gateways}
        self._opened_by = {door for gateway in gateways for door in catalogue.running(gateway, day)}
        self._places = {service.id: place for place, service in enumerate(alive)}
        self.entries = tuple(self._entry(service, day) for service in alive)

    @cached_property
    def wide(self) -> frozenset[int]:
        """The places of the services that are for the whole country, and all their doors too."""
        entries = self.entries
        return frozenset(
            entry.place for entry in entries if all(entries[place].wide for place in (entry.place, *self.doors(entry)))
        )

    def doors(self, entry: Entry) -> set[int]:
        """The places of all services that a service could be reached through, one after the other."""
        found: set[int] = set()
        waiting = [*entry.doors]
        while waiting:
            door = waiting.pop()
            if door not in found:
                found.add(door)
                waiting.extend(self.entries[door].doors)
        return found

    @property
    def width(self) -> int:
        """How many numbers of 64 bits a word takes; one at least."""
        return self.bits // 64 + 1

    def varies(self, node: Node) -> bool:
        """Whether a column of the file can change the result of a node."""
        return not self.present.isdisjoint(self.sources.of_node(node))

    def _dead(self, service: Service) -> bool:
        """Whether something shuts the service that no column of the file can change."""
        return any(
            judge(node, self._unknown.possible).truth is UNMET for node in service.eligibility if not self.varies(node)
        )

    def _may_be_told(self, node: Node) -> bool:
        return any(self.catalogue.facts[criterion.fact].asked == "told" for criterion in criteria_of((node,)))

    def _for_told(self, service: Service) -> bool:
        return any(only_for_told(node, self.catalogue.facts) for node in service.eligibility)

    def _bit(self) -> int:
        self.bits += 1
        return 1 << (self.bits - 1)

    def _entry(self, service: Service, day: date) -> Entry:
        place = self._places[service.id]
        area = next((n for n in service.eligibility if isinstance(n, Criterion) and n.fact == PLACE), None)
        asked: list[str | Duty] = []
        unsure = never_told = False
        for node in service.eligibility:
            if node is area:
                continue
            if self.varies(node):
                asks = {question: self._bit() for question in self.sources.questions(node)}
                asked.append(Duty(place, node, asks, self._bit() if self.reasons else 0))
            else:
                judgement = judge(node, self._unknown.possible)
                unsure = unsure or judgement.truth is not MET
                never_told = never_told or only_told(judgement, self._unknown)
                asked.extend(open_questions(judgement, self._unknown))
        doors = doors_of(service, self.catalogue, day)
        return Entry(
            service=service,
            place=place,
            order=self._orders[service.id],
            open=self._bit(),
            closed=self._bit(),
            irrelevant=self._bit() if service.basic or self.reasons or self._for_told(service) else 0,
            shut=self._bit() if service.id in self._opened_by else 0,
            duties=tuple(each for each in asked if isinstance(each, Duty)),
            asked=tuple(asked),
            unsure=unsure,
            never_told=never_told,
            untold=self._bit() if any(self._may_be_told(node) for node in service.eligibility) else 0,
            told=self._bit() if self._for_told(service) else 0,
            had=self._bit() if service.provides and not service.basic else 0,
            area=area,
            doors=tuple(dict.fromkeys(self._places[door] for door in doors if door in self._places)),
            walk_in=walk_in(service, self.catalogue),
            active=service.operating(day) is Operating.ACTIVE,
            phase=list(self.catalogue.facts.phases).index(service.phase),
            wide=countrywide(service),
            covers=sum(1 << list(self.catalogue.facts.goals).index(goal) for goal in goals_on_map(service)),
        )

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """The nodes of all services."""
        return tuple(duty for entry in self.entries for duty in entry.duties)

    def word(self, duties: Iterable[Duty], situation: Situation) -> int:
        """The bits that some nodes set for a situation, by the plain tree."""
        knowledge = Knowledge(self.catalogue.facts, situation)
        word = 0
        for entry in self.entries:
            word |= entry.had if already_has(entry.service, situation) else 0
        for duty in duties:
            judgement = judge(duty.node, knowledge.possible)
            entry = self.entries[duty.service]
            if judgement.truth is MET:
                word |= entry.told if only_for_told(duty.node, knowledge.facts) else 0
                continue
            if judgement.truth is UNMET:
                word |= entry.closed | entry.shut | entry.open | entry.asks | entry.untold | duty.unmet
                continue
            word |= entry.open | (entry.untold | entry.shut if only_told(judgement, knowledge) else 0)
            for question in open_questions(judgement, knowledge):
                word |= duty.asks[question]
        return word

    def relevance(self, goals: tuple[str, ...]) -> int:
        """The bits of services that answer none of these goals; none without goals."""
        wanted = set(goals)
        word = 0
        for entry in self.entries:
            if wanted and wanted.isdisjoint(entry.service.goals):
                word |= entry.irrelevant | entry.asks
                # Nobody is sent to it for its own sake: it may as well be closed.
                word |= 0 if entry.service.basic or entry.told else entry.closed | entry.open | entry.untold
        return word


def only_told(judgement: Judgement, knowledge: Knowledge) -> bool:
    """Whether an unknown node hangs on nothing but facts that are never asked (see `untold`)."""
    facts = {criterion.fact for criterion in unsettled((judgement,))}
    return bool(facts) and all(knowledge.facts[fact].asked == "told" for fact in facts)


def open_questions(judgement: Judgement, knowledge: Knowledge) -> list[str]:
    """The questions that could settle an unknown node (see `ask`)."""
    found: dict[str, None] = {}
    for criterion in unsettled((judgement,)):
        if not knowledge.possible(criterion.fact) <= criterion.unclear:
            found |= dict.fromkeys(questions_for(criterion.fact, knowledge, frozenset()))
    return list(found)
