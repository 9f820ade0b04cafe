"""The files that the examples of the help and of the docs name, laid out in a folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
INTAKE = "row;municipality;age;finnish_level;goals\n1;Vantaa;34;A2;work\n2;Oulu;18-29;B1;language\n"


def block(page: str, kind: str, number: int = 0) -> str:
    """A fenced block of a page of the docs."""
    found: list[str] = re.findall(rf"```{kind}\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    return found[number]


def lay_out(folder: Path) -> Path:
    """An answers file, an intake, two versions of an overlay, a service of PTV: as the docs describe them."""
    overlay = block("docs/catalogue/overlays.md", "toml")
    files = {
        "answers.toml": block("docs/scripts.md", "toml"),
        "intake.csv": INTAKE,
        "spr.toml": overlay,
        "new.toml": overlay,
        "vantaa.csv": "Information now;Still right? (x);Who said it;When;Row code\n"
        "112;x;by phone, the switchboard;28.11.2026;hatanumero-112#0.phone\n",
        "old.toml": overlay.replace("12–15", "13–15"),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "tests" / "standards" / "ptv-v11" / "sample_service_v11.json", folder / "ptv.json")
    return folder


def run_line(line: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """A line of shell as somebody types it who has the program installed."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "KOTONEUVO_LANG": "en"}
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        cwd=folder,
        env=environment | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
