"""The help of a command as data, in the worker's language: shown by --help, and in docs/reference/commands.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import typer

from kotoneuvo.cli.examples import EXAMPLES
from kotoneuvo.cli.options import FACTS, option_help

Translate = Callable[[str], str]
"""Translates a text of the help."""
USAGE, EXAMPLES_HEADING = "Usage:", "Examples"
_PIECES = ("[OPTIONS]", "COMMAND [ARGS]...")
"""Words of a usage line that are translated; names of arguments stay."""


@dataclass(frozen=True, slots=True)
class Row:
    """An option, an argument or a command, and what is said of it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """All that is said of one command: `about` in paragraphs, `examples` as command and comment."""

    path: str
    usage: str
    about: tuple[str, ...]
    sections: tuple[Section, ...]
    examples: tuple[Row, ...]


def describe(context: Any, translate: Translate, language: str = "en") -> Help:
    """The help of the command of a typer context, in the `language` that `translate` translates to."""
    command, path = context.command, context.command_path
    pieces = [translate(piece) if piece in _PIECES else piece for piece in command.collect_usage_pieces(context)]
    own: dict[str, list[Row]] = {"argument": [], "option": []}
    facts = []
    for each in command.get_params(context):
        if getattr(each, "rich_help_panel", None) == FACTS:
            facts.append(Row(each.opts[0], option_help(each.name, language, translate)))
        elif not getattr(each, "hidden", False):
            own[each.param_type_name].append(_row(each, context, translate))
    below = getattr(command, "commands", {}).items()
    commands = (Row(name, next(iter(_about(each, translate)), "")) for name, each in below)
    sections = [
        Section(translate("Arguments"), tuple(own["argument"])),
        Section(translate("Options"), tuple(own["option"])),
        Section(translate("Facts about the person"), tuple(facts)),
        Section(translate("Commands"), tuple(commands)),
    ]
    examples = tuple(Row(each.line, translate(each.comment)) for each in EXAMPLES.get(path, ()))
    shown = tuple(each for each in sections if each.rows)
    return Help(path, " ".join(pieces), _about(command, translate), shown, examples)


def describe_all(
    command: Any, translate: Translate, language: str = "en", name: str = "kotoneuvo", parent: Any = None
) -> Iterator[Help]:
    """The help of a command and of all below it."""
    context = typer.Context(command, info_name=name, parent=parent, help_option_names=["-h", "--help"])
    yield describe(context, translate, language)
    for below, each in getattr(command, "commands", {}).items():
        yield from describe_all(each, translate, language, below, context)


def _about(command: Any, translate: Translate) -> tuple[str, ...]:
    paragraphs = (" ".join(part.split()) for part in (command.help or "").split("\n\n"))
    return tuple(translate(part) for part in paragraphs if part)


def _row(parameter: Any, context: Any, translate: Translate) -> Row:
    """One line: the program's own words translated, and what typer adds about defaults and ranges."""
    name, text = parameter.get_help_record(context)
    own = parameter.help or ""
    added = text.removeprefix(own)
    for word in ("default:", "required"):
        added = added.replace(word, translate(word))
    return Row(name, (translate(own) if own else "") + added)
