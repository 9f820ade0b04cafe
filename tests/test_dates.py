"""What a reader sees as a date does not change with the version of babel or CLDR."""

from __future__ import annotations

from datetime import date

import pytest

from kotoneuvo.dates import date_in_numbers
from kotoneuvo.render.handout.readers import Reader, handout_languages

DAY = date(2026, 3, 9)
IN_WORDS = {
    "ar": "9 مارس 2026",
    "ckb": "9ی ئازاری 2026",
    "en": "9 March 2026",
    "es": "9 de marzo de 2026",
    "et": "9. märts 2026",
    "fa": "9 مارس 2026",
    "fi": "9. maaliskuuta 2026",
    "fi-simple": "9.3.2026",
    "fr": "9 mars 2026",
    "prs": "9 مارچ 2026",
    "ru": "9 марта 2026\u202fг.",
    "so": "Maarso 9, 2026",
    "sv": "9 mars 2026",
    "tr": "9 Mart 2026",
    "uk": "9 березня 2026\u202fр.",
    "vi": "9 tháng 3 năm 2026",
}


def test_numbers_as_finland_writes_them() -> None:
    """Day, month, year with dots, in all three languages of the program."""
    assert date_in_numbers(DAY) == "9.3.2026"


@pytest.mark.parametrize("language", sorted(IN_WORDS))
def test_words_as_the_handouts_reader_writes_them(language: str) -> None:
    """The month in words; in easy Finnish in numbers."""
    assert Reader(language).date(DAY) == IN_WORDS[language]


def test_every_handout_language_has_a_date_that_was_looked_at() -> None:
    """A new language of the handout comes with its date above."""
    assert set(handout_languages()) == set(IN_WORDS)
