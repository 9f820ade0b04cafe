"""Which catalogue counts: the bundled one, the user's own files over it, those of --catalogue on top."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.cli.environment import Environment

if TYPE_CHECKING:
    from kotoneuvo.advice.service import Catalogue

CatalogueFiles = Annotated[
    list[Path] | None, typer.Option("--catalogue", help="an overlay: a catalogue file of your own (repeatable)")
]


def open_catalogue(environment: Environment, files: list[Path] | None) -> Catalogue:
    """The catalogue with all overlays. Raises InputProblems with what is wrong in any file."""
    from kotoneuvo.catalogue.load import load_catalogue

    return load_catalogue(overlays=overlays(environment, files))


def overlays(environment: Environment, files: list[Path] | None) -> list[Path]:
    """The overlays of the bundled catalogue, from the lowest up."""
    return [*environment.user_catalogues(), *(files or ())]


def need(package: str, install: str = "'kotoneuvo[care]'") -> None:
    """Raise InputProblems, with what to `install`, if a package is not there that not everybody needs."""
    from importlib.util import find_spec

    if find_spec(package) is None:
        details = {"package": package, "install": install}
        raise InputProblems([Problem("this needs {package}: pip install {install}", details)])
