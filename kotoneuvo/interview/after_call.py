"""After a call or a visit: whether a contact is right, gone or changed, to be written to the office's own catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.doors import best_contact
from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.report import Report
from kotoneuvo.catalogue.change import EntryChange, Evidence
from kotoneuvo.catalogue.closed_lists import SPOKEN, TRIED
from kotoneuvo.catalogue.contacts import is_email, is_phone, is_url
from kotoneuvo.interview.prompt import Option, Talk

_CHECKS = {"phone": is_phone, "email": is_email, "url": is_url}
_HOW = {"phone": SPOKEN[0], "email": SPOKEN[2], "url": TRIED}
"""How the worker knows, by the field they used; for any other field they went there."""
RIGHT, GONE, MOVED = "o", "d", "m"


def after_call(report: Report, service_id: str, day: date, talk: Talk) -> EntryChange | None:
    """Ask what the worker found out about a service's contact; None if nothing, or if there is no contact."""
    _ = talk.words.gettext
    contact = best_contact(report.catalogue, report.catalogue.services[service_id], report.places, report.as_of)
    entry = _entry_of(report, service_id, contact) if contact else ""
    if contact is None or not entry:
        talk.say(_("The catalogue has no contact here to confirm or correct."))
        return None
    field, value = _main(contact)
    # The same letters in all languages, as in the menu.
    options = (
        Option(RIGHT, _("It is right as it stands"), key=RIGHT),
        Option(GONE, _("It no longer exists"), key=GONE),
        Option(MOVED, _("It has changed: type the new one"), key=MOVED),
    )
    why = _("The answer goes into your own catalogue file with the day, and nothing about the client.")
    text = _("What did you find out? {contact}").format(contact=" · ".join(_all(contact)))
    reply = talk.choose(text, options, why)
    if reply is None:
        return None
    if reply == GONE:
        return EntryChange(entry, Evidence(day, said=TRIED), value, gone=True)
    evidence = (
        Evidence(day, url=value)
        if field == "url" and reply == RIGHT
        else Evidence(day, said=_HOW.get(field, SPOKEN[3]))
    )
    if reply == RIGHT:
        return EntryChange(entry, evidence, value)
    new = talk.type(_("The new one, as it is dialled or written:"), partial(_read_new, field))
    return EntryChange(entry, evidence, value, {field: new}) if new else None


def _read_new(field: str, typed: str) -> str:
    """Return the new value of a field. Raises InputProblems if it is not of that kind."""
    if field in _CHECKS and not _CHECKS[field](typed.strip()):
        raise InputProblems([Problem(N_("this is not a phone number, e-mail address or page of the same kind"))])
    return typed.strip()


def _all(contact: ContactPoint) -> Iterator[str]:
    yield from filter(None, (contact.phone, contact.email, contact.address, contact.postal, *contact.url.values()))


def _main(contact: ContactPoint) -> tuple[str, str]:
    """Return the field by which people reach a contact first, and its value."""
    found = [(field, getattr(contact, field)) for field in ("phone", "address", "email", "postal")]
    pages = [("url", page) for page in contact.url.values()]
    return next((field, value) for field, value in (*found, *pages) if value)


def _entry_of(report: Report, service_id: str, contact: ContactPoint) -> str:
    """Return the key of the entry that has the contact: the service, its house, or an office; "" if none has it."""
    catalogue = report.catalogue
    for service in catalogue.with_houses(catalogue.services[service_id]):
        if contact in service.contacts:
            return service.id
    return next((place for place, office in catalogue.offices.items() if contact in office.contacts), "")
