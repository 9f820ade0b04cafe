"""Why a service fits a person, what is still open, and what would be needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.changes import closed_for_good
from kotoneuvo.advice.criteria import MET, UNKNOWN, AnyOf, Criterion, Judgement, Node, NoneOf, Unread, together
from kotoneuvo.advice.eligibility import Outcome, only_for_told, unsettled
from kotoneuvo.advice.facts import Values
from kotoneuvo.render.contact_lines import ContactLine
from kotoneuvo.render.reasons import MANY, Reasons
from kotoneuvo.words import Words

QUIET = ("customer_role",)
"""Facts that are never worth a word on a card: nearly everyone comes in the same role."""


def reason_lines(
    assessment: Assessment, known: dict[str, Values], reasons: Reasons, words: Words
) -> Iterator[ContactLine]:
    """Why the service fits, what is still open, what would be needed."""
    _ = words.gettext
    judged = [each for each in assessment.judgements if not _quiet(each)]
    met = list(dict.fromkeys(text for each in judged if each.truth is MET for text in _met(each, known, reasons)))
    if met:
        yield ContactLine(_("Why"), " · ".join(met))
    elif all(each.truth is MET for each in judged):
        yield ContactLine(_("Why"), _("open to everyone"))
    still = [each for each in judged if each.truth is not MET]
    if still:
        label = _("Depends on") if assessment.outcome is Outcome.POSSIBLE else _("Needs")
        yield ContactLine(label, " · ".join(_still(each, known, reasons, words) for each in still))


def _quiet(judgement: Judgement) -> bool:
    return isinstance(judgement.node, Criterion) and judgement.node.fact in QUIET


def _met(judgement: Judgement, known: dict[str, Values], reasons: Reasons) -> Iterator[str]:
    """What is known that meets a criterion; of a group the first alternative that holds."""
    node = judgement.node
    if isinstance(node, Criterion):
        yield reasons.known(node.fact, known)
    elif isinstance(node, AnyOf):
        holding = next(part for part in judgement.parts if together(part) is MET)
        for each in holding:
            yield from _met(each, known, reasons)


def _still(judgement: Judgement, known: Mapping[str, Values], reasons: Reasons, words: Words) -> str:
    """What an open or unmet condition waits for; of an open group only what is open in it."""
    node = judgement.node
    if isinstance(node, Unread):
        return f"{reasons.title(node)}: {reasons.needs(node)}"
    if not isinstance(node, Criterion) and judgement.truth is UNKNOWN:
        waiting = " · ".join if isinstance(node, NoneOf) else words.gettext(" or ").join
        open_still = list(unsettled((judgement,)))
        asked = [each for each in open_still if not only_for_told(each, reasons.facts)]
        return waiting(dict.fromkeys(_condition(each, reasons, node, known) for each in asked or open_still))
    if isinstance(node, Criterion):
        return _condition(node, reasons, node, known)
    return reasons.needs(_open_alternatives(node, judgement, known, reasons) if isinstance(node, AnyOf) else node)


def _open_alternatives(group: AnyOf, judgement: Judgement, known: Mapping[str, Values], reasons: Reasons) -> AnyOf:
    """An unmet group without the alternatives that are closed for good, as long as there are others."""

    def possible(fact: str) -> Values:
        return known.get(fact, reasons.facts[fact].everything)

    tables = zip(group.tables, judgement.parts, strict=True)
    left = tuple(table for table, part in tables if not closed_for_good(part, reasons.facts, possible))
    return AnyOf(left, group.source) if left else group


def _condition(criterion: Criterion, reasons: Reasons, group: Node, known: Mapping[str, Values]) -> str:
    """A criterion with its fact's name; inside an exclusion with a "not" before what is excluded."""
    fact = reasons.facts[criterion.fact]
    held = known.get(criterion.fact, fact.everything)
    if held <= criterion.unclear and held != fact.everything:
        said = reasons.words.gettext("{values}: the organisation decides").format(values=reasons.values(fact, held))
        return f"{reasons.title(criterion)}: {said}"
    if fact.kind == "choice" and criterion.accept & held:  # of a long list only what is still open
        criterion = criterion._replace(accept=criterion.accept & held, unclear=criterion.unclear & held)
    if fact.kind == "choice" and len(criterion.accept) > MANY:
        return reasons.title(criterion)  # a list as long as the question itself says nothing
    excluded = isinstance(group, NoneOf) and bool(criterion.accept)
    plainly = reasons.plainly(criterion.fact, fact.everything - criterion.accept if excluded else criterion.accept)
    if plainly and not criterion.unclear:
        return plainly
    needs = reasons.needs(criterion)
    if excluded:
        needs = reasons.words.gettext("not: {what}").format(what=needs)
    return f"{reasons.title(criterion)}: {needs}"
