"""The fields of a service in the catalogue: their names, which are needed, and the closed lists."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("fi", "sv", "en")
"""The languages that every text of the catalogue has."""
DOCUMENT = "doc"
"""The source key of the 2020 document; "doc:76" is its line 76."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a service: what it holds, in words for content authors, and whether it is needed."""

    meaning: str
    required: bool = False


FIELDS = {
    "id": Field("short name in lower case and hyphens; never changes, never translated", required=True),
    "name": Field("the name, in fi, sv and en", required=True),
    "summary": Field("what one gets there, one or two plain sentences in fi, sv and en", required=True),
    "kind": Field("what sort of thing it is", required=True),
    "goals": Field("the goals it helps with", required=True),
    "phase": Field("where on a pathway it belongs", required=True),
    "area": Field('municipality codes it serves, "FI" for all, or "mainland" for all but Åland', required=True),
    "sources": Field(
        "where things were read: a key each, with url and date, or lines of the 2020 document", required=True
    ),
    "covers": Field("the entries of the 2020 document that it stands for"),
    "organization": Field("who runs it"),
    "audience": Field("whom it serves, if not people who have moved to Finland"),
    "part_of": Field("the house it belongs to: inherits area and eligibility, its way in is the house"),
    "basic": Field("belongs on everybody's pathway, whatever the goals"),
    "successor": Field("ids of the services that took over"),
    "assured": Field("the day on which a source last confirmed it (default: the 2020 document)"),
    "review": Field("for how many months that is good (default 24)"),
    "recheck": Field("a day from which it must be confirmed anew whatever `review` says"),
    "valid": Field("first and last day, with their source"),
    "discreet": Field("its name tells something about its clients: not on paper unless the worker puts it there"),
    "note": Field("a caution for the desk, in fi, sv and en"),
    "languages": Field("languages served"),
    "cost": Field("what it costs the person"),
    "provides": Field("what the person has afterwards: a level, a registration, a finished school"),
    "local_name": Field("shows the name of the person's own area beside the service"),
    "eligibility": Field("the criteria, all of which must hold"),
    "access": Field("the ways in"),
    "phones": Field("phone numbers"),
    "emails": Field("e-mail addresses"),
    "addresses": Field("street addresses, or a place in words"),
    "urls": Field("pages"),
    "schedules": Field("opening hours"),
}

FIELD_NAMES = frozenset(FIELDS)
REQUIRED = frozenset(name for name, field in FIELDS.items() if field.required)

TABLES = {
    "valid": frozenset({"from", "until", "source"}),
    "languages": frozenset({"codes", "count", "interpreter", "source"}),
    "cost": frozenset({"free", "text", "source"}),
    "access": frozenset({"via", "how", "source"}),
    "phones": frozenset({"number", "label", "hours", "source"}),
    "emails": frozenset({"email", "label", "source"}),
    "addresses": frozenset({"address", "postal_code", "city", "text", "source"}),
    "urls": frozenset({"url", "label", "source"}),
    "schedules": frozenset({"text", "source"}),
}
"""The fields of the tables inside a service."""

LISTS = {
    "kind": (
        "centre", "course", "programme", "project", "unit", "guidance", "school", "club", "network", "space", "channel",
        "card", "authority", "helpline",
    ),
    "local_name": ("employment_area", "wellbeing_county", "municipality"),
}  # fmt: skip
