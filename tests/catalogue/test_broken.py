"""A folder of broken catalogues, one mistake each: the message must hold the words of the first line, and the line.

The first line reads "# error: words | that | must stand in it" (or "# warning: …"); "# here" marks the line to name.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from days import TODAY

from kotoneuvo.advice.problems import Problem
from kotoneuvo.catalogue.check import check_files
from kotoneuvo.words import Words

FOLDER = Path(__file__).resolve().parents[1] / "broken"
BROKEN = sorted(path for path in FOLDER.glob("*.toml") if path.name != "good.toml")


def _all_words(problem: Problem) -> str:
    return Words("en").problem(problem)


def test_the_catalogue_that_the_others_are_made_from_is_good() -> None:
    """Without a mistake nothing is said: each of the others differs from it in one place."""
    found = check_files([FOLDER / "good.toml"], TODAY, alone=True)
    assert (found.services, found.errors, found.warnings) == (2, (), ())


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_broken(path: Path) -> None:
    """Exactly one thing is said, of the right kind, with its words and on its line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    kind, _, words = lines[0].removeprefix("# ").partition(": ")
    found = check_files([path], TODAY, alone=True)
    said, unsaid = (found.errors, found.warnings) if kind == "error" else (found.warnings, found.errors)
    about = {problem.entry: _all_words(problem) for problem in said}
    assert len(said) >= 1
    assert unsaid == ()
    message = "\n".join(about.values())
    for word in words.split(" | "):
        assert word in message
    marked = [number for number, line in enumerate(lines, 1) if line.endswith("# here")]
    if marked:
        assert said[0].line == marked[0]
    assert all(problem.where == str(path) for problem in said)
    assert len(said) == 1
