"""Runs that are broken off: the output is absent or complete, nothing else stays, and the message says what to do.

Longer and with more moments: benchmarks/faults.py. Linux for what looks into /proc.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from terminal import hear_signals

pytestmark = pytest.mark.faults
PROGRAM = str(Path(sys.executable).parent / "kotoneuvo")
LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")
FULL = pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs a device that is always full")
PERSON = ["advise", "--municipality", "Vantaa", "--age", "34", "--goals", "work"]
CONFIRM = ["catalogue", "confirm", "migri", "--source", "https://example.org/", "--file"]
ROWS = "7;Vantaa;34;työ, kieli, neuvonta\n" * 240_000
WRITING = {
    "text": [*PERSON, "--force", "--output"],
    "json": [*PERSON, "--format", "json", "--force", "--output"],
    "html": [*PERSON, "--format", "html", "--force", "--output"],
    "pdf": [*PERSON, "--format", "pdf", "--force", "--output"],
    "batch": ["batch", "intake.csv", "--force", "--output"],
    "problems": ["batch", "intake.csv", "--force", "--output", "results", "--problems"],
    "report": ["batch", "intake.csv", "--force", "--output", "results", "--report"],
    "template": ["batch", "--template", "--force", "--output"],
    "export": ["catalogue", "export", "--to", "csv", "--force", "--output"],
    "schema": ["catalogue", "schema", "--force", "--output"],
    "confirm": CONFIRM,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [f"{n};{('Oulu', 'Vantaa', '91')[n % 3]};{n % 90};työ" for n in range(1, 4)]
    (tmp_path / "intake.csv").write_text("\n".join(["rivi;kunta;ikä;tavoite", *rows]), encoding="utf-8")
    return tmp_path


def run(folder: Path, *options: str, shell: str = 'exec "$@"') -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", shell, "sh", PROGRAM, *options],
        cwd=folder,
        env={**os.environ, "KOTONEUVO_LANG": "en"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def group(leader: int) -> list[str]:
    """The processes of a group that live."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[2] == str(leader) and fields[0] != "Z":
            found.append(stat.parent.name)
    return found


def started(folder: Path, jobs: int) -> subprocess.Popen[str]:
    """A batch that waits for the rest of its input, its workers at work."""
    process = subprocess.Popen(
        [PROGRAM, "batch", "-", "--jobs", str(jobs), "--output", "out.csv"],
        cwd=folder,
        env={**os.environ, "KOTONEUVO_LANG": "en"},
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=hear_signals,
    )
    assert process.stdin
    process.stdin.write("rivi;kunta;ikä;tavoite\n" + ROWS)
    process.stdin.flush()
    return process


def left_alone(leader: int) -> bool:
    """Whether the processes of a group end within half a minute."""
    for _ in range(600):
        if not group(leader):
            return True
        time.sleep(0.05)
    return False


@LINUX
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_told_to_stop(tmp_path: Path, number: signal.Signals, code: int, jobs: int) -> None:
    """Ctrl-C, SIGTERM or a terminal that closes, in the middle: words, and nothing else is left."""
    process = started(tmp_path, jobs)
    process.send_signal(number)
    assert process.wait(30) == code
    assert process.stderr
    told = process.stderr.read()
    assert "Nothing was written" in told
    assert "Traceback" not in told
    assert names(tmp_path) == []
    assert left_alone(process.pid)
    assert process.stdin
    process.stdin.close()
    process.stderr.close()


@LINUX
@pytest.mark.parametrize("jobs", [2, 4])
def test_killed(tmp_path: Path, jobs: int) -> None:
    """Nobody can tidy up after SIGKILL, but the workers end and no half file bears the name of the output.

    The next run in the folder tidies up, and leaves alone what a run that lives is writing.
    """
    process, other = started(tmp_path, jobs), started(tmp_path, 1)
    process.kill()
    process.communicate()
    assert left_alone(process.pid)
    assert all(name.startswith(".kotoneuvo-") for name in names(tmp_path))
    assert len(names(tmp_path)) == 2
    assert run(tmp_path, *PERSON, "--output", "paper.txt").returncode == 0
    left = names(tmp_path)
    assert len(left) == 2
    assert left[1] == "paper.txt"
    _, told = other.communicate(ROWS, timeout=60)
    assert other.returncode == 0, told
    assert names(tmp_path) == ["out.csv", "paper.txt"]


def test_files_that_only_look_like_leftovers(folder: Path) -> None:
    """A named pipe, a folder or a link of such a name is nobody's temporary file."""
    os.mkfifo(folder / ".kotoneuvo-a.tmp")
    (folder / ".kotoneuvo-b.tmp").mkdir()
    (folder / ".kotoneuvo-c.tmp").symlink_to("intake.csv")
    before = names(folder)
    assert run(folder, *PERSON, "--output", "out").returncode == 0
    assert names(folder) == sorted([*before, "out"])


@LINUX
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_worker_dies(tmp_path: Path, number: signal.Signals) -> None:
    """Said with what to do, and not waited for: there are rows to come that it would have been given."""
    process = started(tmp_path, 2)
    workers = [pid for pid in group(process.pid) if pid != str(process.pid)]
    assert len(workers) == 1
    for pid in workers:
        os.kill(int(pid), number)
    _, told = process.communicate(ROWS, timeout=30)
    assert process.returncode == 1
    assert "--jobs 1" in told
    assert names(tmp_path) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("command", ["json", "html", "export", "confirm"])
