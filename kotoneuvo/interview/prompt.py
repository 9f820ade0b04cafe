"""A question as it is put to a person, whatever the terminal can do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Literal, Protocol

BACK_MARK = "<"
"""What one types at a line prompt to go one step back."""


class Signal(Enum):
    """A reply that is not an answer."""

    SKIP = "skip"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    value: object
    label: str


@dataclass(frozen=True)
class Prompt:
    """One question.

    `kind` "one" and "several" choose among `options`; "text" is typed: `read` turns it into a value or raises
    InputProblems, `complete` gives what may be meant so far. `skippable` questions may be left open.
    """

    text: str
    kind: Literal["one", "several", "text"]
    options: tuple[Option, ...] = ()
    why: str = ""
    progress: str = ""
    read: Callable[[str], object] | None = None
    complete: Callable[[str], list[str]] | None = None
    skippable: bool = True
    chosen: tuple[object, ...] = ()


class Prompter(Protocol):
    """Puts prompts to a person. Raises KeyboardInterrupt when they leave, EOFError when the input ends."""

    def ask(self, prompt: Prompt) -> object:
        """The chosen or read value (a list for "several"), or a Signal."""

    def say(self, text: str) -> None:
        """Show some words."""

    def clear(self) -> None:
        """Take everything off the screen."""
