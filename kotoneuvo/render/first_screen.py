"""The first screen: as many first steps as the window holds, with their contacts; the rest of the pathway in lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.text import Text

from kotoneuvo.advice.doors import Action
from kotoneuvo.advice.first_steps import FirstStep
from kotoneuvo.advice.problems import N_
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import RUNNING
from kotoneuvo.dates import date_in_numbers
from kotoneuvo.render.calendar import ahead_texts
from kotoneuvo.render.contact_lines import as_dialled, reached
from kotoneuvo.render.hours import open_now
from kotoneuvo.render.report_words import Mark, ReportWords, when_word
from kotoneuvo.render.terminal import COLOUR, Look, briefly, cut, rows_of
from kotoneuvo.words import Words

_VERBS = {
    Action.GO: N_("GO TO"),
    Action.CALL: N_("CALL"),
    Action.WRITE: N_("WRITE TO"),
    Action.REGISTER: N_("REGISTER"),
    Action.OPEN: N_("OPEN"),
    Action.ASK: N_("ASK"),
}
_WORDS = {
    Mark.FITS: N_("fits"),
    Mark.OPEN: N_("ask"),
    Mark.NOT_NOW: N_("not now"),
    Mark.LATER: N_("later"),
    Mark.CLOSED: N_("closed"),
}
"""The words that replace signs for people who listen to a screen reader."""
_BLANK = "____"
"""A line to write on by hand, for a contact that is not known."""
_INDENT = "   "


class _Shape(NamedTuple):
    """How much the first screen shows: steps, their summaries (`what`) and what they open, rows of notices, changes."""

    steps: int
    what: bool
    opens: bool
    notice_rows: int
    changes: int


_SHAPES = (
    _Shape(5, True, True, 9, 4),
    _Shape(5, False, True, 9, 3),
    _Shape(4, False, True, 9, 2),
    _Shape(3, True, True, 9, 2),
    _Shape(3, False, True, 9, 1),
    _Shape(3, False, True, 2, 1),
    _Shape(3, False, True, 1, 1),
    _Shape(3, False, False, 1, 1),
)
"""From the fullest to the shortest, which is shown even where it does not fit."""


class FirstScreen:
    """The report as a worker first sees it. `spelled` marks are words instead of signs.

    `now` is the clock: in a report as of today, contacts then say whether they are open.
    """

    def __init__(
        self, report: Report, words: Words, look: Look = COLOUR, *, spelled: bool = False, now: datetime | None = None
    ) -> None:
        self.now = now if now and now.date() == report.as_of else None
        self.report = report
        self.words = words
        self.look = look
        self.spelled = spelled
        self.report_words = ReportWords(report, words)
        first = [step.service_id for step in report.first_steps]
        rest = [name for name in report.on_pathway if name not in first]
        self.numbered = (*first, *rest)
        """The ids in the order of their numbers, which are the same on every page: first steps, then the rest."""

    def first(self, width: int, height: int) -> RenderableType:
        """Return the first steps that a window of `width` columns and `height` rows has room for; all if 0 rows."""
        # Laid out and then counted, as the rows that a text takes depend on its language and the width.
        pages = (self._first(width, shape) for shape in (_SHAPES if height else _SHAPES[:1]))
        page: list[Text] = []
        for page in pages:
            if not height or len(page) < height:
                break
        return Group(*page)

    def whole(self, width: int, _height: int = 0) -> RenderableType:
        """Return the whole pathway: a line for each service under its stage."""
        _ = self.words.gettext
        number = {name: place for place, name in enumerate(self.numbered, 1)}
        lines = [self._title(_("Whole pathway"), width), *self._warnings(width, 9)]
        shown = ""
        for stage in self.report.pathway:
            heading = when_word(stage.when, self.words)
            # Stages that differ only in what comes before them share a heading.
            lines += [Text(), Text(heading, self.look.heading)] if heading != shown else []
            shown = heading
            if stage.after:
                after = _("After: {steps}").format(
                    steps=self.words.listed([self._short(each, 40) for each in stage.after])
                )
                lines.append(Text(cut(after, width), self.look.quiet))
            for name in sorted(stage.services, key=number.__getitem__):
                lines += self._one_line(name, width)
        lines += [Text(), *self._ahead(width, 99, rows=9), *self._everyone(width, rows=9)]
        return Group(*lines, Text(self._legend(), self.look.quiet))

    def missing(self) -> list[str]:
        """Return the ids of services that are not on the pathway: those that run, then those that do not."""
        day = self.report.as_of
        others = [each for name, each in self.report.catalogue.services.items() if name not in self.numbered]
        return [each.id for each in sorted(others, key=lambda each: each.operating(day) not in RUNNING)]

    def _first(self, width: int, shape: _Shape) -> list[Text]:
        _ = self.words.gettext
        lines = [self._title(_("First steps"), width), *self._warnings(width, shape.notice_rows)]
        steps = self.report.first_steps[: shape.steps]
        for number, step in enumerate(steps, 1):
            lines += [Text(), *self._step(step, number, width, shape)]
        if not self.numbered:
            lines += [Text(), Text(_("No service in the catalogue fits what is known."), self.look.warning)]
        lines += [Text(), *self._bring({step.service_id for step in steps}, width)]
        lines += self._ahead(width, shape.changes, rows=1, checks=shape == _SHAPES[0])
        lines += self._everyone(width, rows=2 if shape.what else 1)
        rest = self.numbered[len(steps) :]
        if rest:
            names = " · ".join(f"{place} {self._short(name, 30)}" for place, name in enumerate(rest, len(steps) + 1))
            more = _("{count} more: {names}").format(count=len(rest), names=names)
            lines += self._rows(more, width, 3 if shape.what else 1)
        return [*lines, Text(cut(self._legend(), width), self.look.quiet)]

    def _rows(self, text: str, width: int, rows: int, style: str = "", indent: str = _INDENT) -> list[Text]:
        return [Text(row, style) for row in rows_of(text, width, rows, indent)]

    def _bring(self, shown: set[str], width: int) -> list[Text]:
        """Return the documents to bring, each once with the numbers of the steps that need it."""
        documents = [
            f"{self.words.pick(text)} ({', '.join(self._number(name) for name in services if name in shown)})"
            for text, services in self.report.bring
            if not shown.isdisjoint(services)
        ]
        line = self.words.gettext("Bring: {what}").format(what=" · ".join(documents)) if documents else ""
        return self._rows(line, width, 3)

    def _ahead(self, width: int, most: int, rows: int, *, checks: bool = True) -> Iterator[Text]:
        texts = ahead_texts(self.report, self.words, partial(self._short, room=40), checks=checks)
        for text in texts[:most]:
            yield from self._rows(f"> {text}", width, rows, self.look.warning, "  ")

    def _title(self, title: str, width: int) -> Text:
        """Return the title with place, client's language and day, but no answer a bystander should not read."""
        parts = [title]
        if self.report.home:
            parts.append(self.words.pick(self.report.home.name))
        if spoken := self.report.situation.service_language:
            language = self.words.language_name(spoken[0])
            parts.append(self.words.gettext("client's language: {language}").format(language=language))
        return self._apart(" · ".join(parts), date_in_numbers(self.report.as_of), width, self.look.title)

    def _warnings(self, width: int, rows: int) -> Iterator[Text]:
        """Yield what to know before the steps, each text in at most so many rows."""
        for text in self.report_words.warnings(whole=rows > 2):
            yield from self._rows(f"! {text}", width, rows, self.look.warning, "  ")

    def _step(self, step: FirstStep, number: int, width: int, shape: _Shape) -> Iterator[Text]:
        _ = self.words.gettext
        head = f"{number}  {_(_VERBS[step.action])}  {self.report_words.name(step.service_id)}"
        yield from self._headed(head, self._mark(step.service_id), width, 1, self.look.name)
        yield from self._contact(step, width)
        lines = [self.words.pick(self.report.catalogue.services[step.service_id].summary)] if shape.what else []
        if step.after:
            after = ", ".join(self._number(name) for name in step.after)
            lines.append(_("After step {numbers}").format(numbers=after))
        if shape.opens and step.opens:
            opens = " · ".join(f"{self._number(name)} {self._short(name, 34)}" for name in step.opens)
            lines.append(_("Opens: {steps}").format(steps=opens))
        yield from (Text(cut(_INDENT + line, width)) for line in lines)

    def _contact(self, step: FirstStep, width: int) -> Iterator[Text]:
        """Yield the step's contact with its hours and the month of the information, or a blank line to write on."""
        _ = self.words.gettext
        contact, age = step.contact, self.report_words.month(step)
        if contact is None:
            text = _("phone or address {blank}").format(blank=_BLANK)
        else:
            text = reached(contact, self.words, self.report.as_of)
            # Not if the age is that of another part of the entry, which has a source of its own.
            spoken = contact.said and self.report.old_since(step) in (None, contact.confirmed)
            age = _("told {date}").format(date=age) if spoken else age
            if self.now and contact.opening_hours:
                text += f" · {open_now(contact.opening_hours, contact.exceptions, self.now, self.words)}"
        text += f" · {self.report_words.door(step.instead)}" if step.instead else ""
        # The number of another office: name it, as whoever answers there will ask. Last, because a long line is cut.
        if contact and contact.name and contact not in self.report.catalogue.services[step.service_id].contacts:
            text += f" · {self.words.pick(contact.name)}"
        yield from self._headed(_INDENT + text, age, width, 2)

    def _headed(self, text: str, right: str, width: int, gap: int, style: str = "") -> Iterator[Text]:
        """Yield a text in at most two rows, with `right` at the right end of the first."""
        for place, row in enumerate(rows_of(text, width - len(right) - gap, 2, _INDENT)):
            yield self._apart(row, "" if place else right, width, style)

    def _everyone(self, width: int, rows: int) -> list[Text]:
        """Return the helplines, which are the same for everybody; 112 comes first."""
        entries = []
        for name in self.report.helplines:
            service = self.report.catalogue.services[name]
            phone = as_dialled(self.report.phone(name))
            entries.append(f"{phone} {briefly(self.words.pick(service.name), phone)}".strip())
        numbers = " · ".join(dict.fromkeys(entries))
        line = self.words.gettext("For everyone: {numbers}").format(numbers=numbers) if entries else ""
        return self._rows(line, width, rows)

    def _one_line(self, name: str, width: int) -> Iterator[Text]:
        """Yield number, mark, name, contact, and a star if the information is old: in one row if they fit."""
        contact = self.report.contact(name)
        nearest = reached(contact, self.words, self.report.as_of).split(" · ")[0] if contact else ""
        old = "" if self.report.is_confirmed(name) else " *"
        # Six columns for number and mark, thirty for a phone number or the beginning of an address.
        room = max(width - 6 - 30, 20)
        counted = f"{self._number(name):>{len(str(len(self.numbered)))}} {self._mark(name)} "
        line = counted + f"{cut(self.report_words.name(name), room):<{room}} "
        left = width - len(line) - len(old)
        if contact and contact.phone and len(nearest) > left:
            # Half a number calls somebody else.
            yield Text(cut(counted + self.report_words.name(name), width))
            line, left = " " * len(counted), width
        yield Text(cut(line + cut(nearest, left) + old, width))

    def _mark(self, name: str) -> str:
        mark = self.report_words.mark(name)
        return self.words.gettext(_WORDS[mark]) if self.spelled else mark.value

    def _legend(self) -> str:
        _ = self.words.gettext
        if self.spelled:
            return _("* old information, check first · the organisation decides in each case")
        return _("✓ seems to fit, ? ask there: the organisation decides · * old, check first")

    def _number(self, name: str) -> str:
        return str(self.numbered.index(name) + 1) if name in self.numbered else ""

    def _short(self, name: str, room: int) -> str:
        full = self.report_words.name(name)
        return cut(full if len(full) <= room else briefly(full), room)

    def _apart(self, left: str, right: str, width: int, style: str = "") -> Text:
        text = Text(left, style)
        text.append(" " * max(width - len(left) - len(right), 1) + right if right else "", self.look.quiet)
        return text
