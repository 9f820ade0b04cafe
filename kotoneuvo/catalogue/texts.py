"""What may stand in a text that people read: no sign that prints nothing or moves a cursor, and no end of letters."""

from __future__ import annotations

import unicodedata

LONGEST_TEXT = 2000
"""Letters: no text that people are to read is longer."""
_NOT_TEXT = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
_JOINERS = "\u200c\u200d\u00ad"


def first_steering(text: str) -> str:
    """The first character that is no text; empty if there is none. Nearly every text is printable as it is."""
    return "" if text.isprintable() else next(filter(_steers, text), "")


def only_text(text: str) -> str:
    """A text without the characters that print nothing or move the cursor."""
    return text if text.isprintable() else "".join(letter for letter in text if not _steers(letter))


def _steers(letter: str) -> bool:
    return unicodedata.category(letter) in _NOT_TEXT and letter not in _JOINERS
