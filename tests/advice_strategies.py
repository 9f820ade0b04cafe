"""Random facts, criteria, situations and catalogues for property tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from kotoneuvo.advice.criteria import AnyOf, Criterion, Node, NoneOf, Table, merge
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.service import SELF, Access, Catalogue, Languages, Overlay, Service
from kotoneuvo.advice.situation import Situation
from kotoneuvo.catalogue.load import load_catalogue

CATALOGUE = load_catalogue()
FACTS = CATALOGUE.facts
PLACES = ("091", "092", "049", "297", "none")

SMALL = ("finnish_level", "labour_status", "has_right_to_work", "gender", "schooling", "literacy", "children_ages")
"""Facts with small domains, so that random criteria and situations meet often."""


def share(percent: int) -> settings:
    """So many percent of the examples of the profile (100, "thorough": 5,000): for tests of the whole catalogue."""
    return settings(max_examples=max(1, settings().max_examples * percent // 100))


def subsets(values: tuple[object, ...], least: int = 0) -> st.SearchStrategy[Values]:
    return st.frozensets(st.sampled_from(values), min_size=least)


@st.composite
def criteria(draw: st.DrawFn) -> Criterion:
    fact = FACTS[draw(st.sampled_from(SMALL))]
    accept = draw(subsets(fact.domain))
    return Criterion(fact.id, accept, draw(subsets(fact.domain)) - accept)


def _one_each(drawn: list[Node]) -> Table:
    """A table names each fact once, as in a TOML file."""
    return merge(tuple(drawn), ())


def nodes() -> st.SearchStrategy[Node]:
    def groups(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        tables = st.lists(st.lists(inner, max_size=3).map(_one_each), min_size=1, max_size=3).map(tuple)
        return st.one_of(tables.map(AnyOf), tables.map(NoneOf))

    return st.recursive(criteria(), groups, max_leaves=6)


def tables() -> st.SearchStrategy[Table]:
    return st.lists(nodes(), max_size=4).map(_one_each)


@st.composite
def situations(draw: st.DrawFn, names: tuple[str, ...] | None = None) -> Situation:
    """Some facts known, each as one value, a few or nearly all; the role keeps its default, which is an answer too."""
    known = {}
    for name in draw(
        st.lists(
            st.sampled_from(names or tuple(name for name in FACTS.facts if FACTS[name].default is None)),
            unique=True,
            max_size=12,
        )
    ):
        fact = FACTS[name]
        known[name] = draw(subsets(fact.domain, least=1)) if len(fact.domain) < 40 else draw(_stretch(fact.domain))
    goals = draw(st.lists(st.sampled_from(tuple(FACTS.goals)), unique=True, max_size=3))
    return Situation(known, tuple(goals))


@st.composite
def _stretch(draw: st.DrawFn, domain: tuple[object, ...]) -> Values:
    first = draw(st.integers(0, len(domain) - 1))
    return frozenset(domain[first : first + draw(st.integers(1, 20))])  # type: ignore[arg-type]


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


TOLD = "trafficking_victim"
FACTS_HERE = (*SMALL, "municipality", "age", "status", "years_since_first_permit", "is_jobseeker_client", TOLD)
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
    if draw(st.integers(0, 4)) == 0:
        table = merge(table, (Criterion(TOLD, frozenset({True})),))
    if draw(st.integers(0, 4)) == 0:
        # A place that is one of several alternatives is no plain area.
        table += (AnyOf(((Criterion("municipality", draw(subsets(PLACES, least=1))),), (draw(criteria()),))),)
    later = ids[ids.index(name) + 1 :]
    some = st.lists(st.sampled_from((SELF, *ids)), max_size=3, unique=True).map(tuple)
    ended = draw(st.integers(0, 5)) == 0
    gifts = draw(st.lists(st.sampled_from(tuple(GIFTS)), max_size=2, unique=True))
    return next(iter(CATALOGUE.services.values()))._replace(
        id=name,
        eligibility=table,
        access=Access(draw(some)),
        # Houses never stand in a circle: a catalogue may not say so.
        part_of=draw(st.sampled_from(("", "", *ids[: ids.index(name)]))),
        audience=draw(st.sampled_from((("migrant",), ("employer",)))),
        goals=draw(st.sampled_from((("work",), ("language", "family"), ("family", "work")))),
        phase=draw(st.sampled_from(tuple(FACTS.phases))),
        area=draw(st.sampled_from((("FI",), ("091",), PLACES))),
        basic=draw(st.booleans()),
        helpline=draw(st.integers(0, 5)) == 0,
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
