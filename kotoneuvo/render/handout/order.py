"""The worker's order of a handout: its language and content, and the handout or message made from it."""

from __future__ import annotations

from typing import NamedTuple

from kotoneuvo.advice.criteria import everyday
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.report import Report
from kotoneuvo.render.handout.choose import NO_CHOICE, PaperChoice, Plan, choose
from kotoneuvo.render.handout.fit import ever_shorter_handouts, fitting_sheet
from kotoneuvo.render.handout.message import write_message
from kotoneuvo.render.handout.readers import SIMPLE, Reader, handout_languages
from kotoneuvo.words import LANGUAGES, Words

HTML, PDF, MESSAGE = "html", "pdf", "message"


class Order(NamedTuple):
    """What the worker orders. `language` is the client's; "" is the first one they speak, else the worker's.

    A `bilingual` handout has the worker's language beside it.
    """

    language: str = ""
    bilingual: bool = False
    choice: PaperChoice = NO_CHOICE

    def write(self, report: Report, words: Words, form: str) -> str | bytes:
        """Return the handout as HTML text or as a PDF. Raises InputProblems if the extra for PDF is missing."""
        if form == PDF:
            from kotoneuvo.render.handout.pdf import render_pdf

            return render_pdf(ever_shorter_handouts(report, self.choice, self._readers(report, words)))
        from kotoneuvo.render.handout.html import render_html

        return render_html(fitting_sheet(report, self.choice, self._readers(report, words)))

    def message(self, report: Report, words: Words) -> tuple[str, list[str]] | None:
        """Return the first step as a text message, and notes on its length and translation; None without a contact."""
        message = write_message(fitting_sheet(report, self.choice, self._readers(report, words)))
        if message is None:
            return None
        length = words.counted(
            "{count} text message, {length} characters",
            "{count} text messages, {length} characters",
            message.messages,
            length=message.length,
        )
        machine = words.gettext("Machine translation; nobody has checked it.")
        return message.text, [length] if self.client(report, words) in LANGUAGES else [length, machine]

    def client(self, report: Report, words: Words) -> str:
        """Return the code of the client's language."""
        spoken = (code for code in report.situation.service_language if code in handout_languages())
        return self.language or next(spoken, words.language)

    def _readers(self, report: Report, words: Words) -> list[Reader]:
        client = self.client(report, words)
        beside = [words.language] if self.bilingual and client != words.language else []
        return [Reader(language) for language in (client, *beside)]


def handout_names() -> list[tuple[str, str]]:
    """Return the languages of handouts: codes, each with the language's own name."""
    codes = handout_languages()
    return [(code, "selkeä suomi" if code == SIMPLE else Reader(code).own_name.text) for code in codes]


def offered(report: Report, words: Words) -> list[tuple[str, str, bool]]:
    """Return what can be on the handout: id, name in the worker's language, and whether it is on it by itself."""
    plan = choose(report)
    shown = [*(step.service_id for step in plan.steps), *(each.service_id for each in plan.later), *plan.everyone,
             *(each.id for each in plan.notices)]  # fmt: skip
    named = {name: shown_name(report, name, words) for name in (*shown, *held_back_though_fitting(report, plan))}
    return [(name, text, name in shown) for name, text in named.items()]


def held_back_though_fitting(report: Report, plan: Plan) -> list[str]:
    """Return the ids held back that fit this person by more than the municipality, so that the worker may ask."""

    def sure(name: str) -> bool:
        if name not in report.catalogue.services:
            return True  # a notice is only shown to people whom it concerns
        assessment = report.assessments[name]
        conditions = any(not everyday(each.node) for each in assessment.judgements)
        return assessment.outcome is Outcome.ELIGIBLE and (not assessment.service.basic or conditions)

    return [name for name in plan.held_back if sure(name)]


def shown_name(report: Report, name: str, words: Words) -> str:
    """Return the name of a service, or the first sentence of a notice."""
    service = report.catalogue.services.get(name)
    notices = {each.id: each.text for each in report.notices}
    return words.pick(service.name) if service else words.pick(notices[name]).partition(". ")[0]
