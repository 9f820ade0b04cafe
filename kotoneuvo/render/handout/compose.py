"""A report written as a handout: what each planned service says on paper.

Reasons come only from harmless facts (where the person lives, what they want, what they speak). Conditions that rest on
a status, an age or anything else a person has answered are never named: the paper may be found by a stranger.
"""

from __future__ import annotations

from collections.abc import Iterator

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.facts import FactBook, Text
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import NATIONWIDE, SELF, Operating, Service
from kotoneuvo.catalogue.translations import State
from kotoneuvo.render.handout.chorus import Chorus, together
from kotoneuvo.render.handout.contacts import Contacts
from kotoneuvo.render.handout.plan import Plan, Planned
from kotoneuvo.render.handout.sheet import Block, Brief, Detail, Line, Phrase, Said, Sheet, Step
from kotoneuvo.render.handout.voice import Voice, clipped

_NAME, _HOW, _GIVER = 110, 240, 40
"""Letters of a name, of a way in and of the name of a catalogue on paper."""
_REGION = 40
"""Municipalities of the largest area that is worth calling one's own; all of the mainland is not."""


def compose(report: Report, plan: Plan, voices: list[Voice]) -> Sheet:
    """The handout of a plan in the languages of `voices`: the client's first, then perhaps the worker's."""
    return Composer(report, plan, Chorus(voices)).sheet()


