"""Facts: what may be known about a person, the values that each fact can take, and their order."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from kotoneuvo.advice.criteria import Table

Value = str | int | bool
Values = frozenset[Value]
Text = Mapping[str, str]
"""The same words in several languages: ``{"fi": …, "sv": …, "en": …}``."""
NO_TEXT: Text = {}

Kind = Literal["choice", "yes_no", "number", "years", "level", "several", "municipality"]
Asked = Literal["asked", "derived", "told"]
Sensitivity = Literal["asked_last", "off_paper", "warned_in_files"]
ChangeKind = Literal["can_change", "time", "fixed"]

PASSING = ("number", "years", "several")
"""The kinds of fact that change as time passes: ages, years since something, children's ages."""
NONE = "none"
"""The value for "it has not happened" (years), "no children" (several) and "no municipality"."""
_ALAND = "Ahvenanmaa"


def fold(text: str) -> str:
    """Reduce a text to lower-case letters and digits without accents, so that names can be compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    # Without these signs the bands <3 and 65+ would become 3 and 65, and the level A1.1 would become A11.
    return "".join(c for c in plain if c.isalnum() or c in "<>.+")


class FactEntry(NamedTuple):
    """One thing that may be known about a person, with its finite domain in order, as in data/facts.toml.

    `follows` lists the facts whose answers usually settle this one. `change` says whether its value can change. Any of
    `goals` makes it true; with `goals_ask`, the question about goals replaces its own question. A fact that `grows`
    only ever moves forward in its domain. `also` maps further words to values, besides ids and names; `groups` maps
    folded words to several values. `said` is a yes or a no in words that describe a person.
    `sensitivity`: "asked_last" (after all other questions), "off_paper" (must not be on a sheet that a stranger may
    find), "warned_in_files" (does not belong in a client file; `warned` lists such values of other facts).
    """

    id: str
    kind: Kind
    domain: tuple[Value, ...]
    asked: Asked
    change: ChangeKind
    label: Text
    question: Text
    names: Mapping[Value, Text]
    also: Mapping[str, Value]
    groups: Mapping[str, Values]
    sensitivity: frozenset[Sensitivity]
    warned: Values
    why: Text
    follows: tuple[str, ...]
    goals: tuple[str, ...]
    goals_ask: bool
    grows: bool
    default: Value | None
    bounds: Mapping[Value, int]
    grades: Mapping[Value, int]
    said: Mapping[Value, Text]


class Fact(FactEntry):
    """A fact, with cached properties that follow from its entry."""

    # A subclass, because a NamedTuple itself has no `__dict__` for `cached_property`.

    @property
    def sensitive(self) -> bool:
        """Whether its answers are private: messages never repeat them."""
        return bool(self.sensitivity)

    @property
    def ordered(self) -> bool:
        """Whether the values run from low to high, so that ranges and bands make sense."""
        return self.kind in ("number", "years", "level")

    @cached_property
    def everything(self) -> Values:
        """The whole domain: all that is possible while nothing is known."""
        return frozenset(self.domain)

    @cached_property
    def aliases(self) -> Mapping[str, Value]:
        """Folded word to value: ids, names in all languages, and further words."""
        # A name wins over a further word.
        named = {fold(word): value for value, text in self.names.items() for word in (str(value), *text.values())}
        return {**{fold(word): value for word, value in self.also.items()}, **named}

    def in_order(self, values: Values) -> list[Value]:
        """Sort values in the domain's order."""
        return sorted(values, key=self.position.__getitem__)

    @cached_property
    def position(self) -> Mapping[Value, int]:
        """Value to its place in the domain's order."""
        return {value: index for index, value in enumerate(self.domain)}


class Municipality(NamedTuple):
    """A municipality of Finland (classification of 2026), with the areas that serve it."""

    code: str
    name: Text
    region: Text
    wellbeing_county: Text
    employment_area: Text


@dataclass(frozen=True)
class FactBook:
    """All facts with their derivations, and the other closed lists: goals, phases, municipalities.

    `derivations` maps a fact to one condition per value: a value stays possible unless its condition is unmet.
    `goal_words` maps folded words to goals, besides the goals' names.
    """

    facts: Mapping[str, Fact]
    derivations: Mapping[str, Mapping[Value, Table]]
    goals: Mapping[str, Text]
    phases: Mapping[str, Text]
    municipalities: Mapping[str, Municipality]
    goal_words: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def phase_order(self) -> Mapping[str, int]:
        """Phase to its place among the phases."""
        return {phase: place for place, phase in enumerate(self.phases)}

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Fact to its place among the facts."""
        return {name: place for place, name in enumerate(self.facts)}

    @cached_property
    def goal_aliases(self) -> Mapping[str, str]:
        """Folded word to goal: ids, names in all languages, and further words."""
        named = {fold(word): goal for goal, text in self.goals.items() for word in (goal, *text.values())}
        # `named` comes first for the order of listings, and again last so that a name wins over a further word.
        return {**named, **self.goal_words, **named}

    @cached_property
    def never_asked(self) -> frozenset[str]:
        """The facts that only the person may bring up."""
        return frozenset([name for name, fact in self.facts.items() if fact.asked == "told"])

    @cached_property
    def before(self) -> Mapping[str, frozenset[str]]:
        """Fact to all the facts that it follows from, directly or indirectly."""

        def sources(name: str) -> frozenset[str]:
            follows = self.facts[name].follows
            return frozenset(follows).union(*map(sources, follows))

        return {name: sources(name) for name in self.facts}

    @cached_property
    def mainland(self) -> tuple[str, ...]:
        """The codes of all municipalities outside Åland."""
        return tuple(code for code, each in self.municipalities.items() if each.region["fi"] != _ALAND)

    @cached_property
    def mainland_places(self) -> Values:
        """The possible municipalities of a person outside Åland: any on the mainland, or none."""
        return frozenset(self.mainland) | {NONE}

    def __getitem__(self, fact: str) -> Fact:
        return self.facts[fact]
