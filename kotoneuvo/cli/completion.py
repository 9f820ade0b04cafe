"""Completion in the shell: commands and options by typer, and the values that options and arguments may have.

Nothing of this is loaded in a usual run: the values are hung onto the options only while a shell asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from typer.main import get_command

from kotoneuvo.advice.facts import FactBook, fold
from kotoneuvo.advice.service import Operating
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE
from kotoneuvo.catalogue.bundle import data_folder
from kotoneuvo.catalogue.read_facts import read_facts
from kotoneuvo.cli.main import NAME, build
from kotoneuvo.cli.options import OPTIONS
from kotoneuvo.words import LANGUAGES

Choices = Callable[[FactBook], Iterable[str]]
SEVERAL = {"goals", SERVICE_LANGUAGE, *OPTIONS} - {"municipality", "years_since_first_permit"}
"""What may hold several values with commas between them: the last one is completed."""


def complete() -> None:
    """Answer a shell that asks for completions, or print or install its script."""
    command = get_command(build())
    _hang(command)
    command(prog_name=NAME)


def _hang(command: Any) -> None:
    """Give every parameter of a command and of those below it the values it may have."""
    for parameter in command.params:
        choices = _named(parameter.type) or _choices(parameter.name)
        if choices:
            parameter._custom_shell_complete = _completer(parameter.name, choices)
    for below in getattr(command, "commands", {}).values():
        _hang(below)


def _named(kind: Any) -> Choices | None:
    """The values of an option that has a fixed few, such as --format."""
    few = [str(each) for each in getattr(kind, "choices", ())]
    return (lambda facts: few) if few else None


def _completer(name: str, choices: Choices) -> Callable[[Any, Any, str], list[str]]:
    def complete_value(context: Any, parameter: Any, incomplete: str) -> list[str]:
        before, comma, word = incomplete.rpartition(",") if name in SEVERAL else ("", "", incomplete)
        known = list(choices(read_facts(data_folder())))
        return [before + comma + each for each in known if fold(each).startswith(fold(word))]

    return complete_value


def _choices(name: str) -> Choices | None:
    """Where the values of a parameter come from."""
    if name == "municipality":
        return _municipalities
    if name in ("goal", GOALS):
        return lambda facts: facts.goals
    if name in ("service", "without", "including"):
        return lambda facts: _services()
    if name == "audience":
        return lambda facts: map(str, facts["customer_role"].domain)
    if name == "operating":
        return lambda facts: [each.value for each in Operating]
    if name == "lang":
        return lambda facts: LANGUAGES
    if name == "handout_lang":
        return lambda facts: _handout_languages()
    if name in OPTIONS and name != SERVICE_LANGUAGE:
        return lambda facts: _words(facts, name)
    return None


def _municipalities(facts: FactBook) -> Iterable[str]:
    return sorted({name for each in facts.municipalities.values() for name in (each.name["fi"], each.name["sv"])})


def _words(facts: FactBook, name: str) -> Iterable[str]:
    """The values of a fact; "yes" and "no" where it is either."""
    domain = facts[name].domain
    return ("yes", "no") if set(domain) == {True, False} else [str(value) for value in domain]


def _services() -> Iterable[str]:
    from kotoneuvo.cli.catalogues import open_catalogue
    from kotoneuvo.cli.environment import Environment

    return open_catalogue(Environment.current(), None).services


def _handout_languages() -> Iterable[str]:
    from kotoneuvo.render.handout.reader import handout_languages

    return handout_languages()
