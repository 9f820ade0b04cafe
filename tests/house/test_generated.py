"""Generated files are up to date, whatever made them; the message says which command brings them there."""

from __future__ import annotations

import subprocess
import sys

import pytest
from desk import ROOT
from handouts import report_for, sheet_for

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.render.handout.html import render_html


def test_generated_files_are_up_to_date() -> None:
    """One command does it for facts, fields, commands, texts and dependencies."""
    command = [sys.executable, str(ROOT / "tools" / "generate.py"), "--check"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("language", ["fi", "ar"])
def test_the_words_of_a_handout_are_collected(catalogue: Catalogue, language: str) -> None:
    """A text that is not marked with S_ loses its translations when the files are made: it would be English."""
    assert 'class="stand-in"' not in render_html(sheet_for(report_for(catalogue), language))
