"""A terminal: styles, consoles, plain text, and words fitted to the columns and rows of a window."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from textwrap import wrap
from typing import TextIO

from rich.console import Console, RenderableType

PLAIN_WIDTH = 80
WIDEST = 100
_NARROW = 12
"""Columns below which nothing is wrapped any narrower."""
_IN_NUMBER, _NO_BREAK = re.compile(r"(?<=\d) (?=\d)"), "\u00a0"


@dataclass(frozen=True)
class Look:
    """The styles of a page. Colour is never the only sign: every mark is a sign or a word too."""

    title: str = "bold"
    heading: str = "bold cyan"
    phase: str = "cyan"
    name: str = "bold"
    sure: str = "green"
    unsure: str = "yellow"
    quiet: str = "dim"
    warning: str = "yellow"
    links: bool = True


COLOUR = Look()
BARE = Look("", "", "", "", "", "", "", "", links=False)


def to_text(renderable: RenderableType, width: int = PLAIN_WIDTH) -> str:
    """A renderable as plain text: no colour, no links, no trailing spaces."""
    file = StringIO()
    # rich would colour figures of its own accord, and for an old Windows console take a column off.
    Console(file=file, width=width, color_system=None, highlight=False, legacy_windows=False).print(renderable)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


def show(renderable: RenderableType, stream: TextIO, variables: Mapping[str, str]) -> None:
    """Print for people on a terminal, plain text into a pipe."""
    if stream.isatty():
        console_for(stream, variables).print(renderable)
    else:
        stream.write(to_text(renderable))


def console_for(stream: TextIO, variables: Mapping[str, str]) -> Console:
    """A console on a stream: colour on a terminal unless NO_COLOR is set; lines of readable length."""
    console = Console(file=stream, highlight=False, no_color="NO_COLOR" in variables or None)
    console.width = min(console.width, WIDEST) if stream.isatty() else PLAIN_WIDTH
    return console


def rows_of(text: str, width: int, most: int, indent: str) -> list[str]:
    """Wrapped words in at most so many rows; the last one ends with an ellipsis where something is left out."""
    lead = text[: len(text) - len(text.lstrip())]
    # A phone number stays in one row.
    text = _IN_NUMBER.sub(_NO_BREAK, text)
    # "ELY-keskus" and "040-123" are not torn at their hyphen.
    lines = wrap(text, max(width, _NARROW), subsequent_indent=indent, break_on_hyphens=False)
    lines = [line.replace(_NO_BREAK, " ") for line in lines]
    # textwrap drops the indent before a word that only fits without it.
    lines = [lead + lines[0].lstrip(), *lines[1:]] if lines else []
    if len(lines) > most:
        lines = [*lines[: most - 1], cut(lines[most - 1] + " …", width)]
    return lines


def cut(text: str, width: int) -> str:
    """A text that fits a row, with an ellipsis where it does not."""
    return text if len(text) <= width else text[: max(width - 1, 1)].rstrip(" ·,…") + "…"


def briefly(name: str, number: str = "") -> str:
    """A name without what stands in brackets, and without its own number where that is said already."""
    brief = re.sub(r" *\([^)]*\)", "", name)
    digits = r" *".join(re.escape(each) for each in number if each.isdigit())
    return re.sub(digits, "", brief).strip() or name if digits else brief
