"""Reading a client from one line: "turku 34 perheside a1.3 työ". Words are read like the cells of a file.

A word counts only if it has exactly one meaning; the interview asks about words with several or none.
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
from kotoneuvo.intake.line_words import Meaning, Word, answers_only, joined_clashing, joined_unknown, settled_by_others
from kotoneuvo.words import language_codes

OFFERED_LANGUAGES = (
    "uk", "ar", "ru", "so", "fa", "en", "ku", "et", "th", "vi", "zh", "tr", "sq", "es", "fr", "ti", "bn", "ne", "ur",
    "hi", "ps", "prs", "ckb", "ro", "pl", "pt", "de", "hu", "bg", "lv", "lt", "my", "sw", "ln", "am", "fil", "si", "ta",
    "fi", "sv",
)  # fmt: skip
"""Languages that clients speak, most common first; the first nine can be chosen by a digit."""
_LONGEST_CODE = 3
"""Characters. Names this short are language codes, and most of them are also other words."""
LONGEST_LINE = 300
"""Characters. Nobody types more than this about one client."""
_LONGEST_NAME = 6
"""Words in the longest name of a value."""
_ADULT = 18
"""A number from 18 on is the client's age; a smaller one may be a child's age, or years in the country."""
_PIECES = re.compile(r"[;\n]|,(?!\d)|(?<!\d),")
"""Commas separate answers, except between digits."""
_NUMBER = re.compile(r"[<>≤≥=~]*\d[\d.,:/–-]*\+?|[abc][0-2](?:\.\d)?(?:-[abc][0-2](?:\.\d)?)?", re.IGNORECASE)
_YEAR, _MONTH = re.compile(r"(?:19|20)\d\d"), re.compile(r"\d{1,2}[./-]\d{4}|\d{4}-\d\d?")
_DAY = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?(?:\d\d){1,2}|\d{4}-\d\d?-\d\d?")
"""A full date is not read: it may be a permit's date, or a date of birth, which must not be recorded."""
_JOINS = frozenset({"ja", "och", "and", "&", "+"})
_NOT = frozenset(["ei", "eikä", "ilman", "ingen", "inget", "inga", "inte", "ej", "nej", "utan", "no", "not", "without"])
_AFTER_NOT = frozenset(["ole", "a", "an", "any", "yhtään", "lainkaan", "någon", "något", "några"])
"""Words that negate what follows, and the words that may come in between."""
_CHILDREN = r"(?:lapset|lapsi|lapsia|lasta|barnen|barnet|barn|children|child|kids)"
_MONTHS = r"\d{1,2}\s?(?:kk|mån|mo)\b\.?"
_AGE = rf"(?:{_MONTHS}|(?:1[0-7]|<?\d)(?:\s?(?:vuotias|vuotta|v|år|years?|y)\b\.?(?:\s?{_MONTHS})?)?)"
_AGES = re.compile(
    rf"(?<![\w<])(?:\d\s+)?{_CHILDREN}[\s:=]+({_AGE}(?:(?:\s*[,;/&+]\s*|\s+(?:ja|och|and)\s+){_AGE})*)(?![\w./-])",
    re.IGNORECASE,
)
"""The ages of all children, after a word for children: "lapset 3 kk, 5 ja 8"."""
_HOW_MANY = re.compile(rf"(?<![\w<])\d{{1,2}}\s+{_CHILDREN}(?![\w])", re.IGNORECASE)
"""The number of children: no question asks for it, and it must not be read as an age."""
_LEVELS = ("finnish_level", "swedish_level")
_COUNTED = ("number", "years", "level", "several")
"""The kinds of fact whose name may come before the answer: "ruotsi a2", "lapset 2,8"."""
_ALIKE, _NEAR, _SHORTEST, _MOST = 0.78, 4, 4, 9
"""For misspelt words: the similarity needed (0 to 1), the most similar names used, the fewest letters, and the most
meanings offered (as many as there are digits)."""
_LONG, _ENDING = 9, 2
"""In a word with this many letters, the last ones may belong to another grammatical case."""


