"""Asking every page that the catalogue names whether it is still there: once, politely, telling failures apart."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from kotoneuvo.advice.problems import N_
from kotoneuvo.advice.service import Service

if TYPE_CHECKING:
    import httpx

REDIRECTS = 5
"""How many times a page may point on before it counts as a loop."""
_FOR_GOOD = (301, 308)
_GONE = (404, 410)
_REFUSED = (401, 403, 405, 406, 429, 451)


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


@dataclass(frozen=True)
class Manners:
    """How to ask: seconds to wait, requests at once in all, seconds between two requests to one host."""

    agent: str
    timeout: float = 15
    at_once: int = 8
    pause: float = 0.5


def pages_of(services: Iterable[Service]) -> Mapping[str, tuple[str, ...]]:
    """Every address in the catalogue (without its #part) with the ids of the services that name it."""
    found: dict[str, dict[str, None]] = {}
    for service in services:
        urls = (*(contact.value for contact in service.urls), *(source.url for source in service.sources.values()))
        for url in urls:
            if url:
                found.setdefault(urldefrag(url).url, {})[service.id] = None
    return {url: tuple(ids) for url, ids in found.items()}


def ask_links(pages: Mapping[str, tuple[str, ...]], manners: Manners) -> list[Link]:
    """Ask every page once; the answers in the order of `pages`."""
    return asyncio.run(_ask_all(pages, manners))


async def _ask_all(pages: Mapping[str, tuple[str, ...]], manners: Manners) -> list[Link]:
    import httpx

    by_host: dict[str, list[str]] = {}
    for url in pages:
        by_host.setdefault(urlsplit(url).netloc, []).append(url)
    at_once = asyncio.Semaphore(manners.at_once)
    links: dict[str, Link] = {}
    headers = {"User-Agent": manners.agent, "Accept": "text/html,*/*;q=0.5"}
    async with httpx.AsyncClient(
        headers=headers, timeout=manners.timeout, follow_redirects=True, max_redirects=REDIRECTS
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
    """One request; the page itself is not read, only its answer. `timeout` holds for the whole of it."""
    import httpx

    def without_page(answer: Answer) -> Link:
        return Link(url, services, answer)

    try:
        async with asyncio.timeout(timeout * 2), client.stream("GET", url) as response:
            answer = _answer(response)
            target = str(response.url) if response.history else ""
            return Link(url, services, answer, response.status_code, target)
    except (httpx.TimeoutException, TimeoutError):
        return without_page(Answer.TIMEOUT)
    except httpx.TooManyRedirects:
        return without_page(Answer.LOOP)
    except httpx.ConnectError as error:
        return without_page(Answer.INSECURE if _of_certificate(error) else Answer.UNREACHABLE)
    except httpx.NetworkError:
        return without_page(Answer.UNREACHABLE)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return without_page(Answer.GARBLED)


def _answer(response: httpx.Response) -> Answer:
    if response.status_code in _GONE:
        return Answer.GONE
    if response.status_code in _REFUSED:
        return Answer.REFUSED
    if response.status_code >= 400:
        return Answer.FAILING
    if any(step.status_code in _FOR_GOOD for step in response.history):
        return Answer.MOVED
    return Answer.REDIRECTED if response.history else Answer.OK


def _of_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError) or "CERTIFICATE" in str(error) or "SSL" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False
