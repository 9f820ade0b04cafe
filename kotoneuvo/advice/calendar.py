"""The days on which the answer changes for a person: by their own dates, by rules that begin or end, by law reviews.

That information grows old is no change: only what the person could read differently counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from kotoneuvo.advice.assessment import Assessment, already_has, assess, may_belong, serves
from kotoneuvo.advice.criteria import criteria_of
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.later import beginnings, later, turning_days
from kotoneuvo.advice.notices import concerns
from kotoneuvo.advice.service import Service
from kotoneuvo.advice.situation import Knowledge, Situation

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
    have changed by then, so that the answer has to be asked for again.
    """

    day: date
    id: str
    before: State
    after: State
    facts: tuple[str, ...] = ()
    review: bool = False


def changes_on(report: Report) -> tuple[Change, ...]:
    """Every change within `YEARS`, the soonest first."""
    return tuple(_Calendar(report).changes())


class Turn(NamedTuple):
    """What comes of one or two changes of the same thing: on `first` it is not sure any more, from `last` it is so.

    They differ where the person's own day is known in months or years only. `review`: see `Change`.
    """

    first: date
    last: date
    id: str
    before: State
    after: State
    facts: tuple[str, ...] = ()
    review: bool = False


def turns(changes: Iterable[Change]) -> tuple[Turn, ...]:
    """The changes with those put together that say one thing: "may not fit any more", then "does not fit"."""
    found: list[Turn] = []
    for each in changes:
        turn = Turn(each.day, each.day, each.id, each.before, each.after, each.facts, each.review)
        place = next((place for place, other in enumerate(found) if _goes_on(other, turn)), None)
        if place is None:
            found.append(turn)
        else:
            found[place] = turn._replace(first=found[place].first, before=found[place].before)
    return tuple(found)


def _goes_on(turn: Turn, further: Turn) -> bool:
    """Whether a change is the second half of one that has begun."""
    between = turn.after is State.MAY_FIT and turn.before is not further.after and turn.facts == further.facts
    return turn.id == further.id and between and not turn.review and not further.review and bool(turn.facts)


def last_days(report: Report, steps: Iterable[FirstStep], without: frozenset[str]) -> dict[str, date]:
    """The last day on which the answer is sure, of steps that the person's own dates close within a year.

    They may close the step itself or what opens through it; `without` names what is not to be told. A day that is not
    known (years told without the month) is none.
    """
    through = {name: step.service_id for step in steps for name in (step.service_id, *step.opens)}
    found: dict[str, date] = {}
    for turn in turns(report.changes_on):
        closes = turn.after is State.NO or (turn.before, turn.after) == (State.FITS, State.MAY_FIT)
        near = timedelta(1) < turn.first - report.as_of <= timedelta(365)
        if turn.id in through and turn.facts and closes and near and turn.id not in without:
            found.setdefault(through[turn.id], turn.first - timedelta(1))
    return found


def standing_on(assessment: Assessment, situation: Situation, day: date) -> State:
    """How a service stands to somebody on a day: whether it is for them, and whether its door is open."""
    service, outcome = assessment.service, assessment.outcome
    wanted = assessment.running and assessment.wanted and not already_has(service, situation)
    if not wanted or outcome is Outcome.NOT_ELIGIBLE:
        return State.NO
    if service.not_now(day):
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
        hangs_on = _Hanging(self.facts, frozenset(self.began))
        self.looks_at = {name: {each.fact for each in criteria_of(table)} for name, table in tables.items()}
        """Of every service and notice the facts of its criteria."""
        self.passing = {fact: hangs_on.fact(fact) for looked_at in self.looks_at.values() for fact in looked_at}
        """Of every such fact those that pass with time, on which it hangs."""

    def changes(self) -> Iterator[Change]:
        """Every change, the soonest first."""
        dated = self._dated()
        passing = turning_days(self.facts, self.began, self.today, self.until)
        states = {name: self._state(name, self.today) for name in self.looks_at}
        for day in sorted(passing | dated.keys()):
            moved = self._move(day) if day in passing else {}
            for name, looked_at in self.looks_at.items():
                facts = frozenset[str]().union(*(moved[fact] for fact in looked_at & moved.keys()))
                review = dated.get(day, _NOTHING).get(name)
                if not facts and review is None:
                    continue
                before, states[name] = states[name], self._state(name, day)
                if before is not states[name]:
                    yield Change(day, name, before, states[name], tuple(sorted(facts)))
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
        found: dict[date, dict[str, bool]] = {}
        days: list[tuple[str, date | None, bool]] = []
        for service in self.services.values():
            days += [(service.id, service.valid_from, False), (service.id, _after(service.valid_until), False)]
            days += [(service.id, day, False) for day in (service.intake.turning_days if service.intake else ())]
            days.append((service.id, service.recheck, True))
        for notice in self.notices.values():
            days += [(notice.id, notice.valid_from, False), (notice.id, _after(notice.valid_until), False)]
            days.append((notice.id, notice.review, True))
        for name, day, review in days:
            if day and self.today < day <= self.until:
                found.setdefault(day, {})
                found[day][name] = found[day].get(name, False) or review
        return found

    def _state(self, name: str, day: date) -> State:
        """How a service or a notice stands to the person on a day."""
        if name in self.notices:
            return State.SHOWN if concerns(self.notices[name], self.knowledge.possible, day) else State.HIDDEN
        if day == self.today and name in self.report.within_reach:
            return standing_on(self.report.assessments[name], self.report.situation, day)
        assessment = assess(self.services[name], self.knowledge, day, frozenset())
        return standing_on(assessment, self.knowledge.situation, day)


class _Hanging:
    """Which of the facts that pass with time a fact hangs on."""

    def __init__(self, facts: FactBook, passing: frozenset[str]) -> None:
        self.facts = facts
        self.found: dict[str, frozenset[str]] = {name: frozenset({name}) for name in passing}

    def fact(self, name: str) -> frozenset[str]:
        """Those that a fact hangs on, itself included."""
        if name not in self.found:
            self.found[name] = frozenset()  # while it is being looked at
            tables = self.facts.derivations.get(name, {}).values()
            inner = (self.fact(each.fact) for table in tables for each in criteria_of(table))
            self.found[name] = frozenset[str]().union(*inner)
        return self.found[name]


def _after(day: date | None) -> date | None:
    return day + timedelta(1) if day and day < date.max else None


_NOTHING: Mapping[str, bool] = {}
