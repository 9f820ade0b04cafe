"""The one function behind every front end: a catalogue, a situation and a day give a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kotoneuvo.advice.assessment import Assessment, assess
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.pathway import Stage, find_pathway
from kotoneuvo.advice.questions import ask_next, still_open
from kotoneuvo.advice.service import Catalogue, Operating
from kotoneuvo.advice.situation import Contradiction, Knowledge, Situation


@dataclass(frozen=True)
class Report:
    """All there is to say about one situation on one day; renderers read it and decide nothing.

    `known` holds the facts that are narrower than their domain, derived ones included. `assessments` cover every
    service of the catalogue, `pathway` the steps to take, `reachable` all that could be reached at all. `ask_next`
    names the questions that would settle something, `still_open` how many services wait for them.
    """

    as_of: date
    catalogue: Catalogue
    situation: Situation
    known: Mapping[str, Values]
    assessments: Mapping[str, Assessment]
    pathway: tuple[Stage, ...]
    reachable: frozenset[str]
    ask_next: tuple[tuple[str, int], ...]
    still_open: int
    contradictions: tuple[Contradiction, ...]

    def formerly(self, service: str) -> tuple[str, ...]:
        """The ids of ended services that this one took over from, as far as they served where the person is."""
        before = (self.assessments[name] for name in self.catalogue.predecessors.get(service, ()))
        return tuple(each.service.id for each in before if each.operating is Operating.ENDED and each.within_reach)


def advise(catalogue: Catalogue, situation: Situation, today: date, skipped: frozenset[str] = frozenset()) -> Report:
    """Advise one person. Pure: the same arguments give the same report.

    `today` is the day for which services are open or ended. `skipped` names questions that were asked and not answered:
    they stay unknown and are not proposed again.
    """
    knowledge = Knowledge(catalogue.facts, situation)
    assessments = {name: assess(each, knowledge, today, skipped) for name, each in catalogue.services.items()}
    pathway, reachable = find_pathway(catalogue, assessments, knowledge, today)
    facts = catalogue.facts.facts
    known = {name: values for name in facts if (values := knowledge.possible(name)) != facts[name].everything}
    return Report(
        as_of=today,
        catalogue=catalogue,
        situation=situation,
        known=known,
        assessments=assessments,
        pathway=pathway,
        reachable=reachable,
        ask_next=ask_next(assessments, catalogue.facts),
        still_open=still_open(assessments.values()),
        contradictions=knowledge.contradictions(),
    )
