"""Fetch services from PTV over the network, by id or those of integration in a place, with all that belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import Problem
from kotoneuvo.catalogue.ptv.choice import CLASSES, LIFE_EVENT_CLASSES, NAMES, OF_INTEGRATION, RegisterChoice, chosen
from kotoneuvo.catalogue.ptv.codes import COUNTRYWIDE, codes_around
from kotoneuvo.catalogue.ptv.records import NEITHER, Records, dicts, part
from kotoneuvo.catalogue.ptv.server import ApiSettings, Gone, Parameters, Server

_MOST = 20
"""How many codes or ids PTV accepts in one request."""


@dataclass(frozen=True)
class FetchRequest:
    """What to fetch: the services of `choice` in `municipalities` (codes), and in the whole country if `nationwide`.

    `channels` are ids of channels to fetch by themselves. Ids that were archived after `archived_since` are not
    requested but reported as gone.
    """

    choice: RegisterChoice = OF_INTEGRATION
    municipalities: tuple[str, ...] = ()
    nationwide: bool = False
    channels: tuple[str, ...] = ()
    archived_since: date | None = None


def fetch(wanted: FetchRequest, facts: FactBook, settings: ApiSettings) -> Records:
    """The requested services with their channels, organisations and general descriptions.

    What PTV does not publish is noted and skipped. Raises InputProblems if PTV cannot be read.
    """
    records = Records()
    with Server(settings) as server:
        if wanted.municipalities or wanted.nationwide:
            for filters in _filters(server, records, wanted.choice):
                for place in _places(wanted, facts):
                    _add_all(server, records, "service/search", (*place, *filters))
        if wanted.archived_since:
            since = f"{wanted.archived_since}T00:00:00.000Z"
            archived = server.pages("service/archived", (("archivedAtOrAfter", since),))
            gone = {str(each.get("contentId")) for each in archived if isinstance(each, dict)}
            # PTV lists everything that was archived; only the ids that were asked for matter.
            records.gone |= gone & {*wanted.choice.ids}
        _add_each(server, records, "service", (name for name in wanted.choice.ids if name not in records.gone))
        # Before choosing, because a service also has the classes of its general description.
        descriptions = [each.get("generalDescriptionContentId") for each in records.services.values()]
        _add_each(server, records, "general-description", descriptions)
        _add_related(server, records, sorted(each["contentId"] for each in chosen(records, wanted.choice)), wanted)
        records.problems += server.problems
    return records


def _add_all(server: Server, records: Records, path: str, parameters: Parameters) -> None:
    for item in server.pages(path, parameters):
        records.add(item)


def _add_each(server: Server, records: Records, kind: str, names: Iterable[object]) -> None:
    """Add single records by id; ids that PTV does not publish are added to `records.gone`."""
    for name in dict.fromkeys(name for name in names if isinstance(name, str) and name):
        # Ids come from people and files: a slash in one must not lead to another path.
        path = f"{kind}/{quote(name, safe='', errors='replace')}"
        try:
            found = server.ask(path)
        except Gone:
            records.gone.add(name)
            continue
        if not records.add(found):
            records.problems.append(Problem(NEITHER, where=server.url(path)))


def _filters(server: Server, records: Records, choice: RegisterChoice) -> Iterator[Parameters]:
    """The parameters of searches that find the services of integration: by class and by ontology term.

    PTV cannot filter by life event, so classes are searched whose services may have it, and `chosen` picks from them.
    """
    if choice.everything:
        yield ()
        return
    for path, names in NAMES.items():
        for name in names:
            # PTV returns every name that contains the words.
            for item in server.pages(path, (("name", name), ("isValid", "true"))):
                if isinstance(item, dict) and name in (str(each).casefold() for each in part(item, "name").values()):
                    records.add(item)
    terms = [code for code in records.terms if "://" in code]
    classes = [*CLASSES, *choice.classes, *LIFE_EVENT_CLASSES]
    for name, codes in (("serviceClasses", classes), ("ontologyTerms", terms)):
        for batch in _batches(codes):
            yield [*((name, code) for code in batch), (f"{name}Match", "any")]


def _places(wanted: FetchRequest, facts: FactBook) -> Iterator[Parameters]:
    """The parameters of searches by area: municipalities, their counties and regions, then the whole country."""
    for kind, codes in codes_around(wanted.municipalities, facts).items():
        for batch in _batches(codes):
            yield [("areaType", "LimitedArea"), *((kind, code) for code in batch), (f"{kind}Match", "any")]
    if wanted.nationwide:
        yield from ([("areaType", kind)] for kind in COUNTRYWIDE)


def _batches(codes: Iterable[str]) -> Iterator[list[str]]:
    listed = list(dict.fromkeys(codes))
    yield from (listed[start : start + _MOST] for start in range(0, len(listed), _MOST))


def _add_related(server: Server, records: Records, services: Sequence[str], wanted: FetchRequest) -> None:
    """Add what belongs to services: organisations, connections to channels, the channels, names of post offices."""
    organizations = [records.services[name].get("organizationContentId") for name in services]
    _add_each(server, records, "organization", organizations)
    for batch in _batches(services):
        _add_all(server, records, "connection/search", [("serviceContentIds", name) for name in batch])
    channels = [channel for name in services for channel in records.connections.get(name, {})]
    _add_each(server, records, "service-channel", [*channels, *wanted.channels])
    links = [link for by_channel in records.connections.values() for link in by_channel.values()]
    doors = (*records.channels.values(), *links)
    places = [part(each, name) for each in doors for name in ("location", "contactAddresses")]
    codes = {each.get("postalCode") for place in places for name in place for each in dicts(place, name)}
    for batch in _batches(sorted(code for code in codes if isinstance(code, str) and code.isdigit())):
        _add_all(server, records, "postal-codes", [("codes", code) for code in batch])
