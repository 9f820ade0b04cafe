"""Nothing leaves the computer and nothing stays on it but what was asked for: by the system calls of every command.

Skipped where there is no strace; with KOTONEUVO_NEEDS_STRACE set that is a failure.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from kotoneuvo.catalogue.files import data_folder

pytestmark = pytest.mark.faults
PROGRAM = str(Path(sys.executable).parent / "kotoneuvo")
CATALOGUE = data_folder() / "services.toml"
STANDARDS = Path(__file__).resolve().parents[1] / "standards" / "ptv-v11"
CALLS = "trace=socket,connect,bind,openat,open,openat2,creat,rename,renameat,renameat2,mkdir,mkdirat,link,linkat,"
CALLS += "symlink,symlinkat"
WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT")
ANSWERS = ["--municipality", "Raasepori", "--age", "41", "--status", "asylum", "--goals", "work"]
PERSON = ["advise", *ANSWERS]
COMMANDS = {
    "advise": PERSON,
    "text": [*PERSON, "--format", "text", "--output", "out"],
    "json": [*PERSON, "--format", "json", "--output", "out"],
    "html": [*PERSON, "--format", "html", "--handout-lang", "ar", "--output", "out"],
    "pdf": [*PERSON, "--format", "pdf", "--handout-lang", "ru", "--output", "out"],
    "answers": ["advise", "--answers", "answers.toml"],
    "batch": ["batch", "intake.csv", "--jobs", "2", "--output", "out"],
    "batch to stdout": ["batch", "intake.csv", "--jobs", "1"],
    "batch, everything": ["batch", "intake.csv", "--output", "out", "--problems", "problems", "--report", "report"],
    "batch, jsonl": ["batch", "intake.csv", "--format", "jsonl", "--output", "out"],
    "batch, dry run": ["batch", "intake.csv", "--dry-run"],
    "batch, refused": ["batch", "people.csv", "--output", "out"],
    "template": ["batch", "--template", "--output", "out"],
    "list": ["services", "list", "--municipality", "Oulu"],
    "search": ["services", "search", "migri"],
    "show": ["services", "show", "migri"],
    "check": ["catalogue", "check"],
    "schema": ["catalogue", "schema", "--output", "out"],
    "where": ["catalogue", "where"],
    "stale": ["catalogue", "stale"],
    "translations": ["catalogue", "translations", "dari"],
    "diff": ["catalogue", "diff", str(CATALOGUE), str(CATALOGUE)],
    "import": ["catalogue", "import-ptv", str(STANDARDS), "--output", "out"],
    "match": ["catalogue", "match", str(STANDARDS)],
    "refresh": ["catalogue", "refresh", str(STANDARDS)],
    "confirm": ["catalogue", "confirm", "migri", "--source", "https://example.org/", "--file", "out"],
    "hsds": ["catalogue", "export", "--to", "hsds", "--output", "out"],
    "cpsv": ["catalogue", "export", "--to", "cpsv-ap", "--output", "out"],
    "csv": ["catalogue", "export", "--to", "csv", "--output", "out"],
    "page": ["catalogue", "export", "--to", "html", "--output", "out"],
    "doctor": ["doctor"],
    "help": ["--help"],
    "version": ["--version"],
    "wrong": ["advise", "--age", "sata"],
}
NAMED = ("out", "out.txt", "problems", "report")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    if not shutil.which("strace"):
        if os.environ.get("KOTONEUVO_NEEDS_STRACE"):
            pytest.fail("strace is needed here: apt-get install strace")
        pytest.skip("there is no strace here: apt-get install strace")
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "intake.csv").write_text("rivi;kunta;ikä\n1;Vantaa;34\n2;Oulu;kissa\n", encoding="utf-8")
    (desk / "people.csv").write_text("kunta;viite\nOulu;010594Y9032\n", encoding="utf-8")
    (desk / "answers.toml").write_text('municipality = "Raasepori"\nage = 41\n', encoding="utf-8")
    return desk


def variables(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "KOTONEUVO_LANG": "en",
        "HOME": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": str(folder),
    }


def traced(folder: Path) -> list[str]:
    return ["strace", "-f", "-qq", "-s", "300", "-e", CALLS, "-o", str(folder.parent / "calls"), PROGRAM]


def forbidden(folder: Path) -> list[str]:
    """The calls that went out to a network, or that wrote anything but the named files and the one beside each."""
    found = []
    for line in (folder.parent / "calls").read_text(encoding="utf-8", errors="replace").splitlines():
        call = line.partition(" ")[2].strip()
        if re.match(r"(socket|connect|bind)\(", call):
            if "AF_UNIX" not in call or call.startswith("connect"):
                found.append(call)
        elif (not call.startswith("open") or WRITES.search(call)) and not re.search(
            r"= -1 |^[+-]|^<\.\.\.|socketpair", call
        ):
            paths = [Path(each) for each in re.findall(r'"([^"]*)"', call)]
            found += [call for path in paths if not _allowed(path, folder)]
    return found


def _allowed(path: Path, folder: Path) -> bool:
    if str(path) in ("/dev/null", "/dev/tty"):
        return True
    named = path.name in NAMED or re.fullmatch(r"\.kotoneuvo-\w+\.tmp", path.name)
    return bool(named) and (folder / path).parent == folder


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_leaves_and_nothing_stays(folder: Path, command: str) -> None:
    """No socket to a network, no file written but the named one, no answer in a message about something wrong."""
    before = {each.name for each in folder.iterdir()}
    done = subprocess.run(
        [*traced(folder), *COMMANDS[command]],
        cwd=folder,
        env=variables(folder),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == {"batch, refused": 3, "wrong": 2}.get(command, 0), done.stderr
    assert forbidden(folder) == []
    new = {each.name for each in folder.iterdir()} - before
    assert new <= set(NAMED)
    assert ("out" in new) == ("out" in COMMANDS[command] and done.returncode == 0)


def test_the_trace_would_tell(folder: Path) -> None:
    """The test sees a file and a socket where there is one."""
    program = (
        "import pathlib, socket; pathlib.Path('diary').write_text('x'); socket.socket().connect_ex(('127.0.0.1', 9))"
    )
    subprocess.run([*traced(folder)[:-1], sys.executable, "-c", program], cwd=folder, check=True)
    found = forbidden(folder)
    assert any("diary" in call for call in found)
    assert any(call.startswith("connect(") for call in found)


def test_the_interview_keeps_no_history(folder: Path) -> None:
    """On a terminal, with answers typed: no file is written, none is there afterwards."""
    before = sorted(each.name for each in folder.iterdir())
    command, *arguments = traced(folder)
    environment = {**variables(folder), "PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm-256color"}
    child = pexpect.spawn(
        command, arguments, cwd=str(folder), env=environment, dimensions=(60, 100), timeout=60, encoding="utf-8"
    )
    child.delaybeforesend = None
    child.expect("In which municipality")
    child.send("Raasepori\r")
    child.expect("What does the person want")
    child.send(" \r")
    child.expect("Which languages")
    child.send("\x03")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert forbidden(folder) == []
    assert sorted(each.name for each in folder.iterdir()) == before


def test_the_interview_line_by_line_writes_nothing(folder: Path) -> None:
    """Nor does an answer come up in what goes to stderr."""
    lines = ["Raasepori", "1", "q"]
    done = subprocess.run(
        [*traced(folder), "--plain"],
        input="\n".join(lines) + "\n",
        cwd=folder,
        env=variables(folder),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 130, done.stderr
    assert forbidden(folder) == []
    assert "Raasepori" not in done.stderr


def test_two_handouts_of_one_person_are_the_same_pdf(folder: Path) -> None:
    """A PDF tells no moment and no author: the same answers on the same day give the same bytes."""
    for name in ("a", "b"):
        subprocess.run(
            [PROGRAM, *PERSON, "--format", "pdf", "--output", name], cwd=folder, env=variables(folder), check=True,
            capture_output=True,
        )  # fmt: skip
    assert (folder / "a").read_bytes() == (folder / "b").read_bytes()
    assert b"CreationDate" not in (folder / "a").read_bytes()
