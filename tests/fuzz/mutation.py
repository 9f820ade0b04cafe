"""Inputs made from inputs: blind changes of bytes, and changes of what the bytes mean.

Everything follows from the seed of the random numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from random import Random
from typing import Any

HOSTILE = (
    "", " ", "\0", "\x1b[2J\x1b]0;owned\x07", "\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\", "\u202eabc",
    "\u2066x",
    "\r", "\t", "\n", "\u2028", "\x7f", "\x9b31m", "\ufeff", "\ud800", "[bold]x[/bold]", "[/]",
    "[link=https://evil.example]x",
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "&lt;", "]]>", "=cmd|'/C calc'!A0", "+1+1", "-2",
    "@SUM(A1)",
    "{0}", "{found}", "{", "%s", "%(x)d", "`", "$(id)", "'", '"', "\\", "../..", "a" * 300, "x " * 200, "Å" * 90,
    "\u0301" * 60,
    "🇫🇮", "١٢", "²", "½", "ﷺ", "ß", "İ", "K", "9" * 40, "1e999", "-0", "NaN", "0x10", "1_000", "2026-02-30",
    "9999-12-31",
    "0001-01-01", "9999-12", "0000", "18-", "-18", "<", ">=", "<999", "99-1", "1-2-3", "65+", "+", "none", "unknown",
    "None",
)  # fmt: skip
"""Texts that programs stumble over."""
ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 17, 10**30, 0.5, -0.0, 1e308, float("inf"), float("nan"), [], {}, [[]], [{}],
    {"": {}}, "",
)  # fmt: skip
"""Values of other kinds than are wanted."""
_BRACKETS = ((b"[", b"]"), (b"{a=", b"}"), (b'{"a":', b"}"), (b'"', b'"'), (b"a.", b""), (b"(", b")"))
_TELLING = b"\0\t\n\r\x1b\"';\\\x7f\x80\xff"
_TOKEN = re.compile(rb"[A-Za-z0-9_\x80-\xff-]+")


@dataclass(frozen=True)
class Grammar:
    """How inputs of a kind are read and written: bytes to a tree of plain values and back."""

    parse: Callable[[bytes], Any]
    dump: Callable[[Any], bytes]


def mutate(
    data: bytes, random: Random, words: Sequence[str], others: Sequence[bytes], grammar: Grammar | None
) -> bytes:
    """An input like `data`: changed once to five times, by meaning where it has one, else byte by byte."""
    if grammar and random.random() < 0.7:
        try:
            tree = grammar.parse(data)
            for _ in range(random.choice((1, 1, 1, 2, 3, 5))):
                tree = change(tree, random, words)
            data = grammar.dump(tree)
        except (ValueError, RecursionError, TypeError, AttributeError, LookupError):
            pass
        else:
            if random.random() < 0.8:
                return data
    for _ in range(random.choice((1, 1, 2, 3, 5))):
        data = random.choice(_CHANGES)(data, random, words, others)
    return data


def change(tree: Any, random: Random, words: Sequence[str]) -> Any:
    """A tree with one place in it changed."""
    places = list(_places(tree))
    if not places:
        return value(random, words)
    holder, key = random.choice(places)
    kind = random.random()
    if kind < 0.15:
        del holder[key]
    elif kind < 0.25 and isinstance(holder, dict):
        holder[random.choice(words) if random.random() < 0.8 else random.choice(HOSTILE)] = holder.pop(key)
    elif kind < 0.4 and isinstance(holder, dict):
        holder[random.choice(words)] = value(random, words)
    elif kind < 0.5 and isinstance(holder, list):
        holder.insert(key, deepcopy(holder[random.randrange(len(holder))]))
    elif kind < 0.6:
        holder[key] = [holder[key]] if random.random() < 0.5 else {random.choice(words): holder[key]}
    elif kind < 0.7 and isinstance(holder[key], str):
        place = random.randint(0, len(holder[key]))
        holder[key] = holder[key][:place] + random.choice(HOSTILE) + holder[key][place:]
    elif kind < 0.75:
        other, place = random.choice(places)
        inside = isinstance(other, dict) or place < len(other)
        holder[key] = deepcopy(other[place]) if inside else 0
    else:
        holder[key] = value(random, words)
    return tree


def value(random: Random, words: Sequence[str]) -> Any:
    """Something to put in a place: a word of the program, a hostile text, a number, something of another kind."""
    kind = random.random()
    if kind < 0.4:
        return random.choice(words)
    if kind < 0.7:
        return random.choice(HOSTILE)
    if kind < 0.8:
        return random.randint(-5, 130)
    if kind < 0.88:
        return [random.choice(words) for _ in range(random.randint(0, 4))]
    return deepcopy(random.choice(ODD))


def _places(tree: Any) -> Any:
    """Every place of a tree: what holds it, and under which key."""
    waiting = [tree]
    while waiting:
        holder = waiting.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ()
        for key in keys:
            yield holder, key
            waiting.append(holder[key])


def toml(tree: Any) -> bytes:
    """A tree as TOML: keys of the top on lines, all below inline."""
    if not isinstance(tree, dict):
        raise TypeError("TOML is a table")
    text = "".join(f"{_quoted(key)} = {_inline(each)}\n" for key, each in tree.items())
    return text.encode("utf-8", "surrogatepass")


def _inline(tree: Any) -> str:
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{_quoted(key)} = {_inline(each)}" for key, each in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(_inline, tree)) + "]"
    if isinstance(tree, bool):
        return str(tree).lower()
    if isinstance(tree, int | float):
        return repr(tree)
    return _quoted("" if tree is None else str(tree))


def _quoted(text: object) -> str:
    return re.sub("[\x7f-\x9f]", lambda found: f"\\u{ord(found[0]):04x}", json.dumps(str(text), ensure_ascii=False))


def _put(data: bytes, random: Random, words: Sequence[str], _: Sequence[bytes]) -> bytes:
    place = random.randint(0, len(data))
    return data[:place] + _word(random, words) + data[place:]


def _swap_token(data: bytes, random: Random, words: Sequence[str], _: Sequence[bytes]) -> bytes:
    tokens = list(_TOKEN.finditer(data))
    if not tokens:
        return _word(random, words)
    found = random.choice(tokens)
    return data[: found.start()] + _word(random, words) + data[found.end() :]


def _cut(data: bytes, random: Random, _: Sequence[str], __: Sequence[bytes]) -> bytes:
    first, last = sorted((random.randint(0, len(data)), random.randint(0, len(data))))
    return data[:first] + data[last:]


def _again(data: bytes, random: Random, _: Sequence[str], __: Sequence[bytes]) -> bytes:
    first = random.randint(0, len(data))
    part = data[first : first + random.choice((1, 1, 3, 10, 80))]
    return data[:first] + part * random.choice((2, 2, 5, 50, 3000) if len(part) < 20 else (2, 3)) + data[first:]


def _lines(data: bytes, random: Random, _: Sequence[str], __: Sequence[bytes]) -> bytes:
    lines = data.split(b"\n")
    first, second = random.randrange(len(lines)), random.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[random.choice((first, second))]
    return b"\n".join(lines)


def _bytes(data: bytes, random: Random, _: Sequence[str], __: Sequence[bytes]) -> bytes:
    changed = bytearray(data or b"x")
    for _each in range(random.choice((1, 1, 2, 8))):
        changed[random.randrange(len(changed))] = random.choice((*_TELLING, random.randrange(256)))
    return bytes(changed)


def _splice(data: bytes, random: Random, _: Sequence[str], others: Sequence[bytes]) -> bytes:
    other = random.choice(others)
    return data[: random.randint(0, len(data))] + other[random.randint(0, len(other)) :]


def _end(data: bytes, random: Random, _: Sequence[str], __: Sequence[bytes]) -> bytes:
    return data[: random.randint(0, len(data))]


def _nest(data: bytes, random: Random, _: Sequence[str], __: Sequence[bytes]) -> bytes:
    place, depth = random.randint(0, len(data)), random.choice((3, 30, 900, 5000))
    before, after = random.choice(_BRACKETS)
    return data[:place] + before * depth + after * random.choice((depth, depth, 0)) + data[place:]


def _coding(data: bytes, random: Random, _: Sequence[str], __: Sequence[bytes]) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(random.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "utf-8-sig", "utf-7")), "replace")


def _word(random: Random, words: Sequence[str]) -> bytes:
    text = random.choice(words) if random.random() < 0.6 else random.choice(HOSTILE)
    return text.encode("utf-8", "surrogatepass")


_OFTEN = (_put, _swap_token, _lines)
_CHANGES = (*_OFTEN, *_OFTEN, _swap_token, _cut, _again, _bytes, _splice, _end, _nest, _coding)
