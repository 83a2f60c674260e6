"""Hours a week: how many there can be."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from career_path.days.durations import to_hours
from career_path.errors import InvalidValueError, quoted

__all__ = ["MOST_WEEKLY_HOURS", "to_weekly_hours"]

MOST_WEEKLY_HOURS: Final = 168


def to_weekly_hours(value: float | Decimal | Fraction, where: str = "") -> Fraction:
    """An exact number of hours a week, 0 to 168; `where` is told with a fault.

    >>> to_weekly_hours(7.5)
    Fraction(15, 2)

    Raises:
        InvalidValueError: codes `not-a-number`, `negative`, `too-long`.
    """
    try:
        hours = to_hours(value)
    except InvalidValueError as error:
        raise attrs.evolve(error, where=where, expected=f"0 to {MOST_WEEKLY_HOURS} hours a week") from None
    if hours > MOST_WEEKLY_HOURS:
        raise InvalidValueError("too-long", where, quoted(value), f"at most {MOST_WEEKLY_HOURS} hours a week")
    return hours
