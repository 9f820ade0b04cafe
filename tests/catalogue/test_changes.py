"""Writing down what was found of an entry: one contact point of several, the way in, the entry; nothing else moves."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kotoneuvo.advice.contact import Office
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.service import Catalogue, Service
from kotoneuvo.catalogue.build import build_catalogue
from kotoneuvo.catalogue.change import ACCESS, EntryChange, Evidence
from kotoneuvo.catalogue.check import check_catalogue
from kotoneuvo.catalogue.confirm import write_changes
from kotoneuvo.catalogue.files import parse_toml
from kotoneuvo.catalogue.overlays import CatalogueFile

DAY = date(2026, 11, 30)
CALL = Evidence(DAY, said="by phone, the service's adviser")
PAGE = Evidence(DAY, "https://example.fi/")
BASE = """
[[service]]
id = "advice"
kind = "guidance"
name = { fi = "Neuvonta", sv = "Rådgivning", en = "Advice" }
summary = { fi = "Neuvoja.", sv = "Råd.", en = "Advice." }
goals = ["guidance"]
phase = "guidance"
area = ["091", "092"]
assured = "2024-06-01"
[service.sources]
page = { url = "https://example.fi/", date = "2024-06-01" }
[service.access]
via = ["self"]
how = { fi = "Soita.", sv = "Ring.", en = "Call." }
source = "page"
[[service.contact]]
name = { fi = "Uudet", sv = "Nya", en = "New arrivals" }
phone = "+358 9 310 37577"
hours = "Mo-Fr 08:15-12:00, 13:00-16:00"
source = "page"
[[service.contact]]
phone = "+358 9 310 23747"
source = "page"
[[service.contact]]
address = "Katu 1, 00100 Helsinki"
url = { fi = "https://example.fi/fi", en = "https://example.fi/en" }
source = "page"

[[office]]
for = "municipality:092"
[office.sources]
page = { url = "https://example.fi/vantaa", date = "2024-06-01" }
[[office.contact]]
phone = "+358 9 839 11"
source = "page"
"""
BASE_FILE = CatalogueFile(Path("base.toml"), parse_toml(BASE))
MINE = Path("mine.toml")


@pytest.fixture
def facts(catalogue: Catalogue) -> FactBook:
    return catalogue.facts


def _written(*changes: EntryChange, text: str = "") -> str:
    return write_changes(text, changes, (BASE_FILE,), MINE)


def _files(text: str) -> list[CatalogueFile]:
    return [BASE_FILE, CatalogueFile(MINE, parse_toml(text))]


def _service(text: str, facts: FactBook) -> Service:
    return build_catalogue(_files(text), facts).services["advice"]


def _office(text: str, facts: FactBook) -> Office:
    return build_catalogue(_files(text), facts).offices["municipality:092"]


def test_one_number_is_confirmed(facts: FactBook) -> None:
    """With its hours; the other one, the way in and the entry keep their dates."""
    service = _service(_written(EntryChange("advice", CALL, "09 31037577")), facts)
    first, second, _ = service.contacts
    assert (first.phone, len(first.opening_hours)) == ("+358 9 310 37577", 2)
    assert (first.confirmed, first.said) == (DAY, "by phone, the service's adviser")
    assert (second.confirmed, second.said) == (date(2024, 6, 1), "")
    assert (service.assured, service.access.confirmed) == (date(2024, 6, 1), date(2024, 6, 1))


@pytest.mark.parametrize(("others_right", "confirmed"), [(False, date(2024, 6, 1)), (True, DAY)])
def test_one_number_is_new(facts: FactBook, others_right: bool, confirmed: date) -> None:
    """The hours beside it were not seen: the contact point stays as old as they are, unless they are right too."""
    change = EntryChange("advice", CALL, "New arrivals", {"phone": "+358 9 310 99999"}, others_right)
    first, second, _ = _service(_written(change), facts).contacts
    assert (first.phone, first.name["en"], len(first.opening_hours)) == ("+358 9 310 99999", "New arrivals", 2)
    assert first.confirmed == confirmed
    assert second.phone == "+358 9 310 23747"


def test_one_page_of_several_is_new(facts: FactBook) -> None:
    """The pages in other languages stay."""
    change = EntryChange("advice", CALL, "https://example.fi/en/", {"url": "https://example.fi/english"})
    contact = _service(_written(change), facts).contacts[2]
    assert dict(contact.url) == {"fi": "https://example.fi/fi", "en": "https://example.fi/english"}
    assert contact.address == "Katu 1, 00100 Helsinki"


def test_again_and_again_in_one_place(facts: FactBook) -> None:
    """A number that was corrected is corrected again, confirmed, and gone: the file has one table for it throughout."""
    text = _written(EntryChange("advice", CALL, "+358 9 310 23747", {"phone": "+358 9 310 11111"}))
    text = _written(EntryChange("advice", CALL, "+358 9 310 11111", {"phone": "+358 9 310 22222"}), text=text)
    text = _written(EntryChange("advice", PAGE, "+358 9 310 22222"), text=text)
    assert text.count("[[service.contact]]") == 1
    contact = _service(text, facts).contacts[1]
    assert (contact.phone, contact.confirmed, contact.said) == ("+358 9 310 22222", DAY, "")
    text = _written(EntryChange("advice", CALL, "+358 9 310 22222", gone=True), text=text)
    assert [each.phone for each in _service(text, facts).contacts] == ["+358 9 310 37577", ""]
    warned = [dict(each.details) for each in check_catalogue(_files(text), facts, DAY).warnings]
    assert {"found": "+358 9 310 23747"} in warned


def test_the_way_in_is_confirmed_or_has_new_words(facts: FactBook) -> None:
    """Its doors stay as the file below has them, without being repeated."""
    text = _written(EntryChange("advice", CALL, ACCESS))
    assert "via" not in text
    access = _service(text, facts).access
    assert (access.via, access.how["en"], access.confirmed) == (("self",), "Call.", DAY)
    new = EntryChange("advice", CALL, ACCESS, {"how": {"fi": "Tule.", "sv": "Kom.", "en": "Come."}})
    access = _service(_written(new, text=text), facts).access
    assert (access.via, access.how["en"], access.confirmed) == (("self",), "Come.", DAY)


def test_a_page_that_confirms_the_entry_confirms_what_rests_on_it(facts: FactBook) -> None:
    """All of it is fresh; a person's word for the entry alone leaves the contact points as they are."""
    service = _service(_written(EntryChange("advice", PAGE)), facts)
    assert (service.assured, service.access.confirmed) == (DAY, DAY)
    assert {each.confirmed for each in service.contacts} == {DAY}
    service = _service(_written(EntryChange("advice", CALL)), facts)
    assert (service.assured, service.contacts[0].confirmed) == (DAY, date(2024, 6, 1))
    assert "2026-11-30" not in [each.date for key, each in service.sources.items() if key == "page"]


