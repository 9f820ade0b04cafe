"""How services stand for a person: all that verdict, pathway and questions need to know."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from sys import getsizeof
from typing import Any

from kotoneuvo.advice.assessment import Assessment, assess, rank
from kotoneuvo.advice.criteria import AnyOf, Criterion, Judgement
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.pathway import Step, When, explore, walk_back
from kotoneuvo.advice.service import Catalogue, Service
from kotoneuvo.advice.truth import UNMET
from kotoneuvo.render.json import verdict_body, verdict_head
from kotoneuvo.render.jsonl.following import Pick, pick
from kotoneuvo.render.jsonl.looks import Looks
from kotoneuvo.render.jsonl.memory import Memory, Remembered
from kotoneuvo.render.jsonl.text import Slots, dumped

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

    `order` is its part of the order of steps, `group` the order of its stage.
    """

    head: str
    group: int
    layer: int
    order: int
    before: frozenset[str]


no_words = pick([])


@dataclass(slots=True)
class Standing:
    """One service for one person. `order` is its part of the order of steps.

    `waits`: what its way depends on; if on nothing else, `way` is how it opens. `state` numbers all that steps can
    depend on. `texts`: the verdict's text for a service out of reach and for one within, with slots for `words`.
    """

    order: int
    untold: bool
    within_reach: bool
    ask: tuple[str, ...]
    way: Way | None
    waits: int
    state: int
    texts: tuple[str, str] | None = None
    words: Pick = no_words


def way_of(name: str, steps: dict[str, Step]) -> Way | None:
    """The way to a service among steps, if it opens."""
    step = steps.get(name)
    if step is None:
        return None
    head = f'{{"stage":{dumped(step.when.value)},"after":{dumped(step.after)},"services":['
    before = walk_back(steps, [name]) - {name}
    return Way(head, _WHEN.index(step.when), step.layer, step.layer << LAYER, before)


class Bench:
    """What judging services takes, the same for all of a catalogue on a day."""

    def __init__(self, catalogue: Catalogue, day: date, looks: Looks, slots: Slots, memory: Memory) -> None:
        self.catalogue = catalogue
        self.day = day
        self.looks = looks
        self.slots = slots
        self.memory = memory
        running = [each for each in catalogue.services.values() if each.operating(day).value in _RUNNING]
        self.provided = {name for each in running for name in each.provides}
        self.running = running

    def standing(self, service: Service, near: Catalogue) -> Standing:
        """Judge a service for the person at hand; `near` is the catalogue of the place."""
        knowledge = self.memory.knowledge
        each = assess(service, knowledge, self.day, frozenset())
        ranks = {service.id: rank(each, near, knowledge)}
        way = way_of(service.id, dict(explore(near, {service.id: each}, knowledge, self.day, ranks)))
        unmet = [judgement for judgement in each.judgements if judgement.truth is UNMET]
        return Standing(
            order=0 if each.outcome is Outcome.ELIGIBLE else UNSURE,
            untold=bool(each.untold),
            within_reach=each.within_reach,
            ask=each.ask,
            way=way,
            waits=SETTLED if way or not all(map(self._hope, unmet)) else COVER if unmet else DOORS,
            state=self.memory.number((service.id, self._state(each))),
        )

    def _hope(self, judgement: Judgement) -> bool:
        """Whether something could bring an unmet node about."""
        node = judgement.node
        if isinstance(node, Criterion):
            return node.fact in self.provided or self.looks.facts[node.fact].change == "time"
        return isinstance(node, AnyOf)

    def _state(self, each: Assessment) -> Hashable:
        held = [self._class(each.service, name) for name in each.service.provides]
        shapes = [self._shape(each.service, judgement) for judgement in each.judgements]
        return (each.outcome is Outcome.ELIGIBLE, tuple(shapes), tuple(held))

    def _shape(self, service: Service, judgement: Judgement) -> Hashable:
        """What has to be covered; of what time changes also how near it is."""
        if judgement.truth is not UNMET:
            return None
        node = judgement.node
        if isinstance(node, AnyOf):
            return tuple(tuple(self._shape(service, inner) for inner in part) for part in judgement.parts)
        if isinstance(node, Criterion) and self.looks.facts[node.fact].change == "time":
            return self._class(service, node.fact)
        return True

    def _class(self, service: Service, fact: str) -> int:
        return self.looks.look(service, fact)[self.memory.vector[self.looks.held[fact]]]

    def put_in_words(self, service: Service, standing: Standing) -> tuple[str, str]:
        """Give a standing the texts of its verdict, from the person at hand."""
        knowledge = self.memory.knowledge
        each = assess(service, knowledge, self.day, frozenset())
        known = {name: knowledge.possible(name) for name in self.looks.facts.facts}
        each = each._replace(relevant=True)
        shut, reached = (dumped(verdict_head(each, reachable)).replace("%", "%%") for reachable in (False, True))
        body, places = self.slots.template(verdict_body(each, self.slots, known))
        standing.texts = (f"{shut[:-1]},{body[1:]}", f"{reached[:-1]},{body[1:]}")
        standing.words = pick(places)
        self.memory.note(getsizeof(body) * 2)
        return standing.texts


_RUNNING = ("active", "unverified")


class Finest(Remembered[tuple[int, ...], Standing]):
    """How one service stands, by the classes that it tells apart itself."""

    def __init__(self, service: Service, near: Catalogue, bench: Bench) -> None:
        super().__init__(bench.memory)
        self.service = service
        self.near = near
        self.bench = bench

    def make(self, key: tuple[int, ...]) -> Standing:
        """Judge the service."""
        return self.bench.standing(self.service, self.near)

    def stand(self, vector: Sequence[Any]) -> Standing:
        """How the service stands for a row."""
        return self[self.bench.looks.classes(self.service, vector)]


class Standings(Remembered[Any, tuple[Standing, ...]]):
    """How a few services stand that look at the same facts, by what is held of these: quicker to ask than `Finest`."""

    def __init__(self, services: Sequence[Finest], memory: Memory) -> None:
        super().__init__(memory)
        self.services = services

    def make(self, key: Any) -> tuple[Standing, ...]:
        """Ask service by service."""
        vector = self.memory.vector
        return tuple([each.stand(vector) for each in self.services])
