"""Turn a few answers about a new service into an entry of a catalogue file."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from kotoneuvo.advice.facts import Text
from kotoneuvo.advice.service import SELF, Catalogue
from kotoneuvo.catalogue.change import CONFIRMED, TOLD, Evidence
from kotoneuvo.catalogue.confirm import toml_item

HOW: Mapping[str, Text] = {
    "come": {
        "fi": "Tule paikalle ilman ajanvarausta.", "sv": "Kom på plats utan tidsbokning.",
        "en": "Just come, no appointment.",
    },
    "call": {"fi": "Soita ensin.", "sv": "Ring först.", "en": "Call first."},
    "write": {"fi": "Lähetä ensin sähköpostia.", "sv": "Skicka först e-post.", "en": "Send an e-mail first."},
    "register": {
        "fi": "Ilmoittaudu verkkosivulla.", "sv": "Anmäl dig på webbsidan.", "en": "Register on the web page.",
    },
}  # fmt: skip
"""Ways in without a referral, by code."""


class NewService(NamedTuple):
    """The answers about a service: texts in one `language`, codes in tuples; "" and () mean not known.

    `contact` has the fields of a contact point, `how` is a code of `HOW`, `conditions` says in words who may come.
    """

    language: str
    evidence: Evidence
    name: str
    summary: str
    kind: str
    goals: tuple[str, ...]
    area: tuple[str, ...]
    how: str
    contact: Mapping[str, Any]
    organization: str = ""
    conditions: str = ""
    languages: tuple[str, ...] = ()


def entry_of(new: NewService, catalogue: Catalogue, taken: Collection[str]) -> dict[str, Any]:
    """The entry, with an id that is not `taken`. Conditions become `unread`, so it is at best possible for anybody."""
    evidence = new.evidence
    key = CONFIRMED if evidence.url else TOLD
    source = {"url": evidence.url} if evidence.url else {"said": evidence.said}
    phases = Counter(each.phase for each in catalogue.services.values() if each.goals[:1] == new.goals[:1])
    entry: dict[str, Any] = {
        "id": id_of(new, catalogue, taken),
        "kind": new.kind,
        "name": {new.language: new.name},
        "summary": {new.language: new.summary},
        "organization": new.organization,
        "goals": list(new.goals),
        # The phase of most services in the catalogue that have the same first goal.
        "phase": phases.most_common(1)[0][0] if phases else next(iter(catalogue.facts.phases)),
        "area": list(new.area),
        "assured": evidence.day.isoformat(),
        "languages": {"codes": list(new.languages), "source": key} if new.languages else {},
        "sources": {key: {**source, "date": evidence.day.isoformat()}},
        "unread": {"text": {new.language: new.conditions}, "source": key} if new.conditions else {},
        "access": {"via": [SELF], "how": dict(HOW[new.how]), "source": key},
        "contact": [{**new.contact, "source": key}] if new.contact else [],
    }
    return {name: value for name, value in entry.items() if value not in ("", {}, [])}


def id_of(new: NewService, catalogue: Catalogue, taken: Collection[str]) -> str:
    """An id made of the town and the name."""
    place = catalogue.facts.municipalities.get(new.area[0]) if len(new.area) == 1 else None
    # The town is in it because many towns have a "language café".
    base = "-".join(filter(None, [_slug(place.name["fi"]) if place else "", _slug(new.name)])) or "service"
    number, found = 2, base
    while found in taken:
        found, number = f"{base}-{number}", number + 1
    return found


def text_of(entry: Mapping[str, Any]) -> str:
    """The entry as TOML."""
    import tomlkit

    table, services = tomlkit.table(), tomlkit.aot()
    for name, value in entry.items():
        table[name] = toml_item(value, as_table=name in ("sources", "unread", "access"), as_tables=name == "contact")
    services.append(table)
    return tomlkit.dumps({"service": services})


def appended(text: str, entry: Mapping[str, Any]) -> str:
    """The text of a catalogue file with the entry added at its end."""
    added = text_of(entry)
    return f"{text.rstrip()}\n\n{added}" if text.strip() else added


def _slug(text: str) -> str:
    # NFKD splits ä into a and its dots, which ASCII drops: "Jyväskylä" becomes "jyvaskyla".
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
