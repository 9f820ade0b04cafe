"""Decoding a file: by its BOM, else as UTF-16 if it looks like that, else as UTF-8, else as cp1252."""

from __future__ import annotations

import codecs
import errno
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from kotoneuvo.advice.problems import N_, InputProblems, Problem

BLOCK = 3 << 18
"""The number of bytes read at once."""
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
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_GZIP = b"\x1f\x8b"
_PDF = b"%PDF"


def unpacked(stream: BinaryIO) -> tuple[BinaryIO, bool]:
    """Return the stream, decompressed if it is gzip, and whether it is a workbook. Raises InputProblems."""
    for _ in range(2):
        begun = read_bytes(stream, len(_WORKBOOKS[0]))
        stream = cast(BinaryIO, io.BufferedReader(_Rejoined(begun, stream)))
        if not begun.startswith(_GZIP):
            break
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    return stream, begun.startswith(_WORKBOOKS)


class _Rejoined(io.RawIOBase):
    """A stream with bytes put back at the beginning: a pipe cannot be rewound."""

    def __init__(self, begun: bytes, stream: BinaryIO) -> None:
        self._begun = begun
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data, self._begun = self._begun[: len(buffer)], self._begun[len(buffer) :]
        data = data or getattr(self._stream, "read1", self._stream.read)(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def decode_blocks(stream: BinaryIO, size: int = BLOCK) -> Iterator[str]:
    """Yield the text of `stream` in pieces, with ``\\n`` as line ends.

    The encoding is settled by the first byte that is not ASCII. Raises InputProblems if this is not a text file, or if
    it cannot be read.
    """
    first = read_bytes(stream, size)
    if first.startswith(_PDF):
        raise InputProblems([Problem("this is a {what} file; save the table as CSV", {"what": "pdf"})])
    name, skip = _encoding(first)
    text = _Text(name)
    data = first[skip:]
    while data:
        following = read_bytes(stream, size)
        # DOS programs end a text file with Ctrl-Z.
        yield text.decode(data if following else data.rstrip(_CTRL_Z))
        data = following
    yield text.decode(b"", final=True)


def _suspected_encoding(text: str) -> str:
    """The likely encoding of a text that was decoded as cp1252 without being in it; empty if it seems to be right.

    The ä, ö and å of old Mac and DOS encodings become Š, š, „ and ” in cp1252, which do not occur inside words.
    """
    if _CYRILLIC.search(text):
        return "cp1251"
    if _NORDIC.search(text):
        return ""
    return next((name for name, traces in _TRACES.items() if traces.search(text)), "")


def read_bytes(stream: BinaryIO, size: int) -> bytes:
    """Read up to `size` bytes, piece by piece, so that a signal is handled between the pieces of a pipe."""
    once = getattr(stream, "read1", stream.read)
    pieces: list[bytes] = []
    try:
        while size and (piece := once(size)):
            pieces.append(piece)
            size -= len(piece)
    except (gzip.BadGzipFile, zlib.error, EOFError):
        raise InputProblems([Problem("the gzip file is damaged")]) from None
    except OSError as error:
        if error.errno == errno.EBADF:
            raise InputProblems([Problem("the input is closed; name a file")]) from None
        raise InputProblems([Problem("the file cannot be used: {reason}", {"reason": str(error.strerror)})]) from None
    return b"".join(pieces)


class _Text:
    """An incremental decoder that falls back from UTF-8 to cp1252 as long as it has seen only ASCII."""

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
            # The bytes of an incomplete character, and whether a "\r" is waiting for its "\n".
            begun, half = self._decoder.getstate()
            self.settled, self.encoding = True, "cp1252"
            self._decoder = _decoder("cp1252")
            text = self.decode(b"\r" * (half & 1) + begun + data, final)
            if suspected := _suspected_encoding(text):
                message = N_("the text seems to be in {encoding} encoding; save it as UTF-8")
                raise InputProblems([Problem(message, {"encoding": suspected})]) from None
            return text
        self.settled = self.settled or not text.isascii()
        if "\0" in text:
            raise InputProblems([Problem("this is not a text file; save the table as CSV")])
        return text


def _decoder(encoding: str) -> io.IncrementalNewlineDecoder:
    return io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(), translate=True)


def _encoding(first: bytes) -> tuple[str, int]:
    """Return the encoding, and the number of bytes in the BOM."""
    for bom, name in _BOMS:
        if first.startswith(bom):
            return name, len(bom)
    sample = first[:4000]
    # In UTF-16, every other byte of Latin text is zero.
    if len(sample) >= 4 and sample[1::2].count(0) > len(sample) // 4 and not sample[::2].count(0):
        return "utf-16-le", 0
    if len(sample) >= 4 and sample[::2].count(0) > len(sample) // 4 and not sample[1::2].count(0):
        return "utf-16-be", 0
    return "utf-8", 0


def _mixed(encoding: str) -> InputProblems:
    message = N_("the text is damaged: it starts as {encoding} and goes on as something else; save it as UTF-8")
    return InputProblems([Problem(message, {"encoding": encoding.upper()})])
