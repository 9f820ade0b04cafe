"""The interview line by line: for screen readers, dumb terminals and pipes."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest
import tomli
from terminal import CTRL_C, PROGRAM, Terminal

pytestmark = pytest.mark.slow


def piped(text: str, *args: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "KOTONEUVO_LANG": "en", "HOME": str(folder), "PYTHONUTF8": "1", **variables}
    return subprocess.run(
        [PROGRAM, *args],
        input=text,
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env=environment,
        timeout=60,
        check=False,
    )


def test_a_whole_appointment_by_numbers(tmp_path: Path) -> None:
    """Answers by line: a municipality, two goals, skips; then the pathway and quit."""
    answers = "\n".join(["Vantaa", "1, 2", *[""] * 14])
    lines = f"{answers}\n"
    run = piped(lines, "--plain", "--as-of", "2026-11-24", folder=tmp_path)
    assert "Are these right?" in run.stdout
    asked = run.stdout.count("Enter = not known")
    run = piped("\n".join(["Vantaa", "1, 2", *[""] * (asked - 2), "1", "q"]) + "\n", "--plain", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "First steps · Vantaa" in run.stdout
    assert "\x1b" not in run.stdout
    assert "1. work" in run.stdout
    assert list(tmp_path.iterdir()) == []


def test_back_and_nonsense(tmp_path: Path) -> None:
    """ "<" goes back; what is no number is asked again with what is allowed."""
    run = piped("Espoo\n<\nAtlantis\nTurku\n99\n1\nq\n", "--plain", folder=tmp_path)
    assert run.stdout.count("In which municipality") == 2
    assert '"Atlantis" is not known' in run.stdout
    assert "Municipality: Turku" in run.stdout
    assert "Please type a number from 0 to 23" in run.stdout
    assert run.returncode == 130


ANSWERS = ["Sysmä", "2 1", *["1"] * 4, *[""] * 12]
"""A town, two goals in their order, some first lines, and the rest not known; at the review Enter alone is refused."""


def last_review(text: str) -> list[str]:
    """The answers as the last review shows them."""
    review = text.rsplit("Are these right?", 1)[1]
    return [line.split("Change: ", 1)[1] for line in review.splitlines() if "Change: " in line]


def test_back_out_of_change_and_add_changes_nothing(tmp_path: Path) -> None:
    """ "<" in every question that the review can put again, and in everything that can be added."""
    run = piped("\n".join([*ANSWERS, "q"]) + "\n", "--plain", folder=tmp_path)
    answers = last_review(run.stdout)
    assert answers[:2] == ["Municipality: Sysmä", "Goals: 1 Finnish or Swedish language · 2 work"]
    for line in range(2, 2 + len(answers)):
        run = piped("\n".join([*ANSWERS, str(line), "<", "q"]) + "\n", "--plain", folder=tmp_path)
        assert last_review(run.stdout) == answers, line
    for added in ("1", "9", "22"):
        run = piped("\n".join([*ANSWERS, str(2 + len(answers)), added, "<", "q"]) + "\n", "--plain", folder=tmp_path)
        assert last_review(run.stdout) == answers, added


def test_enter_keeps_what_was_answered(tmp_path: Path) -> None:
    """Back through all the questions and forward again by Enter alone: the same review."""
    run = piped("\n".join([*ANSWERS, "q"]) + "\n", "--plain", folder=tmp_path)
    answers = last_review(run.stdout)
    again = [*ANSWERS, *["<"] * 20, *[""] * 20, "q"]
    run = piped("\n".join(again) + "\n", "--plain", folder=tmp_path)
    assert "This is the first question." in run.stdout
    assert last_review(run.stdout) == answers


def test_changed_goals_start_with_the_old_ticks(tmp_path: Path) -> None:
    """Enter alone keeps them, a new line replaces them."""
    run = piped("\n".join([*ANSWERS, "3", "", "q"]) + "\n", "--plain", folder=tmp_path)
    assert "2. Finnish or Swedish language [1]" in run.stdout
    assert "1. work [2]" in run.stdout
    assert last_review(run.stdout)[1] == "Goals: 1 Finnish or Swedish language · 2 work"


def test_a_skipped_town_is_asked_once_more(tmp_path: Path) -> None:
    """What the skip costs is said first; the second Enter counts."""
    run = piped("\n\nq\n", "--plain", folder=tmp_path)
    assert run.stdout.count("only nationwide services") == 1
    assert "Municipality: not known" in run.stdout
    run = piped("\nOulu\nq\n", "--plain", folder=tmp_path)
    assert "Municipality: Oulu" in run.stdout


@pytest.mark.parametrize(
    ("typed", "town"),
    [("Hesa", "Helsinki"), ("jkl", "Jyväskylä"), ("Nilsiä", "Kuopio"), ("Helsi", "Helsinki"), ("Ekenäs", "Raasepori"),
     ("00100 Helsinki", "Helsinki"), ("091", "Helsinki"), ("Espoo / Esbo", "Espoo"), ("Mänttä", "Mänttä-Vilppula")],
)  # fmt: skip
def test_towns_as_people_name_them(typed: str, town: str, tmp_path: Path) -> None:
    run = piped(f"{typed}\nq\n", "--plain", folder=tmp_path)
    assert f"Municipality: {town}\n" in run.stdout


@pytest.mark.parametrize(
    ("typed", "said"),
    [("00100", "a postal code is not a municipality"), ("Eno", "Joensuu"), ("Lappi", "could be any of these"),
     ("Längelmäki", "Jämsä and Orivesi"), ("Atlantis", "Allowed: name or code of a municipality\n"),
     ("status=nonsense", "Residence status: this value is not known\n  Allowed: family_ties"),
     ("goals=nonsense", "Goals: "), ("uusi", "Uusikaarlepyy and Uusikaupunki")],
)  # fmt: skip
def test_what_names_no_single_town_is_asked_again(typed: str, said: str, tmp_path: Path) -> None:
    """The reason is said without internal names, and nothing is recorded."""
    run = piped(f"{typed}\nOulu\nq\n", "--plain", folder=tmp_path)
    assert said in run.stdout
    assert "\nmunicipality:" not in run.stdout
    assert "none" not in run.stdout
    assert "Municipality: Oulu" in run.stdout


def test_an_identity_code_is_not_shown_again(tmp_path: Path) -> None:
    """Typed as a town or as an age; a year of birth as an age is understood."""
    code = "010190-123A"
    lines = [code, "Sysmä", "2 1", *[""] * 4, "8", code, "2010", "q"]
    run = piped("\n".join(lines) + "\n", "--plain", "--as-of", "2026-11-24", folder=tmp_path)
    assert code not in run.stdout
    assert run.stdout.count("this value is not known") == 2
    assert "Age: 15–16" in run.stdout


def test_input_that_ends_early_is_said(tmp_path: Path) -> None:
    """Exit 2 and a sentence, no traceback."""
    run = piped("Espoo\n", "--plain", folder=tmp_path)
    assert run.returncode == 2
    assert "the input ended before the interview did" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("text", ["", "Espoo\n"])
def test_a_pipe_without_answers_is_told_what_to_do(text: str, tmp_path: Path) -> None:
    """Without a terminal and without --plain the interview does not start: exit 2, the other ways named."""
    run = piped(text, folder=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert "kotoneuvo advise" in run.stderr


def test_a_dumb_terminal_gets_plain_questions_by_itself(tmp_path: Path) -> None:
    """No cursor movement where the terminal cannot do it."""
    terminal = Terminal(folder=tmp_path, TERM="dumb")
    terminal.wait("In which municipality")
    terminal.wait("> ")
    terminal.press("Espoo\r")
    terminal.wait("1. work")
    terminal.wait("\n> ")
    terminal.press(CTRL_C)
    assert terminal.end() == 130
    assert "\x1b[" not in terminal.everything


@pytest.mark.parametrize(("language", "question"), [("fi", "Missä kunnassa"), ("sv", "I vilken kommun")])
def test_in_finnish_and_swedish(language: str, question: str, tmp_path: Path) -> None:
    """The questions are in the worker's language."""
    run = piped("q\n", "--plain", "--lang", language, folder=tmp_path)
    assert question in run.stdout