def test_an_office_and_a_service_of_the_file_itself(facts: FactBook) -> None:
    """An office is changed like a service; what stands in the file is changed where it stands, comments kept."""
    text = _written(EntryChange("municipality:092", CALL, "+358 9 839 11", {"phone": "+358 9 8391 1000"}))
    assert [each.phone for each in _office(text, facts).contacts] == ["+358 9 8391 1000"]
    own = BASE.replace('"advice"', '"own"').replace("[[service.contact]]", "[[service.contact]]  # mine")
    own = own.partition("[[office]]")[0]
    text = _written(EntryChange("own", CALL, "+358 9 310 23747", {"phone": "+358 9 310 11111"}), text=own)
    assert "replace" not in text
    assert text.count("# mine") == 3
    gone = _written(EntryChange("own", CALL, "+358 9 310 11111", gone=True), text=text)
    contacts = build_catalogue(_files(gone), facts).services["own"].contacts
    assert [each.phone for each in contacts] == ["+358 9 310 37577", ""]


def _refused(*changes: EntryChange, text: str = "") -> list[str]:
    with pytest.raises(InputProblems) as caught:
        _written(*changes, text=text)
    return [each.message for each in caught.value.problems]


def test_all_that_cannot_be_written_is_said_at_once() -> None:
    """An unknown number, an unknown service; an own number for a page that two doors share."""
    found = _refused(
        EntryChange("advice", CALL, "+358 9 310 00000"), EntryChange("advise", CALL), EntryChange("advice", CALL)
    )
    assert found == ['there is no contact point "{found}" to change', 'unknown {kind} "{found}"']
    shared = BASE.replace('phone = "+358 9 310 23747"', 'phone = "+358 9 310 23747"\nurl = "https://example.fi/fi"')
    below = (CatalogueFile(Path("base.toml"), parse_toml(shared)),)
    with pytest.raises(InputProblems, match="several contact points"):
        write_changes("", [EntryChange("advice", CALL, "https://example.fi/fi", {"phone": "112"})], below, MINE)
    assert "old form" in _refused(
        EntryChange("advice", CALL, "+358 9 310 37577"), text='[[service]]\nid = "advice"\nphones = []\n'
    )[0]  # fmt: skip


