"""Makes the card to point at from the interview's own prompts, so that the client points at what the worker types."""

from __future__ import annotations

from collections.abc import Iterator

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE
from kotoneuvo.catalogue.translations import TranslationState
from kotoneuvo.interview.ask import Asker
from kotoneuvo.interview.course import read_questions
from kotoneuvo.interview.prompt import UNKNOWN_KEY, Option
from kotoneuvo.interview.session import Session
from kotoneuvo.render.handout.card import ANSWERS, ASKED, HOW, TITLE, UNKNOWN, Card, CardLine, CardQuestion
from kotoneuvo.render.handout.content import TaggedText
from kotoneuvo.render.handout.readers import Reader
from kotoneuvo.words import Words

_OTHER_LEVEL = {"sv": "finnish_level"}
"""The level question that the card leaves out, by the desk's language (for others: the Swedish level)."""


def make_card(advisor: Advisor, reader: Reader, words: Words) -> Card:
    """Return the card in the reader's language, for a desk that works in the language of `words`."""
    facts = advisor.catalogue.facts
    questions = read_questions(facts).by_id
    # The English prompts give the keys of ANSWERS.
    asker, plainly = Asker(facts, questions, words), Asker(facts, questions, Words("en"))
    session = Session(advisor)
    left_out = _OTHER_LEVEL.get(words.language, "swedish_level")

    def client_says(name: str, option: Option, english: str) -> TaggedText:
        if name == GOALS:
            return reader.text(f"goal.{option.value}", facts.goals[str(option.value)])
        if name == SERVICE_LANGUAGE:
            return reader.tagged(reader.language_name(str(option.value)))
        return reader.say(ANSWERS[english])

    def lines(name: str) -> Iterator[CardLine]:
        prompt, english = asker.prompt(name, session), plainly.prompt(name, session)
        for place, (option, other) in enumerate(zip(prompt.options, english.options, strict=True), 1):
            if not option.key:  # an option with a letter only leads to another question
                yield CardLine(str(place), client_says(name, option, other.label), option.label)
        yield CardLine(UNKNOWN_KEY, reader.say(UNKNOWN), words.gettext("not known"))

    asked = tuple(
        CardQuestion(reader.say(msgid), asker.prompt(name, session).text, tuple(lines(name)))
        for name, msgid in ASKED.items()
        if name != left_out
    )
    title, how, language = reader.say(TITLE), reader.say(HOW), words.language_name(reader.base)
    if TranslationState.MACHINE in reader.used:
        language += " · " + words.gettext("Machine translation; nobody has checked it.")
    return Card(title, how, language, words.language, reader.rtl, asked)
