"""The first step as a text message: short, whole, and readable from right to left."""

from __future__ import annotations

import pytest
from handouts import report_for, sheet_for

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.render.handout.content import TaggedText
from kotoneuvo.render.handout.message import measure, write_message
from kotoneuvo.render.handout.readers import handout_languages

TOWNS = ("Vantaa", "Helsinki", "Oulu", "Kotka", "Vaasa", "Mariehamn")


@pytest.mark.parametrize(
    ("text", "length", "messages", "gsm"),
    [
        ("a" * 160, 160, 1, True),
        ("a" * 161, 161, 2, True),
        ("äöåÄÖÅ", 6, 1, True),
        ("€", 2, 1, True),
        ("ж" * 70, 70, 1, False),
        ("ж" * 71, 71, 2, False),
        ("ж" * 134, 134, 2, False),
        ("ж" * 135, 135, 3, False),
    ],
)
def test_messages_are_counted_as_networks_count_them(text: str, length: int, messages: int, gsm: bool) -> None:
    """3GPP TS 23.038 and 23.040: 160 or 70 places in one message, 153 or 67 in each of several."""
    assert measure(text) == (text, length, messages, gsm)


@pytest.mark.parametrize("language", handout_languages())
@pytest.mark.parametrize("town", TOWNS)
def test_a_message_is_short_and_whole(catalogue: Catalogue, language: str, town: str) -> None:
    """One message of GSM letters or two of others, with the office and the contact, and no cut sentence."""
    sheet = sheet_for(report_for(catalogue, municipality=town, age=30, goals=["language"]), language)
    message = write_message(sheet)
    assert message is not None
    step = sheet.steps[0]
    assert step.office.text.replace("–", "-") in message.text
    first = next(each for each in step.reach if each.value)
    assert first.value.replace("\u00a0", "").replace(" ", "") in message.text.replace(" ", "")
    assert message.text.endswith((".", "!", "?"))
    assert "…" not in message.text
    assert "\u2068" not in message.text
    if message.messages > (1 if message.gsm else 2):
        # Only the verb, the office, its contact and their age may be longer than that: nothing else is in it.
        bare = step._replace(how=(), hours=step.hours._replace(rows=(), words=()))
        assert message == write_message(sheet._replace(steps=(bare,)))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_old_contact_says_so_in_a_message_too(catalogue: Catalogue, language: str) -> None:
    """Who travels with the message alone must not take a number of years ago for today's."""
    sheet = sheet_for(report_for(catalogue, municipality="Vantaa", age=30, goals=["language"]), language)
    [new, *_] = sheet.steps
    old = new._replace(age=((TaggedText("Old, ask first.", "en"),),))
    for step, says in ((new._replace(age=()), False), (old, True)):
        message = write_message(sheet._replace(steps=(step,)))
        assert message is not None
        assert ("Old, ask first." in message.text) is says


def test_no_message_without_a_contact(catalogue: Catalogue) -> None:
    """A message that says to ask at the desk would be of no use away from it."""
    sheet = sheet_for(report_for(catalogue), "fi")
    unreachable = sheet.steps[0]._replace(reach=(sheet.steps[0].reach[0]._replace(value=""),))
    assert write_message(sheet._replace(steps=(unreachable,))) is None
    assert write_message(sheet._replace(steps=())) is None
