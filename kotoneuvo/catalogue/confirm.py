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
from kotoneuvo.catalogue.change import ACCESS, EntryChange, EntryWriter, kind_of
from kotoneuvo.catalogue.contact_changes import is_contact, names_of
from kotoneuvo.catalogue.files import parse_toml
from kotoneuvo.catalogue.overlays import KEYS, CatalogueFile, Entry, entries_by_key
from kotoneuvo.dates import day_of

_ALONE = re.compile(r"(?<!\r)\n")
"""The end of a line in a file where others end otherwise."""


def write_changes(text: str, changes: Iterable[EntryChange], below: Sequence[CatalogueFile], path: Path) -> str:
    """The text of a catalogue file with all of `changes`; `below` are the files that it is an overlay of.

    Of what lies below, only what is new is written: a contact point is named by `replace`. A page that confirms an
    entry as a whole gives its date to all that rests on that page, and a `recheck` that has come goes. A contact point
    of which only some values are new keeps its old date: the other values were not seen. Lines end as those of the
    file do. Raises InputProblems with every change that cannot be made, also if the file would then say something else.
    """
    changes = list(changes)
    text, wanted, waiting = _with_entries(text, changes, below, path)
    problems: list[Problem] = []
    document = _parsed(text)
    merged: dict[str, dict[str, Entry]] = {}
    changed: set[str] = set()
    for change in changes:
        if change.entry in waiting:
            problems += waiting[change.entry]
            waiting[change.entry] = ()  # said once
            continue
        kind = kind_of(change.entry)
        # Laying all files takes long: it is only done again for an entry that an earlier change has changed.
        if kind not in merged or change.entry in changed:
            merged[kind] = entries_by_key((*below, CatalogueFile(path, deepcopy(wanted))), kind)
        changed.add(change.entry)
        entry = _entry(wanted, kind, change.entry)
        try:
            EntryWriter(entry, merged[kind][change.entry].spec, change).write()
        except InputProblems as error:
            problems += [each._replace(entry=each.entry or change.entry) for each in error.problems]
        else:
            _rewrite(_entry(document, kind, change.entry), entry)
    if problems:
        raise InputProblems(problems)
    # TOML Kit loses a change in some of the forms that TOML allows (dotted keys, tables apart): so what it has written
    # is parsed again, and must say what the plain tables say.
    written = str(document.as_string())
    if not _says(written, wanted):
        raise InputProblems([Problem("the program cannot change this file safely; edit it by hand")])
    if _ends_in_returns(text):
        # TOML Kit ends its own lines with a line feed alone.
        written = _ALONE.sub("\r\n", written)
    return written


def confirmed_until(spec: Mapping[str, Any], url: str) -> date | None:
    """The last day on which an entry says that it was confirmed, by its own date and by that of the page `url`."""
    sources = spec.get("sources", {})
    listed = sources.values() if isinstance(sources, dict) else ()
    pages = [page.get("date") for page in listed if isinstance(page, dict) and page.get("url") == url]
    return max(filter(None, map(day_of, (spec.get("assured"), *pages))), default=None)


def _with_entries(
    text: str, changes: Iterable[EntryChange], below: Sequence[CatalogueFile], path: Path
) -> tuple[str, dict[str, Any], dict[str, Sequence[Problem]]]:
    """The text with a table for each entry that is changed, what it says, and why others cannot be."""
    wanted = parse_toml(text, str(path))
    problems: dict[str, Sequence[Problem]] = {}
    known: dict[str, Mapping[str, Entry]] = {}
    ending = "\r\n" if _ends_in_returns(text) else "\n"
    for key in dict.fromkeys(change.entry for change in changes):
        kind = kind_of(key)
        if wrong := _misshapen(wanted, kind, key):
            problems[key] = [wrong._replace(entry=key)]
            continue
        if kind not in known:
            known[kind] = entries_by_key((*below, CatalogueFile(path, wanted)), kind)
        if key not in known[kind]:
            problems[key] = [unknown_name("service", key, tuple(known[kind]))._replace(entry=key)]
        elif not _entry(wanted, kind, key):
            added = f'[[{kind}]]{ending}{KEYS[kind]} = "{key}"{ending}'
            text = f"{text.rstrip()}{ending}{ending}{added}" if text.strip() else added
    return text, parse_toml(text, str(path)), problems


