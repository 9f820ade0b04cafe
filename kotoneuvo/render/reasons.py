"""Facts, values, criteria and changes in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kotoneuvo.advice.criteria import AnyOf, Criterion, Node, NoneOf, Table, Unread
from kotoneuvo.advice.eligibility import Opening, only_for_told
from kotoneuvo.advice.facts import NONE, Fact, FactBook, Value, Values
from kotoneuvo.advice.service import COUNTRY
from kotoneuvo.words import Words

MANY = 6
"""How many values of a list are named; of longer lists, the number of the others follows."""


class Reasons:
    """Says in one language what criteria need and what is known.

    Facts that are never asked are not named as something to have, except in the `whole` conditions of a service.
    """

    def __init__(self, facts: FactBook, words: Words, *, whole: bool = False) -> None:
        self.facts = facts
        self.whole = whole
        self.words = words
        # Caches: hundreds of services need the same values, and a long list of municipalities takes a while to write.
        self._said: dict[tuple[str, Values], str] = {}
        self._needed: dict[Node, str] = {}

    def label(self, fact: str) -> str:
        """Return the name of a fact."""
        return self.words.pick(self.facts[fact].label)

    def value(self, fact: Fact, value: Value) -> str:
        """Return one value in words."""
        _ = self.words.gettext
        if fact.kind == "yes_no":
            return _("yes") if value else _("no")
        if fact.kind == "several" and value != NONE:
            return " + ".join(self.words.pick(fact.names[band]) for band in str(value).split("+"))
        if value in fact.names:
            return self.words.pick(fact.names[value])
        if value == NONE:
            return {"years": _("no permit yet"), "several": _("no children")}.get(fact.kind, _("none"))
        return str(value)

    def values(self, fact: Fact, values: Values) -> str:
        """Return a set of values in words: consecutive values of an ordered fact as "18–29", others as a list."""
        text = self._said.get((fact.id, values))
        if text is None:
            text = self._said[fact.id, values] = self._in_words(fact, values)
        return text

    def _in_words(self, fact: Fact, values: Values) -> str:
        _ = self.words.gettext
        if values == fact.everything:
            return _("not known")
        listed = fact.in_order(values)
        if fact.kind == "municipality" and len(listed) > COUNTRY:
            return _("mainland Finland")
        if not listed:
            return _("none")
        places = [fact.position[value] for value in listed] if fact.ordered else []
        if len(places) > 1 and places[-1] - places[0] == len(places) - 1:
            return self._stretch(fact, listed)
        return self._list(fact, listed)

    def needs(self, node: Node) -> str:
        """Return what a criterion or group needs; for a single criterion, without the fact's name."""
        text = self._needed.get(node)
        if text is None:
            text = self._needed[node] = self._asked_for(node)
        return text

    def _asked_for(self, node: Node) -> str:
        _ = self.words.gettext
        if isinstance(node, Unread):
            return self.words.pick(node.text)
        if not isinstance(node, Criterion):
            tables = [" + ".join(self.required(part) for part in table) for table in self._alternatives(node)]
            joined = _(" or ").join(tables)
            return joined if isinstance(node, AnyOf) else _("not: {what}").format(what=joined)
        fact = self.facts[node.fact]
        if node.accept and fact.kind == "several":
            return self._bands(fact, node.accept)
        needed = self.values(fact, node.accept) if node.accept else ""
        if node.maybe == fact.everything:
            return needed or _("the organisation decides")
        if needed and not node.unclear:
            return needed
        decides = _("{values}: the organisation decides").format(values=self.values(fact, node.unclear))
        return f"{needed} ({decides})" if needed else decides

    def required(self, node: Node) -> str:
        """Return what a criterion or group needs, as people say it: "has a residence permit", else "Age: 18–29"."""
        wanted = node.accept if isinstance(node, Criterion) and not node.unclear else frozenset[Value]()
        plainly = self.plainly(node.fact, wanted) if isinstance(node, Criterion) else ""
        title, needs = self.title(node), self.needs(node)
        # A group with one alternative left begins with its title already.
        return plainly or (needs if needs.startswith(f"{title}: ") else f"{title}: {needs}")

    def known(self, fact: str, known: Mapping[str, Values]) -> str:
        """Return what is known of a fact, as people say it."""
        return self.plainly(fact, known.get(fact, self.facts[fact].everything)) or self._labelled(fact, known)

    def _labelled(self, fact: str, known: Mapping[str, Values]) -> str:
        return f"{self.label(fact)}: {self.values(self.facts[fact], known.get(fact, self.facts[fact].everything))}"

    def plainly(self, fact: str, values: Values) -> str:
        """Return a single value as people say it ("has a residence permit"); "" if the fact has no such words."""
        text = self.facts[fact].said.get(next(iter(values))) if len(values) == 1 else None
        return self.words.pick(text) if text else ""

    def has(self, node: Node, known: Mapping[str, Values]) -> str:
        """Return what is known about the facts of a criterion or group."""
        if isinstance(node, Criterion):
            fact = self.facts[node.fact]
            return self.values(fact, known.get(node.fact, fact.everything))
        if isinstance(node, Unread):
            return self.words.gettext("the organisation decides")
        return ", ".join(self._labelled(name, known) for name in dict.fromkeys(self.facts_of(node)))

    def group_name(self, node: Node) -> str:
        """Return "any", "none" or "unread", as the catalogue writes the group."""
        return "unread" if isinstance(node, Unread) else "any" if isinstance(node, AnyOf) else "none"

    def title(self, node: Node) -> str:
        """Return the name of a criterion's fact; for a group, the names of all its facts."""
        if isinstance(node, Unread):
            return self.words.gettext("Not compared")
        return " / ".join(dict.fromkeys(map(self.label, self.facts_of(node))))

    def opening(self, opening: Opening) -> str:
        """Return a change in words: the fact and the value it would need."""
        fact = self.facts[opening.fact]
        wanted = self._list(fact, opening.to) if opening.to else self.words.gettext("something else")
        if fact.ordered and opening.kind != "fixed":
            wanted = self.words.gettext("at least {value}").format(value=wanted)
        return f"{self.label(opening.fact)}: {wanted}"

    def facts_of(self, node: Criterion | AnyOf | NoneOf) -> Iterable[str]:
        """Yield the facts that a criterion or group looks at, in order."""
        if isinstance(node, Criterion):
            yield node.fact
            return
        for table in self._alternatives(node):
            for part in table:
                yield from self.facts_of(part)

    def _alternatives(self, node: AnyOf | NoneOf) -> Sequence[Table]:
        """Return the tables of a group, without those that need a fact that is never asked, if there are others."""
        if self.whole:
            return node.tables
        asked = [table for table in node.tables if not any(only_for_told(part, self.facts) for part in table)]
        return asked or node.tables

    def _stretch(self, fact: Fact, listed: Sequence[Value]) -> str:
        _ = self.words.gettext
        first, last = self.value(fact, listed[0]), self.value(fact, listed[-1])
        # "At most five years" includes whoever has no permit yet.
        starts = listed[0] == fact.domain[0] or (fact.domain[0] == NONE and listed[0] == fact.domain[1])
        ends = listed[-1] == fact.domain[-1]
        if fact.kind == "level":
            # All sub-levels of one level, such as A1.1 to A1.3, are called by its name, A1.
            level = {value for value in fact.domain if str(value)[:2] == str(listed[0])[:2]}
            if set(listed) == level and len(level) > 1:
                return str(listed[0])[:2]
        if ends and not starts:
            return _("at least {value}").format(value=first)
        if starts and not ends:
            return _("at most {value}").format(value=last)
        return f"{first}–{last}"

    def _bands(self, fact: Fact, accept: Values) -> str:
        """Return children's ages that are accepted, "7–15" for example, and not every combination of them."""
        if accept == frozenset({NONE}):
            return self.words.gettext("no children")
        bands = [
            self.words.pick(fact.names[band])
            for band in fact.bounds
            if all(value in accept for value in fact.domain if str(band) in str(value).split("+"))
        ]
        return self.words.gettext(" or ").join(bands)

    def _list(self, fact: Fact, listed: Sequence[Value]) -> str:
        shown = [self.value(fact, value) for value in listed[:MANY]]
        others = len(listed) - len(shown)
        if others:
            shown.append(self.words.counted("{count} other", "{count} others", others))
        return ", ".join(shown)
