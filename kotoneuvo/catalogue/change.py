"""One thing that was found of an entry, and what the entry's table in a catalogue file says then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any, NamedTuple

from kotoneuvo.advice.problems import InputProblems, Problem, closest
from kotoneuvo.catalogue.contact_changes import NO_CONTACT, SEVERAL, date_of, is_contact, names_of, same_kind, speaks_of
from kotoneuvo.catalogue.entry_reader import DOCUMENT_DATE, WAYS
from kotoneuvo.catalogue.old_form import OLD_FIELDS, OLD_FORM
from kotoneuvo.catalogue.outdated import cited_in
from kotoneuvo.dates import day_of

CONFIRMED, TOLD = "confirmed", "told"
"""The source keys of a page that no source of the entry names yet, and of a person's word."""
ACCESS = "access"
REGISTER = "register"
"""The part that stands for fields of the entry as they are given: what the national register says, what it is there."""
ADDED = "added"
"""The part that stands for a contact point that the entry does not have yet."""
Raw = dict[str, Any]
_NOTHING: Mapping[str, Any] = {}


class Evidence(NamedTuple):
    """What shows that something is so on `day`: the page at `url`, or what was `said` (how and by which role).

    `seen`: what of the page shows it.
    """

    day: date
    url: str = ""
    said: str = ""
    seen: str = ""


class EntryChange(NamedTuple):
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


class EntryWriter:
    """One change written into the entry of a file; `merged` is the entry as all files together describe it."""

    def __init__(self, entry: Raw, merged: Mapping[str, Any], change: EntryChange) -> None:
        self.entry = entry
        self.merged = merged
        self.change = change
        self.sources: Mapping[str, Raw] = {**merged.get("sources", {}), **entry.get("sources", {})}

    def write(self) -> None:
        """Raises InputProblems if the entry has no such part."""
        values = self.change.values
        match self.change.part:
            case "":
                self._whole()
            case part if part == REGISTER:
                self.entry |= values
            case part if part == ACCESS:
                # The source alone says that what lies below is still so.
                table = self.entry.setdefault(ACCESS, {})
                table |= values
                table["source"] = self._cite()
            case _:
                old = next((name for name in OLD_FIELDS if name in self.entry), "")
                if old:
                    raise InputProblems([Problem(OLD_FORM, fieldname=old)])
                write = self._added if self.change.part == ADDED else self._contact
                write(self.entry.setdefault("contact", []), self.merged.get("contact", []))

    def _whole(self) -> None:
        """The entry as a whole: the day on which it was seen to run, and the page that all rests on that it shows."""
        evidence = self.change.evidence
        if kind_of(self.change.entry) == "service":
            self.entry["assured"] = evidence.day.isoformat()
        recheck = day_of(self.entry.get("recheck"))
        if recheck and recheck <= evidence.day:
            del self.entry["recheck"]
        pages = (key for key, source in self.sources.items() if evidence.url and source.get("url") == evidence.url)
        key = next(pages, "")
        # A new date of a source confirms all that rests on it, which may be more than was seen.
        if not key or self.change.alone:
            self._cite()
        else:
            self._set_new_date(self.entry.setdefault("sources", {}).setdefault(key, {"url": evidence.url}))

    def _added(self, listed: list[Raw], merged: list[Raw]) -> None:
        """One contact point more; those of the files below stay as they are, each with its own source and day."""
        # A list that replaces nothing stands for all of those below: so one of them is named, and the others stay.
        if merged and not listed:
            kept = {"replace": names_of(merged[0])[0], "source": merged[0]["source"], "date": self._dated(merged[0])}
            listed.append(kept)
        listed.append({**self.change.values, "source": self._cite()})

    def _contact(self, listed: list[Raw], merged: list[Raw]) -> None:
        """A contact point that is gone, or has new values, or is still right."""
        part = self.change.part
        meant = [each for each in merged if is_contact(each, part)]
        if not meant:
            known = tuple(dict.fromkeys(value for each in merged for value in names_of(each)))
            raise InputProblems([Problem(NO_CONTACT, {"found": part}, allowed=known, suggestion=closest(part, known))])
        if len(meant) > 1 and not same_kind(meant, part, self.change.values):
            raise InputProblems([Problem(SEVERAL, {"found": part})])
        own = [each for each in listed if any(speaks_of(each, contact) for contact in meant)]
        if self.change.gone and any("replace" not in each for each in own):
            # Of this file alone: it is taken out; one of a file below is said to be gone.
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
                self._new_values(table, meant)

    def _new_values(self, table: Raw, meant: list[Raw]) -> None:
        """New values of a contact point, with their source; it stays as old as the values beside them."""
        values = self._with_other_pages(meant[0].get("url"))
        table |= values
        # Where the contact point is itself written an empty value is none; over another file it takes one away.
        if "replace" not in table:
            for name in [name for name in values if table[name] in ("", {})]:
                del table[name]
        table["source"] = ("" if values else self._renewed(table)) or self._cite()
        table.pop("date", None)
        if values and not self.change.others_right and any(set(each) & set(WAYS) - set(values) for each in meant):
            table["date"] = min(map(self._dated, meant))

    def _with_other_pages(self, pages: object) -> Mapping[str, Any]:
        """The new values; one new page among several by language takes the place of the one that was named."""
        values = self.change.values
        if not isinstance(values.get("url"), str) or not isinstance(pages, dict):
            return values
        named = [each for each, page in pages.items() if is_contact({"url": page}, self.change.part)]
        return {**values, "url": {**pages, **dict.fromkeys(named, values["url"])}} if named else values

    def _dated(self, contact: Raw) -> str:
        """The day of a contact point as it is written, or that of its source."""
        return date_of(contact, self.sources) or DOCUMENT_DATE.isoformat()

    def _cite(self) -> str:
        """The key of a source that is just this evidence; it is added if there is none."""
        evidence = self.change.evidence
        page = {"url": evidence.url, "said": evidence.said, "date": evidence.day.isoformat(), "seen": evidence.seen}
        page = {name: value for name, value in page.items() if value}
        # What an earlier part of the same change has added is cited again.
        used: dict[str, Raw] = {**self.sources, **self.entry.get("sources", {})}
        for key, source in used.items():
            if source == page:
                return key
        base = CONFIRMED if evidence.url else TOLD
        key = base if base not in used else next(key for n in count(2) if (key := f"{base}{n}") not in used)
        self.entry.setdefault("sources", {})[key] = page
        return key

    def _renewed(self, table: Raw) -> str:
        """The source key of a table if an earlier confirmation wrote it for just this page and table: it is renewed.

        Empty if it must be another one.
        """
        key, url = str(table.get("source", "")), self.change.evidence.url
        source: Raw = self.entry.get("sources", {}).get(key, {})
        if not key.startswith(CONFIRMED) or not url or source.get("url") != url:
            return ""
        # Something else rests on it, too, which was not seen today.
        if sum(each == key for each in cited_in(self.entry)) > 1:
            return ""
        self._set_new_date(source)
        return key

    def _set_new_date(self, source: Raw) -> None:
        """A page was seen again; what showed the age of an undated one is no longer what its date rests on."""
        source["date"] = self.change.evidence.day.isoformat()
        source.pop("seen", None)
        if self.change.evidence.seen:
            source["seen"] = self.change.evidence.seen
