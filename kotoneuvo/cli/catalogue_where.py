"""`kotoneuvo catalogue where`: which catalogue files count, from the lowest up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kotoneuvo.cli.catalogues import CatalogueFiles, catalogue_files
from kotoneuvo.cli.environment import Environment
from kotoneuvo.cli.exit_codes import guarded
from kotoneuvo.cli.options import Form, Format, Lang

if TYPE_CHECKING:
    from kotoneuvo.catalogue.overlays import CatalogueFile


@dataclass(frozen=True)
class _Part:
    """What one file has to say."""

    file: Path
    name: str
    version: str
    services: int
    added: int
    changed: int
    hidden: int


@guarded
def run(
    catalogue: CatalogueFiles = None,
    form: Form = Format.TEXT,
    lang: Lang = None,
) -> None:
    "Which catalogue files count, lowest priority first, and where to put your own."
    from kotoneuvo.cli.output import json_text
    from kotoneuvo.words import printable

    environment = Environment.current()
    words = environment.words(lang)
    parts = _parts(catalogue_files(environment, catalogue))
    if form is Format.JSON:
        files = [vars(part) for part in parts]
        folder = environment.catalogue_folder()
        environment.stdout.write(json_text("kotoneuvo/where/1", folder=folder, files=files))
        return
    _ = words.gettext
    for part in parts:
        print(printable(str(part.file)))
        said = _("{name}: {added} new, {changed} changed, {hidden} left out")
        print(
            "    " + said.format(name=printable(part.name), added=part.added, changed=part.changed, hidden=part.hidden)
        )
    print(_("Files of your own: {folder}").format(folder=printable(str(environment.catalogue_folder()))))


def _parts(files: Sequence[CatalogueFile]) -> list[_Part]:
    from kotoneuvo.catalogue.overlays import lay

    entries = lay(files)
    parts = []
    for file in files:
        mine = [(entry, layer) for entry in entries for layer in entry.layers if layer.file is file]
        added = sum(layer is entry.layers[0] for entry, layer in mine)
        hidden = sum(bool(entry.spec.get("hide")) and entry.giver("hide") is layer for entry, layer in mine)
        counts = (len(file.specs()), added, len(mine) - added, hidden)
        parts.append(_Part(file.path, file.name, file.version, *counts))
    return parts
