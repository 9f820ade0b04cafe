"""`kotoneuvo catalogue diff`: what differs between two catalogues, and what that changes for one person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from kotoneuvo.advice.advisor import advise
from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.build import build_catalogue, bundled_file, read_services
from kotoneuvo.catalogue.diff import compare, pathway_changes
from kotoneuvo.catalogue.files import data_folder
from kotoneuvo.catalogue.overlays import merge_entries, read_catalogue_file
from kotoneuvo.catalogue.read_facts import read_facts
from kotoneuvo.cli.answers import read_answers_file
from kotoneuvo.cli.catalogues import Workspace
from kotoneuvo.cli.commands import command
from kotoneuvo.cli.environment import UsageProblems
from kotoneuvo.cli.options import AsOf, Form, Format, Lang
from kotoneuvo.cli.output import json_text
from kotoneuvo.render.changes import Changes

BUNDLED = "bundled"
"""The word that names the bundled catalogue where a file is expected."""


@dataclass(frozen=True)
class _Version:
    """One of the two catalogues, with its entries as they are written in TOML, by key."""

    catalogue: Catalogue
    specs: dict[str, dict[str, Any]]


@command
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
    work = Workspace(lang, as_of)
    before, after = _read(old, overlays=overlays), _read(new, overlays=overlays)
    changes = compare(before.catalogue, after.catalogue, (before.specs, after.specs), work.day)
    person = None
    if answers:
        situation = read_answers_file(before.catalogue.facts, answers, work.day, work.environment.stdin)
        person = pathway_changes(*(advise(each.catalogue, situation, work.day) for each in (before, after)))
    if form is Format.JSON:
        of_person = {} if person is None else {"person": _plain(person)}
        work.write(json_text("kotoneuvo/diff/1", changes=_plain(changes), **of_person))
    else:
        work.write(Changes(before.catalogue, after.catalogue, work.words).text(changes, person))


def _read(path: Path, *, overlays: bool) -> _Version:
    bundled = str(path) == BUNDLED
    files = [bundled_file()] if bundled or overlays else []
    files += [] if bundled else [read_catalogue_file(path)]
    specs, facts = {entry.key: entry.spec for entry in merge_entries(files)}, read_facts(data_folder())
    try:
        return _Version(build_catalogue(files, facts), specs)
    except InputProblems:
        # A file that is sound on top of the bundled catalogue is an overlay, so one hint says more than its problems.
        if len(files) > 1 or read_services([bundled_file(), *files], facts).problems():
            raise
        problem = Problem("this is an overlay, not a complete catalogue; add --overlays", where=str(path))
        raise UsageProblems([problem]) from None


def _plain(listed: Iterable[Any]) -> list[dict[str, Any]]:
    return [{name: getattr(each, name) for name in each.__slots__} for each in listed]
