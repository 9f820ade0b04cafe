"""The catalogue's format as a JSON Schema, made from the field descriptions that the reader uses too.

It is draft 7 because TOML editors (Taplo, Even Better TOML) support that one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from kotoneuvo.advice.facts import NONE, Fact, FactBook
from kotoneuvo.advice.hours import DAYS
from kotoneuvo.advice.service import MAINLAND, NATIONWIDE
from kotoneuvo.catalogue import fields
from kotoneuvo.catalogue.closed_lists import in_english
from kotoneuvo.catalogue.criterion_values import BAND, COUNTED, names_of
from kotoneuvo.catalogue.fields import LANGUAGES, Field
from kotoneuvo.catalogue.read_criteria import OTHERS

Schema = dict[str, Any]

_MONTH, _DAY = r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_FINNISH = r"((0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.|(0?[1-9]|1[0-2])/)\d{4}"
_DATE = {"type": "string", "pattern": rf"^(\d{{4}}(-{_MONTH}(-{_DAY})?)?|{_FINNISH})$"}
_WEEKDAY = f"({'|'.join(DAYS)})"
_HOURS_PART = rf"({_WEEKDAY}(-{_WEEKDAY})?)?( ?\d\d:\d\d-\d\d:\d\d)?"
_HOURS = {"type": "string", "pattern": rf"^{_HOURS_PART}(, *{_HOURS_PART})*$"}
_STRING = {"type": "string"}
_STRINGS = {"type": "array", "items": _STRING}
_WORDS = {"$ref": "#/definitions/words"}
# Draft 7 ignores everything beside a $ref, such as a description; inside allOf it is not ignored.
_CRITERIA = {"allOf": [{"$ref": "#/definitions/criteria"}]}
_PLAIN: Mapping[str, Schema] = {
    **dict.fromkeys(("word", "phone", "email", "page", "citation"), _STRING),
    "id": {"type": "string", "pattern": fields.ID.pattern},
    "notice_id": {"type": "string", "pattern": fields.NOTICE_ID.pattern},
    "office": {"type": "string", "pattern": fields.PLACE},
    "words": {"allOf": [_WORDS]},
    "names": {"allOf": [_WORDS]},
    # In an overlay, an empty table removes the criteria, and needs no source.
    "criteria": {**_CRITERIA, "if": {"minProperties": 1}, "then": {"required": ["source"]}},
    "who": _CRITERIA,
    **dict.fromkeys(("list", "languages", "codes"), _STRINGS),
    "checksums": {"type": "object", "additionalProperties": _STRING},
    **dict.fromkeys(("date", "last_day", "written_date"), _DATE),
    "months": {"type": "integer", "minimum": 1, "maximum": 600},
    "count": {"type": "integer", "minimum": 0},
    "yes_no": {"type": "boolean"},
    "lines": {"type": "array", "items": {"type": "integer", "minimum": 1}, "minItems": 2, "maxItems": 2},
    "place": {"anyOf": [_STRING, _WORDS]},
    "pages": {"anyOf": [_STRING, {"type": "object", "additionalProperties": _STRING}]},
    "hours": {"anyOf": [_HOURS, _WORDS]},
    "spans": _HOURS,
}
_AREA: Schema = {
    "type": "array",
    "minItems": 1,
    "anyOf": [{"items": {"enum": [NATIONWIDE, MAINLAND]}, "maxItems": 1}, {"items": {"$ref": "#/definitions/place"}}],
}
_ANY_LANGUAGE = [{"required": [language]} for language in LANGUAGES]


def catalogue_schema(facts: FactBook, known: Collection[str] = ()) -> Schema:
    """The schema of a catalogue file; with `known` ids that of an overlay, whose entries need not be complete."""
    needed: Schema = {"required": sorted(fields.REQUIRED)}
    if known:
        # Under the id of a known service an entry gives only what it changes.
        by_id = {"properties": {"id": {"enum": sorted(known)}}}
        needed = {"required": ["id"], "if": by_id, "else": {"required": sorted(fields.REQUIRED)}}
    service = _whole(fields.FIELDS, facts)
    if known:
        service["properties"] = {name: _or_nothing(name, each) for name, each in service["properties"].items()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "kotoneuvo catalogue",
        "description": "Services for people who have moved to Finland, as `kotoneuvo catalogue check` reads them.",
        **_table(
            {
                "catalogue": _whole(fields.HEADING, facts),
                "service": {"type": "array", "items": {"$ref": "#/definitions/service"}},
                "office": {"type": "array", "items": _whole(fields.OFFICE, facts)},
                "notice": {"type": "array", "items": _whole(fields.NOTICE, facts, needed=not known)},
                "sources": _sources(facts),
            }
        ),
        "definitions": {
            "service": service | needed,
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
    return list(dict.fromkeys(place.name[each] for place in facts.municipalities.values() for each in ("fi", "sv")))


def _whole(of: Mapping[str, Field], facts: FactBook, *, needed: bool = True) -> Schema:
    """A table of these fields; those that are required are so only if `needed`."""
    required = sorted(name for name, field in of.items() if field.required)
    table = _table({name: {"description": each.meaning, **_shape(name, each, facts)} for name, each in of.items()})
    return table | ({"required": required} if needed and required else {})


def _or_nothing(name: str, field: Schema) -> Schema:
    """A field of an overlay, which may also have the empty value that removes it."""
    if name in fields.REQUIRED or field.get("type") in ("array", "boolean", "integer"):
        return field
    inner = {key: each for key, each in field.items() if key != "description"}
    return {"description": field["description"], "anyOf": [inner, {"enum": [{}, ""]}]}


def _table(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _shape(name: str, field: Field, facts: FactBook) -> Schema:
    """The schema of a field, by its shape."""
    if field.shape in _PLAIN:
        return _PLAIN[field.shape]
    match field.shape:
        case "choice":
            return _choice(name, facts)
        case "choices":
            return {"type": "array", "items": _choice(name, facts), **({"minItems": 1} if field.required else {})}
        case "area":
            return _AREA
        case "table":
            return _whole(field.of, facts)
        case "tables":
            return {"type": "array", "items": _whole(field.of, facts)}
        case "closures":
            either = [{"required": ["closed"]}, {"required": ["hours"]}]
            return {"type": "array", "items": {**_whole(field.of, facts), "oneOf": either}}
        case "periods":
            return {"type": "array", "items": {**_whole(field.of, facts), "minProperties": 1}}
        case "sources":
            return _sources(facts)
        case _:  # gains
            gains = {name: {"anyOf": _one_or_more(_value(fact))} for name, fact in facts.facts.items()}
            return _table({**gains, "source": _STRING}) | {"required": ["source"]}


def _one_or_more(value: Schema) -> list[Schema]:
    return [value, {"type": "array", "items": value, "minItems": 1}]


def _sources(facts: FactBook) -> Schema:
    """The table of sources: the 2020 document has lines, any other source a date and a page or a spoken word."""
    source = _whole(fields.SOURCE, facts)
    return {
        "type": "object",
        "minProperties": 1,
        "properties": {fields.DOCUMENT: {**source, "anyOf": [{"required": ["lines"]}, {"required": ["url"]}]}},
        "additionalProperties": {
            **source,
            "required": ["date"],
            "anyOf": [{"required": ["url"]}, {"required": ["said"]}],
        },
    }


def _choice(name: str, facts: FactBook) -> Schema:
    return {"oneOf": [{"const": word, "description": text} for word, text in in_english(name, facts).items()]}


def _criteria(facts: FactBook) -> Schema:
    tables = {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/criteria"}}
    groups = {
        "any": {**tables, "description": "one of these tables must hold"},
        "none": {**tables, "description": "none of these tables may hold"},
    }
    sources = {
        "description": "where the criteria were read: one key for all, or one per criterion",
        "anyOf": [_STRING, {"type": "object", "additionalProperties": _STRING}],
    }
    return _table({fact.id: _criterion(fact) for fact in facts.facts.values()} | groups | {"source": sources})


def _criterion(fact: Fact) -> Schema:
    """One value, several, or a table of accepted and unclear values."""
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
