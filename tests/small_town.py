"""Catalogues of a few services that a test makes up, short enough to work out by hand what must come of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from kotoneuvo import Report, Situation, advise
from kotoneuvo.advice.contact import ContactPoint, Office
from kotoneuvo.advice.criteria import Criterion, Node
from kotoneuvo.advice.service import SELF, Access, Catalogue, Service
from kotoneuvo.catalogue.files import data_folder
from kotoneuvo.catalogue.read_facts import read_facts

DAY = date(2026, 11, 24)
DUE, OVERDUE = date(2027, 1, 1), date(2026, 1, 1)
"""Days of review: still to come on `DAY`, and past."""
FACTS = read_facts(data_folder())
PHONE = ContactPoint("page", confirmed=date(2026, 11, 1), review=DUE, phone="+358 9 1")
PAGE = ContactPoint("page", confirmed=date(2026, 11, 1), review=DUE, url={"fi": "https://example.org/"})


class Town:
    """A catalogue to which services are added: for work, for everybody in Finland, open, confirmed, with a phone."""

    def __init__(self) -> None:
        self.services: dict[str, Service] = {}
        self.offices: dict[str, Office] = {}

    def add(self, service_id: str, *table: Node, via: tuple[str, ...] = (SELF,), **fields: Any) -> Town:
        self.services[service_id] = Service(
            **{
                "id": service_id, "name": {"en": service_id}, "summary": {}, "kind": "guidance", "goals": ("work",),
                "phase": "language", "area": ("FI",), "audience": ("migrant",), "eligibility": table,
                "access": Access(via), "sources": {}, "assured": DAY, "review": DUE, "contacts": (PHONE,), **fields,
            }
        )  # fmt: skip
        return self

    @property
    def catalogue(self) -> Catalogue:
        return Catalogue("test", FACTS, self.services, offices=self.offices)

    def report(self, **answers: object) -> Report:
        return advise(self.catalogue, Situation.of(FACTS, DAY, **answers), DAY)

    def pathway(self, **answers: object) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        return [(stage.when.value, stage.after, stage.services) for stage in self.report(**answers).pathway]

    def steps(self, **answers: object) -> list[str]:
        return [step.service_id for step in self.report(**answers).first_steps]


def one_of(fact: str, *values: str | int | bool) -> Criterion:
    return Criterion(fact, frozenset(values))
