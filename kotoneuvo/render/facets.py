"""What the exports say of a service in one language: conditions, place, addresses taken apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.service import NATIONWIDE, Catalogue, Service
from kotoneuvo.render.contact_lines import about_contact, hours_of
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import Words

# Addresses are kept as one writes them on a letter; HSDS wants their parts.
_ADDRESS = re.compile(r"(?P<street>.+?), (?P<code>\d{5}) (?P<city>.+)")
Values = Callable[[ContactPoint], str]
BETWEEN = "; "
"""What stands between the parts of a list in one cell."""
_OWN_FIELDS = ("municipality", "customer_role")
"""Criteria that an export says in a field of their own: area and audience."""


def conditions(service: Service, reasons: Reasons) -> Iterator[str]:
    """Each condition in words."""
    for node in service.eligibility:
        if not isinstance(node, Criterion) or node.fact not in _OWN_FIELDS:
            yield f"{reasons.title(node)}: {reasons.needs(node)}"


def places(service: Service, facts: FactBook, words: Words) -> dict[str, str]:
    """The municipalities served, code to name; one for the whole country."""
    if NATIONWIDE in service.area:
        return {NATIONWIDE: words.gettext("all of Finland")}
    known = facts.municipalities
    return {code: words.pick(known[code].name) for code in service.area if code in known}


def street_address(address: str) -> tuple[str, str, str] | None:
    """Street, postal code and city of an address that has all three."""
    match = _ADDRESS.fullmatch(address)
    return (match["street"], match["code"], match["city"]) if match else None


def location_of(contact: ContactPoint, words: Words) -> str:
    """The address, or the place in words; empty where there is neither."""
    return contact.address or words.pick(contact.place)


def said(contact: ContactPoint, words: Words, day: date) -> str:
    """The words around a contact point: what it is called, for whom, in which languages, its hours."""
    return "; ".join(filter(None, (*about_contact(contact, words), hours_of(contact, words, day))))


def listed_contacts(contacts: Iterable[ContactPoint], words: Words, day: date, values: Values) -> str:
    """One kind of value of all contact points in one cell, each with the words around it."""
    cells = []
    for contact in contacts:
        value = values(contact)
        around = said(contact, words, day) if value else ""
        cells += [f"{value} ({around})" if around else value] if value else []
    return BETWEEN.join(cells)


def contact_cell(contact: ContactPoint, words: Words) -> str:
    """A contact point with everything it says."""
    values = [contact.phone, contact.email, location_of(contact, words), contact.postal, *contact.url.values()]
    # From the first of all days on: exceptions that are over make a difference between two catalogues too.
    value, around = ", ".join(filter(None, values)), said(contact, words, date.min)
    return f"{value} ({around})" if value and around else value or around


def run_by(service: Service, catalogue: Catalogue) -> str:
    """Who runs it: its own organisation, else that of its house; empty if no source says."""
    house = catalogue.services.get(service.part_of)
    return service.organization or (house.organization if house else "")
