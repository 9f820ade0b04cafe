"""Choosing from a list on a capable terminal: digits jump, letters filter, ticks keep their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalMargin, FormattedTextControl, HSplit, Layout, ScrollbarMargin, Window
from prompt_toolkit.styles import Style

from kotoneuvo.advice.facts import fold
from kotoneuvo.interview.prompt import UNKNOWN_KEY, Option, Prompt, Signal
from kotoneuvo.words import Words

ESCAPE_WAIT = 0.05
"""Seconds to tell the Escape key from the start of an arrow key."""
STYLE = Style.from_dict(
    {
        "question": "bold",
        "quiet": "ansibrightblack",
        "current": "ansicyan bold",
        "error": "ansiyellow",
    }
)
_DIGITS = "123456789"
_PAGE = 10
"""Lines that Page Up and Page Down move."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list with its key."""

    option: Option
    key: str


def lines_of(prompt: Prompt, words: Words) -> list[Line]:
    """The options with their keys: their own letters, else digits for the first nine; last what means "not known"."""
    lines = [
        Line(option, option.key or (_DIGITS[place] if place < len(_DIGITS) else ""))
        for place, option in enumerate(prompt.options)
    ]
    if prompt.skippable:
        lines.append(Line(Option(Signal.SKIP, words.gettext("not known"), alone=True), UNKNOWN_KEY))
    return lines


class Choice:
    """The state of a list while one chooses: cursor, ticks in their order, letters typed to filter."""

    def __init__(self, prompt: Prompt, words: Words) -> None:
        self.prompt = prompt
        self.words = words
        self.lines = lines_of(prompt, words)
        self.several = prompt.kind == "several"
        self.by_letter = any(option.key.isalpha() for option in prompt.options)
        self.ticked = prompt.ticked if self.several else []
        self.cursor = next(iter(prompt.ticked), 0)
        self.typed = ""
        self.said = ""
        self.insisted = not prompt.insist

    def shown(self) -> list[int]:
        """The places of the lines that hold what was typed; accents and case do not count, as in the list of towns."""
        wanted, folded = self.typed.casefold().strip(), fold(self.typed)
        if not wanted:
            return list(range(len(self.lines)))
        labels = [line.option.label for line in self.lines]
        return [
            place
            for place, label in enumerate(labels)
            if (folded in fold(label) if folded else wanted in label.casefold())
        ]

    def type(self, text: str) -> None:
        """A character: the key of a line, or one more letter of the filter."""
        self.said = ""
        keys = {line.key: place for place, line in enumerate(self.lines) if line.key}
        if not self.typed and text in keys:
            self.cursor = keys[text]
            if self.several:
                self.tick()
        elif text.isdigit() and not self.typed:
            self.said = self.words.gettext("There is no line {number}.").format(number=text)
        elif self.by_letter:
            self.said = self.words.gettext("“{key}” is not a key here.").format(key=text)
        else:
            self._filter(self.typed + text)

    def erase(self) -> None:
        """Take back the last letter of the filter."""
        self.said = ""
        self._filter(self.typed[:-1])

    def move(self, by: int) -> None:
        """Up or down among the lines that are shown, from the end to the start again by single steps."""
        self.said = ""
        shown = self.shown()
        if shown:
            place = (shown.index(self.cursor) if self.cursor in shown else 0) + by
            self.cursor = shown[place % len(shown) if abs(by) == 1 else max(0, min(place, len(shown) - 1))]

    def tick(self) -> None:
        """Tick the line under the cursor, or take its tick away; one that stands alone takes the others away."""
        shown = self.shown()
        if self.cursor not in shown:
            return
        if self.cursor in self.ticked:
            self.ticked.remove(self.cursor)
        elif self.lines[self.cursor].option.alone:
            self.ticked = [self.cursor]
        else:
            self.ticked = [*(place for place in self.ticked if not self.lines[place].option.alone), self.cursor]
        self.typed = ""

    def enter(self) -> object:
        """The reply, or None while there is none yet (the reason is said): no option has the value None."""
        self.said = ""
        if self.cursor not in self.shown():
            said = self.words.gettext("Nothing matches “{typed}”. Take letters away with Backspace.")
            self.said = said.format(typed=self.typed)
            return None
        if self.several and self.typed:
            self.tick()  # Enter on a filtered line means that line; a second Enter goes on
            return None
        chosen = self.ticked or [self.cursor]
        values = [self.lines[place].option.value for place in chosen]
        if Signal.SKIP in values:
            if not self.insisted:
                self.insisted, self.said = True, self.prompt.insist
                return None
            return Signal.SKIP
        return values if self.several else values[0]

    def _filter(self, typed: str) -> None:
        self.typed = typed
        shown = self.shown()
        starting = [place for place in shown if fold(self.lines[place].option.label).startswith(fold(typed))]
        self.cursor = next(iter(starting or shown), self.cursor)


