"""The report: all the advice to one person on one day, which every renderer reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.calendar import Change, changes_on
from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.doors import Door, doors
from kotoneuvo.advice.eligibility import order_questions
from kotoneuvo.advice.facts import Municipality, Text, Values
from kotoneuvo.advice.first_steps import FirstStep, first_steps
from kotoneuvo.advice.notices import Notice, matching_notices
from kotoneuvo.advice.on_day import OnDay
from kotoneuvo.advice.pathway import Stage
from kotoneuvo.advice.service import Catalogue, Operating, Service
from kotoneuvo.advice.situation import Contradiction, Situation


@dataclass(frozen=True)
class Report:
    """All the advice on one situation on one day; renderers show it and decide nothing.

    `known` holds the facts about which something is known, derived ones included. `assessments` has every service of
    the catalogue; those not `within_reach` (not running, or in another area) are judged when first looked at. `pathway`
    has the steps to take, `reachable` all services that could open. `questions` maps each fact worth asking to the
    number of services that it could settle; `still_open` services wait for an answer. `helplines` are for everybody
    where the person is, in the catalogue's order (the emergency number first).
    """

    as_of: date
    catalogue: Catalogue
    situation: Situation
    known: Mapping[str, Values]
    assessments: Mapping[str, Assessment]
    pathway: tuple[Stage, ...]
    within_reach: tuple[str, ...]
    reachable: frozenset[str]
    questions: Mapping[str, int]
    still_open: int
    contradictions: tuple[Contradiction, ...]
    on_day: OnDay = field(compare=False, repr=False)
    helplines: tuple[str, ...] = ()

    def possible(self, fact: str) -> Values:
        """The values of a fact that are still possible."""
        return self.known.get(fact, self.catalogue.facts[fact].everything)

    @cached_property
    def on_pathway(self) -> tuple[str, ...]:
        """The services of the pathway, in the order of its stages."""
        return tuple([service_id for stage in self.pathway for service_id in stage.services])

    @property
    def places(self) -> Values:
        """The codes of the municipalities where the person may live; empty if that is not known."""
        return self.situation.known.get("municipality", frozenset())

    @property
    def home(self) -> Municipality | None:
        """The municipality where the person lives, if only one is possible."""
        places = [self.catalogue.facts.municipalities.get(str(code)) for code in self.places]
        return places[0] if len(places) == 1 else None

    def own_area(self, service: Service) -> Text:
        """The name of the person's municipality, county or employment area, for a service with a local office there."""
        if self.home is None or not service.local_name:
            return {}
        own: Text = self.home.name if service.local_name == "municipality" else getattr(self.home, service.local_name)
        return own

    def contacts(self, service_id: str) -> tuple[ContactPoint, ...]:
        """All contact points of a service for this person."""
        return self.catalogue.contacts(self.catalogue.services[service_id], self.places)

    def contact(self, service_id: str) -> ContactPoint | None:
        """The one contact point to show where there is room for one: as for a step, else any at all."""
        service = self.catalogue.services[service_id]
        return self.on_day.contact(service, self.places) or next(iter(self.contacts(service_id)), None)

    def phone(self, service_id: str) -> str:
        """The phone number of a helpline, however old the information; empty if there is none."""
        return next((each.phone for each in self.contacts(service_id) if each.phone), "")

    def is_confirmed(self, service_id: str) -> bool:
        """Whether the service and all its contact points for this person are within their review period."""
        active = self.assessments[service_id].operating is Operating.ACTIVE
        return active and not any(each.stale(self.as_of) for each in self.contacts(service_id))

    def old_since(self, step: FirstStep) -> date | None:
        """The date of the information on a step, if it is overdue for review; else None."""
        return self.assessments[step.service_id].service.old_since(step.shown, self.as_of)

    @cached_property
    def ask_next(self) -> tuple[tuple[str, int], ...]:
        """Facts worth asking, each with the number of services that it could settle, in the order to ask them."""
        return order_questions(self.questions, self.catalogue.facts)

    @cached_property
    def first_steps(self) -> tuple[FirstStep, ...]:
        """The few steps to take first; see `first_steps.first_steps`."""
        return first_steps(self)

    @cached_property
    def unserved_goals(self) -> tuple[str, ...]:
        """The goals that nothing on the pathway serves, in the person's order; ask about them at `ask_at`."""
        served = {goal for service_id in self.on_pathway for goal in self.catalogue.services[service_id].goals}
        return tuple(goal for goal in self.situation.goals if goal not in served)

    @cached_property
    def ask_at(self) -> Door | None:
        """The person's municipality, else its county or employment area, with a contact point; None if unknown."""
        return next(doors(self.catalogue, self.places, self.as_of), None)

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """The notices that concern the person; see `matching_notices`."""
        return matching_notices(self.catalogue.notices, self.possible, self.as_of)

    @cached_property
    def changes_on(self) -> tuple[Change, ...]:
        """The days on which the advice changes; see `calendar`."""
        return changes_on(self)

    @cached_property
    def bring(self) -> tuple[tuple[Text, tuple[str, ...]], ...]:
        """The documents to bring to the first steps: each text once, with the services that ask for it."""
        found: dict[str, tuple[Text, list[str]]] = {}
        # Many offices ask for the same papers in the same words.
        for step in self.first_steps:
            said = self.catalogue.services[step.service_id].bring
            if said:
                found.setdefault(said.text.get("fi", ""), (said.text, []))[1].append(step.service_id)
        return tuple((text, tuple(services)) for text, services in found.values())

    @cached_property
    def not_now(self) -> tuple[str, ...]:
        """The services of the pathway that take nobody in on this day."""
        services = self.catalogue.services
        return tuple(service_id for service_id in self.on_pathway if services[service_id].not_now(self.as_of))

    def formerly(self, service_id: str) -> tuple[str, ...]:
        """The ids of ended services that this one replaced, if they served the place where the person lives."""
        before = (self.assessments[each] for each in self.catalogue.predecessors.get(service_id, ()))
        return tuple(each.service.id for each in before if each.operating is Operating.ENDED and each.within_reach)
