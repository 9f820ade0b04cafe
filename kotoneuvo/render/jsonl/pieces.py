"""All that is remembered for one catalogue, day and language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.questions import in_order
from kotoneuvo.advice.service import RUNNING, Catalogue, Service
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE
from kotoneuvo.render.jsonl.following import Layout, pick, pick_all
from kotoneuvo.render.jsonl.looks import Looks, followed, regard
from kotoneuvo.render.jsonl.memory import Memory, Remembered
from kotoneuvo.render.jsonl.numbers import WIDE, Numbers, Wishes
from kotoneuvo.render.jsonl.place import Places
from kotoneuvo.render.jsonl.shared import PLACE, Shared
from kotoneuvo.render.jsonl.standing import Bench
from kotoneuvo.render.jsonl.text import Slots, dumped
from kotoneuvo.render.jsonl.views import AllWished, Here, Unserved, Views
from kotoneuvo.render.jsonl.wording import Wording
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import Words


class Questions(Remembered[tuple[str, ...], str]):
    """The text of the questions to ask next, by all that is asked for."""

    def __init__(self, facts: FactBook, memory: Memory) -> None:
        super().__init__(memory)
        self.facts = facts

    def make(self, key: tuple[str, ...]) -> str:
        """Count and put in order."""
        counts = {fact: key.count(fact) for fact in key}
        return ",".join(dumped({"fact": fact, "settles": count}) for fact, count in in_order(counts, self.facts))


class Contradictions(Remembered[tuple[Any, ...], str]):
    """The text of one contradiction, by the answer and by which of its sources were answered."""

    def make(self, key: tuple[Any, ...]) -> str:
        """Ask the core."""
        found = [each for each in self.memory.knowledge.contradictions() if each.fact == key[0]]
        return "".join(dumped({"fact": each.fact, "with": each.others}) for each in found)


class Pieces:
    """The memories, empty at first.

    `said` and `has` are tables of words by the numbers that `held` takes from a row's vector, fact by fact; `against`
    takes the answers that others rule out.
    """

    def __init__(self, catalogue: Catalogue, day: date, words: Words, memory: Memory) -> None:
        facts = catalogue.facts
        running = [each for each in catalogue.services.values() if each.operating(day) in RUNNING]
        self.numbers = _numbers(facts, running, Reasons(facts, words), memory)
        self.goals, self.languages = Wishes(GOALS, memory), Wishes(SERVICE_LANGUAGE, memory)
        self.known = {**self.numbers, GOALS: self.goals, SERVICE_LANGUAGE: self.languages}
        provided = frozenset(name for each in running for name in each.provides)
        self.layout = layout = Layout(facts, self.numbers, provided, memory)
        self.said = [each.said for each in self.numbers.values()]
        self.has = [each.has for each in self.numbers.values()]
        self.held = pick([layout.held[name] for name in facts.facts])
        self.against = pick_all(layout.against)
        self.nothing = ((),) * len(layout.against)
        self.place = layout.classes[PLACE]
        looks = Looks(facts, {name: each.held for name, each in self.numbers.items()}, layout.held, memory)
        bench = Bench(catalogue, day, running, looks, memory)
        self.places = Places(Shared(bench, layout))
        self.views = Views(self.places, AllWished(bench), Wording(bench, Slots(facts, words)))
        self.unserved = Here(self.places, Unserved(bench), memory)
        self.questions = Questions(facts, memory)
        self.contradictions = Contradictions(memory)


def _numbers(facts: FactBook, running: Sequence[Service], reasons: Reasons, memory: Memory) -> Mapping[str, Numbers]:
    """The numbers of all facts."""
    implied = [table for each in facts.derivations.values() for table in each.values()]
    tables = [*(each.eligibility for each in running), *implied]
    asked = followed(facts)
    found = {}
    for name, fact in facts.facts.items():
        told = regard(name, tables, asked) if len(fact.domain) > WIDE else None
        found[name] = Numbers(fact, told, regard(name, implied, ()), reasons, memory)
    return found
