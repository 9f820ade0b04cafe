"""JSON lines are put together from remembered pieces: every line is the document that one person's advice gives."""

from __future__ import annotations

import gc
import importlib.util
import io
import json
import pickle
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, cycle
from pathlib import Path
from typing import Any

import pytest
from advice_strategies import FACTS, SMALL, share, situations, subsets, tables
from hypothesis import given
from hypothesis import strategies as st

from kotoneuvo.advice.criteria import Criterion, Node, merge
from kotoneuvo.advice.report import advise
from kotoneuvo.advice.service import SELF, Access, Catalogue, Languages, Overlay, Service
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE, Situation
from kotoneuvo.batch.classes import situation_of
from kotoneuvo.batch.rows import BlockReader
from kotoneuvo.batch.sheet import Task
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.intake.cells import CellReader, Reading
from kotoneuvo.intake.headers import HeaderNames
from kotoneuvo.intake.opening import open_sheet
from kotoneuvo.render.json import report_data
from kotoneuvo.render.jsonl.lines import JsonLines
from kotoneuvo.words import Words, language_codes, still

CATALOGUE = load_catalogue()
TODAY = date(2026, 11, 24)
DAYS = (date(2020, 9, 1), TODAY)
WORDS = {language: Words(language) for language in ("fi", "sv", "en")}
PLACES = ("091", "092", "049", "297", "none")


def plain(row: str, situation: Situation, catalogue: Catalogue, day: date, words: Words) -> str:
    """The document as one person's advice gives it, with the verdicts of what runs, is relevant and within reach."""
    report = advise(catalogue, situation, day)
    kept = {
        name: each for name, each in report.assessments.items() if each.running and each.relevant and each.within_reach
    }
    data = {"row": row} | report_data(replace(report, assessments=kept), words)
    return still(json.dumps(data, ensure_ascii=False, separators=(",", ":"))) + "\n"


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
        plain(label, each, lines.catalogue, lines.day, lines.words) for label, each in zip(labels, group, strict=True)
    ]
    for _ in range(2):
        assert lines.lines(labels, told).decode().splitlines(keepends=True) == expected


@st.composite
def groups(draw: st.DrawFn, names: tuple[str, ...], most: int = 6) -> list[Situation]:
    """People who differ in a few answers, so that most of what is remembered of one serves the next."""
    base = draw(situations(names))
    found = [base]
    for _ in range(draw(st.integers(1, most))):
        each = draw(st.sampled_from(found))
        for name in draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True)):
            fact = FACTS[name]
            single = st.sampled_from(fact.domain).map(lambda value: frozenset({value}))
            few = subsets(fact.domain, least=1) if len(fact.domain) < 40 else single
            each = each.with_answer(name, draw(st.one_of(st.none(), single, few)))
        goals = draw(st.lists(st.sampled_from(tuple(FACTS.goals)), unique=True, max_size=2))
        languages = draw(st.lists(st.sampled_from(("ar", "so", "ru", "fi")), unique=True, max_size=2))
        found.append(replace(each, goals=tuple(goals), service_language=tuple(languages)))
    return found


@pytest.mark.parametrize("day", DAYS)
@share(25)
@given(group=groups(tuple(FACTS.facts)), language=st.sampled_from(("fi", "sv", "en")), place=st.sampled_from(PLACES))
def test_a_line_is_the_document_of_one_person(day: date, group: list[Situation], language: str, place: str) -> None:
    """With bands, contradictions, several municipalities or none; half of the group in one and the same place."""
    here = [each.with_answer("municipality", frozenset({place})) for each in group[::2]]
    check(JsonLines(CATALOGUE, day, WORDS[language]), [*here, *group[1::2]])


FACTS_HERE = (*SMALL, "municipality", "age", "status", "years_since_first_permit", "is_jobseeker_client")
GIFTS: Mapping[str, Sequence[Any]] = {
    "finnish_level": ("A1.3", "A2.2", "B1.1"), "literacy": ("LK2",), "schooling": ("basic_complete",),
    "is_jobseeker_client": (True,), "has_right_to_work": (True,), "labour_status": ("employed", "student"),
}  # fmt: skip


def _whole(node: Node) -> bool:
    """Whether no group holds an empty table: a catalogue may not say so."""
    return isinstance(node, Criterion) or all(table and all(map(_whole, table)) for table in node.tables)


