"""`kotoneuvo catalogue check`: everything that is wrong with catalogue files, and what should be mended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kotoneuvo.cli.environment import Environment
from kotoneuvo.cli.exit_codes import DONE, WRONG_INPUT, guarded
from kotoneuvo.cli.options import AsOf, Form, Format, Lang

if TYPE_CHECKING:
    from kotoneuvo.advice.problems import Problem
    from kotoneuvo.catalogue.check import Findings
    from kotoneuvo.words import Words

SCHEMA = "kotoneuvo/check/1"


@guarded
def run(
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
    from kotoneuvo.catalogue.check import check_files

    environment = Environment.current()
    words, day = environment.words(lang), environment.day(as_of)
    found = check_files(files or environment.user_catalogues(), day, alone=alone, base_too=not files)
    text = _as_json(found, words) if form is Format.JSON else _as_text(found, words)
    environment.stdout.write(text)
    raise typer.Exit(WRONG_INPUT if found.errors or (strict and found.warnings) else DONE)


def _as_text(found: Findings, words: Words) -> str:
    _ = words.gettext
    lines = [_("error: {problem}").format(problem=words.problem(each)) for each in found.errors]
    lines += [_("warning: {problem}").format(problem=words.problem(each)) for each in found.warnings]
    counts = (
        words.ngettext("{count} service", "{count} services", found.services).format(count=found.services),
        words.ngettext("{count} error", "{count} errors", len(found.errors)).format(count=len(found.errors)),
        words.ngettext("{count} warning", "{count} warnings", len(found.warnings)).format(count=len(found.warnings)),
    )
    return "\n".join([*lines, ", ".join(counts)]) + "\n"


def _as_json(found: Findings, words: Words) -> str:
    from kotoneuvo.cli.output import json_text

    errors, warnings = ([json_item(each, words) for each in listed] for listed in (found.errors, found.warnings))
    return json_text(SCHEMA, services=found.services, errors=errors, warnings=warnings)


def json_item(problem: Problem, words: Words) -> dict[str, Any]:
    """A problem as JSON has it: its place and its words, apart and together."""
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
