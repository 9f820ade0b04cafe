"""The pages that the catalogue names: what it prints that was read from them, and what they show today."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from kotoneuvo.advice.contact import Office
from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.problems import N_
from kotoneuvo.advice.service import Service
from kotoneuvo.catalogue.contact_changes import number_key


class Printed(NamedTuple):
    """A contact of an entry that was read from a page: its kind (phone, email or address) and its value."""

    entry: str
    kind: str
    value: str


class Named(NamedTuple):
    """What the catalogue has of a page: the services and offices that name it, the contacts that were read from it."""

    entries: tuple[str, ...] = ()
    printed: tuple[Printed, ...] = ()


def pages_of(services: Iterable[Service], offices: Iterable[Office] = ()) -> dict[str, Named]:
    """Every address in the catalogue (without its #part), with who names it.

    Contacts count as read from a page that is their source, or that stands beside them at one door.
    """
    named: dict[str, dict[str, None]] = {}
    printed: dict[str, dict[Printed, None]] = {}
    listed = [
        (each.id, each.contacts, each.sources, [source.url for source in each.sources.values()]) for each in services
    ]
    # All offices were read from a few lists of the state: these are no pages of theirs.
    listed += [(each.place, each.contacts, each.sources, []) for each in offices]
    for entry, contacts, sources, urls in listed:
        for url in (*(page for contact in contacts for page in contact.url.values()), *urls):
            if url:
                named.setdefault(url.partition("#")[0], {})[entry] = None
        for contact in contacts:
            source = sources.get(contact.source.partition(":")[0])
            kinds = (("phone", contact.phone), ("email", contact.email), ("address", contact.address))
            values = {Printed(entry, kind, value): None for kind, value in kinds if value}
            for url in (*contact.url.values(), source.url if source else ""):
                printed.setdefault(url.partition("#")[0], {}).update(values)
    return {url: Named(tuple(ids), tuple(printed.get(url, ()))) for url, ids in named.items()}


# Why a page that answers is suspicious all the same.
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
_ROOT = r"/?(?:(?:fi|sv|en)/?)?"
_FRONT = re.compile(_ROOT + r"(?:(?:etusivu|home|start|hem|index|default)(?:\.(?:html?|php|aspx))?/?)?", re.I)
_REFRESH = re.compile(r"\s*(\d+)(?:\.\d*)?\s*[;,]\s*(?:url\s*=)?\s*['\"]?([^'\"]+)", re.I)
_AT_ONCE = 10
"""Seconds within which a page that sends its reader on does so for itself."""
_NUMBER = re.compile(r"\+?\d(?:[\s\u00a0()./–-]{0,2}\d){4,14}")
_SHORT = 1500
"""Characters of a page so short that its whole text is looked at for what it says of itself."""


class Page(NamedTuple):
    """What was read of a page: title, first heading, its words, where it sends the reader on ("" for nowhere)."""

    title: str = ""
    heading: str = ""
    words: str = ""
    source: str = ""
    onward: str = ""

    @property
    def tells_contacts(self) -> bool:
        """Whether any number or e-mail address stands there: pages that a program fills in later show none to us."""
        return bool(_NUMBER.search(self.words)) or "@" in self.source

    def shows(self, kind: str, value: str) -> bool:
        """Whether a contact (kind: phone, email or address) stands on the page, however it is written."""
        if kind == "phone":
            return number_key(value) in {number_key(found) for found in _NUMBER.findall(self.words + " " + self.source)}
        if kind == "email":
            return value.casefold() in unquote(self.source).casefold()
        street = value.partition(",")[0]
        return fold(street) in fold(self.words)


def read_page(html: str) -> Page:
    """A page by its HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    words = " ".join("".join(reader.words).split())
    title, heading = (" ".join("".join(each).split()) for each in (reader.title, reader.heading))
    return Page(title, heading, words, html, reader.onward)


def doubt(page: Page, asked: str, shown: str) -> str:
    """Why a page that answered is probably not what was asked for; empty if nothing speaks against it.

    `asked` and `shown` are the addresses of the first and of the last step.
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
    # Of a long page only the head counts: its text may tell of something else that has ended.
    if _CLOSED.search(said):
        return CLOSED
    if _REPAIRED.search(said):
        return REPAIRED
    if shown == asked:
        return ""
    if _LOGIN.search(after.path) and after.path != before.path:
        return LOGIN
    if _site(before.hostname) != _site(after.hostname):
        return OTHER_HOST
    deep = not re.fullmatch(_ROOT, before.path, re.I) or bool(before.query)
    return FRONT_PAGE if deep and _FRONT.fullmatch(after.path) and not after.query else ""


def onward(page: Page, address: str) -> str:
    """Where a page sends its reader by itself; empty if nowhere."""
    return urljoin(address, page.onward) if page.onward else ""


class _Reader(HTMLParser):
    """Gathers title, first heading, words and `meta refresh` of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.title: list[str] = []
        self.heading: list[str] = []
        self.words: list[str] = []
        self.onward = ""
        self._inside: dict[str, int] = {}
        self._headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside[tag] = self._inside.get(tag, 0) + 1
        self._headings += tag == "h1"
        # Tags divide words: "<li>1<li>2" does not say 12.
        self.words.append(" ")
        given: Mapping[str, str] = {name: value or "" for name, value in attrs}
        if tag == "meta" and given.get("http-equiv", "").casefold() == "refresh":
            found = _REFRESH.match(given.get("content", ""))
            if found and int(found[1]) <= _AT_ONCE:
                self.onward = found[2].strip()

    def handle_endtag(self, tag: str) -> None:
        # Pages close what they have never opened.
        self._inside[tag] = max(0, self._inside.get(tag, 0) - 1)
        self.words.append(" ")

    def handle_data(self, data: str) -> None:
        # What a program or a style sheet says is not shown to anybody.
        if self._inside.get("script") or self._inside.get("style"):
            return
        if self._inside.get("title"):
            self.title.append(data)
            return
        if self._inside.get("h1") and self._headings == 1:
            self.heading.append(data)
        self.words.append(data)


def _site(host: str | None) -> str:
    """The domain that a host belongs to: its last two labels; of a number all of it."""
    labels = (host or "").rstrip(".").casefold().split(".")
    return (host or "") if labels[-1].isdecimal() else ".".join(labels[-2:])
