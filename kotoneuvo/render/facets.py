"""What the exports say of a service in one language: conditions, place, addresses taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.service import NATIONWIDE, Catalogue, Contact, Service
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import Words

_ADDRESS = re.compile(r"(?P<street>.+?), (?P<code>\d{5}) (?P<city>.+)")
BETWEEN = "; "
"""What stands between the parts of a list in one cell."""
_OWN_FIELDS = ("municipality", "customer_role")
"""Criteria that an export says in a field of their own: area and audience."""


def conditions(service: Service, reasons: Reasons) -> Iterator[str]:
    """Each condition in words."""
    for node in service.eligibility:
        if not isinstance(node, Criterion) or node.fact not in _OWN_FIELDS:
            yield f"{reasons.title(node)}: {reasons.needs(node)}"


def places(service: Service, facts: FactBook, words: Words) -> list[str]:
    """The names of the municipalities served; one name for the whole country."""
    if NATIONWIDE in service.area:
        return [words.gettext("all of Finland")]
    return [words.pick(facts.municipalities[code].name) for code in service.area if code in facts.municipalities]


def street_address(contact: Contact) -> tuple[str, str, str] | None:
    """Street, postal code and city of an address that has all three."""
    match = _ADDRESS.fullmatch(contact.value)
    return (match["street"], match["code"], match["city"]) if match else None


def said(contact: Contact, words: Words) -> str:
    """The words around a contact."""
    return "; ".join(words.pick(text) for text in (contact.text, contact.hours) if text)


def usable(contacts: Iterable[Contact]) -> list[Contact]:
    """Those that have a number or an address; others are only words."""
    return [contact for contact in contacts if contact.value]


def listed_contacts(contacts: Iterable[Contact], words: Words) -> str:
    """Contacts in one cell, each with the words around it."""
    cells = []
    for contact in contacts:
        around = said(contact, words)
        cells.append(f"{contact.value} ({around})" if contact.value and around else contact.value or around)
    return BETWEEN.join(cells)


def run_by(service: Service, catalogue: Catalogue) -> str:
    """Who runs it: its own organisation, else that of its house; empty if no source says."""
    house = catalogue.services.get(service.part_of)
    return service.organization or (house.organization if house else "")
