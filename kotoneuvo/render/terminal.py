"""The page on a terminal (rich), and the same layout as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.style import Style
from rich.table import Table
from rich.text import Text

from kotoneuvo.render.cards import Card, Line, Mark, Page, Section
from kotoneuvo.words import Words

PLAIN_WIDTH = 80
_WIDEST = 100
_INDENT = 4


@dataclass(frozen=True)
class Look:
    """The styles of a page. Colour is never the only sign: every mark is a sign or a word too."""

    title: str = "bold"
    heading: str = "bold cyan"
    phase: str = "cyan"
    name: str = "bold"
    sure: str = "green"
    unsure: str = "yellow"
    quiet: str = "dim"
    warning: str = "yellow"
    links: bool = True


COLOUR = Look()
BARE = Look("", "", "", "", "", "", "", "", links=False)


def render_page(page: Page, words: Words, look: Look = COLOUR) -> RenderableType:
    """The page as something that rich can print."""
    _ = words.gettext
    parts: list[RenderableType] = [Text(page.title, look.title), Text(page.situation)]
    parts += [Text(f"! {warning}", look.warning) for warning in page.warnings]
    shown = ""
    for section in page.sections:
        if section.heading != shown:
            parts += [Text(), Rule(Text(section.heading, look.heading), align="left", style=look.quiet or "none")]
            shown = section.heading
        parts.append(_section(section, words, look))
    if not page.sections:
        parts.append(Text(_("No service in the catalogue fits what is known."), look.warning))
    parts.append(Rule(style=look.quiet or "none"))
    if page.questions:
        parts.append(Text(_("Worth asking next: {questions}").format(questions=page.questions)))
    parts += [Text(line, look.quiet) for line in page.closing]
    return Group(*parts)


def render_card(card: Card, words: Words, look: Look = COLOUR) -> RenderableType:
    """One service as a block of lines."""
    name = Text(card.name, look.name)
    if card.aside:
        name.append(f" ({card.aside})", look.quiet)
    head = Table.grid(padding=(0, 1))
    head.add_row(Text(f"{card.number:>2}" if card.number else "  ", look.quiet), _mark(card, look), name)
    body: list[RenderableType] = [Text(card.summary)]
    if card.note:
        body.append(Text(f"! {card.note}", look.warning))
    body.append(_grid(card.lines, look))
    body.append(Text(card.age, look.quiet if card.verified else look.unsure))
    return Group(head, Padding(Group(*body), (0, 0, 1, _INDENT + 1)))


def to_text(renderable: RenderableType, width: int = PLAIN_WIDTH) -> str:
    """A renderable as plain text: no colour, no links, no trailing spaces."""
    file = StringIO()
    Console(file=file, width=width, color_system=None, highlight=False, legacy_windows=False).print(renderable)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


def show(renderable: RenderableType, stream: TextIO, variables: Mapping[str, str]) -> None:
    """Print for people on a terminal, plain text into a pipe."""
    if stream.isatty():
        console_for(stream, variables).print(renderable)
    else:
        stream.write(to_text(renderable))


def console_for(stream: TextIO, variables: Mapping[str, str]) -> Console:
    """A console on a stream: colour on a terminal unless NO_COLOR is set; lines of readable length."""
    console = Console(file=stream, highlight=False, no_color="NO_COLOR" in variables or None)
    console.width = min(console.width, _WIDEST) if stream.isatty() else PLAIN_WIDTH
    return console


def _mark(card: Card, look: Look) -> Text:
    style = look.sure if card.mark is Mark.FITS else look.unsure
    return Text(card.mark.value, style)


def _section(section: Section, words: Words, look: Look) -> RenderableType:
    """The cards of a stage under the names of their phases; brief ones as a small table."""
    parts: list[RenderableType] = [Text(section.intro)] if section.intro else []
    phase = ""
    for cards in _runs(section.cards):
        if cards[0].phase != phase:
            phase = cards[0].phase
            parts.append(Text(phase, look.phase))
        if cards[0].brief:
            parts += [_table(cards, words, look), Text()]
        else:
            parts += [render_card(card, words, look) for card in cards]
    return Group(*parts)


def _runs(cards: tuple[Card, ...]) -> Iterator[list[Card]]:
    """Neighbouring cards of one phase and one size."""
    run: list[Card] = []
    for card in cards:
        if run and (run[0].phase, run[0].brief) != (card.phase, card.brief):
            yield run
            run = []
        run.append(card)
    if run:
        yield run


def _table(cards: list[Card], words: Words, look: Look) -> RenderableType:
    """Brief cards: mark, name and the first contact."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(ratio=3, overflow="fold")
    grid.add_column(ratio=3, overflow="fold")
    for card in cards:
        contact = _linked(card.lines[0], look) if card.lines else Text(words.gettext("contact not known"), look.quiet)
        if not card.verified:
            contact.append(" *", look.unsure)
        grid.add_row(_mark(card, look), Text(card.name), contact)
    indented = Padding(grid, (0, 0, 0, _INDENT - 1))
    if all(card.verified for card in cards):
        return indented
    footnote = Text(words.gettext("* old information: check before you go"), look.quiet)
    return Group(indented, Padding(footnote, (0, 0, 0, _INDENT + 1)))


def _grid(lines: tuple[Line, ...], look: Look) -> RenderableType:
    """Labelled lines, the label only once for several of a kind."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True, style=look.quiet)
    grid.add_column(overflow="fold")
    shown = ""
    for line in lines:
        grid.add_row("" if line.label == shown else line.label, _linked(line, look))
        shown = line.label
    return grid


def _linked(line: Line, look: Look) -> Text:
    return Text(line.text, Style(link=line.link) if line.link and look.links else "")
