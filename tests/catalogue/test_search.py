"""Search: by what is in the client's hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import process_time

import pytest

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.search import Hits, Search

DAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def search(catalogue: Catalogue) -> Search:
    return Search(catalogue, DAY)


def ids(hits: Hits) -> list[str]:
    return [each.service.id if each.service else each.office.place if each.office else "" for each in hits.found]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("116 006", "riku"),
        ("116006", "riku"),
        ("0295419600", "migri"),
        ("+358 295 419 600", "migri"),
        ("029 541 9600", "migri"),
        ("00358295419600", "migri"),
        ("112", "hatanumero-112"),
        ("migri.fi", "migri"),
        ("https://www.kela.fi/asiointi", "kela"),
        ("kirjaamo@migri.fi", "migri"),
        ("Lintulahdenkuja", "international-house-helsinki"),
        ("LINTULAHDENKUJA 2", "international-house-helsinki"),
        ("dvv", "dvv"),
        ("UVI", "migri"),
        ("FPA", "kela"),
        ("maistraatti", "dvv"),
        ("TE-toimisto", "tyovoimaviranomainen"),
        ("kuulemiskirje", "migri"),
        ("magistraten", "dvv"),
    ],
)
def test_what_is_in_the_clients_hand_finds_the_office(search: Search, typed: str, first: str) -> None:
    """Numbers in any spelling, pages, e-mail, streets, abbreviations, old names, papers, misspelt words."""
    assert ids(search.find(typed))[0] == first


def test_a_number_shows_its_own_door(search: Search, catalogue: Catalogue) -> None:
    """Not the switchboard of the same office; offices of areas are found too."""
    door = search.find("0295419600").found[0].contact
    assert door is not None
    assert door.phone == "+358 295 419 600"
    office = next(each for each in catalogue.offices.values() if any(contact.phone for contact in each.contacts))
    number = next(contact.phone for contact in office.contacts if contact.phone)
    assert office.place in ids(search.find("0" + number.removeprefix("+358")))


def test_what_is_nowhere_is_found_nowhere(search: Search) -> None:
    """A number of three digits is not the beginning of others."""
    for typed in ("123", "0401234567", "nobody@nowhere.example", "!!!"):
        assert not search.find(typed).found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "first", "instead"),
    [
        ("migrri", "migri", (("migrri", "migri"),)),
        ("maistraati", "dvv", (("maistraati", "maistraatti"),)),
        ("työkkäri turku", "tyovoimaviranomainen", ()),
        ("безробітним", "kela", ()),
        ("qxzvkw", "", ()),
    ],
)
def test_in_further_languages_in_a_town_and_misspelt(
    search: Search, typed: str, first: str, instead: tuple[tuple[str, str], ...]
) -> None:
    """A translation, a town beside a word, a typing error: it is said what was looked for instead."""
    hits = search.find(typed)
    assert [*ids(hits), ""][0] == first
    assert hits.instead == instead


def test_a_long_text_is_answered_soon(search: Search) -> None:
    """A word counts once, and the first one that nothing is like ends the search: each takes a fifth of a second."""
    assert search.find("migrri " * 300) == search.find("migrri")
    # Not "tens of seconds", with room for a busy machine.
    start = process_time()
    assert not search.find(" ".join(f"qxzvkw{number}" for number in range(300))).found
    assert process_time() - start < 5


def test_what_has_ended_comes_last(search: Search) -> None:
    """What took over comes first, also under the old name."""
    found = ids(search.find("TE-toimisto"))
    assert found.index("tyovoimaviranomainen") < found.index("te-toimisto")


def test_translations_are_only_read_where_nothing_else_is_found(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They take longer to read than all the rest: a broken one is no matter as long as nobody needs it."""
    (tmp_path / "translations").mkdir()
    (tmp_path / "translations" / "ar.json").write_text("broken", encoding="utf-8")
    monkeypatch.setattr("kotoneuvo.catalogue.search.data_folder", lambda: tmp_path)
    assert "kela" in ids(Search(catalogue, DAY).find("kela"))
    with pytest.raises(ValueError, match="Expecting value"):
        Search(catalogue, DAY).find("xyzzy")


def test_a_narrowed_search_stays_narrow(catalogue: Catalogue) -> None:
    """Only the services that it was given, and no offices."""
    search = Search(catalogue, DAY, [catalogue.services["kela"]], offices=False)
    assert ids(search.find("kela")) == ["kela"]
    assert not search.find("migri").found
