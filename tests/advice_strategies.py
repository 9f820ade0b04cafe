"""Random facts, criteria and situations for property tests."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from kotoneuvo.advice.criteria import AnyOf, Criterion, Node, NoneOf, Table, merge
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.situation import Situation
from kotoneuvo.catalogue.load import load_catalogue

FACTS = load_catalogue().facts

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
