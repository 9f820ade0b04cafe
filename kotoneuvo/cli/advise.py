"""`kotoneuvo advise`: one situation from options or a file, one report."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kotoneuvo.cli import completion
from kotoneuvo.cli.catalogues import CatalogueFiles, Session
from kotoneuvo.cli.environment import Environment
from kotoneuvo.cli.exit_codes import guarded
from kotoneuvo.cli.handout import Wish, check_target, open_in_browser, render_handout
from kotoneuvo.cli.localized_help import LocalizedCommand
from kotoneuvo.cli.named_files import Force, check_endings
from kotoneuvo.cli.options import Lang, fact_options, given_answers
from kotoneuvo.words import Words

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kotoneuvo.advice.report import Report
    from kotoneuvo.render.terminal import Look


class Format(StrEnum):
    """How a report is written."""

    TERMINAL = "terminal"
    TEXT = "text"
    JSON = "json"
    HTML = "html"
    PDF = "pdf"
    MESSAGE = "message"
    ICS = "ics"
    NOTE = "note"


Answers = Annotated[
    Path | None, typer.Option(help="answers in a TOML or JSON file: fact = value; - reads them from stdin")
]
PaperLanguage = Annotated[
    str | None,
    typer.Option(
        help="the client's language, for html and pdf: fi, fi-simple, sv, en, ru, uk, …",
        autocompletion=completion.paper_languages,
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(help="leave this service out of the handout (repeatable)", autocompletion=completion.services),
]
With = Annotated[
    list[str] | None,
    typer.Option("--with", help="add this service to the handout (repeatable)", autocompletion=completion.services),
]
NoWarning = Annotated[
    bool, typer.Option("--no-privacy-warning", help="no warning about sensitive answers given as options")
]


class AdviseCommand(LocalizedCommand):
    """`advise` with an option for every fact."""

    def __init__(self, *args: Any, params: list[Any], **extra: Any) -> None:
        super().__init__(*args, params=[*params, *fact_options()], **extra)


def render(report: Report, words: Words, form: Format, *, full: bool) -> str:
    """The report as text in one of the formats that go to a file; as text the first steps, or the `full` pathway."""
    if form is Format.JSON:
        from kotoneuvo.render.json import render_json

        return render_json(report, words)
    if form is Format.NOTE:
        from kotoneuvo.render.note import write_note

        return write_note(report, words)
    from kotoneuvo.render.terminal import BARE, PLAIN_WIDTH, to_text

    return to_text(_page(report, words, BARE, PLAIN_WIDTH, full=full))


def _for_client(report: Report, words: Words, form: Format, wish: Wish, environment: Environment) -> str | bytes:
    """What the client gets: a handout, a message, or a calendar file; empty for the other formats."""
    if form is Format.ICS:
        from kotoneuvo.render.calendar import render_ics

        return render_ics(report, words)
    if form in (Format.HTML, Format.PDF, Format.MESSAGE):
        return render_handout(report, words, form, wish, environment)
    return ""


def _page(
    report: Report, words: Words, look: Look, width: int, *, full: bool, now: datetime | None = None
) -> RenderableType:
    """The first steps, as the interview shows them first; `full`: every step with its reasons."""
    if full:
        from kotoneuvo.render.full_page import FullPage

        return FullPage(report, words, look).page()
    from kotoneuvo.render.first_screen import FirstScreen

    return FirstScreen(report, words, look, now=now).first(width, 0)


def show(report: Report, words: Words, environment: Environment, *, full: bool) -> None:
    """The report on the terminal, in colour where that is wanted."""
    from kotoneuvo.render.terminal import COLOUR, console_for

    console = console_for(environment.stdout, environment.variables)
    console.print(_page(report, words, COLOUR, console.width, full=full, now=environment.now))


@guarded
def run(
    context: typer.Context,
    answers: Answers = None,
    form: Annotated[
        Format | None, typer.Option("--format", help="the format (default: terminal on a terminal, else text)")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="write here instead of stdout (mode 0600)")] = None,
    as_of: Annotated[
        str | None, typer.Option(help="advise for this day, YYYY-MM-DD (2020-09-01: the day of the 2020 document)")
    ] = None,
    catalogue: CatalogueFiles = None,
    lang: Lang = None,
    handout_lang: PaperLanguage = None,
    bilingual: Annotated[bool, typer.Option("--bilingual", help="your language beside the client's")] = False,
    without: Without = None,
    including: With = None,
    show_it: Annotated[bool, typer.Option("--open", help="open the handout in the browser")] = False,
    full: Annotated[bool, typer.Option("--full", help="every step with its reasons, not only the first steps")] = False,
    force: Force = False,
    no_privacy_warning: NoWarning = False,
) -> None:
    """Advise for one situation given as options or in a file.

    What you leave out is unknown, never "no".
    """
    from kotoneuvo.advice.advisor import advise
    from kotoneuvo.cli.answers import read_situation, warn_in_the_open

    options = given_answers(context)
    session = Session.begin(lang, as_of, catalogue, [("--output", output)], [("--answers", answers)], force=force)
    environment, words, day, services = session
    if not no_privacy_warning:
        warn_in_the_open(services.facts, options, words, environment)
    report = advise(services, read_situation(services.facts, answers, options, day, environment.stdin), day)
    form = form or (Format.TERMINAL if output is None and environment.stdout.isatty() else Format.TEXT)
    check_target(form, output, show_it, environment)
    check_endings([("--output", output, form)])
    if form is Format.TERMINAL and output is None:
        show(report, words, environment, full=full)
        return
    wish = Wish(handout_lang, bilingual, tuple(without or ()), tuple(including or ()))
    payload = _for_client(report, words, form, wish, environment)
    session.write(payload or render(report, words, form, full=full), output)
    if show_it and output:
        open_in_browser(output)
