"""The parts of a report in words, for every page that a worker reads: situation, and names, marks, ages of services."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.doors import Door
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.first_steps import FirstStep
from kotoneuvo.advice.notices import Notice
from kotoneuvo.advice.pathway import When
from kotoneuvo.advice.problems import N_
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Operating, Service
from kotoneuvo.advice.situation import GOALS
from kotoneuvo.dates import date_in_numbers
from kotoneuvo.render.contact_lines import reached
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import Words


class Mark(Enum):
    """The sign before a service: seems to fit, may fit, shut today, opens later, not for this person."""

    FITS = "✓"
    OPEN = "?"
    NOT_NOW = "…"
    LATER = "→"
    CLOSED = "✗"


_MARKS = {Outcome.ELIGIBLE: Mark.FITS, Outcome.POSSIBLE: Mark.OPEN, Outcome.NOT_ELIGIBLE: Mark.CLOSED}
_WHEN = {When.NOW: N_("Now"), When.THROUGH: N_("Through another service"), When.LATER: N_("Later")}
_STATES = {
    Operating.PLANNED: N_("planned"),
    Operating.ACTIVE: N_("active"),
    Operating.UNVERIFIED: N_("unverified"),
    Operating.ENDED: N_("ended"),
}


class ReportWords:
    """Writes the parts of a report in one language."""

    def __init__(self, report: Report, words: Words) -> None:
        self.report = report
        self.words = words
        self.reasons = Reasons(report.catalogue.facts, words)

    def situation(self) -> str:
        """Return on one line what was answered, without what follows from it."""
        facts, situation = self.report.catalogue.facts, self.report.situation
        parts = [f"{self.reasons.label(name)}: {self.reasons.values(facts[name], values)}"
                for name, values in situation.known.items()]  # fmt: skip
        if situation.goals:
            parts.append(self.words.gettext("Goals: {goals}").format(goals=self.goals(situation.goals)))
        if situation.service_language:
            languages = ", ".join(self.words.language_name(code) for code in situation.service_language)
            parts.append(self.words.gettext("Languages: {languages}").format(languages=languages))
        return " · ".join(parts) or self.words.gettext("Nothing is known yet: everything is open.")

    def goals(self, goals: tuple[str, ...]) -> str:
        """Return the names of goals."""
        return ", ".join(self.words.pick(self.report.catalogue.facts.goals[goal]) for goal in goals)

    def contradictions(self) -> Iterator[str]:
        """Yield a sentence for each pair of answers that contradict each other."""
        _ = self.words.gettext
        for each in self.report.contradictions:
            names = [_("Goals") if name == GOALS else self.reasons.label(name) for name in each.others]
            sentence = _("The answer to “{fact}” contradicts “{others}”. Please check both.")
            yield sentence.format(fact=self.reasons.label(each.fact), others=self.words.listed(names))

    def warnings(self, *, whole: bool = True) -> Iterator[str]:
        """Yield what to know before the steps: notices, goals that nothing serves, contradictory answers.

        `whole` notices name those for whom the old rule still holds.
        """
        _ = self.words.gettext
        facts, known = self.report.catalogue.facts, self.report.situation.known
        told = any(facts[name].asked == "told" and True in values for name, values in known.items())
        services, on_day = self.report.catalogue.services, self.report.on_day
        # First of all, as the paper may be read by the very person whom the client fears.
        if told or any(on_day.reveals_client(services[each.service_id]) for each in self.report.first_steps):
            yield _("This screen may tell about the person. Ask first if it is safe to take a paper home.")
        yield from (self._rule(notice, whole=whole) for notice in self.report.notices)
        if self.report.unserved_goals:
            line = _("Nothing found for: {goals}.").format(goals=self.goals(self.report.unserved_goals))
            if self.report.ask_at:
                line += " " + _("Ask: {office}").format(office=self.door(self.report.ask_at))
            yield line
        if not self.report.places:
            yield _("The municipality is not known: only nationwide services.")
        yield from self.contradictions()

    def door(self, door: Door) -> str:
        """Return an office with its contact."""
        return f"{self.office_name(door)}: {reached(door.contact, self.words, self.report.as_of)}"

    def office_name(self, door: Door) -> str:
        """Return the name of an office; of a service, with the person's area if each area has its own."""
        office = door.office
        return self.name(office.id) if isinstance(office, Service) else self.words.pick(office.name)

    def _rule(self, notice: Notice, *, whole: bool) -> str:
        """Return a dated rule, with a caution after its review; the `whole` also says for whom the old rule holds."""
        parts = [self.words.pick(notice.text)]
        if whole and notice.transition and notice.transition.parts:
            parts.append(self.words.pick(notice.transition.parts["text"]))
        # A rule that is due for a check is still shown: silence would say that there is none.
        if self.report.as_of >= notice.review:
            check = self.words.gettext("(Check: the rule may have changed since {date}.)")
            parts.append(check.format(date=date_in_numbers(notice.review)))
        return " ".join(parts)

    def name(self, step: str) -> str:
        """Return a step's name: a service, with the person's area if each area has its own; or a fact and its value."""
        service = self.report.catalogue.services.get(step)
        if service is None:
            fact, _, value = step.partition("=")
            # A service that an overlay hides has no name any more.
            return f"{self.reasons.label(fact)}: {value}" if value else step
        name, area = self.words.pick(service.name), self.report.own_area(service)
        return f"{name}: {self.words.pick(area)}" if area else name

    def formerly(self, service_id: str) -> str:
        """Return "formerly …" with the names of the services it replaced, unless the name is still the same."""
        services = self.report.catalogue.services
        names = dict.fromkeys(self.words.pick(services[each].name) for each in self.report.formerly(service_id))
        names.pop(self.words.pick(services[service_id].name), None)
        return self.words.gettext("formerly {names}").format(names=", ".join(names)) if names else ""

    def mark(self, service_id: str) -> Mark:
        """Return the sign of a service, by its place on the pathway, its intake and its verdict."""
        if any(service_id in stage.services for stage in self.report.pathway if stage.when is When.LATER):
            return Mark.LATER
        assessment = self.report.assessments[service_id]
        # A service that is shut today may open, but not for a person who is not eligible.
        shut = assessment.outcome is not Outcome.NOT_ELIGIBLE and assessment.service.not_now(self.report.as_of)
        return Mark.NOT_NOW if shut else _MARKS[assessment.outcome]

    def age(self, assessment: Assessment) -> str:
        """Return a sentence with the date of the information, and a warning if it is too old."""
        _ = self.words.gettext
        sentence = _("Information from {date}, not confirmed since: check before you go.")
        if not assessment.running or self.report.is_confirmed(assessment.service.id):
            sentence = _("Information from {date}.")
        elif self.report.as_of < assessment.service.review:
            sentence = _("Information from {date}; a contact or the way in is older: check before you go.")
        return sentence.format(date=date_in_numbers(assessment.service.assured))

    def month(self, step: FirstStep) -> str:
        """Return the month of the information about a step, with a star if it is too old: "11/2024 *"."""
        old = self.report.old_since(step)
        assured = self.report.assessments[step.service_id].service.assured
        day = old or (step.shown and step.shown.confirmed) or assured
        return f"{day.month}/{day.year}" + (" *" if old else "")


def when_word(when: When, words: Words) -> str:
    """Return the heading of a stage: how soon its services are open."""
    return words.gettext(_WHEN[when])


def state_word(state: Operating, words: Words) -> str:
    """Return planned, active, unverified or ended, in words."""
    return words.gettext(_STATES[state])


def standing(service: Service, state: Operating, words: Words) -> str:
    """Return the state with the first and last day: "planned (1.5.2027–)"."""
    days = period(service, words)
    return state_word(state, words) + (f" ({days})" if days else "")


def period(service: Service, words: Words) -> str:
    """Return the first and last day, "1.5.2027–" if there is no last one; "" if there is neither."""
    days = [date_in_numbers(day) if day else "" for day in (service.valid_from, service.valid_until)]
    return "–".join(days) if any(days) else ""
