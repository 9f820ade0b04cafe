"""One client's replies, kept in memory only: the situation that they add up to, and the advice on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.facts import PASSING, Values
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.situation import Knowledge, Situation
from kotoneuvo.dates import Started

Answer = Values | tuple[str, ...]
"""The values of a fact that are possible, or goals or languages in their order."""
_FOLLOWING = {"status": ("home", "reception"), "situation": ("age",)}
"""By question: the questions that only its answer can lead to."""


@dataclass(frozen=True, slots=True)
class Replied:
    """A question, the reply as it came from the prompt (None: not known), and what it records.

    `since` is when something began, if the reply says so. An `added` reply was brought up by the person, so that going
    back does not lead to it.
    """

    question: str
    reply: object
    records: Mapping[str, Answer]
    added: bool = False
    since: Started = ()


class Session:
    """The replies in the order in which they were given; one that is taken back is kept for the next prompt."""

    def __init__(self, advisor: Advisor) -> None:
        self.advisor = advisor
        self.facts = advisor.catalogue.facts
        self._all: tuple[Replied, ...] = ()
        # Also of replies that were taken back: the question shows them when it is asked again.
        self._before: dict[str, object] = {}
        self._report: Report | None = None
        self.last: str | None = None
        """The question that was answered last, even if its reply replaced an earlier one."""

    @property
    def replied(self) -> dict[str, object]:
        """The replies by question (None: not known)."""
        return {each.question: each.reply for each in self._all}

    @property
    def replies(self) -> tuple[Replied, ...]:
        """All replies in order, to be shown, or to be given to `restore`."""
        return self._all

    def situation(self, more: Mapping[str, Answer] | None = None) -> Situation:
        """Return the situation of all replies and `more`; later ones narrow what earlier ones recorded."""
        situation = Situation()
        replied = [(each.records, each) for each in self._all]
        for records, reply in (*replied, (more or {}, None)):
            for fact, answer in records.items():
                known = situation.known.get(fact)
                if isinstance(answer, frozenset) and known:
                    # If two answers exclude each other, the later one is what the person says now.
                    answer = answer & known or answer
                since = reply.since if reply and fact in self.facts.facts and self.facts[fact].kind in PASSING else ()
                situation = situation.with_answer(fact, answer, since)
        return situation

    def report(self) -> Report:
        """Return the advice on the replies so far."""
        if self._report is None:
            # The report must not propose to ask again what the person did not know.
            skipped = frozenset(each.question for each in self._all if each.reply is None)
            self._report = self.advisor.advise(self.situation(), skipped & frozenset(self.facts.facts))
        return self._report

    @property
    def goals(self) -> Sequence[str]:
        """The goals, most wanted first."""
        return self.situation().goals

    @property
    def languages(self) -> Sequence[str]:
        """The client's languages."""
        return self.situation().service_language

    def possible(self, fact: str) -> Values:
        """Return the values of a fact that are still possible."""
        return Knowledge(self.facts, self.situation()).possible(fact)

    def open(self, fact: str) -> bool:
        """Whether a fact has more than one value left."""
        return len(self.possible(fact)) > 1

    def changes_steps(self, answers: Sequence[Mapping[str, Answer]]) -> bool:
        """Whether at least two of the answers give different first steps or notices."""
        return self._differ(_steps, answers)

    def changes_pathway(self, answers: Sequence[Mapping[str, Answer]]) -> bool:
        """Whether at least two of the answers give different pathways or verdicts on it."""
        return self._differ(_pathway, answers)

    def _differ(self, shown: Callable[[Report], object], answers: Sequence[Mapping[str, Answer]]) -> bool:
        # The first and the last answer differ most often, which saves advising on the others.
        likeliest = (*answers[:1], *reversed(answers[1:]))
        seen = (shown(self.advisor.advise(self.situation(answer))) for answer in likeliest)
        first = next(seen, None)
        return any(each != first for each in seen)

    def reply(
        self,
        question: str,
        reply: object,
        records: Mapping[str, Answer],
        *,
        added: bool = False,
        since: Started = (),
    ) -> None:
        """Note a reply; it replaces an earlier one to the same question, and removes what followed from that."""
        new = Replied(question, reply, records, added, since)
        self._before[question] = reply
        self.last = self.last if added else question
        if question not in self.replied:
            self._set((*self._all, new))
            return
        # Questions that only the old reply led to may make no sense with the new one.
        gone = self._following(question)
        kept = (new if each.question == question else each for each in self._all if each.question not in gone)
        self._set(tuple(kept))

    def suggest(self, question: str, reply: object) -> None:
        """Show this reply when the question is asked next."""
        self._before[question] = reply

    def before(self, question: str) -> object:
        """Return the last reply to a question, even if it was taken back; None if there is none."""
        return self._before.get(question)

    def back(self) -> str | None:
        """Take back the last reply, and return its question; None if there is none."""
        asked = [each for each in self._all if not each.added]
        if not asked:
            return None
        self._set(tuple(each for each in self._all if each is not asked[-1]))
        self.last = asked[-2].question if len(asked) > 1 else None
        return asked[-1].question

    def restore(self, replies: tuple[Replied, ...]) -> None:
        """Replace all replies with earlier ones."""
        self._set(replies)
        self.last = next((each.question for each in reversed(replies) if not each.added), None)
        self._before |= {each.question: each.reply for each in replies}

    def _following(self, question: str) -> set[str]:
        named = {each.question for each in self._all if each.question.startswith(f"{question}_")}
        return named | set(_FOLLOWING.get(question, ()))

    def _set(self, replies: tuple[Replied, ...]) -> None:
        self._all, self._report = replies, None


def _pathway(report: Report) -> object:
    return [
        (stage.when, stage.after, [(name, report.assessments[name].outcome) for name in stage.services])
        for stage in report.pathway
    ]


def _steps(report: Report) -> object:
    steps = [(each.service_id, report.assessments[each.service_id].outcome) for each in report.first_steps]
    return steps, [notice.id for notice in report.notices], report.unserved_goals
