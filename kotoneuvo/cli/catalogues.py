"""Which catalogue counts: the bundled one, the user's own files over it, those of --catalogue on top; what of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.cli.environment import Environment, UsageProblems

if TYPE_CHECKING:
    from datetime import date

    from rich.console import RenderableType

    from kotoneuvo.advice.service import Catalogue, Operating, Service
    from kotoneuvo.catalogue.overlays import CatalogueFile
    from kotoneuvo.cli.named_files import Named
    from kotoneuvo.words import Words

CatalogueFiles = Annotated[
    list[Path] | None, typer.Option("--catalogue", help="an overlay: a catalogue file of your own (repeatable)")
]


class Session(NamedTuple):
    """What a command that works with the catalogue begins with."""

    environment: Environment
    words: Words
    day: date
    catalogue: Catalogue

    @classmethod
    def begin(
        cls,
        lang: str | None,
        as_of: str | None,
        files: list[Path] | None,
        outputs: Sequence[Named] = (),
        inputs: Sequence[Named] = (),
        *,
        force: bool = False,
    ) -> Session:
        """Language, day and catalogue as the options ask for them, once the named files are in order.

        Raises UsageProblems and InputProblems.
        """
        from kotoneuvo.cli.named_files import check_files

        environment = Environment.current()
        words, day = environment.words(lang), environment.day(as_of)
        check_files(environment, words, outputs, inputs, files or (), force=force)
        return cls(environment, words, day, open_catalogue(environment, files))

    def write(self, payload: str | bytes, target: Path | None) -> None:
        """Write to a file, or to stdout without one. Raises InputProblems."""
        from kotoneuvo.cli.output import write_result

        write_result(payload, target, self.environment.stdout)

    def show(self, page: RenderableType) -> None:
        """Print on stdout, in colour where that is wanted."""
        from kotoneuvo.render import terminal

        terminal.show(page, self.environment.stdout, self.environment.variables)


def open_catalogue(environment: Environment, files: list[Path] | None) -> Catalogue:
    """The catalogue with all overlays. Raises InputProblems with what is wrong in any file."""
    from kotoneuvo.catalogue.load import load_catalogue

    return load_catalogue(overlays=overlays(environment, files))


def overlays(environment: Environment, files: list[Path] | None) -> list[Path]:
    """The overlays of the bundled catalogue, from the lowest up."""
    return [*environment.user_catalogues(), *(files or ())]


def catalogue_files(environment: Environment, files: list[Path] | None) -> tuple[CatalogueFile, ...]:
    """The bundled catalogue and all overlays as they are written, from the lowest up."""
    from kotoneuvo.catalogue.build import bundled_file
    from kotoneuvo.catalogue.overlays import read_overlays

    return (bundled_file(), *read_overlays(overlays(environment, files)))


def with_own(files: list[Path] | None, own: Path | None) -> list[Path]:
    """The files of --catalogue, with a file of one's own on top: if there is one, and it is not among them."""
    listed = files or []
    return [*listed, own] if own and own.exists() and own not in listed else listed


def need(package: str, install: str = "'kotoneuvo[care]'") -> None:
    """Raise InputProblems, with what to `install`, if a package is not there that not everybody needs."""
    from importlib.util import find_spec

    if find_spec(package) is None:
        details = {"package": package, "install": install}
        raise InputProblems([Problem("this needs {package}: pip install {install}", details)])


class Filter(NamedTuple):
    """What a list of services is narrowed to; None lets everything through."""

    municipality: str | None = None
    goal: str | None = None
    audience: str | None = None
    operating: str | None = None

    def pick(self, catalogue: Catalogue, day: date) -> list[Service]:
        """The services that pass on that day. Raises UsageProblems for a filter that names nothing."""
        from kotoneuvo.advice.assessment import may_serve, serves
        from kotoneuvo.advice.situation import read_answers

        facts = catalogue.facts
        given = {"municipality": self.municipality, "goals": self.goal, "customer_role": self.audience}
        try:
            answers = read_answers(facts, given)
            state = _state(self.operating)
        except InputProblems as error:
            raise UsageProblems(error.problems) from None
        return [
            service
            for service in catalogue.services.values()
            if may_serve(service, answers, facts)
            and serves(service, answers.goals)
            and (state is None or service.operating(day) is state)
        ]


def _state(operating: str | None) -> Operating | None:
    from kotoneuvo.advice.service import Operating
    from kotoneuvo.advice.situation import unknown_name

    names = tuple(each.value for each in Operating)
    if operating is not None and operating not in names:
        raise InputProblems([unknown_name("state", operating, names)])
    return None if operating is None else Operating(operating)
