"""What the program is run in: streams, terminal, language, day. Tests replace it as a whole."""

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
"""The years of a day that may be asked about."""
LANGUAGE_VARIABLE = "KOTONEUVO_LANG"
CATALOGUES = "catalogues"
"""The folder inside the user's config folder whose files are overlays of the bundled catalogue."""


FOLDER_NAMED = N_("this is the name of a folder; name a file")


class UsageProblems(InputProblems):
    """What is wrong with the command line itself: exit code 2."""


def refused(message: str, option: str = "", **details: object) -> UsageProblems:
    """The refusal of what a command line asks for, or of one of its options, as one problem."""
    return UsageProblems([Problem(message, details, fieldname=option)])


def refuse_beside(other: str, options: Mapping[str, object]) -> None:
    """Raise UsageProblems for options that are given although `other` makes nothing of them."""
    given = [name for name, value in options.items() if value]
    if given:
        message = N_("this does not go with {other}")
        raise UsageProblems(Problem(message, {"other": other}, fieldname=name) for name in given)


def names_folder(name: str) -> bool:
    """Whether a name ends with the sign between folders, which `Path` drops: `x/` would become a file x."""
    return name.endswith(tuple(filter(None, (os.sep, os.altsep))))


@contextmanager
def located(path: Path) -> Iterator[None]:
    """While inside, problems that name no file are this file's."""
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
        """The real one, read now and not at import."""
        now = datetime.now()
        return cls(sys.stdin, sys.stdout, sys.stderr, os.environ, now.date(), now)

    @property
    def on_terminal(self) -> bool:
        """Whether a person sits at both ends."""
        return self.stdin.isatty() and self.stdout.isatty()

    @property
    def capable(self) -> bool:
        """Whether the terminal can move its cursor."""
        # Without TERM nothing is known of a terminal: a line at a time works on any.
        term = self.variables.get("TERM", "" if os.name != "nt" else "windows")
        return self.on_terminal and term not in ("", "dumb", "unknown")

    def words(self, language: str | None) -> Words:
        """The worker's language: as asked, else by KOTONEUVO_LANG, else by the locale; English for others.

        Raises UsageProblems for a language that the program does not speak.
        """
        asked = language or self.variables.get(LANGUAGE_VARIABLE)
        if asked:
            if asked not in LANGUAGES:
                details = {"kind": "language", "found": asked}
                raise UsageProblems([Problem('unknown {kind} "{found}"', details, allowed=tuple(LANGUAGES))])
            return Words(asked)
        locales = map(self.variables.get, ("LC_ALL", "LC_MESSAGES", "LANG"))
        code = (next(filter(None, locales), None) or "")[:2]
        return Words(code if code in LANGUAGES else "en")

    def user_catalogues(self) -> list[Path]:
        """The catalogue files in the user's config folder, in the order of their names; hidden ones do not count."""
        folder = self.catalogue_folder()
        listed = folder.iterdir() if folder.is_dir() else ()
        # What an editor or a file manager leaves there begins with a dot.
        return sorted(each for each in listed if each.suffix.casefold() == ".toml" and not each.name.startswith("."))

    def catalogue_folder(self) -> Path:
        """Where the user may put overlays that always count."""
        # Empty or relative it does not count (XDG Base Directory 0.8), which typer leaves to us.
        if not Path(os.environ.get("XDG_CONFIG_HOME", "/")).is_absolute():
            del os.environ["XDG_CONFIG_HOME"]
        return Path(typer.get_app_dir("kotoneuvo", roaming=False), CATALOGUES)

    def day(self, given: str | None, option: str = "--as-of") -> date:
        """The day that an option gives ("2026-11-30", "30.11.2026"), else today. Raises UsageProblems for others."""
        if not given:
            return self.today
        try:
            day = date.fromisoformat(iso_date(given))
        except ValueError:
            problem = Problem(
                '"{found}" is not a day', {"found": given}, fieldname=option, allowed=("YYYY-MM-DD", "30.11.2026")
            )
            raise UsageProblems([problem]) from None
        if day.year not in YEARS:
            # People's years are counted from it, back and ahead.
            message = N_('the year of "{found}" is not between {first} and {last}')
            found = {"found": given, "first": YEARS[0], "last": YEARS[-1]}
            raise UsageProblems([Problem(message, found, fieldname=option)])
        return day
