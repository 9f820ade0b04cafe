"""A question as it is put to a person, whatever the terminal can do; and the usual turns of an interview."""

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
"""What one types at a line prompt to go one step back."""
UNKNOWN_KEY = "0"
"""The key of the line "not known"."""
TOLD_MARK = "!"
"""What one types in any question when the person tells of something that is never asked. No screen names it."""


_YES_NO = {"fi": "ke", "sv": "jn", "en": "yn"}
"""The keys of yes and no: the first letters of the words in the worker's language."""


class Signal(Enum):
    """A reply that is not an answer."""

    SKIP = "skip"
    BACK = "back"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose.

    `key` is the letter that stands for it (else the first nine have digits), `alone` one that excludes the others where
    several can be ticked. `closed` says why it cannot be chosen.
    """

    value: object
    label: str
    key: str = ""
    alone: bool = False
    closed: str = ""

    @property
    def shown(self) -> str:
        """What stands on its line."""
        return f"{self.label} ({self.closed})" if self.closed else self.label


@dataclass(frozen=True)
class Prompt:
    """One question.

    `kind` "one" and "several" choose among `options`; "text" is typed: `read` raises InputProblems for what cannot be
    read, `complete` gives what may be meant so far. "page" shows `page` (made for a number of columns and rows) with a
    line for a command under it; Enter alone is "". `skippable` questions may be left open; `insist` is said before
    the first skip counts; `unknown_first` puts "not known" on top, where Enter alone takes it. `before` is the earlier
    reply to the same question: it is chosen, ticked or typed already. `hears`: an exclamation mark says that the person
    has told something. `ranked` ticks keep their order. `above` are
    lines that stand over the question on a screen.
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
    hears: bool = False
    unknown_first: bool = False
    ranked: bool = False
    above: tuple[str, ...] = ()
    page: Callable[[int, int], RenderableType] | None = None

    @property
    def ticked(self) -> list[int]:
        """The places of the options that the earlier reply chose, in its order."""
        before = self.before if isinstance(self.before, list | tuple) else [self.before]
        # Of options that stand for one value the first is meant.
        places = {option.value: place for place, option in reversed(list(enumerate(self.options)))}
        return [places[value] for value in before if value in places] if self.before is not None else []

    def mark(self, typed: str) -> Signal | None:
        """What a sign that is no answer means, typed where an answer might be."""
        if typed == BACK_MARK:
            return Signal.BACK
        return Signal.TOLD if typed == TOLD_MARK and self.hears else None

    def problem(self, typed: str, words: Words) -> str:
        """Why what was typed cannot be read, in words; empty where it can."""
        try:
            if self.read is not None:
                self.read(typed)
        except InputProblems as error:
            return "\n".join(in_talk(each, words) for each in error.problems)
        return ""


def in_talk(problem: Problem, words: Words) -> str:
    """What is wrong with a typed answer, without the names that files use."""
    allowed = tuple(each for each in problem.allowed if each != NONE)
    return words.problem(problem._replace(fieldname="", allowed=allowed))


def in_any_window(page: RenderableType) -> Callable[[int, int], RenderableType]:
    """A page that does not go by the columns and rows of the window."""
    return lambda _columns, _rows: page


class Prompter(Protocol):
    """Puts prompts to a person. Raises KeyboardInterrupt when they leave, EOFError when the input ends.

    `spelled`: signs are to be words, for those who listen.
    """

    spelled: bool

    def ask(self, prompt: Prompt) -> object:
        """The chosen value, the list of ticked ones ("several"), the typed text ("text"), or a Signal."""

    def say(self, text: str) -> None:
        """Show some words."""

    def echo(self, text: str) -> None:
        """Say how an answer was understood, unless the next question shows the answers anyway."""

    def clear(self) -> None:
        """Take everything off the screen."""


class Talk:
    """One worker at one terminal. Whoever goes back instead of answering gives None, or False."""

    def __init__(self, prompter: Prompter, words: Words) -> None:
        self.prompter = prompter
        self.words = words
        self.say = prompter.say

    def choose(self, question: str, options: Iterable[Option], why: str = "") -> object:
        """The value of the option that was chosen; no option may have the value None."""
        reply = self.prompter.ask(Prompt(question, "one", tuple(options), why=why, skippable=False))
        return None if isinstance(reply, Signal) else reply

    def type(
        self,
        question: str,
        read: Callable[[str], str] | None = None,
        complete: Callable[[str], list[str]] | None = None,
    ) -> str | None:
        """What `read` makes of the typed text; it raises InputProblems for what it cannot read."""
        reply = self.prompter.ask(Prompt(question, "text", read=read, complete=complete, skippable=False))
        if isinstance(reply, Signal):
            return None
        return read(str(reply)) if read else str(reply)

    def sure(self, question: str, yes: str = "", no: str = "", why: str = "", *, likely: bool = False) -> bool:
        """Whether the worker says yes; Enter alone means no, unless yes is `likely`."""
        _ = self.words.gettext
        keys = _YES_NO.get(self.words.language, _YES_NO["en"])
        options = [Option(True, yes or _("Yes"), key=keys[0]), Option(False, no or _("No"), key=keys[1])]
        return self.choose(question, options if likely else reversed(options), why) is True

    def show(self, page: RenderableType) -> None:
        """A page that only leads back to the first steps."""
        hint = self.words.gettext("Enter = first steps ›")
        self.prompter.ask(Prompt(hint, "page", page=in_any_window(page)))

    def say_problems(self, error: InputProblems) -> None:
        """What could not be done, and why."""
        for problem in error.problems:
            self.say(in_talk(problem, self.words))
