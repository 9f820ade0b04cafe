"""Make the table of docs/reference/licences.md: every package that an installation brings, with its licence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageMetadata, metadata, requires

_MARKS = re.compile(r"(<!-- made: licences -->\n).*?(<!-- end -->)", re.DOTALL)
_REQUIREMENT = re.compile(r"([\w.-]+)(?:\[[^]]*])?[^;]*(?:;(.*))?")
_EXTRAS = ("pdf", "care", "calendar")
_LICENCES = {
    r"LGPL|Lesser": "LGPL-2.1-or-later",
    r"MPL|Mozilla": "MPL-2.0",
    r"OFL": "OFL-1.1",
    r"Apache": "Apache-2.0",
    r"\bBSD": "BSD",
    r"\bISC": "ISC",
    r"\bMIT\b": "MIT",
}
_ELSEWHERE = ("python_version <", "python_full_version <", "sys_platform ==", "platform_system ==", "os_name ==")
"""Markers of packages that are only for other systems or older versions of Python."""


def fill_licences(text: str) -> str:
    """The page with its table filled in from the installed packages."""
    rows = [
        f"| [{metadata(name)['Name']}](https://pypi.org/project/{name}/) | {_licence(metadata(name))} | {why} |"
        for name, why in sorted(_brought().items())
    ]
    table = "\n".join(["| package | licence | brought by |", "| --- | --- | --- |", *rows])
    return _MARKS.sub(lambda match: f"{match[1]}{table}\n{match[2]}", text)


def _brought() -> Mapping[str, str]:
    """Every package by its normalized name, with what brings it; breadth first, so our own requirements win."""
    found: dict[str, str] = {}
    waiting = [("kotoneuvo", name, extra) for extra in ("", *_EXTRAS) for name in _needed("kotoneuvo", extra)]
    while waiting:
        by, name, extra = waiting.pop(0)
        if name not in found and name != "kotoneuvo":
            found[name] = f"{by}[{extra}]" if extra else by
            waiting += [(name, below, "") for below in _needed(name, "")]
    return found


def _needed(package: str, extra: str) -> Iterator[str]:
    for line in requires(package) or []:
        match = _REQUIREMENT.match(line)
        assert match
        condition = (match[2] or "").replace("'", '"')
        named = re.search(r'extra\s*==\s*"([\w-]+)"', condition)
        if (named[1] if named else "") == extra and not any(each in condition for each in _ELSEWHERE):
            yield re.sub(r"[-_.]+", "-", match[1]).lower()


def _licence(said: PackageMetadata) -> str:
    """The short name of a package's licence, from any of its metadata. Raises LookupError for an unknown licence."""
    classified = [each for each in said.get_all("Classifier") or [] if each.startswith("License ::")]
    text = " ".join([*(said.get_all("License-Expression") or []), *classified, *(said.get_all("License") or [])])
    for sign, name in _LICENCES.items():
        if re.search(sign, text):
            return name
    raise LookupError(f"{said['Name']}: which licence is this? {text}")
