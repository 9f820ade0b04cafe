"""What a row's bits say, in text: the services of one place, in chunks that remember what they said."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import or_
from sys import intern
from typing import NamedTuple

from kotoneuvo.advice.assessment import REGIONAL
from kotoneuvo.advice.criteria import AnyOf, Criterion, criteria_of
from kotoneuvo.advice.facts import Values
from kotoneuvo.batch.bits import PLACE, Duty, Entry, Layout

PLACE_BITS = 16
"""Bits for the place of a service in the catalogue, the last thing that tells two first steps apart."""
NO_STEP = (1 << 60) - 1
"""Larger than the order of any first step; its place is no service's."""
CHUNK = 12
"""Services decided together."""
MOST_PARTS = 4
"""Texts of chunks that are put together for good."""


class Parts(tuple[str, ...]):
    """A long text that is put together only where it is written: whole, texts of its kind would fill the memory."""

    def __format__(self, _: str) -> str:
        return " ".join(self)


Text = str | Parts


class Piece(NamedTuple):
    """What some services add to a row.

    `texts` are lists of ids: fitting, possible, opening next, unmet. `step` is the order of the best first step with
    the service's place in its low bits. `covered` has a bit for every goal that a fitting service answers. `missed`
    names the services shut by one node only (place, number of the node).
    """

    texts: tuple[Text, ...] = ("", "", "", "")
    step: int = NO_STEP
    fits: int = 0
    may_fit: int = 0
    covered: int = 0
    missed: tuple[tuple[int, int], ...] = ()


def _text(parts: Iterable[str]) -> Text:
    """Parts with blanks between them; the same text is kept once, since most lists of services come up again."""
    filled = list(filter(None, parts))
    return Parts(filled) if len(filled) > MOST_PARTS else intern(" ".join(filled))


def together(pieces: Iterable[Piece]) -> Piece:
    """What several pieces add to a row."""
    texts, steps, fits, may_fit, covered, missed = zip(*pieces, strict=True)
    listed = tuple(map(_text, zip(*texts, strict=True)))
    return Piece(listed, min(steps), sum(fits), sum(may_fit), reduce(or_, covered), tuple(chain.from_iterable(missed)))


@dataclass(frozen=True)
class Place:
    """What a reading of the municipality says of every service: excluded, sure, or open with the question to ask."""

    excluded: frozenset[int]
    unsure: frozenset[int]
    asked: frozenset[int]


