"""Read tables of criteria into nodes, noting every problem."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from kotoneuvo.advice.contact import Source
from kotoneuvo.advice.criteria import AnyOf, Criterion, Node, NoneOf, Table
from kotoneuvo.advice.facts import Fact, FactBook, Values
from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.advice.situation import unknown_name
from kotoneuvo.catalogue.criterion_values import place_of, values_of

_GROUPS: Mapping[str, type[AnyOf | NoneOf]] = {"any": AnyOf, "none": NoneOf}
_DEEPEST = 50
"""Limit for tables within tables: judging recurses as deep, and Python stops at about a thousand calls."""
_RANGE = ("is", "min", "max", "unclear")
OTHERS = "others"
"""The value of `unclear` that stands for every value that is not accepted."""

Sets = tuple[Values, Values]
"""The values that a criterion accepts, and those that it leaves unclear."""


class ReadContext:
    """What the readers of all entries share: caches, which make a large catalogue fast to read and small in memory.

    `sets` has the values of a criterion by its fact and wording, `nodes` every criterion and group, and `sources` the
    valid sources by the identity of their tables. `strict` reading also checks that contacts are valid; loading does
    not, because validating phone numbers takes longer than everything else and `catalogue check` does it.
    """

    def __init__(self, *, strict: bool = False) -> None:
        self.strict = strict
        self.sources: dict[int, tuple[object, Source]] = {}
        self.sets: dict[tuple[str, str], Sets] = {}
        self.nodes: dict[Node, Node] = {}

    def once(self, table: Table) -> Table:
        """An equal table that shares its nodes with equal nodes of other entries."""
        return tuple([self.nodes.setdefault(node, node) for node in table])


class TableReader:
    """Reads the tables of one entry and collects all problems instead of stopping at the first."""

    def __init__(self, facts: FactBook, where: str, entry: str, context: ReadContext | None = None) -> None:
        self.facts = facts
        self.context = context or ReadContext()
        self.where = where
        self.entry = entry
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def criteria(self, spec: object, sources: Mapping[str, str] | None = None, path: str = "eligibility") -> Table:
        """Read one table; `sources` gives the source of each key, and "" that of all other keys."""
        if not isinstance(spec, dict):
            self.note("expected a table of criteria", path)
            return ()
        sources = sources or {}
        nodes: list[Node] = []
        for name, wanted in spec.items():
            if name == "source":
                continue
            source = sources.get(name, sources.get("", ""))
            where = f"{path}.{name}"
            if name in _GROUPS:
                nodes.append(self._group(name, wanted, source, where))
            elif name in self.facts.facts:
                criterion = self._criterion(self.facts[name], wanted, source, where)
                nodes.extend([criterion] if criterion else [])
            else:
                self.refuse(unknown_name("fact", name, (*self.facts.facts, *_GROUPS)), where)
        return tuple(nodes)

    def note(
        self,
        message: str,
        path: str,
        details: Mapping[str, object] | None = None,
        allowed: tuple[str, ...] = (),
        suggestion: str = "",
    ) -> None:
        """Note an error of this entry."""
        self.problems.append(
            Problem(message, details or {}, self.where, self.entry, path, allowed=allowed, suggestion=suggestion)
        )

    def refuse(self, found: Problem | InputProblems, path: str) -> None:
        """Note errors that a function without knowledge of this entry has found."""
        for problem in found.problems if isinstance(found, InputProblems) else (found,):
            self.problems.append(problem._replace(where=self.where, entry=self.entry, fieldname=path))

    def warn(self, message: str, path: str, details: Mapping[str, object] | None = None) -> None:
        """Note something that should be corrected, but does not keep the catalogue from being used."""
        self.warnings.append(Problem(message, details or {}, self.where, self.entry, path))

    def check_keys(self, spec: Mapping[str, Any], known: Set[str], path: str) -> None:
        """Note every unknown key of a table."""
        if not spec.keys() <= known:
            for key in spec.keys() - known:
                self.refuse(unknown_name("field", key, tuple(sorted(known))), path or key)

    def mapping(self, found: Any, path: str, *_: object) -> Mapping[str, Any]:
        """The table as it is written; an empty one, noted, for anything else."""
        if isinstance(found, dict):
            return found
        self.note("expected a table, such as { … }", path)
        return {}

    def _group(self, name: str, tables: object, source: str, path: str) -> Node:
        if not isinstance(tables, list) or not tables:
            self.note("expected a list of tables, such as [{ … }, { … }]", path)
            return _GROUPS[name](())
        if path.count("[") >= _DEEPEST:
            self.note("the alternatives are nested too deeply", path)
            return _GROUPS[name](())
        inner = {"": source}
        return _GROUPS[name](tuple(self.criteria(each, inner, f"{path}[{i}]") for i, each in enumerate(tables)), source)

    def _criterion(self, fact: Fact, wanted: object, source: str, path: str) -> Criterion | None:
        # As a text, because lists and tables cannot be dictionary keys.
        words = (fact.id, repr(wanted))
        sets = self.context.sets.get(words)
        if sets is None:
            noted = len(self.problems)
            try:
                accept, unclear = self._sets(fact, wanted, path)
            except InputProblems as error:
                self.refuse(error, path)
                return None
            if not accept | unclear:
                self.note("no value can meet this criterion", path)
            elif accept == fact.everything:
                self.note("every value meets this criterion: remove it", path)
            # A value in both sets is accepted, not unclear.
            sets = accept, unclear - accept
            # A wrong criterion is not cached: the problem must be noted for every entry that has it.
            if len(self.problems) == noted:
                self.context.sets[words] = sets
        return Criterion(fact.id, *sets, source)

    def _sets(self, fact: Fact, wanted: object, path: str) -> Sets:
        if not isinstance(wanted, dict):
            return values_of(fact, wanted), frozenset()
        for key in wanted:
            if key not in _RANGE:
                self.refuse(unknown_name("key", key, _RANGE), path)
        accept = values_of(fact, wanted["is"]) if "is" in wanted else frozenset()
        if "min" in wanted or "max" in wanted:
            accept |= _range(fact, wanted.get("min"), wanted.get("max"))
        if wanted.get("unclear") == OTHERS:
            return accept, fact.everything - accept
        return accept, values_of(fact, wanted["unclear"]) if "unclear" in wanted else frozenset()


def _range(fact: Fact, low: object, high: object) -> Values:
    """Every value from `low` to `high`, both included. Raises InputProblems for a wrong or empty range."""
    if not fact.ordered:
        raise InputProblems([Problem("min and max are for facts with an order; list the values instead")])
    # "none" (no permit yet, no children) has a position but is not a number of years: a range excludes it.
    values = fact.everything - {"none"}
    if low is not None:
        first = place_of(fact, low, last=False)
        values = frozenset(value for value in values if fact.position[value] >= first)
    if high is not None:
        last = place_of(fact, high, last=True)
        values = frozenset(value for value in values if fact.position[value] <= last)
    if not values:
        details = {"low": low, "high": high, "found": f"{low}-{high}"}
        raise InputProblems([Problem("the range is empty: from {low} to {high}", details)])
    return values
