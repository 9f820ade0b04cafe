"""The invariants of the core, over random criteria and situations and over the real catalogue."""

from __future__ import annotations

import pickle
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date

from advice_strategies import SMALL, nodes, share, situations, tables
from hypothesis import given
from hypothesis import strategies as st

from kotoneuvo import Report, Situation, advise
from kotoneuvo.advice.criteria import MET, UNKNOWN, UNMET, Possible, Table, Truth, judge, judge_table, merge, together
from kotoneuvo.advice.eligibility import Outcome, only_for_told, outcome_of
from kotoneuvo.advice.facts import FactBook, Values
from kotoneuvo.advice.situation import Knowledge, wished
from kotoneuvo.catalogue.load import load_catalogue

CATALOGUE = load_catalogue()
FACTS = CATALOGUE.facts
TODAY = date(2026, 11, 24)


def truth_of(table: Table, possible: Possible) -> Truth:
    """The result of a whole table, without the reasons."""
    return together(judge_table(table, possible))


def _denied(fact: str, goals: tuple[str, ...]) -> bool:
    return wished(FACTS[fact], goals) is False


@st.composite
def learned(draw: st.DrawFn) -> tuple[Situation, Situation]:
    """A situation, and one in which more is known: every answer is a part of the old one or new."""
    before = draw(situations())
    known = {name: draw(_parts(values)) for name, values in before.known.items()}
    more = draw(situations()).known
    return before, replace(before, known={**more, **known})


def _parts(values: Values) -> st.SearchStrategy[Values]:
    return st.frozensets(st.sampled_from(sorted(values, key=str)), min_size=1)


@given(nodes(), st.data())
def test_learning_more_never_flips_a_criterion(node: object, data: st.DataObject) -> None:
    """Met stays met and unmet stays unmet when fewer values are possible."""
    wide = {name: data.draw(st.frozensets(st.sampled_from(FACTS[name].domain), min_size=1)) for name in SMALL}
    narrow = {name: data.draw(_parts(values)) for name, values in wide.items()}
    before = judge(node, wide.__getitem__).truth  # type: ignore[arg-type]
    after = judge(node, narrow.__getitem__).truth  # type: ignore[arg-type]
    assert before is UNKNOWN or after is before


@share(60)
@given(learned())
def test_learning_more_never_flips_a_verdict_of_the_catalogue(pair: tuple[Situation, Situation]) -> None:
    """As long as the answers do not contradict each other, a settled verdict stays.

    A wish that is not among the goals counts as no; who then says that it is there has changed the goals.
    """
    before, after = (Knowledge(FACTS, situation) for situation in pair)
    if before.contradictions() or after.contradictions():
        return
    goals = pair[1].goals
    if any(values != {wished(FACTS[fact], goals)} for fact, values in pair[1].known.items() if _denied(fact, goals)):
        return
    for service in CATALOGUE.services.values():
        first = outcome_of(judge_table(service.eligibility, before.possible))
        second = outcome_of(judge_table(service.eligibility, after.possible))
        assert first is Outcome.POSSIBLE or first is second, service.id


