"""The columns and the choices of the sheet, in the editor's language; a filled one is understood in all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kotoneuvo.advice.facts import FactBook, fold
from kotoneuvo.advice.problems import N_
from kotoneuvo.catalogue.closed_lists import LISTS, SAID
from kotoneuvo.catalogue.new_service import HOW
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
DAY_NAMES = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def header(columns: Mapping[str, str], words: Words) -> list[str]:
    """The first row of a tab."""
    return [words.gettext(msgid) for msgid in columns.values()]


def known_headers(columns: Mapping[str, str]) -> dict[str, str]:
    """Folded headers of every language to columns."""
    return {fold(Words(language).gettext(msgid)): name for language in LANGUAGES for name, msgid in columns.items()}


def choices(name: str, facts: FactBook, words: Words) -> list[str]:
    """What the drop-down of a column offers; nothing for one that is free."""
    match name:
        case "kind":
            return [words.gettext(meaning) for meaning in LISTS["kind"].values()]
        case "goal" | "goal2":
            return [words.pick(text) for text in facts.goals.values()]
        case "town":
            return sorted(words.pick(place.name) for place in facts.municipalities.values())
        case "days" | "days2":
            days = DAY_NAMES[words.language]
            return [f"{days[0]}–{days[4]}", *days, f"{days[0]}–{days[6]}"]
        case "how":
            return [words.pick(text) for text in HOW.values()]
        case "right":
            return ["x", words.gettext(GONE)]
        case "said":
            return [words.gettext(each) for each in (PAGE, *SAID)]
    return []


def code_of(name: str, written: str, facts: FactBook) -> str:
    """The code that a choice of any language (or the code itself) stands for; empty if none."""
    return words_of(name, facts).get(fold(written), "")


def labels_of(name: str, facts: FactBook, words: Words) -> dict[str, str]:
    """The choices of a column in one language, to codes; for what was perhaps meant."""
    return {label: code_of(name, label, facts) for label in choices(name, facts, words)}


def words_of(name: str, facts: FactBook) -> Mapping[str, str]:
    """All folded words that are understood in a column, to codes."""
    match name:
        case "kind":
            return _by_words(LISTS["kind"])
        case "goal" | "goal2":
            return {**{fold(word): goal for word, goal in facts.goal_words.items()}, **_by_texts(facts.goals)}
        case "town" | "towns":
            aliases = facts["municipality"].aliases
            return {
                **{word: str(code) for word, code in aliases.items()},
                **{code: code for code in facts.municipalities},
            }
        case "how":
            return _by_texts(HOW)
        case "right":
            return {**dict.fromkeys(map(fold, MARKS), "x"), **_by_words({"gone": GONE})}
        case "said":
            return _by_words({"page": PAGE, **{each: each for each in SAID}})
    return {}


def _by_words(msgids: Mapping[str, str]) -> dict[str, str]:
    found = {fold(Words(language).gettext(msgid)): code for language in LANGUAGES for code, msgid in msgids.items()}
    return {**{fold(code): code for code in msgids}, **found}


def _by_texts(texts: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    found = {fold(text): code for code, by_language in texts.items() for text in by_language.values()}
    return {**{fold(code): code for code in texts}, **found}


def explained(facts: FactBook, words: Words) -> Iterable[Sequence[str]]:
    """The rows of the third tab: the column, the choice, the code that a catalogue file has for it."""
    yield [words.gettext(N_("Column")), words.gettext(N_("Choice")), words.gettext(N_("In the file"))]
    for name in ("kind", "goal", "how", "said"):
        column = words.gettext({**TO_CONFIRM, **OF_NEW}[name])
        for label, code in labels_of(name, facts, words).items():
            yield [column, label, code]
