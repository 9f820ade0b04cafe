"""What is asked in order to learn a fact: what it follows from while that is open, and nothing in vain."""

from __future__ import annotations

from datetime import date

from kotoneuvo.advice.criteria import Criterion, judge_table
from kotoneuvo.advice.eligibility import ask, questions_for, untold
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.situation import Knowledge, Situation

DAY = date(2026, 11, 24)


def asked(facts: FactBook, fact: str, *skipped: str, **answers: object) -> tuple[str, ...]:
    return questions_for(fact, Knowledge(facts, Situation.of(facts, DAY, **answers)), frozenset(skipped))


def test_a_fact_is_asked_until_it_is_known_or_was_skipped(facts: FactBook) -> None:
    assert asked(facts, "finnish_level") == ("finnish_level",)
    assert asked(facts, "finnish_level", finnish_level="A1") == ("finnish_level",)
    assert asked(facts, "finnish_level", finnish_level="A1.2") == ()
    assert asked(facts, "finnish_level", "finnish_level") == ()
    assert asked(facts, "finnish_level", "age") == ("finnish_level",)


def test_what_only_the_person_may_bring_up_is_never_asked(facts: FactBook) -> None:
    told = [fact for fact in facts.facts.values() if fact.asked != "asked" and not fact.follows]
    assert told
    for fact in told:
        assert asked(facts, fact.id) == ()


def test_what_a_fact_follows_from_is_asked_first(facts: FactBook) -> None:
    """Once, and itself only when that is settled or was skipped."""
    assert asked(facts, "has_residence_permit") == asked(facts, "status")
    assert "has_residence_permit" not in asked(facts, "has_residence_permit", status="asylum")


def test_wording_that_is_unclear_asks_for_nothing(facts: FactBook) -> None:
    """The organisation decides when every value that is left is an unclear one; else the question may help."""
    table = (Criterion("finnish_level", frozenset({"A2.1"}), frozenset({"A1.2", "A1.3"})),)
    unclear = Knowledge(facts, Situation.of(facts, DAY, finnish_level=["A1.2", "A1.3"]))
    assert ask(judge_table(table, unclear.possible), unclear) == ()
    wider = Knowledge(facts, Situation.of(facts, DAY, finnish_level="A1"))
    assert ask(judge_table(table, wider.possible), wider) == ("finnish_level",)


def test_what_keeps_a_verdict_open_and_is_only_told(facts: FactBook) -> None:
    told = next(fact for fact in facts.facts.values() if fact.asked == "told" and not fact.follows)
    asked_too = Criterion("finnish_level", frozenset({"A2.1"}))
    secret = Criterion(told.id, frozenset(told.domain[:1]))
    nobody = Knowledge(facts, Situation.of(facts, DAY))
    assert untold(judge_table((asked_too, secret), nobody.possible), nobody) == (told.id,)
    assert untold(judge_table((asked_too,), nobody.possible), nobody) == ()
