"""The glossary of the translations, held against every text of the handout."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from days import TODAY

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.translations import Translation, TranslationState, entries, read_translations
from kotoneuvo.render.handout.readers import LOCALE, handout_languages
from kotoneuvo.words import LANGUAGES

TRANSLATIONS = Path(__file__).resolve().parents[2] / "data" / "translations"
GLOSSARY: dict[str, Any] = tomllib.loads((TRANSLATIONS / "glossary.toml").read_text(encoding="utf-8"))
FOREIGN = [language for language in handout_languages() if language not in (*LANGUAGES, "fi-simple")]


@cache
def texts(language: str) -> list[Translation]:
    """The catalogue's texts and the handout's words in a language, without those that no handout shows."""
    files = ((TRANSLATIONS, language), (LOCALE / language / "LC_MESSAGES", "handout"))
    rows = [row for folder, name in files for row in read_translations(folder, name)]
    return [row for row in rows if row.state is not TranslationState.STALE]


def faults(language: str) -> Iterator[tuple[str, str, str]]:
    """Each text of a language that says a term otherwise, as its place, the term and the text."""
    for term in GLOSSARY["term"]:
        rule = term.get(language, {})
        for row in texts(language):
            if not re.search(term["source"], row.source, re.IGNORECASE):
                continue
            if "find" in rule and not re.search(rule["find"], row.text, re.IGNORECASE):
                yield row.context, rule["say"], row.text
            if term.get("keep") and not row.context.endswith(".name") and term["fi"] not in row.text:
                yield row.context, term["fi"], row.text


@pytest.mark.parametrize("language", FOREIGN)
def test_every_text_says_the_terms(language: str) -> None:
    """One word for one thing; and the Finnish word beside it where desks and screens say that."""
    assert not [*faults(language)]


@pytest.mark.parametrize("language", sorted(GLOSSARY["never"]))
def test_no_text_holds_what_is_understood_wrongly(language: str, catalogue: Catalogue) -> None:
    """In the translations, and in the Finnish and Swedish of the catalogue itself."""
    if language in LANGUAGES:
        running = {each.context for each in entries(catalogue, TODAY, "en")}
        services = [each for each in catalogue.services.values() if f"{each.id}.name" in running]
        said = [each.get(language, "") for one in services for each in (one.name, one.summary, one.access.how)]
        said += [each.text[language] for each in catalogue.notices]
    else:
        said = [row.text for row in texts(language)]
    for words in GLOSSARY["never"][language]:
        pattern = re.compile(rf"{re.escape(words)}(?! som)", re.IGNORECASE)
        assert not [text for text in said if pattern.search(text)], words


def test_a_term_names_where_it_was_seen() -> None:
    """Every source is used and has a page and a day; every language is one of the handout's."""
    languages = {*handout_languages()}
    rules = [rule for term in GLOSSARY["term"] for rule in term.values() if isinstance(rule, dict)]
    seen = {rule["seen"] for rule in rules if "seen" in rule}
    assert seen == set(GLOSSARY["source"])
    assert all(rule["say"] for rule in rules)
    for source in GLOSSARY["source"].values():
        assert source["url"].startswith("https://")
        assert source["name"]
        assert isinstance(source["read"], date)
    for term in GLOSSARY["term"]:
        assert set(term) - {"fi", "source", "keep"} <= languages
    assert set(GLOSSARY["never"]) <= languages
