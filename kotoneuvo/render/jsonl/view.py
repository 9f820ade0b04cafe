"""One place in the eyes of somebody with certain goals: what is relevant, what is wanted, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter

from kotoneuvo.advice.assessment import Rank, rank, serves
from kotoneuvo.advice.service import Service
from kotoneuvo.advice.situation import Knowledge, Situation
from kotoneuvo.render.jsonl.place import Place
from kotoneuvo.render.jsonl.standing import LAYER, UNSURE, Bench, Standing, Way, bare
from kotoneuvo.render.jsonl.text import dumped

_SERVICE = (1 << LAYER) - 1
_RANK = 30
"""Bits below the rank: ten for the layer, the rest for the service."""


def order_of(ranked: Rank) -> int:
    """A rank as a number, with room for the layer and the service below."""
    phase, goal, unsure, unverified, near, unserved = ranked
    return ((((phase << 8 | goal) << 1 | unsure) << 1 | unverified) << 2 | near) << 1 + _RANK | unserved << _RANK


assert order_of((0, 0, 1, 0, 0, 0)) == UNSURE


class Wished:
    """What wishes make of all running services: `served` are the ids that answer the goals, `orders` ranks by id."""

    def __init__(self, goals: tuple[str, ...], bench: Bench) -> None:
        self.served = {each.id for each in bench.running if serves(each, goals)}
        self.orders = {each.id: order_of(_rank(each, Situation({}, goals), bench)) for each in bench.running}


def unserved(languages: tuple[str, ...], bench: Bench) -> Mapping[str, int]:
    """What languages add to the order of every running service that is not served in them, less what none adds."""
    plain, told = (
        {each.id: order_of(_rank(each, situation, bench)) for each in bench.running}
        for situation in (Situation(), Situation({}, (), languages))
    )
    return {name: told[name] - plain[name] for name in told}


def _rank(service: Service, situation: Situation, bench: Bench) -> Rank:
    return rank(bare(service, bench.day), bench.catalogue, Knowledge(bench.catalogue.facts, situation))


class View:
    """The services of a place for a person's goals."""

    def __init__(self, place: Place, wished: Wished, names: Sequence[str]) -> None:
        self.place = place
        self.names = names
        served, services = wished.served, place.services
        self.relevant = [(number, services[number]) for number in place.ordered if services[number].id in served]
        self.wanted = [number for number, each in enumerate(services) if each.basic or each.id in served]
        self.orders = [wished.orders[each.id] | place.shared.order[each.id] for each in services]

    def verdicts(self, standings: Sequence[Standing], ways: Sequence[Way | None], has: Sequence[str]) -> str:
        """The text of the verdicts, with what the person has put in."""
        parts: list[str] = []
        for number, service in self.relevant:
            standing = standings[number]
            if standing.within_reach:
                texts = standing.texts or self.place.shared.bench.put_in_words(service, standing)
                parts.append(texts[ways[number] is not None] % standing.words(has))
        return ",".join(parts)

    def path(
        self, standings: Sequence[Standing], ways: Sequence[Way | None], unserved: Sequence[int]
    ) -> tuple[str, tuple[str, ...]]:
        """The text of the pathway, and the questions of all that is wanted and open."""
        needed: set[int] = set()
        asked: tuple[str, ...] = ()
        for number in self.wanted:
            standing = standings[number]
            if standing.untold:
                continue
            if standing.ask:
                asked += standing.ask
            way = ways[number]
            if way is not None:
                needed.add(number)
                if way.before:
                    needed.update(map(self.place.number.__getitem__, way.before))
        steps = []
        orders = self.orders
        for number in needed:
            way = ways[number]
            assert way is not None
            steps.append((orders[number] + standings[number].order + unserved[number] + way.order, way))
        return self._stages(steps), asked

    def _stages(self, steps: list[tuple[int, Way]]) -> str:
        """The steps, put in order and under the head of their stage."""
        steps.sort(key=_FIRST)
        stages: dict[str, list[str]] = {}
        nearest: dict[str, tuple[int, int]] = {}
        names = self.names
        for order, way in steps:
            head = way.head
            if head in stages:
                stages[head].append(names[order & _SERVICE])
                if way.layer < nearest[head][1]:
                    nearest[head] = (way.group, way.layer)
            else:
                stages[head] = [names[order & _SERVICE]]
                nearest[head] = (way.group, way.layer)
        heads = stages if len(stages) == 1 else sorted(stages, key=nearest.__getitem__)
        return ",".join([f"{head}{','.join(stages[head])}]}}" for head in heads])


_FIRST = itemgetter(0)


def quoted_ids(bench: Bench) -> list[str]:
    """The ids of the catalogue's services as they stand in a line."""
    return list(map(dumped, bench.catalogue.services))
