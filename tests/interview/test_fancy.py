"""The interview on a capable terminal: real keys, a real screen."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import CTRL_C, DOWN, ENTER, ESCAPE, UP, Terminal

from kotoneuvo.advice.service import Catalogue

pytestmark = pytest.mark.slow


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    run = Terminal("--as-of", "2026-11-24", folder=tmp_path)
    yield run
    run.leave()


def to_review(terminal: Terminal, municipality: str = "Vantaa") -> None:
    """Answer the opening questions and skip whatever follows."""
    terminal.until("In which municipality")
    terminal.press(municipality, ENTER)
    terminal.until("What does the person want")
    terminal.press(ENTER)
    for _ in range(30):
        terminal.until("Enter or 0 = not known", "number or arrows", "number or Space")
        terminal.settle()
        if "Are these right" in terminal.screen:
            return
        before = terminal.screen
        # In a list 0 is "not known"; at a line prompt Enter alone skips. Skips that cost much are asked twice.
        terminal.press(*(["0", ENTER] if " 0 " in terminal.screen else [ENTER]))
        terminal.until_changed(before)
    raise AssertionError(terminal.screen)


def command(terminal: Terminal, typed: str) -> None:
    """Type a command under the first steps, once they stand on the screen."""
    terminal.until("Enter = menu")
    terminal.press(typed, ENTER)


def test_municipality_is_filtered_by_both_names_as_one_types(terminal: Terminal) -> None:
    """Typing a Swedish beginning shows the Finnish name too, and a unique beginning is enough."""
    terminal.until("In which municipality")
    terminal.press("esb")
    terminal.until("Espoo / Esbo")
    terminal.press(ENTER)
    terminal.until("Municipality: Espoo")
    assert "Municipality: Espoo" in terminal.screen


def test_an_unknown_municipality_is_not_accepted(terminal: Terminal) -> None:
    """The question stays and says what is wrong, with the closest name."""
    terminal.until("In which municipality")
    terminal.press("Helsingfros", ENTER)
    terminal.until("Did you mean")
    terminal.settle()
    assert "Helsingfors" in terminal.screen
    assert "In which municipality" in terminal.screen


def test_escape_goes_one_step_back(terminal: Terminal) -> None:
    """From the second question back to the first, where another answer counts."""
    terminal.until("In which municipality")
    terminal.press("Espoo", ENTER)
    terminal.until("What does the person want")
    terminal.press(ESCAPE)
    terminal.until("In which municipality")
    terminal.press("Turku", ENTER)
    terminal.until("Municipality: Turku")
    assert "Espoo" not in terminal.screen


def test_change_left_with_escape_changes_nothing(terminal: Terminal) -> None:
    """From the review and from the menu, for a list, a tick list and a typed line; the screen comes back as it was."""
    to_review(terminal)
    before = terminal.screen
    for line in ("2", "3", "4", "5"):
        terminal.press(line, ENTER)
        terminal.until("Esc = back")
        terminal.settle()
        assert "Are these right" not in terminal.screen
        terminal.press(ESCAPE)
        terminal.until("Are these right")
        terminal.settle()
        assert terminal.screen == before
    terminal.press("1", ENTER)
    command(terminal, "m")
    terminal.until("Are these right")
    terminal.press(ESCAPE)
    command(terminal, "m")
    terminal.until("Are these right")
    terminal.settle()
    assert terminal.screen == before


def test_letters_without_a_match_choose_nothing(terminal: Terminal) -> None:
    """Enter on an empty list is refused with a word, and the question stays."""
    to_review(terminal)
    terminal.press("sta", ENTER)
    terminal.until("Which residence permit")
    terminal.press("yrittäjä", ENTER)
    terminal.until("Nothing matches “yrittäjä”")
    assert "Which residence permit" in terminal.screen


def test_ctrl_c_leaves_cleanly(terminal: Terminal) -> None:
    """Exit 130, no traceback."""
    terminal.until("In which municipality")
    terminal.press(CTRL_C)
    assert terminal.end() == 130
    assert "Traceback" not in terminal.everything


def test_from_the_first_question_to_the_first_steps_and_out(terminal: Terminal) -> None:
    """Skipping everything but two questions still gives first steps, and "quit" ends with 0."""
    to_review(terminal)
    terminal.press(ENTER)
    terminal.until("First steps · Vantaa")
    command(terminal, "q")
    assert terminal.end() == 0


def test_an_answer_can_be_changed_in_the_review(terminal: Terminal) -> None:
    """The first answer is put again, and the new one stands over what follows from it."""
    to_review(terminal)
    terminal.press(DOWN, ENTER)
    terminal.until("In which municipality")
    terminal.press("Turku", ENTER)
    terminal.until("Municipality: Turku")
    assert "Vantaa" not in terminal.screen


def test_saving_never_overwrites(terminal: Terminal, tmp_path: Path) -> None:
    """A taken name is refused where it is typed; JSON goes to the named file with mode 0600."""
    (tmp_path / "there.json").write_text("mine")
    to_review(terminal)
    terminal.press(ENTER)
    command(terminal, "t")
    terminal.until("Print or save: what")
    terminal.press("6", ENTER)
    terminal.until("File name")
    terminal.press("there.json", ENTER)
    terminal.until("choose another name")
    terminal.press(*"\x7f" * len("there.json"), "new.json", ENTER)
    terminal.until("✓ Saved: ")
    assert (tmp_path / "there.json").read_text() == "mine"
    assert json.loads((tmp_path / "new.json").read_text(encoding="utf-8"))["situation"]["municipality"] == ["092"]
    assert stat.S_IMODE((tmp_path / "new.json").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.json", "there.json"]


def test_a_handout_is_printed(terminal: Terminal, tmp_path: Path) -> None:
    """In the chosen language, with what was ticked, readable by the worker only; the screen says where it is."""
    to_review(terminal)
    terminal.press(ENTER)
    command(terminal, "t")
    terminal.until("Print or save: what")
    terminal.press("1", ENTER)
    terminal.until("In which language")
    terminal.press("eest", ENTER)
    terminal.until("What goes on the handout")
    terminal.press(ENTER)
    terminal.until("it now?")
    terminal.press("n", ENTER)
    terminal.until("✓ Saved: ")
    paper = tmp_path / "kotoneuvo-1.html"
    assert stat.S_IMODE(paper.stat().st_mode) == 0o600
    page = paper.read_text(encoding="utf-8")
    assert 'lang="et"' in page
    assert "Vantaa" not in paper.name


def test_details_the_whole_pathway_and_why_not(terminal: Terminal, catalogue: Catalogue) -> None:
    """A step in full by its number, all steps in lines, and the reason of a service that is not there."""
    to_review(terminal)
    terminal.press(ENTER)
    command(terminal, "1")
    terminal.until("n next", "next page")
    terminal.press(ESCAPE)
    command(terminal, "p")
    terminal.until("Whole pathway")
    assert "First steps ·" not in terminal.screen  # one page at a time
    terminal.press(ESCAPE)
    terminal.until("First steps")
    assert "Whole pathway" not in terminal.screen
    command(terminal, "99999")
    terminal.until("there is no step 9999")
    terminal.press("x", ENTER)
    terminal.until("Which service")
    terminal.press(catalogue.services["oulu-villa-victor"].name["en"] + " (Oulu)", ENTER)
    terminal.until("cannot be changed by the person")
    assert catalogue.services["oulu-villa-victor"].name["en"] in terminal.screen


def test_a_screen_is_hidden_at_once(terminal: Terminal) -> None:
    """Nothing of the client stays in sight; Enter brings it back."""
    to_review(terminal)
    terminal.press(ENTER)
    command(terminal, "h")
    terminal.until("kotoneuvo")
    terminal.settle()
    assert "Vantaa" not in terminal.screen
    terminal.press(ENTER)
    terminal.until("First steps · Vantaa")


def test_nothing_of_a_client_stays_for_the_next(terminal: Terminal) -> None:
    """After "next client" the screen is empty but for the first question, and the first answer is gone."""
    to_review(terminal, "Vantaa")
    terminal.press(ENTER)
    command(terminal, "s")
    terminal.until("Next client: answers and screen will be cleared")
    terminal.press(ENTER)
    terminal.until("First steps · Vantaa")
    command(terminal, "s")
    terminal.until("Next client: answers and screen will be cleared")
    terminal.press("y", ENTER)
    terminal.until("In which municipality")
    terminal.settle()
    assert "Vantaa" not in terminal.screen
    assert "\x1b[3J" in terminal.everything
    to_review(terminal, "Turku")
    terminal.press(ENTER)
    terminal.until("First steps · Turku")
    assert "Vantaa" not in terminal.everything[terminal.everything.index("\x1b[3J") :]


def test_no_history_is_kept(terminal: Terminal, tmp_path: Path) -> None:
    """The arrow-up key brings nothing back, and no file appears in the home folder."""
    terminal.until("In which municipality")
    terminal.press("Vantaa", ENTER)
    terminal.until("What does the person want")
    terminal.press(ESCAPE)
    terminal.until("> Vantaa")
    terminal.press(*"\x7f" * len("Vantaa"), UP)
    terminal.settle()
    assert "Vantaa" not in terminal.screen.rsplit("In which municipality", 1)[1]
    terminal.press(CTRL_C)
    assert terminal.end() == 130
    assert list(tmp_path.iterdir()) == []


def test_a_client_in_one_line(tmp_path: Path) -> None:
    """28 keys, Enter, and the next question is the first one that the line left open; Esc leads back to the line."""
    terminal = Terminal("--as-of", "2026-11-24", "--lang", "fi", folder=tmp_path, rows=24, columns=80)
    try:
        terminal.until("Tai kaikki yhdellä rivillä")
        terminal.press("turku 34 perheside a1.3 työ", ENTER)
        terminal.until("Onko rivi luettu oikein")
        assert "Kunta: Turku · Ikä: 34 · Oleskelun peruste: Perheside" in terminal.screen
        terminal.press(ENTER)
        terminal.until("Mitä kieliä henkilö puhuu")
        terminal.until("numero/väli")
        assert "hindi" not in terminal.screen
        assert sum(line.endswith(("^", "v")) for line in terminal.screen.splitlines()) == 2  # the list goes on
        terminal.press("0")
        terminal.until("[x] ei tiedossa")
        assert "Järjestys" not in terminal.screen
        terminal.press(ESCAPE)
        terminal.until("Missä kunnassa henkilö")
        terminal.settle()
        assert "turku 34 perheside a1.3 työ" in terminal.screen
    finally:
        terminal.leave()


def test_one_key_after_the_call(tmp_path: Path) -> None:
    """From the details of a step; whoever has no catalogue file yet gets one, and the screen says where."""
    terminal = Terminal("--as-of", "2026-11-24", folder=tmp_path, rows=24, columns=80, XDG_CONFIG_HOME=str(tmp_path))
    try:
        to_review(terminal)
        terminal.press(ENTER)
        command(terminal, "1")
        terminal.until("o contact right", "next page")
        terminal.press("o", ENTER)
        terminal.until("What did you find out?")
        terminal.press("o", ENTER)
        terminal.until("✓ Noted in")
        own = tmp_path / "kotoneuvo" / "catalogues" / "own.toml"
        assert "source = " in own.read_text(encoding="utf-8")
    finally:
        terminal.leave()


def test_in_a_narrow_window_no_word_is_lost(tmp_path: Path) -> None:
    """In 40 columns, and after the window has become narrower: questions, answers and pages are whole."""
    terminal = Terminal("--as-of", "2026-11-24", folder=tmp_path, rows=24, columns=40)
    terminal.until("In which municipality")
    terminal.settle()
    assert "live or stay?" in terminal.screen
    assert "a1.3 work" in terminal.screen.replace("\n", "").replace("  ", " ")
    to_review(terminal)
    terminal.press(ENTER)
    terminal.until("Enter = menu", "Enter = next page")
    assert terminal.screen.startswith("First steps · Vantaa")
    terminal.leave()


def test_a_page_fits_the_window_as_it_is_now(terminal: Terminal) -> None:
    """Drawn anew after a resize, a page has the columns and rows of the new window."""
    to_review(terminal)
    terminal.press(ENTER)
    terminal.until("Enter = menu")
    terminal.resize(rows=60, columns=50)
    command(terminal, "a")
    terminal.until("Enter = menu", "Enter = next page")
    terminal.settle()
    assert re.search(r"^First steps · Vantaa +24\.11\.2026$", terminal.screen, re.MULTILINE)
    assert max(map(len, terminal.screen.splitlines())) <= 50
