"""The authors' guide: its made parts are those that the fields give, its examples and commands work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from days import TODAY
from typer.testing import CliRunner

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.bundle import data_folder
from kotoneuvo.catalogue.check import check_files
from kotoneuvo.catalogue.fields import FIELDS, LISTS, TABLES
from kotoneuvo.catalogue.guide import fill_guide
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.cli.main import build

APP = build()

DOCS = Path(__file__).resolve().parents[2] / "docs"
GUIDE = (DOCS / "catalogue.md").read_text(encoding="utf-8")
OVERLAYS = (DOCS / "overlays.md").read_text(encoding="utf-8")


def test_the_made_parts_are_fresh(catalogue: Catalogue) -> None:
    """`python docs/build.py` would change nothing; what is written by hand stays as it is."""
    source = (data_folder() / "services.toml").read_text(encoding="utf-8")
    assert fill_guide(GUIDE, catalogue.facts, source) == GUIDE
    empty = "a\n<!-- made: fields -->\n<!-- end -->\nb\n<!-- made: lists -->\nold\n<!-- end -->\nc"
    filled = fill_guide(empty, catalogue.facts, source)
    assert re.findall(r"^[abc]$|^old$", filled, re.M) == ["a", "b", "c"]
    assert fill_guide(filled, catalogue.facts, source) == filled


def test_every_field_value_and_fact_is_there(catalogue: Catalogue) -> None:
    """Nothing that the check knows is missing from the guide."""
    names = [
        *FIELDS,
        *(key for table in TABLES.values() for key in table),
        *catalogue.facts.facts,
        *catalogue.facts.goals,
    ]
    for name in [*names, *(word for words in LISTS.values() for word in words)]:
        assert f"| `{name}` |" in GUIDE, name


def test_the_worked_overlay_is_good(tmp_path: Path) -> None:
    """The Red Cross drop-in of the docs passes the check without a warning and does what the page says."""
    (text,) = re.findall(r"```toml\n(.*?)```", OVERLAYS, re.S)
    file = tmp_path / "spr.toml"
    file.write_text(text, encoding="utf-8")
    found = check_files([file], TODAY)
    assert (found.errors, [each for each in found.warnings if each.entry.startswith("spr")]) == ((), [])
    laid = load_catalogue(overlays=[file])
    assert "spr-vantaa-drop-in" in laid.services
    assert laid.services["vantaa-osaamiskeskus"].schedules[0].text["en"] == "Mon–Thu 9–15 (in winter)"
    assert set(laid.hidden) == {"startup-refugees"}


@pytest.mark.parametrize("page", [GUIDE, OVERLAYS], ids=["catalogue", "overlays"])
def test_commands_and_options_exist(page: str) -> None:
    """Each command that a page names is one, and has the options that stand with it."""
    runner = CliRunner()
    lines = re.findall(r"kotoneuvo ((?:catalogue )?[a-z-]+)([^`\n|]*)", page)
    assert lines
    for command, rest in lines:
        shown = runner.invoke(APP, [*command.split(), "--help"], env={"COLUMNS": "200"})
        assert shown.exit_code == 0, command
        for option in re.findall(r"--[a-z-]+", rest):
            assert option in shown.stdout, (command, option)
