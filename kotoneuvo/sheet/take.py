"""Turn the rows of a filled sheet into changes (confirmed, corrected, gone) and new services."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.problems import N_, Problem, closest
from kotoneuvo.catalogue.change import EntryChange, Evidence
from kotoneuvo.catalogue.fields import SUMMARY_ROOM
from kotoneuvo.catalogue.new_service import NewService
from kotoneuvo.dates import date_in_numbers
from kotoneuvo.sheet import values
from kotoneuvo.sheet.cells import SHORTENED, FilledSheet, RowCells
from kotoneuvo.sheet.columns import NEEDED, NEW, TO_CONFIRM
from kotoneuvo.sheet.read import Filled
from kotoneuvo.sheet.rows import Row
from kotoneuvo.words import language_codes

Rows = Mapping[str, Row]
"""The rows that a sheet would have today, by key."""
Answers = Sequence[tuple[RowCells, Row]]
"""The filled rows about one part of an entry (a contact point, its way in, or all of it), each with today's row."""


def take_confirmed(sheet: FilledSheet, filled: Iterable[Filled], rows: Rows) -> None:
    """Read the rows of the first tab; those of one contact point together become one change."""
    parts: dict[tuple[str, str], list[tuple[RowCells, Row]]] = {}
    seen: set[str] = set()
    for each in filled:
        cells = RowCells(sheet, each)
        answered = "right" in cells or "new" in cells
        row = _row(cells, rows, answered=answered)
        if row is None:
            continue
        answers = parts.setdefault((row.entry, row.part), [])
        if answered:
            if row.key in seen:
                cells.note("this row is in the sheet twice: keep the right one", "key")
            seen.add(row.key)
            answers.append((cells, row))
        elif "said" in cells or "day" in cells:
            cells.note("this is empty: is it still right, or what is new?", "right")
    for part, answers in parts.items():
        if answers:
            _take_part(answers, [row for row in rows.values() if (row.entry, row.part) == part], rows)


def _row(cells: RowCells, rows: Rows, *, answered: bool) -> Row | None:
    """Today's row for a filled one; None, with a problem or note, if the catalogue now says something else."""
    key, value = cells["key"], cells["value"]
    row = rows.get(key)
    if row and _is_unchanged(row, value):
        return row
    # The key has the position of the contact point, which changes when another one is added before it.
    entry = key.partition("#")[0]
    alike = [each for each in rows.values() if value and each.entry == entry and _is_unchanged(each, value)]
    if len(alike) == 1:
        return alike[0]
    column, details = "key", {}
    if not key:
        message = N_("this row is not one of the sheet's; a new service belongs on the tab “{tab}”")
        details = {"tab": cells.words.gettext(NEW)}
    elif not row:
        message = N_("the catalogue no longer has this row: make a new sheet")
    else:
        message = N_("the catalogue says something else here; put new information into “{column}”")
        column, details = "value", {"column": cells.words.gettext(TO_CONFIRM["new"])}
    if answered:
        cells.note(message, column, details)
    # Nothing is lost by a row that nobody answered and that the catalogue no longer has.
    elif row or not key:
        cells.warn(message, column, details)
    return None


def _take_part(answers: Answers, part: Sequence[Row], rows: Rows) -> None:
    """Turn the answers about one part of an entry into a change; `part` are all of today's rows about it."""
    cells, first = answers[0]
    sheet = cells.sheet
    new: dict[str, Any] = {}
    found: list[Evidence] = []
    before = len(sheet.problems)
    for cells, row in answers:
        new |= _new_values(cells, row, new, part, answers)
        evidence = cells.evidence(row.page)
        if evidence and row.confirmed and evidence.day < row.confirmed <= sheet.today and not new:
            cells.note("it was confirmed on {date}, which is later", "day", {"date": date_in_numbers(row.confirmed)})
        found += [evidence] if evidence else []
    # With one wrong row, nothing of the part is written: the others alone might confirm too much.
    if len(sheet.problems) > before:
        return
    for cells, row in answers:
        _note_other_uses(cells, row, rows)
    answered = {row.key for _, row in answers}
    waiting = [row.value for row in part if row.key not in answered]
    gone = {row.key for cells, row in answers if cells.mark == "gone"}
    # One change has one date: the oldest, so that nothing seems newer than it is.
    evidence = min(found, key=lambda each: each.day)
    if len(gone) == len(part):
        sheet.changes.append(EntryChange(first.entry, evidence, first.part, gone=True))
    elif new or not waiting:
        sheet.changes.append(
            EntryChange(first.entry, evidence, first.part, new, others_right=bool(new) and not waiting)
        )
    else:
        message = N_("not confirmed: this contact point also has {values}, which nobody has answered")
        answers[0][0].warn(message, "right", {"values": ", ".join(waiting)})


def _note_other_uses(cells: RowCells, row: Row, rows: Rows) -> None:
    """Say where else a number or an address stands that is wrong here: nobody corrects it there by itself."""
    if row.field in ("phone", "email", "address", "postal") and ("new" in cells or cells.mark == "gone"):
        same = (each for each in rows.values() if each.field == row.field and _is_unchanged(each, row.value))
        others = dict.fromkeys(each.entry for each in same if each.entry != row.entry)
        if others:
            message = N_("{value} is also used by {services}: is it wrong there, too?")
            cells.warn(message, "new", {"value": row.value, "services": ", ".join(others)})


