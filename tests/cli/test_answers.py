"""Answers files: what the program writes it can read, stdin serves as a file, and nothing is lost without a word."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from advice_strategies import situations
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from kotoneuvo.advice.advisor import advise
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.advice.situation import Situation
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.cli.answers import MOST, read_answers_file
from kotoneuvo.cli.main import build
from kotoneuvo.render.json import render_json
from kotoneuvo.words import Words

APP = build()
DAY = date(2026, 11, 24)
FEW = 4
"""Services of the random reports: their number changes nothing of what is read."""


def read(facts: FactBook, text: str, name: str = "-") -> Situation:
    return read_answers_file(facts, Path(name), DAY, io.StringIO(text))


def small() -> Catalogue:
    whole = load_catalogue()
    return replace(whole, services=dict(list(whole.services.items())[:FEW]))


SMALL = small()
"""Not a fixture: what fails is written out with its arguments."""


@given(situation=situations(), languages=st.lists(st.sampled_from(["ar", "fi", "prs", "zh-hant"]), unique=True))
def test_the_document_of_advise_is_an_answers_file(situation: Situation, languages: list[str]) -> None:
    """Of every situation: the report on what is read again says the same of the person and of every service."""
    words = Words("en")
    # "Unknown" is no answer: nothing that is read holds the whole domain of a fact.
    known = {name: values for name, values in situation.known.items() if values != SMALL.facts[name].everything}
    first = advise(SMALL, replace(situation, known=known, service_language=tuple(languages)), DAY)
    written = render_json(first, words)
    again = json.loads(render_json(advise(SMALL, read(SMALL.facts, written), DAY), words))
    for key in ("situation", "verdicts", "pathway"):
        assert again[key] == json.loads(written)[key], key


@pytest.mark.parametrize(
    "told", [{"years_since_first_permit": "2024-02"}, {"age": "2009"}, {"children_ages": "2,6,17"}, {"age": "34"}]
)
def test_the_document_keeps_when_something_began(told: dict[str, str]) -> None:
    """A month of the permit, a year of birth, children: the days ahead are the same when it is given back."""
    first = advise(SMALL, Situation.of(SMALL.facts, DAY, **told), DAY)
    written = render_json(first, Words("en"))
    situation = read(SMALL.facts, written)
    assert situation.since == first.situation.since
    assert render_json(advise(SMALL, situation, DAY), Words("en")) == written


def test_the_document_is_read_as_of_the_day_on_which_it_is_read(facts: FactBook) -> None:
    """The month is counted to today; what was changed by hand in the document stands alone."""
    document = {"schema": "kotoneuvo/advice/1", "as_of": "2025-01-10", "situation": {"years_since_first_permit": [0]}}
    since = {"years_since_first_permit": [{"first": "2024-02-01", "last": "2024-02-29"}]}
    assert read(facts, json.dumps(document | {"since": since})).known["years_since_first_permit"] == {2}
    document["situation"] = {"years_since_first_permit": [5]}
    changed = read(facts, json.dumps(document | {"since": since}))
    assert changed.known["years_since_first_permit"] == {5}
    assert not changed.since


@pytest.mark.parametrize(
    "since",
    [
        7, {"age": 7}, {"age": [7]}, {"age": [{"first": "2024-02-01"}]},
        {"age": [{"first": "x", "last": "2024-02-01"}]},
        {"age": [{"first": "2024-02-02", "last": "2024-02-01"}]},
        {"age": [{"first": "1990-01-01", "last": "2024-02-01"}]},
    ],
)  # fmt: skip
def test_a_beginning_that_is_none_is_refused(facts: FactBook, since: object) -> None:
    document = {"schema": "kotoneuvo/advice/1", "as_of": "2026-11-24", "situation": {"age": [2]}, "since": since}
    with pytest.raises(InputProblems) as error:
        read(facts, json.dumps(document))
    assert error.value.problems[0].fieldname.startswith("since")


@given(ages=st.lists(st.integers(0, 20), max_size=5), answers=situations(("age", "status", "schooling", "gender")))
def test_its_situation_alone_is_one_too(ages: list[int], answers: Situation) -> None:
    """As scripts take it out with jq: children of any ages, values and bands of the other facts."""
    given_ages = Situation.of(SMALL.facts, children_ages=ages or "none")
    situation = replace(answers, known={**answers.known, **given_ages.known})
    report = advise(SMALL, situation, DAY)
    taken = json.loads(render_json(report, Words("en")))["situation"]
    again = advise(SMALL, read(SMALL.facts, json.dumps(taken)), DAY)
    assert dict(again.known) == dict(report.known)


def test_children_of_two_ages(facts: FactBook) -> None:
    """Ages stand together, whole combinations beside each other."""
    for answer in ('["<3+16-17"]', "[2, 17]", '"2,17"', '"<3+16-17"', '["16-17", "<3"]'):
        assert read(facts, f'{{"children_ages": {answer}}}').known["children_ages"] == {"<3+16-17"}
    several = read(facts, '{"children_ages": ["<3+16-17", "<3"]}').known["children_ages"]
    assert several == {"<3+16-17", "<3"}


def test_what_is_refused_is_quoted_as_it_was_written(facts: FactBook) -> None:
    """No brackets of a Python list."""
    with pytest.raises(InputProblems) as error:
        read(facts, '{"children_ages": ["twins"]}')
    assert "[" not in Words("en").problem(error.value.problems[0]).partition(". Did")[0].partition("\n")[0]


@pytest.mark.parametrize("text", ['{"age": 34, "age": 17}', '{"situation": {"age": [1], "age": [2]}}'])
def test_a_name_that_is_given_twice_is_said(facts: FactBook, text: str) -> None:
    """JSON would keep the last; TOML refuses by itself."""
    with pytest.raises(InputProblems) as error:
        read(facts, text)
    assert [(each.fieldname, each.where) for each in error.value.problems] == [("age", "-")]


@pytest.mark.parametrize(
    "text", ['{"age": 34, "goals": ["work"]}', '\n {"age": "34"}', "age = 34\n", "# TOML\nage = [34]"]
)
def test_stdin_is_toml_or_json(facts: FactBook, text: str) -> None:
    """What begins with a brace is JSON."""
    assert read(facts, text).known["age"] == {34}


def test_answers_from_stdin() -> None:
    """With options laid over them, and with the byte order mark of a Windows editor."""
    for text in ("age = 34\nmunicipality = 'Vantaa'\n", "\ufeffage = 34\nmunicipality = 'Vantaa'\n"):
        done = CliRunner().invoke(APP, ["advise", "--answers", "-", "--age", "50", "--format", "json"], input=text)
        assert done.exit_code == 0, done.stderr
        assert json.loads(done.stdout)["situation"]["age"] == [50]
        assert json.loads(done.stdout)["situation"]["municipality"] == ["092"]


@pytest.mark.parametrize(
    ("given_in", "word"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"age = ", "TOML"),
        (b"{", "JSON"),
        (b"#" * (MOST + 2), "MiB"),
        (b"shoe_size = 3", "shoe"),
    ],
)
def test_what_is_wrong_in_stdin_is_said(given_in: bytes, word: str) -> None:
    """With exit code 1 and the name "-"."""
    done = CliRunner().invoke(APP, ["advise", "--answers", "-"], input=given_in)
    assert done.exit_code == 1
    assert done.stderr.startswith("-:")
    assert word in done.stderr


SENSITIVE = ["advise", "--municipality", "Vantaa", "--status", "undocumented", "--format", "text"]


def test_sensitive_answers_in_the_open_are_warned_of() -> None:
    """Once, without repeating them; never for a file, for what is not sensitive, or when it is known."""
    warned = CliRunner().invoke(APP, SENSITIVE, env={"KOTONEUVO_LANG": "en"})
    assert warned.exit_code == 0
    assert warned.stderr.count("(ps)") == 1
    assert "--answers -" in warned.stderr
    assert "undocumented" not in warned.stderr
    quiet = ([*SENSITIVE, "--no-privacy-warning"], [*SENSITIVE[:3], "--format", "text"])
    assert [CliRunner().invoke(APP, each).stderr for each in quiet] == ["", ""]
    read_in = CliRunner().invoke(APP, ["advise", "--answers", "-", "--format", "text"], input="status = 'undocumented'")
    assert read_in.stderr == ""
