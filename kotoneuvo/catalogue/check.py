"""Everything there is to say about catalogue files: errors, and warnings apart from them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.catalogue.build import Reading, bundled_file, read_services
from kotoneuvo.catalogue.contacts import check_contacts
from kotoneuvo.catalogue.entry_reader import EntryReader
from kotoneuvo.catalogue.files import data_folder, gc_paused
from kotoneuvo.catalogue.line_numbers import line_of
from kotoneuvo.catalogue.old_form import OLD_FORM
from kotoneuvo.catalogue.outdated import OVERDUE, find_outdated
from kotoneuvo.catalogue.overlays import CatalogueFile, parse_catalogue_file, read_each
from kotoneuvo.catalogue.read_facts import read_facts
from kotoneuvo.catalogue.references import check_reach
from kotoneuvo.catalogue.warnings import FACTS_FILE, find_cautions, unsaid, unused_facts


@dataclass(frozen=True)
class Findings:
    """What a check found, in the order of the files; `services` counts what was read."""

    services: int
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


@gc_paused()
def check_files(paths: Sequence[Path], day: date, *, alone: bool = False, base_too: bool = False) -> Findings:
    """Check overlays of the bundled catalogue, in this order, and report problems.

    `alone`: the first file is a complete catalogue instead (as the bundled file always does). `base_too`: report on the
    bundled catalogue as well.
    """
    bundled = bundled_file()
    alone = alone or any(os.path.realpath(path) == os.path.realpath(bundled.path) for path in paths[:1])
    files, unread = read_each(paths, parse_catalogue_file)
    stack = files if alone else [bundled, *files]
    if not stack:
        return Findings(0, tuple(unread), ())
    found = check_catalogue(stack, read_facts(data_folder()), day)
    mine = {str(file.path) for file in files}
    warnings = tuple(each for each in found.warnings if base_too or alone or each.where in mine)
    return Findings(found.services, (*unread, *found.errors), warnings)


def check_catalogue(files: Sequence[CatalogueFile], facts: FactBook, day: date) -> Findings:
    """Check `files`, each an overlay of those before it, and report on all of them and every service."""
    reading = read_services(files, facts)
    services = list(reading.services.values())
    for reader in reading.readers:
        check_contacts(reader)
        _check_layers(reader)
    for problem in check_reach(services, facts):
        reading.by_id[problem.entry].refuse(problem, problem.fieldname)
    catalogue = reading.catalogue(files, facts)
    specs = {reader.entry: reader.spec for reader in reading.services}
    for problem in (*find_cautions(catalogue, day), *find_outdated(catalogue, specs, day)):
        reading.by_id[problem.entry].warnings.append(problem)
    _check_offices(reading, day)
    general: list[Problem] = []
    if files[0].path.parent == data_folder():
        general = [_in_facts(problem, facts) for problem in unused_facts(services, facts)]
        general += [each._replace(where=str(files[0].path)) for each in unsaid(services, day)]
    errors = [problem for whole in files for file in (whole, *whole.parts) for problem in file.problems()]
    return Findings(len(services), (*errors, *reading.problems()), (*reading.warnings(), *general))


def _check_offices(reading: Reading, day: date) -> None:
    """Warn of contact points of offices, and of notices, that are past their review."""
    for reader, office in reading.offices.items():
        for place, each in enumerate(office.contacts):
            if each.review and day >= each.review:
                reader.warn(OVERDUE, f"contact[{place}]", {"day": each.review.isoformat()})
    for reading_notice, notice in reading.notices.items():
        if day >= notice.review and not (notice.valid_until and day > notice.valid_until):
            reading_notice.warn(OVERDUE, "review", {"day": notice.review.isoformat()})
        if notice.transition is None:
            reading_notice.warn(N_("say for whom the old rule still holds, or that it is not known"), "transition")


def _check_layers(reader: EntryReader) -> None:
    """Warn of what an overlay takes away, and of the old form of contacts."""
    for layer in reader.origin.layers:
        for name in layer.old:
            reader.warn(OLD_FORM, name)
        for name, value in layer.removed:
            if value:
                reader.warn(N_("the overlay removes this: {found}"), name, {"found": value})
            else:
                reader.warn(N_("the overlay removes this field"), name)


def _in_facts(problem: Problem, facts: FactBook) -> Problem:
    path = data_folder() / FACTS_FILE
    return problem._replace(where=str(path), line=line_of(path, "id", "fact", list(facts.facts).index(problem.entry)))
