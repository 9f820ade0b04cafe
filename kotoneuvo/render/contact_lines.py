"""How to reach a service and what to know beforehand, in lines: contacts, hours, way in, languages, cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.hours import Closure
from kotoneuvo.advice.service import Access, Service
from kotoneuvo.dates import date_in_numbers, partial_date_in_numbers
from kotoneuvo.render.hours import hours_text
from kotoneuvo.words import Words, printable

_TYPED = 60
"""Longer addresses of pages are not typed: the details have them whole."""


class ContactLine(NamedTuple):
    """One labelled line of a card; `link` makes the text clickable where that is possible."""

    label: str
    text: str
    link: str = ""


def contact_lines(contacts: Iterable[ContactPoint], words: Words, day: date, assured: date) -> Iterator[ContactLine]:
    """Each door with what belongs to it: phone, e-mail, address, hours, page; the words about it stand at the first.

    A door that is too old on `day`, and older than the entry's own date `assured`, says so; so does one that no page
    shows.
    """
    for contact in contacts:
        about = about_contact(contact, words)
        if contact.said:
            about.append(told(contact.said, contact.dated, words))
        # What is as old as the entry is said once for all of it.
        elif contact.stale(day) and contact.confirmed and contact.confirmed < assured:
            about.append(words.gettext("information from {date}").format(date=partial_date_in_numbers(contact.dated)))
        for label, text, inside, link in _door(contact, words, day):
            around = "; ".join(filter(None, (*about, inside)))
            yield ContactLine(label, f"{text} ({around})" if text and around else text or around, link)
            about = []


def told(said: str, dated: str, words: Words) -> str:
    """Marks what rests on a person's word: "told: by phone, the service's adviser, 30.11.2026"."""
    date_told = partial_date_in_numbers(dated)
    return words.gettext("told: {how}, {date}").format(how=printable(words.gettext(said)), date=date_told)


def about_contact(contact: ContactPoint, words: Words) -> list[str]:
    """What a door is called, for whom it is, and the languages served there."""
    about = [words.pick(text) for text in (contact.name, contact.audience) if text]
    if contact.languages or contact.interpreter:
        about.append(language_list(contact.languages, words, interpreter=contact.interpreter))
    return about


def hours_of(contact: ContactPoint, words: Words, day: date) -> str:
    """The hours of a door in words, with the exceptions that are not over on a day."""
    usual = hours_text(contact.opening_hours, words.locale) if contact.opening_hours else ""
    parts = [usual or words.pick(contact.hours)]
    parts += [_exception(each, words) for each in contact.exceptions if each.last >= day]
    return "; ".join(filter(None, parts))


def page_of(contact: ContactPoint, words: Words) -> tuple[str, str]:
    """The page for a reader of this language, and the name of its language where that is another one."""
    language, page = contact.page(words.language)
    return page, words.language_name(language) if language not in ("", words.language) else ""


def _door(contact: ContactPoint, words: Words, day: date) -> Iterator[tuple[str, str, str, str]]:
    """The lines of one door: label, text, words inside the brackets, link."""
    _ = words.gettext
    hours = hours_of(contact, words, day)
    if contact.phone:
        yield _("Phone"), contact.phone, hours, "tel:" + contact.phone.replace(" ", "")
    if contact.email:
        yield _("E-mail"), contact.email, "", "mailto:" + contact.email
    if contact.address or contact.place:
        yield _("Address"), contact.address or words.pick(contact.place), "", ""
    if hours and not contact.phone:
        yield _("Open"), "", hours, ""
    if contact.postal:
        yield _("Post"), contact.postal, "", ""
    page, language = page_of(contact, words)
    if page:
        yield _("Web"), page, language, page


def _exception(closure: Closure, words: Words) -> str:
    """ "24.12.2026–26.12.2026 closed"."""
    days = "–".join(date_in_numbers(day) for day in dict.fromkeys((closure.first, closure.last)))
    hours = hours_text(closure.hours, words.locale) if closure.hours else words.gettext("closed")
    return f"{days} {hours}"


def nearest_contact(contacts: Iterable[ContactPoint], words: Words, day: date, assured: date) -> ContactLine | None:
    """The one contact to show where there is room for one: a phone number, else a page, else whatever there is."""
    lines = list(contact_lines(contacts, words, day, assured))
    quick = [line for line in lines if line.link.startswith("tel:")] or [line for line in lines if "://" in line.link]
    return next(iter(quick or lines), None)


def way_in(access: Access, words: Words) -> str:
    """The way in in words, marked where it rests on a person's word; empty if there are none."""
    how = words.pick(access.how)
    mark = told(access.said, access.confirmed.isoformat(), words) if access.said and access.confirmed else ""
    return f"{how} ({mark})" if how and mark else how


def practical_lines(service: Service, words: Words) -> Iterable[ContactLine]:
    """Languages served, cost, and the overlays that have a part in what is said."""
    _ = words.gettext
    if served := service.languages:
        said = language_list(served.codes, words, served.count, interpreter=served.interpreter)
        yield ContactLine(_("Languages"), said or _("in one's own language; the languages are not listed"))
    if service.cost:
        yield ContactLine(_("Cost"), _("free of charge") if service.cost.free else words.pick(service.cost.text))
    for overlay in service.overlays:
        yield ContactLine(_("Changed by") if overlay.fields else _("Added by"), overlay.name)


def language_list(codes: Iterable[str], words: Words, count: int = 0, *, interpreter: bool = False) -> str:
    """Languages served, as a list; `count` where there are more than are named."""
    _ = words.gettext
    parts = [words.language_name(code) for code in codes]
    if count > len(parts):
        parts.append(_("{count} languages in all").format(count=count))
    if interpreter:
        parts.append(_("others through an interpreter"))
    return ", ".join(parts)


def reached(contact: ContactPoint, words: Words, day: date) -> str:
    """The one way to use first, and what belongs to it; the parts stand apart by middle dots."""
    page, language = page_of(contact, words)
    main = contact.phone or contact.address or contact.email or contact.postal
    hours = hours_of(contact, words, day) if main else ""
    # A page stands in for what is not known of a number or a place.
    typed = bare_page(page, _TYPED, "/…") + (f" ({language})" if language else "") if page and not hours else ""
    return " · ".join(filter(None, (main, hours, typed)))


def bare_page(page: str, longest: int, rest: str = "") -> str:
    """The address of a page as one types it, without "https://"; of a long one only the site, with `rest` behind it."""
    typed = page.removeprefix("https://").removeprefix("http://").rstrip("/")
    return typed if len(typed) <= longest else typed.partition("/")[0] + rest


def as_dialled(phone: str) -> str:
    """A Finnish number as it is dialled in Finland."""
    return "0" + phone.removeprefix("+358").strip() if phone.startswith("+358") else phone
