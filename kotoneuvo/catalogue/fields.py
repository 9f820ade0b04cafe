"""The fields of services, offices and notices in a catalogue file, with descriptions for content authors.

The reader, the JSON Schema and the authors' guide are all made from these descriptions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

LANGUAGES = ("fi", "sv", "en")
"""The languages of every text in the catalogue."""
ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
"""The form of a service's id."""
NOTICE_ID = re.compile(r"^[a-z0-9]+([-_][a-z0-9]+)*$")
PLACE = r"^(employment_area:\d{2}|wellbeing_county:\d{2}|municipality:\d{3})$"
"""The form of an office's place."""
DOCUMENT = "doc"
"""The source key of the 2020 document; "doc:76" is its line 76."""
SUMMARY_ROOM = 260
"""Limit in characters for a summary, so that it fits on a card."""

Shape = Literal[
    "word", "id", "notice_id", "office", "phone", "email", "page", "words", "names", "place", "pages", "choice",
    "choices", "list", "languages", "area", "codes", "date", "last_day", "written_date", "months", "count", "yes_no",
    "lines", "citation", "hours", "spans", "table", "tables", "closures", "periods", "sources", "criteria", "who",
    "gains", "checksums",
]  # fmt: skip
"""What a field may hold: `words` is a text in every language, `choice` a word of a closed list."""


class Field(NamedTuple):
    """One field: `meaning` describes it to content authors; `of` are the fields of a table, or of tables in a list."""

    meaning: str
    shape: Shape = "word"
    required: bool = False
    of: Mapping[str, Field] = {}


HEADING = {"name": Field("what readers know the catalogue by"), "version": Field("the version it gives itself")}
"""The fields of `[catalogue]`."""
_SOURCE = Field('key of the source that says so; "doc:76" is line 76 of the 2020 document', "citation", required=True)
_SAID = {
    "source": Field(_SOURCE.meaning, "citation"),
    "not_known": Field("instead of the other fields, if no source says it: the day on which somebody looked", "date"),
}
CLOSURE = {
    "from": Field("first day", "date", required=True),
    "until": Field("last day (default: the first)", "last_day"),
    "closed": Field("closed on these days", "yes_no"),
    "hours": Field('the hours on these days: "Mo-Fr 09:00-12:00"', "spans"),
}
"""The fields of one exception to opening hours."""

PERIOD = {
    "apply_from": Field("the first day to apply", "date"),
    "apply_by": Field("the last day to apply", "last_day"),
    "starts": Field("the day on which it starts", "date"),
    "ends": Field("the day on which it ends", "last_day"),
}
"""The fields of one intake."""

SOURCE = {
    "url": Field("the page that was read", "page"),
    "said": Field(
        "instead of a page: how it was told and by which role, without any name; `date` is then the day of telling"
    ),
    "date": Field("the date of the page: YYYY, YYYY-MM or YYYY-MM-DD", "written_date"),
    "lines": Field("first and last line of the 2020 document", "lines"),
    "seen": Field("what shows the date, if the page itself has none"),
    "confidence": Field("how sure it is", "choice"),
}
"""The fields of one source."""

