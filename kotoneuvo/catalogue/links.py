"""Request every page that the catalogue names, politely, and classify what became of each."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from kotoneuvo.advice.problems import N_
from kotoneuvo.catalogue.pages import Named, Page, Printed, read_page, suspicion

if TYPE_CHECKING:
    import httpx

REDIRECTS = 5
"""How many redirects are followed."""
MOST_BYTES = 1 << 20
"""How many bytes of a page are read; title and headings come early."""
LONGEST_WAIT = 30.0
"""The longest Retry-After, in seconds, after which a busy server is asked a second time."""
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_GONE = (404, 410)
_BUSY = (429, 503)
_REFUSED = (401, 403, 405, 406, 429, 451)
_META_REFRESH = 302
"""The status that a page with `meta refresh` counts as."""


class Answer(Enum):
    """What became of a request."""

    OK = N_("ok")
    REDIRECTED = N_("redirected")
    MOVED = N_("moved")
    REFUSED = N_("refused")
    STEPS = N_("too many steps")
    SUSPICIOUS = N_("suspicious")
    GONE = N_("gone")
    FAILING = N_("failing")
    TIMEOUT = N_("timeout")
    LOOP = N_("loop")
    UNREACHABLE = N_("unreachable")
    INSECURE = N_("insecure")
    GARBLED = N_("garbled")

    @property
    def broken(self) -> bool:
        """Whether a reader who clicks the link gets nowhere. A page that refuses programs may still serve people."""
        return self not in _THERE

    @property
    def for_good(self) -> bool:
        """Whether it will most likely be the same tomorrow, unlike a server that is down."""
        return self in (Answer.GONE, Answer.SUSPICIOUS)

    @property
    def good(self) -> bool:
        """Whether the page is there and is what was asked for."""
        return self in (Answer.OK, Answer.REDIRECTED, Answer.MOVED)


_THERE = (Answer.OK, Answer.REDIRECTED, Answer.MOVED, Answer.REFUSED, Answer.STEPS, Answer.SUSPICIOUS)


@dataclass(frozen=True)
class Link:
    """One page and its answer: the HTTP status (0: none), the `target` it redirects to, the entries that name it.

    `why` says what is suspicious. `shown` are the contacts of the catalogue that are still on the page, `missing` those
    that are not.
    """

    url: str
    services: tuple[str, ...]
    answer: Answer
    status: int = 0
    target: str = ""
    why: str = ""
    shown: tuple[Printed, ...] = ()
    missing: tuple[Printed, ...] = ()

    @property
    def wrong(self) -> bool:
        """Whether somebody should look at it."""
        return self.answer.broken or self.answer is Answer.SUSPICIOUS


@dataclass(frozen=True)
class RequestOptions:
    """How to make requests: `timeout` in seconds, `at_once` in all, `pause` in seconds between two to the same host."""

    agent: str
    timeout: float = 15
    at_once: int = 8
    pause: float = 0.5


class _Step(NamedTuple):
    """One request of a chain of redirects: the status and URL, the next URL ("" for the last), and the page itself."""

    status: int
    url: str
    points_to: str
    page: Page | None = None
    retry_after: str = ""


class _PrivateAddress(Exception):
    """A page of the internet redirects to this computer or its local network."""


def ask_links(pages: Mapping[str, Named], options: RequestOptions) -> list[Link]:
    """Request every page; the results are in the order of `pages`."""
    return asyncio.run(_ask_all(pages, options))


async def _ask_all(pages: Mapping[str, Named], options: RequestOptions) -> list[Link]:
    import httpx

    by_host: dict[str, list[str]] = {}
    for url in pages:
        by_host.setdefault(_host(url), []).append(url)
    at_once = asyncio.Semaphore(options.at_once)
    links: dict[str, Link] = {}
    headers = {"User-Agent": options.agent, "Accept": "text/html,*/*;q=0.5"}
    hooks = {"response": [_keep_location]}
    async with httpx.AsyncClient(headers=headers, timeout=options.timeout, event_hooks=hooks) as client:
        # The pages of one host are requested one after the other: a hundred at once would look like an attack.
        async def ask_host(urls: list[str]) -> None:
            for place, url in enumerate(urls):
                if place:
                    # Outside of `at_once`, so that a pause for one host does not hold up others.
                    await asyncio.sleep(options.pause)
                async with at_once:
                    links[url] = await _ask(client, url, pages[url], options.timeout)

        await asyncio.gather(*(ask_host(urls) for urls in by_host.values()))
    return [links[url] for url in pages]


async def _ask(client: httpx.AsyncClient, url: str, named: Named, timeout: float) -> Link:
    """Request one page and follow its redirects; if the server is busy, once more after the time that it names."""
    answer, steps = await _request(client, url, timeout)
    wait = retry_after_seconds(steps[-1].retry_after) if steps and steps[-1].status in _BUSY else 0.0
    if 0 < wait <= LONGEST_WAIT:
        await asyncio.sleep(wait)
        answer, steps = await _request(client, url, timeout)
    link = Link(url, named.entries, answer)
    if not steps:
        return link
    last = steps[-1]
    link = replace(link, status=last.status, target=last.points_to or (last.url if len(steps) > 1 else ""))
    if not answer.good or last.page is None:
        return link
    why = suspicion(last.page, url, last.url)
    if why:
        return replace(link, answer=Answer.SUSPICIOUS, why=why)
    shown = tuple(each for each in named.printed if last.page.shows(each.kind, each.value))
    # A page without any contact is probably filled in by JavaScript, so nothing can be said to be missing.
    missing = tuple(each for each in named.printed if each not in shown) if last.page.has_contacts else ()
    return replace(link, shown=shown, missing=missing)


async def _request(client: httpx.AsyncClient, url: str, timeout: float) -> tuple[Answer, list[_Step]]:
    """The answer of a page and the steps that led to it."""
    import httpx

    steps: list[_Step] = []
    try:
        # httpx applies its timeout to each read: a server that sends a byte at a time could go on for hours.
        async with asyncio.timeout(timeout * 2):
            return await _follow(client, url, steps), steps
    except (httpx.TimeoutException, TimeoutError):
        answer = Answer.TIMEOUT
    except httpx.ConnectError as error:
        answer = Answer.INSECURE if _is_certificate_error(error) else Answer.UNREACHABLE
    except httpx.NetworkError:
        answer = Answer.UNREACHABLE
    except (httpx.HTTPError, httpx.InvalidURL, _PrivateAddress, ValueError):
        answer = Answer.GARBLED
    return answer, steps


async def _follow(client: httpx.AsyncClient, url: str, steps: list[_Step]) -> Answer:
    """Request a page and follow redirects ourselves, so that each can be judged; fills `steps`."""
    address, seen = url, {url}
    while True:
        steps.append(await _step(client, address))
        points_to = steps[-1].points_to
        if not points_to:
            return _answer(steps)
        # Otherwise any page in the catalogue could make this computer call devices of its own network.
        if _is_private(points_to) and not _is_private(address):
            raise _PrivateAddress
        if points_to in seen:
            return Answer.LOOP
        if len(steps) > REDIRECTS:
            return Answer.STEPS
        seen.add(points_to)
        address = points_to


async def _keep_location(response: httpx.Response) -> None:
    """Move the Location header out of httpx's sight: it rejects a whole response if that is not a valid URL."""
    response.extensions["location"] = response.headers.pop("location", "")


