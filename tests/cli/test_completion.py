"""<TAB>: what a shell is offered, and a real bash."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pexpect
import pytest
from desk import BIN
from terminal import PROGRAM


def _offered(line: str) -> list[str]:
    """What bash is offered for the last word of a line."""
    environment = os.environ | {
        "_KOTONEUVO_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(line.count(" ")),
    }
    run = subprocess.run([PROGRAM], env=environment, capture_output=True, encoding="utf-8", check=True)
    assert run.stderr == ""
    return run.stdout.split("\n")[:-1]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("kotoneuvo ", ["advise", "batch", "doctor", "card", "services", "catalogue"]),
        ("kotoneuvo catalogue st", ["stale"]),
        ("kotoneuvo advise --muni", ["--municipality"]),
        ("kotoneuvo advise --municipality vanta", ["vantaa"]),
        ("kotoneuvo advise --municipality esb", ["esbo"]),
        ("kotoneuvo advise --municipality Raase", ["Raasepori"]),
        ("kotoneuvo advise --goals work,lang", ["work,language"]),
        ("kotoneuvo advise --has-right-to-work ", ["yes", "no"]),
        ("kotoneuvo advise --status quota", ["quota_refugee"]),
        ("kotoneuvo advise --format p", ["pdf"]),
        ("kotoneuvo advise --handout-lang fi", ["fi", "fi-simple"]),
        ("kotoneuvo advise --lang ", ["fi", "sv", "en"]),
        ("kotoneuvo services show vantaa-osaamiskeskus-r", ["vantaa-osaamiskeskus-ryhmatoiminta"]),
        ("kotoneuvo services list --operating pl", ["planned"]),
        ("kotoneuvo services list --audience emp", ["employer"]),
        ("kotoneuvo catalogue export --to cp", ["cpsv-ap"]),
    ],
)
def test_what_is_offered(line: str, offered: list[str]) -> None:
    """Commands, options, and the values of options, in the capitals that they were begun in."""
    assert [each for each in _offered(line) if each] == offered


def test_in_bash(tmp_path: Path) -> None:
    """The script that --show-completion prints completes a municipality for somebody who presses TAB."""
    # Asked from a bash, as a person would: typer looks at the shell that it is called from.
    asked = ["bash", "-c", f"'{PROGRAM}' --show-completion; exit $?"]
    script = subprocess.run(asked, capture_output=True, encoding="utf-8", check=True).stdout
    (tmp_path / "script").write_text(script, encoding="utf-8")
    environment = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "PS1": "> ", "TERM": "dumb"}
    bash = pexpect.spawn("bash", ["--norc", "--noprofile"], env=environment, encoding="utf-8", timeout=20)
    try:
        bash.sendline(f"source {tmp_path / 'script'}; echo rea''dy")
        bash.expect("ready")
        bash.send("kotoneuvo advise --municipality vanta\t")
        bash.expect("vantaa ")
    finally:
        bash.close(force=True)
