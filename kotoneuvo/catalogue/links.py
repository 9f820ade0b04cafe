"""Asking every page that the catalogue names whether it is still there: once, politely, telling failures apart."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from kotoneuvo.advice.contact import Office
from kotoneuvo.advice.problems import N_
from kotoneuvo.advice.service import Service

if TYPE_CHECKING:
    import httpx

REDIRECTS = 5
"""How many times a page may point on before it counts as a loop."""
_FOR_GOOD = (301, 308)
_ON = (301, 302, 303, 307, 308)
_GONE = (404, 410)
_REFUSED = (401, 403, 405, 406, 429, 451)

_STEPS = "kotoneuvo_steps"
"""Where a request carries its steps, from page to page."""


class Answer(Enum):
    """What became of a request."""

    OK = N_("ok")
    REDIRECTED = N_("redirected")
    MOVED = N_("moved")
    REFUSED = N_("refused")
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
        return self not in (Answer.OK, Answer.REDIRECTED, Answer.MOVED, Answer.REFUSED)


@dataclass(frozen=True)
class Link:
    """One page with its answer: HTTP status (0: none), where it leads now, and the services that name it."""

    url: str
    services: tuple[str, ...]
    answer: Answer
    status: int = 0
    target: str = ""


class _Step(NamedTuple):
    """One answer on the way: its status, whose it is, and where that points on (or "")."""

    status: int
    url: str
    points_to: str


@dataclass(frozen=True)
class Manners:
    """How to ask: seconds to wait, requests at once in all, seconds between two requests to one host."""

    agent: str
    timeout: float = 15
    at_once: int = 8
    pause: float = 0.5


def pages_of(services: Iterable[Service], offices: Iterable[Office] = ()) -> Mapping[str, tuple[str, ...]]:
    """Every address in the catalogue (without its #part) with the services and offices that name it."""
    found: dict[str, dict[str, None]] = {}
    for service in services:
        urls = (*service.pages, *(source.url for source in service.sources.values()))
        for url in urls:
            if url:
                found.setdefault(url.partition("#")[0], {})[service.id] = None
    for office in offices:
        for url in (page for contact in office.contacts for page in contact.url.values()):
            found.setdefault(url.partition("#")[0], {})[office.place] = None
    return {url: tuple(ids) for url, ids in found.items()}


def ask_links(pages: Mapping[str, tuple[str, ...]], manners: Manners) -> list[Link]:
    """Ask every page once; the answers in the order of `pages`."""
    return asyncio.run(_ask_all(pages, manners))


async def _ask_all(pages: Mapping[str, tuple[str, ...]], manners: Manners) -> list[Link]:
    import httpx

    by_host: dict[str, list[str]] = {}
    for url in pages:
        by_host.setdefault(_host(url), []).append(url)
    at_once = asyncio.Semaphore(manners.at_once)
    links: dict[str, Link] = {}
    headers = {"User-Agent": manners.agent, "Accept": "text/html,*/*;q=0.5"}
    async with httpx.AsyncClient(
        headers=headers,
        timeout=manners.timeout,
        follow_redirects=True,
        max_redirects=REDIRECTS,
        event_hooks={"response": [_note]},
    ) as client:

        async def ask_host(urls: list[str]) -> None:
            for place, url in enumerate(urls):
                if place:
                    await asyncio.sleep(manners.pause)
                async with at_once:
                    links[url] = await _ask(client, url, pages[url], manners.timeout)

        await asyncio.gather(*(ask_host(urls) for urls in by_host.values()))
    return [links[url] for url in pages]


async def _ask(client: httpx.AsyncClient, url: str, services: tuple[str, ...], timeout: float) -> Link:
    """One request, and those to where it points on; `timeout` holds for the whole of it."""
    import httpx

    steps: list[_Step] = []
    try:
        async with asyncio.timeout(timeout * 2), client.stream("GET", url, extensions={_STEPS: steps}):
            answer = _answer(steps)
    except (httpx.TimeoutException, TimeoutError):
        answer = Answer.TIMEOUT
    except httpx.TooManyRedirects:
        answer = Answer.LOOP
    except httpx.ConnectError as error:
        answer = Answer.INSECURE if _of_certificate(error) else Answer.UNREACHABLE
    except httpx.NetworkError:
        answer = Answer.UNREACHABLE
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        answer = Answer.GARBLED
    if not steps:
        return Link(url, services, answer)
    last = steps[-1]
    return Link(url, services, answer, last.status, last.points_to or (last.url if len(steps) > 1 else ""))


async def _note(response: httpx.Response) -> None:
    """Note a step of the way, also where the next one fails."""
    import httpx

    url, location = str(response.url), response.headers.get("location", "")
    points_to = urljoin(url, location) if response.has_redirect_location else ""
    response.request.extensions[_STEPS].append(_Step(response.status_code, url, points_to))
    if points_to and _is_inside(points_to) and not _is_inside(url):
        raise httpx.UnsupportedProtocol("a page may not send the program to this computer or the network around it")


def _answer(steps: Sequence[_Step]) -> Answer:
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
