"""Turns the answers of options and files into a situation."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TextIO

from kotoneuvo.advice.facts import PASSING, Fact, FactBook, Values
from kotoneuvo.advice.later import later, values_on
from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.situation import WISHES, Situation, read_answers
from kotoneuvo.catalogue.files import decoded, parse_toml, read_stream, read_text
from kotoneuvo.cli.catalogues import Workspace
from kotoneuvo.cli.environment import UsageProblems, located
from kotoneuvo.cli.options import fact_names, option_name
from kotoneuvo.dates import Beginning, Started, day_of

MOST = 1 << 20
"""The largest answers file in bytes; one with every fact and every value has a few thousand."""
_MOST_CHILDREN = 20
"""The most days of one fact's `since`: children's ages have one for each child."""
_SENSITIVE_OPTIONS = N_(
    "warning: sensitive answers given as options are visible to others on this computer (ps) and may stay in "
    "the shell's history; give them with --answers - or --answers FILE (--no-privacy-warning turns this off)"
)
_DOCUMENT = "kotoneuvo/advice/"
"""How `schema` begins in the JSON that `advise` writes."""


def read_situation(
    facts: FactBook, file: Path | None, options: Mapping[str, object], today: date, stdin: TextIO
) -> Situation:
    """Read an answers file, or stdin, and the options, which take precedence over it.

    Raises InputProblems with every problem of the file, or UsageProblems with every problem of the options.
    """
    situation = read_answers_file(facts, file, today, stdin) if file else Situation()
    given = {name: value for name, value in options.items() if value is not None}
    try:
        typed = read_answers(facts, {name: _listed(name, value) for name, value in given.items()}, today)
    except InputProblems as error:
        raise UsageProblems(problem._replace(fieldname=_option_of(problem)) for problem in error.problems) from None
    for name, values in typed.known.items():
        situation = situation.with_answer(name, values, typed.since.get(name, ()))
    for name in WISHES:
        if name in given:
            situation = situation.with_answer(name, getattr(typed, name))
    return situation


def read_answers_file(facts: FactBook, path: Path, today: date, stdin: TextIO | None = None) -> Situation:
    """Read an answers file, or `stdin` if the path is "-". Raises InputProblems.

    The file is TOML or JSON: either facts with their answers, or the JSON document that `advise` and the interview
    write.
    """
    answers = _read(path, stdin)
    with located(path):
        if str(answers.get("schema", "")).startswith(_DOCUMENT) and isinstance(answers.get("situation"), dict):
            return _with_beginnings(facts, answers, _read_document(facts, answers["situation"], today), today)
        return read_answers(facts, answers, today)


def _read(path: Path, stdin: TextIO | None) -> dict[str, Any]:
    """Parse the file as JSON if its name or its first character says so, else as TOML."""
    if str(path) == "-" and stdin is not None:
        binary = getattr(stdin, "buffer", None)
        text = decoded(read_stream(binary, path, MOST), path) if binary else stdin.read(MOST)
    else:
        text = read_text(path, MOST)
    # No TOML begins with a brace. The name alone is not enough: stdin has none, and a saved document may lose its
    # ending.
    if not text.lstrip().startswith("{") and path.suffix.casefold() != ".json":
        return parse_toml(text, str(path))
    with located(path):
        try:
            answers = json.loads(text, object_pairs_hook=_unique_keys)
        except InputProblems:
            raise
        except (ValueError, RecursionError) as error:
            raise InputProblems([Problem("this is not valid JSON: {reason}", {"reason": str(error)})]) from None
        if not isinstance(answers, dict):
            raise InputProblems([Problem("expected an object of facts and answers")])
        return answers


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the JSON object. Raises InputProblems for a key given twice, of which `json` silently keeps the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
        raise InputProblems(Problem("this is given twice; keep only one", fieldname=name) for name in twice)
    return found


def _read_document(facts: FactBook, situation: dict[str, Any], today: date) -> Situation:
    """Read the `situation` of a document that we wrote, whose lists are the values still possible."""
    # In an answers file a list of children's ages means all of them; here each value stands for itself.
    exact: dict[str, Values] = {}
    for name, values in situation.items():
        fact = facts.facts.get(name)
        if fact and isinstance(values, list) and values and all(_is_value(fact, each) for each in values):
            exact[name] = frozenset(values)
    rest = read_answers(facts, {name: values for name, values in situation.items() if name not in exact}, today)
    return replace(rest, known={**rest.known, **exact})


def _with_beginnings(facts: FactBook, document: dict[str, Any], situation: Situation, today: date) -> Situation:
    """Add the days of the document's `since`, and carry the answers that change with time on to `today`."""
    written, found = day_of(document.get("as_of")), document.get("since", {})
    if not isinstance(found, dict):
        raise InputProblems([Problem("expected an object of facts and answers", fieldname="since")])
    passing = {name for name in situation.known if facts[name].kind in PASSING}
    since = {name: _began(name, items) for name, items in found.items() if name in passing}
    # An answer that somebody has edited in the document no longer follows from its beginning, which is then dropped.
    since = {
        name: began
        for name, began in since.items()
        if written and situation.known[name] <= values_on(facts[name], (began,), written)
    }
    if any(begun.first > today for began in since.values() for begun in began):
        raise InputProblems([Problem("this date is in the future", fieldname="since")])
    return later(facts, replace(situation, since=since), {name: (began,) for name, began in since.items()}, today)


def _began(name: str, items: object) -> Started:
    """Read one fact's `since`: a list of objects with two days each, at most a year apart. Raises InputProblems."""
    with suppress(TypeError, KeyError, ValueError):
        if isinstance(items, list) and len(items) <= _MOST_CHILDREN:
            found = [Beginning(date.fromisoformat(each["first"]), date.fromisoformat(each["last"])) for each in items]
            if all(timedelta(0) <= each.last - each.first <= timedelta(366) for each in found):
                return tuple(found)
    message = N_('expected a list of "first" and "last", with days such as 2024-02-01')
    raise InputProblems([Problem(message, fieldname=f"since.{name}")])


def _is_value(fact: Fact, value: object) -> bool:
    """Whether a fact can have exactly this value."""
    # To Python True is 1, which is also the number of a year or a child.
    return (
        isinstance(value, str | int) and value in fact.position and isinstance(value, bool) is (fact.kind == "yes_no")
    )


def warn_of_sensitive_options(facts: FactBook, options: Mapping[str, object], work: Workspace) -> None:
    """Warn on stderr if an option gives a sensitive answer."""
    given = [facts[name] for name, value in options.items() if value is not None and name in facts.facts]
    if any(fact.sensitive for fact in given):
        work.say(work.words.gettext(_SENSITIVE_OPTIONS))


def _listed(name: str, value: object) -> object:
    """Split an option at its commas, which separate alternatives; in a number of years the comma is a decimal one."""
    text = str(value)
    return [part.strip() for part in text.split(",")] if "," in text and name != "years_since_first_permit" else text


def _option_of(problem: Problem) -> str:
    return option_name(problem.fieldname) if problem.fieldname in fact_names() else problem.fieldname
