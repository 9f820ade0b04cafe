"""The bundled offices: every municipality, employment area and county has what the sources give, and no more."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest
from days import TODAY

from kotoneuvo.advice.service import Catalogue

AREAS = 46
"""45 employment areas and Åland."""
COUNTIES = 23
"""21 wellbeing services counties, Helsinki and Åland."""
EMERGENCY_NUMBERS = {
    "01": "+358 19 5600 150",
    "06": "+358 2 623 4380",
    "07": "+358 3 629 6560",
    "08": "+358 500 625 990",
    "09": "+358 44 482 8201",
    "12": "+358 44 794 2394",
    "15": "+358 14 266 0149",
    "19": "+358 44 703 6235",
    "20": "+358 44 797 0676",
    "90": "+358 206 96006",
}
"""Social emergency services of the counties whose number a source gives."""
EMERGENCY_PAGES = {"02", "05", "13", "16", "18"}
"""Counties of which only a page on their social emergency services is known."""
PEDERSORE = "599"
"""Not in the list of official websites; its page is in its own news of 2024."""
NOT_TO_PRINT = ("+358444820370", "+358447183930", "+35836217100")
"""A number for the evacuated of one fire, one cut in its source, and one that a newer has replaced."""


def test_every_municipality_has_its_official_page(catalogue: Catalogue) -> None:
    """308 of 308, each from a source of this year (Pedersöre: its own news of 2024)."""
    for code in catalogue.facts.municipalities:
        office = catalogue.office("municipality", code)
        assert office, code
        first = office.contacts[0]
        assert first.url, code
        assert first.confirmed, code
        assert first.confirmed >= date(2026, 4, 30) or code == PEDERSORE, code


def test_swedish_municipalities_have_a_page_in_swedish(catalogue: Catalogue) -> None:
    """In Åland the page is in Swedish, and says so."""
    for code, place in catalogue.facts.municipalities.items():
        if place.region["fi"] == "Ahvenanmaa":
            office = catalogue.office("municipality", code)
            assert office, code
            assert "sv" in office.contacts[0].url, code


def test_every_area_and_county_is_found_by_its_municipalities(catalogue: Catalogue) -> None:
    """Whoever's town is known has an employment area and a county with names that agree with the code list."""
    kinds = Counter(place.partition(":")[0] for place in catalogue.offices)
    assert kinds == {"municipality": 308, "employment_area": AREAS, "wellbeing_county": COUNTIES}
    for code, place in catalogue.facts.municipalities.items():
        for kind in ("employment_area", "wellbeing_county"):
            office = catalogue.office(kind, code)
            assert office, (kind, code)
            names = getattr(place, kind)
            assert (office.name["fi"], office.name["sv"]) == (names["fi"], names["sv"]), code


def test_every_county_can_be_reached(catalogue: Catalogue) -> None:
    """A page or a number for social services in general, or their guidance; the emergency line is no such door."""
    for place, office in catalogue.offices.items():
        if place.startswith("wellbeing_county:"):
            assert any(contact.reachable and contact.role in ("", "guidance") for contact in office.contacts), place


def test_social_emergency_services_as_far_as_sources_go(catalogue: Catalogue) -> None:
    """Ten numbers and five pages; where there is none, none is made up."""
    numbers: dict[str, str] = {}
    pages: set[str] = set()
    for place, office in catalogue.offices.items():
        for contact in office.contacts:
            if contact.role == "social_emergency":
                code = place.partition(":")[2]
                if contact.phone:
                    numbers.setdefault(code, contact.phone)
                elif code not in numbers:
                    pages.add(code)
    assert numbers == EMERGENCY_NUMBERS
    assert pages == EMERGENCY_PAGES


@pytest.mark.parametrize("number", NOT_TO_PRINT)
def test_numbers_that_must_not_be_printed(number: str, catalogue: Catalogue) -> None:
    """No office and no service holds them."""
    doors = [contact for office in catalogue.offices.values() for contact in office.contacts]
    doors += [contact for service in catalogue.services.values() for contact in service.contacts]
    held = {re.sub(r"\D", "", contact.phone) for contact in doors}
    assert number.removeprefix("+") not in held


def test_every_door_of_an_office_has_a_dated_source(catalogue: Catalogue) -> None:
    """And a door that serves some municipalities only names some of its own area."""
    for place, office in catalogue.offices.items():
        for contact in office.contacts:
            assert contact.confirmed, place
            assert contact.reachable or contact.place, place
            for code in contact.area:
                assert catalogue.office(place.partition(":")[0], code) is office, (place, code)


def test_an_office_shows_only_the_doors_of_the_persons_town(catalogue: Catalogue) -> None:
    """The employment offices in Turku are shown in Turku, not in the rest of its employment area."""
    service = catalogue.services["tyovoimaviranomainen"]
    shown = {
        town: {contact.address for contact in catalogue.contacts(service, (code,))}
        for town, code in (("Turku", "853"), ("Naantali", "529"))
    }
    assert "Monitori, Kauppatori, Turku" in shown["Turku"]
    assert "Monitori, Kauppatori, Turku" not in shown["Naantali"]


def test_what_is_said_to_run_shows_no_older_door(catalogue: Catalogue) -> None:
    """The employment authority counts as confirmed: so do the doors of all areas."""
    for place, office in catalogue.offices.items():
        if place.startswith("employment_area:") and office.name["fi"] != "Ahvenanmaa":
            assert not any(contact.stale(TODAY) for contact in office.contacts), place


def test_a_part_is_reached_at_the_door_of_its_house(catalogue: Catalogue) -> None:
    """A course of Villa Victor without a contact of its own shows the house's; one with its own shows only that."""
    house = catalogue.services["oulu-villa-victor"]
    course = catalogue.services["oulu-villa-victor-peruskurssit"]
    assert not course.contacts
    assert catalogue.contacts(course, ("564",)) == catalogue.contacts(house, ("564",))
    advice = catalogue.services["oulu-villa-victor-neuvonta"]
    assert catalogue.contacts(advice, ("564",)) == advice.contacts


def test_health_services_show_no_social_guidance(catalogue: Catalogue) -> None:
    """A number for families or for social emergencies is not the health centre's: its page stands there instead."""
    for name in ("terveysasema", "neuvola"):
        for code, place in catalogue.facts.municipalities.items():
            if place.region["fi"] != "Ahvenanmaa":
                roles = {contact.role for contact in catalogue.contacts(catalogue.services[name], (code,))}
                assert roles <= {"", "health"}, (name, code)
