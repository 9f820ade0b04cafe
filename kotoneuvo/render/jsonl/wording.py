"""Verdicts in words: put together once from texts of their reasons, with slots for what a person has."""

from __future__ import annotations

from sys import getsizeof

from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.eligibility import Outcome
from kotoneuvo.advice.service import Service
from kotoneuvo.advice.truth import Truth
from kotoneuvo.render.json import criterion, verdict_end, verdict_head
from kotoneuvo.render.jsonl.following import pick_all
from kotoneuvo.render.jsonl.memory import ENTRY
from kotoneuvo.render.jsonl.standing import Bench, Standing, Text
from kotoneuvo.render.jsonl.text import Slots, dumped


class Wording:
    """The texts of heads and reasons of all services, as far as they were needed."""

    def __init__(self, bench: Bench, slots: Slots) -> None:
        self.bench = bench
        self.slots = slots
        self._criteria: dict[tuple[str, int, Truth], tuple[list[str], list[int]]] = {}
        self._said: dict[tuple[str, Outcome], tuple[str, str]] = {}

    def put(self, service: Service, standing: Standing) -> tuple[Text, Text]:
        """Give a standing the texts of its verdict, from the person at hand."""
        each = self.bench.assess(service)._replace(relevant=True)
        shut, reached = self._heads(each)
        reasons, places = self._reasons(each)
        reasons[-1] += f"],{dumped(verdict_end(each))[1:]},"
        text: Text = [None] * (2 * len(reasons) - 1)
        text[::2] = [each.encode() for each in reasons]
        first = f',"criteria":[{reasons[0]}'
        standing.texts = (
            [(shut[:-1] + first).encode(), *text[1:]],
            [(reached[:-1] + first).encode(), *text[1:]],
        )
        standing.words = pick_all(places)
        self.bench.memory.note(sum(map(getsizeof, reasons)) + 2 * getsizeof(text) + getsizeof(shut) * 2)
        return standing.texts

    def _heads(self, assessment: Assessment) -> tuple[str, str]:
        """The beginnings of a verdict: out of reach, and within."""
        key = (assessment.service.id, assessment.outcome)
        if key not in self._said:
            shut, reached = (dumped(verdict_head(assessment, reachable)) for reachable in (False, True))
            self._said[key] = (shut, reached)
            self.bench.memory.fixed += ENTRY + getsizeof(shut) * 2
        return self._said[key]

    def _reasons(self, assessment: Assessment) -> tuple[list[str], list[int]]:
        """The reasons of a verdict, cut at every slot, and the places of the slots' facts."""
        found, places = [""], list[int]()
        for number, judgement in enumerate(assessment.judgements):
            key = (assessment.service.id, number, judgement.truth)
            if key not in self._criteria:
                self._criteria[key] = self.slots.template(criterion(judgement, self.slots, {}))
                self.bench.memory.fixed += ENTRY + sum(map(getsizeof, self._criteria[key][0]))
            texts, slots = self._criteria[key]
            found[-1] += f",{texts[0]}" if number else texts[0]
            found += texts[1:]
            places += slots
        return found, places
