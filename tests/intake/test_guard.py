"""The identity guard refuses what names a person, and lets answers through. Codes are DVV's invented ones (9xx)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.intake.guard import free_text, identity_in
from kotoneuvo.intake.headers import HeaderNames

CODES = ["010594Y9032", "010516B903X", "010594Y9021"]


@given(st.sampled_from(CODES), st.sampled_from("-+–—−ABCDEFUVWXYabcdefuvwxy"), st.sampled_from("0189ABXYabz"))
def test_identity_codes_of_every_separator_and_check_character(code: str, sign: str, check: str) -> None:
    """A mistyped code is a code still: any separator, any check character, inside other text."""
    cell = f"{code[:6]}{sign}{code[7:10]}{check}"
    assert identity_in(cell) == "identity code"
    assert identity_in(f"asiakas {cell}, Vantaa") == "identity code"


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("010594 - 9032", "identity code"),
        ("O1O594Y9O32", "identity code"),
        ("01.05.1994-903X", "identity code"),
        ("010594-XXXX", "identity code"),
        ("nimi@example.org", "e-mail address"),
        ("nimi (at) example.org", "e-mail address"),
        ("040 123 4567", "phone number"),
        ("+358 50 1234567", "phone number"),
        ("09 310 1641", "phone number"),
        ("FI21 1234 5600 0007 85", "bank account"),
        ("Esimerkkikatu 5 A 12", "address"),
        ("12345678", "long number"),
    ],
)
def test_other_identity(cell: str, kind: str) -> None:
    assert identity_in(cell) == kind


@pytest.mark.parametrize(
    "cell",
    ["18-29", "18–29", "2024-05", "2024-05-12", "12.5.2024", "091", "00180", "2, 5, 9", "A2–B1", "alle 3 v", "B1.1",
     "1,5", "tietokone", "työtön, rekisteröitynyt työnhakijaksi", "3-6;7-15;16-17", ""],
)  # fmt: skip
def test_answers_pass(cell: str) -> None:
    assert identity_in(cell) == ""
    assert not free_text(cell)


def test_every_name_of_a_value_passes(facts: FactBook) -> None:
    """What the program itself calls a value is never taken for a person."""
    for fact in facts.facts.values():
        for text in fact.names.values():
            for word in text.values():
                assert identity_in(word) == "", word


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Hetu", "identity code"),
        ("Asiakkaan henkilötunnus", "identity code"),
        ("Syntymäaika", "date of birth"),
        ("Sukunimi", "name"),
        ("Etunimi ja sukunimi", "name"),
        ("Postiosoite", "address"),
        ("Puh.", "phone number"),
        ("Sähköposti", "e-mail address"),
        ("Kundnummer", "customer or case number"),
        ("UMA", "customer or case number"),
        ("Lisätiedot", "free text"),
        ("Passin numero", "passport or card number"),
        ("Kunta", ""),
        ("Ikä", ""),
        ("Rivi", ""),
        ("Työtilanne", ""),
    ],
)
def test_headers(facts: FactBook, header: str, kind: str) -> None:
    assert HeaderNames.bundled(facts).identity_of(header) == kind


def test_no_fact_is_headed_like_identity(facts: FactBook) -> None:
    """No name of a fact, in any language, is refused."""
    names = HeaderNames.bundled(facts)
    for fact in facts.facts.values():
        for word in (fact.id, *fact.label.values()):
            assert names.identity_of(word) == "", word