class LineReader:
    """Reads lines. A level without a language answers the fact `level`, or either in the municipalities `both`."""

    def __init__(
        self,
        facts: FactBook,
        today: date,
        level: str = _LEVELS[0],
        both: Values = frozenset(),
    ) -> None:
        self.facts = facts
        self.today = today
        # No suggestions by the cell reader: `_near` finds them among the names of all facts at once.
        self.cells = CellReader(facts, today, _languages, most_suggested=0)
        self.level = level
        self.both = both
        self.headers = HeaderNames.bundled(facts)
        self._yes_no = next(name for name, fact in facts.facts.items() if fact.kind == "yes_no")
        self._alone = [name for name, fact in facts.facts.items() if fact.asked != "derived" and fact.kind != "yes_no"]

    def read(self, line: str) -> list[Word]:
        """Split a line into words, each with the meanings that are possible beside the other words.

        Answers that exclude each other are joined into one word with several meanings, unknown neighbours into one word
        without any.
        """
        line, of_children = self._children(line[:LONGEST_LINE])
        pieces = [piece.split() for piece in _PIECES.split(line)]
        words = [word for piece in pieces for word in joined_unknown(self._words(piece))] + of_children
        towns = {word.meanings[0].answer for word in words if answers_only(word, "municipality")}
        if self.level == _LEVELS[1] or not any(set(town) <= self.both for town in towns):
            words = [self._of_desk(word) for word in words]
        words = joined_clashing(settled_by_others(words))
        taken = {word.meanings[0].fact for word in words if len(word.meanings) == 1} - set(WISHES)
        return [word._replace(near=tuple(each for each in word.near if each.fact not in taken)) for word in words]

    def _children(self, line: str) -> tuple[str, list[Word]]:
        """Return the line without what it says about children, and the words for that."""
        found: list[Word] = []

        def note(match: re.Match[str]) -> str:
            ages = match[1] if match.re is _AGES else ""
            if ages != "0,5":  # "0,5" may be half a year, not two children
                each = re.split(r"\s*[,;/&+]\s*|\s+(?:ja|och|and)\s+", ages)
                ages = ";".join(re.sub(rf"(?<=[\w.])\s+{_MONTHS}", "", age) for age in each)
            found.append(Word(match[0], tuple(self._read(ages, ["children_ages"])) if ages else ()))
            return ";"

        return _HOW_MANY.sub(note, _AGES.sub(note, line)), found

    def _words(self, piece: Sequence[str]) -> list[Word]:
        """Read the words of a piece, longest names first, so that "suomen kansalainen" is not two answers."""
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
                if denied or (found and not answers_only(found[-1], "municipality")):
                    what = piece[place : place + denied] or found.pop().text.split()
                    place += denied
                    found.append(self._denial(text, what, before=bool(denied)))
                    continue
            if meanings or text.casefold() not in _JOINS:
                found.append(Word(text, meanings, () if meanings else self._near(text)))
        return found

    def _denied(self, rest: Sequence[str]) -> int:
        """The number of words that a negation covers; 0 if a municipality, a number or nothing follows."""
        start = next((place for place, word in enumerate(rest) if word.casefold() not in _AFTER_NOT), len(rest))
        if start == len(rest) or _NUMBER.fullmatch(rest[start]) or self._read(rest[start], ["municipality"]):
            return 0
        sizes = range(min(_LONGEST_NAME, len(rest) - start), 1, -1)
        return start + next((size for size in sizes if self._of_several(rest[start : start + size])), 1)

    def _denial(self, no: str, what: Sequence[str], *, before: bool) -> Word:
        """A negated word is not an answer, but an answer of "no" is offered if the fact has one."""
        name = " ".join(word for word in what if word.casefold() not in _AFTER_NOT)
        near: list[Meaning] = []
        for fact in self.headers.known.get(plain(name), ()):
            if fact not in WISHES:
                near += self._read("0" if self.facts[fact].kind == "level" else "no", [fact])
        return Word(" ".join((no, *what) if before else (*what, no)), (), tuple(near))

    def _meanings(self, run: Sequence[str]) -> tuple[Meaning, ...]:
        """The meanings of a single word; a mere yes or no has none."""
        text = run[0]
        number = _NUMBER.fullmatch(text)
        no_answer = text.casefold() in _NOT or (not number and self.cells.reads(self._yes_no, text))
        if _DAY.fullmatch(text) or no_answer:
            return ()
        found = self._read(text, (*self._alone, *WISHES))
        if number or text[0].isdigit():
            found = self._of_number(text, found)
        return tuple(other for each in found for other in self._begun(each, text)) or self._named(
            re.split(r"[:=]", text, maxsplit=1)
        )

    def _begun(self, meaning: Meaning, text: str) -> Iterator[Meaning]:
        """Yield a meaning; for a status, also those whose names begin with the word: "asylum" may be a seeker."""
        fact, word = self.facts.facts.get(meaning.fact), fold(text)
        # Several statuses of one permit or citizenship are one answer, unless one's id is the beginning of the others.
        one = meaning.answer if len(meaning.answer) == 1 else _beginning(meaning.answer)
        if fact is None or fact.id != "status" or len(word) < _SHORTEST or not one:
            yield meaning
            return
        meaning = meaning._replace(answer=one)
        yield meaning
        # In a compound word, "turvapaikka" becomes "turvapaikan".
        stem = word[:-_ENDING] if len(word) >= _LONG else word
        for value in dict.fromkeys(value for name, value in fact.aliases.items() if name.startswith(stem)):
            if value not in meaning.answer:
                yield Meaning(meaning.fact, frozenset({value}))

    def _of_number(self, text: str, found: list[Meaning]) -> list[Meaning]:
        """Keep the meanings that suit a number: an adult's age is nothing else, and a month is the permit's."""
        kinds = {"years"} if _MONTH.fullmatch(text) else set(_COUNTED)
        found = [each for each in found if each.fact not in WISHES and self.facts[each.fact].kind in kinds]
        ages = [each for each in found if each.fact == "age" and min(map(int, each.answer)) >= _ADULT]
        return ages if ages and not _YEAR.fullmatch(text) else found

    def _of_desk(self, word: Word) -> Word:
        """Give a level without a language to the language that the desk asks about."""
        levels = {each.fact for each in word.meanings if each.fact in _LEVELS}
        if len(levels) < 2:
            return word
        return word._replace(meanings=tuple(each for each in word.meanings if each.fact not in levels - {self.level}))

    def _of_several(self, run: Sequence[str]) -> tuple[Meaning, ...]:
        """The meanings of several words: the name of a value, a number with its unit, or a fact's name and a number."""
        if len(run) == 2 and _NUMBER.fullmatch(run[1]):
            counted = [each for each in self._named(run) if self.facts[each.fact].kind in _COUNTED]
            if counted and all(each.answer != frozenset({NONE}) for each in counted):
                return tuple(counted)
        text = " ".join(run)
        found = [each for each in self._read(text, (*self._alone, *WISHES)) if self._is_name(each, text)]
        return tuple(found) or self._with_unit(run)

    def _is_name(self, meaning: Meaning, text: str) -> bool:
        """Whether the text is one name, and not a list of several."""
        if meaning.fact == SERVICE_LANGUAGE:
            return len(meaning.answer) == 1
        if meaning.fact == GOALS:
            return fold(text) in self.facts.goal_aliases
        fact = self.facts[meaning.fact]
        return fold(text) in fact.aliases or fold(text) in fact.groups

    def _with_unit(self, run: Sequence[str]) -> tuple[Meaning, ...]:
        """The meanings of a number with words that mean nothing without it: "alle 3", "34 v"."""
        numbers = [word for word in run if _NUMBER.fullmatch(word)]
        others = [word for word in run if word not in numbers]
        if len(numbers) != 1 or any(self._read(word, (*self._alone, *WISHES)) for word in others):
            return ()
        counted = [name for name in self._alone if self.facts[name].kind in _COUNTED]
        return tuple(self._of_number(numbers[0], self._read(" ".join(run), counted)))

    def _named(self, pair: Sequence[str]) -> tuple[Meaning, ...]:
        """The meanings of an answer after the name of its fact, as in a column header: "kotikunta:kyllä"."""
        if len(pair) != 2:
            return ()
        return tuple(self._read(pair[1], self.headers.known.get(plain(pair[0]), ())))

    def _read(self, text: str, names: Iterable[str]) -> list[Meaning]:
        found = []
        for name in names:
            with suppress(InputProblems):
                reading = self.cells.read(name, text)
                # A region is not an answer here: each of its municipalities has its own offices.
                if reading and (name != "municipality" or len(reading) == 1):
                    found.append(Meaning(name, reading, self._since(name, text)))
        return found

    def _since(self, name: str, text: str) -> Started:
        """When a fact that counts years began, if the word says so."""
        if name in WISHES:
            return ()
        return started(self.facts[name], text, self.today)

    def _near(self, text: str) -> tuple[Meaning, ...]:
        """The meanings of a word that is incomplete or misspelt, likeliest first; none for a word with digits."""
        if len(text) < _SHORTEST or any(map(str.isdigit, text)):
            return ()
        folded = fold(text)
        begun = [name for name in self._names if name.startswith(folded)]
        # The first letter must match: "raskaana" (pregnant) is not Träskända.
        same = [name for name in self._names if name[:1] == folded[:1]]
        near = [*begun[:_NEAR], *get_close_matches(folded, same, n=_NEAR, cutoff=_ALIKE)]
        meant = (meaning for name in near for meaning in self._read(name, (*self._alone, *WISHES)))
        return tuple(dict.fromkeys(meant))[:_MOST]

    @cached_property
    def _names(self) -> list[str]:
        """All folded names of values, goals and languages."""
        facts = self.facts
        values = (word for name in self._alone for word in (*facts[name].aliases, *facts[name].groups))
        return list(dict.fromkeys((*values, *facts.goal_aliases, *_languages())))


def _beginning(values: Collection[Value]) -> Values:
    """The value whose id all the others begin with (asylum, of asylum and asylum_seeker); empty if there is none."""
    return frozenset(value for value in values if all(str(other).startswith(str(value)) for other in values))


@cache
def _languages() -> dict[str, str]:
    """Name to language code; of the codes themselves only those in OFFERED_LANGUAGES."""
    codes = language_codes().items()
    return {name: code for name, code in codes if len(name) > _LONGEST_CODE or name in OFFERED_LANGUAGES}
