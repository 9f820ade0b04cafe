"""What is wrong with an input: found all at once, said in a form that every front end can show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


def N_(msgid: str) -> str:  # noqa: N802  (gettext's customary name)
    """Marks words that a front end translates later."""
    return msgid


_NOTHING: Mapping[str, object] = {}
NO_MEANINGS: Mapping[str, str | Mapping[str, str]] = {}


class Problem(NamedTuple):
    """One thing to mend.

    `message` is an English sentence with ``{name}`` places for `details`: the msgid that front ends translate.
    `where` is the file, `line` the line in it (0: unknown) and `entry` the part of it; `allowed` lists what may stand
    there; `suggestion` is a close match; `meanings` says what these codes stand for: a msgid, or a text by language.
    """

    message: str
    details: Mapping[str, object] = _NOTHING
    where: str = ""
    entry: str = ""
    fieldname: str = ""
    allowed: tuple[str, ...] = ()
    suggestion: str = ""
    line: int = 0
    meanings: Mapping[str, str | Mapping[str, str]] = NO_MEANINGS


class InputProblems(ValueError):
    """Raised when an input cannot be used; carries every problem found in it."""

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        # Polars and others raise an error of a callback again, made of its text alone.
        self.problems = (Problem(problems),) if isinstance(problems, str) else tuple(problems)
        super().__init__("; ".join(map(_told, self.problems)))

    def __reduce__(self) -> tuple[type[InputProblems], tuple[object, ...]]:
        return (type(self), (self.problems,))


def _told(problem: Problem) -> str:
    """A problem on one line, with its place, for whoever uses the library."""
    place = ", ".join(filter(None, (problem.where, problem.entry, problem.fieldname)))
    message = fill(problem.message, problem.details)
    allowed = f" (allowed: {', '.join(problem.allowed)})" if problem.allowed else ""
    return f"{place}: {message}{allowed}" if place else message + allowed


LONGEST_WORD = 100
"""Letters: what is longer is no misspelt word, and comparing it takes ever longer."""
_SAME_START = 0.8
"""From this likeness on another first letter may be the typing mistake."""


def fill(message: str, details: Mapping[str, object]) -> str:
    """A message with its places filled; one without details stands as it is, braces and all."""
    return message.format(**details) if details else message


_IDENTIFYING = 6
"""Digits in what was typed from which it may be an identity code, a date of birth or a phone number."""


def sayable(found: object) -> bool:
    """Whether a message may repeat what was typed: never what may identify a person."""
    return sum(c.isdigit() for c in str(found)[:LONGEST_WORD]) < _IDENTIFYING


_SUGGESTING: ContextVar[bool] = ContextVar("suggesting", default=True)


@contextmanager
def suggestions(wanted: bool) -> Iterator[None]:
    """Whether close names are looked for: with thousands of wrong answers that takes longer than all the rest."""
    before = _SUGGESTING.set(wanted)
    try:
        yield
    finally:
        _SUGGESTING.reset(before)


def suggesting() -> bool:
    """Whether close names are looked for at the moment."""
    return _SUGGESTING.get()


def closest(word: str, known: Iterable[str], alike: float = 0.6) -> str:
    """The known word that is most like `word`, or an empty string if none is so much `alike` (0 to 1)."""
    from difflib import get_close_matches  # only on the error path: a slow import

    if len(word) > LONGEST_WORD or not suggesting():
        return ""
    matches = get_close_matches(word, list(known), n=1, cutoff=alike)
    return matches[0] if matches else ""


def likely(word: str, known: Iterable[str], *, proper: bool = False) -> str:
    """The known name that `word` is a misspelling of, or an empty string.

    Stricter than `closest`: another town, or the opposite of an answer, is worse than none. So the first letter counts,
    of `proper` names unless the rest is nearly the same.
    """
    names = list(known)
    same = [name for name in names if name[:1] == word[:1]]
    return closest(word, same, 0.75) or (closest(word, names, _SAME_START) if proper else "")
