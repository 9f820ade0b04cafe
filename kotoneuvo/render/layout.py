"""A report laid out as a page in one language: what is said, and where, for every format that people read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.doors import doors
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.pathway import Stage, When
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import ContactPoint, Operating, Service
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE
from kotoneuvo.render.cards import Card, Line, Mark, Page, Section
from kotoneuvo.render.lines import contact_lines, nearest_contact, practical_lines, reason_lines, way_in
from kotoneuvo.render.meaning import meaning_lines
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import Words

_MARKS = {Outcome.ELIGIBLE: Mark.FITS, Outcome.POSSIBLE: Mark.OPEN, Outcome.NOT_ELIGIBLE: Mark.CLOSED}
_QUESTIONS = 3
"""How many of the questions worth asking are named below the pathway."""


class Layout:
    """Turns a report into a page in one language."""

    def __init__(self, report: Report, words: Words) -> None:
        self.report = report
        self.words = words
        self.reasons = Reasons(report.catalogue.facts, words)

    def page(self) -> Page:
        """The page: situation, pathway by stages, open questions, closing words."""
        _ = self.words.gettext
        report = self.report
        numbers = count(1)
        return Page(
            title=_("Pathway"),
            situation=self.situation(),
            warnings=tuple(self.contradictions()),
            sections=(*(self._section(stage, numbers) for stage in report.pathway), *self._helplines()),
            questions=self._questions(),
            closing=(
                _("✓ seems to fit · ? may fit, something is still open · → opens later."),
                *([_("… shut today: see when it opens.")] if report.not_now else []),
                _("The organisation decides in each case."),
                _("As of {date}. Catalogue {version}, {count} services.").format(
                    date=self.words.date(report.as_of),
                    version=report.catalogue.version,
                    count=len(report.catalogue.services),
                ),
            ),
        )

    def situation(self) -> str:
        """What is known, in a line: only what was answered, not what follows from it."""
        said = [text for _, text in self.answers()]
        return " · ".join(said) or self.words.gettext("Nothing is known yet: everything is open.")

    def answers(self) -> list[tuple[str, str]]:
        """Each answer in words, by its fact ("goals" and "service_language" too)."""
        _ = self.words.gettext
        situation, facts = self.report.situation, self.report.catalogue.facts
        said = [
            (name, f"{self.reasons.label(name)}: {self.reasons.values(facts[name], values)}")
            for name, values in situation.known.items()
        ]
        if situation.goals:
            goals = ", ".join(self.words.pick(facts.goals[goal]) for goal in situation.goals)
            said.append((GOALS, _("Goals: {goals}").format(goals=goals)))
        if situation.service_language:
            languages = ", ".join(self.words.language_name(code) for code in situation.service_language)
            said.append((SERVICE_LANGUAGE, _("Languages: {languages}").format(languages=languages)))
        return said

    def contradictions(self) -> Iterator[str]:
        """Answers that do not fit together, a sentence each."""
        _ = self.words.gettext
        for each in self.report.contradictions:
            names = [_("Goals") if name == GOALS else self.reasons.label(name) for name in each.others]
            said = _("The answer to “{fact}” contradicts “{others}”. Please check both.")
            yield said.format(fact=self.reasons.label(each.fact), others=self.words.listed(names))

    def step(self, name: str) -> str:
        """A step that opens others: the name of a service, or what time brings."""
        if name in self.report.catalogue.services:
            return self.name(self.report.catalogue.services[name])
        fact, _, value = name.partition("=")
        if not value:
            return name  # a door that an overlay has left out
        return f"{self.reasons.label(fact)}: {value}"

    def name(self, service: Service) -> str:
        """The name, with the person's own area where there is one service in each."""
        name = self.words.pick(service.name)
        places = self.report.situation.known.get("municipality", frozenset())
        if not service.local_name or len(places) != 1:
            return name
        place = self.report.catalogue.facts.municipalities.get(str(next(iter(places))))
        if place is None:
            return name
        own = place.name if service.local_name == "municipality" else getattr(place, service.local_name)
        return f"{name}: {self.words.pick(own)}"

    def card(self, name: str, number: int = 0, *, brief: bool = False, later: bool = False) -> Card:
        """One service of the report; `later`: it opens after something else."""
        assessment = self.report.assessments[name]
        service = assessment.service
        return Card(
            id=name,
            number=number,
            phase=self.words.pick(self.report.catalogue.facts.phases[service.phase]),
            name=self.name(service),
            aside=self._formerly(service),
            summary=self.words.pick(service.summary),
            mark=Mark.LATER if later else self._mark(assessment),
            verified=self._confirmed(assessment),
            brief=brief,
            lines=tuple(nearest_contact(*self._contacts(service)) if brief else self._lines(assessment)),
            note=self.words.pick(service.note) if service.note else "",
            age=self.age(assessment),
        )

    def _contacts(self, service: Service) -> tuple[tuple[ContactPoint, ...], Words, date, date]:
        """The contact points to show to this person, with what their lines need."""
        places = self.report.situation.known.get("municipality", frozenset())
        contacts = self.report.catalogue.contacts(service, places)
        return contacts, self.words, self.report.as_of, service.assured

    def mark(self, service_id: str) -> Mark:
        """The sign of a service: how it opens on the pathway, else what its criteria say."""
        later = any(service_id in stage.services for stage in self.report.pathway if stage.when is When.LATER)
        return Mark.LATER if later else self._mark(self.report.assessments[service_id])

    def _mark(self, assessment: Assessment) -> Mark:
        shut = assessment.outcome is not Outcome.NOT_ELIGIBLE and assessment.service.not_now(self.report.as_of)
        return Mark.NOT_NOW if shut else _MARKS[assessment.outcome]

    def _next_door(self, service: Service) -> Iterator[Line]:
        """Where to ask for a service whose contact is not known: its house or way in, else the person's office."""
        _ = self.words.gettext
        services = self.report.catalogue.services
        places = self.report.situation.known.get("municipality", frozenset())
        for name in dict.fromkeys((service.part_of, *service.gateways)):
            if name in services and name != service.id:
                for line in nearest_contact(*self._contacts(services[name])):
                    yield self._ask_at(self.name(services[name]), line)
                    return
        for door in doors(self.report.catalogue, places, self.report.as_of, service.local_name):
            for line in nearest_contact((door.contact,), self.words, self.report.as_of, self.report.as_of):
                yield self._ask_at(self.words.pick(door.office.name), line)
                return
        yield Line(_("Contact"), _("not known"))

    def _ask_at(self, name: str, line: Line) -> Line:
        _ = self.words.gettext
        return Line(_("Contact"), _("not known; ask {who}: {contact}").format(who=name, contact=line.text), line.link)

    def age(self, assessment: Assessment) -> str:
        """How old the information is, and whether that is too old."""
        _ = self.words.gettext
        day = self.words.date(assessment.service.assured)
        if not assessment.running or self._confirmed(assessment):
            return _("Information from {date}.").format(date=day)
        if self.report.as_of < assessment.service.review:
            said = _("Information from {date}; a contact or the way in is older: check before you go.")
            return said.format(date=day)
        return _("Information from {date}, not confirmed since: check before you go.").format(date=day)

    def _confirmed(self, assessment: Assessment) -> bool:
        """Whether everything that is shown is within its review: the contacts of the person's own office too."""
        contacts, _, day, _ = self._contacts(assessment.service)
        return assessment.operating is Operating.ACTIVE and not any(each.stale(day) for each in contacts)

    def _section(self, stage: Stage, numbers: Iterator[int]) -> Section:
        _ = self.words.gettext
        heading = when_word(stage.when, self.words)
        before = [self.step(name) for name in stage.after]
        intro = _("After: {steps}").format(steps=self.words.listed(before)) if before else ""
        return Section(
            heading, intro, tuple(self._in_order(name, numbers, stage.when is When.LATER) for name in stage.services)
        )

    def _helplines(self) -> Iterator[Section]:
        """The list that is the same for everybody, without numbers."""
        told = {name for stage in self.report.pathway for name in stage.services}
        cards = tuple(self.card(name, brief=True) for name in self.report.helplines if name not in told)
        if cards:
            yield Section(self.words.gettext("For everyone, when needed"), "", cards)

    def _in_order(self, name: str, numbers: Iterator[int], later: bool) -> Card:
        """A numbered card; basics that no goal asked for take one line without a number."""
        assessment = self.report.assessments[name]
        asked_for = assessment.relevant and bool(self.report.situation.goals)
        if assessment.service.basic and not asked_for:
            return self.card(name, brief=True, later=later)
        return self.card(name, next(numbers), later=later)

    def _questions(self) -> str:
        """The most useful questions that are still open."""
        worth = self.report.ask_next[:_QUESTIONS]
        return ", ".join(f"{self.reasons.label(fact)} ({self._settles(number)})" for fact, number in worth)

    def _settles(self, number: int) -> str:
        said = self.words.ngettext("settles {count} service", "settles {count} services", number)
        return said.format(count=number)

    def _formerly(self, service: Service) -> str:
        """ "ent. …": the names of what it took over from, unless the name is still the same."""
        services, own = self.report.catalogue.services, self.words.pick(service.name)
        names = [self.words.pick(services[each].name) for each in self.report.formerly(service.id)]
        others = [name for name in dict.fromkeys(names) if name != own]
        return self.words.gettext("formerly {names}").format(names=", ".join(others)) if others else ""

    def _lines(self, assessment: Assessment) -> Iterator[Line]:
        _ = self.words.gettext
        service = assessment.service
        yield from reason_lines(assessment, dict(self.report.known), self.reasons, self.words)
        how = way_in(service.access, self.words)
        if not how and service.part_of:
            how = _("through {service}").format(service=self.step(service.part_of))
        yield Line(_("Way in"), how or _("not known; ask the organisation"))
        if service.bring:
            yield Line(_("Bring"), self.words.pick(service.bring.text))
        yield from [*contact_lines(*self._contacts(service))] or self._next_door(service)
        yield from meaning_lines(service, self.words, self.report.as_of)
        yield from practical_lines(service, self.words)
        for overlay in service.overlays:
            yield Line(_("Changed by") if overlay.fields else _("Added by"), overlay.name)


def when_word(when: When, words: Words) -> str:
    """The heading of a stage: how soon its services are open."""
    _ = words.gettext
    return {When.NOW: _("Now"), When.THROUGH: _("Through another service"), When.LATER: _("Later")}[when]
