"""What a row's bits say, in text: the services of one place in chunks, each with a memory of finished pieces."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import or_

from kotoneuvo.advice.assessment import REGIONAL
from kotoneuvo.advice.criteria import AnyOf, Criterion, criteria_of
from kotoneuvo.advice.facts import Values
from kotoneuvo.intake.bits import PLACE, Duty, Entry, Layout

PLACE_BITS = 16
"""Bits for the place of a service in the catalogue, the last thing that tells two first steps apart."""
NO_STEP = (1 << 60) - 1
"""Larger than the order of any first step; its place is no service's."""
CHUNK = 12
"""Services looked up together."""
MOST_PIECES = 18_000
"""Pieces of one generation, of which two are remembered; text of some hundred bytes each."""


Piece = tuple[str, str, str, str, int, int, int, int, tuple[tuple[int, int], ...]]
"""What some services add to a row; a plain tuple, since its parts are taken out a dozen times a row.

0 to 3 are lists of ids, each id followed by a blank: fitting, possible, opening next, unmet. 4 is the order of the best
first step with the service's place in its low bits, 5 and 6 count the fitting and the possible, 7 has a bit for every
goal that a fitting service answers, 8 names the services shut by one node only (place, number of the node).
"""
NOTHING: Piece = ("", "", "", "", NO_STEP, 0, 0, 0, ())


def together(pieces: Iterable[Piece]) -> Piece:
    """What several pieces add to a row."""
    fitting, possible, opens, unmet, steps, fits, may_fit, covered, near = zip(*pieces, strict=True)
    return (
        "".join(fitting), "".join(possible), "".join(opens), "".join(unmet), min(steps), sum(fits), sum(may_fit),
        reduce(or_, covered), tuple(chain.from_iterable(near)),
    )  # fmt: skip


class Memory:
    """All memories of pieces of one reader. When they hold too much, what was not asked for lately goes."""

    def __init__(self, most: int = MOST_PIECES) -> None:
        self.most = most
        self.held = 0
        self.memories: list[Pieces] = []

    def note(self) -> None:
        """One piece more."""
        self.held += 1
        if self.held > self.most:
            for memory in self.memories:
                memory.age()
            self.held = 1


@dataclass(frozen=True)
class Place:
    """What a reading of the municipality says of every service: excluded, sure, or open with the question to ask."""

    excluded: frozenset[int]
    unsure: frozenset[int]
    asked: frozenset[int]


