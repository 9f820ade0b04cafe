"""What a report looks like before it has a format: sections of cards of lines, with the words already chosen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled line of a card; `link` makes the text clickable where that is possible."""

    label: str
    text: str
    link: str = ""


class Mark(Enum):
    """The sign before a service: it seems to fit, may fit, is shut today, opens later, or is closed to the person."""

    FITS = "✓"
    OPEN = "?"
    NOT_NOW = "…"
    LATER = "→"
    CLOSED = "✗"


@dataclass(frozen=True)
class Card:
    """One service as it is shown: heading, what one gets, why, how to get in, where, how old the information is.

    `number` counts the full cards of a page (0: none). `brief` cards take one line. `verified` is False where the
    information is too old; `age` says so in words.
    """

    id: str
    number: int
    phase: str
    name: str
    aside: str
    summary: str
    mark: Mark
    verified: bool
    brief: bool
    lines: tuple[Line, ...]
    note: str
    age: str


@dataclass(frozen=True)
class Section:
    """One stage of the pathway, with what comes before it."""

    heading: str
    intro: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Page:
    """The whole report in the order in which it is read."""

    title: str
    situation: str
    warnings: tuple[str, ...]
    sections: tuple[Section, ...]
    questions: str
    closing: tuple[str, ...]
