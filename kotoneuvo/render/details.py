"""Everything about one service: its card, each condition with its result, what would open it, the sources."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.criteria import MET, UNMET, Criterion
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Operating
from kotoneuvo.render.contact_lines import spoken_source
from kotoneuvo.render.full_page import FullPage
from kotoneuvo.render.meaning import meaning_lines
from kotoneuvo.render.reason_lines import QUIET
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.render.report_words import ReportWords, standing
from kotoneuvo.render.terminal import COLOUR, Look
from kotoneuvo.words import Words


def render_details(
    report: Report, service: str, words: Words, look: Look = COLOUR, *, personal: bool = True, number: int = 0
) -> RenderableType:
    """Return one service in full, with its `number` on the page (0: none).

    `personal` pages show the person's results; others show what is for those who look after the catalogue.
    """
    _ = words.gettext
    page = FullPage(report, words, look)
    assessment, report_words = report.assessments[service], page.report_words
    note, state = assessment.service.keeper_note, assessment.operating
    reasons = report_words.reasons if personal else Reasons(report.catalogue.facts, words, whole=True)
    parts: list[RenderableType] = [page.card(service, number)]
    for heading, shown, lines in (
        (_("Conditions"), True, _conditions(assessment, reasons, report, personal)),
        (_("What it means"), True, _meaning(assessment, words, report)),
        (_("What it would take"), personal, _why_not(assessment, report, report_words)),
        (_("For those who look after the catalogue"), bool(note) and not personal, map(words.pick, [note])),
        (_("State"), not personal or state in (Operating.ENDED, Operating.PLANNED),
         [f"{standing(assessment.service, state, words)}; {report_words.age(assessment)}"]),
        (_("Sources"), True, _sources(assessment, words, personal=personal)),
    ):  # fmt: skip
        if shown and (listed := [Text(line) for line in lines]):
            parts += [Text(heading, look.heading), Padding(Group(*listed), (0, 0, 1, 2))]
    return Group(*parts)


def _why_not(assessment: Assessment, report: Report, report_words: ReportWords) -> Iterator[str]:
    """Yield why a service is not on the pathway, and what would change that; nothing if it is open."""
    _ = report_words.words.gettext
    service = assessment.service
    if assessment.operating is Operating.ENDED:
        yield _("It has ended.")
        if successors := [report_words.name(each) for each in report.catalogue.running(service.id, report.as_of)]:
            yield _("Today: {services}").format(services=report_words.words.listed(successors))
    if assessment.operating is Operating.PLANNED:
        yield _("It has not started yet.")
    kinds = {
        "can_change": _("can change"),
        "time": _("changes with time"),
        "fixed": _("cannot be changed by the person"),
    }
    for each in assessment.opens_with:
        yield f"{report_words.reasons.opening(each)} ({kinds[each.kind]})"
    if assessment.untold:
        facts = report_words.words.listed([report_words.reasons.label(fact) for fact in assessment.untold])
        yield _("Only if the person tells you: {facts}").format(facts=facts)
    # Way in and goals do not matter where the conditions already rule the service out.
    if assessment.outcome is Outcome.NOT_ELIGIBLE or not assessment.running:
        return
    if service.id not in report.reachable:
        doors = report_words.words.listed([report_words.name(each) for each in service.gateways])
        yield _("The way in is not open: {services}").format(services=doors)
    if not (assessment.relevant or service.basic or service.id in report.on_pathway):
        yield _("It does not serve the goals that were given.")


def _conditions(assessment: Assessment, reasons: Reasons, report: Report, personal: bool) -> Iterator[str]:
    """Yield a line for each condition: what is needed, with sign and what is known if `personal`, else its source."""
    for judgement in assessment.judgements:
        node = judgement.node
        line = reasons.required(node)
        if not personal:
            yield f"{line} [{node.source}]" if node.source else line
        elif not (isinstance(node, Criterion) and node.fact in QUIET):
            sign = {MET: "✓", UNMET: "✗"}.get(judgement.truth, "?")
            known = report.known
            # Not "Age: 18–29 — Age: 18–29".
            has = reasons.known(node.fact, known) if isinstance(node, Criterion) else reasons.has(node, known)
            yield f"{sign} {line}" if has in (line, "") or line.endswith(f": {has}") else f"{sign} {line} — {has}"


def _meaning(assessment: Assessment, words: Words, report: Report) -> Iterator[str]:
    """Yield what the card, with which the page begins, does not say: how to refer, what to do after a refusal …"""
    shown = set(meaning_lines(assessment.service, words, report.as_of))
    for line in meaning_lines(assessment.service, words, report.as_of, whole=True):
        if line not in shown:
            yield f"{line.label}: {line.text}"


def _sources(assessment: Assessment, words: Words, *, personal: bool) -> Iterator[str]:
    """Yield each source with its date; its key and what shows its date are only for those who keep the catalogue."""
    for key, source in assessment.service.sources.items():
        if source.lines:
            lines = "–".join(str(line) for line in dict.fromkeys(source.lines))
            text = words.gettext("Kuntaliitto 1.9.2020, lines {lines}").format(lines=lines)
        else:
            text = source.url or spoken_source(source.said, source.date, words)
            seen = "; ".join(filter(None, [source.date if source.url else "", "" if personal else source.seen]))
            text += f" ({seen})" if seen else ""
        yield text if personal else f"[{key}] {text}"
