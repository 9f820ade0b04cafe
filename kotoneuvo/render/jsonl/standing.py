"""How services stand for a person: all that verdict, pathway and questions need to know."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kotoneuvo.advice.assessment import Assessment, assess
from kotoneuvo.advice.criteria import AnyOf, Criterion, Judgement
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.pathway import Step, When, doors_of, explore, walk_back
from kotoneuvo.advice.service import Catalogue, Service
from kotoneuvo.advice.truth import UNMET
from kotoneuvo.render.jsonl.looks import Looks, soon
from kotoneuvo.render.jsonl.memory import ENTRY, Memory, Remembered
from kotoneuvo.render.jsonl.text import dumped

LAYER = 20
"""Bits below the layer in the order of steps: the place of the service in the catalogue."""
UNSURE = 1 << 34
"""In the order of steps: the bit for verdicts that are not sure (see `rank`)."""
_WHEN = tuple(When)
SETTLED, DOORS, COVER = range(3)
"""What the way to a service waits for: nothing, a way in, or that others provide something."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a service opens: `head` is the beginning of its stage's text, `before` all steps before it.

    `order` is its part of the order of steps, `group` the order of its stage; different ways have different numbers.
    """

    number: int
    head: str
    group: int
    layer: int
    order: int
    before: frozenset[str]


Text = list[bytes | None]
"""A verdict in UTF-8, cut at every slot; None for what is put in."""


@dataclass(slots=True)
class Standing:
    """One service for one person. `order` is its part of the order of steps, `open` whether there is anything to learn.

    `waits`: what its way depends on; if on nothing else, `way` is how it opens. `lacks` numbers what it waits for,
    `gives` all that others get from it once it is open. `texts`: the verdict's text for a service out of reach and for
    one within, once it was needed; `words` takes what is put in from the row's.
    """

    order: int
    open: bool
    untold: bool
    within_reach: bool
    ask: tuple[str, ...]
    way: Way | None
    waits: int
    lacks: int
    gives: int
    texts: tuple[Text, Text] | None = None
    words: Callable[[Sequence[bytes]], Sequence[bytes]] = tuple


def bare(service: Service, day: date) -> Assessment:
    """An assessment without reasons, for the part of a rank that does not depend on them."""
    return Assessment(service, Outcome.ELIGIBLE, service.operating(day), True, (), (), (), ())


def rivals(services: Iterable[Service], catalogue: Catalogue, day: date) -> frozenset[str]:
    """Services among which others may choose by rank: one of several doors, or of several that provide the same."""
    found: set[str] = set()
    providers: dict[str, set[str]] = {}
    for each in services:
        doors = {*doors_of(each, catalogue, day)}
        found |= doors if len(doors) > 1 else set()
        for name in each.provides:
            providers.setdefault(name, set()).add(each.id)
    return frozenset(found.union(*(names for names in providers.values() if len(names) > 1)))


class Bench:
    """What judging services takes, the same for all of a catalogue on a day."""

    def __init__(
        self,
        catalogue: Catalogue,
        day: date,
        running: Sequence[Service],
        looks: Looks,
        memory: Memory,
    ) -> None:
        self.catalogue = catalogue
        self.day = day
        self.looks = looks
        self.memory = memory
        self.provided = {name for each in running for name in each.provides}
        self.running = running
        self.rivals = rivals(running, catalogue, day)
        self._ways: dict[tuple[Step, frozenset[str]], Way] = {}

    def assess(self, service: Service) -> Assessment:
        """Judge a service for the person at hand, once."""
        found = self.memory.assessed.get(service.id)
        if found is None:
            found = assess(service, self.memory.held, self.day, frozenset())
            self.memory.assessed[service.id] = found
        return found

    def way(self, name: str, steps: Mapping[str, Step]) -> Way | None:
        """The way to a service among steps, if it opens."""
        step = steps.get(name)
        if step is None:
            return None
        before = walk_back(steps, [name]) - {name}
        key = (step, before)
        if key not in self._ways:
            head = f'{{"stage":{dumped(step.when.value)},"after":{dumped(step.after)},"services":['
            group, order = _WHEN.index(step.when), step.layer << LAYER
            self._ways[key] = Way(len(self._ways) + 1, head, group, step.layer, order, before)
            self.memory.fixed += 2 * ENTRY
        return self._ways[key]

    def standing(self, service: Service) -> Standing:
        """How a service stands for the person at hand."""
        each = self.assess(service)
        unmet = [judgement for judgement in each.judgements if judgement.truth is UNMET]
        hope = all(map(self._hope, unmet))
        # Alone it has nothing to choose from, so that ranks do not matter.
        steps = explore(self.catalogue, {service.id: each}, self.memory.held, self.day, {}) if hope else {}
        way = self.way(service.id, steps)
        return Standing(
            order=0 if each.outcome is Outcome.ELIGIBLE else UNSURE,
            open=bool(each.ask or each.untold),
            untold=bool(each.untold),
            within_reach=each.within_reach,
            ask=each.ask,
            way=way,
            waits=SETTLED if way or not hope else COVER if unmet else DOORS,
            lacks=self.memory.number((service.id, tuple(map(self._shape, each.judgements)))),
            gives=self.memory.number((service.id, self._gives(each))),
        )

    def _hope(self, judgement: Judgement) -> bool:
        """Whether something could bring an unmet node about."""
        node = judgement.node
        if isinstance(node, Criterion):
            return node.fact in self.provided or self._soon(node) is not None
        return isinstance(node, AnyOf)

    def _gives(self, each: Assessment) -> Hashable:
        """What others gain by a service; of one among which they choose also how it ranks."""
        held = [self._class(each.service, name) for name in each.service.provides]
        return (each.service.id in self.rivals and each.outcome is Outcome.ELIGIBLE, *held)

    def _shape(self, judgement: Judgement) -> Hashable:
        """What has to be covered; of what time changes also how near it is."""
        if judgement.truth is not UNMET:
            return "nothing"
        node = judgement.node
        if isinstance(node, AnyOf):
            return tuple(tuple(self._shape(inner) for inner in part) for part in judgement.parts)
        return self._soon(node) if isinstance(node, Criterion) else "for good"

    def _soon(self, node: Criterion) -> Hashable:
        return soon(self.looks.facts[node.fact], node.maybe, self.memory.held.possible(node.fact))

    def _class(self, service: Service, fact: str) -> int:
        return self.looks.look(service, fact)[self.memory.vector[self.looks.held[fact]]]


class Finest(Remembered[tuple[int, ...], Standing]):
    """How one service stands, by the classes that it tells apart itself."""

    def __init__(self, service: Service, bench: Bench) -> None:
        super().__init__(bench.memory)
        self.service = service
        self.bench = bench
        self.looks = bench.looks.all_of(service)

    def make(self, key: tuple[int, ...]) -> Standing:
        """Judge the service."""
        return self.bench.standing(self.service)

    def stand(self, vector: Sequence[Any]) -> Standing:
        """How the service stands for a row."""
        return self[tuple([look[vector[place]] for place, look in self.looks])]


class OneByOne:
    """How a few services stand whose facts have so many values that what is held of these is nearly always new."""

    def __init__(self, services: Sequence[Finest]) -> None:
        self.services = services

    def __getitem__(self, vector: Sequence[Any]) -> Sequence[Standing]:
        return [each.stand(vector) for each in self.services]


class Standings(Remembered[Any, tuple[Standing, ...]]):
    """How a few services stand that look at the same facts, by what is held of these: quicker to ask than `Finest`."""

    def __init__(self, services: Sequence[Finest], memory: Memory) -> None:
        super().__init__(memory)
        self.services = services

    def make(self, key: Any) -> tuple[Standing, ...]:
        """Ask service by service."""
        vector = self.memory.vector
        return tuple([each.stand(vector) for each in self.services])
