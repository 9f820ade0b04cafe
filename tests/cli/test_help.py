"""Help: in three languages, with examples that work, and refusals that say what to do next."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from desk import ROOT, lay_out, run_line
from translations import help_entries
from typer.main import get_command
from typer.testing import CliRunner

from kotoneuvo.cli.examples import EXAMPLES
from kotoneuvo.cli.help import describe_all
from kotoneuvo.cli.main import COMMANDS, build
from kotoneuvo.words import help_words

APP = build()
NEEDS = {
    "kotoneuvo": "person",
    "kotoneuvo turku 34 perheside a1.3 työ": "person",
    "kotoneuvo --lang fi --plain": "person",
    "kotoneuvo catalogue new --file own.toml": "person",
    "kotoneuvo catalogue links --service infofinland": "network",
    "kotoneuvo catalogue import-ptv --from-api --municipality Vantaa --output ptv.toml": "network",
    "kotoneuvo catalogue match --from-api --municipality Vantaa --file spr.toml": "network",
    "kotoneuvo catalogue refresh --from-api --file spr.toml": "network",
}
"""What an example needs that cannot be run unattended."""
PATHS = [shown.path for shown in describe_all(get_command(APP), str)]


def run(*args: str, **variables: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(APP, list(args), env={"KOTONEUVO_LANG": "en", "COLUMNS": "100", **variables})
    return result.exit_code, result.stdout, result.stderr


def test_every_command_has_examples() -> None:
    """None without, and none for a command that is not there."""
    assert sorted(EXAMPLES) == sorted(PATHS)
    for path, examples in EXAMPLES.items():
        assert examples
        assert all(line.startswith(path) for line in examples)
    assert NEEDS.keys() <= {line for examples in EXAMPLES.values() for line in examples}
    assert set(NEEDS.values()) <= {"person", "network"}


RUNNABLE = [line for examples in EXAMPLES.values() for line in examples if line not in NEEDS]


@pytest.mark.slow
@pytest.mark.parametrize("line", RUNNABLE, ids=lambda line: line[10:60])
def test_every_example_works(line: str, tmp_path: Path) -> None:
    """Typed as it stands, beside the files that it names, it ends well."""
    done = run_line(line, lay_out(tmp_path))
    assert done.returncode == 0, done.stderr
    wanted = re.findall(r"--(?:output|report|problems) (\S+)", line)
    assert all((tmp_path / name).stat().st_size for name in wanted if name != "problems.csv")
    assert wanted or done.stdout + done.stderr


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_help_in_the_language_of_the_worker(path: str, language: str) -> None:
    """By variable or by --lang, before or after; nothing of it stays English but names and values."""
    words = path.split()[1:]
    shown = run(*words, "--help", KOTONEUVO_LANG=language)[1]
    assert shown.startswith(help_words(language)("Usage:"))
    assert "Show this message" not in shown
    assert run("--lang", language, *words, "--help")[1].splitlines()[:3] == shown.splitlines()[:3]


@pytest.mark.parametrize("group", ["catalogue", "services"])
def test_a_group_takes_the_language_like_the_program(group: str) -> None:
    """Before the group, behind it, and behind --help; what its commands are given themselves counts for more."""
    for line in (
        ["--lang", "fi", group, "--help"],
        [group, "--lang", "fi", "--help"],
        [group, "--help", "--lang", "fi"],
    ):
        assert run(*line)[1].startswith(f"Käyttö: kotoneuvo {group}")
    code, _, told = run(group, "--lang", "fi")
    assert (code, told.splitlines()[0].split()[:3]) == (2, ["Käyttö:", "kotoneuvo", group])
    command = {"catalogue": ["where"], "services": ["list", "--municipality", "Vantaa"]}[group]
    said = {language: run(group, *command, "--lang", language)[1] for language in ("fi", "sv")}
    assert run(group, "--lang", "fi", *command)[1] == said["fi"] != said["sv"]
    assert run("--lang", "fi", group, "--lang", "sv", *command)[1] == said["sv"]
    assert run(group, "--lang", "fi", *command, "--lang", "sv")[1] == said["sv"]


def test_lang_after_the_command() -> None:
    """Where people write it: behind the command, before or after --help."""
    for line in (["stale", "--lang", "fi", "-h"], ["stale", "-h", "--lang=fi"]):
        assert run("catalogue", *line)[1].startswith("Käyttö: kotoneuvo catalogue stale")
    assert run("catalogue", "stale", "--lang", "xx", "-h")[1].startswith("Usage:")


def test_examples_stand_in_the_help() -> None:
    """Whole, on one line each, so that they can be copied."""
    _, shown, _ = run("advise", "--help")
    for line in EXAMPLES["kotoneuvo advise"]:
        assert f"  {line}\n" in shown


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_text_of_the_help_is_translated(language: str) -> None:
    """Nothing is left over (`python tools/generate.py`), and no translation is missing."""
    path = ROOT / "kotoneuvo" / "locale" / language / "LC_MESSAGES" / "help.po"
    with path.open("rb") as file:
        messages = {str(message.id): message for message in read_po(file) if message.id}
    assert set(messages) == {entry.source for entry in help_entries()}
    for msgid, message in messages.items():
        assert message.string, msgid
        assert not message.fuzzy, msgid


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["advise", "--municpality", "x"], ['option "--municpality"', "--municipality", "kotoneuvo advise --help"]),
        (["advize"], ['command "advize"', "“advise”", "kotoneuvo --help"]),
        (["services", "lst"], ['command "lst"', "“list”", "kotoneuvo services --help"]),
        (["advise", "--format", "tekst"], ["--format", "cannot be used", "json, html, pdf, message, ics, note"]),
        (["advise", "--age"], ["--age", "needs a value", "kotoneuvo advise --help"]),
        (["services", "show"], ["service", "missing", "kotoneuvo services show --help"]),
        (["catalogue", "confirm", "x"], ["--source", "--said"]),
        (["catalogue", "stale", "--within", "900"], ["--within", "cannot be used", "Allowed: 0-120"]),
        (["catalogue", "stale", "--within", "soon"], ["--within", "cannot be used"]),
        (["doctor", "a", "b"], ["not understood", "a b"]),
        (["--plian"], ["--plain"]),
        (
            ["advise", "--answers", "a.toml", "--answers=b.toml"],
            ["--answers", "given twice", "kotoneuvo advise --help"],
        ),
        (["--as-of", "2026-01-01", "--as-of", "2027-01-01", "doctor"], ["--as-of", "given twice", "kotoneuvo --help"]),
        (["catalogue", "sheet", "--output", "a.csv", "-o", "b.csv"], ["--output", "given twice"]),
        (["advise", "--municipality", "Vantaa", "--output", "x/"], ["x/", "--output", "name of a folder"]),
        (["batch", "in.csv", "--problems=x/"], ["x/", "--problems", "name of a folder"]),
    ],
)
def test_a_wrong_command_line(args: list[str], said: list[str]) -> None:
    """Exit 2, nothing on stdout, what is wrong and where to read on; nothing of it is left as typer says it."""
    code, out, err = run(*args)
    assert (code, out) == (2, "")
    for word in said:
        assert word in err
    assert "Try '" not in err


@pytest.mark.parametrize(("language", "word"), [("fi", "Tarkoititko"), ("sv", "Menade du")])
def test_refusals_in_the_language_of_the_worker(language: str, word: str) -> None:
    """The same in Finnish and Swedish."""
    for line in (["advise", "--municpality", "x"], ["services", "lst"]):
        code, _, err = run("--lang", language, *line)
        assert code == 2
        assert word in err
        assert "unknown" not in err
    assert "needs a value" not in run("--lang", language, "advise", "--age")[2]


def test_a_group_alone_shows_its_help() -> None:
    """`kotoneuvo services` is no mistake to scold for: it gets the help, on stderr, with exit code 2."""
    code, _, err = run("services")
    assert code == 2
    assert "Commands:" in err
    assert "unknown" not in err


def test_help_is_no_wider_than_the_terminal(tmp_path: Path) -> None:
    """But for examples, which must stay whole."""
    body = run_line("kotoneuvo advise --help", tmp_path, COLUMNS="60").stdout.partition("Examples:")[0]
    assert max(map(len, body.splitlines())) <= 60


def test_the_outline_says_what_the_commands_say() -> None:
    """The program's own help lists the commands without importing them: by name, with the first words of their help."""
    whole, *commands = describe_all(get_command(APP), str)
    listed = next(section for section in whole.sections if section.heading == "Commands")
    own = {each.path.removeprefix("kotoneuvo "): each.about[0] for each in commands}
    assert {row.name: row.text for row in listed.rows} == {name: own[name] for name in COMMANDS}


def test_a_line_is_no_command_and_a_misspelt_command_no_line() -> None:
    """Answers begin the interview, options may stand among them; what is nearly a command is asked about."""
    lines = {"Age: 34": ["turku", "34", "--plain"], "Tampere": ["--plain", "tampre", "34"],
             "Helsinki": ["hesa", "työ", "--lang", "fi", "--plain"]}  # fmt: skip
    for said, line in lines.items():
        code, out, err = run(*line)
        assert code == 2  # the input ends before the interview does
        assert said in out
        assert "unknown command" not in err
    for line, meant in ((["bacth", "intake.csv"], "batch"), (["servces", "turku"], "services")):
        assert f"“{meant}”" in run(*line)[2]
    assert 'command "frobnicate"' in run("frobnicate")[2]
