"""Questions on a capable terminal (questionary): one question on each screen, with the answers so far above it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import questionary
from prompt_toolkit.application import get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.shortcuts import clear
from rich.console import Console
from rich.text import Text

from kotoneuvo.interview.choice import ESCAPE_WAIT, STYLE, Choice, window, wrapped
from kotoneuvo.interview.prompt import UNKNOWN_KEY, Prompt, Signal
from kotoneuvo.render.terminal import WIDEST
from kotoneuvo.words import Words

_SUGGESTED = 8
"""The most rows for suggestions below a typed line."""
_PAGE_BACK = "-"
"""What a person types to see the previous window of a page."""


class FancyPrompter:
    """Asks on the whole window, one question or page at a time."""

    def __init__(self, words: Words, console: Console) -> None:
        self.words = words
        self.spelled = False
        self.console = console
        self._waiting: list[str] = []

    def ask(self, prompt: Prompt) -> object:
        """Ask until the reply can be read, and return it."""
        waiting, self._waiting = self._waiting, []
        if prompt.kind == "page":
            return Pager(prompt, self.words, self.console, waiting).ask()
        clear()  # so that no answer the person took back stays in sight
        above = (*prompt.above, *waiting)
        if prompt.kind != "text":
            return Choice(replace(prompt, above=above), self.words).ask()
        for line in above:
            self.console.print(Text(line), width=window().columns)
        return TextQuestion(prompt, self.words).ask()

    def say(self, text: str) -> None:
        """Show a text with the next question."""
        self._waiting.append(text)

    def echo(self, text: str) -> None:
        """Do nothing, as the answers are shown above the next question."""

    def clear(self) -> None:
        """Clear the screen and its scrollback."""
        clear()
        self._waiting = []
        print("\x1b[3J", end="", flush=True)  # noqa: T201  (the scrollback, which prompt_toolkit does not clear)


class Pager:
    """Shows a page, one window at a time if it is longer, with a line for a command below it."""

    def __init__(self, prompt: Prompt, words: Words, console: Console, messages: list[str]) -> None:
        self.prompt = prompt
        self.words = words
        self.console = console
        self.messages = messages
        self.first = 0
        self.shown = 0
        """The rows of the page that were shown last; the window may have been resized since."""
        self._more = words.gettext("Enter = next page · - = back · number or letter")

    def ask(self) -> object:
        """Return the typed command ("" for Enter on the last window), or a Signal."""
        while True:
            more = self._print()
            typed = self._question(more).unsafe_ask()
            if isinstance(typed, Signal):
                return typed
            command = str(typed).strip()
            if more and not command:
                self.first += self.shown
            elif command == _PAGE_BACK:
                self.first = max(0, self.first - self._room())
            elif not (problem := command and self.prompt.problem(command, self.words)):
                return command
            else:
                self.messages = problem.splitlines()

    def _room(self) -> int:
        """Return the rows for the page, less those for messages and the hint, which may wrap in a narrow window."""
        below = max(wrapped(f" {hint}", 1).count("\n") for hint in (self._more, self.prompt.text)) + 1
        return max(window().rows - below - len(self.messages), 3)

    def _print(self) -> bool:
        """Show one window of the page, and return whether more follows."""
        assert self.prompt.page is not None
        self.messages = [row for line in self.messages for row in wrapped(line).split("\n")]
        self.shown = room = self._room()
        with self.console.capture() as captured:
            # A page that fits leaves one row for the hint.
            columns = min(window().columns, WIDEST)
            self.console.print(self.prompt.page(columns, room + 1), width=columns)
        lines = captured.get().rstrip("\n").split("\n")
        clear()
        print("\n".join([*lines[self.first : self.first + room], *self.messages]), file=self.console.file)
        self.messages = []
        return self.first + room < len(lines)

    def _question(self, more: bool) -> questionary.Question:
        hint = self._more if more else self.prompt.text
        bindings = KeyBindings()
        # Keys turn pages only while no command has been typed.
        empty = Condition(lambda: not get_app().current_buffer.text)

        def on(result: object, *keys: str) -> None:
            for key in keys:
                bindings.add(key, eager=key == "escape", filter=empty)(lambda event: event.app.exit(result=result))

        on("", "pagedown", "space")
        on(_PAGE_BACK, "pageup")
        # Escape begins the codes of other keys too, so it counts only while the line is empty.
        on(Signal.BACK, "escape")
        return _line(lambda: wrapped(hint, 1), "", bindings)


class TextQuestion:
    """Asks for a typed line, with all its problems above the line."""

    def __init__(self, prompt: Prompt, words: Words) -> None:
        self.prompt = prompt
        self.words = words
        self.message = ""
        self.insisted = not prompt.insist
        self.before = prompt.before if isinstance(prompt.before, str) else ""
        self.untouched = bool(self.before)

    def ask(self) -> object:
        """Return the typed text or a Signal. The line begins with the earlier reply, which typing replaces."""
        typed: object = self.before
        while True:
            typed = self._question(str(typed)).unsafe_ask()
            if isinstance(typed, Signal):
                return typed
            reply = self.read(str(typed).strip())
            if reply is not None:
                return reply
            self.untouched = False

    def _question(self, typed: str) -> questionary.Question:
        complete = _Suggestions(self.prompt.complete) if self.prompt.complete else None
        # In a low window prompt_toolkit would cut the question to make room for suggestions.
        rows = max(1, min(_SUGGESTED, window().rows - self._message().count("\n")))
        question = _line(
            self._message, "›", self._keys(), default=typed, completer=complete, reserve_space_for_menu=rows
        )
        question.application.current_buffer.on_cursor_position_changed.add_handler(self._touched)
        return question

    def _message(self) -> str:
        """Return question, hint and problems; the input follows on a line of its own."""
        _ = self.words.gettext
        hint = _("Enter or 0 = not known · Esc = back") if self.prompt.skippable else _("Esc = back")
        lines = [self.prompt.text, *([f"  {self.prompt.why}"] if self.prompt.why else []), f"  {hint}"]
        lines += [f"  {line}" for line in self.message.splitlines()]
        return "\n".join(wrapped(line) for line in lines) + "\n>"

    def _keys(self) -> KeyBindings:
        bindings = KeyBindings()

        @bindings.add("escape", eager=True)
        def _(event: KeyPressEvent) -> None:
            event.app.exit(result=Signal.BACK)

        # The first letter replaces the earlier reply, as in a browser's address bar.
        @bindings.add(Keys.Any, filter=Condition(lambda: self.untouched))
        def _(event: KeyPressEvent) -> None:
            event.current_buffer.document = Document(event.data)

        return bindings

    def _touched(self, buffer: Buffer) -> None:
        """Any movement or edit means that the earlier reply is to be edited, not replaced."""
        self.untouched = self.untouched and buffer.text == self.before and buffer.cursor_position == len(self.before)

    def read(self, typed: str) -> object:
        """Return the reply to a typed line; None if it cannot be read, and `message` says why."""
        self.message = ""
        if mark := self.prompt.mark(typed):
            return mark
        if not typed or (typed == UNKNOWN_KEY and self.prompt.skippable):
            if self.prompt.skippable and self.insisted:
                return Signal.SKIP
            self.message = (
                self.prompt.insist if self.prompt.skippable else self.words.gettext("Please answer this question.")
            )
            self.insisted = True
            return None
        self.message = self.prompt.problem(typed, self.words)
        return None if self.message else typed


def _line(message: Callable[[], str], sign: str, keys: KeyBindings, **settings: Any) -> questionary.Question:
    """Return a question for a typed line, cleared once answered; `message` is called anew for every drawing."""
    # Otherwise Ctrl-Z, which undoes in other programs, is typed as a control character.
    keys.add("c-z")(lambda _event: None)
    question = questionary.text(
        _Drawn(message), qmark=sign, style=STYLE, key_bindings=keys, erase_when_done=True, **settings
    )
    question.application.ttimeoutlen = ESCAPE_WAIT
    return question


class _Drawn(str):
    """A message that fits the window after a resize: questionary formats it into the line at every redraw."""

    def __new__(cls, make: Callable[[], str]) -> _Drawn:
        drawn = super().__new__(cls, make())
        drawn.make = make
        return drawn

    make: Callable[[], str]

    def __format__(self, spec: str) -> str:
        return self.make()


class _Suggestions(Completer):
    """Completes a whole line with what a function returns for the text typed so far."""

    def __init__(self, complete: Callable[[str], list[str]]) -> None:
        self.complete = complete

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        typed = document.text
        if typed.strip():
            for match in self.complete(typed):
                yield Completion(match, start_position=-len(typed))
