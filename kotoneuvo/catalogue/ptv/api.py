"""PTV over the network, only when asked: by id or by municipality, page by page, politely.

A server that is broken, or not PTV at all, costs a bounded amount of memory, time and requests.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.catalogue.ptv.records import Record, Records, dicts, part

if TYPE_CHECKING:
    import httpx

TRIES = 4
LONGEST_WAIT = 60.0
"""Seconds that a run waits for busy servers, in all: one that wants more patience is asked another day."""
MOST_BYTES = 16 << 20
"""Bytes of one answer, unpacked; a page of PTV has about 200,000."""
MOST_PAGES = 500
"""Pages of one list; a page holds a hundred services, and the largest town has some thousands."""
REDIRECTS = 5
_BUSY = (429, 502, 503, 504)
_GONE = (400, 404, 410)
"""What PTV answers for an id or a municipality that it does not have."""


@dataclass(frozen=True)
class Asking:
    """Where and how to ask: the API's address, who asks, seconds to wait for an answer and between two requests.

    `waiting` is told the seconds that a busy server asks for, before they pass.
    """

    server: str
    agent: str
    timeout: float = 30
    pause: float = 0.2
    waiting: Callable[[int], None] = lambda seconds: None


def fetch(ids: Iterable[str], municipalities: Iterable[str], asking: Asking) -> Records:
    """The services with these ids and of these municipalities, with their channels.

    What PTV does not have is noted and passed over. Raises InputProblems if PTV cannot be asked.
    """
    import httpx

    with asyncio.Runner() as runner:
        headers = {"User-Agent": asking.agent, "Accept": "application/json"}
        client = httpx.AsyncClient(headers=headers, timeout=asking.timeout)
        try:
            return _read(_Server(runner, client, asking, Records()), ids, municipalities)
        finally:
            runner.run(client.aclose())


def _read(server: _Server, ids: Iterable[str], municipalities: Iterable[str]) -> Records:
    records = server.records
    wanted = dict.fromkeys(ids)
    for code in municipalities:
        for item in server.pages(f"Service/list/area/Municipality/code/{code}"):
            if isinstance(item, dict) and item.get("id") and not records.add(item):
                wanted[str(item["id"])] = None
    for each in wanted:
        server.add("Service", each, records.services)
    for service in records.of_integration():
        for link in dicts(service, "serviceChannels"):
            channel = str(part(link, "serviceChannel").get("id") or "")
            if channel:
                server.add("ServiceChannel", channel, records.channels)
    return records


_KEPT = (("http", "http"), ("http", "https"), ("https", "https"))
"""Schemes before and after a redirect that is followed."""


class _Gone(Exception):
    """PTV has nothing under this address."""


class _Server:
    """Asks one path after the other; waits when told to, gives up with a clear word."""

    def __init__(self, runner: asyncio.Runner, client: httpx.AsyncClient, asking: Asking, records: Records) -> None:
        self.runner = runner
        self.client = client
        self.asking = asking
        self.records = records
        self.asked: set[str] = set()
        self.patience = LONGEST_WAIT

    def pages(self, path: str) -> Iterator[Any]:
        """All items of a list that comes in pages. Raises InputProblems for one without an end."""
        number, last, before = 1, 1, None
        while number <= last:
            try:
                page = self._ask(path, page=number)
            except _Gone:
                return
            if not isinstance(page, dict) or not isinstance(page.get("itemList"), list):
                raise InputProblems([Problem("this is not a page of PTV v11", where=self._url(path))])
            if number > MOST_PAGES or (page["itemList"] and page["itemList"] == before):
                raise InputProblems([Problem(N_("this list of PTV has no end"), where=self._url(path))])
            before = page["itemList"]
            yield from before
            last = page["pageCount"] if isinstance(page.get("pageCount"), int) else 1
            number += 1

    def add(self, kind: str, name: str, place: Mapping[str, Record]) -> None:
        """Ask for one service or channel, if it is not in its `place` yet; noted if what comes is none."""
        path = f"{kind}/{quote(name, safe='', errors='replace')}"
        if name in place or path in self.asked:
            return
        self.asked.add(path)
        before = len(place)
        try:
            found = self._ask(path)
        except _Gone:
            return
        if not self.records.add(found) or len(place) == before:
            message = "there is neither a service nor a channel of PTV v11 in this"
            self.records.problems.append(Problem(message, where=self._url(path)))

    def _url(self, path: str) -> str:
        return f"{self.asking.server}/{path}"

    def _ask(self, path: str, **parameters: int) -> Any:
        """One answer, parsed; a busy server is asked again after the time it names.

        Raises _Gone, noted, if there is none, and InputProblems if the server gives no answer to use.
        """
        import httpx

        url = self._url(path)
        for attempt in range(TRIES):
            last = attempt == TRIES - 1
            time.sleep(self.asking.pause * 2**attempt if attempt else self.asking.pause)
            try:
                answer = self.runner.run(self._get(url, parameters))
            except (httpx.TimeoutException, TimeoutError):
                if last:
                    raise InputProblems([Problem("PTV gave no answer in time", where=url)]) from None
                continue
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise _problem(url, str(error) or type(error).__name__) from None
            if answer.status not in _BUSY or last:
                return self._parsed(answer, url)
            self._wait(_seconds(answer.retry_after), answer, url)
        raise AssertionError

    async def _get(self, url: str, parameters: Mapping[str, int]) -> _Answer:
        """One answer in a bounded time, however slowly it comes, and of a bounded size; other hosts are not asked."""
        import httpx

        address = httpx.URL(url, params=dict(parameters)) if parameters else httpx.URL(url)
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
                            raise _problem(url, f"> {MOST_BYTES >> 20} MiB")
                    return _Answer(response.status_code, response.headers.get("Retry-After", ""), bytes(body))
        raise _problem(url, f"> {REDIRECTS} redirects")

    def _wait(self, seconds: float, answer: _Answer, url: str) -> None:
        """Wait as a busy server asks. Raises InputProblems where the whole run would take too long by it."""
        self.patience -= seconds
        if self.patience < 0:
            raise _problem(url, f"HTTP {answer.status}, Retry-After: {answer.retry_after}")
        if seconds >= 1:
            self.asking.waiting(round(seconds))
        time.sleep(seconds)

    def _parsed(self, answer: _Answer, url: str) -> Any:
        if answer.status in _GONE:
            self.records.problems += _problem(url, f"HTTP {answer.status}").problems
            raise _Gone
        if not 200 <= answer.status < 300:
            raise _problem(url, f"HTTP {answer.status}")
        try:
            return json.loads(answer.body)
        except (ValueError, RecursionError) as error:
            raise _problem(url, str(error)) from None


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a server said."""

    status: int
    retry_after: str
    body: bytes


def _same_host(address: str, location: str, asked: str) -> str:
    """Where a redirect leads: the same host, by the same or a safer scheme. Raises InputProblems for others."""
    target = urljoin(address, location)
    one, other = urlsplit(address), urlsplit(target)
    if one.hostname != other.hostname or (one.scheme, other.scheme) not in _KEPT:
        message = N_("PTV points to another place, which is not asked: {target}")
        raise InputProblems([Problem(message, {"target": target}, where=asked)])
    return target


def _seconds(retry_after: str) -> float:
    """The seconds that a busy server asks for, as a number or as a time."""
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return float(retry_after) if retry_after.isdecimal() else 0.0
    return max(0.0, until.timestamp() - time.time())


def _problem(url: str, reason: str) -> InputProblems:
    return InputProblems([Problem("PTV could not be read: {reason}", {"reason": reason}, where=url)])
