"""Opening hours and contact points in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from babel import Locale

from kotoneuvo import Situation, advise
from kotoneuvo.advice.contact import ContactPoint, Office
from kotoneuvo.advice.hours import Closure, parse_hours
from kotoneuvo.advice.service import Access, Catalogue, Service
from kotoneuvo.render.contact_lines import contact_lines, hours_of
from kotoneuvo.render.full_page import FullPage
from kotoneuvo.render.hours import hours_text
from kotoneuvo.render.terminal import BARE, to_text
from kotoneuvo.words import Words

DAY = date(2026, 11, 30)
HOURS = parse_hours("Mo-Th 09:00-16:00, Fr 10:00-15:30")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "ma–to 9–16, pe 10–15.30"),
        ("sv", "mån–tors 9–16, fre 10–15:30"),
        ("en", "Mon–Thu 9–16, Fri 10–15:30"),
        ("ru", "пн–чт 9–16, пт 10–15:30"),
    ],
)
def test_in_every_language(language: str, text: str) -> None:
    """Names of days and the sign in a time as the language has them."""
    assert hours_text(HOURS, Locale.parse(language)) == text


def test_days_apart_and_two_spans_a_day() -> None:
    """Days that do not follow one another are listed; a second time of the same days does not repeat them."""
    finnish = Locale.parse("fi")
    assert hours_text(parse_hours("Mo, We-Fr 09:00-12:00, 13:00-15:00"), finnish) == "ma, ke–pe 9–12, 13–15"
    assert hours_text(parse_hours("Mo-Su 00:00-24:00"), finnish) == "ma–su 0–24"


def test_exceptions_until_they_are_over() -> None:
    """A closed week is said until its last day; then no longer."""
    closed = Closure(date(2026, 12, 24), date(2026, 12, 26))
    contact = ContactPoint("page", opening_hours=HOURS, exceptions=(closed,))
    assert hours_of(contact, Words("en"), DAY).endswith("; 24.12.2026–26.12.2026 closed")
    assert "closed" in hours_of(contact, Words("en"), date(2026, 12, 26))
    assert "closed" not in hours_of(contact, Words("en"), date(2026, 12, 27))


def _lines(contact: ContactPoint, language: str = "en", assured: date = DAY) -> list[tuple[str, str]]:
    return [(line.label, line.text) for line in contact_lines([contact], Words(language), DAY, assured)]


def test_an_old_contact_says_so_beside_itself() -> None:
    """Whatever the service's own date; as exactly as its source knows; not where the service is as old itself."""
    old = ContactPoint("page", date(2020, 5, 1), "2020-05", date(2022, 5, 1), phone="112")
    assert _lines(old) == [("Phone", "112 (information from 5/2020)")]
    assert _lines(old, assured=date(2020, 5, 1)) == [("Phone", "112")]
    assert _lines(old._replace(review=date(2027, 1, 1))) == [("Phone", "112")]


def test_one_door_stands_together() -> None:
    """Its name at its first line, its hours beside the number or on a line of their own."""
    name = {"fi": "Neuvonta", "sv": "Rådgivning", "en": "Advice"}
    contact = ContactPoint("page", name=name, phone="112", email="a@x.fi", opening_hours=HOURS, languages=("ar",))
    assert _lines(contact)[0] == ("Phone", "112 (Advice; Arabic; Mon–Thu 9–16, Fri 10–15.30)")
    assert _lines(contact)[1] == ("E-mail", "a@x.fi")
    place = ContactPoint("page", address="Tie 1", postal="PL 1", opening_hours=HOURS)
    assert [label for label, _ in _lines(place)] == ["Address", "Open", "Post"]


@pytest.mark.parametrize(
    ("language", "pages", "shown"),
    [
        ("sv", {"fi": "https://x.fi/fi", "sv": "https://x.fi/sv"}, "https://x.fi/sv"),
        ("sv", {"en": "https://x.fi/en", "fi": "https://x.fi/fi"}, "https://x.fi/fi (finska)"),
        ("fi", {"en": "https://x.fi/en"}, "https://x.fi/en (englanti)"),
        ("fi", {"en": "https://x.fi/en", "": "https://x.fi/"}, "https://x.fi/"),
        ("en", {"uk": "https://x.fi/uk"}, "https://x.fi/uk (Ukrainian)"),
    ],
)
def test_a_page_in_the_readers_language_or_one_that_says_which(
    language: str, pages: dict[str, str], shown: str
) -> None:
    """One rule for all readers."""
    assert _lines(ContactPoint("page", url=pages), language)[0][1] == shown


def test_an_active_service_beside_an_older_number_of_its_office_is_marked(catalogue: Catalogue) -> None:
    """Active means that everything which is shown is within its review: the number of the person's own area too."""
    name = next(each.id for each in catalogue.services.values() if each.local_name == "wellbeing_county")
    number = ContactPoint("page", date(2020, 5, 1), "2020-05", date(2022, 5, 1), phone="112")
    service = catalogue.services[name]._replace(contacts=(), review=date.max, local_role="", access=Access())
    for contact, marked in ((number, True), (number._replace(review=date.max), False)):
        office = Office("wellbeing_county:04", {"fi": "Vantaan ja Keravan hyvinvointialue"}, (contact,), {})
        services = {**catalogue.services, name: service}
        laid = replace(catalogue, services=services, offices={office.place: office})
        situation = Situation.of(catalogue.facts, DAY, municipality="Vantaa")
        card = to_text(FullPage(advise(laid, situation, DAY), Words("en"), BARE).card(name), 200)
        assert ("a contact or the way in is older" in card) is marked


def test_a_service_without_a_contact_names_the_next_best_door(catalogue: Catalogue) -> None:
    """Its house where that has one, else the person's own municipality; never nothing."""
    situation = Situation.of(catalogue.facts, DAY, municipality="Vantaa")

    def contact(**changed: Service) -> str:
        by_id = {service.id: service for service in changed.values()}
        laid = replace(catalogue, services={**catalogue.services, **by_id})
        lines = FullPage(advise(laid, situation, DAY), Words("en")).lines("spr-suomikamu")
        return next(line.text for line in lines if line.label == "Contact")

    part, house = catalogue.services["spr-suomikamu"], catalogue.services["spr"]
    bare = part._replace(contacts=(), access=Access(("spr",)))
    named = {"part": bare}
    assert contact(**named).startswith("not known; ask Finnish Red Cross")
    assert contact(**named, spr=house._replace(contacts=())).startswith("not known; ask Vantaa: +358 9 83911 (")
