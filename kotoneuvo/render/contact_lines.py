"""Contacts, hours, way in, languages and cost of a service, as labelled lines for every page a worker reads."""

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
"""Characters of a web address that a person may type; of a longer one only the site is shown."""


class ContactLine(NamedTuple):
    """One labelled line; `link` is where its text leads if clicked, "" for nowhere."""

    label: str
    text: str
    link: str = ""


def contact_lines(contacts: Iterable[ContactPoint], words: Words, day: date, assured: date) -> Iterator[ContactLine]:
    """Yield the lines of each contact point: phone, e-mail, address, hours, page.

    The first line of each also says what it is called and for whom it is. It gives the date if that is too old on `day`
    and older than `assured`, the date of the entry, or if the source is a person's word.
    """
    for contact in contacts:
        about = about_contact(contact, words)
        if contact.said:
            about.append(spoken_source(contact.said, contact.dated, words))
        # The page gives the entry's own date once, which covers contacts of the same age.
        elif contact.stale(day) and contact.confirmed and contact.confirmed < assured:
            about.append(words.gettext("information from {date}").format(date=partial_date_in_numbers(contact.dated)))
        for label, text, inside, link in _door(contact, words, day):
            around = "; ".join(filter(None, (*about, inside)))
            yield ContactLine(label, f"{text} ({around})" if text and around else text or around, link)
            about = []


def spoken_source(how: str, dated: str, words: Words) -> str:
    """Return a spoken source with its date: "told: by phone, the service's adviser, 30.11.2026"."""
    date_told = partial_date_in_numbers(dated)
    return words.gettext("told: {how}, {date}").format(how=printable(words.gettext(how)), date=date_told)


def about_contact(contact: ContactPoint, words: Words) -> list[str]:
    """Return what a contact point is called, for whom it is, and the languages served there."""
    about = [words.pick(text) for text in (contact.name, contact.audience) if text]
    if contact.languages or contact.interpreter:
        about.append(language_list(contact.languages, words, interpreter=contact.interpreter))
    return about


def hours_of(contact: ContactPoint, words: Words, day: date) -> str:
    """Return the hours of a contact point in words, with the exceptions that are not over on `day`."""
    usual = hours_text(contact.opening_hours, words.locale) if contact.opening_hours else ""
    parts = [usual or words.pick(contact.hours)]
    parts += [_exception(each, words) for each in contact.exceptions if each.last >= day]
    return "; ".join(filter(None, parts))


def page_of(contact: ContactPoint, words: Words) -> tuple[str, str]:
    """Return the page for this language, and the name of its language if that is another one."""
    language, page = contact.page(words.language)
    return page, words.language_name(language) if language not in ("", words.language) else ""


def _door(contact: ContactPoint, words: Words, day: date) -> Iterator[tuple[str, str, str, str]]:
    """Yield the lines of one contact point as (label, text, what goes in brackets, link)."""
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
    """Return the one line to show where there is room for one: a phone number, else a page, else the first."""
    lines = list(contact_lines(contacts, words, day, assured))
    quick = [line for line in lines if line.link.startswith("tel:")] or [line for line in lines if "://" in line.link]
    return next(iter(quick or lines), None)


def way_in(access: Access, words: Words) -> str:
    """Return how to get in, in words, with its source if that is a person's word; "" if it is not known."""
    how = words.pick(access.how)
    mark = spoken_source(access.said, access.confirmed.isoformat(), words) if access.said and access.confirmed else ""
    return f"{how} ({mark})" if how and mark else how


def practical_lines(service: Service, words: Words) -> Iterable[ContactLine]:
    """Yield the languages served, the cost, and the overlays that added or changed the service."""
    _ = words.gettext
    if served := service.languages:
        names = language_list(served.codes, words, served.count, interpreter=served.interpreter)
        yield ContactLine(_("Languages"), names or _("in one's own language; the languages are not listed"))
    if service.cost:
        yield ContactLine(_("Cost"), _("free of charge") if service.cost.free else words.pick(service.cost.text))
    for overlay in service.overlays:
        yield ContactLine(_("Changed by") if overlay.fields else _("Added by"), overlay.name)


def language_list(codes: Iterable[str], words: Words, count: int = 0, *, interpreter: bool = False) -> str:
    """List the languages served; `count` is their total if more are served than are named."""
    _ = words.gettext
    parts = [words.language_name(code) for code in codes]
    if count > len(parts):
        parts.append(_("{count} languages in all").format(count=count))
    if interpreter:
        parts.append(_("others through an interpreter"))
    return ", ".join(parts)


def reached(contact: ContactPoint, words: Words, day: date) -> str:
    """Return the way to use first, its hours or else the page, separated by middle dots."""
    page, language = page_of(contact, words)
    main = contact.phone or contact.address or contact.email or contact.postal
    hours = hours_of(contact, words, day) if main else ""
    # Where hours are not known, the page may have them.
    typed = bare_page(page, _TYPED, "/…") + (f" ({language})" if language else "") if page and not hours else ""
    return " · ".join(filter(None, (main, hours, typed)))


def bare_page(page: str, longest: int, rest: str = "") -> str:
    """Return a web address as people type it, without "https://"; of a long one only the site, followed by `rest`."""
    typed = page.removeprefix("https://").removeprefix("http://").rstrip("/")
    return typed if len(typed) <= longest else typed.partition("/")[0] + rest


def as_dialled(phone: str) -> str:
    """Return a Finnish number as it is dialled in Finland: "+358 9 …" becomes "09 …"."""
    return "0" + phone.removeprefix("+358").strip() if phone.startswith("+358") else phone
