"""`kotoneuvo catalogue report`, `stale` and `translations`: how good the catalogue is, and what must be done for it."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated, Any

import typer

from kotoneuvo.catalogue.coverage import Coverage, measure_coverage
from kotoneuvo.catalogue.outdated import find_due
from kotoneuvo.catalogue.translations import LanguageProgress, TranslationState, progress_of
from kotoneuvo.cli.catalogues import CatalogueFiles, Workspace
from kotoneuvo.cli.commands import command
from kotoneuvo.cli.handout import named_language
from kotoneuvo.cli.named_files import Force, check_endings
from kotoneuvo.cli.options import AsOf, Form, Format, Lang, Output
from kotoneuvo.cli.output import json_text
from kotoneuvo.dates import partial_date_in_numbers
from kotoneuvo.render.coverage import coverage_page, render_coverage
from kotoneuvo.render.handout.order import handout_names
from kotoneuvo.render.handout.readers import LOCALE, handout_languages
from kotoneuvo.render.terminal import to_text
from kotoneuvo.words import LANGUAGES, Words, printable


class ReportFormat(StrEnum):
    """The formats of the report."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"


@command
def report(
    form: Annotated[
        ReportFormat, typer.Option("--format", help="text, a page, or json for scripts")
    ] = ReportFormat.TEXT,
    catalogue: CatalogueFiles = None,
    output: Output = None,
    as_of: AsOf = None,
    force: Force = False,
    lang: Lang = None,
) -> None:
    "How good the catalogue is: states, contacts and ages by kind and municipality, with the measures."
    check_endings([("--output", output, form)])
    work = Workspace(lang, as_of, catalogue, [("--output", output)], force=force)
    coverage = measure_coverage(work.catalogue, work.day)
    if form is ReportFormat.HTML:
        work.write(coverage_page(coverage, work.catalogue, work.words), output)
    elif form is ReportFormat.JSON:
        work.write(json_text("kotoneuvo/coverage/1", **_data(coverage)), output)
    elif output:
        work.write(to_text(render_coverage(coverage, work.catalogue, work.words)), output)
    else:
        work.show(render_coverage(coverage, work.catalogue, work.words))


def _data(coverage: Coverage) -> dict[str, object]:
    return {
        "as_of": coverage.day.isoformat(),
        "states": {state.value: count for state, count in coverage.states.items()},
        "measures": [asdict(each) for each in coverage.measures],
        "kinds": {kind: asdict(row) for kind, row in coverage.kinds.items()},
        "municipalities": {code: asdict(row) for code, row in coverage.towns.items()},
        "without_contact": dict(coverage.without),
    }


@command
def stale(
    within: Annotated[int, typer.Option(help="how many months to look ahead", min=0, max=120)] = 3,
    catalogue: CatalogueFiles = None,
    form: Form = Format.TEXT,
    as_of: AsOf = None,
    lang: Lang = None,
) -> None:
    "What is overdue for review or soon will be, oldest first, with the page to check."
    work = Workspace(lang, as_of, catalogue)
    day, _ = work.day, work.words.gettext
    due = find_due(work.catalogue, day, within)
    if form is Format.JSON:
        services = [
            {
                "service": each.name,
                "assured": each.assured,
                "review": each.due,
                "past": each.due <= day,
                "pages": each.pages,
            }
            for each in due
        ]
        work.write(json_text("kotoneuvo/stale/1", as_of=day, services=services))
        return
    # The page has a line of its own, unwrapped, so that it can be clicked or copied.
    for each in due:
        print(f"{each.due}  {each.name}", *(f"            {page}" for page in each.pages[:1]), sep="\n")
    past = sum(each.due <= day for each in due)
    total = _("{past} overdue for review, {soon} more within {months} months")
    print(total.format(past=past, soon=len(due) - past, months=within))


@command
def translations(
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
        languages = [{"language": each.language, "name": names[each.language], **_by_state(each)} for each in found]
        work.write(json_text("kotoneuvo/translations/1", as_of=day, languages=languages))
        return
    for each in found:
        print(_progress(each, words))
    if language is not None:
        print(*_unfinished(found[0], words), sep="\n")


def _by_state(progress: LanguageProgress) -> dict[str, Any]:
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


def _progress(progress: LanguageProgress, words: Words) -> str:
    missing, stale, unreviewed = (
        len(progress.of(s)) for s in (TranslationState.MISSING, TranslationState.STALE, TranslationState.MACHINE)
    )
    counts = words.gettext("{language}: {missing} missing, {stale} stale, {unreviewed} not reviewed, of {texts}")
    line = counts.format(
        language=progress.language, missing=missing, stale=stale, unreviewed=unreviewed, texts=len(progress.texts)
    )
    read = ", ".join(f"{each.name} {partial_date_in_numbers(each.date)}" for each in progress.reviews)
    return f"{line} · " + words.gettext("reviewed by {names}").format(names=read) if read else line


def _unfinished(progress: LanguageProgress, words: Words) -> list[str]:
    """Return the texts that need a translator, first the missing and stale ones, which the handout does not show."""
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
