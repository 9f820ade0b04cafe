"""What goals and languages make of services, and of those of a place."""

from __future__ import annotations

from collections.abc import Mapping

from kotoneuvo.advice.assessment import Rank, rank, serves
from kotoneuvo.advice.situation import Knowledge, Situation
from kotoneuvo.render.jsonl.memory import Memory, Remembered
from kotoneuvo.render.jsonl.place import Place
from kotoneuvo.render.jsonl.standing import UNSURE, Bench, bare
from kotoneuvo.render.jsonl.text import dumped
from kotoneuvo.render.jsonl.view import View
from kotoneuvo.render.jsonl.wording import Wording

_RANK = 30
"""Bits below the rank: ten for the layer, the rest for the service."""


def order_of(ranked: Rank) -> int:
    """A rank as a number, with room for the layer and the service below."""
    phase, goal, unsure, unverified, near, unserved = ranked
    return ((((phase << 8 | goal) << 1 | unsure) << 1 | unverified) << 2 | near) << 1 + _RANK | unserved << _RANK


assert order_of((0, 0, 1, 0, 0, 0)) == UNSURE


class Wished:
    """What goals make of all running services: `served` are the ids that answer them, `orders` ranks by id."""

    def __init__(self, goals: tuple[str, ...], bench: Bench) -> None:
        self.served = {each.id for each in bench.running if serves(each, goals)}
        self.orders = _orders(Situation({}, goals), bench)


def _orders(situation: Situation, bench: Bench) -> Mapping[str, int]:
    """The order of every running service, as far as wishes decide it."""
    knowledge = Knowledge(bench.catalogue.facts, situation)
    ranks = ((each.id, rank(bare(each, bench.day), bench.catalogue, knowledge)) for each in bench.running)
    return {name: order_of(ranked) for name, ranked in ranks}


class AllWished(Remembered[int, Wished]):
    """What goals make of services, by the number of the goals; the goals are those of the person at hand."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench.memory)
        self.bench = bench

    def make(self, key: int) -> Wished:
        """Rank all services."""
        return Wished(self.memory.knowledge.situation.goals, self.bench)

    def size(self, piece: Wished) -> int:
        """A number of each service, and some ids."""
        return len(piece.orders) * 120


class Unserved(Remembered[int, Mapping[str, int]]):
    """What languages add to the order of every service that is not served in them, by the number of the languages."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench.memory)
        self.bench = bench
        self._plain = _orders(Situation(), bench)

    def make(self, key: int) -> Mapping[str, int]:
        """Rank all services, less what is added where no language is given."""
        languages = self.memory.knowledge.situation.service_language
        told = _orders(Situation({}, (), languages), self.bench)
        return {name: told[name] - plain for name, plain in self._plain.items()}

    def size(self, piece: Mapping[str, int]) -> int:
        """A number of each service."""
        return len(piece) * 60


class Here(Remembered[tuple[int, int], list[int]]):
    """What languages add to the order of the services of a place, by the numbers of the place and the languages."""

    def __init__(self, places: Mapping[int, Place], unserved: Mapping[int, Mapping[str, int]], memory: Memory) -> None:
        super().__init__(memory)
        self.places = places
        self.unserved = unserved

    def make(self, key: tuple[int, int]) -> list[int]:
        """Take those of the place."""
        place, languages = key
        unserved = self.unserved[languages]
        return [unserved[each.id] for each in self.places[place].services]

    def size(self, piece: list[int]) -> int:
        """Small numbers."""
        return len(piece) * 8


class Views(Remembered[tuple[int, int], View]):
    """Places in the eyes of people with certain goals, by the numbers of both."""

    def __init__(self, places: Mapping[int, Place], wished: Mapping[int, Wished], wording: Wording) -> None:
        super().__init__(wording.bench.memory)
        self.places = places
        self.wished = wished
        self.names = list(map(dumped, wording.bench.catalogue.services))
        self.wording = wording

    def make(self, key: tuple[int, int]) -> View:
        """Look at the services."""
        place, goals = key
        wished = self.wished[goals]
        return View(self.places[place], wished.served, wished.orders, self.names, self.wording)

    def size(self, piece: View) -> int:
        """A number of each service, and a pair of each relevant one."""
        return len(piece.orders) * 60 + (len(piece.relevant) + len(piece.wanted)) * 70
