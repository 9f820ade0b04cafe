"""`kotoneuvo advise`: a report on one situation, given as options or in a file."""

# Annotations are not postponed: typer would compile each of them at every start.
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kotoneuvo.cli.catalogues import CatalogueFiles, Workspace
from kotoneuvo.cli.commands import command
from kotoneuvo.cli.environment import Environment, refuse_beside, refused
from kotoneuvo.cli.handout import open_in_browser, ordered, render_handout
from kotoneuvo.cli.named_files import Force, check_endings
from kotoneuvo.cli.options import Lang, fact_options, given_answers, words_for
from kotoneuvo.words import Words

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kotoneuvo.advice.report import Report
    from kotoneuvo.render.terminal import Look


class AdviceFormat(StrEnum):
    """The formats of a report."""

    TERMINAL = "terminal"
    TEXT = "text"
    JSON = "json"
    HTML = "html"
    PDF = "pdf"
    MESSAGE = "message"
    ICS = "ics"
    NOTE = "note"


_FOR_CLIENT = (AdviceFormat.HTML, AdviceFormat.PDF, AdviceFormat.MESSAGE)
_FOR_WORKER = (AdviceFormat.TERMINAL, AdviceFormat.TEXT)
Answers = Annotated[
    Path | None, typer.Option(help="answers in a TOML or JSON file: fact = value; - reads them from stdin")
]
PaperLanguage = Annotated[
    str | None,
    typer.Option(
        help="the client's language, for html and pdf: fi, fi-simple, sv, en, ru, uk, …",
        autocompletion=words_for("paper language"),
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(help="leave this service out of the handout (repeatable)", autocompletion=words_for("service")),
]
With = Annotated[
    list[str] | None,
    typer.Option("--with", help="add this service to the handout (repeatable)", autocompletion=words_for("service")),
]
Day = Annotated[
    str | None, typer.Option(help="advise for this day, YYYY-MM-DD (2020-09-01: the day of the 2020 document)")
]
NoWarning = Annotated[
    bool, typer.Option("--no-privacy-warning", help="no warning about sensitive answers given as options")
]


def _page(
    report: "Report", words: Words, look: "Look", width: int, *, full: bool, now: datetime | None = None
) -> "RenderableType":
    """Return the first steps, as on the interview's first page; with `full`, every step with its reasons."""
    if full:
        from kotoneuvo.render.full_page import FullPage

        return FullPage(report, words, look).page()
    from kotoneuvo.render.first_screen import FirstScreen

    return FirstScreen(report, words, look, now=now).first(width, 0)


def _payload(report: "Report", words: Words, form: AdviceFormat, *, full: bool) -> str | bytes:
    if form is AdviceFormat.JSON:
        from kotoneuvo.render.json import render_json

        return render_json(report, words)
    if form is AdviceFormat.NOTE:
        from kotoneuvo.render.note import write_note

        return write_note(report, words)
    if form is AdviceFormat.ICS:
        from kotoneuvo.render.calendar import render_ics

        return render_ics(report, words)
    from kotoneuvo.render.terminal import BARE, PLAIN_WIDTH, to_text

    return to_text(_page(report, words, BARE, PLAIN_WIDTH, full=full))


def _show(report: "Report", work: Workspace, *, full: bool) -> None:
    """Print the report on the terminal, in colour where the terminal and NO_COLOR allow it."""
    from kotoneuvo.render.terminal import COLOUR, console_for

    environment = work.environment
    console = console_for(environment.stdout, environment.variables)
    console.print(_page(report, work.words, COLOUR, console.width, full=full, now=environment.now))


def _refuse_unused(form: AdviceFormat, of_screen: Mapping[str, object], of_paper: Mapping[str, object]) -> None:
    """Raise UsageProblems for options that the format does not use."""
    unused = {**({} if form in _FOR_WORKER else of_screen), **({} if form in _FOR_CLIENT else of_paper)}
    refuse_beside(f"--format {form}", unused)


def _check_target(form: AdviceFormat, output: Path | None, show_it: bool, environment: Environment) -> None:
    """Raise UsageProblems for a PDF that would go to the screen, and for --open without a file that a browser shows."""
    if form is AdviceFormat.PDF and output is None and environment.stdout.isatty():
        raise refused("a PDF cannot be shown here; give a file with --output")
    if show_it and (form not in (AdviceFormat.HTML, AdviceFormat.PDF) or output is None or str(output) == "-"):
        raise refused("--open needs --format html or pdf, and a file with --output")


@command
def run(
    context: typer.Context,
    answers: Answers = None,
    form: Annotated[
        AdviceFormat | None, typer.Option("--format", help="the format (default: terminal on a terminal, else text)")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="write here instead of stdout (mode 0600)")] = None,
    as_of: Day = None,
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
    from kotoneuvo.cli.answers import read_situation, warn_of_sensitive_options

    options, environment = given_answers(context), Environment.current()
    form = form or (AdviceFormat.TERMINAL if output is None and environment.stdout.isatty() else AdviceFormat.TEXT)
    # Checked before the Workspace, which may ask whether a file is to be replaced.
    of_paper = {"--handout-lang": handout_lang, "--bilingual": bilingual, "--with": including, "--without": without}
    _refuse_unused(form, {"--full": full}, of_paper)
    _check_target(form, output, show_it, environment)
    check_endings([("--output", output, form)])
    work = Workspace(lang, as_of, catalogue, [("--output", output)], [("--answers", answers)], force=force)
    facts = work.catalogue.facts
    if not no_privacy_warning:
        warn_of_sensitive_options(facts, options, work)
    situation = read_situation(facts, answers, options, work.day, environment.stdin)
    report = advise(work.catalogue, situation, work.day)
    if form is AdviceFormat.TERMINAL and output is None:
        _show(report, work, full=full)
        return
    if form in _FOR_CLIENT:
        order = ordered(handout_lang, bilingual, without, including)
        payload: str | bytes = render_handout(report, form, order, work)
    else:
        payload = _payload(report, work.words, form, full=full)
    work.write(payload, output)
    if show_it and output:
        open_in_browser(output)


# These options have no parameter in the signature above, where typer would find them.
run.params += fact_options()
