"""JSON lines leave out what is for other municipalities before judging; nothing else may change by it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from advice_strategies import situations
from hypothesis import given, settings

from kotoneuvo.advice.report import advise
from kotoneuvo.advice.situation import Situation
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.render.json import report_data
from kotoneuvo.render.jsonl.lines import JsonLines
from kotoneuvo.words import Words

CATALOGUE = load_catalogue()
WORDS = Words("en")
DAYS = (date(2020, 9, 1), date(2026, 11, 24))


@pytest.mark.parametrize("day", DAYS)
@settings(max_examples=40, deadline=None)
@given(situation=situations(tuple(CATALOGUE.facts.facts)))
def test_a_line_says_what_the_whole_document_says(day: date, situation: Situation) -> None:
    line = json.loads(JsonLines(CATALOGUE, day, WORDS).line("7", situation))
    report = advise(CATALOGUE, situation, day)
    whole = json.loads(json.dumps(report_data(report, WORDS)))
    kept = [name for name, each in report.assessments.items() if each.running and each.relevant and each.within_reach]
    whole["verdicts"] = [each for each in whole["verdicts"] if each["service"] in kept]
    assert line == {"row": "7"} | whole
