"""What changed between two catalogues, and what that changes for a person, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kotoneuvo.advice.pathway import When
from kotoneuvo.advice.service import Catalogue, Operating, Service
from kotoneuvo.catalogue.diff import ChangedService, PathwayChange
from kotoneuvo.dates import date_in_numbers
from kotoneuvo.render.facets import contact_cell, places
from kotoneuvo.render.report_words import period, state_word, when_word
from kotoneuvo.words import Words, printable, shortened

_NOTHING = "–"


class Changes:
    """Describes in one language what differs between two catalogues."""

    def __init__(self, old: Catalogue, new: Catalogue, words: Words) -> None:
        self.old, self.new = old, new
        self.words = words

    def text(self, changes: Sequence[ChangedService], person: Sequence[PathwayChange] | None) -> str:
        """Return the changes, one service on each line, then what they mean for the person if one is given."""
        _ = self.words.gettext
        nothing = _("nothing has changed")
        lines = [line for each in changes for line in self._change(each)] or [nothing]
        if person is not None:
            lines += ["", _("For this person:")]
            lines += [f"  {self._pathway_change(each)}" for each in person] or ["  " + nothing]
        return "\n".join(lines) + "\n"

    def _change(self, change: ChangedService) -> Iterator[str]:
        """Yield a line with the names of the fields that differ, then the old and new value of each short one."""
        _ = self.words.gettext
        line = f"{_(change.what)}: {change.service}"
        if change.fields:
            line += f" ({', '.join(change.fields)})"
        if change.before != change.after and change.before and change.after:
            states = (state_word(Operating(state), self.words) for state in (change.before, change.after))
            line += f"; {' → '.join(states)}"
        if change.hidden:
            line += "; " + _("hidden by your own catalogue: {reason}").format(reason=printable(change.hidden))
        yield line + self._taken_over(change.successors)
        if change.values:
            before, after = self.old.services[change.service], self.new.services[change.service]
            for name in change.values:
                old, new = self._parts(name, before), self._parts(name, after)
                # A list may be long, so only its differences are shown.
                gone = ", ".join(each for each in old if each not in new)
                come = ", ".join(each for each in new if each not in old)
                if gone != come:
                    yield f"    {name}: {shortened(gone or _NOTHING)} → {shortened(come or _NOTHING)}"

    def _parts(self, name: str, service: Service) -> list[str]:
        match name:
            case "area":
                return list(places(service.area, self.new.facts, self.words).values())
            case "contact":
                return [contact_cell(each, self.words) for each in service.contacts]
            case "assured":
                return [date_in_numbers(service.assured)]
            case "recheck" | "review":
                return [date_in_numbers(service.review)]
            case _:
                return [period(service, self.words)]

    def _pathway_change(self, change: PathwayChange) -> str:
        line = f"{self.words.gettext(change.what)}: {change.service}"
        if change.before and change.after:
            line += f" ({' → '.join(when_word(When(when), self.words) for when in (change.before, change.after))})"
        return line + self._taken_over(change.successors)

    def _taken_over(self, successors: Sequence[str]) -> str:
        text = self.words.gettext("taken over by {services}")
        return "; " + text.format(services=", ".join(successors)) if successors else ""
