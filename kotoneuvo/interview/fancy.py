"""Questions on a capable terminal (questionary): one question a screen, with the answers so far above it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import questionary
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.shortcuts import clear

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.interview.choice import ESCAPE_WAIT, STYLE, Choice, wrapped
from kotoneuvo.interview.prompt import BACK_MARK, Prompt, Signal, in_talk
from kotoneuvo.words import Words


class FancyPrompter:
    """Asks in the terminal's window; `write` prints words above the question."""

    def __init__(self, words: Words, write: Callable[[str], None]) -> None:
        self.words = words
        self.write = write
        self._page = False
        self._waiting: list[str] = []

    def ask(self, prompt: Prompt) -> object:
        """Ask once; what is typed is checked before it is accepted.

        A question stands at the top of an empty window, so that no withdrawn answer stays in sight; only under a page
        that was just shown nothing is cleared.
        """
        if not self._page:
            clear()
            for line in (*prompt.above, *self._waiting):
                self.write(line)
            self._waiting = []
        self._page = False
        if prompt.kind == "text":
            return TextQuestion(prompt, self.words).ask()
        return Choice(prompt, self.words).question().unsafe_ask()

    def say(self, text: str) -> None:
        """Show some words above the next question."""
        if self._page:
            self.write(text)
        else:
            self._waiting.append(text)

    def echo(self, text: str) -> None:
        """Nothing: the answers stand over the next question."""

    def page(self) -> None:
        """What is printed from now on is a page of its own, and stays until the question under it is answered."""
        clear()
        self._page = True
        for line in self._waiting:
            self.write(line)
        self._waiting = []

    def clear(self) -> None:
        """Empty the screen and what has scrolled off it."""
        clear()
        self._waiting = []
        print("\x1b[3J", end="", flush=True)  # noqa: T201  (the terminal's scrollback; prompt_toolkit leaves it)


class TextQuestion:
    """One typed line, with what is wrong with it in full above the line."""

    def __init__(self, prompt: Prompt, words: Words) -> None:
        self.prompt = prompt
        self.words = words
        self.said = ""
        self.insisted = not prompt.insist
        self.before = prompt.before if isinstance(prompt.before, str) else ""
        self.untouched = bool(self.before)

    def ask(self) -> object:
        """The typed text, or a Signal. The earlier reply stands there: Enter keeps it, the first letter replaces it."""
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
        question = questionary.text(
            self._message(),
            default=typed,
            qmark="›",
            style=STYLE,
            completer=_Suggestions(self.prompt.complete) if self.prompt.complete else None,
            complete_while_typing=True,
            key_bindings=self._keys(),
            erase_when_done=True,
        )
        question.application.ttimeoutlen = ESCAPE_WAIT
        question.application.current_buffer.on_cursor_position_changed.add_handler(self._touched)
        return question

    def _message(self) -> str:
        """Question, hint and what was wrong, in lines; the input follows on a line of its own."""
        _ = self.words.gettext
        hint = _("Enter = not known; Esc = back") if self.prompt.skippable else _("Esc = back")
        lines = [self.prompt.text, *([f"  {self.prompt.why}"] if self.prompt.why else []), f"  {hint}"]
        lines += [f"  {line}" for line in self.said.splitlines()]
        return "\n".join(wrapped(line) for line in lines) + "\n>"

    def _keys(self) -> KeyBindings:
        bindings = KeyBindings()

        @bindings.add("escape", eager=True)
        def _(event: KeyPressEvent) -> None:
            event.app.exit(result=Signal.BACK)

        @bindings.add(Keys.Any, filter=Condition(lambda: self.untouched))
        def _(event: KeyPressEvent) -> None:
            event.current_buffer.document = Document(event.data)

        return bindings

    def _touched(self, buffer: Buffer) -> None:
        """Any key that moves or edits ends the replacing."""
        self.untouched = self.untouched and buffer.text == self.before and buffer.cursor_position == len(self.before)

    def read(self, typed: str) -> object:
        """The reply to a typed line; None where it cannot be read, and why is said."""
        self.said = ""
        if typed == BACK_MARK:
            return Signal.BACK
        if not typed:
            if self.prompt.skippable and self.insisted:
                return Signal.SKIP
            self.said = self.prompt.insist if self.prompt.skippable else self.words.gettext("An answer is needed here.")
            self.insisted = True
            return None
        try:
            if self.prompt.read is not None:
                self.prompt.read(typed)
        except InputProblems as error:
            self.said = in_talk(error.problems[0], self.words)
            return None
        return typed


class _Suggestions(Completer):
    """Completes a whole line from a function of what was typed so far."""

    def __init__(self, complete: Callable[[str], list[str]]) -> None:
        self.complete = complete

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        typed = document.text
        if typed.strip():
            for match in self.complete(typed):
                yield Completion(match, start_position=-len(typed))
