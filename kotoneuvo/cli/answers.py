"""Answers from the command line and from files become a situation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.advice.situation import WISHES, Situation, read_answers
from kotoneuvo.catalogue.files import read_text, read_toml
from kotoneuvo.cli.environment import UsageProblems
from kotoneuvo.cli.options import OPTIONS, option_name


def read_situation(facts: FactBook, file: Path | None, options: Mapping[str, object], today: date) -> Situation:
    """The situation of an answers file with options laid over it.

    Raises InputProblems for the file and UsageProblems for the options, each with everything at once.
    """
    situation = read_answers_file(facts, file, today) if file else Situation()
    given = {name: value for name, value in options.items() if value is not None}
    try:
        typed = read_answers(facts, {name: _listed(name, value) for name, value in given.items()}, today)
    except InputProblems as error:
        raise UsageProblems(problem._replace(fieldname=_option_of(problem)) for problem in error.problems) from None
    for name, values in typed.known.items():
        situation = situation.with_answer(name, values)
    for name in WISHES:
        if name in given:
            situation = situation.with_answer(name, getattr(typed, name))
    return situation


def read_answers_file(facts: FactBook, path: Path, today: date) -> Situation:
    """The situation of an answers file (TOML, or JSON by its ending). Raises InputProblems."""
    answers = _read_json(path) if path.suffix.casefold() == ".json" else read_toml(path)
    try:
        return read_answers(facts, answers, today)
    except InputProblems as error:
        raise InputProblems(problem._replace(where=str(path)) for problem in error.problems) from None


def _read_json(path: Path) -> dict[str, Any]:
    try:
        answers = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise InputProblems(
            [Problem("this is not valid JSON: {reason}", {"reason": str(error)}, where=str(path))]
        ) from None
    if not isinstance(answers, dict):
        raise InputProblems([Problem("an object of facts and answers is needed here", where=str(path))])
    return answers


def _listed(name: str, value: object) -> object:
    """Commas on the command line separate alternatives; a decimal comma stays with its number."""
    text = str(value)
    return [part.strip() for part in text.split(",")] if "," in text and name != "years_since_first_permit" else text


def _option_of(problem: Problem) -> str:
    return option_name(problem.fieldname) if problem.fieldname in OPTIONS else problem.fieldname