class ChoiceView:
    """A choice as a prompt_toolkit application that erases itself once it is answered."""

    def __init__(self, choice: Choice) -> None:
        self.choice = choice
        self.words = choice.words

    def application(self) -> Application[object]:
        """The application; its result is the reply."""
        fits = Condition(lambda: len(self.choice.shown()) <= get_app().output.get_size().rows - self._around())
        body = Window(
            FormattedTextControl(self._list, focusable=True, show_cursor=False),
            right_margins=[ConditionalMargin(ScrollbarMargin(display_arrows=True), ~fits)],
            always_hide_cursor=True,
        )
        return Application(
            Layout(HSplit([_text(self._head), body, _text(self._foot)])),
            key_bindings=self._keys(),
            style=STYLE,
            erase_when_done=True,
            full_screen=False,
        )

    def _around(self) -> int:
        """Lines of the screen that the list cannot have."""
        prompt = self.choice.prompt
        return len(prompt.above) + (2 if prompt.why else 1) + 3

    def _head(self) -> StyleAndTextTuples:
        prompt = self.choice.prompt
        parts: StyleAndTextTuples = [("class:question", f"› {prompt.text}")]
        if prompt.why:
            parts.append(("class:quiet", f"\n  {prompt.why}"))
        return parts

    def _list(self) -> StyleAndTextTuples:
        choice = self.choice
        parts: StyleAndTextTuples = []
        for place in choice.shown():
            line, here = choice.lines[place], place == choice.cursor
            if here:
                parts.append(("[SetCursorPosition]", ""))
            box = f"[{self._tick(place)}] " if choice.several else ""
            style = "class:current" if here else ""
            end = "\n" if place != choice.shown()[-1] else ""
            parts.append((style, f"{'»' if here else ' '} {line.key or ' '} {box}{line.option.label}{end}"))
        return parts

    def _tick(self, place: int) -> str:
        if place not in self.choice.ticked:
            return " "
        return str(self.choice.ticked.index(place) + 1) if self.choice.prompt.ranked else "x"

    def _foot(self) -> StyleAndTextTuples:
        _ = self.words.gettext
        choice = self.choice
        parts: StyleAndTextTuples = []
        if choice.typed:
            parts.append(("class:current", f"  / {choice.typed}\n"))
        if choice.prompt.ranked and choice.ticked:
            named = " · ".join(
                f"{rank} {choice.lines[place].option.label}" for rank, place in enumerate(choice.ticked, 1)
            )
            parts.append(("", "  " + _("Order: {goals}").format(goals=named) + "\n"))
        if choice.said:
            parts.append(("class:error", f"  {choice.said}\n"))
        hint = _("number or Space = tick · letters = filter · Enter = done · Esc = back")
        if not choice.several:
            hint = _("number or arrows · letters = filter · Enter · Esc = back")
            if choice.by_letter:
                hint = _("letter or arrows · Enter · Esc = back")
        parts.append(("class:quiet", f"  {hint}"))
        return parts

    def _keys(self) -> KeyBindings:
        bindings, choice = KeyBindings(), self.choice

        def on(act: Callable[[KeyPressEvent], None], *keys: Keys | str) -> None:
            for key in keys:
                bindings.add(key, eager=key == "escape")(act)

        on(lambda event: choice.move(-1), "up", "c-p")
        on(lambda event: choice.move(1), "down", "c-n", "tab")
        on(lambda event: choice.move(-_PAGE), "pageup")
        on(lambda event: choice.move(_PAGE), "pagedown")
        on(lambda event: choice.erase(), "backspace")
        on(lambda event: event.app.exit(result=Signal.BACK), "escape")
        on(lambda event: event.app.exit(exception=KeyboardInterrupt), "c-c")
        on(self._entered, "enter")
        on(self._typed, Keys.Any, Keys.BracketedPaste)
        return bindings

    def _entered(self, event: KeyPressEvent) -> None:
        reply = self.choice.enter()
        if reply is not None:
            event.app.exit(result=reply)

    def _typed(self, event: KeyPressEvent) -> None:
        for character in event.data:
            if character == " " and self.choice.several:
                self.choice.tick()
            elif character.isprintable():
                self.choice.type(character)


def _text(content: Callable[[], StyleAndTextTuples]) -> Window:
    """Words that take as many lines as they need."""
    return Window(FormattedTextControl(content), wrap_lines=True, dont_extend_height=True, always_hide_cursor=True)
