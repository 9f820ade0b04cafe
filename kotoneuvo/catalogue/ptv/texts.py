"""Turn texts of PTV into plain text on one line in the catalogue's languages, and note what has to be left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from kotoneuvo.advice.problems import N_, Problem
from kotoneuvo.catalogue.fields import LANGUAGES
from kotoneuvo.catalogue.files import LONGEST_TEXT, without_control_characters
from kotoneuvo.catalogue.ptv.records import Record, part

UNUSABLE = N_("cannot be used as written; skipped: {found}")
UNKNOWN = N_("unknown; skipped: {found}")
UNPUBLISHED = N_("not published; skipped: {found}")
_ROOM = 180
"""Limit in characters for a list in one report; the rest is counted."""
OTHER_LANGUAGE = N_("only in a language that is not read; skipped: {found}")
_EXACT = ("id", "ptv", "phone", "email", "url")
"""Fields that are never shortened: a part of a phone number or a URL is a wrong one."""
_LONGEST = 20_000
"""How many characters of a text are read; PTV allows 5,000, not counting Markdown."""
_BREAKS = frozenset(
    ["p", "li", "ul", "ol", "br", "div", "tr", "td", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr"]
)
_NOT_TEXT = ("script", "style")


@dataclass
class Notes:
    """What was left out of one service, by message and field."""

    found: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict)

    def note(self, message: str, fieldname: str, found: str) -> None:
        """Note something that was left out of a field; `message` has a place for {found}."""
        # A dict, to keep the order and drop repetitions: the same is often found at every channel.
        self.found.setdefault((message, fieldname), {})[found] = None

    def problems(self, entry: str) -> list[Problem]:
        """One problem for each message and field, with everything that was found."""
        return [
            Problem(message, {"found": _joined(list(found))}, "", entry, fieldname)
            for (message, fieldname), found in self.found.items()
        ]


def _joined(found: list[str]) -> str:
    """As many as fit, at least one, and the number of the others."""
    first = found[0]
    shown = [first if len(first) <= _ROOM else f"{first[:_ROOM]}…"]
    for each in found[1:]:
        if len("; ".join([*shown, each])) > _ROOM:
            return f"{'; '.join(shown)} … (+{len(found) - len(shown)})"
        shown.append(each)
    return "; ".join(shown)


def line(found: object) -> str:
    """A text or number on one line, without control characters; empty for anything else."""
    if isinstance(found, bool) or not isinstance(found, str | int):  # in Python True is an int
        return ""
    return " ".join(without_control_characters(" ".join(str(found).split())).split())


def plain(found: object) -> str:
    """A text in Markdown or HTML as plain text on one line, with semicolons between the items of a list."""
    from markdown_it import MarkdownIt

    if not isinstance(found, str) or not found.strip():
        return line(found)
    reader = _PlainText()
    reader.feed(MarkdownIt("commonmark").render(found[:_LONGEST]))
    reader.close()
    return line("".join(reader.parts))


class _PlainText(HTMLParser):
    """Collects the visible text of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0
        self.listed = False
        self.numbers: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in _NOT_TEXT
        if tag in ("ul", "ol"):
            start = dict(attrs).get("start") or "1"
            self.numbers.append(int(start) if tag == "ol" and start.isdecimal() else 0)
        if tag == "li":
            while self.parts and not self.parts[-1].strip():
                self.parts.pop()
            if self.listed and self.parts and self.parts[-1].rstrip()[-1] not in ".;:,!?":
                self.parts.append(";")
            self.listed = True
        if tag in _BREAKS:
            self.parts.append(" ")
        # Markdown reads "3. krs" (3rd floor) as the third item of a list, so the numbers are kept.
        if tag == "li" and self.numbers and self.numbers[-1]:
            self.parts.append(f"{self.numbers[-1]}. ")
            self.numbers[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in _NOT_TEXT and self.hidden > 0
        if tag in ("ul", "ol"):
            self.listed = False
            self.numbers = self.numbers[:-1]
        if tag in _BREAKS:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def versions(record: Record) -> Mapping[str, Record]:
    """The texts of a record by language."""
    found = part(record, "languageVersions")
    return {line(code): each for code, each in found.items() if isinstance(each, dict)}


def words(record: Record, name: str, notes: Notes, fieldname: str, *, marked: bool = False) -> dict[str, str]:
    """One text of a record in each of our languages, in Markdown if `marked`; noted if it is only in others."""
    return ours({code: each.get(name) for code, each in versions(record).items()}, notes, fieldname, marked=marked)


def ours(texts: Mapping[str, Any], notes: Notes, fieldname: str, *, marked: bool = False) -> dict[str, str]:
    """The texts in our languages, in the catalogue's order; noted if there are only others."""
    said = {code: plain(text) if marked else line(text) for code, text in texts.items()}
    found = {code: said[code] for code in LANGUAGES if said.get(code)}
    for code, text in said.items():
        if text and not found:
            notes.note(OTHER_LANGUAGE, fieldname, f"{code}: {text}")
    return found


def by_language(texts: Iterable[Mapping[str, str]], between: str) -> dict[str, str]:
    """Several texts joined into one in each of our languages, without repetitions."""
    listed = list(texts)
    found = {code: between.join(dict.fromkeys(each[code] for each in listed if each.get(code))) for code in LANGUAGES}
    return {code: text for code, text in found.items() if text}


def cut(text: str, room: int, notes: Notes, fieldname: str) -> str:
    """A text of at most `room` characters; noted if it had to be shortened."""
    if len(text) <= room:
        return text
    notes.note(N_("too long; shortened: {found}"), fieldname, f"{text[:40]}…")
    return text[: room - 1].rsplit(" ", 1)[0] + "…"


def fitted(found: Any, notes: Notes, fieldname: str) -> Any:
    """A field with its texts shortened to the catalogue's limit."""
    if isinstance(found, dict):
        return {key: each if key in _EXACT else fitted(each, notes, fieldname) for key, each in found.items()}
    if isinstance(found, list):
        return [fitted(each, notes, fieldname) for each in found]
    return cut(found, LONGEST_TEXT, notes, fieldname) if isinstance(found, str) and fieldname not in _EXACT else found