VALID = {
    "from": Field("first day; of a bare year or month its first", "date"),
    "until": Field("last day; of a bare year or month its last", "last_day"),
    "source": _SOURCE,
}
LANGUAGES_SERVED = {
    "codes": Field("languages by their ISO 639-1 code", "languages"),
    "count": Field("how many languages, if they are not all listed", "count"),
    "interpreter": Field("whether other languages are served through an interpreter", "yes_no"),
    "source": _SOURCE,
}
COST = {
    "free": Field("whether it is free of charge", "yes_no"),
    "text": Field("the price in words, in fi, sv and en", "words"),
    "source": _SOURCE,
}
ACCESS = {
    "via": Field('ids of services through which one gets in, any one of them; "self": one may simply come', "list"),
    "how": Field("the way in, in words, in fi, sv and en", "words"),
    "source": _SOURCE,
}
UNREAD = {
    "text": Field("the conditions in words, in fi, sv and en", "words", required=True),
    "source": _SOURCE,
}
BRING = {
    "text": Field("the documents in words, in fi, sv and en", "words", required=True),
    "source": _SOURCE,
}
PARTICIPATION = {
    "duty": Field("whether one has to take part", "choice"),
    "text": Field("what happens if one does not go, if the source says more than the standard text", "words"),
    **_SAID,
}
BENEFITS = PERMIT = {"text": Field("in one sentence; describe, never advise", "words"), **_SAID}
REFERRAL = {
    "how": Field("what the worker does: form, call, consent", "words"),
    "tell": Field("what may be told to the organisation", "words"),
    "keep_back": Field("what must not be told to the organisation", "words"),
    "records": Field("what the organisation records", "words"),
    **_SAID,
}
REFUSAL = {"text": Field("what to do, with the time limits", "words"), **_SAID}
INTAKE = {
    "periods": Field("intakes, a table for each", "periods", of=PERIOD),
    "continuous": Field("whether one may also apply outside the periods", "yes_no"),
    "by_appointment": Field("whether one needs an appointment", "yes_no"),
    "wait": Field("how long one waits, in words: the date is that of the source", "words"),
    "exceptions": Field("breaks, such as the summer: dates on which it is closed", "closures", of=CLOSURE),
    "source": _SOURCE,
}
TRANSITION = {"text": Field("for whom the old rule still holds, in words", "words"), **_SAID}
CONTACT = {
    "name": Field("the name of the contact point, or what it is for, in fi, sv and en", "words"),
    "phone": Field("one number, from +358 or as it is dialled in Finland", "phone"),
    "email": Field("one e-mail address", "email"),
    "address": Field('where to go: "Katu 1 A, 00100 Helsinki"; or a place in words, in fi, sv and en', "place"),
    "postal": Field('where to write: "PL 1, 00099 Helsinki"'),
    "url": Field("the page; by language code where there are several: { fi = …, en = … }", "pages"),
    "hours": Field('"Mo-Fr 09:00-15:00", with commas between parts; or words in fi, sv and en', "hours"),
    "exceptions": Field("dates with other hours, or on which it is closed", "closures", of=CLOSURE),
    "languages": Field("languages served here, by their ISO 639-1 code", "languages"),
    "interpreter": Field("whether other languages are served through an interpreter", "yes_no"),
    "for": Field("for whom, in fi, sv and en", "words"),
    "area": Field("municipality codes, if it serves fewer than the service", "codes"),
    "role": Field("what a contact point of an office is for", "choice"),
    "replace": Field("only in an overlay: the number, address, page or name of the contact point to change"),
    "gone": Field("only in an overlay, with `replace`: that contact point no longer exists", "yes_no"),
    "source": _SOURCE,
    "date": Field("the day on which it was seen, if not that of the source", "written_date"),
    "ptv": Field("the id of this channel in the national register (PTV)"),
}
"""The fields of a contact point."""

