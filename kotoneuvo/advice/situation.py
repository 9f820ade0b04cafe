"""Everything known about a person: for each fact, the set of values that are still possible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from kotoneuvo.advice.criteria import UNMET, criteria_of, judge
from kotoneuvo.advice.elapsed import PASSING, Started
from kotoneuvo.advice.facts import Fact, FactBook, Values, fold
from kotoneuvo.advice.problems import N_, InputProblems, Problem, closest, sayable
from kotoneuvo.advice.values import LONGEST_ANSWER, read_values, started

_LANGUAGE = re.compile(r"[a-z]{2,3}([-_][a-z0-9]{2,8})*")
MUNICIPALITY = "municipality"
GOALS = "goals"
SERVICE_LANGUAGE = "service_language"
_LISTED = 60
"""Names on the longest list that helps to find the right one."""
_NOTHING: Mapping[str, Values] = {}
WISHES = (GOALS, SERVICE_LANGUAGE)
"""What a person wishes for: these decide relevance and order, never who may go."""


@dataclass(frozen=True)
class Situation:
    """What was answered, and nothing else.

    `known` maps fact ids to the values an answer leaves possible; a fact without an answer is absent.
    `goals` (goal ids, most wanted first) and `service_language` (ISO 639-1) only rank. `since` says of facts that pass
    with time when they began, where an answer told it better than its values do (a month, a year of birth).
    """

    known: Mapping[str, Values] = field(default_factory=dict)
    goals: tuple[str, ...] = ()
    service_language: tuple[str, ...] = ()
    since: Mapping[str, Started] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, facts: FactBook, today: date | None = None, **answers: object) -> Situation:
        """Read answers given as keyword arguments; see `read_answers`."""
        return read_answers(facts, answers, today)

    @classmethod
    def of_rows(
        cls, facts: FactBook, rows: Iterable[Mapping[str, object]], today: date | None = None
    ) -> list[Situation]:
        """Read many people's answers, one mapping a person, such as the rows of a frame; see `read_answers`.

        Raises InputProblems with the problems of all rows, each with its row (the first one is row 1) and its column.
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
        """The situation with one answer set, changed, or (None) taken back; `since`: when it began, as far as told."""
        if fact in WISHES:
            wished = tuple(str(value) for value in values or ())
            return replace(self, goals=wished) if fact == GOALS else replace(self, service_language=wished)
        known = {other: held for other, held in self.known.items() if other != fact}
        if values is not None:
            known[fact] = frozenset(values)
        if not since and fact not in self.since:
            return replace(self, known=known)
        # The day went with the answer before.
        others = {other: began for other, began in self.since.items() if other != fact}
        return replace(self, known=known, since=others | ({fact: since} if since else {}))


class Contradiction(NamedTuple):
    """An answer that does not fit the others: `fact` was answered, `others` leave none of its values possible."""

    fact: str
    others: tuple[str, ...]


def wished(fact: Fact, goals: tuple[str, ...]) -> bool | None:
    """What the person's goals say of a fact: that it is so, or is not; None if they say nothing.

    Where the question about goals stands for the fact's own, a wish that is not among them is none.
    """
    if not set(fact.goals).isdisjoint(goals):
        return True
    return False if fact.goals_ask and goals else None


class Knowledge(dict[str, Values]):
    """A situation read with the derivations of the fact book: fact id to the values still possible.

    They are worked out when they are asked for, and kept for one round of advice.
    """

    def __init__(self, facts: FactBook, situation: Situation, possible: Mapping[str, Values] = _NOTHING) -> None:
        """`possible`: values that were worked out before, fact by fact, so that they need not be derived again."""
        super().__init__(possible)
        self.facts = facts
        self.situation = situation
        self._inferred: dict[str, Values] = {}

    def __missing__(self, name: str) -> Values:
        """The answer, narrowed by what follows from other answers.

        An answer that contradicts the others stands as it was given; `contradictions` says so.
        """
        direct = self.situation.known.get(name)
        inferred = self._infer(name)
        found = self[name] = inferred if direct is None else (direct & inferred or direct)
        return found

    def possible(self, name: str) -> Values:
        """The values of a fact that are still possible."""
        # A stored `__getitem__` would hold itself, and wait for the garbage collector, which a batch turns off.
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
            # Answers that leave nothing possible contradict each other: that is no knowledge, and told apart.
            values = (values - excluded) or values
        # A wish says yes whatever was answered, which is told as a contradiction; without a wish an answer stands.
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

    `today` is the day that a month of the first permit is counted to. None and "" mean: not answered.
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
                # "Not known" is no answer: `known` holds what leaves fewer values possible.
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
    """The problem of a name that is on no list, with the closest one that is; a short list is told whole."""
    allowed = tuple(known) if len(known) <= _LISTED else ()
    if not sayable(name):
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
        if not _LANGUAGE.fullmatch(code)
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
