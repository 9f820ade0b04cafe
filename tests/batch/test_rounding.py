"""What a report tells of a number of clients: multiples of the smallest group, that add up."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kotoneuvo.batch.rounding import rounded, rounded_parts

COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=8)
BASES = st.integers(1, 12)


@given(COUNTS, BASES)
def test_parts_add_up_and_each_is_a_neighbouring_multiple(counts: list[int], base: int) -> None:
    parts = rounded_parts(counts, base)
    assert sum(parts) == rounded(sum(counts), base)
    for count, part in zip(counts, parts, strict=True):
        assert part % base == 0
        assert abs(part - count) < base


@given(st.integers(0, 1000), BASES)
def test_a_number_is_rounded_to_the_nearest_multiple(count: int, base: int) -> None:
    assert rounded(count, base) % base == 0
    assert 2 * abs(rounded(count, base) - count) <= base


def page_of(tmp_path: Path, rows: list[str], *options: str) -> str:
    intake, page = tmp_path / "intake.csv", tmp_path / "page.html"
    intake.write_text("municipality;age;goals;finnish_level\n" + "\n".join(rows) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "kotoneuvo", "batch", str(intake), "--output", str(tmp_path / "r.csv"),
               "--report", str(page), "--lang", "en", "--jobs", "1", "--force", *options]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return page.read_text(encoding="utf-8")


def steps_of(page: str) -> list[int]:
    """The numbers of the table of fitting services per client."""
    table = page.split("Suitable services per client</figcaption>")[1].split("</table>")[0]
    return [int(text.replace("\u00a0", "")) for text in re.findall(r'<td class="n">(.*?)</td>', table)]


PEOPLE = ["Vantaa;34;work;A2"] * 12 + ["Espoo;30;work;A2"] * 7 + ["Oulu;17;work;0"]


def test_the_steps_of_fitting_services_add_up_to_all_clients(tmp_path: Path) -> None:
    """Twenty clients are twenty, not fifty-eight."""
    page = page_of(tmp_path, PEOPLE)
    assert "<p>20 clients" in page
    assert sum(steps_of(page)) == 20


def test_no_number_of_clients_in_a_report_tells_of_fewer_than_the_smallest_group(tmp_path: Path) -> None:
    """Alone or by subtraction, in one report or in the difference of two that differ by one client."""
    for people in (PEOPLE, PEOPLE[:-1]):
        told = re.findall(r'<small>(.*?)</small>|<td class="n">(\d[\d\u00a0]*)</td>', page_of(tmp_path, people))
        numbers = [int((small or cell).replace("\u00a0", "")) for small, cell in told]
        assert len(numbers) > 10
        medians = 1
        assert sum(number % 5 != 0 for number in numbers) <= medians


def test_a_group_of_one_shows_every_number_as_it_is(tmp_path: Path) -> None:
    assert sum(steps_of(page_of(tmp_path, PEOPLE[:-2], "--min-group", "1"))) == 18
