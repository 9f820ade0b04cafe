"""Collect what the import leaves out or shortens, so that it is reported once for each service and reason."""

from __future__ import annotations

from dataclasses import dataclass, field

from kotoneuvo.advice.problems import N_, Problem

UNUSABLE = N_("cannot be used as written; skipped: {found}")
UNKNOWN = N_("unknown; skipped: {found}")
UNPUBLISHED = N_("not published; skipped: {found}")
_ROOM = 180
"""Limit in characters for a list in one report; the rest is counted."""


@dataclass
class Notes:
    """What was left out of one service, by message and field."""

    found: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict)

    def note(self, message: str, fieldname: str, found: str) -> None:
        """Note something that was left out of a field; `message` has a place for {found}."""
        # A dict, to keep the order and drop repetitions: the same is often found at every channel.
        self.found.setdefault((message, fieldname), {})[found] = None

    def problems(self, entry: str) -> list[Problem]:
        """One problem for each message and field, with everything that was found."""
        return [
            Problem(message, {"found": _listed(list(found))}, "", entry, fieldname)
            for (message, fieldname), found in self.found.items()
        ]


def _listed(found: list[str]) -> str:
    """As many as fit, at least one, and the number of the others."""
    first = found[0]
    shown = [first if len(first) <= _ROOM else f"{first[:_ROOM]}…"]
    for each in found[1:]:
        if len("; ".join([*shown, each])) > _ROOM:
            return f"{'; '.join(shown)} … (+{len(found) - len(shown)})"
        shown.append(each)
    return "; ".join(shown)
