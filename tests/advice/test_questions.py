"""What is asked in order to learn a fact: what it follows from while that is open, and nothing in vain."""

from __future__ import annotations

from datetime import date

from kotoneuvo.advice.eligibility import questions_for
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
