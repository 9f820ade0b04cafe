"""What a catalogue, a situation and a day give: the report that every renderer reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.calendar import Change, changes_on
from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.doors import Door, doors
from kotoneuvo.advice.eligibility import in_order
from kotoneuvo.advice.facts import Municipality, Text, Values
from kotoneuvo.advice.first_steps import FirstStep, first_steps
from kotoneuvo.advice.notices import Notice, matching_notices
from kotoneuvo.advice.on_day import OnDay
from kotoneuvo.advice.pathway import Stage
from kotoneuvo.advice.service import Catalogue, Operating, Service
from kotoneuvo.advice.situation import Contradiction, Situation


@dataclass(frozen=True)
class Report:
    """All there is to say about one situation on one day; renderers read it and decide nothing.

    `known` holds the facts that are narrower than their domain, derived ones included. `assessments` cover every
    service of the catalogue: those `within_reach` (running, and the person may live in their area) are there already,
    the others are worked out when somebody looks at them. `pathway` holds the steps to take, `reachable` all that could
    open at all. `questions` would settle something, each so many services; `still_open` is how many wait for one.
    `helplines` are for everybody where the person is, whatever they told, in the catalogue's order (the emergency
    number first). `on_day` is what was worked out for everybody.
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
        return tuple([name for stage in self.pathway for name in stage.services])

    @property
    def places(self) -> Values:
        """The codes of the municipalities where the person may be; none where that was not asked."""
        return self.situation.known.get("municipality", frozenset())

    @property
    def home(self) -> Municipality | None:
        """The municipality where the person is, where it can be one only."""
        places = [self.catalogue.facts.municipalities.get(str(code)) for code in self.places]
        return places[0] if len(places) == 1 else None

    def own_area(self, service: Service) -> Text:
        """The person's own municipality, county or employment area, of what there is one of in each; else nothing."""
        if self.home is None or not service.local_name:
            return {}
        own: Text = self.home.name if service.local_name == "municipality" else getattr(self.home, service.local_name)
        return own

    def contacts(self, service_id: str) -> tuple[ContactPoint, ...]:
        """The contact points of a service to show to this person."""
        return self.catalogue.contacts(self.catalogue.services[service_id], self.places)

    def contact(self, service_id: str) -> ContactPoint | None:
        """The one contact point to show where there is room for one: that which a step would have, else any at all."""
        service = self.catalogue.services[service_id]
        return self.on_day.contact(service, self.places) or next(iter(self.contacts(service_id)), None)

    def phone(self, service_id: str) -> str:
        """The number of a service whose number is what it is for (a helpline), however old; empty if it has none."""
        return next((each.phone for each in self.contacts(service_id) if each.phone), "")

    def is_confirmed(self, service_id: str) -> bool:
        """Whether everything that a list shows is within its review: the contacts of the person's own office too."""
        active = self.assessments[service_id].operating is Operating.ACTIVE
        return active and not any(each.stale(self.as_of) for each in self.contacts(service_id))

    def old_since(self, step: FirstStep) -> date | None:
        """From when the information on a step is, where it has not been confirmed within its review; else None."""
        return self.assessments[step.service_id].service.old_since(step.shown, self.as_of)

    @cached_property
    def ask_next(self) -> tuple[tuple[str, int], ...]:
        """The questions that would settle something, with how many services each, in the order in which to ask."""
        return in_order(self.questions, self.catalogue.facts)

    @cached_property
    def first_steps(self) -> tuple[FirstStep, ...]:
        """The few steps to take first; see `first_steps`."""
        return first_steps(self)

    @cached_property
    def unserved_goals(self) -> tuple[str, ...]:
        """The goals that nothing on the pathway serves, in the person's order; `ask_at` is where to ask for them."""
        served = {goal for name in self.on_pathway for goal in self.catalogue.services[name].goals}
        return tuple(goal for goal in self.situation.goals if goal not in served)

    @cached_property
    def ask_at(self) -> Door | None:
        """The door of the person's own municipality, else of its county or employment area, as far as one is known."""
        return next(doors(self.catalogue, self.places, self.as_of), None)

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """The dated rules that concern the person, those that end soonest first."""
        return matching_notices(self.catalogue.notices, self.possible, self.as_of)

    @cached_property
    def changes_on(self) -> tuple[Change, ...]:
        """The days on which the answer changes; worked out when somebody looks, so no batch pays for it."""
        return changes_on(self)

    @cached_property
    def bring(self) -> tuple[tuple[Text, tuple[str, ...]], ...]:
        """The documents to bring, once over all first steps: each text with the services that ask for it."""
        found: dict[str, tuple[Text, list[str]]] = {}
        # Offices ask for the same papers in the same words: nobody reads them five times.
        for step in self.first_steps:
            said = self.catalogue.services[step.service_id].bring
            if said:
                found.setdefault(said.text.get("fi", ""), (said.text, []))[1].append(step.service_id)
        return tuple((text, tuple(services)) for text, services in found.values())

    @cached_property
    def not_now(self) -> tuple[str, ...]:
        """The services of the pathway whose door is shut on the day, though they are or may be for the person."""
        services = self.catalogue.services
        return tuple(name for name in self.on_pathway if services[name].not_now(self.as_of))

    def formerly(self, service: str) -> tuple[str, ...]:
        """The ids of ended services that this one took over from, as far as they served where the person is."""
        before = (self.assessments[name] for name in self.catalogue.predecessors.get(service, ()))
        return tuple(each.service.id for each in before if each.operating is Operating.ENDED and each.within_reach)
