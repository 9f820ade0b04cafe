"""Contact points of services and offices: overlays that change one, the old form, offices by area, notices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from days import TODAY
from typer.testing import CliRunner

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.service import Catalogue, Operating
from kotoneuvo.catalogue.build import build_catalogue
from kotoneuvo.catalogue.check import check_catalogue
from kotoneuvo.catalogue.files import parse_toml
from kotoneuvo.catalogue.overlays import CatalogueFile
from kotoneuvo.cli.main import build

BASE = """
[[service]]
id = "advice"
kind = "guidance"
name = { fi = "Neuvonta", sv = "Rådgivning", en = "Advice" }
summary = { fi = "Neuvoja.", sv = "Råd.", en = "Advice." }
goals = ["guidance"]
phase = "guidance"
area = ["091", "092"]
local_name = "wellbeing_county"
local_role = "guidance"
assured = "2026-06-01"
[service.sources]
page = { url = "https://example.fi/", date = "2026-06-01" }
old = { url = "https://example.fi/old", date = "2020" }
[service.access]
via = ["self"]
source = "page"
[[service.contact]]
name = { fi = "Uudet", sv = "Nya", en = "New arrivals" }
phone = "+358 9 310 37577"
hours = "Mo-Fr 08:15-12:00, 13:00-16:00"
source = "page"
[[service.contact]]
name = { fi = "Paperittomat", sv = "Papperslösa", en = "Undocumented people" }
phone = "+358 9 310 23747"
source = "page"
area = ["091"]
"""
SOURCES = """sources = { call = { url = "https://example.fi/new", date = "2026-11-16" } }
"""


def _file(text: str, name: str = "base.toml") -> CatalogueFile:
    return CatalogueFile(Path(name), parse_toml(text))


def _laid(facts: FactBook, *overlays: str) -> Catalogue:
    files = [_file(BASE), *(_file(text, f"{place}.toml") for place, text in enumerate(overlays))]
    return build_catalogue(files, facts)


def _warned(facts: FactBook, *overlays: str) -> list[tuple[str, dict[str, Any]]]:
    files = [_file(BASE), *(_file(text, f"{place}.toml") for place, text in enumerate(overlays))]
    found = check_catalogue(files, facts, TODAY)
    assert found.errors == ()
    return [(each.fieldname, dict(each.details)) for each in found.warnings]


@pytest.mark.parametrize(
    ("address", "postal"),
    [
        ("PL 12, 74101 Iisalmi", "PL 12, 74101 Iisalmi"),
        ("PB 5, 65101 Vasa", "PB 5, 65101 Vasa"),
        ("P.O. Box 7, 00531 Helsinki", "P.O. Box 7, 00531 Helsinki"),
        ("Postilokero 9", "Postilokero 9"),
        ("Plevnankuja 12, Helsinki", ""),
        ("Boxbackantie 3, Porvoo", ""),
    ],
)
def test_nobody_is_sent_to_a_post_box(facts: FactBook, address: str, postal: str) -> None:
    """Whoever wrote it as an address; and it is said."""
    overlay = f'[[service]]\nid = "advice"\n{SOURCES}[[service.contact]]\naddress = "{address}"\nsource = "call"\n'
    (contact,) = _laid(facts, overlay).services["advice"].contacts
    assert (contact.postal, contact.address) == ((postal, "") if postal else ("", address))
    assert any(name == "contact[0].address" for name, _ in _warned(facts, overlay)) is bool(postal)


@pytest.fixture
def facts(catalogue: Catalogue) -> FactBook:
    return catalogue.facts


@pytest.mark.parametrize("named", ["+358 9 310 37577", "09 31037577", "New arrivals"])
def test_correcting_one_number_of_several_changes_that_one(facts: FactBook, named: str) -> None:
    """By its number, however written, or its name; its name and hours stay, and so does the other one."""
    overlay = f'[[service]]\nid = "advice"\n{SOURCES}[[service.contact]]\nreplace = "{named}"\n'
    overlay += 'phone = "+358 9 310 99999"\nsource = "call"\n'
    first, second = _laid(facts, overlay).services["advice"].contacts
    assert (first.phone, first.name["en"], len(first.opening_hours)) == ("+358 9 310 99999", "New arrivals", 2)
    assert (first.source, first.confirmed) == ("call", date(2026, 11, 16))
    assert second == _laid(facts).services["advice"].contacts[1]
    assert _warned(facts, overlay) == [("contact", {"found": "+358 9 310 37577"})]


def test_what_is_gone_has_no_new_number(facts: FactBook) -> None:
    """Nothing that somebody wrote is dropped without a word."""
    overlay = f'[[service]]\nid = "advice"\n{SOURCES}[[service.contact]]\nreplace = "New arrivals"\ngone = true\n'
    overlay += 'phone = "+358 9 310 99999"\nsource = "call"\n'
    (problem,) = check_catalogue([_file(BASE), _file(overlay, "own.toml")], facts, TODAY).errors
    assert problem.fieldname.endswith(".gone")
    assert "remove `gone`" in problem.message


def test_a_contact_that_is_not_there_is_answered_by_those_that_are(facts: FactBook) -> None:
    overlay = f'[[service]]\nid = "advice"\n{SOURCES}[[service.contact]]\nreplace = "+358 9 1"\n'
    overlay += 'phone = "+358 9 310 99999"\nsource = "call"\n'
    (problem,) = check_catalogue([_file(BASE), _file(overlay, "own.toml")], facts, TODAY).errors
    assert {"+358 9 310 37577", "+358 9 310 23747", "New arrivals"} <= set(problem.allowed)
    assert "+358 9 310 99999" not in problem.allowed


def test_a_new_value_needs_a_new_source(facts: FactBook) -> None:
    """What was read of the old number says nothing of the new one."""
    overlay = '[[service]]\nid = "advice"\n[[service.contact]]\nreplace = "New arrivals"\nphone = "112"\n'
    found = check_catalogue([_file(BASE), _file(overlay, "own.toml")], facts, TODAY)
    assert [each.message for each in found.errors] == ["this needs a source"]


def test_what_an_overlay_takes_away_is_said(facts: FactBook) -> None:
    """Numbers that no contact point has any more, and whole fields."""
    overlay = f'[[service]]\nid = "advice"\nlocal_role = ""\n{SOURCES}'
    overlay += '[[service.contact]]\nphone = "+358 9 310 37577"\nsource = "call"\n'
    assert _warned(facts, overlay) == [
        ("contact", {"found": "Uudet; Mo-Fr 08:15-12:00, 13:00-16:00"}),
        ("contact", {"found": "Paperittomat; +358 9 310 23747; 091"}),
        ("local_role", {}),
    ]
    assert _laid(facts, overlay).services["advice"].local_role == ""


def test_an_empty_page_hides_no_other(facts: FactBook) -> None:
    """A reader of its language gets the page in another one."""
    page = f'[[service]]\nid = "advice"\n{SOURCES}[[service.contact]]\nsource = "call"\n'
    page += 'url = { fi = "", en = "https://x.fi/en" }\n'
    (contact,) = _laid(facts, page).services["advice"].contacts
    assert contact.page("fi") == ("en", "https://x.fi/en")


def test_an_overlay_in_the_old_form_replaces_its_own_kind_only(facts: FactBook) -> None:
    """New numbers for old ones, as before; a list that is added stands beside; the check says how to write it."""
    phones = f'[[service]]\nid = "advice"\n{SOURCES}phones = [{{ number = "112", source = "call" }}]\n'
    (contact,) = _laid(facts, phones).services["advice"].contacts
    assert (contact.phone, contact.opening_hours) == ("112", ())
    assert ("phones", {}) in _warned(facts, phones)
    urls = f'[[service]]\nid = "advice"\n{SOURCES}urls = [{{ url = "https://x.fi/", source = "call" }}]\n'
    contacts = _laid(facts, urls).services["advice"].contacts
    assert [(each.phone, dict(each.url)) for each in contacts[1:]] == [
        ("+358 9 310 23747", {}), ("", {"": "https://x.fi/"}),
    ]  # fmt: skip


def test_active_only_if_every_contact_is(facts: FactBook) -> None:
    """A service of June with a number of 2020 is not confirmed; `stale` counts from the number."""
    assert _laid(facts).services["advice"].operating(TODAY) is Operating.ACTIVE
    overlay = '[[service]]\nid = "advice"\n[[service.contact]]\nreplace = "New arrivals"\nsource = "old"\n'
    service = _laid(facts, overlay).services["advice"]
    assert (service.due, service.operating(TODAY)) == (date(2022, 1, 1), Operating.UNVERIFIED)
    assert service.operating(date(2021, 6, 1)) is Operating.ACTIVE


OFFICE = """
[sources]
county = { url = "https://vakehyva.fi/", date = "2026-05" }
[[office]]
for = "wellbeing_county:04"
name = { fi = "Vantaan ja Keravan hyvinvointialue", sv = "Vanda och Kervo välfärdsområde" }
[[office.contact]]
phone = "+358 9 419 191"
source = "county"
[[office.contact]]
role = "guidance"
phone = "+358 9 419 1000"
area = ["092"]
source = "county"
"""


def test_the_office_of_the_persons_area(facts: FactBook) -> None:
    """The contacts of the role that the service names; of another town only its own; unknown: none."""
    laid = _laid(facts, OFFICE)
    service = laid.services["advice"]
    assert [each.phone for each in laid.contacts(service, ["092"])] == ["+358 9 310 37577", "+358 9 419 1000"]
    assert [each.phone for each in laid.contacts(service, ["091"])] == ["+358 9 310 37577", "+358 9 310 23747"]
    assert len(laid.contacts(service, ["091", "092"])) == 2
    general = service._replace(local_role="health")
    assert laid.contacts(general, ["092"])[-1].phone == "+358 9 419 191"
    office = laid.office("wellbeing_county", "092")
    assert office
    assert (office.name["sv"], office.contacts[0].confirmed) == ("Vanda och Kervo välfärdsområde", date(2026, 5, 1))
    assert laid.office("wellbeing_county", "091") is None


def test_an_overlay_changes_one_number_of_an_office(facts: FactBook) -> None:
    """In the same way as of a service."""
    change = f'[[office]]\nfor = "wellbeing_county:04"\n{SOURCES}[[office.contact]]\nreplace = "09 419191"\n'
    change += 'phone = "+358 9 419 192"\nsource = "call"\n'
    office = _laid(facts, OFFICE, change).offices["wellbeing_county:04"]
    assert [each.phone for each in office.contacts] == ["+358 9 419 192", "+358 9 419 1000"]


def test_notices_are_read_with_their_criteria(facts: FactBook) -> None:
    """Whom they concern, for how long, from where; one past its review is warned of."""
    notice = """
