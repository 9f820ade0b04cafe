"""The catalogue to advise from: as the build compiled it where it can be, else built from its files."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.files import data_folder, gc_paused

COMPILED = "catalogue.pickle"
"""The bundled catalogue, read and checked when the wheel was built. It lies among the program's own modules and is as
trustworthy as they are; a checkout has none (see `tools/compile_catalogue.py`)."""


@gc_paused()
def load_catalogue(path: Path | None = None, overlays: Sequence[Path] = ()) -> Catalogue:
    """The bundled catalogue, or the one in the file `path` read with the bundled facts; `overlays` change it.

    The bundled one alone is read once a process. Raises InputProblems with everything that is wrong in any of them.
    """
    if path is None and not overlays:
        return bundled(data_folder())
    return _built(path, overlays)


@cache
@gc_paused()
def bundled(folder: Path) -> Catalogue:
    """The catalogue in the data folder, read once a process."""
    compiled = folder / COMPILED
    if compiled.is_file():
        catalogue: Catalogue = pickle.loads(compiled.read_bytes())
        return catalogue
    return _built(None, ())


def _built(path: Path | None, overlays: Sequence[Path]) -> Catalogue:
    # Only here: the compiled catalogue needs none of these, and is what nearly every run loads.
    from kotoneuvo.catalogue.build import build_catalogue, bundled_file
    from kotoneuvo.catalogue.overlays import read_catalogue_file, read_overlays
    from kotoneuvo.catalogue.read_facts import read_facts

    facts = read_facts(data_folder())
    base = bundled_file() if path is None else read_catalogue_file(path)
    return build_catalogue((base, *read_overlays(overlays)), facts)
