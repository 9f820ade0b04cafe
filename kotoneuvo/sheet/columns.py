"""The columns and choices of the sheet. A sheet is made in the editor's language and read in any of the three."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kotoneuvo.advice.facts import FactBook, Text, fold
from kotoneuvo.advice.problems import N_
from kotoneuvo.catalogue.closed_lists import LISTS, SPOKEN
from kotoneuvo.catalogue.new_service import HOW
from kotoneuvo.dates import WEEKDAYS
from kotoneuvo.words import LANGUAGES, Words

CONFIRM, NEW, CODES = N_("Confirm"), N_("New services"), N_("Words explained")
"""The tabs."""
TO_CONFIRM = {
    "service": N_("Service"),
    "what": N_("What"),
    "value": N_("Information now"),
    "page": N_("Page"),
    "confirmed": N_("Last confirmed"),
    "right": N_("Still right? (x)"),
    "new": N_("New information"),
    "said": N_("Who said it"),
    "day": N_("When"),
    "key": N_("Row code"),
}
"""The columns of the tab to confirm; the last one identifies the row and must not be changed."""
OF_NEW = {
    "name": N_("Name of the service"),
    "summary": N_("What people get there"),
    "kind": N_("Kind"),
    "goal": N_("Goal"),
    "goal2": N_("Second goal"),
    "town": N_("Municipality"),
    "towns": N_("Other municipalities"),
    "organization": N_("Who runs it"),
    "address": N_("Street address"),
    "phone": N_("Phone number"),
    "email": N_("E-mail address"),
    "url": N_("Web page"),
    "days": N_("Days"),
    "time": N_("Time"),
    "days2": N_("Other days"),
    "time2": N_("Other time"),
    "how": N_("How people get in"),
    "conditions": N_("Who may come, if not everybody"),
    "languages": N_("Languages spoken there"),
    "said": N_("Who said it"),
    "day": N_("When"),
}
"""The columns of the tab for new services."""
NEEDED = ("name", "summary", "kind", "goal", "town", "how", "said", "day")
PAGE = N_("the page in this row")
GONE = N_("no longer")
MARKS = ("x", "yes", "kyllä", "ja", "ok", "k", "j", "y", "v", "on", "joo", "✓", "✔", "☑", "✅", "√", "1", "true")
"""What people write for "still right", in any language."""


def header(columns: Mapping[str, str], words: Words) -> list[str]:
    """The header row of a tab."""
    return [words.gettext(msgid) for msgid in columns.values()]


def known_headers(columns: Mapping[str, str]) -> dict[str, str]:
    """The columns by their folded headers in every language."""
    return {fold(Words(language).gettext(msgid)): name for language in LANGUAGES for name, msgid in columns.items()}


def choices(name: str, facts: FactBook, words: Words) -> list[str]:
    """The choices in the drop-down of a column; empty for one without."""
    if name in ("days", "days2"):
        days = WEEKDAYS[words.language]
        return [f"{days[0]}–{days[4]}", *days, f"{days[0]}–{days[6]}"]
    labels = [words.pick(text) for text in _texts(name, facts).values()]
    return sorted(labels) if name == "town" else labels


def code_of(name: str, written: str, facts: FactBook) -> str:
    """The code of a choice, given in any language or as the code itself; empty if there is no such choice."""
    return words_of(name, facts).get(_compared(written), "")


def _compared(written: str) -> str:
    """A word as it is compared; a tick has no letters, and "-" or "?" is no tick."""
    return fold(written) or written.strip()


def words_of(name: str, facts: FactBook) -> Mapping[str, str]:
    """The codes by every word that is understood in a column: its choices in every language, and aliases."""
    more: Mapping[str, str] = {
        "goal": facts.goal_words,
        "goal2": facts.goal_words,
        "town": {word: str(code) for word, code in facts["municipality"].aliases.items()},
        "right": dict.fromkeys(MARKS, "x"),
    }.get(name, {})
    texts = _texts(name, facts)
    # Choices come last, so that no alias can change the meaning of a word in the drop-down.
    found = {_compared(word): code for word, code in [*more.items(), *((code, code) for code in texts)]}
    return found | {fold(text): code for code, by_language in texts.items() for text in by_language.values()}


def _texts(name: str, facts: FactBook) -> Mapping[str, Text]:
    """The choices of a column: codes with their words in every language."""
    match name:
        case "kind":
            return _translated(LISTS["kind"])
        case "goal" | "goal2":
            return facts.goals
        case "town":
            return {code: place.name for code, place in facts.municipalities.items()}
        case "how":
            return HOW
        case "right":
            return {"x": dict.fromkeys(LANGUAGES, "x"), **_translated({"gone": GONE})}
        case "said":
            return _translated({"page": PAGE, **{each: each for each in SPOKEN}})
    return {}


def _translated(msgids: Mapping[str, str]) -> dict[str, Text]:
    return {code: {each: Words(each).gettext(msgid) for each in LANGUAGES} for code, msgid in msgids.items()}


def explained(facts: FactBook, words: Words) -> Iterable[Sequence[str]]:
    """The rows of the third tab: column, choice, and its code in a catalogue file."""
    yield [words.gettext(N_("Column")), words.gettext(N_("Choice")), words.gettext(N_("In the file"))]
    for name in ("kind", "goal", "how", "said"):
        column = words.gettext({**TO_CONFIRM, **OF_NEW}[name])
        yield from ([column, words.pick(text), code] for code, text in _texts(name, facts).items())
