"""The lines that say why a service fits a person, what is still open, and what would be needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.criteria import MET, UNKNOWN, AnyOf, Criterion, Judgement, Node, NoneOf, Unread, together
from kotoneuvo.advice.eligibility import Outcome, closed_for_good, only_for_told, unsettled
from kotoneuvo.advice.facts import Values
from kotoneuvo.render.contact_lines import ContactLine
from kotoneuvo.render.reasons import MANY, Reasons

QUIET = ("customer_role",)
"""Facts that cards do not mention: nearly everybody comes in the same role."""


def reason_lines(assessment: Assessment, known: Mapping[str, Values], reasons: Reasons) -> Iterator[ContactLine]:
    """Yield one line with what the person meets, and one with what is open or would be needed."""
    _ = reasons.words.gettext
    judged = [each for each in assessment.judgements if getattr(each.node, "fact", "") not in QUIET]
    met = dict.fromkeys(text for each in judged if each.truth is MET for text in _met(each, known, reasons))
    still = [_still(each, known, reasons) for each in judged if each.truth is not MET]
    if met or not still:
        yield ContactLine(_("Why"), " · ".join(met) or _("open to everyone"))
    if still:
        label = _("Depends on") if assessment.outcome is Outcome.POSSIBLE else _("Needs")
        yield ContactLine(label, " · ".join(still))


def _met(judgement: Judgement, known: Mapping[str, Values], reasons: Reasons) -> Iterator[str]:
    """Yield the known facts that meet a criterion; for a group, those of the first alternative that is met."""
    node = judgement.node
    if isinstance(node, Criterion):
        yield reasons.known(node.fact, known)
    elif isinstance(node, AnyOf):
        for each in next(part for part in judgement.parts if together(part) is MET):
            yield from _met(each, known, reasons)


def _still(judgement: Judgement, known: Mapping[str, Values], reasons: Reasons) -> str:
    """Return what an open or unmet condition waits for; for an open group, only its open parts."""
    node = judgement.node
    if isinstance(node, Unread):
        return f"{reasons.title(node)}: {reasons.needs(node)}"
    if isinstance(node, Criterion):
        return _condition(node, reasons, node, known)
    if judgement.truth is UNKNOWN:
        waiting = " · " if isinstance(node, NoneOf) else reasons.words.gettext(" or ")
        still = list(unsettled((judgement,)))
        asked = [each for each in still if not only_for_told(each, reasons.facts)]
        return waiting.join(dict.fromkeys(_condition(each, reasons, node, known) for each in asked or still))
    if isinstance(node, AnyOf):
        # Without alternatives that are closed for good, such as an age that has passed.
        possible = {name: known.get(name, fact.everything) for name, fact in reasons.facts.facts.items()}
        tables = zip(node.tables, judgement.parts, strict=True)
        left = tuple(table for table, part in tables if not closed_for_good(part, reasons.facts, possible.__getitem__))
        node = AnyOf(left, node.source) if left else node
    return reasons.needs(node)


def _condition(criterion: Criterion, reasons: Reasons, group: Node, known: Mapping[str, Values]) -> str:
    """Return a criterion with its fact's name, and with "not" if `group` excludes those who meet it."""
    fact = reasons.facts[criterion.fact]
    possible = known.get(criterion.fact, fact.everything)
    if possible <= criterion.unclear and possible != fact.everything:
        decides = reasons.words.gettext("{values}: the organisation decides").format(
            values=reasons.values(fact, possible)
        )
        return f"{reasons.title(criterion)}: {decides}"
    # A list of choices is narrowed to the values that are still possible.
    if fact.kind == "choice" and criterion.accept & possible:
        criterion = criterion._replace(accept=criterion.accept & possible, unclear=criterion.unclear & possible)
    # A list that is nearly as long as the question's own helps nobody.
    if fact.kind == "choice" and len(criterion.accept) > MANY:
        return reasons.title(criterion)
    excluded = isinstance(group, NoneOf) and bool(criterion.accept)
    plainly = reasons.plainly(criterion.fact, fact.everything - criterion.accept if excluded else criterion.accept)
    if plainly and not criterion.unclear:
        return plainly
    needs = reasons.needs(criterion)
    if excluded:
        needs = reasons.words.gettext("not: {what}").format(what=needs)
    return f"{reasons.title(criterion)}: {needs}"
