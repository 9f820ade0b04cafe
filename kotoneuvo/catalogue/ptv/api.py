"""PTV over the network, only when asked: by id or by municipality, page by page, politely."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.catalogue.ptv.records import Records, dicts, part

if TYPE_CHECKING:
    import httpx

TRIES = 4
LONGEST_WAIT = 60.0
"""Seconds: a server that wants more patience than this is asked another day."""
_BUSY = (429, 502, 503, 504)


@dataclass(frozen=True)
class Asking:
    """Where and how to ask: the API's address, who asks, seconds to wait for an answer and between two requests."""

    server: str
    agent: str
    timeout: float = 30
    pause: float = 0.2


def fetch(ids: Iterable[str], municipalities: Iterable[str], asking: Asking) -> Records:
    """The services with these ids and of these municipalities, with their channels. Raises InputProblems."""
    import httpx

    with httpx.Client(
        headers={"User-Agent": asking.agent, "Accept": "application/json"},
        timeout=asking.timeout,
        follow_redirects=True,
    ) as client:
        server = _Server(client, asking)
        records = Records()
        wanted = dict.fromkeys(ids)
        for code in municipalities:
            for item in server.pages(f"Service/list/area/Municipality/code/{code}"):
                if not records.add(item) and isinstance(item, dict) and item.get("id"):
                    wanted[str(item["id"])] = None
        for each in wanted:
            if each not in records.services:
                records.add(server.ask(f"Service/{each}"))
        for service in records.of_integration():
            for link in dicts(service, "serviceChannels"):
                channel = str(part(link, "serviceChannel").get("id") or "")
                if channel and channel not in records.channels:
                    records.add(server.ask(f"ServiceChannel/{channel}"))
        return records


class _Server:
    """Asks one path after the other; waits when told to, gives up with a clear word."""

    def __init__(self, client: httpx.Client, asking: Asking) -> None:
        self.client = client
        self.asking = asking

    def pages(self, path: str) -> Iterator[Any]:
        """All items of a list that comes in pages."""
        number, last = 1, 1
        while number <= last:
            page = self.ask(path, page=number)
            if not isinstance(page, dict) or not isinstance(page.get("itemList"), list):
                raise InputProblems([Problem("this is not a page of PTV v11", where=f"{self.asking.server}/{path}")])
            yield from page["itemList"]
            last = page["pageCount"] if isinstance(page.get("pageCount"), int) else 1
            number += 1

    def ask(self, path: str, **parameters: int) -> Any:
        """One answer, parsed; a busy server is asked again after the time it names."""
        import httpx

        url = f"{self.asking.server}/{path}"
        for attempt in range(TRIES):
            time.sleep(self.asking.pause * 2**attempt if attempt else self.asking.pause)
            try:
                response = self.client.get(url, params=parameters)
                if response.status_code in _BUSY and attempt < TRIES - 1:
                    time.sleep(_wait(response))
                    continue
                response.raise_for_status()
                return response.json()
            except httpx.HTTPStatusError as error:
                raise _problem(url, f"HTTP {error.response.status_code}") from None
            except httpx.TimeoutException:
                if attempt == TRIES - 1:
                    raise _problem(url, "no answer in time") from None
            except (httpx.HTTPError, ValueError) as error:
                raise _problem(url, str(error) or type(error).__name__) from None
        raise _problem(url, "no answer")  # pragma: no cover  (the last try has returned or raised)


def _wait(response: httpx.Response) -> float:
    """The seconds a busy server asks for. Raises InputProblems if that is too long."""
    asked = response.headers.get("Retry-After", "")
    seconds = float(asked) if asked.isdigit() else 0.0
    if seconds > LONGEST_WAIT:
        raise _problem(str(response.url), f"HTTP {response.status_code}, Retry-After: {asked}")
    return seconds


def _problem(url: str, reason: str) -> InputProblems:
    return InputProblems([Problem("PTV could not be read: {reason}", {"reason": reason}, where=url)])
