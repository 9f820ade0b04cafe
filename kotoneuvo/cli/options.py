"""Options that several commands share, those that `advise` makes from the facts, and completion of their values."""

# Annotations are not postponed: typer would compile each of them at every start.
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperOption

from kotoneuvo.advice.problems import Problem
from kotoneuvo.cli.environment import UsageProblems


def words_for(kind: str, *, several: bool = False) -> Callable[[Any, list[str], str], list[str]]:
    """Return a completion for a shell: the values of a fact, or other words of a `kind`, that begin as typed.

    With `several`, the word behind the last comma is completed.
    """

    def complete(ctx: Any, args: list[str], incomplete: str) -> list[str]:
        before, comma, word = incomplete.rpartition(",") if several else ("", "", incomplete)
        fitting = (each for each in _words(kind) if each.casefold().startswith(word.casefold()))
        # Typer drops words that do not begin exactly as typed, so each gets the capitals of what was typed.
        return [before + comma + word + each[len(word) :] for each in fitting]

    return complete


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
    """The formats of commands that print what they found: for people, or for scripts."""

    TEXT = "text"
    JSON = "json"


Form = Annotated[Format, typer.Option("--format", help="text, or json for scripts")]


def hand_down(context: typer.Context, **given: object) -> None:
    """Make options given before a subcommand the defaults of every command below it."""
    context.default_map = given | dict.fromkeys(getattr(context.command, "entries", ()), given)


def group_options(context: typer.Context, lang: Lang = None) -> None:
    """The options of a group of commands. Options that come before the group apply to its commands too."""
    hand_down(context, **{**(context.default_map or {}), "lang": lang})


FACTS = "Facts"
"""Marks the options of `advise` that were made from facts; help lists them under a heading of their own."""
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
"""How a fact of each kind can be answered."""
_ONLY_TOLD = "only if the person tells you"
_SHOWN = 5
"""How many values of a choice the help lists."""


@cache
def _facts() -> Mapping[str, dict[str, Any]]:
    """The facts by id, as facts.toml has them."""
    # Names, kinds and labels are all that options need: to read the whole fact book would slow every start.
    from kotoneuvo.catalogue.files import data_folder, read_bundled

    return {fact["id"]: fact for fact in read_bundled(data_folder(), "facts")["fact"]}


def fact_names() -> tuple[str, ...]:
    """Return the ids of the facts and wishes that have an option, in the order of the interview."""
    first, *others = _facts()
    return (first, "goals", *others, "service_language")


def option_name(fact: str) -> str:
    """Return the command-line option of a fact: "finnish_level" is "--finnish-level"."""
    return "--" + fact.replace("_", "-")


def fact_options() -> list[TyperOption]:
    """Make an option for every fact and wish; `given_answers` returns what they were given."""
    return [
        TyperOption(
            param_decls=[name, option_name(name)],
            help=name,  # only a key: `option_help` writes the text when help is asked for
            rich_help_panel=FACTS,
            # `advise` has no parameter for any of them, so that a new fact needs no change of code.
            expose_value=False,
            # Of an option given twice typer would keep the last value and silently drop the others.
            multiple=True,
            callback=_note,
            # A person has one municipality, and a comma in years is a decimal comma.
            autocompletion=words_for(name, several=_facts().get(name, {}).get("kind") not in ("municipality", "years")),
        )
        for name in fact_names()
    ]


def given_answers(context: typer.Context) -> dict[str, str]:
    """Return the answers given as options, by fact. Raises UsageProblems for a fact given twice that takes one."""
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
    """Return the help of a fact's option: its label, and how it can be answered."""
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


def _words(kind: str) -> Iterable[str]:
    # Every run loads this module, so nothing below is imported before a shell asks for it.
    match kind:
        case "language":
            from kotoneuvo.words import LANGUAGES

            return LANGUAGES
        case "paper language":
            from kotoneuvo.render.handout.readers import handout_languages

            return handout_languages()
        case "service":
            from kotoneuvo.cli.catalogues import Workspace

            return Workspace("en").catalogue.services
        case "operating":
            from kotoneuvo.advice.service import Operating

            return [each.value for each in Operating]
    from kotoneuvo.catalogue.files import data_folder
    from kotoneuvo.catalogue.read_facts import read_facts

    facts = read_facts(data_folder())
    if kind == "municipality":
        return sorted({name for each in facts.municipalities.values() for name in (each.name["fi"], each.name["sv"])})
    if kind not in facts.facts:
        return facts.goals if kind == "goals" else ()
    return ("yes", "no") if facts[kind].kind == "yes_no" else map(str, facts[kind].domain)
