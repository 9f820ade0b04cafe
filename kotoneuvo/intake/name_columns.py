"""Finding columns of people's names, whatever their header says, by the different cells of a column together.

A column of capitalised words ("Strongly Agree", "Saudi Arabia", "Line Cook") looks like a column of names. So the words
that names seldom contain are counted: those of the catalogue, of CLDR's lists and of forms. At most 8 % of made-up
names in ten languages contain such a word, but at least half of such answers.
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
"""A name has at most this many words."""
NAMES, NAMES_SHARE = 5, 0.6
"""A column holds names if this many different cells, and this share of them, are shaped like names."""
NAMES_IN_SMALL, SMALL_SHARE, ORDINARY_SHARE = 8, 0.8, 0.4
"""The same for names without capitals, if at most the third number (a share) of them look like other words."""
ORDINARY_WORDS = 0.4
"""A column holds no names if this share of its cells contains an ordinary word."""
_WORDS_SHARE, _MANY_WORDS, _BOTH_SHARE = 0.45, 20, 0.4
"""The least share (or number) of different first and last words among names, and the most that are both."""
_LONGEST = 80
"""Characters in the longest name."""
_COMMAS = re.compile("[,،、，]")
_LOCALES = ("fi", "sv", "en", "et", "ru", "uk", "ar", "fa", "so")
_WORD = re.compile(r"[^\W\d_]{2,}")


def name_shaped(cell: str) -> bool:
    """Whether a cell is two to five words that look like a person's name (or a course's).

    Each begins with a capital letter, or is in a script without capitals; a dot may follow an initial.
    """
    words = _COMMAS.sub(" ", _unmarked(cell)).split()
    parts = [word for word in words if word not in patterns.PARTICLES]
    if len(parts) < 2 or len(words) > MOST_PARTS:
        return bool(patterns.CHINESE_NAME.fullmatch(cell.strip()))
    return all(map(_name_part, parts))


def names_among(cells: Iterable[str]) -> frozenset[str]:
    """The cells that look like a person's name, if most of a column's different cells do; else an empty set.

    A single cell may be a course or a place; many different ones are a column of names. Names in other forms (with
    initials, a slash or an age, or in lower case) must also have different words, unlike "Ryhmä A" and "Ryhmä B".
    """
    filled = {cell for cell in cells if cell.strip()}
    found = _names_among(filled)
    # Answers, titles and places have words that are rare in names.
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
    """Whether there are many different first words and many different last words, and few words are both.

    In lists of languages and places, the same word is sometimes first and sometimes last. Initials count as one word.
    """
    words = [patterns.WHOLE_WORD.findall(cell.partition("(")[0]) or [cell] for cell in cells]
    first, last = [each[0] for each in words], [each[-1] for each in words if len(each) > 1]
    many = all(len(set(some)) >= min(_WORDS_SHARE * len(some), _MANY_WORDS) for some in (first, last))
    return many and len({*first} & {*last}) <= _BOTH_SHARE * len({*first})


def _name_part(word: str) -> bool:
    whole = patterns.NAME_PART.fullmatch(word.removesuffix("."))
    return whole is not None and not whole[1].islower() and (len(word) > 1 or bool(patterns.CHINESE.fullmatch(word)))


def _unmarked(cell: str) -> str:
    """Remove combining marks, which scripts like Thai and Arabic use within words."""
    return cell if cell.isascii() else "".join(each for each in cell if not unicodedata.category(each).startswith("M"))


def ordinary(cell: str) -> bool:
    """Whether a cell has a word that is rare in names, not counting what is in brackets ("(mother)")."""
    return any(fold(word) in ordinary_words() for word in _WORD.findall(cell.partition("(")[0]))


@cache
def ordinary_words() -> Set[str]:
    """The folded words that are rare in names; collected when a column first looks like names."""
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
    """Yield all texts in nested data."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for each in part.values():
            yield from _within(each)
    elif isinstance(part, Iterable):
        for each in part:
            yield from _within(each)
