"""Turns a report into the content of a handout: what each chosen service says on paper.

It never contains the person's status, age, goals or other answers, as a stranger may find the paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kotoneuvo.advice.calendar import last_days
from kotoneuvo.advice.doors import Action
from kotoneuvo.advice.first_steps import FirstStep
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Service
from kotoneuvo.catalogue.translations import TranslationState
from kotoneuvo.dates import date_in_numbers, partial_date_in_numbers
from kotoneuvo.render.handout.choose import Details, Plan
from kotoneuvo.render.handout.contacts import Contacts, local_number
from kotoneuvo.render.handout.content import (
    Brief,
    Danger,
    Detail,
    Handout,
    Hours,
    PaperStep,
    Phrase,
    ServiceList,
    TaggedText,
)
from kotoneuvo.render.handout.readers import Reader, Readers, shortened, together
from kotoneuvo.render.handout.strip import make_strip

_HOW, _GIVER = 200, 40
"""The most characters of a way in, and of the name of a catalogue."""
MOST_ON_FIRST = 3
"""The most steps on the first page: one in the box, and two beside each other."""


def S_(msgid: str) -> str:  # noqa: N802  (gettext's custom of short names)
    """Mark words of the handout to be translated later."""
    return msgid


_VERBS = {
    Action.GO: S_("Go to"),
    Action.CALL: S_("Call"),
    Action.REGISTER: S_("Register"),
    Action.WRITE: S_("Send an e-mail"),
    Action.OPEN: S_("Open the page"),
    Action.ASK: S_("Ask at this desk"),
}
_URGENT = {
    "hatanumero-112": S_("Danger! Call"),
    "paivystysapu-116117": S_("Ill, but life is not in danger"),
    "sosiaalipaivystys": S_("Social emergency, day and night"),
}
"""The services whose numbers are on every handout in white on black, and when to call them."""


class Writer:
    """Writes the handout of a plan for its readers."""

    def __init__(self, report: Report, plan: Plan, readers: Readers) -> None:
        for reader in readers.everyone:
            # Readers are shared by the versions that `fit` tries; the small print is about this one only.
            reader.used.clear()
            reader.read_by.clear()
        self.report = report
        self.plan = plan
        self.readers = readers
        self.say = readers.say
        self.contacts = Contacts(readers, report.situation.service_language)
        aland = report.home is not None and report.home.code not in report.catalogue.facts.mainland
        self.office = "sv" if aland or readers.everyone[-1].language == "sv" else "fi"
        # The language of offices' names, as on their doors: Swedish in Åland and at a Swedish-speaking desk, unless
        # the client reads Finnish.
        self.language = "sv" if aland or (self.office == "sv" and readers.client.base != "fi") else "fi"
        self.numbers = {step.service_id: number for number, step in enumerate(plan.steps, 1)}

    def sheet(self) -> Handout:
        """Return the whole handout."""
        report, readers, say = self.report, self.readers, self.say
        steps = tuple(self._step(number, each) for number, each in enumerate(self.plan.steps, 1))
        # The first page has the urgent numbers already. Helplines are never steps, so the list reveals nothing.
        everyone = tuple(self._brief(each) for each in self.plan.everyone if each not in _URGENT)
        later = tuple(self._brief(each.service_id, each.after) for each in self.plan.later)
        lists = ((say("For everyone, when you need it"), everyone), (say("Later, after other steps"), later))
        blocks = tuple(ServiceList(heading, briefs) for heading, briefs in lists if briefs)
        return Handout(
            readers=tuple(reader.own_name for reader in readers.everyone),
            title=say("Your first steps"),
            place=TaggedText(report.home.name[self.language] if report.home else "", self.language),
            day=((readers.client.tagged(date_in_numbers(report.as_of)),),),
            notices=(
                *(readers.text(f"notice.{each.id}", each.text) for each in self.plan.notices),
                *self._deadlines(),
            ),
            steps=steps,
            on_first=MOST_ON_FIRST,
            nothing=() if steps else say("Ask at the desk what could help you."),
            then=say("Then") if len(steps) > 1 else (),
            bring=say("Bring"),
            appointment=(say("My appointment"), say("Day"), say("Time"), say("Place")),
            danger=tuple(self._danger()),
            blocks=blocks,
            closing=(self._closing(more=bool(blocks or steps)),),
            small_print=tuple(self._small_print()),
            strip=make_strip(readers, self.office, report.situation.service_language),
            press={"phone": say("Call now"), "page": say("Open")},
            speech=say("Read aloud"),
        )

    def _step(self, number: int, step: FirstStep) -> PaperStep:
        service = self.report.catalogue.services[step.service_id]
        contact, beside = step.shown, step.instead.contact if step.contact and step.instead else None
        how = self.readers.text(f"{service.id}.how", service.access.how, _HOW)
        bring = self.readers.text(f"{service.id}.bring", service.bring.text) if service.bring else ()
        first = number == 1
        whole = first or self.plan.room.ways_in
        return PaperStep(
            number=number,
            verb=self.say(_VERBS[step.action]),
            office=self._name(service),
            gloss=self._gloss(service),
            after=self._after(step.after),
            reach=(*self.contacts.reach(contact, step.action), *self.contacts.brief(beside)),
            hours=self.contacts.hours(contact) if whole else Hours(),
            code=self.contacts.code(contact, step.action) if first else None,
            how=how if whole else (),
            bring=bring if first else (),
            details=tuple(self._details(service, () if whole else how, () if first else bring)),
            age=self._age(step),
        )

    def _details(self, service: Service, how: Phrase, bring: Phrase) -> Iterator[Detail]:
        """Yield what the second page says: as much as fits, but always what the person must know beforehand."""
        say, text, details = self.say, self.readers.text, self.plan.room.details
        unread, cost, languages = service.unread, service.cost, service.languages
        conditions = text(f"{service.id}.unread", unread.text) if unread else ()
        free = cost is not None and cost.free
        price = () if cost is None else say("free of charge") if free else self.readers.contact(cost.text)
        # Each detail, and whether the person must know it beforehand.
        for label, words, needed in (
            (S_("What it is"), text(f"{service.id}.summary", service.summary), False),
            (S_("How to get in"), how, True),
            (S_("Bring"), bring, True),
            (S_("Ask about the conditions"), conditions, True),
            (S_("Languages"), self.contacts.languages(languages) if languages else (), False),
            (S_("Cost"), price, not free),
        ):
            if details is Details.ALL and words:
                yield Detail(say(label), words)
            elif words and (needed or details is Details.CLIENTS):
                yield Detail(_clients(say(label)), _clients(words))
        # The overlays that added or changed the service.
        for changed, msgid in ((False, S_("Added by: {names}")), (True, S_("Changed by: {names}"))):
            names = [shortened(each.name, _GIVER) for each in service.overlays if bool(each.fields) is changed]
            if names:
                yield Detail((), say(msgid, names=partial(Reader.listed, parts=names)))

    def _name(self, service: Service) -> TaggedText:
        """Return the name as on the door, with the person's area if each has its own."""
        name = service.name.get(self.language) or service.name.get("fi", "")
        area = self.report.own_area(service)
        return TaggedText(shortened(f"{name}: {area[self.language]}" if area else name), self.language)

    def _gloss(self, service: Service) -> Phrase:
        """Return what the name means in each language but its own; easy Finnish may explain a Finnish name."""
        context = f"{service.id}.name"

        def speak(reader: Reader) -> tuple[TaggedText, ...]:
            own = reader.language == self.language
            if own or (reader.base == self.language and not reader.translates(context, service.name)):
                return ()
            gloss = reader.text(context, service.name)
            return (gloss,) if gloss.text != service.name.get(self.language) else ()

        gloss = self.readers.each(speak)
        return gloss if any(gloss) else ()

    def _deadlines(self) -> Iterator[Phrase]:
        """Yield the last day of each step that the person's own dates close, or that leads to one they close."""
        for name, day in last_days(self.report, self.plan.steps, frozenset(self.plan.held_back)).items():
            yield self.say(
                "Do step {number} by {date}: after that the answer may be different.",
                number=str(self.numbers[name]),
                date=date_in_numbers(day),
            )

    def _after(self, before: tuple[str, ...]) -> Phrase:
        found = [self.numbers[service_id] for service_id in before if service_id in self.numbers]
        return self.say("First do step {number}.", number=str(found[0])) if found else ()

    def _age(self, step: FirstStep) -> Phrase:
        old = self.report.old_since(step)
        if old is None:
            return ()
        return self.say(
            "Information from {date}: ask first whether it still holds.", date=lambda reader: reader.date(old)
        )

    def _danger(self) -> Iterator[Danger]:
        """Yield the numbers for urgent help where the person lives, with a field to fill in if one is not known."""
        for service_id, words in _URGENT.items():
            if service_id in self.report.catalogue.services and service_id in self.report.helplines:
                yield Danger(self.say(words), local_number(self.report.phone(service_id)))

    def _brief(self, service_id: str, after: tuple[str, ...] = ()) -> Brief:
        service = self.report.catalogue.services[service_id]
        contact = None if after else self.report.contact(service_id)
        return Brief(self._name(service), self._gloss(service), self.contacts.brief(contact), self._after(after))

    def _closing(self, *, more: bool) -> Phrase:
        parts = [self.say("This paper gives advice. The service decides.")]
        if more:
            parts.append(self.say("More on page 2."))
        if TranslationState.MACHINE in self.readers.client.used:
            parts.append(self.say("A computer translated some of this text, and nobody has checked it yet."))
        for name, date in sorted(self.readers.client.read_by.items()):
            parts.append(self.say("Read by {name}, {date}.", name=name, date=partial_date_in_numbers(date)))
        return together(parts)

    def _small_print(self) -> Iterator[Phrase]:
        report = self.report
        yield self.say(
            "Printed {date}. Catalogue {version}.",
            date=lambda reader: reader.date(report.as_of),
            version=shortened(report.catalogue.version, _GIVER),
        )
        if TranslationState.MISSING in self.readers.client.used:
            yield self.say("Where the name of a language stands before a text, the text has not been translated yet.")


def _clients(phrase: Phrase) -> Phrase:
    """Return a phrase without the worker's part, whose place stays empty."""
    return (*phrase[:1], *((),) * (len(phrase) - 1))
