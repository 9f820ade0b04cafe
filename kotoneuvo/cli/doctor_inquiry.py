"""What `kotoneuvo doctor` looks at. Each inquiry looks at one thing and says what it found; none touches a network."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import kotoneuvo
from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.cli.catalogues import overlays
from kotoneuvo.cli.environment import LANGUAGE_VARIABLE, Environment
from kotoneuvo.words import LANGUAGES, Words, translated

if TYPE_CHECKING:
    from kotoneuvo.advice.service import Catalogue

OLDEST = (3, 11)
"""The oldest Python that the program runs on."""
NARROW = 60
"""Columns below which a page is hard to read."""
OLD = 12
"""Months after which a catalogue in which nothing was confirmed is called old."""
SIGNS = "✓ ? → ä å Ж ع"


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


def inquire(environment: Environment, words: Words, lang: str | None, files: Sequence[Path]) -> Iterator[Finding]:
    """Everything, in the order in which a person would mend it."""
    from kotoneuvo.cli.doctor_packages import look_at_packages

    yield look_at_python(words, sys.version_info[:3])
    yield from look_at_packages(words)
    yield from look_at_catalogue(environment, words, files)
    yield look_at_language(environment, words, lang)
    yield from look_at_terminal(environment, words)


def look_at_python(words: Words, version: tuple[int, int, int]) -> Finding:
    """The program, the Python that runs it, and the system."""
    _ = words.gettext
    number = ".".join(map(str, version))
    details = {"python": number, "system": platform.system()}
    said = _("kotoneuvo {version}, Python {python} on {system}").format(version=kotoneuvo.__version__, **details)
    if version < OLDEST:
        advice = _("Install Python {oldest} or newer.").format(oldest=".".join(map(str, OLDEST)))
        return Finding("python", State.PROBLEM, said, advice, details)
    return Finding("python", State.OK, said, details=details)


def look_at_catalogue(environment: Environment, words: Words, files: Sequence[Path]) -> Iterator[Finding]:
    """Which files count, how many services they hold together, and how old what they say is."""
    from kotoneuvo.catalogue.bundle import data_folder
    from kotoneuvo.catalogue.load import load_catalogue

    _ = words.gettext
    laid = overlays(environment, list(files))
    try:
        paths = [str(path) for path in (data_folder() / "services.toml", *laid)]
        catalogue = load_catalogue(overlays=laid)
    except InputProblems as error:
        advice = "\n".join(line for each in error.problems for line in words.problem(each).splitlines())
        yield Finding("catalogue", State.PROBLEM, _("The catalogue cannot be read."), advice)
        return
    count = len(catalogue.services)
    said = words.ngettext("Catalogue {version}: {count} service", "Catalogue {version}: {count} services", count)
    details = {"version": catalogue.version, "services": count, "files": paths}
    yield Finding("catalogue", State.OK, said.format(version=catalogue.version, count=count), details=details)
    for path in paths[1:]:
        yield Finding("catalogue", State.OK, _("Laid over it: {file}").format(file=path), details={"file": path})
    yield _age(environment, words, catalogue)


def _age(environment: Environment, words: Words, catalogue: Catalogue) -> Finding:
    from kotoneuvo.catalogue.freshness import find_due
    from kotoneuvo.catalogue.read_contacts import months_after

    _ = words.gettext
    newest = max((service.assured for service in catalogue.services.values()), default=environment.today)
    past = len(find_due(catalogue, environment.today, 0))
    details = {"newest": newest.isoformat(), "past_review": past}
    said = _("The newest information is of {date}.").format(date=words.date(newest))
    if months_after(newest, OLD) < environment.today:
        return Finding("age", State.NOTE, said, _("Ask for a newer version of the program or its catalogue."), details)
    if past:
        said += " " + words.ngettext(
            "{count} service has not been confirmed for long, and says so where it is shown.",
            "{count} services have not been confirmed for long, and say so where they are shown.",
            past,
        ).format(count=past)
        advice = _("`kotoneuvo catalogue stale` lists what to look at, for those who keep the catalogue.")
        return Finding("age", State.NOTE, said, advice, details)
    return Finding("age", State.OK, said, details=details)


def look_at_language(environment: Environment, words: Words, lang: str | None) -> Finding:
    """The language of the program, and why it is that one."""
    _ = words.gettext
    variable = environment.variables.get(LANGUAGE_VARIABLE, "")
    name = LANGUAGES[words.language]
    details = {"language": words.language}
    if (asked := lang or variable) and asked not in LANGUAGES:
        said = _('There is no language "{asked}" in the program.').format(asked=asked)
        advice = _("Use one of these: {languages}").format(languages=", ".join(LANGUAGES))
        return Finding("language", State.PROBLEM, said, advice, details)
    if not translated(words.language):
        advice = _("Install the program anew: pip install --force-reinstall kotoneuvo")
        return Finding("language", State.PROBLEM, _("The translations are missing."), advice, details)
    locale = environment.locale_variable
    if asked:
        why = "--lang" if lang else f"{LANGUAGE_VARIABLE}={variable}"
        return Finding("language", State.OK, _("Language: {name} ({why})").format(name=name, why=why), "", details)
    if not locale:
        said = _("Language: {name} (the system names none)").format(name=name)
        advice = _("Choose with --lang fi, sv or en, or for good with the variable {variable}.")
        return Finding("language", State.NOTE, said, advice.format(variable=LANGUAGE_VARIABLE), details)
    why = f"{locale}={environment.variables[locale]}"
    return Finding("language", State.OK, _("Language: {name} ({why})").format(name=name, why=why), "", details)


def look_at_terminal(environment: Environment, words: Words) -> Iterator[Finding]:
    """Whether the interview can be held here and how, width and colours, and which signs can be written."""
    from kotoneuvo.render.terminal import console_for

    _ = words.gettext
    console = console_for(environment.stdout, environment.variables)
    width, colours = console.width, console.color_system if not console.no_color else None
    details = {"terminal": environment.on_terminal, "cursor": environment.capable, "columns": width, "colours": colours}
    if not environment.on_terminal:
        said = _("No terminal: the interview needs one, `kotoneuvo advise` does not.")
        yield Finding("terminal", State.NOTE, said, _("Start `kotoneuvo` in a terminal window."), details)
    elif not environment.capable:
        said = _("A simple terminal: the interview asks line by line, with numbers.")
        yield Finding("terminal", State.NOTE, said, _("That is right for a screen reader; else set TERM."), details)
    else:
        shown = _("Terminal: {width} columns, colours: {colours}")
        said = shown.format(width=width, colours=colours or _("none"))
        narrow = width < NARROW
        advice = _("Make the window wider: {columns} columns read well.").format(columns=80) if narrow else ""
        yield Finding("terminal", State.NOTE if narrow else State.OK, said, advice, details)
    yield _encoding(environment, words)


def _encoding(environment: Environment, words: Words) -> Finding:
    _ = words.gettext
    encoding = environment.stdout.encoding or "utf-8"
    try:
        SIGNS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        said = _("This output cannot write every sign ({encoding}): some stand there by name.").format(
            encoding=encoding
        )
        advice = _("Set the terminal to UTF-8 (on Windows: use Windows Terminal).")
        return Finding("encoding", State.NOTE, said, advice, {"encoding": encoding})
    said = _("Signs ({encoding}): {signs}").format(encoding=encoding, signs=SIGNS)
    advice = (
        _("Boxes or question marks instead? Choose another font for the terminal.") if environment.on_terminal else ""
    )
    return Finding("encoding", State.OK, said, advice, {"encoding": encoding})
