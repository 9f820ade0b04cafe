"""Bytes of a spreadsheet as text: BOM, else strict UTF-8, else UTF-16 without BOM, else cp1252."""

from __future__ import annotations

import codecs
import errno
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from kotoneuvo.advice.problems import N_, InputProblems, Problem

BLOCK = 1 << 17
"""How many bytes are read at once."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CYRILLIC = re.compile(r"(?<![a-zA-Z])[À-ÿ¿¨ª¯²³´º]{5,}(?![a-zA-Z])")
_NORDIC = re.compile("[åäöÅÄÖ]")
_TRACES = {
    "Mac Roman": re.compile("[a-zš]Š"),
    "cp850 (DOS)": re.compile("[a-z„”][„”†][a-z„”]|[a-z][„”](?=[;,\t|])"),
}
_CTRL_Z = b"\x1a"
_WORKBOOKS = {b"PK\x03\x04": "xlsx/ods", b"\xd0\xcf\x11\xe0": "xls", b"%PDF": "pdf"}


def decode_blocks(stream: BinaryIO, size: int = BLOCK) -> Iterator[str]:
    """The text of `stream` in pieces, line ends as ``\\n``; the encoding settles at the first byte that tells.

    Raises InputProblems for what is no text, and for what cannot be read.
    """
    first = _read(stream, size)
    _refuse_workbooks(first)
    name, skip = _encoding(first)
    text = _Text(name)
    data = first[skip:]
    while data:
        following = _read(stream, size)
        # DOS ends a text with Ctrl-Z.
        yield text.decode(data if following else data.rstrip(_CTRL_Z))
        data = following
    yield text.decode(b"", final=True)


def _suspected_encoding(text: str) -> str:
    """The encoding that a text was perhaps written in, if it was read as Windows (cp1252) for want of a better one.

    Old Mac and DOS have ä, ö and å where Windows has Š, š, „ and ”, which do not stand inside of words.
    """
    if _CYRILLIC.search(text):
        return "cp1251"
    if _NORDIC.search(text):
        return ""
    return next((name for name, traces in _TRACES.items() if traces.search(text)), "")


def _read(stream: BinaryIO, size: int) -> bytes:
    """As much as there is, up to `size`: piece by piece, so that a signal is heard between the pieces of a pipe."""
    once = getattr(stream, "read1", stream.read)
    pieces: list[bytes] = []
    try:
        while size and (piece := once(size)):
            pieces.append(piece)
            size -= len(piece)
    except OSError as error:
        if error.errno == errno.EBADF:
            raise InputProblems([Problem("the input is closed; name a file")]) from None
        raise InputProblems([Problem("the file cannot be used: {reason}", {"reason": str(error.strerror)})]) from None
    return b"".join(pieces)


class _Text:
    """Decodes on and on; falls back to cp1252 as long as nothing but ASCII has been seen."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.settled = encoding != "utf-8"
        self._decoder = _decoder(encoding)

    def decode(self, data: bytes, final: bool = False) -> str:
        try:
            text = self._decoder.decode(data, final)
        except UnicodeDecodeError:
            if self.settled:
                raise _mixed(self.encoding) from None
            # The bytes of a character not yet whole, and whether half of a line end waits before them.
            begun, half = self._decoder.getstate()
            self.settled, self.encoding = True, "cp1252"
            self._decoder = _decoder("cp1252")
            text = self.decode(b"\r" * (half & 1) + begun + data, final)
            if suspected := _suspected_encoding(text):
                message = N_("the text seems to be written in the encoding {encoding}; save it as UTF-8")
                raise InputProblems([Problem(message, {"encoding": suspected})]) from None
            return text
        self.settled = self.settled or not text.isascii()
        if "\0" in text:
            raise InputProblems([Problem("this is not a text file; save the table as CSV")])
        return text


def _decoder(encoding: str) -> io.IncrementalNewlineDecoder:
    return io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(), translate=True)


def _encoding(first: bytes) -> tuple[str, int]:
    """The encoding and how many bytes of BOM to skip."""
    for bom, name in _BOMS:
        if first.startswith(bom):
            return name, len(bom)
    sample = first[:4000]
    # Latin text in UTF-16 has a zero in every other byte.
    if len(sample) >= 4 and sample[1::2].count(0) > len(sample) // 4 and not sample[::2].count(0):
        return "utf-16-le", 0
    if len(sample) >= 4 and sample[::2].count(0) > len(sample) // 4 and not sample[1::2].count(0):
        return "utf-16-be", 0
    return "utf-8", 0


def _refuse_workbooks(first: bytes) -> None:
    for magic, kind in _WORKBOOKS.items():
        if first.startswith(magic):
            raise InputProblems([Problem("this is a {what} file; save the table as CSV", {"what": kind})])


def _mixed(encoding: str) -> InputProblems:
    message = "the text is damaged: it starts as {encoding} and goes on as something else; save it as UTF-8"
    return InputProblems([Problem(message, {"encoding": encoding.upper()})])
