"""Handouts for `advise` and the interview: checked wishes, the page or the PDF, what was held back, and opening it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kotoneuvo.advice.problems import N_, InputProblems, Problem, closest
from kotoneuvo.cli.environment import Environment, UsageProblems
from kotoneuvo.words import LANGUAGES, Words

if TYPE_CHECKING:
    from kotoneuvo.advice.report import Report
    from kotoneuvo.interview.paper import Order
    from kotoneuvo.render.handout.choose import PaperChoice, Plan
    from kotoneuvo.render.handout.content import Handout
    from kotoneuvo.render.handout.readers import Reader

HTML, PDF, MESSAGE = "html", "pdf", "message"
_NEAREST = {"ku": "ckb"}
"""What is proposed where a language is named of which handouts know a part."""


class Wish(NamedTuple):
    """What the worker wants on paper: the client's language, one's own beside it, steps left off and put on."""

    language: str | None = None
    bilingual: bool = False
    without: tuple[str, ...] = ()
    including: tuple[str, ...] = ()


def render_handout(report: Report, words: Words, form: str, wish: Wish, environment: Environment) -> str | bytes:
    """The handout as HTML text, as a PDF, or its first step as a message; says on stderr what it holds back.

    Raises UsageProblems for a language or a service that is not there, InputProblems without the extra for PDF or where
    there is no first step for a message.
    """
    from kotoneuvo.render.handout.choose import PaperChoice, choose
    from kotoneuvo.render.handout.fit import fitting_sheet

    readers = _readers(report, words, wish)
    choice = PaperChoice(frozenset(wish.without), frozenset(wish.including))
    _check(report, choice.without | choice.including)
    if not wish.without:
        _say_held_back(report, choose(report, choice), words, environment)
    if form == MESSAGE:
        return _message(fitting_sheet(report, choice, readers), words, environment)
    return _paper(report, choice, readers, form)


def render_letter(report: Report, words: Words, form: str) -> str | bytes:
    """The handout of somebody who does not sit here: in the first language that the row names, without a choice."""
    from kotoneuvo.render.handout.choose import PaperChoice

    return _paper(report, PaperChoice(), _readers(report, words, Wish()), form)


def _paper(report: Report, choice: PaperChoice, readers: list[Reader], form: str) -> str | bytes:
    from kotoneuvo.render.handout.fit import fitting_sheet, shorter_and_shorter

    if form == PDF:
        from kotoneuvo.render.handout.pdf import render_pdf

        return render_pdf(shorter_and_shorter(report, choice, readers))
    from kotoneuvo.render.handout.html import render_html

    return render_html(fitting_sheet(report, choice, readers))


def _message(sheet: Handout, words: Words, environment: Environment) -> str:
    """The text alone for stdout; on stderr how many messages it is, and who translated it."""
    from kotoneuvo.render.handout.message import write_message

    message = write_message(sheet)
    if message is None:
        raise InputProblems([Problem(N_("the first step has no contact to put in a message; print a handout"))])
    count = words.ngettext("{count} text message, {length} characters", "{count} text messages, {length} characters",
                           message.messages)  # fmt: skip
    print(count.format(count=message.messages, length=message.length), file=environment.stderr)
    if sheet.readers[0].language not in LANGUAGES:
        print(words.gettext("Machine translation; nobody has checked it."), file=environment.stderr)
    return message.text + "\n"


def _say_held_back(report: Report, plan: Plan, words: Words, environment: Environment) -> None:
    held_back = [f"{_shown(report, name, words)} ({name})" for name in _sure(report, plan)]
    if held_back:
        said = words.gettext("Not on the handout, because it tells something about the person: {services}")
        print(said.format(services=", ".join(held_back)), file=environment.stderr)
        print(words.gettext("Add it with --with ID if the person wants it."), file=environment.stderr)


def _shown(report: Report, name: str, words: Words) -> str:
    """The name of a service, or the first sentence of a notice."""
    service = report.catalogue.services.get(name)
    notices = {each.id: each.text for each in report.notices}
    return words.pick(service.name) if service else words.pick(notices[name]).partition(". ")[0]


def open_in_browser(path: Path) -> None:
    """Show a written handout; where there is no browser nothing happens."""
    import webbrowser

    webbrowser.open(path.resolve().as_uri())


def handout_names() -> list[tuple[str, str]]:
    """The languages of handouts, each with its name in itself."""
    from kotoneuvo.render.handout.readers import SIMPLE, Reader, handout_languages

    codes = handout_languages()
    return [(code, "selkeä suomi" if code == SIMPLE else Reader(code).own_name.text) for code in codes]


def handout_steps(report: Report, words: Words) -> list[tuple[str, str, bool]]:
    """What may go on paper: id, name in the worker's language, and whether it does by itself."""
    from kotoneuvo.render.handout.choose import choose

    plan = choose(report)
    shown = [*(step.service_id for step in plan.steps), *(each.service_id for each in plan.later), *plan.everyone,
             *(each.id for each in plan.notices)]  # fmt: skip
    named = {name: _shown(report, name, words) for name in (*shown, *_sure(report, plan))}
    return [(name, text, name in shown) for name, text in named.items()]


