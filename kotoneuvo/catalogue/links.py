"""Asking every page that the catalogue names whether it still is what it was: politely, telling failures apart."""

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
from kotoneuvo.catalogue.pages import Named, Page, Printed, doubt, onward, read_page

if TYPE_CHECKING:
    import httpx

REDIRECTS = 5
"""How many times a page may point on before that is too many steps."""
MOST_BYTES = 1 << 20
"""Bytes of a page that are read: what it says of itself stands at its beginning."""
LONGEST_WAIT = 30.0
"""Seconds that a busy server may ask for: it is asked once more after them, others another day."""
_FOR_GOOD = (301, 308)
_ON = (301, 302, 303, 307, 308)
_GONE = (404, 410)
_BUSY = (429, 503)
_REFUSED = (401, 403, 405, 406, 429, 451)
_BY_ITSELF = 302
"""What a page counts as that sends its reader on by `meta refresh`."""


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
        """Whether someone who clicks gets nowhere; a page that refuses a program may well be there for people."""
        return self not in _THERE

    @property
    def for_good(self) -> bool:
        """Whether it will hardly be otherwise tomorrow: a page that is lost, and no server that is down."""
        return self in (Answer.GONE, Answer.SUSPICIOUS)

    @property
    def good(self) -> bool:
        """Whether the page is there and is what was asked for."""
        return self in (Answer.OK, Answer.REDIRECTED, Answer.MOVED)


_THERE = (Answer.OK, Answer.REDIRECTED, Answer.MOVED, Answer.REFUSED, Answer.STEPS, Answer.SUSPICIOUS)


