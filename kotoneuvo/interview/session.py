"""One client's answers, replayed from the start at each step: going back keeps what was replied for the next time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.advice.situation import GOALS, Situation

OPENING = ("municipality", GOALS)
"""Asked first: where the person lives and what they want decide what is worth asking at all."""
Answer = Values | tuple[str, ...] | None
"""Values of a fact, goals, or None for a skipped question."""


@dataclass(frozen=True, slots=True)
class Replied:
    """A question with its answer, and the reply as it came from the prompt."""

    question: str
    answer: Answer
    reply: object


class Session:
    """The questions asked so far with their answers, in order. Lives in memory only."""

    def __init__(self, catalogue: Catalogue, today: date) -> None:
        self.catalogue = catalogue
        self.today = today
        self._advisor = Advisor(catalogue, today)
        self._replied: tuple[Replied, ...] = ()
        self._before: dict[str, object] = {}
        self._report: Report | None = None

    @property
    def answers(self) -> dict[str, Answer]:
        """Fact id to its latest answer, in the order asked."""
        return {each.question: each.answer for each in self._replied}

    @property
    def asked(self) -> int:
        """How many answers there are to go back to."""
        return len(self._replied)

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
            self._report = self._advisor.advise(self.situation(), self._exhausted())
        return self._report

    def next_question(self) -> str | None:
        """The fact (or "goals") to ask about now; None when no answer can change a result any more."""
        asked = self.answers
        for name in OPENING:
            if name not in asked:
                return name
        following = self.report().ask_next
        return following[0][0] if following else None

    def answer(self, fact: str, answer: Answer, reply: object = None) -> None:
        """Note an answer with the reply that gave it; a new one to the same question replaces the old."""
        self._set((*self._replied, Replied(fact, answer, reply)))
        self._before[fact] = reply

    def before(self, fact: str) -> object:
        """The last reply to a question, also where it was gone back on; None if there is none."""
        return self._before.get(fact)

    def back(self) -> str | None:
        """Take the last answer back, and name its question; None if there is none. The reply is kept for the prompt."""
        if not self._replied:
            return None
        question = self._replied[-1].question
        self._set(self._replied[:-1])
        return question

    def forget(self, fact: str) -> None:
        """Take back every answer to one question."""
        self._set(tuple(each for each in self._replied if each.question != fact))

    def kept(self) -> tuple[Replied, ...]:
        """The answers as they are now, for `restore`."""
        return self._replied

    def restore(self, kept: tuple[Replied, ...]) -> None:
        """Put back the answers that there were."""
        self._set(kept)
        self._before |= {each.question: each.reply for each in kept}

    def _set(self, replied: tuple[Replied, ...]) -> None:
        self._replied, self._report = replied, None

    def _exhausted(self) -> frozenset[str]:
        """Questions not to ask: skipped and answered ones (a coarse level may be asked once more, finer), and those
        for which the question about goals stands."""
        times: dict[str, int] = {}
        for each in self._replied:
            times[each.question] = times.get(each.question, 0) + 1
        facts = self.catalogue.facts.facts
        latest = self.answers
        by_goals = frozenset(fact.id for fact in facts.values() if fact.goals_ask and latest.get(GOALS))
        return by_goals | frozenset(
            fact
            for fact, count in times.items()
            if latest[fact] is None or count > 1 or fact not in facts or facts[fact].kind != "level"
        )
