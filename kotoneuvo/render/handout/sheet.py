"""What a handout says before it has a format: numbered steps, short lists, small print, in one or two languages."""

from __future__ import annotations

from typing import NamedTuple


class Said(NamedTuple):
    """A text in one language.

    `language` is a BCP 47 tag. `stand_in` names that language, in the reader's own, where the text only stands in for
    a translation that is missing; it is empty otherwise.
    """

    text: str
    language: str
    rtl: bool = False
    stand_in: str = ""


Line = tuple[Said, ...]
"""What one reader reads on a line: usually one text, else several with a dot between them."""
Phrase = tuple[Line, ...]
"""The same for each reader: the client first, on a bilingual handout the worker second."""


class Detail(NamedTuple):
    """A labelled way to reach a service.

    `value` is a number, an address or a page as it is used: it runs from left to right in every language. `around` are
    words about it; `link` is where it leads.
    """

    label: Phrase
    value: str = ""
    around: Phrase = ()
    link: str = ""


class Code(NamedTuple):
    """A QR code: what it holds, and what it does in words."""

    target: str
    caption: Phrase


class Step(NamedTuple):
    """One numbered step. `old` is True where the information is too old to go by without asking first."""

    number: int
    name: Said
    gloss: Phrase
    after: Phrase
    summary: Phrase
    points: tuple[Detail, ...]
    details: tuple[Detail, ...]
    codes: tuple[Code, ...]
    age: Phrase
    old: bool


class Brief(NamedTuple):
    """A service on one line: its name, what that means, the first contact or what comes before it."""

    name: Said
    gloss: Phrase
    details: tuple[Detail, ...]
    age: Phrase


class Block(NamedTuple):
    """A list of brief services under a heading."""

    heading: Phrase
    briefs: tuple[Brief, ...]


class Sheet(NamedTuple):
    """The whole handout; its first reader gives it language and direction."""

    readers: Line
    title: Phrase
    intro: Phrase
    steps: tuple[Step, ...]
    blocks: tuple[Block, ...]
    done: Phrase
    notes: Phrase
    closing: tuple[Phrase, ...]
    small_print: tuple[Phrase, ...]
