"""Turn a check of links into changes of a catalogue file: confirm contacts, and note what pages no longer show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kotoneuvo.catalogue.change import REGISTER, EntryChange, Evidence, kind_of
from kotoneuvo.catalogue.contact_changes import date_of, is_contact
from kotoneuvo.catalogue.links import Link
from kotoneuvo.catalogue.overlays import Entry


def changes_from(links: Sequence[Link], entries: Mapping[str, Entry], today: date) -> list[EntryChange]:
    """The changes that confirm contacts which are still on their page, and note contacts and pages that are gone.

    `entries` are services and offices by key. A page that just failed to answer is not noted: it may work tomorrow.
    """
    changes: dict[tuple[str, str], EntryChange] = {}
    for url, each in ((link.url, each) for link in links for each in link.shown):
        if each.entry in entries and _dated(entries[each.entry].spec, each.value) < today.isoformat():
            changes[each.entry, each.value] = EntryChange(each.entry, Evidence(today, url), each.value)
    for name, notes in _lost(links).items():
        # Offices have no field for notes.
        known = name in entries and kind_of(name) == "service"
        if known and (fields := _note_fields(entries[name].spec, notes, today)):
            changes[name, REGISTER] = EntryChange(name, Evidence(today), REGISTER, fields)
    return list(changes.values())


def _lost(links: Sequence[Link]) -> dict[str, list[str]]:
    """The notes for each entry: what its pages no longer show, and which pages are gone for good."""
    lost: dict[str, list[str]] = {}
    for link in links:
        for each in link.missing:
            lost.setdefault(each.entry, []).append(f"{link.url}: no longer shows {each.value}")
        for name in link.services if link.answer.for_good else ():
            lost.setdefault(name, []).append(f"{link.url}: {link.why or link.answer.value}")
    return lost


def _dated(spec: Mapping[str, Any], value: str) -> str:
    """The date of the contact point that has `value`, as written; empty if it has none."""
    named = [each for each in spec.get("contact", ()) if is_contact(each, value)]
    # Later than any day: if it is not clear which contact point is meant, none is confirmed.
    if len(named) != 1:
        return "9999"
    return date_of(named[0], spec.get("sources", {}))


def _note_fields(spec: Mapping[str, Any], notes: list[str], today: date) -> dict[str, Any]:
    """The fields `keeper_note`, with the new notes added, and `recheck`; empty if the entry has these notes already."""
    before = spec.get("keeper_note", "")
    text = before if isinstance(before, str) else str(next(iter(before.values()), ""))
    fresh = [each for each in notes if each not in text]
    if not fresh:
        return {}
    note = "; ".join(filter(None, (text, *(f"{each} ({today})" for each in fresh))))
    # The reader refuses a `recheck` that is not after the last confirmation.
    recheck = {"recheck": today.isoformat()} if str(spec.get("assured", "")) < today.isoformat() else {}
    return {"keeper_note": note, **recheck}
