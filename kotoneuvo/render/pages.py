"""HTML pages from templates with one common frame: self-contained, nothing fetched, every text escaped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jinja2 import Environment

PACKAGE = Path(__file__).resolve().parents[1]
"""Templates are named by their path from here, so that each can be beside the module that fills it."""
COMPILED = PACKAGE / "render" / "compiled"
"""The templates as Python made by jinja2; the build puts them there, so a checkout has none."""


class Table(NamedTuple):
    """A table of texts; the columns from index `numbers` on hold numbers, and are aligned as such."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: int = 1


@cache
def templates() -> Environment:
    """Return the templates of the package; an unknown name in one raises an error instead of leaving a gap."""
    # Imported here, so that only commands that write a page pay for it.
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, ModuleLoader, StrictUndefined

    # Compiled ones first: compiling the handout's template takes longer than everything else about a handout.
    loader = ChoiceLoader([ModuleLoader(COMPILED), FileSystemLoader(PACKAGE)])
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def render_page(template: str, language: str, title: str, **content: object) -> str:
    """Return a whole page in a `language` ("fi"), with the `content` that its template needs."""
    page: str = templates().get_template(template).render(language=language, title=title, **content)
    # jinja2 removes the newline at the end of a template.
    return page + "\n"
