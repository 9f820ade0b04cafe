"""Writing a confirmation back into a catalogue file without disturbing its comments and order."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from datetime import date
from typing import Any

import tomli

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.catalogue.field_reader import day_of
from kotoneuvo.catalogue.files import parse_toml

CONFIRMED = "confirmed"
"""The source key of a page that no source of the entry names yet."""
_ALONE = re.compile(r"(?<!\r)\n")
"""The end of a line in a file where others end otherwise."""


def confirm(text: str, service: str, url: str, day: date) -> str:
    """The text of a catalogue file in which `url` confirms `service` on `day`; an entry that is not there is added.

    The date of a source with that address becomes `day`; otherwise a source is added. A `recheck` that has come goes.
    Lines end as those of the file do.
    Raises InputProblems if the file is not TOML or would not say the same as before elsewhere.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    wanted = parse_toml(text)
    try:
        document = tomlkit.parse(text)
    except (TOMLKitError, RecursionError) as error:
        raise InputProblems([Problem("this is not valid TOML: {reason}", {"reason": str(error)})]) from None
    _check(wanted, service)
    for raw, make in ((wanted, dict), (document, tomlkit.inline_table)):
        entry = _entry(raw, service)
        if entry is not None:
            _set(entry, url, day, make)
    written = document.as_string()
    if _entry(wanted, service) is None:
        page = tomlkit.inline_table()
        page.update({"url": url, "date": day.isoformat()})
        added = f'[[service]]\nid = "{service}"\nassured = "{day}"\nsources = {{ {CONFIRMED} = {page.as_string()} }}\n'
        written = f"{text.rstrip()}\n\n{added}" if text.strip() else added
        new = {"id": service, "assured": day.isoformat()}
        wanted.setdefault("service", []).append({**new, "sources": {CONFIRMED: {"url": url, "date": day.isoformat()}}})
    if not _says(written, wanted):
        raise InputProblems([Problem("the file is written in a way that cannot be changed safely; change it by hand")])
    if text.count("\n") and text.count("\n") == text.count("\r\n"):
        written = _ALONE.sub("\r\n", written)
    return written


def confirmed_until(spec: Mapping[str, Any], url: str) -> date | None:
    """The last day on which an entry says that it was confirmed, by its own date and by that of the page `url`."""
    sources = spec.get("sources", {})
    listed = sources.values() if isinstance(sources, dict) else ()
    pages = [page.get("date") for page in listed if isinstance(page, dict) and page.get("url") == url]
    return max(filter(None, map(day_of, (spec.get("assured"), *pages))), default=None)


def _says(text: str, wanted: Mapping[str, Any]) -> bool:
    """Whether a text is TOML and says just that."""
    try:
        return tomli.loads(text) == wanted
    except (tomli.TOMLDecodeError, RecursionError):
        return False


def _check(raw: Mapping[str, Any], service: str) -> None:
    """Raise InputProblems if there is something else where the entry and its sources are looked for."""
    entries = raw.get("service", [])
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise InputProblems([Problem("services are written as [[service]] tables")])
    sources = (_entry(raw, service) or {}).get("sources", {})
    if not isinstance(sources, dict) or not all(isinstance(each, dict) for each in sources.values()):
        raise InputProblems([Problem("a table is needed here, such as { … }", entry=service, fieldname="sources")])


def _entry(raw: Mapping[str, Any], service: str) -> MutableMapping[str, Any] | None:
    return next((each for each in raw.get("service", []) if each.get("id") == service), None)


def _set(entry: MutableMapping[str, Any], url: str, day: date, make: Any) -> None:
    """Note the day, and the page it was confirmed from, in a plain table or in one that keeps its form."""
    entry["assured"] = day.isoformat()
    recheck = day_of(entry["recheck"]) if "recheck" in entry else None
    if recheck and recheck <= day:
        del entry["recheck"]
    sources = entry.setdefault("sources", make())
    for source in sources.values():
        if source.get("url") == url:
            source["date"] = day.isoformat()
            # What showed the age of an undated page is no longer what its date rests on.
            source.pop("seen", None)
            return
    key, number = CONFIRMED, 2
    while key in sources:
        key, number = f"{CONFIRMED}{number}", number + 1
    page = make()
    page.update({"url": url, "date": day.isoformat()})
    sources[key] = page