def test_what_a_call_has_shown_goes_into_the_own_catalogue(tmp_path: Path) -> None:
    """One key confirms a door, another takes it away; with the day, nothing of the client, and it counts at once."""
    own = tmp_path / "own.toml"
    own.write_text("", encoding="utf-8")
    arguments = ("--plain", "--catalogue", str(own))
    opening = "Turku 34 family ties work\ny\n" + "0\n" * 12
    piped(f"{opening}1\n3\no\no\nq\n", *arguments, folder=tmp_path)
    text = own.read_text(encoding="utf-8")
    entry = tomli.loads(text)["service"][0]
    assert entry["id"] == "turku-toissa-taalla"
    assert list(entry["contact"][0]) == ["replace", "source"]
    assert entry["sources"][entry["contact"][0]["source"]]["date"] == date.today().isoformat()
    for word in ("Turku", "34", "family", "853"):
        assert word not in text
    run = piped(f"{opening}1\n3\no\nd\n3\no\n<\nq\n", *arguments, folder=tmp_path)
    gone = tomli.loads(own.read_text(encoding="utf-8"))["service"][0]["contact"][0]
    assert gone["gone"] is True
    asked = [line for line in run.stdout.splitlines() if line.startswith("What did you find out?")]
    assert len(asked) == 2
    assert asked[0] != asked[1]
