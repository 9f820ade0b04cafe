"""PTV over the network, only when asked: by id or by municipality, page by page, politely."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.catalogue.ptv.records import Record, Records, dicts, part

if TYPE_CHECKING:
    import httpx

TRIES = 4
LONGEST_WAIT = 60.0
"""Seconds: a server that wants more patience than this is asked another day."""
_BUSY = (429, 502, 503, 504)


_GONE = (400, 404, 410)
"""What PTV answers for an id or a municipality that it does not have."""


@dataclass(frozen=True)
class Asking:
    """Where and how to ask: the API's address, who asks, seconds to wait for an answer and between two requests."""

    server: str
    agent: str
    timeout: float = 30
    pause: float = 0.2


def fetch(ids: Iterable[str], municipalities: Iterable[str], asking: Asking) -> Records:
    """The services with these ids and of these municipalities, with their channels.

    What PTV does not have is noted and passed over. Raises InputProblems if PTV cannot be asked.
    """
    import httpx

    with httpx.Client(
        headers={"User-Agent": asking.agent, "Accept": "application/json"},
        timeout=asking.timeout,
        follow_redirects=True,
    ) as client:
        records = Records()
        server = _Server(client, asking, records)
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


class _Gone(Exception):
    """PTV has nothing under this address."""


class _Server:
    """Asks one path after the other; waits when told to, gives up with a clear word."""

    def __init__(self, client: httpx.Client, asking: Asking, records: Records) -> None:
        self.client = client
        self.asking = asking
        self.records = records
        self.asked: set[str] = set()

    def pages(self, path: str) -> Iterator[Any]:
        """All items of a list that comes in pages."""
        number, last = 1, 1
        while number <= last:
            try:
                page = self._ask(path, page=number)
            except _Gone:
                return
            if not isinstance(page, dict) or not isinstance(page.get("itemList"), list):
                raise InputProblems([Problem("this is not a page of PTV v11", where=self._url(path))])
            yield from page["itemList"]
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
                response = self.client.get(url, params=parameters)
            except httpx.TimeoutException:
                if last:
                    raise InputProblems([Problem("PTV gave no answer in time", where=url)]) from None
                continue
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise _problem(url, str(error) or type(error).__name__) from None
            if response.status_code not in _BUSY or last:
                return self._answer(response, url)
            time.sleep(_wait(response, url))
        raise AssertionError

    def _answer(self, response: httpx.Response, url: str) -> Any:
        if response.status_code in _GONE:
            self.records.problems += _problem(url, f"HTTP {response.status_code}").problems
            raise _Gone
        if not response.is_success:
            raise _problem(url, f"HTTP {response.status_code}")
        try:
            return response.json()
        except (ValueError, RecursionError) as error:
            raise _problem(url, str(error)) from None


def _wait(response: httpx.Response, url: str) -> float:
    """The seconds a busy server asks for, as a number or as a time. Raises InputProblems if that is too long."""
    asked = response.headers.get("Retry-After", "")
    try:
        until = parsedate_to_datetime(asked)
    except ValueError:
        seconds = float(asked) if asked.isdecimal() else 0.0
    else:
        seconds = max(0.0, until.timestamp() - time.time())
    if seconds > LONGEST_WAIT:
        raise _problem(url, f"HTTP {response.status_code}, Retry-After: {asked}")
    return seconds


def _problem(url: str, reason: str) -> InputProblems:
    return InputProblems([Problem("PTV could not be read: {reason}", {"reason": reason}, where=url)])
