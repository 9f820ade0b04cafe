"""Check catalogue files: collect every error and, separately, every warning."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.catalogue.build import Reading, bundled_file, read_services
from kotoneuvo.catalogue.closed_lists import SPOKEN
from kotoneuvo.catalogue.contacts import may_identify, person_name_in, texts_in
from kotoneuvo.catalogue.entry_reader import EntryReader
from kotoneuvo.catalogue.files import data_folder, gc_paused
from kotoneuvo.catalogue.old_form import OLD_FORM
from kotoneuvo.catalogue.outdated import OVERDUE
from kotoneuvo.catalogue.overlays import CatalogueFile, read_any
from kotoneuvo.catalogue.read_facts import read_facts
from kotoneuvo.catalogue.references import check_reach
from kotoneuvo.catalogue.warnings import missing_statements, unused_facts, warn_of_services


@dataclass(frozen=True)
class Findings:
    """The result of a check, in the order of the files; `services` is the number of services."""

    services: int
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


@gc_paused()
def check_files(paths: Sequence[Path], day: date, *, alone: bool = False, base_too: bool = False) -> Findings:
    """Check files as overlays of the bundled catalogue, in this order.

    `alone`: the first file is a complete catalogue, not an overlay; the bundled file itself always counts as one.
    `base_too`: also report warnings about the bundled catalogue.
    """
    bundled = bundled_file()
    # As an overlay of itself, the bundled file would be reported as replacing every field.
    alone = alone or any(os.path.realpath(path) == os.path.realpath(bundled.path) for path in paths[:1])
    files, unread = read_any(paths)
    stack = files if alone else [bundled, *files]
    if not stack:
        return Findings(0, tuple(unread), ())
    found = check_catalogue(stack, read_facts(data_folder()), day)
    mine = {str(file.path) for file in files}
    warnings = tuple(each for each in found.warnings if base_too or alone or each.where in mine)
    return Findings(found.services, (*unread, *found.errors), warnings)


def check_catalogue(files: Sequence[CatalogueFile], facts: FactBook, day: date) -> Findings:
    """Check `files`, each an overlay of those before it, and report on all of them."""
    reading = read_services(files, facts, strict=True)
    services = list(reading.services.values())
    for reader in reading.readers:
        _check_said(reader)
        reader.check_texts()
        _check_layers(reader)
    check_reach(services, reading.by_id, facts)
    warn_of_services(reading.catalogue(files, facts), reading.by_id, day)
    _check_offices(reading, day)
    general: list[Problem] = []
    # Only for the bundled catalogue: that of a single town rightly uses few facts and has few statements.
    if files[0].path.parent == data_folder():
        general = unused_facts(services, facts)
        general += [each._replace(where=str(files[0].path)) for each in missing_statements(services, day)]
    errors = [problem for whole in files for file in (whole, *whole.parts) for problem in file.problems()]
    return Findings(len(services), (*errors, *reading.problems()), (*reading.warnings(), *general))


def _check_offices(reading: Reading, day: date) -> None:
    """Warn of overdue contact points of offices, of overdue notices, and of notices without a `transition`."""
    for reader, office in reading.offices.items():
        for place, each in enumerate(office.contacts):
            if each.review and day >= each.review:
                reader.warn(OVERDUE, f"contact[{place}]", {"day": each.review.isoformat()})
    for reading_notice, notice in reading.notices.items():
        if day >= notice.review and not (notice.valid_until and day > notice.valid_until):
            reading_notice.warn(OVERDUE, "review", {"day": notice.review.isoformat()})
        if notice.transition is None:
            reading_notice.warn(N_("say for whom the old rule still holds, or that it is not known"), "transition")


def _check_said(reader: EntryReader) -> None:
    """Note spoken sources without a full date, and those that may reveal who the person was."""
    for key, source in reader.sources.items():
        path, said = f"sources.{key}", source.said
        if not said:
            continue
        if source.date and len(source.date) != len("2026-11-30"):
            reader.note(N_("a source needs the day on which it was said"), f"{path}.date", {"found": source.date})
        if may_identify(said):
            message = N_("this may tell who the person was: write how and which role, no name, number or address")
            reader.note(message, f"{path}.said")
        elif said not in SPOKEN and person_name_in(said, texts_in(reader.spec)):
            reader.warn(N_("this looks like the name of a person: write how and which role only"), f"{path}.said")


def _check_layers(reader: EntryReader) -> None:
    """Warn of what overlays remove, and of the old form of contacts."""
    for layer in reader.origin.layers:
        for name in layer.old:
            reader.warn(OLD_FORM, name)
        for name, value in layer.removed:
            if value:
                reader.warn(N_("the overlay removes this: {found}"), name, {"found": value})
            else:
                reader.warn(N_("the overlay removes this field"), name)
