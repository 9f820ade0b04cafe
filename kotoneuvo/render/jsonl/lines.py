"""Documents of many people, one line each."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from datetime import date
from itertools import repeat
from typing import Any

from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE, Knowledge, Situation
from kotoneuvo.render.json import SCHEMA
from kotoneuvo.render.jsonl.following import Held
from kotoneuvo.render.jsonl.memory import MOST, MOST_FIXED, Memory
from kotoneuvo.render.jsonl.pieces import Pieces
from kotoneuvo.render.jsonl.text import dumped
from kotoneuvo.words import Words

Reading = Values | tuple[str, ...] | None
"""What a cell says: values still possible, goals or languages in order, or nothing."""
_PLAIN = re.compile("[A-Za-z0-9 _.-]*")


class JsonLines:
    """Documents of many people, one line each: the contract of `render_json`, with the verdicts that can matter.

    Those are of services that run, answer the person's goals, and serve the person's municipality; `row` is the label.
    `most` and `most_fixed` are bytes, about, that memories may take (see `Memory`).
    """

    def __init__(
        self, catalogue: Catalogue, day: date, words: Words, most: int = MOST, most_fixed: int = MOST_FIXED
    ) -> None:
        self.catalogue = catalogue
        self.day = day
        self.words = words
        head = {
            "schema": SCHEMA,
            "as_of": day.isoformat(),
            "catalogue": {"version": catalogue.version, "services": len(catalogue.services)},
        }
        self.most = (most, most_fixed)
        self._head = dumped(head)[1:-1]
        self._order: Sequence[str] = ()
        self.memory = Memory(self._knowledge, self._held, most, most_fixed)
        self.pieces = Pieces(catalogue, day, words, self.memory)

    def __reduce__(self) -> tuple[Any, ...]:
        """To another process it goes without what it remembers."""
        return (_in_language, (self.catalogue, self.day, self.words.language, *self.most))

    def _knowledge(self, row: Sequence[int]) -> Knowledge:
        """What is known of the person with these numbers."""
        pieces, place = self.pieces, self.pieces.layout.direct
        known = {
            name: values
            for name in self._order
            if name in pieces.numbers and (values := pieces.numbers[name].held[row[place[name]]]) is not None
        }
        situation = Situation(known, pieces.goals.wishes[row[-2]], pieces.languages.wishes[row[-1]])
        return Knowledge(self.catalogue.facts, situation)

    def _held(self, knowledge: Knowledge, vector: Sequence[int]) -> Knowledge:
        return Held(knowledge, self.pieces.layout, vector)

    def lines(
        self, labels: Sequence[str], columns: Mapping[str, Sequence[Reading]], withheld: Container[int] = ()
    ) -> bytes:
        """The documents of some people in UTF-8, each with its line end.

        `columns`: fact or wish to readings, one a row; `withheld`: the places of those who get no advice.
        """
        if self.memory.full:
            self.memory.forget()
            self.pieces = Pieces(self.catalogue, self.day, self.words, self.memory)
        known: Mapping[str, Any] = self.pieces.known
        numbers = [map(known[name].__getitem__, columns[name]) if name in columns else repeat(0) for name in known]
        self._order = tuple(columns)
        parts: list[bytes] = []
        for place, (label, *row) in enumerate(zip(labels, *numbers, strict=False)):
            parts += [self._without_advice(label)] if place in withheld else self._line(label, row)
        return b"".join(parts)

    def _without_advice(self, label: str) -> bytes:
        """The document of somebody of whom not everything could be read, and who so gets no advice."""
        empty = '"situation":{},"verdicts":[],"pathway":[],"ask_next":[],"contradictions":[],"withheld":true'
        return f'{{"row":{_quoted(label)},{self._head},{empty}}}\n'.encode()

    def line(self, label: str, situation: Situation) -> str:
        """The document of one person, with its line end."""
        columns: dict[str, Sequence[Reading]] = {name: [values] for name, values in situation.known.items()}
        columns |= {GOALS: [situation.goals], SERVICE_LANGUAGE: [situation.service_language]}
        return self.lines([label], columns).decode()

    def _line(self, label: str, row: Sequence[int]) -> list[bytes]:
        """The parts of one person's document."""
        pieces = self.pieces
        vector: list[Any] = list(row)
        self.memory.meet(row, vector)
        pieces.layout.fill(vector)
        place, goals, languages = vector[pieces.place], row[-2], row[-1]
        view = pieces.views[place, goals]
        standings, ways = view.place.stand(vector)
        path, asked = view.path(standings, ways, pieces.unserved[place, languages])
        numbers = pieces.held(vector)
        has = [words[number] for words, number in zip(pieces.has, numbers, strict=True)]
        situation = "".join([said[number] for said, number in zip(pieces.said, numbers, strict=True)])
        situation += pieces.goals.said[goals] + pieces.languages.said[languages]
        questions = pieces.questions[asked] if asked else ""
        against = self._against(row, vector) if pieces.against(vector) != pieces.nothing else ""
        return [
            f'{{"row":{_quoted(label)},{self._head},"situation":{{{situation[:-1]}}},"verdicts":['.encode(),
            *view.verdicts(standings, ways, has),
            f'],"pathway":[{path}],"ask_next":[{questions}],"contradictions":[{against}]}}\n'.encode(),
        ]

    def _against(self, row: Sequence[int], vector: list[Any]) -> str:
        """The answers that others rule out."""
        layout = self.pieces.layout
        found = [name for place in layout.against for name in vector[place]]
        if len(found) > 1:
            found.sort(key=self._order.index)
        texts = []
        for name in found:
            answered = tuple([row[place] > 0 for place in layout.behind[name]])
            goals = row[-2] if layout.facts[name].goals else 0
            texts.append(self.pieces.contradictions[name, row[layout.direct[name]], answered, goals])
        return ",".join(texts)


def _in_language(catalogue: Catalogue, day: date, language: str, most: int, most_fixed: int) -> JsonLines:
    return JsonLines(catalogue, day, Words(language), most, most_fixed)


def _quoted(label: str) -> str:
    return f'"{label}"' if _PLAIN.fullmatch(label) else dumped(label)
