"""Reading answers as people write them ("34", "18-29", "<3", "B1", "kyllä", "Esbo") into sets of possible values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import combinations
from typing import NoReturn

from kotoneuvo.advice.answer_words import NO, UNKNOWN, YES, plain_answer, read_permit_date, refuse_lists
from kotoneuvo.advice.facts import NONE, Fact, Value, Values, fold
from kotoneuvo.advice.problems import N_, InputProblems, Problem, likely, may_repeat, suggesting
from kotoneuvo.dates import Beginning, Started, began_before, day_of, full_years

LONGEST_ANSWER = 1000
"""Characters. Longer answers are refused unread, because the time to read them grows faster than their length."""
# Patterns are strings that `re` compiles at first use and caches: compiling them all would slow every start.
_OF_LEVEL = r"^(?:(?:kieli)?taso|niva|level|cefr)[\s:-]+|[\s-]+(?:tasolla|taso|nivan?|level)$"
_YKI = r"yki[\s:-]*(?:taso|niva|level)?[\s:-]*([1-6])(?:\s*[-/]\s*([1-6]))?"
_BOUND = r"^(<=|>=|<|>)\s*(\S+)$"
_POSTAL = r"(?:fi-?)?\d{5}(?:\s+(?P<town>\D.*))?"
_TOWN = (
    r"(?P<fi>.+)n (?:kaupunki|kunta)|(?P<sv>(?P<genitive>.+?)s?) (?:stad|kommun)"
    r"|(?:city|town|municipality) of (?P<en>.+)"
)
_YEAR = r"(19|20)\d\d"
_AGE = r"\d{1,3}"
_MONTH = r"(19|20)\d\d-(0[1-9]|1[0-2])"
_SINCE = {"years": f"{_MONTH}|{_YEAR}", "number": _YEAR}
"""How the first permit (month or year) and a birth (year) may be dated."""
_PARTED = r"(?<=^[ABC])\s+(?=[0-2])"
"""The space in "A 2"."""
_BETWEEN = r"\s*[,;+]\s*|(?:(?<=\d)|(?<=\dv)|(?<=\d v))\s+(?=\d)"
"""What separates children's ages: a sign, or a space between two numbers."""
# Office programs replace a typed hyphen with one of these dashes.
_SEPARATOR = r"\s*[-\u2010-\u2015\u2212]\s*"


def read_values(fact: Fact, answer: object, today: date | None = None) -> Values:
    """Return the values of `fact` that `answer` leaves possible.

    `answer` is a value, a band ("18-29", "<3", "65+"), a coarse level ("B1" means B1.1 or B1.2), a name in Finnish,
    Swedish or English, or a list. A list means any of its values; a list of children's ages means all of them.
    Years since a permit may be given as its month, day or year ("2024-05", "31.5.2024", "2024") or in months ("14 kk"),
    an age as the year of birth ("1985", which leaves two ages possible); all are counted to `today`. "unknown" returns
    the whole domain. Raises InputProblems that say what is allowed.
    """
    if isinstance(answer, str) and len(answer) > LONGEST_ANSWER:
        _refuse(fact, answer)
    if fact.kind == "several":
        return _combination(fact, answer)
    if isinstance(answer, list | tuple | set | frozenset):
        if not answer:
            _refuse(fact, answer)
        return frozenset[Value]().union(*(read_values(fact, part, today) for part in answer))
    return _single(fact, answer, today)


def started(fact: Fact, answer: object, today: date | None) -> Started:
    """When a permit was given or somebody was born, for answers that say so more precisely than their values do.

    These are the month or year of a permit, a year of birth, and children's ages. Empty for any other answer.
    """
    if today is None:
        return ()
    if fact.kind == "several":
        ages = [plain_answer(part) for part in _parts(answer)]
        numbers = all(re.fullmatch(_AGE, age) for age in ages)
        return tuple(began_before(int(age), int(age), today) for age in ages) if numbers else ()
    pattern = _SINCE.get(fact.kind)
    dated = _dated(fact, answer, today)
    text = dated[0] if len(dated) == 1 else plain_answer(answer)
    first, last = (day_of(text), day_of(text, last=True)) if pattern and re.fullmatch(pattern, text) else (None, None)
    return (Beginning(first, min(last, today)),) if first and last else ()


def _dated(fact: Fact, answer: object, today: date | None) -> list[str]:
    """The months that a permit's date may mean, or the full years in a number of months; empty for anything else."""
    if fact.kind != "years" or not isinstance(answer, str):
        return []
    dated = read_permit_date(answer.replace("\u00a0", " ").strip(), today or date.max)
    if today is None and any(re.fullmatch(_MONTH, each) for each in dated):
        # This is a bug in the caller: where people can type dates, `today` must be given.
        raise ValueError("a date can only be read with the day it is counted to")
    return dated


