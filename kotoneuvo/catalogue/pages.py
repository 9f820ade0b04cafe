"""Collect the web pages that the catalogue names, and look at what they show today."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from kotoneuvo.advice.contact import Office
from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.problems import N_
from kotoneuvo.advice.service import Service
from kotoneuvo.catalogue.contact_changes import number_key


class Printed(NamedTuple):
    """A contact of an entry that was read from a page; `kind` is "phone", "email" or "address"."""

    entry: str
    kind: str
    value: str


class Named(NamedTuple):
    """A page in the catalogue: the services and offices that name it, and the contacts that were read from it."""

    entries: tuple[str, ...] = ()
    printed: tuple[Printed, ...] = ()


def pages_of(services: Iterable[Service], offices: Iterable[Office] = ()) -> dict[str, Named]:
    """Every URL in the catalogue, without its fragment, with the entries that name it.

    A contact counts as read from a page that is its source, or that belongs to the same contact point.
    """
    named: dict[str, dict[str, None]] = {}
    printed: dict[str, dict[Printed, None]] = {}
    listed = [
        (each.id, each.contacts, each.sources, [source.url for source in each.sources.values()]) for each in services
    ]
    # The sources of offices are a few national lists, which would seem to be named by 400 offices each.
    listed += [(each.place, each.contacts, each.sources, []) for each in offices]
    for entry, contacts, sources, urls in listed:
        for url in (*(page for contact in contacts for page in contact.url.values()), *urls):
            # A fragment is never sent to the server, so pages that differ in it are one request.
            if url:
                named.setdefault(url.partition("#")[0], {})[entry] = None
        for contact in contacts:
            source = sources.get(contact.source.partition(":")[0])
            kinds = (("phone", contact.phone), ("email", contact.email), ("address", contact.address))
            values = {Printed(entry, kind, value): None for kind, value in kinds if value}
            for url in (*contact.url.values(), source.url if source else ""):
                printed.setdefault(url.partition("#")[0], {}).update(values)
    return {url: Named(tuple(ids), tuple(printed.get(url, ()))) for url, ids in named.items()}


# Reasons why a page that answers is still suspicious.
EMPTY = N_("empty page")
NOT_FOUND = N_("says that there is no such page")
PARKED = N_("the domain is for sale")
CLOSED = N_("says that it is closed for good")
REPAIRED = N_("says that it is under maintenance")
FRONT_PAGE = N_("leads to the front page")
OTHER_HOST = N_("leads to another host")
LOGIN = N_("asks to log in")
_CODE = re.compile(r"\b404\b")
_NOT_FOUND = re.compile(
    r"sivua (?:jota .{0,30} )?ei (?:valitettavasti )?löy(?:dy|tynyt)|sivua? ei ole (?:enää )?olemassa"
    r"|page (?:was |could |can)? ?not (?:be )?found|page (?:you .{0,40} )?(?:does not|doesn.t|no longer) exists?"
    r"|(?:can.?t|cannot|could ?n.t|unable to|couldn.t) find (?:the|that|this|your) (?:requested )?page"
    r"|sivun? (?:on poistettu|on poistunut|löytäminen epäonnistui)|sivua ei voi(?:tu|da)? (?:löytää|näyttää)"
    r"|sidan (?:kunde|kan) inte hittas|sidan hittades inte|sidan (?:finns|existerar) (?:tyvärr )?inte"
    r"|(?:kan|kunde) inte hitta (?:den )?(?:sidan|sida)|sidan har (?:tagits bort|flyttats)",
    re.I,
)
_NOT_FOUND_PATH = re.compile(r"(?:^|[/_-])(?:404|not-?found|sivua-ei-loy[dt]\w*|sidan-hittades-inte)(?:[/._-]|$)", re.I)
_PARKED = re.compile(
    r"domain (?:name )?(?:is|may be) (?:for sale|parked|available)|buy this domain"
    r"|(?:verkkotunnus|verkko-osoite|domain)\b.{0,40}\b(?:myynnissä|myytävänä|vapaana|varattavissa)"
    r"|domän(?:en|namnet) är (?:till salu|ledig)|sedoparking|parkingcrew|bodis\.com|afternic|hugedomains|dan\.com/buy",
    re.I,
)
_CLOSED = re.compile(
    r"(?:toiminta|palvelu|hanke|projekti|kahvila|toimipiste)\w* on (?:päättynyt|lopetettu|loppunut|lakkautettu)"
    r"|(?:is|has been) (?:permanently closed|discontinued)|(?:service|project|activity) has (?:ended|closed)"
    r"|(?:verksamheten|tjänsten|projektet) har (?:upphört|avslutats|lagts ned)",
    re.I,
)
_REPAIRED = re.compile(
    r"huoltokatko|(?:sivusto|palvelu|sivu)\w* on (?:huollossa|huoltotauolla|tilapäisesti pois)"
    r"|under maintenance|maintenance mode|scheduled maintenance"
    r"|underhåll(?:s|sarbete)?\b.{0,30}(?:pågår|stängd)|pågående underhåll",
    re.I,
)
_LOGIN = re.compile(
    r"(?:^|[/_.-])(?:kirjaudu\w*|log-?in|sign-?in|logga-in|inloggning|sso|oauth2?|wp-login)(?:[/._?-]|$)", re.I
)
_LOGIN_HEAD = re.compile(r"\b(?:kirjaudu|kirjautuminen|log ?in|sign ?in|logga in|inloggning)\b", re.I)
_PASSWORD = re.compile(r"""type\s*=\s*["']?password""", re.I)
_ROOT = r"/?(?:(?:fi|sv|en)/?)?"
_FRONT = re.compile(_ROOT + r"(?:(?:etusivu|home|start|hem|index|default)(?:\.(?:html?|php|aspx))?/?)?", re.I)
_REFRESH = re.compile(r"\s*(\d+)(?:\.\d*)?\s*[;,]\s*(?:url\s*=)?\s*['\"]?([^'\"]+)", re.I)
_AT_ONCE = 10
"""A `meta refresh` within this many seconds is a redirect; a later one gives the reader time to read the page."""
_NUMBER = re.compile(r"\+?\d(?:[\s\u00a0()./–-]{0,2}\d){4,14}")
_SHORT = 1500
"""A page with fewer characters is short: its whole text is searched for error messages, not only title and heading."""


