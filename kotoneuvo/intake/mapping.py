"""The mapping file of a form: which column gives which fact, and what coded values mean.

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
    """What the user says about a client file, by options or in a mapping file.

    `columns` maps headers (or "#3") to facts, `values` headers to the meanings of their cells; `drop` lists headers to
    ignore. `sheet` is the name or number of a workbook's sheet. `header_row` counts from 1; 0 means "find it".
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    sheet: str = ""
    header_row: int = 0

    def with_others(self, other: FormMapping) -> FormMapping:
        """Combine two mappings; `other` wins."""
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

    def with_columns(self, columns: Iterable[Column]) -> FormMapping:
        """Add every column that is read, so that the next file of this form is read the same way."""
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


NO_MAPPING = FormMapping()


def read_mapping(raw: Mapping[str, Any]) -> FormMapping:
    """Build a mapping from the content of its file. Raises InputProblems for unknown or invalid fields."""
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
    """Quote a TOML basic string."""
    # A JSON string is one too, if non-ASCII characters are not escaped (TOML has no surrogate pairs).
    return json.dumps(text, ensure_ascii=False)