def combinations_with(fact: Fact, bands: Iterable[Value]) -> Values:
    """For a fact of kind "several": every combination with at least one of `bands` ("none" is the empty one)."""
    wanted = {str(band) for band in bands}
    return frozenset(value for value in fact.domain if wanted & set(str(value).split("+")))


def combinations_of(bands: Iterable[str]) -> tuple[str, ...]:
    """The domain of a fact of kind "several": every combination, joined by plus signs; "none" is the empty one."""
    names = list(bands)
    return (NONE, *("+".join(parts) for size in range(1, len(names) + 1) for parts in combinations(names, size)))


def means_unknown(text: str) -> bool:
    """Whether an answer says that it is not known ("ei tiedossa")."""
    return fold(text) in UNKNOWN


def _single(fact: Fact, answer: object, today: date | None) -> Values:
    # An exact id wins over names that look alike: answers files and JSON contain ids.
    if isinstance(answer, str) and answer in fact.position:
        return frozenset({answer})
    # Not a bool, which would equal 0 or 1.
    if type(answer) is int and fact.ordered and answer in fact.position:
        return frozenset({answer})
    if fact.kind == "years" and isinstance(answer, str):
        dated = _dated(fact, answer, today)
        if len(dated) > 1:
            return read_values(fact, dated, today)
        if not dated:
            refuse_lists(answer.strip())
        answer = dated[0] if dated else answer
    return _named(fact, answer, today)


def _named(fact: Fact, answer: object, today: date | None) -> Values:
    text = plain_answer(answer)
    folded = fold(text)
    if folded in UNKNOWN:
        return fact.everything
    if fact.kind == "yes_no":
        if said := {folded.rstrip("."), text} & (YES | NO):
            return frozenset({not said <= NO})
    elif isinstance(answer, bool):
        _refuse(fact, answer)  # in Python True == 1, but it is not an age
    code = folded
    if fact.kind == "municipality":
        town = _without_postal_code(fact, text)
        # Spreadsheets strip leading zeros from codes: 49 is 049, Espoo.
        code = fold(town).zfill(3) if folded.isdigit() else fold(town)
    # The unchanged name is tried first, because `plain_answer` turns commas into decimal points.
    for word in (fold(str(answer)), code, *(_of_town(text) if fact.kind == "municipality" else ())):
        if word in fact.aliases:
            return frozenset({fact.aliases[word]})
        if word in fact.groups:
            return fact.groups[word]
    return (_stretch(fact, text, today) if fact.ordered else None) or _refuse(fact, answer)


def _without_postal_code(fact: Fact, text: str) -> str:
    """The town in "00100 Helsinki". A postal code alone is refused: some belong to several municipalities."""
    postal = re.fullmatch(_POSTAL, text)
    if postal and not postal["town"]:
        message = N_("a postal code is not a municipality: please type its name")
        raise InputProblems([Problem(message, fieldname=fact.id, allowed=allowed(fact))])
    return postal["town"] if postal else text


def _of_town(text: str) -> list[str]:
    """The folded names that may be meant by "Vantaan kaupunki", "Esbo stad" or "City of Espoo"."""
    found = re.fullmatch(_TOWN, text)
    return [fold(found[kind]) for kind in ("fi", "sv", "genitive", "en") if found[kind]] if found else []


def _stretch(fact: Fact, text: str, today: date | None) -> Values | None:
    """The values of a band, a single value, a year of birth or a permit's date; None for anything else."""
    if today is None:
        return _band(fact, text)
    # A month or year that contains the anniversary leaves two numbers of years possible.
    for begun in started(fact, text, today):
        years, last = full_years(begun, today), int(fact.domain[-1])
        if fact.kind == "number":
            return frozenset(years) & fact.everything or None
        if not years:
            raise InputProblems([Problem("this month is in the future", fieldname=fact.id)])
        return frozenset(min(each, last) for each in years)  # the last value means "that many or more"
    return _band(fact, text)


