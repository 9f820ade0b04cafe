"""The questions with lines of their own: every status has one path, screens fit, and "not known" shuts nothing out."""

from __future__ import annotations

from collections import Counter

import pytest

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.interview.ask import Asker
from kotoneuvo.interview.choice import lines_of
from kotoneuvo.interview.course import Questions, read_questions
from kotoneuvo.words import LANGUAGES, Words

WIDTH, ROWS = 80, 24


@pytest.fixture(scope="module")
def questions(facts: FactBook) -> Questions:
    return read_questions(facts)


def test_every_status_has_exactly_one_path(facts: FactBook, questions: Questions) -> None:
    """Through one group of the first step and one line of the second."""
    opened = [line.opens for line in questions.by_id["status"].lines]
    assert len(set(opened)) == len(opened)
    found = Counter(
        status for name in opened for line in questions.by_id[name].lines for status in line.records["status"]
    )
    assert found == dict.fromkeys(facts["status"].domain, 1)


def test_a_group_records_all_its_statuses(questions: Questions) -> None:
    """ "Not known" in the second step leaves the whole group."""
    for line in questions.by_id["status"].lines:
        behind = [each.records["status"] for each in questions.by_id[line.opens].lines]
        assert line.records["status"] == frozenset[object]().union(*behind)


def test_not_known_shuts_no_status_out(facts: FactBook, questions: Questions) -> None:
    """Each status may still be one of some answer about the reception centre."""
    yes, no = (line.records["status"] for line in questions.by_id["reception"].lines)
    assert yes | no == facts["status"].everything
    assert facts["status"].everything - no == {"asylum_seeker", "temporary_protection_applicant"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_fits_a_window(questions: Questions, facts: FactBook, language: str) -> None:
    """In 80 columns and 24 rows, under two lines of answers, in each language."""
    words = Words(language)
    asker = Asker(facts, questions.by_id, words)
    for question in questions.by_id.values():
        prompt = asker.prompt_of_lines(question, None)
        assert len(lines_of(prompt, words)) + 5 <= ROWS
        for text in (prompt.text, prompt.why):
            assert len(text) + 2 <= WIDTH, text
        for line in lines_of(prompt, words):
            assert len(line.label) + 4 <= WIDTH, line.label


def test_every_line_records_something_of_its_own(questions: Questions) -> None:
    """No two lines of a question record the same, and lines that ask something instead record nothing."""
    for question in questions.by_id.values():
        recorded = [line.records for line in question.lines if not line.instead]
        assert all(recorded)
        assert all(each not in recorded[:place] for place, each in enumerate(recorded))
        assert all(line.instead in questions.by_id for line in question.lines if line.instead)


def test_swedish_comes_first_where_it_is_spoken_most(facts: FactBook, questions: Questions) -> None:
    """All of Åland, and on the mainland only municipalities with a Swedish name of their own or the same in both."""
    aland = {code for code, each in facts.municipalities.items() if each.region["fi"] == "Ahvenanmaa"}
    assert aland <= questions.swedish_first <= set(facts.municipalities)
    assert not {"049", "091", "092", "564", "837"} & questions.swedish_first
