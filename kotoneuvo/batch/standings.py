"""How services stand to the rows of a file: asked of the advisor once for all who are alike to a service."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.compiled import CompiledService, Standing, bearing, bearing_seen, inside
from kotoneuvo.advice.criteria import criteria_of
from kotoneuvo.advice.encoding import Row, ValueClasses, picker
from kotoneuvo.advice.situation import MUNICIPALITY, Situation


class Standings:
    """Remembers how services stand; those that come to the same are one."""

    def __init__(self, advisor: Advisor) -> None:
        self.advisor = advisor
        self._seen: dict[int, _Asked] = {}
        self._standings: dict[tuple[int, Hashable, Any], Standing] = {}
        self._like_others: dict[tuple[object, ...], Standing] = {}
        self._alike: dict[tuple[int, Hashable], Standing] = {}

    @property
    def spent(self) -> int:
        """About how many bytes it takes."""
        return 2000 * len(self._alike) + 300 * len(self._standings)

    def standing(self, compiled: CompiledService, place: Hashable, row: Row) -> Standing:
        """How a service stands to somebody; `place` tells places apart that it does not look at beyond its area."""
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
                # Those that come to the same are one, so that what hangs on them is found again.
                found = self._alike.setdefault((id(compiled.service), bearing(found, knowledge)), found)
                self._like_others[alike] = found
            self._standings[key] = found
        return found

    def somewhere(self, compiled: CompiledService, row: Row) -> Standing:
        """How a service stands to somebody in its area: an area that is open as well adds its question, no more."""
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
    """All that the pathway takes from a standing: what is open is open, whatever is known or not."""
    if standing.hopeless:
        return None
    return id(standing) if standing.unmet else -standing.open_rank


class _Asked(NamedTuple):
    """A service as its standing is asked for, wherever somebody is.

    `pick` takes all that it looks at out of a row; `classes` are the values that differ to it. It is asked for
    somebody at `place`, with the number `municipality`; if it looks at the municipality itself, without its area.
    """

    pick: Callable[[Row], Any]
    classes: Sequence[ValueClasses]
    compiled: CompiledService
    place: Hashable
    municipality: int | None
