"""A report laid out as sections of cards: the words are chosen here, once, for every format that people read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.pathway import Stage, When
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Contact, Operating, Service
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE
from kotoneuvo.advice.truth import MET
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import Words

QUIET = ("customer_role",)
"""Facts that are never worth a word on a card: everyone has them."""
_AT_MOST = 3


@dataclass(frozen=True)
class Line:
    """One labelled line of a card; `link` makes the text clickable where that is possible."""

    label: str
    text: str
    link: str = ""


@dataclass(frozen=True)
class Card:
    """One service as it is shown: heading, what one gets, why, how to get in, where, how old the information is."""

    id: str
    name: str
    aside: str
    summary: str
    sure: bool
    verified: bool
    brief: bool
    lines: tuple[Line, ...] = field(default_factory=tuple)
    note: str = ""
    age: str = ""


@dataclass(frozen=True)
class Section:
    """One stage of the pathway, with what comes before it."""

    heading: str
    intro: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Page:
    """The whole report in the order in which it is read."""

    title: str
    situation: str
    warnings: tuple[str, ...]
    sections: tuple[Section, ...]
    questions: tuple[str, ...]
    closing: tuple[str, ...]


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
        return Page(
            title=_("Pathway"),
            situation=self.situation(),
            warnings=tuple(self.contradictions()),
            sections=tuple(self._section(stage) for stage in report.pathway),
            questions=tuple(
                f"{self.reasons.label(fact)} ({self._services(count)})" for fact, count in report.ask_next[:_AT_MOST]
            ),
            closing=(
                _("The organisation decides in each case. This is advice, not a decision."),
                _("Situation of {date}. Catalogue {version}, {count} services.").format(
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

    def contradictions(self) -> Iterable[str]:
        """Answers that do not fit together, a sentence each."""
        _ = self.words.gettext
        for each in self.report.contradictions:
            others = self.words.listed([self.reasons.label(name) for name in each.others])
            yield _("The answer to “{fact}” does not fit with “{others}”. Please check both.").format(
                fact=self.reasons.label(each.fact), others=others
            )

    def _services(self, count: int) -> str:
        return self.words.ngettext("settles {count} service", "settles {count} services", count).format(count=count)

    def _section(self, stage: Stage) -> Section:
        _ = self.words.gettext
        heading = {When.NOW: _("Now"), When.THROUGH: _("Through another service"), When.LATER: _("Later")}[stage.when]
        before = [self.step(name) for name in stage.after]
        intro = _("After: {steps}").format(steps=self.words.listed(before)) if before else ""
        return Section(heading, intro, tuple(self.card(name) for name in stage.services))

    def step(self, name: str) -> str:
        """A step that opens others: the name of a service, or what time brings."""
        if name in self.report.catalogue.services:
            return self.name(self.report.catalogue.services[name])
        fact, _, value = name.partition("=")
        return f"{self.reasons.label(fact)}: {value}"

    def name(self, service: Service) -> str:
        """The name, with the person's own area where the service has one in each."""
        name = self.words.pick(service.name)
        places = self.report.situation.known.get("municipality", frozenset())
        if service.local_name and len(places) == 1:
            place = self.report.catalogue.facts.municipalities.get(str(next(iter(places))))
            if place:
                own = {"municipality": place.name}.get(service.local_name) or getattr(place, service.local_name)
                return f"{name}: {self.words.pick(own)}"
        return name

    def card(self, name: str, full: bool = False) -> Card:
        """One service of the report; the basics that no goal asked for are brief unless `full`."""
        assessment = self.report.assessments[name]
        service = assessment.service
        wanted = not self.report.situation.goals or assessment.relevant
        brief = service.basic and not (wanted and self.report.situation.goals) and not full
        former = [self.words.pick(self.report.catalogue.services[each].name) for each in self.report.formerly(name)]
        own_name = {self.words.pick(service.name)}
        former = [each for each in former if each not in own_name]
        return Card(
            id=name,
            name=self.name(service),
            aside=self.words.gettext("formerly {names}").format(names=", ".join(former)) if former else "",
            summary=self.words.pick(service.summary),
            sure=assessment.outcome is Outcome.ELIGIBLE,
            verified=assessment.operating is Operating.ACTIVE,
            brief=brief,
            lines=tuple(self._contact(service, _AT_MOST) if brief else self._lines(assessment)),
            note=self.words.pick(service.note) if service.note else "",
            age=self.age(assessment),
        )

    def age(self, assessment: Assessment) -> str:
        """How old the information is, and whether that is too old."""
        _ = self.words.gettext
        day = self.words.date(assessment.service.assured)
        if assessment.operating is Operating.UNVERIFIED:
            return _("information of {date}, not confirmed since: call before you go").format(date=day)
        return _("information of {date}").format(date=day)

    def _lines(self, assessment: Assessment) -> Iterable[Line]:
        _ = self.words.gettext
        service = assessment.service
        yield from self._why(assessment)
        how = self.words.pick(service.access.how) if service.access.how else ""
        if not how and service.part_of:
            how = _("through {service}").format(service=self.step(service.part_of))
        yield Line(_("How to get in"), how or _("not known; ask the organisation"))
        yield from self._contact(service, 9)
        if service.languages:
            yield Line(_("Languages"), self._languages(service))
        if service.cost:
            yield Line(_("Cost"), _("free") if service.cost.free else self.words.pick(service.cost.text))

    def _why(self, assessment: Assessment) -> Iterable[Line]:
        """Why it fits, what is still open, what the organisation decides."""
        _ = self.words.gettext
        known = dict(self.report.known)
        judged = [each for each in assessment.judgements if not self._quiet(each.node)]
        met = [
            f"{self.reasons.title(each.node)}: {self.reasons.has(each.node, known)}"
            for each in judged
            if each.truth is MET and isinstance(each.node, Criterion)
        ]
        met += [
            self.reasons.has(each.node, known)
            for each in judged
            if each.truth is MET and not isinstance(each.node, Criterion)
        ]
        if met:
            yield Line(_("Why"), " · ".join(dict.fromkeys(met)))
        elif not judged:
            yield Line(_("Why"), _("open to everyone"))
        still = [
            f"{self.reasons.title(each.node)}: {self.reasons.needs(each.node)}"
            for each in judged
            if each.truth is not MET
        ]
        if still:
            label = _("Depends on") if assessment.outcome is Outcome.POSSIBLE else _("Needs")
            yield Line(label, " · ".join(still))

    def _quiet(self, node: object) -> bool:
        return isinstance(node, Criterion) and node.fact in QUIET

    def _contact(self, service: Service, most: int) -> Iterable[Line]:
        _ = self.words.gettext
        groups = (
            (_("Phone"), service.phones, "tel:"),
            (_("E-mail"), service.emails, "mailto:"),
            (_("Address"), service.addresses, ""),
            (_("Open"), service.schedules, ""),
            (_("Web"), service.urls, "url"),
        )
        lines = []
        for label, contacts, scheme in groups:
            for contact in contacts:
                link = contact.value if scheme == "url" else scheme and scheme + contact.value.replace(" ", "")
                lines.append(Line(label, self._said(contact), link))
        return lines[:most]

    def _said(self, contact: Contact) -> str:
        """The contact with the words around it: "09 123 (advice; Mon–Fri 9–15)"."""
        words = [self.words.pick(text) for text in (contact.text, contact.hours) if text]
        if not contact.value:
            return "; ".join(words)
        return f"{contact.value} ({'; '.join(words)})" if words else contact.value

    def _languages(self, service: Service) -> str:
        _ = self.words.gettext
        served = service.languages
        assert served is not None
        parts = [self.words.language_name(code) for code in served.codes]
        if served.count > len(parts):
            parts.append(_("{count} languages in all").format(count=served.count))
        if served.interpreter:
            parts.append(_("others through an interpreter"))
        return ", ".join(parts) or _("own-language service; languages not listed")
