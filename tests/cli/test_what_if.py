"""batch --what-if: municipalities by the clients whom a service that is not there would serve."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

KOTONEUVO = [str(Path(sys.executable).parent / "kotoneuvo"), "batch", "--lang", "en", "--as-of", "2026-11-30"]
CAFE = """
[[service]]
id = "cafe-that-is-not-there"
name = { fi = "Kielikahvila", sv = "Språkkafé", en = "Language café" }
summary = { fi = "Suomea jutellen.", sv = "Finska genom samtal.", en = "Finnish by talking." }
kind = "club"
phase = "language"
goals = ["language"]
area = ["FI"]
assured = "2026-11-30"
access = { source = "idea", how = { fi = "Tule paikalle.", sv = "Kom dit.", en = "Walk in." } }
contact = [{ address = "Kirkkokatu 1", source = "idea" }]
[service.eligibility]
age = ["18-29"]
source = "idea"
[service.sources]
idea = { url = "https://example.org/", date = "2026-11-30" }
"""
HEADER = "rivi;kunta;ikä;suomi;tavoite\n"


def ranking(folder: Path, rows: list[str], service: str = CAFE, *options: str) -> subprocess.CompletedProcess[str]:
    intake, cafe = folder / "in.csv", folder / "cafe.toml"
    intake.write_text(HEADER + "".join(f"{number};{row}\n" for number, row in enumerate(rows, 1)), encoding="utf-8")
    cafe.write_text(service, encoding="utf-8")
    words = [*KOTONEUVO, str(intake), "--what-if", str(cafe), *options]
    return subprocess.run(words, capture_output=True, encoding="utf-8", check=False)


def table(done: subprocess.CompletedProcess[str]) -> dict[str, tuple[int, int]]:
    """Clients, and those who gain a first step, by municipality."""
    assert done.returncode == 0, done.stderr
    return {
        place: (int(clients), int(gain)) for place, clients, gain, _ in list(csv.reader(done.stdout.splitlines()))[1:]
    }


def test_municipalities_by_what_they_gain(tmp_path: Path) -> None:
    """Who is too old for the café, wants something else or lives nowhere near gains nothing; few are not named."""
    rows = (
        ["Kemi;22;A1;kieli"] * 20 + ["Kemi;50;A1;kieli"] * 10 + ["Oulu;22;A1;kieli"] * 10 + ["Oulu;22;A1;asunto"] * 40
    )
    done = ranking(tmp_path, [*rows, *["Savitaipale;22;A1;kieli"] * 3])
    assert table(done) == {"Kemi": (30, 20), "Oulu": (50, 10), "other municipalities": (5, 5)}
    assert list(table(done)) == ["Kemi", "Oulu", "other municipalities"]
    assert "rounded to a multiple of 5" in done.stderr


def test_a_service_of_one_town_helps_that_town(tmp_path: Path) -> None:
    rows = ["Kemi;22;A1;kieli"] * 10 + ["Oulu;22;A1;kieli"] * 10
    assert table(ranking(tmp_path, rows, CAFE.replace('"FI"', '"240"'))) == {"Kemi": (10, 10), "Oulu": (10, 0)}


def test_a_file_without_a_new_service_is_refused(tmp_path: Path) -> None:
    done = ranking(tmp_path, ["Kemi;22;A1;kieli"], '[[service]]\nid = "kela"\nnote = { en = "x" }\n')
    assert done.returncode == 1
    assert "adds no service" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "options",
    [
        ("--letters", "x"),
        ("--report", "x.html"),
        ("--problems", "x.csv"),
        ("--save-mapping", "x.toml"),
        ("--format", "jsonl"),
        ("--output", "x.xlsx"),
    ],
)
def test_what_it_does_not_write_is_refused(tmp_path: Path, options: tuple[str, str]) -> None:
    name, given = options
    done = ranking(tmp_path, ["Kemi;22;A1;kieli"], CAFE, name, given if name == "--format" else str(tmp_path / given))
    assert (done.returncode, done.stdout) == (2, "")
    assert name in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"in.csv", "cafe.toml"}


def test_a_name_in_the_file_is_refused(tmp_path: Path) -> None:
    done = ranking(tmp_path, [*["Kemi;22;A1;kieli"] * 10, "Kemi;22;A1;010594Y9032"])
    assert done.returncode == 3
    assert done.stdout == ""
