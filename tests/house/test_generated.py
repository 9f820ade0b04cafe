"""Generated files are up to date, whatever made them; the message says which command brings them there."""

from __future__ import annotations

import subprocess
import sys

from desk import ROOT


def test_generated_files_are_up_to_date() -> None:
    """One command does it for facts, fields, commands, texts and dependencies."""
    command = [sys.executable, str(ROOT / "tools" / "generate.py"), "--check"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
