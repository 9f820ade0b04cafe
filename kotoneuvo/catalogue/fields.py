"""The fields of a service in the catalogue: what each holds, in words for content authors, and the closed lists.

The reader, the JSON Schema and the authors' guide all read this one description.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kotoneuvo.advice.problems import N_

LANGUAGES = ("fi", "sv", "en")
"""The languages that every text of the catalogue has."""
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
ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
"""How the id of a service is written."""
PLACE = r"^(employment_area:\d{2}|wellbeing_county:\d{2}|municipality:\d{3})$"
"""How the place of an office is written."""
PATTERNS = {"id": ID.pattern, "for": PLACE}
"""How words are written that people do not choose freely."""
DOCUMENT = "doc"
"""The source key of the 2020 document; "doc:76" is its line 76."""
SUMMARY_ROOM = 260
"""How many letters of a summary fit on a card."""

Shape = Literal[
    "word", "words", "choice", "choices", "list", "date", "months", "count", "yes_no", "table", "tables", "sources",
    "criteria", "gains", "lines", "citation", "place", "pages", "hours", "closures", "periods", "checksums",
]  # fmt: skip
"""What a field holds: `words` are a text in every language, `choice` a word of a closed list, `citation` a source."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it holds, in words for content authors, its shape, and whether it is needed."""

    meaning: str
    shape: Shape = "word"
    required: bool = False


HEADING = {"name": Field("what readers know the catalogue by"), "version": Field("the version it gives itself")}
"""The fields of `[catalogue]`."""
_SOURCE = Field('key of the source that says so; "doc:76" is line 76 of the 2020 document', "citation", required=True)
_SAID = {
    "source": Field('key of the source that says so; "doc:76" is line 76 of the 2020 document', "citation"),
    "not_known": Field("instead of the others: no source says it; the day on which somebody looked", "date"),
}
FIELDS = {
    "id": Field("short name in lower case and hyphens; never changes, never translated", required=True),
    "name": Field("the name, in fi, sv and en", "words", required=True),
    "summary": Field(
        f"what one gets there, one or two plain sentences in fi, sv and en, at most {SUMMARY_ROOM} letters each",
        "words",
        required=True,
    ),
    "kind": Field("what sort of thing it is", "choice", required=True),
    "goals": Field("the goals it helps with", "choices", required=True),
    "phase": Field("where on a pathway it belongs", "choice", required=True),
    "area": Field(
        'municipality codes it serves, "FI" for all, or "mainland" for all but Åland', "choices", required=True
    ),
    "sources": Field(
        "where things were read: a key each, with url and date, or lines of the 2020 document", "sources", required=True
    ),
    "covers": Field("the entries of the 2020 document that it stands for", "list"),
    "organization": Field("who runs it"),
    "alternate_names": Field(
        "what else people call it, what it was called, and papers that come from it; for search", "list"
    ),
    "audience": Field("whom it serves, if not people who have moved to Finland", "choices"),
    "part_of": Field("the house it belongs to: inherits area and eligibility, its way in is the house"),
    "basic": Field("belongs on everybody's pathway, whatever the goals", "yes_no"),
    "successor": Field("ids of the services that took over", "list"),
    "assured": Field("the day on which a source last confirmed it (default: the 2020 document)", "date"),
    "review": Field("for how many months that is good (default 24)", "months"),
    "recheck": Field("a day from which it must be confirmed anew whatever `review` says", "date"),
    "valid": Field("first and last day, with their source", "table"),
    "discreet": Field(
        "its name tells something about its clients: not on paper unless the worker puts it there", "yes_no"
    ),
    "helpline": Field(
        "a helpline or emergency service: listed for everybody, a step only for those who told what it is for", "yes_no"
    ),
    "note": Field("a caution for the worker and the client, in fi, sv and en", "words"),
    "keeper_note": Field("a note for those who keep the catalogue; only `services show` prints it", "place"),
    "unread": Field("conditions that the source states but that are not all written as criteria", "table"),
    "bring": Field("documents to bring", "table"),
    "participation": Field("whether taking part is a duty, and what follows from not going", "table"),
    "benefits": Field("what taking part does to benefits meanwhile", "table"),
    "permit": Field("what it does to the residence permit and to the way to citizenship", "table"),
    "referral": Field("how a worker refers somebody, what may be told, what is recorded", "table"),
    "refusal": Field("what to do if they say no: written decision, objection, legal aid, time limits", "table"),
    "intake": Field("when it takes people in: periods, waiting time, breaks", "table"),
    "languages": Field("languages served", "table"),
    "cost": Field("what it costs the person", "table"),
    "provides": Field("what the person has afterwards: a level, a registration, a finished school", "gains"),
    "local_name": Field("shows the person's own area beside the service, with the contacts of its office", "choice"),
    "local_role": Field("which contacts of that office: those of this role (default: those without a role)", "choice"),
    "ptv": Field("the id of this service in the national register (PTV)"),
    "ptv_not": Field("ids of the national register that are other services, as somebody found", "list"),
    "ptv_read": Field("written by `import-ptv`: what it read of each field, as a checksum", "checksums"),
    "eligibility": Field("the criteria, all of which must hold", "criteria"),
    "access": Field("the ways in", "table"),
    "contact": Field("its contact points, a table for each door", "tables"),
    "hide": Field("only in an overlay: why the service is hidden", "word"),
}

