"""Options that several commands share, and those of `advise`, which are made from the facts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

import typer
from typer.core import TyperOption

from kotoneuvo.cli import completion

Lang = Annotated[str | None, typer.Option(help="fi, sv or en", autocompletion=completion.languages)]
AsOf = Annotated[str | None, typer.Option(help="as of this day, YYYY-MM-DD")]
Municipality = Annotated[
    str | None,
    typer.Option(help="only services that serve this municipality", autocompletion=completion.municipalities),
]
Goal = Annotated[
    str | None, typer.Option(help="only services that help with this goal", autocompletion=completion.goals)
]


class Format(StrEnum):
    """How a command that looks after the catalogue writes what it found."""

    TEXT = "text"
    JSON = "json"


Form = Annotated[Format, typer.Option("--format", help="text, or json for scripts")]


def hand_down(context: typer.Context, **given: object) -> None:
    """Make options given before a subcommand the defaults of every command below it."""

    def below(command: Any) -> dict[str, Any]:
        return given | {name: below(each) for name, each in getattr(command, "commands", {}).items()}

    context.default_map = below(context.command)


def group_options(context: typer.Context, lang: Lang = None) -> None:
    """The options of a group of commands; what stands before the group counts for its commands all the same."""
    before = context.default_map or {}
    # The commands' own defaults stand beside the options in it, and an argument may be called as a command is: `new`.
    given = {name: before[name] for name in before.keys() - getattr(context.command, "commands", {}).keys()}
    hand_down(context, **{**given, "lang": lang})


FACTS = "Facts"
"""The panel of the options that stand for facts."""
_ANSWERS = "kotoneuvo.answers"
_WISHES = {
    "goals": "what the person wants, most wanted first: work,language,…",
    "service_language": "languages the person speaks: ar,en",
}
_WAYS = {
    "yes_no": "yes or no",
    "number": "years, or a range: 34, 18-29, 65+",
    "years": "years (2), a range (<3) or the month of the first permit (2024-05)",
    "level": "0, A1.3, A2, B1-B2, …",
    "several": 'ages or ranges: "2,8", "<3,7-15", none',
    "municipality": "name (fi or sv) or code",
}
"""How a fact of each kind is answered."""
_ONLY_TOLD = "only if the person tells you"
_SHOWN = 5
"""Values of a choice that the help names."""


@cache
def _facts() -> Mapping[str, dict[str, Any]]:
    """The facts as the data have them: their names are needed before any command line is read, and little else."""
    from kotoneuvo.catalogue.files import data_folder, read_bundled

    return {fact["id"]: fact for fact in read_bundled(data_folder(), "facts")["fact"]}


def fact_names() -> tuple[str, ...]:
    """The facts and wishes that have an option, in the order in which they are asked."""
    first, *others = _facts()
    return (first, "goals", *others, "service_language")


def option_name(fact: str) -> str:
    """The command-line option of a fact."""
    return "--" + fact.replace("_", "-")


def fact_options() -> list[TyperOption]:
    """An option for every fact and wish; what they are given is read with `given_answers`."""
    return [
        TyperOption(
            param_decls=[name, option_name(name)],
            help=name,
            rich_help_panel=FACTS,
            expose_value=False,
            callback=_note,
            autocompletion=completion.values_of(name),
        )
        for name in fact_names()
    ]


def given_answers(context: typer.Context) -> dict[str, str]:
    """What the options of the facts were given, by fact."""
    found: dict[str, str] = context.meta.get(_ANSWERS, {})
    return found


def _note(context: typer.Context, parameter: Any, value: str | None) -> None:
    if value is not None:
        context.meta.setdefault(_ANSWERS, {})[parameter.name] = value


def option_help(name: str, language: str, translate: Any) -> str:
    """The help of a fact's option: its label, and how it may be answered."""
    if name in _WISHES:
        return str(translate(_WISHES[name]))
    fact = _facts()[name]
    if fact["kind"] == "choice":
        ids = [each["id"] for each in fact.get("value", ())] or _statuses()
        way = ", ".join(ids[:_SHOWN]) + (", …" if len(ids) > _SHOWN else "")
    else:
        way = translate(_WAYS[fact["kind"]])
    only = f"; {translate(_ONLY_TOLD)}" if fact["asked"] == "told" else ""
    return f"{fact['label'][language]}: {way}{only}"


def _statuses() -> list[str]:
    from kotoneuvo.catalogue.files import data_folder, read_bundled

    return [each["id"] for each in read_bundled(data_folder(), "statuses")["status"]]
