"""What may be printed: nothing that would reveal the client's situation to a stranger who finds the paper.

A service is held back if its name, texts or conditions would reveal that its clients are undocumented, were trafficked,
fled violence or the like; a notice, if its text or its conditions would.
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

# In all three languages, because a service of an overlay may have its texts in one only.
_REVEALING_WORDS = (
    "undocumented", "trafficking", "without papers", "paperless", "paperiton", "paperittom", "ihmiskaup",
    "ilman papereita", "papperslös", "människohandel", "utan papper",
)  # fmt: skip
_FEW_STATUSES = 12
"""A condition that accepts at most this many residence statuses (of 37) reveals too much about who meets it."""


def held_back(report: Report, names: Iterable[str]) -> tuple[str, ...]:
    """The ids among `names` (services and notices) that would reveal something about the client."""
    facts, notices = report.catalogue.facts, {each.id: each for each in report.catalogue.notices}
    services = report.catalogue.services
    return tuple(
        name
        for name in names
        if (notice_reveals_client(notices[name], facts) if name in notices else reveals_client(services[name], facts))
    )


def reveals_client(service: Service, facts: FactBook) -> bool:
    """Whether a service reveals something about its clients that a stranger must not read."""
    if service.discreet or any(_reveals(node, facts) for node in service.eligibility):
        return True
    return any(has_revealing_words(text) for text in (service.name, service.summary, service.access.how))


def notice_reveals_client(notice: Notice, facts: FactBook) -> bool:
    """Whether a notice reveals something about the people it concerns."""
    return any(_reveals(node, facts) for node in notice.who) or has_revealing_words(notice.text)


def has_revealing_words(text: Text) -> bool:
    """Whether a text contains, in any language, a word that must not be printed."""
    words = " ".join(text.values()).casefold()
    return any(word in words for word in _REVEALING_WORDS)


def _reveals(node: Node, facts: FactBook) -> bool:
    """Whether a condition on an "off_paper" fact is met by few people only."""
    if isinstance(node, AnyOf):
        return all(any(_reveals(part, facts) for part in table) for table in node.tables)
    if not isinstance(node, Criterion) or "off_paper" not in facts[node.fact].sensitivity:
        return False
    asked = node.maybe
    if node.fact in facts.never_asked:
        return True in asked  # a fact that is never asked reveals something, however many may come
    # A long list of statuses does not show which one the client has.
    return asked == {True} or (node.fact == "status" and len(asked) <= _FEW_STATUSES)
