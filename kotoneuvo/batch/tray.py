"""Where a process and its worker lay long texts for each other."""

from __future__ import annotations

import mmap
import multiprocessing

ROOM = 1 << 24
"""Bytes that a tray holds; only those that were ever used take memory."""


class Tray:
    """Memory that both see, where processes begin as copies of each other; elsewhere the text itself is handed over.

    A pipe would carry it in many small pieces, which takes as long as reading the rows. Nothing comes near a disk.
    """

    def __init__(self) -> None:
        self._shared = mmap.mmap(-1, ROOM) if multiprocessing.get_start_method() == "fork" else None

    def holds(self, text: str) -> bool:
        """Whether a text is sure to find room in memory that both see."""
        return self._shared is not None and len(text) <= ROOM // 4

    def lay(self, data: bytes) -> bytes | int:
        """What to tell the other process, so that it can take the text. The one that lay here before is gone."""
        if self._shared is None or len(data) > ROOM:
            return data
        self._shared[: len(data)] = data
        return len(data)

    def take(self, told: bytes | int) -> bytes:
        """The text that the other process laid here, from what it told."""
        if isinstance(told, bytes):
            return told
        assert self._shared is not None
        return self._shared[:told]
