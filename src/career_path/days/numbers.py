"""Day numbers: civil dates as plain integers, with one value before and one after all of them.

A day number is `date.toordinal()`. `ALWAYS` (0) stands for every day before 1 January of year 1 and `NEVER`
for every day after 31 December 9999, so the whole line of time is a finite chain and nothing overflows.
Everything inside the library counts in these; `datetime.date` appears only at its face.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from career_path.days.months import DAYS, EVEN, MARGIN, MONTHS, SINCE, STARTS
from career_path.errors import InvalidValueError, quoted

__all__ = [
    "ALWAYS",
    "FIRST",
    "LAST",
    "NEVER",
    "add_months",
    "check_date",
    "month_length",
    "on_the_line",
    "parse_date",
    "to_date",
    "to_day",
    "weekday",
]

FIRST: Final = 1
LAST: Final = dt.date.max.toordinal()
ALWAYS: Final = FIRST - 1
NEVER: Final = LAST + 1

_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_BEFORE: Final = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_ISO_DATE: Final = re.compile(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_ERA_DAYS: Final = 146_097


def month_length(year: int, month: int) -> int:
    """Days of a month in the proleptic Gregorian calendar; any year, also before 1 and after 9999.

    >>> month_length(2028, 2), month_length(2100, 2)
    (29, 28)
    """
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):  # noqa: PLR2004 (the calendar)
        return 29
    return _LENGTHS[month - 1]


def add_months(day: int, months: int) -> int:
    """The same day of the month `months` later (or earlier), clamped to that month's last day.

    Counts on an unbounded calendar: the result may lie outside the range of `date`.

    >>> to_date(add_months(dt.date(2027, 8, 31).toordinal(), 6))
    datetime.date(2028, 2, 29)
    """
    within = day - SINCE
    if 0 <= within < DAYS and -MARGIN <= months <= MARGIN:
        place = (within * MONTHS + EVEN) // DAYS
        if STARTS[place] > day:
            place -= 1
        reached = day - STARTS[place] + STARTS[place + months]
        end = STARTS[place + months + 1]
        return reached if reached < end else end - 1
    year, month, of_month = civil(day)
    year, month = divmod(year * 12 + month - 1 + months, 12)
    length = month_length(year, month + 1)
    return month_start(year, month + 1) + min(of_month, length) - 1


def month_start(year: int, month: int) -> int:
    """The day number of a month's first day, for any year."""
    past = year - 1
    leap = month > 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)  # noqa: PLR2004 (the calendar)
    return past * 365 + past // 4 - past // 100 + past // 400 + _BEFORE[month - 1] + leap + 1


def civil(day: int) -> tuple[int, int, int]:
    """Year, month and day of the month of any day number, also outside the range of `date`."""
    if FIRST <= day <= LAST:
        date = dt.date.fromordinal(day)
        return date.year, date.month, date.day
    era, within = divmod(day - 1, _ERA_DAYS)  # the calendar repeats every 400 years
    date = dt.date.fromordinal(within + 1)
    return date.year + 400 * era, date.month, date.day


def on_the_line(day: int) -> int:
    """The day itself, or `ALWAYS` or `NEVER` where it lies outside the range of `date`."""
    return ALWAYS if day < FIRST else min(day, NEVER)


def weekday(day: int) -> int:
    """Monday is 0, Sunday is 6.

    >>> weekday(dt.date(2026, 11, 23).toordinal())
    0
    """
    return (day + 6) % 7


def to_date(day: int) -> dt.date | None:
    """The `date` of a day number; None for `ALWAYS` and `NEVER`, which no calendar can show."""
    return dt.date.fromordinal(day) if FIRST <= day <= LAST else None


def check_date(value: object, where: str = "") -> dt.date:
    """`value`, if it is a plain date; a time of day, and so a `datetime`, is too much.

    Raises:
        InvalidValueError: code `not-a-date`.
    """
    if type(value) is dt.date:
        return value
    expected = "a date without a time" if isinstance(value, dt.datetime) else "a date"
    raise InvalidValueError("not-a-date", where, quoted(value), expected)


def to_day(value: dt.date) -> dt.date:
    """A field's date, checked; the name of its type tells callers what belongs there."""
    return check_date(value)


def parse_date(text: object) -> dt.date:
    """The date written as `YYYY-MM-DD`, in ASCII digits, and no other form.

    `date.fromisoformat` alone also takes `20270111` and `2027-W02-1` (checked on Python 3.11 to 3.13).

    >>> parse_date("2027-01-11")
    datetime.date(2027, 1, 11)

    Raises:
        InvalidValueError: code `not-a-date`.
    """
    if isinstance(text, str) and _ISO_DATE.match(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            pass
    raise InvalidValueError("not-a-date", "", quoted(text), "a real date written YYYY-MM-DD")