class Decoder:
    """Turns bits into verdicts and text for one place; one truth with `assess` and `find_pathway`, held by tests."""

    def __init__(self, layout: Layout, values: Values | None) -> None:
        self.layout = layout
        self._asked: dict[tuple[int, int], str] = {}
        self.nowhere = values is None
        self.place = self._place(values)
        self.alive = [entry for entry in layout.entries if entry.place not in self.place.excluded]

    def _place(self, values: Values | None) -> Place:
        fact = self.layout.catalogue.facts[PLACE]
        held = fact.everything if values is None else values
        excluded, unsure, asked = set(), set(), set()
        for entry in self.layout.entries:
            if entry.area is None or held <= entry.area.accept:
                continue
            if held.isdisjoint(entry.area.maybe):
                excluded.add(entry.place)
            else:
                unsure.add(entry.place)
                if not held <= entry.area.unclear and len(held) > 1:
                    asked.add(entry.place)
        return Place(frozenset(excluded), frozenset(unsure), frozenset(asked))

    def near(self) -> Region:
        """The services of this place and its surroundings."""
        return Region(self, [entry for entry in self.alive if entry.place not in self.layout.wide])

    def far(self) -> Region:
        """The services of the whole country or nearly so."""
        return Region(self, [entry for entry in self.alive if entry.place in self.layout.wide])

    @property
    def far_key(self) -> Hashable:
        """The same for places that the services of the whole country do not tell apart."""
        wide = self.layout.wide
        return (self.place.excluded & wide, self.place.unsure & wide, self.place.asked & wide)

    def mask(self, entries: Sequence[Entry]) -> int:
        """The bits that matter to these services: their own, and whether their doors are open."""
        mask = 0
        for entry in entries:
            mask |= entry.open | entry.closed | entry.irrelevant | entry.asks | entry.untold | entry.told | entry.had
            for duty in entry.duties:
                mask |= duty.unmet
            for door in self.layout.doors(entry):
                mask |= self.layout.entries[door].shut
        return mask

    def piece(self, entries: Sequence[Entry], bits: int) -> Piece:
        """Everything that these services add to rows with these bits."""
        fitting, possible, opens, unmet = [], [], [], []
        missed: list[tuple[int, int]] = []
        step = NO_STEP
        covered = 0
        for entry in entries:
            relevant = not bits & entry.irrelevant
            if bits & entry.closed:
                if relevant and self.layout.reasons:
                    unmet.append(self._unmet(entry, bits))
                    missed.extend(self._missed(entry, bits))
                continue
            name = entry.service.id
            sure = not (bits & entry.open or entry.unsure or entry.place in self.place.unsure)
            if relevant and sure:
                fitting.append(name)
                covered |= entry.covers
            elif relevant:
                possible.append(name + self._questions(entry, bits))
            untold = entry.never_told or bits & entry.untold
            wanted = (relevant or entry.service.basic) and not untold and not entry.service.helpline
            if not (wanted or bits & entry.told) or bits & entry.had or (self.nowhere and not entry.wide):
                continue
            if entry.walk_in:
                step = min(step, self._order(entry, relevant, sure))
            else:
                door = self._door(entry, bits)
                opens.extend([f"{name}[{self.layout.entries[door].service.id}]"] if door is not None else [])
        texts = tuple(intern(" ".join(names)) for names in (fitting, possible, opens, unmet))
        return Piece(texts, step, len(fitting), len(possible), covered, tuple(missed))

    def _order(self, entry: Entry, relevant: bool, sure: bool) -> int:
        """The order of a pathway's stage (see `rank`) as one number; goals count as a set."""
        area = entry.service.area
        near = 2 if entry.wide else 1 if len(area) >= REGIONAL else 0
        order = entry.phase
        for part, size in ((not relevant, 2), (not sure, 2), (not entry.active, 2), (near, 3)):
            order = order * size + part
        return order << PLACE_BITS | entry.order

    def _questions(self, entry: Entry, bits: int) -> str:
        key = (entry.place, bits & entry.asks)
        if key not in self._asked:
            self._asked[key] = self._say_questions(entry, bits)
        return self._asked[key]

    def _say_questions(self, entry: Entry, bits: int) -> str:
        asked = dict.fromkeys([PLACE] if entry.place in self.place.asked else [])
        for each in entry.asked:
            if isinstance(each, Duty):
                asked |= dict.fromkeys(question for question, bit in each.asks.items() if bits & bit)
            else:
                asked[each] = None
        return f"[{'+'.join(asked)}]" if asked else ""

    def _door(self, entry: Entry, bits: int, before: frozenset[int] = frozenset()) -> int | None:
        """The first door that is open now, by itself or through another one."""
        for place in entry.doors:
            door = self.layout.entries[place]
            shut = bits & door.shut or door.never_told or place in self.place.excluded or place in before
            if not shut and (door.walk_in or self._door(door, bits, before | {entry.place, place}) is not None):
                return place
        return None

    def _unmet(self, entry: Entry, bits: int) -> str:
        facts = dict.fromkeys(fact for duty in entry.duties if bits & duty.unmet for fact in _facts(duty))
        return f"{entry.service.id}[{'+'.join(facts)}]"

    def _missed(self, entry: Entry, bits: int) -> Iterator[tuple[int, int]]:
        """The one node that shuts a service, if it is one."""
        shut = [number for number, duty in enumerate(entry.duties) if bits & duty.unmet]
        if len(shut) == 1:
            yield (entry.place, shut[0])


def _facts(duty: Duty) -> list[str]:
    node = duty.node
    if isinstance(node, Criterion):
        return [node.fact]
    facts = list(dict.fromkeys(criterion.fact for criterion in criteria_of((node,))))
    return facts if isinstance(node, AnyOf) else [f"not:{fact}" for fact in facts]


class Region:
    """Some services of one place in the order of phases, in chunks of about equal size."""

    def __init__(self, decoder: Decoder, entries: Sequence[Entry]) -> None:
        ordered = sorted(entries, key=lambda entry: entry.phase)
        size = -(-len(ordered) // max(1, -(-len(ordered) // CHUNK))) if ordered else 1
        self.chunks = [Chunk(decoder, ordered[start : start + size]) for start in range(0, len(ordered), size)]
        self.mask = decoder.mask(ordered)

    def piece(self, bits: int) -> Piece:
        """What these services add to rows with these bits: putting chunks together is cheap, deciding them is not."""
        pieces = [chunk[bits & chunk.mask] for chunk in self.chunks]
        return pieces[0] if len(pieces) == 1 else together(pieces) if pieces else Piece()

    @property
    def held(self) -> int:
        """How many pieces of chunks are remembered."""
        return sum(map(len, self.chunks))

    def forget(self) -> None:
        """Start afresh."""
        for chunk in self.chunks:
            chunk.clear()


class Chunk(dict[int, Piece]):
    """The pieces of a few services, by the bits that matter to them."""

    def __init__(self, decoder: Decoder, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.decoder = decoder
        self.entries = entries
        self.mask = decoder.mask(entries)

    def __missing__(self, key: int) -> Piece:
        self[key] = piece = self.decoder.piece(self.entries, key)
        return piece
