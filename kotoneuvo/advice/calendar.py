"""The days on which the answer changes for a person: by their own dates, by rules that begin or end, by law reviews.

That information grows old is no change: only what the person could read differently counts.
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
from kotoneuvo.advice.statement import day_after

if TYPE_CHECKING:
    from kotoneuvo.advice.first_steps import FirstStep
    from kotoneuvo.advice.report import Report

YEARS = 2
"""How far ahead one looks."""


class State(Enum):
    """How a service or a notice stands to a person on a day."""

    FITS = "eligible"
    MAY_FIT = "possible"
    NOT_NOW = "not_now"
    NO = "not_eligible"
    SHOWN = "shown"
    HIDDEN = "hidden"


class Change(NamedTuple):
    """On `day`, and not before, a service or a notice (`id`) stands otherwise.

    `facts` are those of the person that pass; none: the dates are the catalogue's own. `review`: the law behind it may
    have changed by then, so that the answer has to be asked for again. `open_from`: the day from which it is not sure
    any more, where that is an earlier one (the person's own day is known in months or years only); also of a service
    that was not sure before, for some other reason.
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
        """The first day on which the answer may be another one."""
        return self.open_from or self.day

    @property
    def closes(self) -> bool:
        """Whether what surely or perhaps was for the person is not, or not surely, from then on."""
        return self.after is State.NO or (self.before, self.after) == (State.FITS, State.MAY_FIT)

    def any_day(self, today: date) -> bool:
        """Whether it may come any day: what is open until tomorrow only is as good as closed, nobody gets there."""
        return self.first <= today + timedelta(1)


def changes_on(report: Report) -> tuple[Change, ...]:
    """Every change within `YEARS`, the soonest first."""
    return tuple(_Calendar(report).changes())


def joined(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes with those as one that say one thing: "may not fit any more", then "does not fit"."""
    found: list[Change] = []
    for change in changes:
        place = next((place for place, begun in enumerate(found) if _goes_on(begun, change)), None)
        if place is None:
            found.append(change)
        else:
            found[place] = change._replace(before=found[place].before, open_from=found[place].first)
    return tuple(found)


def _goes_on(begun: Change, change: Change) -> bool:
    """Whether a change is the second half of one that has begun."""
    between = begun.after is State.MAY_FIT and begun.before is not change.after and begun.facts == change.facts
    return begun.id == change.id and between and not begun.review and not change.review and bool(begun.facts)


def last_days(report: Report, steps: Iterable[FirstStep], without: frozenset[str]) -> dict[str, date]:
    """The last day on which the answer is sure, of steps that the person's own dates close within a year.

    They may close the step itself or what opens through it; `without` names what is not to be told. A day that is not
    known (years told without the month) is none.
    """
    through = {service_id: step.service_id for step in steps for service_id in (step.service_id, *step.opens)}
    found: dict[str, date] = {}
    for change in joined(report.changes_on):
        near = change.first - report.as_of <= timedelta(365) and not change.any_day(report.as_of)
        if change.id in through and change.facts and change.closes and near and change.id not in without:
            found.setdefault(through[change.id], change.first - timedelta(1))
    return found


def standing_on(assessment: Assessment, situation: Situation, day: date) -> State:
    """How a service stands to somebody on a day: whether it is for them, and whether its door is open."""
    outcome = assessment.outcome
    if outcome is Outcome.NOT_ELIGIBLE or not (assessment.running and assessment.wanted_by(situation)):
        return State.NO
    if assessment.service.not_now(day):
        return State.NOT_NOW
    return State.FITS if outcome is Outcome.ELIGIBLE else State.MAY_FIT


class _Calendar:
    """Goes over the days on which something may change, and looks at what may change on each."""

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
        """Of every service and notice the facts of its criteria."""
        looked_at = frozenset[str]().union(*self.looks_at.values())
        self.passing = {fact: derived_from(fact, self.facts) & self.began.keys() for fact in looked_at}
        """Of every such fact those that pass with time, on which it hangs."""

    def changes(self) -> Iterator[Change]:
        """Every change, the soonest first."""
        dated = self._dated()
        passing = turning_days(self.facts, self.began, self.today, self.until)
        states = {name: self._state(name, self.today) for name in self.looks_at}
        for day in sorted(passing | dated.keys()):
            # This sets the knowledge that `_state` judges by, so it goes first.
            moved = self._move(day) if day in passing else {}
            for name, looked_at in self.looks_at.items():
                # What looks at nothing that moved is not judged again: that would be every service on every day.
                facts = frozenset[str]().union(*(moved[fact] for fact in looked_at & moved.keys()))
                review = dated.get(day, {}).get(name)
                if not facts and review is None:
                    continue
                before, states[name] = states[name], self._state(name, day)
                if before is not states[name]:
                    closes = facts and (before, states[name]) == (State.MAY_FIT, State.NO)
                    open_from = self._may_have_closed(name, facts, sorted(passing), day) if closes else None
                    yield Change(day, name, before, states[name], tuple(sorted(facts)), open_from=open_from)
                # A law behind what is not for the person anyway is none of their business.
                if review and states[name] not in (State.NO, State.HIDDEN):
                    yield Change(day, name, states[name], states[name], review=True)

    def _move(self, day: date) -> dict[str, frozenset[str]]:
        """Go to a later day; the facts that are not what they were, with what they hang on that is not either."""
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
        """The first day ahead on which one of the values still possible of facts that pass closes a service.

        A service that is only possible for another reason does not show it: it is possible until it is surely closed.
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
        """The services that could be for the person on some day ahead."""
        goals = self.report.situation.goals
        near = set(self.report.within_reach)
        for service in self.report.catalogue.services.values():
            coming = service.valid_from and self.today < service.valid_from <= self.until
            if (service.id in near or coming) and may_belong(service, serves(service, goals), self.facts):
                yield service

    def _dated(self) -> dict[date, dict[str, bool]]:
        """The days that the catalogue itself names, with what has such a day, and whether it is one of review."""
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
        """How a service or a notice stands to the person on a day."""
        if name in self.notices:
            return State.SHOWN if concerns(self.notices[name], self.knowledge.possible, day) else State.HIDDEN
        if day == self.today and name in self.report.within_reach:
            return standing_on(self.report.assessments[name], self.report.situation, day)
        assessment = assess(self.services[name], self.knowledge, day)
        return standing_on(assessment, self.knowledge.situation, day)


def _ends(dated: Service | Notice) -> tuple[date | None, date | None]:
    """The day from which something is there, and the first day on which it is not any more."""
    return dated.valid_from, day_after(dated.valid_until) if dated.valid_until else None


def derived_from(name: str, facts: FactBook) -> frozenset[str]:
    """A fact with all those from which its values are derived, at once or by way of others."""
    tables = facts.derivations.get(name, {}).values()
    sources = {criterion.fact for table in tables for criterion in criteria_of(table)}
    return frozenset({name}).union(*(derived_from(source, facts) for source in sources))
