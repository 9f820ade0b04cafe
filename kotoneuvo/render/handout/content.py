"""What a handout says before it has a format: one thing to do now, what comes then, a strip to show at a counter."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple


class TaggedText(NamedTuple):
    """A text in one language.

    `language` is a BCP 47 tag. `stand_in` names that language, in the reader's own, where the text only stands in for
    a translation that is missing; it is empty otherwise.
    """

    text: str
    language: str
    rtl: bool = False
    stand_in: str = ""


# The names of classes in the style sheet, so that estimate and page never differ.
LENGTHS = ("", "long", "longest")


def name_length(name: TaggedText) -> str:
    """How long a name is, one of `LENGTHS`: the type of a longer one is smaller, so that it stays whole."""
    return LENGTHS[(len(name.text) > 34) + (len(name.text) > 60)]


Line = tuple[TaggedText, ...]
"""What one reader reads on a line: usually one text, else several with a dot between them."""
Phrase = tuple[Line, ...]
"""The same for each reader: the client first, on a bilingual handout the worker second."""


class Sign(Enum):
    """The pictograms, for those who read little: drawn in `drawings.SIGNS`."""

    PHONE = "phone"
    HOUSE = "house"
    PAGE = "page"
    CLOCK = "clock"
    DOCUMENT = "document"


class Reach(NamedTuple):
    """One way to reach an office, beside its sign.

    `value` is a number, an address or a page as it is printed: it runs from left to right in every language. Without a
    value there is a line to write on (unless `fill` is False). `link` is where it leads; `words` say what the sign
    alone does not.
    """

    sign: Sign
    value: str = ""
    link: str = ""
    words: Phrase = ()
    main: bool = False
    fill: bool = True


class Hours(NamedTuple):
    """Days and hours as rows of a table, so that they never turn in writing from right to left; or in `words`."""

    rows: tuple[tuple[Phrase, str], ...] = ()
    words: Phrase = ()


class Code(NamedTuple):
    """A QR code: what it holds, and what it does in words."""

    target: str
    caption: Phrase


class Detail(NamedTuple):
    """A label with words."""

    label: Phrase
    words: Phrase


class PaperStep(NamedTuple):
    """One numbered step: what to do, at which office, how to reach it; `details` are for the second page.

    `age` says from when the information is, where it is too old to go by without asking first.
    """

    number: int
    verb: Phrase
    office: TaggedText
    gloss: Phrase
    after: Phrase
    reach: tuple[Reach, ...]
    hours: Hours
    code: Code | None
    how: Phrase
    bring: Phrase
    details: tuple[Detail, ...]
    age: Phrase


class Brief(NamedTuple):
    """A service on one line: its name, what that means, how to reach it or what comes before it."""

    name: TaggedText
    gloss: Phrase
    reach: tuple[Reach, ...]
    after: Phrase


class ServiceList(NamedTuple):
    """A list of brief services under a heading."""

    heading: Phrase
    briefs: tuple[Brief, ...]


class Danger(NamedTuple):
    """A number for urgent help, and when to call it; without a number a field to write it in."""

    words: Phrase
    number: str


class Strip(NamedTuple):
    """What to show at a counter: lines in the office's language, and what they mean in the reader's.

    A line is a row of texts and of blanks to write on (their lengths in millimetres).
    """

    caption: Phrase
    lines: tuple[tuple[TaggedText | int, ...], ...]


class Handout(NamedTuple):
    """The whole handout: its first reader gives it language and direction; `on_first` steps stand on the first page."""

    readers: Line
    title: Phrase
    place: TaggedText
    day: Phrase
    notices: tuple[Phrase, ...]
    steps: tuple[PaperStep, ...]
    on_first: int
    nothing: Phrase
    then: Phrase
    bring: Phrase
    appointment: tuple[Phrase, ...]
    danger: tuple[Danger, ...]
    blocks: tuple[ServiceList, ...]
    closing: tuple[Phrase, ...]
    small_print: tuple[Phrase, ...]
    strip: Strip
    press: Mapping[str, Phrase]
    speech: Phrase
