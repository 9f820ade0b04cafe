"""The outside world in one object: streams, terminal, language, day. Tests replace it as a whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple, TextIO

import typer

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.dates import iso_date
from kotoneuvo.words import LANGUAGES, Words

YEARS = range(1900, 3000)
"""The years in which a day of advice may lie."""
LANGUAGE_VARIABLE = "KOTONEUVO_LANG"
CATALOGUES = "catalogues"
"""The folder inside the user's config folder whose files are overlays of the bundled catalogue."""


FOLDER_NAMED = N_("this is the name of a folder; name a file")


class UsageProblems(InputProblems):
    """Problems of the command line itself; they end with exit code 2."""


def refused(message: str, option: str = "", **details: object) -> UsageProblems:
    """Return one problem of the command line, or of its `option`, ready to be raised."""
    return UsageProblems([Problem(message, details, fieldname=option)])


def refuse_beside(other: str, options: Mapping[str, object]) -> None:
    """Raise UsageProblems for options that have a value, but no effect beside the option `other`."""
    given = [name for name, value in options.items() if value]
    if given:
        message = N_("this does not go with {other}")
        raise UsageProblems(Problem(message, {"other": other}, fieldname=name) for name in given)


def names_folder(name: str) -> bool:
    """Whether a name ends with a slash, which `Path` drops, so that "x/" would become a file x."""
    return name.endswith(tuple(filter(None, (os.sep, os.altsep))))


@contextmanager
def located(path: Path) -> Iterator[None]:
    """Give `path` to problems raised inside that name no file."""
    try:
        yield
    except InputProblems as error:
        raise type(error)(each._replace(where=each.where or str(path)) for each in error.problems) from None


class Environment(NamedTuple):
    """The outside world as the commands see it."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    variables: Mapping[str, str]
    today: date
    now: datetime | None = None

    @classmethod
    def current(cls) -> Environment:
        """Return the real one, read at this moment and not at import."""
        now = datetime.now()
        return cls(sys.stdin, sys.stdout, sys.stderr, os.environ, now.date(), now)

    @property
    def on_terminal(self) -> bool:
        """Whether both stdin and stdout are a terminal, so that a person can answer."""
        return self.stdin.isatty() and self.stdout.isatty()

    @property
    def capable(self) -> bool:
        """Whether the terminal can move its cursor."""
        # Without TERM nothing is known about the terminal, and asking line by line works on any.
        term = self.variables.get("TERM", "" if os.name != "nt" else "windows")
        return self.on_terminal and term not in ("", "dumb", "unknown")

    def words(self, language: str | None) -> Words:
        """Return the words of `language`, else of KOTONEUVO_LANG, else of the locale, else English ones.

        Raises UsageProblems for a language that the program does not have.
        """
        chosen = language or self.variables.get(LANGUAGE_VARIABLE)
        if chosen:
            if chosen not in LANGUAGES:
                details = {"kind": "language", "found": chosen}
                raise UsageProblems([Problem('unknown {kind} "{found}"', details, allowed=tuple(LANGUAGES))])
            return Words(chosen)
        # In the order of POSIX: the first one that is set and not empty counts.
        locales = map(self.variables.get, ("LC_ALL", "LC_MESSAGES", "LANG"))
        code = (next(filter(None, locales), None) or "")[:2]
        return Words(code if code in LANGUAGES else "en")

    def user_catalogues(self) -> list[Path]:
        """Return the catalogue files in the user's config folder, sorted by name; the last has the highest priority."""
        folder = self.catalogue_folder()
        listed = folder.iterdir() if folder.is_dir() else ()
        # Editors and file managers leave files there whose names begin with a dot.
        return sorted(each for each in listed if each.suffix.casefold() == ".toml" and not each.name.startswith("."))

    def catalogue_folder(self) -> Path:
        """Return the folder for overlays that always apply."""
        # Empty or relative it does not count (XDG Base Directory 0.8), which typer leaves to us.
        if not Path(os.environ.get("XDG_CONFIG_HOME", "/")).is_absolute():
            del os.environ["XDG_CONFIG_HOME"]
        return Path(typer.get_app_dir("kotoneuvo", roaming=False), CATALOGUES)

    def day(self, given: str | None, option: str = "--as-of") -> date:
        """Return the day that an option names ("2026-11-30", "30.11.2026"), else today. Raises UsageProblems."""
        if given is None:
            return self.today
        try:
            day = date.fromisoformat(iso_date(given))
        except ValueError:
            problem = Problem(
                '"{found}" is not a day', {"found": given}, fieldname=option, allowed=("YYYY-MM-DD", "30.11.2026")
            )
            raise UsageProblems([problem]) from None
        if day.year not in YEARS:
            # Ages and permits are counted back and ahead from the day, and `date` ends at the years 1 and 9999.
            message = N_('the year of "{found}" is not between {first} and {last}')
            found = {"found": given, "first": YEARS[0], "last": YEARS[-1]}
            raise UsageProblems([Problem(message, found, fieldname=option)])
        return day