[[notice]]
id = "card_until"
valid = { from = "2026-08-05", until = "2027-03-04" }
review = "2026-11-15"
source = "migri"
transition = { not_known = "2026-11-30" }
text = { fi = "Kortti on voimassa.", sv = "Kortet gäller.", en = "The card is valid." }
sources = { migri = { url = "https://migri.fi/en/", date = "2026-08" } }
[notice.who]
status = ["temporary_protection_municipality"]
"""
    (found,) = _laid(facts, notice).notices
    assert (found.id, found.valid_until, found.review) == ("card_until", date(2027, 3, 4), date(2026, 11, 15))
    assert found.source.url == "https://migri.fi/en/"
    assert [node.fact for node in found.who] == ["status"]  # type: ignore[union-attr]
    assert ("review", {"day": "2026-11-15"}) in _warned(facts, notice)


def test_who_reads_which_words(tmp_path: Path) -> None:
    """What to bring stands on everybody's card; the keeper's note only in the whole view of the service."""
    words = '{ fi = "Passi", sv = "Pass", en = "Passport" }'
    overlay = f'[[service]]\nid = "dvv"\n{SOURCES}bring = {{ text = {words}, source = "call" }}\n'
    path = tmp_path / "own.toml"
    path.write_text(overlay + 'keeper_note = "ask again in May"\n', encoding="utf-8")
    run, options = CliRunner().invoke, ["--catalogue", str(path), "--lang", "en"]
    shown = run(build(), ["services", "show", "dvv", *options]).stdout
    assert "Passport" in shown
    assert "ask again in May" in shown
    pathway = run(build(), ["advise", "--full", "--municipality", "Vantaa", "--goals", "permits", *options]).stdout
    assert "Passport" in pathway
    assert "ask again in May" not in pathway


def test_houses_in_a_circle_end(catalogue: Catalogue) -> None:
    """check refuses them; a catalogue made in a program may hold them, and looking for a door must end."""
    one = catalogue.services["kela"]._replace(id="one", part_of="two", contacts=(), local_name="")
    two = one._replace(id="two", part_of="one")
    circle = replace(catalogue, services={"one": one, "two": two})
    assert circle.contacts(one, ("091",)) == ()


@pytest.mark.parametrize(
    ("before", "after", "warned"),
    [
        ("Mo-Fr 08:15-12:00, 13:00-16:00", "Mo-Fr 16:00-09:00", ["contact[0].hours"]),
        ("Mo-Fr 08:15-12:00, 13:00-16:00", "Mo-Su 00:00-24:00", []),
        ("+358 9 310 37577", "0600 12345", ["contact[0].phone"]),
        ("+358 9 310 37577", "0800 12345", []),
        ("+358 9 310 37577", "116 117", []),
    ],
)
def test_what_is_possible_and_seldom_meant_is_warned_of(
    facts: FactBook, before: str, after: str, warned: list[str]
) -> None:
    """Hours past midnight may be typed the wrong way round, and 0600 costs whoever calls."""
    found = check_catalogue([_file(BASE.replace(before, after))], facts, TODAY)
    assert not found.errors
    assert [each.fieldname for each in found.warnings if each.fieldname.startswith("contact")] == warned