@share(60)
@given(situations(), st.randoms())
def test_the_order_of_answers_does_not_matter(situation: Situation, random: object) -> None:
    """The same answers in another order give the same report."""
    shuffled = list(situation.known.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = advise(CATALOGUE, situation, TODAY), advise(CATALOGUE, replace(situation, known=dict(shuffled)), TODAY)
    assert one.assessments == other.assessments
    assert one.pathway == other.pathway
    assert one.ask_next == other.ask_next


@given(tables(), situations(SMALL), st.sampled_from(SMALL), st.data())
def test_nothing_outside_its_own_criteria_changes_a_verdict(
    table: tuple[object, ...], situation: Situation, name: str, data: st.DataObject
) -> None:
    """A fact that no criterion looks at, directly or through a derivation, cannot matter."""
    knowledge = Knowledge(FACTS, situation)
    looked_at: set[str] = set()
    truth_of(table, lambda fact: (looked_at.add(fact), knowledge.possible(fact))[1])  # type: ignore[arg-type,func-returns-value]
    if name in looked_at | {"children_ages", "gender"} or any(name in FACTS.derivations.get(f, {}) for f in looked_at):
        return
    other = situation.with_answer(name, data.draw(st.frozensets(st.sampled_from(FACTS[name].domain), min_size=1)))
    assert truth_of(table, knowledge.possible) is truth_of(table, Knowledge(FACTS, other).possible)  # type: ignore[arg-type]


@given(tables(), tables(), st.data())
def test_a_merged_table_is_met_only_where_both_are(
    first: tuple[object, ...], second: tuple[object, ...], data: st.DataObject
) -> None:
    """Merging a house's table into a service's is conjunction: the same for every fully known person."""
    person = {name: frozenset({data.draw(st.sampled_from(FACTS[name].domain))}) for name in SMALL}
    both = truth_of((*first, *second), person.__getitem__)  # type: ignore[arg-type]
    assert truth_of(merge(first, second), person.__getitem__) is both  # type: ignore[arg-type]


@share(60)
@given(situations())
def test_every_change_that_opens_a_service_does_open_it(situation: Situation) -> None:
    """Somebody who has become what `opens_with` says is not shut out; a change without a value says: never."""
    report = advise(CATALOGUE, situation, TODAY)
    for name, assessment in report.assessments.items():
        if assessment.outcome is not Outcome.NOT_ELIGIBLE:
            assert not assessment.opens_with, name
            continue
        if any(each.truth is UNMET and only_for_told(each.node, FACTS) for each in assessment.judgements):
            assert not assessment.opens_with, name
            continue
        assert assessment.opens_with, name
        changes = {change.fact: frozenset(change.to) for change in assessment.opens_with}
        assert all(change.to or change.kind == "fixed" for change in assessment.opens_with), name
        if all(changes.values()):
            changed = replace(situation, known={**situation.known, **changes})
            after = judge_table(assessment.service.eligibility, Knowledge(FACTS, changed).possible)
            assert outcome_of(after) is not Outcome.NOT_ELIGIBLE, (name, assessment.opens_with)


@share(60)
@given(situations())
def test_the_pathway_holds_only_what_is_needed_and_can_be_reached(situation: Situation) -> None:
    """Every step is wanted or leads to something wanted, comes after what opens it, and runs."""
    report = advise(CATALOGUE, situation, TODAY)
    before: set[str] = set()
    leads = {opener for stage in report.pathway for opener in stage.after}
    for stage in report.pathway:
        for opener in stage.after:
            assert "=" in opener or opener in report.reachable
        for name in stage.services:
            assessment = report.assessments[name]
            assert assessment.running, name
            assert assessment.wanted or name in leads, name
            assert name not in before
            before.add(name)
            if stage.when.value != "later":
                assert assessment.outcome is not Outcome.NOT_ELIGIBLE, name
    assert {name for name in leads if "=" not in name} <= before


@share(30)
@given(situations())
def test_only_questions_that_matter_are_asked(situation: Situation) -> None:
    """Each proposed question would settle something, is not answered yet, and is one that may be asked."""
    report = advise(CATALOGUE, situation, TODAY)
    for fact, count in report.ask_next:
        assert count > 0
        assert not Knowledge(FACTS, situation).settled(fact)
        assert FACTS[fact].asked == "asked"


def test_a_report_survives_pickling_and_a_process_pool(facts: FactBook) -> None:
    """The function is pure and its arguments and result can be pickled: it can be mapped over a cluster."""
    situation = Situation.of(facts, municipality="Vantaa", age=34)
    here = advise(CATALOGUE, situation, TODAY)
    with ProcessPoolExecutor(1) as pool:
        there = pool.submit(advise, CATALOGUE, situation, TODAY).result()
    assert isinstance(there, Report)
    assert there.pathway == here.pathway
    assert pickle.loads(pickle.dumps(here)).known == here.known
    assert {UNMET, MET} <= {j.truth for each in here.assessments.values() for j in each.judgements}
