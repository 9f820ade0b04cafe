"""The few steps to take first: one rule, which screen, paper, JSON and batch share.

Of what the person's goals ask for and is open now, or through a way in that is itself among the steps, the best of the
first goal comes first, then the best of the second, and so on. What one can reach comes before what one cannot, what
seems to fit before what may, the confirmed before the old. One visit counts once.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from kotoneuvo.advice.assessment import Assessment, never_asked
from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.criteria import MET, Criterion, everyday
from kotoneuvo.advice.doors import Action, Door, action_at, next_best_door, page_only
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.pathway import When
from kotoneuvo.advice.service import Operating, Service

if TYPE_CHECKING:
    from kotoneuvo.advice.report import Report

MOST = 5
"""How many first steps there are at most."""
_WITHOUT_GOALS = ("guidance",)
"""What somebody is taken to want who named no goal."""
_URGENT = "rights"
"""The phase of what may have a deadline: where it is meant for just this person it comes first."""
_TEACHING = ("language", "education")
_LITERATE = Criterion("literacy", frozenset({"LK2", "literate_latin"}))
"""What a course needs that does not teach reading."""
_BRANCHES = ("authority", "unit")
"""Kinds of service that one visits where the authority is that lets one in."""


class FirstStep(NamedTuple):
    """One of the first steps.

    `after` names the first steps before it, `opens` what on the pathway opens through it. `contact` is of the service,
    its house or the office of the person's area; `instead`, the next best door: of its house if that is only a page.
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
        """The contact point that one turns to: its own, else that of the next best door."""
        return self.contact or (self.instead.contact if self.instead else None)


def first_steps(
    report: Report, most: int = MOST, without: frozenset[str] = frozenset(), including: frozenset[str] = frozenset()
) -> tuple[FirstStep, ...]:
    """The first steps of a report: at most `most`, none of `without`, those of `including` before all others."""
    return _Choice(report, without, including).steps(most)


Order = tuple[object, ...]
"""The order of a service among all that may come first: the lower the sooner."""


def first_order(report: Report, service_id: str) -> tuple[Order, str] | None:
    """The order of a service among all that may come first, and where one goes first to reach it.

    None if it cannot be the first. The first of the first steps is where one goes for the service of the lowest order.
    This is how a batch finds it, which looks at services one by one: `report` need not hold more than the service,
    those before it on the pathway and its successors. The last part of the order is the place in `within_reach`.
    """
    choice = _Choice(report, frozenset(), frozenset())
    if service_id not in choice.when or not choice.may_be_first(service_id):
        return None
    chain = list(choice.chain(service_id))
    if len({choice.visit(each) for each in chain}) > MOST:
        return None
    return (choice.place(service_id), *choice.key(report.assessments[service_id])), chain[0]


def order_seen(assessment: Assessment) -> Hashable:
    """All that the order takes from an assessment that is wanted: of one service, those alike in it are one to it."""
    return (assessment.told, assessment.outcome, _conditions_met(assessment))


def looks_at(service: Service) -> tuple[Criterion, ...]:
    """What the order of a service hangs on besides its verdict, its contacts, goals and languages."""
    return (_LITERATE,) if _needs_reading(service) else ()


def goal_place(service: Service, goals: tuple[str, ...]) -> tuple[int, bool]:
    """The place of the first goal that a service answers, after all if it answers none; whether it is mainly for it."""
    wanted = goals or _WITHOUT_GOALS
    place = next((place for place, goal in enumerate(wanted) if goal in service.goals), len(wanted))
    return place, place < len(wanted) and wanted[place] == service.goals[0]


