"""What each column of a file is used for: decided by the mapping, by its header and by its cells.

KoboToolbox, REDCap, LimeSurvey, Webropol and Forms export one column for each option of a question: "tavoitteet/työ",
"goals (choice=Work)", "tavoite: kieli". Their cells are 1 or 0, Checked or Unchecked, or the option or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from kotoneuvo.advice.answer_words import NO, YES, plain_answer
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import InputProblems, Problem, closest
from kotoneuvo.advice.situation import GOALS, WISHES, unknown_name
from kotoneuvo.intake.cells import CellReader
from kotoneuvo.intake.headers import Column, HeaderNames, Role, plain
from kotoneuvo.intake.mapping import FormMapping
from kotoneuvo.words import printable

MOST_COLUMNS = 500
"""More than any form has. Every unknown header is compared with all known ones, so many columns would be slow."""
_SHORT = re.compile(r"\d{1,3}([.,]0+)?")
OLDEST_IF_COUNTED = 7
"""If no number in a column about children is this small, the column holds ages, not the number of children."""
MOST_OPTIONS = 30
"""A form has at most this many numbered options. The lowest code of a large city (Espoo, 49) is higher."""
# KoboToolbox writes "/", REDCap "___" and "(choice=", LimeSurvey "[", others a colon, a dash or a dot.
_CUTS = ("___", " (choice=", "/", ": ", " - ", " [", "[", ".", ":")
_CHECKED = YES | {"checked", "selected", "valittu", "vald"}
_UNCHECKED = NO | {"", "unchecked", "not selected", "☐", "-"}
LONGEST_STAY = 15
"""If a column of years in the country has a larger number, it may hold months."""


def settle(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], reader: CellReader, names: HeaderNames
) -> tuple[Column, ...]:
    """Decide which column gives each fact and the label: one that was mapped by hand, else one with a clear header.

    If a header may mean several facts, the column becomes the fact that can read most of its cells in `rows`. Further
    columns of goals or languages are joined to the first one; further columns of a fact are ignored.
    """
    cells_of = [[row[column.place] for row in rows if column.place < len(row)] for column in columns]
    columns = [as_option(*each, names, reader) for each in zip(columns, cells_of, strict=True)]
    settled: dict[int, Column] = {}
    taken: dict[str, int] = {}
    # The first column of a fact wins: mapped by hand, then with only one possible meaning, then leftmost.
    for column in sorted(columns, key=lambda each: (not each.by_hand, bool(each.others), each.place)):
        cells = cells_of[column.place]
        each = _likeliest(column, cells, reader)
        name = each.role.value if each.role is Role.LABEL else each.name
        if each.role in (Role.FACT, Role.LABEL):
            first = taken.setdefault(name, each.place)
            if first == each.place:
                each = _with_doubt(each, cells)
            elif name in WISHES:
                each = replace(each, role=Role.JOINED, joins=first)
            else:
                each = replace(each, role=Role.IGNORED, caution="twice")
        settled[column.place] = each
    return tuple(settled[place] for place in sorted(settled))


def _likeliest(column: Column, cells: Iterable[str], reader: CellReader) -> Column:
    """Make an ambiguous column the fact that can read most of its cells."""
    if not column.others:
        return column
    names = (column.name, *column.others)
    name = max(names, key=lambda each: sum(1 for cell in cells if reader.reads(each, cell)))
    return replace(column, name=name, others=())


def _with_doubt(column: Column, cells: Iterable[str]) -> Column:
    """Add a caution if the numbers in a column may mean something else; ignore levels that are only 0 and 1."""
    filled = [cell.strip() for cell in cells if cell.strip()] if not column.recodes else []
    numbers = [int(re.split("[.,]", cell)[0]) for cell in filled if _SHORT.fullmatch(cell)]
    if not filled or len(numbers) < len(filled):
        return column
    # Survey tools may export the number of an option; 1, 2, 3 then look like ages or municipality codes.
    match column.name:
        case "children_ages" if min(numbers) <= OLDEST_IF_COUNTED:
            return replace(column, caution="ages")
        case "municipality" if max(numbers) <= MOST_OPTIONS and not any(cell.startswith("0") for cell in filled):
            return replace(column, caution="codes")
        case "years_since_first_permit" if max(numbers) > LONGEST_STAY:
            return replace(column, caution="months")
        case "finnish_level" | "swedish_level" if set(numbers) <= {0, 1} and (1 in numbers or _says_no_level(column)):
            return replace(column, role=Role.IGNORED, caution="zero_one")
    return column


def _says_no_level(column: Column) -> bool:
    """Whether a header names only a language, so that 0 may mean "no" and not a level."""
    return not any(word in plain(column.header) for word in ("tas", "tai", "niv", "level", "skill"))


def read_columns(header: Iterable[str], names: HeaderNames, mapping: FormMapping) -> tuple[Column, ...]:
    """Return the columns of a file by their headers and the mapping.

    A mapping may name the goal or language that a 1 stands for ("goals:work"). Raises InputProblems for headers and
    facts in it that do not exist.
    """
    cells = [printable(text).strip() for text in header]
    if len(cells) > MOST_COLUMNS:
        details = {"count": len(cells), "most": MOST_COLUMNS}
        raise InputProblems([Problem("the file has {count} columns; an intake file can have at most {most}", details)])
    columns = [names.column(place, text) for place, text in enumerate(cells)]
    _apply(mapping, columns, names)
    return tuple(columns)


def _apply(mapping: FormMapping, columns: list[Column], names: HeaderNames) -> None:
    """Change the mapped columns in place. Raises InputProblems for headers and facts that do not exist."""
    problems: list[Problem] = []
    for text in mapping.drop:
        for place in _headed(text, columns, problems):
            columns[place] = replace(columns[place], role=Role.DROPPED, caution="")
    for text, target in mapping.columns.items():
        fact, _sign, option = target.partition(":")
        if wrong := _wrong_fact(target, names.facts):
            problems.append(wrong)
        else:
            for place in _headed(text, columns, problems):
                columns[place] = replace(names.fact(place, columns[place].header, fact), option=option, by_hand=True)
    for text, meanings in mapping.values.items():
        recodes = tuple((cell.strip().casefold(), meaning) for cell, meaning in meanings.items())
        for place in _headed(text, columns, problems):
            columns[place] = replace(columns[place], recodes=recodes)
    if problems:
        raise InputProblems(problems)


def _headed(text: str, columns: Sequence[Column], problems: list[Problem]) -> list[int]:
    """The places of the columns with this header or number ("#3"); adds a problem if there are none."""
    found = [column.place for column in columns if column.header and plain(column.header) == plain(text)]
    found = found or [column.place for column in columns if column.number == text]
    if not found:
        near = closest(plain(text), [plain(column.header) or column.number for column in columns])
        problems.append(Problem('unknown {kind} "{found}"', {"kind": "column", "found": text}, suggestion=near))
    return found


def _wrong_fact(target: str, facts: FactBook) -> Problem | None:
    """The problem with a mapping's target that is neither a fact, a wish nor an option of one ("goals:work")."""
    fact, _sign, option = target.partition(":")
    if (fact not in facts.facts or option) and fact not in WISHES:
        return unknown_name("fact", target, (*facts.facts, *WISHES))
    if option and fact == GOALS and option not in facts.goals:
        return unknown_name("goal", option, tuple(facts.goals))
    return None


