"""What a catalogue, a situation and a day give: the report that every renderer reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.pathway import Stage
from kotoneuvo.advice.service import Catalogue, Operating
from kotoneuvo.advice.situation import Contradiction, Situation


@dataclass(frozen=True)
class Report:
    """All there is to say about one situation on one day; renderers read it and decide nothing.

    `known` holds the facts that are narrower than their domain, derived ones included. `assessments` cover every
    service of the catalogue: those `within_reach` (running, and the person may live in their area) are there already,
    the others are worked out when somebody looks at them. `pathway` holds the steps to take, `reachable` all that could
    open at all. `ask_next` names the questions that would settle something, `still_open` how many services wait for
    them. `helplines` are for everybody where the person is, whatever they told, in the catalogue's order (the emergency
    number first).
    """

    as_of: date
    catalogue: Catalogue
    situation: Situation
    known: Mapping[str, Values]
    assessments: Mapping[str, Assessment]
    pathway: tuple[Stage, ...]
    within_reach: tuple[str, ...]
    reachable: frozenset[str]
    ask_next: tuple[tuple[str, int], ...]
    still_open: int
    contradictions: tuple[Contradiction, ...]
    helplines: tuple[str, ...] = ()

    def formerly(self, service: str) -> tuple[str, ...]:
        """The ids of ended services that this one took over from, as far as they served where the person is."""
        before = (self.assessments[name] for name in self.catalogue.predecessors.get(service, ()))
        return tuple(each.service.id for each in before if each.operating is Operating.ENDED and each.within_reach)
