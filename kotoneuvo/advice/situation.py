"""What is known about a person: for each fact, the set of values that are still possible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from kotoneuvo.advice.criteria import UNMET, criteria_of, judge
from kotoneuvo.advice.facts import PASSING, Fact, FactBook, Values, fold
from kotoneuvo.advice.problems import N_, InputProblems, Problem, closest, may_repeat
from kotoneuvo.advice.values import LONGEST_ANSWER, read_values, started
from kotoneuvo.dates import Started

_LANGUAGE = r"[a-z]{2,3}([-_][a-z0-9]{2,8})*"
MUNICIPALITY = "municipality"
GOALS = "goals"
SERVICE_LANGUAGE = "service_language"
_LISTED = 60
"""A list of more names than this is not shown: nobody would find the right one in it."""
_NOTHING: Mapping[str, Values] = {}
WISHES = (GOALS, SERVICE_LANGUAGE)
"""What the person wants. Wishes decide relevance and order, never eligibility."""


@dataclass(frozen=True)
class Situation:
    """The answers about one person, and nothing else.

    `known` maps fact ids to the values that an answer leaves possible; facts without an answer are absent.
    `goals` (goal ids, most wanted first) and `service_language` (ISO 639-1) affect only relevance and order. `since`
    holds dates for facts that change with time, where the answer was more precise than its values (a month, a year).
    """

    known: Mapping[str, Values] = field(default_factory=dict)
    goals: tuple[str, ...] = ()
    service_language: tuple[str, ...] = ()
    # Not compared: the advice for a day depends on the values alone.
    since: Mapping[str, Started] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, facts: FactBook, today: date | None = None, **answers: object) -> Situation:
        """Read answers given as keyword arguments; see `read_answers`."""
        return read_answers(facts, answers, today)

    @classmethod
    def of_rows(
        cls, facts: FactBook, rows: Iterable[Mapping[str, object]], today: date | None = None
    ) -> list[Situation]:
        """Read the answers of many people, one mapping each, such as the rows of a data frame; see `read_answers`.

        Raises InputProblems with the problems of all rows, each with its row (counted from 1) and column.
        """
        situations, problems = [], []
        for number, answers in enumerate(rows, 1):
            try:
                situations.append(read_answers(facts, answers, today))
            except InputProblems as error:
                problems += [each._replace(entry=f"row {number}") for each in error.problems]
        if problems:
            raise InputProblems(problems)
        return situations

    def with_answer(self, fact: str, values: Values | tuple[str, ...] | None, since: Started = ()) -> Situation:
        """Return the situation with one answer set, replaced or (None) removed; `since`: when it began, if known."""
        if fact in WISHES:
            wished = tuple(str(value) for value in values or ())
            return replace(self, goals=wished) if fact == GOALS else replace(self, service_language=wished)
        known = {other: held for other, held in self.known.items() if other != fact}
        if values is not None:
            known[fact] = frozenset(values)
        if not since and fact not in self.since:
            return replace(self, known=known)
        # An old date belongs to the answer that is being replaced.
        others = {other: began for other, began in self.since.items() if other != fact}
        return replace(self, known=known, since=others | ({fact: since} if since else {}))


class Contradiction(NamedTuple):
    """An answer that the others rule out: the answers to `others` leave no value of the one to `fact` possible."""

    fact: str
    others: tuple[str, ...]


def wished(fact: Fact, goals: tuple[str, ...]) -> bool | None:
    """Whether the person's goals make a fact true (True) or false (False); None if they leave it open.

    Goals make it false only where the question about goals replaces the fact's own (`goals_ask`): somebody who named
    goals, but not this one, does not have the wish.
    """
    if not set(fact.goals).isdisjoint(goals):
        return True
    return False if fact.goals_ask and goals else None


# A dict with `__missing__`, so that a fact that is already derived costs a single dict lookup.
class Knowledge(dict[str, Values]):
    """Fact id to the values still possible, derived facts included.

    Each fact is derived when it is first looked up.
    """

    def __init__(self, facts: FactBook, situation: Situation, possible: Mapping[str, Values] = _NOTHING) -> None:
        """`possible`: values that are known already and need not be derived again."""
        super().__init__(possible)
        self.facts = facts
        self.situation = situation
        self._inferred: dict[str, Values] = {}

    def __missing__(self, name: str) -> Values:
        """Derive a fact: its answer, narrowed by what follows from other answers.

        An answer that contradicts the others is kept as given; `contradictions` reports it.
        """
        direct = self.situation.known.get(name)
        inferred = self._infer(name)
        found = self[name] = inferred if direct is None else (direct & inferred or direct)
        return found

    def possible(self, name: str) -> Values:
        """The values of a fact that are still possible."""
        # Storing `self.__getitem__` instead would make a cycle, and batch runs with the garbage collector off.
        return self[name]

    def _infer(self, name: str) -> Values:
        """What other answers leave possible, without the fact's own answer."""
        if name in self._inferred:
            return self._inferred[name]
        fact = self.facts[name]
        conditions = self.facts.derivations.get(name, {})
        values = fact.everything
        if conditions:
            excluded = {
                value
                for value, table in conditions.items()
                if any(judge(node, self.possible).truth is UNMET for node in table)
            }
            # Answers that leave nothing possible contradict each other; they count as no knowledge.
            values = (values - excluded) or values
        # A goal wins over an answer of "no" (reported as a contradiction); a missing goal never overrides an answer.
        wish = wished(fact, self.situation.goals)
        if wish or (wish is False and name not in self.situation.known):
            values = values & frozenset({wish}) or values
        elif fact.default is not None and name not in self.situation.known:
            values = frozenset({fact.default})
        self._inferred[name] = values
        return values

    def settled(self, name: str) -> bool:
        """Whether only one value is left."""
        return len(self.possible(name)) == 1

    def contradicted(self, name: str) -> bool:
        """Whether other answers rule out the one to this fact."""
        direct = self.situation.known.get(name)
        return direct is not None and direct.isdisjoint(self._infer(name))

    def contradictions(self) -> tuple[Contradiction, ...]:
        """Every answer that the other answers rule out."""
        found = []
        for name, direct in self.situation.known.items():
            if self.contradicted(name):
                tables = [self.facts.derivations.get(name, {}).get(value, ()) for value in direct]
                others = {c.fact for table in tables for c in criteria_of(table) if c.fact in self.situation.known}
                wish = (GOALS,) if wished(self.facts[name], self.situation.goals) else ()
                found.append(Contradiction(name, (*sorted(others), *wish)))
        return tuple(found)


