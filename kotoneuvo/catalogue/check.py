"""Everything there is to say about catalogue files: errors, and warnings apart from them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.catalogue.build import Reading, bundled_file, read_services
from kotoneuvo.catalogue.cautions import FACTS_FILE, find_cautions, unsaid, unused_facts
from kotoneuvo.catalogue.contacts import check_contacts
from kotoneuvo.catalogue.entry_reader import EntryReader
from kotoneuvo.catalogue.files import data_folder, gc_paused
from kotoneuvo.catalogue.locate import line_of
from kotoneuvo.catalogue.outdated import find_outdated
from kotoneuvo.catalogue.overlays import CatalogueFile, parse_catalogue_file
from kotoneuvo.catalogue.reach import check_reach
from kotoneuvo.catalogue.read_facts import read_facts


@dataclass(frozen=True)
class Findings:
    """What a check found, in the order of the files; `services` counts what was read."""

    services: int
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def check_files(paths: Sequence[Path], day: date, *, alone: bool = False, base_too: bool = False) -> Findings:
    """Check overlays of the bundled catalogue, in this order, and report problems.

    `alone`: the first file is a complete catalogue instead (as the bundled file always does). `base_too`: report on the
    bundled catalogue as well.
    """
    with gc_paused():
        return _check_files(paths, day, alone=alone, base_too=base_too)


def _check_files(paths: Sequence[Path], day: date, *, alone: bool, base_too: bool) -> Findings:
    bundled = bundled_file()
    alone = alone or any(os.path.realpath(path) == os.path.realpath(bundled.path) for path in paths[:1])
    files, unread = _read(paths)
    stack = files if alone else [bundled, *files]
    if not stack:
        return Findings(0, tuple(unread), ())
    found = check_catalogue(stack, read_facts(data_folder()), day)
    if base_too or alone:
        return Findings(found.services, (*unread, *found.errors), found.warnings)
    mine = {str(file.path) for file in files}
    warnings = tuple(each for each in found.warnings if each.where in mine)
    return Findings(found.services, (*unread, *found.errors), warnings)


def check_catalogue(files: Sequence[CatalogueFile], facts: FactBook, day: date) -> Findings:
    """Check `files`, each an overlay of those before it, and report on all of them and every service."""
    reading = read_services(files, facts)
    by_id = {reader.entry: reader for reader in reading.readers}
    for reader in reading.all_readers:
        check_contacts(reader)
        _check_layers(reader)
    for problem in check_reach(reading.services, facts):
        by_id[problem.entry].problems.append(problem)
    catalogue = reading.catalogue(files, facts)
    specs = {reader.entry: reader.spec for reader in reading.readers}
    for problem in (*find_cautions(catalogue, day), *find_outdated(catalogue, specs, day)):
        by_id[problem.entry].warnings.append(problem)
    _check_offices(reading, day)
    bundled = files[0].path.parent == data_folder()
    idle = [_in_facts(problem, facts) for problem in unused_facts(reading.services, facts)] if bundled else []
    idle += [each._replace(where=str(files[0].path)) for each in unsaid(reading.services, day)] if bundled else []
    errors = [
        problem for whole in files for file in (whole, *whole.parts) for problem in file.problems()
    ] + reading.problems()
    return Findings(len(reading.services), tuple(errors), (*reading.warnings(), *idle))


def _check_offices(reading: Reading, day: date) -> None:
    """Warn of contact points of offices, and of notices, that are past their review."""
    by_key = {reader.entry: reader for reader in reading.others}
    dated = [(office.place, "contact", place, each.review)
             for office in reading.offices for place, each in enumerate(office.contacts)]  # fmt: skip
    for key, fieldname, place, review in dated:
        if review and day >= review:
            by_key[key].warn("overdue for review since {day}", f"{fieldname}[{place}]", {"day": review.isoformat()})
    for notice in reading.notices:
        if day >= notice.review and not (notice.valid_until and day > notice.valid_until):
            by_key[notice.id].warn("overdue for review since {day}", "review", {"day": notice.review.isoformat()})
        if notice.transition is None:
            by_key[notice.id].warn(N_("say for whom the old rule still holds, or that it is not known"), "transition")


def _check_layers(reader: EntryReader) -> None:
    """Warn of what an overlay takes away, and of the old form of contacts."""
    for layer in reader.origin.layers:
        for name in layer.old:
            reader.warn(N_("old form of contacts: write one [[service.contact]] table for each contact point"), name)
        for name, value in layer.removed:
            if value:
                reader.warn(N_("the overlay removes this: {found}"), name, {"found": value})
            else:
                reader.warn(N_("the overlay removes this field"), name)


def _read(paths: Sequence[Path]) -> tuple[list[CatalogueFile], list[Problem]]:
    """The files that can be read, and what is wrong with the others."""
    files: list[CatalogueFile] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            files.append(parse_catalogue_file(path))
        except InputProblems as error:
            problems.extend(error.problems)
    return files, problems


def _in_facts(problem: Problem, facts: FactBook) -> Problem:
    path = data_folder() / FACTS_FILE
    return problem._replace(where=str(path), line=line_of(path, "fact", list(facts.facts).index(problem.entry), "id"))
