"""The card to point at, as HTML or PDF: the interview's questions and numbered answers in the client's language."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from kotoneuvo.render.handout.content import TaggedText
from kotoneuvo.render.handout.pdf import plain_data, typeset
from kotoneuvo.render.handout.write import S_
from kotoneuvo.render.pages import templates

TITLE = S_("Point at your answer")
HOW = S_("Point at the number. You may leave any question out.")
UNKNOWN = S_("I do not know, or I do not want to say")
ASKED = {
    "service_language": S_("Which languages do you speak?"),
    "goals": S_("What would you like help with? The most important first."),
    "situation": S_("What is your situation now?"),
    "finnish_level": S_("How much Finnish do you know?"),
    "swedish_level": S_("How much Swedish do you know?"),
    "years": S_("How long ago did you get your first permit or registration?"),
    "children_ages": S_("How old are your children?"),
}
"""The questions on the card, in the order of the interview. Only those that can be read aloud at a desk: not the
permit, the gender, or a fact that is never asked."""
# The keys are the interview's English answers; a test fails if an answer is reworded there.
ANSWERS = {
    "Unemployed, registered as a jobseeker": S_("I have no work and am registered as a jobseeker"),
    "Unemployed over a year, jobseeker": S_("I have had no work for over a year and am registered as a jobseeker"),
    "Unemployed, not registered": S_("I have no work and am not registered"),
    "At work": S_("I am at work"),
    "Own business": S_("I have my own business"),
    "At home with a child under 3": S_("I am at home with a child under 3"),
    "Studying, ill, at home or other": S_("I study, am ill, am at home, or other"),
    "Under 18": S_("I am under 18"),
    "Retired or over 64": S_("I am retired or over 64"),
    "Cannot read in any language": S_("I cannot read in any language"),
    "Reads only another script": S_("I read, but not Latin letters"),
    "No Finnish": S_("No Finnish"),
    "No Swedish": S_("No Swedish"),
    "Basics (A1)": S_("Some words and sentences (A1)"),
    "Everyday talk (A2)": S_("Everyday talk (A2)"),
    "Manages at work (B1)": S_("I manage at work (B1)"),
    "Good (B2 or more)": S_("Good (B2 or more)"),
    "Under 1 year": S_("Under 1 year"),
    "1–2 years": S_("1–2 years"),
    "3 years or more": S_("3 years or more"),
    "under 3": S_("Under 3 years"),
    "3–6": S_("3–6 years"),
    "7–15": S_("7–15 years"),
    "16–17": S_("16–17 years"),
    "no children": S_("I have no children under 18"),
}
"""The interview's answers in English, each in the client's own words."""
_TEMPLATE = Path(__file__).with_name("card.typ")


class CardLine(NamedTuple):
    """One answer: the key that the worker types, the client's words and the worker's."""

    key: str
    client: TaggedText
    worker: str


class CardQuestion(NamedTuple):
    """One question with its answers in the order of the interview."""

    client: TaggedText
    worker: str
    lines: tuple[CardLine, ...]


class Card(NamedTuple):
    """The whole card in one language. `language` is its name in the worker's language, whose code is `worker`."""

    title: TaggedText
    how: TaggedText
    language: str
    worker: str
    rtl: bool
    questions: tuple[CardQuestion, ...]


def render_card_html(card: Card) -> str:
    """Return the card as one self-contained page."""
    return templates().get_template("render/handout/card.html").render(card=card)


def render_card_pdf(card: Card) -> bytes:
    """Return the card as a tagged PDF. Raises InputProblems if the extra `pdf` is not installed."""
    return typeset(_TEMPLATE, plain_data(card))
