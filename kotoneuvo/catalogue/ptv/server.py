"""Make requests to the API of PTV, politely. A broken or hostile server costs only limited memory and time."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.catalogue.links import retry_after_seconds

TRIES = 4
LONGEST_WAIT = 60.0
"""Seconds that a run may spend waiting in all for a busy server; if it asks for more, the run fails."""
MOST_BYTES = 16 << 20
"""Limit in bytes for one unpacked answer; a page of PTV has about 200,000."""
MOST_PAGES = 500
"""Limit for the pages of one list; a page has a hundred services, and the largest town some thousands."""
PAGE = 100
"""Records per page, the most that PTV returns."""
REDIRECTS = 5
_BUSY = (429, 502, 503, 504)
_GONE = (400, 404, 410)
"""The statuses with which PTV answers for an id that it does not publish."""
_REFUSED = (401, 403)
NO_KEY = N_(
    "PTV requires an API key, or rejects this one: HTTP {status}. Order one at kehittajille.suomi.fi (API "
    "version 12), and put it into KOTONEUVO_PTV_KEY or into a file named by KOTONEUVO_PTV_KEY_FILE"
)
NO_VERSION = N_(
    "PTV no longer answers in version 12: HTTP {status}. See kehittajille.suomi.fi for the current version; "
    "a newer kotoneuvo may read it. Answers saved as files can still be read"
)
_KEPT = (("http", "http"), ("http", "https"), ("https", "https"))
"""The schemes before and after a redirect that may be followed."""

Parameters = Sequence[tuple[str, str | int]]


@dataclass(frozen=True)
class ApiSettings:
    """How to make requests: URL of the API, User-Agent, API key, seconds to wait for an answer and between requests.

    `waiting` is called with the seconds before a wait for a busy server.
    """

    server: str
    agent: str
    timeout: float = 30
    pause: float = 0.2
    waiting: Callable[[int], None] = lambda seconds: None
    key: str = field(default="", repr=False)


class Gone(Exception):
    """PTV does not publish the requested record."""


class Server:
    """Makes one request at a time, and waits when a busy server asks for it. A context manager."""

    def __init__(self, settings: ApiSettings) -> None:
        self.settings = settings
        self.patience = LONGEST_WAIT
        self.problems: list[Problem] = []

    def __enter__(self) -> Server:
        import httpx

        key = {"x-api-key": self.settings.key} if self.settings.key else {}
        headers = {"User-Agent": self.settings.agent, "Accept": "application/json", **key}
        # One event loop for all requests, as httpx ties its open connections to it.
        self.runner = asyncio.Runner().__enter__()
        self.client = httpx.AsyncClient(headers=headers, timeout=self.settings.timeout)
        return self

    def __exit__(self, *_: object) -> None:
        self.runner.run(self.client.aclose())
        self.runner.close()

    def pages(self, path: str, parameters: Parameters = ()) -> Iterator[Any]:
        """All items of a list in pages. Raises InputProblems if it is not such a list, or does not end."""
        number, last, before = 1, 1, None
        while number <= last:
            page = self.ask(path, (*parameters, ("page", number), ("pageSize", PAGE)), listed=True)
            if not isinstance(page, dict) or not isinstance(page.get("items"), list):
                raise _problem(self.url(path), N_("this is not a page of PTV v12"))
            # A server that ignores `page` would return the same page for ever.
            if number > MOST_PAGES or page["items"] == before:
                raise _problem(self.url(path), N_("this PTV list does not end"))
            before = page["items"]
            yield from before
            last = page["totalPages"] if isinstance(page.get("totalPages"), int) else 1
            number += 1

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"{self.settings.server}/{path}"

    def ask(self, path: str, parameters: Parameters = (), *, listed: bool = False) -> Any:
        """One answer, parsed; a busy server is asked again after the time that it names.

        Raises Gone, and notes it, if a single record is not published. Raises InputProblems if there is no usable
        answer, also for a missing list (`listed`): then this version of the API no longer exists.
        """
        import httpx

        url = self.url(path)
        for attempt in range(TRIES):
            last = attempt == TRIES - 1
            time.sleep(self.settings.pause * 2**attempt)
            try:
                answer = self.runner.run(self._get(url, parameters))
            except (httpx.TimeoutException, TimeoutError):
                if last:
                    raise _problem(url, N_("PTV gave no answer in time")) from None
                continue
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise _problem(url, reason=str(error) or type(error).__name__) from None
            if answer.status not in _BUSY or last:
                return self._parsed(answer, url, listed=listed)
            self._wait(retry_after_seconds(answer.retry_after), answer, url)
        raise AssertionError  # never reached: the last attempt returns or raises

    async def _get(self, url: str, parameters: Parameters) -> _Answer:
        """One answer of limited size, within a limited time; redirects to other hosts are not followed."""
        import httpx

        address = httpx.URL(url, params=list(parameters)) if parameters else httpx.URL(url)
        # httpx applies its timeout to each read: a server that sends a byte at a time would never reach it.
        async with asyncio.timeout(self.settings.timeout * 2):
            for _ in range(REDIRECTS):
                async with self.client.stream("GET", address) as response:
                    if response.has_redirect_location:
                        address = httpx.URL(_same_host(str(address), response.headers["Location"], url))
                        continue
                    body = bytearray()
                    async for chunk in response.aiter_bytes():
                        body += chunk
                        if len(body) > MOST_BYTES:
                            raise _problem(url, reason=f"> {MOST_BYTES >> 20} MiB")
                    return _Answer(response.status_code, response.headers.get("Retry-After", ""), bytes(body))
        raise _problem(url, reason=f"> {REDIRECTS} redirects")

    def _wait(self, seconds: float, answer: _Answer, url: str) -> None:
        """Wait as a busy server asks. Raises InputProblems if the whole run would wait too long."""
        self.patience -= seconds
        if self.patience < 0:
            raise _problem(url, reason=f"HTTP {answer.status}, Retry-After: {answer.retry_after}")
        if seconds >= 1:
            self.settings.waiting(round(seconds))
        time.sleep(seconds)

    def _parsed(self, answer: _Answer, url: str, *, listed: bool) -> Any:
        failed = _problem(url, reason=f"HTTP {answer.status}")
        if answer.status in _REFUSED:
            raise _problem(url, NO_KEY, status=answer.status)
        if answer.status in _GONE and listed:
            raise _problem(url, NO_VERSION, status=answer.status)
        if answer.status in _GONE:
            self.problems += failed.problems
            raise Gone
        if not 200 <= answer.status < 300:
            raise failed
        try:
            return json.loads(answer.body)
        except (ValueError, RecursionError) as error:
            raise _problem(url, reason=str(error)) from None


class _Answer(NamedTuple):
    """An answer of the server, not parsed yet."""

    status: int
    retry_after: str
    body: bytes


def _same_host(address: str, location: str, asked: str) -> str:
    """The target of a redirect. Raises InputProblems unless it is on the same host, with the same or a safer scheme."""
    target = urljoin(address, location)
    one, other = urlsplit(address), urlsplit(target)
    # The request carries the API key, which no other host may see, nor anybody who reads plain HTTP.
    if one.hostname != other.hostname or (one.scheme, other.scheme) not in _KEPT:
        raise _problem(asked, N_("PTV redirects to another server, which is not followed: {target}"), target=target)
    return target


def _problem(url: str, message: str = N_("PTV could not be read: {reason}"), **details: object) -> InputProblems:
    return InputProblems([Problem(message, details, where=url)])
