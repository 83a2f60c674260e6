"""Months later and back again on day numbers: one table of the days on which months begin, and integers.

The table covers the four centuries in which careers are planned, and a century on either side for what spans reach
from there. Whatever lies outside is counted on the unbounded calendar, to the same effect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Final

__all__ = ["DAYS", "EVEN", "MARGIN", "MONTHS", "SINCE", "STARTS", "months_back", "months_later"]

SINCE: Final = 657_437
"""The day number of 1 January 1801, from which on the table knows the month of a day."""
DAYS: Final = 146_097
"""For so many days it does: four centuries, after which the calendar repeats itself."""
MONTHS: Final = 4_800
"""The months in them."""
MARGIN: Final = 1_200
"""So many months more are in the table on either side: as many as a span has at most."""


def _lengths() -> Iterator[int]:
    """The days of the months from January 1701 to December 2300."""
    year = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    leap = (31, 29, *year[2:])
    for number in range(1701, 2301):
        yield from leap if number % 4 == 0 and (number % 100 != 0 or number % 400 == 0) else year


STARTS: Final = tuple(accumulate(_lengths(), initial=620_913))
"""The day numbers on which months begin, from January 1701 (the 620,913th day) to January 2301."""
EVEN: Final = MARGIN * DAYS + 13_000
"""Were all months equally long, and begun so much earlier, a day would fall into its own month or into the next."""

Days = Callable[[int], int]


def months_later(months: int, days: int, otherwise: Days) -> Days:
    """From a day to that day so many months later, cut to the month's end, and then so many days later.

    `otherwise` is the same for days outside the table; at most `MARGIN` months are within it.
    """
    starts = STARTS

    def f(day: int) -> int:
        within = day - SINCE
        if not 0 <= within < DAYS:
            return otherwise(day)
        month = (within * MONTHS + EVEN) // DAYS
        if starts[month] > day:
            month -= 1
        reached = day - starts[month] + starts[month + months]
        end = starts[month + months + 1]
        return (reached if reached < end else end - 1) + days

    return f


def months_back(months: int, days: int, otherwise: Days) -> Days:
    """From a day to the last one that leads to it or before it by so many months, and then so many days."""
    starts = STARTS

    def latest(day: int) -> int:
        day -= days
        within = day - SINCE
        if not 0 <= within < DAYS:
            return otherwise(day + days)
        month = (within * MONTHS + EVEN) // DAYS
        if starts[month] > day:
            month -= 1
        last = starts[month - months + 1] - 1
        if day + 1 == starts[month + 1]:
            return last
        reached = day - starts[month] + starts[month - months]
        return reached if reached < last else last  # noqa: FURB136 (calling `min` takes longer)

    return latest
