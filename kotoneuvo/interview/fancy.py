"""Questions on a capable terminal (questionary): arrow keys, filtering as one types, Escape for one step back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import questionary
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.shortcuts import clear
from prompt_toolkit.validation import ValidationError, Validator

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.interview.prompt import BACK_MARK, Prompt, Signal
from kotoneuvo.words import Words

_ESCAPE_WAIT = 0.05
"""Seconds to tell the Escape key from the start of an arrow key."""
_LONG = 14
"""Longer lists can be filtered by typing."""
_STYLE = questionary.Style(
    [
        ("qmark", "fg:ansicyan bold"),
        ("question", "bold"),
        ("instruction", "fg:ansibrightblack"),
        ("answer", "fg:ansicyan"),
    ]
)


_LOOK: dict[str, Any] = {"style": _STYLE, "qmark": "›", "erase_when_done": True}
"""A question leaves the screen once it is answered; the interview writes the answer in a line instead."""


class FancyPrompter:
    """Asks with questionary; `write` prints words between the questions."""

    def __init__(self, words: Words, write: Callable[[str], None]) -> None:
        self.words = words
        self.write = write

    def ask(self, prompt: Prompt) -> object:
        """Ask once; what is typed is checked before it is accepted."""
        if prompt.why:
            self.write(prompt.why)
        question = {"one": self._select, "several": self._checkbox, "text": self._text}[prompt.kind](prompt)
        _escape_goes_back(question)
        reply = question.unsafe_ask()
        if isinstance(reply, Signal):
            return reply
        if prompt.kind == "text":
            return self._typed(prompt, str(reply).strip())
        if prompt.kind == "several":
            return [prompt.options[place].value for place in reply] or Signal.SKIP
        return prompt.options[reply].value

    def say(self, text: str) -> None:
        """Show some words."""
        self.write(text)

    def clear(self) -> None:
        """Empty the screen and what has scrolled off it."""
        clear()
        print("\x1b[3J", end="", flush=True)  # noqa: T201  (the terminal's scrollback; prompt_toolkit leaves it)

    def _message(self, prompt: Prompt) -> str:
        return f"{prompt.text} ({prompt.progress})" if prompt.progress else prompt.text

    # A choice's value is its place: questionary would take a value of None for its label.
    def _select(self, prompt: Prompt) -> questionary.Question:
        _ = self.words.gettext
        choices = [questionary.Choice(option.label, value=place) for place, option in enumerate(prompt.options)]
        if prompt.skippable:
            choices.append(questionary.Choice(_("not known, skip"), value=Signal.SKIP))
            choices.append(questionary.Choice(_("← back"), value=Signal.BACK))
        long = len(choices) > _LONG
        hint = _("(type to filter; arrows and Enter; Esc = back)") if long else _("(arrows and Enter; Esc = back)")
        return questionary.select(
            self._message(prompt), choices, instruction=hint, use_search_filter=long, use_jk_keys=False, **_LOOK
        )

    def _checkbox(self, prompt: Prompt) -> questionary.Question:
        _ = self.words.gettext
        choices = [
            questionary.Choice(option.label, value=place, checked=option.value in prompt.chosen)
            for place, option in enumerate(prompt.options)
        ]
        hint = _("(Space chooses, Enter goes on; Esc = back)")
        return questionary.checkbox(self._message(prompt), choices, instruction=hint, **_LOOK)

    def _text(self, prompt: Prompt) -> questionary.Question:
        _ = self.words.gettext
        return questionary.text(
            self._message(prompt),
            instruction=_("(Enter = skip; Esc = back)") + " ",
            validate=_Reads(prompt, self.words),
            completer=_Suggestions(prompt.complete) if prompt.complete else None,
            complete_while_typing=True,
            **_LOOK,
        )

    def _typed(self, prompt: Prompt, typed: str) -> object:
        if not typed:
            return Signal.SKIP
        if typed == BACK_MARK:
            return Signal.BACK
        assert prompt.read is not None
        return prompt.read(typed)


class _Suggestions(Completer):
    """Completes a whole line from a function of what was typed so far."""

    def __init__(self, complete: Callable[[str], list[str]]) -> None:
        self.complete = complete

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        typed = document.text
        if typed.strip():
            for match in self.complete(typed):
                yield Completion(match, start_position=-len(typed))


class _Reads(Validator):
    """Accepts what the prompt can read; says what is wrong with the rest."""

    def __init__(self, prompt: Prompt, words: Words) -> None:
        self.prompt = prompt
        self.words = words

    def validate(self, document: Document) -> None:
        typed = document.text.strip()
        if not typed:
            if self.prompt.skippable:
                return
            raise ValidationError(message=self.words.gettext("An answer is needed here."))
        if typed == BACK_MARK:
            return
        assert self.prompt.read is not None
        try:
            self.prompt.read(typed)
        except InputProblems as error:
            said = self.words.problem(error.problems[0])
            raise ValidationError(message=" ".join(said.split()), cursor_position=len(document.text)) from None


def _escape_goes_back(question: questionary.Question) -> None:
    """Escape ends the question with "back"; the short wait keeps the arrow keys apart from it."""
    bindings = KeyBindings()

    @bindings.add("escape", eager=True)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=Signal.BACK)

    application = question.application
    own = application.key_bindings
    application.key_bindings = merge_key_bindings([own, bindings] if own else [bindings])
    application.ttimeoutlen = _ESCAPE_WAIT
