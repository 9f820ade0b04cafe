"""Questions line by line, with numbered options and no cursor movement: for screen readers, simple terminals, pipes."""

from __future__ import annotations

import re
from typing import TextIO

from kotoneuvo.interview.prompt import UNKNOWN_KEY, Prompt, Signal
from kotoneuvo.render.terminal import PLAIN_WIDTH, to_text
from kotoneuvo.words import Words

_LEAVE = ("q", "quit")
_SCREENFUL = 60
_LISTED = 8
"""How many names are proposed for one that cannot be read."""
_AGAIN = object()
"""Stands for a line that cannot be read, after which the question is asked again."""


class PlainPrompter:
    """Asks each question with one line of input. Raises EOFError at the end of the input."""

    def __init__(self, words: Words, stdin: TextIO, stdout: TextIO) -> None:
        self.words = words
        self.spelled = True
        self.stdin = stdin
        self.stdout = stdout

    def ask(self, prompt: Prompt) -> object:
        """Ask until a line can be read."""
        self._show(prompt)
        insisted = not prompt.insist
        while True:
            line = self._read_line().strip()
            if mark := prompt.mark(line):
                return mark
            keys = {option.key for option in prompt.options}
            # Unless the letter q belongs to an option, as in the menu.
            if line.casefold() in _LEAVE and line.casefold() not in keys and prompt.kind != "page":
                raise KeyboardInterrupt
            reply = self._empty(prompt) if not line else self._reply(prompt, line)
            if reply is Signal.SKIP and not insisted:
                insisted = True
                self.write(prompt.insist)
            elif reply is not _AGAIN:
                return reply

    def write(self, text: str, end: str = "\n") -> None:
        """Write a line and flush it, so that a screen reader reads it at once."""
        self.stdout.write(text + end)
        self.stdout.flush()

    # Everything is written at once, as nothing is shown above the next question here.
    say = echo = write

    def _read_line(self) -> str:
        self.write("> ", end="")
        line = self.stdin.readline()
        if not line:
            raise EOFError
        return line

    def clear(self) -> None:
        """Push everything off the screen, which is the only way without cursor movement."""
        self.write("\n" * _SCREENFUL)

    def _show(self, prompt: Prompt) -> None:
        _ = self.words.gettext
        self.write("")
        if prompt.page is not None:
            self.write(to_text(prompt.page(PLAIN_WIDTH, 0)))  # 0 rows: a page without windows is shown whole
        self.write(prompt.text)
        if prompt.why:
            self.write(prompt.why)
        ticked = prompt.ticked
        for place, option in enumerate(prompt.options):
            mark = ""
            if place in ticked:
                mark = f" [{ticked.index(place) + 1}]" if prompt.ranked else " [x]"
            closed = f" ({option.closed})" if option.closed else ""
            self.write(f"  {option.key or place + 1}. {option.label}{mark}{closed}")
        if prompt.skippable and prompt.kind not in ("text", "page"):
            self.write(f"  {UNKNOWN_KEY}. {_('not known')}")
        if prompt.kind != "page":  # a page says itself what may be typed
            self.write(self._hint(prompt))

    def _hint(self, prompt: Prompt) -> str:
        _ = self.words.gettext
        hints = []
        if prompt.kind == "one":
            hints = [_("Type a letter.") if any(option.key for option in prompt.options) else _("Type a number.")]
        elif prompt.kind == "several":
            ranked = _("Type one or more numbers, the most important first.")
            hints = [ranked if prompt.ranked else _("Type one or more numbers, with commas between them.")]
        if prompt.before is not None:
            shown = f" ({prompt.before})" if prompt.kind == "text" else ""
            hints.append(_("Enter = as before{answer}.").format(answer=shown))
            if prompt.skippable and prompt.kind == "text":
                hints.append(_("{mark} = not known.").format(mark=UNKNOWN_KEY))
        elif prompt.skippable:
            hints.append(_("Enter = not known."))
        return " ".join([*hints, _("< = back, q = quit.")])

    def _empty(self, prompt: Prompt) -> object:
        """Return what Enter alone means: the answer given before, else "not known" if the question can be skipped."""
        if prompt.kind == "page":
            return ""
        if prompt.before is not None:
            chosen = [prompt.options[place].value for place in prompt.ticked]
            if prompt.kind == "text":
                return prompt.before
            if chosen:
                return chosen if prompt.kind == "several" else chosen[0]
        if prompt.skippable:
            return Signal.SKIP
        self.write(self.words.gettext("Please answer this question."))
        return _AGAIN

    def _reply(self, prompt: Prompt, line: str) -> object:
        """Return the value of a line, or _AGAIN after saying what is wrong with it."""
        if prompt.kind in ("text", "page"):
            # 0 means "not known" in every question; the age of a baby is typed as "<1" or as a year of birth.
            return Signal.SKIP if prompt.skippable and line == UNKNOWN_KEY else self._typed(prompt, line)
        if prompt.skippable and line == UNKNOWN_KEY:
            return Signal.SKIP
        keys = {option.key or str(place): option for place, option in enumerate(prompt.options, 1)}
        parts = [part for part in re.split(r"[\s,;]+", line.casefold()) if part]
        chosen = [keys[part] for part in parts if part in keys]
        if len(set(parts)) < len(parts):
            self.write(self.words.gettext("A number occurs twice. Please type each number once."))
            return _AGAIN
        if not chosen or len(chosen) < len(parts) or (prompt.kind == "one" and len(chosen) > 1):
            self.write(self._allowed(prompt))
            return _AGAIN
        closed = [option.closed for option in chosen if option.closed]
        if closed:
            self.write(closed[0])
            return _AGAIN
        alone = [option for option in chosen if option.alone]
        if alone and len(chosen) > 1:
            text = self.words.gettext("“{option}” cannot be combined with the others.").format(option=alone[0].label)
            self.write(text)
            return _AGAIN
        return chosen[0].value if prompt.kind == "one" else [option.value for option in chosen]

    def _allowed(self, prompt: Prompt) -> str:
        _ = self.words.gettext
        letters = [option.key for option in prompt.options if option.key]
        if letters:
            return _("Please type one of: {letters}").format(letters=" ".join(letters))
        first = 0 if prompt.skippable else 1
        return _("Please type a number from {first} to {last}.").format(first=first, last=len(prompt.options))

    def _typed(self, prompt: Prompt, line: str) -> object:
        problem = prompt.problem(line, self.words)
        if not problem:
            return line
        self.write(problem)
        for match in prompt.complete(line)[:_LISTED] if prompt.complete else ():
            self.write(f"  {match}")
        return _AGAIN