def _new_values(
    cells: RowCells, row: Row, so_far: Mapping[str, Any], part: Iterable[Row], answers: Answers
) -> dict[str, Any]:
    """What one row changes in its contact point or way in; nothing if it only confirms."""
    pages: dict[str, str] = so_far.get("url") or {each.language: each.value for each in part if each.field == "url"}
    written, language = cells["new"], cells.words.language
    if cells.mark == "gone":
        if row.field in ("", "how"):
            message = N_("a service or a way in that has ended is recorded by hand: see docs/catalogue/retire.md")
            cells.note(message, "right")
        elif written:
            cells.note("this row says both that it is gone and what is new", "new")
        if row.field != "url" or not row.language:
            return {row.field: ""}
        gone = {each.language for other, each in answers if each.field == "url" and other.mark == "gone"}
        return {"url": {language: page for language, page in pages.items() if language not in gone}}
    if not written:
        return {}
    if not row.field:
        cells.note("write a new summary into the catalogue file by hand; here a service can only be confirmed", "new")
        return {}
    if row.field == "how":
        return {"how": {language: written}}
    if row.field == "hours":
        return {"hours": values.hours(written, language)}
    value = cells.read("new", values.BY_FIELD.get(row.field, str.strip))
    if row.field == "url" and row.language and value is not None:
        return {"url": {**pages, row.language: value}}
    return {} if value is None else {row.field: value}


def take_new(sheet: FilledSheet, filled: Iterable[Filled]) -> None:
    """The rows of the second tab."""
    for each in filled:
        cells, before = RowCells(sheet, each), len(sheet.problems)
        for column in NEEDED:
            if column not in cells and column not in ("said", "day"):
                cells.note("this is empty", column)
        service = _new_service(cells)
        if service and len(sheet.problems) == before:
            sheet.new.append(service)


def problems_of(sheet: FilledSheet, column: str, written: str) -> list[Problem]:
    """What is wrong with one cell of a new service, whatever stands beside it."""
    alone = FilledSheet(sheet.path, sheet.facts, sheet.words, sheet.today)
    take_new(alone, [Filled("", 0, {column: written}, {column: column})])
    return [each for each in alone.problems if each.fieldname == column]


def _new_service(cells: RowCells) -> NewService | None:
    goals = dict.fromkeys(filter(None, map(cells.code, ("goal", "goal2"))))
    town = cells.code("town")
    towns = [town, *(cells.code("towns", each) for each in _split(cells["towns"]))]
    kind, how = cells.code("kind"), cells.code("how")
    contact = {
        name: value
        for name in ("address", "phone", "email", "url")
        if (value := cells.read(name, values.BY_FIELD.get(name, str.strip)))
    }
    open_at = (f"{cells[days]} {cells[time]}".strip() for days, time in (("days", "time"), ("days2", "time2")))
    hours = ", ".join(filter(None, open_at))
    if len(cells["summary"]) > SUMMARY_ROOM:
        details = {"count": len(cells["summary"]), "room": SUMMARY_ROOM}
        cells.note("{count} characters; the limit is {room}", "summary", details)
    if not contact:
        cells.note("a service needs an address, a phone number, an e-mail address or a page", "phone")
    evidence = cells.evidence(contact.get("url", ""))
    languages = [_language(cells, each) for each in _split(cells["languages"])]
    if not (evidence and goals and town and kind and how):
        return None
    return NewService(
        language=cells.words.language, evidence=evidence, name=cells["name"], summary=cells["summary"],
        kind=kind, goals=tuple(goals), area=tuple(dict.fromkeys(filter(None, towns))), how=how,
        contact={**contact, **({"hours": values.hours(hours, cells.words.language)} if hours else {})},
        organization=cells["organization"], conditions=cells["conditions"], languages=tuple(filter(None, languages)),
    )  # fmt: skip


def _language(cells: RowCells, written: str) -> str:
    codes = language_codes()
    code = codes.get(fold(written), "")
    if not code:
        near = closest(fold(written), codes)
        details = {"kind": "language", "found": written}
        cells.note('unknown {kind} "{found}"', "languages", details, suggestion=near)
    return code


def _split(written: str) -> list[str]:
    """What stands between commas or semicolons."""
    return [each.strip() for each in re.split("[,;]", written) if each.strip()]


def _is_unchanged(row: Row, written: str) -> bool:
    """Whether a cell still has the value of its row, whatever a spreadsheet makes of a phone number."""
    if row.field == "phone":
        return bool(SHORTENED.fullmatch(written)) or _digits(row.value) == _digits(written)
    return " ".join(row.value.split()) == " ".join(written.removeprefix("'").split())


def _digits(number: str) -> str:
    digits = "".join(filter(str.isdigit, number))
    return digits.removeprefix("00").removeprefix("358").removeprefix("0")
