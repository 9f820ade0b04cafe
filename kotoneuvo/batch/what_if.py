"""What a made-up service would change: clients who would gain a first step, by municipality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.service import COUNTRY, Catalogue, Service
from kotoneuvo.advice.situation import MUNICIPALITY, Situation
from kotoneuvo.batch.rounding import rounded
from kotoneuvo.intake.cells import Reading, situation_of

ELSEWHERE = ""
"""In place of a municipality: not known, or with too few clients to be named."""
MOST_KNOWN = 50_000
"""Cached outcomes by answers: many clients give the same answers."""


class Gain(NamedTuple):
    """Clients of a municipality (code), and of those who would have the service among their `steps`, or `first`."""

    place: str
    clients: int
    steps: int
    first: int


def made_up_everywhere(catalogue: Catalogue, made_up: Collection[str]) -> Catalogue:
    """Return the catalogue as if every municipality had its own copy of the nationwide services in `made_up`.

    A nationwide service would rank after local ones. So each one is split into a few, with a part of the municipalities
    each.
    """
    codes = sorted(map(str, catalogue.facts.municipalities))
    size = COUNTRY // 2
    parts = [tuple(codes[first : first + size]) for first in range(0, len(codes), size)]
    services: dict[str, Service] = {}
    for name, service in catalogue.services.items():
        if name in made_up and service.countrywide:
            for number, part in enumerate(parts):
                services[f"{name}/{number}"] = service._replace(id=f"{name}/{number}", area=part)
        else:
            services[name] = service
    return replace(catalogue, services=services)


class WhatIf:
    """Counts the clients of a file whom the `made_up` services of a catalogue would serve."""

    def __init__(self, catalogue: Catalogue, made_up: Collection[str], day: date) -> None:
        everywhere = made_up_everywhere(catalogue, made_up)
        self._new = everywhere.services.keys() - (catalogue.services.keys() - set(made_up))
        self._advisor = Advisor(everywhere, day)
        self._known: dict[tuple[Reading, ...], tuple[str, bool, bool]] = {}
        self._clients: Counter[str] = Counter()
        self._steps: Counter[str] = Counter()
        self._first: Counter[str] = Counter()

    def count(self, answers: Mapping[str, Reading]) -> None:
        """Count a client. All clients must have the same columns, in the same order."""
        key = tuple(answers.values())
        if key not in self._known:
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
            self._known[key] = self._outcome(situation_of(answers))
        code, among, first = self._known[key]
        self._clients[code] += 1
        self._steps[code] += among
        self._first[code] += first

    def _outcome(self, situation: Situation) -> tuple[str, bool, bool]:
        """A client's place, whether a made-up service is among the first steps, and whether it is the first one."""
        steps = [step.service_id in self._new for step in self._advisor.advise(situation).first_steps]
        places = situation.known.get(MUNICIPALITY, frozenset())
        return (str(next(iter(places))) if len(places) == 1 else ELSEWHERE, any(steps), any(steps[:1]))

    def ranked(self, least: int) -> Iterator[Gain]:
        """Yield the municipalities, most gained first; those with fewer than `least` clients are combined at the end.

        Every number is rounded to a multiple of `least` (see `rounding`). The rounded numbers also decide the order,
        because the order by exact numbers would reveal them.
        """
        small = [code for code, clients in self._clients.items() if clients < least or code == ELSEWHERE]
        named = [
            Gain(code, *(rounded(counter[code], least) for counter in (self._clients, self._steps, self._first)))
            for code in self._clients
            if code not in small
        ]
        yield from sorted(named, key=lambda gain: (-gain.steps, -gain.first, gain.place))
        if small:
            together = [sum(counter[code] for code in small) for counter in (self._clients, self._steps, self._first)]
            yield Gain(ELSEWHERE, *(rounded(count, least) for count in together))
