"""Make the rows of the sheet to confirm: one for each value of a contact point, each way in, and each service."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from kotoneuvo.advice.contact import ContactPoint, Office, Source
from kotoneuvo.advice.problems import N_
from kotoneuvo.advice.service import Catalogue, Service
from kotoneuvo.catalogue.change import ACCESS
from kotoneuvo.catalogue.confirm import part_name
from kotoneuvo.catalogue.entry_reader import has_no_effect
from kotoneuvo.catalogue.overlays import CatalogueFile, entries_by_key
from kotoneuvo.render.hours import hours_text
from kotoneuvo.words import Words

RUNS = N_("The service runs and is as described")
LABELS = {
    "phone": N_("Phone"), "email": N_("E-mail"), "address": N_("Address"), "postal": N_("Post"), "url": N_("Web"),
    "hours": N_("Open"), ACCESS: N_("Way in"),
}  # fmt: skip
"""The label of a row, by its field."""


class Row(NamedTuple):
    """One thing to confirm or correct.

    `key` identifies it in a sheet ("migri#0.phone"). `part` and `field` are its place in the entry, both "" for the
    entry as a whole; `language` is that of a page. `confirmed` is the day of the last confirmation, `dated` the same as
    its source has it ("2026-01"), `due` the first day on which it is too old.
    """

    key: str
    entry: str
    part: str
    field: str
    service: str
    what: str
    value: str
    page: str
    confirmed: date | None
    due: date | None
    language: str = ""
    dated: str = ""


def rows_of(
    catalogue: Catalogue, files: Sequence[CatalogueFile], words: Words, services: Iterable[str], offices: Iterable[str]
) -> list[Row]:
    """The rows of services (by id) and offices (by place): first offices, then services of a single municipality."""
    of_services, of_offices = entries_by_key(files), entries_by_key(files, "office")
    rows = [row for name in offices for row in _office_rows(catalogue.offices[name], of_offices[name].spec, words)]
    # Whoever fills in the sheet knows their own town best.
    for name in sorted(services, key=lambda each: len(catalogue.services[each].area) != 1):
        rows += _service_rows(catalogue.services[name], of_services[name].spec, words)
    return rows


def _service_rows(service: Service, spec: Mapping[str, Any], words: Words) -> Iterator[Row]:
    """The rows of a service; `spec` is its merged entry."""
    name, access = words.pick(service.name), service.access
    newest = max(service.sources.values(), key=lambda each: each.date, default=Source())
    yield Row(
        service.id, service.id, "", "", name, words.gettext(RUNS), words.pick(service.summary), newest.url,
        service.assured, service.review,
    )  # fmt: skip
    if access.how:
        yield Row(
            f"{service.id}#{ACCESS}", service.id, ACCESS, "how", name, words.gettext(LABELS[ACCESS]),
            words.pick(access.how), _page(access.source, service), access.confirmed, access.review,
        )  # fmt: skip
    yield from _contacts(service.id, service, spec, words)


def _office_rows(office: Office, spec: Mapping[str, Any], words: Words) -> Iterator[Row]:
    """The rows of an office."""
    yield from _contacts(office.place, office, spec, words)


def _page(source: str, entry: Service | Office) -> str:
    """The page of a source; empty for a spoken word."""
    return entry.sources.get(source.partition(":")[0], Source()).url


def _contacts(key: str, entry: Service | Office, spec: Mapping[str, Any], words: Words) -> Iterator[Row]:
    # The reader leaves out the same ones, so both lists have the same length and order.
    listed = [each for each in spec.get("contact", []) if not has_no_effect(each)]
    for place, (contact, raw) in enumerate(zip(entry.contacts, listed, strict=True)):
        about = [words.pick(text) for text in (contact.name, contact.audience) if text]
        page = _page(contact.source, entry) or next(iter(contact.url.values()), "")
        for field, language, value in _values(contact, words):
            label = words.gettext(LABELS[field])
            inside = "; ".join(filter(None, [*about, words.language_name(language) if language else ""]))
            yield Row(
                f"{key}#{place}.{field}" + (f".{language}" if language else ""), key, part_name(raw, listed), field,
                words.pick(entry.name), f"{label} ({inside})" if inside else label, value,
                value if field == "url" else page, contact.confirmed, contact.review, language, contact.dated,
            )  # fmt: skip


def _values(contact: ContactPoint, words: Words) -> Iterator[tuple[str, str, str]]:
    """Everything that can be right or wrong by itself: field, language of a page (else ""), value."""
    place = words.pick(contact.place) if contact.place else ""
    single = {
        "phone": contact.phone, "email": contact.email, "address": contact.address or place, "postal": contact.postal,
    }  # fmt: skip
    yield from ((field, "", value) for field, value in single.items() if value)
    yield from (("url", language, page) for language, page in contact.url.items())
    hours = hours_text(contact.opening_hours, words.locale) if contact.opening_hours else ""
    if hours or contact.hours:
        yield "hours", "", hours or words.pick(contact.hours)
