"""`kotoneuvo advise` from the outside: payload, formats, exit codes, messages."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from kotoneuvo.catalogue.files import data_folder
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.cli.main import build
from kotoneuvo.cli.options import fact_names

APP = build()

VANTAA = [
    "--municipality",
    "Vantaa",
    "--age",
    "34",
    "--status",
    "family_ties",
    "--goals",
    "work",
    "--no-privacy-warning",
]


def run(*args: str, **variables: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(APP, args, env={"KOTONEUVO_LANG": "en", "LANG": "C.UTF-8", **variables})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_json_follows_its_schema_and_the_contract() -> None:
    """Every service has a verdict; the pathway names services; what was given stands as the situation."""
    code, out, err = run("advise", *VANTAA, "--as-of", "2026-11-24", "--format", "json")
    assert (code, err) == (0, "")
    data = json.loads(out)
    schema = json.loads((data_folder() / "advice.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(data)
    assert data["as_of"] == "2026-11-24"
    assert data["catalogue"]["services"] == len(data["verdicts"]) == len(load_catalogue().services)
    assert data["situation"]["municipality"] == ["092"]
    assert data["situation"]["goals"] == ["work"]
    assert data["situation"]["has_residence_permit"] == [True]
    by_service = {each["service"]: each for each in data["verdicts"]}
    centre = by_service["vantaa-osaamiskeskus"]
    assert centre["verdict"] == "eligible"
    assert centre["relevant"] is True
    assert "has_municipality_of_residence" not in centre["ask"]  # family ties settle it
    age = next(each for each in centre["criteria"] if each["fact"] == "age")
    assert age == {"fact": "age", "result": "met", "needs": "at least 18", "has": "34", "source": "doc:69"}
    stages = [(each["stage"], each["services"]) for each in data["pathway"]]
    assert [stage for stage, _ in stages] == sorted((s for s, _ in stages), key=["now", "through", "later"].index)
    assert all(name in by_service for _, names in stages for name in names)
    assert {each["fact"] for each in data["ask_next"]} <= set(fact_names())


def test_text_is_readable_at_80_columns_without_colour() -> None:
    """Piped output has no escape codes and no line longer than 80."""
    code, out, _ = run("advise", *VANTAA)
    assert code == 0
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 80
    assert "Vantaa" in out


@pytest.mark.parametrize(("language", "word"), [("fi", "Polku"), ("sv", "Stig"), ("en", "Pathway")])
def test_three_languages_name_the_same_services(language: str, word: str) -> None:
    """The page is in the worker's language; the steps are the same in all."""
    _, out, _ = run("advise", *VANTAA, "--lang", language, "--full")
    assert out.startswith(word)
    numbers = [line.split()[0] for line in out.splitlines() if line[:2].strip().isdigit()]
    _, english, _ = run("advise", *VANTAA, "--lang", "en", "--full")
    assert numbers == [line.split()[0] for line in english.splitlines() if line[:2].strip().isdigit()]


def test_every_fact_has_an_option() -> None:
    """Whatever may be known can be said on the command line."""
    assert set(fact_names()) == {*load_catalogue().facts.facts, "goals", "service_language"}


def test_nothing_given_is_nothing_known() -> None:
    """Without a single answer there is a pathway of open doors, not an error, and nobody is refused for it."""
    code, out, _ = run("advise", "--format", "json")
    data = json.loads(out)
    assert code == 0
    assert all(each["verdict"] != "not_eligible" for each in data["verdicts"] if "migrant" in str(each))
    assert data["pathway"]


def test_an_option_given_twice_loses_no_answer() -> None:
    """Goals, languages and children are joined; two answers to another question are refused, all at once."""
    lists = ("--goals", "money", "--goals", "safety", "--service-language", "ar", "--service-language", "so")
    _, out, _ = run("advise", "--format", "json", *lists, "--children-ages", "2", "--children-ages", "8")
    situation = json.loads(out)["situation"]
    assert situation["goals"] == ["money", "safety"]
    assert situation["service_language"] == ["ar", "so"]
    assert situation["children_ages"] == ["<3+7-15"]
    code, _, errors = run("advise", "--age", "30", "--age", "40", "--municipality", "Turku", "--municipality", "Oulu")
    assert code == 2
    assert errors.count("this is given twice; keep only one") == 2


def test_answers_file_and_options_together(tmp_path: Path) -> None:
    """An option is laid over the file's answer; TOML and JSON say the same."""
    (tmp_path / "a.toml").write_text('municipality = "Esbo"\nage = "18-29"\nchildren_ages = [2, 8]\n', encoding="utf-8")
    (tmp_path / "a.json").write_text(
        '{"municipality": "049", "age": "18-29", "children_ages": [2, 8]}', encoding="utf-8"
    )
    results = [
        run("advise", "--answers", str(tmp_path / name), "--age", "40", "--format", "json")
        for name in ("a.toml", "a.json")
    ]
    assert results[0] == results[1]
    situation = json.loads(results[0][1])["situation"]
    assert (situation["municipality"], situation["age"], situation["children_ages"]) == (["049"], [40], ["<3+7-15"])