def _warned(text: str, facts: FactBook) -> list[tuple[str, dict[str, Any]]]:
    found = check_catalogue(_files(text), facts, DAY)
    assert found.errors == ()
    return [(each.message, dict(each.details)) for each in found.warnings if each.where == str(MINE)]


def test_what_a_new_version_has_changed_itself_stops_nobody(facts: FactBook) -> None:
    """A confirmed number that is gone below is warned of and not shown; one that was mended there too is confirmed."""
    contact = '[[service]]\nid = "advice"\nsources = { call = { said = "by phone", date = "2026-11-30" } }\n'
    gone = contact + '[[service.contact]]\nreplace = "+358 9 000 000"\nsource = "call"\n'
    assert [each.phone for each in _service(gone, facts).contacts] == ["+358 9 310 37577", "+358 9 310 23747", ""]
    assert any("no longer exists" in each for each, _ in _warned(gone, facts))
    mended = contact + '[[service.contact]]\nreplace = "+358 9 000 000"\nphone = "+358 9 310 23747"\nsource = "call"\n'
    assert _service(mended, facts).contacts[1].confirmed == DAY
    assert len(_service(mended, facts).contacts) == 3


@pytest.mark.parametrize(
    ("contact", "word"),
    [
        ('replace = "New arrivals"\ngone = "yes"', "true or false"),
        ('phone = "112"\ngone = true', "together with `replace`"),
        ('replace = "https://example.fi/fi"\nphone = ""', "a source"),
    ],
)
def test_what_is_no_right_change_is_refused(facts: FactBook, contact: str, word: str) -> None:
    """Nothing is taken away by a slip."""
    source = "" if word == "a source" else '\nsource = "page"'
    files = _files(f'[[service]]\nid = "advice"\n[[service.contact]]\n{contact}{source}\n')
    assert any(word in each.message for each in check_catalogue(files, facts, DAY).errors)


def test_a_date_to_come_is_warned_of(facts: FactBook) -> None:
    """A slip in the year would keep a number fresh for a century."""
    contact = '[[service.contact]]\nreplace = "New arrivals"\nsource = "page"\ndate = "2206-11-30"\n'
    warned = check_catalogue(_files(f'[[service]]\nid = "advice"\n{contact}'), facts, DAY).warnings
    assert ("this date is in the future", "contact[0].date") in [(each.message, each.fieldname) for each in warned]


def test_a_key_that_stands_for_another_page_below_makes_nothing_fresh(facts: FactBook) -> None:
    """Two files both call a source "page": what rests on the lower one keeps its own page and date."""
    text = '[[service]]\nid = "advice"\nsources = { page = { url = "https://example.fi/new", date = "2026-11-30" } }\n'
    text += '[[service.contact]]\nreplace = "New arrivals"\nphone = "+358 9 310 99999"\nsource = "page"\n'
    service = _service(text, facts)
    assert [each.confirmed for each in service.contacts] == [DAY, date(2024, 6, 1), date(2024, 6, 1)]
    assert service.access.confirmed == date(2024, 6, 1)
    assert service.sources[service.contacts[1].source].url == "https://example.fi/"
    assert service.sources[service.contacts[0].source].url == "https://example.fi/new"


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ('area = ["091"]', ("area", "092")),
        ('languages = { codes = ["fi"], source = "page" }', ("languages.codes", "ar")),
        ('eligibility = { gender = "woman", source = "page" }', ("eligibility.age", "")),
        ('access = { via = ["self"], source = "page" }', ("access.how", "")),
        ('[[service.contact]]\nreplace = "New arrivals"\nhours = "Mo-Fr 09:00-12:00"\nsource = "page"',
         ("contact", "Mo-Fr 08:15-12:00, 13:00-16:00")),
    ],
)  # fmt: skip
def test_parts_that_an_overlay_takes_away_are_said(facts: FactBook, given: str, found: tuple[str, str]) -> None:
    """Not only whole fields and numbers: a municipality, a language, a condition, the words of the way in, hours."""
    more = (
        'languages = { codes = ["fi", "ar"], source = "page" }\neligibility = { age = { min = 18 }, source = "page" }\n'
    )
    base = CatalogueFile(Path("base.toml"), parse_toml(BASE.replace("[service.sources]", more + "[service.sources]")))
    files = [base, CatalogueFile(MINE, parse_toml(f'[[service]]\nid = "advice"\n{given}\n'))]
    warned = [(each.fieldname, each.details.get("found", "")) for each in check_catalogue(files, facts, DAY).warnings]
    assert found in warned