def _ends_in_returns(text: str) -> bool:
    """Whether all lines end as on Windows: TOML Kit mixes such ends with its own."""
    return 0 < text.count("\n") == text.count("\r\n")


def _parsed(text: str) -> Any:
    """The text as a document that keeps its form. Raises InputProblems if it is not TOML."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        return tomlkit.parse(text)
    except (TOMLKitError, RecursionError) as error:
        raise InputProblems([Problem("this is not valid TOML: {reason}", {"reason": str(error)})]) from None


def _rewrite(table: Any, wanted: Mapping[str, Any]) -> None:
    """Make a table of a document say what is `wanted`; what says it already stays as it is written."""
    for name in [name for name in table if name not in wanted]:
        del table[name]
    for name, value in wanted.items():
        if name not in table:
            table[name] = made(value, as_tables=name == "contact")
        elif table[name] != value:
            if isinstance(value, dict) and isinstance(table[name], dict):
                _rewrite(table[name], value)
            elif name == "contact":
                _rewrite_list(table[name], value)
            else:
                table[name] = made(value)


def _rewrite_list(tables: Any, wanted: Sequence[Mapping[str, Any]]) -> None:
    """The same for the tables of a list: one change takes some out, or changes some and adds others."""
    from tomlkit.items import AoT

    for place in reversed(range(len(tables) if len(wanted) < len(tables) else 0)):
        if tables[place] not in wanted:
            del tables[place]
    for table, value in zip(tables, wanted, strict=False):
        _rewrite(table, value)
    for value in wanted[len(tables) :]:
        tables.append(made(value, as_table=isinstance(tables, AoT)))


def made(value: Any, *, as_table: bool = False, as_tables: bool = False) -> Any:
    """A new value of a document: tables on one line, in a list one on each, unless they are to stand `as_tables`."""
    import tomlkit

    if isinstance(value, list):
        tables: Any = tomlkit.aot() if as_tables else tomlkit.array()
        for each in value:
            tables.append(made(each, as_table=as_tables))
        return tables if as_tables else tables.multiline(any(isinstance(each, Mapping) for each in value))
    if not isinstance(value, Mapping):
        return value
    table: Any = tomlkit.table() if as_table else tomlkit.inline_table()
    for name, each in value.items():
        table[name] = made(each)
    return table


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


def _misshapen(raw: Mapping[str, Any], kind: str, key: str) -> Problem | None:
    """What is wrong if there is something else where the entry and its parts are looked for."""
    if raw.get(kind, []) != CatalogueFile(Path(), raw).specs(kind):
        return Problem(N_("these are written as [[{name}]] tables"), {"name": kind})
    entry = _entry(raw, kind, key)
    sources, contacts = entry.get("sources", {}), entry.get("contact", [])
    if not isinstance(sources, dict) or not all(isinstance(each, dict) for each in sources.values()):
        return Problem("expected a table, such as { … }", fieldname="sources")
    if not isinstance(contacts, list) or not all(isinstance(each, dict) for each in contacts):
        return Problem("these are written as [[service.…]] tables", fieldname="contact")
    if not isinstance(entry.get(ACCESS, {}), dict):
        return Problem("expected a table, such as { … }", fieldname=ACCESS)
    return None


def _entry(raw: Mapping[str, Any], kind: str, key: str) -> Any:
    """The table of an entry; an empty one if the file has none."""
    return next((each for each in raw.get(kind, []) if each.get(KEYS[kind]) == key), {})
