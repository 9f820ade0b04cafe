"""Record who has read translations: ``python tools/review.py LANGUAGE "ORGANISATION" 2026-12 [CONTEXT …]``.

Marks every translation of a language as reviewed, or those of the given contexts ("kela.name"; "kela" for all of a
service; "handout" for the words of the handout), and notes by whom and when, which the handout prints. Give the
organisation, not a person. Stale entries stay as they are.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import read_po, write_po
from translations import quiet

from kotoneuvo.catalogue.translations import READ_BY, other_comments, previous_source

ROOT = Path(__file__).resolve().parents[1]


def main(language: str, name: str, date: str, contexts: list[str], checkout: Path = ROOT) -> int:
    """Write the language's files and return how many entries were marked. Raises ValueError for an invalid date."""
    read = f"read by: {name}, {date}"
    if not READ_BY.fullmatch(read):
        raise ValueError(f"a date is 2026-12 or 2026-12-03, not {date}")
    handout = checkout / "kotoneuvo" / "locale" / language / "LC_MESSAGES" / "handout.po"
    files = [path for path in (checkout / "data" / "translations" / f"{language}.po", handout) if path.is_file()]
    return sum(_review(path, read, contexts) for path in files)


def _review(path: Path, read: str, contexts: list[str]) -> int:
    catalog = read_po(BytesIO(path.read_bytes()))
    reviewed = 0
    for message in catalog:
        place = message.context or "handout"
        wanted = not contexts or place in contexts or place.partition(".")[0] in contexts
        before = previous_source(message.user_comments)
        if before:
            message.previous_id, message.user_comments = [before], other_comments(message.user_comments)
        elif message.id and message.string and wanted:
            message.flags.discard("fuzzy")
            message.user_comments = [each for each in message.user_comments if not READ_BY.fullmatch(each)] + [read]
            reviewed += 1
    text = BytesIO()
    write_po(text, catalog, width=0, include_previous=True)
    path.write_text(quiet(text.getvalue().decode()), encoding="utf-8", newline="\n")
    return reviewed


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    _, of_language, by, on, *within = sys.argv
    print(f"{main(of_language, by, on, within)} texts reviewed")