FIELDS = {
    "id": Field("short name in lower case and hyphens; never changes, never translated", "id", required=True),
    "name": Field("the name, in fi, sv and en", "words", required=True),
    "summary": Field(
        f"what one gets there, one or two plain sentences in fi, sv and en, at most {SUMMARY_ROOM} characters each",
        "words",
        required=True,
    ),
    "kind": Field("what sort of service it is", "choice", required=True),
    "goals": Field("the goals it helps with", "choices", required=True),
    "phase": Field("where on a pathway it belongs", "choice", required=True),
    "area": Field('municipality codes it serves, "FI" for all, or "mainland" for all but Åland', "area", required=True),
    "sources": Field(
        "where things were read: for each key a url with its date, or lines of the 2020 document",
        "sources",
        True,
        SOURCE,
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
    "recheck": Field("a day from which it must be confirmed again, whatever `review` says", "date"),
    "valid": Field("first and last day, with their source", "table", of=VALID),
    "discreet": Field(
        "its name tells something about its clients: not on paper unless the worker puts it there", "yes_no"
    ),
    "helpline": Field(
        "a helpline or emergency service: listed for everybody, a step only for those who told what it is for",
        "yes_no",
    ),
    "note": Field("a caution for the worker and the client, in fi, sv and en", "words"),
    "keeper_note": Field("a note for the editors of the catalogue; only `services show` prints it", "place"),
    "unread": Field("conditions that the source states but that are not all written as criteria", "table", of=UNREAD),
    "bring": Field("documents to bring", "table", of=BRING),
    "participation": Field("whether taking part is a duty, and what follows from not going", "table", of=PARTICIPATION),
    "benefits": Field("what taking part does to benefits meanwhile", "table", of=BENEFITS),
    "permit": Field("what it does to the residence permit and to the way to citizenship", "table", of=PERMIT),
    "referral": Field("how a worker refers somebody, what may be told, what is recorded", "table", of=REFERRAL),
    "refusal": Field(
        "what to do after a refusal: written decision, objection, legal aid, time limits", "table", of=REFUSAL
    ),
    "intake": Field("when it takes people in: periods, waiting time, breaks", "table", of=INTAKE),
    "languages": Field("languages served", "table", of=LANGUAGES_SERVED),
    "cost": Field("what it costs the person", "table", of=COST),
    "provides": Field("what the person has afterwards: a level, a registration, a finished school", "gains"),
    "local_name": Field("shows the person's own area beside the service, with the contacts of its office", "choice"),
    "local_role": Field("which contacts of that office: those of this role (default: those without a role)", "choice"),
    "ptv": Field("the id of this service in the national register (PTV)"),
    "ptv_not": Field("ids in the national register that an editor found to be other services", "list"),
    "ptv_read": Field("written by `import-ptv`: what it read of each field, as a checksum", "checksums"),
    "eligibility": Field("the criteria, all of which must hold", "criteria"),
    "access": Field("the ways in", "table", of=ACCESS),
    "contact": Field("its contact points, a table for each", "tables", of=CONTACT),
    "hide": Field("only in an overlay: why the service is hidden", "word"),
}
REQUIRED = frozenset(name for name, field in FIELDS.items() if field.required)
TABLES: Mapping[str, Mapping[str, Field]] = {
    name: field.of for name, field in FIELDS.items() if field.shape in ("table", "tables")
} | {"transition": TRANSITION}
"""The fields of the tables in a service or a notice, by the name of the table."""

OFFICE = {
    "for": Field('"employment_area:01", "wellbeing_county:01" or "municipality:091"', "office", required=True),
    "name": Field("its official name, in fi and sv; the Finnish one as the list of municipalities has it", "names"),
    "review": Field("for how many months its contacts are good (default 24)", "months"),
    "contact": Field("its contact points", "tables", of=CONTACT),
    "sources": Field("where things were read, beside the file's own `[sources]`", "sources", of=SOURCE),
}
"""The fields of an `[[office]]`."""

_SHOWN = {**VALID, "source": Field(_SOURCE.meaning, "citation")}
NOTICE = {
    "id": Field("short name in lower case, digits, hyphens and underscores", "notice_id", required=True),
    "who": Field("the criteria of the people it concerns", "who", required=True),
    "text": Field("what to do and where, in fi, sv and en", "words", required=True),
    "valid": Field("first and last day on which it is shown", "table", of=_SHOWN),
    "review": Field("the day by which somebody reads the source again", "date", required=True),
    "transition": Field(
        "for whom the old rule still holds: who applied before, who already receives", "table", of=TRANSITION
    ),
    "source": Field("key of the source that says so", "citation", required=True),
    "sources": Field("where it was read", "sources", True, SOURCE),
    "hide": Field("only in an overlay: why the notice is left out", "word"),
}
"""The fields of a `[[notice]]`."""
