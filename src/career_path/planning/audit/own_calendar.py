"""The audit's own arithmetic with days: `relativedelta` and plain loops, nothing of what the planner uses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from career_path._dateutil import relativedelta
from career_path.days.day_rules import (
    Birthday,
    BirthMonthEnd,
    Dates,
    DayOfYear,
    DayRule,
    MonthEnd,
    Weekday,
    Weekdays,
    YearlyWindow,
    Years,
)
from career_path.days.spans import Span

__all__ = [
    "ALWAYS",
    "DAY",
    "LONGEST_SEARCH",
    "NEVER",
    "after_working_days",
    "before",
    "birthday",
    "days_until",
    "eve",
    "first_open",
    "is_open",
    "last_day",
    "later",
]

NEVER: Final = dt.date.max
ALWAYS: Final = dt.date.min
DAY: Final = dt.timedelta(days=1)
LONGEST_SEARCH: Final = 20 * 366
"""How many days are looked through before a search gives up."""
_FRIDAY: Final = 4


def later(day: dt.date, span: Span, *, times: int = 1) -> dt.date:
    """The day a span after another, or several such spans added at once; stops at the ends of the calendar.

    >>> later(dt.date(2027, 1, 31), Span(months=1))
    datetime.date(2027, 2, 28)
    """
    return _moved(day, times * (12 * span.years + span.months), times * (7 * span.weeks + span.days))


def before(day: dt.date, span: Span) -> dt.date:
    """The day so long before another.

    >>> before(dt.date(2027, 3, 31), Span(months=1))
    datetime.date(2027, 2, 28)
    """
    return _moved(day, -12 * span.years - span.months, -7 * span.weeks - span.days)


def _moved(day: dt.date, months: int, days: int) -> dt.date:
    try:
        return day + relativedelta(months=months, days=days)
    except (OverflowError, ValueError):  # beyond the years 1 to 9999
        return NEVER if months > 0 or days > 0 else ALWAYS


def eve(day: dt.date) -> dt.date:
    """The day before; the first day of the calendar stays where it is."""
    return day - DAY if day > ALWAYS else day


def last_day(start: dt.date, finish: dt.date) -> dt.date:
    """The last day that something occupies: the eve of its finish, or its start where it takes no time."""
    return max(start, eve(finish))


def days_until(first: dt.date, end: dt.date) -> Iterator[dt.date]:
    """Every day from the first up to the end, the end left out."""
    return (dt.date.fromordinal(number) for number in range(first.toordinal(), end.toordinal()))


def after_working_days(start: dt.date, count: int) -> dt.date:
    """The day on which that many days from Monday to Friday have come after a start.

    >>> after_working_days(dt.date(2027, 1, 8), 1)
    datetime.date(2027, 1, 11)
    """
    day = start
    while count and day < NEVER:
        day += DAY
        count -= day.weekday() <= _FRIDAY
    return day


def birthday(born: dt.date | None, years: int) -> dt.date:
    """The day on which an age is reached; never where nobody knows the birth date.

    >>> birthday(dt.date(2008, 2, 29), 18)
    datetime.date(2026, 3, 1)
    """
    if born is None:
        return NEVER
    if (born.month, born.day) != (2, 29):
        return _moved(born, 12 * years, 0)
    before = _moved(born - DAY, 12 * years, 0)  # 28 February, and the day after it
    return before if before == NEVER else before + DAY


def first_open(rule: DayRule, first: dt.date, born: dt.date | None) -> dt.date:
    """The first day from a day on that a rule has; never where a long search finds none."""
    if isinstance(rule, Dates):
        return min((day for day in rule.dates if day >= first), default=NEVER)
    end = dt.date.fromordinal(min(first.toordinal() + LONGEST_SEARCH, NEVER.toordinal()))
    return next((day for day in days_until(first, end) if is_open(rule, day, born)), NEVER)


def is_open(rule: DayRule, day: dt.date, born: dt.date | None) -> bool:
    """Whether a rule has a day; one that counts from an unknown birth date has none."""
    match rule:
        case Weekdays():
            return tuple(Weekday)[day.weekday()] in rule.days
        case MonthEnd():
            return _is_month_end(day)
        case Dates():
            return day in rule.dates
        case YearlyWindow():
            here = (day.month, day.day)
            first, last = (rule.from_.month, rule.from_.day), (rule.through.month, rule.through.day)
            return (first <= here) + (here <= last) + (last < first) > 1
        case _:
            return _is_yearly_day(rule, day, born)


def _is_yearly_day(rule: DayRule, day: dt.date, born: dt.date | None) -> bool:
    match rule:
        case DayOfYear():
            is_there = (day.month, day.day) == (rule.on.month, rule.on.day)
        case Birthday():
            is_there = born is not None and day == birthday(born, day.year - born.year)
        case BirthMonthEnd():
            is_there = born is not None and day.month == born.month and _is_month_end(day)
        case _:  # a rule that this calendar does not know yet: its own word has to do
            return (rule if born is None else rule.for_birth(born)).has(day)
    return is_there and _is_in_years(rule.years, day.year, born)


def _is_month_end(day: dt.date) -> bool:
    return day == NEVER or (day + DAY).day == 1


def _is_in_years(years: Years, year: int, born: dt.date | None) -> bool:
    against = born.year if years is Years.BIRTH and born is not None else {Years.ODD: 1, Years.EVEN: 0}.get(years, year)
    return (year - against) % 2 == 0
