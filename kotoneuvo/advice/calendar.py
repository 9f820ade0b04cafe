"""The days on which the advice to a person changes: by the person's own dates, and by the catalogue's.

Information that becomes old is not a change: only what the person would read differently counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from kotoneuvo.advice.assessment import Assessment, assess, may_belong, serves
from kotoneuvo.advice.criteria import criteria_of
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.later import beginnings, later, turning_days
from kotoneuvo.advice.notices import Notice, concerns
from kotoneuvo.advice.service import Service
from kotoneuvo.advice.situation import Knowledge, Situation
from kotoneuvo.dates import day_after

if TYPE_CHECKING:
    from kotoneuvo.advice.first_steps import FirstStep
    from kotoneuvo.advice.report import Report

YEARS = 2
"""How many years ahead changes are listed."""


class State(Enum):
    """What a service or a notice is to a person on a day."""

    FITS = "eligible"
    MAY_FIT = "possible"
    NOT_NOW = "not_now"
    NO = "not_eligible"
    SHOWN = "shown"
    HIDDEN = "hidden"


class Change(NamedTuple):
    """A service or notice (`id`) whose state changes on `day`.

    `facts` are the person's facts that change by time; empty if the catalogue's own dates cause the change. `review`:
    the law behind it may have changed by then, so the advice must be made again. `open_from` is an earlier day from
    which the old state is no longer certain, because the person's own date is known only in months or years.
    """

    day: date
    id: str
    before: State
    after: State
    facts: tuple[str, ...] = ()
    review: bool = False
    open_from: date | None = None

    @property
    def first(self) -> date:
        """The first day on which the state may be different."""
        return self.open_from or self.day

    @property
    def closes(self) -> bool:
        """Whether the service no longer fits from then on, or no longer certainly."""
        return self.after is State.NO or (self.before, self.after) == (State.FITS, State.MAY_FIT)

    def any_day(self, today: date) -> bool:
        """Whether the change may come any day."""
        # Until tomorrow is too soon to be a last day: nobody would get there in time.
        return self.first <= today + timedelta(1)


def changes_on(report: Report) -> tuple[Change, ...]:
    """Every change within the next `YEARS`, soonest first."""
    return tuple(_Calendar(report).changes())


def joined(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Join changes that belong together: "may no longer fit", followed by "no longer fits"."""
    found: list[Change] = []
    for change in changes:
        place = next((place for place, begun in enumerate(found) if _goes_on(begun, change)), None)
        if place is None:
            found.append(change)
        else:
            found[place] = change._replace(before=found[place].before, open_from=found[place].first)
    return tuple(found)


def _goes_on(begun: Change, change: Change) -> bool:
    """Whether `change` completes the change `begun`."""
    between = begun.after is State.MAY_FIT and begun.before is not change.after and begun.facts == change.facts
    return begun.id == change.id and between and not begun.review and not change.review and bool(begun.facts)


def last_days(report: Report, steps: Iterable[FirstStep], without: frozenset[str]) -> dict[str, date]:
    """Service id of a step to the last day on which it certainly fits, if the person's own dates close it in a year.

    A step also has a last day if a service that opens through it closes. Services in `without` are not considered, nor
    days that may be any day (see `any_day`).
    """
    through = {service_id: step.service_id for step in steps for service_id in (step.service_id, *step.opens)}
    found: dict[str, date] = {}
    for change in joined(report.changes_on):
        near = change.first - report.as_of <= timedelta(365) and not change.any_day(report.as_of)
        if change.id in through and change.facts and change.closes and near and change.id not in without:
            found.setdefault(through[change.id], change.first - timedelta(1))
    return found


def standing_on(assessment: Assessment, situation: Situation, day: date) -> State:
    """The state of a service for a person on a day."""
    outcome = assessment.outcome
    if outcome is Outcome.NOT_ELIGIBLE or not (assessment.running and assessment.wanted_by(situation)):
        return State.NO
    if assessment.service.not_now(day):
        return State.NOT_NOW
    return State.FITS if outcome is Outcome.ELIGIBLE else State.MAY_FIT


