"""What a service means for a person, and when it takes people in, read with every problem noted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kotoneuvo.advice.facts import Text
from kotoneuvo.advice.problems import N_
from kotoneuvo.advice.situation import unknown_name
from kotoneuvo.advice.statement import Intake, Period, Statement
from kotoneuvo.catalogue.fields import LISTS, PERIOD, TABLES
from kotoneuvo.catalogue.read_contacts import ContactReader


class StatementReader(ContactReader):
    """Reads the tables of a service or a notice that say something in words, with a source."""

    def sourced(self, name: str) -> dict[str, Any]:
        """A table with its source checked."""
        table = self.table(name)
        if isinstance(self.spec.get(name), dict):
            self.source(table, name)
        return table

    def statement(self, _: Mapping[str, Any], name: str) -> Statement | None:
        """What a source says; or that none was found, with the day on which somebody looked."""
        spec = self.table(name)
        if not spec:
            return None
        if "not_known" in spec:
            if len(spec) > 1:
                self.note(N_("not_known cannot be combined with other fields"), name)
            return Statement({}, looked=self.date(spec["not_known"], f"{name}.not_known"))
        source = self.source(spec, name)
        words = [each for each, field in TABLES[name].items() if field.shape == "words" and each in spec]
        parts: dict[str, Text] = {each: self.text(spec, each, name) for each in words}
        duty = self._word(spec, "duty", name)
        if duty and duty not in LISTS["duty"]:
            self.refuse(unknown_name("duty", duty, tuple(LISTS["duty"])), f"{name}.duty")
        if not parts and not duty:
            self.note("this field is missing", f"{name}.{next(iter(TABLES[name]))}")
        page = self.sources[key].url if (key := source.partition(":")[0]) in self.sources else ""
        return Statement(parts, source, page, self._date_of(source), duty)

    def intake(self, _: Mapping[str, Any], name: str) -> Intake:
        """When a service takes people in."""
        spec = self.sourced(name)
        source = str(spec.get("source", ""))
        return Intake(
            periods=self._periods(spec.get("periods", []), f"{name}.periods"),
            closures=self._exceptions(spec, name) if "exceptions" in spec else (),
            continuous=self.truth(spec, "continuous", f"{name}.continuous"),
            by_appointment=self.truth(spec, "by_appointment", f"{name}.by_appointment"),
            wait=self.text(spec, "wait", name),
            source=source,
            dated=self._date_of(source),
        )

    def _periods(self, listed: object, path: str) -> tuple[Period, ...]:
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            self.note("expected a list of tables, such as [{ … }, { … }]", path)
            return ()
        return tuple(self._period_of(each, f"{path}[{place}]") for place, each in enumerate(listed))

    def _period_of(self, spec: Mapping[str, Any], path: str) -> Period:
        self.keys(spec, PERIOD.keys(), path)
        late = ("apply_by", "ends")
        days = {key: self.date(spec.get(key), f"{path}.{key}", last=key in late) for key in PERIOD}
        given = [day for day in days.values() if day]
        if not given:
            self.note("this field is missing", f"{path}.apply_by")
        elif given != sorted(given):
            self.note("this ends before it starts", path, {"found": " – ".join(map(str, given))})
        return Period(**days)
