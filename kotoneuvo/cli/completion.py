"""What a shell offers for the values of options and arguments. Every run loads this: all else is imported late.

Each function has the form that typer's `autocompletion` asks for; typer keeps what begins with what was typed, so words
are offered in the capitals that they were begun in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kotoneuvo.advice.facts import FactBook

Complete = Callable[[Any, list[str], str], list[str]]


def _offer(choices: Iterable[str], incomplete: str, *, several: bool = False) -> list[str]:
    """What begins with what was typed, capitals aside; of several with commas the last is completed."""
    before, comma, word = incomplete.rpartition(",") if several else ("", "", incomplete)
    fitting = (each for each in choices if each.casefold().startswith(word.casefold()))
    return [before + comma + word + each[len(word) :] for each in fitting]


def values_of(name: str) -> Complete:
    """The values of a fact or of what a person wishes; "yes" and "no" where it is either."""

    def complete(context: Any, args: list[str], incomplete: str) -> list[str]:
        facts = _facts()
        if name == "municipality":
            return municipalities(incomplete)
        if name not in facts.facts:
            return _offer(facts.goals if name == "goals" else (), incomplete, several=True)
        domain = facts[name].domain
        words = ("yes", "no") if facts[name].kind == "yes_no" else tuple(map(str, domain))
        return _offer(words, incomplete, several=facts[name].kind != "years")

    return complete


def municipalities(incomplete: str) -> list[str]:
    """Municipalities by their Finnish and Swedish names."""
    towns = _facts().municipalities.values()
    return _offer(sorted({name for each in towns for name in (each.name["fi"], each.name["sv"])}), incomplete)


def goals(incomplete: str) -> list[str]:
    """Goals by their ids."""
    return _offer(_facts().goals, incomplete)


def services(incomplete: str) -> list[str]:
    """Services by their ids, those of the user's own catalogues among them."""
    from kotoneuvo.cli.catalogues import open_catalogue
    from kotoneuvo.cli.environment import Environment

    return _offer(open_catalogue(Environment.current(), None).services, incomplete)


def audiences(incomplete: str) -> list[str]:
    """For whom services are."""
    return _offer(map(str, _facts()["customer_role"].domain), incomplete)


def states(incomplete: str) -> list[str]:
    """Whether services run."""
    from kotoneuvo.advice.service import Operating

    return _offer([each.value for each in Operating], incomplete)


def languages(incomplete: str) -> list[str]:
    """The languages of the program."""
    from kotoneuvo.words import LANGUAGES

    return _offer(LANGUAGES, incomplete)


def paper_languages(incomplete: str) -> list[str]:
    """The languages of the handout."""
    from kotoneuvo.render.handout.readers import handout_languages

    return _offer(handout_languages(), incomplete)


def _facts() -> FactBook:
    from kotoneuvo.catalogue.files import data_folder
    from kotoneuvo.catalogue.read_facts import read_facts

    return read_facts(data_folder())
