"""The course of questions: the same order for every client, without those that can change nothing on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kotoneuvo.advice.facts import NONE, Fact, FactBook
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE
from kotoneuvo.interview.questions import Questions, Records
from kotoneuvo.interview.session import Session

TOWN, STATUS, SITUATION, YEARS, CHILDREN, AGE = "municipality", "status", "situation", "years", "children_ages", "age"
HOME, RECEPTION = "home", "reception"
FINNISH, SWEDISH = "finnish_level", "swedish_level"
_ORDER = (
    TOWN, GOALS, SERVICE_LANGUAGE, STATUS, f"{STATUS}_", HOME, RECEPTION, SITUATION, AGE, "level", YEARS, CHILDREN
)  # fmt: skip
"""The places of the questions; whatever else is asked comes behind them."""
_LEVEL_GOALS = frozenset(
    {"work", "language", "vocational_education", "higher_education", "recognition_of_skills", "literacy"}
    | {"basic_education", "entrepreneurship"}
)
_LEARNING = frozenset({"language", "literacy"})
_CHILD_GOALS = frozenset({"children", "family", "child_health", "money"})
_LEARNT = frozenset({"fi", "sv"})
"""Whoever speaks one of these with the worker is not asked how much of it."""
_FOLLOWS = frozenset(
    {
        "status", "has_municipality_of_residence", "has_right_to_work", "has_residence_permit", "refugee_or_comparable",
        "family_of_protected", "came_as_spouse", "years_since_first_permit", "children_ages", "municipality",
        "labour_status", FINNISH, SWEDISH, "is_jobseeker_client",
    }
)  # fmt: skip
"""Facts that the fixed questions settle; they are not asked on their own."""
_MOST_OTHERS = 2
"""How many further questions are asked at most."""
_AGES = (13, 15, 16, 17, 18, 20, 24, 25, 28, 29, 30, 35, 45, 55, 64, 65, 68)
"""Ages at which services begin or end: enough to see whether the exact age matters."""


class Course:
    """Decides which question comes next, from what was replied and what the page would say."""

    def __init__(self, facts: FactBook, questions: Questions, *, swedish: bool) -> None:
        self.facts = facts
        self.questions = questions.by_id
        self.swedish_first = questions.swedish_first
        self.swedish = swedish

    def next_question(self, session: Session) -> str | None:
        """The first question of the sequence that has no reply yet; None when there is none."""
        return next((name for name in self.sequence(session) if name not in session.replied), None)

    def sequence(self, now: Session) -> Iterator[str]:
        """The questions for this person, in order, answered ones too."""
        yield TOWN
        yield GOALS
        yield SERVICE_LANGUAGE
        yield STATUS
        yield from self._narrower(now)
        if SITUATION in now.replied or (_comes_after(now, SITUATION) and now.changes_pathway(self.answers(SITUATION))):
            yield SITUATION
        if AGE in now.replied or self._minor(now) or self._asks_age(now):
            yield AGE
        level = self._level(now)
        if level and (level in now.replied or self._level_counts(now, level)):
            yield level
        if self._asks(now, YEARS) and now.open("years_since_first_permit") and not self._minor(now):
            yield YEARS
        if _CHILD_GOALS & set(now.goals) and self._asks(now, CHILDREN):
            yield CHILDREN
        yield from self._others(now)

    def answers(self, name: str) -> list[Records]:
        """What the answers to a question would record, one for each."""
        if name in self.questions:
            return [line.records for line in self.questions[name].lines if line.records]
        fact = self.facts[name]
        if fact.id == AGE:
            return [{AGE: frozenset({age})} for age in _AGES]
        if fact.kind == "several":
            return [{name: frozenset({value})} for value in (NONE, *fact.bounds)]
        return [{name: frozenset({value})} for value in fact.domain]

    def _narrower(self, now: Session) -> Iterator[str]:
        """The second step of the residence status; after "not known" two things that people know without papers."""
        if STATUS not in now.replied:
            return
        reply = now.replied[STATUS]
        if reply is not None:
            opened = self.questions[STATUS].lines[reply].opens if isinstance(reply, int) else ""
            if opened and self._asks(now, opened):
                yield opened
            return
        for name in (HOME, RECEPTION):
            if name in now.replied or _comes_after(now, name):
                yield name
            if now.replied.get(HOME) == 0:
                return

    def _asks(self, now: Session, name: str) -> bool:
        if name in now.replied:
            return True
        return _comes_after(now, name) and now.changes_steps(self.answers(name))

    def _minor(self, now: Session) -> bool:
        return max(map(int, now.possible(AGE))) < 18

    def _asks_age(self, now: Session) -> bool:
        """The exact age, where one of the first steps turns on it."""
        inside = [each for each in self.answers(AGE) if each[AGE] <= now.possible(AGE)]
        if SITUATION not in now.replied or not _comes_after(now, AGE):
            return False
        return now.open(AGE) and now.changes_steps(inside)

    def _level(self, now: Session) -> str:
        """Which language is asked about, if any."""
        if FINNISH in now.replied or SWEDISH in now.replied:
            return FINNISH if FINNISH in now.replied else SWEDISH
        if not _LEVEL_GOALS & set(now.goals) or _LEARNT & set(now.languages):
            return ""
        town = now.possible(TOWN)
        return SWEDISH if self.swedish or town <= self.swedish_first else FINNISH

    def _level_counts(self, now: Session, level: str) -> bool:
        """Who wants to learn is asked always: worker and teacher need it; others where it changes the pathway."""
        if not _comes_after(now, level):
            return False
        return bool(_LEARNING & set(now.goals)) or now.changes_pathway(self.answers(level))

    def _others(self, now: Session) -> Iterator[str]:
        """At most two further facts that change the first steps."""
        asked = [name for name in now.replied if name in self.facts.facts and name not in _FOLLOWS and name != AGE]
        yield from asked
        left = _MOST_OTHERS - len(asked)
        for name, _count in now.report().ask_next:
            fact = self.facts[name]
            if left > 0 and name not in asked and _askable(fact, now.goals) and now.changes_steps(self.answers(name)):
                left -= 1
                yield name


def _place(name: str) -> int:
    """The place of a question in the order."""
    slot = "level" if name in (FINNISH, SWEDISH) else f"{STATUS}_" if name.startswith(f"{STATUS}_") else name
    return _ORDER.index(slot) if slot in _ORDER else len(_ORDER)


def _comes_after(now: Session, name: str) -> bool:
    """Whether a question comes after the last reply: what was passed over does not come up once more, out of order."""
    return now.last is None or _place(name) >= _place(now.last)


def _askable(fact: Fact, goals: Sequence[str]) -> bool:
    told_by_goals = fact.goals_ask and bool(goals)
    return not (fact.sensitive or fact.id in _FOLLOWS or fact.id == AGE or told_by_goals)
