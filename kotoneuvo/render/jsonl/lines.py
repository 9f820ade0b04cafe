"""Documents of many people, one line each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import repeat
from typing import Any

from kotoneuvo.advice.facts import FactBook, Values
from kotoneuvo.advice.questions import in_order
from kotoneuvo.advice.service import Catalogue, Operating
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE, Knowledge, Situation
from kotoneuvo.render.json import SCHEMA
from kotoneuvo.render.jsonl.following import Held, Layout, pick, pick_all
from kotoneuvo.render.jsonl.looks import Looks, Regard, followed, regard
from kotoneuvo.render.jsonl.memory import ENTRY, MOST, MOST_FIXED, Memory, Remembered
from kotoneuvo.render.jsonl.numbers import WIDE, Numbers
from kotoneuvo.render.jsonl.place import PLACE, Place, Shared, near
from kotoneuvo.render.jsonl.standing import Bench
from kotoneuvo.render.jsonl.text import Slots, dumped
from kotoneuvo.render.jsonl.view import View, Wished, quoted_ids, unserved
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import Words

Reading = Values | tuple[str, ...] | None
"""What a cell says: values still possible, goals or languages in order, or nothing."""
_PLAIN = re.compile("[A-Za-z0-9 _.-]*")


class Wishes(dict[tuple[str, ...] | None, int]):
    """Goals or languages by number, with their part of the situation in `said`; 0: none."""

    def __init__(self, name: str, memory: Memory) -> None:
        super().__init__()
        self.name = name
        self.memory = memory
        self.wishes: list[tuple[str, ...]] = []
        self.said: list[str] = []
        self[None]

    def __missing__(self, wishes: tuple[str, ...] | None) -> int:
        number = self[wishes] = len(self.wishes)
        self.wishes.append(wishes or ())
        self.said.append(f"{dumped(self.name)}:{dumped(wishes)}," if wishes else "")
        self.memory.fixed += ENTRY
        return number


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


class Views(Remembered[tuple[int, int], View]):
    """Places in the eyes of people with certain goals, by the numbers of both."""

    def __init__(self, lines: JsonLines) -> None:
        super().__init__(lines.memory)
        self._lines = lines

    def make(self, key: tuple[int, int]) -> View:
        """Look at the services."""
        return self._lines.view(key)

    def size(self, piece: View) -> int:
        """A number of each service, and a pair of each relevant one."""
        return len(piece.orders) * 50 + len(piece.relevant) * 70


class JsonLines:
    """Documents of many people, one line each: the contract of `render_json`, with the verdicts that can matter.

    Those are of services that run, answer the person's goals, and serve the person's municipality; `row` is the label.
    """

    def __init__(
        self, catalogue: Catalogue, day: date, words: Words, most: int = MOST, most_fixed: int = MOST_FIXED
    ) -> None:
        self.catalogue = catalogue
        self.day = day
        self.words = words
        self.most = (most, most_fixed)
        head = {
            "schema": SCHEMA,
            "as_of": day.isoformat(),
            "catalogue": {"version": catalogue.version, "services": len(catalogue.services)},
        }
        self._head = dumped(head)[1:-1]
        self._start()

    def _start(self) -> None:
        """Remember nothing."""
        facts = self.catalogue.facts
        self.memory = Memory(
            self._knowledge, lambda knowledge, vector: Held(knowledge, self.layout, vector), *self.most
        )
        running = [each for each in self.catalogue.services.values() if each.operating(self.day) in _RUNNING]
        wide = {name for name, fact in facts.facts.items() if len(fact.domain) > WIDE}
        reasons = Reasons(facts, self.words)
        tables = [each.eligibility for each in running]
        implied = [table for each in facts.derivations.values() for table in each.values()]
        tables += implied
        asked = followed(facts)
        self.numbers = {
            name: Numbers(
                fact,
                regard(name, tables, asked) if name in wide else Regard(),
                regard(name, implied, ()),
                reasons,
                self.memory,
            )
            for name, fact in facts.facts.items()
        }
        self.goals, self.languages = Wishes(GOALS, self.memory), Wishes(SERVICE_LANGUAGE, self.memory)
        provided = {name for each in running for name in each.provides}
        exact = frozenset(name for name in facts.facts if name not in wide or name in provided)
        self.layout = Layout(facts, self.numbers, exact, self.memory)
        values = {name: each.held for name, each in self.numbers.items()}
        looks = Looks(facts, values, self.layout.held)
        self.bench = Bench(self.catalogue, self.day, looks, Slots(facts, self.words), self.memory)
        self.shared = Shared(self.bench, self.layout)
        self.said = [each.said for each in self.numbers.values()]
        self.has = [each.has for each in self.numbers.values()]
        self.held = pick([self.layout.held[name] for name in facts.facts])
        self.against = pick_all(self.layout.against)
        self.nothing_against = tuple(() for _ in self.layout.against)
        self.behind = {
            name: [self.layout.direct[source] for source in self.layout.follows_from(name)] for name in facts.facts
        }
        self.places: dict[int, Place] = {}
        self._place_at = self.layout.classes[PLACE]
        self.views = Views(self)
        self.wished: dict[int, Wished] = {}
        self.unserved: dict[int, Mapping[str, int]] = {}
        self.unserved_here: dict[tuple[int, int], list[int]] = {}
        self.names = quoted_ids(self.bench)
        self.questions = Questions(facts, self.memory)
        self.contradictions = Contradictions(self.memory)

    def lines(self, labels: Sequence[str], columns: Mapping[str, Sequence[Reading]]) -> str:
        """The documents of some people, each with its line end. `columns`: fact or wish to readings, one a row."""
        if self.memory.full:
            self._start()
        known: dict[str, Any] = {**self.numbers, GOALS: self.goals, SERVICE_LANGUAGE: self.languages}
        numbers = [map(known[name].__getitem__, columns[name]) if name in columns else repeat(0) for name in known]
        self._order = tuple(columns)
        parts: list[str] = []
        for label, *row in zip(labels, *numbers, strict=False):
            parts += self._line(label, row)
        return "".join(parts)

    def line(self, label: str, situation: Situation) -> str:
        """The document of one person, with its line end."""
        columns: dict[str, Sequence[Reading]] = {name: [values] for name, values in situation.known.items()}
        return self.lines([label], columns | {GOALS: [situation.goals], SERVICE_LANGUAGE: [situation.service_language]})

    def _line(self, label: str, row: Sequence[int]) -> list[str]:
        """The parts of one person's document."""
        vector: list[Any] = list(row)
        self.memory.meet(row, vector)
        self.layout.fill(vector)
        place, goals, language = vector[self._place_at], row[-2], row[-1]
        view = self.views[place, goals]
        unserved = self.unserved_here.get((place, language)) or self._unserved(view.place, place, language)
        standings, ways = view.place.stand(vector)
        path, asked = view.path(standings, ways, unserved)
        numbers = self.held(vector)
        has = [words[number] for words, number in zip(self.has, numbers, strict=True)]
        situation = "".join([said[number] for said, number in zip(self.said, numbers, strict=True)])
        situation += self.goals.said[goals] + self.languages.said[language]
        questions = self.questions[asked] if asked else ""
        against = self._against(row, vector) if self.against(vector) != self.nothing_against else ""
        return [
            f'{{"row":{_quoted(label)},{self._head},"situation":{{{situation[:-1]}}},"verdicts":[',
            *view.verdicts(standings, ways, has),
            f'],"pathway":[{path}],"ask_next":[{questions}],"contradictions":[{against}]}}\n',
        ]

    def _knowledge(self, row: Sequence[int]) -> Knowledge:
        """What is known of the person with these numbers."""
        place = self.layout.direct
        known = {
            name: values
            for name in self._order
            if name in self.numbers and (values := self.numbers[name].held[row[place[name]]]) is not None
        }
        situation = Situation(known, self.goals.wishes[row[-2]], self.languages.wishes[row[-1]])
        return Knowledge(self.catalogue.facts, situation)

    def view(self, key: tuple[int, int]) -> View:
        """The services of a place (the class of its reading) for somebody with the goals of that number."""
        number, goals = key
        place = self.places.get(number)
        if place is None:
            place = self.places[number] = self._place()
        if goals not in self.wished:
            self.wished[goals] = Wished(self.goals.wishes[goals], self.bench)
            self.memory.fixed += len(self.bench.running) * ENTRY
        return View(place, self.wished[goals], self.names)

    def _unserved(self, place: Place, number: int, language: int) -> list[int]:
        if language not in self.unserved:
            self.unserved[language] = unserved(self.languages.wishes[language], self.bench)
            self.memory.fixed += len(self.bench.running) * ENTRY
        found = [self.unserved[language][each.id] for each in place.services]
        self.unserved_here[number, language] = found
        self.memory.fixed += ENTRY + len(found) * 8
        return found

    def _place(self) -> Place:
        """The place of the person at hand."""
        knowledge = self.memory.knowledge
        here = near(self.catalogue, knowledge.situation.known.get(PLACE))
        return Place(here, self.memory.vector[self.layout.held[PLACE]], self.shared)

    def _against(self, row: Sequence[int], vector: list[Any]) -> str:
        """The answers that others rule out."""
        layout = self.layout
        found = [name for place in layout.against for name in vector[place]]
        if len(found) > 1:
            found.sort(key=self._order.index)
        texts = []
        for name in found:
            answered = tuple([row[place] > 0 for place in self.behind[name]])
            goals = row[-2] if layout.facts[name].goals else 0
            texts.append(self.contradictions[name, row[layout.direct[name]], answered, goals])
        return ",".join(texts)


_RUNNING = (Operating.ACTIVE, Operating.UNVERIFIED)


def _quoted(label: str) -> str:
    return f'"{label}"' if _PLAIN.fullmatch(label) else dumped(label)
