"""Printing and saving: which format and file, and for the handout which language and steps."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from rich.text import Text

from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.change import EntryChange
from kotoneuvo.interview.prompt import Option, Prompt, Talk
from kotoneuvo.render.full_page import FullPage
from kotoneuvo.render.handout.choose import PaperChoice
from kotoneuvo.render.handout.order import HTML, PDF, Order, handout_names, offered
from kotoneuvo.render.json import render_json
from kotoneuvo.render.terminal import BARE, to_text

TEXT, JSON = "txt", "json"
_NOTE, _OWN = "note", "own"
_FORMS = (HTML, PDF, TEXT, JSON)


class Files(Protocol):
    """Writes files for the interview, which only `cli` may do. Methods raise InputProblems for what is impossible."""

    def missing(self, form: str) -> str:
        """Return how to install what a format needs; "" if nothing is missing."""

    def free_name(self, form: str) -> str:
        """Return a name for a new file that is not taken and says nothing about the client."""

    def check(self, name: str) -> None:
        """Raise InputProblems if no new file of this name can be written."""

    def write(self, payload: str | bytes, name: str) -> str:
        """Write a text or a PDF, and return the file's absolute path."""

    def record(self, change: EntryChange) -> tuple[str, Catalogue]:
        """Write a change to the office's own catalogue file; return its path and the new catalogue."""

    def now(self) -> datetime:
        """Return the day and time of the clock, whatever day the advice is for."""

    def open(self, path: str) -> None:
        """Show a written file in the browser."""


def hand_over(report: Report, files: Files, talk: Talk, note: str) -> str:
    """Ask for format and name, write the file, say so, and offer to open it. Esc anywhere writes nothing.

    `note` is the note of the visit. Returns in words what the client was handed, "" if nothing.
    """
    words, _ = talk.words, talk.words.gettext
    name = _ask_file(files, talk)
    if name is None:
        return ""
    form = name.rpartition(".")[2].casefold()
    # Only the client's handout has a language and a choice of steps.
    order = _ask_order(report, talk) if form in (HTML, PDF) else None
    try:
        if form == _NOTE:
            path = files.write(note, files.free_name(TEXT))
        elif form == JSON:
            path = files.write(render_json(report, words), name)
        elif form == TEXT:
            path = files.write(to_text(FullPage(report, words, BARE).page()), name)
        elif order:
            path = files.write(order.write(report, words, form), name)
        else:
            return ""
    except InputProblems as error:
        talk.say_problems(error)
        return ""
    if order and talk.confirm(_("Saved: {file}. Open it now?").format(file=path)):
        files.open(path)
    talk.say(_("✓ Saved: {file}").format(file=path))
    if not order:
        return ""
    return _("a handout in {language}").format(language=words.language_name(order.language.partition("-")[0]))


def show_message(report: Report, talk: Talk) -> str:
    """Show the first step as a text message to be copied to a phone; return in words what it is, "" if nothing."""
    words, _ = talk.words, talk.words.gettext
    message, language = Order().message(report, words), Order().client(report, words)
    if message is None:
        talk.say(_("the first step has no contact to put in a message; print a handout"))
        return ""
    talk.show(Text(" · ".join((words.language_name(language), *message[1])) + f"\n\n{message[0]}"))
    return _("a message in {language}").format(language=words.language_name(language.partition("-")[0]))


def _ask_file(files: Files, talk: Talk) -> str | None:
    """Ask for the file to write, by a proposed name or another; None if the worker goes back."""
    _ = talk.words.gettext
    what = {
        HTML: _("The client's handout, for browser and printer"),
        PDF: _("The client's handout as PDF"),
        TEXT: _("For the worker, as text"),
        JSON: _("For the worker, as JSON"),
    }
    names = {form: files.free_name(form) for form in _FORMS}
    options = [Option(names[form], f"{what[form]} · {names[form]}", closed=files.missing(form)) for form in _FORMS]
    options.append(Option(_NOTE, f"{_('Note of the visit for the register')} · {names[TEXT]}"))
    options.append(Option(_OWN, _("Another file name")))
    chosen = talk.choose(_("Print or save: what?"), options)
    if chosen != _OWN:
        return None if chosen is None else str(chosen)

    def read(typed: str) -> str:
        """Return the name with an ending, without which no program would open the file."""
        named = typed.endswith("/") or typed.rpartition(".")[2].casefold() in _FORMS
        name = typed if named else f"{typed}.{HTML}"
        files.check(name)
        return name

    return talk.type(_("File name, ending in .html, .pdf, .txt or .json (do not put the person's name in it)"), read)


def _ask_order(report: Report, talk: Talk) -> Order | None:
    """Ask for the language of the handout, first the client's, and for its steps; None if the worker goes back."""
    _ = talk.words.gettext
    # The client recognises the language's own name, the worker perhaps only the one in theirs.
    known = talk.words.language_name
    named = {code: _own_and_known(name, known(code.partition("-")[0])) for code, name in handout_names()}
    spoken = [code for code in report.situation.service_language if code in named]
    # If the client's language is not known, Enter alone chooses the worker's, and not the first of the alphabet.
    own = [code for code in named if code == talk.words.language]
    options: list[Option] = []
    for code in dict.fromkeys((*spoken, *own, *named)):
        options.append(Option((code, False), named[code]))
        if code in spoken and code != talk.words.language:
            beside = _("{language}, with my language beside it").format(language=named[code])
            options.append(Option((code, True), beside))
    language = talk.choose(_("In which language?"), options)
    if not isinstance(language, tuple):
        return None
    code, bilingual = language
    steps = offered(report, talk.words)
    by_itself = [name for name, _label, on in steps if on]
    chosen: object = by_itself
    if steps:
        question = _("What goes on the handout? Leave out what a stranger should not read.")
        choices = tuple(Option(name, label) for name, label, _on in steps)
        chosen = talk.prompter.ask(Prompt(question, "several", choices, before=chosen, skippable=False))
    if not isinstance(chosen, list):
        return None
    everything = {*(each for stage in report.pathway for each in stage.services), *report.helplines,
                  *(each.id for each in report.notices)}  # fmt: skip
    # Everything that is not ticked is left out by name, or the next service would take its place.
    left_off, put_on = everything.difference(chosen), set(chosen).difference(by_itself)
    return Order(code, bilingual, PaperChoice(frozenset(left_off), frozenset(put_on)))


def _own_and_known(own: str, known: str) -> str:
    """Return the worker's name for a language, and its own name if that is another word."""
    return own if fold(known) in fold(own) else f"{known} · {own}"
