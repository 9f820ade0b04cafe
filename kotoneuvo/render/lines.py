"""The lines of a card: reasons, way in, contacts, languages, cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.criteria import AnyOf, Criterion, Judgement, Node, NoneOf, together
from kotoneuvo.advice.eligibility import Outcome, only_for_told, unsettled
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.service import Contact, Languages, Service
from kotoneuvo.advice.truth import MET, UNKNOWN
from kotoneuvo.render.cards import Line
from kotoneuvo.render.reasons import MANY, Reasons
from kotoneuvo.words import Words

QUIET = ("customer_role",)
"""Facts that are never worth a word on a card: nearly everyone comes in the same role."""


def reason_lines(assessment: Assessment, known: dict[str, Values], reasons: Reasons, words: Words) -> Iterator[Line]:
    """Why the service fits, what is still open, what would be needed."""
    _ = words.gettext
    judged = [each for each in assessment.judgements if not _quiet(each)]
    met = list(dict.fromkeys(text for each in judged if each.truth is MET for text in _met(each, known, reasons)))
    if met:
        yield Line(_("Why"), " · ".join(met))
    elif all(each.truth is MET for each in judged):
        yield Line(_("Why"), _("open to everyone"))
    still = [each for each in judged if each.truth is not MET]
    if still:
        label = _("Depends on") if assessment.outcome is Outcome.POSSIBLE else _("Needs")
        yield Line(label, " · ".join(_still(each, reasons, words) for each in still))


def _quiet(judgement: Judgement) -> bool:
    return isinstance(judgement.node, Criterion) and judgement.node.fact in QUIET


def _met(judgement: Judgement, known: dict[str, Values], reasons: Reasons) -> Iterator[str]:
    """What is known that meets a criterion; of a group the first alternative that holds."""
    node = judgement.node
    if isinstance(node, Criterion):
        yield f"{reasons.title(node)}: {reasons.has(node, known)}"
    elif isinstance(node, AnyOf):
        holding = next(part for part in judgement.parts if together(part) is MET)
        for each in holding:
            yield from _met(each, known, reasons)


def _still(judgement: Judgement, reasons: Reasons, words: Words) -> str:
    """What an open or unmet condition waits for; of an open group only what is open in it."""
    node = judgement.node
    if not isinstance(node, Criterion) and judgement.truth is UNKNOWN:
        waiting = " · ".join if isinstance(node, NoneOf) else words.gettext(" or ").join
        open_still = list(unsettled((judgement,)))
        asked = [each for each in open_still if not only_for_told(each, reasons.facts)]
        return waiting(dict.fromkeys(_condition(each, reasons, node) for each in asked or open_still))
    return _condition(node, reasons, node) if isinstance(node, Criterion) else reasons.needs(node)


def _condition(criterion: Criterion, reasons: Reasons, group: Node) -> str:
    """A criterion with its fact's name; inside an exclusion with a "not" before what is excluded."""
    fact = reasons.facts[criterion.fact]
    if fact.kind == "choice" and len(criterion.accept) > MANY:
        return reasons.title(criterion)  # a list as long as the question itself says nothing
    needs = reasons.needs(criterion)
    if isinstance(group, NoneOf) and criterion.accept:
        needs = reasons.words.gettext("not: {what}").format(what=needs)
    return f"{reasons.title(criterion)}: {needs}"


def contact_lines(service: Service, words: Words) -> Iterator[Line]:
    """Phones, e-mails, addresses, hours and pages, in the order in which one would use them."""
    _ = words.gettext
    for contact in service.phones:
        yield Line(_("Phone"), _said(contact, words), "tel:" + contact.value.replace(" ", ""))
    for contact in service.emails:
        yield Line(_("E-mail"), _said(contact, words), "mailto:" + contact.value)
    for contact in service.addresses:
        yield Line(_("Address"), _said(contact, words))
    for contact in service.schedules:
        yield Line(_("Open"), _said(contact, words))
    for contact in service.urls:
        yield Line(_("Web"), _said(contact, words), contact.value)


def nearest_contact(service: Service, words: Words) -> Iterable[Line]:
    """The one contact to show where there is room for one: a phone number, else a page, else whatever there is."""
    lines = list(contact_lines(service, words))
    quick = [line for line in lines if line.link.startswith("tel:")] or [line for line in lines if "://" in line.link]
    return (quick or lines)[:1]


def _said(contact: Contact, words: Words) -> str:
    """The contact with the words around it: "09 123 (advice; Mon–Fri 9–15)"."""
    around = "; ".join(words.pick(text) for text in (contact.text, contact.hours) if text)
    if not contact.value:
        return around
    return f"{contact.value} ({around})" if around else contact.value


def practical_lines(service: Service, words: Words) -> Iterable[Line]:
    """Languages served and cost."""
    _ = words.gettext
    if service.languages:
        yield Line(_("Languages"), _languages(service.languages, words))
    if service.cost:
        yield Line(_("Cost"), _("free of charge") if service.cost.free else words.pick(service.cost.text))


def _languages(served: Languages, words: Words) -> str:
    _ = words.gettext
    parts = [words.language_name(code) for code in served.codes]
    if served.count > len(parts):
        parts.append(_("{count} languages in all").format(count=served.count))
    if served.interpreter:
        parts.append(_("others through an interpreter"))
    return ", ".join(parts) or _("in one's own language; the languages are not listed")
