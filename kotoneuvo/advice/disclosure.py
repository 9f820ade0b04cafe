"""What may stand on paper: nothing that tells a stranger who finds it about the person.

A service is held back where its name, its texts or what it asks for would tell that its client has no papers, has been
trafficked, fled or the like; a notice where only few people meet its conditions.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kotoneuvo.advice.criteria import AnyOf, Criterion, Node
from kotoneuvo.advice.facts import FactBook, Text
from kotoneuvo.advice.notices import Notice
from kotoneuvo.advice.service import Service

if TYPE_CHECKING:
    from kotoneuvo.advice.report import Report

# Every text of the bundled catalogue is there in English, so one list of words is enough.
_UNSAID = ("undocumented", "trafficking", "without papers", "paperless")
"""What must not stand on paper, as the catalogue's English says it."""
_FEW_STATUSES = 12
"""A condition that names no more residence statuses than this (of 37) tells too much about who meets it."""


def held_back(report: Report, names: Iterable[str]) -> tuple[str, ...]:
    """The services and notices, of those named, that would tell something about the client."""
    facts, notices = report.catalogue.facts, {each.id: each for each in report.catalogue.notices}
    services = report.catalogue.services
    return tuple(
        name
        for name in names
        if (telling_notice(notices[name], facts) if name in notices else telling(services[name], facts))
    )


def telling(service: Service, facts: FactBook) -> bool:
    """Whether a service says something about its clients that a stranger must not read."""
    if service.discreet or any(_tells(node, facts) for node in service.eligibility):
        return True
    return any(names_the_unsaid(text) for text in (service.name, service.summary, service.access.how))


def telling_notice(notice: Notice, facts: FactBook) -> bool:
    """Whether a notice says something about those whom it concerns."""
    return any(_tells(node, facts) for node in notice.who) or names_the_unsaid(notice.text)


def names_the_unsaid(text: Text) -> bool:
    """Whether a text of the catalogue has a word that no paper may hold."""
    words = text.get("en", "").casefold()
    return any(word in words for word in _UNSAID)


def _tells(node: Node, facts: FactBook) -> bool:
    """A condition that only few people meet, on a fact that is nobody else's business."""
    if isinstance(node, AnyOf):
        return all(any(_tells(part, facts) for part in table) for table in node.tables)
    if not isinstance(node, Criterion) or "off_paper" not in facts[node.fact].sensitivity:
        return False
    asked = node.maybe
    if node.fact in facts.never_asked:
        return True in asked  # what is only ever told tells, however few or many may come
    # Of a long list of statuses a stranger does not learn which one it is.
    return asked == {True} or (node.fact == "status" and len(asked) <= _FEW_STATUSES)
