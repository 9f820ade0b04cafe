"""Contact points of services and offices, each with its source and date."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from kotoneuvo.advice.facts import NO_TEXT, Text, Value
from kotoneuvo.advice.hours import Closure, Span


class Source(NamedTuple):
    """Where something was read: lines of the 2020 document, or a page and its date (`seen` says what shows the date).

    `said` describes how information was given that is on no page ("by phone, the service's adviser"); never a name.
    """

    url: str = ""
    date: str = ""
    lines: tuple[int, ...] = ()
    seen: str = ""
    said: str = ""


class ContactPoint(NamedTuple):
    """A phone number, e-mail address, street address and page that belong together, with their opening hours.

    `confirmed` is the day on which the source was last seen to say so ("2020" counts as 1 January 2020), `dated` the
    same as written there, `review` the first day on which that is too old (None: no date). `said`: see `Source`.
    `url` maps language codes to pages ("": language unknown). `hours` is a text for hours that `opening_hours` cannot
    express, `place` one for a location without an address. `audience` says in words whom it is for, `area` lists the
    municipalities if they are fewer than the service's, and `role` says what an office's contact is for.
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
        """Return (language, URL) of the best page for a reader of `language`.

        The language is "" if it is not known; both are empty if there is no page. A caller that shows a page in another
        language must say which.
        """
        order = (language, "", *_NEXT_LANGUAGES.get(language, _OTHERS), *self.url)
        return next(((each, self.url[each]) for each in order if each in self.url), ("", ""))

    def serves(self, places: Collection[Value]) -> bool:
        """Whether it is for people who live in one of `places` (municipality codes; empty: not known)."""
        return not self.area or not places or not set(self.area).isdisjoint(places)

    @property
    def reachable(self) -> bool:
        """Whether a person can call, write, go there or open a page; hours or a place in words are not enough."""
        return bool(self.phone or self.email or self.address or self.postal or self.url)


_NEXT_LANGUAGES = {"fi": ("sv", "en"), "sv": ("fi", "en"), "en": ("fi", "sv")}
_OTHERS = ("en", "fi", "sv")
"""The order in which to try other languages if there is no page in the reader's own."""


class Office(NamedTuple):
    """The office of an employment area, a wellbeing services county or a municipality, with its contact points.

    `place` says which: "employment_area:01", "wellbeing_county:01", "municipality:091".
    """

    place: str
    name: Text
    contacts: tuple[ContactPoint, ...]
    sources: Mapping[str, Source]
