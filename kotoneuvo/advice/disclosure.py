"""What may stand on paper: nothing that tells a stranger who finds it about the person.

A service is held back where its name, its texts or what it asks for would tell that its client has no papers, has been
trafficked, fled or the like; a notice where only few people meet its conditions.
"""

from __future__ import annotations

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.criteria import AnyOf, Criterion, Node
from kotoneuvo.advice.facts import Text
from kotoneuvo.advice.service import Notice

_TELLING = (
    "status", "undocumented", "trafficking_victim", "in_asylum_process", "refugee_or_comparable", "family_of_protected",
    "violence", "wants_return_to_home_country",
)  # fmt: skip
"""Facts that must not be read from a sheet of paper that a stranger finds."""
_UNSAID = ("undocumented", "trafficking", "without papers", "paperless")
"""What must not stand on paper, as the catalogue's English says it."""
_FEW_STATUSES = 12
"""A condition that names no more residence statuses than this (of 37) tells too much about who meets it."""


def telling(assessment: Assessment) -> bool:
    """Whether a service says something about its clients that a stranger must not read."""
    service = assessment.service
    if service.discreet or any(_tells(judgement.node) for judgement in assessment.judgements):
        return True
    return any(names_the_unsaid(text) for text in (service.name, service.summary, service.access.how))


def telling_notice(notice: Notice) -> bool:
    """Whether a notice says something about those whom it concerns."""
    return any(_tells(node) for node in notice.who) or names_the_unsaid(notice.text)


def names_the_unsaid(text: Text) -> bool:
    """Whether a text of the catalogue has a word that no paper may hold."""
    words = text.get("en", "").casefold()
    return any(word in words for word in _UNSAID)


def _tells(node: Node) -> bool:
    """A condition that only few people meet, on a fact that is nobody else's business."""
    if isinstance(node, AnyOf):
        return all(any(_tells(part) for part in table) for table in node.tables)
    if not isinstance(node, Criterion) or node.fact not in _TELLING:
        return False
    asked = node.accept | node.unclear
    return asked == {True} or (node.fact == "status" and len(asked) <= _FEW_STATUSES)
