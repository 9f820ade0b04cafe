"""Which contact point of a service to use, and the office of one's own area where there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kotoneuvo.advice.contact import ContactPoint, Office
from kotoneuvo.advice.doors import Action, action_at, best_contact, doors, next_best_door
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.load import load_catalogue

DAY = date(2026, 11, 30)
HELSINKI = frozenset({"091"})
FRESH, OLD = date(2026, 11, 1), date(2019, 1, 1)


def point(**parts: object) -> ContactPoint:
    """A contact point that was confirmed this month, unless `confirmed` says otherwise."""
    some = next(each for service in load_catalogue().services.values() for each in service.contacts)
    nothing = {"phone": "", "email": "", "address": "", "postal": "", "url": {}, "area": (), "role": "", "place": {}}
    confirmed = parts.pop("confirmed", FRESH)
    return some._replace(**{**nothing, "confirmed": confirmed, "review": date(confirmed.year + 2, 1, 1), **parts})  # type: ignore[attr-defined, arg-type]


PHONE, MAIL, PAGE = point(phone="+358 1"), point(email="a@example.org"), point(url={"fi": "https://example.org/"})
HOUSE, BOX = point(address="Kirkkokatu 1", area=("091",)), point(postal="PL 1")


@pytest.mark.parametrize(
    ("contacts", "best"),
    [
        ((PAGE, MAIL, HOUSE, PHONE), PHONE), ((PAGE, MAIL, HOUSE), HOUSE), ((PAGE, MAIL), MAIL), ((BOX, PAGE), PAGE),
        ((BOX,), None), ((), None), ((PHONE._replace(confirmed=OLD, review=OLD), MAIL), MAIL),
        ((PHONE._replace(area=("049",)), PAGE), PAGE), ((point(address="Pääkatu 1"),), None),
    ],
)  # fmt: skip
def test_the_best_contact_of_a_service_for_the_whole_country(
    contacts: tuple[ContactPoint, ...], best: ContactPoint | None
) -> None:
    """Confirmed before old, a phone before a house, a house before mail, mail before a page; no post box, no door of
    another town, and no head office, which is far from nearly everybody."""
    catalogue = load_catalogue()
    service = catalogue.services["spr"]._replace(contacts=contacts, part_of="", local_name="", area=("FI",))
    assert best_contact(catalogue, service, HELSINKI, DAY) == best


def with_offices(**offices: tuple[ContactPoint, ...]) -> Catalogue:
    """The catalogue with the offices of Helsinki, of its county and of its employment area, and no others."""
    catalogue = load_catalogue()
    kept = {}
    for kind, contacts in offices.items():
        found = catalogue.office(kind, "091")
        assert found
        kept[found.place] = Office(found.place, found.name, contacts, found.sources)
    return replace(catalogue, offices=kept)


def test_the_nearest_office_that_can_be_reached_is_asked_first() -> None:
    role = PHONE._replace(role="social_emergency")
    catalogue = with_offices(municipality=(BOX, role), wellbeing_county=(PAGE, MAIL), employment_area=(PHONE,))
    assert [door.contact for door in doors(catalogue, HELSINKI, DAY)] == [MAIL, PHONE]
    assert [door.contact for door in doors(catalogue, HELSINKI, DAY, "employment_area")] == [PHONE, MAIL]
    assert not list(doors(catalogue, frozenset({"091", "049"}), DAY))
    assert not list(doors(catalogue, frozenset(), DAY))


def test_an_office_stands_in_where_no_contact_is_known() -> None:
    catalogue = with_offices(municipality=(PHONE,))
    service = catalogue.services["spr"]._replace(contacts=(), local_name="", area=("FI",))
    door = next_best_door(catalogue, service, None, HELSINKI, DAY)
    assert door
    assert door.contact == PHONE
    for known in (MAIL, PAGE):
        assert next_best_door(catalogue, service._replace(contacts=(known,)), known, HELSINKI, DAY) is None
    assert next_best_door(with_offices(), service, None, HELSINKI, DAY) is None


def test_beside_a_page_stands_the_phone_of_the_house() -> None:
    """Not that for some of its clients, nor another page; and whoever can be called needs no other number."""
    catalogue = with_offices(municipality=(MAIL,))
    for contacts, known, best in (
        ((PAGE, PHONE), PAGE, PHONE), ((HOUSE,), PAGE, HOUSE), ((PAGE,), PAGE, None), ((PHONE,), MAIL, None),
        ((PHONE._replace(audience={"en": "for young people"}),), PAGE, None),
    ):  # fmt: skip
        house = catalogue.services["migri"]._replace(contacts=contacts)
        service = catalogue.services["jatkolupa"]._replace(contacts=(known,), part_of="migri")
        made = replace(catalogue, services={**catalogue.services, "migri": house, service.id: service})
        door = next_best_door(made, service, known, HELSINKI, DAY)
        assert (door and (door.office, door.contact)) == (best and (house, best))


def test_the_office_that_a_service_names_is_asked_before_the_others() -> None:
    catalogue = with_offices(municipality=(PHONE,), wellbeing_county=(MAIL,))
    service = catalogue.services["spr"]._replace(contacts=(), local_name="wellbeing_county", area=("FI",))
    door = next_best_door(catalogue, service, None, HELSINKI, DAY)
    assert door
    assert (door.office, door.contact) == (catalogue.office("wellbeing_county", "091"), MAIL)
    assert (
        best_contact(catalogue, service._replace(contacts=(PHONE._replace(confirmed=OLD, review=OLD),)), HELSINKI, DAY)
        == MAIL
    )


def test_no_other_number_stands_beside_the_social_emergency_service() -> None:
    """Whoever calls it at night must not get a switchboard that is closed; where its number is not known, a page."""
    catalogue = load_catalogue()
    service = catalogue.services["sosiaalipaivystys"]
    for code, place in catalogue.facts.municipalities.items():
        found = catalogue.contacts(service, (code,))
        assert not [each.phone for each in found if each.phone and each.role != "social_emergency"], place.name


@pytest.mark.parametrize(
    ("kind", "contact", "action"),
    [
        ("authority", None, Action.ASK), ("authority", PHONE, Action.CALL), ("authority", MAIL, Action.WRITE),
        ("authority", PAGE, Action.OPEN), ("authority", HOUSE, Action.GO), ("centre", HOUSE, Action.GO),
        ("authority", HOUSE._replace(phone="+358 1"), Action.CALL),
        ("centre", HOUSE._replace(phone="+358 1"), Action.GO),
    ],
)  # fmt: skip
def test_what_to_do_follows_from_the_contact(kind: str, contact: ContactPoint | None, action: Action) -> None:
    service = load_catalogue().services["spr"]._replace(kind=kind, provides={}, local_name="")
    assert action_at(service, contact) is action


def test_a_far_house_is_not_gone_to_and_a_page_may_be_for_registering() -> None:
    far = load_catalogue().services["spr"]._replace(kind="centre", provides={}, local_name="", area=("FI",))
    head_office = point(address="Pääkatu 1", url={"fi": "https://example.org/"})
    assert action_at(far, head_office) is Action.OPEN
    assert action_at(far._replace(area=("091",)), head_office) is Action.GO
    assert action_at(far._replace(local_name="municipality"), head_office) is Action.GO
    assert action_at(far._replace(provides={"is_jobseeker_client": True}), PAGE) is Action.REGISTER
    assert action_at(far._replace(provides={"finnish_level": "A2.1"}), PAGE) is Action.OPEN
