"""Translators' files: states, extraction, merging."""

from __future__ import annotations

import json
import re
import shutil
from io import BytesIO
from pathlib import Path

import pytest
import review
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from days import TODAY
from translations import main, merge
from typer.testing import CliRunner

from kotoneuvo.advice.service import Catalogue, Operating
from kotoneuvo.catalogue import translations
from kotoneuvo.catalogue.translations import (
    CONTACT,
    Review,
    SourceText,
    TranslationState,
    entries,
    previous_source,
    read_rows,
    read_translations,
)
from kotoneuvo.cli.main import build
from kotoneuvo.render.handout.readers import handout_languages

APP = build()
CHECKOUT = Path(__file__).resolve().parents[2]
TRANSLATED = sorted((CHECKOUT / "data" / "translations").glob("*.po"))
"""The checkout's own: an installed package holds only what the build made of them."""

PO = """
# read by: Moniheli ry, 2026-12
msgctxt "a.name"
msgid "A"
msgstr "Reviewed"

#, fuzzy
msgctxt "b.name"
msgid "B"
msgstr "Machine"

#, fuzzy
#| msgid "C before"
msgctxt "c.name"
msgid "C"
msgstr "Stale"

msgctxt "d.name"
msgid "D"
msgstr ""
"""


def test_states_are_gettexts_own(tmp_path: Path) -> None:
    """Fuzzy is a machine's or, with a previous msgid, stale; empty is missing; another source text is not found."""
    (tmp_path / "xx.po").write_text(PO, encoding="utf-8")
    found = read_translations(tmp_path, "xx")
    all_four = [found.find(f"{name.lower()}.name", name) for name in "ABCD"]
    assert [each.state for each in all_four] == [*TranslationState]
    assert [each.holds for each in all_four] == [True, True, False, False]
    assert all_four[0].review == Review("Moniheli ry", "2026-12")
    assert found.find("a.name", "A, changed").state is TranslationState.MISSING
    assert found.find("a.name", "A").text == "Reviewed"
    assert not [*read_translations(tmp_path, "yy")]


def test_the_builds_twin_reads_the_same(tmp_path: Path) -> None:
    """The JSON that the wheel holds gives the same entries as the .po file."""
    (tmp_path / "xx.po").write_text(PO, encoding="utf-8")
    rows = [*read_rows(tmp_path / "xx.po")]
    (tmp_path / "yy.json").write_text(json.dumps(rows))
    assert rows[0] == ("a.name", "A", "Reviewed", "reviewed", "read by: Moniheli ry, 2026-12")
    assert [*read_translations(tmp_path, "xx")] == [*read_translations(tmp_path, "yy")]


def test_every_running_service_is_extracted(catalogue: Catalogue) -> None:
    """Name and summary of all that have not ended, none of those that have; notices, and what to bring."""
    contexts = {each.context for each in entries(catalogue, TODAY, "en")}
    for service in catalogue.services.values():
        running = service.operating(TODAY) is not Operating.ENDED
        assert (f"{service.id}.name" in contexts) is running
        assert (f"{service.id}.summary" in contexts) is running
    assert f"notice.{catalogue.notices[0].id}" in contexts
    assert {f"{each.id}.bring" for each in catalogue.services.values() if each.bring} <= contexts


def test_what_an_offices_contacts_are_called_is_extracted(catalogue: Catalogue) -> None:
    """It stands on paper as that of a service's own contacts does; most of it is translated."""
    names = {door.name["en"] for office in catalogue.offices.values() for door in office.contacts if door.name}
    assert "Service advice" in names
    assert names <= {each.source for each in entries(catalogue, TODAY, "en") if each.context == CONTACT}
    folder = CHECKOUT / "data" / "translations"
    for language in ("ar", "so", "uk"):
        texts = read_translations(folder, language)
        assert sum(texts.find(CONTACT, name).holds for name in names) >= 0.7 * len(names), language


