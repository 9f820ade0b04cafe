"""One thing that was found of an entry, and writing it into the entry's table in a catalogue file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from datetime import date
from itertools import count
from typing import Any, NamedTuple

from kotoneuvo.advice.problems import N_, InputProblems, Problem, closest
from kotoneuvo.catalogue.contact_changes import NO_CONTACT, SEVERAL, is_contact, names_of, same_kind, speaks_of
from kotoneuvo.catalogue.entry_reader import DOCUMENT_DATE, WAYS
from kotoneuvo.catalogue.old_form import OLD_FIELDS
from kotoneuvo.dates import day_of

CONFIRMED, TOLD = "confirmed", "told"
"""The source keys of a page that no source of the entry names yet, and of a person's word."""
ACCESS = "access"
REGISTER = "register"
"""The part that stands for fields of the entry as they are given: what the national register says, what it is there."""
ADDED = "added"
"""The part that stands for a contact point that the entry does not have yet."""
Raw = MutableMapping[str, Any]
_NOTHING: Mapping[str, Any] = {}


class Evidence(NamedTuple):
    """What shows that something is so on `day`: the page at `url`, or what was `said` (how and by which role).

    `seen`: what of the page shows it.
    """

    day: date
    url: str = ""
    said: str = ""
    seen: str = ""


class Change(NamedTuple):
    """One thing that was found about a service (`entry`: its id) or an office (its place, "municipality:091").

    `part`: "" is the entry as a whole, "access" its way in, "register" fields of its own, "added" a contact point that
    is new, anything else the contact point that has this value or name. `values` are the fields that are new; without
    any all of it is still right. `others_right`: so are the values beside the new ones. `gone`: there is no such
    contact point any more. `alone`: what rests on the same page as the entry is not confirmed with it.
    """

    entry: str
    evidence: Evidence
    part: str = ""
    values: Mapping[str, Any] = _NOTHING
    others_right: bool = False
    gone: bool = False
    alone: bool = False


def kind_of(entry: str) -> str:
    """Whether the key of an entry is that of an "office" (its place) or of a "service" (its id)."""
    return "office" if ":" in entry else "service"


class Form(NamedTuple):
    """How new tables are made: plain ones, or such that keep the form of the file."""

    table: Callable[[], Any]
    inline: Callable[[], Any]
    tables: Callable[[], Any]


class EntryWriter:
    """One change written into the entry of a file; `laid` is the entry as all files together describe it."""

    def __init__(self, entry: Raw, laid: Mapping[str, Any], change: Change, form: Form) -> None:
        self.entry = entry
        self.laid = laid
        self.change = change
        self.form = form

    def write(self) -> None:
        """Raises InputProblems if the entry has no such part."""
        if self.change.part == REGISTER:
            self.entry.update({name: self._made(value) for name, value in self.change.values.items()})
        elif self.change.part == ADDED:
            self._added()
        elif not self.change.part:
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
        if not key or self.change.alone:
            self._cite()
            return
        source = self._own_sources().setdefault(key, self.form.inline())
        source["url"], source["date"] = evidence.url, evidence.day.isoformat()
        # What showed the age of an undated page is no longer what its date rests on.
        source.pop("seen", None)
        source.update({"seen": evidence.seen} if evidence.seen else {})

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
            for name in [name for name in values if "replace" not in table and table[name] in ("", {})]:
                del table[name]
            table["source"] = ("" if values else self._renewed(table)) or self._cite()
            table.pop("date", None)
            if not self.change.others_right and any(set(each) & set(WAYS) - set(values) for each in meant) and values:
                table["date"] = min(map(self._dated, meant))

    def _added(self) -> None:
        """One contact point more; those of the files below stay as they are, each with its own source and day."""
        self._refuse_old_form()
        listed = self.entry.setdefault("contact", self.form.tables())
        below = self.laid.get("contact", [])
        if below and not listed:
            first = below[0]
            self._append(listed, {"replace": names_of(first)[0], "source": first["source"], "date": self._dated(first)})
        self._append(listed, {**self.change.values, "source": self._cite()})

    def _append(self, listed: Any, values: Mapping[str, Any]) -> None:
        inline = self.form.inline if not isinstance(listed, type(self.form.tables())) else self.form.table
        listed.append(inline())
        listed[-1].update({name: self._made(value) for name, value in values.items()})

    def _pages(self, values: Mapping[str, Any], meant: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """One new page among several by language takes the place of the one that was named."""
        pages = meant[0].get("url")
        if not isinstance(values.get("url"), str) or not isinstance(pages, dict):
            return values
        named = [each for each, page in pages.items() if is_contact({"url": page}, self.change.part)]
        return {**values, "url": {**pages, **dict.fromkeys(named, values["url"])}} if named else values

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

    def _own_sources(self) -> Raw:
        found: Raw = self.entry.setdefault("sources", self.form.inline())
        return found

    def _cite(self) -> str:
        """The key of a source that is just this evidence; it is added if there is none."""
        evidence = self.change.evidence
        page = {"url": evidence.url, "said": evidence.said, "date": evidence.day.isoformat(), "seen": evidence.seen}
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

    def _renewed(self, table: Mapping[str, Any]) -> str:
        """The source key of a table if an earlier confirmation wrote it for just this page and table: it is renewed.

        Empty if it must be another one.
        """
        key, evidence = str(table.get("source", "")), self.change.evidence
        source = self._own().get(key)
        if not key.startswith(CONFIRMED) or not evidence.url or not source or source.get("url") != evidence.url:
            return ""
        if (
            sum(each == key for each in _cited({name: each for name, each in self.entry.items() if name != "sources"}))
            > 1
        ):
            return ""
        source["date"] = evidence.day.isoformat()
        source.pop("seen", None)
        source.update({"seen": evidence.seen} if evidence.seen else {})
        return key

    def _made(self, value: Any) -> Any:
        """A value as the file writes it: tables in one line, also in a list."""
        if isinstance(value, list):
            return [self._made(each) for each in value]
        if not isinstance(value, Mapping):
            return value
        table = self.form.inline()
        table.update({name: self._made(each) for name, each in value.items()})
        return table

    def _refuse_old_form(self) -> None:
        old = [name for name in OLD_FIELDS if name in self.entry]
        if old:
            raise InputProblems(
                [
                    Problem(
                        N_("old form of contacts: write one [[service.contact]] table for each contact point"),
                        fieldname=old[0],
                    )
                ]
            )


def _cited(value: object) -> Iterator[str]:
    """Every text in a value: those that are source keys are among them."""
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _cited(each)
    elif isinstance(value, list):
        for each in value:
            yield from _cited(each)
    elif isinstance(value, str):
        yield value.partition(":")[0]