FIELD_NAMES = frozenset(FIELDS)
REQUIRED = frozenset(name for name, field in FIELDS.items() if field.required)

TABLES: Mapping[str, Mapping[str, Field]] = {
    "valid": {
        "from": Field("first day; of a bare year or month its first", "date"),
        "until": Field("last day; of a bare year or month its last", "date"),
        "source": _SOURCE,
    },
    "languages": {
        "codes": Field("languages by their ISO 639-1 code", "list"),
        "count": Field("how many languages, where they are not all named", "count"),
        "interpreter": Field("whether others are served through an interpreter", "yes_no"),
        "source": _SOURCE,
    },
    "cost": {
        "free": Field("whether it is free of charge", "yes_no"),
        "text": Field("the price in words, in fi, sv and en", "words"),
        "source": _SOURCE,
    },
    "access": {
        "via": Field('ids of the services that open the door, any one of them; "self": one may simply come', "list"),
        "how": Field("the way in, in words, in fi, sv and en", "words"),
        "source": _SOURCE,
    },
    "unread": {
        "text": Field("the conditions in words, in fi, sv and en", "words", required=True),
        "source": _SOURCE,
    },
    "bring": {
        "text": Field("the documents in words, in fi, sv and en", "words", required=True),
        "source": _SOURCE,
    },
    "participation": {
        "duty": Field("whether one has to take part", "choice"),
        "text": Field("what follows from not going, where it says more than the standard text", "words"),
        **_SAID,
    },
    "benefits": {"text": Field("in one sentence; describe, never advise", "words"), **_SAID},
    "permit": {"text": Field("in one sentence; describe, never advise", "words"), **_SAID},
    "referral": {
        "how": Field("what the worker does: form, call, consent", "words"),
        "tell": Field("what may be told to the organisation", "words"),
        "keep_back": Field("what must not be told to it", "words"),
        "records": Field("what the organisation records", "words"),
        **_SAID,
    },
    "refusal": {"text": Field("what to do, with the time limits", "words"), **_SAID},
    "intake": {
        "periods": Field("intakes, a table for each", "periods"),
        "continuous": Field("one may apply outside the periods too", "yes_no"),
        "by_appointment": Field("only by appointment", "yes_no"),
        "wait": Field("how long one waits, in words: the date is that of the source", "words"),
        "exceptions": Field("breaks, such as the summer: dates on which it is closed", "closures"),
        "source": _SOURCE,
    },
    "transition": {"text": Field("for whom the old rule still holds, in words", "words"), **_SAID},
    "contact": {
        "name": Field("what the door is called, or what it is for, in fi, sv and en", "words"),
        "phone": Field("one number, from +358 or as it is dialled in Finland"),
        "email": Field("one e-mail address"),
        "address": Field('where to go: "Katu 1 A, 00100 Helsinki"; or a place in words, in fi, sv and en', "place"),
        "postal": Field('where to write: "PL 1, 00099 Helsinki"'),
        "url": Field("the page; by language code where there are several: { fi = …, en = … }", "pages"),
        "hours": Field('"Mo-Fr 09:00-15:00", parts with commas between them; or words in fi, sv and en', "hours"),
        "exceptions": Field("dates on which other hours hold", "closures"),
        "languages": Field("languages served at this door, by their ISO 639-1 code", "list"),
        "interpreter": Field("whether others are served through an interpreter", "yes_no"),
        "for": Field("for whom, in fi, sv and en", "words"),
        "area": Field("municipality codes, if it serves fewer than the service", "list"),
        "role": Field("what an office's door is for", "choice"),
        "replace": Field("only in an overlay: the number, address, page or name of the contact point to change"),
        "gone": Field("only in an overlay, beside `replace`: there is no such contact point any more", "yes_no"),
        "source": _SOURCE,
        "date": Field("the day on which it was seen, if not that of the source", "date"),
        "ptv": Field("the id of this channel in the national register (PTV)"),
    },
}
"""The fields of the tables inside a service."""