def test_told_to_stop_at_any_moment(folder: Path, command: str, number: signal.Signals) -> None:
    """Wherever the signal comes: the file is absent (as it was) or complete, and no traceback is said."""
    whole = run(folder, *WRITING[command], "out")
    assert whole.returncode == 0, whole.stderr
    complete = (folder / "out").read_bytes()
    draw = random.Random(command)
    for moment in (draw.uniform(0.08, 0.4) for _ in range(4)):
        (folder / "out").unlink(missing_ok=True)
        process = subprocess.Popen(
            [PROGRAM, *WRITING[command], "out"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            preexec_fn=hear_signals,
        )
        time.sleep(moment)
        process.send_signal(number)
        _, told = process.communicate(timeout=30)
        assert names(folder) in (["intake.csv"], ["intake.csv", "out"])
        if (folder / "out").exists():
            assert (folder / "out").read_bytes() == complete
        # Before the first line of the program Python answers in its own way.
        assert process.returncode in (0, 128 + number, -number) or "Fatal Python error: init" in told
        assert process.returncode != 128 + number or not told


@FULL
@pytest.mark.parametrize("command", ["batch intake.csv", "services list", "catalogue schema", "--help", "--version"])
@pytest.mark.parametrize(("shell", "word"), [('"$@" >/dev/full', "No space left"), ('"$@" >&-', "closed")])
def test_a_stdout_that_takes_nothing(folder: Path, command: str, shell: str, word: str) -> None:
    """Exit code 1 and a message, whatever the command."""
    done = run(folder, *command.split(), shell=shell)
    assert done.returncode == 1
    assert word in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_closed_streams_that_are_not_needed(folder: Path) -> None:
    """With a file named, nothing is missed of stdin, stdout and stderr."""
    done = run(folder, *WRITING["batch"], "out", shell='"$@" <&- >&- 2>&-')
    assert done.returncode == 0
    assert (folder / "out").read_text(encoding="utf-8").count("\n") == 4
    assert run(folder, "batch", "-", shell='"$@" <&-').returncode == 1


def test_a_reader_that_has_had_enough(folder: Path) -> None:
    """`| head -1` ends quietly; files named beside are written."""
    done = run(folder, "batch", "intake.csv", "--problems", "problems.csv", shell='"$@" | true')
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr
    assert "problems.csv" in names(folder)


@pytest.mark.parametrize("command", WRITING)
def test_a_disk_without_room(folder: Path, command: str) -> None:
    """A limit of some bytes stands for a full disk: nothing stays, what was there is as it was."""
    (folder / "out").write_text('[[service]]\nid = "another"\n', encoding="utf-8")
    before = names(folder)
    done = subprocess.run(
        [PROGRAM, *WRITING[command], "out"],
        cwd=folder,
        env={**os.environ, "KOTONEUVO_LANG": "en", "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "free some space" in done.stderr
    assert "Traceback" not in done.stderr
    assert names(folder) == before
    assert (folder / "out").read_text(encoding="utf-8") == '[[service]]\nid = "another"\n'


@pytest.mark.parametrize("command", WRITING)
def test_a_folder_that_takes_nothing(folder: Path, command: str) -> None:
    """Without the right to write, and without the rights that root has beyond it."""
    shut = folder / "shut"
    shut.mkdir(mode=0o555)
    shell = 'exec setpriv --bounding-set -all "$@"' if os.geteuid() == 0 else 'exec "$@"'
    if run(folder, "--version", shell=shell).returncode:
        pytest.skip("root here cannot give up its rights (setpriv)")
    done = run(folder, *WRITING[command], "shut/out", shell=shell)
    assert done.returncode == 1, done.stderr
    assert "folder of your own" in done.stderr
    assert "Traceback" not in done.stderr
    assert names(shut) == []
    assert names(folder) == ["intake.csv", "shut"]


def test_the_input_is_never_written_over(folder: Path) -> None:
    """Nor do two results go to one file."""
    before = (folder / "intake.csv").read_bytes()
    for options in (["--output", "./intake.csv"], ["--output", "x", "--report", "x"], ["--problems", "-"]):
        done = run(folder, "batch", "intake.csv", *options)
        assert done.returncode == 2
        assert "same file" in done.stderr
    assert (folder / "intake.csv").read_bytes() == before
    assert names(folder) == ["intake.csv"]


@pytest.mark.parametrize("command", WRITING)
def test_files_are_private_unless_they_were_not(folder: Path, command: str) -> None:
    """A new file has mode 0600 whatever the umask; one that is there keeps its mode, also behind a link."""
    wide = 'umask 000; exec "$@"'
    assert run(folder, *WRITING[command], "out", shell=wide).returncode == 0
    assert (folder / "out").stat().st_mode & 0o777 == 0o600
    (folder / "out").chmod(0o640)
    (folder / "link").symlink_to("out")
    assert run(folder, *WRITING[command], "link", shell=wide).returncode == 0
    assert (folder / "out").stat().st_mode & 0o777 == 0o640
    assert (folder / "link").is_symlink()
