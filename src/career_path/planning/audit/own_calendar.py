"""The audit's own arithmetic with days: `relativedelta` and plain loops, nothing of what the planner uses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from career_path._dateutil import recurring, relativedelta
from career_path.days.day_rules import (
    Birthday,
    BirthMonthEnd,
    Dates,
    DayOfMonth,
    DayOfYear,
    DayRule,
    EveryYears,
    MonthEnd,
    MonthsAfterBirthMonth,
    Weekday,
    Weekdays,
    YearlyWindow,
    Years,
)
from career_path.days.holidays import Direction, HolidayCalendar, Moved, Observed, Workdays
from career_path.days.recurrence import Recurrence
from career_path.days.spans import Span

__all__ = [
    "ALWAYS",
    "DAY",
    "LONGEST_SEARCH",
    "NEVER",
    "after_working_days",
    "before",
    "before_working_days",
    "birthday",
    "days_until",
    "eve",
    "first_open",
    "is_open",
    "is_workday",
    "last_day",
    "last_open",
    "later",
    "next_day",
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


def next_day(day: dt.date) -> dt.date:
    """The day after; the last day of the calendar stays where it is."""
    return day + DAY if day < NEVER else day


def last_day(start: dt.date, finish: dt.date) -> dt.date:
    """The last day that something occupies: the eve of its finish, or its start where it takes no time."""
    return max(start, eve(finish))


def days_until(first: dt.date, end: dt.date) -> Iterator[dt.date]:
    """Every day from the first up to the end, the end left out."""
    return (dt.date.fromordinal(number) for number in range(first.toordinal(), end.toordinal()))


def after_working_days(start: dt.date, count: int, holidays: HolidayCalendar | None = None) -> dt.date:
    """The day on which that many working days have come after a start.

    >>> after_working_days(dt.date(2027, 1, 8), 1)
    datetime.date(2027, 1, 11)
    """
    day = start
    while count and day < NEVER:
        day += DAY
        count -= is_workday(day, holidays)
    return day


def before_working_days(end: dt.date, count: int, holidays: HolidayCalendar | None = None) -> dt.date:
    """The day from which on that many working days come before an end, that day counted.

    >>> before_working_days(dt.date(2027, 1, 11), 1)
    datetime.date(2027, 1, 8)
    """
    day = end
    while count and day > ALWAYS:
        day -= DAY
        count -= is_workday(day, holidays)
    return day


def is_workday(day: dt.date, holidays: HolidayCalendar | None) -> bool:
    """Whether a day is one from Monday to Friday, and no holiday.

    >>> is_workday(dt.date(2027, 1, 9), None)
    False
    """
    if day.weekday() > _FRIDAY:
        return False
    if holidays is None:
        return True
    holidays.check_known(day.toordinal(), day.toordinal())
    return not _is_kept(day, holidays)


def _is_kept(day: dt.date, holidays: HolidayCalendar) -> bool:
    """Whether a calendar has a holiday on a day, or keeps one of the weekend beside it on that day."""
    beside = {0: -1, _FRIDAY: 1} if holidays.observed is Observed.NEAREST else {}
    days = {day, _moved(day, 0, beside.get(day.weekday(), 0))}
    return any(each in holidays.dates or any(is_open(rule, each, None) for rule in holidays.days) for each in days)


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
    if isinstance(rule, Recurrence):
        return recurring(rule.rule, rule.start, first)[1] or NEVER
    if isinstance(rule, Dates):
        return min((day for day in rule.dates if day >= first), default=NEVER)
    if isinstance(rule, Moved):
        return _first_moved(rule, first, born)
    most = LONGEST_SEARCH if not isinstance(rule, EveryYears) else 2 * 366 * rule.every
    end = dt.date.fromordinal(min(first.toordinal() + most, NEVER.toordinal()))
    return next((day for day in days_until(first, end) if is_open(rule, day, born)), NEVER)


def last_open(rule: DayRule, last: dt.date, born: dt.date | None) -> dt.date:
    """The last day up to a day that a rule has; always where a long search finds none."""
    if isinstance(rule, Recurrence):
        return recurring(rule.rule, rule.start, last)[0] or ALWAYS
    if isinstance(rule, Dates):
        return max((day for day in rule.dates if day <= last), default=ALWAYS)
    if isinstance(rule, Moved):
        return _last_moved(rule, last, born)
    most = LONGEST_SEARCH if not isinstance(rule, EveryYears) else 2 * 366 * rule.every
    first = dt.date.fromordinal(max(last.toordinal() - most, ALWAYS.toordinal()))
    back = (last - n * DAY for n in range((last - first).days))
    return next((day for day in back if is_open(rule, day, born)), ALWAYS)


def _first_moved(rule: Moved, first: dt.date, born: dt.date | None) -> dt.date:
    """Of the days of a rule the first that is moved to a day or later."""
    if rule.to is Direction.FORWARD:
        while first > ALWAYS and not is_workday(eve(first), rule.holidays):
            first = eve(first)
        return _workday(first_open(rule.days, first, born), DAY, rule.holidays)
    first = _workday(first, DAY, rule.holidays)
    return _workday(first_open(rule.days, first, born), -DAY, rule.holidays)


def _last_moved(rule: Moved, last: dt.date, born: dt.date | None) -> dt.date:
    """Of the days of a rule the last that is moved to a day or earlier."""
    if rule.to is Direction.FORWARD:
        last = _workday(last, -DAY, rule.holidays)
        return _workday(last_open(rule.days, last, born), DAY, rule.holidays)
    while last < NEVER and not is_workday(next_day(last), rule.holidays):
        last = next_day(last)
    return _workday(last_open(rule.days, last, born), -DAY, rule.holidays)


def _workday(day: dt.date, step: dt.timedelta, holidays: HolidayCalendar | None) -> dt.date:
    """The first working day from a day on, forward or back; the ends of the calendar stay where they are."""
    while day not in {ALWAYS, NEVER} and not is_workday(day, holidays):
        day += step
    return day


def is_open(rule: DayRule, day: dt.date, born: dt.date | None) -> bool:  # noqa: C901, PLR0911 (a line per rule)
    """Whether a rule has a day; one that counts from an unknown birth date has none."""
    match rule:
        case Weekdays():
            return tuple(Weekday)[day.weekday()] in rule.days
        case MonthEnd():
            return _is_month_end(day)
        case DayOfMonth():
            return day.day == rule.day or (day.day < rule.day and _is_month_end(day))
        case Dates():
            return day in rule.dates
        case Recurrence():
            return recurring(rule.rule, rule.start, day)[1] == day
        case Workdays():
            return is_workday(day, rule.holidays)
        case Moved():
            return _is_moved_to(rule, day, born)
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
        case EveryYears():
            return (day.month, day.day) == (rule.on.month, rule.on.day) and (day.year - rule.year) % rule.every == 0
        case MonthsAfterBirthMonth():
            first = None if born is None else _moved(born.replace(day=1), rule.months, 0)
            is_there = first is not None and day.month == first.month and _is_month_end(day)
            born = first
        case _:  # a rule that this calendar does not know yet: its own word has to do
            return (rule if born is None else rule.for_birth(born)).has(day)
    return is_there and _is_in_years(rule.years, day.year, born)


def _is_moved_to(rule: Moved, day: dt.date, born: dt.date | None) -> bool:
    """Whether some day of a rule moves to a day: that day itself, or one of the closed days beside it."""
    if not is_workday(day, rule.holidays):
        return False
    step = -DAY if rule.to is Direction.FORWARD else DAY
    while not is_open(rule.days, day, born):
        if day in {ALWAYS, NEVER} or is_workday(day + step, rule.holidays):
            return False
        day += step
    return True


def _is_month_end(day: dt.date) -> bool:
    return day == NEVER or (day + DAY).day == 1


def _is_in_years(years: Years, year: int, born: dt.date | None) -> bool:
    against = born.year if years is Years.BIRTH and born is not None else {Years.ODD: 1, Years.EVEN: 0}.get(years, year)
    return (year - against) % 2 == 0