class _Calendar:
    """Goes through the days on which something may change, and judges again what may change on each."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.facts = report.catalogue.facts
        self.today = report.as_of
        self.until = self.today + timedelta(365 * YEARS)
        self.began = beginnings(self.facts, report.situation, self.today)
        self.services = {each.id: each for each in self._services()}
        self.notices = {each.id: each for each in report.catalogue.notices}
        self.knowledge = Knowledge(self.facts, report.situation)
        tables = {each.id: each.eligibility for each in self.services.values()}
        tables |= {each.id: each.who for each in self.notices.values()}
        self.looks_at = {name: {each.fact for each in criteria_of(table)} for name, table in tables.items()}
        """Service or notice to the facts of its criteria."""
        looked_at = frozenset[str]().union(*self.looks_at.values())
        self.passing = {fact: derived_from(fact, self.facts) & self.began.keys() for fact in looked_at}
        """Each of these facts to the facts changing with time that it depends on."""

    def changes(self) -> Iterator[Change]:
        """Yield every change, soonest first."""
        dated = self._dated()
        passing = turning_days(self.facts, self.began, self.today, self.until)
        states = {name: self._state(name, self.today) for name in self.looks_at}
        for day in sorted(passing | dated.keys()):
            # Must come first: this sets the knowledge by which `_state` judges.
            moved = self._move(day) if day in passing else {}
            for name, looked_at in self.looks_at.items():
                # Only what depends on a changed fact is judged again, not every service on every day.
                facts = frozenset[str]().union(*(moved[fact] for fact in looked_at & moved.keys()))
                review = dated.get(day, {}).get(name)
                if not facts and review is None:
                    continue
                before, states[name] = states[name], self._state(name, day)
                if before is not states[name]:
                    closes = facts and (before, states[name]) == (State.MAY_FIT, State.NO)
                    open_from = self._may_have_closed(name, facts, sorted(passing), day) if closes else None
                    yield Change(day, name, before, states[name], tuple(sorted(facts)), open_from=open_from)
                # A change in law does not matter if the service is not for the person anyway.
                if review and states[name] not in (State.NO, State.HIDDEN):
                    yield Change(day, name, states[name], states[name], review=True)

    def _move(self, day: date) -> dict[str, frozenset[str]]:
        """Move to a later day; return the facts that changed, each with the facts that made it change."""
        before = self.knowledge
        situation = later(self.facts, self.report.situation, self.began, day)
        self.knowledge = now = Knowledge(self.facts, situation)
        moved = {name for name in self.began if situation.known.get(name) != before.situation.known.get(name)}
        return {
            fact: hanging & moved
            for fact, hanging in self.passing.items()
            if hanging & moved and now.possible(fact) != before.possible(fact)
        }

    def _may_have_closed(self, name: str, facts: frozenset[str], days: list[date], closed: date) -> date:
        """The first day ahead on which one of the values still possible of the changed `facts` closes a service.

        A service that is only possible for another reason stays possible until it is certainly closed, so its state
        does not show this day.
        """
        for day in (self.today, *days):
            situation = later(self.facts, self.report.situation, self.began, day)
            for fact in sorted(facts):
                for value in situation.known.get(fact, ()):
                    one = replace(situation, known={**situation.known, fact: frozenset({value})})
                    assessment = assess(self.services[name], Knowledge(self.facts, one), day)
                    if standing_on(assessment, one, day) is State.NO:
                        return max(day, self.today + timedelta(1))
        return closed

    def _services(self) -> Iterator[Service]:
        """Yield the services that could be for the person on some day ahead."""
        goals = self.report.situation.goals
        near = set(self.report.within_reach)
        for service in self.report.catalogue.services.values():
            coming = service.valid_from and self.today < service.valid_from <= self.until
            if (service.id in near or coming) and may_belong(service, serves(service, goals), self.facts):
                yield service

    def _dated(self) -> dict[date, dict[str, bool]]:
        """The catalogue's own dates: day to service or notice id to whether it is the day of a review."""
        found: defaultdict[date, dict[str, bool]] = defaultdict(dict)

        def note(name: str, days: Iterable[date | None], *, review: bool = False) -> None:
            for day in days:
                if day and self.today < day <= self.until:
                    found[day][name] = found[day].get(name, False) or review

        for service in self.services.values():
            note(service.id, _ends(service))
            note(service.id, service.intake.turning_days if service.intake else ())
            note(service.id, (service.recheck,), review=True)
        for notice in self.notices.values():
            note(notice.id, _ends(notice))
            note(notice.id, (notice.review,), review=True)
        return found

    def _state(self, name: str, day: date) -> State:
        """The state of a service or a notice on a day."""
        if name in self.notices:
            return State.SHOWN if concerns(self.notices[name], self.knowledge.possible, day) else State.HIDDEN
        # Today's assessments are there already.
        if day == self.today and name in self.report.within_reach:
            return standing_on(self.report.assessments[name], self.report.situation, day)
        assessment = assess(self.services[name], self.knowledge, day)
        return standing_on(assessment, self.knowledge.situation, day)


def _ends(dated: Service | Notice) -> tuple[date | None, date | None]:
    """The first day on which something is valid, and the first day on which it no longer is."""
    return dated.valid_from, day_after(dated.valid_until) if dated.valid_until else None


def derived_from(name: str, facts: FactBook) -> frozenset[str]:
    """A fact and all the facts from which its values are derived, directly or indirectly."""
    tables = facts.derivations.get(name, {}).values()
    sources = {criterion.fact for table in tables for criterion in criteria_of(table)}
    return frozenset({name}).union(*(derived_from(source, facts) for source in sources))
