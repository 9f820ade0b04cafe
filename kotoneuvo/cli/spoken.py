"""Commands that speak the worker's language in their help. What is slow is imported only when help is asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from kotoneuvo.cli.help import Help, Say
    from kotoneuvo.words import Words

_LANGUAGE = "kotoneuvo.language"
_OPTION = "--lang"


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
    except Exception as error:
        if is_refusal(error) and not getattr(error, "ctx", None):
            error.ctx = context  # type: ignore[attr-defined]
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


def _described(context: Any) -> tuple[Help, Say]:
    """The help of a command in the worker's language, and what translates to it."""
    from kotoneuvo.cli.help import describe
    from kotoneuvo.words import help_words

    language = _words(context).language
    say = help_words(language)
    return describe(context, say, language), say


def _write_usage(shown: Help, say: Say, formatter: Any) -> None:
    from kotoneuvo.cli.help import USAGE

    formatter.write_usage(shown.path, shown.usage, prefix=say(USAGE) + " ")


def _write_help(context: Any, formatter: Any) -> None:
    from kotoneuvo.cli.help import EXAMPLES_HEADING

    shown, say = _described(context)
    _write_usage(shown, say, formatter)
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


class UnknownCommand(Exception):
    """A word that is no command of a group; refused as typer refuses a wrong option."""

    exit_code = 2

    def __init__(self, ctx: Any, name: str, known: list[str]) -> None:
        super().__init__(name)
        self.ctx, self.name, self.known = ctx, name, known
        self.message = name

    def format_message(self) -> str:
        """The word itself."""
        return self.name


def is_refusal(error: BaseException) -> bool:
    """Whether typer raised this for a wrong command line. Its versions name the class differently, or not at all."""
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def _refuse(error: Any) -> None:
    """Say on stderr what is wrong; a group that was called without a command shows its help."""
    from kotoneuvo.cli.usage import next_step, usage_problem

    if error.ctx and error.message == error.ctx.get_help():
        print(error.message, file=sys.stderr)
        return
    words = _words(error.ctx)
    print(words.problem(usage_problem(error)), next_step(words, error.ctx), sep="\n", file=sys.stderr)


class _Spoken:
    """What commands and groups of them have in common; stands before typer's own class."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Note the language, then parse."""
        with _noted(ctx, args):
            parsed: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]
            return parsed

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        _write_usage(*_described(ctx), formatter)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the whole help."""
        _write_help(ctx, formatter)


class SpokenCommand(_Spoken, TyperCommand):
    """A command whose help is in the worker's language."""


class SpokenGroup(_Spoken, TyperGroup):
    """A group of commands whose help and whose refusals are in the worker's language."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that is called. Raises UnknownCommand."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise UnknownCommand(ctx, args[0], list(self.commands))
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the program; a wrong command line ends it with what is wrong with it and where to read on."""
        alone = extra.pop("standalone_mode", True)
        extra["standalone_mode"] = False
        if not alone:
            return super().main(*args, **extra)
        try:
            code = super().main(*args, **extra)
        except Exception as error:
            if not is_refusal(error):
                raise
            _refuse(error)
            code = getattr(error, "exit_code", 2)
        sys.exit(code or 0)
