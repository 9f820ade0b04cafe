"""What a command works with: language, day, output, and the bundled catalogue with the user's overlays."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.cli.environment import Environment, UsageProblems

if TYPE_CHECKING:
    from datetime import date

    from rich.console import RenderableType

    from kotoneuvo.advice.service import Catalogue, Service
    from kotoneuvo.catalogue.overlays import CatalogueFile
    from kotoneuvo.cli.named_files import Named

CatalogueFiles = Annotated[
    list[Path] | None, typer.Option("--catalogue", help="an overlay: a catalogue file of your own (repeatable)")
]


class Workspace:
    """Language, day and catalogue as the options ask for them; the catalogue is read when it is first used."""

    def __init__(
        self,
        lang: str | None,
        as_of: str | None = None,
        files: Sequence[Path] | None = None,
        outputs: Sequence[Named] = (),
        inputs: Sequence[Named] = (),
        *,
        force: bool = False,
    ) -> None:
        """Raises UsageProblems and InputProblems for an unknown language or day, and for the named files."""
        from kotoneuvo.cli.named_files import check_files

        self.environment = Environment.current()
        self.words, self.day = self.environment.words(lang), self.environment.day(as_of)
        # Before the catalogue is read, so that a refused file name is reported at once.
        check_files(self.environment, self.words, outputs, inputs, files or (), force=force)
        self._given = tuple(files or ())

    @property
    def overlays(self) -> list[Path]:
        """The overlays, lowest priority first: those of the config folder, then those of --catalogue."""
        # Looked up each time, as the interview may have written the user's first file in the meantime.
        return [*self.environment.user_catalogues(), *self._given]

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue with all overlays. Raises InputProblems with every problem of any file."""
        return self.catalogue_with(None)

    def catalogue_with(self, own: Path | None) -> Catalogue:
        """Return the catalogue with the file `own` on top, if it exists and is not one of the overlays."""
        from kotoneuvo.catalogue.load import load_catalogue

        return load_catalogue(overlays=self._with(own))

    def files(self, own: Path | None = None) -> tuple[CatalogueFile, ...]:
        """Return the files as they are written, lowest priority first: the bundled one, the overlays, and `own`."""
        from kotoneuvo.catalogue.build import bundled_file
        from kotoneuvo.catalogue.overlays import read_overlays

        return (bundled_file(), *read_overlays(self._with(own)))

    def _with(self, own: Path | None) -> list[Path]:
        # Compared by their real paths, as a file may be named in two ways, or through a link.
        known = set(map(os.path.realpath, self.overlays))
        return [*self.overlays, *([own] if own and own.exists() and os.path.realpath(own) not in known else [])]

    def write(self, payload: str | bytes, target: Path | None = None) -> None:
        """Write to the file `target`, or to stdout if that is None. Raises InputProblems."""
        from kotoneuvo.cli.output import write_result

        write_result(payload, target, self.environment.stdout)

    def say(self, *messages: object) -> None:
        """Print messages to stderr, one on each line; stdout is for results only."""
        for each in messages:
            print(each, file=self.environment.stderr)

    def show(self, page: RenderableType) -> None:
        """Print to stdout, in colour where the terminal and NO_COLOR allow it."""
        from kotoneuvo.render import terminal

        terminal.show(page, self.environment.stdout, self.environment.variables)


def need(package: str, install: str = "'kotoneuvo[care]'") -> None:
    """Raise InputProblems that say what to `install`, if an optional package is missing."""
    from importlib.util import find_spec

    if find_spec(package) is None:
        details = {"package": package, "install": install}
        raise InputProblems([Problem("this needs {package}: pip install {install}", details)])


_FILTERS = {"municipality": "--municipality", "goals": "--goal", "customer_role": "--audience"}
"""The options of a list that are read like answers."""


class Filter(NamedTuple):
    """Filters of a list of services; None lets every service through."""

    municipality: str | None = None
    goal: str | None = None
    audience: str | None = None
    operating: str | None = None

    def pick(self, catalogue: Catalogue, day: date) -> list[Service]:
        """Return the services that pass on a day. Raises UsageProblems for an unknown municipality, goal or state."""
        from kotoneuvo.advice.assessment import may_serve, serves
        from kotoneuvo.advice.service import Operating
        from kotoneuvo.advice.situation import read_answers, unknown_name

        facts = catalogue.facts
        given = {"municipality": self.municipality, "goals": self.goal, "customer_role": self.audience}
        try:
            answers = read_answers(facts, given)
        except InputProblems as error:
            named = ((each, _FILTERS.get(each.fieldname, each.fieldname)) for each in error.problems)
            raise UsageProblems(each._replace(fieldname=option) for each, option in named) from None
        states = tuple(each.value for each in Operating)
        if self.operating is not None and self.operating not in states:
            raise UsageProblems([unknown_name("state", self.operating, states)._replace(fieldname="--operating")])
        return [
            service
            for service in catalogue.services.values()
            if may_serve(service, answers, facts)
            and serves(service, answers.goals)
            and self.operating in (None, service.operating(day).value)
        ]
