"""The course of questions: the same order for every client, but without questions that cannot change the advice.

The answers of some questions come from questions.toml: lines to choose from, and what each of them records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from kotoneuvo.advice.facts import NO_TEXT, NONE, Fact, FactBook, Text, Values
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE
from kotoneuvo.advice.values import read_values
from kotoneuvo.catalogue.files import data_folder, read_bundled
from kotoneuvo.interview.session import Session

TOWN, STATUS, SITUATION, YEARS, CHILDREN, AGE = "municipality", "status", "situation", "years", "children_ages", "age"
HOME, RECEPTION = "home", "reception"
FINNISH, SWEDISH = "finnish_level", "swedish_level"
_ALWAYS = (TOWN, GOALS, SERVICE_LANGUAGE, STATUS)
"""Always asked: the worker and the handout need them, whatever the pathway."""
_LEVEL_GOALS = frozenset(
    {"work", "language", "vocational_education", "higher_education", "recognition_of_skills", "literacy"}
    | {"basic_education", "entrepreneurship"}
)
_LEARNING = frozenset({"language", "literacy"})
_CHILD_GOALS = frozenset({"children", "family", "child_health", "money"})
_LEARNT = frozenset({"fi", "sv"})
"""Whoever speaks one of these languages is not asked for a level."""
_FOLLOWS = frozenset(
    {
        "status", "has_municipality_of_residence", "has_right_to_work", "has_residence_permit", "refugee_or_comparable",
        "family_of_protected", "came_as_spouse", "years_since_first_permit", "children_ages", "municipality",
        "labour_status", FINNISH, SWEDISH, "is_jobseeker_client",
    }
)  # fmt: skip
"""Facts that the fixed questions settle; they are not asked on their own."""
_MOST_OTHERS = 2
"""The most questions that are asked after the fixed ones."""
_AGES = (13, 15, 16, 17, 18, 20, 24, 25, 28, 29, 30, 35, 45, 55, 64, 65, 68)
"""The ages at which services begin or end; trying these shows whether the exact age matters."""


Records = Mapping[str, Values]
"""By fact: the values that an answer leaves possible."""


class QuestionLine(NamedTuple):
    """One answer to choose, with the values that it `records`.

    `opens` names the question that narrows it down, `instead` one that is asked in place of this. `key` is the letter
    that chooses it, "" for the digit of its position.
    """

    name: Text
    records: Records
    gloss: Text = NO_TEXT
    opens: str = ""
    instead: str = ""
    key: str = ""


class Question(NamedTuple):
    """A question with fixed lines. `label` is its short name beside an answer."""

    id: str
    ask: Text
    label: Text
    lines: tuple[QuestionLine, ...]
    hint: Text = NO_TEXT


class Questions(NamedTuple):
    """The questions by id, and the municipalities where Swedish is asked about first."""

    by_id: Mapping[str, Question]
    swedish_first: Values


def read_questions(facts: FactBook) -> Questions:
    """Read questions.toml. The file is our own and tests check it, so a mistake in it raises whatever comes."""
    raw = read_bundled(data_folder(), "questions")
    entries = {entry["id"]: entry for entry in raw["question"]}

    def records(line: dict[str, Any]) -> Records:
        if "opens" not in line:
            return {name: read_values(facts[name], value) for name, value in line.get("records", {}).items()}
        # A line that opens a second step records everything that the lines of that step allow.
        found: dict[str, Values] = {}
        for behind in map(records, entries[line["opens"]]["line"]):
            found |= {name: found.get(name, frozenset()) | values for name, values in behind.items()}
        return found

    by_id = {}
    for name, entry in entries.items():
        lines = tuple(QuestionLine(**line | {"records": records(line)}) for line in entry["line"])
        by_id[name] = Question(name, entry["ask"], entry["label"], lines, entry.get("hint", NO_TEXT))
    return Questions(by_id, frozenset(raw["swedish_first"]))


class Course:
    """Decides which question comes next, from the replies and from what the advice would be."""

    def __init__(self, facts: FactBook, questions: Questions, *, swedish: bool) -> None:
        self.facts = facts
        self.questions = questions.by_id
        self.swedish_first = questions.swedish_first
        self.swedish = swedish

    def next_question(self, now: Session) -> str | None:
        """Return the first question without a reply whose answer can change the advice; None if there is none."""
        order = (*_ALWAYS, *self._narrower(now), SITUATION, AGE, self._level(now), YEARS, CHILDREN)
        # A question that was skipped must not come up later, out of order, because another answer made it matter.
        passed = order.index(now.last) if now.last in order else len(order) if now.last else 0
        replied = now.replied
        for place, name in enumerate(order):
            always = name in _ALWAYS or (name == AGE and self._minor(now))
            if name not in replied and (always or (place >= passed and self._counts(now, name))):
                return name
        return self._further(now)

    def answers(self, name: str) -> list[Records]:
        """Return what each possible answer to a question would record."""
        if name in self.questions:
            return [line.records for line in self.questions[name].lines if line.records]
        fact = self.facts[name]
        if fact.id == AGE:
            return [{AGE: frozenset({age})} for age in _AGES]
        if fact.kind == "several":
            return [{name: frozenset({value})} for value in (NONE, *fact.bounds)]
        return [{name: frozenset({value})} for value in fact.domain]

    def _narrower(self, now: Session) -> tuple[str, ...]:
        """Return the second step of the residence status; after "not known", two questions that need no papers."""
        reply = now.replied.get(STATUS)
        if isinstance(reply, int):
            opened = self.questions[STATUS].lines[reply].opens
            return (opened,) if opened else ()
        if STATUS not in now.replied or reply is not None:
            return ()
        # Whoever has a municipality of residence does not live in a reception centre.
        settled = now.replied.get(HOME) == 0 and RECEPTION not in now.replied
        return (HOME,) if settled else (HOME, RECEPTION)

    def _counts(self, now: Session, name: str) -> bool:
        """Whether the answer to a question can change what this person is shown."""
        goals = set(now.goals)
        match name:
            case "home" | "reception":
                return True
            case "situation":
                return now.changes_pathway(self.answers(name))
            case "age":
                # Of the ages that are still possible, as only these can change a first step.
                inside = [each for each in self.answers(name) if each[AGE] <= now.possible(AGE)]
                return SITUATION in now.replied and now.open(AGE) and now.changes_steps(inside)
            case "finnish_level" | "swedish_level":
                # Always asked of people who want to learn, as worker and teacher need it.
                wanted = bool(_LEVEL_GOALS & goals) and not _LEARNT & set(now.languages)
                return wanted and (bool(_LEARNING & goals) or now.changes_pathway(self.answers(name)))
            case "years":
                open_still = now.open("years_since_first_permit") and not self._minor(now)
                return open_still and now.changes_steps(self.answers(name))
            case "children_ages":
                return bool(_CHILD_GOALS & goals) and now.changes_steps(self.answers(name))
            case _:
                return now.changes_steps(self.answers(name))

    def _minor(self, now: Session) -> bool:
        return max(map(int, now.possible(AGE))) < 18

    def _level(self, now: Session) -> str:
        """Return the level that is asked: Finnish, or Swedish at a Swedish desk or in a Swedish municipality."""
        if FINNISH in now.replied or SWEDISH in now.replied:
            return FINNISH if FINNISH in now.replied else SWEDISH
        return SWEDISH if self.swedish or now.possible(TOWN) <= self.swedish_first else FINNISH

    def _further(self, now: Session) -> str | None:
        """Return one more fact that can change the first steps; None after the most that are asked."""
        asked = [name for name in now.replied if name in self.facts.facts and name not in _FOLLOWS and name != AGE]
        if len(asked) >= _MOST_OTHERS:
            return None
        askable = (name for name, _ in now.report().ask_next if _askable(self.facts[name], now.goals))
        return next((name for name in askable if name not in asked and now.changes_steps(self.answers(name))), None)


def _askable(fact: Fact, goals: Sequence[str]) -> bool:
    # The goals have answered some questions already.
    answered_by_goals = fact.goals_ask and bool(goals)
    return not (fact.sensitive or fact.id in _FOLLOWS or fact.id == AGE or answered_by_goals)
