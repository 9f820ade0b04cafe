"""Options that several commands share, and those of `advise`, which are made from the facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperOption

from kotoneuvo.advice.problems import Problem
from kotoneuvo.cli.completion import words_for
from kotoneuvo.cli.environment import UsageProblems

Lang = Annotated[str | None, typer.Option(help="fi, sv or en", autocompletion=words_for("language"))]
AsOf = Annotated[str | None, typer.Option(help="as of this day, YYYY-MM-DD")]
Output = Annotated[Path | None, typer.Option(help="write here instead of stdout")]
Municipality = Annotated[
    str | None,
    typer.Option(help="only services that serve this municipality", autocompletion=words_for("municipality")),
]
Goal = Annotated[
    str | None, typer.Option(help="only services that help with this goal", autocompletion=words_for("goals"))
]


class Format(StrEnum):
    """How a command that looks after the catalogue writes what it found."""

    TEXT = "text"
    JSON = "json"


Form = Annotated[Format, typer.Option("--format", help="text, or json for scripts")]


def hand_down(context: typer.Context, **given: object) -> None:
    """Make options given before a subcommand the defaults of every command below it."""
    context.default_map = given | dict.fromkeys(getattr(context.command, "entries", ()), given)


def group_options(context: typer.Context, lang: Lang = None) -> None:
    """The options of a group of commands; what stands before the group counts for its commands all the same."""
    hand_down(context, **{**(context.default_map or {}), "lang": lang})


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
            # `advise` has no parameter for each: a new fact is an entry of the data alone.
            expose_value=False,
            # Typer would keep the last of several, and drop an answer without a word.
            multiple=True,
            callback=_note,
            # The municipality is one, and a comma in years is a decimal comma.
            autocompletion=words_for(name, several=_facts().get(name, {}).get("kind") not in ("municipality", "years")),
        )
        for name in fact_names()
    ]


def given_answers(context: typer.Context) -> dict[str, str]:
    """What the options of the facts were given, by fact. Raises UsageProblems for two answers where one can be."""
    given: dict[str, Sequence[str]] = context.meta.get(_ANSWERS, {})
    twice = [name for name, values in given.items() if len(values) > 1 and not _is_list(name)]
    if twice:
        raise UsageProblems(
            Problem("this is given twice; keep only one", fieldname=option_name(name)) for name in twice
        )
    return {name: ",".join(values) for name, values in given.items()}


def _note(context: typer.Context, parameter: Any, values: Sequence[str] | None) -> None:
    if values:
        context.meta.setdefault(_ANSWERS, {})[parameter.name] = values


def _is_list(name: str) -> bool:
    return name in _WISHES or _facts()[name]["kind"] == "several"


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
