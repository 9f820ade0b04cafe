"""Write the bundled catalogue in the form that loads fastest: ``python tools/compile_catalogue.py FILE``.

The build of the wheel runs this, with PYTHONHASHSEED=0: the order of sets goes into the file, and the build must be
reproducible.
"""

from __future__ import annotations

import pickle
import pickletools
import sys
from collections.abc import Hashable
from copy import copy
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

from kotoneuvo.catalogue.load import load_catalogue


class Shared:
    """Replaces equal objects by one object, so that the file has each only once and loads in half the time."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}

    def __call__(self, whole: Any) -> Any:
        """An equal object made of shared parts."""
        made, parts = self._again(whole)
        # The type is in the key because True == 1. Parts are shared already, so their identity is enough.
        return self._kept.setdefault((type(whole), parts), made)

    def _again(self, whole: Any) -> tuple[Any, Hashable]:
        """An equal object, and a key that all equal objects have in common."""
        if isinstance(whole, dict):
            pairs = {self(key): self(value) for key, value in whole.items()}
            return pairs, tuple([(id(key), id(value)) for key, value in pairs.items()])
        if isinstance(whole, tuple):
            parts = [self(each) for each in whole]
            made = getattr(whole, "_make", tuple)(parts)
            if kept := getattr(whole, "__dict__", None):  # what was worked out of it before
                vars(made).update({name: self(value) for name, value in kept.items()})
            return made, tuple(map(id, parts))
        if isinstance(whole, frozenset):
            values = [self(each) for each in whole]
            return frozenset(values), frozenset(map(id, values))
        if is_dataclass(whole):
            made = copy(whole)
            fields = {name: self(value) for name, value in vars(made).items()}
            vars(made).update(fields)
            return made, tuple(map(id, fields.values()))
        return whole, whole


if __name__ == "__main__":
    compiled = pickle.dumps(Shared()(load_catalogue()), protocol=5)
    Path(sys.argv[1]).write_bytes(pickletools.optimize(compiled))
