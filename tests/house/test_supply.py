"""What the program stands on: few packages, bounded, each with a reason and a licence, and nothing that is not used."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from desk import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=;~! ]", each)[0] for each in requirements} - {"kotoneuvo"}


def _run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], cwd=folder, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("tool", [["deptry", "."], ["vulture"]], ids=lambda command: command[0])
def test_nothing_is_unused_or_undeclared(tool: list[str]) -> None:
    """Packages that are imported are declared, declared ones are used, and so is every function (see pyproject)."""
    run = _run(ROOT, "-m", *tool)
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_dependency_is_bounded() -> None:
    """A new major version of a package comes in by a decision, not by chance."""
    for each in [*PROJECT["dependencies"], *EXTRAS["pdf"], *EXTRAS["care"]]:
        assert re.search(r">=[\d.]+,<[\d.]+$", each), each


def test_every_dependency_has_its_reason() -> None:
    """A row in the README's table, or for the tests in CONTRIBUTING's; and no row is left over."""
    readme, contributing = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    for page, wanted in (
        (readme.partition("## Packages it stands on")[2].partition("\n## ")[0], ("", "care", "pdf")),
        (contributing.partition("## Packages of the tests")[2], ("test",)),
    ):
        rows = dict(re.findall(r"^\| \[?([a-z][\w.-]*)\]?[^|]*\| (.*) \|$", page, re.M))
        rows.pop("package")
        needed = [each for extra in wanted for each in (EXTRAS[extra] if extra else PROJECT["dependencies"])]
        assert set(rows) == _names(needed)
        assert all(len(reason) > 4 for reason in rows.values())


def test_the_licences_are_those_of_what_is_installed() -> None:
    """`python docs/build.py` would change nothing in docs/licences.md."""
    program = (
        "from licences import PAGE, fill_licences; text = PAGE.read_text(encoding='utf-8');"
        "assert '| typer' in text or '[typer]' in text; assert fill_licences(text) == text"
    )
    run = _run(ROOT / "docs", "-c", program)
    assert run.returncode == 0, run.stderr


def test_tools_notice_what_is_wrong(tmp_path: Path) -> None:
    """The same settings find a planted function that nobody calls and a planted package that nobody declares."""
    package = tmp_path / "kotoneuvo"
    package.mkdir()
    (package / "__init__.py").write_text("import requests\n\n\ndef idle():\n    return requests\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "hatch_build.py").touch()
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    assert "unused function 'idle'" in _run(tmp_path, "-m", "vulture").stdout
    assert re.search("DEP00[13]", _run(tmp_path, "-m", "deptry", ".").stderr)


def test_the_audit_says_what_it_could_not_ask(tmp_path: Path) -> None:
    """A vulnerability fails the gate; silence of the service does not, but is said and never taken for "none"."""
    audit = str(ROOT / ".ci" / "audit.py")
    stand_in = tmp_path / "pip-audit"
    for said, code, words in (
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "CVE-1"}]}]}', 1, "CVE-1"),
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}', 0, "1 packages checked, 0 vulnerable"),
        ('{"dependencies": [{"name": "a", "skip_reason": "not found"}]}', 0, "0 packages checked"),
        ("no route to host", 0, "NOT CHECKED"),
    ):
        stand_in.write_text(f"#!/bin/sh\necho '{said}'\n", encoding="utf-8")
        stand_in.chmod(0o755)
        run = _run(ROOT, audit, str(stand_in))
        assert (run.returncode, run.stderr) == (code, "")
        assert words in run.stdout
    assert "NOT CHECKED" in _run(ROOT, audit, str(tmp_path / "none")).stdout
