"""kotoneuvo.pyz: the program in one file, on a stick, without installing and without a network.

Skipped where its packages cannot be had; with KOTONEUVO_NEEDS_PYZ set that is a failure.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy
import pytest
from desk import INTAKE, ROOT
from terminal import hear_signals

pytestmark = [pytest.mark.tools, pytest.mark.xdist_group("pyz")]
OFFLINE = ["unshare", "--map-root-user", "--net"]
PERSON = ["advise", "--municipality", "Vantaa", "--goals", "work", "--format", "json"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file as the documented command makes it."""
    target = tmp_path_factory.mktemp("made") / "kotoneuvo.pyz"
    command = [sys.executable, str(ROOT / "tools" / "pyz.py"), str(target)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if run.returncode and "pip" in run.stderr and not os.environ.get("KOTONEUVO_NEEDS_PYZ"):
        pytest.skip(f"the packages for kotoneuvo.pyz cannot be had here: {run.stderr.splitlines()[-1]}")
    assert run.returncode == 0, run.stderr
    return target


def _run(pyz: Path, home: Path, *args: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """As on somebody's computer: without this repository, without packages and settings."""
    home.mkdir(exist_ok=True)
    variables = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "KOTONEUVO_LANG": "fi"}
    command = [*before, sys.base_prefix + "/bin/python3", "-S", str(pyz), *args]
    return subprocess.run(command, cwd=home, env=variables, capture_output=True, encoding="utf-8", check=False)


def _network_can_be_off() -> bool:
    tried = [*OFFLINE, "true"]
    return bool(shutil.which("unshare")) and subprocess.run(tried, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _network_can_be_off(), reason="no test may turn the network off here (unshare --net)")
def test_it_advises_with_the_network_off(made: Path, tmp_path: Path) -> None:
    """In Finnish, from its own data; beside the file lies what it unpacked, and the computer's home stays empty."""
    stick = tmp_path / "stick"
    stick.mkdir()
    pyz = Path(shutil.copy(made, stick))
    for _ in ("unpacks", "is unpacked"):
        done = _run(pyz, tmp_path / "home", *PERSON, before=tuple(OFFLINE))
        assert done.returncode == 0, done.stderr
        assert len(json.loads(done.stdout)["verdicts"]) > 180
    assert sorted(path.name.partition("-")[0] for path in stick.iterdir()) == ["kotoneuvo", "kotoneuvo.pyz"]
    assert list((tmp_path / "home").iterdir()) == []


def test_a_batch_with_workers(made: Path, tmp_path: Path) -> None:
    """Where the computer's Python has numpy. Worker processes find the program too, and the guard its packages."""
    of_computer = tmp_path / "packages"
    of_computer.mkdir()
    for folder in Path(numpy.__file__).parents[1].glob("numpy*"):
        (of_computer / folder.name).symlink_to(folder)
    (tmp_path / "intake.csv").write_text(INTAKE + "3;Turku;44;B1;work\n" * 40_000, encoding="utf-8")
    options = ("batch", str(tmp_path / "intake.csv"), "--jobs", "2", "--counts")
    done = _run(made, tmp_path / "home", *options, before=("env", f"PYTHONPATH={of_computer}"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 40_003


def test_a_batch_says_what_it_wants(made: Path, tmp_path: Path) -> None:
    (tmp_path / "intake.csv").write_text(INTAKE, encoding="utf-8")
    done = _run(made, tmp_path / "home", "batch", str(tmp_path / "intake.csv"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "pip install numpy" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_and_doctor(made: Path, tmp_path: Path) -> None:
    """Help has its examples whatever the file is called; doctor finds everything."""
    renamed = Path(shutil.copy(made, tmp_path / "neuvo.pyz"))
    shown = _run(renamed, tmp_path / "home", "advise", "--help").stdout
    assert shown.startswith("Käyttö: kotoneuvo advise")
    assert "Esimerkkejä" in shown
    done = _run(renamed, tmp_path / "home", "doctor")
    assert done.returncode == 0, done.stdout
    assert "suomi" in done.stdout
    assert "pip install numpy" in done.stdout


def test_a_stick_that_cannot_be_written_to(made: Path, tmp_path: Path) -> None:
    """It runs from a temporary folder, and takes it away again."""
    program = (
        "import sys, runpy, tempfile; real = tempfile.mkdtemp\n"
        "def refuse(suffix=None, prefix=None, dir=None):\n"
        "    if dir: raise PermissionError(dir)\n"
        "    return real(suffix, prefix, sys.argv[0] and TEMPORARY)\n"
        f"TEMPORARY = {str(tmp_path)!r}; tempfile.mkdtemp = refuse\n"
        f"sys.argv = [{str(made)!r}, '--version']; runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    beside = set(made.parent.iterdir())
    for path in beside - {made}:
        shutil.rmtree(path)
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("kotoneuvo ")
    assert list(tmp_path.iterdir()) == []
    assert list(made.parent.iterdir()) == [made]


def _beside(made: Path, folder: Path) -> tuple[Path, Path]:
    """The file in a folder of its own, and the folder that it unpacks beside itself."""
    folder.mkdir(mode=0o755)
    pyz = Path(shutil.copy(made, folder))
    assert _run(pyz, folder / "home", "--version").returncode == 0
    (unpacked,) = folder.glob("kotoneuvo-*")
    return pyz, unpacked


def _planted(unpacked: Path) -> None:
    """A program of somebody else in the place of ours."""
    for path in (unpacked / "site" / "kotoneuvo" / "cli").glob("*.py"):
        path.write_text("print('FOREIGN CODE RUN')\n", encoding="utf-8")


def _widened(unpacked: Path) -> None:
    (unpacked / "site" / "kotoneuvo" / "words.py").chmod(0o666)


def _added(unpacked: Path) -> None:
    (unpacked / "site" / "typer.pth").write_text("", encoding="utf-8")


def _taken_away(unpacked: Path) -> None:
    next(unpacked.rglob("services.toml")).unlink()


def _linked(unpacked: Path) -> None:
    unpacked.rename(unpacked.with_name("elsewhere"))
    unpacked.symlink_to("elsewhere")


def _opened(unpacked: Path) -> None:
    unpacked.parent.chmod(0o777)


def _given_away(unpacked: Path) -> None:
    os.chown(unpacked / "site" / "kotoneuvo" / "words.py", 65534, 65534)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners and rights of POSIX")
@pytest.mark.parametrize("change", [_planted, _widened, _added, _taken_away, _linked, _opened, _given_away])
def test_what_lies_beside_is_checked_before_it_runs(made: Path, tmp_path: Path, change: Callable[[Path], None]) -> None:
    """Owner, rights and content; else it is said, and the program runs from a private folder that goes again."""
    if change is _given_away and os.geteuid():
        pytest.skip("only root may give a file away")
    pyz, unpacked = _beside(made, tmp_path / "stick")
    assert _run(pyz, tmp_path / "home", "--version").stderr == ""
    change(unpacked)
    (tmp_path / "tmp").mkdir()
    done = _run(pyz, tmp_path / "home", "--version", before=("env", f"TMPDIR={tmp_path / 'tmp'}"))
    assert done.stdout.startswith("kotoneuvo ")
    assert "FOREIGN" not in done.stdout
    assert str(unpacked) in done.stderr
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_told_to_stop(made: Path, tmp_path: Path, number: signal.Signals, code: int) -> None:
    """As the installed command: nothing half written stays on the stick."""
    pyz, _ = _beside(made, tmp_path / "stick")
    before = sorted(path.name for path in (tmp_path / "stick").iterdir())
    command = [sys.executable, str(pyz), "batch", "-", "--jobs", "1", "--output", "out.csv"]
    process = subprocess.Popen(
        command, cwd=tmp_path / "stick", stdin=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=hear_signals
    )
    assert process.stdin
    process.stdin.write((INTAKE + "3;Turku;44;B1;work\n" * 200_000).encode())
    process.stdin.flush()
    process.send_signal(number)
    _, told = process.communicate(timeout=30)
    assert process.returncode == code, told
    assert b"Traceback" not in told
    assert sorted(path.name for path in (tmp_path / "stick").iterdir()) == before


def test_a_closed_stdout(made: Path, tmp_path: Path) -> None:
    """A message and exit code 1, as the installed command."""
    pyz, _ = _beside(made, tmp_path / "stick")
    shell = ("sh", "-c", 'exec "$@" >&-', "sh")
    done = _run(pyz, tmp_path / "home", *PERSON, before=shell)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr


def test_an_old_python_is_told_what_to_do(made: Path, tmp_path: Path) -> None:
    """Not a traceback: the starter can be read by old Pythons."""
    old = next((path for path in Path.home().glob(".pyenv/versions/3.[6-9]*/bin/python3") if path.exists()), None)
    if not old:
        pytest.skip("there is no old Python on this machine")
    run = subprocess.run([old, str(made), "--version"], capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 1
    assert "3.11" in run.stderr
    assert "Traceback" not in run.stderr
