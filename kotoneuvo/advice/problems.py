"""Problems in an input, in a form that every front end can translate and show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


def N_(msgid: str) -> str:  # noqa: N802  (gettext's customary name)
    """Mark a text for translation; the front end translates it."""
    return msgid


_NOTHING: Mapping[str, object] = {}
NO_MEANINGS: Mapping[str, str | Mapping[str, str]] = {}


class Problem(NamedTuple):
    """One thing to correct.

    `message` is the msgid that front ends translate: an English sentence with ``{name}`` placeholders for `details`.
    `where` is the file, `line` the line in it (0: unknown), `entry` the part of it. `allowed` lists the allowed values,
    `suggestion` is a close match, and `meanings` explains codes among these (a msgid, or a text by language).
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
    """Raised if an input cannot be used; carries all problems found in it."""

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        # Polars re-raises a callback's error as `type(error)(str(error))`, so a plain text must do.
        self.problems = (Problem(problems),) if isinstance(problems, str) else tuple(problems)
        super().__init__("; ".join(map(_one_line, self.problems)))

    def __reduce__(self) -> tuple[type[InputProblems], tuple[object, ...]]:
        # By default only the text would be pickled, and a worker's problems would lose their places.
        return (type(self), (self.problems,))


def _one_line(problem: Problem) -> str:
    """A problem on one line with its place, untranslated, for users of the library."""
    place = ", ".join(filter(None, (problem.where, problem.entry, problem.fieldname)))
    message = fill(problem.message, problem.details)
    allowed = f" (allowed: {', '.join(problem.allowed)})" if problem.allowed else ""
    return f"{place}: {message}{allowed}" if place else message + allowed


LONGEST_WORD = 100
"""Characters. Longer texts are not misspelt words, and slow to compare."""
_SAME_START = 0.8
"""From this similarity on, the first letter itself may be the typo."""


def fill(message: str, details: Mapping[str, object]) -> str:
    """Fill a message's placeholders; without details it is returned unchanged, braces included."""
    return message.format(**details) if details else message


_IDENTIFYING = 6
"""Text with this many digits may be an identity code, a date of birth or a phone number."""


def may_repeat(found: object) -> bool:
    """Whether a message may repeat what was typed: not if it may identify a person."""
    return sum(c.isdigit() for c in str(found)[:LONGEST_WORD]) < _IDENTIFYING


_SUGGESTING: ContextVar[bool] = ContextVar("suggesting", default=True)


@contextmanager
def suggestions(wanted: bool) -> Iterator[None]:
    """Switch suggestions on or off; for thousands of wrong answers, finding them takes longer than all the rest."""
    before = _SUGGESTING.set(wanted)
    try:
        yield
    finally:
        _SUGGESTING.reset(before)


def suggesting() -> bool:
    """Whether suggestions are switched on."""
    return _SUGGESTING.get()


def closest(word: str, known: Iterable[str], alike: float = 0.6) -> str:
    """The known word most similar to `word`; empty if none reaches the ratio `alike` (0 to 1)."""
    from difflib import get_close_matches  # only on the error path: a slow import

    if len(word) > LONGEST_WORD or not suggesting():
        return ""
    matches = get_close_matches(word, list(known), n=1, cutoff=alike)
    return matches[0] if matches else ""


def likely(word: str, known: Iterable[str], *, proper: bool = False) -> str:
    """The known name that `word` is probably a misspelling of, or an empty string.

    Stricter than `closest`, because the wrong town or the opposite answer is worse than no suggestion: the first letter
    must match. In `proper` names it may differ if the rest is nearly the same.
    """
    names = list(known)
    same = [name for name in names if name[:1] == word[:1]]
    return closest(word, same, 0.75) or (closest(word, names, _SAME_START) if proper else "")
