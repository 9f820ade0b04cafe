"""The columns and the choices of the sheet, in the editor's language; a filled one is understood in all of them."""

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
"""The columns of what is to be confirmed; the last one says which row it is and is not changed."""
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
"""The columns of new services."""
NEEDED = ("name", "summary", "kind", "goal", "town", "how", "said", "day")
PAGE = N_("the page in this row")
GONE = N_("no longer")
MARKS = ("x", "yes", "kyllä", "ja", "ok", "k", "j", "y", "v", "✓", "1", "true")
"""What people write for "still right"."""


def header(columns: Mapping[str, str], words: Words) -> list[str]:
    """The first row of a tab."""
    return [words.gettext(msgid) for msgid in columns.values()]


def known_headers(columns: Mapping[str, str]) -> dict[str, str]:
    """Folded headers of every language to columns."""
    return {fold(Words(language).gettext(msgid)): name for language in LANGUAGES for name, msgid in columns.items()}


def choices(name: str, facts: FactBook, words: Words) -> list[str]:
    """What the drop-down of a column offers; nothing for one that is free."""
    if name in ("days", "days2"):
        days = WEEKDAYS[words.language]
        return [f"{days[0]}–{days[4]}", *days, f"{days[0]}–{days[6]}"]
    labels = [words.pick(text) for text in _texts(name, facts).values()]
    return sorted(labels) if name == "town" else labels


def code_of(name: str, written: str, facts: FactBook) -> str:
    """The code that a choice of any language (or the code itself) stands for; empty if none."""
    return words_of(name, facts).get(fold(written), "")


def words_of(name: str, facts: FactBook) -> Mapping[str, str]:
    """All folded words that are understood in a column, to codes: its choices in every language, and other words."""
    more: Mapping[str, str] = {
        "goal": facts.goal_words,
        "goal2": facts.goal_words,
        "town": {word: str(code) for word, code in facts["municipality"].aliases.items()},
        "right": dict.fromkeys(MARKS, "x"),
    }.get(name, {})
    texts = _texts(name, facts)
    # The words of the drop-downs come last: what is offered always means what it says.
    found = {fold(word): code for word, code in [*more.items(), *((code, code) for code in texts)]}
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
    """The rows of the third tab: the column, the choice, the code that a catalogue file has for it."""
    yield [words.gettext(N_("Column")), words.gettext(N_("Choice")), words.gettext(N_("In the file"))]
    for name in ("kind", "goal", "how", "said"):
        column = words.gettext({**TO_CONFIRM, **OF_NEW}[name])
        yield from ([column, words.pick(text), code] for code, text in _texts(name, facts).items())
