"""One client's answers: replayed from the start at each step, so that going back is only forgetting the last one."""

from __future__ import annotations

from datetime import date

from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.report import Report, advise
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.advice.situation import GOALS, Situation

OPENING = ("municipality", GOALS)
"""Asked first: where the person lives and what they want decide what is worth asking at all."""
Answer = Values | tuple[str, ...] | None
"""Values of a fact, goals, or None for a skipped question."""


class Session:
    """The questions asked so far with their answers, in order. Lives in memory only."""

    def __init__(self, catalogue: Catalogue, today: date) -> None:
        self.catalogue = catalogue
        self.today = today
        self._answers: list[tuple[str, Answer]] = []
        self._report: Report | None = None

    @property
    def answers(self) -> dict[str, Answer]:
        """Fact id to its latest answer, in the order asked."""
        return dict(self._answers)

    def situation(self) -> Situation:
        """What the answers add up to."""
        situation = Situation()
        for fact, answer in self.answers.items():
            if answer is not None:
                situation = situation.with_answer(fact, answer)
        return situation

    def report(self) -> Report:
        """Advice on what is known so far; questions already put are not proposed again."""
        if self._report is None:
            self._report = advise(self.catalogue, self.situation(), self.today, self._exhausted())
        return self._report

    def next_question(self) -> str | None:
        """The fact (or "goals") to ask about now; None when no answer can change a result any more."""
        asked = self.answers
        for name in OPENING:
            if name not in asked:
                return name
        following = self.report().ask_next
        return following[0][0] if following else None

    def answer(self, fact: str, answer: Answer) -> None:
        """Note an answer; a new one to the same question replaces the old."""
        self._answers.append((fact, answer))
        self._report = None

    def back(self) -> bool:
        """Forget the last answer; False if there is none."""
        if not self._answers:
            return False
        self._answers.pop()
        self._report = None
        return True

    def forget(self, fact: str) -> None:
        """Take back every answer to one question."""
        self._answers = [(name, answer) for name, answer in self._answers if name != fact]
        self._report = None

    def _exhausted(self) -> frozenset[str]:
        """Questions not to ask: skipped and answered ones (a coarse level may be asked once more, finer), and those
        for which the question about goals stands."""
        times: dict[str, int] = {}
        for fact, _ in self._answers:
            times[fact] = times.get(fact, 0) + 1
        facts = self.catalogue.facts.facts
        latest = self.answers
        by_goals = frozenset(fact.id for fact in facts.values() if fact.goals_ask and latest.get(GOALS))
        return by_goals | frozenset(
            fact
            for fact, count in times.items()
            if latest[fact] is None or count > 1 or fact not in facts or facts[fact].kind != "level"
        )
