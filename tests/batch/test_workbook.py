"""Results as a workbook: what a cell cannot hold is refused, not cut."""

from __future__ import annotations

import io

import pytest

from kotoneuvo.advice.problems import InputProblems
from kotoneuvo.batch.workbook import MOST_CHARACTERS, ResultBook


def test_a_cell_that_excel_would_cut_is_refused() -> None:
    file = io.BytesIO()
    book = ResultBook(file, ["row", "possible"], ",")
    book.write(b"1," + b"x" * MOST_CHARACTERS + b"\n")
    with pytest.raises(InputProblems, match="write the results as CSV"):
        book.write(b"2," + b"x" * (MOST_CHARACTERS + 1) + b"\n")
    assert file.getvalue() == b""
