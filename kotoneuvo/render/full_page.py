"""The whole report for a terminal or as text: every service of the pathway as a card with reasons and contacts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count, groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.style import Style
from rich.table import Table
from rich.text import Text

from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.doors import next_best_door
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import SELF, Service
from kotoneuvo.dates import date_in_numbers
from kotoneuvo.render.calendar import ahead_texts
from kotoneuvo.render.contact_lines import ContactLine, contact_lines, nearest_contact, practical_lines, way_in
from kotoneuvo.render.meaning import meaning_lines
from kotoneuvo.render.reason_lines import reason_lines
from kotoneuvo.render.report_words import Mark, ReportWords, when_word
from kotoneuvo.render.terminal import COLOUR, Look
from kotoneuvo.words import Words

_QUESTIONS = 3
"""How many of the questions worth asking are listed below the pathway."""
_INDENT = 4


class FullPage:
    """A report in one language, in parts that rich can print."""

    def __init__(self, report: Report, words: Words, look: Look = COLOUR) -> None:
        self.report = report
        self.words = words
        self.look = look
        self.report_words = ReportWords(report, words)
        self.on_pathway = frozenset(report.on_pathway)

    def page(self) -> RenderableType:
        """Return the page: situation, pathway by stages, helplines, open questions, closing words."""
        _ = self.words.gettext
        look, rule = self.look, self.look.quiet or "none"
        parts: list[RenderableType] = [Text(_("Pathway"), look.title), Text(self.report_words.situation())]
        parts += [Text(f"! {warning}", look.warning) for warning in self.report_words.warnings()]
        shown, numbers = "", count(1)
        for heading, before, services in self._sections():
            if heading != shown:
                parts += [Text(), Rule(Text(heading, look.heading), align="left", style=rule)]
                shown = heading
            if before:
                parts.append(Text(_("After: {steps}").format(steps=self.words.listed(before))))
            parts += self._cards(services, numbers)
        if not shown:
            parts.append(Text(_("No service in the catalogue fits what is known."), look.warning))
        parts.append(Rule(style=rule))
        parts += [
            Text(f"> {text}", look.warning) for text in ahead_texts(self.report, self.words, self.report_words.name)
        ]
        if questions := ", ".join(self._questions()):
            parts.append(Text(_("Worth asking next: {questions}").format(questions=questions)))
        return Group(*parts, *(Text(line, look.quiet) for line in self._closing()))

    def card(self, service_id: str, number: int = 0) -> RenderableType:
        """Return one service as a block of lines, with its `number` on the page (0: none)."""
        assessment = self.report.assessments[service_id]
        service, look = assessment.service, self.look
        name = Text(self.report_words.name(service_id), look.name)
        if aside := self.report_words.formerly(service_id):
            name.append(f" ({aside})", look.quiet)
        head = Table.grid(padding=(0, 1))
        head.add_row(Text(f"{number:>2}" if number else "  ", look.quiet), self._mark(service_id), name)
        body: list[RenderableType] = [Text(self.words.pick(service.summary))]
        if service.note:
            body.append(Text(f"! {self.words.pick(service.note)}", look.warning))
        lines = Table.grid(padding=(0, 1))
        lines.add_column(no_wrap=True, style=look.quiet)
        lines.add_column(overflow="fold")
        for label, run in groupby(self.lines(service_id), key=lambda line: line.label):
            for place, line in enumerate(run):
                lines.add_row("" if place else label, self._linked(line))
        age_style = look.quiet if self.report.is_confirmed(assessment.service.id) else look.unsure
        body += [lines, Text(self.report_words.age(assessment), age_style)]
        return Group(head, Padding(Group(*body), (0, 0, 1, _INDENT + 1)))

    def lines(self, service_id: str) -> Iterator[ContactLine]:
        """Yield the lines of a card: reasons, way in, contacts, what it means, languages, cost, overlays."""
        _ = self.words.gettext
        assessment = self.report.assessments[service_id]
        service = assessment.service
        yield from reason_lines(assessment, self.report.known, self.report_words.reasons)
        how = way_in(service.access, self.words)
        if not how and service.part_of:
            how = _("through {service}").format(service=self.report_words.name(service.part_of))
        # The house that the service is part of is more helpful to name than "get in touch yourself".
        if not how and SELF in service.access.via:
            how = _("get in touch yourself")
        yield ContactLine(_("Way in"), how or _("not known; ask the organisation"))
        if service.bring:
            yield ContactLine(_("Bring"), self.words.pick(service.bring.text))
        yield from [*contact_lines(*self._contacts(service))] or [self._next_door(service)]
        yield from meaning_lines(service, self.words, self.report.as_of)
        yield from practical_lines(service, self.words)

    def _sections(self) -> Iterator[tuple[str, list[str], Iterable[str]]]:
        """Yield (heading, names of the steps that come before, service ids) of each stage, then of the helplines."""
        for stage in self.report.pathway:
            yield (
                when_word(stage.when, self.words),
                [self.report_words.name(name) for name in stage.after],
                stage.services,
            )
        if helplines := [name for name in self.report.helplines if name not in self.on_pathway]:
            yield self.words.gettext("For everyone, when needed"), [], helplines

    def _cards(self, services: Iterable[str], numbers: Iterator[int]) -> Iterator[RenderableType]:
        """Yield the cards of a stage under the names of their phases; brief ones as a small table."""
        catalogue = self.report.catalogue
        for phase, of_phase in groupby(services, key=lambda name: catalogue.services[name].phase):
            yield Text(self.words.pick(catalogue.facts.phases[phase]), self.look.phase)
            for brief, run in groupby(of_phase, key=self._brief):
                if brief:
                    yield from (self._table(list(run)), Text())
                else:
                    yield from (self.card(name, next(numbers)) for name in run)

    def _brief(self, service_id: str) -> bool:
        """Whether a line without a number is enough: for helplines, and for basic services that no goal asks for."""
        # A card for every bank and library would push the person's own steps off the page.
        assessment = self.report.assessments[service_id]
        asked_for = assessment.relevant and bool(self.report.situation.goals)
        return service_id not in self.on_pathway or (assessment.service.basic and not asked_for)

    def _table(self, services: list[str]) -> RenderableType:
        """Return brief cards as a table: mark, name and the nearest contact."""
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=1)
        grid.add_column(ratio=3, overflow="fold")
        grid.add_column(ratio=3, overflow="fold")
        old = False
        for name in services:
            assessment = self.report.assessments[name]
            shown = self.report.contact(name)
            assured, day = assessment.service.assured, self.report.as_of
            nearest = nearest_contact([shown], self.words, day, assured) if shown else None
            unknown = Text(self.words.gettext("contact not known"), self.look.quiet)
            contact = self._linked(nearest) if nearest else unknown
            if not self.report.is_confirmed(assessment.service.id):
                contact.append(" *", self.look.unsure)
                old = True
            grid.add_row(self._mark(name), Text(self.report_words.name(name)), contact)
        indented = Padding(grid, (0, 0, 0, _INDENT - 1))
        footnote = Text(self.words.gettext("* old information: check before you go"), self.look.quiet)
        return Group(indented, Padding(footnote, (0, 0, 0, _INDENT + 1))) if old else indented

    def _linked(self, line: ContactLine) -> Text:
        return Text(line.text, Style(link=line.link) if line.link and self.look.links else "")

    def _mark(self, service_id: str) -> Text:
        mark = self.report_words.mark(service_id)
        return Text(mark.value, self.look.sure if mark is Mark.FITS else self.look.unsure)

    def _contacts(self, service: Service) -> tuple[tuple[ContactPoint, ...], Words, date, date]:
        """The contact points to show to this person, with what their lines need."""
        return self.report.contacts(service.id), self.words, self.report.as_of, service.assured

    def _next_door(self, service: Service) -> ContactLine:
        """Return where to ask for a service without a contact of its own: its house or way in, else an office."""
        _ = self.words.gettext
        catalogue, places, day = self.report.catalogue, self.report.places, self.report.as_of
        door = next_best_door(catalogue, service, None, places, day)
        line = nearest_contact((door.contact,), self.words, day, day) if door else None
        if not door or not line:
            return ContactLine(_("Contact"), _("not known"))
        who = self.report_words.office_name(door)
        return ContactLine(
            _("Contact"), _("not known; ask {who}: {contact}").format(who=who, contact=line.text), line.link
        )

    def _questions(self) -> Iterator[str]:
        """Yield the most useful open questions, with the number of services that each would settle."""
        for fact, number in self.report.ask_next[:_QUESTIONS]:
            settles = self.words.counted("settles {count} service", "settles {count} services", number)
            yield f"{self.report_words.reasons.label(fact)} ({settles})"

    def _closing(self) -> Iterator[str]:
        _ = self.words.gettext
        yield _("✓ seems to fit · ? may fit, something is still open · → opens later.")
        if self.report.not_now:
            yield _("… shut today: see when it opens.")
        yield _("The organisation decides in each case.")
        yield _("As of {date}. Catalogue {version}, {count} services.").format(
            date=date_in_numbers(self.report.as_of),
            version=self.report.catalogue.version,
            count=len(self.report.catalogue.services),
        )
