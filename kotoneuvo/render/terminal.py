"""The page on a terminal (rich), and the same layout as plain text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.style import Style
from rich.table import Table
from rich.text import Text

from kotoneuvo.render.cards import Card, Line, Page, Section
from kotoneuvo.words import Words

PLAIN_WIDTH = 80


@dataclass(frozen=True)
class Look:
    """The styles of a page. Colour is never the only sign: every mark has a word beside it."""

    title: str = "bold"
    heading: str = "bold cyan"
    name: str = "bold"
    sure: str = "green"
    unsure: str = "yellow"
    quiet: str = "dim"
    warning: str = "bold yellow"
    links: bool = True


COLOUR = Look()
BARE = Look("", "", "", "", "", "", "", links=False)


def render_page(page: Page, words: Words, look: Look = COLOUR) -> RenderableType:
    """The page as something that rich can print."""
    _ = words.gettext
    parts: list[RenderableType] = [Text(page.title, look.title), Text(page.situation, look.quiet), Text()]
    parts += [Text(f"! {warning}", look.warning) for warning in page.warnings]
    shown = ""
    for section in page.sections:
        if section.heading != shown:
            parts.append(
                Rule(Text(section.heading, look.heading), align="left", style=look.quiet or "none", characters="─")
            )
            shown = section.heading
        parts.append(_section(section, words, look))
    if not page.sections:
        parts.append(Text(_("No service in the catalogue fits what is known."), look.warning))
    if page.questions:
        parts.append(Text(_("Worth asking next: {questions}").format(questions=", ".join(page.questions))))
    parts += [Text(line, look.quiet) for line in page.closing]
    return Group(*parts)


def render_card(card: Card, words: Words, look: Look = COLOUR) -> RenderableType:
    """One service as a block of lines."""
    _ = words.gettext
    mark, word = ("✓", _("seems to fit")) if card.sure else ("?", _("may fit"))
    head = Text.assemble((f"{mark} ", look.sure if card.sure else look.unsure), (card.name, look.name))
    if card.aside:
        head.append(f" ({card.aside})", look.quiet)
    head.append(f"  {word}", look.sure if card.sure else look.unsure)
    if card.brief:
        return Group(head, Padding(_grid(card.lines, look), (0, 0, 0, 2)))
    body: list[RenderableType] = [Text(card.summary)]
    if card.note:
        body.append(Text(f"! {card.note}", look.warning))
    body.append(_grid(card.lines, look))
    body.append(Text(card.age, look.quiet if card.verified else look.unsure))
    return Group(head, Padding(Group(*body), (0, 0, 1, 2)))


def to_text(renderable: RenderableType, width: int = PLAIN_WIDTH) -> str:
    """A renderable as plain text: no colour, no links, no trailing spaces."""
    console = Console(file=StringIO(), width=width, color_system=None, highlight=False, legacy_windows=False)
    console.print(renderable)
    output = console.file
    assert isinstance(output, StringIO)
    return "\n".join(line.rstrip() for line in output.getvalue().splitlines()) + "\n"


def render_text(page: Page, words: Words) -> str:
    """The page as plain text, 80 columns wide."""
    return to_text(render_page(page, words, BARE))


def _section(section: Section, words: Words, look: Look) -> RenderableType:
    full = [card for card in section.cards if not card.brief]
    brief = [card for card in section.cards if card.brief]
    parts: list[RenderableType] = []
    if section.intro:
        parts += [Text(section.intro, look.quiet), Text()]
    parts += [render_card(card, words, look) for card in full]
    if brief:
        parts.append(Text(words.gettext("For everyone, whatever the goal"), look.quiet))
        parts += [render_card(card, words, look) for card in brief]
        parts.append(Text())
    return Group(*parts)


def _grid(lines: tuple[Line, ...], look: Look) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True, style=look.quiet)
    grid.add_column(overflow="fold")
    shown = ""
    for line in lines:
        text = Text(line.text, Style(link=line.link) if line.link and look.links else "")
        grid.add_row("" if line.label == shown else line.label, text)
        shown = line.label
    return grid


def console_for(stream: TextIO, variables: Mapping[str, str]) -> Console:
    """A console on a stream: colour on a terminal unless NO_COLOR is set; 80 columns where there is no terminal."""
    width = None if stream.isatty() else PLAIN_WIDTH
    return Console(file=stream, width=width, highlight=False, no_color="NO_COLOR" in variables or None, soft_wrap=False)
