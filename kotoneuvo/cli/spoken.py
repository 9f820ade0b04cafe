"""Commands that speak the worker's language in their help. What is slow is imported only when help is asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from kotoneuvo.cli.help import Say
    from kotoneuvo.words import Words

_LANGUAGE = "kotoneuvo.language"
_OPTION = "--lang"
_Refused: Any = typer.BadParameter.__mro__[1]
"""What typer raises for a wrong command line; it has no public name."""


@contextmanager
def _noted(context: Any, args: list[str]) -> Iterator[None]:
    """Remember the --lang of a command line before --help ends it, and whose command line is wrong."""
    for place, word in enumerate(args):
        if word == _OPTION and place + 1 < len(args):
            context.meta[_LANGUAGE] = args[place + 1]
        elif word.startswith(f"{_OPTION}="):
            context.meta[_LANGUAGE] = word.partition("=")[2]
    try:
        yield
    except _Refused as error:
        error.ctx = error.ctx or context
        raise


def _words(context: Any) -> Words:
    """The worker's language; English where the asked one is not known."""
    from kotoneuvo.advice.problems import InputProblems
    from kotoneuvo.cli.environment import Environment
    from kotoneuvo.words import Words

    try:
        return Environment.current().words(context.meta.get(_LANGUAGE) if context else None)
    except InputProblems:
        return Words("en")


def _speaker(context: Any) -> Say:
    from kotoneuvo.words import help_words

    return help_words(_words(context).language)


def _write_usage(context: Any, formatter: Any) -> None:
    from kotoneuvo.cli.help import USAGE, describe

    say = _speaker(context)
    shown = describe(context, say)
    formatter.write_usage(shown.path, shown.usage, prefix=say(USAGE) + " ")


def _write_help(context: Any, formatter: Any) -> None:
    from kotoneuvo.cli.help import EXAMPLES_HEADING, describe

    _write_usage(context, formatter)
    say = _speaker(context)
    shown = describe(context, say)
    for paragraph in shown.about:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(paragraph)
    for section in shown.sections:
        with formatter.section(section.heading):
            formatter.write_dl([(row.name, row.text) for row in section.rows])
    if shown.examples:
        with formatter.section(say(EXAMPLES_HEADING)):
            for row in shown.examples:
                formatter.write_text(f"# {row.text}")
                formatter.write(f"  {row.name}\n")


def _refuse(error: Any) -> None:
    """Say on stderr what is wrong; a group that was called without a command shows its help."""
    from kotoneuvo.cli.usage import next_step, usage_problem

    if error.ctx and error.message == error.ctx.get_help():
        print(error.message, file=sys.stderr)
        return
    words = _words(error.ctx)
    print(words.problem(usage_problem(error.format_message())), next_step(words, error.ctx), sep="\n", file=sys.stderr)


class _Spoken:
    """What commands and groups of them have in common; stands before typer's own class."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Note the language, then parse."""
        with _noted(ctx, args):
            parsed: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]
            return parsed

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        _write_usage(ctx, formatter)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the whole help."""
        _write_help(ctx, formatter)


class SpokenCommand(_Spoken, TyperCommand):
    """A command whose help is in the worker's language."""


class SpokenGroup(_Spoken, TyperGroup):
    """A group of commands whose help and whose refusals are in the worker's language."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the program; a wrong command line ends it with what is wrong with it and where to read on."""
        alone = extra.pop("standalone_mode", True)
        extra["standalone_mode"] = False
        if not alone:
            return super().main(*args, **extra)
        try:
            code = super().main(*args, **extra)
        except _Refused as error:
            _refuse(error)
            code = error.exit_code
        sys.exit(code or 0)
