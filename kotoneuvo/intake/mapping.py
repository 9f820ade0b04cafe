"""A form's mapping as a file: which of its columns gives which fact, and what its coded values stand for.

```toml
sheet = "Vastaukset"
header_row = 3
drop = ["Muuta"]

[columns]
"Missä asut?" = "municipality"
"tavoitteet/työ" = "goals:work"

[values."sukup"]
"1" = "woman"
```
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.intake.headers import Column


@dataclass(frozen=True)
class FormMapping:
    """What is said of a file beforehand, by hand or by a file of its own.

    `columns` gives facts by header (or "#3"), `values` by header what cells stand for, `drop` headers to look away
    from. `sheet` names one of a workbook's, by its name or its number; `header_row` counts from 1; 0: find it.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    sheet: str = ""
    header_row: int = 0

    def with_others(self, other: FormMapping) -> FormMapping:
        """This mapping with what `other` says on top."""
        values = {
            name: {**self.values.get(name, {}), **other.values.get(name, {})}
            for name in {**self.values, **other.values}
        }
        return FormMapping(
            {**self.columns, **other.columns},
            values,
            tuple(dict.fromkeys((*self.drop, *other.drop))),
            other.sheet or self.sheet,
            other.header_row or self.header_row,
        )

    def of(self, columns: Iterable[Column]) -> FormMapping:
        """This mapping with every column that is read, so that it counts as it does now in the next file too."""
        read = {
            column.header or column.number: f"{column.name}:{column.option}" if column.option else column.name
            for column in columns
            if column.is_read
        }
        return FormMapping({**read, **self.columns}, self.values, self.drop, self.sheet, self.header_row)

    def text(self) -> str:
        """The mapping as TOML."""
        lines = [f"sheet = {_quoted(self.sheet)}"] if self.sheet else []
        lines += [f"header_row = {self.header_row}"] if self.header_row else []
        lines += [f"drop = [{', '.join(map(_quoted, self.drop))}]"] if self.drop else []
        lines += ["", "[columns]", *_pairs(self.columns)]
        for name, meanings in self.values.items():
            lines += ["", f"[values.{_quoted(name)}]", *_pairs(meanings)]
        return "\n".join(lines).lstrip("\n") + "\n"


NOTHING_SAID = FormMapping()


def read_mapping(raw: Mapping[str, Any]) -> FormMapping:
    """A mapping from the tables of its file. Raises InputProblems for what has no place in one."""
    problems = [
        Problem('unknown {kind} "{found}"', {"kind": "field", "found": key}, allowed=tuple(_CHECKS))
        for key in raw
        if key not in _CHECKS
    ]
    wrong = [name for name, fits in _CHECKS.items() if name in raw and not fits(raw[name])]
    problems += [Problem("not valid here in a mapping file", fieldname=name) for name in wrong]
    if problems:
        raise InputProblems(problems)
    return FormMapping(**{**raw, "drop": tuple(raw.get("drop", ()))})


def _texts(table: Any) -> bool:
    return isinstance(table, dict) and all(isinstance(each, str) for each in table.values())


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "columns": _texts,
    "values": lambda table: isinstance(table, dict) and all(map(_texts, table.values())),
    "drop": lambda some: isinstance(some, list) and all(isinstance(each, str) for each in some),
    "sheet": lambda name: isinstance(name, str),
    "header_row": lambda row: isinstance(row, int) and not isinstance(row, bool) and row > 0,
}


def _pairs(table: Mapping[str, str]) -> list[str]:
    return [f"{_quoted(name)} = {_quoted(meaning)}" for name, meaning in table.items()]


def _quoted(text: str) -> str:
    """A basic string of TOML; JSON's are such."""
    return json.dumps(text, ensure_ascii=False)
