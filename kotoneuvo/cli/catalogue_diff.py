"""`kotoneuvo catalogue diff`: what changed between two catalogues, and what that changes for a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.cli.environment import Environment, UsageProblems
from kotoneuvo.cli.exit_codes import guarded
from kotoneuvo.cli.options import AsOf, Form, Format, Lang

if TYPE_CHECKING:
    from kotoneuvo.advice.service import Catalogue
    from kotoneuvo.catalogue.diff import ChangedService, Turn

BUNDLED = "bundled"
"""Stands for the bundled catalogue in the place of a file."""


@dataclass(frozen=True)
class _Side:
    """One of the two catalogues, with its entries as they are written."""

    catalogue: Catalogue
    specs: dict[str, dict[str, Any]]


@guarded
def run(
    old: Annotated[Path, typer.Argument(help=f"a complete catalogue file, or “{BUNDLED}”")],
    new: Annotated[Path, typer.Argument(help=f"a complete catalogue file, or “{BUNDLED}”")],
    overlays: Annotated[
        bool, typer.Option("--overlays", help="the files are overlays, each to be applied to the bundled catalogue")
    ] = False,
    answers: Annotated[
        Path | None, typer.Option(help="also show what it changes for the person in this answers file")
    ] = None,
    form: Form = Format.TEXT,
    as_of: AsOf = None,
    lang: Lang = None,
) -> None:
    """What changed between two versions of a catalogue, and what that opens and closes for people."""
    from kotoneuvo.catalogue.diff import compare

    environment = Environment.current()
    words, day = environment.words(lang), environment.day(as_of)
    before, after = _side(old, overlays=overlays), _side(new, overlays=overlays)
    changes = compare(before.catalogue, after.catalogue, (before.specs, after.specs), day)
    person = _turns(before, after, answers, day, environment) if answers else None
    if form is Format.JSON:
        environment.stdout.write(_as_json(changes, person))
        return
    from kotoneuvo.render.changes import Changes

    said = Changes(before.catalogue, after.catalogue, words)
    environment.stdout.write(said.text(changes, person))


def _side(path: Path, *, overlays: bool) -> _Side:
    from kotoneuvo.catalogue.build import build_catalogue, bundled_file, read_services
    from kotoneuvo.catalogue.files import data_folder
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
        # It is only wrong as a complete catalogue.
        problem = Problem("this is an overlay, not a complete catalogue; add --overlays", {}, str(path))
        raise UsageProblems([problem]) from None


def _turns(before: _Side, after: _Side, answers: Path, day: date, environment: Environment) -> list[Turn]:
    from kotoneuvo.advice.advisor import advise
    from kotoneuvo.catalogue.diff import turns
    from kotoneuvo.cli.answers import read_answers_file

    situation = read_answers_file(before.catalogue.facts, answers, day, environment.stdin)
    return turns(*(advise(side.catalogue, situation, day) for side in (before, after)))


def _as_json(changes: list[ChangedService], person: list[Turn] | None) -> str:
    from kotoneuvo.cli.output import json_text

    def plain(listed: Iterable[Any]) -> list[dict[str, Any]]:
        return [{name: getattr(each, name) for name in each.__slots__} for each in listed]

    of_person = {} if person is None else {"person": plain(person)}
    return json_text("kotoneuvo/diff/1", changes=plain(changes), **of_person)
