"""JSON lines are written from what is remembered: every line is the document that one person's advice gives."""

from __future__ import annotations

import io
import json
import pickle
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, cycle
from typing import Any

import pytest
from advice_strategies import FACTS, FACTS_HERE, PLACES, Town, groups, share, towns
from batch_rows import made_up
from hypothesis import given
from hypothesis import strategies as st

from kotoneuvo.advice.advisor import Advisor, advise
from kotoneuvo.advice.assessment import Assessment
from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.advice.service import SELF, Access, Catalogue, Languages
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE, Situation
from kotoneuvo.batch.json_lines import JsonLines
from kotoneuvo.batch.rows import BlockReader, Task
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.intake.cells import CellReader, Reading, situation_of
from kotoneuvo.intake.headers import HeaderNames
from kotoneuvo.intake.opening import open_sheet
from kotoneuvo.intake.rows import RowReader
from kotoneuvo.render.json import report_data
from kotoneuvo.words import Words, escape_controls, language_codes

CATALOGUE = load_catalogue()
TODAY = date(2026, 11, 24)
DAYS = (date(2020, 9, 1), TODAY)
WORDS = {language: Words(language) for language in ("fi", "sv", "en")}


class _Kept(dict[str, Assessment]):
    """All assessments by id, of which only those that a line tells of are listed: the text of all takes long."""

    def values(self) -> Any:
        return [each for each in super().values() if each.running and each.relevant and each.within_reach]


def plain(row: str, situation: Situation, catalogue: Catalogue, day: date, words: Words) -> str:
    """The document as one person's advice gives it, with the verdicts of what runs, is relevant and within reach."""
    report = advise(catalogue, situation, day)
    data = {"row": row} | report_data(replace(report, assessments=_Kept(report.assessments)), words)
    for name in ("since", "details", "bring", "transitions", "changes_on"):
        del data[name]  # is for one person only
    return escape_controls(json.dumps(data, ensure_ascii=False, separators=(",", ":"))) + "\n"


def columns(group: Sequence[Situation]) -> dict[str, Sequence[Reading]]:
    """What a group says, column by column; wishes stand in the middle, as they may in a file."""
    names = list(dict.fromkeys(name for each in group for name in each.known))
    found: dict[str, Sequence[Reading]] = {GOALS: [each.goals or None for each in group]}
    found |= {name: [each.known.get(name) for each in group] for name in names}
    return found | {SERVICE_LANGUAGE: [each.service_language or None for each in group]}


def in_order(situation: Situation, names: Sequence[str]) -> Situation:
    """The same answers in the order of the columns."""
    return replace(situation, known={name: situation.known[name] for name in names if name in situation.known})


def check(lines: JsonLines, group: Sequence[Situation]) -> None:
    """Every line of a group is the plain document, also when everything is remembered."""
    told = columns(group)
    group = [in_order(each, list(told)) for each in group]
    labels = [f"{place}" for place in range(len(group))]
    expected = [
        plain(label, each, lines.advisor.catalogue, lines.advisor.day, lines.words)
        for label, each in zip(labels, group, strict=True)
    ]
    for _ in range(2):
        assert lines.lines(labels, told).data.decode().splitlines(keepends=True) == expected


@pytest.mark.parametrize("day", DAYS)
@share(25)
@given(group=groups(tuple(FACTS.facts)), language=st.sampled_from(("fi", "sv", "en")), place=st.sampled_from(PLACES))
def test_a_line_is_the_document_of_one_person(day: date, group: list[Situation], language: str, place: str) -> None:
    """With bands, contradictions, several municipalities or none; half of the group in one and the same place."""
    here = [each.with_answer("municipality", frozenset({place})) for each in group[::2]]
    check(JsonLines(Advisor(CATALOGUE, day), WORDS[language]), [*here, *group[1::2]])


@share(50)
@given(town=towns(), group=groups(FACTS_HERE), place=st.sampled_from(PLACES))
def test_whatever_the_catalogue(town: Town, group: list[Situation], place: str) -> None:
    """Doors in circles, several doors and providers to choose from, what time brings, ended services."""
    here = [each.with_answer("municipality", frozenset({place})) for each in group[::2]]
    check(JsonLines(Advisor(town.catalogue, TODAY), WORDS["en"]), [*here, *group[1::2]])


def test_the_successor_of_a_service_elsewhere_is_a_door_here() -> None:
    """What has ended in another municipality still says who took over."""
    template = next(iter(CATALOGUE.services.values()))._replace(
        eligibility=(), access=Access((SELF,)), part_of="", provides={}, valid_until=None, successor=(), goals=("work",)
    )
    elsewhere = (Criterion("municipality", frozenset({"091"})),)
    town = {
        "old": template._replace(
            id="old", eligibility=elsewhere, valid_until=date(2025, 1, 1), successor=("new",), access=Access()
        ),
        "new": template._replace(id="new"),
        "course": template._replace(id="course", access=Access(("old",))),
    }
    lines = JsonLines(Advisor(Catalogue("test", FACTS, town), TODAY), WORDS["en"])
    here = Situation({"municipality": frozenset({"092"})})
    check(lines, [here])
    assert '"stage":"through","after":["new"],"services":["course"]' in lines.line("1", here)


