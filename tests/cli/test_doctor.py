"""`kotoneuvo doctor`: what is there and what is missing, the exit code, the three languages, a real terminal."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from terminal import PROGRAM, Terminal

from kotoneuvo.cli.doctor import Severity, look_at_packages, wanted_packages
from kotoneuvo.words import Words

GOOD = str(Path(__file__).resolve().parents[1] / "broken" / "good.toml")


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
    """On the machine of the tests nothing is in the way, and nothing optional is missing."""
    code, found = _run()
    assert code == 0
    assert set(found) == {"python", "packages", "catalogue", "age", "language", "terminal"}
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


def test_a_language_that_is_not_there() -> None:
    """A problem with the way out, and no reason to say nothing else."""
    code, found = _run(KOTONEUVO_LANG="xx")
    assert code == 1
    assert found["language"][0]["state"] == "problem"
    assert "fi, sv, en" in found["language"][0]["advice"]
    assert found["catalogue"][0]["state"] == "ok"


def test_what_is_missing_is_named() -> None:
    """A missing package stops the work, a missing optional one does not; each says how to get it."""
    wanted = {"": ("typer", "no-such-package"), "pdf": ("no-such-typst",), "care": ("httpx",)}
    found = {each.topic: each for each in look_at_packages(Words("en"), wanted)}
    assert {topic: each.state for topic, each in found.items()} == {"packages": Severity.PROBLEM, "pdf": Severity.NOTE}
    assert "no-such-package" in found["packages"].text
    assert "typer" not in found["packages"].text
    assert "kotoneuvo[pdf]" in found["pdf"].advice


def test_the_packages_are_those_of_the_metadata() -> None:
    """Needed and optional ones are told apart, and those of the tests are left out."""
    wanted = wanted_packages()
    assert {"typer", "rich", "babel"} <= set(wanted[""])
    assert "pytest" not in {name for names in wanted.values() for name in names}
    assert "typst" in wanted["pdf"]
    assert set(wanted["care"]) >= {"httpx"}


@pytest.mark.slow
@pytest.mark.parametrize(("language", "word"), [("fi", "kunnossa"), ("sv", "i skick"), ("en", "ok  ")])
def test_in_a_terminal(language: str, word: str, tmp_path: Path) -> None:
    """A person is told in the language asked for that the interview can be held."""
    terminal = Terminal("doctor", "--lang", language, folder=tmp_path, columns=100)
    assert terminal.end() == 0
    assert word in terminal.everything


@pytest.mark.slow
def test_a_simple_terminal(tmp_path: Path) -> None:
    """TERM=dumb means line by line."""
    simple = Terminal("doctor", folder=tmp_path, TERM="dumb")
    assert simple.end() == 0
    assert "line by line" in simple.everything
