"""Words that people's names seldom have: those of the catalogue, of the lists of CLDR and of forms.

A column of two capitalised words each ("Strongly Agree", "Saudi Arabia", "Line Cook") looks like one of names. Of
made-up names in ten languages at most eight in a hundred hold one of these words, of such answers half or more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache

from kotoneuvo.advice.facts import fold
from kotoneuvo.catalogue.files import data_folder, read_bundled

LOCALES = ("fi", "sv", "en", "et", "ru", "uk", "ar", "fa", "so")
_WORD = re.compile(r"[^\W\d_]{2,}")


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
    for name in LOCALES:
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
