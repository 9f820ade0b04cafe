"""The few steps to take first: one rule for screen, paper, JSON and batch.

Candidates serve the person's goals and are open now, or through a way in that is itself among the steps. The best one
for the first goal comes first, then the best one for the second goal, and so on. Services that can be contacted come
before those that cannot, a likely fit before a possible one, confirmed information before old. Services at the same
office are one visit.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from kotoneuvo.advice.assessment import Assessment, never_asked
from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.advice.doors import Action, Door, action_at, next_best_door, page_only
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.pathway import When
from kotoneuvo.advice.service import Operating, Service

if TYPE_CHECKING:
    from kotoneuvo.advice.report import Report

MOST = 5
"""The maximum number of first steps."""
_WITHOUT_GOALS = ("guidance",)
"""The goal of a person who named none."""
_URGENT = "rights"
"""The phase of services that may have deadlines; those meant for just this person come first."""
_TEACHING = ("language", "education")
_LITERATE = Criterion("literacy", frozenset({"LK2", "literate_latin"}))
"""What is required by a course that does not teach reading."""
_BRANCHES = ("authority", "unit")
"""Kinds of service that are at the same place as the authority that is their way in."""


class FirstStep(NamedTuple):
    """One of the first steps.

    `after` lists the first steps before it, `opens` the services of the pathway that open through it. `contact` belongs
    to the service, its house or the local office; `instead` is the next best door (see `next_best_door`).
    """

    service_id: str
    when: When
    after: tuple[str, ...]
    action: Action
    contact: ContactPoint | None
    instead: Door | None
    opens: tuple[str, ...]

    @property
    def shown(self) -> ContactPoint | None:
        """The contact point to show: its own, else that of the next best door."""
        return self.contact or (self.instead.contact if self.instead else None)


def first_steps(
    report: Report, most: int = MOST, without: frozenset[str] = frozenset(), including: frozenset[str] = frozenset()
) -> tuple[FirstStep, ...]:
    """The first steps of a report: at most `most`, without the services in `without`, those in `including` first."""
    return _Choice(report, without, including).steps(most)


Order = tuple[object, ...]
"""The sort key of a candidate for the first step; the lowest comes first."""


def first_order(report: Report, service_id: str) -> tuple[Order, str] | None:
    """Return a service's sort key and the first service on the way to it; None if it cannot come first.

    The first step of a person is the first service on the way to the candidate with the lowest key. Batch uses this,
    because it looks at services one by one: `report` needs only the service, those before it on the pathway and its
    successors. The last part of the key is the position in `within_reach`.
    """
    choice = _Choice(report, frozenset(), frozenset())
    if service_id not in choice.when or not choice.may_be_first(service_id):
        return None
    chain = list(choice.chain(service_id))
    if len({choice.visit(each) for each in chain}) > MOST:
        return None
    return (choice.place(service_id), *choice.key(report.assessments[service_id])), chain[0]


def order_seen(assessment: Assessment) -> Hashable:
    """What the sort key takes from a wanted assessment; assessments of one service that agree in it rank alike."""
    return (assessment.told, assessment.outcome, assessment.met_conditions)


def looks_at(service: Service) -> tuple[Criterion, ...]:
    """What the sort key depends on besides the verdict, contacts, goals and languages."""
    return (_LITERATE,) if _needs_reading(service) else ()


def goal_place(service: Service, goals: tuple[str, ...]) -> tuple[int, bool]:
    """The position of the first goal that a service serves (their number if none), and whether it is its main goal."""
    wanted = goals or _WITHOUT_GOALS
    place = next((place for place, goal in enumerate(wanted) if goal in service.goals), len(wanted))
    return place, place < len(wanted) and wanted[place] == service.goals[0]


def _needs_reading(service: Service) -> bool:
    """Whether a service is little use to a person who cannot read: a course that does not teach reading, or a page."""
    return "literacy" not in service.goals and (service.phase in _TEACHING or service.kind == "channel")


class _Choice:
    """Chooses the first steps of one report."""

    def __init__(self, report: Report, without: frozenset[str], including: frozenset[str]) -> None:
        self.report = report
        self.services = report.catalogue.services
        self.including = including
        self.goals = report.situation.goals
        self.places = report.places
        self.languages = set(report.situation.service_language)
        self.reads = not report.possible(_LITERATE.fact).isdisjoint(_LITERATE.accept)
        self.position = {service_id: place for place, service_id in enumerate(report.within_reach)}
        self.visits: dict[str, str] = {}
        self.after: dict[str, tuple[str, ...]] = {}
        self.when: dict[str, When] = {}
        for stage in report.pathway:
            for service_id in stage.services:
                if service_id not in without and (stage.when is not When.LATER or service_id in including):
                    self.when[service_id] = stage.when
                    self.after[service_id] = tuple(each for each in stage.after if each in self.services)

    def steps(self, most: int) -> tuple[FirstStep, ...]:
        """The best candidates with their ways in, at most `most` visits."""
        chosen: dict[str, str] = {}  # visit to the service that represents it
        for service_id in self._in_order():
            # Ways in that are already steps take no more room; a service is never chosen without all its ways in.
            chain = [each for each in self.chain(service_id) if self.visit(each) not in chosen]
            if len({self.visit(each) for each in chain}) <= most - len(chosen):
                for each in chain:
                    chosen.setdefault(self.visit(each), each)
            if len(chosen) == most:
                break
        return tuple(self._step(service_id, chosen) for service_id in chosen.values())

    def _in_order(self) -> list[str]:
        """The candidates in rounds: the best of every goal, then the second of every goal."""
        ranked = sorted(
            (service_id for service_id in self.when if self.may_be_first(service_id)),
            key=lambda service_id: (self.place(service_id), self.key(self.report.assessments[service_id])),
        )
        rounds: dict[str, tuple[int, int]] = {}
        taken: dict[int, int] = {}
        for service_id in ranked:
            goal = self.place(service_id)
            taken[goal] = taken.get(goal, 0) + 1
            # The goals take turns, so that five services for the first goal do not crowd out the second.
            rounds[service_id] = (0 if goal < 0 else taken[goal], goal)
        return sorted(ranked, key=rounds.__getitem__)

    def may_be_first(self, service_id: str) -> bool:
        """Whether a service of the pathway can be among the first steps."""
        assessment, day, places = self.report.assessments[service_id], self.report.on_day, self.places
        service, guess = assessment.service, assessment.outcome is Outcome.POSSIBLE
        # A service that is on the pathway only as a way to others is not wanted itself.
        wanted = assessment.wanted_by(self.report.situation)
        if service_id in self.including or (assessment.told and wanted):
            return self._opens(service_id)
        # A language test teaches nothing, and helplines are listed for everybody.
        return (
            assessment.relevant
            and wanted
            and service.kind != "test"
            and not service.not_now(self.report.as_of)  # listed separately, with the day on which it opens
            and not service.helpline
            and not self._passed_on(assessment)
            # A service that is only possible is left out if it would reveal something, or is far away.
            and not (guess and (day.reveals_client(service) or day.elsewhere(service, places)))
            and self._opens(service_id)
        )

    def _opens(self, service_id: str) -> bool:
        """Whether every way in is among the candidates too."""
        return all(each in self.when and self._opens(each) for each in self.after[service_id])

    def _passed_on(self, assessment: Assessment) -> bool:
        """Whether the information is old and a running successor is open to the person instead."""
        service, assessments = assessment.service, self.report.assessments
        return assessment.operating is Operating.UNVERIFIED and any(
            assessments[each].running and assessments[each].outcome is not Outcome.NOT_ELIGIBLE
            for each in service.successor
            if each in assessments
        )

    def chain(self, service_id: str) -> Iterator[str]:
        """Yield the ways in, outermost first, then the service itself."""
        for each in self.after[service_id]:
            yield from self.chain(each)
        yield service_id

    def place(self, service_id: str) -> int:
        """The position of the goal that a service serves; lower for the worker's choices and what the person told."""
        if service_id in self.including:
            return -2
        if self.report.assessments[service_id].told:
            return -1
        return goal_place(self.services[service_id], self.goals)[0]

    def key(self, assessment: Assessment) -> tuple[object, ...]:
        """The sort key among the services of one goal, lowest first; docs/how-it-works.md explains the order."""
        service, facts = assessment.service, self.report.catalogue.facts
        mainly = goal_place(service, self.goals)[1]
        house = self.services.get(service.part_of)
        inherited = house.eligibility if house else ()  # conditions of the house do not count
        met = zip(assessment.judgements, assessment.met_conditions, strict=True)
        conditions = sum(is_met and each.node not in inherited for each, is_met in met)
        fits = assessment.outcome is Outcome.ELIGIBLE
        door = self.services[next(self.chain(service.id))]
        contact = self._contact(door)
        own_task = service.basic and service.kind == "authority"
        far = len(self.places) != 1 or (door.countrywide and not door.local_name)  # nothing is near an unknown place
        # A nearby office that has another main task can still say where to go; a number far away cannot.
        sure = assessment.told or (fits and (mainly or not far))
        # The local office that is responsible for the goal counts as nearby, even if no contact is known.
        near = service.local_name and service.basic and mainly
        distance = 0 if near else far + (contact is None or page_only(contact)) + (not sure)
        return (
            not self.reads and _needs_reading(service),
            contact is None,
            # The fewer never-asked facts a service has, the closer it is to what the person told.
            (len(never_asked(service, facts)), not fits) if assessment.told else (),
            -conditions if service.phase == _URGENT and (mainly or not own_task) else 0,
            distance,
            not (assessment.told or mainly),
            not own_task,  # the responsible authority before services for some
            service.kind == "channel",
            not fits,
            assessment.operating is not Operating.ACTIVE,
            not conditions,
            facts.phase_order[service.phase],
            bool(service.cost and not service.cost.free),
            self.when[service.id] is not When.NOW,
            service.countrywide,
            self.languages.isdisjoint(service.languages.codes if service.languages else ()),
            self.position[service.id],
        )

    def visit(self, service_id: str) -> str:
        """The id of the house or authority to visit; its units and branches are the same visit."""
        found = self.visits.get(service_id)
        if found is None:
            seen: list[str] = []  # a house may have one of its own parts as its way in
            there = service_id
            while there and there not in seen:
                seen.append(there)
                there = self._goes_to(self.services[there])
            found = self.visits[service_id] = seen[-1]
        return found

    def _goes_to(self, service: Service) -> str:
        """The service with which this one shares its visit; empty if it needs a visit of its own."""
        if service.part_of in self.services:
            return service.part_of
        doors = self.after.get(service.id, ())
        if doors and self._nowhere_else(service, self.services[doors[0]]):
            return doors[0]
        branch = service.kind in _BRANCHES
        near = [self.services[door] for door in doors or service.gateways if branch and door in self.services]
        return next((each.id for each in near if each.kind == "authority"), "")

    def _nowhere_else(self, service: Service, way_in: Service) -> bool:
        """Whether the way in is the only place to turn to: no contact is known, or it is the same office's."""
        contact, same = self._contact(service), "" != service.local_name == way_in.local_name
        return contact is None or (same and contact == self._contact(way_in))

    def _step(self, service_id: str, chosen: Mapping[str, str]) -> FirstStep:
        service = self.services[service_id]
        contact = self._contact(service)
        before = dict.fromkeys(chosen[self.visit(each)] for each in self.after[service_id])
        visit = self.visit(service_id)
        opens = [
            each
            for stage in self.report.pathway
            for each in stage.services
            if each not in chosen.values()
            and any(self.visit(door) == visit for door in stage.after if door in self.services)
        ]
        return FirstStep(
            service_id,
            When.THROUGH if before else When.NOW,
            tuple(before),
            action_at(service, contact),
            contact,
            next_best_door(self.report.catalogue, service, contact, self.places, self.report.as_of),
            tuple(opens),
        )

    def _contact(self, service: Service) -> ContactPoint | None:
        return self.report.on_day.contact(service, self.places)
