"""The authors' guide: its made parts are those that the fields give, its examples and commands work."""

from __future__ import annotations

import re
from pathlib import Path

from days import TODAY
from guide import fill_guide

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.check import check_files
from kotoneuvo.catalogue.closed_lists import LISTS
from kotoneuvo.catalogue.fields import FIELDS, TABLES
from kotoneuvo.catalogue.files import data_folder
from kotoneuvo.catalogue.load import load_catalogue

DOCS = Path(__file__).resolve().parents[2] / "docs"
REFERENCE = "".join((DOCS / "reference" / name).read_text(encoding="utf-8") for name in ("catalogue.md", "facts.md"))
OVERLAYS = (DOCS / "catalogue" / "overlays.md").read_text(encoding="utf-8")


def test_what_is_written_by_hand_stays(catalogue: Catalogue) -> None:
    """Only what stands between the marks is made anew, and made again it is the same."""
    source = (data_folder() / "services.toml").read_text(encoding="utf-8")
    empty = "a\n<!-- made: fields -->\n<!-- end -->\nb\n<!-- made: lists -->\nold\n<!-- end -->\nc"
    filled = fill_guide(empty, catalogue.facts, source)
    assert re.findall(r"^[abc]$|^old$", filled, re.M) == ["a", "b", "c"]
    assert fill_guide(filled, catalogue.facts, source) == filled


def test_every_field_value_and_fact_is_there(catalogue: Catalogue) -> None:
    """Nothing that the check knows is missing from the reference."""
    names = [
        *FIELDS,
        *(key for table in TABLES.values() for key in table),
        *catalogue.facts.facts,
        *catalogue.facts.goals,
    ]
    for name in [*names, *(word for words in LISTS.values() for word in words)]:
        assert f"| `{name}` |" in REFERENCE, name


def test_the_worked_overlay_is_good(tmp_path: Path) -> None:
    """The Red Cross drop-in of the docs passes the check without a warning and does what the page says."""
    (text,) = re.findall(r"```toml\n(.*?)```", OVERLAYS, re.S)
    file = tmp_path / "spr.toml"
    file.write_text(text, encoding="utf-8")
    found = check_files([file], TODAY)
    assert (found.errors, [each for each in found.warnings if each.entry.startswith("spr")]) == ((), [])
    laid = load_catalogue(overlays=[file])
    assert "spr-vantaa-drop-in" in laid.services
    assert [each.hours.get("en") for each in laid.services["vantaa-osaamiskeskus"].contacts][
        -1
    ] == "Mon–Thu 9–15 (in winter)"
    assert set(laid.hidden) == {"startup-refugees"}
