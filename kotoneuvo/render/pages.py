"""HTML pages from templates, one frame for all: self-contained, nothing fetched, every text escaped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jinja2 import Environment

PACKAGE = Path(__file__).resolve().parents[1]
"""Templates are named by their path in here, so that they stand beside the module that fills them."""
COMPILED = PACKAGE / "render" / "compiled"
"""The templates as the Python that jinja2 makes of them: only in an installed program, the build puts them there."""


class Table(NamedTuple):
    """A table in words; columns from `numbers` on hold numbers."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: int = 1


@cache
def templates() -> Environment:
    """The templates of the package; what a template does not know is an error, not a gap on the page."""
    # Imported here: only commands that write a page pay for it.
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, ModuleLoader, StrictUndefined

    # To compile the handout's template takes longer than all else that is done for a handout.
    loader = ChoiceLoader([ModuleLoader(COMPILED), FileSystemLoader(PACKAGE)])
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def render_page(template: str, language: str, title: str, **content: object) -> str:
    """A whole page in a language ("fi"), with what its template says of `content`."""
    page: str = templates().get_template(template).render(language=language, title=title, **content)
    # jinja2 leaves out the end of the last line.
    return page + "\n"
