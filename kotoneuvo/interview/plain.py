"""Line by line: numbered options, no cursor movement; for screen readers, dumb terminals and pipes."""

from __future__ import annotations

import re
from collections.abc import Callable

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.interview.prompt import BACK_MARK, Prompt, Signal
from kotoneuvo.words import Words

_LEAVE = ("q", "quit")
_SCREENFUL = 60
_AGAIN = object()
"""What a line was that made no sense."""


class PlainPrompter:
    """Asks with one line of input a question. `read_line` raises EOFError at the end of the input."""

    def __init__(self, words: Words, read_line: Callable[[str], str], write: Callable[[str], None]) -> None:
        self.words = words
        self.read_line = read_line
        self.write = write

    def ask(self, prompt: Prompt) -> object:
        """Ask until the line makes sense."""
        self._show(prompt)
        while True:
            line = self.read_line("> ").strip()
            if line == BACK_MARK:
                return Signal.BACK
            if line.casefold() in _LEAVE:
                raise KeyboardInterrupt
            if not line and prompt.skippable:
                return Signal.SKIP
            reply = self._reply(prompt, line)
            if reply is not _AGAIN:
                return reply

    def say(self, text: str) -> None:
        """Show some words."""
        self.write(text)

    def clear(self) -> None:
        """Push everything off the screen; without cursor movement there is no other way."""
        self.write("\n" * _SCREENFUL)

    def _show(self, prompt: Prompt) -> None:
        _ = self.words.gettext
        self.write("")
        if prompt.progress:
            self.write(f"({prompt.progress})")
        self.write(prompt.text)
        if prompt.why:
            self.write(prompt.why)
        for number, option in enumerate(prompt.options, 1):
            self.write(f"  {number}. {option.label}")
        hints = {
            "one": _("Type a number."),
            "several": _("Type one or more numbers, with commas between them."),
            "text": "",
        }[prompt.kind]
        if prompt.skippable:
            hints += " " + _("Enter = skip, < = back, q = quit.")
        self.write(hints.strip())

    def _reply(self, prompt: Prompt, line: str) -> object:
        """The value of a line, or _AGAIN after saying what was wrong with it."""
        if prompt.kind == "text":
            return self._typed(prompt, line)
        numbers = [part.strip() for part in line.replace(";", ",").replace(" ", ",").split(",") if part.strip()]
        chosen = [
            prompt.options[int(n) - 1].value
            for n in numbers
            if re.fullmatch(r"\d{1,3}", n) and 1 <= int(n) <= len(prompt.options)
        ]
        if not chosen or len(chosen) < len(numbers) or (prompt.kind == "one" and len(chosen) > 1):
            self.write(self.words.gettext("Please type a number from 1 to {last}.").format(last=len(prompt.options)))
            return _AGAIN
        return chosen[0] if prompt.kind == "one" else chosen

    def _typed(self, prompt: Prompt, line: str) -> object:
        assert prompt.read is not None
        try:
            return prompt.read(line)
        except InputProblems as error:
            for problem in error.problems:
                self.write(self.words.problem(problem))
            for match in prompt.complete(line)[:8] if prompt.complete else ():
                self.write(f"  {match}")
            return _AGAIN
