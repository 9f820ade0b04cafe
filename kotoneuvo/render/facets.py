"""Parts of a service in one language, shared by the exports: conditions, places, contacts, the parts of an address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.service import COUNTRY, MAINLAND, NATIONWIDE, Catalogue, Service
from kotoneuvo.render.contact_lines import about_contact, hours_of
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import Words

# The catalogue has addresses as they are written on a letter; HSDS wants their parts.
_ADDRESS = re.compile(r"(?P<street>.+?), (?P<code>\d{5}) (?P<city>.+)")
Values = Callable[[ContactPoint], str]
BETWEEN = "; "
"""The separator of lists in one cell."""
_OWN_FIELDS = ("municipality", "customer_role")
"""Criteria for which exports have fields of their own: area and audience."""
_FEW = 3
"""How many municipalities of a large area are named."""


def conditions(service: Service, reasons: Reasons) -> Iterator[str]:
    """Yield each condition in words."""
    for node in service.eligibility:
        if not isinstance(node, Criterion) or node.fact not in _OWN_FIELDS:
            yield f"{reasons.title(node)}: {reasons.needs(node)}"


def places(area: Sequence[str], facts: FactBook, words: Words) -> dict[str, str]:
    """Return the municipalities of an area, code to name; a single entry for the whole country."""
    if NATIONWIDE in area:
        return {NATIONWIDE: words.gettext("all of Finland")}
    known = facts.municipalities
    return {code: words.pick(known[code].name) for code in area if code in known}


def area_text(area: Sequence[str], facts: FactBook, words: Words) -> str:
    """Name the municipalities of an area; of a large one only the first few, with the number of the others."""
    # Once a service is read, the mainland is a list of nearly all municipalities.
    if MAINLAND in area or len(area) > COUNTRY:
        return words.gettext("mainland Finland")
    names = list(places(area, facts, words).values())
    if len(names) > _FEW:
        names[_FEW:] = [f"+ {len(names) - _FEW}"]
    return ", ".join(names)


def street_address(address: str) -> tuple[str, str, str] | None:
    """Return street, postal code and city of an address; None if it does not have all three."""
    match = _ADDRESS.fullmatch(address)
    return (match["street"], match["code"], match["city"]) if match else None


def location_of(contact: ContactPoint, words: Words) -> str:
    """Return the address, or else the place in words; "" if there is neither."""
    return contact.address or words.pick(contact.place)


def _around(contact: ContactPoint, words: Words, day: date) -> str:
    """Return what belongs to a contact point: its name, for whom it is, its languages and hours."""
    return "; ".join(filter(None, (*about_contact(contact, words), hours_of(contact, words, day))))


def listed_contacts(contacts: Iterable[ContactPoint], words: Words, day: date, values: Values) -> str:
    """Return one kind of value of all contact points as one cell, each with its name, hours and so on in brackets."""
    cells = []
    for contact in contacts:
        value = values(contact)
        around = _around(contact, words, day) if value else ""
        cells += [f"{value} ({around})" if around else value] if value else []
    return BETWEEN.join(cells)


def contact_cell(contact: ContactPoint, words: Words) -> str:
    """Return everything about a contact point as one cell."""
    values = [contact.phone, contact.email, location_of(contact, words), contact.postal, *contact.url.values()]
    # With all exceptions of its hours, even those that are over: two catalogues may differ in them.
    value, around = ", ".join(filter(None, values)), _around(contact, words, date.min)
    return f"{value} ({around})" if value and around else value or around


def run_by(service: Service, catalogue: Catalogue) -> str:
    """Return the organisation that runs a service, else the one that runs its house; "" if no source says."""
    house = catalogue.services.get(service.part_of)
    return service.organization or (house.organization if house else "")
