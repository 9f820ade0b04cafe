"""The note of the visit: short, dated, and nothing of who it was."""

from __future__ import annotations

import pytest
from handouts import report_for

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.render.note import write_note
from kotoneuvo.words import Words

PERSON = {
    "municipality": "Turku",
    "age": 34,
    "status": "family_ties",
    "finnish_level": "A1.3",
    "goals": ["work", "basic_education", "literacy"],
}


def test_what_was_found_advised_and_told_with_its_days(catalogue: Catalogue) -> None:
    """Five to eight lines: the matter, how much was found, the steps with contact and date, notices, the reserve."""
    report = report_for(catalogue, **PERSON)
    lines = write_note(report, Words("en"), ["a paper in Arabic"]).splitlines()
    assert 5 <= len(lines) <= 8
    assert lines[0].startswith("Advice given on ")
    assert "Matter: work, basic education, literacy. Municipality: Turku." in lines[0]
    count = sum(len(stage.services) for stage in report.pathway)
    assert lines[1].startswith(f"Found {count} services")
    advised = next(line for line in lines if line.startswith("Advised first: "))
    assert all(f"{number}) " in advised for number in range(1, len(report.first_steps) + 1))
    assert all(f"/20{year}" in "".join(lines) for year in (25, 26))
    assert "Handed over: a paper in Arabic." in lines
    assert lines[-1].startswith("Who may use a service is decided by")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    "told", [{"violence": True}, {"trafficking_victim": True}, {"status": "undocumented"}, {"gender": "woman"}]
)
def test_nothing_of_the_person_stands_in_it(catalogue: Catalogue, told: dict[str, object], language: str) -> None:
    """Neither age nor permit nor level, nor anything that was told."""
    note = write_note(report_for(catalogue, **(PERSON | told)), Words(language)).casefold()
    for word in ("34", "a1.3", "family ties", "perheside", "familjeband", "nollalinja", "nollinjen", "shelter"):
        assert word not in note
    for word in ("turvako", "paperit", "papperslös", "undocumented", "ihmiskau", "människohandel", "trafficking"):
        assert word not in note


@pytest.mark.parametrize("told", [{"violence": True}, {"trafficking_victim": True}])
def test_what_was_told_in_confidence_changes_no_word_of_it(catalogue: Catalogue, told: dict[str, object]) -> None:
    """Nor a number: others read the register."""
    person = {"municipality": "Kouvola", "status": "work_seasonal", "goals": ["work_rights"]}
    without, with_it = (report_for(catalogue, **answers) for answers in (person, person | told))
    assert write_note(with_it, Words("en")) == write_note(without, Words("en"))
