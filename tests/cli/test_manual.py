"""Manual pages: every command in every language, whole, and as `man` shows them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from kotoneuvo.cli.help import describe_all
from kotoneuvo.cli.main import build
from kotoneuvo.cli.manual import manual_pages, write_manual
from kotoneuvo.words import help_words

APP = get_command(build())


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_command_has_a_page_with_all_that_its_help_says(language: str) -> None:
    """Name, options and examples, in the language; hyphens are such that can be copied."""
    pages = dict(manual_pages(language))
    for shown in describe_all(APP, help_words(language)):
        page = pages[shown.path.replace(" ", "-") + ".1"]
        plain = page.replace("\\-", "-").replace("\\(aq", "'").replace("\\(ga", "`")
        for section in shown.sections:
            for row in section.rows:
                assert f"\\fB{row.name}\\fR\n" in plain
                assert f"\n{row.text}\n" in plain
        for example in shown.examples:
            assert f"\n.nf\n{example.name}\n.fi" in plain
    assert all(page.startswith('.TH "KOTONEUVO') for page in pages.values())


@pytest.mark.skipif(not shutil.which("man"), reason="no man on this machine")
def test_man_shows_it_without_a_warning(tmp_path: Path) -> None:
    """What groff makes of a page holds an option and an example, and it has nothing to complain of."""
    write_manual(tmp_path)
    for page in sorted((tmp_path / "fi" / "man1").glob("*.1")):
        command = ["man", "--warnings", "-E", "UTF-8", "-l", str(page)]
        run = subprocess.run(
            command, capture_output=True, encoding="utf-8", check=True, env={"MANWIDTH": "80", "PATH": "/usr/bin:/bin"}
        )
        assert run.stderr == ""
        assert "Esimerkkejä".upper() in run.stdout
