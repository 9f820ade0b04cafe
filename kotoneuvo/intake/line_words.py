"""The words of a line with what each may mean, and what words beside each other leave of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.situation import WISHES
from kotoneuvo.dates import Started


class Meaning(NamedTuple):
    """What a word may say: a fact with the values left possible, or goals or languages.

    `since`: when what the values count began, where the word tells it (a month, a year of birth).
    """

    fact: str
    answer: Values | tuple[str, ...]
    since: Started = ()


class Word(NamedTuple):
    """One or more words of the line with everything that they may mean; `near`: what a misspelt name may mean."""

    text: str
    meanings: tuple[Meaning, ...]
    near: tuple[Meaning, ...] = ()


def answers(word: Word, fact: str) -> bool:
    """Whether a word answers a fact, and nothing else."""
    return len(word.meanings) == 1 and word.meanings[0].fact == fact


def joined_unknown(words: Iterable[Word]) -> list[Word]:
    """Words side by side of which nothing is known become one, which is asked about once."""
    joined: list[Word] = []
    for word in words:
        unknown = not word.meanings and not word.near
        if unknown and joined and not joined[-1].meanings and not joined[-1].near:
            joined[-1] = Word(f"{joined[-1].text} {word.text}", ())
        else:
            joined.append(word)
    return joined


def settled_by_others(words: list[Word]) -> list[Word]:
    """The words without meanings that another word has already: a person has one residence status, and many goals."""
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
    """Words that answer the same and exclude each other ("turku tampere") as one word that may mean either."""
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
