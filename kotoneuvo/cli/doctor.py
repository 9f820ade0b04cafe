"""`kotoneuvo doctor`: whether everything that the program needs is there, and what to do if not."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

import kotoneuvo
from kotoneuvo.cli.catalogues import CatalogueFiles
from kotoneuvo.cli.environment import Environment
from kotoneuvo.cli.guard import DONE, WRONG_INPUT, guarded
from kotoneuvo.cli.options import Lang
from kotoneuvo.words import LANGUAGES, Words

if TYPE_CHECKING:
    from kotoneuvo.cli.doctor_inquiry import Finding

SCHEMA = "kotoneuvo/doctor/1"


class Format(StrEnum):
    """How the findings are written."""

    TEXT = "text"
    JSON = "json"


@guarded
def run(
    catalogue: CatalogueFiles = None,
    form: Annotated[Format, typer.Option("--format", help="text, or json for scripts")] = Format.TEXT,
    lang: Lang = None,
) -> None:
    """Look at this computer: is everything there that the program needs, and what to do if not.

    Uses no network and says nothing about any person. Exit code 1 if the main work cannot be done.
    """
    from kotoneuvo.cli.doctor_inquiry import State, inquire

    environment = Environment.current()
    words = _words(environment, lang)
    findings = list(inquire(environment, words, lang, catalogue or []))
    environment.stdout.write(_as_json(findings) if form is Format.JSON else _as_text(findings, words))
    raise typer.Exit(WRONG_INPUT if any(each.state is State.PROBLEM for each in findings) else DONE)


def _words(environment: Environment, lang: str | None) -> Words:
    """The worker's language; English where the asked one is not known, which is a finding and no reason to stop."""
    from kotoneuvo.cli.environment import LANGUAGE_VARIABLE

    asked = lang or environment.variables.get(LANGUAGE_VARIABLE)
    return Words("en") if asked and asked not in LANGUAGES else environment.words(lang)


def _as_text(findings: list[Finding], words: Words) -> str:
    """A line each, with what to do under it, and the sum in the end."""
    from kotoneuvo.cli.doctor_inquiry import State

    _ = words.gettext
    names = {State.OK: _("ok"), State.NOTE: _("note"), State.PROBLEM: _("problem")}
    wide = max(len(name) for name in names.values())
    lines = []
    for each in findings:
        lines.append(f"{names[each.state]:{wide}}  {each.said}")
        lines += [f"{'':{wide}}  → {line}" for line in each.advice.splitlines()]
    broken = sum(each.state is State.PROBLEM for each in findings)
    said = words.ngettext("{count} problem stands in the way.", "{count} problems stand in the way.", broken)
    lines += ["", said.format(count=broken) if broken else _("kotoneuvo can do its work on this computer.")]
    return "\n".join(lines) + "\n"


def _as_json(findings: list[Finding]) -> str:
    data = {
        "schema": SCHEMA,
        "version": kotoneuvo.__version__,
        "findings": [
            {"topic": each.topic, "state": each.state.value, "said": each.said, "advice": each.advice, **each.details}
            for each in findings
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
