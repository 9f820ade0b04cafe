"""The closed lists: the words that certain fields may have, each with its meaning."""

from __future__ import annotations

from collections.abc import Mapping

from kotoneuvo.advice.facts import FactBook, Text, fold
from kotoneuvo.advice.problems import N_, Problem, closest
from kotoneuvo.advice.situation import unknown_name

SPOKEN = (
    N_("by phone, the service's adviser"),
    N_("by phone, the switchboard"),
    N_("by e-mail, the service's adviser"),
    N_("on the spot, the service's adviser"),
    N_("in a meeting, the organisation that runs it"),
    N_("we run it ourselves"),
    N_("we tried it ourselves"),
)
"""Wordings of `said` (how something was told, by which role) that the program translates; others are shown as is."""
TRIED = SPOKEN[-1]

_ROLES = {
    "switchboard": N_("the general number"),
    "social_emergency": N_("social emergency services, day and night"),
    "integration": N_("integration services"),
    "guidance": N_("social guidance and advice"),
    "health": N_("health services"),
    "urgent_care": N_("advice on urgent care, day and night"),
    "employment": N_("employment services"),
    "adult_education": N_("the adult education centre"),
}

LISTS: Mapping[str, Mapping[str, str]] = {
    "kind": {
        "centre": N_("a house with many services under one roof"),
        "course": N_("teaching with a beginning and an end"),
        "programme": N_("a longer path in several parts"),
        "project": N_("something that runs as long as it is funded"),
        "unit": N_("a unit of a municipality, a county or the state"),
        "guidance": N_("advice and guidance, with or without an appointment"),
        "school": N_("a school or an institute"),
        "test": N_("a test or an examination: it teaches nothing and is never a first step"),
        "club": N_("a group that meets, such as a language café"),
        "network": N_("organisations that work together"),
        "space": N_("a place to be in or to borrow"),
        "channel": N_("something to read, watch or use on the web"),
        "card": N_("a card that opens other things"),
        "authority": N_("an authority that decides"),
        "helpline": N_("help by phone or chat"),
    },
    "local_name": {
        "employment_area": N_("the person's employment area"),
        "wellbeing_county": N_("the person's wellbeing services county"),
        "municipality": N_("the person's municipality"),
    },
    "duty": {
        "voluntary": N_("voluntary, and not going has no consequences"),
        "once_agreed": N_("voluntary, but what was agreed in a plan must be kept"),
        "mandatory": N_("taking part or registering is mandatory"),
    },
    "role": _ROLES,
    # A service picks contact points of its office by their role, so both lists are one.
    "local_role": _ROLES,
    "confidence": {
        "high": N_("the page says so"),
        "medium": N_("less sure: worked out from the page, or the page is old or without a date"),
    },
}
"""The closed lists by field; `meanings_of` has those that come from the facts."""


def meanings_of(name: str, facts: FactBook) -> Mapping[str, str | Text]:
    """The words that a field may have, each with its meaning: a msgid, or a text by language."""
    if name == "goals":
        return facts.goals
    if name == "phase":
        return facts.phases
    return (
        {str(role): text for role, text in facts["customer_role"].names.items()} if name == "audience" else LISTS[name]
    )


def in_english(name: str, facts: FactBook) -> Mapping[str, str]:
    """The words that a field may have, each with its meaning in English."""
    meanings = meanings_of(name, facts).items()
    return {word: meaning if isinstance(meaning, str) else meaning["en"] for word, meaning in meanings}


def unknown_word(name: str, word: str, facts: FactBook) -> Problem:
    """The problem of a word that is not in the list of a field, with all allowed words and a suggestion.

    The suggestion also understands the names of goals and other values in Finnish, Swedish and English.
    """
    meanings = meanings_of(name, facts)
    problem = unknown_name(name, word, tuple(meanings))
    named = {
        fold(text): code
        for code, meaning in meanings.items()
        if not isinstance(meaning, str)
        for text in meaning.values()
    }
    if name == "goals":
        named |= facts.goal_words
    near = named.get(fold(word)) or problem.suggestion or named.get(closest(fold(word), named), "")
    return problem._replace(allowed=tuple(meanings), suggestion=near, meanings=meanings)
