"""What the import leaves out or cuts, and why: gathered so that it is said once for each service and kind."""

from __future__ import annotations

from dataclasses import dataclass, field

from kotoneuvo.advice.problems import N_, Problem

UNUSABLE = N_("cannot be used as written; skipped: {found}")
UNKNOWN = N_("unknown; skipped: {found}")
UNPUBLISHED = N_("not published; skipped: {found}")
_ROOM = 180
"""Letters of all that one kind concerns; of more than that it is said how many there are."""


@dataclass
class Notes:
    """What there is to say about one service."""

    found: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict)

    def note(self, message: str, fieldname: str, found: str) -> None:
        """Note something of a field; `message` has a place for {found}."""
        # Each once, as the same is often found at every channel.
        self.found.setdefault((message, fieldname), {})[found] = None

    def problems(self, entry: str) -> list[Problem]:
        """One for each kind and field, with everything that it concerns."""
        return [
            Problem(message, {"found": _listed(list(found))}, "", entry, fieldname)
            for (message, fieldname), found in self.found.items()
        ]


def _listed(found: list[str]) -> str:
    """As much as there is room for, at least one, and how many more there are."""
    first = found[0]
    shown = [first if len(first) <= _ROOM else f"{first[:_ROOM]}…"]
    for each in found[1:]:
        if len("; ".join([*shown, each])) > _ROOM:
            return f"{'; '.join(shown)} … (+{len(found) - len(shown)})"
        shown.append(each)
    return "; ".join(shown)
