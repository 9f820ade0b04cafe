"""Printing or saving at the end of an appointment: which form and file, and for paper the language and the steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from rich.text import Text

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.change import Change
from kotoneuvo.interview.prompt import Option, Prompt, Prompter, Signal, in_talk
from kotoneuvo.words import LANGUAGES, Words

HTML, PDF, TEXT, JSON = "html", "pdf", "txt", "json"
NOTE, _OWN = "note", "own"
_FORMS = (HTML, PDF, TEXT, JSON)


@dataclass(frozen=True, slots=True)
class Order:
    """One handout: in which language, with which services, with the worker's language beside it, opened or not."""

    language: str
    services: frozenset[str]
    bilingual: bool
    show: bool


class Files(Protocol):
    """Writes files for the interview: only the command line may. What cannot be done raises InputProblems."""

    def languages(self) -> list[tuple[str, str]]:
        """The languages of handouts, as codes with their names."""

    def steps(self, report: Report) -> list[tuple[str, str, bool]]:
        """What may go on paper: id, name, and whether it does by itself."""

    def missing(self, form: str) -> str:
        """What a form needs that is not installed, in words; an empty string if nothing."""

    def free_name(self, form: str) -> str:
        """A name for a new file that says nothing about the client and is not taken."""

    def check(self, name: str) -> None:
        """Whether a new file of this name can be written."""

    def save(self, report: Report, form: str, name: str) -> str:
        """Write a report as text or JSON; the file's whole path."""

    def keep(self, text: str, name: str) -> str:
        """Write a text; the file's whole path."""

    def write(self, report: Report, order: Order, name: str) -> str:
        """Write a handout; the file's whole path."""

    def record(self, change: Change) -> tuple[str, Catalogue]:
        """Write what was found into the office's own catalogue file: its path, and the catalogue as it is then."""

    def today(self) -> date:
        """The day of the calendar, whatever day the advice is for."""

    def open(self, path: str) -> None:
        """Show a written file in the browser."""


def hand_over(report: Report, files: Files, prompter: Prompter, words: Words, note: str) -> str:
    """Ask what is needed, write the file, say so, and offer to open it. Esc anywhere writes nothing.

    `note` is the note of the visit. Returns what the client was handed in words, "" if nothing.
    """
    name = _ask_file(files, prompter, words)
    if name is None:
        return ""
    form = name.rpartition(".")[2].casefold()
    try:
        if form in (TEXT, JSON, NOTE):
            path = files.keep(note, files.free_name(TEXT)) if form == NOTE else files.save(report, form, name)
            prompter.say(words.gettext("✓ Saved: {file}").format(file=path))
            return ""
        order = _ask_order(report, files, prompter, words)
        if order is None:
            return ""
        path = files.write(report, order, name)
    except InputProblems as error:
        for problem in error.problems:
            prompter.say(in_talk(problem, words))
        return ""
    if _sure(prompter, words, words.gettext("Saved: {file}. Open it now?").format(file=path)):
        files.open(path)
    prompter.say(words.gettext("✓ Saved: {file}").format(file=path))
    return words.gettext("a handout in {language}").format(
        language=words.language_name(order.language.partition("-")[0])
    )


def show_message(report: Report, prompter: Prompter, words: Words) -> str:
    """The first step as a text message in the client's language, to be copied to a phone; what it is in words."""
    from kotoneuvo.render.handout.choose import Choice
    from kotoneuvo.render.handout.fit import fitting_sheet
    from kotoneuvo.render.handout.message import write_message
    from kotoneuvo.render.handout.readers import Reader, handout_languages

    _ = words.gettext
    spoken = [code for code in report.situation.service_language if code in handout_languages()]
    language = (spoken or [words.language])[0]
    message = write_message(fitting_sheet(report, Choice(frozenset(), frozenset()), [Reader(language)]))
    if message is None:
        prompter.say(_("the first step has no contact to put in a message; print a handout"))
        return ""
    count = words.ngettext("{count} text message, {length} characters", "{count} text messages, {length} characters",
                           message.messages)  # fmt: skip
    head = [words.language_name(language), count.format(count=message.messages, length=message.length)]
    if language not in LANGUAGES:
        head.append(_("Machine translation; nobody has checked it."))
    page = Text(" · ".join(head) + f"\n\n{message.text}")
    prompter.ask(Prompt(_("Enter = first steps ›"), "page", page=lambda _width, _height: page))
    return _("a message in {language}").format(language=words.language_name(language.partition("-")[0]))


def _ask_file(files: Files, prompter: Prompter, words: Words) -> str | None:
    """The file to write: in the usual name of a form, or in one's own; what cannot be had says so beforehand."""
    _ = words.gettext
    what = {
        HTML: _("The client's handout, for browser and printer"),
        PDF: _("The client's handout as PDF"),
        TEXT: _("For the worker, as text"),
        JSON: _("For the worker, as JSON"),
    }
    names = {form: files.free_name(form) for form in _FORMS}
    options = [Option(form, f"{what[form]} · {names[form]}", closed=files.missing(form)) for form in _FORMS]
    note = _("Note of the visit for the register")
    options.append(Option(NOTE, f"{note} · {names[TEXT]}"))
    options.append(Option(_OWN, _("Another file name")))
    form = prompter.ask(Prompt(_("Print or save: what?"), "one", tuple(options), skippable=False))
    if isinstance(form, Signal):
        return None
    if form != _OWN:
        return names.get(str(form), NOTE)

    def read(typed: str) -> str:
        """The name with an ending: without one it would open nowhere."""
        name = typed if typed.rpartition(".")[2].casefold() in _FORMS else f"{typed}.{HTML}"
        files.check(name)
        return name

    text = _("File name, ending in .html, .pdf, .txt or .json (do not put the person's name in it)")
    reply = prompter.ask(Prompt(text, "text", read=read, skippable=False))
    return None if isinstance(reply, Signal) else read(str(reply))


def _ask_order(report: Report, files: Files, prompter: Prompter, words: Words) -> Order | None:
    """The language of the paper, the client's first, and what stands on it."""
    _ = words.gettext
    named = dict(files.languages())
    spoken = [code for code in report.situation.service_language if code in named]
    codes = [*spoken, *(code for code in named if code not in spoken)]
    options: list[Option] = []
    for code in codes:
        options.append(Option((code, False), named[code]))
        if code in spoken and code != words.language:
            beside = _("{language}, with my language beside it").format(language=named[code])
            options.append(Option((code, True), beside))
    language = prompter.ask(Prompt(_("In which language?"), "one", tuple(options), skippable=False))
    if not isinstance(language, tuple):
        return None
    steps = files.steps(report)
    ticked = [name for name, _label, on in steps if on]
    question = _("What goes on the handout? Leave out what a stranger should not read.")
    choices = tuple(Option(name, label) for name, label, _on in steps)
    chosen = prompter.ask(Prompt(question, "several", choices, before=ticked, skippable=False)) if steps else ticked
    if not isinstance(chosen, list):
        return None
    return Order(str(language[0]), frozenset(map(str, chosen)), bool(language[1]), show=False)


def _sure(prompter: Prompter, words: Words, question: str) -> bool:
    _ = words.gettext
    options = (Option("no", _("No"), key="n"), Option("yes", _("Yes"), key="k"))
    return prompter.ask(Prompt(question, "one", options, skippable=False)) == "yes"
