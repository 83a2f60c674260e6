"""Recurrences: sets of days in the words of RFC 5545, such as the last Friday of January, June and October.

The days are worked out period by period, on day numbers, and each search ends with the calendar. `audit` and the tests
work them out with dateutil instead.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from math import gcd
from typing import Final

import attrs

from career_path.days.day_sets import DayRule
from career_path.days.numbers import ALWAYS, FIRST, LAST, NEVER, check_date, civil, month_length, month_start, weekday
from career_path.days.recurrence_text import RecurrenceParts, normal_text, recurrence_parts
from career_path.errors import InvalidValueError, quoted

__all__ = ["Recurrence"]

_REPEATS: Final = 400
"""After so many years the calendar is the same again, days of the week included."""
_YEARS_OF_ALL_KINDS: Final = 41
"""So many years in a row have every kind of year: each first day of the week, with and without a leap day."""
_FROM: Final = 2000


def _optional_day(value: dt.date | None) -> dt.date | None:
    return None if value is None else check_date(value, "start")


@attrs.frozen(slots=False, getstate_setstate=True, kw_only=True, eq=False, repr=False)
class Recurrence(DayRule):
    """The days of a recurrence in RFC 5545 text, counted from `start` where there is one; none lies before it.

    Without `start` the rule goes on both ways for ever. It then has to say by itself which days it means: `FREQ=YEARLY`
    alone, `INTERVAL` and `COUNT` need a day to count from. The start is a day of the set only if the rule has it.

    >>> sitting = Recurrence(rule="FREQ=YEARLY;BYMONTH=1,6,10;BYDAY=-1FR")
    >>> dt.date.fromordinal(sitting.on_or_after(dt.date(2027, 2, 1).toordinal()))
    datetime.date(2027, 6, 25)

    Raises:
        InvalidValueError: codes `not-a-recurrence`, `unsupported-recurrence`, `needs-a-start`, `never-happens`.
    """

    key = "rrule"
    sole = "rule"
    rule: str = attrs.field(
        converter=normal_text,
        metadata={
            "examples": (
                "FREQ=MONTHLY;BYDAY=-1FR",
                "FREQ=YEARLY;BYMONTH=1,6,10;BYDAY=-1FR",
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
                "FREQ=WEEKLY;BYDAY=TU,TH;BYMONTH=9,10",
                "FREQ=DAILY;BYMONTHDAY=13;BYDAY=FR",
                "FREQ=YEARLY;BYYEARDAY=-1,100",
            )
        },
    )
    start: dt.date | None = attrs.field(default=None, converter=_optional_day, metadata={"examples": (None,)})

    def __attrs_post_init__(self) -> None:
        parts = self.parts
        if self.start is None and (found := _asks_for_start(parts)):
            raise InvalidValueError("needs-a-start", "start", f"none, with {found}", "the day to count from")
        first = dt.date(_FROM, 1, 1) if self.start is None else self.start
        begins_late = self.start is None and parts.until is not None and parts.until < first.toordinal()
        if not begins_late and self.on_or_after(first.toordinal()) > LAST:
            raise InvalidValueError("never-happens", "rule", quoted(self.rule), "a rule that has a day")

    @cached_property
    def parts(self) -> RecurrenceParts:
        """What the text says, with the days that RFC 5545 takes from the start where the text names none."""
        parts = recurrence_parts(self.rule)
        parts = parts if self.start is None else _with_days_of(parts, self.start)
        # every day that fits is the same as the days of every month that fit, which are found a month at a time
        is_daily = parts.frequency == "DAILY" and parts.interval == 1
        return attrs.evolve(parts, frequency="MONTHLY") if is_daily else parts

    @cached_property
    def _through(self) -> int:
        """The last day that `UNTIL` or `COUNT` leaves."""
        if self.parts.count is None:
            return LAST if self.parts.until is None else self.parts.until
        day, left = self._begins - 1, self.parts.count
        while left and day <= LAST:
            day = self._next(day + 1)
            left -= 1
        return day

    @property
    def _begins(self) -> int:
        return FIRST if self.start is None else self.start.toordinal()

    def _after(self, day: int) -> int:
        found = self._next(max(day, self._begins))
        return found if found <= self._through else NEVER

    def _before(self, day: int) -> int:
        day = min(day, self._through)
        if day < self._begins:
            return ALWAYS
        for place in range(self._place(day), self._place(self._begins) - 1, -1):
            days = self._days_of(place)
            index = bisect_right(days, day)
            if index:
                return days[index - 1] if days[index - 1] >= self._begins else ALWAYS
        return ALWAYS

    def _next(self, day: int) -> int:
        """The first day that fits on or after a day, however often it has been."""
        if day > LAST:
            return NEVER
        for place in range(self._place(day), self._place(self._last_asked(day)) + 1):
            days = self._days_of(place)
            index = bisect_left(days, day)
            if index < len(days):
                return days[index]
        return NEVER

    def _last_asked(self, day: int) -> int:
        """No day fits after this one if none does up to it."""
        each = self.parts.interval
        years = each * _REPEATS // gcd(each, _REPEATS) + each if each > 1 else _YEARS_OF_ALL_KINDS
        return min(LAST, day + years * 366)

    # periods: each has a number, and the periods of a rule are those whole intervals apart

    def _place(self, day: int) -> int:
        """The number of the last period of the rule that begins on or before a day."""
        return (self._period(day) - self._period(self._begins)) // self.parts.interval

    def _period(self, day: int) -> int:
        match self.parts.frequency:
            case "YEARLY":
                return civil(day)[0]
            case "MONTHLY":
                year, month, _ = civil(day)
                return year * 12 + month - 1
            case "WEEKLY":
                return (day - self.parts.week_start - 1) // 7
            case _:
                return day

    def _days_of(self, place: int) -> list[int]:
        """The days that fit in a period of the rule, in order."""
        period = self._period(self._begins) + place * self.parts.interval
        match self.parts.frequency:
            case "YEARLY":
                days = self._of_months(period, self.parts.months or range(1, 13))
            case "MONTHLY":
                year, month = divmod(period, 12)
                fits = not self.parts.months or month + 1 in self.parts.months
                days = self._of_months(year, (month + 1,) if fits else ())
            case "WEEKLY":
                first = period * 7 + self.parts.week_start + 1
                days = [day for day in range(first, first + 7) if self._fits_alone(day)]
            case _:
                days = [period] if self._fits_alone(period) else []
        return self._chosen(days)

    def _chosen(self, days: list[int]) -> list[int]:
        positions = self.parts.positions
        if not positions:
            return days
        size = len(days)
        indexes = {at - 1 if at > 0 else size + at for at in positions}
        return [days[index] for index in sorted(indexes) if 0 <= index < size]

    def _of_months(self, year: int, months: Iterable[int]) -> list[int]:
        parts = self.parts
        days = (day for month in months for day in _days_in(year, month, parts.month_days))
        return [day for day in days if self._fits_year_day(day, year) and self._fits_weekday(day, year)]

    def _fits_year_day(self, day: int, year: int) -> bool:
        return not self.parts.year_days or _is_nth(
            day, month_start(year, 1), month_start(year + 1, 1), self.parts.year_days
        )

    def _fits_weekday(self, day: int, year: int) -> bool:
        """Whether BYDAY has a day, its ordinals counted in the month, or in the year where no month is named."""
        if not self.parts.days:
            return True
        of_week = weekday(day)
        named = [nth for name, nth in self.parts.days if name == of_week]
        if not named or 0 in named:
            return bool(named)
        if self.parts.frequency == "MONTHLY" or self.parts.months:
            _, month, _ = civil(day)
            first, end = month_start(year, month), month_start(year, month) + month_length(year, month)
        else:
            first, end = month_start(year, 1), month_start(year + 1, 1)
        return (day - first) // 7 + 1 in named or -((end - 1 - day) // 7) - 1 in named

    def _fits_alone(self, day: int) -> bool:
        """Whether a day fits by its month, its day of the month and its day of the week."""
        year, month, _ = civil(day)
        if self.parts.months and month not in self.parts.months:
            return False
        start = month_start(year, month)
        fits = not self.parts.month_days or _is_nth(
            day, start, start + month_length(year, month), self.parts.month_days
        )
        return fits and self._fits_weekday(day, year)


def _is_nth(day: int, first: int, end: int, numbers: tuple[int, ...]) -> bool:
    return day - first + 1 in numbers or day - end in numbers


def _days_in(year: int, month: int, month_days: tuple[int, ...]) -> Iterator[int]:
    first, length = month_start(year, month), month_length(year, month)
    if not month_days:
        yield from range(first, first + length)
        return
    told = {each if each > 0 else length + 1 + each for each in month_days}
    yield from (first + each - 1 for each in sorted(told) if 1 <= each <= length)


def _asks_for_start(parts: RecurrenceParts) -> str:
    """What in a rule counts from a start, or nothing."""
    if parts.interval > 1:
        return "INTERVAL"
    if parts.count is not None:
        return "COUNT"
    return "" if parts.frequency == "DAILY" or parts.names_days else f"FREQ={parts.frequency} alone"


def _with_days_of(parts: RecurrenceParts, start: dt.date) -> RecurrenceParts:
    if parts.names_days or parts.frequency == "DAILY":
        return parts
    if parts.frequency == "WEEKLY":
        return attrs.evolve(parts, days=((start.weekday(), 0),))
    months = parts.months or ((start.month,) if parts.frequency == "YEARLY" else ())
    return attrs.evolve(parts, months=months, month_days=(start.day,))
