"""`kotoneuvo catalogue where`: which catalogue files count, from the lowest up."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from kotoneuvo.cli.catalogue_check import Format
from kotoneuvo.cli.catalogues import CatalogueFiles, overlays
from kotoneuvo.cli.environment import Environment
from kotoneuvo.cli.exit_codes import guarded
from kotoneuvo.cli.options import Lang


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
    form: Annotated[Format, typer.Option("--format", help="text, or json for scripts")] = Format.TEXT,
    lang: Lang = None,
) -> None:
    "Which catalogue files count, lowest priority first, and where to put your own."
    from kotoneuvo.words import printable, still

    environment = Environment.current()
    words = environment.words(lang)
    parts = _parts(overlays(environment, catalogue))
    if form is Format.JSON:
        files = [{**vars(part), "file": str(part.file)} for part in parts]
        data = {"schema": "kotoneuvo/where/1", "folder": str(environment.catalogue_folder()), "files": files}
        environment.stdout.write(still(json.dumps(data, ensure_ascii=False, indent=2)) + "\n")
        return
    _ = words.gettext
    for part in parts:
        print(printable(str(part.file)))
        said = _("{name}: {added} new, {changed} changed, {hidden} left out")
        print(
            "    " + said.format(name=printable(part.name), added=part.added, changed=part.changed, hidden=part.hidden)
        )
    print(_("Files of your own: {folder}").format(folder=printable(str(environment.catalogue_folder()))))


def _parts(paths: list[Path]) -> list[_Part]:
    from kotoneuvo.catalogue.build import bundled_file
    from kotoneuvo.catalogue.overlays import lay, read_overlays

    files = (bundled_file(), *read_overlays(paths))
    entries = lay(files)
    parts = []
    for file in files:
        mine = [(entry, layer) for entry in entries for layer in entry.layers if layer.file is file]
        added = sum(layer is entry.layers[0] for entry, layer in mine)
        hidden = sum(bool(entry.spec.get("hide")) and entry.giver("hide") is layer for entry, layer in mine)
        counts = (len(file.specs()), added, len(mine) - added, hidden)
        parts.append(_Part(file.path, file.name, file.version, *counts))
    return parts
