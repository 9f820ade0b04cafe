"""The catalogue's format as a JSON Schema, made from the same field descriptions that the reader checks by.

Draft 7, because the TOML editors (Taplo, Even Better TOML) complete and check by that one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from kotoneuvo.advice.facts import NONE, Fact, FactBook
from kotoneuvo.advice.service import MAINLAND, NATIONWIDE
from kotoneuvo.catalogue.fields import (
    CLOSURE,
    DOCUMENT,
    FIELDS,
    HEADING,
    LANGUAGES,
    LISTS,
    NOTICE,
    OFFICE,
    PATTERNS,
    PERIOD,
    REQUIRED,
    SOURCE,
    TABLES,
    Field,
)
from kotoneuvo.catalogue.read_criteria import OTHERS
from kotoneuvo.catalogue.written import BAND, COUNTED, names_of

Schema = dict[str, Any]

_MONTH, _DAY = r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_FINNISH = r"((0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.|(0?[1-9]|1[0-2])/)\d{4}"
_DATE = {"type": "string", "pattern": rf"^(\d{{4}}(-{_MONTH}(-{_DAY})?)?|{_FINNISH})$"}
_STRINGS = {"type": "array", "items": {"type": "string"}}
_URL = {"type": "string"}
_HOURS_PART = r"((Mo|Tu|We|Th|Fr|Sa|Su)(-(Mo|Tu|We|Th|Fr|Sa|Su))?)?( ?\d\d:\d\d-\d\d:\d\d)?"
_HOURS = {"type": "string", "pattern": rf"^{_HOURS_PART}(, *{_HOURS_PART})*$"}
_PLAIN: Mapping[str, Schema] = {
    "words": {"allOf": [{"$ref": "#/definitions/words"}]},
    "criteria": {
        "allOf": [{"$ref": "#/definitions/criteria"}],
        "if": {"minProperties": 1},
        "then": {"required": ["source"]},
    },
    "list": _STRINGS,
    "checksums": {"type": "object", "additionalProperties": {"type": "string"}},
    "date": _DATE,
    "months": {"type": "integer", "minimum": 1, "maximum": 600},
    "count": {"type": "integer", "minimum": 0},
    "yes_no": {"type": "boolean"},
    "lines": {"type": "array", "items": {"type": "integer", "minimum": 1}, "minItems": 2, "maxItems": 2},
    "place": {"anyOf": [{"type": "string"}, {"$ref": "#/definitions/words"}]},
    "pages": {"anyOf": [_URL, {"type": "object", "additionalProperties": _URL}]},
    "hours": {"anyOf": [_HOURS, {"$ref": "#/definitions/words"}]},
}
_ANY_LANGUAGE = [{"required": [language]} for language in LANGUAGES]


def catalogue_schema(facts: FactBook, known: Collection[str] = ()) -> Schema:
    """The schema of a catalogue file; with `known` ids that of an overlay, whose entries may give just a few fields."""
    needed: Schema = {"required": sorted(REQUIRED)}
    if known:
        by_id = {"properties": {"id": {"enum": sorted(known)}}}
        needed = {"required": ["id"], "if": by_id, "else": {"required": sorted(REQUIRED)}}
    fields = {name: _field(name, field, facts) for name, field in FIELDS.items()}
    service = _table({name: _or_nothing(name, field) for name, field in fields.items()} if known else fields) | needed
    heading = {name: _field(name, field, facts) for name, field in HEADING.items()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "kotoneuvo catalogue",
        "description": "Services for people who have moved to Finland, as `kotoneuvo catalogue check` reads them.",
        **_table(
            {
                "catalogue": _table(heading),
                "service": {"type": "array", "items": {"$ref": "#/definitions/service"}},
                "office": {"type": "array", "items": _whole(OFFICE, facts)},
                "notice": {"type": "array", "items": _notice(facts, needed=not known)},
                "sources": _sources(facts),
            }
        ),
        "definitions": {
            "service": service,
            "words": {
                **_table({language: {"type": "string", "pattern": r"\S"} for language in LANGUAGES}),
                "anyOf": _ANY_LANGUAGE,
            },
            "municipality": {"enum": list(facts.municipalities)},
            "place": {"anyOf": [{"$ref": "#/definitions/municipality"}, {"enum": _names(facts)}]},
            "level": {"enum": list(names_of(facts["finnish_level"]))},
            "criteria": _criteria(facts),
        },
    }


def _names(facts: FactBook) -> list[str]:
    """The names of the municipalities, in Finnish and in Swedish."""
    return list(dict.fromkeys(place.name[each] for place in facts.municipalities.values() for each in ("fi", "sv")))


def _whole(fields: Mapping[str, Field], facts: FactBook, *, needed: bool = True) -> Schema:
    """A table with all its fields."""
    required = sorted(name for name, field in fields.items() if field.required) if needed else []
    table = _table({name: _field(name, field, facts) for name, field in fields.items()})
    return table | ({"required": required} if required else {})


def _notice(facts: FactBook, *, needed: bool) -> Schema:
    """A notice: its criteria need no source of their own, and its id may have underscores."""
    table = _whole(NOTICE, facts, needed=needed)
    who = {"description": NOTICE["who"].meaning, "allOf": [{"$ref": "#/definitions/criteria"}]}
    name = {"description": NOTICE["id"].meaning, "type": "string"}
    period = {**_inner("valid", facts), "required": []}
    table["properties"] |= {"who": who, "id": name, "valid": {"description": NOTICE["valid"].meaning, **period}}
    return table


def _or_nothing(name: str, field: Schema) -> Schema:
    """A field of an overlay: what it holds, or the empty value that takes it away from a known service."""
    if name in REQUIRED or field.get("type") in ("array", "boolean", "integer"):
        return field
    inner = {key: each for key, each in field.items() if key != "description"}
    return {"description": field["description"], "anyOf": [inner, {"enum": [{}, ""]}]}


def _table(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _field(name: str, field: Field, facts: FactBook) -> Schema:
    return {"description": field.meaning, **_shape(name, field, facts)}


def _shape(name: str, field: Field, facts: FactBook) -> Schema:
    """What may stand in a field, by its shape."""
    if field.shape in _PLAIN:
        return _PLAIN[field.shape]
    match field.shape:
        case "choice":
            return _choice(name, facts)
        case "choices":
            return _area() if name == "area" else _choices(name, field, facts)
        case "table":
            return _inner(name, facts)
        case "tables":
            return {"type": "array", "items": _inner(name, facts)}
        case "sources":
            return _sources(facts)
        case "closures":
            return {"type": "array", "items": _closure(facts)}
        case "periods":
            return {"type": "array", "items": {**_whole(PERIOD, facts), "minProperties": 1}}
        case "gains":
            return _gains(facts)
        case _:
            return {"type": "string", **({"pattern": PATTERNS[name]} if name in PATTERNS else {})}


def _gains(facts: FactBook) -> Schema:
    """Values of facts that a person has afterwards."""
    gains = {name: {"anyOf": _one_or_more(_value(fact))} for name, fact in facts.facts.items()}
    return _table({**gains, "source": {"type": "string"}}) | {"required": ["source"]}


def _one_or_more(value: Schema) -> list[Schema]:
    return [value, {"type": "array", "items": value, "minItems": 1}]


def _inner(name: str, facts: FactBook) -> Schema:
    fields = TABLES[name]
    required = [key for key, field in fields.items() if field.required]
    return _table({key: _field(key, field, facts) for key, field in fields.items()}) | {"required": required}


def _closure(facts: FactBook) -> Schema:
    """Days with other hours, or none."""
    either = [{"required": ["closed"]}, {"required": ["hours"]}]
    hours = {"description": CLOSURE["hours"].meaning, **_HOURS}
    table = _whole(CLOSURE, facts)
    return {**table, "properties": {**table["properties"], "hours": hours}, "oneOf": either}


def _sources(facts: FactBook) -> Schema:
    """Tables by key: the document has lines, every other source a page with its date."""
    source = _table({key: _field(key, field, facts) for key, field in SOURCE.items()})
    return {
        "type": "object",
        "minProperties": 1,
        "properties": {DOCUMENT: {**source, "anyOf": [{"required": ["lines"]}, {"required": ["url"]}]}},
        "additionalProperties": {
            **source,
            "required": ["date"],
            "anyOf": [{"required": ["url"]}, {"required": ["said"]}],
        },
    }


def _area() -> Schema:
    """All of Finland, all but Åland, or municipalities."""
    whole = {"items": {"enum": [NATIONWIDE, MAINLAND]}, "maxItems": 1}
    return {"type": "array", "minItems": 1, "anyOf": [whole, {"items": {"$ref": "#/definitions/place"}}]}


def _choices(name: str, field: Field, facts: FactBook) -> Schema:
    return {"type": "array", "items": _choice(name, facts), **({"minItems": 1} if field.required else {})}


def _choice(name: str, facts: FactBook) -> Schema:
    if name in LISTS:
        return {"oneOf": [{"const": word, "description": meaning} for word, meaning in LISTS[name].items()]}
    if name == "audience":
        return {"enum": list(facts["customer_role"].domain)}
    named = facts.goals if name == "goals" else facts.phases
    return {"oneOf": [{"const": word, "description": text["en"]} for word, text in named.items()]}


def _criteria(facts: FactBook) -> Schema:
    tables = {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/criteria"}}
    groups = {
        "any": {**tables, "description": "one of these tables must hold"},
        "none": {**tables, "description": "none of these tables may hold"},
    }
    sources = {
        "description": "where the criteria were read: one key for all, or one per criterion",
        "anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}],
    }
    return _table({fact.id: _criterion(fact) for fact in facts.facts.values()} | groups | {"source": sources})


def _criterion(fact: Fact) -> Schema:
    """One value, several, or a table of them with what the source leaves unclear."""
    single = _value(fact)
    several = _one_or_more(single)
    table: Schema = {"is": {"anyOf": several}, "unclear": {"anyOf": [{"const": OTHERS}, *several]}}
    if fact.ordered:
        end = single if fact.kind == "level" else _number(fact)
        table |= {"min": end, "max": end}
    return {"description": fact.label["en"], "anyOf": [*several, {**_table(table), "minProperties": 1}]}


def _value(fact: Fact) -> Schema:
    if fact.kind == "yes_no":
        return {"type": "boolean"}
    if fact.kind == "level":
        return {"$ref": "#/definitions/level"}
    if fact.kind == "municipality":
        return {"anyOf": [{"$ref": "#/definitions/municipality"}, {"const": NONE}]}
    if fact.kind not in COUNTED:
        return {"enum": list(names_of(fact))}
    names = [{"const": name} for name in names_of(fact)]
    return {"anyOf": [_number(fact), {"type": "string", "pattern": f"^({BAND})$"}, *names]}


def _number(fact: Fact) -> Schema:
    return {"type": "integer", "minimum": 0, "maximum": fact.domain[-1]}
