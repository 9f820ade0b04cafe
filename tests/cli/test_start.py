"""What a command does not do before it begins: import what others need, and look for garbage where there is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import gc, sys
from kotoneuvo.cli.entry import run
before = sum(each["collections"] for each in gc.get_stats())
try:
    run()
finally:
    collections = sum(each["collections"] for each in gc.get_stats()) - before
    print(collections, *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""
NEVER = {
    "httpx",
    "icalendar",
    "numpy",
    "phonenumbers",
    "prompt_toolkit",
    "questionary",
    "rich",
    "tomlkit",
    "xlsxwriter",
}
ADVISE = ("advise", "--municipality", "Vantaa", "--no-privacy-warning", "--output", "out", "--format")


@pytest.mark.parametrize(
    ("command", "without"),
    [
        (("--version",), {"babel", "jinja2", "json", "pickle", "segno", "tomli", "typst"}),
        (("--help",), {"babel", "jinja2", "json", "pickle", "segno", "tomli", "typst"}),
        ((*ADVISE, "json"), {"babel", "jinja2", "segno", "typst"}),
        ((*ADVISE, "html"), {"typst"}),
        ((*ADVISE, "pdf"), {"jinja2"}),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else "",
)
def test_a_command_imports_what_it_needs(command: tuple[str, ...], without: set[str], tmp_path: Path) -> None:
    """A desk waits for every start: what takes tens of milliseconds is imported by the commands that use it."""
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, *command], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    collections, *modules = run.stderr.splitlines()[-1].split()
    assert not (NEVER | without) & set(modules)
    assert int(collections) < 5
