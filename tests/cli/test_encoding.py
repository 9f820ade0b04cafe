"""Terminals and pipes that cannot write every sign."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

PROGRAM = str(Path(sys.executable).parent / "kotoneuvo")
PERSON = ["advise", "--municipality", "Vantaa", "--goals", "work", "--lang", "fi"]


def _run(*args: str, **variables: str) -> bytes:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    run = subprocess.run([PROGRAM, *args], env=environment | variables, capture_output=True, check=False)
    assert (run.returncode, run.stderr) == (0, b"")
    return run.stdout


def test_an_old_code_page_by_name() -> None:
    """Where the encoding is asked for, signs outside it are written by name: "✓" must not become "?"."""
    page = _run(*PERSON, PYTHONIOENCODING="cp1252").decode("cp1252")
    assert r"\N{CHECK MARK}" in page
    assert "näyttää" in page


def test_pipes_are_utf_8() -> None:
    """A pipe in an old locale gets UTF-8, so that JSON is what every reader expects."""
    out = _run(*PERSON, "--format", "json", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert json.loads(out.decode("utf-8"))["schema"] == "kotoneuvo/advice/1"
    assert "ä".encode() in out
