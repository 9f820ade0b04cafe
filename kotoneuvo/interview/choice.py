"""Lists on a capable terminal: digits jump to a line, letters filter, ticks keep their order."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import replace

from prompt_toolkit.application import Application, get_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples, fragment_list_to_text
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, ScrollOffsets, Window
from prompt_toolkit.layout.margins import ConditionalMargin, ScrollbarMargin
from prompt_toolkit.styles import Style

from kotoneuvo.advice.facts import fold
from kotoneuvo.interview.prompt import TOLD_MARK, UNKNOWN_KEY, Option, Prompt, Signal
from kotoneuvo.words import Words

ESCAPE_WAIT = 0.05
"""Seconds to wait after an escape character: the codes of arrow keys begin with it too."""
STYLE = Style(
    [
        ("question", "bold"),
        ("instruction", "fg:ansibrightblack"),
        ("highlighted", "fg:ansicyan bold"),
        ("error", "fg:ansiyellow"),
    ]
)
_DIGITS = "123456789"
_PAGE = 10
"""How many lines Page Up and Page Down move."""
_ROWS_BELOW = 2
"""Rows that stay in sight below the one with the cursor."""


def lines_of(prompt: Prompt, words: Words) -> list[Option]:
    """Return the options with their keys (their own letters, else digits for the first nine), and "not known"."""
    lines = [
        replace(option, key=option.key or _DIGITS[place : place + 1]) for place, option in enumerate(prompt.options)
    ]
    if prompt.skippable:
        unknown = Option(Signal.SKIP, words.gettext("not known"), UNKNOWN_KEY, alone=True)
        lines.insert(0 if prompt.unknown_first else len(lines), unknown)
    return lines


def window() -> Size:
    """Return the columns and rows of the window now; called for every drawing, it follows a resize."""
    return get_app_session().output.get_size()


def wrapped(text: str, indent: int = 2) -> str:
    """Wrap a text between words, which prompt_toolkit does not do, and indent all lines but the first."""
    return "\n".join(textwrap.wrap(text, max(window().columns - 1, 10), subsequent_indent=" " * indent))


class Choice:
    """A list in which any letter filters, a filter without a match chooses nothing, and ticks have a rank.

    questionary's own list is not used: its filter takes ASCII only and shows the whole list if nothing matches, its
    ticks have no order, and it makes two further prompts for every list, which took most of the time of a question.
    """

    def __init__(self, prompt: Prompt, words: Words) -> None:
        self.prompt = prompt
        self.words = words
        self.lines = lines_of(prompt, words)
        self.several = prompt.kind == "several"
        # A list whose keys are letters has no filter: a mistyped letter must not choose something else.
        self.by_letter = all(option.key.isalpha() for option in prompt.options)
        self.typed = ""
        """The text of the filter."""
        self.message = ""
        self.insisted = not prompt.insist
        above = int(prompt.unknown_first and prompt.skippable)
        before = [place + above for place in prompt.ticked]
        self.ticked = before if self.several else []
        self.cursor: int | None = next(iter(before), 0)
        """The index of the line under the cursor; None if no line is shown."""

    def shown(self) -> list[int]:
        """Return the indexes of the lines that contain what was typed, whatever its accents and case."""
        wanted, folded = self.typed.casefold().strip(), fold(self.typed)
        labels = [line.label for line in self.lines]
        # Punctuation folds to "", which is in every label, so it is looked for as it is.
        return [
            place
            for place, label in enumerate(labels)
            if (folded in fold(label) if folded else wanted in label.casefold())
        ]

    def type(self, text: str) -> None:
        """Take a character as the key of a line, or as the next letter of the filter."""
        self.message = ""
        keys = {line.key: place for place, line in enumerate(self.lines) if line.key}
        if not self.typed and text in keys:
            self.cursor = keys[text]
            if self.several:
                self.tick()
        elif text.isdigit() and not self.typed:
            self.message = self.words.gettext("There is no line {number}.").format(number=text)
        elif self.by_letter:
            self.message = self.words.gettext("“{key}” is not a key here.").format(key=text)
        else:
            self._filter(self.typed + text)

    def erase(self) -> None:
        """Delete the last letter of the filter."""
        self.message = ""
        self._filter(self.typed[:-1])

    def move(self, by: int) -> None:
        """Move up or down among the shown lines; only single steps go from the end back to the start."""
        self.message = ""
        shown = self.shown()
        if self.cursor is not None:
            place = shown.index(self.cursor) + by
            self.cursor = shown[place % len(shown) if abs(by) == 1 else max(0, min(place, len(shown) - 1))]

    def tick(self) -> None:
        """Tick the line under the cursor, or untick it; an option that stands `alone` unticks all others."""
        place = self.cursor
        if place is None:
            return
        if place in self.ticked:
            self.ticked = [other for other in self.ticked if other != place]
        elif self.lines[place].alone:
            self.ticked = [place]
        else:
            self.ticked = [*(other for other in self.ticked if not self.lines[other].alone), place]
        self.typed = ""

    def enter(self) -> object:
        """Return the reply; None, which no option has as its value, if there is none yet, and `message` says why."""
        self.message = ""
        if self.cursor is None:
            text = self.words.gettext("Nothing matches “{typed}”. Delete characters with Backspace.")
            self.message = text.format(typed=self.typed)
            return None
        if self.several and self.typed:
            self.tick()  # the first Enter ticks the line that was filtered for, the second one replies
            return None
        chosen = [self.lines[place] for place in self.ticked or [self.cursor]]
        self.message = next((option.closed for option in chosen if option.closed), "")
        if self.message:
            return None
        values = [option.value for option in chosen]
        if Signal.SKIP not in values:
            return values if self.several else values[0]
        if self.insisted:
            return Signal.SKIP
        self.insisted, self.message = True, self.prompt.insist
        return None

    def ask(self) -> object:
        """Let a person choose, and return the value, the list of values or a Signal; then clear the list."""
        # Only beside a list longer than the window, so that nobody takes what they see for the whole list.
        more_lines = ConditionalMargin(ScrollbarMargin(display_arrows=True), Condition(self._cut))
        # The question is part of the application, so that a long list cannot push it off the window.
        parts = [
            Window(FormattedTextControl(self._head), wrap_lines=True, dont_extend_height=True),
            Window(
                FormattedTextControl(self._list),
                dont_extend_height=True,
                right_margins=[more_lines],
                # The cursor is at the beginning of a line, which may have several rows in a narrow window.
                scroll_offsets=ScrollOffsets(bottom=_ROWS_BELOW),
            ),
            Window(FormattedTextControl(self._foot), wrap_lines=True, dont_extend_height=True),
        ]
        application: Application[object] = Application(
            Layout(HSplit(parts), focused_element=parts[-1]),
            key_bindings=self._keys(),
            style=STYLE,
            erase_when_done=True,
        )
        application.ttimeoutlen = ESCAPE_WAIT
        return application.run()

    def _cut(self) -> bool:
        """Whether the list, with the question above and the hint below, is too long for the window."""
        rows = sum(fragment_list_to_text(part()).count("\n") + 1 for part in (self._head, self._list, self._foot))
        return rows > window().rows

    def _filter(self, typed: str) -> None:
        self.typed = typed
        shown = self.shown()
        starting = [place for place in shown if fold(self.lines[place].label).startswith(fold(typed))]
        self.cursor = next(iter(starting or shown), None)

    def _head(self) -> StyleAndTextTuples:
        parts: StyleAndTextTuples = [("", wrapped(line) + "\n") for line in self.prompt.above]
        parts.append(("class:question", wrapped(f"› {self.prompt.text}")))
        if self.prompt.why:
            parts.append(("class:instruction", "\n" + wrapped(f"  {self.prompt.why}")))
        return parts

    def _list(self) -> StyleAndTextTuples:
        parts: StyleAndTextTuples = []
        for place in self.shown():
            line, here = self.lines[place], place == self.cursor
            if here:
                parts.append(("[SetCursorPosition]", ""))  # prompt_toolkit scrolls the list to this mark
            box = f"[{self._rank(place)}] " if self.several else ""
            style = "class:highlighted" if here else "class:instruction" if line.closed else ""
            sign = f"{'»' if here else ' '} {line.key or ' '} {box}"
            parts.append((style, wrapped(sign + line.shown, len(sign))))
            parts.append(("", "\n"))
        return parts[:-1]

    def _rank(self, place: int) -> str:
        if place not in self.ticked:
            return " "
        # "Not known" has no rank.
        ranked = self.prompt.ranked and not self.lines[place].alone
        return str(self.ticked.index(place) + 1) if ranked else "x"

    def _foot(self) -> StyleAndTextTuples:
        _ = self.words.gettext
        parts: StyleAndTextTuples = []
        if self.typed:
            parts.append(("class:highlighted", f"  / {self.typed}\n"))
        if self.prompt.ranked and self.ticked and not self.lines[self.ticked[0]].alone:
            named = " · ".join(f"{rank} {self.lines[place].label}" for rank, place in enumerate(self.ticked, 1))
            parts.append(("", wrapped("  " + _("Order: {goals}").format(goals=named)) + "\n"))
        if self.message:
            parts.append(("class:error", wrapped(f"  {self.message}") + "\n"))
        hint = _("number or Space = tick · letters = filter · Enter = done · Esc = back")
        if not self.several:
            hint = _("number or arrows · letters = filter · Enter · Esc = back")
            if self.by_letter:
                hint = _("letter or arrows · Enter · Esc = back")
        parts.append(("class:instruction", wrapped(f"  {hint}")))
        return parts

    def _keys(self) -> KeyBindings:
        bindings = KeyBindings()

        def on(act: Callable[[KeyPressEvent], None], *keys: Keys | str) -> None:
            for key in keys:
                bindings.add(key, eager=key == "escape")(act)

        on(lambda event: self.move(-1), "up", "c-p")
        on(lambda event: self.move(1), "down", "c-n", "tab")
        on(lambda event: self.move(-_PAGE), "pageup")
        on(lambda event: self.move(_PAGE), "pagedown")
        on(lambda event: self.erase(), "backspace")
        on(lambda event: event.app.exit(result=Signal.BACK), "escape")
        # An application of one's own has no Ctrl-C unless it binds it.
        on(lambda event: event.app.exit(exception=KeyboardInterrupt), "c-c")
        on(self._entered, "enter")
        on(self._pressed, Keys.Any, Keys.BracketedPaste)
        return bindings

    def _entered(self, event: KeyPressEvent) -> None:
        reply = self.enter()
        if reply is not None:
            event.app.exit(result=reply)

    def _pressed(self, event: KeyPressEvent) -> None:
        if event.data == TOLD_MARK and self.prompt.takes_told:
            event.app.exit(result=Signal.TOLD)
            return
        for character in event.data:
            if character == " " and self.several:
                self.tick()
            elif character.isprintable():
                self.type(character)
