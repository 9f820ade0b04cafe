"""The card to point at: what the client points at is what the worker types."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pypdfium2
import pytest

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.interview.ask import Asker
from kotoneuvo.interview.card import make_card
from kotoneuvo.interview.course import read_questions
from kotoneuvo.interview.plain import PlainPrompter
from kotoneuvo.interview.session import Session
from kotoneuvo.render.handout.card import ANSWERS, ASKED, Card, render_card_html, render_card_pdf
from kotoneuvo.render.handout.readers import Reader, handout_languages
from kotoneuvo.words import Words


@pytest.fixture(scope="module")
def desk(catalogue: Catalogue) -> Advisor:
    return Advisor(catalogue, date(2026, 11, 30))


def card_in(desk: Advisor, language: str, words: str = "fi") -> Card:
    return make_card(desk, Reader(language), Words(words))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_numbers_are_those_that_the_line_prompt_shows(desk: Advisor, language: str) -> None:
    """Every answer of the card stands beside the same number where the worker types it."""
    facts, words = desk.catalogue.facts, Words(language)
    asker = Asker(facts, read_questions(facts).by_id, words)
    left_out = "finnish_level" if language == "sv" else "swedish_level"
    names = [name for name in ASKED if name != left_out]
    for name, question in zip(names, card_in(desk, "uk", language).questions, strict=True):
        out = StringIO()
        with pytest.raises(EOFError):
            PlainPrompter(words, StringIO(), out).ask(asker.prompt(name, Session(desk)))
        shown = out.getvalue().splitlines()
        assert question.worker in shown
        for line in question.lines:
            assert f"  {line.key}. {line.worker}" in shown


def test_no_sensitive_question_is_on_the_card(facts: FactBook) -> None:
    """Neither the permit nor anything else that must not be read from a sheet, nor what is only ever told."""
    questions = read_questions(facts).by_id
    asked = {fact for name in ASKED if name in questions for line in questions[name].lines for fact in line.records}
    for name in asked | (set(ASKED) & set(facts.facts)):
        assert not facts[name].sensitive
        assert facts[name].asked != "told"


@pytest.mark.parametrize("language", handout_languages())
def test_the_words_are_in_the_clients_language(language: str) -> None:
    """Every question and answer has a text of its own; nothing stands in for it."""
    reader = Reader(language)
    for msgid in (*ASKED.values(), *ANSWERS.values()):
        said = reader.say(msgid)
        assert (said.stand_in, said.language) == ("", language)


def test_the_page_reads_from_right_to_left_and_escapes(desk: Advisor) -> None:
    card = card_in(desk, "ar")
    page = render_card_html(card._replace(language="<b>"))
    assert '<html lang="ar" dir="rtl">' in page
    assert "&lt;b&gt;" in page
    assert "konekäännös" in card.language.casefold()
    assert "http" not in page


def test_the_pdf_has_three_pages_and_keeps_a_question_together(desk: Advisor) -> None:
    """Languages on the first, wishes and situation on the second, the rest on the third."""
    for language in ("ar", "so"):
        assert len(pypdfium2.PdfDocument(render_card_pdf(card_in(desk, language)))) == 3
    pages = [
        each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(render_card_pdf(card_in(desk, "vi")))
    ]
    assert len(pages) == 3
    for first, last in (("Kuinka paljon suomea?", "Hyvä (B2 tai yli)"), ("Mikä on henkilön tilanne?", "Eläkkeellä")):
        assert [first in page for page in pages] == [last in page for page in pages]
        assert any(first in page for page in pages)
