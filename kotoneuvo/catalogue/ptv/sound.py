"""Which entries can be written: those that the check of catalogues has nothing against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.catalogue.check import check_catalogue
from kotoneuvo.catalogue.overlays import CatalogueFile
from kotoneuvo.catalogue.ptv.contacts import KEY, Spec

_LACKS: Mapping[str, str] = {
    "name": N_("not written: it has no name in Finnish, Swedish or English"),
    "summary": N_("not written: it has no summary and no description in Finnish, Swedish or English"),
    "area": N_("not written: it has no known municipality"),
    f"sources.{KEY}": N_("not written: PTV does not say when it was last changed"),
}
"""What PTV may lack that an entry needs, by the field."""
_FILE = Path("PTV")


def sound(
    entries: Iterable[Spec], below: Sequence[CatalogueFile], facts: FactBook, day: date
) -> tuple[list[Spec], list[Problem]]:
    """The entries that pass the check when laid over `below` (or alone), and why the others do not."""
    listed = list(entries)
    found = check_catalogue([*below, CatalogueFile(_FILE, {"service": listed})], facts, day)
    errors = [problem for problem in found.errors if problem.where == str(_FILE)]
    wrong = {problem.entry for problem in errors}
    return [entry for entry in listed if entry["id"] not in wrong], _reasons(errors)


def _reasons(errors: Iterable[Problem]) -> list[Problem]:
    """What PTV lacks, said once in its own words; of anything else what the check says."""
    found: list[Problem] = []
    for each in errors:
        lack = _LACKS.get(each.fieldname)
        said = [Problem(lack or N_("not written: the catalogue check rejects it"), entry=each.entry)]
        said += [] if lack else [each._replace(where="", line=0)]
        found += [problem for problem in said if problem not in found]
    return found
