"""What a worker wants on paper, what may stand on it, and the handout or message that is made of it."""

from __future__ import annotations

from typing import NamedTuple

from kotoneuvo.advice.criteria import everyday
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.report import Report
from kotoneuvo.render.handout.choose import NO_CHOICE, PaperChoice, Plan, choose
from kotoneuvo.render.handout.fit import fitting_sheet, shorter_and_shorter
from kotoneuvo.render.handout.message import write_message
from kotoneuvo.render.handout.readers import SIMPLE, Reader, handout_languages
from kotoneuvo.words import LANGUAGES, Words

HTML, PDF, MESSAGE = "html", "pdf", "message"


class Order(NamedTuple):
    """One handout: the client's `language` ("": the first spoken, else the worker's), the worker's beside it or not."""

    language: str = ""
    bilingual: bool = False
    choice: PaperChoice = NO_CHOICE

    def write(self, report: Report, words: Words, form: str) -> str | bytes:
        """The handout as HTML text or as a PDF. Raises InputProblems without the extra for PDF."""
        if form == PDF:
            from kotoneuvo.render.handout.pdf import render_pdf

            return render_pdf(shorter_and_shorter(report, self.choice, self._readers(report, words)))
        from kotoneuvo.render.handout.html import render_html

        return render_html(fitting_sheet(report, self.choice, self._readers(report, words)))

    def message(self, report: Report, words: Words) -> tuple[str, list[str]] | None:
        """The first step for a phone, with its length and who translated it; None where it has no contact."""
        message = write_message(fitting_sheet(report, self.choice, self._readers(report, words)))
        if message is None:
            return None
        said = words.counted(
            "{count} text message, {length} characters",
            "{count} text messages, {length} characters",
            message.messages,
            length=message.length,
        )
        machine = words.gettext("Machine translation; nobody has checked it.")
        return message.text, [said] if self.client(report, words) in LANGUAGES else [said, machine]

    def client(self, report: Report, words: Words) -> str:
        """The language of the client."""
        spoken = (code for code in report.situation.service_language if code in handout_languages())
        return self.language or next(spoken, words.language)

    def _readers(self, report: Report, words: Words) -> list[Reader]:
        client = self.client(report, words)
        beside = [words.language] if self.bilingual and client != words.language else []
        return [Reader(language) for language in (client, *beside)]


def handout_names() -> list[tuple[str, str]]:
    """The languages of handouts, each with its name in itself."""
    codes = handout_languages()
    return [(code, "selkeä suomi" if code == SIMPLE else Reader(code).own_name.text) for code in codes]


def offered(report: Report, words: Words) -> list[tuple[str, str, bool]]:
    """What may go on paper: id, name in the worker's language, and whether it does by itself."""
    plan = choose(report)
    shown = [*(step.service_id for step in plan.steps), *(each.service_id for each in plan.later), *plan.everyone,
             *(each.id for each in plan.notices)]  # fmt: skip
    named = {name: shown_name(report, name, words) for name in (*shown, *worth_a_thought(report, plan))}
    return [(name, text, name in shown) for name, text in named.items()]


def worth_a_thought(report: Report, plan: Plan) -> list[str]:
    """What was held back although it seems to fit this person by more than the place."""

    def sure(name: str) -> bool:
        if name not in report.catalogue.services:
            return True  # a notice concerns whom it is shown to
        assessment = report.assessments[name]
        conditions = any(not everyday(each.node) for each in assessment.judgements)
        return assessment.outcome is Outcome.ELIGIBLE and (not assessment.service.basic or conditions)

    return [name for name in plan.held_back if sure(name)]


def shown_name(report: Report, name: str, words: Words) -> str:
    """The name of a service, or the first sentence of a notice."""
    service = report.catalogue.services.get(name)
    notices = {each.id: each.text for each in report.notices}
    return words.pick(service.name) if service else words.pick(notices[name]).partition(". ")[0]
