"""PTV over the network, only when asked: services by id, or those of integration of a place, with what is theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import Problem
from kotoneuvo.catalogue.ptv.choice import CLASSES, LIFE_EVENT_CLASSES, NAMES, OF_INTEGRATION, RegisterChoice, chosen
from kotoneuvo.catalogue.ptv.codes import codes_around
from kotoneuvo.catalogue.ptv.records import NEITHER, Records, dicts, part
from kotoneuvo.catalogue.ptv.server import Asking, Gone, Parameters, Server

_MOST = 20
"""How many codes or ids PTV takes in one question."""
_WHOLE = ("WholeCountry", "WholeCountryExceptAland")


@dataclass(frozen=True)
class Wanted:
    """What to ask for: services by id, those of municipalities, those of the whole country; and which of them.

    `channels` are asked for by themselves; `archived_since`: ids that have left the register since are not asked for.
    """

    choice: RegisterChoice = OF_INTEGRATION
    municipalities: tuple[str, ...] = ()
    nationwide: bool = False
    channels: tuple[str, ...] = ()
    archived_since: date | None = None


def fetch(wanted: Wanted, facts: FactBook, asking: Asking) -> Records:
    """The services that are wanted, with their channels, organisations and general descriptions.

    What PTV does not publish is noted and passed over. Raises InputProblems if PTV cannot be asked.
    """
    records = Records()
    with Server(asking) as server:
        if wanted.municipalities or wanted.nationwide:
            for filters in _filters(server, records, wanted.choice):
                for place in _places(wanted, facts):
                    _add_all(server, records, "service/search", (*place, *filters))
        if wanted.archived_since:
            since = f"{wanted.archived_since}T00:00:00.000Z"
            archived = server.pages("service/archived", (("archivedAtOrAfter", since),))
            gone = {str(each.get("contentId")) for each in archived if isinstance(each, dict)}
            # The register lists all that has ended there: only what was asked for is of interest.
            records.gone |= gone & {*wanted.choice.ids}
        _add_each(server, records, "service", (name for name in wanted.choice.ids if name not in records.gone))
        # Before services are chosen: a service has the classes of its general description too.
        descriptions = [each.get("generalDescriptionContentId") for each in records.services.values()]
        _add_each(server, records, "general-description", descriptions)
        _complete(server, records, sorted(each["contentId"] for each in chosen(records, wanted.choice)), wanted)
        records.problems += server.problems
    return records


def _add_all(server: Server, records: Records, path: str, parameters: Parameters) -> None:
    """What a list holds."""
    for item in server.pages(path, parameters):
        records.add(item)


def _add_each(server: Server, records: Records, kind: str, names: Iterable[object]) -> None:
    """Single records, each once; noted if what comes is none, and kept as gone if PTV does not publish it."""
    for name in dict.fromkeys(name for name in names if isinstance(name, str) and name):
        path = f"{kind}/{quote(name, safe='', errors='replace')}"
        try:
            found = server.ask(path)
        except Gone:
            records.gone.add(name)
            continue
        if not records.add(found):
            records.problems.append(Problem(NEITHER, where=server.url(path)))


def _filters(server: Server, records: Records, choice: RegisterChoice) -> Iterator[Parameters]:
    """Questions that find the services of integration: by class, by ontology term, and by life event.

    PTV has no filter by life event: the classes are asked for that its services are in, and who has it is kept.
    """
    if choice.everything:
        yield ()
        return
    for path, names in NAMES.items():
        for name in names:
            # PTV answers with every name that has the words in it.
            for item in server.pages(path, (("name", name), ("isValid", "true"))):
                if isinstance(item, dict) and name in (str(each).casefold() for each in part(item, "name").values()):
                    records.add(item)
    terms = [code for code in records.terms if "://" in code]
    classes = [*CLASSES, *choice.classes, *LIFE_EVENT_CLASSES]
    for name, codes in (("serviceClasses", classes), ("ontologyTerms", terms)):
        for batch in _batches(codes):
            yield [*((name, code) for code in batch), (f"{name}Match", "any")]


def _places(wanted: Wanted, facts: FactBook) -> Iterator[Parameters]:
    """The area of a question: towns, then the counties and the regions that they are in; the whole country."""
    for kind, codes in codes_around(wanted.municipalities, facts).items():
        for batch in _batches(codes):
            yield [("areaType", "LimitedArea"), *((kind, code) for code in batch), (f"{kind}Match", "any")]
    if wanted.nationwide:
        yield from ([("areaType", kind)] for kind in _WHOLE)


def _batches(codes: Iterable[str]) -> Iterator[list[str]]:
    listed = list(dict.fromkeys(codes))
    yield from (listed[start : start + _MOST] for start in range(0, len(listed), _MOST))


def _complete(server: Server, records: Records, services: Sequence[str], wanted: Wanted) -> None:
    """What belongs to services: who runs them, how they use which channels, those, and the names of post offices."""
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
