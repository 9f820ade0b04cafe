"""Contact points: the doors of services and offices, each with its source and date."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from kotoneuvo.advice.facts import NO_TEXT, Text, Value
from kotoneuvo.advice.hours import Closure, Span


class Source(NamedTuple):
    """Where something was read: lines of the 2020 document, or a page with its date (`seen` says what shows it).

    `said` is for what no page says: how it was told and by whom ("by phone, the service's adviser"), never a name.
    """

    url: str = ""
    date: str = ""
    lines: tuple[int, ...] = ()
    seen: str = ""
    said: str = ""


class ContactPoint(NamedTuple):
    """One door: what belongs together of a phone number, an e-mail address, a place and a page, with its hours.

    `confirmed` is the day on which its source was last seen to say so ("2020" counts as its first day; `dated` is how
    the source has it), `said` how it was told where no page says it, `review` the first day on which that is too old
    (None: no date). `url` holds pages by language
    code, "" where the language is not known. `hours` are words where the source is not as plain as `opening_hours`,
    `place` where it has no address. `audience` says for whom, in words; `area` which municipalities, if narrower than
    the service's; `role` what an office's door is for.
    """

    source: str
    confirmed: date | None = None
    dated: str = ""
    review: date | None = None
    name: Text = NO_TEXT
    phone: str = ""
    email: str = ""
    address: str = ""
    place: Text = NO_TEXT
    postal: str = ""
    url: Mapping[str, str] = NO_TEXT
    hours: Text = NO_TEXT
    opening_hours: tuple[Span, ...] = ()
    exceptions: tuple[Closure, ...] = ()
    languages: tuple[str, ...] = ()
    interpreter: bool = False
    audience: Text = NO_TEXT
    area: tuple[str, ...] = ()
    role: str = ""
    said: str = ""

    def stale(self, day: date) -> bool:
        """Whether nobody has confirmed it for longer than the review period."""
        return self.review is not None and day >= self.review

    def page(self, language: str) -> tuple[str, str]:
        """The page for a reader of `language`, after the language that it is in ("" where that is not known).

        Both are empty where there is no page. Who shows a page in another language says which.
        """
        order = (language, "", *_NEXT_LANGUAGES.get(language, _OTHERS), *self.url)
        return next(((each, self.url[each]) for each in order if each in self.url), ("", ""))

    def serves(self, places: Collection[Value]) -> bool:
        """Whether it is a door for people who live in one of `places` (municipality codes; none: not known)."""
        return not self.area or not places or not set(self.area).isdisjoint(places)

    @property
    def reachable(self) -> bool:
        """Whether one can call, write, go there or open a page; hours or a place in words are not enough."""
        return bool(self.phone or self.email or self.address or self.postal or self.url)


_NEXT_LANGUAGES = {"fi": ("sv", "en"), "sv": ("fi", "en"), "en": ("fi", "sv")}
_OTHERS = ("en", "fi", "sv")
"""Which page a reader gets who has none in their own language."""


class Office(NamedTuple):
    """The office of an employment area, a wellbeing services county or a municipality, with its contact points.

    `place` says which: "employment_area:01", "wellbeing_county:01", "municipality:091".
    """

    place: str
    name: Text
    contacts: tuple[ContactPoint, ...]
    sources: Mapping[str, Source]
