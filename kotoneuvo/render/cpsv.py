"""The catalogue as CPSV-AP 3.2.0, the EU's vocabulary of public services: JSON-LD that includes its context."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from kotoneuvo.advice.contact import ContactPoint
from kotoneuvo.advice.facts import Text
from kotoneuvo.advice.service import NATIONWIDE, Catalogue, Cost, Service
from kotoneuvo.render.contact_lines import hours_of
from kotoneuvo.render.facets import conditions, listed_contacts, location_of, run_by
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import LANGUAGES, Words, escape_controls

_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
}
_FINLAND = "http://publications.europa.eu/resource/authority/country/FIN"

Node = dict[str, Any]


def render_cpsv(catalogue: Catalogue, services: Iterable[Service], day: date) -> str:
    """Return one graph of services, authorities, requirements, contact points and places, in all languages."""
    listed = list(services)
    graph = _Graph(catalogue, frozenset(service.id for service in listed), day)
    for service in listed:
        graph.add(service)
    document = {"@context": _CONTEXT, "@graph": list(graph.nodes.values())}
    return escape_controls(json.dumps(document, ensure_ascii=False, indent=1)) + "\n"


class _Graph:
    """The nodes of the graph by their address, each of them once."""

    def __init__(self, catalogue: Catalogue, exported: frozenset[str], day: date) -> None:
        self.day = day
        self.exported = exported
        self.catalogue = catalogue
        self.nodes: dict[str, Node] = {}
        self.reasons = {code: Reasons(catalogue.facts, Words(code)) for code in LANGUAGES}

    def add(self, service: Service) -> None:
        goals, languages, house = self.catalogue.facts.goals, service.languages, service.part_of
        named = [(f"{service.id}:{place}", contact) for place, contact in enumerate(service.contacts)]
        offices = [(name, each) for name, each in named if each.address or each.place]
        node = {
            "dct:identifier": service.id,
            "dct:title": _texts(service.name),
            "dct:description": _texts(service.summary),
            "cv:hasCompetentAuthority": self._authority(service),
            "cv:thematicArea": [
                self._node("goal", goal, "skos:Concept", {"skos:prefLabel": _texts(goals[goal])})
                for goal in service.goals
            ],
            "dct:spatial": [self._place(code) for code in service.area],
            "cv:holdsRequirement": self._requirement(service),
            "cv:contactPoint": [self._contact_point(*each) for each in named if _speaks(each[1])] or None,
            "cv:hasChannel": [self._office(*each) for each in offices] or None,
            "cv:hasCost": self._cost(service.id, service.cost) if service.cost else None,
            "dct:language": [
                self._node("language", code, "dct:LinguisticSystem", {"dct:identifier": code})
                for code in (languages.codes if languages else ())
            ]
            or None,
            "cv:relatedService": {"@id": _address("service", house)} if house in self.exported else None,
        }
        self._node("service", service.id, "cpsv:PublicService", node)

    def _node(self, kind: str, name: str, what: str, node: Node) -> Node:
        return self._at(_address(kind, name), what, node)

    def _at(self, address: str, what: str, node: Node) -> Node:
        """Add a node with what is known about it; return the reference by which other nodes name it."""
        known = {key: value for key, value in node.items() if value is not None}
        # Many services name the same authority or place.
        self.nodes.setdefault(address, {"@id": address, "@type": what, **known})
        return {"@id": address}

    def _in_each(self, say: Callable[[Words], str]) -> dict[str, str]:
        return {code: say(reasons.words) for code, reasons in self.reasons.items()}

    def _authority(self, service: Service) -> Node:
        """Return the organisation that runs a service."""
        # The profile requires one even where no source names it.
        name = run_by(service, self.catalogue)
        labels = {"fi": name} if name else self._in_each(lambda words: words.gettext("not known"))
        key = "".join(letter if letter.isalnum() else "-" for letter in name) or "not-known"
        node = {"skos:prefLabel": _texts(labels), "dct:spatial": self._place(NATIONWIDE)}
        return self._node("organization", key, "cv:PublicOrganisation", node)

    def _place(self, code: str) -> Node:
        if code == NATIONWIDE:
            return self._at(_FINLAND, "dct:Location", {})
        name = _texts(self.catalogue.facts.municipalities[code].name)
        return self._node("municipality", code, "dct:Location", {"dct:identifier": code, "skos:prefLabel": name})

    def _requirement(self, service: Service) -> Node | None:
        """Return all conditions of a service as one requirement, in words; None if it has none."""
        texts = {code: "; ".join(conditions(service, reasons)) for code, reasons in self.reasons.items()}
        node = {"dct:identifier": service.id, "dct:title": _texts(texts)}
        # Every condition has words in Finnish: without them there is none.
        return self._node("requirement", service.id, "cv:Requirement", node) if texts["fi"] else None

    def _contact_point(self, name: str, contact: ContactPoint) -> Node:
        """Return one contact point: the number, e-mail, pages and hours that belong together."""
        pages = [self._at(page, "http://xmlns.com/foaf/0.1/Document", {}) for page in contact.url.values()]
        hours = _texts(self._in_each(lambda words: hours_of(contact, words, self.day)))
        node = {
            "cv:telephone": [contact.phone] if contact.phone else None,
            "cv:email": [contact.email] if contact.email else None,
            "cv:contactPage": pages or None,
            "cv:openingHours": [self._node("hours", name, "time:TemporalEntity", {"dct:description": hours})]
            if hours
            else None,
        }
        return self._node("contact", name, "cv:ContactPoint", node)

    def _office(self, name: str, contact: ContactPoint) -> Node:
        # The profile has no addresses for services, so the address goes into the words of a channel.
        texts = self._in_each(
            lambda words: listed_contacts([contact], words, self.day, lambda each: location_of(each, words))
        )
        return self._node("office", name, "cv:Channel", {"dct:identifier": name, "dct:description": _texts(texts)})

    def _cost(self, name: str, cost: Cost) -> Node:
        texts = self._in_each(lambda words: words.gettext("free of charge")) if cost.free else cost.text
        # A price in words has no number, but "free" is zero.
        value = {"@type": "http://www.w3.org/2001/XMLSchema#double", "@value": "0"} if cost.free else None
        node = {"dct:identifier": name, "dct:description": _texts(texts), "cv:hasValue": value}
        return self._node("cost", name, "cv:Cost", node)


def _address(kind: str, name: str) -> str:
    return f"urn:kotoneuvo:{kind}:{name}"


def _speaks(contact: ContactPoint) -> bool:
    """Whether a contact point is more than a place."""
    return bool(contact.phone or contact.email or contact.url or contact.hours or contact.opening_hours)


def _texts(text: Text) -> list[Node]:
    return [{"@language": language, "@value": value} for language, value in text.items() if value]
