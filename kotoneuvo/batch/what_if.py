"""What a service that is not there would change: clients who would gain a first step, by municipality."""

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
"""Stands for municipalities that are not known, and for those with too few clients to be named."""
MOST_KNOWN = 50_000
"""Rows of answers whose outcome is remembered: many clients tell the same."""


class Gain(NamedTuple):
    """Clients of a municipality (its code), how many would have the service among their first steps, how many first."""

    place: str
    clients: int
    steps: int
    first: int


def made_up_everywhere(catalogue: Catalogue, made_up: Collection[str]) -> Catalogue:
    """The catalogue as if every municipality had the services `made_up` that are for the whole country.

    What is for the whole country comes after what is near. So each of these becomes a few services with a part of the
    municipalities each.
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
    """Counts the clients of a file whom the services `made_up` of a catalogue would serve."""

    def __init__(self, catalogue: Catalogue, made_up: Collection[str], day: date) -> None:
        everywhere = made_up_everywhere(catalogue, made_up)
        self._new = everywhere.services.keys() - (catalogue.services.keys() - set(made_up))
        self._advisor = Advisor(everywhere, day)
        self._known: dict[tuple[Reading, ...], tuple[str, bool, bool]] = {}
        self._clients: Counter[str] = Counter()
        self._steps: Counter[str] = Counter()
        self._first: Counter[str] = Counter()

    def count(self, answers: Mapping[str, Reading]) -> None:
        """Count a client; all must answer the same columns."""
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
        """The place of somebody, and whether a made-up service is among the first steps, and the very first."""
        steps = [step.service_id in self._new for step in self._advisor.advise(situation).first_steps]
        places = situation.known.get(MUNICIPALITY, frozenset())
        return (str(next(iter(places))) if len(places) == 1 else ELSEWHERE, any(steps), any(steps[:1]))

    def ranked(self, least: int) -> Iterator[Gain]:
        """The municipalities, most gained first; those with fewer than `least` clients together at the end.

        Every number is rounded to a multiple of `least` (see `rounding`), and the order is that of rounded numbers.
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