def _needs_reading(service: Service) -> bool:
    """Whether somebody who cannot read gets little of it: courses that do not teach reading, and pages."""
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
        self.position = {name: place for place, name in enumerate(report.within_reach)}
        self.visits: dict[str, str] = {}
        self.after: dict[str, tuple[str, ...]] = {}
        self.when: dict[str, When] = {}
        for stage in report.pathway:
            for name in stage.services:
                if name not in without and (stage.when is not When.LATER or name in including):
                    self.when[name], self.after[name] = stage.when, tuple(n for n in stage.after if n in self.services)

    def steps(self, most: int) -> tuple[FirstStep, ...]:
        """The best candidates with their ways in, as far as there is room."""
        chosen: dict[str, str] = {}  # visit to the service that stands for it
        for name in self._in_order():
            # Ways in that are steps already take no further room; a service never comes without the others.
            chain = [each for each in self.chain(name) if self.visit(each) not in chosen]
            if len({self.visit(each) for each in chain}) <= most - len(chosen):
                for each in chain:
                    chosen.setdefault(self.visit(each), each)
            if len(chosen) == most:
                break
        return tuple(self._step(name, chosen) for name in chosen.values())

    def _in_order(self) -> list[str]:
        """The candidates in rounds: the best of every goal, then the second of every goal."""
        ranked = sorted(
            (name for name in self.when if self.may_be_first(name)),
            key=lambda name: (self.place(name), self.key(self.report.assessments[name])),
        )
        rounds: dict[str, tuple[int, int]] = {}
        taken: dict[int, int] = {}
        for name in ranked:
            goal = self.place(name)
            taken[goal] = taken.get(goal, 0) + 1
            # The goals take turns, so that five services for the first do not hide the second.
            rounds[name] = (0 if goal < 0 else taken[goal], goal)
        return sorted(ranked, key=rounds.__getitem__)

    def may_be_first(self, name: str) -> bool:
        """Whether a service of the pathway can be among the first steps."""
        assessment, day, places = self.report.assessments[name], self.report.on_day, self.places
        service, guess = assessment.service, assessment.outcome is Outcome.POSSIBLE
        # What is on the pathway only because something else needs it is no first step: the person may have it already,
        # or live elsewhere.
        wanted = assessment.wanted_by(self.report.situation)
        if name in self.including or (assessment.told and wanted):
            return self._opens(name)
        # A test is no course, and a helpline is in the list for everybody.
        return (
            assessment.relevant
            and wanted
            and service.kind != "test"
            and not service.not_now(self.report.as_of)  # told apart, with the day on which it opens
            and not service.helpline
            and not self._passed_on(assessment)
            # What only may be is no guess to make where it would tell on the person, or sends far away.
            and not (guess and (day.telling(service) or day.elsewhere(service, places)))
            and self._opens(name)
        )

    def _opens(self, name: str) -> bool:
        """Whether every way in is on the pathway, and not left off."""
        return all(each in self.when and self._opens(each) for each in self.after[name])

    def _passed_on(self, assessment: Assessment) -> bool:
        """Whether a running successor that is open to the person is the same visit, with newer information."""
        service, assessments = assessment.service, self.report.assessments
        return assessment.operating is Operating.UNVERIFIED and any(
            assessments[each].running and assessments[each].outcome is not Outcome.NOT_ELIGIBLE
            for each in service.successor
            if each in assessments
        )

    def chain(self, name: str) -> Iterator[str]:
        """The ways in, the outermost first, and the service itself."""
        for each in self.after[name]:
            yield from self.chain(each)
        yield name

    def place(self, name: str) -> int:
        """The place of the goal that a service answers; what the worker chose or the person told of goes before."""
        if name in self.including:
            return -2
        if self.report.assessments[name].told:
            return -1
        return goal_place(self.services[name], self.goals)[0]

    def key(self, assessment: Assessment) -> tuple[object, ...]:
        """The order among the services of one goal, the lower the sooner: as docs/how-it-works.md lists it."""
        service, facts = assessment.service, self.report.catalogue.facts
        mainly = goal_place(service, self.goals)[1]  # the catalogue names first what a service is mainly for
        conditions = _conditions_met(assessment)
        fits = assessment.outcome is Outcome.ELIGIBLE
        contact = self._contact(service)
        own_task = service.basic and service.kind == "authority"
        return (
            not self.reads and _needs_reading(service),
            contact is None,
            # The fewer facts that are never asked, the more it is for just what was told.
            (len(never_asked(service, facts)), not fits) if assessment.told else (),
            -conditions if service.phase == _URGENT and (mainly or not own_task) else 0,
            self._distance(service, mainly, contact),
            not (assessment.told or mainly),
            not own_task,  # whose task it is, before what is for some
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

    def _distance(self, service: Service, mainly: bool, contact: ContactPoint | None) -> int:
        """How far a door is: one near that one can go to, call or write to; a page near, or a phone far; a page far.

        The local office whose task the goal is, is near, whatever is known of it.
        """
        if service.local_name and service.basic and mainly:
            return 0
        far = service.countrywide and not service.local_name
        return far + (contact is None or page_only(contact))

    def visit(self, name: str) -> str:
        """The id of the house or authority that one goes to: its units and branches are the same visit."""
        found = self.visits.get(name)
        if found is None:
            seen: list[str] = []
            there = name
            while there and there not in seen:
                seen.append(there)
                there = self._goes_to(self.services[there])
            found = self.visits[name] = seen[-1]
        return found

    def _goes_to(self, service: Service) -> str:
        """The service whose visit this one is too; empty if it is one of its own."""
        if service.part_of in self.services:
            return service.part_of
        doors = self.after.get(service.id, ())
        if doors and self._nowhere_else(service, self.services[doors[0]]):
            return doors[0]
        branch = service.kind in _BRANCHES
        near = [self.services[door] for door in doors or service.gateways if branch and door in self.services]
        return next((each.id for each in near if each.kind == "authority"), "")

    def _nowhere_else(self, service: Service, way_in: Service) -> bool:
        """Whether one can turn nowhere but to the way in: no contact is known, or it is that of the same office."""
        contact, same = self._contact(service), "" != service.local_name == way_in.local_name
        return contact is None or (same and contact == self._contact(way_in))

    def _step(self, name: str, chosen: Mapping[str, str]) -> FirstStep:
        service = self.services[name]
        contact = self._contact(service)
        before = dict.fromkeys(chosen[self.visit(each)] for each in self.after[name])
        visit = self.visit(name)
        opens = [
            each
            for stage in self.report.pathway
            for each in stage.services
            if each not in chosen.values()
            and any(self.visit(door) == visit for door in stage.after if door in self.services)
        ]
        return FirstStep(
            name,
            When.THROUGH if before else When.NOW,
            tuple(before),
            action_at(service, contact),
            contact,
            next_best_door(self.report.catalogue, service, contact, self.places, self.report.as_of),
            tuple(opens),
        )

    def _contact(self, service: Service) -> ContactPoint | None:
        return self.report.on_day.contact(service, self.places)


def _conditions_met(assessment: Assessment) -> int:
    """How much a service is meant for people like this one: how many conditions that are not everyday are met."""
    return sum(each.truth is MET and not everyday(each.node) for each in assessment.judgements)
