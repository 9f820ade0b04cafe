"""Load the catalogue: from the compiled form in an installed package, else built from its files."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.files import data_folder, gc_paused

COMPILED = "catalogue.pickle"
"""The bundled catalogue, read and checked when the wheel was built (`tools/compile_catalogue.py`); a checkout has none.

Unpickling it is as safe as importing the package: whoever can change this file can change the modules beside it.
"""


@gc_paused()
def load_catalogue(path: Path | None = None, overlays: Sequence[Path] = ()) -> Catalogue:
    """The bundled catalogue, or the one in the file `path` with the bundled facts; `overlays` are applied in order.

    Without arguments it is read once per process. Raises InputProblems with everything that is wrong in any file.
    """
    if path is None and not overlays:
        return bundled(data_folder())
    return _built(path, overlays)


@cache
@gc_paused()
def bundled(folder: Path) -> Catalogue:
    """The bundled catalogue, whose files are in `folder`; read once per process."""
    compiled = folder / COMPILED
    if compiled.is_file():
        catalogue: Catalogue = pickle.loads(compiled.read_bytes())
        return catalogue
    return _built(None, ())


def _built(path: Path | None, overlays: Sequence[Path]) -> Catalogue:
    # Imported only here: nearly every run loads the compiled catalogue, which needs none of these modules.
    from kotoneuvo.catalogue.build import build_catalogue, bundled_file
    from kotoneuvo.catalogue.overlays import read_catalogue_file, read_overlays
    from kotoneuvo.catalogue.read_facts import read_facts

    facts = read_facts(data_folder())
    base = bundled_file() if path is None else read_catalogue_file(path)
    return build_catalogue((base, *read_overlays(overlays)), facts)
