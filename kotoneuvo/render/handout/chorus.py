"""All readers of a handout at once: whatever is said, is said in each of their languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

from kotoneuvo.advice.facts import Text
from kotoneuvo.catalogue.translations import CONTACT
from kotoneuvo.render.handout.sheet import Line, Phrase
from kotoneuvo.render.handout.voice import LONGEST, Voice

Place = str | Callable[[Voice], str]
"""What fills a place in a sentence: the same for every reader, or as each language says it."""
_CONTACT = 160
"""Letters of the words around a contact."""


class Chorus:
    """The voices of a handout: the client's first."""

    def __init__(self, voices: Iterable[Voice]) -> None:
        self.voices = tuple(voices)

    @property
    def client(self) -> Voice:
        """The voice of the one who takes the handout home."""
        return self.voices[0]

    def each(self, speak: Callable[[Voice], Line]) -> Phrase:
        """What each voice says."""
        return tuple(speak(voice) for voice in self.voices)

    def say(self, msgid: str, **places: Place) -> Phrase:
        """The handout's words in each language, with their places filled."""

        def speak(voice: Voice) -> Line:
            filled = {name: fill if isinstance(fill, str) else fill(voice) for name, fill in places.items()}
            return (voice.say(msgid, **filled),)

        return self.each(speak)

    def text(self, context: str, text: Text, longest: int = LONGEST) -> Phrase:
        """A text of the catalogue in each language; nothing where there is none."""
        return self.each(lambda voice: (voice.text(context, text, longest),)) if text else ()

    def contact(self, text: Text) -> Phrase:
        """Words around a contact in each language."""
        return self.text(CONTACT, text, _CONTACT)


def together(phrases: Iterable[Phrase]) -> Phrase:
    """Several phrases as one, reader by reader."""
    return tuple(tuple(chain.from_iterable(lines)) for lines in zip(*phrases, strict=True))
