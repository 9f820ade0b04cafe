"""A whole catalogue: the bundled services, checked, with houses, areas and audiences woven in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from kotoneuvo.advice.criteria import Criterion, Table, merge
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.advice.service import NATIONWIDE, Catalogue, Service
from kotoneuvo.catalogue.bundle import data_folder
from kotoneuvo.catalogue.files import read_text, read_toml
from kotoneuvo.catalogue.read_facts import read_facts
from kotoneuvo.catalogue.read_service import ServiceReader
from kotoneuvo.catalogue.references import check_references

DOCUMENT_DATE = date(2020, 9, 1)
"""The day of the 2020 document: what it says was so then."""


def load_catalogue(path: Path | None = None) -> Catalogue:
    """The bundled catalogue, or the one in the file `path` read with the bundled facts.

    Raises InputProblems with everything that is wrong in it.
    """
    folder = data_folder()
    return read_catalogue(path or folder / "services.toml", read_facts(folder))


def read_catalogue(path: Path, facts: FactBook) -> Catalogue:
    """Read and check one catalogue file. Raises InputProblems with every problem, each with its line."""
    raw = read_toml(path)
    specs = raw.get("service", [])
    if not isinstance(specs, list) or not all(isinstance(spec, dict) for spec in specs):
        raise InputProblems([Problem("services are written as [[service]] tables", where=str(path))])
    readers = [ServiceReader(facts, str(path), spec, DOCUMENT_DATE) for spec in specs]
    services = [reader.service() for reader in readers]
    problems = [problem for reader in readers for problem in reader.problems]
    problems += [replace(problem, where=str(path)) for problem in check_references(services)]
    if problems:
        raise InputProblems(_located(problems, path))
    version = str(raw.get("catalogue", {}).get("version", ""))
    return Catalogue(version, facts, _woven({service.id: service for service in services}))


def _woven(services: Mapping[str, Service]) -> Mapping[str, Service]:
    """Every service with its whole table: own criteria, then the house's, the area and the audience."""
    return {name: replace(service, eligibility=_table(service, services)) for name, service in services.items()}


def _table(service: Service, services: Mapping[str, Service]) -> Table:
    table = merge(_around(service), service.eligibility)
    house = services.get(service.part_of)
    while house:
        table = merge(table, merge(_area(house), house.eligibility))
        house = services.get(house.part_of)
    return table


def _around(service: Service) -> Table:
    return (*_area(service), Criterion("customer_role", frozenset(service.audience), source=_first(service)))


def _area(service: Service) -> Table:
    if NATIONWIDE in service.area:
        return ()
    return (Criterion("municipality", frozenset(service.area), source=_first(service)),)


def _first(service: Service) -> str:
    return next(iter(service.sources), "")


def _located(problems: list[Problem], path: Path) -> list[Problem]:
    """The problems with the line on which their service starts."""
    lines = read_text(path).splitlines()
    starts: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        match = re.match(r'\s*id\s*=\s*"([^"]*)"', line)
        if match:
            starts.setdefault(match[1], number)
    return [
        replace(problem, where=f"{path}:{starts[problem.entry]}") if problem.entry in starts else problem
        for problem in problems
    ]
