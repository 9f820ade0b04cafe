"""The content of a handout, independent of its format: the steps, the lists, a strip to show at a counter."""

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


# The names of classes in the style sheet, which the estimate of lengths uses too, so that both always agree.
LENGTHS = ("", "long", "longest")


def name_length(name: TaggedText) -> str:
    """Return which of `LENGTHS` a name has; longer names get smaller type, so that they need not be cut."""
    return LENGTHS[(len(name.text) > 34) + (len(name.text) > 60)]


Line = tuple[TaggedText, ...]
"""What one reader reads: usually one text, sometimes several, which are printed with a dot between them."""
Phrase = tuple[Line, ...]
"""The same in the language of each reader: the client's first, on a bilingual handout the worker's second."""


class Sign(Enum):
    """The pictograms, for people who read little; their drawings are in `drawings.SIGNS`."""

    PHONE = "phone"
    HOUSE = "house"
    PAGE = "page"
    CLOCK = "clock"
    DOCUMENT = "document"


class Reach(NamedTuple):
    """One way to reach an office, beside its sign.

    `value` is a number, an address or a page as printed, from left to right in every language. Without a value there is
    a line to write on, unless `fill` is False. `link` is the target of the value; `words` add what the sign does not
    say. The `main` way is printed largest.
    """

    sign: Sign
    value: str = ""
    link: str = ""
    words: Phrase = ()
    main: bool = False
    fill: bool = True


class Hours(NamedTuple):
    """Opening hours, as rows of days and times or in `words`."""

    # A table, because days and times in one line would change places in right-to-left text.

    rows: tuple[tuple[Phrase, str], ...] = ()
    words: Phrase = ()


class Code(NamedTuple):
    """A QR code: the link that it holds, and a caption that says what it does."""

    target: str
    caption: Phrase


class Detail(NamedTuple):
    """A label with words."""

    label: Phrase
    words: Phrase


class PaperStep(NamedTuple):
    """One numbered step: what to do, at which office, how to reach it.

    `gloss` says what the office's name means, `after` which step comes first, `details` are for the second page, and
    `age` gives the date of information that is too old to rely on.
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
    """A service on one line: its name and what that means, and how to reach it or which step comes before."""

    name: TaggedText
    gloss: Phrase
    reach: tuple[Reach, ...]
    after: Phrase


class ServiceList(NamedTuple):
    """A heading with services below it, one on each line."""

    heading: Phrase
    briefs: tuple[Brief, ...]


class Danger(NamedTuple):
    """A number for urgent help and when to call it; without a number there is a field to write it in."""

    words: Phrase
    number: str


class Strip(NamedTuple):
    """What to show at a counter: lines in the office's language, with a caption in the reader's.

    A line is made of texts and of blanks to write on; an int is the length of a blank in millimetres.
    """

    caption: Phrase
    lines: tuple[tuple[TaggedText | int, ...], ...]


class Handout(NamedTuple):
    """The whole handout. Its first reader sets language and direction; `on_first` steps are on the first page."""

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
