"""Days counted with `relativedelta` and plain loops, and each set of days looked up class by class."""

from __future__ import annotations

import datetime as dt
from functools import cache

from dateutil.relativedelta import relativedelta

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

__all__ = ["ALWAYS", "NEVER", "ONE_DAY", "OutOfScopeError", "birthday", "is_open", "later", "told"]

ONE_DAY = dt.timedelta(days=1)
NEVER = dt.date.max
ALWAYS = dt.date.min


class OutOfScopeError(Exception):
    """A case that the planner refuses: a rule asks for a day that nobody told."""


@cache
def _add(day: dt.date, months: int, days: int) -> dt.date:
    if day in {NEVER, ALWAYS}:
        return day
    try:
        return day + relativedelta(months=months, days=days)
    except (OverflowError, ValueError):
        return NEVER if months > 0 or days > 0 else ALWAYS


def later(day: dt.date, span: Span, times: int = 1) -> dt.date:
    return _add(day, times * (12 * span.years + span.months), times * (7 * span.weeks + span.days))


def birthday(born: dt.date, year: int) -> dt.date:
    if (born.month, born.day) == (2, 29) and (dt.date(year, 3, 1) - ONE_DAY).day == 28:
        return dt.date(year, 3, 1)
    return dt.date(year, born.month, born.day)


def _fits_year(years: Years, year: int, born: dt.date | None) -> bool:
    if years is Years.EVERY:
        return True
    if years is Years.BIRTH:
        return (year - told(born, "born").year) % 2 == 0
    return (year % 2 == 1) == (years is Years.ODD)


def told(day: dt.date | None, what: str) -> dt.date:
    if day is None:
        raise OutOfScopeError(what)
    return day


def is_open(rule: DayRule, day: dt.date, born: dt.date | None) -> bool:  # noqa: PLR0911 (one answer a class)
    """Whether a day lies in a set of days, looked up class by class."""
    match rule:
        case Weekdays():
            return list(Weekday)[day.weekday()] in rule.days
        case MonthEnd():
            return (day + ONE_DAY).day == 1
        case DayOfYear():
            return (day.month, day.day) == (rule.on.month, rule.on.day) and _fits_year(rule.years, day.year, born)
        case Birthday():
            return day == birthday(told(born, "born"), day.year) and _fits_year(rule.years, day.year, born)
        case BirthMonthEnd():
            same = day.month == told(born, "born").month
            return same and (day + ONE_DAY).day == 1 and _fits_year(rule.years, day.year, born)
        case YearlyWindow():
            first, last, here = (
                (rule.from_.month, rule.from_.day),
                (rule.through.month, rule.through.day),
                (day.month, day.day),
            )
            return first <= here <= last if first <= last else here >= first or here <= last
        case Dates():
            return day in rule.dates
        case _:  # a rule that brute force does not know yet: its own word has to do
            return (rule if born is None else rule.for_birth(born)).has(day)
