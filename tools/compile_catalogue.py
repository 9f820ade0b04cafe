"""Write the bundled catalogue as the program reads it fastest: ``python tools/compile_catalogue.py FILE``.

For the build of the wheel. The order of sets goes into the file: PYTHONHASHSEED=0 gives the same bytes every time.
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
    """Makes one object of all that are equal, so that a file holds them once; the program reads it in half the time."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}

    def __call__(self, whole: Any) -> Any:
        """The same, made of shared parts."""
        made, parts = self._again(whole)
        # True equals 1, so the type counts; parts are shared already, so it is enough to ask which they are.
        return self._kept.setdefault((type(whole), parts), made)

    def _again(self, whole: Any) -> tuple[Any, Hashable]:
        """An equal object, and what it has in common with all that are equal to it."""
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
