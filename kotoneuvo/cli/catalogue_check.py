"""`kotoneuvo catalogue check`, `where` and `schema`: problems of catalogue files, which files apply, their format."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from kotoneuvo.advice.problems import Problem
from kotoneuvo.catalogue.check import Findings, check_files
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.catalogue.overlays import CatalogueFile, merge_entries
from kotoneuvo.catalogue.schema import catalogue_schema
from kotoneuvo.cli.catalogues import CatalogueFiles, Workspace
from kotoneuvo.cli.commands import command
from kotoneuvo.cli.exit_codes import DONE, WRONG_INPUT
from kotoneuvo.cli.named_files import Force, check_endings
from kotoneuvo.cli.options import AsOf, Form, Format, Lang, Output
from kotoneuvo.cli.output import json_text
from kotoneuvo.words import Words, printable


@command
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="catalogue files (default: the bundled one and those of the config folder)"),
    ] = None,
    alone: Annotated[
        bool, typer.Option("--alone", help="the first file is a complete catalogue, not an overlay")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="exit code 1 for warnings too")] = False,
    form: Form = Format.TEXT,
    as_of: AsOf = None,
    lang: Lang = None,
) -> None:
    """Check catalogue files: every problem at once, with file, line, entry and field.

    Exit code 1 if there are errors; 0 if there are only warnings.
    """
    work = Workspace(lang, as_of)
    found = check_files(files or work.overlays, work.day, alone=alone, base_too=not files)
    work.write(_as_json(found, work.words) if form is Format.JSON else _as_text(found, work.words))
    raise typer.Exit(WRONG_INPUT if found.errors or (strict and found.warnings) else DONE)


def _as_text(found: Findings, words: Words) -> str:
    _ = words.gettext
    lines = [_("error: {problem}").format(problem=words.problem(each)) for each in found.errors]
    lines += [_("warning: {problem}").format(problem=words.problem(each)) for each in found.warnings]
    counts = (
        words.counted("{count} service", "{count} services", found.services),
        words.counted("{count} error", "{count} errors", len(found.errors)),
        words.counted("{count} warning", "{count} warnings", len(found.warnings)),
    )
    return "\n".join([*lines, ", ".join(counts)]) + "\n"


def _as_json(found: Findings, words: Words) -> str:
    errors, warnings = ([json_item(each, words) for each in listed] for listed in (found.errors, found.warnings))
    return json_text("kotoneuvo/check/1", services=found.services, errors=errors, warnings=warnings)


def json_item(problem: Problem, words: Words) -> dict[str, Any]:
    """Return a problem as JSON data: its place and its message in separate fields."""
    found = problem.details.get("found")
    return {
        "file": problem.where,
        "line": problem.line or None,
        "entry": problem.entry,
        "field": problem.fieldname,
        "message": words.fill(problem.message, problem.details),
        "found": None if found is None else str(found),
        "allowed": list(problem.allowed),
        "suggestion": problem.suggestion or None,
    }


@command
def where(catalogue: CatalogueFiles = None, form: Form = Format.TEXT, lang: Lang = None) -> None:
    "Which catalogue files count, lowest priority first, and where to put your own."
    work = Workspace(lang, files=catalogue)
    folder = work.environment.catalogue_folder()
    files = list(_counted(work.files()))
    if form is Format.JSON:
        work.write(json_text("kotoneuvo/where/1", folder=folder, files=files))
        return
    counts = work.words.gettext("{name}: {added} new, {changed} changed, {hidden} left out")
    for each in files:
        print(printable(str(each["file"])))
        print("    " + counts.format_map({**each, "name": printable(each["name"])}))
    print(work.words.gettext("Files of your own: {folder}").format(folder=printable(str(folder))))


def _counted(files: Sequence[CatalogueFile]) -> Iterator[dict[str, Any]]:
    """Yield each file with its number of services, and how many it adds, changes and hides."""
    entries = merge_entries(files)
    for file in files:
        mine = [(entry, layer) for entry in entries for layer in entry.layers if layer.file is file]
        added = sum(layer is entry.layers[0] for entry, layer in mine)
        # Another file above may show again what this one hides: only the layer that decides counts.
        hidden = sum(bool(entry.spec.get("hide")) and entry.layer_of("hide") is layer for entry, layer in mine)
        counts = {"services": len(file.specs()), "added": added, "changed": len(mine) - added, "hidden": hidden}
        yield {"file": file.path, "name": file.name, "version": file.version, **counts}


@command
def schema(
    overlay: Annotated[
        bool, typer.Option("--overlay", help="for an overlay: known ids do not need all fields")
    ] = False,
    output: Output = None,
    force: Force = False,
) -> None:
    """The catalogue's format as a JSON Schema, with which an editor completes and checks the TOML.

    Write it beside your file, and make `#:schema ./catalogue.schema.json` the first line of your file.
    """
    check_endings([("--output", output, "json")])
    work = Workspace(None, outputs=[("--output", output)], force=force)
    bundled = load_catalogue()  # without this user's overlays: the schema may be given to others
    made = catalogue_schema(bundled.facts, bundled.services if overlay else ())
    work.write(json.dumps(made, ensure_ascii=False, indent=1) + "\n", output)