def _band(fact: Fact, text: str) -> Values | None:
    """The part of an ordered domain that `text` names; None if it names none."""
    if fact.kind == "level":
        text = re.sub(_OF_LEVEL, "", text)
        if grades := re.fullmatch(_YKI, text):
            text = "-".join(f"yki{grade}" for grade in grades.groups() if grade)
    bound = re.match(_BOUND, f">={text[:-1]}" if text.endswith("+") else text)
    words = [bound[2]] if bound else re.split(_SEPARATOR, text)
    steps = [step for word in words if (step := _step(fact, word))]
    if len(steps) != len(words) or len(steps) > 2:
        return None
    low, high = steps[0].start, steps[-1].stop
    if not bound:
        return frozenset(fact.domain[low:high]) or None
    # "under 3 years" does not include "never".
    first = 1 if fact.domain[0] == NONE else 0
    # "over 3 years" includes 3: somebody with 3 years and some months has 3 full years.
    over = low if fact.kind == "years" else high
    places = {"<": slice(first, low), "<=": slice(first, high), ">": slice(over, None), ">=": slice(low, None)}
    return frozenset(fact.domain[places[bound[1]]]) or None


def _step(fact: Fact, text: str) -> range | None:
    """The positions in the domain of a single word: an age, a level, a coarse level or a YKI grade."""
    if fact.kind == "level":
        name = re.sub(_PARTED, "", text.upper().removesuffix("."))
        if name.startswith("YKI"):
            steps = [i for i, value in enumerate(fact.domain) if str(fact.grades.get(value)) == name[3:].strip()]
        else:
            steps = [i for i, value in enumerate(fact.domain) if value == name or str(value).startswith(name + ".")]
        steps = steps or ([0] if name in ("A0", "EI") else [])
        return range(steps[0], steps[-1] + 1) if steps else None
    if not re.fullmatch(r"\d{1,3}(\.\d+)?", text):
        return None
    if "." in text and fact.kind == "number":
        return None
    place = fact.position.get(int(float(text)))
    return None if place is None else range(place, place + 1)


def _combination(fact: Fact, answer: object) -> Values:
    """The combination of bands that ages or band names add up to; an empty list or "none" means no children."""
    if isinstance(answer, list) and any("+" in str(part) for part in answer):
        # `advise --format json` lists alternatives as whole combinations: any one of them, not all together.
        return frozenset[Value]().union(*(_combination(fact, str(part)) for part in answer))
    held: set[str] = set()
    for part in _parts(answer):
        text = plain_answer(part)
        if means_unknown(text):
            return fact.everything
        age = int(text) if re.fullmatch(_AGE, text) else None
        by_age = (band for band, below in fact.bounds.items() if age is not None and age < below)
        band = fact.aliases.get(fold(text)) or next(by_age, None)
        if band is None and (age is None or age > 120):
            _refuse(fact, answer)
        # An age without a band is a grown-up child's, which counts for nothing.
        if band is not None and band != NONE:
            held.add(str(band))
    ordered = [str(value) for value in fact.bounds if str(value) in held]
    return frozenset({"+".join(ordered) or NONE})


def _parts(answer: object) -> Iterable[object]:
    """Split an answer into children's ages or bands of ages."""
    return answer if isinstance(answer, list | tuple | set | frozenset) else re.split(_BETWEEN, str(answer).strip())


def _refuse(fact: Fact, answer: object) -> NoReturn:
    """Raise a problem with what is allowed, and with the answer unless it may identify a person."""
    quiet = fact.sensitive or not may_repeat(answer)
    parts = answer if isinstance(answer, list | tuple | set | frozenset) else [answer]
    found = "" if quiet else ", ".join(map(str, parts))
    suggestion = _suggestion(fact, str(answer)) if may_repeat(answer) else ""
    message = N_("this value is not known") if quiet else N_('"{found}" is not known')
    raise InputProblems(
        [Problem(message, {"found": found}, fieldname=fact.id, allowed=allowed(fact), suggestion=suggestion)]
    )


def _suggestion(fact: Fact, answer: str) -> str:
    """The name that was probably meant, in its usual spelling; empty if none is close."""
    if not suggesting():
        return ""
    words = [str(word) for word in fact.also] + [str(value) for value in fact.names]
    words += [name for names in fact.names.values() for name in names.values()]
    written = {fold(word): word for word in words if not word.isdigit()}
    return written.get(likely(fold(answer[:LONGEST_ANSWER]), written, proper=fact.kind == "municipality"), "")


def allowed(fact: Fact) -> tuple[str, ...]:
    """What may be answered; examples where the domain is long."""
    match fact.kind:
        case "yes_no":
            return ("yes", "no")
        case "municipality":
            return (N_("name or code of a municipality"), NONE)
        case "number":
            return (f"{fact.domain[0]}-{fact.domain[-1]}", "18-29", "<18", "65+")
        case "years":
            return (NONE, f"0-{fact.domain[-1]}", "<3", ">=3", "2024-05")
        case "several":
            return (NONE, *(str(band) for band in fact.bounds))
        case _:
            return tuple(str(value) for value in fact.domain)
