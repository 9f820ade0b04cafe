"""Handouts for `advise`: a checked order, what was held back, and opening what was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kotoneuvo.advice.problems import InputProblems, Problem, closest
from kotoneuvo.cli.environment import Environment, UsageProblems, refused

if TYPE_CHECKING:
    from kotoneuvo.advice.report import Report
    from kotoneuvo.cli.catalogues import Workspace
    from kotoneuvo.render.handout.order import Order

HTML, PDF, MESSAGE = "html", "pdf", "message"
_NEAREST = {"ku": "ckb"}
"""What is proposed where a language is named of which handouts know a part."""


def ordered(language: str | None, bilingual: bool, without: list[str] | None, including: list[str] | None) -> Order:
    """The order that the options of `advise` come to. Raises UsageProblems for a language of no handout."""
    from kotoneuvo.render.handout.choose import PaperChoice
    from kotoneuvo.render.handout.order import Order
    from kotoneuvo.render.handout.readers import handout_languages

    code = named_language(language, handout_languages(), "--handout-lang") if language else ""
    return Order(code, bilingual, PaperChoice(frozenset(without or ()), frozenset(including or ())))


def render_handout(report: Report, form: str, order: Order, work: Workspace) -> str | bytes:
    """The handout as HTML text, as a PDF, or its first step as a message; says on stderr what it holds back.

    Raises UsageProblems for a service that is not there, InputProblems without the extra for PDF or where there is no
    first step for a message.
    """
    from kotoneuvo.advice.situation import unknown_name
    from kotoneuvo.render.handout.choose import choose
    from kotoneuvo.render.handout.order import shown_name, worth_a_thought

    words, choice = work.words, order.choice
    unknown = (choice.without | choice.including) - report.assessments.keys() - {each.id for each in report.notices}
    if unknown:
        raise UsageProblems(unknown_name("service", name, tuple(report.assessments)) for name in sorted(unknown))
    if not choice.without:
        held_back = worth_a_thought(report, choose(report, choice))
        if held_back:
            said = words.gettext("Not on the handout, because it tells something about the person: {services}")
            named = ", ".join(f"{shown_name(report, name, words)} ({name})" for name in held_back)
            work.say(said.format(services=named), words.gettext("Add it with --with ID if the person wants it."))
    if form != MESSAGE:
        return order.write(report, words, form)
    message = order.message(report, words)
    if message is None:
        raise InputProblems([Problem("the first step has no contact to put in a message; print a handout")])
    work.say(*message[1])
    return message[0] + "\n"


def open_in_browser(path: Path) -> None:
    """Show a written handout; where there is no browser nothing happens."""
    import webbrowser

    webbrowser.open(path.resolve().as_uri())


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


def check_target(form: str, target: Path | None, show: bool, environment: Environment) -> None:
    """A PDF does not go to a screen, and what is to be opened needs a file. Raises UsageProblems."""
    if form == PDF and target is None and environment.stdout.isatty():
        raise refused("a PDF cannot be shown here; give a file with --output")
    if show and (form not in (HTML, PDF) or target is None or str(target) == "-"):
        raise refused("--open needs --format html or pdf, and a file with --output")
