"""The help of a command as data, in the worker's language: shown by --help, and in docs/reference/commands.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import typer

from kotoneuvo.cli.examples import EXAMPLES
from kotoneuvo.cli.options import FACTS, option_help

Say = Callable[[str], str]
"""Translates a text of the help."""
USAGE, EXAMPLES_HEADING = "Usage:", "Examples"


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


def describe(context: Any, say: Say, language: str = "en") -> Help:
    """The help of the command of a typer context, in the `language` that `say` translates to."""
    command, path = context.command, context.command_path
    usage = " ".join(_piece(piece, say) for piece in command.collect_usage_pieces(context))
    options = [each for each in command.get_params(context) if each.param_type_name == "option"]
    arguments = [each for each in command.get_params(context) if each.param_type_name == "argument"]
    sections = [
        Section(say("Arguments"), _rows(arguments, context, say)),
        Section(say("Options"), _rows([each for each in options if not _is_fact(each)], context, say)),
        Section(say("Facts about the person"), tuple(_fact_rows(options, language, say))),
        Section(say("Commands"), tuple(_commands(context, say))),
    ]
    examples = tuple(Row(each.line, say(each.comment)) for each in EXAMPLES.get(path, ()))
    return Help(path, usage, _about(command, say), tuple(each for each in sections if each.rows), examples)


def describe_all(
    command: Any, say: Say, language: str = "en", name: str = "kotoneuvo", parent: Any = None
) -> Iterator[Help]:
    """The help of a command and of all below it."""
    context = typer.Context(command, info_name=name, parent=parent, help_option_names=["-h", "--help"])
    yield describe(context, say, language)
    for below, each in getattr(command, "commands", {}).items():
        yield from describe_all(each, say, language, below, context)


def _piece(piece: str, say: Say) -> str:
    """A word of the usage line; names of arguments stay."""
    shown = {"[OPTIONS]": say("[OPTIONS]"), "COMMAND [ARGS]...": say("COMMAND [ARGS]...")}
    return shown.get(piece, piece)


def _about(command: Any, say: Say) -> tuple[str, ...]:
    paragraphs = (" ".join(part.split()) for part in (command.help or "").split("\n\n"))
    return tuple(say(part) for part in paragraphs if part)


def _is_fact(parameter: Any) -> bool:
    return getattr(parameter, "rich_help_panel", None) == FACTS


def _rows(parameters: list[Any], context: Any, say: Say) -> tuple[Row, ...]:
    return tuple(_row(each, context, say) for each in parameters if not getattr(each, "hidden", False))


def _row(parameter: Any, context: Any, say: Say) -> Row:
    """One line: the program's own words translated, and what typer adds about defaults and ranges."""
    name, text = parameter.get_help_record(context)
    own = parameter.help or ""
    added = text.removeprefix(own).replace("default: ", say("default:") + " ").replace("required", say("required"))
    return Row(name, (say(own) if own else "") + added)


def _fact_rows(parameters: list[Any], language: str, say: Say) -> Iterator[Row]:
    for each in filter(_is_fact, parameters):
        yield Row(each.opts[0], option_help(each.name, language, say))


def _commands(context: Any, say: Say) -> Iterator[Row]:
    for name, each in getattr(context.command, "commands", {}).items():
        yield Row(name, next(iter(_about(each, say)), ""))
