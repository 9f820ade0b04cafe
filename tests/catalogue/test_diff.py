"""`catalogue diff`: what changed, and what that changes for a person and for a group."""

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


def _run(*args: str) -> tuple[int, str, str]:
    command = ["catalogue", "diff", *args, "--as-of", "2026-11-24"]
    result = CliRunner().invoke(APP, command, env={"KOTONEUVO_LANG": "en"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_what_changed(files: tuple[str, str]) -> None:
    """Added, changed with its fields, ended with its successor; nothing between a catalogue and itself."""
    code, out, _ = _run(*files)
    assert code == 0
    assert out.splitlines() == [
        "changed: course (eligibility)",
        "changed: club (valid, successor); active → ended; taken over by cafe",
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


def test_for_a_group(files: tuple[str, str], tmp_path: Path) -> None:
    """Of twelve rows the course closes for the seven under 30 in Helsinki; a count below five is not told."""
    intake = tmp_path / "intake.csv"
    ages = [25] * 7 + [40] * 4
    rows = [f"{number};Helsinki;{age}" for number, age in enumerate(ages, 1)] + ["12;Oulu;25"]
    intake.write_text("rivi;kunta;ikä\n" + "\n".join(rows) + "\n", encoding="utf-8")
    out = _run(*files, "--batch", str(intake))[1].split("For 12 rows:\n")[1]
    assert sorted(line.strip() for line in out.splitlines()) == [
        "closes: club (12)", "closes: course (7)", "opens: cafe (12)",
    ]  # fmt: skip
    intake.write_text("rivi;kunta;ikä\n1;Helsinki;25\n", encoding="utf-8")
    assert "closes: course (< 5)" in _run(*files, "--batch", str(intake))[1]


def test_identity_and_wrong_use(files: tuple[str, str], tmp_path: Path) -> None:
    """A file with identity codes is refused as `batch` does; missing files and two wishes at once are told."""
    intake = tmp_path / "intake.csv"
    intake.write_text("hetu;ikä\n131052-308T;25\n", encoding="utf-8")
    assert _run(*files, "--batch", str(intake))[0] == 3
    assert _run(files[0], str(tmp_path / "none.toml"))[0] == 1
    assert _run(*files, "--batch", str(tmp_path / "none.csv"))[0] == 1
    assert _run(*files, "--batch", "a", "--answers", "b")[0] == 2


def test_overlays_are_laid_over_the_bundled_one(tmp_path: Path) -> None:
    """Two versions of one's own small file."""
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text('[[service]]\nid = "migri"\norganization = "Migri"\n', encoding="utf-8")
    new.write_text('[[service]]\nid = "migri"\nhide = "no"\n', encoding="utf-8")
    assert _run(str(old), str(new), "--overlays")[1] == "removed: migri\n"
