"""The standings of services for the rows of a file: the advisor is asked once for all people who are alike to one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.compiled import CompiledService, Standing, bearing, bearing_seen, inside
from kotoneuvo.advice.criteria import criteria_of
from kotoneuvo.advice.encoding import Row, ValueClasses, picker
from kotoneuvo.advice.situation import MUNICIPALITY, Situation


class Standings:
    """A cache of standings, in which equivalent standings of a service are one object."""

    def __init__(self, advisor: Advisor) -> None:
        self.advisor = advisor
        self._seen: dict[int, _Asked] = {}
        self._standings: dict[tuple[int, Hashable, Any], Standing] = {}
        self._like_others: dict[tuple[object, ...], Standing] = {}
        self._alike: dict[tuple[int, Hashable], Standing] = {}

    @property
    def spent(self) -> int:
        """Approximate memory in bytes."""
        return 2000 * len(self._alike) + 300 * len(self._standings)

    def standing(self, compiled: CompiledService, place: Hashable, row: Row) -> Standing:
        """Return the standing of a service for a row; `place` identifies what its area says of the person's place."""
        return self._stand(compiled, (compiled.position, place, self._seen_by(compiled).pick(row)), row)

    def _stand(self, compiled: CompiledService, key: tuple[int, Hashable, Any], row: Row) -> Standing:
        found = self._standings.get(key)
        if found is None:
            classes = self._seen_by(compiled).classes
            alike = (*key[:2], *[each.known()[row[each.position]] for each in classes])
            found = self._like_others.get(alike)
            if found is None:
                knowledge = self.advisor.encoding.knowledge(row, Situation())
                found = self.advisor.stand(compiled, knowledge, changes=False)
                # One object for equivalent standings: caches further on use their identity as a key.
                found = self._alike.setdefault((id(compiled.service), bearing(found, knowledge)), found)
                self._like_others[alike] = found
            self._standings[key] = found
        return found

    def somewhere(self, compiled: CompiledService, row: Row) -> Standing:
        """Return the standing for somebody within the area; where the area is uncertain, only its question is added."""
        seen = self._seen_by(compiled)
        key = (compiled.position, seen.place, seen.pick(row))
        found = self._standings.get(key)
        if found is None:
            if seen.municipality is not None:
                row = list(row)
                row[self.advisor.encoding.position[MUNICIPALITY]] = seen.municipality
            found = self._stand(seen.compiled, key, row)
        return found

    def _seen_by(self, compiled: CompiledService) -> _Asked:
        found = self._seen.get(compiled.position)
        if found is None:
            encoding = self.advisor.encoding
            pick = picker([encoding.position[name] for name in compiled.looks_at])
            criteria = list(criteria_of(compiled.service.eligibility))
            classes = [
                encoding.classes(name, criteria, bearing_seen, exact=name == MUNICIPALITY) for name in compiled.looks_at
            ]
            if MUNICIPALITY in compiled.looks_at:
                service = compiled.service
                nodes = tuple([node for node in service.eligibility if node is not compiled.area])
                anywhere = compiled._replace(service=service._replace(eligibility=nodes))
                found = _Asked(pick, classes, anywhere, "anywhere", None)
            else:
                domain = encoding.facts[MUNICIPALITY].domain
                places = frozenset(
                    [next((each for each in domain if inside(compiled.area, frozenset([each]))), domain[0])]
                )
                number = encoding.number(encoding.position[MUNICIPALITY], places)
                found = _Asked(pick, classes, compiled, (True, True, *(inside(compiled.area, places) or ())), number)
            self._seen[compiled.position] = found
        return found


def opening(standing: Standing) -> Hashable:
    """Return what a pathway depends on in a standing: open services are alike if their rank is."""
    if standing.hopeless:
        return None
    return id(standing) if standing.unmet else -standing.open_rank


class _Asked(NamedTuple):
    """How to ask for the standing of a service regardless of where the person is.

    `pick` takes the facts that the service looks at out of a row; `classes` are the values that it tells apart. The
    standing is asked for at `place`, with `municipality` as that fact's number. If the service looks at it for more
    than its area, `compiled` is without the area and `municipality` is None.
    """

    pick: Callable[[Row], Any]
    classes: Sequence[ValueClasses]
    compiled: CompiledService
    place: Hashable
    municipality: int | None
