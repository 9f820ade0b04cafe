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
_PIECES = ("[OPTIONS]", "COMMAND [ARGS]...")
"""Words of a usage line that are translated; names of arguments stay."""


@dataclass(frozen=True, slots=True)
class HelpRow:
    """An option, an argument, a command or an example of one, and what is said of it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class HelpSection:
    """Rows under one heading."""

    heading: str
    rows: tuple[HelpRow, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """All that is said of one command: `about` in paragraphs, `examples` as command and comment."""

    path: str
    usage_heading: str
    usage: str
    about: tuple[str, ...]
    sections: tuple[HelpSection, ...]
    examples: HelpSection


def describe(context: Any, translate: Translate, language: str = "en") -> Help:
    """The help of the command of a typer context, in the `language` that `translate` translates to."""
    command, path = context.command, context.command_path
    headings = translate("Usage:"), translate("Examples")
    pieces = [translate(piece) if piece in _PIECES else piece for piece in command.collect_usage_pieces(context)]
    own: dict[str, list[HelpRow]] = {"argument": [], "option": []}
    facts = []
    for each in command.get_params(context):
        if getattr(each, "rich_help_panel", None) == FACTS:
            facts.append(HelpRow(each.opts[0], option_help(each.name, language, translate)))
        elif not getattr(each, "hidden", False):
            own[each.param_type_name].append(_row(each, context, translate))
    commands = [
        HelpRow(name, translate(entry.about or _paragraphs(command.get_command(context, name))[0]))
        for name, entry in getattr(command, "entries", {}).items()
    ]
    sections = [
        HelpSection(translate("Arguments"), tuple(own["argument"])),
        HelpSection(translate("Options"), tuple(own["option"])),
        HelpSection(translate("Facts about the person"), tuple(facts)),
        HelpSection(translate("Commands"), tuple(commands)),
    ]
    examples = tuple(HelpRow(line, translate(comment)) for line, comment in EXAMPLES.get(path, {}).items())
    return Help(
        path,
        headings[0],
        " ".join(pieces),
        tuple(map(translate, _paragraphs(command))),
        tuple(each for each in sections if each.rows),
        HelpSection(headings[1], examples),
    )


def describe_all(
    command: Any, translate: Translate, language: str = "en", name: str = "kotoneuvo", parent: Any = None
) -> Iterator[Help]:
    """The help of a command and of all below it."""
    # Made by hand: no command line is parsed where the reference is written.
    context = typer.Context(command, info_name=name, parent=parent, help_option_names=["-h", "--help"])
    yield describe(context, translate, language)
    for below in getattr(command, "entries", ()):
        yield from describe_all(command.get_command(context, below), translate, language, below, context)


def _paragraphs(command: Any) -> list[str]:
    joined = (" ".join(part.split()) for part in (command.help or "").split("\n\n"))
    return [part for part in joined if part]


def _row(parameter: Any, context: Any, translate: Translate) -> HelpRow:
    """One line: the program's own words translated, and what typer adds about defaults and ranges."""
    name, text = parameter.get_help_record(context)
    own = parameter.help or ""
    added = text.removeprefix(own)
    for word in ("default:", "required"):
        added = added.replace(word, translate(word))
    return HelpRow(name, (translate(own) if own else "") + added)
