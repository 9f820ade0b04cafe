"""Commands whose help and refusals are in the worker's language. What is slow is imported only when it is shown."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from kotoneuvo.advice.problems import Problem
    from kotoneuvo.cli.help import Help, Translate
    from kotoneuvo.words import Words

_LANGUAGE = "kotoneuvo.language"
_OPTION = "--lang"


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


class _Localized:
    """What commands and groups of them have in common; stands before typer's own class."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse, with --lang noted before --help ends the parsing."""
        for place, word in enumerate(args):
            if word == _OPTION and place + 1 < len(args):
                ctx.meta[_LANGUAGE] = args[place + 1]
            elif word.startswith(f"{_OPTION}="):
                ctx.meta[_LANGUAGE] = word.partition("=")[2]
        try:
            parsed: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]
        except Exception as error:
            # Typer leaves out of some refusals whose command line is wrong.
            if _is_refusal(error) and not getattr(error, "ctx", None):
                error.ctx = ctx  # type: ignore[attr-defined]
            raise
        return parsed

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        _write_usage(*_described(ctx), formatter)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the whole help."""
        from kotoneuvo.cli.help import EXAMPLES_HEADING

        shown, translate = _described(ctx)
        _write_usage(shown, translate, formatter)
        for paragraph in shown.about:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(paragraph)
        for section in shown.sections:
            with formatter.section(section.heading):
                formatter.write_dl([(row.name, row.text) for row in section.rows])
        if shown.examples:
            with formatter.section(translate(EXAMPLES_HEADING)):
                for row in shown.examples:
                    formatter.write_text(f"# {row.text}")
                    # Not as text: a command that is wrapped cannot be copied.
                    formatter.write(f"  {row.name}\n")


class LocalizedCommand(_Localized, TyperCommand):
    """A command whose help is in the worker's language."""


class LocalizedGroup(_Localized, TyperGroup):
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
            if not _is_refusal(error):
                raise
            _refuse(error)
            code = getattr(error, "exit_code", 2)
        sys.exit(code or 0)


def _words(context: Any) -> Words:
    """The worker's language; English where the asked one is not known."""
    from kotoneuvo.advice.problems import InputProblems
    from kotoneuvo.cli.environment import Environment
    from kotoneuvo.words import Words

    try:
        return Environment.current().words(context.meta.get(_LANGUAGE) if context else None)
    except InputProblems:
        return Words("en")


def _described(context: Any) -> tuple[Help, Translate]:
    """The help of a command in the worker's language, and what translates to it."""
    from kotoneuvo.cli.help import describe
    from kotoneuvo.words import help_words

    language = _words(context).language
    translate = help_words(language)
    return describe(context, translate, language), translate


def _write_usage(shown: Help, translate: Translate, formatter: Any) -> None:
    from kotoneuvo.cli.help import USAGE

    formatter.write_usage(shown.path, shown.usage, prefix=translate(USAGE) + " ")


def _is_refusal(error: BaseException) -> bool:
    """Whether typer raised this for a wrong command line. Its versions name the class differently, or not at all."""
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def _refuse(error: Any) -> None:
    """Say on stderr what is wrong; a group that was called without a command shows its help."""
    if error.ctx and (error.message == error.ctx.get_help() or _lacks_command(error)):
        print(error.ctx.get_help(), file=sys.stderr)
        return
    words = _words(error.ctx)
    command = error.ctx.command_path if error.ctx else "kotoneuvo"
    next_step = words.gettext("`{command} --help` shows how it is used.").format(command=command)
    print(words.problem(_problem(error)), next_step, sep="\n", file=sys.stderr)


def _lacks_command(error: Any) -> bool:
    """Whether a group was called with options only: typer has no class of its own for that."""
    group = isinstance(error.ctx.command, LocalizedGroup) and not isinstance(error, UnknownCommand)
    return group and not any(getattr(error, name, None) for name in ("param", "option_name", "possibilities"))


def _problem(error: Any) -> Problem:
    """The problem in an exception of typer's, by what it holds; one of another kind is said in typer's own words."""
    from kotoneuvo.advice.problems import Problem, closest

    parameter, option = getattr(error, "param", None), getattr(error, "option_name", "")
    if isinstance(error, UnknownCommand):
        near = closest(error.name, error.known)
        return Problem('unknown {kind} "{found}"', {"kind": "command", "found": error.name}, suggestion=near)
    if hasattr(error, "possibilities"):
        near = closest(option, error.possibilities or [])
        return Problem('unknown {kind} "{found}"', {"kind": "option", "found": option}, suggestion=near)
    if option:
        return Problem("this option needs a value", fieldname=option)
    if parameter is None:
        return Problem("the command line is not understood: {message}", {"message": error.format_message()})
    longest = max(parameter.opts, key=len)
    name = str(longest if longest.startswith("-") else parameter.name)
    if hasattr(error, "param_type"):
        return Problem("this is required but missing", fieldname=name)
    return Problem("this value cannot be used", fieldname=name, allowed=_allowed(parameter.type))


def _allowed(kind: Any) -> tuple[str, ...]:
    """The values or the range of an option that has such."""
    least, most = getattr(kind, "min", None), getattr(kind, "max", None)
    if least is not None and most is not None:
        return (f"{least}-{most}",)
    return (f">= {least}",) if least is not None else tuple(map(str, getattr(kind, "choices", ())))
