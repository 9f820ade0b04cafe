"""Which services count on the map of gaps: those that are near and can be reached.

Nationwide services fit nearly everybody who wants work, language or guidance: with them no municipality would ever show
a gap. Whoever has no fitting service at all is counted apart.
"""

from __future__ import annotations

from collections.abc import Mapping

from kotoneuvo.advice.assessment import countrywide
from kotoneuvo.advice.service import Catalogue, Service


def goals_on_map(service: Service) -> tuple[str, ...]:
    """The goals that a service answers near: none if it is nationwide, or has no contact of its own."""
    reachable = any(each.phone or each.email or each.address or each.url for each in service.contacts)
    return tuple(service.goals) if reachable and not countrywide(service) else ()


def goal_bits(catalogue: Catalogue) -> Mapping[str, int]:
    """Service id to a bit for every goal that it answers on the map, in the order of the goals."""
    bits = {goal: 1 << place for place, goal in enumerate(catalogue.facts.goals)}
    return {name: sum(bits[goal] for goal in goals_on_map(each)) for name, each in catalogue.services.items()}
