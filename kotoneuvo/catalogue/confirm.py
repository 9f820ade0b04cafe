"""What was found to be so, or to be otherwise, written into a catalogue file; its comments and order stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from kotoneuvo.advice.problems import N_, InputProblems, Problem, closest
from kotoneuvo.advice.situation import unknown_name
from kotoneuvo.catalogue.contact_changes import NO_CONTACT, SEVERAL, is_contact, names_of, same_kind, speaks_of
from kotoneuvo.catalogue.field_reader import day_of
from kotoneuvo.catalogue.files import parse_toml
from kotoneuvo.catalogue.old_form import OLD_FIELDS
from kotoneuvo.catalogue.overlays import KEYS, CatalogueFile, lay_by_key
from kotoneuvo.catalogue.read_contacts import DOCUMENT_DATE, WAYS

CONFIRMED, TOLD = "confirmed", "told"
"""The source keys of a page that no source of the entry names yet, and of a person's word."""
ACCESS = "access"
_ALONE = re.compile(r"(?<!\r)\n")
"""The end of a line in a file where others end otherwise."""
_Raw = MutableMapping[str, Any]
_NOTHING: Mapping[str, Any] = {}


class Evidence(NamedTuple):
    """What shows that something is so on `day`: the page at `url`, or what was `said` (how and by which role)."""

    day: date
    url: str = ""
    said: str = ""


class Change(NamedTuple):
    """One thing that was found about a service (`entry`: its id) or an office (its place, "municipality:091").

    `part`: "" is the entry as a whole, "access" its way in, anything else the contact point that has this value or
    name. `values` are the fields that are new; without any all of it is still right. `others_right`: so are the values
    beside the new ones. `gone`: there is no such contact point any more.
    """

    entry: str
    evidence: Evidence
    part: str = ""
    values: Mapping[str, Any] = _NOTHING
    others_right: bool = False
    gone: bool = False


def write_changes(text: str, changes: Iterable[Change], below: Sequence[CatalogueFile], path: Path) -> str:
    """The text of a catalogue file with all of `changes`; `below` are the files that it is laid over.

    Of what lies below, only what is new is written: a contact point is named by `replace`. A page that confirms an
    entry as a whole gives its date to all that rests on that page, and a `recheck` that has come goes. A contact point
    of which only some values are new keeps its old date: the other values were not seen. Lines end as those of the
    file do. Raises InputProblems with every change that cannot be made, also if the file would then say something else.
    """
    problems: list[Problem] = []
    written = text
    for change in changes:
        try:
            written = _with(written, change, below, path)
        except InputProblems as error:
            problems += [each._replace(entry=each.entry or change.entry) for each in error.problems]
    if problems:
        raise InputProblems(problems)
    if text.count("\n") and text.count("\n") == text.count("\r\n"):
        written = _ALONE.sub("\r\n", written)
    return written


def confirmed_until(spec: Mapping[str, Any], url: str) -> date | None:
    """The last day on which an entry says that it was confirmed, by its own date and by that of the page `url`."""
    sources = spec.get("sources", {})
    listed = sources.values() if isinstance(sources, dict) else ()
    pages = [page.get("date") for page in listed if isinstance(page, dict) and page.get("url") == url]
    return max(filter(None, map(day_of, (spec.get("assured"), *pages))), default=None)


