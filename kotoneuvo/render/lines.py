"""The lines of a card: reasons, way in, contacts, languages, cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.changes import closed_for_good
from kotoneuvo.advice.criteria import AnyOf, Criterion, Judgement, Node, NoneOf, Unread, together
from kotoneuvo.advice.eligibility import Outcome, only_for_told, unsettled
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.hours import Closure
from kotoneuvo.advice.service import Access, ContactPoint, Languages, Service
from kotoneuvo.advice.truth import MET, UNKNOWN
from kotoneuvo.dates import partial_date_in_numbers
from kotoneuvo.render.cards import Line
from kotoneuvo.render.hours import hours_text
from kotoneuvo.render.reasons import MANY, Reasons
from kotoneuvo.words import Words, printable

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
        yield Line(label, " · ".join(_still(each, known, reasons, words) for each in still))


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


def contact_lines(contacts: Iterable[ContactPoint], words: Words, day: date, assured: date) -> Iterator[Line]:
    """Each door with what belongs to it: phone, e-mail, address, hours, page; the words about it stand at the first.

    A door that is too old on `day`, and older than the entry's own date `assured`, says so; so does one that no page
    shows.
    """
    for contact in contacts:
        about = about_contact(contact, words)
        if contact.said:
            about.append(told(contact.said, contact.dated, words))
        elif contact.stale(day) and contact.confirmed and contact.confirmed < assured:
            about.append(words.gettext("information from {date}").format(date=partial_date_in_numbers(contact.dated)))
        lines = _door(contact, words, day)
        for place, (label, text, inside, link) in enumerate(lines):
            around = "; ".join([*(about if place == 0 else ()), *filter(None, [inside])])
            said = f"{text} ({around})" if text and around else text or around
            yield Line(label, said, link)


def told(said: str, dated: str, words: Words) -> str:
    """Marks what rests on a person's word: "told: by phone, the service's adviser, 30.11.2026"."""
    date_told = partial_date_in_numbers(dated)
    return words.gettext("told: {how}, {date}").format(how=printable(words.gettext(said)), date=date_told)


def about_contact(contact: ContactPoint, words: Words) -> list[str]:
    """What a door is called, for whom it is, and the languages served there."""
    about = [words.pick(text) for text in (contact.name, contact.audience) if text]
    if contact.languages or contact.interpreter:
        about.append(language_list(contact.languages, words, interpreter=contact.interpreter))
    return about


def hours_of(contact: ContactPoint, words: Words, day: date) -> str:
    """The hours of a door in words, with the exceptions that are not over on a day."""
    usual = hours_text(contact.opening_hours, words.locale) if contact.opening_hours else ""
    parts = [usual or (words.pick(contact.hours) if contact.hours else "")]
    parts += [_exception(each, words) for each in contact.exceptions if each.last >= day]
    return "; ".join(filter(None, parts))


def page_of(contact: ContactPoint, words: Words) -> tuple[str, str]:
    """The page for a reader of this language, and the name of its language where that is another one."""
    language, page = contact.page(words.language)
    return page, words.language_name(language) if language not in ("", words.language) else ""


def _door(contact: ContactPoint, words: Words, day: date) -> Iterator[tuple[str, str, str, str]]:
    """The lines of one door: label, text, words inside the brackets, link."""
    _ = words.gettext
    hours = hours_of(contact, words, day)
    if contact.phone:
        yield _("Phone"), contact.phone, hours, "tel:" + contact.phone.replace(" ", "")
    if contact.email:
        yield _("E-mail"), contact.email, "", "mailto:" + contact.email
    if contact.address or contact.place:
        yield _("Address"), contact.address or words.pick(contact.place), "", ""
    if hours and not contact.phone:
        yield _("Open"), "", hours, ""
    if contact.postal:
        yield _("Post"), contact.postal, "", ""
    page, language = page_of(contact, words)
    if page:
        yield _("Web"), page, language, page


def _exception(closure: Closure, words: Words) -> str:
    """ "24.12.2026–26.12.2026 closed"."""
    days = "–".join(words.date(day) for day in dict.fromkeys((closure.first, closure.last)))
    hours = hours_text(closure.hours, words.locale) if closure.hours else words.gettext("closed")
    return f"{days} {hours}"


def nearest_contact(contacts: Iterable[ContactPoint], words: Words, day: date, assured: date) -> Iterable[Line]:
    """The one contact to show where there is room for one: a phone number, else a page, else whatever there is."""
    lines = list(contact_lines(contacts, words, day, assured))
    quick = [line for line in lines if line.link.startswith("tel:")] or [line for line in lines if "://" in line.link]
    return (quick or lines)[:1]


def way_in(access: Access, words: Words) -> str:
    """The way in in words, marked where it rests on a person's word; empty if there are none."""
    how = words.pick(access.how) if access.how else ""
    mark = told(access.said, access.confirmed.isoformat(), words) if access.said and access.confirmed else ""
    return f"{how} ({mark})" if how and mark else how


def practical_lines(service: Service, words: Words) -> Iterable[Line]:
    """Languages served and cost."""
    _ = words.gettext
    if service.languages:
        yield Line(_("Languages"), _languages(service.languages, words))
    if service.cost:
        yield Line(_("Cost"), _("free of charge") if service.cost.free else words.pick(service.cost.text))


def language_list(codes: Iterable[str], words: Words, count: int = 0, *, interpreter: bool = False) -> str:
    """Languages served, as a list; `count` where there are more than are named."""
    _ = words.gettext
    parts = [words.language_name(code) for code in codes]
    if count > len(parts):
        parts.append(_("{count} languages in all").format(count=count))
    if interpreter:
        parts.append(_("others through an interpreter"))
    return ", ".join(parts)


def _languages(served: Languages, words: Words) -> str:
    said = language_list(served.codes, words, served.count, interpreter=served.interpreter)
    return said or words.gettext("in one's own language; the languages are not listed")
