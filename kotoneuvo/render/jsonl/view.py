"""One place in the eyes of somebody with certain goals: what is relevant, what is wanted, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kotoneuvo.advice.assessment import Rank, rank, serves
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
        self.orders = _orders(Situation({}, goals), bench)


def unserved(languages: tuple[str, ...], bench: Bench) -> Mapping[str, int]:
    """What languages add to the order of every running service that is not served in them, less what none adds."""
    plain, told = _orders(Situation(), bench), _orders(Situation({}, (), languages), bench)
    return {name: told[name] - plain[name] for name in told}


def _orders(situation: Situation, bench: Bench) -> Mapping[str, int]:
    """The order of every running service, as far as wishes decide it."""
    knowledge = Knowledge(bench.catalogue.facts, situation)
    ranks = ((each.id, rank(bare(each, bench.day), bench.catalogue, knowledge)) for each in bench.running)
    return {name: order_of(ranked) for name, ranked in ranks}


class View:
    """The services of a place for a person's goals."""

    def __init__(self, place: Place, wished: Wished, names: Sequence[str]) -> None:
        self.place = place
        self.names = names
        served, services = wished.served, place.services
        self.relevant = [(number, services[number]) for number in place.ordered if services[number].id in served]
        self.wanted = [number for number, each in enumerate(services) if each.basic or each.id in served]
        self._wanted = frozenset(self.wanted)
        self.orders = [wished.orders[each.id] | place.shared.order[each.id] for each in services]

    def verdicts(self, standings: Sequence[Standing], ways: Sequence[Way | None], has: Sequence[str]) -> list[str]:
        """The text of the verdicts in parts, what the person has put in."""
        parts: list[str] = []
        for number, service in self.relevant:
            standing = standings[number]
            if standing.within_reach:
                texts = standing.texts or self.place.shared.bench.put_in_words(service, standing)
                text = texts[ways[number] is not None][:]
                text[1::2] = standing.words(has)
                parts += text  # type: ignore[arg-type]  # nothing is left open
        if parts:
            parts[-1] = parts[-1][:-1]
        return parts

    def path(
        self, standings: Sequence[Standing], ways: Sequence[Way | None], unserved: Sequence[int]
    ) -> tuple[str, tuple[str, ...]]:
        """The text of the pathway, and the questions of all that is wanted and open."""
        steps: list[tuple[int, Way]] = []
        asked: tuple[str, ...] = ()
        before: frozenset[str] = frozenset()
        orders = self.orders
        for number in self.wanted:
            standing = standings[number]
            if standing.untold:
                continue
            if standing.ask:
                asked += standing.ask
            way = ways[number]
            if way is not None:
                steps.append((orders[number] + standing.order + unserved[number] + way.order, way))
                if way.before:
                    before |= way.before
        for number in map(self.place.number.__getitem__, before):
            standing, way = standings[number], ways[number]
            if way is not None and (standing.untold or number not in self._wanted):
                steps.append((orders[number] + standing.order + unserved[number] + way.order, way))
        steps.sort()
        return self._stages(steps), asked

    def _stages(self, steps: list[tuple[int, Way]]) -> str:
        """Steps in order, put under the head of their stage; its first part is the nearest way to it."""
        stages: dict[str, tuple[list[Way], list[str]]] = {}
        for order, way in steps:
            stage = stages.get(way.head)
            if stage is None:
                stages[way.head] = ([way], [self.names[order & _SERVICE]])
            else:
                stage[1].append(self.names[order & _SERVICE])
                if way.layer < stage[0][0].layer:
                    stage[0][0] = way
        told = list(stages.values())
        if len(told) > 1:
            told.sort(key=lambda stage: (stage[0][0].group, stage[0][0].layer))
        return ",".join([f"{nearest[0].head}{','.join(names)}]}}" for nearest, names in told])


def quoted_ids(bench: Bench) -> list[str]:
    """The ids of the catalogue's services as they stand in a line."""
    return list(map(dumped, bench.catalogue.services))
