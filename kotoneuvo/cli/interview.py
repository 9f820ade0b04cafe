"""`kotoneuvo` on a terminal: the interview."""

from __future__ import annotations

from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.cli import advise
from kotoneuvo.cli.catalogues import open_catalogue
from kotoneuvo.cli.environment import Environment, UsageProblems
from kotoneuvo.cli.guard import guarded
from kotoneuvo.words import Words

if TYPE_CHECKING:
    from kotoneuvo.advice.report import Report
    from kotoneuvo.interview.loop import Desk
    from kotoneuvo.interview.prompt import Prompter


@guarded
def run(*, lang: str | None, as_of: str | None, plain: bool, catalogue: list[Path] | None = None) -> None:
    """Run the interview, line by line where the terminal cannot do more or `plain` is asked for."""
    environment = Environment.current()
    words, today = environment.words(lang), environment.day(as_of)
    if not environment.on_terminal and not plain:
        message = N_(
            "the interview needs a terminal; for scripts use `kotoneuvo advise` with options or --answers FILE, "
            "or --plain to answer line by line"
        )
        raise UsageProblems([Problem(message)])
    from kotoneuvo.cli.stopping import STOPPING
    from kotoneuvo.interview.loop import Interview

    STOPPING.unwind()
    services = open_catalogue(environment, catalogue)
    prompter = _prompter(words, environment, plain or not environment.capable)
    prompter.say(
        words.gettext("Answers stay on this computer and are forgotten at the end. Any question can be skipped.")
    )
    try:
        Interview(services, today, prompter, _desk(words, environment)).run()
    except EOFError:
        raise UsageProblems([Problem("the input ended before the interview did")]) from None


def _prompter(words: Words, environment: Environment, plain: bool) -> Prompter:
    def write(text: str) -> None:
        print(text, file=environment.stdout, flush=True)

    if plain:
        if isinstance(environment.stdin, TextIOWrapper):
            environment.stdin.reconfigure(errors="replace")  # what is no text is an answer that makes no sense
        from kotoneuvo.interview.plain import PlainPrompter

        def read_line(mark: str) -> str:
            print(mark, end="", file=environment.stdout, flush=True)
            line = environment.stdin.readline()
            if not line:
                raise EOFError
            return line

        return PlainPrompter(words, read_line, write)
    from rich.text import Text

    from kotoneuvo.interview.fancy import FancyPrompter
    from kotoneuvo.render.terminal import console_for

    console = console_for(environment.stdout, environment.variables)
    return FancyPrompter(words, lambda text: console.print(Text(text)))


def _desk(words: Words, environment: Environment) -> Desk:
    """Showing and saving, for the interview."""
    from kotoneuvo.cli.handout import handout_names, handout_steps, write_handout
    from kotoneuvo.interview.loop import Desk
    from kotoneuvo.interview.paper import Paper

    def details(report: Report, service: str) -> None:
        from kotoneuvo.render.details import render_details
        from kotoneuvo.render.terminal import console_for

        console_for(environment.stdout, environment.variables).print(render_details(report, service, words))

    def answers(report: Report) -> list[tuple[str, str]]:
        from kotoneuvo.render.layout import Layout

        return Layout(report, words).answers()

    def contradictions(report: Report) -> list[str]:
        from kotoneuvo.render.layout import Layout

        return list(Layout(report, words).contradictions())

    def save(report: Report, form: str, name: str) -> None:
        from kotoneuvo.cli.named_files import new_file
        from kotoneuvo.cli.output import write_result

        target = new_file(name)
        write_result(advise.render(report, words, advise.Format(form)), target, environment.stdout)

    def show(report: Report) -> None:
        advise.show(report, words, environment)

    paper = Paper(
        languages=handout_names,
        steps=lambda report: handout_steps(report, words),
        write=lambda report, order, name: write_handout(report, order, name, words, environment),
    )
    return Desk(words, show, details, details, answers, contradictions, save, paper)