@dataclass(frozen=True)
class Link:
    """One page with its answer: HTTP status (0: none), where it leads now, and the services that name it.

    `why` says what is suspicious. `shown` are the contacts that still stand on it, `missing` those that do not.
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
    """How to ask: seconds to wait, requests at once in all, seconds between two requests to one host."""

    agent: str
    timeout: float = 15
    at_once: int = 8
    pause: float = 0.5


class _Step(NamedTuple):
    """One answer on the way: its status, whose it is, where that points on (or ""), and what the page holds."""

    status: int
    url: str
    points_to: str
    page: Page | None = None
    retry_after: str = ""


class _Inside(Exception):
    """A page of the internet points to this computer or the network around it."""


def ask_links(pages: Mapping[str, Named], options: RequestOptions) -> list[Link]:
    """Ask every page once; the answers in the order of `pages`."""
    return asyncio.run(_ask_all(pages, options))


async def _ask_all(pages: Mapping[str, Named], options: RequestOptions) -> list[Link]:
    import httpx

    by_host: dict[str, list[str]] = {}
    for url in pages:
        by_host.setdefault(_host(url), []).append(url)
    at_once = asyncio.Semaphore(options.at_once)
    links: dict[str, Link] = {}
    headers = {"User-Agent": options.agent, "Accept": "text/html,*/*;q=0.5"}
    hooks = {"response": [_hold]}
    async with httpx.AsyncClient(headers=headers, timeout=options.timeout, event_hooks=hooks) as client:
        # The pages of one host are asked one after the other: a hundred at once would look like an attack.
        async def ask_host(urls: list[str]) -> None:
            for place, url in enumerate(urls):
                if place:
                    # Outside of `at_once`: a host that is given a rest takes no place from others.
                    await asyncio.sleep(options.pause)
                async with at_once:
                    links[url] = await _ask(client, url, pages[url], options.timeout)

        await asyncio.gather(*(ask_host(urls) for urls in by_host.values()))
    return [links[url] for url in pages]


async def _ask(client: httpx.AsyncClient, url: str, named: Named, timeout: float) -> Link:
    """One page, and those to where it points on; `timeout` holds for each round of it. A busy one is asked again."""
    answer, steps = await _round(client, url, timeout)
    wait = _seconds(steps[-1].retry_after) if steps and steps[-1].status in _BUSY else 0.0
    if 0 < wait <= LONGEST_WAIT:
        await asyncio.sleep(wait)
        answer, steps = await _round(client, url, timeout)
    link = Link(url, named.entries, answer)
    if not steps:
        return link
    last = steps[-1]
    link = replace(link, status=last.status, target=last.points_to or (last.url if len(steps) > 1 else ""))
    if not answer.good or last.page is None:
        return link
    why = doubt(last.page, url, last.url)
    if why:
        return replace(link, answer=Answer.SUSPICIOUS, why=why)
    shown = tuple(each for each in named.printed if last.page.shows(each.kind, each.value))
    # A page without any contact is filled in by a program, which we do not run: nothing is known to be missing.
    missing = tuple(each for each in named.printed if each not in shown) if last.page.tells_contacts else ()
    return replace(link, shown=shown, missing=missing)


async def _round(client: httpx.AsyncClient, url: str, timeout: float) -> tuple[Answer, list[_Step]]:
    """The answer of a page and the steps to it."""
    import httpx

    steps: list[_Step] = []
    try:
        # The timeout of httpx is that of each read: a server that drips would hold it up for hours.
        async with asyncio.timeout(timeout * 2):
            return await _follow(client, url, steps), steps
    except (httpx.TimeoutException, TimeoutError):
        answer = Answer.TIMEOUT
    except httpx.ConnectError as error:
        answer = Answer.INSECURE if _of_certificate(error) else Answer.UNREACHABLE
    except httpx.NetworkError:
        answer = Answer.UNREACHABLE
    except (httpx.HTTPError, httpx.InvalidURL, _Inside, ValueError):
        answer = Answer.GARBLED
    return answer, steps


async def _follow(client: httpx.AsyncClient, url: str, steps: list[_Step]) -> Answer:
    """Ask, and go where the answer points, step by step."""
    address, seen = url, {url}
    while True:
        steps.append(await _step(client, address))
        points_to = steps[-1].points_to
        if not points_to:
            return _answer(steps)
        if _is_inside(points_to) and not _is_inside(address):
            raise _Inside
        if points_to in seen:
            return Answer.LOOP
        if len(steps) > REDIRECTS:
            return Answer.STEPS
        seen.add(points_to)
        address = points_to


async def _hold(response: httpx.Response) -> None:
    """Keep where an answer points to from httpx, which refuses the whole answer if it points to no page."""
    response.extensions["location"] = response.headers.pop("location", "")


async def _step(client: httpx.AsyncClient, address: str) -> _Step:
    """One request. Only the beginning of a page is read, and of what is no page nothing."""
    # HEAD would be kinder, but many servers answer it otherwise than GET, or not at all.
    async with client.stream("GET", address) as response:
        url, status = str(response.url), response.status_code
        location = response.extensions["location"]
        if status in _ON and location:
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
        # Some servers send a document as if it were a page.
        if body.startswith(b"%PDF"):
            return _Step(status, url, "")
        page = read_page(bytes(body[:MOST_BYTES]).decode(response.encoding or "utf-8", "replace"))
        further = onward(page, url)
        return _Step(_BY_ITSELF if further and further != url else status, url, further if further != url else "", page)


def _answer(steps: list[_Step]) -> Answer:
    """What the last status says, and those that led to it."""
    *before, last = (step.status for step in steps)
    if last in _GONE:
        return Answer.GONE
    if last in _REFUSED:
        return Answer.REFUSED
    if last >= 400:
        return Answer.FAILING
    if last in _ON:  # on to nowhere: it would have been followed
        return Answer.GARBLED
    if any(status in _FOR_GOOD for status in before):
        return Answer.MOVED
    return Answer.REDIRECTED if before else Answer.OK


def _seconds(retry_after: str) -> float:
    """The seconds that a busy server asks for, as a number or as a time; none if it does not say."""
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return float(retry_after) if retry_after.isdecimal() else 0.0
    return max(0.1, until.timestamp() - time.time())


def _host(url: str) -> str:
    """The host of an address; of what is none, nothing."""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def _is_inside(url: str) -> bool:
    """Whether an address names this computer or one that the internet does not reach."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))


def _of_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError) or "CERTIFICATE" in str(error) or "SSL" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False
