"""Advice for many people as JSON lines: the documents of `render_json`, limited to relevant verdicts.

Relevant services run, serve one of the person's goals and serve the municipality. The part of a verdict's text that is
the same for everybody is cached with its standing, and dropped with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping, Sequence
from functools import reduce
from operator import or_
from sys import getsizeof
from typing import Any

from kotoneuvo.advice.advisor import Advisor, WithinReach
from kotoneuvo.advice.compiled import Standing
from kotoneuvo.advice.criteria import Judgement, criteria_of
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.encoding import Row, picker
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE, Situation
from kotoneuvo.batch.gaps import goal_bits
from kotoneuvo.batch.rows import Documents
from kotoneuvo.intake.cells import Reading, situation_of
from kotoneuvo.render.json import AFTER_VERDICTS, after_verdicts, criterion, document_head, verdict
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import Words, escape_controls

MEMORY = 3 << 23
"""About how many bytes the advisor may cache."""
MOST_TEXTS = 20_000
"""Cached texts of facts, and of reasons; most have a few hundred bytes."""
_NO_CRITERIA = '"criteria":[]'
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class JsonLines:
    """Writes the advice to each person as JSON in one language; the field `row` is the person's label."""

    def __init__(self, advisor: Advisor, words: Words) -> None:
        self.advisor = advisor
        self.words = words
        self._facts = advisor.catalogue.facts.facts
        self._reasons = Reasons(advisor.catalogue.facts, words)
        self._values: dict[tuple[str, Values], str] = {}
        self._encoding = advisor.encoding
        self._picks: dict[int, Callable[[Row], Any]] = {}
        self._criteria: dict[tuple[int, Any], str] = {}
        self._covers = goal_bits(advisor.catalogue)
        self._head = _encode(document_head(advisor.catalogue, advisor.day))[1:-1]

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle without the caches."""
        return (_in_language, (self.advisor, self.words.language))

    def lines(
        self, labels: Sequence[str], columns: Mapping[str, Sequence[Reading]], withheld: Container[int] = ()
    ) -> Documents:
        """Return the documents of some people, each ending with a newline.

        `columns` maps facts and wishes to readings, one for each row; `withheld` rows (indices) get no advice.
        """
        lines, fits, covers = [], [], []
        for place, label in enumerate(labels):
            if place in withheld:
                lines.append(self._without_advice(label))
                fits.append(0)
                covers.append(0)
                continue
            line, fitting = self._line(label, situation_of({name: read[place] for name, read in columns.items()}))
            lines.append(line)
            fits.append(len(fitting))
            covers.append(reduce(or_, map(self._covers.__getitem__, fitting), 0))
        return Documents("".join(lines).encode(), fits, covers)

    def line(self, label: str, situation: Situation) -> str:
        """Return the document of one person, ending with a newline."""
        return self._line(label, situation)[0]

    def _line(self, label: str, situation: Situation) -> tuple[str, Sequence[str]]:
        """The document of one person, and the ids of the services that fit."""
        near = self.advisor.within_reach(situation)
        report = self.advisor.report(near)
        if self._encoding is not self.advisor.encoding:  # the advisor began a new one
            self._encoding = self.advisor.encoding
            self._criteria.clear()
        verdicts, fitting = [], []
        for service_id, standing in near.standings.items():
            if near.wishes.relevant(standing.compiled.service):
                verdicts.append(self._verdict(standing, near, report))
                if standing.assessment.outcome is Outcome.ELIGIBLE:
                    fitting.append(service_id)
        text = (
            f'{{"row":{_encode(label)},{self._head},"situation":{{{self._situation(report)}}},'
            f'"verdicts":[{",".join(verdicts)}],{_encode(after_verdicts(report))[1:]}\n'
        )
        return text, fitting

    def _without_advice(self, label: str) -> str:
        """The document of a person who gets no advice, because an answer could not be read."""
        empty = dict.fromkeys(AFTER_VERDICTS, ())
        nothing = _encode({"situation": {}, "verdicts": (), **empty, "withheld": True})[1:-1]
        return f'{{"row":{_encode(label)},{self._head},{nothing}}}\n'

    def _verdict(self, standing: Standing, near: WithinReach, report: Report) -> str:
        """The text of a verdict: the cached frame of its standing, with the reasons filled in."""
        reachable = standing.compiled.service.id in near.steps
        frame = standing.frames.get(reachable)
        if frame is None:
            whole = _encode(verdict(standing.assessment, reachable, ()))
            frame = standing.frames[reachable] = whole.split(_NO_CRITERIA)
            self.advisor.spent += getsizeof(whole)
        before, after = frame
        reasons = ",".join([self._reason(each, near.row, report) for each in standing.assessment.judgements])
        return f'{before}"criteria":[{reasons}]{after}'

    def _reason(self, judgement: Judgement, row: Row, report: Report) -> str:
        """The text of one reason, cached by what is known about the facts in it."""
        node = judgement.node
        pick = self._picks.get(id(node))
        if pick is None:
            facts = dict.fromkeys(each.fact for each in criteria_of((node,)))
            pick = self._picks[id(node)] = picker([self._encoding.position[fact] for fact in facts])
        key = (id(node), pick(row))
        text = self._criteria.get(key)
        if text is None:
            if len(self._criteria) > MOST_TEXTS:
                self._criteria.clear()
            text = self._criteria[key] = _encode(criterion(judgement, self._reasons, report.known))
        return text

    def _situation(self, report: Report) -> str:
        parts = [self._values.get(each) or self._fact(*each) for each in report.known.items()]
        situation = report.situation
        parts += [f'"{GOALS}":{_encode(situation.goals)}'] if situation.goals else []
        parts += [f'"{SERVICE_LANGUAGE}":{_encode(situation.service_language)}'] if situation.service_language else []
        return ",".join(parts)

    def _fact(self, name: str, values: Values) -> str:
        if len(self._values) > MOST_TEXTS:
            self._values.clear()
        text = self._values[name, values] = f'"{name}":{_encode(self._facts[name].in_order(values))}'
        return text


def _encode(value: object) -> str:
    """Encode as JSON without terminal control characters."""
    # For each part and not for the whole line, because most parts are cached.
    return escape_controls(_encoder.encode(value))


def _in_language(advisor: Advisor, language: str) -> JsonLines:
    return JsonLines(advisor, Words(language))
