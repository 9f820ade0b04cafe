"""Translations of the catalogue's texts, and of the handout's words, for readers of further languages.

One .po file a language, as translators' tools read them. The state of an entry is gettext's own: an empty msgstr is
missing, one flagged fuzzy comes from a machine and nobody has read it yet, any other has been reviewed by a person.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

CONTACT = "contact"
"""The context of the words around contacts (opening hours, labels) and of costs: they recur from service to service."""


class State(Enum):
    """How far a text in a reader's language can be trusted."""

    REVIEWED = "reviewed"
    MACHINE = "machine"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Translation:
    """A text and its state; the text of a missing one is empty."""

    text: str
    state: State


_MISSING = Translation("", State.MISSING)


class Translations:
    """The entries of one language by context ("kela.name"; "" for the handout's words) and source text.

    A source text that has changed since it was translated is not found: an old translation would say old things.
    """

    def __init__(self, entries: Mapping[tuple[str, str], Translation]) -> None:
        self.entries = entries

    def find(self, context: str, source: str) -> Translation:
        """The translation of a source text, or a missing one."""
        return self.entries.get((context, source), _MISSING)


def read_translations(folder: Path, name: str) -> Translations:
    """The file `name`.po in a folder, or the JSON twin that the build made of it; no entries where there is neither."""
    twin, source = folder / f"{name}.json", folder / f"{name}.po"
    if twin.is_file():
        rows = json.loads(twin.read_bytes())
        return Translations(
            {
                (context, msgid): Translation(text, State.REVIEWED if reviewed else State.MACHINE)
                for context, msgid, text, reviewed in rows
            }
        )
    if not source.is_file():
        return Translations({})
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        messages = [message for message in read_po(file) if message.id and message.string]
    return Translations(
        {
            (message.context or "", str(message.id)): Translation(
                str(message.string), State.MACHINE if message.fuzzy else State.REVIEWED
            )
            for message in messages
        }
    )
