"""Lists on a capable terminal, through a real pipe of keys: nothing is recorded that was not chosen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.interview.choice import Choice
from kotoneuvo.interview.fancy import TextQuestion
from kotoneuvo.interview.prompt import Option, Prompt, Signal
from kotoneuvo.words import Words

WORDS = Words("en")
ENTER, ESCAPE, BACKSPACE, DOWN = "\r", "\x1b", "\x7f", "\x1b[B"
GROUNDS = ("Perheside", "Työ", "Yrittäjä", "Tilapäinen suojelu", "Pysyvä oleskelulupa", "Öljyala", "Åland")


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


def choose(keys: PipeInput, prompt: Prompt, typed: str) -> object:
    keys.send_text(typed)
    return Choice(prompt, WORDS).ask()


def grounds(**more: object) -> Prompt:
    return Prompt("Ground?", "one", tuple(Option(name, name) for name in GROUNDS), **more)  # type: ignore[arg-type]


def several(**more: object) -> Prompt:
    options = (*(Option(name, name) for name in ("work", "language", "money")), Option("none", "none", alone=True))
    return Prompt("What?", "several", options, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("yrittäjä", "Yrittäjä"), ("yrittaja", "Yrittäjä"), ("ÖLJY", "Öljyala"), ("ål", "Åland"),
        ("tilapäinen s", "Tilapäinen suojelu"),
        ("3", "Yrittäjä"), ("zz" + BACKSPACE * 2 + "pysyvä", "Pysyvä oleskelulupa"), ("0", Signal.SKIP), (DOWN, "Työ"),
    ],
)  # fmt: skip
def test_any_letter_filters_and_digits_jump(keys: PipeInput, typed: str, chosen: object) -> None:
    assert choose(keys, grounds(), typed + ENTER) == chosen


@pytest.mark.parametrize("typed", ["zzz", "eläk", "тимчасовий", "§", "yrittäjäx", "8"])
def test_enter_takes_nothing_where_nothing_matches(keys: PipeInput, typed: str) -> None:
    """Enter is refused with a word; the next keys still count. A digit without a line says so and changes nothing."""
    choice = Choice(grounds(before="Työ"), WORDS)
    for letter in typed:
        choice.type(letter)
    if typed == "8":
        assert choice.message == "There is no line 8."
        assert choice.enter() == "Työ"
    else:
        assert choice.shown() == []
        assert choice.enter() is None
        assert typed in choice.message
        assert choose(keys, grounds(), typed + ENTER + ENTER + ESCAPE) is Signal.BACK


def test_the_earlier_answer_is_chosen_already(keys: PipeInput) -> None:
    assert choose(keys, grounds(before="Öljyala"), ENTER) == "Öljyala"
    assert choose(keys, several(before=["money", "work"]), ENTER) == ["money", "work"]


def test_enter_on_nothing_ticked_takes_the_line_under_the_cursor(keys: PipeInput) -> None:
    assert choose(keys, several(), ENTER) == ["work"]
    assert choose(keys, several(), DOWN + ENTER) == ["language"]


def test_ticks_keep_their_order_and_can_be_taken_back(keys: PipeInput) -> None:
    assert choose(keys, several(ranked=True), "31" + ENTER) == ["money", "work"]
    assert choose(keys, several(ranked=True), "3213" + ENTER) == ["language", "work"]
    assert choose(keys, several(ranked=True), "mon" + ENTER + "1" + ENTER) == ["money", "work"]


def test_what_stands_alone_excludes_the_others(keys: PipeInput) -> None:
    """ "No children" with a child of three is no answer."""
    assert choose(keys, several(), "12" + "4" + ENTER) == ["none"]
    assert choose(keys, several(), "4" + "1" + ENTER) == ["work"]
    assert choose(keys, several(), "10" + ENTER) is Signal.SKIP


def test_a_skip_that_costs_much_is_asked_once_more(keys: PipeInput) -> None:
    assert choose(keys, several(insist="Sure?"), "0" + ENTER + "1" + ENTER) == ["work"]
    assert choose(keys, several(insist="Sure?"), "0" + ENTER + ENTER) is Signal.SKIP


def test_letters_that_are_keys_jump_and_others_are_refused(keys: PipeInput) -> None:
    menu = Prompt("Next?", "one", (Option("path", "Pathway", "p"), Option("quit", "Quit", "q")), skippable=False)
    assert choose(keys, menu, "q" + ENTER) == "quit"
    choice = Choice(menu, WORDS)
    choice.type("z")
    assert "“z”" in choice.message
    assert choice.enter() == "path"


@pytest.mark.parametrize(
    ("typed", "reply"),
    [(ENTER, "Oulu"), ("Vaasa" + ENTER, "Vaasa"),
     ("\x1aVaasa" + ENTER, "Vaasa"), (BACKSPACE + "n" + ENTER, "Ouln"), (BACKSPACE * 4 + ENTER, Signal.SKIP)],
)  # fmt: skip
def test_typed_text_stands_there_again(keys: PipeInput, typed: str, reply: object) -> None:
    """Enter keeps it, the first letter replaces it, Backspace edits it, an empty line takes it back."""
    keys.send_text(typed)
    assert TextQuestion(Prompt("Town?", "text", before="Oulu"), WORDS).ask() == reply


def test_enter_alone_gives_nobody_a_language(keys: PipeInput) -> None:
    """A wrong line would print a paper that the client cannot read: "not known" is on top; ticks keep their places."""
    assert choose(keys, several(unknown_first=True), ENTER) is Signal.SKIP
    assert choose(keys, several(unknown_first=True), "2" + ENTER) == ["language"]
    assert choose(keys, several(unknown_first=True, before=["money"], ranked=True), "1" + ENTER) == ["money", "work"]


def test_nought_is_not_known_in_typed_questions_too(keys: PipeInput) -> None:
    """As in every list: nobody becomes a newborn by a habit."""
    keys.send_text("0" + ENTER)
    assert TextQuestion(Prompt("How old?", "text", before="34"), WORDS).ask() is Signal.SKIP


def test_every_long_list_of_the_catalogue_filters_by_its_own_words(catalogue: Catalogue) -> None:
    """Each status typed in full, in each language, leaves its own line under the cursor."""
    for language in ("fi", "sv", "en"):
        words = Words(language)
        names = catalogue.facts["status"].names
        prompt = Prompt("?", "one", tuple(Option(value, words.pick(text)) for value, text in names.items()))
        for text in names.values():
            choice = Choice(prompt, words)
            for letter in words.pick(text):
                choice.type(letter)
            assert choice.cursor is not None
            assert choice.lines[choice.cursor].label == words.pick(text)