CLOSURE = {
    "from": Field("first day", "date", required=True),
    "until": Field("last day (default: the first)", "date"),
    "closed": Field("closed on these days", "yes_no"),
    "hours": Field('the hours on these days: "Mo-Fr 09:00-12:00"', "hours"),
}
"""The fields of one exception to opening hours."""

PERIOD = {
    "apply_from": Field("the first day to apply", "date"),
    "apply_by": Field("the last day to apply", "date"),
    "starts": Field("the day on which it starts", "date"),
    "ends": Field("the day on which it ends", "date"),
}
"""The fields of one intake."""

OFFICE = {
    "for": Field('"employment_area:01", "wellbeing_county:01" or "municipality:091"', required=True),
    "name": Field("its official name, in fi and sv; the Finnish one as the list of municipalities has it", "words"),
    "review": Field("for how many months its contacts are good (default 24)", "months"),
    "contact": Field("its contact points", "tables"),
    "sources": Field("where things were read, beside the file's own `[sources]`", "sources"),
}
"""The fields of an `[[office]]`."""

NOTICE = {
    "id": Field("short name in lower case, digits, hyphens and underscores", required=True),
    "who": Field("the criteria of the people it concerns", "criteria", required=True),
    "text": Field("what to do and where, in fi, sv and en", "words", required=True),
    "valid": Field("first and last day on which it is shown", "table"),
    "review": Field("the day by which somebody reads the source again", "date", required=True),
    "transition": Field("for whom the old rule still holds: who applied before, who already receives", "table"),
    "source": Field("key of the source that says so", "citation", required=True),
    "sources": Field("where it was read", "sources", required=True),
    "hide": Field("only in an overlay: why the notice is left out", "word"),
}
"""The fields of a `[[notice]]`."""

SOURCE = {
    "url": Field("the page that was read"),
    "said": Field(
        "instead of a page: how it was told and by whom, without the name of a person; then `date` is the day"
    ),
    "date": Field("the date of the page: YYYY, YYYY-MM or YYYY-MM-DD", "date"),
    "lines": Field("first and last line of the 2020 document", "lines"),
    "seen": Field("what shows the date, where the page itself has none"),
    "confidence": Field("how sure it is", "choice"),
}
"""The fields of one source."""

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
    "local_role": _ROLES,
    "confidence": {
        "high": N_("the page says so"),
        "medium": N_("less sure: worked out from the page, or the page is old or without a date"),
    },
}
"""Closed lists with the meaning of each word."""
