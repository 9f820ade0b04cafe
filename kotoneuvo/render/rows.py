"""Words fitted to the columns and rows of a window."""

from __future__ import annotations

import re
from textwrap import wrap

_NARROW = 12
"""Columns below which nothing is wrapped any narrower."""


def rows_of(text: str, width: int, most: int, indent: str) -> list[str]:
    """Wrapped words in at most so many rows; the last one ends with an ellipsis where something is left out."""
    lead = text[: len(text) - len(text.lstrip())]
    lines = wrap(text, max(width, _NARROW), subsequent_indent=indent, break_on_hyphens=False)
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
