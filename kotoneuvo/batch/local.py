"""Which services count on the map of gaps: those that are near and can be reached.

Nationwide services fit nearly everybody who wants work, language or guidance: with them no municipality would ever show
a gap. Whoever has no fitting service at all is counted apart.
"""

from __future__ import annotations

from kotoneuvo.advice.assessment import countrywide
from kotoneuvo.advice.service import Service


def goals_on_map(service: Service) -> tuple[str, ...]:
    """The goals that a service answers near: none if it is nationwide, or has no contact of its own."""
    reachable = any(each.phone or each.email or each.address or each.url for each in service.contacts)
    return tuple(service.goals) if reachable and not countrywide(service) else ()