class Composer:
    """Writes the parts of one handout."""

    def __init__(self, report: Report, plan: Plan, chorus: Chorus) -> None:
        for voice in chorus.voices:
            voice.used.clear()  # what another handout needed is not in the small print of this one
        self.report = report
        self.plan = plan
        self.chorus = chorus
        self.say = chorus.say
        self.contacts = Contacts(chorus, report)
        self.numbers = {each.service: number for number, each in enumerate(plan.steps, 1)}

    def sheet(self) -> Sheet:
        """The whole handout."""
        steps = tuple(self._step(each) for each in self.plan.steps)
        blocks = tuple(block for block in (self._basics(), self._later()) if block.briefs)
        intro = self.say("These services may help you. Begin with number 1. Tick the box when a step is done.")
        return Sheet(
            readers=tuple(
                Said(voice.language_name(voice.base), voice.language, voice.rtl) for voice in self.chorus.voices
            ),
            title=self.say("Your next steps"),
            intro=intro if steps else self.say("Ask at the desk what could help you."),
            steps=steps,
            blocks=blocks,
            done=self.say("Done"),
            notes=self.say("Notes"),
            closing=tuple(self._closing()),
            small_print=tuple(self._small_print()),
        )

    def _step(self, planned: Planned) -> Step:
        assessment = self.report.assessments[planned.service]
        service = assessment.service
        return Step(
            number=self.numbers[planned.service],
            name=self._name(service),
            gloss=self._gloss(service),
            after=self._after(planned),
            summary=self.chorus.text(f"{service.id}.summary", service.summary),
            points=(
                Detail(self.say("Why"), around=self._why(assessment)),
                Detail(self.say("How to get in"), around=self._way_in(service)),
            ),
            details=tuple(self.contacts.details(service)),
            codes=tuple(self.contacts.codes(service)),
            age=together([self._age(assessment), *self._given_by(service)]),
            old=assessment.operating is not Operating.ACTIVE,
        )

    def _name(self, service: Service) -> Said:
        """The name that stands on the door: Swedish for readers of Swedish, else Finnish; with its own area."""
        language = "sv" if self.chorus.client.language == "sv" else "fi"
        name, place = service.name.get(language) or service.name.get("fi", ""), self._place(service)
        return Said(clipped(f"{name}: {place[language]}" if place else name, _NAME), language)

    def _gloss(self, service: Service) -> Phrase:
        """What the name means, in each language but the name's own."""
        shown = self._name(service)
        others = [voice for voice in self.chorus.voices if voice.base != shown.language]
        glosses = (voice.text(f"{service.id}.name", service.name, _NAME) for voice in others)
        return tuple((gloss,) for gloss in glosses if gloss.text != service.name.get(shown.language))

    def _place(self, service: Service) -> Text:
        """The person's own municipality, county or employment area, where there is one such service in each."""
        codes = self.report.situation.known.get("municipality", frozenset())
        place = self.report.catalogue.facts.municipalities.get(str(next(iter(codes)))) if len(codes) == 1 else None
        if not place or not service.local_name:
            return {}
        own: Text = place.name if service.local_name == "municipality" else getattr(place, service.local_name)
        return own

    def _after(self, planned: Planned) -> Phrase:
        """What comes first, by its number on the sheet where it has one."""
        if not planned.after:
            return ()
        names = [self._reference(name) for name in planned.after]
        return self.say("First: {steps}", steps=lambda voice: voice.listed(names))

    def _reference(self, name: str) -> str:
        number, said = self.numbers.get(name), self._name(self.report.catalogue.services[name]).text
        return f"{number} {said}" if number else said

    def _why(self, assessment: Assessment) -> Phrase:
        """Harmless reasons, and how sure it is."""
        sure = assessment.outcome is Outcome.ELIGIBLE
        verdict = self.say("it seems to suit you") if sure else self.say("it may suit you: ask the service")
        return together([*self._reasons(assessment.service), verdict])

    def _reasons(self, service: Service) -> Iterator[Phrase]:
        situation, facts = self.report.situation, self.report.catalogue.facts
        codes = situation.known.get("municipality", frozenset())
        if len(codes) == 1 and NATIONWIDE not in service.area and len(service.area) <= _REGION:
            place = facts.municipalities.get(str(next(iter(codes))))
            if place:
                yield self.say("serves your area ({place})", place=lambda voice: _place_name(place.name, voice))
        goals = [goal for goal in situation.goals if goal in service.goals]
        if goals:
            yield self.say("helps with: {goals}", goals=lambda voice: voice.listed(_goal_names(goals, facts, voice)))
        if all(isinstance(node, Criterion) and node.fact == "customer_role" for node in service.eligibility):
            yield self.say("open to everyone")

    def _way_in(self, service: Service) -> Phrase:
        """How one gets in, in the catalogue's words; where a reader has none, in the handout's own, and both."""
        context, how = f"{service.id}.how", service.access.how

        def speak(voice: Voice) -> Line:
            written = (voice.text(context, how, _HOW),) if how else ()
            if how and voice.translates(context, how):
                return written
            return (voice.say(self._plain_way(service)), *written)

        return self.chorus.each(speak)

    def _plain_way(self, service: Service) -> str:
        if SELF in service.access.via:
            return S_("You may contact the service yourself.")
        if service.gateways:
            return S_("Another service sends you here.")
        return S_("Ask the service how to get in.")

    def _age(self, assessment: Assessment) -> Phrase:
        day = assessment.service.assured
        if assessment.operating is Operating.ACTIVE:
            return self.say("Information from {date}.", date=lambda voice: voice.date(day))
        return self.say(
            "Information from {date}, not confirmed since: check before you go.", date=lambda voice: voice.date(day)
        )

    def _given_by(self, service: Service) -> Iterator[Phrase]:
        """The catalogues laid over the bundled one that have a part in what is said."""
        added = [clipped(each.name, _GIVER) for each in service.overlays if not each.fields]
        changed = [clipped(each.name, _GIVER) for each in service.overlays if each.fields]
        if added:
            yield self.say("Added by: {names}", names=lambda voice: voice.listed(added))
        if changed:
            yield self.say("Changed by: {names}", names=lambda voice: voice.listed(changed))

    def _basics(self) -> Block:
        briefs = tuple(self._brief(each, contact=True) for each in self.plan.basics)
        return Block(self.say("For everyone, when you need it"), briefs)

    def _later(self) -> Block:
        briefs = tuple(self._brief(each, contact=False) for each in self.plan.later)
        return Block(self.say("Later, after other steps"), briefs)

    def _brief(self, planned: Planned, *, contact: bool) -> Brief:
        """A line: with the first contact of a basic, or with what comes before a later step."""
        assessment = self.report.assessments[planned.service]
        name, gloss = self._name(assessment.service), self._gloss(assessment.service)
        given_by = [*self._given_by(assessment.service)]
        if contact:
            old = assessment.operating is not Operating.ACTIVE
            details = tuple(self.contacts.first(assessment.service))
            return Brief(name, gloss, details, together([*([self._age(assessment)] if old else []), *given_by]))
        after = self._after(planned)
        return Brief(name, gloss, (Detail((), around=after),) if after else (), together(given_by))

    def _closing(self) -> Iterator[Phrase]:
        yield self.say("The service decides whether you can take part.")
        if self.plan.more:
            yield self.say("There is more that may help you than fits on this page: ask at the desk.")

    def _small_print(self) -> Iterator[Phrase]:
        report = self.report
        yield self.say(
            "Printed {date}. Catalogue {version}.",
            date=lambda voice: voice.date(report.as_of),
            version=clipped(report.catalogue.version, _GIVER),
        )
        used = self.chorus.client.used
        if State.MACHINE in used:
            yield self.say("A computer translated some of this text, and nobody has checked it yet.")
        if State.MISSING in used:
            yield self.say("Where the name of a language stands before a text, the text has not been translated yet.")


def S_(msgid: str) -> str:  # noqa: N802  (gettext's custom of short names)
    """Marks words of the handout that are translated later."""
    return msgid


def _goal_names(goals: list[str], facts: FactBook, voice: Voice) -> list[str]:
    return [voice.text(f"goal.{goal}", facts.goals[goal]).text for goal in goals]


def _place_name(name: Text, voice: Voice) -> str:
    return name["sv" if voice.language == "sv" else "fi"]
