"""The catalogue file that a command writes to, with the files below and above it, checked before it is written."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.build import bundled_file, read_services
from kotoneuvo.catalogue.change import EntryChange
from kotoneuvo.catalogue.check import check_catalogue
from kotoneuvo.catalogue.confirm import write_changes
from kotoneuvo.catalogue.files import data_folder, file_problem, parse_toml, read_text
from kotoneuvo.catalogue.outdated import cited_in
from kotoneuvo.catalogue.overlays import CatalogueFile, Entry, entries_by_key, read_overlays
from kotoneuvo.catalogue.read_facts import read_facts
from kotoneuvo.cli.catalogues import Workspace
from kotoneuvo.cli.environment import located

_MARK = codecs.BOM_UTF8.decode()


class OverlayFile:
    """A catalogue file of the user, which may not exist yet, between the overlays below and above it.

    A byte order mark at its beginning is kept.
    """

    def __init__(self, path: Path, work: Workspace) -> None:
        """Raises InputProblems if the file, or one below it, cannot be read."""
        self.path = path
        self.work = work
        bundled = bundled_file()
        below, above = _around(path, work.overlays)
        # In a checkout the bundled catalogue itself may be edited; nothing is below it.
        own = os.path.realpath(bundled.path) == os.path.realpath(path)
        self.below: tuple[CatalogueFile, ...] = () if own else (bundled, *read_overlays(below))
        self.above = read_overlays(above)
        self.text = ""
        try:
            # Unlike `exists` it tells a file that is not there yet from links in a circle.
            with suppress(FileNotFoundError):
                path.stat()
                self.text = read_text(path)
            self.marked = bool(self.text) and path.read_bytes().startswith(codecs.BOM_UTF8)
        except OSError as error:
            raise InputProblems([file_problem(path, error)]) from None

    @cached_property
    def stack(self) -> tuple[CatalogueFile, ...]:
        """The file as it is now, on top of those below it."""
        return self.with_text(self.text)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue of the file and those below it, even if there are errors in it."""
        facts = read_facts(data_folder())
        return read_services(self.stack, facts).catalogue(self.stack, facts)

    def with_text(self, text: str) -> tuple[CatalogueFile, ...]:
        """Return the file with another text, on top of those below it. Raises InputProblems if it is not TOML."""
        return (*self.below, CatalogueFile(self.path, parse_toml(text, str(self.path))))

    def entries(self, kind: str = "service") -> dict[str, Entry]:
        """Return the entries of services, or of offices ("office"), by key, merged from the file and those below it."""
        return entries_by_key(self.stack, kind)

    def changed(self, changes: Iterable[EntryChange], text: str | None = None) -> str:
        """Return `text` (default: the file's) with the changes. Raises InputProblems with each that is impossible."""
        with located(self.path):
            return write_changes(self.text if text is None else text, changes, self.below, self.path)

    def new_errors(self, text: str) -> list[Problem]:
        """Return the errors of a new text that the file does not have now."""
        # An old error must not stop the user from recording something else.
        found = self._errors(text)
        now = {(each.entry, each.fieldname, each.message) for each in self._errors(self.text)} if found else ()
        return [each for each in found if (each.entry, each.fieldname, each.message) not in now]

    def without_effect(self, text: str) -> list[Problem]:
        """Return a problem for each entry that a new text changes in vain, because a file above overrides it."""
        found = []
        for kind in ("service", "office") if self.above else ():
            before, after = (entries_by_key(files, kind) for files in (self.stack, self.with_text(text)))
            changed = [key for key, each in after.items() if key not in before or before[key].spec != each.spec]
            shown = [entries_by_key((*files, *self.above), kind) for files in (self.stack, self.with_text(text))]
            hidden = [
                key
                for key in changed
                if key in shown[0] and _content(shown[0][key].spec) == _content(shown[1][key].spec)
            ]
            message = N_("{file} has the last word on this entry: write to that file")
            found += [
                Problem(message, {"file": shown[1][key].layers[-1].file.path}, str(self.path), key) for key in hidden
            ]
        return found

    def write(self, text: str) -> None:
        """Replace the file's text. Raises InputProblems if that fails, adds errors, or would have no effect."""
        found = self.new_errors(text) or self.without_effect(text)
        if found:
            raise InputProblems(found)
        self.work.write((_MARK if self.marked else "") + text, self.path)

    def _errors(self, text: str) -> tuple[Problem, ...]:
        files = self.with_text(text)
        return check_catalogue(files, read_facts(data_folder()), self.work.environment.today).errors


def _content(spec: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return an entry's fields and the sources that they cite; sources that nothing cites make no difference."""
    keys = set(cited_in(spec))
    sources = spec.get("sources", {})
    return {key: value for key, value in spec.items() if key != "sources"}, {key: sources.get(key) for key in keys}


def _around(path: Path, paths: list[Path]) -> tuple[list[Path], list[Path]]:
    """Return the overlays below `path` and those above it; a file that is not among them goes on top."""
    real = [os.path.realpath(each) for each in paths]
    place = real.index(os.path.realpath(path)) if os.path.realpath(path) in real else len(paths)
    return paths[:place], paths[place + 1 :]
