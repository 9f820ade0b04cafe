"""`kotoneuvo doctor`: checks that everything needed is installed and readable, and says what to do if not."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.metadata import Distribution, PackageNotFoundError, requires

import typer

import kotoneuvo
from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.cli.catalogues import CatalogueFiles, Workspace
from kotoneuvo.cli.commands import command
from kotoneuvo.cli.environment import LANGUAGE_VARIABLE
from kotoneuvo.cli.exit_codes import DONE, WRONG_INPUT
from kotoneuvo.cli.options import Form, Format, Lang
from kotoneuvo.cli.output import json_text
from kotoneuvo.dates import date_in_numbers
from kotoneuvo.words import LANGUAGES, Words, has_translation

FOR_BATCH = ("numpy", "python-calamine")
"""The packages that only `batch` needs. They are compiled for each system, so kotoneuvo.pyz leaves them out."""
EXTRAS = ("pdf", "care")
"""The optional parts that a user may install."""
# A requirement as in PEP 508: the name of a package, and the extra that asks for it.
_REQUIREMENT = re.compile(r"""([\w.-]+)[^;]*(?:;.*\bextra\s*==\s*['"]([\w-]+)['"])?""")


class Severity(StrEnum):
    """How much a finding matters: not at all; worth knowing; the program cannot do its main work."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class DoctorFinding:
    """The result of one check, in the worker's language: `advice` says what to do, `details` are for scripts."""

    topic: str
    state: Severity
    text: str
    advice: str = ""
    details: Mapping[str, object] = field(default_factory=dict)


@command
def run(
    catalogue: CatalogueFiles = None,
    form: Form = Format.TEXT,
    lang: Lang = None,
) -> None:
    """Check this computer: what is missing, and what to do about it.

    Uses no network, and its output contains nothing about any person. Exit code 1 if kotoneuvo cannot work here.
    """
    asked = lang or os.environ.get(LANGUAGE_VARIABLE)
    # An unknown language is a finding here, and must not stop the other checks.
    work = Workspace("en" if asked and asked not in LANGUAGES else lang, files=catalogue)
    words = work.words
    findings = [
        DoctorFinding("python", Severity.OK, f"kotoneuvo {kotoneuvo.__version__}, Python {platform.python_version()}"),
        *look_at_packages(words, wanted_packages()),
        *look_at_catalogue(work),
        look_at_language(words, asked),
        look_at_terminal(work),
    ]
    work.write(_as_json(findings) if form is Format.JSON else _as_text(findings, words))
    raise typer.Exit(WRONG_INPUT if any(each.state is Severity.PROBLEM for each in findings) else DONE)


def look_at_packages(words: Words, wanted: Mapping[str, Sequence[str]]) -> Iterator[DoctorFinding]:
    """Check the packages in `wanted`, by extra ("" for those always needed): a finding for each part."""
    _ = words.gettext
    # Packages for intake files get a finding of their own, as kotoneuvo.pyz cannot contain them.
    missing = [name for name in wanted.get("", ()) if not _is_installed(name) and name not in FOR_BATCH]
    if missing:
        text = _("Missing packages: {names}").format(names=", ".join(missing))
        advice = _("Reinstall the program: pip install --force-reinstall kotoneuvo")
        yield DoctorFinding("packages", Severity.PROBLEM, text, advice)
    else:
        yield DoctorFinding("packages", Severity.OK, _("All required packages are installed"))
    optional = {"pdf": _("Handouts as PDF"), "care": _("Looking after the catalogue")}
    parts = [(extra, what, wanted.get(extra, ()), f"'kotoneuvo[{extra}]'") for extra, what in optional.items()]
    for topic, what, names, package in (("batch", _("Intake files"), FOR_BATCH, " ".join(FOR_BATCH)), *parts):
        absent = [name for name in names if not _is_installed(name)]
        if absent:
            text = _("{what}: not installed ({names})").format(what=what, names=", ".join(absent))
            advice = _("Optional: pip install {package}").format(package=package)
            yield DoctorFinding(topic, Severity.NOTE, text, advice)


def wanted_packages() -> Mapping[str, Sequence[str]]:
    """Return the names of the packages by extra ("" for those always needed), from the installed metadata."""
    try:
        lines = requires("kotoneuvo") or []
    except PackageNotFoundError:  # a checkout that is not installed
        return {}
    found: dict[str, list[str]] = {extra: [] for extra in ("", *EXTRAS)}
    for line in lines:
        if (match := _REQUIREMENT.match(line)) and (match[2] or "") in found:
            found[match[2] or ""].append(match[1])
    return found


def _is_installed(name: str) -> bool:
    return any(Distribution.discover(name=name))


def look_at_catalogue(work: Workspace) -> Iterator[DoctorFinding]:
    """Check the catalogue: which files apply, how many services they have together, and how new the newest is."""
    words, _ = work.words, work.words.gettext
    try:
        catalogue = work.catalogue
    except InputProblems as error:
        advice = "\n".join(line for each in error.problems for line in words.problem(each).splitlines())
        yield DoctorFinding("catalogue", Severity.PROBLEM, _("The catalogue cannot be read."), advice)
        return
    details = {"version": catalogue.version, "services": len(catalogue.services)}
    text = words.counted(
        "Catalogue {version}: {count} service",
        "Catalogue {version}: {count} services",
        len(catalogue.services),
        version=catalogue.version,
    )
    yield DoctorFinding("catalogue", Severity.OK, text, details=details)
    for path in work.overlays:
        yield DoctorFinding(
            "catalogue", Severity.OK, _("Overlay: {file}").format(file=path), details={"file": str(path)}
        )
    newest = max((service.assured for service in catalogue.services.values()), default=work.environment.today)
    text = _("The newest information is from {date}.").format(date=date_in_numbers(newest))
    yield DoctorFinding("age", Severity.OK, text, details={"newest": newest.isoformat()})


def look_at_language(words: Words, asked: str | None) -> DoctorFinding:
    """Check that the program has the language that was asked for, with its translations."""
    _ = words.gettext
    if asked and asked not in LANGUAGES:
        text = _('The program is not available in the language "{asked}".').format(asked=asked)
        advice = _("Use one of these: {languages}").format(languages=", ".join(LANGUAGES))
        return DoctorFinding("language", Severity.PROBLEM, text, advice)
    if not has_translation(words.language):
        advice = _("Reinstall the program: pip install --force-reinstall kotoneuvo")
        return DoctorFinding("language", Severity.PROBLEM, _("The translations are missing."), advice)
    text = _("Language: {name}").format(name=LANGUAGES[words.language])
    advice = "" if asked else _("To change it: --lang fi, sv or en, or the variable {variable}.")
    return DoctorFinding("language", Severity.OK, text, advice.format(variable=LANGUAGE_VARIABLE))


def look_at_terminal(work: Workspace) -> DoctorFinding:
    """Check whether the interview works in this terminal, and how it asks."""
    _ = work.words.gettext
    if not work.environment.on_terminal:
        text = _("No terminal: the interview needs one, `kotoneuvo advise` does not.")
        return DoctorFinding("terminal", Severity.NOTE, text, _("Start `kotoneuvo` in a terminal window."))
    if not work.environment.capable:
        text = _("A simple terminal: the interview asks line by line, with numbers.")
        return DoctorFinding("terminal", Severity.NOTE, text, _("That suits a screen reader; otherwise set TERM."))
    return DoctorFinding("terminal", Severity.OK, _("The interview works in this terminal."))


def _as_text(findings: Sequence[DoctorFinding], words: Words) -> str:
    """Return a line for each finding with its advice below, and the verdict at the end."""
    _ = words.gettext
    names = {Severity.OK: _("ok"), Severity.NOTE: _("note"), Severity.PROBLEM: _("problem")}
    wide = max(len(name) for name in names.values())
    lines = []
    for each in findings:
        lines.append(f"{names[each.state]:{wide}}  {each.text}")
        lines += [f"{'':{wide}}  → {line}" for line in each.advice.splitlines()]
    broken = sum(each.state is Severity.PROBLEM for each in findings)
    lines += [
        "",
        words.counted("{count} problem must be solved first.", "{count} problems must be solved first.", broken)
        if broken
        else _("kotoneuvo works on this computer."),
    ]
    return "\n".join(lines) + "\n"


def _as_json(findings: Sequence[DoctorFinding]) -> str:
    listed = [
        {"topic": each.topic, "state": each.state.value, "said": each.text, "advice": each.advice, **each.details}
        for each in findings
    ]
    return json_text("kotoneuvo/doctor/1", version=kotoneuvo.__version__, findings=listed)
