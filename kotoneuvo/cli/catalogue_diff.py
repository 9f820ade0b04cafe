"""`kotoneuvo catalogue diff`: what changed between two catalogues, and what that changes for people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.cli.catalogue_check import Format
from kotoneuvo.cli.catalogues import need
from kotoneuvo.cli.environment import Environment, UsageProblems
from kotoneuvo.cli.guard import IDENTITY, guarded

if TYPE_CHECKING:
    from kotoneuvo.advice.service import Catalogue
    from kotoneuvo.catalogue.diff import Change, Group, Turn
    from kotoneuvo.words import Words

BUNDLED = "bundled"
"""Stands for the bundled catalogue in the place of a file."""


@dataclass(frozen=True)
class _Side:
    """One of the two catalogues, with its entries as they are written."""

    catalogue: Catalogue
    specs: dict[str, dict[str, Any]]


@guarded
def run(
    old: Annotated[Path, typer.Argument(help=f"a whole catalogue file, or “{BUNDLED}”")],
    new: Annotated[Path, typer.Argument(help=f"a whole catalogue file, or “{BUNDLED}”")],
    overlays: Annotated[
        bool, typer.Option("--overlays", help="the files are overlays: lay each over the bundled catalogue")
    ] = False,
    answers: Annotated[
        Path | None, typer.Option(help="and what it changes for the person of this answers file")
    ] = None,
    batch: Annotated[Path | None, typer.Option(help="and for how many rows of this intake file (CSV)")] = None,
    form: Annotated[Format, typer.Option("--format", help="text, or json for scripts")] = Format.TEXT,
    as_of: Annotated[str | None, typer.Option(help="as on this day, YYYY-MM-DD")] = None,
    lang: Annotated[str | None, typer.Option(help="fi, sv or en")] = None,
) -> None:
    """What changed between two versions of a catalogue, and what that opens and closes for people."""
    from kotoneuvo.catalogue.diff import compare

    environment = Environment.current()
    words, day = environment.words(lang), environment.day(as_of)
    if answers and batch:
        raise UsageProblems([Problem("--answers or --batch, not both")])
    before, after = _side(old, overlays=overlays), _side(new, overlays=overlays)
    changes = compare(before.catalogue, after.catalogue, (before.specs, after.specs), day)
    person = _turns(before, after, answers, day) if answers else None
    group = _group(before, after, batch, day, words, environment) if batch else None
    if form is Format.JSON:
        environment.stdout.write(_as_json(changes, person, group))
        return
    from kotoneuvo.cli.batch import LEAST
    from kotoneuvo.render.changes import Changes

    said = Changes(before.catalogue, after.catalogue, words, LEAST)
    environment.stdout.write(said.text(changes, person, group))


def _side(path: Path, *, overlays: bool) -> _Side:
    from kotoneuvo.catalogue.build import build_catalogue, bundled_file, read_services
    from kotoneuvo.catalogue.bundle import data_folder
    from kotoneuvo.catalogue.overlays import lay, read_catalogue_file
    from kotoneuvo.catalogue.read_facts import read_facts

    bundled = str(path) == BUNDLED
    files = [bundled_file()] if bundled or overlays else []
    files += [] if bundled else [read_catalogue_file(path)]
    specs, facts = {entry.key: entry.spec for entry in lay(files)}, read_facts(data_folder())
    try:
        return _Side(build_catalogue(files, facts), specs)
    except InputProblems:
        if len(files) > 1 or read_services([bundled_file(), *files], facts).problems():
            raise
        # Only as a whole catalogue it is wrong.
        problem = Problem("this is no whole catalogue; to lay it over the bundled one, add --overlays", {}, str(path))
        raise UsageProblems([problem]) from None


def _turns(before: _Side, after: _Side, answers: Path, day: date) -> list[Turn]:
    from kotoneuvo.advice.report import advise
    from kotoneuvo.catalogue.diff import turns
    from kotoneuvo.cli.answers import read_answers_file

    reports = [
        advise(side.catalogue, read_answers_file(side.catalogue.facts, answers, day), day) for side in (before, after)
    ]
    return turns(*reports)


def _group(before: _Side, after: _Side, path: Path, day: date, words: Words, environment: Environment) -> Group:
    """Counts over an intake file, read and guarded as `batch` does; identifying data ends it with its exit code."""
    need("numpy", "numpy")
    from kotoneuvo.batch.classes import situation_of
    from kotoneuvo.batch.rows import BlockReader
    from kotoneuvo.batch.sheet import Task
    from kotoneuvo.catalogue.diff import GroupComparison
    from kotoneuvo.catalogue.files import file_problem
    from kotoneuvo.cli.batch_show import say_identity
    from kotoneuvo.intake.cells import CellReader, Reading
    from kotoneuvo.intake.guard import IdentityFound
    from kotoneuvo.intake.headers import HeaderNames
    from kotoneuvo.intake.opening import open_sheet
    from kotoneuvo.words import language_codes

    comparison = GroupComparison(before.catalogue, after.catalogue, day)

    def note(labels: Sequence[str], columns: Mapping[str, Sequence[Reading]], _withheld: object = ()) -> bytes:
        for row in range(len(labels)):
            comparison.add(situation_of({name: column[row] for name, column in columns.items()}))
        return b""

    facts = before.catalogue.facts
    try:
        with path.open("rb") as stream:
            sheet = open_sheet(stream, HeaderNames.bundled(facts), CellReader(facts, day, language_codes), {}, ())
            task = Task(before.catalogue, day, sheet.dialect.delimiter, sheet.columns, ("row",))
            reader = BlockReader(task, language_codes, note)
            for block in sheet.blocks:
                comparison.group.not_understood += reader.read(block).tally.problems
    except IdentityFound as error:
        say_identity(error, words, environment)
        raise typer.Exit(IDENTITY) from None
    except OSError as error:
        raise InputProblems([file_problem(path, error)]) from None
    return comparison.group


def _as_json(changes: list[Change], person: list[Turn] | None, group: Group | None) -> str:
    from kotoneuvo.cli.batch import LEAST
    from kotoneuvo.words import still

    def plain(each: Any) -> dict[str, Any]:
        return {name: getattr(each, name) for name in each.__slots__}

    def counts(counter: Counter[str]) -> dict[str, int | str]:
        return {name: count if count >= LEAST else f"<{LEAST}" for name, count in counter.most_common()}

    data: dict[str, Any] = {"schema": "kotoneuvo/diff/1", "changes": [plain(each) for each in changes]}
    if person is not None:
        data["person"] = [plain(each) for each in person]
    if group is not None:
        data["group"] = {
            "rows": group.rows,
            "not_understood": group.not_understood,
            "opens": counts(group.opens),
            "closes": counts(group.closes),
            "successors": {name: names for name, names in group.successors.items() if names},
        }
    return still(json.dumps(data, ensure_ascii=False, indent=2, default=str)) + "\n"
