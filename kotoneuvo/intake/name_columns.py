"""Columns of people's names, whatever their header says: told from their different cells, taken together.

A column of two capitalised words each ("Strongly Agree", "Saudi Arabia", "Line Cook") looks like one of names. So the
words count that people's names seldom have: those of the catalogue, of the lists of CLDR and of forms. Of made-up names
in ten languages at most eight in a hundred hold one of these, of such answers half or more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache

from kotoneuvo.advice.facts import fold
from kotoneuvo.catalogue.files import data_folder, read_bundled
from kotoneuvo.intake import identity_patterns as patterns

MOST_PARTS = 5
"""Longer is a sentence."""
NAMES, NAMES_SHARE = 5, 0.6
"""So many different cells shaped like names, and such a share of all different ones, are a column of names."""
NAMES_IN_SMALL, SMALL_SHARE, ORDINARY_SHARE = 8, 0.8, 0.4
"""So many and such a share if they are without capitals, and at most such a share of those look like other words."""
ORDINARY_WORDS = 0.4
"""With a word of the catalogue, of CLDR or of forms in such a share of the cells, a column holds no names."""
_WORDS_SHARE, _MANY_WORDS, _BOTH_SHARE = 0.45, 20, 0.4
"""Such a share of the first words of names differ, or so many, and of the last; few are first here and last there."""
_LONGEST = 80
"""Characters: no name is longer."""
_COMMAS = re.compile("[,،、，]")
_LOCALES = ("fi", "sv", "en", "et", "ru", "uk", "ar", "fa", "so")
_WORD = re.compile(r"[^\W\d_]{2,}")


def name_shaped(cell: str) -> bool:
    """Whether a cell is two to five words written like the parts of a person's name (or of a course's).

    A part begins with a capital letter, or is of a script that has none; the last one may be an initial with a dot.
    """
    words = _COMMAS.sub(" ", _unmarked(cell)).split()
    parts = [word for word in words if word not in patterns.PARTICLES]
    if len(parts) < 2 or len(words) > MOST_PARTS:
        return bool(patterns.CHINESE_NAME.fullmatch(cell.strip()))
    return all(map(_name_part, parts))


def names_among(cells: Iterable[str]) -> frozenset[str]:
    """The cells shaped like a person's name, if a column's different cells are mostly that; else none.

    One such cell alone may be a course or a place; many different ones are a column of names, whatever its header.
    Names spelled otherwise (with initials, a slash, an age, in small letters) must differ in their words as well:
    "Ryhmä A" and "Ryhmä B" do not.
    """
    filled = {cell for cell in cells if cell.strip()}
    found = _names_among(filled)
    # Answers, titles and places have words that names seldom have.
    return frozenset() if found and sum(map(ordinary, found)) >= ORDINARY_WORDS * len(found) else found


def _names_among(filled: set[str]) -> frozenset[str]:
    short = [cell for cell in filled if len(cell) <= _LONGEST]
    shaped = set(filter(name_shaped, short))
    if _mostly(shaped, filled, NAMES, NAMES_SHARE):
        return frozenset(shaped)
    shaped.update(filter(patterns.NAME_OTHERWISE.fullmatch, short))
    if _mostly(shaped, filled, NAMES, NAMES_SHARE):
        return frozenset(shaped if _words_differ(shaped) else ())
    small = set(filter(patterns.NAME_IN_SMALL.fullmatch, filter(str.islower, short)))
    ordinary = sum(1 for cell in small if patterns.ORDINARY.search(cell))
    both = shaped | small
    named = _mostly(both, filled, NAMES_IN_SMALL, SMALL_SHARE) and ordinary <= ORDINARY_SHARE * len(small)
    return frozenset(both if named and _words_differ(both) else ())


def _mostly(some: set[str], every: set[str], least: int, share: float) -> bool:
    return len(some) >= least and len(some) >= share * len(every)


def _words_differ(cells: set[str]) -> bool:
    """Whether both the first words of cells and the last ones are many, and mostly not the same ones.

    Of languages and places, any stands now first, now last. A cell of initials counts as a word.
    """
    words = [patterns.WHOLE_WORD.findall(cell.partition("(")[0]) or [cell] for cell in cells]
    first, last = [each[0] for each in words], [each[-1] for each in words if len(each) > 1]
    many = all(len(set(some)) >= min(_WORDS_SHARE * len(some), _MANY_WORDS) for some in (first, last))
    return many and len({*first} & {*last}) <= _BOTH_SHARE * len({*first})


def _name_part(word: str) -> bool:
    whole = patterns.NAME_PART.fullmatch(word.removesuffix("."))
    return whole is not None and not whole[1].islower() and (len(word) > 1 or bool(patterns.CHINESE.fullmatch(word)))


def _unmarked(cell: str) -> str:
    """The cell without the marks that scripts like Thai and Arabic set on their letters."""
    return cell if cell.isascii() else "".join(each for each in cell if not unicodedata.category(each).startswith("M"))


def ordinary(cell: str) -> bool:
    """Whether a word of the cell is one that names seldom have; what stands in brackets ("(mother)") aside."""
    return any(fold(word) in ordinary_words() for word in _WORD.findall(cell.partition("(")[0]))


@cache
def ordinary_words() -> Set[str]:
    """All of them, folded; gathered when the first column looks like names."""
    return frozenset(fold(word) for text in _texts() for word in _WORD.findall(text))


def _texts() -> Iterator[str]:
    from babel import Locale

    folder = data_folder()
    yield from read_bundled(folder, "headers")["ordinary"]["words"]
    for service in read_bundled(folder, "services").get("service", ()):
        yield from _within(service.get("name", {}))
        yield from _within(service.get("summary", {}))
        yield str(service.get("organization", ""))
    yield from _within(read_bundled(folder, "facts"))
    for name in _LOCALES:
        locale = Locale.parse(name)
        for part in (locale.territories, locale.languages, locale.currencies, locale.days, locale.months):
            yield from _within(dict(part))


def _within(part: object) -> Iterator[str]:
    """All texts in a part of a list."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for each in part.values():
            yield from _within(each)
    elif isinstance(part, Iterable):
        for each in part:
            yield from _within(each)
