"""`kotoneuvo doctor`: whether everything that the main work needs is there, and what to do if not."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, distribution, requires
from pathlib import Path
from typing import Annotated

import typer

import kotoneuvo
from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.cli.catalogues import CatalogueFiles, overlays
from kotoneuvo.cli.environment import LANGUAGE_VARIABLE, Environment
from kotoneuvo.cli.exit_codes import DONE, WRONG_INPUT, guarded
from kotoneuvo.cli.options import Lang
from kotoneuvo.words import LANGUAGES, Words, translated

SCHEMA = "kotoneuvo/doctor/1"
FOR_BATCH = ("numpy", "python-calamine")
"""What only intake files need, and what kotoneuvo.pyz leaves out: it is made for each system."""
EXTRAS = ("pdf", "care")
"""The optional parts that a user may install."""
_REQUIREMENT = re.compile(r"""([\w.-]+)[^;]*(?:;.*\bextra\s*==\s*['"]([\w-]+)['"])?""")


class Format(StrEnum):
    """How the findings are written."""

    TEXT = "text"
    JSON = "json"


class State(StrEnum):
    """Fine; worth knowing; in the way of the main work."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, in the worker's language; `advice` says what to do, `details` are for scripts."""

    topic: str
    state: State
    said: str
    advice: str = ""
    details: Mapping[str, object] = field(default_factory=dict)


@guarded
def run(
    catalogue: CatalogueFiles = None,
    form: Annotated[Format, typer.Option("--format", help="text, or json for scripts")] = Format.TEXT,
    lang: Lang = None,
) -> None:
    """Check this computer: what is missing, and what to do about it.

    Uses no network, and its output contains nothing about any person. Exit code 1 if kotoneuvo cannot work here.
    """
    environment = Environment.current()
    asked = lang or environment.variables.get(LANGUAGE_VARIABLE)
    # A language that is not there is a finding, and no reason to stop.
    words = Words("en") if asked and asked not in LANGUAGES else environment.words(lang)
    findings = [
        Finding("python", State.OK, f"kotoneuvo {kotoneuvo.__version__}, Python {platform.python_version()}"),
        *look_at_packages(words, wanted_packages()),
        *look_at_catalogue(environment, words, catalogue or []),
        look_at_language(words, asked),
        look_at_terminal(environment, words),
    ]
    environment.stdout.write(_as_json(findings) if form is Format.JSON else _as_text(findings, words))
    raise typer.Exit(WRONG_INPUT if any(each.state is State.PROBLEM for each in findings) else DONE)


def look_at_packages(words: Words, wanted: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Whether every needed package is there, and the optional ones, by extra ("": always needed)."""
    _ = words.gettext
    missing = [name for name in wanted.get("", ()) if not _version(name) and name not in FOR_BATCH]
    if missing:
        said = _("Missing packages: {names}").format(names=", ".join(missing))
        advice = _("Reinstall the program: pip install --force-reinstall kotoneuvo")
        yield Finding("packages", State.PROBLEM, said, advice)
    else:
        yield Finding("packages", State.OK, _("All required packages are installed"))
    optional = {"pdf": _("Handouts as PDF"), "care": _("Looking after the catalogue")}
    parts = [(extra, what, wanted.get(extra, ()), f"'kotoneuvo[{extra}]'") for extra, what in optional.items()]
    for topic, what, names, package in (("batch", _("Intake files"), FOR_BATCH, " ".join(FOR_BATCH)), *parts):
        absent = [name for name in names if not _version(name)]
        if absent:
            said = _("{what}: not installed ({names})").format(what=what, names=", ".join(absent))
            advice = _("Optional: pip install {package}").format(package=package)
            yield Finding(topic, State.NOTE, said, advice)


def wanted_packages() -> Mapping[str, Sequence[str]]:
    """The names of the needed packages by extra ("": always), as the installed program's metadata lists them."""
    try:
        lines = requires("kotoneuvo") or []
    except PackageNotFoundError:  # a checkout that is not installed
        return {}
    found: dict[str, list[str]] = {extra: [] for extra in ("", *EXTRAS)}
    for line in lines:
        if (match := _REQUIREMENT.match(line)) and (match[2] or "") in found:
            found[match[2] or ""].append(match[1])
    return found


def _version(name: str) -> str | None:
    try:
        return distribution(name).version
    except PackageNotFoundError:
        return None


def look_at_catalogue(environment: Environment, words: Words, files: Sequence[Path]) -> Iterator[Finding]:
    """Which files count, how many services they hold together, and how new what they say is."""
    from kotoneuvo.catalogue.load import load_catalogue

    _ = words.gettext
    laid = overlays(environment, list(files))
    try:
        catalogue = load_catalogue(overlays=laid)
    except InputProblems as error:
        advice = "\n".join(line for each in error.problems for line in words.problem(each).splitlines())
        yield Finding("catalogue", State.PROBLEM, _("The catalogue cannot be read."), advice)
        return
    count = len(catalogue.services)
    said = words.ngettext("Catalogue {version}: {count} service", "Catalogue {version}: {count} services", count)
    details = {"version": catalogue.version, "services": count}
    yield Finding("catalogue", State.OK, said.format(version=catalogue.version, count=count), details=details)
    for path in laid:
        yield Finding("catalogue", State.OK, _("Overlay: {file}").format(file=path), details={"file": str(path)})
    newest = max((service.assured for service in catalogue.services.values()), default=environment.today)
    said = _("The newest information is from {date}.").format(date=words.date(newest))
    yield Finding("age", State.OK, said, details={"newest": newest.isoformat()})


def look_at_language(words: Words, asked: str | None) -> Finding:
    """The language of the program."""
    _ = words.gettext
    if asked and asked not in LANGUAGES:
        said = _('The program is not available in the language "{asked}".').format(asked=asked)
        advice = _("Use one of these: {languages}").format(languages=", ".join(LANGUAGES))
        return Finding("language", State.PROBLEM, said, advice)
    if not translated(words.language):
        advice = _("Reinstall the program: pip install --force-reinstall kotoneuvo")
        return Finding("language", State.PROBLEM, _("The translations are missing."), advice)
    said = _("Language: {name}").format(name=LANGUAGES[words.language])
    advice = "" if asked else _("To change it: --lang fi, sv or en, or the variable {variable}.")
    return Finding("language", State.OK, said, advice.format(variable=LANGUAGE_VARIABLE))


def look_at_terminal(environment: Environment, words: Words) -> Finding:
    """Whether the interview can be held here and how."""
    _ = words.gettext
    if not environment.on_terminal:
        said = _("No terminal: the interview needs one, `kotoneuvo advise` does not.")
        return Finding("terminal", State.NOTE, said, _("Start `kotoneuvo` in a terminal window."))
    if not environment.capable:
        said = _("A simple terminal: the interview asks line by line, with numbers.")
        return Finding("terminal", State.NOTE, said, _("That suits a screen reader; otherwise set TERM."))
    return Finding("terminal", State.OK, _("The interview works in this terminal."))


def _as_text(findings: Sequence[Finding], words: Words) -> str:
    """A line each, with what to do under it, and the sum in the end."""
    _ = words.gettext
    names = {State.OK: _("ok"), State.NOTE: _("note"), State.PROBLEM: _("problem")}
    wide = max(len(name) for name in names.values())
    lines = []
    for each in findings:
        lines.append(f"{names[each.state]:{wide}}  {each.said}")
        lines += [f"{'':{wide}}  → {line}" for line in each.advice.splitlines()]
    broken = sum(each.state is State.PROBLEM for each in findings)
    said = words.ngettext("{count} problem must be solved first.", "{count} problems must be solved first.", broken)
    lines += ["", said.format(count=broken) if broken else _("kotoneuvo works on this computer.")]
    return "\n".join(lines) + "\n"


def _as_json(findings: Sequence[Finding]) -> str:
    data = {
        "schema": SCHEMA,
        "version": kotoneuvo.__version__,
        "findings": [
            {"topic": each.topic, "state": each.state.value, "said": each.said, "advice": each.advice, **each.details}
            for each in findings
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
