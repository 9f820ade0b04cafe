"""`kotoneuvo catalogue translations`: how far each language of the handout is."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kotoneuvo.catalogue.translations import LanguageProgress, TranslationState, progress_of
from kotoneuvo.cli.catalogues import CatalogueFiles, Workspace
from kotoneuvo.cli.commands import command
from kotoneuvo.cli.handout import named_language
from kotoneuvo.cli.options import AsOf, Form, Format, Lang
from kotoneuvo.cli.output import json_text
from kotoneuvo.dates import partial_date_in_numbers
from kotoneuvo.render.handout.order import handout_names
from kotoneuvo.render.handout.readers import LOCALE, handout_languages
from kotoneuvo.words import LANGUAGES, Words, printable


@command
def run(
    language: Annotated[str | None, typer.Argument(help="one language, by code or name: lists its texts")] = None,
    catalogue: CatalogueFiles = None,
    form: Form = Format.TEXT,
    as_of: AsOf = None,
    lang: Lang = None,
) -> None:
    "Which texts of the handout are missing, stale or not reviewed, language by language."
    work = Workspace(lang, as_of, catalogue)
    words, day = work.words, work.day
    codes = [code for code in handout_languages() if code not in LANGUAGES]
    if language is not None:
        codes = [named_language(language, codes, "LANGUAGE")]
    found = progress_of(codes, work.catalogue, day, LOCALE)
    if form is Format.JSON:
        names = dict(handout_names())
        languages = [{"language": each.language, "name": names[each.language], **_data(each)} for each in found]
        work.write(json_text("kotoneuvo/translations/1", as_of=day, languages=languages))
        return
    for each in found:
        print(_line(each, words))
    if language is not None:
        print(*_texts(found[0], words), sep="\n")


def _data(progress: LanguageProgress) -> dict[str, Any]:
    def listed(state: TranslationState) -> list[dict[str, str]]:
        return [{"context": entry.context, "source": entry.source} for entry in progress.of(state)]

    return {
        "texts": len(progress.texts),
        "reviewed": len(progress.of(TranslationState.REVIEWED)),
        "reviews": [{"name": name, "date": date} for name, date in progress.reviews],
        "missing": listed(TranslationState.MISSING),
        "stale": listed(TranslationState.STALE),
        "unreviewed": listed(TranslationState.MACHINE),
    }


def _line(progress: LanguageProgress, words: Words) -> str:
    missing, stale, unreviewed = (
        len(progress.of(s)) for s in (TranslationState.MISSING, TranslationState.STALE, TranslationState.MACHINE)
    )
    said = words.gettext("{language}: {missing} missing, {stale} stale, {unreviewed} not reviewed, of {texts}")
    line = said.format(
        language=progress.language, missing=missing, stale=stale, unreviewed=unreviewed, texts=len(progress.texts)
    )
    read = ", ".join(f"{each.name} {partial_date_in_numbers(each.date)}" for each in progress.reviews)
    return f"{line} · " + words.gettext("reviewed by {names}").format(names=read) if read else line


def _texts(progress: LanguageProgress, words: Words) -> list[str]:
    """The texts that somebody should look at, those first that the handout does not show."""
    _ = words.gettext
    named = {
        TranslationState.MISSING: _("missing"),
        TranslationState.STALE: _("stale"),
        TranslationState.MACHINE: _("not reviewed"),
    }
    return [
        f"  {word}  {entry.context}: {printable(entry.source)}"
        for state, word in named.items()
        for entry in progress.of(state)
    ]
