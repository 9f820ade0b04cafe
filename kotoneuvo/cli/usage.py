"""What typer refuses in a command line, said as every other problem is, with the next step."""

from __future__ import annotations

import re
from typing import Any

from kotoneuvo.advice.problems import Problem, closest
from kotoneuvo.words import Words


def usage_problem(message: str) -> Problem:
    """The problem that a message of typer tells of; one that is not known stands as it is."""
    for pattern, problem in (
        (r"No such option: (\S+)(?: \(Possible options: (.*)\))?", _unknown_option),
        (r"No such command '(.*?)'\.?(?: Did you mean '(.*?)'.*\?)?", _unknown_command),
        (r"Missing (?:option|argument) '(.*)'\.?.*", _missing),
        (r"Option '?([^' ]*)'? requires an argument\.?", _without_value),
        (r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", _too_many),
        (r"Invalid value for '?(.*?)'?: (.*?) is not one of (.*)\.", _not_one_of),
        (r"Invalid value for '?(.*?)'?: (.*?) is not a valid .*", _not_valid),
        (r"Invalid value for '?(.*?)'?: (.*?) is not in the range (.*)\.", _out_of_range),
    ):
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return problem(*match.groups(default=""))
    return Problem(message)


def next_step(words: Words, context: Any) -> str:
    """Where to read on: the help of the command that was called."""
    command = context.command_path if context else "kotoneuvo"
    return words.gettext("`{command} --help` shows how it is used.").format(command=command)


def _unknown_option(found: str, near: str) -> Problem:
    return _unknown("option", found, closest(found, near.split(", ")))


def _unknown_command(found: str, near: str) -> Problem:
    return _unknown("command", found, near)


def _unknown(kind: str, found: str, near: str) -> Problem:
    return Problem('unknown {kind} "{found}"', {"kind": kind, "found": found}, suggestion=near)


def _missing(name: str) -> Problem:
    return Problem("this is needed, and is missing", fieldname=name)


def _without_value(name: str) -> Problem:
    return Problem("a value must follow this option", fieldname=name)


def _too_many(found: str) -> Problem:
    return Problem("too many words for this command: {found}", {"found": found})


def _not_one_of(name: str, found: str, allowed: str) -> Problem:
    words = tuple(each.strip(" '") for each in allowed.split(","))
    return Problem('"{found}" is not a value of this option', {"found": found.strip("'")}, "", "", _option(name), words)


def _not_valid(name: str, found: str) -> Problem:
    return Problem('"{found}" is not a value of this option', {"found": found.strip("'")}, fieldname=_option(name))


def _out_of_range(name: str, found: str, allowed: str) -> Problem:
    return Problem("the number {found} is out of range", {"found": found}, "", "", _option(name), (allowed,))


def _option(name: str) -> str:
    return name.strip("'").split("' / '")[-1]
