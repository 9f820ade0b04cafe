"""E-mail addresses in a cell, also spelled around: "aino (at) posti piste fi", "aino at gmail".

The sign in the middle is looked for first, and what stands on either side of it is read from there: looking for a
mailbox first takes ever longer in a long row of letters.
"""

from __future__ import annotations

import re

_SPELLED_AT = r"(?:at|a|ät|ät-merkki|miuku(?:mauku)?|snabel-?a|kissanhäntä|arroba|собака)"
_AT = re.compile(
    rf"\s?@\s?|\s?[(\[{{]{_SPELLED_AT}[)\]}}]\s?|\s{{1,3}}(?:ät|miuku(?:mauku)?|snabel-?a|kissanhäntä|собака)\s{{1,3}}",
    re.IGNORECASE,
)
_ANY_AT = re.compile(r"@|\bat\b|[(\[{]a(?:t)?[)\]}]|ät|miuku|snabel|kissanh|arroba|собака", re.IGNORECASE)
"""Quickly found: most cells have none of these."""
_WEAK_AT = re.compile(r"\s{1,3}at\s{1,3}", re.IGNORECASE)
"""A word of English too: "apply at example.org" is no address, a name in parts and one at a mail service are."""
_HOST = re.compile(
    r"[\w-]{1,64}(?:\s?[.,]\s?|\s?[(\[](?:dot|piste|punkt|\.)[)\]]\s?|\s{1,3}(?:dot|piste|punkt)\s{1,3})[^\W\d_]{2,}",
    re.IGNORECASE,
)
_SPELLED_HOST = re.compile(
    r"[\w-]{1,64}(?:\s?[(\[](?:dot|piste|punkt|\.)[)\]]\s?|\s{1,3}(?:dot|piste|punkt)\s{1,3})[a-z]{2,}", re.IGNORECASE
)
_SERVICE = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|icloud|luukku|suomi24|elisanet|elisa|kolumbus|netti|welho|saunalahti"
    r"|proton(?:mail)?|yandex|mail|rambler|ukr|bk|telia|aol|gmx|web)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"[\w+-]\s{0,1}$")
_PARTS = re.compile(r"\w[.+_-]|\d")
_LONGEST = 70


def has_mail(cell: str) -> bool:
    """Whether an e-mail address is in the cell."""
    if not _ANY_AT.search(cell):
        return False
    for found in _AT.finditer(cell):
        before, after = cell[max(0, found.start() - _LONGEST) : found.start()], cell[found.end() :]
        joined = "@" in found[0] and found[0].strip() == found[0]
        if _BEFORE.search(before) and (_HOST.match(after) or _SERVICE.match(after) or (joined and _one_word(after))):
            return True
    return any(_weak(cell, found) for found in _WEAK_AT.finditer(cell))


def _one_word(after: str) -> bool:
    """Whether a host may begin: a letter and one more; "3@home" is one too."""
    return bool(re.match(r"[^\W\d_][\w-]", after))


def _weak(cell: str, found: re.Match[str]) -> bool:
    words = cell[max(0, found.start() - _LONGEST) : found.start()].split()
    after = cell[found.end() :]
    if not words:
        return False
    spelled = bool(
        _SPELLED_HOST.match(after) or (_SERVICE.match(after) and not re.match(r"(?:live|web|mail)\s", after))
    )
    return spelled or bool(_PARTS.search(words[-1]) and _HOST.match(after))
