"""Translators' files: states, extraction, merging."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from days import TODAY
from extract import Entry, entries, merge
from translations import main

from kotoneuvo.advice.service import Catalogue, Operating
from kotoneuvo.catalogue.translations import State, read_translations

CHECKOUT = Path(__file__).resolve().parents[2]
TRANSLATED = sorted((CHECKOUT / "data" / "translations").glob("*.po"))
"""The checkout's own: an installed package holds only what the build made of them."""

PO = """
msgctxt "a.name"
msgid "A"
msgstr "Reviewed"

#, fuzzy
msgctxt "b.name"
msgid "B"
msgstr "Machine"

msgctxt "c.name"
msgid "C"
msgstr ""
"""


def test_states_are_gettexts_own(tmp_path: Path) -> None:
    """Empty is missing, fuzzy is a machine's, the rest is reviewed; another source text is not found."""
    (tmp_path / "xx.po").write_text(PO, encoding="utf-8")
    found = read_translations(tmp_path, "xx")
    assert [found.find(f"{name.lower()}.name", name).state for name in "ABC"] == [*State]
    assert found.find("a.name", "A, changed").state is State.MISSING
    assert found.find("a.name", "A").text == "Reviewed"
    assert read_translations(tmp_path, "yy").entries == {}


def test_the_builds_twin_reads_the_same(tmp_path: Path) -> None:
    """The JSON that the wheel holds gives the same entries as the .po file."""
    (tmp_path / "xx.po").write_text(PO, encoding="utf-8")
    (tmp_path / "yy.json").write_text('[["a.name","A","Reviewed",true],["b.name","B","Machine",false]]')
    assert read_translations(tmp_path, "xx").entries == read_translations(tmp_path, "yy").entries


def test_every_running_service_is_extracted(catalogue: Catalogue) -> None:
    """Name and summary of all that have not ended, none of those that have; notices, and what to bring."""
    contexts = {each.context for each in entries(catalogue, TODAY, "en")}
    for service in catalogue.services.values():
        running = service.operating(TODAY) is not Operating.ENDED
        assert (f"{service.id}.name" in contexts) is running
        assert (f"{service.id}.summary" in contexts) is running
    assert f"notice.{catalogue.notices[0].id}" in contexts
    assert {f"{each.id}.bring" for each in catalogue.services.values() if each.bring} <= contexts


def test_merging_keeps_what_is_the_same_and_empties_what_changed() -> None:
    """An old translation of a changed text is kept as a comment only."""
    old, new = Catalog(), Catalog()
    old.add("Same", "Sama", context="a.name", flags={"fuzzy"})
    old.add("Before", "Ennen", context="b.name")
    merge([Entry("a.name", "Same"), Entry("b.name", "After"), Entry("c.name", "New")], old, new)
    found = {message.context: message for message in new if message.id}
    assert (found["a.name"].string, found["a.name"].fuzzy) == ("Sama", True)
    assert not found["b.name"].string
    assert found["b.name"].user_comments == ["source text before: Before", "its translation: Ennen"]
    assert not found["c.name"].string


def test_there_are_translations() -> None:
    """What the next test goes through is there."""
    assert {"ru", "uk", "ar", "fi-simple"} <= {path.stem for path in TRANSLATED}


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda path: path.stem)
def test_the_files_follow_the_catalogue(path: Path, catalogue: Catalogue) -> None:
    """Nobody forgot `python tools/generate.py`: what is translated is a text of the catalogue."""
    wanted = {
        (each.context, each.source) for each in entries(catalogue, TODAY, "fi" if path.stem == "fi-simple" else "en")
    }
    assert set(read_translations(path.parent, path.stem).entries) <= wanted


def test_the_command_says_how_far_each_language_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On a copy of the checkout's files: what is up to date stays as it is, byte for byte, and is counted."""
    for folder in ("data/translations", "kotoneuvo/locale", "kotoneuvo/render/handout"):
        shutil.copytree(CHECKOUT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.mo"))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.po*")}
    main([], tmp_path)
    assert "ru.po" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.po*")} == before
