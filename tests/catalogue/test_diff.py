"""`catalogue diff`: what changed, and what that changes for a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kotoneuvo.cli.main import build

APP = build()

OLD = """
[[service]]
id = "course"
kind = "course"
name = { fi = "Kurssi", sv = "Kursen", en = "Course" }
summary = { fi = "Suomen kurssi.", sv = "En kurs.", en = "A course." }
goals = ["language"]
phase = "language"
area = ["091"]
assured = "2026-06-01"
sources = { page = { url = "https://example.fi/", date = "2026" } }
eligibility = { age = { min = 18 }, source = "page" }

[[service]]
id = "club"
kind = "club"
name = { fi = "Kerho", sv = "Klubben", en = "Club" }
summary = { fi = "Kielikerho.", sv = "En språkklubb.", en = "A language club." }
goals = ["language"]
phase = "language"
area = ["FI"]
assured = "2026-06-01"
sources = { page = { url = "https://example.fi/", date = "2026" } }
"""
ENDED = 'area = ["FI"]\nvalid = { until = "2026-10-31", source = "page" }\nsuccessor = ["cafe"]\n'
CAFE = OLD[OLD.index('[[service]]\nid = "club"') :].replace('"club"\nkind', '"cafe"\nkind').replace("Club", "Café")


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """The club has ended and a café took over; the course is for people over 30 now."""
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(OLD.replace("min = 18", "min = 30").replace('area = ["FI"]\n', ENDED) + CAFE, encoding="utf-8")
    return str(old), str(new)


def _run(*args: str, lang: str = "en") -> tuple[int, str, str]:
    command = ["catalogue", "diff", *args, "--as-of", "2026-11-24"]
    result = CliRunner().invoke(APP, command, env={"KOTONEUVO_LANG": lang})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_what_changed(files: tuple[str, str]) -> None:
    """Added, changed with its fields, ended with its successor; nothing between a catalogue and itself."""
    code, out, _ = _run(*files)
    assert code == 0
    assert out.splitlines() == [
        "changed: course (eligibility)",
        "changed: club (valid, successor); active → ended; taken over by cafe",
        "    valid: – → –31.10.2026",
        "added: cafe",
    ]
    assert _run(*reversed(files))[1].splitlines()[-1] == "removed: cafe"
    assert _run("bundled", "bundled")[1] == "nothing has changed\n"


def test_for_a_person(files: tuple[str, str], tmp_path: Path) -> None:
    """At 25 the course closes and the café opens in the club's place."""
    answers = tmp_path / "answers.toml"
    answers.write_text('municipality = "Helsinki"\nage = 25\n', encoding="utf-8")
    out = _run(*files, "--answers", str(answers))[1].split("For this person:\n")[1]
    assert sorted(line.strip() for line in out.splitlines()) == [
        "closes: club; taken over by cafe",
        "closes: course",
        "opens: cafe",
    ]
    data = json.loads(_run(*files, "--answers", str(answers), "--format", "json")[1])
    assert {(each["service"], each["what"]) for each in data["person"]} == {
        ("club", "closes"), ("course", "closes"), ("cafe", "opens"),
    }  # fmt: skip


CONTACTS = """contact = [{ name = { fi = "neuvo", sv = "råd", en = "advice" }, phone = "09 310 1", \
hours = { fi = "ma 9–12", sv = "må 9–12", en = "Mon 9–12" }, url = "https://example.fi/1", source = "page" }]
"""


def test_short_fields_are_shown_as_they_were_and_are(files: tuple[str, str]) -> None:
    """Phone, hours, page, day and area in words; in JSON as the files write them."""
    old = OLD.replace('area = ["091"]\n', 'area = ["091", "049"]\n' + CONTACTS, 1)
    new = old.replace("310 1", "310 2").replace("Mon 9–12", "Mon 9–13").replace("fi/1", "fi/2")
    new = new.replace('"091", "049"', '"091", "092"').replace("2026-06-01", "2026-11-02", 1)
    Path(files[0]).write_text(old, encoding="utf-8")
    Path(files[1]).write_text(new, encoding="utf-8")
    assert _run(*files)[1].splitlines() == [
        "changed: course (area, contact, assured)",
        "    area: Espoo → Vantaa",
        "    contact: 09 310 1, https://example.fi/1 (advice; Mon 9–12) → "
        "09 310 2, https://example.fi/2 (advice; Mon 9–13)",
        "    assured: 1.6.2026 → 2.11.2026",
    ]
    (change,) = json.loads(_run(*files, "--format", "json")[1])["changes"]
    assert change["values"]["assured"] == ["2026-06-01", "2026-11-02"]
    assert [side[0]["phone"] for side in change["values"]["contact"]] == ["09 310 1", "09 310 2"]


def test_in_swedish(files: tuple[str, str], tmp_path: Path) -> None:
    """Every word of it is translated."""
    answers = tmp_path / "answers.toml"
    answers.write_text('municipality = "Helsinki"\nage = 25\n', encoding="utf-8")
    out = _run(*files, "--answers", str(answers), lang="sv")[1] + _run(*reversed(files), lang="sv")[1]
    for word in ("added", "removed", "changed", "opens", "closes", "active", "ended"):
        assert word not in out


def test_missing_files_are_told(files: tuple[str, str], tmp_path: Path) -> None:
    """Be it a catalogue or the answers."""
    assert _run(files[0], str(tmp_path / "none.toml"))[0] == 1
    assert _run(*files, "--answers", str(tmp_path / "none.toml"))[0] == 1


def test_overlays_are_laid_over_the_bundled_one(tmp_path: Path) -> None:
    """Two versions of one's own small file; what one of them hides is told with the reason."""
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text('[[service]]\nid = "migri"\norganization = "Migri"\n', encoding="utf-8")
    new.write_text('[[service]]\nid = "migri"\nhide = "moved away"\n', encoding="utf-8")
    out = _run(str(old), str(new), "--overlays")[1]
    assert out == "removed: migri; hidden by your own catalogue: moved away\n"
    data = json.loads(_run(str(old), str(new), "--overlays", "--format", "json")[1])
    assert data["changes"][0]["hidden"] == "moved away"


def test_an_overlay_alone_is_no_catalogue(tmp_path: Path) -> None:
    """One line says what to do; a file that is wrong also as an overlay is told what is wrong."""
    mine = tmp_path / "mine.toml"
    mine.write_text('[[service]]\nid = "migri"\norganization = "Migri"\n', encoding="utf-8")
    code, _, err = _run("bundled", str(mine))
    assert code == 2
    assert err.count("\n") == 1
    assert "--overlays" in err
    mine.write_text('[[service]]\nid = "migri"\norganization = 5\n', encoding="utf-8")
    code, _, err = _run("bundled", str(mine))
    assert code == 1
    assert "--overlays" not in err
