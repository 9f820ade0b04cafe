"""What the program stands on: few packages, bounded, each with a reason and a licence, and nothing that is not used."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from desk import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=;~! ]", each)[0] for each in requirements} - {"kotoneuvo"}


def test_every_dependency_is_bounded() -> None:
    """A new major version of a package comes in by a decision, not by chance."""
    for each in [*PROJECT["dependencies"], *EXTRAS["pdf"], *EXTRAS["care"]]:
        assert re.search(r">=[\d.]+,<[\d.]+$", each), each


def test_every_dependency_has_its_reason() -> None:
    """A row in one of CONTRIBUTING's tables; and no row is left over."""
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for heading, wanted in (("## Packages", ("", "calendar", "care", "pdf")), ("### Packages of the tests", ("test",))):
        page = contributing.partition(f"\n{heading}\n")[2].partition("\n##")[0]
        rows = dict(re.findall(r"^\| \[?([a-z][\w.-]*)\]?[^|]*\| (.*) \|$", page, re.M))
        rows.pop("package")
        needed = [each for extra in wanted for each in (EXTRAS[extra] if extra else PROJECT["dependencies"])]
        assert set(rows) == _names(needed)
        assert all(len(reason) > 4 for reason in rows.values())
