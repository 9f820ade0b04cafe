"""What typer refuses in a command line, said as every other problem is, with the next step."""

from __future__ import annotations

from typing import Any

from kotoneuvo.advice.problems import Problem, closest
from kotoneuvo.cli.spoken import UnknownCommand
from kotoneuvo.words import Words


def usage_problem(error: Any) -> Problem:
    """The problem in an exception of typer's, by what it holds; one of another kind is said in typer's own words."""
    parameter, option = getattr(error, "param", None), getattr(error, "option_name", "")
    if isinstance(error, UnknownCommand):
        near = closest(error.name, error.known)
        return Problem('unknown {kind} "{found}"', {"kind": "command", "found": error.name}, suggestion=near)
    if hasattr(error, "possibilities"):
        near = closest(option, error.possibilities or [])
        return Problem('unknown {kind} "{found}"', {"kind": "option", "found": option}, suggestion=near)
    if option:
        return Problem("this option needs a value", fieldname=option)
    if hasattr(error, "param_type") and parameter is not None:
        return Problem("this is required but missing", fieldname=_name(parameter))
    if parameter is not None:
        return Problem("this value cannot be used", fieldname=_name(parameter), allowed=_allowed(parameter.type))
    return Problem("the command line is not understood: {message}", {"message": error.format_message()})


def next_step(words: Words, context: Any) -> str:
    """Where to read on: the help of the command that was called."""
    command = context.command_path if context else "kotoneuvo"
    return words.gettext("`{command} --help` shows how it is used.").format(command=command)


def _name(parameter: Any) -> str:
    """An option as it is typed, an argument by its name."""
    longest = max(parameter.opts, key=len)
    return str(longest if longest.startswith("-") else parameter.name)


def _allowed(kind: Any) -> tuple[str, ...]:
    """The values or the range of an option that has such."""
    least, most = getattr(kind, "min", None), getattr(kind, "max", None)
    if least is not None and most is not None:
        return (f"{least}-{most}",)
    return (f">= {least}",) if least is not None else tuple(map(str, getattr(kind, "choices", ())))
