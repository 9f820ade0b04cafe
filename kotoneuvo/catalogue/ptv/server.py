"""One server of PTV, asked politely: what is broken, or no PTV at all, costs a bounded amount of memory and time."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from kotoneuvo.advice.problems import N_, InputProblems, Problem

TRIES = 4
LONGEST_WAIT = 60.0
"""Seconds that a run waits for busy servers, in all: one that wants more patience is asked another day."""
MOST_BYTES = 16 << 20
"""Bytes of one answer, unpacked; a page of PTV has about 200,000."""
MOST_PAGES = 500
"""Pages of one list; a page holds a hundred services, and the largest town has some thousands."""
PAGE = 100
"""Records on a page, the most that PTV gives."""
REDIRECTS = 5
_BUSY = (429, 502, 503, 504)
_GONE = (400, 404, 410)
"""What PTV answers for an id that it does not publish."""
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
"""Schemes before and after a redirect that is followed."""

Parameters = Sequence[tuple[str, str | int]]


@dataclass(frozen=True)
class Asking:
    """Where and how to ask: the API's address and key, who asks, seconds to wait for an answer and between requests.

    `waiting` is told the seconds that a busy server asks for, before they pass.
    """

    server: str
    agent: str
    timeout: float = 30
    pause: float = 0.2
    waiting: Callable[[int], None] = lambda seconds: None
    key: str = field(default="", repr=False)


class Gone(Exception):
    """PTV does not publish what was asked for."""


class Server:
    """Asks one path after the other; waits when told to, gives up with a clear word. A context manager."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.patience = LONGEST_WAIT
        self.problems: list[Problem] = []

    def __enter__(self) -> Server:
        import httpx

        key = {"x-api-key": self.asking.key} if self.asking.key else {}
        headers = {"User-Agent": self.asking.agent, "Accept": "application/json", **key}
        self.runner = asyncio.Runner().__enter__()
        self.client = httpx.AsyncClient(headers=headers, timeout=self.asking.timeout)
        return self

    def __exit__(self, *_: object) -> None:
        self.runner.run(self.client.aclose())
        self.runner.close()

    def pages(self, path: str, parameters: Parameters = ()) -> Iterator[Any]:
        """All items of a list that comes in pages. Raises InputProblems for one without an end."""
        number, last, before = 1, 1, None
        while number <= last:
            page = self.ask(path, (*parameters, ("page", number), ("pageSize", PAGE)), listed=True)
            if not isinstance(page, dict) or not isinstance(page.get("items"), list):
                raise _problem(self.url(path), N_("this is not a page of PTV v12"))
            # A server that takes no notice of `page` gives the same one for ever, perhaps an empty one.
            if number > MOST_PAGES or page["items"] == before:
                raise _problem(self.url(path), N_("this PTV list does not end"))
            before = page["items"]
            yield from before
            last = page["totalPages"] if isinstance(page.get("totalPages"), int) else 1
            number += 1

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"{self.asking.server}/{path}"

    def ask(self, path: str, parameters: Parameters = (), *, listed: bool = False) -> Any:
        """One answer, parsed; a busy server is asked again after the time it names.

        Raises Gone, noted, if a single record is not published, and InputProblems if there is no answer to use; for a
        list (`listed`) too: where there is none, there is no such API any more.
        """
        import httpx

        url = self.url(path)
        for attempt in range(TRIES):
            last = attempt == TRIES - 1
            time.sleep(self.asking.pause * 2**attempt if attempt else self.asking.pause)
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
            self._wait(_seconds(answer.retry_after), answer, url)
        raise AssertionError

    async def _get(self, url: str, parameters: Parameters) -> _Answer:
        """One answer in a bounded time, however slowly it comes, and of a bounded size; other hosts are not asked."""
        import httpx

        address = httpx.URL(url, params=list(parameters)) if parameters else httpx.URL(url)
        # httpx begins its own timeout anew with every piece: a server that drips bytes would never reach it.
        async with asyncio.timeout(self.asking.timeout * 2):
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
        """Wait as a busy server asks. Raises InputProblems where the whole run would take too long by it."""
        self.patience -= seconds
        if self.patience < 0:
            raise _problem(url, reason=f"HTTP {answer.status}, Retry-After: {answer.retry_after}")
        if seconds >= 1:
            self.asking.waiting(round(seconds))
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
    """What a server said."""

    status: int
    retry_after: str
    body: bytes


def _same_host(address: str, location: str, asked: str) -> str:
    """Where a redirect leads: the same host, by the same or a safer scheme. Raises InputProblems for others."""
    target = urljoin(address, location)
    one, other = urlsplit(address), urlsplit(target)
    # The key goes along with the request: no other host and no clear text may see it.
    if one.hostname != other.hostname or (one.scheme, other.scheme) not in _KEPT:
        raise _problem(asked, N_("PTV redirects to another server, which is not followed: {target}"), target=target)
    return target


def _seconds(retry_after: str) -> float:
    """The seconds that a busy server asks for, as a number or as a time."""
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return float(retry_after) if retry_after.isdecimal() else 0.0
    return max(0.0, until.timestamp() - time.time())


def _problem(url: str, message: str = N_("PTV could not be read: {reason}"), **details: object) -> InputProblems:
    return InputProblems([Problem(message, details, where=url)])