def read_answers(facts: FactBook, answers: Mapping[str, object], today: date | None = None) -> Situation:
    """Read answers (fact id to value, band or list) into a situation.

    Dates, such as the month of the first permit, are counted to `today`. None and "" mean "not answered".
    Raises InputProblems with every problem at once.
    """
    problems: list[Problem] = []
    known: dict[str, Values] = {}
    wishes: dict[str, tuple[str, ...]] = {}
    since: dict[str, Started] = {}
    for name, answer in answers.items():
        if answer is None or answer == "":
            continue
        try:
            if name == GOALS:
                wishes[name] = _read_goals(facts, answer)
            elif name == SERVICE_LANGUAGE:
                wishes[name] = _read_languages(answer)
            elif name in facts.facts:
                values = read_values(facts[name], answer, today)
                # "Not known" leaves everything possible, which is the same as no answer.
                if values != facts[name].everything:
                    known[name] = values
                    if facts[name].kind in PASSING and (began := started(facts[name], answer, today)):
                        since[name] = began
            else:
                problems.append(unknown_name("fact", name, (*facts.facts, *WISHES)))
        except InputProblems as error:
            problems.extend(error.problems)
    if problems:
        raise InputProblems(problems)
    return Situation(known, since=since, **wishes)


def unknown_name(kind: str, name: str, known: tuple[str, ...]) -> Problem:
    """The problem of an unknown name, with the closest known name; `known` is listed if it is short."""
    allowed = tuple(known) if len(known) <= _LISTED else ()
    if not may_repeat(name):
        return Problem("unknown {kind}", {"kind": kind}, allowed=allowed)
    return Problem(
        'unknown {kind} "{found}"', {"kind": kind, "found": name}, allowed=allowed, suggestion=closest(name, known)
    )


def _listed(answer: object) -> list[object]:
    return list(answer) if isinstance(answer, list | tuple | set | frozenset) else list[object](str(answer).split(","))


def _read_languages(answer: object) -> tuple[str, ...]:
    codes = tuple(str(code).strip().casefold() for code in _listed(answer))
    allowed = (N_("ISO 639-1 codes, such as fi"),)
    problems = [
        Problem('unknown {kind} "{found}"', {"kind": "language", "found": code}, "", "", SERVICE_LANGUAGE, allowed)
        for code in codes
        if not re.fullmatch(_LANGUAGE, code)
    ]
    if problems:
        raise InputProblems(problems)
    return codes


def _read_goals(facts: FactBook, answer: object) -> tuple[str, ...]:
    found: dict[str, None] = {}
    problems = []
    for part in _listed(answer):
        goal = None if len(str(part)) > LONGEST_ANSWER else facts.goal_aliases.get(fold(str(part)))
        if goal is None:
            problems.append(unknown_name("goal", str(part).strip(), tuple(facts.goals))._replace(fieldname=GOALS))
        else:
            found[goal] = None
    if problems:
        raise InputProblems(problems)
    return tuple(found)
