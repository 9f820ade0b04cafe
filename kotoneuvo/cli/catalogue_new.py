"""`kotoneuvo catalogue new`: asks a few questions about a service and writes it as an entry of the user's own file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.problems import N_, InputProblems
from kotoneuvo.catalogue.new_service import NewService, appended, entry_of
from kotoneuvo.cli.catalogues import CatalogueFiles, Workspace
from kotoneuvo.cli.commands import command
from kotoneuvo.cli.environment import refused
from kotoneuvo.cli.interview import prompter_for
from kotoneuvo.cli.options import Lang
from kotoneuvo.cli.overlay_file import OverlayFile
from kotoneuvo.cli.temporary_files import check_writable
from kotoneuvo.dates import date_in_numbers
from kotoneuvo.interview.prompt import Option, Prompt, Prompter, Signal
from kotoneuvo.sheet.cells import FilledSheet
from kotoneuvo.sheet.columns import NEEDED, OF_NEW, choices
from kotoneuvo.sheet.read import Filled
from kotoneuvo.sheet.take import problems_of, take_new

ASKED = (
    "name", "summary", "kind", "goal", "town", "address", "phone", "email", "url", "days", "how", "conditions",
    "organization", "said", "day",
)  # fmt: skip
"""The questions: columns of the sheet for new services (`sheet.columns.OF_NEW`), in the order they are asked."""
_CHOSEN = ("kind", "goal", "how")
_WHY = {
    "summary": N_("One or two plain sentences, at most 260 characters."),
    "days": N_("Days and times: ti ja to 17–19.30"),
    "conditions": N_("Leave this open if everybody may come."),
    "said": N_("Who said it, or the address of the page. A role, never a name."),
    "day": N_("The day on which it was said or read."),
}
_SUGGESTED = 8


@command
def run(
    file: Annotated[Path, typer.Option(help="your own catalogue file to write to; created if it does not exist")],
    plain: Annotated[bool, typer.Option("--plain", help="line by line, for screen readers and pipes")] = False,
    catalogue: CatalogueFiles = None,
    lang: Lang = None,
) -> None:
    """Describe a service of your own in answers to a few questions; a valid entry is written into a file of yours."""
    work = Workspace(lang, files=catalogue)
    target = OverlayFile(file, work)
    check_writable(file)
    sheet = FilledSheet(file, target.catalogue.facts, work.words, work.environment.today)
    prompter = prompter_for(work.words, work.environment, plain or not work.environment.capable)
    try:
        answers = ask(prompter, sheet)
    except EOFError:
        raise refused("the input ended before the last question; nothing was written") from None
    entry = entry_of(described(answers, sheet), target.catalogue, set(target.catalogue.services))
    target.write(appended(target.text, entry))
    _ = work.words.gettext
    print(_("{service}: written to {file}").format(service=entry["id"], file=file))
    show = f"kotoneuvo services show {entry['id']} --catalogue {file}"
    print(_("Look at it: {command}").format(command=show))


def ask(prompter: Prompter, sheet: FilledSheet) -> dict[str, str]:
    """Ask the questions, which the person may go back through; return the answers by column.

    Raises EOFError at the end of the input.
    """
    answers: dict[str, str] = {}
    place = 0
    while place < len(ASKED):
        column = ASKED[place]
        reply = prompter.ask(_prompt(column, answers, sheet))
        if reply is Signal.BACK:
            place = max(place - 1, 0)
            continue
        # After going back, a question may be left open that had an answer before.
        answers.pop(column, None)
        if isinstance(reply, str):
            answers[column] = reply.strip()
        place += 1
    return answers


def described(answers: dict[str, str], sheet: FilledSheet) -> NewService:
    """Return the described service. Raises InputProblems with everything that is missing or contradictory."""
    titles = {name: sheet.words.gettext(OF_NEW[name]) for name in ASKED}
    take_new(sheet, [Filled("", 0, answers, titles)])
    if sheet.problems:
        raise InputProblems(each._replace(where="") for each in sheet.problems)
    return sheet.new[0]


def _prompt(column: str, answers: dict[str, str], sheet: FilledSheet) -> Prompt:
    words = sheet.words
    title, labels = words.gettext(OF_NEW[column]), choices(column, sheet.facts, words)
    why = words.gettext(_WHY[column]) if column in _WHY else ""
    if column == "said":
        # Without the first choice, "a page": its address is typed instead.
        why = f"{why} {' · '.join(labels[1:])}"
    before: object = answers.get(column) or (date_in_numbers(sheet.today) if column == "day" else None)
    skippable = column not in NEEDED
    if column in _CHOSEN:
        options = tuple(Option(label, label) for label in labels)
        return Prompt(title, "one", options, why, skippable=skippable, before=before)

    def read(written: str) -> str:
        problems = [each._replace(where="", fieldname="") for each in problems_of(sheet, column, written)]
        if problems:
            raise InputProblems(problems)
        return written

    def complete(typed: str) -> list[str]:
        return _alike(typed, labels[1:] if column == "said" else labels)

    offered = complete if column in ("town", "said") else None
    return Prompt(title, "text", (), why, read, offered, skippable=skippable, before=before)


def _alike(typed: str, labels: list[str]) -> list[str]:
    """Return the choices that begin with what was typed, then those that contain it."""
    begun = fold(typed)
    starting = [each for each in labels if fold(each).startswith(begun)]
    return [*starting, *(each for each in labels if begun in fold(each) and each not in starting)][:_SUGGESTED]