@st.composite
def services(draw: st.DrawFn, name: str, ids: Sequence[str]) -> Service:
    """A service with conditions, doors and gifts of all sorts."""
    table = tuple(node for node in draw(tables()) if _whole(node))
    areas = draw(st.one_of(st.none(), subsets(PLACES, least=1)))
    if areas is not None:
        unclear = draw(subsets(PLACES)) - areas
        table = merge(table, (Criterion("municipality", areas, unclear),))
    for fact in draw(st.lists(st.sampled_from(("age", "years_since_first_permit", "status")), max_size=2)):
        domain = FACTS[fact].domain
        first, last = sorted(draw(st.tuples(*[st.integers(0, len(domain) - 1)] * 2)))
        table = merge(table, (Criterion(fact, frozenset(domain[first : last + 1]), frozenset(domain[:first][-2:])),))
    later = ids[ids.index(name) + 1 :]
    some = st.lists(st.sampled_from((SELF, *ids)), max_size=3, unique=True).map(tuple)
    ended = draw(st.integers(0, 5)) == 0
    gifts = draw(st.lists(st.sampled_from(tuple(GIFTS)), max_size=2, unique=True))
    return next(iter(CATALOGUE.services.values()))._replace(
        id=name,
        eligibility=table,
        access=Access(draw(some)),
        part_of=draw(st.sampled_from(("", "", *ids))),
        audience=draw(st.sampled_from((("migrant",), ("employer",)))),
        goals=draw(st.sampled_from((("work",), ("language", "family"), ("family", "work")))),
        phase=draw(st.sampled_from(tuple(FACTS.phases))),
        area=draw(st.sampled_from((("FI",), ("091",), PLACES))),
        basic=draw(st.booleans()),
        provides={fact: draw(st.sampled_from(GIFTS[fact])) for fact in gifts},
        review=draw(st.sampled_from((date(2026, 1, 1), date(2027, 1, 1)))),
        valid_until=date(2025, 1, 1) if ended else None,
        successor=tuple(later[:1]) if ended else (),
        languages=draw(st.sampled_from((None, Languages(("ar",)), Languages(("so", "ru"))))),
        overlays=draw(st.sampled_from(((), (Overlay("100 %", ("note",)),)))),
    )


class Town:
    """A catalogue that is short to look at when a test fails."""

    def __init__(self, services: Mapping[str, Service]) -> None:
        self.catalogue = Catalogue("test", FACTS, services)

    def __repr__(self) -> str:
        shown = ("id", "eligibility", "access", "part_of", "audience", "goals", "phase", "area", "basic", "provides")
        services = self.catalogue.services.values()
        return "\n".join(str([getattr(each, name) for name in shown]) for each in services)


@st.composite
def towns(draw: st.DrawFn) -> Town:
    """A few services that open, follow and exclude each other."""
    ids = [f"s{number}" for number in range(draw(st.integers(1, 8)))]
    return Town({name: draw(services(name, ids)) for name in ids})


@share(50)
@given(town=towns(), group=groups(FACTS_HERE), place=st.sampled_from(PLACES))
def test_whatever_the_catalogue(town: Town, group: list[Situation], place: str) -> None:
    """Doors in circles, several doors and providers to choose from, what time brings, ended services."""
    here = [each.with_answer("municipality", frozenset({place})) for each in group[::2]]
    check(JsonLines(town.catalogue, TODAY, WORDS["en"]), [*here, *group[1::2]])


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
    lines = JsonLines(Catalogue("test", FACTS, town), TODAY, WORDS["en"])
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
        JsonLines(Catalogue("test", FACTS, town), TODAY, WORDS["en"]),
        [
            Situation(answers, goals, languages)
            for goals in ((), ("work",), ("family",), ("work", "family"), ("family", "work"))
            for languages in ((), ("ar",), ("so",), ("ru",), ("fi", "ru"))
            for answers in known
        ],
    )


@share(10)
@given(group=groups(tuple(FACTS.facts), most=10), most=st.sampled_from((20_000, 100_000, 300_000)))
def test_what_is_forgotten_is_worked_out_again(group: list[Situation], most: int) -> None:
    """Memories hold no more than they may; a change of generations, or a start from nothing, changes no line."""
    lines = JsonLines(CATALOGUE, TODAY, WORDS["fi"], most=most)
    check(lines, group)
    assert 0 < lines.memory.size <= most
    check(JsonLines(CATALOGUE, TODAY, WORDS["fi"], most_fixed=0), group)


