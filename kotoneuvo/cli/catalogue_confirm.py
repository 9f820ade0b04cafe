"""`kotoneuvo catalogue confirm`: a service was found true on a day; written back into its file."""

from __future__ import annotations

import codecs
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.cli import completion
from kotoneuvo.cli.catalogues import CatalogueFiles, need, overlays
from kotoneuvo.cli.environment import Environment, UsageProblems
from kotoneuvo.cli.guard import guarded
from kotoneuvo.cli.options import Lang

if TYPE_CHECKING:
    from kotoneuvo.catalogue.overlays import Entry

_MARK = codecs.BOM_UTF8.decode()


@guarded
def run(
    service: Annotated[str, typer.Argument(help="the id of the service", autocompletion=completion.services)],
    source: Annotated[str, typer.Option(help="the address of the page that says so")],
    day: Annotated[str | None, typer.Option("--date", help="the day it was read, YYYY-MM-DD (default: today)")] = None,
    file: Annotated[
        Path | None,
        typer.Option(help="the file to write to (default: the one that last says something of the service)"),
    ] = None,
    catalogue: CatalogueFiles = None,
    lang: Lang = None,
) -> None:
    """Note that a page confirmed a service on a day; the file's comments and order stay as they are."""
    from kotoneuvo.catalogue.confirm import confirmed_until
    from kotoneuvo.catalogue.contacts import is_url
    from kotoneuvo.words import printable

    need("tomlkit")
    environment = Environment.current()
    words, seen = environment.words(lang), environment.day(day, "--date")
    if not is_url(source):
        problem = Problem('"{found}" is not the address of a page', {"found": source}, fieldname="--source")
        raise UsageProblems([problem])
    if seen > environment.today:
        raise UsageProblems([Problem("this day is still to come", fieldname="--date")])
    entry = _entry(service, _up_to(file, overlays(environment, catalogue)))
    stands = confirmed_until(entry.spec, source)
    if stands and seen < stands <= environment.today:
        problem = Problem("it was confirmed on {date}, which is later", {"date": stands}, fieldname="--date")
        raise UsageProblems([problem])
    target = file or _home(entry)
    _write(target, service, source, seen, environment)
    said = words.gettext("{service}: confirmed, written to {file}")
    print(said.format(service=printable(service), file=printable(str(target))))


def _up_to(file: Path | None, paths: list[Path]) -> list[Path]:
    """The overlays as far as `file`, which lies on top where it is none of them yet: what may it say something of?"""
    if file is None:
        return paths
    place = next(
        (number for number, path in enumerate(paths) if os.path.realpath(path) == os.path.realpath(file)), None
    )
    return paths[: place + 1] if place is not None else [*paths, *([file] if file.exists() else ())]


def _entry(service: str, paths: list[Path]) -> Entry:
    """The service as the files describe it. Raises UsageProblems if they do not know it."""
    from kotoneuvo.advice.situation import unknown_name
    from kotoneuvo.catalogue.build import bundled_file
    from kotoneuvo.catalogue.overlays import lay, read_overlays

    laid = lay((bundled_file(), *read_overlays(paths)))
    entries = {entry.key: entry for entry in laid if entry.key == entry.spec.get("id")}
    if service not in entries:
        raise UsageProblems([unknown_name("service", service, tuple(entries))])
    return entries[service]


def _home(entry: Entry) -> Path:
    """The file that has the last word on the service. Raises UsageProblems if it may not be written to."""
    from kotoneuvo.catalogue.bundle import data_folder

    home = entry.layers[-1].file.path
    if home.parent == data_folder() and (data_folder().parent / "__init__.py").exists():
        message = "this entry belongs to the program's own catalogue; name a file of yours with --file"
        raise UsageProblems([Problem(message)])
    return home


def _write(target: Path, service: str, source: str, seen: date, environment: Environment) -> None:
    from kotoneuvo.catalogue.confirm import confirm
    from kotoneuvo.catalogue.files import file_problem, read_text
    from kotoneuvo.cli.output import write_result

    try:
        text = read_text(target) if target.exists() else ""
        mark = _MARK if text and target.read_bytes().startswith(codecs.BOM_UTF8) else ""
    except OSError as error:
        raise InputProblems([file_problem(target, error)]) from None
    try:
        changed = confirm(text, service, source, seen)
    except InputProblems as error:
        raise InputProblems(problem._replace(where=str(target)) for problem in error.problems) from None
    write_result(mark + changed, target, environment.stdout)
