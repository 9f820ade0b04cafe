"""`kotoneuvo advise`: one situation from options or a file, one report."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kotoneuvo.cli.catalogues import CatalogueFiles, open_catalogue
from kotoneuvo.cli.environment import Environment
from kotoneuvo.cli.guard import guarded
from kotoneuvo.cli.handout import Wish, check_target, open_in_browser, render_handout
from kotoneuvo.cli.named_files import Force, check_files
from kotoneuvo.cli.options import OPTIONS, option_name
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


Answers = Annotated[
    Path | None, typer.Option(help="answers in a TOML or JSON file: fact = value; - reads them from stdin")
]
NoWarning = Annotated[
    bool, typer.Option("--no-privacy-warning", help="no warning about sensitive answers given as options")
]


def render(report: Report, words: Words, form: Format, *, full: bool) -> str:
    """The report as text in one of the formats that go to a file; as text the first steps, or the `full` pathway."""
    if form is Format.JSON:
        from kotoneuvo.render.json import render_json

        return render_json(report, words)
    from kotoneuvo.render.terminal import BARE, PLAIN_WIDTH, to_text

    return to_text(_page(report, words, BARE, PLAIN_WIDTH, full=full))


def _page(report: Report, words: Words, look: Look, width: int, *, full: bool) -> RenderableType:
    """The first steps, as the interview shows them first; `full`: every step with its reasons."""
    if full:
        from kotoneuvo.render.layout import Layout
        from kotoneuvo.render.terminal import render_page

        return render_page(Layout(report, words).page(), words, look)
    from kotoneuvo.render.first_screen import FirstScreen

    return FirstScreen(report, words, look).first(width, 0)


def show(report: Report, words: Words, environment: Environment, *, full: bool) -> None:
    """The report on the terminal, in colour where that is wanted."""
    from kotoneuvo.render.terminal import COLOUR, console_for

    console = console_for(environment.stdout, environment.variables)
    console.print(_page(report, words, COLOUR, console.width, full=full))


def run(
    answers: Answers = None,
    form: Annotated[Format | None, typer.Option("--format", help="terminal on a terminal, else text")] = None,
    output: Annotated[Path | None, typer.Option(help="write here instead of stdout (mode 0600)")] = None,
    as_of: Annotated[
        str | None, typer.Option(help="advise for this day, YYYY-MM-DD (2020-09-01: the document's world)")
    ] = None,
    catalogue: CatalogueFiles = None,
    lang: Annotated[str | None, typer.Option(help="fi, sv or en")] = None,
    handout_lang: Annotated[
        str | None, typer.Option(help="the client's language, for html and pdf: fi, fi-simple, sv, en, ru, uk, …")
    ] = None,
    bilingual: Annotated[bool, typer.Option("--bilingual", help="your language beside the client's")] = False,
    without: Annotated[list[str] | None, typer.Option(help="leave this service off the handout (repeatable)")] = None,
    including: Annotated[
        list[str] | None, typer.Option("--with", help="put this service on the handout (repeatable)")
    ] = None,
    show_it: Annotated[bool, typer.Option("--open", help="open the written handout in the browser")] = False,
    full: Annotated[bool, typer.Option("--full", help="every step with its reasons, not only the first ones")] = False,
    force: Force = False,
    no_privacy_warning: NoWarning = False,
    **options: Any,
) -> None:
    """Advise for one situation given as options or in a file.

    Whatever is not given is unknown, never "no".
    """
    from kotoneuvo.advice.advisor import advise
    from kotoneuvo.cli.answers import read_situation, warn_in_the_open
    from kotoneuvo.cli.output import write_result

    environment = Environment.current()
    words, today = environment.words(lang), environment.day(as_of)
    check_files(environment, words, [("--output", output)], [("--answers", answers)], catalogue or (), force=force)
    services = open_catalogue(environment, catalogue)
    if not no_privacy_warning:
        warn_in_the_open(services.facts, options, words, environment)
    report = advise(services, read_situation(services.facts, answers, options, today, environment.stdin), today)
    form = form or (Format.TERMINAL if output is None and environment.stdout.isatty() else Format.TEXT)
    check_target(form, output, show_it, environment)
    if form is Format.TERMINAL and output is None:
        show(report, words, environment, full=full)
        return
    payload: str | bytes = ""
    if form in (Format.HTML, Format.PDF, Format.MESSAGE):
        wish = Wish(handout_lang, bilingual, tuple(without or ()), tuple(including or ()))
        payload = render_handout(report, words, form, wish, environment)
    write_result(payload or render(report, words, form, full=full), output, environment.stdout)
    if show_it and output:
        open_in_browser(output)


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command that takes **options an option for every fact."""
    signature = inspect.signature(command, eval_str=True)
    own = [parameter for parameter in signature.parameters.values() if parameter.kind is not parameter.VAR_KEYWORD]
    facts = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=None,
            annotation=Annotated[str | None, typer.Option(option_name(name), help=text, rich_help_panel="Facts")],
        )
        for name, text in OPTIONS.items()
    ]
    wrapped = guarded(command)
    wrapped.__signature__ = signature.replace(parameters=own + facts)  # type: ignore[attr-defined]
    wrapped.__annotations__ = {each.name: each.annotation for each in own + facts} | {"return": None}
    return wrapped
