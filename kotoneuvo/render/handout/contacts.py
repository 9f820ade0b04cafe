"""How to reach a service, on paper: numbers, addresses, hours, pages, languages, cost, and codes to scan."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import ContactPoint, Languages, Service
from kotoneuvo.render.handout.chorus import Chorus, together
from kotoneuvo.render.handout.codes import LONGEST, call_link, page_link
from kotoneuvo.render.handout.plan import names_the_unsaid
from kotoneuvo.render.handout.sheet import Code, Detail, Line, Phrase, Said
from kotoneuvo.render.handout.voice import Voice, clipped
from kotoneuvo.render.hours import hours_text

_EACH = 2
"""How many contacts of a kind are shown."""
_LANGUAGES = 14
"""How many languages are named."""


class Contacts:
    """Writes the contacts of services for all readers of a report's handout."""

    def __init__(self, chorus: Chorus, report: Report) -> None:
        self.chorus = chorus
        self.catalogue, self.day = report.catalogue, report.as_of
        self.places = report.situation.known.get("municipality", frozenset())
        self.say = chorus.say
        self.spoken = report.situation.service_language

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
        fit = self._fit(service)
        pages = [page for page in map(self._page, fit) if page_link(page)]
        for page in pages[:1]:
            yield Code(page, self.say("Scan: the page opens"))
        links = [call_link(contact.phone) for contact in fit if contact.phone][:1]
        if not pages or service.kind == "helpline":
            for link in filter(None, links):
                yield Code(link, self.say("Scan: the phone calls"))

    def _reach(self, service: Service) -> Iterator[Detail]:
        fit = self._fit(service)
        for contact in [each for each in fit if each.phone][:_EACH]:
            yield self._detail(self.say("Phone"), contact.phone, contact, call_link(contact.phone), hours=True)
        for contact in [each for each in fit if each.address or each.place][:_EACH]:
            place = () if contact.address else (self.chorus.contact(contact.place),)
            yield self._detail(self.say("Address"), contact.address, contact, more=place)
        for contact in [each for each in fit if not each.phone and (each.hours or each.opening_hours)][:_EACH]:
            yield Detail(self.say("Opening hours"), around=self._hours(contact))
        for contact in [each for each in fit if each.email][:1]:
            yield self._detail(self.say("E-mail"), contact.email, contact, _mail(contact.email))
        for contact, page in [(each, self._page(each)) for each in fit if each.url][:1]:
            yield self._detail(self.say("Web page"), page, contact, page_link(page))

    def _page(self, contact: ContactPoint) -> str:
        return contact.page(self.chorus.client.base)[1]

    def _detail(
        self,
        label: Phrase,
        value: str,
        contact: ContactPoint,
        link: str = "",
        *,
        more: tuple[Phrase, ...] = (),
        hours: bool = False,
    ) -> Detail:
        texts = [*more, *(self.chorus.contact(text) for text in (contact.name, contact.audience) if text)]
        texts += [self._hours(contact)] if hours and (contact.hours or contact.opening_hours) else []
        return Detail(label, clipped(value, LONGEST), together(texts), link)

    def _hours(self, contact: ContactPoint) -> Phrase:
        if not contact.opening_hours:
            return self.chorus.contact(contact.hours)
        return self.chorus.each(
            lambda voice: (Said(hours_text(contact.opening_hours, voice.locale), voice.language, voice.rtl),)
        )

    def _fit(self, service: Service) -> list[ContactPoint]:
        """The contact points without those whose words a stranger must not read."""
        contacts = self.catalogue.contacts(service, self.places)
        return [each for each in contacts if not any(names_the_unsaid(text) for text in (each.name, each.audience))]

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


def _mail(address: str) -> str:
    plain = len(address) <= LONGEST and address.isascii() and address.isprintable() and " " not in address
    return f"mailto:{address}" if plain else ""
