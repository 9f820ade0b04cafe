"""The words of a line and their meanings, narrowed by the other words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.situation import WISHES
from kotoneuvo.dates import Started


class Meaning(NamedTuple):
    """One meaning of a word: a fact with the values that it leaves possible, or goals or languages.

    `since`: when a fact that counts years began, if the word says so (a month, a year of birth).
    """

    fact: str
    answer: Values | tuple[str, ...]
    since: Started = ()


class Word(NamedTuple):
    """One or more words of a line with all their meanings; `near` has the meanings of similar names."""

    text: str
    meanings: tuple[Meaning, ...]
    near: tuple[Meaning, ...] = ()


def answers_only(word: Word, fact: str) -> bool:
    """Whether the only meaning of a word is an answer to `fact`."""
    return len(word.meanings) == 1 and word.meanings[0].fact == fact


def joined_unknown(words: Iterable[Word]) -> list[Word]:
    """Join neighbouring words without a meaning, so that they are asked about once."""
    joined: list[Word] = []
    for word in words:
        unknown = not word.meanings and not word.near
        if unknown and joined and not joined[-1].meanings and not joined[-1].near:
            joined[-1] = Word(f"{joined[-1].text} {word.text}", ())
        else:
            joined.append(word)
    return joined


def settled_by_others(words: list[Word]) -> list[Word]:
    """Remove meanings for facts that another word answers: a person has one residence status (but many goals)."""
    while True:
        taken = {word.meanings[0].fact for word in words if len(word.meanings) == 1} - set(WISHES)
        left = [tuple(each for each in word.meanings if each.fact not in taken) for word in words]
        settled = [
            word._replace(meanings=meanings) if len(word.meanings) > 1 and meanings else word
            for word, meanings in zip(words, left, strict=True)
        ]
        if settled == words:
            return words
        words = settled


def joined_clashing(words: list[Word]) -> list[Word]:
    """Join words whose answers exclude each other ("turku tampere") into one word that may mean either."""
    kept: list[Word] = []
    for word in words:
        fact = word.meanings[0].fact if len(word.meanings) == 1 else ""
        same = next((other for other in kept if fact and fact not in WISHES and _excludes(other, word)), None)
        if same is None:
            kept.append(word)
        else:
            kept[kept.index(same)] = Word(f"{same.text} / {word.text}", (*same.meanings, *word.meanings))
    return kept


def _excludes(one: Word, other: Word) -> bool:
    answer = other.meanings[0]
    return bool(one.meanings) and all(
        each.fact == answer.fact and set(each.answer).isdisjoint(answer.answer) for each in one.meanings
    )
