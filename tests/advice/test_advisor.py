"""An advisor that remembers says what one that remembers nothing says, whatever it was asked before."""

from __future__ import annotations

import gc
import pickle
import weakref
from datetime import date
from typing import Any

from advice_strategies import CATALOGUE, FACTS, FACTS_HERE, PLACES, Town, groups, share, towns
from days import TODAY
from hypothesis import given
from hypothesis import strategies as st

from kotoneuvo import Advisor, Situation, advise
from kotoneuvo.advice.assessment import assess
from kotoneuvo.advice.criteria import Criterion
from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.advice.situation import Knowledge

SKIPS = st.frozensets(st.sampled_from(FACTS_HERE), max_size=3)


def check(advisor: Advisor, group: list[Situation], skipped: frozenset[str]) -> None:
    """Whole reports, those of services out of reach too, asked for twice."""
    for situation in (*group, *group):
        expected = advise(advisor.catalogue, situation, advisor.day, skipped)
        assert advisor.advise(situation, skipped) == expected
        knowledge = Knowledge(FACTS, situation)
        for service_id, service in advisor.catalogue.services.items():
            assert expected.assessments[service_id] == assess(service, knowledge, advisor.day, skipped)


@share(10)
@given(group=groups(tuple(FACTS.facts)), skipped=SKIPS, place=st.sampled_from(PLACES))
def test_with_the_catalogue(group: list[Situation], skipped: frozenset[str], place: str) -> None:
    """Half of the group in one and the same place."""
    here = [each.with_answer("municipality", frozenset({place})) for each in group[::2]]
    check(Advisor(CATALOGUE, TODAY), [*here, *group[1::2]], skipped)


@given(town=towns(), group=groups(FACTS_HERE), skipped=SKIPS, memory=st.sampled_from((0, 20_000, 1 << 26)))
def test_whatever_the_catalogue(town: Town, group: list[Situation], skipped: frozenset[str], memory: int) -> None:
    """Doors in circles, several doors and providers, what time brings, ended services; with little room or none."""
    check(Advisor(town.catalogue, TODAY, memory), group, skipped)


def test_memory_is_bounded_in_bytes() -> None:
    """Ever new ages, levels and lists of municipalities: it forgets in time."""
    advisor = Advisor(CATALOGUE, TODAY, memory=2_000_000)
    spent = []
    for first in range(120):
        places: Values = frozenset(FACTS.mainland[first : first + 7])
        advisor.advise(Situation({"municipality": places, "age": frozenset({first % 90})}))
        spent.append(advisor.spent + advisor.encoding.spent)
    assert max(spent) < 3_000_000
    assert spent != sorted(spent)


def test_nothing_is_left_behind() -> None:
    """A batch collects no garbage: what is forgotten, and what was known of a person, goes by itself."""
    advisor = Advisor(CATALOGUE, TODAY, memory=0)
    gc.collect()
    gc.disable()
    try:
        report = advisor.advise(Situation.of(FACTS, TODAY, municipality="Vantaa", age=34))
        gone: list[weakref.ref[Any]] = [weakref.ref(report), weakref.ref(advisor.encoding)]
        del report
        advisor.advise(Situation())
        assert [each() for each in gone] == [None, None]
    finally:
        gc.enable()


def test_many_people_and_another_process() -> None:
    """`advise_many` gives a report for each; an advisor goes to another process without what it remembers."""
    people = [Situation.of(FACTS, TODAY, municipality=name, age=34) for name in ("Vantaa", "Oulu", "Kuopio")]
    advisor = Advisor(CATALOGUE, TODAY)
    reports = list(advisor.advise_many(iter(people)))
    assert reports == [advise(CATALOGUE, each, TODAY) for each in people]
    assert len(pickle.dumps(advisor)) < 1.01 * len(pickle.dumps(Advisor(CATALOGUE, TODAY)))
    assert list(pickle.loads(pickle.dumps(advisor)).advise_many(people)) == reports


def test_a_service_that_moves_people() -> None:
    """Where one provides a municipality, services there are not out of reach for good."""
    services = {name: CATALOGUE.services[name] for name in list(CATALOGUE.services)[:3]}
    one, two, three = services
    template = services[one]._replace(valid_until=None, review=date(2027, 1, 1), part_of="", eligibility=())
    area = Criterion("municipality", frozenset({"091"}))
    town = Catalogue("test", FACTS, {
        one: template._replace(id=one, provides={"municipality": "091"}, access=template.access._replace(via=())),
        two: template._replace(id=two, eligibility=(area,), access=template.access._replace(via=())),
    })  # fmt: skip
    report = advise(town, Situation.of(FACTS, TODAY, municipality="Oulu"), TODAY)
    assert two in report.reachable
    assert three not in report.assessments
