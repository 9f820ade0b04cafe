"""What was found to be so, or to be otherwise, written into a catalogue file; its comments and order stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import tomli

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.situation import unknown_name
from kotoneuvo.catalogue.change import ACCESS, Change, EntryWriter, Form, Raw, kind_of
from kotoneuvo.catalogue.contact_changes import is_contact, names_of
from kotoneuvo.catalogue.files import parse_toml
from kotoneuvo.catalogue.overlays import KEYS, CatalogueFile, Entry, lay_by_key
from kotoneuvo.dates import day_of

_ALONE = re.compile(r"(?<!\r)\n")
"""The end of a line in a file where others end otherwise."""


def write_changes(text: str, changes: Iterable[Change], below: Sequence[CatalogueFile], path: Path) -> str:
    """The text of a catalogue file with all of `changes`; `below` are the files that it is laid over.

    Of what lies below, only what is new is written: a contact point is named by `replace`. A page that confirms an
    entry as a whole gives its date to all that rests on that page, and a `recheck` that has come goes. A contact point
    of which only some values are new keeps its old date: the other values were not seen. Lines end as those of the
    file do. Raises InputProblems with every change that cannot be made, also if the file would then say something else.
    """
    import tomlkit

    changes = list(changes)
    text, wanted, waiting = _with_entries(text, changes, below, path)
    problems: list[Problem] = []
    document = _parsed(text)
    forms = ((wanted, Form(dict, dict, list)), (document, Form(tomlkit.table, tomlkit.inline_table, tomlkit.aot)))
    laid: dict[str, dict[str, Entry]] = {}
    changed: set[str] = set()
    said: set[str] = set()
    for change in changes:
        if change.entry in waiting:  # it is not there, or written as something else: said once
            problems += waiting[change.entry] if change.entry not in said else ()
            said.add(change.entry)
            continue
        kind = kind_of(change.entry)
        if kind not in laid or change.entry in changed:
            laid[kind] = lay_by_key((*below, CatalogueFile(path, deepcopy(wanted))), kind)
        changed.add(change.entry)
        try:
            tables = [(_entry(raw, kind, change.entry), form) for raw, form in forms]
            for entry, form in tables:
                if entry is not None:
                    EntryWriter(entry, laid[kind][change.entry].spec, change, form).write()
        except InputProblems as error:
            problems += [each._replace(entry=each.entry or change.entry) for each in error.problems]
    if problems:
        raise InputProblems(problems)
    written = str(document.as_string())
    if not _says(written, wanted):
        raise InputProblems([Problem("the program cannot change this file safely; edit it by hand")])
    if text.count("\n") and text.count("\n") == text.count("\r\n"):
        written = _ALONE.sub("\r\n", written)
    return written


def confirmed_until(spec: Mapping[str, Any], url: str) -> date | None:
    """The last day on which an entry says that it was confirmed, by its own date and by that of the page `url`."""
    sources = spec.get("sources", {})
    listed = sources.values() if isinstance(sources, dict) else ()
    pages = [page.get("date") for page in listed if isinstance(page, dict) and page.get("url") == url]
    return max(filter(None, map(day_of, (spec.get("assured"), *pages))), default=None)


def _with_entries(
    text: str, changes: Iterable[Change], below: Sequence[CatalogueFile], path: Path
) -> tuple[str, Raw, dict[str, Sequence[Problem]]]:
    """The text with a table for each entry that is changed, what it says, and why others cannot be."""
    wanted = parse_toml(text, str(path))
    problems: dict[str, Sequence[Problem]] = {}
    known: dict[str, Mapping[str, Entry]] = {}
    ending = "\r\n" if text.count("\n") and text.count("\n") == text.count("\r\n") else "\n"
    for key in dict.fromkeys(change.entry for change in changes):
        kind = kind_of(key)
        try:
            _check(wanted, kind, key)
        except InputProblems as error:
            problems[key] = [each._replace(entry=key) for each in error.problems]
            continue
        if kind not in known:
            known[kind] = lay_by_key((*below, CatalogueFile(path, wanted)), kind)
        if key not in known[kind]:
            problems[key] = [unknown_name("service", key, tuple(known[kind]))._replace(entry=key)]
        elif _entry(wanted, kind, key) is None:
            added = f'[[{kind}]]{ending}{KEYS[kind]} = "{key}"{ending}'
            text = f"{text.rstrip()}{ending}{ending}{added}" if text.strip() else added
    return text, parse_toml(text, str(path)), problems


def _parsed(text: str) -> Any:
    """The text as a document that keeps its form. Raises InputProblems if it is not TOML."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        return tomlkit.parse(text)
    except (TOMLKitError, RecursionError) as error:
        raise InputProblems([Problem("this is not valid TOML: {reason}", {"reason": str(error)})]) from None


def part_names(spec: Mapping[str, Any]) -> list[str]:
    """A name for each contact point of an entry by which it alone is known; those without one are left out."""
    contacts = [each for each in spec.get("contact", []) if isinstance(each, dict)]
    return list(dict.fromkeys(filter(None, (part_name(each, contacts) for each in contacts))))


def part_name(contact: Mapping[str, Any], contacts: Sequence[Mapping[str, Any]]) -> str:
    """What one of several contact points is known by, if possible it alone; empty if it has nothing of the kind."""
    named = names_of(contact)
    alone = (each for each in named if sum(is_contact(other, each) for other in contacts) == 1)
    return next(alone, next(iter(named), ""))


def _says(text: str, wanted: Mapping[str, Any]) -> bool:
    """Whether a text is TOML and says just that."""
    try:
        return tomli.loads(text) == wanted
    except (tomli.TOMLDecodeError, RecursionError):
        return False


def _check(raw: Mapping[str, Any], kind: str, key: str) -> None:
    """Raise InputProblems if there is something else where the entry and its parts are looked for."""
    entries = raw.get(kind, [])
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise InputProblems([Problem(N_("these are written as [[{name}]] tables"), {"name": kind})])
    entry = _entry(raw, kind, key) or {}
    sources, contacts = entry.get("sources", {}), entry.get("contact", [])
    if not isinstance(sources, dict) or not all(isinstance(each, dict) for each in sources.values()):
        raise InputProblems([Problem("expected a table, such as { … }", entry=key, fieldname="sources")])
    if not isinstance(contacts, list) or not all(isinstance(each, dict) for each in contacts):
        raise InputProblems([Problem("these are written as [[service.…]] tables", entry=key, fieldname="contact")])
    if not isinstance(entry.get(ACCESS, {}), dict):
        raise InputProblems([Problem("expected a table, such as { … }", entry=key, fieldname=ACCESS)])


def _entry(raw: Mapping[str, Any], kind: str, key: str) -> Raw | None:
    return next((each for each in raw.get(kind, []) if each.get(KEYS[kind]) == key), None)
