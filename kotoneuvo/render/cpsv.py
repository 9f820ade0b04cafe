"""The catalogue as CPSV-AP 3.2.0 (the EU's vocabulary of public services), JSON-LD with its context inside."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.facts import Text
from kotoneuvo.advice.service import NATIONWIDE, Catalogue, Cost, Service
from kotoneuvo.render.contact_lines import hours_of
from kotoneuvo.render.facets import conditions, listed_contacts, location_of, run_by
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import LANGUAGES, Words, still

_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
}
_FINLAND = "http://publications.europa.eu/resource/authority/country/FIN"
_LANGUAGE = "urn:kotoneuvo:language:"

Node = dict[str, Any]


def render_cpsv(catalogue: Catalogue, services: Iterable[Service], day: date) -> str:
    """One graph of services with their authorities, requirements, contact points and places, in all languages."""
    listed = list(services)
    graph = _Graph(catalogue, frozenset(service.id for service in listed), day)
    for service in listed:
        graph.add(service)
    document = {"@context": _CONTEXT, "@graph": list(graph.nodes.values())}
    return still(json.dumps(document, ensure_ascii=False, indent=1)) + "\n"


class _Graph:
    """Nodes by their address, each once."""

    def __init__(self, catalogue: Catalogue, exported: frozenset[str], day: date) -> None:
        self.day = day
        self.exported = exported
        self.catalogue = catalogue
        self.nodes: dict[str, Node] = {}
        self.reasons = {code: Reasons(catalogue.facts, Words(code)) for code in LANGUAGES}

    def add(self, service: Service) -> None:
        facts = self.catalogue.facts
        node: Node = {
            "@type": "cpsv:PublicService",
            "dct:identifier": service.id,
            "dct:title": _texts(service.name),
            "dct:description": _texts(service.summary),
            "cv:hasCompetentAuthority": self._authority(service),
            "cv:thematicArea": [self._concept("goal", goal, facts.goals[goal]) for goal in service.goals],
            "dct:spatial": [self._place(code) for code in service.area],
        }
        requirement = self._requirement(service)
        if requirement:
            node["cv:holdsRequirement"] = requirement
        named = [(f"{service.id}:{place}", contact) for place, contact in enumerate(service.contacts)]
        points = [self._contact_point(name, contact) for name, contact in named if _speaks(contact)]
        if points:
            node["cv:contactPoint"] = points
        offices = [self._office(name, contact) for name, contact in named if contact.address or contact.place]
        if offices:
            node["cv:hasChannel"] = offices
        if service.cost:
            node["cv:hasCost"] = self._cost(service.id, service.cost)
        if service.languages and service.languages.codes:
            node["dct:language"] = [self._language(code) for code in service.languages.codes]
        if service.part_of in self.exported:
            node["cv:relatedService"] = {"@id": f"urn:kotoneuvo:service:{service.part_of}"}
        self._node("service", service.id, node)

    def _node(self, kind: str, name: str, node: Node) -> Node:
        address = f"urn:kotoneuvo:{kind}:{name}"
        self.nodes.setdefault(address, {"@id": address, **node})
        return {"@id": address}

    def _authority(self, service: Service) -> Node:
        """Whoever runs it; the profile wants one even where no source names it."""
        name = run_by(service, self.catalogue)
        labels = {code: name or reasons.words.gettext("not known") for code, reasons in self.reasons.items()}
        key = "".join(letter if letter.isalnum() else "-" for letter in name) or "not-known"
        node = {
            "@type": "cv:PublicOrganisation",
            "skos:prefLabel": _texts({"fi": name} if name else labels),
            "dct:spatial": self._place(NATIONWIDE),
        }
        return self._node("organization", key, node)

    def _place(self, code: str) -> Node:
        if code == NATIONWIDE:
            self.nodes.setdefault(_FINLAND, {"@id": _FINLAND, "@type": "dct:Location"})
            return {"@id": _FINLAND}
        name = self.catalogue.facts.municipalities[code].name
        return self._node(
            "municipality", code, {"@type": "dct:Location", "dct:identifier": code, "skos:prefLabel": _texts(name)}
        )

    def _concept(self, kind: str, name: str, label: Text) -> Node:
        return self._node(kind, name, {"@type": "skos:Concept", "skos:prefLabel": _texts(label)})

    def _requirement(self, service: Service) -> Node | None:
        """All conditions of a service as one requirement, in words."""
        said = {code: "; ".join(conditions(service, reasons)) for code, reasons in self.reasons.items()}
        if not said["fi"]:
            return None
        node = {"@type": "cv:Requirement", "dct:identifier": service.id, "dct:title": _texts(said)}
        return self._node("requirement", service.id, node)

    def _contact_point(self, name: str, contact: ContactPoint) -> Node:
        """One door: number, e-mail, pages and hours that belong together."""
        node: Node = {"@type": "cv:ContactPoint"}
        if contact.phone:
            node["cv:telephone"] = [contact.phone]
        if contact.email:
            node["cv:email"] = [contact.email]
        if contact.url:
            node["cv:contactPage"] = [self._page(page) for page in contact.url.values()]
        hours = {code: hours_of(contact, reasons.words, self.day) for code, reasons in self.reasons.items()}
        if any(hours.values()):
            times = {"@type": "time:TemporalEntity", "dct:description": _texts(hours)}
            node["cv:openingHours"] = [self._node("hours", name, times)]
        return self._node("contact", name, node)

    def _office(self, name: str, contact: ContactPoint) -> Node:
        """A place to go to; the profile has no address for services, but channels in words."""
        said = {code: self._whereabouts(contact, reasons.words) for code, reasons in self.reasons.items()}
        return self._node(
            "office", name, {"@type": "cv:Channel", "dct:identifier": name, "dct:description": _texts(said)}
        )

    def _whereabouts(self, contact: ContactPoint, words: Words) -> str:
        return listed_contacts([contact], words, self.day, lambda each: location_of(each, words))

    def _cost(self, name: str, cost: Cost) -> Node:
        free = {code: reasons.words.gettext("free of charge") for code, reasons in self.reasons.items()}
        node: Node = {"@type": "cv:Cost", "dct:identifier": name}
        node["dct:description"] = _texts(free if cost.free else cost.text)
        if cost.free:
            node["cv:hasValue"] = {"@type": "http://www.w3.org/2001/XMLSchema#double", "@value": "0"}
        return self._node("cost", name, node)

    def _page(self, url: str) -> Node:
        self.nodes.setdefault(url, {"@id": url, "@type": "http://xmlns.com/foaf/0.1/Document"})
        return {"@id": url}

    def _language(self, code: str) -> Node:
        return self._node("language", code, {"@type": "dct:LinguisticSystem", "dct:identifier": code})


def _speaks(contact: ContactPoint) -> bool:
    """Whether there is more to a contact point than a place."""
    return bool(contact.phone or contact.email or contact.url or contact.hours or contact.opening_hours)


def _texts(text: Text) -> list[Node]:
    return [{"@language": language, "@value": value} for language, value in text.items() if value]