def test_output_file_is_whole_private_and_alone(tmp_path: Path) -> None:
    """The result is written beside and renamed: mode 0600, nothing else left in the folder, nothing on stdout."""
    target = tmp_path / "result.json"
    code, out, err = run("advise", *VANTAA, "--format", "json", "--output", str(target))
    assert (code, out, err) == (0, "", "")
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == "kotoneuvo/advice/1"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["--municipality", "Helsingfros"], 2, ["--municipality", "Helsingfros", "Did you mean", "Helsingfors"]),
        (["--age", "abc"], 2, ["--age", "abc", "18-29"]),
        (["--age", "40-30"], 2, ["--age"]),
        (["--finnish-level", "B7"], 2, ["--finnish-level", "B7", "B1.1"]),
        (["--goals", "wrok"], 2, ["goal", "wrok", "work"]),
        (["--status", "asylumm"], 2, ["--status", "asylum_seeker"]),
        (["--as-of", "yesterday"], 2, ["--as-of", "yesterday", "YYYY-MM-DD"]),
        (["--as-of", ""], 2, ["--as-of", "YYYY-MM-DD"]),
        (["--as-of", "9999-12-31"], 2, ["--as-of", "9999-12-31", "1900", "2999"]),
        (["--as-of", "0003-05-05"], 2, ["--as-of", "0003-05-05", "1900", "2999"]),
        (["--lang", "de"], 2, ["de", "fi, sv, en"]),
        (["--answers", "missing.toml"], 1, ["missing.toml", "no such file"]),
        (["--answers", "."], 1, ["folder"]),
        (["--no-such-option"], 2, ["--no-such-option"]),
        (["--age", "abc", "--municipality", "Atlantis"], 2, ["--age", "--municipality"]),
    ],
)
def test_bad_options(args: list[str], code: int, words: list[str]) -> None:
    """One clear message each, everything at once, on stderr; the documented exit code; nothing on stdout."""
    found, out, err = run("advise", *args)
    assert (found, out) == (code, "")
    for word in words:
        assert word in err
    assert "Traceback" not in err


BROKEN = [
    ("a.toml", b'municipality = "Espoo', ["TOML", "nterminated"]),
    ("a.toml", b'municipalty = "Espoo"', ["municipalty", "municipality"]),
    ("a.toml", b'municipality = "Espo"\nage = "x"\n', ["Espoo", "age"]),
    ("a.toml", b"age = 1.5\n", ["age"]),
    ("a.toml", 'municipality = "Jyv\xe4skyl\xe4"'.encode("latin-1"), ["UTF-8"]),
    ("a.toml", b"a = " + b"[" * 5000, ["TOML"]),
    ("a.json", b'{"age": ', ["JSON"]),
    ("a.json", b"[1, 2]", ["object"]),
    ("a.json", b"[" * 100000, ["JSON"]),
    ("a.json", b'{"age": {"min": 3}}', ["age"]),
    ("a.toml", b"\x00\x01", ["TOML"]),
]


@pytest.mark.parametrize(("name", "content", "words"), BROKEN, ids=[f"{i}" for i in range(len(BROKEN))])
def test_broken_answer_files(name: str, content: bytes, words: list[str], tmp_path: Path) -> None:
    """A damaged answers file ends with exit 1 and a message that names the file and the trouble."""
    (tmp_path / name).write_bytes(content)
    code, out, err = run("advise", "--answers", str(tmp_path / name))
    assert (code, out) == (1, "")
    assert name in err
    for word in words:
        assert word in err


@pytest.mark.parametrize("target", ["no/such/folder/x.txt", "."])
def test_unwritable_output(target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be written the message says so and nothing is left half-written."""
    monkeypatch.chdir(tmp_path)
    code, out, err = run("advise", *VANTAA, "--output", target)
    assert (code, out) == (1, "")
    assert target in err
    assert list(tmp_path.iterdir()) == []


def test_contradictions_are_said(tmp_path: Path) -> None:
    """A pending asylum seeker with a residence permit: the page and the JSON say that it cannot be."""
    args = ["advise", "--status", "asylum_seeker", "--has-residence-permit", "yes"]
    _, out, _ = run(*args)
    assert "contradicts" in out
    _, out, _ = run(*args, "--format", "json")
    assert json.loads(out)["contradictions"] == [{"fact": "has_residence_permit", "with": ["status"]}]


def test_no_answer_is_written_anywhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Advising leaves no file behind in the home or working folder."""
    monkeypatch.chdir(tmp_path)
    code, _, _ = run("advise", *VANTAA, HOME=str(tmp_path))
    assert code == 0
    assert list(tmp_path.rglob("*")) == []


def test_options_before_the_command_hold_for_it() -> None:
    """`--as-of` and `--lang` before a subcommand are not lost, at any depth."""
    before = run("--as-of", "2020-09-01", "--lang", "fi", "advise", *VANTAA)
    assert before == run("advise", *VANTAA, "--as-of", "2020-09-01", "--lang", "fi")
    assert before[1].startswith("Ensimmäiset askeleet")
    assert run("--lang", "sv", "services", "search", "0401234567")[1].strip() == "0 träffar"
