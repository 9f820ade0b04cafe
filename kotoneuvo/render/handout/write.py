"""A report written as a handout: what each chosen service says on paper.

What a person has told, their status, age and goals never stand on it: a stranger may find the paper.
"""

from __future__ import annotations

from collections.abc import Iterator

from kotoneuvo.advice.calendar import last_days
from kotoneuvo.advice.doors import Action
from kotoneuvo.advice.first_steps import FirstStep
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Operating, Service
from kotoneuvo.catalogue.translations import State
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
"""Characters of a way in and of the name of a catalogue on paper."""


MOST_ON_FIRST = 3
"""Steps that the first page holds at most: the one in the box, and two beside each other."""


def S_(msgid: str) -> str:  # noqa: N802  (gettext's custom of short names)
    """Marks words of the handout that are translated later."""
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
"""The numbers that stand in white on black on every sheet, and when to call them."""


def write_sheet(report: Report, plan: Plan, readers: list[Reader]) -> Handout:
    """The handout of a plan: the client's language first, then perhaps the worker's."""
    return Writer(report, plan, Readers(readers)).sheet()


class Writer:
    """Writes the parts of one handout."""

    def __init__(self, report: Report, plan: Plan, readers: Readers) -> None:
        for reader in readers.everyone:
            reader.used.clear()  # what another handout needed is not in the small print of this one
            reader.read_by.clear()
        self.report = report
        self.plan = plan
        self.readers = readers
        self.say = readers.say
        self.contacts = Contacts(readers, report.situation.service_language)
        # Names as on the doors: in Åland all in Swedish; elsewhere as the office speaks, but Finnish for its readers.
        swedish = self._in_aland() or (self._swedish() and readers.client.base != "fi")
        self.language = "sv" if swedish else "fi"
        self.numbers = {step.service_id: number for number, step in enumerate(plan.steps, 1)}

    def sheet(self) -> Handout:
        """The whole handout."""
        steps = tuple(self._step(number, each) for number, each in enumerate(self.plan.steps, 1))
        blocks = tuple(block for block in (self._everyone(), self._later()) if block.briefs)
        say = self.say
        return Handout(
            readers=tuple(
                TaggedText(reader.language_name(reader.base), reader.language, reader.rtl)
                for reader in self.readers.everyone
            ),
            title=say("Your first steps"),
            place=self._place(),
            day=((self.readers.client.said(date_in_numbers(self.report.as_of)),),),
            notices=(
                *(self.readers.text(f"notice.{each.id}", each.text) for each in self.plan.notices),
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
            closing=tuple(self._closing(blocks)),
            small_print=tuple(self._small_print()),
            strip=make_strip(self.readers, "sv" if self._swedish() else "fi", self.report.situation.service_language),
            press={"phone": say("Call now"), "page": say("Open")},
            speech=say("Read aloud"),
        )

    def _step(self, number: int, step: FirstStep) -> PaperStep:
        service = self.report.catalogue.services[step.service_id]
        contact = step.contact or (step.instead.contact if step.instead else None)
        how = self.readers.text(f"{service.id}.how", service.access.how, _HOW)
        bring = self.readers.text(f"{service.id}.bring", service.bring.text) if service.bring else ()
        whole = number == 1 or self.plan.room.ways_in
        return PaperStep(
            number=number,
            verb=self.say(_VERBS[step.action]),
            office=self._name(service),
            gloss=self._gloss(service),
            after=self._after(step.after),
            reach=self.contacts.reach(contact, step.action),
            hours=self.contacts.hours(contact) if whole else Hours(),
            code=self.contacts.code(contact, step.action) if number == 1 else None,
            how=how if whole else (),
            bring=bring if number == 1 else (),
            details=tuple(self._details(service, () if whole else how, () if number == 1 else bring)),
            age=self._age(service, contact is not None and contact.stale(self.report.as_of)),
        )

    def _details(self, service: Service, how: Phrase, bring: Phrase) -> Iterator[Detail]:
        """What stands on the second page: as much as there is room for, and always what one must know beforehand."""
        details = self.plan.room.details
        for each, needed in self._all_details(service, how, bring):
            if details is Details.ALL or not each.label:
                yield each
            elif needed or details is Details.CLIENTS:
                yield Detail(_clients(each.label), _clients(each.words))

    def _all_details(self, service: Service, how: Phrase, bring: Phrase) -> Iterator[tuple[Detail, bool]]:
        """Each detail, and whether one must know it beforehand."""
        say = self.say
        yield Detail(say("What it is"), self.readers.text(f"{service.id}.summary", service.summary)), False
        if how:
            yield Detail(say("How to get in"), how), True
        if bring:
            yield Detail(say("Bring"), bring), True
        if service.unread:
            conditions = self.readers.text(f"{service.id}.unread", service.unread.text)
            yield Detail(say("Ask about the conditions"), conditions), True
        if service.languages:
            yield Detail(say("Languages"), self.contacts.languages(service.languages)), False
        if service.cost:
            cost = say("free of charge") if service.cost.free else self.readers.contact(service.cost.text)
            yield Detail(say("Cost"), cost), not service.cost.free
        for each in self._given_by(service):
            yield Detail((), each), True

    def _name(self, service: Service) -> TaggedText:
        """The name that stands on the door, with its own area."""
        name = service.name.get(self.language) or service.name.get("fi", "")
        area = self.report.own_area(service)
        return TaggedText(shortened(f"{name}: {area[self.language]}" if area else name), self.language)

    def _place(self) -> TaggedText:
        home = self.report.home
        return TaggedText(home.name[self.language] if home else "", self.language)

    def _swedish(self) -> bool:
        """Whether the office speaks Swedish: in Åland, and where the worker does."""
        return self._in_aland() or self.readers.everyone[-1].language == "sv"

    def _in_aland(self) -> bool:
        home = self.report.home
        return home is not None and home.code not in self.report.catalogue.facts.mainland

    def _gloss(self, service: Service) -> Phrase:
        """What the name means, in each language but the name's own; in easy Finnish too."""
        shown, context = self._name(service), f"{service.id}.name"

        def speak(reader: Reader) -> tuple[TaggedText, ...]:
            if reader.language == shown.language or (
                reader.base == shown.language and not reader.translates(context, service.name)
            ):
                return ()
            gloss = reader.text(context, service.name)
            return (gloss,) if gloss.text != service.name.get(shown.language) else ()

        gloss = self.readers.each(speak)
        return gloss if any(gloss) else ()

    def _deadlines(self) -> Iterator[Phrase]:
        """Until when a step must be taken that the person's own dates close, or close what opens through it."""
        for name, day in last_days(self.report, self.plan.steps, frozenset(self.plan.held_back)).items():
            yield self.say(
                "Do step {number} by {date}: after that the answer may be different.",
                number=str(self.numbers[name]),
                date=date_in_numbers(day),
            )

    def _after(self, before: tuple[str, ...]) -> Phrase:
        """Which step of the sheet comes first."""
        found = [self.numbers[service_id] for service_id in before if service_id in self.numbers]
        return self.say("First do step {number}.", number=str(found[0])) if found else ()

    def _age(self, service: Service, stale: bool) -> Phrase:
        """How old the information is, where it is too old to go by."""
        if not stale and service.operating(self.report.as_of) is Operating.ACTIVE:
            return ()
        day = service.assured
        return self.say(
            "Information from {date}: ask first whether it still holds.", date=lambda reader: reader.date(day)
        )

    def _danger(self) -> Iterator[Danger]:
        """The numbers for urgent help that hold where the person is; a field to write in where one is not known."""
        for service_id, words in _URGENT.items():
            service = self.report.catalogue.services.get(service_id)
            if service is None or service_id not in self.report.helplines:
                continue
            phones = [each.phone for each in self.report.contacts(service_id) if each.phone]
            yield Danger(self.say(words), local_number(phones[0]) if phones else "")

    def _everyone(self) -> ServiceList:
        """Help for anybody at any time: on every sheet, and never a step, so that it says nothing about the reader."""
        # The urgent numbers stand on the first page already.
        shown = [each for each in self.plan.everyone if each not in _URGENT]
        return ServiceList(self.say("For everyone, when you need it"), tuple(self._brief(each) for each in shown))

    def _brief(self, service_id: str) -> Brief:
        service = self.report.catalogue.services[service_id]
        contacts = self.report.contacts(service_id)
        reach = self.contacts.brief(contacts[0] if contacts else None)
        return Brief(self._name(service), self._gloss(service), reach, ())

    def _later(self) -> ServiceList:
        """What opens after one of the steps on the sheet."""
        return ServiceList(
            self.say("Later, after other steps"),
            tuple(
                Brief(self._name(service), self._gloss(service), (), self._after(after))
                for service_id, after in self.plan.later
                for service in (self.report.catalogue.services[service_id],)
            ),
        )

    def _given_by(self, service: Service) -> Iterator[Phrase]:
        """The overlays that have a part in what is said."""
        added = [shortened(each.name, _GIVER) for each in service.overlays if not each.fields]
        changed = [shortened(each.name, _GIVER) for each in service.overlays if each.fields]
        if added:
            yield self.say("Added by: {names}", names=lambda reader: reader.listed(added))
        if changed:
            yield self.say("Changed by: {names}", names=lambda reader: reader.listed(changed))

    def _closing(self, blocks: tuple[ServiceList, ...]) -> Iterator[Phrase]:
        parts = [self.say("This paper gives advice. The service decides.")]
        if blocks or self.plan.steps:
            parts.append(self.say("More on page 2."))
        if State.MACHINE in self.readers.client.used:
            parts.append(self.say("A computer translated some of this text, and nobody has checked it yet."))
        for name, date in sorted(self.readers.client.read_by.items()):
            parts.append(self.say("Read by {name}, {date}.", name=name, date=partial_date_in_numbers(date)))
        yield together(parts)

    def _small_print(self) -> Iterator[Phrase]:
        report = self.report
        yield self.say(
            "Printed {date}. Catalogue {version}.",
            date=lambda reader: reader.date(report.as_of),
            version=shortened(report.catalogue.version, _GIVER),
        )
        if State.MISSING in self.readers.client.used:
            yield self.say("Where the name of a language stands before a text, the text has not been translated yet.")


def _clients(phrase: Phrase) -> Phrase:
    """What the client reads of it, with nothing in the worker's place."""
    return (*phrase[:1], *((),) * (len(phrase) - 1))
