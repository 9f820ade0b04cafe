"""Make the parts of the docs that come from facts, fields and the catalogue, so that they never differ from these."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reference import cell

from kotoneuvo.advice.facts import Fact, FactBook
from kotoneuvo.catalogue.closed_lists import LISTS, in_english
from kotoneuvo.catalogue.fields import CLOSURE, FIELDS, NOTICE, OFFICE, PERIOD, SOURCE, TABLES, Field

_OTHERS = {
    "one of `exceptions`": CLOSURE,
    "one of `periods`": PERIOD,
    "one of `sources`": SOURCE,
    "`[[office]]`": OFFICE,
    "`[[notice]]`": NOTICE,
}
_PART = re.compile(r"(<!-- made: (?P<name>[^>]+?) -->\n)(?:(?!<!-- made).)*?(<!-- end -->)", re.S)
_SHAPES = {
    "word": "text",
    "id": "id",
    "notice_id": "id",
    "office": "area of an office",
    "phone": "phone number",
    "email": "e-mail address",
    "page": "address of a page",
    "names": "text in fi, sv",
    "words": "text in fi, sv, en",
    "choice": "one word of a list",
    "choices": "list of words of a list",
    "list": "list of texts",
    "languages": "list of language codes",
    "area": "municipalities, or all",
    "codes": "municipalities",
    "date": "date",
    "last_day": "date",
    "written_date": "date",
    "months": "months",
    "count": "number",
    "yes_no": "true or false",
    "table": "table, below",
    "tables": "tables, below",
    "sources": "tables by key, below",
    "criteria": "criteria, below",
    "who": "criteria, below",
    "gains": "fact = value",
    "lines": "[first, last]",
    "citation": "key of a source",
    "place": "text, or text in fi, sv, en",
    "pages": "address, or addresses by language",
    "hours": "days and times, or text in fi, sv, en",
    "spans": "days and times",
    "periods": "tables, below",
    "closures": "tables, below",
    "checksums": "table of texts",
}
_WAYS = {
    "choice": '`["a", "b"]`: any of these; `{ is = ["a"], unclear = ["b"] }`',
    "yes_no": "`true` or `false`",
    "number": '`{ min = 18, max = 29 }`, ends included; `{ min = 18, unclear = [17] }`; `"16-17"`, `"<18"`, `">=65"`',
    "years": '`["<3"]`, `{ is = ["<3"], unclear = [">=3"] }`; `"none"`: it has not happened',
    "level": '`{ min = "A2.1" }`; a letter alone (`"B1"`) is all its steps',
    "several": '`["<3"]`: holds at least one of these; `"none"`: the empty one',
    "municipality": '`["091"]`; usually `area` says it',
}


def fill_guide(text: str, facts: FactBook, catalogue: str) -> str:
    """A page with its generated parts filled in; `catalogue` is the text of services.toml, for the examples.

    Raises KeyError for the name of an unknown part.
    """
    parts = guide_parts(facts)

    def made(match: re.Match[str]) -> str:
        name = match["name"]
        body = _example(name.removeprefix("example "), catalogue) if name.startswith("example ") else parts[name]
        return f"{match[1]}{body}\n{match[3]}"

    return _PART.sub(made, text)


def guide_parts(facts: FactBook) -> Mapping[str, str]:
    """The generated parts by name."""
    tables = [f"**`{name}`**\n\n{_fields(fields)}" for name, fields in TABLES.items()]
    names = (*LISTS, "goals", "phase", "audience")
    lists = [f"**`{name}`**\n\n{_table(('word', 'meaning'), in_english(name, facts))}" for name in names]
    return {
        "fields": _fields(FIELDS),
        "tables": "\n\n".join([*tables, *(f"**{name}**\n\n{_fields(fields)}" for name, fields in _OTHERS.items())]),
        "lists": "\n\n".join(lists),
        "facts": _facts(facts),
        "statuses": _statuses(facts),
    }


def _fields(fields: Mapping[str, Field]) -> str:
    rows = [
        f"| `{name}` | {'yes' if field.required else ''} | {_SHAPES[field.shape]} | {cell(field.meaning)} |"
        for name, field in fields.items()
    ]
    return "\n".join(["| field | needed | holds | what it says |", "| --- | --- | --- | --- |", *rows])


def _table(head: tuple[str, str], rows: Mapping[str, str]) -> str:
    lines = [f"| `{word}` | {cell(meaning)} |" for word, meaning in rows.items()]
    return "\n".join([f"| {head[0]} | {head[1]} |", "| --- | --- |", *lines])


def _facts(facts: FactBook) -> str:
    """How a criterion on each kind of fact is written, and a table of all facts with their values."""
    rows = [
        f"| `{fact.id}` | {cell(fact.label['en'])} | {fact.kind} | {_values(fact)} |" for fact in facts.facts.values()
    ]
    ways = [f"- **{kind}**: {way}" for kind, way in _WAYS.items()]
    return "\n".join([*ways, "", "| fact | what it is | kind | values |", "| --- | --- | --- | --- |", *rows])


def _statuses(facts: FactBook) -> str:
    """A table of residence statuses, without the combinations of two."""
    status = facts["status"]
    rows = {str(value): status.names[value]["en"] for value in status.domain if "+" not in str(value)}
    return _table(("id", "name"), rows)


def _values(fact: Fact) -> str:
    if fact.kind == "yes_no":
        return "`true`, `false`"
    if fact.kind in ("number", "years"):
        return f"`{fact.domain[0]}` … `{fact.domain[-1]}`"
    if fact.kind == "municipality":
        return "[municipality codes](codes.md#municipalities), `none`"
    if fact.id == "status":
        return "[residence statuses](#residence-statuses)"
    values = [value for value in fact.domain if "+" not in str(value)]
    return ", ".join(f"`{value}`" for value in values)


def _example(service: str, catalogue: str) -> str:
    """One entry of the catalogue as a code block."""
    blocks = re.split(r"(?=^\[\[service\]\]$)", catalogue, flags=re.M)
    (block,) = [block for block in blocks if re.search(rf'^id = "{re.escape(service)}"$', block, re.M)]
    lines = block.rstrip().splitlines()
    while lines and (not lines[-1] or lines[-1].startswith("#")):
        lines.pop()
    body = "\n".join(lines)
    return f"```toml\n{body}\n```"