def as_option(column: Column, cells: Sequence[str], names: HeaderNames, reader: CellReader) -> Column:
    """Make a column one option of goals or languages, if its header and all its cells look like that."""
    if column.option or column.recodes or column.role not in (Role.IGNORED, Role.FACT):
        return column
    for name, option in _parts(column.header, names):
        if not all(_is_mark(cell, option) for cell in cells):
            continue
        try:
            reading, caution = reader.read(name, option), ""
        except InputProblems:
            # An unknown goal is kept: without it, a client who chose only this would seem to have no goals.
            reading, caution = (option,), "option"
        if isinstance(reading, tuple) and len(reading) == 1:
            found = replace(column, role=Role.FACT, name=name, others=(), suggestion="")
            return replace(found, caution=caution, option=reading[0])
    return column


def recoder(column: Column) -> Callable[[str], str] | None:
    """Return a function that turns the cells of a column into answers; None if they are answers already."""
    if not column.option and not column.recodes:
        return None
    recodes = dict(column.recodes)

    def recode(cell: str) -> str:
        text = cell.strip().casefold()
        if text in recodes:
            return recodes[text]
        if not column.option:
            return cell
        mark = plain_answer(cell)
        if mark in _UNCHECKED:
            return ""
        # A cell may also repeat the option in the header.
        return column.option if mark in _CHECKED or plain(column.header).endswith(plain(cell)) else cell

    return recode


def _parts(header: str, names: HeaderNames) -> Iterator[tuple[str, str]]:
    """Yield each way to read a header as a wish and its option: ("goals", "work")."""
    for cut in _CUTS:
        base, sign, option = header.rpartition(cut)
        option = re.sub(r"[)\]]$", "", option.strip())
        if sign and option:
            yield from ((name, option) for name in names.named(base) if name in WISHES)


def _is_mark(cell: str, option: str) -> bool:
    return plain_answer(cell) in _CHECKED | _UNCHECKED or plain(cell) == plain(option)
