"""A client in one line, as one would say it: "turku 34 perheside a1.3 työ". Words are read as cells of a file are.

A word counts where it can mean one thing only. What may mean several, or nothing, is left to be asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from difflib import get_close_matches
from functools import cache, cached_property

from kotoneuvo.advice.facts import NONE, FactBook, Value, Values, fold
from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE, WISHES
from kotoneuvo.advice.values import started
from kotoneuvo.dates import Started
from kotoneuvo.intake.cells import CellReader
from kotoneuvo.intake.headers import HeaderNames, plain
from kotoneuvo.intake.line_words import Meaning, Word, answers, joined_clashing, joined_unknown, settled_by_others
from kotoneuvo.words import language_codes

OFFERED_LANGUAGES = (
    "uk", "ar", "ru", "so", "fa", "en", "ku", "et", "th", "vi", "zh", "tr", "sq", "es", "fr", "ti", "bn", "ne", "ur",
    "hi", "ps", "prs", "ckb", "ro", "pl", "pt", "de", "hu", "bg", "lv", "lt", "my", "sw", "ln", "am", "fil", "si", "ta",
    "fi", "sv",
)  # fmt: skip
"""Languages of those who come to the desks, the commonest nine with a digit; others are found by their letters."""
_LONGEST_CODE = 3
"""Letters: what is as short is the code of a language, and most of these are words of something else."""
LONGEST_LINE = 300
"""Characters: more is no line that somebody typed about one client."""
_LONGEST_NAME = 6
"""Words of the longest name of a value."""
_ADULT = 18
"""A number from this on is the client's age; a smaller one may be a child's, or years in the country."""
_PIECES = re.compile(r"[;\n]|,(?!\d)|(?<!\d),")
"""Commas part answers, except those between digits."""
_NUMBER = re.compile(r"[<>≤≥=~]*\d[\d.,:/–-]*\+?|[abc][0-2](?:\.\d)?(?:-[abc][0-2](?:\.\d)?)?", re.IGNORECASE)
_YEAR, _MONTH = re.compile(r"(?:19|20)\d\d"), re.compile(r"\d{1,2}[./-]\d{4}|\d{4}-\d\d?")
_DAY = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?(?:\d\d){1,2}|\d{4}-\d\d?-\d\d?")
"""A day is not read: it may be a date of birth, which is nobody's business, or that of a permit."""
_JOINS = frozenset({"ja", "och", "and", "&", "+"})
_NOT = frozenset(["ei", "eikä", "ilman", "ingen", "inget", "inga", "inte", "ej", "nej", "utan", "no", "not", "without"])
_AFTER_NOT = frozenset(["ole", "a", "an", "any", "yhtään", "lainkaan", "någon", "något", "några"])
"""Words that deny what comes next, and those that may stand between."""
_CHILDREN = r"(?:lapset|lapsi|lapsia|lasta|barnen|barnet|barn|children|child|kids)"
_MONTHS = r"\d{1,2}\s?(?:kk|mån|mo)\b\.?"
_AGE = rf"(?:{_MONTHS}|(?:1[0-7]|<?\d)(?:\s?(?:vuotias|vuotta|v|år|years?|y)\b\.?(?:\s?{_MONTHS})?)?)"
_AGES = re.compile(
    rf"(?<![\w<])(?:\d\s+)?{_CHILDREN}[\s:=]+({_AGE}(?:(?:\s*[,;/&+]\s*|\s+(?:ja|och|and)\s+){_AGE})*)(?![\w./-])",
    re.IGNORECASE,
)
"""The ages of all children after a word for them: "lapset 3 kk, 5 ja 8"."""
_HOW_MANY = re.compile(rf"(?<![\w<])\d{{1,2}}\s+{_CHILDREN}(?![\w])", re.IGNORECASE)
"""The number of children, which no question asks for: it is no child's age."""
_LEVELS = ("finnish_level", "swedish_level")
_COUNTED = ("number", "years", "level", "several")
"""Kinds of facts whose name may stand before the answer: "ruotsi a2", "lapset 2,8"."""
_ALIKE, _NEAR, _SHORTEST, _MOST = 0.78, 4, 4, 9
"""How much a word must be like a name (0 to 1), how many such names are looked at, from how many letters on; and how
many meanings are offered: the digits of a list."""


_LONG, _ENDING = 9, 2
"""From so many letters on, the last ones of a word may be another case's."""


