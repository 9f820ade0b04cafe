"""The built wheel, with the source out of reach."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kotoneuvo.catalogue.load import load_catalogue

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.tools, pytest.mark.xdist_group("wheel")]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _built(ROOT, tmp_path_factory.mktemp("wheel"))


def _built(source: Path, folder: Path, **variables: str) -> Path:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **variables})
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_holds_what_it_needs(wheel: Path) -> None:
    """Data, compiled translations, type marker and licence are inside; sources of translations are not."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for name in (
        "services.toml",
        "codes.tsv",
        "facts.toml",
        "statuses.toml",
        "municipalities.csv",
        "advice.schema.json",
    ):
        assert f"kotoneuvo/data/{name}" in names
    assert {"kotoneuvo/py.typed", "kotoneuvo/locale/fi/LC_MESSAGES/kotoneuvo.mo"} <= names
    assert {
        "kotoneuvo/render/directory.css",
        "kotoneuvo/render/directory.js",
        "kotoneuvo/data/catalogue.schema.json",
    } <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.endswith((".po", ".pot")) or name.startswith("tests")]


def test_the_wheel_runs_alone(wheel: Path, tmp_path: Path) -> None:
    """Unpacked somewhere else and run from there, it advises in Finnish from its own data."""
    home = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(home)
    environment = {**os.environ, "PYTHONPATH": str(home), "KOTONEUVO_LANG": "fi"}
    where = "import kotoneuvo, sys; sys.stdout.write(kotoneuvo.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", where], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    assert found.stdout.startswith(str(home))


def test_the_wheel_writes_the_same_handout(wheel: Path, tmp_path: Path) -> None:
    """From its compiled template and translations, the very page that the source writes."""
    home = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(home)
        assert any(name.startswith("kotoneuvo/render/compiled/tmpl_") for name in archive.namelist())
    command = [sys.executable, "-m", "kotoneuvo", "advise", "--municipality", "Oulu", "--goals", "work",
               "--format", "html", "--handout-lang", "so", "--as-of", "2026-11-24"]  # fmt: skip
    pages = []
    for place in (home, ROOT):
        environment = {**os.environ, "PYTHONPATH": str(place), "KOTONEUVO_LANG": "fi"}
        pages.append(subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True).stdout)
    assert pages[0] == pages[1]
    assert pages[0].startswith(b"<!DOCTYPE html>")


def test_the_wheel_holds_the_catalogue_of_the_source(wheel: Path) -> None:
    """Compiled, with every part that equals another held once, it is what reading the files gives."""
    with zipfile.ZipFile(wheel) as archive:
        compiled = pickle.loads(archive.read("kotoneuvo/data/catalogue.pickle"))
    catalogue = load_catalogue()
    assert compiled == catalogue
    tables = [service.eligibility for service in compiled.services.values()]
    assert len({id(node) for table in tables for node in table}) == len({node for table in tables for node in table})


def test_an_old_python_is_told_what_to_do(tmp_path: Path) -> None:
    """pip builds before it reads what a package requires: the build says it in a sentence, without a traceback."""
    old = next((path for path in Path.home().glob(".pyenv/versions/3.10*/bin/python3")), None)
    if not old:
        pytest.skip("there is no Python 3.10 on this machine")
    run = subprocess.run([old, ROOT / "hatch_build.py"], capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 1
    assert run.stderr == "kotoneuvo needs Python 3.11 or newer; this is 3.10\n"


def test_the_wheel_is_the_same_wherever_it_is_built(wheel: Path, tmp_path: Path) -> None:
    """Another folder, another language, clock, hash seed and file modes: the same bytes."""
    source = tmp_path / "elsewhere" / "source"
    ignored = shutil.ignore_patterns(".*", "__pycache__", "*.mo", "dist", "tests", "benchmarks")
    shutil.copytree(ROOT, source, ignore=ignored)
    for path in source.rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o700 if path.is_dir() else 0o600)
    variables = {
        "PYTHONHASHSEED": "7",
        "LANG": "fi_FI.UTF-8",
        "KOTONEUVO_LANG": "fi",
        "TZ": "Asia/Tokyo",
        "COLUMNS": "50",
    }
    other = _built(source, tmp_path / "out", **variables)
    assert hashlib.sha256(other.read_bytes()).hexdigest() == hashlib.sha256(wheel.read_bytes()).hexdigest()
