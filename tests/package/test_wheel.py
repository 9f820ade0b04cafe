"""The built wheel, with the source out of reach."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.mark.xdist_group("wheel")
def test_the_wheel_holds_what_it_needs(wheel: Path) -> None:
    """Data, compiled translations, type marker and licence are inside; sources of translations are not."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for name in ("services.toml", "facts.toml", "statuses.toml", "municipalities.csv", "advice.schema.json"):
        assert f"kotoneuvo/data/{name}" in names
    assert {"kotoneuvo/py.typed", "kotoneuvo/locale/fi/LC_MESSAGES/kotoneuvo.mo"} <= names
    assert {
        "kotoneuvo/render/directory.css",
        "kotoneuvo/render/directory.js",
        "kotoneuvo/data/catalogue.schema.json",
    } <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.endswith((".po", ".pot")) or name.startswith("tests")]


@pytest.mark.xdist_group("wheel")
def test_the_wheel_runs_alone(wheel: Path, tmp_path: Path) -> None:
    """Unpacked somewhere else and run from there, it advises in Finnish from its own data."""
    home = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(home)
    environment = {**os.environ, "PYTHONPATH": str(home), "KOTONEUVO_LANG": "fi"}
    where = "import kotoneuvo, sys; sys.stdout.write(kotoneuvo.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", where], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert found.stdout.startswith(str(home))