class LineReader:
    """Reads lines. A level without a language belongs to the fact `level`; in the municipalities `both`, to either."""

    def __init__(
        self,
        facts: FactBook,
        today: date,
        level: str = _LEVELS[0],
        both: Values = frozenset(),
    ) -> None:
        self.facts = facts
        self.today = today
        # Close names are looked for here (`_near`), among those of all facts at once.
        self.cells = CellReader(facts, today, _languages, most_suggested=0)
        self.level = level
        self.both = both
        self.headers = HeaderNames.bundled(facts)
        self._yes_no = next(name for name, fact in facts.facts.items() if fact.kind == "yes_no")
        self._alone = [name for name, fact in facts.facts.items() if fact.asked != "derived" and fact.kind != "yes_no"]

    def read(self, line: str) -> list[Word]:
        """The words of a line, each with one meaning where only one is possible beside the other words.

        Answers that exclude each other are one word with several meanings; so are words side by side that mean nothing.
        """
        line, of_children = self._children(line[:LONGEST_LINE])
        pieces = [piece.split() for piece in _PIECES.split(line)]
        words = [word for piece in pieces for word in joined_unknown(self._words(piece))] + of_children
        towns = {word.meanings[0].answer for word in words if answers(word, "municipality")}
        if self.level == _LEVELS[1] or not any(set(town) <= self.both for town in towns):
            words = [self._of_desk(word) for word in words]
        words = joined_clashing(settled_by_others(words))
        taken = {word.meanings[0].fact for word in words if len(word.meanings) == 1} - set(WISHES)
        return [word._replace(near=tuple(each for each in word.near if each.fact not in taken)) for word in words]

    def _children(self, line: str) -> tuple[str, list[Word]]:
        """What is said of children, and the line without it."""
        found: list[Word] = []

        def note(match: re.Match[str]) -> str:
            ages = match[1] if match.re is _AGES else ""
            if ages != "0,5":  # which may be half a year
                each = re.split(r"\s*[,;/&+]\s*|\s+(?:ja|och|and)\s+", ages)
                ages = ";".join(re.sub(rf"(?<=[\w.])\s+{_MONTHS}", "", age) for age in each)
            found.append(Word(match[0], tuple(self._read(ages, ["children_ages"])) if ages else ()))
            return ";"

        return _HOW_MANY.sub(note, _AGES.sub(note, line)), found

    def _words(self, piece: Sequence[str]) -> list[Word]:
        """The longest names first, so that "suomen kansalainen" is not taken for two answers."""
        found: list[Word] = []
        place = 0
        while place < len(piece):
            for size in range(min(_LONGEST_NAME, len(piece) - place), 0, -1):
                run = piece[place : place + size]
                meanings = self._meanings(run) if size == 1 else self._of_several(run)
                if meanings or size == 1:
                    break
            text = " ".join(run)
            place += size
            if not meanings and text.casefold() in _NOT:
                denied = self._denied(piece[place:])
                if denied or (found and not answers(found[-1], "municipality")):
                    what = piece[place : place + denied] or found.pop().text.split()
                    place += denied
                    found.append(self._denial(text, what, before=bool(denied)))
                    continue
            if meanings or text.casefold() not in _JOINS:
                found.append(Word(text, meanings, () if meanings else self._near(text)))
        return found

    def _denied(self, rest: Sequence[str]) -> int:
        """How many words a denial takes with it; none where a town, a number or nothing comes next."""
        start = next((place for place, word in enumerate(rest) if word.casefold() not in _AFTER_NOT), len(rest))
        if start == len(rest) or _NUMBER.fullmatch(rest[start]) or self._read(rest[start], ["municipality"]):
            return 0
        sizes = range(min(_LONGEST_NAME, len(rest) - start), 1, -1)
        return start + next((size for size in sizes if self._of_several(rest[start : start + size])), 1)

    def _denial(self, no: str, what: Sequence[str], *, before: bool) -> Word:
        """What is denied is no answer; where a question can be answered so, that is proposed."""
        name = " ".join(word for word in what if word.casefold() not in _AFTER_NOT)
        near: list[Meaning] = []
        for fact in self.headers.known.get(plain(name), ()):
            if fact not in WISHES:
                near += self._read("0" if self.facts[fact].kind == "level" else "no", [fact])
        return Word(" ".join((no, *what) if before else (*what, no)), (), tuple(near))

    def _meanings(self, run: Sequence[str]) -> tuple[Meaning, ...]:
        """What one word may mean by itself; a yes or a no alone answers nothing."""
        text = run[0]
        number = _NUMBER.fullmatch(text)
        if _DAY.fullmatch(text) or (not number and self.cells.reads(self._yes_no, text)):
            return ()
        found = self._read(text, (*self._alone, *WISHES))
        if number or text[0].isdigit():
            found = self._of_number(text, found)
        return tuple(other for each in found for other in self._begun(each, text)) or self._named(
            re.split(r"[:=]", text, maxsplit=1)
        )

    def _begun(self, meaning: Meaning, text: str) -> Iterator[Meaning]:
        """A status, and those whose names begin with its word: "asylum" may be said of a seeker too."""
        fact, word = self.facts.facts.get(meaning.fact), fold(text)
        # Of several that are one permit or citizenship any is possible; a value whose id begins others is another.
        one = meaning.answer if len(meaning.answer) == 1 else _beginning(meaning.answer)
        if fact is None or fact.id != "status" or len(word) < _SHORTEST or not one:
            yield meaning
            return
        meaning = meaning._replace(answer=one)
        yield meaning
        # "Turvapaikka" is "turvapaikan" in a compound.
        stem = word[:-_ENDING] if len(word) >= _LONG else word
        for value in dict.fromkeys(value for name, value in fact.aliases.items() if name.startswith(stem)):
            if value not in meaning.answer:
                yield Meaning(meaning.fact, frozenset({value}))

    def _of_number(self, text: str, found: list[Meaning]) -> list[Meaning]:
        """An adult's age is no other number, a month is that of the permit."""
        kinds = {"years"} if _MONTH.fullmatch(text) else set(_COUNTED)
        found = [each for each in found if each.fact not in WISHES and self.facts[each.fact].kind in kinds]
        ages = [each for each in found if each.fact == "age" and min(map(int, each.answer)) >= _ADULT]
        return ages if ages and not _YEAR.fullmatch(text) else found

    def _of_desk(self, word: Word) -> Word:
        """A level without a language as one of the language that the desk asks about."""
        levels = {each.fact for each in word.meanings if each.fact in _LEVELS}
        if len(levels) < 2:
            return word
        return word._replace(meanings=tuple(each for each in word.meanings if each.fact not in levels - {self.level}))

    def _of_several(self, run: Sequence[str]) -> tuple[Meaning, ...]:
        """Several words that are one name of a value, a number with its unit, or a fact's name with a number."""
        if len(run) == 2 and _NUMBER.fullmatch(run[1]):
            counted = [each for each in self._named(run) if self.facts[each.fact].kind in _COUNTED]
            if counted and all(each.answer != frozenset({NONE}) for each in counted):
                return tuple(counted)
        text = " ".join(run)
        found = [each for each in self._read(text, (*self._alone, *WISHES)) if self._is_name(each, text)]
        return tuple(found) or self._with_unit(run)

    def _is_name(self, meaning: Meaning, text: str) -> bool:
        """Whether the whole is a name of one thing, and not a list of several."""
        if meaning.fact == SERVICE_LANGUAGE:
            return len(meaning.answer) == 1
        if meaning.fact == GOALS:
            return fold(text) in self.facts.goal_aliases
        fact = self.facts[meaning.fact]
        return fold(text) in fact.aliases or fold(text) in fact.groups

    def _with_unit(self, run: Sequence[str]) -> tuple[Meaning, ...]:
        """A number with words around it that mean nothing without it: "alle 3", "34 v"."""
        numbers = [word for word in run if _NUMBER.fullmatch(word)]
        others = [word for word in run if word not in numbers]
        if len(numbers) != 1 or any(self._read(word, (*self._alone, *WISHES)) for word in others):
            return ()
        counted = [name for name in self._alone if self.facts[name].kind in _COUNTED]
        return tuple(self._of_number(numbers[0], self._read(" ".join(run), counted)))

    def _named(self, pair: Sequence[str]) -> tuple[Meaning, ...]:
        """An answer with the name of its fact before it, as files head their columns: "kotikunta:kyllä"."""
        if len(pair) != 2:
            return ()
        return tuple(self._read(pair[1], self.headers.known.get(plain(pair[0]), ())))

    def _read(self, text: str, names: Iterable[str]) -> list[Meaning]:
        found = []
        for name in names:
            with suppress(InputProblems):
                reading = self.cells.read(name, text)
                # A region is no answer at a desk: each of its municipalities has its own offices.
                if reading and (name != "municipality" or len(reading) == 1):
                    found.append(Meaning(name, reading, self._since(name, text)))
        return found

    def _since(self, name: str, text: str) -> Started:
        """When what a word counts began, however its month is written."""
        if name in WISHES:
            return ()
        return started(self.facts[name], text, self.today)

    def _near(self, text: str) -> tuple[Meaning, ...]:
        """What a word that was begun or misspelt may mean, the likeliest first; a number is never a misspelt name."""
        if len(text) < _SHORTEST or any(map(str.isdigit, text)):
            return ()
        folded = fold(text)
        begun = [name for name in self._names if name.startswith(folded)]
        # Another first letter is another word: "raskaana" (pregnant) is not Träskända.
        same = [name for name in self._names if name[:1] == folded[:1]]
        near = [*begun[:_NEAR], *get_close_matches(folded, same, n=_NEAR, cutoff=_ALIKE)]
        meant = (meaning for name in near for meaning in self._read(name, (*self._alone, *WISHES)))
        return tuple(dict.fromkeys(meant))[:_MOST]

    @cached_property
    def _names(self) -> list[str]:
        """Every name of a value, a goal or a language, folded."""
        facts = self.facts
        values = (word for name in self._alone for word in (*facts[name].aliases, *facts[name].groups))
        return list(dict.fromkeys((*values, *facts.goal_aliases, *_languages())))


def _beginning(values: Collection[Value]) -> Values:
    """The value with whose id those of all others begin: asylum of asylum and asylum_seeker; none if there is none."""
    return frozenset(value for value in values if all(str(other).startswith(str(value)) for other in values))


@cache
def _languages() -> dict[str, str]:
    """The names of languages, and the codes of those that are offered."""
    codes = language_codes().items()
    return {name: code for name, code in codes if len(name) > _LONGEST_CODE or name in OFFERED_LANGUAGES}
