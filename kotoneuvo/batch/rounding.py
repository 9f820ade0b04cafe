"""Rounding to base K: every published number of clients is a multiple of the smallest group size.

These are two methods of statistical disclosure control (Hundepool et al., Handbook on Statistical Disclosure Control,
ESSnet 2010, chapters 4.4 and 5.4): *conventional rounding* of single numbers, and *controlled rounding* of the parts of
a total, so that they still add up. Neither a number nor the difference between two numbers then reveals fewer than K
clients. A number that changes between two reports still reveals that something has changed.
"""

from __future__ import annotations

from collections.abc import Sequence


def rounded(count: int, base: int) -> int:
    """Round `count` to the nearest multiple of `base`, halves up."""
    return (2 * count + base) // (2 * base) * base


def rounded_parts(counts: Sequence[int], base: int) -> list[int]:
    """Round each part of a total down or up to a multiple of `base`, so that they add up to the rounded total.

    Parts with the largest remainders are rounded up; among equals, the earlier ones.
    """
    parts = [count // base * base for count in counts]
    missing = (rounded(sum(counts), base) - sum(parts)) // base
    largest_first = sorted(range(len(counts)), key=lambda place: (-(counts[place] % base), place))
    for place in largest_first[:missing]:
        parts[place] += base
    return parts
