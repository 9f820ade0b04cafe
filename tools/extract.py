"""What there is to translate in the catalogue, and how a new list of it is laid over what has been translated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kotoneuvo.advice.facts import Text
from kotoneuvo.advice.service import Catalogue, Operating, Service
from kotoneuvo.catalogue.translations import CONTACT

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message


@dataclass(frozen=True, slots=True)
class Entry:
    """One text to translate: where it belongs, its source text, and a word for the translator."""

    context: str
    source: str
    hint: str = ""


def entries(catalogue: Catalogue, day: date, source: str) -> list[Entry]:
    """The texts of the goals and of every service that has not ended on `day`, from the `source` language.

    With Finnish as the source (easy Finnish) a name's entry is a gloss that stands under the Finnish name.
    """
    hint = "en" if source == "fi" else "fi"
    found = [_entry(f"goal.{name}", text, source, hint) for name, text in catalogue.facts.goals.items()]
    running = [each for each in catalogue.services.values() if each.operating(day) is not Operating.ENDED]
    for service in running:
        found += [_entry(f"{service.id}.{name}", text, source, hint) for name, text in _texts(service)]
    lasting = [each for each in catalogue.notices if each.valid_until is None or each.valid_until >= day]
    found += [_entry(f"notice.{each.id}", each.text, source, hint) for each in lasting]
    for service in running:
        found += [_entry(CONTACT, text, source, hint) for text in _around(service)]
    return list({(each.context, each.source): each for each in found}.values())


def _texts(service: Service) -> Iterator[tuple[str, Text]]:
    yield "name", service.name
    yield "summary", service.summary
    if service.access.how:
        yield "how", service.access.how
    if service.bring:
        yield "bring", service.bring.text
    if service.unread:
        yield "unread", service.unread.text


def _around(service: Service) -> Iterator[Text]:
    """The words around the contacts, and the cost."""
    for contact in service.contacts:
        yield from (text for text in (contact.name, contact.audience, contact.place, contact.hours) if text)
    if service.cost and service.cost.text:
        yield service.cost.text


def _entry(context: str, text: Text, source: str, hint: str) -> Entry:
    return Entry(context, text[source], f"{hint}: {text[hint]}" if text[hint] != text[source] else "")


def merge(wanted: Iterable[Entry], old: Catalog, new: Catalog) -> None:
    """Fill the .po catalogue `new` with what is wanted and the translations of `old` whose source text is the same.

    Where the source text has changed, the entry is empty again and the old texts stand above it as comments.
    """
    same = {(message.context or "", str(message.id)): message for message in old if message.id}
    by_context = {message.context: message for message in old if message.id and message.context != CONTACT}
    for each in wanted:
        known = same.get((each.context, each.source))
        message = new.add(each.source, context=each.context or None, auto_comments=[each.hint] if each.hint else [])
        message.flags.discard("python-format")  # babel takes "35% B" for a place to fill
        if known:
            message.string, message.flags = known.string, known.flags - {"python-format", "python-brace-format"}
            message.user_comments = known.user_comments
        elif each.context in by_context:
            message.user_comments = _formerly(by_context[each.context])


def _formerly(message: Message) -> list[str]:
    if not message.string:
        return list(message.user_comments)
    return [f"source text before: {message.id}", f"its translation: {message.string}"]
