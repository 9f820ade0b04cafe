"""Choose the services of PTV that are about integration, by class, life event and ontology term; guess their goals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kotoneuvo.catalogue.ptv.records import Record, Records, is_published, strings
from kotoneuvo.catalogue.ptv.texts import line, versions


class Use(NamedTuple):
    """A first guess of goal, phase and kind, which an editor checks."""

    goal: str
    phase: str
    kind: str = "unit"


CLASSES = {
    "P4.8": Use("work", "work"),  # Työllistyjän tukeminen
    "P4.11": Use("settling", "guidance"),  # Kotouttaminen
    "P4.12": Use("community", "community", "club"),  # Sosiaalipalvelujen vertais- ja vapaaehtoistoiminta
    "P6.10": Use("vocational_education", "education", "course"),  # Aikuis- ja täydennyskoulutus
    "P10.1": Use("work", "work"),  # Työnhaku ja työpaikat
    "P10.6": Use("money", "rights"),  # Työttömän tuet ja etuudet
    "P10.7": Use("work", "work"),  # Tuettu työllistyminen
    "P10.8": Use("community", "community", "club"),  # Työttömien järjestöt ja vertaistuki
    "P22.1": Use("permits", "rights"),  # Maahantuloluvat ja asiakirjat
    "P22.2": Use("work", "work"),  # Maahanmuuttajan työskentely ja opiskelu
    "P22.3": Use("language", "language", "course"),  # Kielikurssit
    "P22.4": Use("permits", "rights"),  # Kansalaisuuden hakeminen
    "P22.9": Use("settling", "guidance"),  # Paluumuutto
    "P25.7": Use("language", "language", "course"),  # Vapaa sivistystyö ja taidekasvatus
}
"""The service classes of integration (codelist ptvserclass2), above all P4.11 and P22."""
WIDE = ("P4.12", "P10.8", "P25.7")
"""Classes with many services for everybody: one counts only if its texts mention migrants."""
_WORDS = re.compile(
    r"maahanmuut|kotout|kielikahvil|suomi toisena|suomen kiel|turvapaik|pakolai|paluumuut|maahan muuttan"
    r"|invandr|integration|språkcaf|språkkafé|flykting|asylsök|immigra|refugee|asylum|language caf",
    re.I,
)
OTHER_CLASSES = {
    "P3.4": Use("children", "family"),
    "P5": Use("health_wellbeing", "guidance"),
    "P6.2": Use("basic_education", "education", "school"),
    "P6.6": Use("vocational_education", "education", "school"),
    "P6.8": Use("higher_education", "education", "school"),
    "P7": Use("legal_help", "rights"),
    "P1": Use("housing", "guidance"),
}
"""The use of services that were chosen by life event or term; a class also stands for those below it."""
_ANY = Use("settling", "guidance")
LIFE_EVENT_CLASSES = (
    "P1.1", "P3.4", "P4.13", "P4.14", "P5.1", "P5.2", "P5.7", "P5.8", "P5.17", "P6.1", "P6.2", "P6.4", "P6.5", "P6.6",
    "P6.8", "P6.9", "P7.4", "P9.6",
)  # fmt: skip
"""Further classes whose services may have the life event of moving to Finland: schools, health, housing, advice."""
NAMES = {
    "ontology-terms": (
        "maahanmuuttajat", "kotouttaminen", "kotoutuminen", "kotoutumiskoulutus", "suomi toisena kielenä",
        "ruotsi toisena kielenä", "pakolaiset", "turvapaikanhakijat", "paluumuuttajat",
    ),
    "life-events": ("maahanmuuttajana suomeen",),
}  # fmt: skip
"""The Finnish names of ontology terms (KOKO) and of the life event, by the list of PTV that has their codes."""


def classes_of(service: Record, records: Records) -> list[str]:
    """The codes of a service's classes and of those of its general description."""
    return _codes(service, records, "serviceClasses")


def is_of_integration(service: Record, records: Records) -> bool:
    """Whether a class, the life event, an ontology term or the service's texts show that it is about integration."""
    classes = classes_of(service, records)
    if any(code in CLASSES and code not in WIDE for code in classes):
        return True
    wide = any(code in WIDE for code in classes)
    for each in versions(service).values():
        texts = [line(each.get("name")), *strings(each, "freelyAssignedKeywords")]
        # The summary counts only for wide classes, whose services need a sign that they are for migrants.
        texts += [line(each.get("summary"))] if wide else []
        if _WORDS.search(" ".join(texts)):
            return True
    named = [*_codes(service, records, "lifeEvents"), *_codes(service, records, "ontologyTerms")]
    known = {name for names in NAMES.values() for name in names}
    return any(name in known for code in named for name in records.names(code))


def uses_of(service: Record, records: Records) -> list[Use]:
    """The uses of a service, the most likely first: classes of integration before others. Never empty."""
    codes = sorted(classes_of(service, records), key=lambda code: (code in WIDE, code not in CLASSES))
    uses = [CLASSES[code] for code in codes if code in CLASSES]
    others = [OTHER_CLASSES.get(code) or OTHER_CLASSES.get(code.partition(".")[0]) for code in codes]
    return list(dict.fromkeys([*uses, *(use for use in others if use)])) or [_ANY]


class RegisterChoice(NamedTuple):
    """Which services to take beside those of integration: of certain classes, with certain ids, or all."""

    classes: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    everything: bool = False


OF_INTEGRATION = RegisterChoice()
"""Only the services of integration."""


def chosen(records: Records, choice: RegisterChoice) -> Iterator[Record]:
    """The published services of integration, and those that `choice` adds."""
    for name, service in records.services.items():
        taken = (
            choice.everything or name in choice.ids or not {*classes_of(service, records)}.isdisjoint(choice.classes)
        )
        if is_published(service) and (taken or is_of_integration(service, records)):
            yield service


def _codes(service: Record, records: Records, name: str) -> list[str]:
    general = records.descriptions.get(str(service.get("generalDescriptionContentId")), {})
    return list(dict.fromkeys([*strings(service, name), *strings(general, name)]))
