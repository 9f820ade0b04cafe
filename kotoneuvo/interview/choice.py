"""Choosing from a list on a capable terminal (questionary): digits jump, letters filter, ticks keep their order."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass

import questionary
from prompt_toolkit.application import Application, get_app
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, Window
from questionary.prompts.common import InquirerControl, create_inquirer_layout

from kotoneuvo.advice.facts import fold
from kotoneuvo.interview.prompt import TOLD_MARK, UNKNOWN_KEY, Option, Prompt, Signal
from kotoneuvo.words import Words

ESCAPE_WAIT = 0.05
"""Seconds to tell the Escape key from the start of an arrow key."""
STYLE = questionary.Style(
    [
        ("question", "bold"),
        ("instruction", "fg:ansibrightblack"),
        ("highlighted", "fg:ansicyan bold"),
        ("error", "fg:ansiyellow"),
    ]
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
    """The options with their keys: their own letters, else digits for the first nine; and what means "not known"."""
    lines = [
        Line(option, option.key or (_DIGITS[place] if place < len(_DIGITS) else ""))
        for place, option in enumerate(prompt.options)
    ]
    if prompt.skippable:
        unknown = Line(Option(Signal.SKIP, words.gettext("not known"), alone=True), UNKNOWN_KEY)
        lines.insert(0 if prompt.unknown_first else len(lines), unknown)
    return lines


def wrapped(text: str) -> str:
    """Words broken between words: the library cuts what stands before an input at the edge of the window."""
    width = max(get_app().output.get_size().columns - 1, 10)
    return "\n".join(textwrap.wrap(text, width, subsequent_indent="  "))


def _label(option: Option) -> str:
    return f"{option.label} ({option.closed})" if option.closed else option.label


class Choice(InquirerControl):
    """questionary's list with the rules of a desk: any letter filters, no match chooses nothing, ticks have a rank.

    Its own filter takes ASCII only and shows the whole list where nothing matches; its ticks have no order.
    """

    def __init__(self, prompt: Prompt, words: Words) -> None:
        self.prompt = prompt
        self.words = words
        self.lines = lines_of(prompt, words)
        self.several = prompt.kind == "several"
        self.by_letter = all(option.key.isalpha() for option in prompt.options)
        self.said = ""
        self.insisted = not prompt.insist
        # A choice's value is its place: questionary would take a value of None for its label.
        choices = [questionary.Choice(line.option.label, value=place) for place, line in enumerate(self.lines)]
        above = int(prompt.unknown_first and prompt.skippable)
        ticked = [place + above for place in prompt.ticked]
        start = choices[next(iter(ticked), 0)]
        super().__init__(choices, initial_choice=start, show_description=False, focusable=True, show_cursor=False)
        self.selected_options = ticked if self.several else []

    @property
    def typed(self) -> str:
        """The letters of the filter."""
        return self.search_filter or ""

    @property
    def filtered_choices(self) -> list[questionary.Choice]:
        """The lines that hold what was typed; accents and case do not count, as in the list of towns."""
        wanted, folded = self.typed.casefold().strip(), fold(self.typed)
        return [
            choice
            for choice, line in zip(self.choices, self.lines, strict=True)
            if (folded in fold(line.option.label) if folded else wanted in line.option.label.casefold())
        ]

    def shown(self) -> list[int]:
        """The places of the lines that are shown."""
        return [int(choice.value or 0) for choice in self.filtered_choices]

    @property
    def cursor(self) -> int | None:
        """The place of the line under the cursor; None where no line is shown."""
        shown = self.shown()
        return shown[self.pointed_at] if shown else None

    def type(self, text: str) -> None:
        """A character: the key of a line, or one more letter of the filter."""
        self.said = ""
        keys = {line.key: place for place, line in enumerate(self.lines) if line.key}
        if not self.typed and text in keys:
            self.pointed_at = keys[text]
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
        last = self.choice_count - 1
        if last >= 0:
            place = self.pointed_at + by
            self.pointed_at = place % (last + 1) if abs(by) == 1 else max(0, min(place, last))

    def tick(self) -> None:
        """Tick the line under the cursor, or take its tick away; one that stands alone takes the others away."""
        place, ticked = self.cursor, self.selected_options
        if place is None:
            return
        if place in ticked:
            self.selected_options = [other for other in ticked if other != place]
        elif self.lines[place].option.alone:
            self.selected_options = [place]
        else:
            self.selected_options = [*(other for other in ticked if not self.lines[other].option.alone), place]
        self.search_filter, self.pointed_at = None, place

    def enter(self) -> object:
        """The reply, or None while there is none yet (the reason is said): no option has the value None."""
        self.said = ""
        if self.cursor is None:
            said = self.words.gettext("Nothing matches “{typed}”. Delete characters with Backspace.")
            self.said = said.format(typed=self.typed)
            return None
        if self.several and self.typed:
            self.tick()  # Enter on a filtered line means that line; a second Enter goes on
            return None
        chosen = self.selected_options or [self.cursor]
        closed = [self.lines[place].option.closed for place in chosen if self.lines[place].option.closed]
        if closed:
            self.said = closed[0]
            return None
        values = [self.lines[place].option.value for place in chosen]
        if Signal.SKIP in values:
            if not self.insisted:
                self.insisted, self.said = True, self.prompt.insist
                return None
            return Signal.SKIP
        return values if self.several else values[0]

    def question(self) -> questionary.Question:
        """The list as a question that leaves the screen once it is answered."""
        layout = create_inquirer_layout(self, self._head)
        foot = Window(FormattedTextControl(self._foot), wrap_lines=True, dont_extend_height=True)
        application: Application[object] = Application(
            Layout(HSplit([layout.container, foot]), focused_element=foot),
            key_bindings=self._keys(),
            style=STYLE,
            erase_when_done=True,
        )
        application.ttimeoutlen = ESCAPE_WAIT
        return questionary.Question(application)

    def _filter(self, typed: str) -> None:
        self.search_filter = typed or None
        shown = self.shown()
        labels = [fold(self.lines[place].option.label) for place in shown]
        starting = [place for place, label in enumerate(labels) if label.startswith(fold(typed))]
        self.pointed_at = next(iter(starting), 0)

    def _head(self) -> list[tuple[str, str]]:
        # Inside the application, so that a list as long as the window does not push them off.
        parts = [("", wrapped(line) + "\n") for line in self.prompt.above]
        parts.append(("class:question", wrapped(f"› {self.prompt.text}")))
        if self.prompt.why:
            parts.append(("class:instruction", "\n" + wrapped(f"  {self.prompt.why}")))
        return parts

    def _get_choice_tokens(self) -> StyleAndTextTuples:
        parts: StyleAndTextTuples = []
        for place in self.shown():
            line, here = self.lines[place], place == self.cursor
            if here:
                parts.append(("[SetCursorPosition]", ""))
            box = f"[{self._rank(place)}] " if self.several else ""
            style = "class:highlighted" if here else "class:instruction" if line.option.closed else ""
            end = "\n" if place != self.shown()[-1] else ""
            parts.append((style, f"{'»' if here else ' '} {line.key or ' '} {box}{_label(line.option)}{end}"))
        return parts

    def _rank(self, place: int) -> str:
        if place not in self.selected_options:
            return " "
        return str(self.selected_options.index(place) + 1) if self.prompt.ranked else "x"

    def get_search_string_tokens(self) -> None:
        """Nothing above the hint: the filter stands in the foot."""

    def _foot(self) -> StyleAndTextTuples:
        _ = self.words.gettext
        parts: StyleAndTextTuples = []
        if self.typed:
            parts.append(("class:highlighted", f"  / {self.typed}\n"))
        if self.prompt.ranked and self.selected_options:
            named = " · ".join(
                f"{rank} {self.lines[place].option.label}" for rank, place in enumerate(self.selected_options, 1)
            )
            parts.append(("", "  " + _("Order: {goals}").format(goals=named) + "\n"))
        if self.said:
            parts.append(("class:error", f"  {self.said}\n"))
        hint = _("number or Space = tick · letters = filter · Enter = done · Esc = back")
        if not self.several:
            hint = _("number or arrows · letters = filter · Enter · Esc = back")
            if self.by_letter:
                hint = _("letter or arrows · Enter · Esc = back")
        parts.append(("class:instruction", f"  {hint}"))
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
        on(lambda event: event.app.exit(exception=KeyboardInterrupt), "c-c")
        on(self._entered, "enter")
        on(self._pressed, Keys.Any, Keys.BracketedPaste)
        return bindings

    def _entered(self, event: KeyPressEvent) -> None:
        reply = self.enter()
        if reply is not None:
            event.app.exit(result=reply)

    def _pressed(self, event: KeyPressEvent) -> None:
        if event.data == TOLD_MARK and self.prompt.hears:
            event.app.exit(result=Signal.TOLD)
            return
        for character in event.data:
            if character == " " and self.several:
                self.tick()
            elif character.isprintable():
                self.type(character)
