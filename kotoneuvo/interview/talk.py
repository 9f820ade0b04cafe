"""The usual turns of an interview in the worker's language: choose one, type something, yes or no, look at a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.console import RenderableType

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.interview.prompt import Option, Prompt, Prompter, Signal, in_any_window, in_talk
from kotoneuvo.words import Words

_YES_NO = {"fi": "ke", "sv": "jn", "en": "yn"}
"""The keys of yes and no: the first letters of the words in the worker's language."""


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
