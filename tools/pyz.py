"""Make one file that runs on Python 3.11 or newer without installing: ``python tools/pyz.py [kotoneuvo.pyz]``.

It holds the wheel of this checkout and the packages that it needs, in pure Python, so that the same file works on every
system. (typst and numpy are left out because they are compiled.) Needs the network, for the packages.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipapp
from importlib.util import find_spec
from pathlib import Path

from pyz_starter import digest

ROOT = Path(__file__).resolve().parents[1]
STARTER = Path(__file__).with_name("pyz_starter.py")
OLDEST = "3.11"
PURE = (
    "--only-binary=:all:",
    "--platform",
    "any",
    "--implementation",
    "py",
    "--abi",
    "none",
    "--python-version",
    OLDEST,
)
"""Options of pip for pure Python wheels only. tomli has one too, which is just slower."""
COMPILED = ("numpy", "python-calamine")
"""Packages without a pure Python wheel: `batch` needs them installed on the computer."""
TEMPLATES = ("jinja2", "markupsafe")
"""MarkupSafe only has compiled wheels, but works if the compiled module is removed."""


def make(target: Path) -> None:
    """Write the file. Raises CalledProcessError if the wheel cannot be built or a package cannot be downloaded."""
    with tempfile.TemporaryDirectory() as folder:
        wheels, content = Path(folder, "wheels"), Path(folder, "content")
        _python("-m", "build", "--wheel", "--no-isolation", "--outdir", str(wheels), str(ROOT))
        (wheel,) = wheels.glob("*.whl")
        site = content / "site"
        into = ("-m", "pip", "install", "--target", str(site), "--no-compile", *PURE)
        _python(*into, "--no-deps", str(wheel))
        _python(*into, *_needed())
        _python("-m", "pip", "install", "--target", str(site), "--no-compile", "--no-deps", *TEMPLATES)
        for compiled in (site / "markupsafe").glob("_speedups.*"):
            compiled.unlink()
        for left_over in ("bin", "share"):
            shutil.rmtree(site / left_over, ignore_errors=True)
        starter = STARTER.read_text(encoding="utf-8").replace('"DIGEST"', f'"{digest(site)}"', 1)
        (content / "__main__.py").write_text(starter, encoding="utf-8")
        target.parent.mkdir(parents=True, exist_ok=True)
        zipapp.create_archive(content, target, "/usr/bin/env python3", compressed=True)


def _needed() -> list[str]:
    """All requirements except the compiled ones."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["care"]]
    return [each for each in needed if not each.startswith((*COMPILED, *TEMPLATES))]


def _python(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    if find_spec("build") is None:
        raise SystemExit("first, in this folder: .venv/bin/pip install '.[test]'  (it brings what builds the wheel)")
    make(Path(sys.argv[1] if len(sys.argv) > 1 else "kotoneuvo.pyz"))
