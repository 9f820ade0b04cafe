"""Write one finding about an entry (still right, changed, gone, added) into the entry's table of a catalogue file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any, NamedTuple

from kotoneuvo.advice.problems import InputProblems, Problem, closest
from kotoneuvo.catalogue.contact_changes import NO_CONTACT, SEVERAL, date_of, fits_all, is_about, is_contact, names_of
from kotoneuvo.catalogue.entry_reader import DOCUMENT_DATE, WAYS
from kotoneuvo.catalogue.old_form import OLD_FIELDS, OLD_FORM
from kotoneuvo.catalogue.outdated import cited_in
from kotoneuvo.dates import day_of

CONFIRMED, TOLD = "confirmed", "told"
"""The source keys that are used for a page that the entry does not cite yet, and for a spoken word."""
ACCESS = "access"
REGISTER = "register"
"""The part for fields of the entry itself that are taken over from the national register."""
ADDED = "added"
"""The part for a contact point that the entry does not have yet."""
Raw = dict[str, Any]
_NOTHING: Mapping[str, Any] = {}


class Evidence(NamedTuple):
    """What shows, on `day`, that something is right: the page at `url`, or what was `said` (how, and by which role).

    `seen` says which part of the page shows it.
    """

    day: date
    url: str = ""
    said: str = ""
    seen: str = ""


class EntryChange(NamedTuple):
    """One finding about a service (`entry` is its id) or an office (`entry` is its place, "municipality:091").

    `part`: "" is the entry as a whole, "access" its way in, "register" fields of the entry itself, "added" a new
    contact point; anything else names an existing contact point by one of its values or names.
    `values` are the fields that have changed; if it is empty, the part is still right as it is.
    `others_right`: the values beside the changed ones were confirmed too. `gone`: the contact point no longer exists.
    `entry_only`: confirm the entry, but not the other things that cite the same page.
    """

    entry: str
    evidence: Evidence
    part: str = ""
    values: Mapping[str, Any] = _NOTHING
    others_right: bool = False
    gone: bool = False
    entry_only: bool = False


def kind_of(entry: str) -> str:
    """ "office" for the place of an office, "service" for the id of a service."""
    return "office" if ":" in entry else "service"


class EntryWriter:
    """Writes a change into `entry`, its table in one file; `merged` is the entry as all files together describe it."""

    def __init__(self, entry: Raw, merged: Mapping[str, Any], change: EntryChange) -> None:
        self.entry = entry
        self.merged = merged
        self.change = change
        self.sources: Mapping[str, Raw] = {**merged.get("sources", {}), **entry.get("sources", {})}

    def write(self) -> None:
        """Make the change. Raises InputProblems if the entry has no such part."""
        values = self.change.values
        match self.change.part:
            case "":
                self._confirm_entry()
            # `case REGISTER` would match anything and assign it to the name.
            case part if part == REGISTER:
                self.entry |= values
            case part if part == ACCESS:
                # In an overlay, a source without other fields confirms the way in of the file below.
                table = self.entry.setdefault(ACCESS, {})
                table |= values
                table["source"] = self._cite()
            case _:
                old = next((name for name in OLD_FIELDS if name in self.entry), "")
                if old:
                    raise InputProblems([Problem(OLD_FORM, fieldname=old)])
                write = self._add_contact if self.change.part == ADDED else self._change_contact
                write(self.entry.setdefault("contact", []), self.merged.get("contact", []))

    def _confirm_entry(self) -> None:
        """Confirm the entry as a whole: its own date, and that of the page if the entry cites it."""
        evidence = self.change.evidence
        if kind_of(self.change.entry) == "service":
            self.entry["assured"] = evidence.day.isoformat()
        # A `recheck` that has come is settled by this confirmation.
        recheck = day_of(self.entry.get("recheck"))
        if recheck and recheck <= evidence.day:
            del self.entry["recheck"]
        pages = (key for key, source in self.sources.items() if evidence.url and source.get("url") == evidence.url)
        key = next(pages, "")
        # A new date for a source confirms everything that cites it, which may be more than was seen.
        if not key or self.change.entry_only:
            self._cite()
        else:
            self._set_new_date(self.entry.setdefault("sources", {}).setdefault(key, {"url": evidence.url}))

    def _add_contact(self, listed: list[Raw], merged: list[Raw]) -> None:
        """Add a contact point; those of the files below stay as they are, each with its own source and date."""
        # A list without any `replace` would replace all contact points below. So that they stay, one is named.
        if merged and not listed:
            kept = {"replace": names_of(merged[0])[0], "source": merged[0]["source"], "date": self._date_of(merged[0])}
            listed.append(kept)
        listed.append({**self.change.values, "source": self._cite()})

    def _change_contact(self, listed: list[Raw], merged: list[Raw]) -> None:
        """Confirm a contact point, change its values, or write that it is gone."""
        part = self.change.part
        meant = [each for each in merged if is_contact(each, part)]
        if not meant:
            known = tuple(dict.fromkeys(value for each in merged for value in names_of(each)))
            raise InputProblems([Problem(NO_CONTACT, {"found": part}, allowed=known, suggestion=closest(part, known))])
        if len(meant) > 1 and not fits_all(meant, part, self.change.values):
            raise InputProblems([Problem(SEVERAL, {"found": part})])
        own = [each for each in listed if any(is_about(each, contact) for contact in meant)]
        if self.change.gone and any("replace" not in each for each in own):
            # A contact point of this very file is deleted; one of a file below needs `gone = true` here.
            listed[:] = [each for each in listed if each not in own or "replace" in each]
            own = [each for each in own if "replace" in each]
        elif not own:
            own = [{"replace": part}]
            listed += own
        if not listed:
            del self.entry["contact"]
        for table in own:
            if self.change.gone:
                table |= {"gone": True, "source": self._cite()}
                for name in table.keys() - {"replace", "gone", "source"}:
                    del table[name]
            else:
                self._set_values(table, meant)

    def _set_values(self, table: Raw, meant: list[Raw]) -> None:
        """Change values of a contact point. Unless the others were confirmed too, it keeps its old date."""
        values = self._with_other_pages(meant[0].get("url"))
        table |= values
        # In an overlay an empty value removes the one below; in the contact point itself it would just be empty.
        if "replace" not in table:
            for name in [name for name in values if table[name] in ("", {})]:
                del table[name]
        table["source"] = ("" if values else self._renewed_source(table)) or self._cite()
        table.pop("date", None)
        if values and not self.change.others_right and any(set(each) & set(WAYS) - set(values) for each in meant):
            table["date"] = min(map(self._date_of, meant))

    def _with_other_pages(self, pages: object) -> Mapping[str, Any]:
        """The new values; a new page replaces only the one that was named, if there are pages in several languages."""
        values = self.change.values
        if not isinstance(values.get("url"), str) or not isinstance(pages, dict):
            return values
        named = [each for each, page in pages.items() if is_contact({"url": page}, self.change.part)]
        return {**values, "url": {**pages, **dict.fromkeys(named, values["url"])}} if named else values

    def _date_of(self, contact: Raw) -> str:
        """The date of a contact point or of its source, as written; else that of the 2020 document."""
        return date_of(contact, self.sources) or DOCUMENT_DATE.isoformat()

    def _cite(self) -> str:
        """The key of a source that equals this evidence; it is added if there is none."""
        evidence = self.change.evidence
        page = {"url": evidence.url, "said": evidence.said, "date": evidence.day.isoformat(), "seen": evidence.seen}
        page = {name: value for name, value in page.items() if value}
        # Including those that an earlier change has added to the entry.
        used: dict[str, Raw] = {**self.sources, **self.entry.get("sources", {})}
        for key, source in used.items():
            if source == page:
                return key
        base = CONFIRMED if evidence.url else TOLD
        key = base if base not in used else next(key for n in count(2) if (key := f"{base}{n}") not in used)
        self.entry.setdefault("sources", {})[key] = page
        return key

    def _renewed_source(self, table: Raw) -> str:
        """Renew the table's source, if an earlier confirmation wrote it for this page and only this table cites it.

        Returns its key; empty if the table needs another source.
        """
        key, url = str(table.get("source", "")), self.change.evidence.url
        source: Raw = self.entry.get("sources", {}).get(key, {})
        if not key.startswith(CONFIRMED) or not url or source.get("url") != url:
            return ""
        # Something else cites it too, and that was not seen today.
        if sum(each == key for each in cited_in(self.entry)) > 1:
            return ""
        self._set_new_date(source)
        return key

    def _set_new_date(self, source: Raw) -> None:
        """Date a source by this evidence; an old `seen` explained the old date, so it is replaced or removed."""
        source["date"] = self.change.evidence.day.isoformat()
        source.pop("seen", None)
        if self.change.evidence.seen:
            source["seen"] = self.change.evidence.seen
