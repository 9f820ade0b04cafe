"""Which bundled service a PTV service is: proposed by name, place and shared contacts, with what would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.service import MAINLAND, NATIONWIDE, Catalogue, Service
from kotoneuvo.catalogue.ptv.contacts import KEY, Spec

ALIKE = 0.75
"""How alike two names must be (0 to 1) to be proposed, where nothing else speaks for it; shared contacts need less."""
_SHARED_NEEDS = 0.45


@dataclass(frozen=True)
class Proposal:
    """A PTV entry and the bundled service it seems to be; `changes` are lines of what its contacts would become.

    `origin` is the id that the entry would have by itself. `partial`: its area does not cover the service's, or that
    stands for an office in each area, so that its contacts must not become everybody's.
    """

    origin: str
    name: str
    service: str
    likeness: float
    entry: Spec
    changes: tuple[str, ...]
    partial: bool = False


def propose(entries: Iterable[Spec], catalogue: Catalogue, bundled: dict[str, Spec]) -> list[Proposal]:
    """At most one service for each entry; `bundled` are the services as their files write them.

    A match that is stored (`ptv = "…"`) is not guessed again.
    """
    stored = {str(spec["ptv"]): name for name, spec in bundled.items() if "ptv" in spec}
    found = []
    for entry in entries:
        known = stored.get(str(entry.get("ptv")))
        ranked = [(1.0, known)] if known in catalogue.services else sorted(_scores(entry, catalogue), reverse=True)
        if ranked:
            likeness, name = next((each for each in ranked if _covers(entry, each[1], catalogue)), ranked[0])
            assert name is not None
            refreshed = _refreshed(entry, name)
            partial = not _covers(entry, name, catalogue)
            changes = () if partial else tuple(_changes(bundled.get(name, {}), refreshed))
            called = next(iter(entry.get("name", {}).values()), "")
            found.append(Proposal(entry["id"], called, name, likeness, refreshed, changes, partial))
    return found


def _covers(entry: Spec, name: str | None, catalogue: Catalogue) -> bool:
    """Whether an entry serves every municipality that the service does, and this is one office everywhere."""
    service = catalogue.services[str(name)]
    if service.local_name:
        return False
    mine = set(entry.get("area", ()))
    mine |= set(catalogue.facts.mainland) if MAINLAND in mine else set()
    return NATIONWIDE in mine or mine.issuperset(service.area)


def best(proposals: Iterable[Proposal]) -> dict[str, Proposal]:
    """For each of our services the entry that is most like it, the first of several."""
    found: dict[str, Proposal] = {}
    for each in (proposal for proposal in proposals if not proposal.partial):
        found[each.service] = max(found.get(each.service, each), each, key=lambda proposal: proposal.likeness)
    return found


def _scores(entry: Spec, catalogue: Catalogue) -> Iterator[tuple[float, str]]:
    for service in catalogue.services.values():
        if _apart(entry, service):
            continue
        likeness = max(
            (
                SequenceMatcher(None, fold(mine), fold(theirs)).ratio()
                for mine in entry.get("name", {}).values()
                for theirs in service.name.values()
            ),
            default=0.0,
        )
        if likeness >= (_SHARED_NEEDS if _shares(entry, service) else ALIKE):
            yield round(likeness, 2), service.id


def _apart(entry: Spec, service: Service) -> bool:
    """Whether both name their towns and have none in common."""
    mine, theirs = set(entry.get("area", ())), set(service.area)
    wide = {NATIONWIDE, MAINLAND}
    return not (mine & wide or theirs & wide) and mine.isdisjoint(theirs)


def _shares(entry: Spec, service: Service) -> bool:
    """Whether a phone number, an e-mail address or a page is the same."""
    mine = {fold(str(each[key])) for each in entry.get("contact", ()) for key in _KEYS if key in each}
    theirs = {
        fold(value) for each in service.contacts for value in (each.phone, each.email, *each.url.values()) if value
    }
    return not mine.isdisjoint(theirs)


_KEYS = ("phone", "email", "url")


def _refreshed(entry: Spec, service: str) -> Spec:
    """Only the contacts, for the service they were found for: what it asks of people is not in them."""
    contacts = {"contact": entry["contact"]} if "contact" in entry else {}
    return {"id": service, "ptv": entry["ptv"], **contacts, "sources": {KEY: entry["sources"][KEY]}}


def _changes(before: Spec, after: Spec) -> Iterator[str]:
    """Lines of what goes and what comes, field by field."""
    if "contact" in after:
        old = [_said(each) for each in before.get("contact", ())]
        new = [_said(each) for each in after["contact"]]
        yield from (f"- {text}" for text in old if text not in new)
        yield from (f"+ {text}" for text in new if text not in old)


def _said(contact: dict[str, Any]) -> str:
    parts = []
    for key, value in contact.items():
        if key != "source":
            parts.append(str(next(iter(value.values()), "")) if isinstance(value, dict) else str(value))
    return ", ".join(parts)
