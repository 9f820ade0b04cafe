"""The words that a field may have where it may not have any: closed lists, each word with its meaning."""

from __future__ import annotations

from collections.abc import Mapping

from kotoneuvo.advice.facts import FactBook, Text, fold
from kotoneuvo.advice.problems import N_, Problem, closest
from kotoneuvo.advice.situation import unknown_name

SAID = (
    N_("by phone, the service's adviser"),
    N_("by phone, the switchboard"),
    N_("by e-mail, the service's adviser"),
    N_("on the spot, the service's adviser"),
    N_("in a meeting, the organisation that runs it"),
    N_("we run it ourselves"),
    N_("we tried it ourselves"),
)
"""How something was told and by whom, in words that the program has in every language; others are shown as written."""
TRIED = SAID[-1]

_ROLES = {
    "switchboard": N_("the general number"),
    "social_emergency": N_("social emergency services, day and night"),
    "integration": N_("integration services"),
    "guidance": N_("social guidance and advice"),
    "health": N_("health services"),
    "employment": N_("employment services"),
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
    # The same words: a service names the doors of its office by what these are for.
    "local_role": _ROLES,
    "confidence": {
        "high": N_("the page says so"),
        "medium": N_("less sure: worked out from the page, or the page is old or without a date"),
    },
}
"""Closed lists with the meaning of each word."""


def meanings_of(name: str, facts: FactBook) -> Mapping[str, str | Text]:
    """The words that a field may have, each with its meaning: a text by language, or a msgid."""
    if name == "goals":
        return facts.goals
    if name == "phase":
        return facts.phases
    return (
        {str(role): text for role, text in facts["customer_role"].names.items()} if name == "audience" else LISTS[name]
    )


def unknown_word(name: str, word: str, facts: FactBook) -> Problem:
    """The problem of a word that a field may not have, with all that it may, and what was meant in people's words."""
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
