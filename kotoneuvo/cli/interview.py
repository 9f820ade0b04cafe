"""`kotoneuvo` on a terminal: the interview, which may begin with answers: `kotoneuvo turku 34 perheside a1.3 työ`."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from datetime import date, datetime
from importlib.util import find_spec
from io import TextIOWrapper
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kotoneuvo.advice.problems import InputProblems, Problem, closest
from kotoneuvo.catalogue.files import file_problem
from kotoneuvo.cli.catalogues import CatalogueFiles, Workspace
from kotoneuvo.cli.commands import command
from kotoneuvo.cli.environment import Environment, refused
from kotoneuvo.cli.exit_codes import guarded
from kotoneuvo.cli.handout import open_in_browser
from kotoneuvo.cli.named_files import new_file
from kotoneuvo.cli.options import AsOf, Lang
from kotoneuvo.cli.overlay_file import OverlayFile
from kotoneuvo.words import Words

if TYPE_CHECKING:
    from kotoneuvo.advice.service import Catalogue
    from kotoneuvo.catalogue.change import EntryChange
    from kotoneuvo.interview.prompt import Prompter

OWN_FILE = "own.toml"
"""The catalogue file to which corrections are written if the user has none yet."""
Plain = Annotated[bool, typer.Option("--plain", help="ask line by line, without cursor movement")]


@guarded
def run(
    *, lang: str | None, as_of: str | None, plain: bool, catalogue: list[Path] | None = None, line: str = ""
) -> None:
    """Run the interview; it asks line by line if `plain` or if the terminal cannot move its cursor.

    `line` holds the first client's answers, as they were typed behind the program's name.
    """
    work = Workspace(lang, as_of, catalogue)
    environment, words = work.environment, work.words
    if not environment.on_terminal and not plain:
        raise refused(
            "the interview needs a terminal; for scripts use `kotoneuvo advise` with options or --answers FILE, "
            "or --plain to answer line by line"
        )
    from kotoneuvo.advice.advisor import Advisor
    from kotoneuvo.cli.signals import SIGNALS
    from kotoneuvo.interview.loop import Interview

    # prompt_toolkit changes the terminal's mode, and only an exception lets it restore that.
    SIGNALS.unwind()
    advisor = Advisor(work.catalogue, work.day)
    prompter = prompter_for(words, environment, plain or not environment.capable)
    prompter.say(
        words.gettext("Answers stay on this computer and are forgotten at the end. Any question can be skipped.")
    )
    interview = Interview(advisor, prompter, words, _Files(work))
    gc.freeze()  # collecting through the whole catalogue took a tenth of a second in the middle of a question
    try:
        interview.run(line)
    except EOFError:
        raise refused("the input ended before the interview did") from None


def is_line(arguments: Sequence[str], commands: Sequence[str]) -> bool:
    """Whether the arguments look like answers and not like a misspelt command."""
    from kotoneuvo.catalogue.files import data_folder
    from kotoneuvo.catalogue.read_facts import read_facts
    from kotoneuvo.intake.line import LineReader

    reader = LineReader(read_facts(data_folder()), date.today())
    first = reader.read(arguments[0])
    # "bacth" may be the start of a town's name, but is more likely a command.
    if closest(arguments[0], commands) and not any(word.meanings for word in first):
        return False
    words = reader.read(" ".join(each for each in arguments if not each.startswith("-")))
    return any(word.meanings or word.near for word in words)


@command
def line(
    context: typer.Context,
    answers: list[str],
    lang: Lang = None,
    as_of: AsOf = None,
    plain: Plain = False,
    catalogue: CatalogueFiles = None,
) -> None:
    """The interview, begun with these answers: place, age, permit, level, goal, in any order."""
    # Options before the first answer belong to the program, those behind it to this command.
    before = context.parent.params if context.parent else {}
    run(
        lang=lang or before.get("lang"),
        as_of=as_of or before.get("as_of"),
        plain=plain or bool(before.get("plain")),
        catalogue=[*(before.get("catalogue_files") or ()), *(catalogue or ())],
        line=" ".join(answers),
    )


def prompter_for(words: Words, environment: Environment, plain: bool) -> Prompter:
    """Return the prompter for this terminal: a window at a time, or line by line if `plain`."""
    if plain:
        if isinstance(environment.stdin, TextIOWrapper):
            environment.stdin.reconfigure(errors="replace")  # bytes that are not text are one more wrong answer
        from kotoneuvo.interview.plain import PlainPrompter

        return PlainPrompter(words, environment.stdin, environment.stdout)
    from kotoneuvo.interview.fancy import FancyPrompter
    from kotoneuvo.render.terminal import console_for

    return FancyPrompter(words, console_for(environment.stdout, environment.variables))


class _Files:
    """Writes files for the interview, which may not do so itself (`interview.paper.Files`)."""

    def __init__(self, work: Workspace) -> None:
        self.work = work

    def missing(self, form: str) -> str:
        if form == "pdf" and find_spec("typst") is None:
            return self.work.words.gettext("not installed: pip install 'kotoneuvo[pdf]'")
        return ""

    def free_name(self, form: str) -> str:
        return next(name for number in count(1) if not Path(name := f"kotoneuvo-{number}.{form}").exists())

    def check(self, name: str) -> None:
        missing = self.missing(new_file(name).suffix.removeprefix(".").casefold())
        if missing:
            raise InputProblems([Problem(missing)])

    def write(self, payload: str | bytes, name: str) -> str:
        target = new_file(name)
        self.work.write(payload, target)
        return str(target.resolve())

    def record(self, change: EntryChange) -> tuple[str, Catalogue]:
        """Write a correction to the user's catalogue file of highest priority, or to a new one.

        Returns its path and the new catalogue. Raises InputProblems.
        """
        own = self.work.overlays
        path = own[-1] if own else self.work.environment.catalogue_folder() / OWN_FILE
        target = OverlayFile(path, self.work)
        text = target.changed([change])
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            target.write(text)
        except OSError as error:
            raise InputProblems([file_problem(path, error)]) from None
        return str(path), self.work.catalogue_with(None)

    def now(self) -> datetime:
        return datetime.now()

    def open(self, path: str) -> None:
        open_in_browser(Path(path))
