"""What a shell offers for the values of options and arguments. Every run loads this: all else is imported late."""

# Annotations are not postponed: typer would compile each of them at every start.
from collections.abc import Callable, Iterable
from typing import Any


def words_for(kind: str, *, several: bool = False) -> Callable[[Any, list[str], str], list[str]]:
    """Offers what begins with what was typed, for a fact or another `kind` of words; of `several` the last counts."""

    def complete(ctx: Any, args: list[str], incomplete: str) -> list[str]:
        before, comma, word = incomplete.rpartition(",") if several else ("", "", incomplete)
        fitting = (each for each in _words(kind) if each.casefold().startswith(word.casefold()))
        # Typer keeps what begins with what was typed: words are offered in the capitals that they were begun in.
        return [before + comma + word + each[len(word) :] for each in fitting]

    return complete


def _words(kind: str) -> Iterable[str]:
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
