"""The summary of a whole file (columns, problems, small groups, gaps), and its parts in words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import N_
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.advice.situation import GOALS
from kotoneuvo.batch.anonymity import Anonymity, Mend
from kotoneuvo.batch.gaps import Cell, Gaps
from kotoneuvo.batch.rounding import rounded, rounded_parts
from kotoneuvo.batch.tally import Tally
from kotoneuvo.intake.column_memory import CellProblem
from kotoneuvo.intake.extra_rows import EXTRA_KINDS
from kotoneuvo.intake.headers import Column, Role
from kotoneuvo.intake.workbook import Workbook
from kotoneuvo.words import Words, printable

WORST = 8
"""The most gaps listed on the terminal; the HTML report has them all."""
CAUTIONS = {
    "trafficking_victim": N_(
        "This column says who has been a victim of trafficking: it should never be in a file. Leave it out."
    ),
    "violence": N_("This column says who has faced violence: it should never be in a file. Leave it out."),
    "undocumented": N_(
        "This column says who is in the country without a right of residence: it could harm them. Leave it out."
    ),
    "in_asylum_process": N_(
        "This column is about asylum, which may reveal origin, religion or opinion. Use it only if you must."
    ),
    "wants_return_to_home_country": N_("This is noted only if the person tells you; it does not belong in a file."),
    "status": N_(
        "Some cells say that a person is in the country without a right of residence. Use coarser values if you can."
    ),
    "labour_status": N_(
        "Some cells say that a person is unable to work, which is about health. Use a coarser value if you can."
    ),
    "health": N_("This column is about health, which the law protects. It is not used: leave it out."),
    "special": N_(
        "This column is about something that the law specially protects: belief, origin, violence, "
        "sexuality, crime. It is not used: leave it out."
    ),
    "nameless": N_(
        "This column has no name, so what stands in it is not read ({count} cells): give it a name in the header."
    ),
    "unlabelled": N_(
        "Some rows have no label ({count}): they carry their row number, which may be the label of another row."
    ),
    "twice": N_("Another column gives the same fact: this one is ignored."),
    "ages": N_(
        "All cells are numbers. They are read as the ages of the children, not as the number of children: 0 is a baby."
    ),
    "codes": N_(
        "All cells are small numbers. They are read as municipality codes; if they are options of a form, "
        "write the names."
    ),
    "months": N_("Some numbers are large. They are read as years; if they are months, write them as “36 months”."),
    "option": N_(
        "This column is one option of a question, and its meaning is not known. Give it with --map “column=goals:work”."
    ),
    "zero_one": N_("All cells are 0 or 1, which is not a language level: the column is ignored."),
}
KINDS = (
    N_("identity code"), N_("date of birth"), N_("name"), N_("address"), N_("phone number"), N_("e-mail address"),
    N_("customer or case number"), N_("passport or card number"), N_("bank account"), N_("free text"),
    N_("long number"), N_("social media account"), N_("coordinates"), N_("device or network address"),
    N_("number plate"), N_("picture"),
)  # fmt: skip


STEPS = (0, 2, 5, 10, 20)
"""Upper ends of the ranges in which fitting services per client are counted; one more range is open."""


@dataclass(frozen=True)
class Summary:
    """A file's columns, numbers, first problems, anonymity and gaps.

    There are `above` rows above the header. `extra` lists rows that are not clients: their number (0: directly below
    the header) and kind. `reasons`: the criteria that exclude clients were counted.
    """

    columns: tuple[Column, ...]
    above: int
    tally: Tally
    anonymity: Anonymity
    gaps: Gaps
    problems: tuple[CellProblem, ...]
    as_of: date
    reasons: bool
    extra: tuple[tuple[int, str], ...] = ()
    workbook: Workbook | None = None

    @property
    def blank(self) -> int:
        """The number of blank rows."""
        # Rows that are not clients were replaced with blank ones, so they were counted too.
        return self.tally.blank - sum(row > 0 for row, _kind in self.extra)

    @property
    def median_fitting(self) -> int:
        """The median number of fitting services per client."""
        seen, advised = 0, self.tally.rows - self.tally.withheld
        for count in sorted(self.tally.fits):
            seen += self.tally.fits[count]
            if 2 * seen >= advised:
                return count
        return 0


def spread(summary: Summary) -> list[tuple[str, int]]:
    """The numbers of clients in each range of fitting services, rounded to base K so that they add up."""
    lows = [0, *(high + 1 for high in STEPS)]
    names = [
        str(low) if low == high else f"{low}–{high}" if high else f"{low}+"
        for low, high in zip(lows, (*STEPS, None), strict=True)
    ]
    counts = [0] * len(lows)
    for fits, clients in summary.tally.fits.items():
        counts[bisect_left(STEPS, fits)] += clients
    return list(zip(names, rounded_parts(counts, summary.anonymity.least), strict=True))


def median_fitting(summary: Summary) -> str:
    """The median of fitting services per client; a dash for very few clients, because it would reveal one of them."""
    advised = summary.tally.rows - summary.tally.withheld
    return number(summary.median_fitting) if advised >= 2 * summary.anonymity.least else "–"


def told_cell(cell: Cell, least: int) -> Cell | None:
    """Round a cell of the map for publication; clients with and without a service are rounded separately.

    None if the cell has too few clients for a meaningful share.
    """
    without = rounded(cell.without, least)
    clients = without + rounded(cell.clients - cell.without, least)
    return Cell(clients, without) if clients >= 2 * least else None


def worst_gaps(summary: Summary, catalogue: Catalogue, words: Words) -> list[tuple[str, str, str, str]]:
    """Municipality, goal, clients and share without a fitting service of the worst gaps; most clients without first."""
    told = [
        (cell.without, place_name(code, catalogue, words), goal_name(goal, catalogue, words), cell)
        for (code, goal), exact in summary.gaps.heat.items()
        if (cell := told_cell(exact, summary.anonymity.least)) and cell.without
    ]
    return [
        (place, goal, number(cell.clients), percent(cell))
        for _without, place, goal, cell in sorted(told, key=lambda each: (-each[0], each[1:3]))[:WORST]
    ]


def say_workbook(workbook: Workbook | None, words: Words) -> Iterable[str]:
    """Yield which sheet of a workbook was read, and warnings about hidden, empty or merged cells."""
    _ = words.gettext
    if workbook is None:
        return
    if len(workbook.sheets) > 1:
        yield _("Sheet “{sheet}”, one of {count}; choose another with --sheet.").format(
            sheet=printable(workbook.sheet), count=len(workbook.sheets)
        )
    if workbook.hidden_rows:
        yield _("The workbook has hidden or filtered rows: they are read as well.")
    if workbook.hidden_columns:
        yield _("The workbook has hidden columns: they are read as well.")
    if workbook.valueless:
        yield _(
            "The workbook has cells with an error (#REF!, #N/A) or a formula without a stored result: they are read as "
            "empty. Open it in a spreadsheet program, mend them and save it."
        )
    if workbook.merged:
        yield _("Cells are merged over several rows: their value is read in each of these rows.")


def say_extra(extra: Iterable[tuple[int, str]], words: Words) -> Iterable[str]:
    """Yield the rows that are not clients and what they are."""
    _ = words.gettext
    for row, kind in extra:
        if row:
            yield _("row {row} is not a client: {kind}").format(row=row, kind=_(EXTRA_KINDS[kind]))
        else:
            yield _("a row below the header is not a client: {kind}").format(kind=_(EXTRA_KINDS[kind]))


def place_name(code: str, catalogue: Catalogue, words: Words) -> str:
    """The name of a municipality, or "none" or "not known"."""
    entry = catalogue.facts.municipalities.get(code)
    if entry:
        return words.pick(entry.name)
    return words.gettext("none") if code else words.gettext("not known")


def goal_name(goal: str, catalogue: Catalogue, words: Words) -> str:
    """The name of a goal, or "no goal given"."""
    return words.pick(catalogue.facts.goals[goal]) if goal else words.gettext("no goal given")


def column_notes(summary: Summary, words: Words) -> Iterable[tuple[str, str]]:
    """Yield columns with a warning: not understood, sensitive, or perhaps misread."""
    _ = words.gettext
    said = set()
    for column in summary.columns:
        key = column.name if column.caution == "sensitive" else column.caution
        if key in CAUTIONS:
            said.add((column.header, key))
            yield column.header, _(CAUTIONS[key])
        elif column.role is Role.IGNORED and column.header:
            yield column.header, not_understood(column, words)
    for header, key in sorted(summary.tally.cautions.keys() - said):
        yield header, _(CAUTIONS[key]).format(count=number(summary.tally.cautions[header, key]))


def not_understood(column: Column, words: Words) -> str:
    """Say that a column is ignored, with the header that was probably meant."""
    _ = words.gettext
    told = _("the column is not understood and is ignored")
    if column.suggestion:
        told += ". " + _("Did you mean “{suggestion}”?").format(suggestion=column.suggestion)
    return told


def say_cell(problem: CellProblem, words: Words) -> str:
    """Describe a problem with a cell: where, what, a suggestion or what is allowed. Never its content."""
    _ = words.gettext
    where = _("row {row}").format(row=problem.row)
    told = f"{where}, {problem.column}: {_(problem.message)}" if problem.column else f"{where}: {_(problem.message)}"
    if problem.suggestion:
        told += ". " + _("Did you mean “{suggestion}”?").format(suggestion=problem.suggestion)
    elif problem.allowed:
        told += ". " + _("Allowed: {allowed}").format(allowed=words.allowed(problem.allowed[:12]))
    return told


def say_anonymity(found: Anonymity, facts: FactBook, words: Words, base: int = 1) -> Iterable[str]:
    """Yield how many rows are unique or in small groups, and what would help; `base` rounds the numbers (1: exact)."""
    _ = words.gettext

    def told(count: int) -> str:
        return number(rounded(count, base))

    if not found.facts or not found.rows:
        return
    reasons = words.listed([column_name(name, facts, words) for name in found.facts])
    if not found.small:
        yield _("Every row has the same {facts} as at least {others} others.").format(
            facts=reasons, others=found.least - 1
        )
        return
    yield _("{small} of {rows} rows are in groups smaller than {least} by {facts}; {alone} are alone.").format(
        small=told(found.small), rows=told(found.rows), least=found.least, facts=reasons, alone=told(found.alone)
    )
    for mend in [mend for mend in found.mends if mend.left < found.small][:3]:
        yield "  " + say_mend(mend, facts, words, told)


def say_mend(mend: Mend, facts: FactBook, words: Words, told: Callable[[int], str]) -> str:
    """Describe one way to make the groups larger."""
    _ = words.gettext
    how = {
        "region": _("by region instead"),
        "ranges of ten years": _("in ranges of ten years"),
        "left out": _("left out"),
    }
    return _("{fact} {how}: {left} rows left in small groups").format(
        fact=column_name(mend.fact, facts, words), how=how[mend.how], left=told(mend.left)
    )


def column_name(name: str, facts: FactBook, words: Words) -> str:
    """The name of a fact or wish, as the header of a column."""
    if name in facts.facts:
        return words.pick(facts[name].label)
    return words.gettext("goals") if name == GOALS else words.gettext("language")


def number(count: int) -> str:
    """Format a number with spaces between thousands, as in Finland."""
    return f"{count:,}".replace(",", "\u00a0")


def percent(cell: Cell) -> str:
    """The share of clients without a service, in whole per cent."""
    return f"{round(100 * cell.share)} %"
