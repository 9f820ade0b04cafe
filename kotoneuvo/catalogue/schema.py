"""The catalogue's format as a JSON Schema, made from the same field descriptions that the reader checks by.

Draft 7, because the TOML editors (Taplo, Even Better TOML) complete and check by that one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from kotoneuvo.advice.facts import Fact, FactBook
from kotoneuvo.advice.service import MAINLAND, NATIONWIDE
from kotoneuvo.catalogue.fields import DOCUMENT, FIELDS, ID, LANGUAGES, LISTS, REQUIRED, SOURCE, TABLES, Field
from kotoneuvo.catalogue.read_criteria import OTHERS

Schema = dict[str, Any]

_DATE = {"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}
_STRINGS = {"type": "array", "items": {"type": "string"}}
_PLAIN: Mapping[str, Schema] = {
    "words": {"allOf": [{"$ref": "#/definitions/words"}]},
    "criteria": {"allOf": [{"$ref": "#/definitions/criteria"}]},
    "list": _STRINGS,
    "date": _DATE,
    "months": {"type": "integer", "minimum": 1, "maximum": 600},
    "count": {"type": "integer", "minimum": 0},
    "yes_no": {"type": "boolean"},
    "lines": {"type": "array", "items": {"type": "integer"}, "minItems": 1},
}
_ANY_LANGUAGE = [{"required": [language]} for language in LANGUAGES]


def catalogue_schema(facts: FactBook, known: Collection[str] = ()) -> Schema:
    """The schema of a catalogue file; with `known` ids that of an overlay, whose entries may give just a few fields."""
    needed: Schema = {"required": sorted(REQUIRED)}
    if known:
        by_id = {"properties": {"id": {"enum": sorted(known)}}}
        needed = {"required": ["id"], "if": by_id, "else": {"required": sorted(REQUIRED)}}
    service = _table({name: _field(name, field, facts) for name, field in FIELDS.items()}) | needed
    heading = {"name": {"type": "string"}, "version": {"type": "string"}}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "kotoneuvo catalogue",
        "description": "Services for people who have moved to Finland, as `kotoneuvo catalogue check` reads them.",
        **_table(
            {"catalogue": _table(heading), "service": {"type": "array", "items": {"$ref": "#/definitions/service"}}}
        ),
        "definitions": {
            "service": service,
            "words": {
                **_table({language: {"type": "string", "minLength": 1} for language in LANGUAGES}),
                "anyOf": _ANY_LANGUAGE,
            },
            "municipality": {"enum": list(facts.municipalities)},
            "criteria": _criteria(facts),
        },
    }


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
            return {"type": "array", "items": _choice(name, facts)}
        case "table":
            return _inner(name, facts)
        case "tables":
            return {"type": "array", "items": _inner(name, facts)}
        case "sources":
            return _sources(facts)
        case "gains":
            return _gains(facts)
        case _:
            return {"type": "string", **({"pattern": ID.pattern} if name == "id" else {})}


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


def _sources(facts: FactBook) -> Schema:
    """Tables by key: the document has lines, every other source a page with its date."""
    source = _table({key: _field(key, field, facts) for key, field in SOURCE.items()})
    return {
        "type": "object",
        "minProperties": 1,
        "properties": {DOCUMENT: {**source, "anyOf": [{"required": ["lines"]}, {"required": ["url"]}]}},
        "additionalProperties": {**source, "required": ["url", "date"]},
    }


def _choice(name: str, facts: FactBook) -> Schema:
    if name == "area":
        return {"anyOf": [{"enum": [NATIONWIDE, MAINLAND]}, {"$ref": "#/definitions/municipality"}]}
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
        table |= {"min": single, "max": single}
    return {"description": fact.label["en"], "anyOf": [*several, _table(table)]}


def _value(fact: Fact) -> Schema:
    if fact.kind == "yes_no":
        return {"type": "boolean"}
    if fact.kind in ("choice", "several"):
        values = [value for value in fact.domain if "+" not in str(value)]
        return {"enum": values}
    if fact.kind == "municipality":
        return {"type": "string"}
    return {"type": ["string", "integer"]}
