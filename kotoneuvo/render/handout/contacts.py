"""How to reach a service, on paper: numbers, addresses, hours, pages, languages, cost, and codes to scan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from kotoneuvo.advice.service import Contact, Languages, Service
from kotoneuvo.render.handout.chorus import Chorus, together
from kotoneuvo.render.handout.codes import LONGEST, call_link, page_link
from kotoneuvo.render.handout.plan import names_the_unsaid
from kotoneuvo.render.handout.sheet import Code, Detail, Line, Phrase, Said
from kotoneuvo.render.handout.voice import Voice, clipped

_EACH = 2
"""How many contacts of a kind are shown."""
_LANGUAGES = 14
"""How many languages are named."""


class Contacts:
    """Writes the contacts of services for all readers; `spoken` are the languages that the client has named."""

    def __init__(self, chorus: Chorus, spoken: Sequence[str]) -> None:
        self.chorus = chorus
        self.say = chorus.say
        self.spoken = spoken

    def details(self, service: Service) -> Iterator[Detail]:
        """Everything that helps to get there, in the order in which one would use it."""
        reach = [*self._reach(service)]
        yield from reach or [
            Detail(self.say("Contact"), around=self.say("Contact details are not known: ask at the desk."))
        ]
        if service.languages:
            yield Detail(self.say("Languages"), around=self._languages(service.languages))
        if service.cost:
            text = self.chorus.contact(service.cost.text)
            yield Detail(self.say("Cost"), around=self.say("free of charge") if service.cost.free else text)

    def first(self, service: Service) -> Iterator[Detail]:
        """The one contact to try first, without a label; nothing where none is known."""
        for detail in islice(self._reach(service), 1):
            yield Detail((), detail.value, detail.around, detail.link)

    def codes(self, service: Service) -> Iterator[Code]:
        """A code for the page, and one that calls where calling is the way in."""
        pages = [contact.value for contact in _fit(service.urls) if page_link(contact.value)]
        for page in pages[:1]:
            yield Code(page, self.say("Scan: the page opens"))
        links = [call_link(contact.value) for contact in _fit(service.phones)[:1]]
        if not pages or service.kind == "helpline":
            for link in filter(None, links):
                yield Code(link, self.say("Scan: the phone calls"))

    def _reach(self, service: Service) -> Iterator[Detail]:
        for contact in _fit(service.phones)[:_EACH]:
            yield self._detail(self.say("Phone"), contact, call_link(contact.value))
        for contact in _fit(service.addresses)[:_EACH]:
            yield self._detail(self.say("Address"), contact)
        for contact in _fit(service.schedules)[:_EACH]:
            yield self._detail(self.say("Opening hours"), contact)
        for contact in _fit(service.emails)[:1]:
            yield self._detail(self.say("E-mail"), contact, _mail(contact.value))
        for contact in _fit(service.urls)[:1]:
            yield self._detail(self.say("Web page"), contact, page_link(contact.value))

    def _detail(self, label: Phrase, contact: Contact, link: str = "") -> Detail:
        texts = [self.chorus.contact(text) for text in (contact.text, contact.hours) if text]
        return Detail(label, clipped(contact.value, LONGEST), together(texts), link)

    def _languages(self, served: Languages) -> Phrase:
        """The client's own languages first."""
        own = {*self.spoken, self.chorus.client.base}
        codes = sorted(served.codes, key=lambda code: code not in own)

        def speak(voice: Voice) -> Line:
            names = voice.listed([voice.language_name(code) for code in codes[:_LANGUAGES]])
            parts = [Said(names, voice.language, voice.rtl)] if names else []
            if served.count > len(codes) or len(codes) > _LANGUAGES:
                count = str(max(served.count, len(codes)))
                parts.append(voice.say("in all {count} languages", count=count))
            if served.interpreter:
                parts.append(voice.say("other languages through an interpreter"))
            return tuple(parts or [voice.say("ask for your language")])

        return self.chorus.each(speak)


def shown_value(detail: Detail) -> str:
    """The number, address or page as it is printed: a page without "https://", a number that does not break."""
    if detail.link.startswith("tel:"):
        return detail.value.replace(" ", "\u00a0")
    bare = detail.value.removeprefix("https://").removeprefix("http://")
    return bare.rstrip("/") if detail.link else bare


def _fit(contacts: tuple[Contact, ...]) -> list[Contact]:
    """The contacts without those whose words a stranger must not read."""
    return [each for each in contacts if not names_the_unsaid(each.text)]


def _mail(address: str) -> str:
    plain = len(address) <= LONGEST and address.isascii() and address.isprintable() and " " not in address
    return f"mailto:{address}" if plain else ""
