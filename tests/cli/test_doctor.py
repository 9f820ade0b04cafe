"""`kotoneuvo doctor`: each inquiry, the exit code, the three languages, and a real terminal."""

from __future__ import annotations

import io
import json
import os
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from days import TODAY
from terminal import PROGRAM, Terminal

from kotoneuvo.cli.doctor_inquiry import (
    State,
    look_at_catalogue,
    look_at_language,
    look_at_python,
    look_at_terminal,
)
from kotoneuvo.cli.doctor_packages import look_at_packages, wanted_packages
from kotoneuvo.cli.environment import Environment
from kotoneuvo.words import Words

EN = Words("en")
GOOD = str(Path(__file__).resolve().parents[1] / "broken" / "good.toml")


def _environment(variables: Mapping[str, str] | None = None, encoding: str = "utf-8") -> Environment:
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    return Environment(io.StringIO(), out, io.StringIO(), variables or {}, TODAY)


def _run(*args: str, **variables: str) -> tuple[int, dict[str, list[dict[str, Any]]]]:
    environment = {**os.environ, "KOTONEUVO_LANG": "en", **variables}
    command = [PROGRAM, "doctor", "--format", "json", *args]
    run = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert run.stderr == ""
    found: dict[str, list[dict[str, Any]]] = {}
    for each in json.loads(run.stdout)["findings"]:
        found.setdefault(each["topic"], []).append(each)
    return run.returncode, found


def test_all_is_well_here() -> None:
    """On the machine of the tests nothing is in the way: exit 0, and every topic was looked at."""
    code, found = _run()
    assert code == 0
    assert set(found) == {"python", "packages", "pdf", "care", "catalogue", "age", "language", "terminal", "encoding"}
    assert {each["state"] for topic in ("python", "packages", "pdf", "care") for each in found[topic]} == {"ok"}
    assert found["catalogue"][0]["services"] > 180


def test_an_overlay_counts_or_stands_in_the_way(tmp_path: Path) -> None:
    """A good file over the catalogue is named; a broken one is told with what is wrong in it, exit 1."""
    code, found = _run("--catalogue", GOOD)
    assert code == 0
    assert found["catalogue"][1]["file"] == GOOD
    broken = tmp_path / "broken.toml"
    broken.write_text("[[service]]\nid = 5\n", encoding="utf-8")
    code, found = _run("--catalogue", str(broken))
    assert code == 1
    assert [each["state"] for each in found["catalogue"]] == ["problem"]
    assert "broken.toml:2" in found["catalogue"][0]["advice"]


def test_a_catalogue_of_the_config_folder_counts(tmp_path: Path) -> None:
    """What lies in the user's folder is named, since it changes every answer."""
    folder = tmp_path / "kotoneuvo" / "catalogues"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text(Path(GOOD).read_text(encoding="utf-8"), encoding="utf-8")
    _, found = _run(XDG_CONFIG_HOME=str(tmp_path))
    assert [each.get("file") for each in found["catalogue"]] == [None, str(folder / "own.toml")]


def test_an_old_catalogue_is_called_old() -> None:
    """Years later the advice is to ask for a newer one; soon after, what is past its review is counted."""
    later = _environment()._replace(today=date(2031, 1, 1))
    age = list(look_at_catalogue(later, EN, []))[-1]
    assert (age.topic, age.state) == ("age", State.NOTE)
    assert "newer" in age.advice
    now = list(look_at_catalogue(_environment(), EN, []))[-1]
    assert now.details["past_review"]
    assert "stale" in now.advice


@pytest.mark.parametrize(
    ("variables", "lang", "state", "said"),
    [
        ({"LANG": "fi_FI.UTF-8"}, None, State.OK, "suomi (LANG=fi_FI.UTF-8)"),
        ({"LC_ALL": "sv_FI", "LANG": "fi_FI"}, None, State.OK, "svenska (LC_ALL=sv_FI)"),
        ({"LANG": "fi_FI", "KOTONEUVO_LANG": "sv"}, None, State.OK, "svenska (KOTONEUVO_LANG=sv)"),
        ({"KOTONEUVO_LANG": "sv"}, "fi", State.OK, "suomi (--lang)"),
        ({}, None, State.NOTE, "English (the system names none)"),
        ({"KOTONEUVO_LANG": "xx"}, None, State.PROBLEM, '"xx"'),
    ],
)
def test_the_language_and_why(variables: dict[str, str], lang: str | None, state: State, said: str) -> None:
    """The variable that decided is named; an unknown language is a problem with the way out."""
    environment = _environment(variables)
    words = EN if state is State.PROBLEM else environment.words(lang)
    found = look_at_language(environment, replace_language(words), lang)
    assert found.state is state
    assert said in found.said


def replace_language(words: Words) -> Words:
    """The same language told in English, so that one test reads all."""
    english = Words("en")
    english.language = words.language
    return english


def test_old_pythons_stand_in_the_way() -> None:
    """3.10 is a problem that says which to install; 3.11 is none."""
    old = look_at_python(EN, (3, 10, 13))
    assert old.state is State.PROBLEM
    assert "3.11" in old.advice
    assert look_at_python(EN, (3, 11, 0)).state is State.OK


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing package stops the work, a missing optional one does not; each says how to get it."""
    wanted = {"": ("typer", "no-such-package"), "pdf": ("no-such-typst",), "care": ("httpx",)}
    monkeypatch.setattr("kotoneuvo.cli.doctor_packages.wanted_packages", lambda: wanted)
    found = {each.topic: each for each in look_at_packages(EN)}
    assert (found["packages"].state, found["pdf"].state, found["care"].state) == (
        State.PROBLEM,
        State.NOTE,
        State.OK,
    )
    assert "no-such-package" in found["packages"].said
    assert "typer" not in found["packages"].said
    assert "kotoneuvo[pdf]" in found["pdf"].advice


def test_the_packages_are_those_of_the_metadata() -> None:
    """Needed and optional ones are told apart, and those of the tests are left out."""
    wanted = wanted_packages()
    assert {"typer", "rich", "questionary", "babel"} <= set(wanted[""])
    assert "pytest" not in {name for names in wanted.values() for name in names}
    assert "typst" in wanted["pdf"]
    assert set(wanted["care"]) >= {"httpx", "tomlkit"}


def test_an_output_that_cannot_write_every_sign() -> None:
    """An old code page is a note with a way out, and no problem."""
    found = [each for each in look_at_terminal(_environment(encoding="cp1252"), EN) if each.topic == "encoding"]
    assert [each.state for each in found] == [State.NOTE]
    assert "cp1252" in found[0].said


@pytest.mark.parametrize(("language", "word"), [("fi", "kunnossa"), ("sv", "i skick"), ("en", "ok  ")])
def test_in_a_terminal(language: str, word: str, tmp_path: Path) -> None:
    """A person sees the width and the colours of this very terminal, in the language asked for."""
    terminal = Terminal("doctor", "--lang", language, folder=tmp_path, columns=100)
    assert terminal.end() == 0
    assert word in terminal.everything
    assert "100" in terminal.everything


def test_a_simple_and_a_narrow_terminal(tmp_path: Path) -> None:
    """TERM=dumb means line by line; forty columns are few."""
    simple = Terminal("doctor", folder=tmp_path, TERM="dumb")
    assert simple.end() == 0
    assert "line by line" in simple.everything
    narrow = Terminal("doctor", folder=tmp_path, columns=40)
    assert narrow.end() == 0
    assert "wider" in narrow.everything