class Decoder:
    """Turns bits into verdicts and text for one place; one truth with `assess` and `find_pathway`, held by tests."""

    def __init__(self, layout: Layout, values: Values | None, memory: Memory) -> None:
        self.layout = layout
        self.memory = memory
        self._asked: dict[tuple[int, int], str] = {}
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

    def near(self) -> Pieces:
        """The services of this place and its surroundings, in the order of phases."""
        return self._pieces([entry for entry in self.alive if not self._wide(entry)])

    def far(self) -> Pieces:
        """The services of the whole country or nearly so, in the order of phases."""
        return self._pieces([entry for entry in self.alive if self._wide(entry)])

    @property
    def far_key(self) -> Hashable:
        """The same for places that the services of the whole country do not tell apart."""
        wide = {entry.place for entry in self.layout.entries if self._wide(entry)}
        return (self.place.excluded & wide, self.place.unsure & wide, self.place.asked & wide)

    def _wide(self, entry: Entry) -> bool:
        """Whether a service and all its doors are for the whole country."""
        return all(self.layout.entries[place].wide for place in (*self._doors(entry, set()), entry.place))

    def _pieces(self, entries: Sequence[Entry]) -> Pieces:
        """Chunks of about equal size, put together."""
        ordered = sorted(entries, key=lambda entry: entry.phase)
        size = -(-len(ordered) // max(1, -(-len(ordered) // CHUNK))) if ordered else 1
        chunks = [Chunk(self, ordered[start : start + size]) for start in range(0, len(ordered), size)]
        return chunks[0] if len(chunks) == 1 else Joined(self.memory, chunks)

    def mask(self, entries: Sequence[Entry]) -> int:
        """The bits that matter to these services: their own, and whether their doors are open."""
        mask = 0
        for entry in entries:
            mask |= entry.open | entry.closed | entry.irrelevant | entry.asks | entry.untold
            for duty in entry.duties:
                mask |= duty.unmet
            for door in self._doors(entry, set()):
                mask |= self.layout.entries[door].shut
        return mask

    def _doors(self, entry: Entry, seen: set[int]) -> set[int]:
        for door in entry.doors:
            if door not in seen:
                seen.add(door)
                self._doors(self.layout.entries[door], seen)
        return seen

    def piece(self, entries: Sequence[Entry], bits: int) -> Piece:
        """Everything that these services add to rows with these bits."""
        fitting, possible, opens, unmet = [], [], [], []
        near: list[tuple[int, int]] = []
        step = NO_STEP
        covered = 0
        for entry in entries:
            relevant = not bits & entry.irrelevant
            if bits & entry.closed:
                if relevant and self.layout.reasons:
                    unmet.append(self._unmet(entry, bits))
                    near.extend(self._near(entry, bits))
                continue
            name = entry.service.id
            sure = not (bits & entry.open or entry.unsure or entry.place in self.place.unsure)
            if relevant and sure:
                fitting.append(name)
                covered |= entry.covers
            elif relevant:
                possible.append(name + self._questions(entry, bits))
            untold = not sure and (entry.never_told or bits & entry.untold)
            if untold or not (relevant or entry.service.basic):
                continue
            if entry.walk_in:
                step = min(step, self._order(entry, relevant, sure))
            else:
                door = self._door(entry, bits)
                opens.extend([f"{name}[{self.layout.entries[door].service.id}]"] if door is not None else [])
        return (
            _listed(fitting), _listed(possible), _listed(opens), _listed(unmet), step,
            len(fitting), len(possible), covered, tuple(near),
        )  # fmt: skip

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
            shut = bits & door.shut or place in self.place.excluded or place in before
            if not shut and (door.walk_in or self._door(door, bits, before | {entry.place, place}) is not None):
                return place
        return None

    def _unmet(self, entry: Entry, bits: int) -> str:
        facts = dict.fromkeys(fact for duty in entry.duties if bits & duty.unmet for fact in _facts(duty))
        return f"{entry.service.id}[{'+'.join(facts)}]"

    def _near(self, entry: Entry, bits: int) -> Iterator[tuple[int, int]]:
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


def _listed(parts: list[str]) -> str:
    return "".join(f"{part} " for part in parts)


class Pieces(dict[int, Piece]):
    """Pieces by the bits that matter to some services (`mask`), made as they appear."""

    def __init__(self, memory: Memory, mask: int) -> None:
        super().__init__()
        self.memory = memory
        self.mask = mask
        self._older: dict[int, Piece] = {}
        memory.memories.append(self)

    def __missing__(self, key: int) -> Piece:
        piece = self._older.pop(key, None) or self.make(key)
        self.memory.note()
        self[key] = piece
        return piece

    def age(self) -> None:
        """What is here becomes the older generation, and that goes."""
        self._older = dict(self)
        self.clear()

    def make(self, key: int) -> Piece:
        """The piece of a key that was not seen before."""
        raise NotImplementedError


class Chunk(Pieces):
    """The pieces of a few services."""

    def __init__(self, decoder: Decoder, entries: Sequence[Entry]) -> None:
        super().__init__(decoder.memory, decoder.mask(entries))
        self.decoder = decoder
        self.entries = entries

    def make(self, key: int) -> Piece:
        """Decode the bits."""
        return self.decoder.piece(self.entries, key)


class Joined(Pieces):
    """The pieces of several chunks together: putting them together is cheap, deciding them is not."""

    def __init__(self, memory: Memory, chunks: Sequence[Pieces]) -> None:
        super().__init__(memory, reduce(or_, (chunk.mask for chunk in chunks), 0))
        self.chunks = chunks

    def make(self, key: int) -> Piece:
        """Add the chunks' pieces up."""
        return together([NOTHING, *[chunk[key & chunk.mask] for chunk in self.chunks]])
