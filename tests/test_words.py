"""The program's words: languages by their names."""

from __future__ import annotations

from babel import Locale

from kotoneuvo.advice.facts import fold
from kotoneuvo.words import language_codes

SPOKEN = (
    "am ar az bg bn bs cs de el en es et fa fi fil fr he hi hr hu hy it ja ka kk ko ky lt lv my ne pa pl ps pt ro ru "
    "so sq sr sv sw ta th ti tr uk ur uz vi zh"
)
"""Languages that clients of a desk in Finland may speak."""


def test_languages_are_known_by_their_own_names() -> None:
    """A language is understood by the name that its speakers use, as CLDR has it."""
    own = {code: Locale.parse(code).languages[code] for code in SPOKEN.split()}
    assert {code: name for code, name in own.items() if language_codes().get(fold(name)) != code} == {}
