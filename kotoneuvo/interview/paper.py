"""Printing a handout at the end of an appointment: language, steps, file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.report import Report
from kotoneuvo.interview.prompt import Option, Prompt, Prompter, Signal
from kotoneuvo.words import Words


@dataclass(frozen=True, slots=True)
class Order:
    """One handout: in which language, with which services, with the worker's language beside it, opened or not."""

    language: str
    services: frozenset[str]
    bilingual: bool
    show: bool


@dataclass(frozen=True)
class Paper:
    """What the interview needs for handouts, done by the command line.

    `languages` are codes with their names. `steps` gives what may go on paper: id, name, and whether it does by
    itself. `write` writes to the named file (a PDF if the name ends so), gives its whole path, and raises InputProblems
    if it cannot.
    """

    languages: Callable[[], list[tuple[str, str]]]
    steps: Callable[[Report], list[tuple[str, str, bool]]]
    write: Callable[[Report, Order, str], str]


def print_handout(report: Report, paper: Paper, prompter: Prompter, words: Words) -> None:
    """Ask what is needed, write the file, and say so; anything skipped but the file name takes its default."""
    _ = words.gettext
    options = tuple(Option(code, name) for code, name in paper.languages())
    language = prompter.ask(Prompt(_("In which language?"), "one", options, skippable=False))
    if isinstance(language, Signal):
        return
    steps = paper.steps(report)
    ticked = tuple(name for name, _label, on in steps if on)
    question = _("What goes on the paper? Leave out what a stranger should not read.")
    choices = tuple(Option(name, label) for name, label, _on in steps)
    chosen = prompter.ask(Prompt(question, "several", choices, before=ticked)) if steps else Signal.SKIP
    if chosen is Signal.BACK:
        return
    services = frozenset(ticked if not isinstance(chosen, list) else map(str, chosen))
    ways = (
        Option("save", _("Save")),
        Option("open", _("Save and open in the browser")),
        Option("both", _("Save in two languages, mine beside it, and open in the browser")),
    )
    way = prompter.ask(Prompt(_("How?"), "one", ways, skippable=False))
    text = _("File name, ending in .html or .pdf (do not put the person's name in it)")
    name = way if isinstance(way, Signal) else prompter.ask(Prompt(text, "text", read=str))
    if isinstance(name, Signal):
        return
    try:
        path = paper.write(report, Order(str(language), services, way == "both", way != "save"), str(name))
    except InputProblems as error:
        for problem in error.problems:
            prompter.say(words.problem(problem))
    else:
        prompter.say(_("Saved: {file}").format(file=path))
