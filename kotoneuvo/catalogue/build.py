"""Build a catalogue from its files: apply overlays, read every entry, check references, inherit from houses."""

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
from kotoneuvo.catalogue.overlays import KEYS, CatalogueFile, merge_entries
from kotoneuvo.catalogue.read_criteria import ReadContext
from kotoneuvo.catalogue.read_entries import NoticeReader, OfficeReader, ServiceReader
from kotoneuvo.catalogue.references import check_references

PARTS = ("offices", "notices")
"""The files of the bundled catalogue, other than services.toml."""


def bundled_file() -> CatalogueFile:
    """The catalogue that comes with the program."""
    folder = data_folder()
    # Separate files, so that a problem names the one that it is in.
    parts = tuple(CatalogueFile(folder / f"{name}.toml", read_bundled(folder, name)) for name in PARTS)
    return CatalogueFile(folder / "services.toml", read_bundled(folder, "services"), parts)


def build_catalogue(files: Sequence[CatalogueFile], facts: FactBook) -> Catalogue:
    """The catalogue of `files`, each an overlay of those before it. Raises InputProblems with every problem found."""
    reading = read_services(files, facts)
    if any(reader.problems for reader in reading.readers):
        raise InputProblems(reading.problems())
    return reading.catalogue(files, facts)


@dataclass(frozen=True)
class Reading:
    """All services, offices and notices as they were read, each under its reader, which holds what it noted."""

    services: Mapping[ServiceReader, Service]
    offices: Mapping[OfficeReader, Office]
    notices: Mapping[NoticeReader, Notice]

    @property
    def readers(self) -> list[EntryReader]:
        """The readers of all entries."""
        return [*self.services, *self.offices, *self.notices]

    @cached_property
    def by_id(self) -> Mapping[str, ServiceReader]:
        """The readers of services, by id."""
        # If an id is used twice the last entry counts, as in the catalogue.
        return {reader.entry: reader for reader in self.services}

    def problems(self) -> list[Problem]:
        """Every error, with the line of its field."""
        return [each for reader in self.readers for each in located(reader, reader.problems)]

    def warnings(self) -> list[Problem]:
        """Every warning about a field that has no error, with the line of the field."""
        found: list[Problem] = []
        for reader in self.readers:
            wrong = {problem.fieldname for problem in reader.problems}
            found += located(reader, [each for each in reader.warnings if each.fieldname not in wrong])
        return found

    def catalogue(self, files: Sequence[CatalogueFile], facts: FactBook) -> Catalogue:
        """The catalogue of everything that was read, even with errors in it."""
        hidden = {each.entry: each.given["hide"] for each in self.services if each.given.get("hide")}
        # Only an overlay can hide a service: a complete catalogue would simply leave it out.
        left_out = hidden if len(files) > 1 else {}
        version = " + ".join([files[0].version, *(f"{file.name} {file.version}".strip() for file in files[1:])])
        services = {service.id: service for service in self.services.values() if service.id not in left_out}
        offices = {office.place: office for office in self.offices.values()}
        notices = tuple(notice for reader, notice in self.notices.items() if not reader.spec.get("hide"))
        return Catalogue(version, facts, services, left_out, offices, notices)


def read_services(files: Sequence[CatalogueFile], facts: FactBook, *, strict: bool = False) -> Reading:
    """Read every service, office and notice of `files`; `strict` also checks that contacts are valid."""
    context = ReadContext(strict=strict)
    readers = [ServiceReader(facts, entry, context) for entry in merge_entries(files)]
    # A house may come after its parts, or in another file, so every service is read before anything is inherited.
    services = [reader.service() for reader in readers]
    by_id = {service.id: service for service in services}
    services = [
        each._replace(eligibility=context.once(_inherited(each, by_id))) if each.part_of else each for each in services
    ]
    offices = [OfficeReader(facts, entry, context) for entry in merge_entries(files, "office")]
    notices = [NoticeReader(facts, entry, context) for entry in merge_entries(files, "notice")]
    if len(files) > 1:
        _check_overlays(readers)
    read = Reading(
        dict(zip(readers, services, strict=True)),
        {reader: reader.office() for reader in offices},
        {reader: reader.notice() for reader in notices},
    )
    # Merging keeps both entries if one file uses an id twice, so that it can be reported here.
    seen: set[tuple[str, str]] = set()
    for each in read.readers:
        if (each.origin.kind, each.entry) in seen:
            each.note("the id is used twice", KEYS[each.origin.kind], {"found": each.entry})
        seen.add((each.origin.kind, each.entry))
    check_references(services, read.by_id)
    return read


def _check_overlays(readers: Sequence[ServiceReader]) -> None:
    """Note what only an overlay can get wrong: an id that was meant for another service, fields that do not exist."""
    known = [reader.entry for reader in readers if not reader.origin.new]
    for reader in readers:
        if reader.origin.fragment:
            near = closest(reader.entry, known)
            reader.note("no service has this id, and there is too little here to add one", "id", suggestion=near)
        for layer in reader.origin.layers:
            # An empty value removes a field, so a misspelt field with an empty value would leave no trace.
            reader.check_keys(dict.fromkeys(layer.fields - reader.spec.keys()), FIELDS.keys(), "")
        # `catalogue check` looks at all texts; loading skips those of the bundled catalogue, which were checked.
        if reader.origin.overlays and not reader.context.strict:
            reader.check_texts()


def _inherited(service: Service, services: Mapping[str, Service]) -> Table:
    """The criteria of a service together with those of the houses that it is part of."""
    table, house, seen = service.eligibility, service.part_of, {service.id}
    while house in services and house not in seen:
        # The audience is not inherited: a house for migrants may have a desk for employers.
        inherited = tuple(node for node in services[house].eligibility if getattr(node, "fact", "") != "customer_role")
        table = merge(table, inherited)
        seen.add(house)
        house = services[house].part_of
    return table


def located(reader: EntryReader, problems: Sequence[Problem]) -> list[Problem]:
    """Problems of one entry, each once, with the file and line of its field."""
    # Imported only here: files are read again for line numbers only if there is a problem to report.
    from kotoneuvo.catalogue.line_numbers import line_of

    found: dict[tuple[str, str, str], Problem] = {}
    for problem in problems:
        layer = reader.origin.layer_of(problem.fieldname)
        line = line_of(layer.file.path, problem.fieldname, reader.origin.kind, layer.number)
        key = (problem.message, problem.fieldname, str(problem.details))
        found[key] = problem._replace(where=str(layer.file.path), line=line)
    return list(found.values())