class Page(NamedTuple):
    """A page: title, first heading, visible words, HTML, and the target of a `meta refresh` ("" for none)."""

    title: str = ""
    heading: str = ""
    words: str = ""
    source: str = ""
    refresh: str = ""

    @property
    def has_contacts(self) -> bool:
        """Whether the page has any phone number or e-mail address."""
        return bool(_NUMBER.search(self.words)) or "@" in self.source

    def shows(self, kind: str, value: str) -> bool:
        """Whether a contact (`kind`: "phone", "email" or "address") is on the page, however it is written."""
        if kind == "phone":
            return number_key(value) in {number_key(found) for found in _NUMBER.findall(self.words + " " + self.source)}
        if kind == "email":
            return value.casefold() in unquote(self.source).casefold()
        # Only the street: pages often have the postal code on another line, or not at all.
        return fold(value.partition(",")[0]) in fold(self.words)


def read_page(html: str) -> Page:
    """Read the HTML of a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    words = " ".join("".join(reader.words).split())
    title, heading = (" ".join("".join(each).split()) for each in (reader.title, reader.heading))
    return Page(title, heading, words, html, reader.refresh)


def suspicion(page: Page, asked: str, shown: str) -> str:
    """The msgid that says why a page is probably not the one that was requested; empty if it seems right.

    `asked` and `shown` are the URLs before and after redirects.
    """
    before, after = urlsplit(asked), urlsplit(shown)
    head = f"{page.title} {page.heading}"
    said = f"{head} {page.words if len(page.words) < _SHORT else ''}"
    if not page.source.strip():
        return EMPTY
    if _PARKED.search(page.source):
        return PARKED
    if _CODE.search(head) or _NOT_FOUND.search(said) or (shown != asked and _NOT_FOUND_PATH.search(after.path)):
        return NOT_FOUND
    # The text of a long page may be about something else that has ended, so `said` has only its head.
    if _CLOSED.search(said):
        return CLOSED
    if _REPAIRED.search(said):
        return REPAIRED
    if not _LOGIN.search(before.path) and _LOGIN_HEAD.search(head) and _PASSWORD.search(page.source):
        return LOGIN
    if shown == asked:
        return ""
    if _LOGIN.search(after.path) and after.path != before.path:
        return LOGIN
    if _site(before.hostname) != _site(after.hostname):
        return OTHER_HOST
    deep = not re.fullmatch(_ROOT, before.path, re.I) or bool(before.query)
    return FRONT_PAGE if deep and _FRONT.fullmatch(after.path) and not after.query else ""


class _Reader(HTMLParser):
    """Collects the title, the first heading, the visible words and the `meta refresh` of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.title: list[str] = []
        self.heading: list[str] = []
        self.words: list[str] = []
        self.refresh = ""
        self._inside: dict[str, int] = {}
        self._headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside[tag] = self._inside.get(tag, 0) + 1
        self._headings += tag == "h1"
        # A tag separates words: "<li>1<li>2" is not 12.
        self.words.append(" ")
        given: Mapping[str, str] = {name: value or "" for name, value in attrs}
        if tag == "meta" and given.get("http-equiv", "").casefold() == "refresh":
            found = _REFRESH.match(given.get("content", ""))
            if found and int(found[1]) <= _AT_ONCE:
                self.refresh = found[2].strip()

    def handle_endtag(self, tag: str) -> None:
        # Real pages close tags that were never opened.
        self._inside[tag] = max(0, self._inside.get(tag, 0) - 1)
        self.words.append(" ")

    def handle_data(self, data: str) -> None:
        # Scripts and style sheets are not visible.
        if self._inside.get("script") or self._inside.get("style"):
            return
        if self._inside.get("title"):
            self.title.append(data)
            return
        if self._inside.get("h1") and self._headings == 1:
            self.heading.append(data)
        self.words.append(data)


def _site(host: str | None) -> str:
    """The last two labels of a host name; an IP address as it is."""
    labels = (host or "").rstrip(".").casefold().split(".")
    return (host or "") if labels[-1].isdecimal() else ".".join(labels[-2:])
