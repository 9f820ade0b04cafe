"""Bring the translators' files up to date with catalogue and code: ``python tools/translations.py [LANGUAGE …]``.

Writes the templates (data/translations/services.pot, kotoneuvo/locale/handout.pot), and merges them and the texts of
--help into the files of every language. Languages on the command line get new files if they have none.
See docs/catalogue/translations.md.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from typer.main import get_command

import kotoneuvo
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.catalogue.translations import CONTACT, READ_BY, SourceText, entries, other_comments, previous_source
from kotoneuvo.cli.help import describe_all
from kotoneuvo.cli.main import build
from kotoneuvo.words import LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
_KEYWORDS = {"say": None, "S_": None}
"""The functions that mark the handout's words in the code."""
_DROPPED = ('"POT-C', '"PO-R', '"Report-', '"Last-', '"Language-T', '"Generated', '"Plural-')
_HEADER = "# Kotoneuvo: {what}, {language}.\n# States: see docs/catalogue/translations.md."


def main(languages: list[str], checkout: Path = ROOT) -> None:
    """Write all files of a checkout, also for new `languages`, and print the progress of each language."""
    for path, text in translations(checkout, languages).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        messages = [message for message in read_po(BytesIO(text.encode())) if message.id]
        done = [message for message in messages if message.string]
        fuzzy = sum(1 for message in done if message.fuzzy)
        print(f"{path}: {len(messages)} texts, {len(done) - fuzzy} reviewed, {fuzzy} machine")


def translations(checkout: Path, languages: Iterable[str] = ()) -> dict[Path, str]:
    """Every file of the translators with its new text: today's source texts with the translations that there are."""
    services, words = checkout / "data" / "translations", checkout / "kotoneuvo" / "locale"
    catalogue, today = load_catalogue(), date.today()
    wanted = {source: entries(catalogue, today, source) for source in ("en", "fi")}
    said = list(_said(checkout))
    texts, handout = services / "services.pot", words / "handout.pot"
    found = {
        texts: _merged(texts, wanted["en"], "texts of the catalogue", "template"),
        handout: _merged(handout, said, "words of the handout", "template"),
    }
    known = {path.parents[1].name for path in words.glob("*/LC_MESSAGES/handout.po")}
    for language in sorted(known | set(languages)):
        path = words / language / "LC_MESSAGES" / "handout.po"
        found[path] = _merged(path, said, "words of the handout", language)
    known = {path.stem for path in services.glob("*.po")}
    for language in sorted((known | set(languages)) - LANGUAGES.keys()):
        source, path = "fi" if language == "fi-simple" else "en", services / f"{language}.po"
        found[path] = _merged(path, wanted[source], "texts of the catalogue", language)
    for language in ("fi", "sv"):
        path = words / language / "LC_MESSAGES" / "help.po"
        found[path] = _merged(path, help_entries(), "texts of --help", language)
    return found


def help_entries() -> list[SourceText]:
    """The texts of --help of every command, in order."""
    said: dict[str, None] = {}

    def note(text: str) -> str:
        said[text] = None
        return text

    for _ in describe_all(get_command(build()), note):
        pass
    return [SourceText("", text) for text in said]


def _said(checkout: Path) -> Iterator[SourceText]:
    """The handout's words in the code."""
    folder = checkout / "kotoneuvo" / "render" / "handout"
    found = extract_from_dir(folder, keywords=_KEYWORDS, comment_tags=("For translators:",))
    for _, _, message, comments, _ in found:
        assert isinstance(message, str)
        yield SourceText("", message, " ".join(comments).removeprefix("For translators: "))


def _merged(path: Path, wanted: list[SourceText], what: str, language: str) -> str:
    """The new text of one file, with the translations that it already has."""
    old = Catalog()
    if path.is_file():
        with path.open("rb") as file:
            old = read_po(file)
    new = Catalog(
        locale=None if path.suffix == ".pot" else language.partition("-")[0],
        header_comment=_HEADER.format(what=what, language=language),
        project="kotoneuvo",
        version=kotoneuvo.__version__,
        charset="utf-8",
        fuzzy=False,
    )
    merge(wanted, old, new)
    if language == "en":
        for message in new:
            message.string = message.string or message.id
    text = BytesIO()
    write_po(text, new, width=0, omit_header=False, sort_output=False, include_previous=True)
    return quiet(text.getvalue().decode())


def merge(wanted: Iterable[SourceText], old: Catalog, new: Catalog) -> None:
    """Fill the .po catalogue `new` with the texts `wanted` and the translations of `old`.

    If a source text has changed, its old translation stays as a help for the translator, with the old source text
    ("#| msgid"): that marks it as stale, and the handout does not show it.
    """
    same = {(message.context or "", str(message.id)): message for message in old if message.id}
    by_context = {message.context: message for message in old if message.id and message.context != CONTACT}
    for each in wanted:
        message = new.add(each.source, context=each.context or None, auto_comments=[each.hint] if each.hint else [])
        message.flags.discard("python-format")  # babel sets it for "35% B", which looks like a placeholder
        known = same.get((each.context, each.source))
        before = known or by_context.get(each.context)
        if before is None or not before.string:
            message.user_comments = [*before.user_comments] if before else []
            continue
        source = previous_source(before.user_comments) or str(before.id)
        message.string, message.flags = before.string, before.flags - {"python-format", "python-brace-format"}
        message.user_comments = other_comments(before.user_comments)
        if source != each.source:
            message.previous_id, message.flags = [source], message.flags | {"fuzzy"}
            message.user_comments = [each for each in message.user_comments if not READ_BY.fullmatch(each)]


def quiet(text: str) -> str:
    """The text of a .po file without times and empty fields in its header, so that it only changes when a text does.

    Plural forms are removed too: no text has any, and babel's rules for them change with CLDR.
    """
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(_DROPPED))


if __name__ == "__main__":
    main(sys.argv[1:])
