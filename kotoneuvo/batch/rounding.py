"""Rounding to base K: every number of clients that leaves the machine is a multiple of the smallest group.

Two methods of statistical disclosure control (Hundepool et al., Handbook on Statistical Disclosure Control, ESSnet
2010, chapters 4.4 and 5.4): *conventional rounding* of single numbers, and *controlled rounding* of the parts of a
total, whose rounded parts add up to the rounded total. Neither a number nor the difference of two of them then tells of
fewer than K clients; that a rounded number changed between two reports still tells that something changed.
"""

from __future__ import annotations

from collections.abc import Sequence


def rounded(count: int, base: int) -> int:
    """`count` as the nearest multiple of `base`, halves up."""
    return (2 * count + base) // (2 * base) * base


def rounded_parts(counts: Sequence[int], base: int) -> list[int]:
    """The parts of a total, each the multiple of `base` just below or above it, adding up to the rounded total.

    The parts with the largest remainders go up, the earlier ones first among equals.
    """
    parts = [count // base * base for count in counts]
    missing = (rounded(sum(counts), base) - sum(parts)) // base
    largest_first = sorted(range(len(counts)), key=lambda place: (-(counts[place] % base), place))
    for place in largest_first[:missing]:
        parts[place] += base
    return parts
