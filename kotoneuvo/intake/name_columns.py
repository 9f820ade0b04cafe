"""Finding people's names, whatever the header says: columns by their different cells, full names by themselves.

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
FIRST_NAMES, FIRST_SHARE = 4, 0.5
"""The same for common first names alone (data/first_names.toml), in any spelling."""
ORDINARY_WORDS = 0.4
"""A column holds no names if this share of its cells contains an ordinary word."""
_WORDS_SHARE, _MANY_WORDS, _BOTH_SHARE = 0.45, 20, 0.4
"""The least share (or number) of different first and last words among names, and the most that are both."""
_LONGEST = 80
"""Characters in the longest name."""
_COMMAS = re.compile("[,،、，]")
_LOCALES = ("fi", "sv", "en", "et", "ru", "uk", "ar", "fa", "so")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONGEST_FIRST_NAME = 30
_PARTS = re.compile("[,;:/|()]")
_ENDING = re.compile(r"(?:n|lle|lta|ltä|lla|llä|s)$")
_ALSO_VERBS = ("Anna", "Kai")
"""First names that also begin Finnish sentences: "Anna" means "give", "Kai" means "probably"."""


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


def full_name_in(cell: str) -> bool:
    """Whether a cell holds a common first name beside another capitalised word: "tulkki Aino Testi", "Testi, Aino"."""
    words = _WORD.findall(cell)
    # Most cells stop here, before the slow collection of ordinary words.
    if len(words) < 2 or not any(map(_first_name, words)):
        return False
    for found in patterns.TWO_NAMES.finditer(cell):
        first, last = found.groups()
        named = _first_name(first) or (len(words) == 2 and _first_name(last))
        part = next(part for part in _PARTS.split(cell) if first in part)
        # Titles and places also have an ordinary word with a capital: "Anna Lindh Foundation".
        titled = f"{last} {' '.join(word for word in part.split() if word[0].isupper())}"
        if named and not ordinary(titled) and not patterns.PLACE.fullmatch(last):
            return True
    return False


def first_name_in_remark(cell: str) -> bool:
    """Whether a short remark names somebody by a common first name: "Aino soittaa ma", "sovittu Ainon kanssa".

    Words in lower case are a remark; where other words have capitals, or a place's word follows, it may be a title.
    """
    words = [word.strip('.,;:!?()"”') for word in cell.split()]
    capital = [word for word in words if word[:1].isupper()]
    names = [word for word in capital if _first_name(_ENDING.sub("", word)) or _first_name(word)]
    if not names or len(capital) == len(words) or (words[:1] == names and words[0] in _ALSO_VERBS):
        return False
    titled = set(capital[1:] if capital[0] == words[0] else capital) - set(names)
    return not titled and not ordinary(" ".join(names)) and not any(map(patterns.PLACE.fullmatch, words))


def first_name_in(cell: str) -> bool:
    """Whether any capitalised word of a cell is a common first name."""
    return any(word[0].isupper() and _first_name(word) and not ordinary(word) for word in _WORD.findall(cell))


def _first_name(text: str) -> bool:
    """Whether all words of a text are common first names, however they are written: AINO, Anna-Liisa."""
    words = _WORD.findall(text.casefold()) if len(text) <= _LONGEST_FIRST_NAME else []
    return bool(words) and all(word in _first_names() for word in words)


@cache
def _first_names() -> Set[str]:
    """The first names in lower case, with their accents and folded."""
    names = [name.casefold() for names in read_bundled(data_folder(), "first_names").values() for name in names.split()]
    return frozenset((*names, *map(fold, names)))


def _names_among(filled: set[str]) -> frozenset[str]:
    short = [cell for cell in filled if len(cell) <= _LONGEST]
    first = set(filter(_first_name, short))
    if _mostly(first, filled, FIRST_NAMES, FIRST_SHARE):
        return frozenset(first)
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