def _with(text: str, change: Change, below: Sequence[CatalogueFile], path: Path) -> str:
    """The text with one change."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    kind = kind_of(change.entry)
    wanted = parse_toml(text, str(path))
    _check(wanted, kind, change.entry)
    entries = lay_by_key((*below, CatalogueFile(path, parse_toml(text))), kind)
    if change.entry not in entries:
        raise InputProblems([unknown_name("service", change.entry, tuple(entries))])
    if _entry(wanted, kind, change.entry) is None:
        added = f'[[{kind}]]\n{KEYS[kind]} = "{change.entry}"\n'
        text = f"{text.rstrip()}\n\n{added}" if text.strip() else added
        wanted = parse_toml(text)
    try:
        document = tomlkit.parse(text)
    except (TOMLKitError, RecursionError) as error:
        raise InputProblems([Problem("this is not valid TOML: {reason}", {"reason": str(error)})]) from None
    for raw, form in (
        (wanted, _Form(dict, dict, list)),
        (document, _Form(tomlkit.table, tomlkit.inline_table, tomlkit.aot)),
    ):
        entry = _entry(raw, kind, change.entry)
        assert entry is not None
        _Writer(entry, entries[change.entry].spec, change, form).write()
    written = document.as_string()
    if not _says(written, wanted):
        raise InputProblems([Problem("the file is written in a way that cannot be changed safely; change it by hand")])
    return written


def part_names(spec: Mapping[str, Any]) -> list[str]:
    """A name for each contact point of an entry by which it alone is known; those without one are left out."""
    contacts = [each for each in spec.get("contact", []) if isinstance(each, dict)]
    found = []
    for contact in contacts:
        named = names_of(contact)
        alone = (each for each in named if sum(is_contact(other, each) for other in contacts) == 1)
        name = next(alone, next(iter(named), ""))
        found += [name] if name else []
    return list(dict.fromkeys(found))


def kind_of(entry: str) -> str:
    """Whether the key of an entry is that of an "office" (its place) or of a "service" (its id)."""
    return "office" if ":" in entry else "service"


class _Form(NamedTuple):
    """How new tables are made: plain ones, or such that keep the form of the file."""

    table: Callable[[], Any]
    inline: Callable[[], Any]
    tables: Callable[[], Any]


class _Writer:
    """One change written into the entry of a file; `laid` is the entry as all files together describe it."""

    def __init__(self, entry: _Raw, laid: Mapping[str, Any], change: Change, form: _Form) -> None:
        self.entry = entry
        self.laid = laid
        self.change = change
        self.form = form

    def write(self) -> None:
        """Raises InputProblems if the entry has no such part."""
        if not self.change.part:
            self._whole()
        elif self.change.part == ACCESS:
            self._access()
        else:
            self._contact()

    def _whole(self) -> None:
        """The entry as a whole: the day on which it was seen to run, and the page that all rests on that it shows."""
        evidence = self.change.evidence
        if kind_of(self.change.entry) == "service":
            self.entry["assured"] = evidence.day.isoformat()
        recheck = day_of(self.entry["recheck"]) if "recheck" in self.entry else None
        if recheck and recheck <= evidence.day:
            del self.entry["recheck"]
        key = next((key for key, source in self._sources() if evidence.url and source.get("url") == evidence.url), "")
        if not key:
            self._cite()
            return
        source = self._own_sources().setdefault(key, self.form.inline())
        source["url"], source["date"] = evidence.url, evidence.day.isoformat()
        # What showed the age of an undated page is no longer what its date rests on.
        source.pop("seen", None)

    def _access(self) -> None:
        """The way in: the source alone says that what lies below is still so."""
        table = self.entry.setdefault(ACCESS, self.form.inline())
        table.update({name: self._made(value) for name, value in self.change.values.items()})
        table["source"] = self._cite()

    def _contact(self) -> None:
        self._refuse_old_form()
        part, values = self.change.part, self.change.values
        meant = [each for each in self.laid.get("contact", []) if is_contact(each, part)]
        if not meant:
            known = tuple(dict.fromkeys(value for each in self.laid.get("contact", []) for value in names_of(each)))
            raise InputProblems([Problem(NO_CONTACT, {"found": part}, allowed=known, suggestion=closest(part, known))])
        if len(meant) > 1 and not same_kind(meant, part, values):
            raise InputProblems([Problem(SEVERAL, {"found": part})])
        listed = self.entry.setdefault("contact", self.form.tables())
        own = [each for each in listed if any(speaks_of(each, contact) for contact in meant)]
        if self.change.gone:
            self._gone(listed, own)
            return
        if not own:
            inline = self.form.inline if not isinstance(listed, type(self.form.tables())) else self.form.table
            listed.append(inline())
            own = [listed[-1]]
            own[0]["replace"] = part
        values = self._pages(values, meant)
        for table in own:
            table.update({name: self._made(value) for name, value in values.items()})
            table["source"] = self._cite()
            table.pop("date", None)
            if not self.change.others_right and any(set(each) & set(WAYS) - set(values) for each in meant) and values:
                table["date"] = min(map(self._dated, meant))

    def _pages(self, values: Mapping[str, Any], meant: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """One new page among several by language takes the place of the one that was named."""
        pages = meant[0].get("url")
        if not isinstance(values.get("url"), str) or not isinstance(pages, dict):
            return values
        named = [each for each, page in pages.items() if is_contact({"url": page}, self.change.part)]
        return {**values, "url": {**pages, **{each: values["url"] for each in named}}} if named else values

    def _gone(self, listed: Any, own: Sequence[Any]) -> None:
        """An own contact point is taken out; one of a file below is said to be gone."""
        kept = [each for each in own if "replace" in each]
        for each in own:
            if "replace" not in each:
                listed.remove(each)
        if own and not kept:
            if not listed:
                del self.entry["contact"]
            return
        if not kept:
            listed.append(self.form.table())
            kept = [listed[-1]]
            kept[0]["replace"] = self.change.part
        for each in kept:
            for name in [name for name in each if name != "replace"]:
                del each[name]
            each["gone"], each["source"] = True, self._cite()

    def _dated(self, contact: Mapping[str, Any]) -> str:
        """The day of a contact point as it is written, or that of its source."""
        key = str(contact.get("source", "")).partition(":")[0]
        source = dict(self._sources()).get(key, {})
        return str(contact.get("date") or source.get("date") or DOCUMENT_DATE.isoformat())

    def _sources(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The sources of the entry in all files, by key."""
        yield from ((key, each) for key, each in {**self.laid.get("sources", {}), **self._own()}.items())

    def _own(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.entry.get("sources", {})
        return found

    def _own_sources(self) -> _Raw:
        found: _Raw = self.entry.setdefault("sources", self.form.inline())
        return found

    def _cite(self) -> str:
        """The key of a source that is just this evidence; it is added if there is none."""
        evidence = self.change.evidence
        page = {"url": evidence.url, "said": evidence.said, "date": evidence.day.isoformat()}
        page = {name: value for name, value in page.items() if value}
        used = dict(self._sources())
        for key, source in used.items():
            if dict(source) == page:
                return key
        base = CONFIRMED if evidence.url else TOLD
        key = base if base not in used else next(key for n in count(2) if (key := f"{base}{n}") not in used)
        source = self.form.inline()
        source.update(page)
        self._own_sources()[key] = source
        return key

    def _made(self, value: Any) -> Any:
        """A value as the file writes it: a table in one line."""
        if not isinstance(value, Mapping):
            return value
        table = self.form.inline()
        table.update(value)
        return table

    def _refuse_old_form(self) -> None:
        old = [name for name in OLD_FIELDS if name in self.entry]
        if old:
            raise InputProblems(
                [
                    Problem(
                        N_("the old form of contacts: write one [[service.contact]] table for each door"),
                        fieldname=old[0],
                    )
                ]
            )


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
        raise InputProblems([Problem("a table is needed here, such as { … }", entry=key, fieldname="sources")])
    if not isinstance(contacts, list) or not all(isinstance(each, dict) for each in contacts):
        raise InputProblems([Problem("these are written as [[service.…]] tables", entry=key, fieldname="contact")])
    if not isinstance(entry.get(ACCESS, {}), dict):
        raise InputProblems([Problem("a table is needed here, such as { … }", entry=key, fieldname=ACCESS)])


def _entry(raw: Mapping[str, Any], kind: str, key: str) -> _Raw | None:
    return next((each for each in raw.get(kind, []) if each.get(KEYS[kind]) == key), None)
