"""One client's replies: the situation that they add up to, and what the page says about it. Lives in memory only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.facts import PASSING, Values
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.situation import Knowledge, Situation
from kotoneuvo.dates import Started

Answer = Values | tuple[str, ...]
"""Values of a fact, or goals and languages in their order."""
_FOLLOWING = {"status": ("home", "reception"), "situation": ("age",)}
"""Questions that only follow from the answer to another one."""


@dataclass(frozen=True, slots=True)
class Replied:
    """A question, the reply as it came from the prompt (None: not known), and what it records.

    `since`: when something began, where the reply tells it. `added`: the person brought it up; nobody goes back to it
    as to a question.
    """

    question: str
    reply: object
    records: Mapping[str, Answer]
    added: bool = False
    since: Started = ()


class Session:
    """The replies in the order in which they were given: going back takes one away and keeps it for the next prompt."""

    def __init__(self, advisor: Advisor) -> None:
        self.advisor = advisor
        self.facts = advisor.catalogue.facts
        self._all: tuple[Replied, ...] = ()
        self._before: dict[str, object] = {}
        self._report: Report | None = None
        self.last: str | None = None
        """The question that was replied to last, also where the reply took the place of another one."""

    @property
    def replied(self) -> dict[str, object]:
        """Question to its reply (None: not known)."""
        return {each.question: each.reply for each in self._all}

    @property
    def replies(self) -> tuple[Replied, ...]:
        """The replies, for showing them, and for `restore`."""
        return self._all

    def situation(self, more: Mapping[str, Answer] | None = None) -> Situation:
        """What the replies add up to; later ones narrow what earlier ones recorded, or replace what excludes them."""
        situation = Situation()
        replied = [(each.records, each) for each in self._all]
        for records, reply in (*replied, (more or {}, None)):
            for fact, answer in records.items():
                known = situation.known.get(fact)
                if isinstance(answer, frozenset) and known:
                    # Answers that exclude each other are no answer: the later one is what the person says now.
                    answer = answer & known or answer
                since = reply.since if reply and fact in self.facts.facts and self.facts[fact].kind in PASSING else ()
                situation = situation.with_answer(fact, answer, since)
        return situation

    def report(self) -> Report:
        """Advice on what is known so far; what was not known when asked is not proposed again."""
        if self._report is None:
            # Who did not know when asked is not asked once more.
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
        """The values of a fact that are still possible."""
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
        # The first and the last answer differ most often, and then the rest is not advised.
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
        """Note a reply; a new one to the same question takes the place of the old, and what followed from it goes."""
        new = Replied(question, reply, records, added, since)
        self._before[question] = reply
        self.last = self.last if added else question
        if question not in self.replied:
            self._set((*self._all, new))
            return
        # What was asked because of the old reply may make no sense with the new one.
        gone = self._following(question)
        kept = (new if each.question == question else each for each in self._all if each.question not in gone)
        self._set(tuple(kept))

    def suggest(self, question: str, reply: object) -> None:
        """Show this reply when the question is put next."""
        self._before[question] = reply

    def before(self, question: str) -> object:
        """The last reply to a question, also where it was gone back on; None if there is none."""
        return self._before.get(question)

    def back(self) -> str | None:
        """Take the last reply back, and name its question; None if there is none. It is kept for the prompt."""
        asked = [each for each in self._all if not each.added]
        if not asked:
            return None
        self._set(tuple(each for each in self._all if each is not asked[-1]))
        self.last = asked[-2].question if len(asked) > 1 else None
        return asked[-1].question

    def restore(self, replies: tuple[Replied, ...]) -> None:
        """Put back the replies that there were."""
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
