"""One place in the eyes of somebody with certain goals: what is relevant, what is wanted, and in which order."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from kotoneuvo.render.jsonl.place import Place
from kotoneuvo.render.jsonl.standing import LAYER, Standing, Way
from kotoneuvo.render.jsonl.wording import Wording

_SERVICE = (1 << LAYER) - 1


class View:
    """The services of a place for a person's goals."""

    def __init__(
        self, place: Place, served: Container[str], ranks: Mapping[str, int], names: Sequence[str], wording: Wording
    ) -> None:
        self.place = place
        self.wording = wording
        self.names = names
        services = place.services
        self.relevant = [(number, services[number]) for number in place.ordered if services[number].id in served]
        self.orders = [ranks[each.id] | place.shared.order[each.id] for each in services]
        wanted = [number for number, each in enumerate(services) if each.basic or each.id in served]
        self.wanted = [(number, self.orders[number]) for number in wanted]
        self._wanted = frozenset(wanted)

    def verdicts(self, standings: Sequence[Standing], ways: Sequence[Way | None], has: Sequence[bytes]) -> list[bytes]:
        """The text of the verdicts in parts, what the person has put in."""
        parts: list[bytes] = []
        for number, service in self.relevant:
            standing = standings[number]
            if standing.within_reach:
                texts = standing.texts or self.wording.put(service, standing)
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
        for number, order in self.wanted:
            standing = standings[number]
            if standing.open:
                if standing.untold:
                    continue
                asked += standing.ask
            way = ways[number]
            if way is not None:
                steps.append((order + standing.order + unserved[number] + way.order, way))
                if way.before:
                    before |= way.before
        for number in map(self.place.number.__getitem__, before):
            standing, way = standings[number], ways[number]
            if way is not None and (standing.untold or number not in self._wanted):
                steps.append((orders[number] + standing.order + unserved[number] + way.order, way))
        steps.sort()
        return self._stages(steps), asked

    def _stages(self, steps: list[tuple[int, Way]]) -> str:
        """Steps in order, put under the head of their stage. What has the same steps before it lies in one layer."""
        stages: dict[str, tuple[Way, list[str]]] = {}
        for order, way in steps:
            stage = stages.get(way.head)
            if stage is None:
                stage = stages[way.head] = (way, [])
            stage[1].append(self.names[order & _SERVICE])
        told = list(stages.values())
        if len(told) > 1:
            told.sort(key=lambda stage: (stage[0].group, stage[0].layer))
        return ",".join([f"{way.head}{','.join(names)}]}}" for way, names in told])
