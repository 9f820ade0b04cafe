"""What waits for the end of a run: in memory, or in a file without a name, which vanishes with the program."""

from __future__ import annotations

import os
import tempfile
from typing import Any

IN_MEMORY = 1 << 23
"""Bytes that wait in memory; more go to the folder for temporary files (TMPDIR)."""


class Held(tempfile.SpooledTemporaryFile[bytes]):
    """Bytes that are read back later; errors say which folder had no room."""

    def __init__(self) -> None:
        super().__init__(IN_MEMORY)

    def write(self, data: Any, /) -> int:
        """Write bytes. Raises OSError."""
        try:
            return super().write(data)
        except OSError as error:
            error.filename = tempfile.tempdir or os.curdir
            raise
