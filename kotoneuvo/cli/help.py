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
"""The words of a usage line that are translated; names of arguments are not."""


@dataclass(frozen=True, slots=True)
class HelpRow:
    """An option, an argument, a command or an example, with its explanation."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class HelpSection:
    """Rows under one heading."""

    heading: str
    rows: tuple[HelpRow, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """The whole help of one command: `about` holds paragraphs, `examples` commands with comments."""

    path: str
    usage_heading: str
    usage: str
    about: tuple[str, ...]
    sections: tuple[HelpSection, ...]
    examples: HelpSection


def describe(context: Any, translate: Translate, language: str = "en") -> Help:
    """Return the help of a typer context's command, in the `language` that `translate` translates to."""
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
    """Yield the help of a command and of all commands below it."""
    # Made by hand, as no command line is parsed when the reference is generated.
    context = typer.Context(command, info_name=name, parent=parent, help_option_names=["-h", "--help"])
    yield describe(context, translate, language)
    for below in getattr(command, "entries", ()):
        yield from describe_all(command.get_command(context, below), translate, language, below, context)


def _paragraphs(command: Any) -> list[str]:
    joined = (" ".join(part.split()) for part in (command.help or "").split("\n\n"))
    return [part for part in joined if part]


def _row(parameter: Any, context: Any, translate: Translate) -> HelpRow:
    """Return a row with the help of a parameter translated, and what typer adds about its default and range."""
    name, text = parameter.get_help_record(context)
    own = parameter.help or ""
    # Typer returns one text: the help as written, then default and range in English.
    added = text.removeprefix(own)
    for word in ("default:", "required"):
        added = added.replace(word, translate(word))
    return HelpRow(name, (translate(own) if own else "") + added)
