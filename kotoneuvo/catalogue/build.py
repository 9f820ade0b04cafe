"""A complete catalogue built from its files: overlays applied, checked, houses and areas resolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kotoneuvo.advice.contact import Office
from kotoneuvo.advice.criteria import Table, merge
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.notices import Notice
from kotoneuvo.advice.problems import InputProblems, Problem, closest
from kotoneuvo.advice.service import Catalogue, Service
from kotoneuvo.catalogue.entry_reader import EntryReader
from kotoneuvo.catalogue.fields import FIELDS
from kotoneuvo.catalogue.files import data_folder, read_bundled
from kotoneuvo.catalogue.overlays import KEYS, CatalogueFile, lay
from kotoneuvo.catalogue.read_criteria import Known
from kotoneuvo.catalogue.read_entries import NoticeReader, OfficeReader, ServiceReader
from kotoneuvo.catalogue.references import check_references

PARTS = ("offices", "notices")
"""The files of the bundled catalogue beside the services."""


def bundled_file() -> CatalogueFile:
    """The catalogue that comes with the program."""
    folder = data_folder()
    parts = tuple(CatalogueFile(folder / f"{name}.toml", read_bundled(folder, name)) for name in PARTS)
    return CatalogueFile(folder / "services.toml", read_bundled(folder, "services"), parts)


def build_catalogue(files: Sequence[CatalogueFile], facts: FactBook) -> Catalogue:
    """The catalogue of `files`, each an overlay of those before it. Raises InputProblems with every problem in them."""
    reading = read_services(files, facts)
    if any(reader.problems for reader in reading.readers):
        raise InputProblems(reading.problems())
    return reading.catalogue(files, facts)


@dataclass(frozen=True)
class Reading:
    """All services, offices and notices as they were read, with the readers and what these noted."""

    services: Mapping[ServiceReader, Service]
    offices: Mapping[OfficeReader, Office]
    notices: Mapping[NoticeReader, Notice]

    @property
    def readers(self) -> list[EntryReader]:
        """The readers of everything."""
        return [*self.services, *self.offices, *self.notices]

    @cached_property
    def by_id(self) -> Mapping[str, ServiceReader]:
        """The readers of services."""
        # Of an id that is used twice the last one counts, as it does in the catalogue.
        return {reader.entry: reader for reader in self.services}

    def problems(self) -> list[Problem]:
        """What is wrong, each with the line of its field."""
        return [each for reader in self.readers for each in located(reader, reader.problems)]

    def warnings(self) -> list[Problem]:
        """What should be mended of the fields that can be read at all, each with the line of its field."""
        found: list[Problem] = []
        for reader in self.readers:
            wrong = {problem.fieldname for problem in reader.problems}
            found += located(reader, [each for each in reader.warnings if each.fieldname not in wrong])
        return found

    def catalogue(self, files: Sequence[CatalogueFile], facts: FactBook) -> Catalogue:
        """The catalogue of what was read, right or wrong."""
        hidden = {each.entry: each.given["hide"] for each in self.services if each.given.get("hide")}
        # A complete catalogue has no need to hide a service: it can leave it out.
        left_out = hidden if len(files) > 1 else {}
        version = " + ".join([files[0].version, *(f"{file.name} {file.version}".strip() for file in files[1:])])
        services = {service.id: service for service in self.services.values() if service.id not in left_out}
        offices = {office.place: office for office in self.offices.values()}
        notices = tuple(notice for reader, notice in self.notices.items() if not reader.spec.get("hide"))
        return Catalogue(version, facts, services, left_out, offices, notices)


def read_services(files: Sequence[CatalogueFile], facts: FactBook, *, strict: bool = False) -> Reading:
    """Read every service, office and notice of `files`; `strict`: with a look at what their contacts are."""
    known = Known(strict=strict)
    readers = [ServiceReader(facts, entry, known) for entry in lay(files)]
    # A house may stand below its parts, or in a file above theirs: so all are read before.
    services = [reader.service() for reader in readers]
    by_id = {service.id: service for service in services}
    services = [
        each._replace(eligibility=known.once(_inherited(each, by_id))) if each.part_of else each for each in services
    ]
    offices = [OfficeReader(facts, entry, known) for entry in lay(files, "office")]
    notices = [NoticeReader(facts, entry, known) for entry in lay(files, "notice")]
    if len(files) > 1:
        _check_overlays(readers)
    read = Reading(
        dict(zip(readers, services, strict=True)),
        {reader: reader.office() for reader in offices},
        {reader: reader.notice() for reader in notices},
    )
    # Laying keeps an id that one file uses twice, so that it can be said here.
    seen: set[tuple[str, str]] = set()
    for each in read.readers:
        if (each.origin.kind, each.entry) in seen:
            each.note("the id is used twice", KEYS[each.origin.kind], {"found": each.entry})
        seen.add((each.origin.kind, each.entry))
    check_references(services, read.by_id)
    return read


def _check_overlays(readers: Sequence[ServiceReader]) -> None:
    """What only an overlay can get wrong: an id that was meant to be another one's; characters that forge a screen."""
    known = [reader.entry for reader in readers if not reader.origin.new]
    for reader in readers:
        if reader.origin.fragment:
            near = closest(reader.entry, known)
            reader.note("no service has this id, and there is too little here to add one", "id", suggestion=near)
        for layer in reader.origin.layers:
            # An empty value takes a field away: what is no field at all would go unseen.
            reader.keys(dict.fromkeys(layer.fields - reader.spec.keys()), FIELDS.keys(), "")
        # A check does it for everything; a bundled catalogue is loaded without, an overlay never.
        if reader.origin.overlays and not reader.known.strict:
            reader.check_texts()


def _inherited(service: Service, services: Mapping[str, Service]) -> Table:
    """The criteria of a service and those of the houses that it is part of."""
    table, house, seen = service.eligibility, service.part_of, {service.id}
    while house in services and house not in seen:
        # The audience is each service's own: a house for migrants may keep a desk for employers.
        inherited = tuple(node for node in services[house].eligibility if getattr(node, "fact", "") != "customer_role")
        table = merge(table, inherited)
        seen.add(house)
        house = services[house].part_of
    return table


def located(reader: EntryReader, problems: Sequence[Problem]) -> list[Problem]:
    """Problems of one entry, each once, with the file and line of its field."""
    from kotoneuvo.catalogue.line_numbers import line_of

    # Only here, where there is something to say, is a file read again for its lines.
    found: dict[tuple[str, str, str], Problem] = {}
    for problem in problems:
        layer = reader.origin.giver(problem.fieldname)
        line = line_of(layer.file.path, problem.fieldname, reader.origin.kind, layer.number)
        key = (problem.message, problem.fieldname, str(problem.details))
        found[key] = problem._replace(where=str(layer.file.path), line=line)
    return list(found.values())
