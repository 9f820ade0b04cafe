"""Output for a terminal or as plain text: styles, consoles, and texts fitted to columns and rows."""

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
"""The fewest columns to which text is wrapped."""
_IN_NUMBER, _NO_BREAK = re.compile(r"(?<=\d) (?=\d)"), "\u00a0"


@dataclass(frozen=True)
class Look:
    """The rich styles of a page. Colour never carries meaning alone: every mark is also a sign or a word."""

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
    """Return a renderable as plain text: no colour, no links, no trailing spaces."""
    file = StringIO()
    # By default rich colours figures, and leaves a column free for old Windows consoles.
    Console(file=file, width=width, color_system=None, highlight=False, legacy_windows=False).print(renderable)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


def show(renderable: RenderableType, stream: TextIO, variables: Mapping[str, str]) -> None:
    """Print with colour and links on a terminal, as plain text into a pipe."""
    if stream.isatty():
        console_for(stream, variables).print(renderable)
    else:
        stream.write(to_text(renderable))


def console_for(stream: TextIO, variables: Mapping[str, str]) -> Console:
    """Return a console on a stream: colour on a terminal unless NO_COLOR is set, lines of readable length."""
    console = Console(file=stream, highlight=False, no_color="NO_COLOR" in variables or None)
    console.width = min(console.width, WIDEST) if stream.isatty() else PLAIN_WIDTH
    return console


def rows_of(text: str, width: int, most: int, indent: str) -> list[str]:
    """Wrap a text into at most `most` rows; the last ends with an ellipsis if something is left out."""
    lead = text[: len(text) - len(text.lstrip())]
    # A phone number stays in one row.
    text = _IN_NUMBER.sub(_NO_BREAK, text)
    # "ELY-keskus" and "040-123" must not be broken at their hyphen.
    lines = wrap(text, max(width, _NARROW), subsequent_indent=indent, break_on_hyphens=False)
    lines = [line.replace(_NO_BREAK, " ") for line in lines]
    # textwrap drops the indent before a word that is too long to fit with it.
    lines = [lead + lines[0].lstrip(), *lines[1:]] if lines else []
    if len(lines) > most:
        lines = [*lines[: most - 1], cut(lines[most - 1] + " …", width)]
    return lines


def cut(text: str, width: int) -> str:
    """Return a text that fits in a row, cut with an ellipsis if it is longer."""
    return text if len(text) <= width else text[: max(width - 1, 1)].rstrip(" ·,…") + "…"


def briefly(name: str, number: str = "") -> str:
    """Return a name without its part in brackets, and without `number`, which is shown beside it."""
    brief = re.sub(r" *\([^)]*\)", "", name)
    digits = r" *".join(re.escape(each) for each in number if each.isdigit())
    return re.sub(digits, "", brief).strip() or name if digits else brief