def ordered_handout(report: Report, order: Order, form: str, words: Words, environment: Environment) -> str | bytes:
    """What was ordered in the interview. Raises InputProblems without the extra for PDF."""
    everything = [*(each for stage in report.pathway for each in stage.services), *report.helplines,
                  *(each.id for each in report.notices)]  # fmt: skip
    without = tuple(each for each in everything if each not in order.services)
    by_itself = {each for each, _, on in handout_steps(report, words) if on}
    wish = Wish(order.language, order.bilingual, without, tuple(sorted(order.services - by_itself)))
    return render_handout(report, words, form, wish, environment)


def _sure(report: Report, plan: Plan) -> list[str]:
    """What was held back although it seems to fit this person by more than the place: worth the worker's thought."""
    from kotoneuvo.advice.criteria import everyday
    from kotoneuvo.advice.eligibility import Outcome

    def sure(name: str) -> bool:
        if name not in report.catalogue.services:
            return True  # a notice concerns whom it is shown to
        assessment = report.assessments[name]
        conditions = any(not everyday(each.node) for each in assessment.judgements)
        return assessment.outcome is Outcome.ELIGIBLE and (not assessment.service.basic or conditions)

    return [name for name in plan.held_back if sure(name)]


def _readers(report: Report, words: Words, wish: Wish) -> list[Reader]:
    """Readers in the client's language (as asked, else the first spoken, else the worker's), then the worker's."""
    from kotoneuvo.render.handout.readers import Reader, handout_languages

    known = handout_languages()
    wanted = named_language(wish.language, known, "--handout-lang") if wish.language else ""
    spoken = [code for code in report.situation.service_language if code in known]
    client = wanted or (spoken or [words.language])[0]
    beside = [words.language] if wish.bilingual and client != words.language else []
    return [Reader(language) for language in (client, *beside)]


def named_language(name: str, known: list[str], option: str) -> str:
    """The code of a handout language by its code or its name in Finnish, Swedish, English or itself.

    Raises UsageProblems. A language is never proposed because its name is spelt alike: who reads Dari reads no Arabic.
    """
    from kotoneuvo.advice.facts import fold
    from kotoneuvo.words import language_codes

    code = name if name in known else language_codes().get(fold(name), "")
    if code in known:
        return code
    details = {"kind": "language", "found": name}
    near = (
        _NEAREST.get(code, "") if code else closest(name, [each for each in known if each[:1] == name[:1].casefold()])
    )
    raise UsageProblems([Problem('unknown {kind} "{found}"', details, "", "", option, tuple(known), near)])


def _check(report: Report, names: frozenset[str]) -> None:
    unknown = sorted(names - report.assessments.keys() - {each.id for each in report.notices})
    if unknown:
        from kotoneuvo.advice.situation import unknown_name

        raise UsageProblems(unknown_name("service", name, tuple(report.assessments)) for name in unknown)


def check_target(form: str, target: Path | None, show: bool, environment: Environment) -> None:
    """A PDF does not go to a screen, and what is to be opened needs a file. Raises UsageProblems."""
    if form == PDF and target is None and environment.stdout.isatty():
        raise UsageProblems([Problem(N_("a PDF cannot be shown here; give a file with --output"))])
    if show and (form not in (HTML, PDF) or target is None or str(target) == "-"):
        raise UsageProblems([Problem(N_("--open needs --format html or pdf, and a file with --output"))])
