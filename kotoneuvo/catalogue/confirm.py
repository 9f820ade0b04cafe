"""Write findings about entries into a catalogue file, keeping its comments and its order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.situation import unknown_name
from kotoneuvo.catalogue.change import ACCESS, EntryChange, EntryWriter, kind_of
from kotoneuvo.catalogue.contact_changes import is_contact, names_of
from kotoneuvo.catalogue.files import parse_toml
from kotoneuvo.catalogue.overlays import KEYS, CatalogueFile, Entry, entries_by_key
from kotoneuvo.dates import day_of

_LINE_FEED = re.compile(r"(?<!\r)\n")
"""A line feed without a carriage return before it."""


def write_changes(text: str, changes: Iterable[EntryChange], below: Sequence[CatalogueFile], path: Path) -> str:
    """The text of a catalogue file with all of `changes`; `below` are the files that it is an overlay of.

    For entries of the files below, only the changed fields are written; a contact point is named by `replace`.
    Confirming an entry as a whole by a page that it cites also dates everything else that cites the page, and removes
    a `recheck` that has come. A contact point of which only some values changed keeps its old date.
    Line endings stay as they are. Raises InputProblems with every change that cannot be made, and if the result would
    not say exactly what was meant.
    """
    changes = list(changes)
    text, wanted, waiting = _with_entries(text, changes, below, path)
    problems: list[Problem] = []
    document = _parse_document(text)
    merged: dict[str, dict[str, Entry]] = {}
    changed: set[str] = set()
    for change in changes:
        if change.entry in waiting:
            problems += waiting[change.entry]
            waiting[change.entry] = ()  # said once
            continue
        kind = kind_of(change.entry)
        # Merging all files is slow, so it is repeated only for an entry that an earlier change has touched.
        if kind not in merged or change.entry in changed:
            # A copy, because merged entries share tables with the file, which the next change modifies.
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
    # TOML Kit silently loses changes to some forms of TOML (dotted keys, tables that are split up): so its text is
    # parsed again and compared with the plain tables, to which the same changes were made.
    written = str(document.as_string())
    if not _parses_to(written, wanted):
        raise InputProblems([Problem("the program cannot change this file safely; edit it by hand")])
    if _has_windows_line_ends(text):
        # TOML Kit ends the lines that it adds with a line feed only.
        written = _LINE_FEED.sub("\r\n", written)
    return written


def confirmed_until(spec: Mapping[str, Any], url: str) -> date | None:
    """The later of an entry's own date and that of its source `url`; None if it has neither."""
    sources = spec.get("sources", {})
    listed = sources.values() if isinstance(sources, dict) else ()
    pages = [page.get("date") for page in listed if isinstance(page, dict) and page.get("url") == url]
    return max(filter(None, map(day_of, (spec.get("assured"), *pages))), default=None)


def _with_entries(
    text: str, changes: Iterable[EntryChange], below: Sequence[CatalogueFile], path: Path
) -> tuple[str, dict[str, Any], dict[str, Sequence[Problem]]]:
    """The text with a table for every entry to change, that text parsed, and the problems of entries that cannot be."""
    wanted = parse_toml(text, str(path))
    problems: dict[str, Sequence[Problem]] = {}
    known: dict[str, Mapping[str, Entry]] = {}
    ending = "\r\n" if _has_windows_line_ends(text) else "\n"
    for key in dict.fromkeys(change.entry for change in changes):
        kind = kind_of(key)
        if wrong := _type_problem(wanted, kind, key):
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


def _has_windows_line_ends(text: str) -> bool:
    """Whether all lines end as on Windows, with a carriage return and a line feed."""
    return 0 < text.count("\n") == text.count("\r\n")


def _parse_document(text: str) -> Any:
    """The text as a TOML Kit document, which keeps comments and layout. Raises InputProblems if it is not TOML."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        return tomlkit.parse(text)
    except (TOMLKitError, RecursionError) as error:
        raise InputProblems([Problem("this is not valid TOML: {reason}", {"reason": str(error)})]) from None


def _rewrite(table: Any, wanted: Mapping[str, Any]) -> None:
    """Change a table of a document to hold what is `wanted`, touching only the values that differ."""
    for name in [name for name in table if name not in wanted]:
        del table[name]
    for name, value in wanted.items():
        if name not in table:
            table[name] = toml_item(value, as_tables=name == "contact")
        elif table[name] != value:
            if isinstance(value, dict) and isinstance(table[name], dict):
                _rewrite(table[name], value)
            elif name == "contact":
                _rewrite_list(table[name], value)
            else:
                table[name] = toml_item(value)


def _rewrite_list(tables: Any, wanted: Sequence[Mapping[str, Any]]) -> None:
    """The same for a list of tables; one change either removes tables, or changes some and appends others."""
    from tomlkit.items import AoT

    for place in reversed(range(len(tables) if len(wanted) < len(tables) else 0)):
        if tables[place] not in wanted:
            del tables[place]
    for table, value in zip(tables, wanted, strict=False):
        _rewrite(table, value)
    for value in wanted[len(tables) :]:
        tables.append(toml_item(value, as_table=isinstance(tables, AoT)))


def toml_item(value: Any, *, as_table: bool = False, as_tables: bool = False) -> Any:
    """A value as a TOML Kit item: tables inline, in a list each on its own line.

    `as_table` makes a `[table]` of a mapping, `as_tables` makes `[[tables]]` of a list.
    """
    import tomlkit

    if isinstance(value, list):
        tables: Any = tomlkit.aot() if as_tables else tomlkit.array()
        for each in value:
            tables.append(toml_item(each, as_table=as_tables))
        return tables if as_tables else tables.multiline(any(isinstance(each, Mapping) for each in value))
    if not isinstance(value, Mapping):
        return value
    table: Any = tomlkit.table() if as_table else tomlkit.inline_table()
    for name, each in value.items():
        table[name] = toml_item(each)
    return table


def part_names(spec: Mapping[str, Any]) -> list[str]:
    """What to call each contact point of an entry; those without a value or name are left out."""
    contacts = [each for each in spec.get("contact", []) if isinstance(each, dict)]
    return list(dict.fromkeys(filter(None, (part_name(each, contacts) for each in contacts))))


def part_name(contact: Mapping[str, Any], contacts: Sequence[Mapping[str, Any]]) -> str:
    """A value or name of a contact point, preferably one that no other has; empty if it has none."""
    named = names_of(contact)
    alone = (each for each in named if sum(is_contact(other, each) for other in contacts) == 1)
    return next(alone, next(iter(named), ""))


def _parses_to(text: str, wanted: Mapping[str, Any]) -> bool:
    """Whether a text parses to exactly this."""
    try:
        return parse_toml(text) == wanted
    except InputProblems:
        return False


def _type_problem(raw: Mapping[str, Any], kind: str, key: str) -> Problem | None:
    """What is wrong if the entry or its parts do not have the types that EntryWriter relies on; None if they do."""
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
    """The table of an entry in a parsed file; an empty one if there is none."""
    return next((each for each in raw.get(kind, []) if each.get(KEYS[kind]) == key), {})