def test_merging_keeps_what_is_the_same_and_makes_stale_what_changed(tmp_path: Path) -> None:
    """Written and read again: an old translation of a changed text stays for the translator, with what it was made of,
    through a second change too; it is none of the handout's until somebody has looked."""
    old = Catalog()
    old.add("Same", "Sama", context="a.name", flags={"fuzzy"})
    before = 'Before, so "long" that the comment with it is broken into lines by whatever writes the file: \\ stays'
    old.add(before, "Ennen", context="b.name", user_comments=["read by: X, 2026-12"])
    for after in ("After", "Later"):
        new = Catalog()
        merge([SourceText("a.name", "Same"), SourceText("b.name", after), SourceText("c.name", "New")], old, new)
        with (tmp_path / "xx.po").open("wb") as file:
            write_po(file, new, include_previous=True)
        written = (tmp_path / "xx.po").read_bytes()
        assert b"#| msgid" in written
        assert b"read by" not in written
        rows = [(row.context, row.source, row.text, row.state) for row in read_rows(tmp_path / "xx.po")]
        assert rows == [("a.name", "Same", "Sama", "machine"), ("b.name", after, "Ennen", "stale")]
        old = read_po(BytesIO(written))
    new = Catalog()
    merge([SourceText("b.name", before)], old, new)
    assert [(each.string, list(each.previous_id)) for each in new if each.id] == [("Ennen", [])]


def test_there_are_translations() -> None:
    """What the next test goes through is there."""
    assert {"ru", "uk", "ar", "fi-simple"} <= {path.stem for path in TRANSLATED}


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda path: path.stem)
def test_the_files_follow_the_catalogue(path: Path, catalogue: Catalogue) -> None:
    """Nobody forgot `python tools/generate.py`: what is translated is a text of the catalogue."""
    wanted = {
        (each.context, each.source) for each in entries(catalogue, TODAY, "fi" if path.stem == "fi-simple" else "en")
    }
    assert {(each.context, each.source) for each in read_translations(path.parent, path.stem)} <= wanted


def test_the_command_says_how_far_each_language_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On a copy of the checkout's files: what is up to date stays as it is, byte for byte, and is counted."""
    for folder in ("data/translations", "kotoneuvo/locale", "kotoneuvo/render/handout"):
        shutil.copytree(CHECKOUT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.mo"))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.po*")}
    main([], tmp_path)
    assert "ru.po" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.po*")} == before


def run(*args: str) -> str:
    result = CliRunner().invoke(APP, ["catalogue", "translations", *args], env={"KOTONEUVO_LANG": "en"})
    assert result.exit_code == 0, result.output
    return result.output


def test_the_report_lists_what_somebody_should_look_at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Counted for every language, listed for one; who has read some is named."""
    path = tmp_path / "translations" / "ru.po"
    copy = tmp_path / "data" / "translations" / "ru.po"
    path.parent.mkdir()
    copy.parent.mkdir(parents=True)
    text = (
        (CHECKOUT / "data" / "translations" / "ru.po")
        .read_text(encoding="utf-8")
        .replace('#, fuzzy\nmsgctxt "dvv.name"', '#, fuzzy\n#| msgid "Before"\nmsgctxt "dvv.name"')
    )
    copy.write_text(re.sub(r'(msgctxt "migri.name"\nmsgid .*\nmsgstr) .*', r'\1 ""', text), encoding="utf-8")
    monkeypatch.setattr(translations, "data_folder", lambda: tmp_path)
    assert review.main("ru", "Moniheli ry", "2026-12", ["kela"], tmp_path) >= 3
    copy.replace(path)
    lines = run().splitlines()
    assert len(lines) == len(handout_languages()) - 3
    said = run("venäjä")
    for part in (
        "ru: 1 missing, 1 stale, ",
        "reviewed by Moniheli ry 12/2026",
        "  missing  migri.name: ",
        "  stale  dvv",
    ):
        assert part in said
    (found,) = json.loads(run("ru", "--format", "json"))["languages"]
    assert (found["language"], found["name"]) == ("ru", "русский")
    assert [each["context"] for each in found["missing"] + found["stale"]] == ["migri.name", "dvv.name"]
    assert found["reviews"] == [{"name": "Moniheli ry", "date": "2026-12"}]


def test_a_review_needs_a_month(tmp_path: Path) -> None:
    """A date of another form is refused before anything is written."""
    with pytest.raises(ValueError, match="2026-12"):
        review.main("ru", "Moniheli ry", "12/2026", [], tmp_path)


def test_gettexts_own_previous_text() -> None:
    """msgmerge writes it as a list of strings."""
    assert previous_source(["other", '| msgid ""', '| "One "', '| "two"']) == "One two"