def test_a_worker_process_gets_its_own() -> None:
    """Where processes begin anew (Windows, macOS) the lines are told in the same language there."""
    lines = JsonLines(CATALOGUE, TODAY, WORDS["sv"])
    situation = Situation.of(FACTS, TODAY, municipality="Vantaa", age=34)
    told = pickle.loads(pickle.dumps(lines.lines))(["1"], columns([situation]))
    assert told.decode() == lines.line("1", situation)


def test_nothing_is_left_behind() -> None:
    """A batch collects no garbage: what is forgotten, and what was known of a row, goes by itself."""
    lines = JsonLines(CATALOGUE, TODAY, WORDS["fi"], most_fixed=0)
    gc.collect()
    gc.disable()
    try:
        lines.line("1", Situation.of(FACTS, TODAY, municipality="Vantaa", age=34, finnish_level="A1"))
        gone: list[weakref.ref[Any]] = [
            weakref.ref(lines.pieces),
            weakref.ref(lines.memory.knowledge),
            weakref.ref(lines.pieces.questions),
        ]
        lines.line("2", Situation())
        assert [each() for each in gone] == [None, None, None]
    finally:
        gc.enable()


def test_memories_are_dropped_when_they_build_upon_too_much() -> None:
    """Ever new lists of municipalities, each a place of its own."""
    lines = JsonLines(CATALOGUE, TODAY, WORDS["fi"], most_fixed=300_000)
    codes = FACTS.mainland
    sizes = []
    for first in range(150):
        lines.lines(["1"], {"municipality": [frozenset(codes[first : first + 7])]})
        sizes.append(lines.memory.fixed)
    assert max(sizes) < 600_000
    assert sizes != sorted(sizes)


def _made_up(rows: int) -> io.BytesIO:
    """An intake with a realistic skew, as the benchmarks make it."""
    path = Path(__file__).parents[2] / "benchmarks" / "make_intake.py"
    spec = importlib.util.spec_from_file_location("make_intake", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    lines = [module.HEADER, *module.rows(rows, FACTS)]
    return io.BytesIO("\n".join(";".join(line) for line in lines).encode())


@pytest.mark.parametrize("language", WORDS)
def test_rows_of_a_file(language: str) -> None:
    """Through the reader of blocks, as `batch` does it."""
    stream = _made_up(200)
    reader = CellReader(FACTS, TODAY, language_codes)
    sheet = open_sheet(stream, HeaderNames.bundled(FACTS), reader, {}, ())
    task = Task(CATALOGUE, TODAY, sheet.dialect.delimiter, sheet.columns, ("row",))
    people: list[tuple[str, Situation]] = []

    def note(labels: Sequence[str], told: Mapping[str, Sequence[Reading]], _withheld: object = ()) -> bytes:
        for row, label in enumerate(labels):
            people.append((label, situation_of({name: column[row] for name, column in told.items()})))
        return b""

    lines = JsonLines(CATALOGUE, TODAY, WORDS[language]).lines
    for block in sheet.blocks:
        BlockReader(task, language_codes, note).read(block)
        text = BlockReader(task, language_codes, lines).read(block).text
        expected = [plain(label, situation, CATALOGUE, TODAY, WORDS[language]) for label, situation in people]
        assert text.splitlines(keepends=True) == expected
        people.clear()


@pytest.mark.parametrize("backwards", [False, True])
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
    some = [dict(each) for count in (1, 2, 3) for each in combinations(answers, count)]
    goals = cycle(((), ("higher_education",), ("work",)))
    check(JsonLines(CATALOGUE, TODAY, WORDS["en"]), [Situation(each, next(goals)) for each in some])


@pytest.mark.parametrize("label", ['"', "\\", "\x1b[2J", "ä–€", "\u202e", "client 7", "\ud800", ""])
def test_labels(label: str) -> None:
    """Whatever stands in the label is the same text again, and steers nothing."""
    line = JsonLines(CATALOGUE, TODAY, WORDS["en"]).line(label, Situation())
    assert line == plain(label, Situation(), CATALOGUE, TODAY, WORDS["en"])
    assert json.loads(line)["row"] == label
    assert line.isascii() or line.strip("\n").isprintable()
