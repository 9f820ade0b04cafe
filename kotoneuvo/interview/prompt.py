"""Prompts, which are questions independent of the terminal, and short dialogues made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Literal, Protocol

from rich.console import RenderableType

from kotoneuvo.advice.facts import NONE
from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.words import Words

BACK_MARK = "<"
"""What a person types at a line prompt to go one step back."""
UNKNOWN_KEY = "0"
"""The key of the line "not known"."""
TOLD_MARK = "!"
"""What the worker types at any question when the client tells something that is never asked. No screen shows it, as the
client may see the screen."""


_YES_NO = {"fi": "ke", "sv": "jn", "en": "yn"}
"""The keys of yes and no: the first letters of these words in the worker's language."""


class Signal(Enum):
    """A reply that is not an answer: not known, one step back, the person has told something."""

    SKIP = "skip"
    BACK = "back"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose.

    `key` is its letter; without one, the first nine have digits. An option that stands `alone` cannot be ticked with
    others. `closed` says why it cannot be chosen, "" if it can.
    """

    value: object
    label: str
    key: str = ""
    alone: bool = False
    closed: str = ""

    @property
    def shown(self) -> str:
        """The text of its line."""
        return f"{self.label} ({self.closed})" if self.closed else self.label


@dataclass(frozen=True)
class Prompt:
    """One question, of a `kind`: "one" and "several" choose among `options`, "text" is typed, "page" shows a page.

    - `read` raises InputProblems for a text that cannot be read, `complete` returns what it may become.
    - `page` makes the page for a number of columns and rows; below it a command is typed, "" for Enter alone.
    - `skippable` questions may be left open, but `insist` is said before the first skip counts; `unknown_first` puts
      "not known" first, where Enter alone chooses it.
    - `before` is the earlier reply to the same question, which is already chosen, ticked or typed.
    - `takes_told`: TOLD_MARK says that the person has told something. `ranked`: ticks keep their order.
    - `above` are lines to show above the question.
    """

    text: str
    kind: Literal["one", "several", "text", "page"]
    options: tuple[Option, ...] = ()
    why: str = ""
    read: Callable[[str], object] | None = None
    complete: Callable[[str], list[str]] | None = None
    skippable: bool = True
    insist: str = ""
    before: object = None
    takes_told: bool = False
    unknown_first: bool = False
    ranked: bool = False
    above: tuple[str, ...] = ()
    page: Callable[[int, int], RenderableType] | None = None

    @property
    def ticked(self) -> list[int]:
        """The indexes of the options that the earlier reply chose, in its order."""
        before = self.before if isinstance(self.before, list | tuple) else [self.before]
        # Reversed, so that the first of several options with one value counts.
        places = {option.value: place for place, option in reversed(list(enumerate(self.options)))}
        return [places[value] for value in before if value in places] if self.before is not None else []

    def mark(self, typed: str) -> Signal | None:
        """Return the signal of a mark that was typed instead of an answer; None if the text is not a mark."""
        if typed == BACK_MARK:
            return Signal.BACK
        return Signal.TOLD if typed == TOLD_MARK and self.takes_told else None

    def problem(self, typed: str, words: Words) -> str:
        """Return in words why a text cannot be read; "" if it can."""
        try:
            if self.read is not None:
                self.read(typed)
        except InputProblems as error:
            return "\n".join(typed_problem(each, words) for each in error.problems)
        return ""


def typed_problem(problem: Problem, words: Words) -> str:
    """Return a problem of a typed answer in words, without the names that only files use."""
    allowed = tuple(each for each in problem.allowed if each != NONE)
    return words.problem(problem._replace(fieldname="", allowed=allowed))


def in_any_window(page: RenderableType) -> Callable[[int, int], RenderableType]:
    """Return a page that is the same in every window, in the form that prompts need."""
    return lambda _columns, _rows: page


class Prompter(Protocol):
    """Shows prompts to a person. Raises KeyboardInterrupt when they leave, EOFError when the input ends.

    `spelled`: words replace signs, for people who listen to a screen reader.
    """

    spelled: bool

    def ask(self, prompt: Prompt) -> object:
        """Return the chosen value, the list of ticked ones ("several"), the typed text ("text"), or a Signal."""

    def say(self, text: str) -> None:
        """Show a text."""

    def echo(self, text: str) -> None:
        """Say how an answer was understood, unless the next question shows the answers anyway."""

    def clear(self) -> None:
        """Clear the screen."""


class Talk:
    """Short dialogues with the worker. Methods return None or False if the worker goes back instead of answering."""

    def __init__(self, prompter: Prompter, words: Words) -> None:
        self.prompter = prompter
        self.words = words
        self.say = prompter.say

    def choose(self, question: str, options: Iterable[Option], why: str = "") -> object:
        """Return the value of the chosen option; no option may have the value None."""
        reply = self.prompter.ask(Prompt(question, "one", tuple(options), why=why, skippable=False))
        return None if isinstance(reply, Signal) else reply

    def type(
        self,
        question: str,
        read: Callable[[str], str] | None = None,
        complete: Callable[[str], list[str]] | None = None,
    ) -> str | None:
        """Return what `read` makes of the typed text; it raises InputProblems for a text that it cannot read."""
        reply = self.prompter.ask(Prompt(question, "text", read=read, complete=complete, skippable=False))
        if isinstance(reply, Signal):
            return None
        return read(str(reply)) if read else str(reply)

    def confirm(self, question: str, yes: str = "", no: str = "", why: str = "", *, likely: bool = False) -> bool:
        """Ask yes or no; Enter alone means no, unless yes is `likely`."""
        _ = self.words.gettext
        keys = _YES_NO.get(self.words.language, _YES_NO["en"])
        options = [Option(True, yes or _("Yes"), key=keys[0]), Option(False, no or _("No"), key=keys[1])]
        return self.choose(question, options if likely else reversed(options), why) is True

    def show(self, page: RenderableType) -> None:
        """Show a page that only leads back to the first steps."""
        hint = self.words.gettext("Enter = first steps ›")
        self.prompter.ask(Prompt(hint, "page", page=in_any_window(page)))

    def say_problems(self, error: InputProblems) -> None:
        """Say what could not be done, and why."""
        for problem in error.problems:
            self.say(typed_problem(problem, self.words))