async def _step(client: httpx.AsyncClient, address: str) -> _Step:
    """One request. Only the first part of a page is read, and nothing of other content."""
    # HEAD would be kinder, but many servers answer it differently from GET, or not at all.
    async with client.stream("GET", address) as response:
        url, status = str(response.url), response.status_code
        location = response.extensions["location"]
        if status in _REDIRECTS and location:
            return _Step(status, url, urljoin(url, location))
        retry_after = response.headers.get("retry-after", "")
        kind = response.headers.get("content-type", "text/html").partition(";")[0].strip().casefold()
        if not 200 <= status < 300 or kind not in ("text/html", "application/xhtml+xml", ""):
            return _Step(status, url, "", None, retry_after)
        body = bytearray()
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) >= MOST_BYTES:
                break
        # Some servers declare a PDF as text/html.
        if body.startswith(b"%PDF"):
            return _Step(status, url, "")
        page = read_page(bytes(body[:MOST_BYTES]).decode(response.encoding or "utf-8", "replace"))
        # A page that refreshes itself is not a redirect.
        target = urljoin(url, page.refresh)
        return _Step(status, url, "", page) if target == url else _Step(_META_REFRESH, url, target, page)


def _answer(steps: list[_Step]) -> Answer:
    """The classification of a chain of requests, by its last status and the redirects before it."""
    *before, last = (step.status for step in steps)
    if last in _GONE:
        return Answer.GONE
    if last in _REFUSED:
        return Answer.REFUSED
    if last >= 400:
        return Answer.FAILING
    # A redirect without a Location, else it would have been followed; a choice; "not modified", which nobody asked.
    if 300 <= last < 400:
        return Answer.GARBLED
    if any(status in _PERMANENT for status in before):
        return Answer.MOVED
    return Answer.REDIRECTED if before else Answer.OK


def retry_after_seconds(retry_after: str) -> float:
    """The seconds to wait by a Retry-After header, which is a number or a date (RFC 9110); 0 without a valid one."""
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return float(retry_after) if retry_after.isdecimal() else 0.0
    return max(0.1, until.timestamp() - time.time())


def _host(url: str) -> str:
    """The host and port of a URL; empty for an invalid one."""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def _is_private(url: str) -> bool:
    """Whether a URL names this computer or one that the internet cannot reach."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))


def _is_certificate_error(error: BaseException | None) -> bool:
    # httpx wraps the error of ssl in its own, sometimes only as text.
    while error is not None:
        if isinstance(error, ssl.SSLError) or "CERTIFICATE" in str(error) or "SSL" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False
