"""Contacts on the handout: each number, address or page beside its sign; hours; one QR code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.disclosure import has_revealing_words
from kotoneuvo.advice.doors import Action
from kotoneuvo.advice.service import Languages
from kotoneuvo.render.contact_lines import as_dialled, bare_page
from kotoneuvo.render.handout.content import Code, Hours, Line, Phrase, Reach, Sign
from kotoneuvo.render.handout.drawings import LONGEST, call_link, page_link
from kotoneuvo.render.handout.readers import Reader, Readers, shortened
from kotoneuvo.render.hours import hours_rows
from kotoneuvo.words import printable

_LANGUAGES = 14
"""How many of the languages served are named."""
_BY_HAND = 40
"""Characters of a web address that people may copy from paper."""
_MAIN = {Action.CALL: Sign.PHONE, Action.GO: Sign.HOUSE}
"""The sign of the way in which a step is taken; it is printed first and largest."""


class Contacts:
    """Writes contact points for all readers; `spoken` are the client's languages."""

    def __init__(self, readers: Readers, spoken: Sequence[str]) -> None:
        self.readers = readers
        self.spoken = spoken

    def reach(self, contact: ContactPoint | None, action: Action) -> tuple[Reach, ...]:
        """Return every way to reach a contact point, first the one that fits `action`; without any, a blank line."""
        ways = list(self._ways(contact))
        if not ways:
            return (Reach(Sign.PHONE, words=self.readers.say("Phone or address"), main=True),)
        main = _MAIN.get(action, Sign.PAGE)
        ways.sort(key=lambda each: each.sign is not main)
        return tuple(each._replace(main=not place) for place, each in enumerate(ways))

    def brief(self, contact: ContactPoint | None) -> tuple[Reach, ...]:
        """Return the one way that a line of a list has room for."""
        return tuple(self._ways(contact))[:1]

    def hours(self, contact: ContactPoint | None) -> Hours:
        """Return the hours of a phone or a place; none for a contact point that is only a page or a postal address."""
        if contact is None or not (contact.phone or contact.address or contact.place):
            return Hours()
        if not contact.opening_hours:
            return Hours(words=self.readers.contact(contact.hours))
        tables = [hours_rows(contact.opening_hours, reader.locale) for reader in self.readers.everyone]
        rows = []
        for row in zip(*tables, strict=True):
            pairs = zip(self.readers.everyone, row, strict=True)
            # Times are figures, the same in every language; only the names of days differ.
            rows.append((tuple((reader.tagged(days),) for reader, (days, _) in pairs), row[0][1]))
        return Hours(tuple(rows))

    def code(self, contact: ContactPoint | None, action: Action) -> Code | None:
        """Return the QR code beside a step: it calls if that is the `action`, else opens the page."""
        if contact is None:
            return None
        call, page = call_link(contact.phone), page_link(contact.page(self.readers.client.base)[1])
        if call and (action is Action.CALL or not page):
            return Code(call, self.readers.say("Scan: the phone calls"))
        return Code(page, self.readers.say("Scan: the page opens")) if page else None

    def languages(self, served: Languages) -> Phrase:
        """Return the languages served, first those of the client."""
        own = {*self.spoken, self.readers.client.base}
        codes = sorted(served.codes, key=lambda code: code not in own)

        def speak(reader: Reader) -> Line:
            names = reader.listed([reader.language_name(code) for code in codes[:_LANGUAGES]])
            parts = [reader.tagged(names)] if names else []
            if served.count > len(codes) or len(codes) > _LANGUAGES:
                parts.append(reader.say("in all {count} languages", count=str(max(served.count, len(codes)))))
            if served.interpreter:
                parts.append(reader.say("other languages through an interpreter"))
            return tuple(parts or [reader.say("ask for your language")])

        return self.readers.each(speak)

    def _ways(self, contact: ContactPoint | None) -> Iterator[Reach]:
        """Yield the ways to reach a contact point, in the order in which people would try them."""
        # A name such as "violence helpline" would tell a reader of the paper what the person came for.
        if contact is None or has_revealing_words(contact.name):
            return
        name = self.readers.contact(contact.name)
        if contact.phone:
            yield Reach(Sign.PHONE, local_number(contact.phone), call_link(contact.phone), name)
        if contact.address:
            # The address may begin with the name: "HeiMo-kahvila, Kaivokatu 14".
            named = any(name and contact.address.startswith(name) for name in contact.name.values())
            words = () if contact.phone or named else name
            yield Reach(Sign.HOUSE, shortened(contact.address, LONGEST), words=words)
        elif contact.place:
            yield Reach(Sign.HOUSE, words=self.readers.contact(contact.place), fill=False)
        language, page = contact.page(self.readers.client.base)
        if page and page_link(page):
            words = ()
            if language not in ("", self.readers.client.base):
                # Said only where needed, as each text used adds its translator to the small print.
                words = self.readers.say("page in {language}", language=lambda each: each.language_name(language))
            yield Reach(Sign.PAGE, bare_page(page, _BY_HAND), page_link(page), words)
        if email := contact.email:
            plain = len(email) <= LONGEST and email.isascii() and email.isprintable() and " " not in email
            yield Reach(Sign.PAGE, shortened(email, LONGEST), f"mailto:{email}" if plain else "")
        if contact.postal and not contact.address:
            yield Reach(Sign.DOCUMENT, shortened(contact.postal, LONGEST), words=self.readers.say("Postal address"))


def local_number(number: str) -> str:
    """Return a number as dialled in Finland, with spaces at which a line does not break: "09 310 23747"."""
    return as_dialled(printable(number)[:LONGEST]).replace(" ", "\u00a0")
