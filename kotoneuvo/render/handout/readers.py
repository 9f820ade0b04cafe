"""All readers of a handout at once: whatever is said, is said in each of their languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

from kotoneuvo.advice.facts import Text
from kotoneuvo.catalogue.translations import CONTACT
from kotoneuvo.render.handout.content import Line, Phrase
from kotoneuvo.render.handout.reader import LONGEST, Reader

Place = str | Callable[[Reader], str]
"""What fills a place in a sentence: the same for every reader, or as each language says it."""
_CONTACT = 160
"""Letters of the words around a contact."""


class Readers:
    """The everyone of a handout: the client's first."""

    def __init__(self, everyone: Iterable[Reader]) -> None:
        self.everyone = tuple(everyone)

    @property
    def client(self) -> Reader:
        """The reader of the one who takes the handout home."""
        return self.everyone[0]

    def each(self, speak: Callable[[Reader], Line]) -> Phrase:
        """What each reader says."""
        return tuple(speak(reader) for reader in self.everyone)

    def say(self, msgid: str, **places: Place) -> Phrase:
        """The handout's words in each language, with their places filled."""

        def speak(reader: Reader) -> Line:
            filled = {name: fill if isinstance(fill, str) else fill(reader) for name, fill in places.items()}
            return (reader.say(msgid, **filled),)

        return self.each(speak)

    def text(self, context: str, text: Text, longest: int = LONGEST) -> Phrase:
        """A text of the catalogue in each language; nothing where there is none."""
        return self.each(lambda reader: (reader.text(context, text, longest),)) if text else ()

    def contact(self, text: Text) -> Phrase:
        """Words around a contact in each language; once, where it is a name that all say alike."""
        said = self.text(CONTACT, text, _CONTACT)
        return said if len({each.text for line in said for each in line}) > 1 else said[:1]


def together(phrases: Iterable[Phrase]) -> Phrase:
    """Several phrases as one, reader by reader."""
    return tuple(tuple(chain.from_iterable(lines)) for lines in zip(*phrases, strict=True))
