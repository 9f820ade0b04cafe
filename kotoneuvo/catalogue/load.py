"""A whole catalogue: the bundled services, checked, with houses, areas and audiences woven in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kotoneuvo.advice.criteria import Table, merge
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.bundle import data_folder
from kotoneuvo.catalogue.files import read_bundled, read_text, read_toml
from kotoneuvo.catalogue.read_facts import read_facts
from kotoneuvo.catalogue.read_service import ServiceReader
from kotoneuvo.catalogue.references import check_references


def load_catalogue(path: Path | None = None) -> Catalogue:
    """The bundled catalogue, or the one in the file `path` read with the bundled facts.

    Raises InputProblems with everything that is wrong in it.
    """
    folder = data_folder()
    facts = read_facts(folder)
    if path is None:
        return build_catalogue(read_bundled(folder, "services"), folder / "services.toml", facts)
    return build_catalogue(read_toml(path), path, facts)


def build_catalogue(raw: dict[str, Any], path: Path, facts: FactBook) -> Catalogue:
    """Check the parsed TOML of a catalogue. Raises InputProblems with every problem, each with its line in `path`."""
    specs = raw.get("service", [])
    if not isinstance(specs, list) or not all(isinstance(spec, dict) for spec in specs):
        raise InputProblems([Problem("services are written as [[service]] tables", where=str(path))])
    readers = [ServiceReader(facts, str(path), spec) for spec in specs]
    tables = _woven(readers)
    services = [reader.service(tables[reader.entry]) for reader in readers]
    problems = [problem for reader in readers for problem in reader.problems]
    problems += [replace(problem, where=str(path)) for problem in check_references(services)]
    if problems:
        raise InputProblems(_located(problems, path))
    version = str(raw.get("catalogue", {}).get("version", ""))
    return Catalogue(version, facts, {service.id: service for service in services})


def _woven(readers: list[ServiceReader]) -> Mapping[str, Table]:
    """Every service's whole table: its own criteria, area and audience, and those of the houses it is part of."""
    own = {reader.entry: merge(reader.surroundings(), reader.own_table()) for reader in readers}
    houses = {reader.entry: reader.spec.get("part_of") for reader in readers}
    woven = {}
    for name, table in own.items():
        seen, house = {name}, houses[name]
        while house in own and house not in seen:
            # The audience is each service's own: a house for migrants may keep a desk for employers.
            inherited = tuple(node for node in own[house] if getattr(node, "fact", "") != "customer_role")
            table = merge(table, inherited)
            seen.add(house)
            house = houses[house]
        woven[name] = table
    return woven


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