def test_of_several_doors_and_courses_the_one_that_ranks_first() -> None:
    """By goals first, then by whether it is sure, then by language: people who differ in nothing else.

    A door that only some know that they need stands before what it leads to, and nowhere else.
    """
    template = next(iter(CATALOGUE.services.values()))._replace(
        eligibility=(), access=Access((SELF,)), part_of="", provides={}, valid_until=None, successor=(), basic=True,
        phase="language", area=("FI",), audience=("migrant",), review=date(2027, 1, 1),
    )  # fmt: skip
    right = Criterion("has_right_to_work", frozenset({True}))
    level = Criterion("finnish_level", frozenset({"A1.3", "A2.1"}))
    doors: list[tuple[str, tuple[str, ...], str, tuple[Criterion, ...]]] = [
        ("a", ("work",), "ar", (right,)), ("b", ("work", "family"), "so", ()), ("c", ("family",), "ru", (right,)),
        ("d", ("work",), "fi", ()),
    ]  # fmt: skip
    town = {
        name: template._replace(
            id=name, goals=goals, languages=Languages((code,)), eligibility=table, provides={"finnish_level": "A1.3"}
        )
        for name, goals, code, table in doors
    }
    town["through"] = template._replace(id="through", goals=("work", "family"), access=Access(("a", "b", "c", "d")))
    told = Criterion("trafficking_victim", frozenset({True}))
    town["secret"] = template._replace(id="secret", goals=("work",), eligibility=(told,))
    town["beyond"] = template._replace(id="beyond", goals=("work",), access=Access(("secret",)))
    town["later"] = template._replace(id="later", goals=("work", "family"), eligibility=(level,))
    known: list[dict[str, frozenset[Any]]] = [
        {"finnish_level": frozenset({held})} | extra
        for held in ("A1.1", "A2.2")
        for extra in ({}, {right.fact: right.accept})
    ]
    check(
        JsonLines(Advisor(Catalogue("test", FACTS, town), TODAY), WORDS["en"]),
        [
            Situation(answers, goals, languages)
            for goals in ((), ("work",), ("family",), ("work", "family"), ("family", "work"))
            for languages in ((), ("ar",), ("so",), ("ru",), ("fi", "ru"))
            for answers in known
        ],
    )


def test_a_worker_process_gets_its_own() -> None:
    """Where processes begin anew (Windows, macOS) the lines are told in the same language there."""
    lines = JsonLines(Advisor(CATALOGUE, TODAY), WORDS["sv"])
    situation = Situation.of(FACTS, TODAY, municipality="Vantaa", age=34)
    told = pickle.loads(pickle.dumps(lines.lines))(["1"], columns([situation]))
    assert told.data.decode() == lines.line("1", situation)


@pytest.mark.parametrize("language", ["en", *(pytest.param(each, marks=pytest.mark.slow) for each in ("fi", "sv"))])
def test_rows_of_a_file(language: str) -> None:
    """Through the reader of blocks, as `batch` does it."""
    stream = io.BytesIO(made_up(200))
    reader = CellReader(FACTS, TODAY)
    sheet = open_sheet(stream, HeaderNames.bundled(FACTS), reader)
    task = Task(CATALOGUE, TODAY, sheet.dialect.delimiter, sheet.columns, ("row",))
    rows = RowReader(sheet.columns, sheet.dialect.delimiter, reader)
    lines = JsonLines(Advisor(CATALOGUE, TODAY), WORDS[language]).lines
    for block in sheet.blocks:
        result = BlockReader(task, language_codes, lines).read(block)
        text = result.text
        people = [(label, situation_of(answers)) for label, answers in rows.read(block).people() if answers is not None]
        expected = [plain(label, situation, CATALOGUE, TODAY, WORDS[language]) for label, situation in people]
        assert text.splitlines(keepends=True) == expected
        counted = BlockReader(task, language_codes).read(block).tally
        assert result.tally.fits == counted.fits
        assert list(result.tally.gaps.items()) == list(counted.gaps.items())


@pytest.mark.parametrize("backwards", [pytest.param(False, marks=pytest.mark.slow), True])
def test_contradictions_stand_in_the_order_of_the_columns(backwards: bool) -> None:
    """With all that they may go against, whatever else was answered."""
    answers: list[tuple[str, frozenset[Any]]] = [
        ("age", frozenset({7})), ("schooling", frozenset({"none"})), ("labour_status", frozenset({"pensioner"})),
        ("is_jobseeker_client", frozenset({False})), ("highly_skilled", frozenset({True})),
        ("status", frozenset({"eu_registered"})), ("undocumented", frozenset({True})),
        ("wants_higher_education", frozenset({False})), ("municipality", frozenset({"none"})),
        ("has_municipality_of_residence", frozenset({True})), ("children_ages", frozenset({"none"})),
        ("cares_child_under_3_at_home", frozenset({True})), ("gender", frozenset({"man"})),
        ("parent_role", frozenset({"mother"})),
    ]  # fmt: skip
    if backwards:
        answers.reverse()
    some = [dict(each) for count in (1, 2) for each in combinations(answers, count)]
    some += [dict(each) for each in list(combinations(answers, 3))[::7]]
    goals = cycle(((), ("higher_education",), ("work",)))
    check(JsonLines(Advisor(CATALOGUE, TODAY), WORDS["en"]), [Situation(each, next(goals)) for each in some])


@pytest.mark.parametrize("label", ['"', "\\", "\x1b[2J", "ä–€", "\u202e", "client 7", "\ud800", ""])
def test_labels(label: str) -> None:
    """Whatever stands in the label is the same text again, and steers nothing."""
    line = JsonLines(Advisor(CATALOGUE, TODAY), WORDS["en"]).line(label, Situation())
    assert line == plain(label, Situation(), CATALOGUE, TODAY, WORDS["en"])
    assert json.loads(line)["row"] == label
    assert line.isascii() or line.strip("\n").isprintable()
