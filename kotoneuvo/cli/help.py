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
    usage = " ".join(_piece(piece, translate) for piece in command.collect_usage_pieces(context))
    options = [each for each in command.get_params(context) if each.param_type_name == "option"]
    arguments = [each for each in command.get_params(context) if each.param_type_name == "argument"]
    sections = [
        Section(translate("Arguments"), _rows(arguments, context, translate)),
        Section(translate("Options"), _rows([each for each in options if not _is_fact(each)], context, translate)),
        Section(translate("Facts about the person"), tuple(_fact_rows(options, language, translate))),
        Section(translate("Commands"), tuple(_commands(context, translate))),
    ]
    examples = tuple(Row(each.line, translate(each.comment)) for each in EXAMPLES.get(path, ()))
    return Help(path, usage, _about(command, translate), tuple(each for each in sections if each.rows), examples)


def describe_all(
    command: Any, translate: Translate, language: str = "en", name: str = "kotoneuvo", parent: Any = None
) -> Iterator[Help]:
    """The help of a command and of all below it."""
    context = typer.Context(command, info_name=name, parent=parent, help_option_names=["-h", "--help"])
    yield describe(context, translate, language)
    for below, each in getattr(command, "commands", {}).items():
        yield from describe_all(each, translate, language, below, context)


def _piece(piece: str, translate: Translate) -> str:
    """A word of the usage line; names of arguments stay."""
    shown = {"[OPTIONS]": translate("[OPTIONS]"), "COMMAND [ARGS]...": translate("COMMAND [ARGS]...")}
    return shown.get(piece, piece)


def _about(command: Any, translate: Translate) -> tuple[str, ...]:
    paragraphs = (" ".join(part.split()) for part in (command.help or "").split("\n\n"))
    return tuple(translate(part) for part in paragraphs if part)


def _is_fact(parameter: Any) -> bool:
    return getattr(parameter, "rich_help_panel", None) == FACTS


def _rows(parameters: list[Any], context: Any, translate: Translate) -> tuple[Row, ...]:
    return tuple(_row(each, context, translate) for each in parameters if not getattr(each, "hidden", False))


def _row(parameter: Any, context: Any, translate: Translate) -> Row:
    """One line: the program's own words translated, and what typer adds about defaults and ranges."""
    name, text = parameter.get_help_record(context)
    own = parameter.help or ""
    added = text.removeprefix(own)
    for word in ("default:", "required"):
        added = added.replace(word, translate(word))
    return Row(name, (translate(own) if own else "") + added)


def _fact_rows(parameters: list[Any], language: str, translate: Translate) -> Iterator[Row]:
    for each in filter(_is_fact, parameters):
        yield Row(each.opts[0], option_help(each.name, language, translate))


def _commands(context: Any, translate: Translate) -> Iterator[Row]:
    for name, each in getattr(context.command, "commands", {}).items():
        yield Row(name, next(iter(_about(each, translate)), ""))
