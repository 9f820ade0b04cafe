"""Windows, as far as it can be seen from elsewhere: no call that it does not have, no file name that it refuses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from desk import ROOT, lay_out

WINDOWS = str(Path(__file__).with_name("windows.py"))


def _run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "KOTONEUVO_LANG": "en"}
    command = [sys.executable, WINDOWS, *args]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.tools
def test_types_hold_on_windows() -> None:
    """Mypy knows what the standard library has on Windows, and finds every name that is not there."""
    cache = str(ROOT / ".mypy_cache" / "win32")
    command = [sys.executable, "-m", "mypy", "--platform", "win32", "--cache-dir", cache, "kotoneuvo"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout


def test_every_module_can_be_imported(tmp_path: Path) -> None:
    """Without fcntl, termios and the like, and without what only POSIX has in os and signal."""
    run = _run(tmp_path)
    assert run.returncode == 0, run.stderr
    modules = {str(path.relative_to(ROOT)) for path in (ROOT / "kotoneuvo").rglob("*.py")}
    assert len(run.stdout.splitlines()) >= len(modules) - 2


@pytest.mark.parametrize(
    "line",
    [
        "advise --answers answers.toml",
        "advise --answers answers.toml --format json --output advice.json",
        "advise --answers answers.toml --format html --handout-lang ar --output paper.html",
        "advise --answers answers.toml --format pdf --output paper.pdf",
        "batch intake.csv --output results.csv --report gaps.html --problems problems.csv",
        "batch intake.csv --jobs 1 --counts",
        "services search jarjestotila",
        "catalogue check spr.toml",
        "catalogue confirm spr-vantaa-drop-in --source https://example.fi/drop-in --file spr.toml",
        "doctor",
    ],
)
def test_the_main_work(line: str, tmp_path: Path) -> None:
    """Advice, files, handouts, a batch with its workers: nothing calls what Windows does not have."""
    run = _run(lay_out(tmp_path), *line.split())
    assert run.returncode == 0, run.stderr
    assert run.stdout or "--output" in line


def test_the_stand_in_notices(tmp_path: Path) -> None:
    """Code that calls os.geteuid or imports fcntl does fail here."""
    for code in ("import os; os.geteuid()", "import fcntl", "from os import fork", "import signal; signal.SIGHUP"):
        package = tmp_path / "kotoneuvo"
        package.mkdir(exist_ok=True)
        (package / "__init__.py").write_text(code, encoding="utf-8")
        program = f"import runpy, sys; sys.argv[1:] = []; runpy.run_path({WINDOWS!r}, run_name='__main__')"
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
        run = subprocess.run(
            [sys.executable, "-c", program],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert run.returncode != 0
        assert "on Windows" in run.stderr or "cannot import name 'fork'" in run.stderr


def test_file_names_that_windows_takes() -> None:
    """No two names that differ in capitals only, none with a sign or a name that Windows keeps for itself."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    names = listed.stdout.splitlines()
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert not set(name) & set('<>:"\\|?*')
        assert not {part.partition(".")[0].casefold() for part in Path(name).parts} & {"con", "prn", "aux", "nul"}
        assert len(name) < 140
