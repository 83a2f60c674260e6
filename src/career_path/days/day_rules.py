"""Day rules: sets of days, seen through the first one on or after a day and the last one on or before it.

Openings and the last days of papers are made of the same rules. A day of the set is its own nearest, both ways.
A new rule is one class here: a `key` (its name in documents), its fields, and `_after` and `_before` on
dates alone. `DAY_RULES` hands it to documents, the JSON Schema, the Hypothesis strategies and the laws.
"""

from __future__ import annotations

import datetime as dt
import re
from abc import abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, assert_never

import attrs

from career_path.days.day_sets import DayRule
from career_path.days.holidays import Moved, Workdays
from career_path.days.numbers import (
    ALWAYS,
    NEVER,
    check_date,
    civil,
    month_length,
    month_start,
    weekday,
)
from career_path.days.recurrence import Recurrence
from career_path.errors import InvalidValueError, nearest_name, quoted
from career_path.values import Value, frozen

__all__ = [
    "DAY_RULES",
    "BirthMonthEnd",
    "Birthday",
    "Dates",
    "DayOfMonth",
    "DayOfYear",
    "DayRule",
    "EveryDay",
    "EveryYears",
    "MonthDay",
    "MonthEnd",
    "MonthsAfterBirthMonth",
    "Moved",
    "Recurrence",
    "Weekday",
    "Weekdays",
    "Workdays",
    "YearlyWindow",
    "Years",
    "is_yearly",
]

_LONGEST_GAP: Final = 9
"""No yearly rule stays away for longer, in years: 29 February misses 1897 to 1903, odd years need one more."""
_LONGEST_MONTH: Final = 31
_MOST_MONTHS: Final = 11
_MOST_YEARS: Final = 100


class Weekday(StrEnum):
    """A day of the week, by its first three letters.

    >>> Weekdays(days=["Friday", "MO"]).days
    (<Weekday.MON: 'mon'>, <Weekday.FRI: 'fri'>)
    """

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class Years(StrEnum):
    """Which years a yearly rule holds in; `BIRTH` are those as odd or even as the year of birth.

    >>> DayOfYear(on="07-31", years=Years.ODD).has(dt.date(2028, 7, 31))
    False
    """

    EVERY = "every"
    ODD = "odd"
    EVEN = "even"
    BIRTH = "birth"


def to_weekday(value: object) -> Weekday:
    """A weekday from its name: `mon`, `Monday` or the `MO` of RFC 5545."""
    lowered = value.lower() if isinstance(value, str) else ""
    for day in Weekday:
        if lowered in {day.value, day.value[:2]} or lowered == WEEKDAY_NAMES[day]:
            return day
    near = nearest_name(lowered, tuple(Weekday))
    raise InvalidValueError("not-a-weekday", "", quoted(value), "one of mon, tue, wed, thu, fri, sat, sun", near)


WEEKDAY_NAMES: Final = {
    Weekday.MON: "monday",
    Weekday.TUE: "tuesday",
    Weekday.WED: "wednesday",
    Weekday.THU: "thursday",
    Weekday.FRI: "friday",
    Weekday.SAT: "saturday",
    Weekday.SUN: "sunday",
}
"""The full names of the days, in small letters."""


@frozen
class MonthDay(Value):
    """A day of any year, written `MM-DD`.

    >>> MonthDay.parse("09-16")
    MonthDay(month=9, day=16)
    """

    month: int
    day: int

    def __attrs_post_init__(self) -> None:
        fits = type(self.month) is int and type(self.day) is int and 1 <= self.month <= 12  # noqa: PLR2004 (the calendar)
        if not fits or not 1 <= self.day <= month_length(2000, self.month):
            raise InvalidValueError(
                "not-a-day-of-the-year", "", quoted(f"{self.month}-{self.day}"), "a day such as 08-01"
            )

    @classmethod
    def parse(cls, text: object) -> MonthDay:
        """The day that `MM-DD` names; 02-29 is one.

        Raises:
            InvalidValueError: code `not-a-day-of-the-year`.
        """
        if isinstance(text, str) and re.fullmatch(r"[0-9]{2}-[0-9]{2}", text):
            return cls(int(text[:2]), int(text[3:]))
        raise InvalidValueError("not-a-day-of-the-year", "", quoted(text), "a day written MM-DD, such as 08-01")

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"


def to_month_day(value: MonthDay | str) -> MonthDay:
    """A day of the year, from itself or from `MM-DD`."""
    return value if isinstance(value, MonthDay) else MonthDay.parse(value)


def _to_weekdays(values: Iterable[Weekday | str]) -> tuple[Weekday, ...]:
    if isinstance(values, str):
        raise InvalidValueError("not-a-list", "", quoted(values), 'a list of weekdays, such as ["mon", "fri"]')
    chosen = {to_weekday(value) for value in values}
    return tuple(day for day in Weekday if day in chosen)


@frozen(kw_only=True)
class Weekdays(DayRule):
    """Every week on the same days.

    >>> Weekdays(days=["mon", "fri"]).has(dt.date(2026, 11, 23))
    True
    """

    key = "weekdays"
    sole = "days"
    days: tuple[Weekday, ...] = attrs.field(converter=_to_weekdays)

    def __attrs_post_init__(self) -> None:
        if not self.days:
            raise InvalidValueError("empty", "days", "no weekday", "at least one weekday")

    def _numbers(self) -> list[int]:
        return [list(Weekday).index(day) for day in self.days]

    def _after(self, day: int) -> int:
        today = weekday(day)
        return day + min((number - today) % 7 for number in self._numbers())

    def _before(self, day: int) -> int:
        today = weekday(day)
        return day - min((today - number) % 7 for number in self._numbers())


@frozen(kw_only=True)
class EveryDay(DayRule):
    """All days, for saying that there is no closed one.

    >>> EveryDay().has(dt.date(2027, 1, 1))
    True
    """

    key = "every_day"

    def _after(self, day: int) -> int:
        return day

    def _before(self, day: int) -> int:
        return day


@frozen(kw_only=True)
class MonthEnd(DayRule):
    """The last day of every month.

    >>> dt.date.fromordinal(MonthEnd().on_or_after(dt.date(2027, 2, 10).toordinal()))
    datetime.date(2027, 2, 28)
    """

    key = "month_end"

    def _after(self, day: int) -> int:
        year, month, _ = civil(day)
        return month_start(year, month) + month_length(year, month) - 1

    def _before(self, day: int) -> int:
        end = self._after(day)
        year, month, _ = civil(day)
        return day if day == end else month_start(year, month) - 1


def _check_whole(value: object, where: str, least: int, most: int) -> int:
    if type(value) is int and least <= value <= most:
        return value
    raise InvalidValueError("not-a-count", where, quoted(value), f"a whole number from {least} to {most}")


def _day_of_month(value: int) -> int:
    return _check_whole(value, "day", 1, _LONGEST_MONTH)


@frozen(kw_only=True)
class DayOfMonth(DayRule):
    """The same day of every month; in a month without it, the last one.

    >>> DayOfMonth(day=30).has(dt.date(2027, 2, 28))
    True
    """

    key = "day_of_month"
    sole = "day"
    day: int = attrs.field(converter=_day_of_month, metadata={"examples": (1, 2, 15, 28, 29, 30, 31)})

    def _day_in(self, year: int, month: int) -> int:
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        return month_start(year, month) + min(self.day, month_length(year, month)) - 1

    def _after(self, day: int) -> int:
        year, month, _ = civil(day)
        hit = self._day_in(year, month)
        return hit if hit >= day else self._day_in(year, month + 1)

    def _before(self, day: int) -> int:
        year, month, _ = civil(day)
        hit = self._day_in(year, month)
        return hit if hit <= day else self._day_in(year, month - 1)


def _to_years(value: Years | str) -> Years:
    if value in Years._value2member_map_:
        return Years(value)
    words = tuple(Years)
    raise InvalidValueError("not-a-choice", "years", quoted(value), " or ".join(words), nearest_name(value, words))


def _holds_in(years: Years, year: int, birth_year: int | None) -> bool:
    match years:
        case Years.EVERY:
            return True
        case Years.ODD:
            return year % 2 == 1
        case Years.EVEN:
            return year % 2 == 0
        case Years.BIRTH:
            return birth_year is not None and (year - birth_year) % 2 == 0
        case _:  # pragma: no cover
            assert_never(years)


@frozen(kw_only=True)
class _OnceAYear(DayRule):
    """At most one day in each year, at the same place in it."""

    years: Years = attrs.field(default=Years.EVERY, converter=_to_years)
    born: dt.date | None = attrs.field(default=None, kw_only=True, metadata={"bound": True})

    @abstractmethod
    def _day_in(self, year: int) -> int:
        """The day of that year."""

    @property
    def needs_birth_date(self) -> bool:
        return self.born is None and self.years is Years.BIRTH

    def for_birth(self, born: dt.date) -> DayRule:
        return attrs.evolve(self, born=born)

    def _birth_year(self) -> int | None:
        """The year whose parity counts where the years are those of the birth."""
        return None if self.born is None else self.born.year

    def _hits(self, years: Iterable[int]) -> Iterable[int]:
        birth_year = self._birth_year()
        return (self._day_in(year) for year in years if _holds_in(self.years, year, birth_year))

    def _after(self, day: int) -> int:
        year = civil(day)[0]
        return next((hit for hit in self._hits(range(year, year + _LONGEST_GAP)) if hit >= day), NEVER)

    def _before(self, day: int) -> int:
        year = civil(day)[0]
        return next((hit for hit in self._hits(range(year, year - _LONGEST_GAP, -1)) if hit <= day), ALWAYS)


def _check_every_year_has(on: MonthDay) -> None:
    if on == MonthDay(2, 29):
        raise InvalidValueError("not-every-year", "on", "02-29", "a day that every year has")


@frozen(kw_only=True)
class DayOfYear(_OnceAYear):
    """One day of the year, in every year or in odd or even ones; 29 February is refused, use `MonthEnd`.

    >>> DayOfYear(on="07-31", years="odd").has(dt.date(2027, 7, 31))
    True
    """

    key = "day_of_year"
    sole = "on"
    on: MonthDay = attrs.field(converter=to_month_day)

    def __attrs_post_init__(self) -> None:
        _check_every_year_has(self.on)

    def _day_in(self, year: int) -> int:
        return month_start(year, self.on.month) + self.on.day - 1


def _birth(rule: _OnceAYear) -> dt.date:
    if rule.born is None:
        raise InvalidValueError("unknown-birth-date", "", f"no birth date for '{rule.key}'", "a learner with 'born'")
    return rule.born


@frozen(kw_only=True)
class Birthday(_OnceAYear):
    """The learner's birthday; one born on 29 February has it on 1 March in a common year.

    >>> Birthday().for_birth(dt.date(2004, 2, 29)).has(dt.date(2027, 3, 1))
    True
    """

    key = "birthday"

    @property
    def needs_birth_date(self) -> bool:
        """Whether the birthday is not known yet."""
        return self.born is None

    def _day_in(self, year: int) -> int:
        born = _birth(self)
        return month_start(year, born.month) + born.day - 1


@frozen(kw_only=True)
class BirthMonthEnd(_OnceAYear):
    """The last day of the month in which the learner was born.

    >>> renewal_day = BirthMonthEnd(years="birth").for_birth(dt.date(2001, 6, 3))
    >>> renewal_day.has(dt.date(2027, 6, 30)), renewal_day.has(dt.date(2028, 6, 30))
    (True, False)
    """

    key = "birth_month_end"

    @property
    def needs_birth_date(self) -> bool:
        """Whether the birthday is not known yet."""
        return self.born is None

    def _day_in(self, year: int) -> int:
        month = _birth(self).month
        return month_start(year, month) + month_length(year, month) - 1


def _months(value: int) -> int:
    return _check_whole(value, "months", -_MOST_MONTHS, _MOST_MONTHS)


@frozen(kw_only=True)
class MonthsAfterBirthMonth(_OnceAYear):
    """The last day of the month so many months after the month of birth; -1 is the month before it.

    `years` are those in which that last day lies, and `birth` those as odd or even as the year in which it first came:
    for one born in December 2001, the January after it is one of 2002.

    >>> after = MonthsAfterBirthMonth(months=1).for_birth(dt.date(2001, 12, 3))
    >>> after.has(dt.date(2027, 1, 31)), after.has(dt.date(2027, 12, 31))
    (True, False)
    """

    key = "months_after_birth_month"
    sole = "months"
    months: int = attrs.field(converter=_months, metadata={"examples": (-11, -1, 0, 1, 3, 11)})

    @property
    def needs_birth_date(self) -> bool:
        """Whether the birthday is not known yet."""
        return self.born is None

    def _day_in(self, year: int) -> int:
        month = (_birth(self).month - 1 + self.months) % 12 + 1
        return month_start(year, month) + month_length(year, month) - 1

    def _birth_year(self) -> int | None:
        return None if self.born is None else self.born.year + (self.born.month - 1 + self.months) // 12


def _every(value: int) -> int:
    return _check_whole(value, "every", 2, _MOST_YEARS)


def _year(value: int) -> int:
    return _check_whole(value, "year", dt.date.min.year, dt.date.max.year)


@frozen(kw_only=True)
class EveryYears(DayRule):
    """One day of the year in every third year or the like; `year` is one of them, and they go on both ways from it.

    >>> EveryYears(on="02-01", every=3, year=2026).has(dt.date(2032, 2, 1))
    True
    """

    key = "every_years"
    on: MonthDay = attrs.field(converter=to_month_day)
    # The examples are such that 400 years later, when the calendar repeats, it is one of these years again.
    every: int = attrs.field(converter=_every, metadata={"examples": (2, 4, 5, 10)})
    year: int = attrs.field(converter=_year, metadata={"examples": (2024, 2025, 2026)})

    def __attrs_post_init__(self) -> None:
        _check_every_year_has(self.on)

    def _day_in(self, year: int) -> int:
        return month_start(year, self.on.month) + self.on.day - 1

    def _after(self, day: int) -> int:
        year = civil(day)[0]
        year += (self.year - year) % self.every
        hit = self._day_in(year)
        return hit if hit >= day else self._day_in(year + self.every)

    def _before(self, day: int) -> int:
        year = civil(day)[0]
        year -= (year - self.year) % self.every
        hit = self._day_in(year)
        return hit if hit <= day else self._day_in(year - self.every)


@frozen(kw_only=True)
class YearlyWindow(DayRule):
    """A stretch of every year, both ends included, also across the new year.

    From 29 February begins on 1 March in a common year; through 29 February ends on the 28th.

    >>> YearlyWindow(from_="12-15", through="01-15").has(dt.date(2027, 1, 15))
    True
    """

    key = "yearly"
    from_: MonthDay = attrs.field(converter=to_month_day)
    through: MonthDay = attrs.field(converter=to_month_day)

    def _window(self, year: int) -> tuple[int, int]:
        """First and last day of the window that begins in a year."""
        crosses = self.through.month, self.through.day
        ends_in = year + ((self.from_.month, self.from_.day) > crosses)
        last = min(self.through.day, month_length(ends_in, self.through.month))
        return (
            month_start(year, self.from_.month) + self.from_.day - 1,
            month_start(ends_in, self.through.month) + last - 1,
        )

    def _after(self, day: int) -> int:
        year = civil(day)[0]
        windows = map(self._window, range(year - 1, year + _LONGEST_GAP))
        return next(max(day, first) for first, last in windows if max(day, first) <= last)

    def _before(self, day: int) -> int:
        year = civil(day)[0]
        windows = map(self._window, range(year, year - _LONGEST_GAP, -1))
        return next(min(day, last) for first, last in windows if first <= min(day, last))


def _to_dates(values: Iterable[dt.date]) -> tuple[dt.date, ...]:
    return tuple(sorted({check_date(value) for value in values}))


@frozen(kw_only=True)
class Dates(DayRule):
    """An explicit list of days.

    >>> Dates(dates=[dt.date(2027, 9, 1), dt.date(2027, 1, 15)]).dates[0]
    datetime.date(2027, 1, 15)
    """

    key = "dates"
    sole = "dates"
    dates: tuple[dt.date, ...] = attrs.field(converter=_to_dates)

    def __attrs_post_init__(self) -> None:
        if not self.dates:
            raise InvalidValueError("empty", "dates", "no date", "at least one date")

    def _after(self, day: int) -> int:
        numbers = [date.toordinal() for date in self.dates]
        index = bisect_left(numbers, day)
        return numbers[index] if index < len(numbers) else NEVER

    def _before(self, day: int) -> int:
        numbers = [date.toordinal() for date in self.dates]
        index = bisect_right(numbers, day)
        return numbers[index - 1] if index else ALWAYS


def is_yearly(days: object) -> bool:
    """Whether something is a rule of at most one day in a year, always at the same place in it.

    A period from such a day to such a day needs no older anchor to stay where it is.

    >>> is_yearly(DayOfYear(on="06-30")), is_yearly(MonthEnd())
    (True, False)
    """
    return isinstance(days, (_OnceAYear, EveryYears))


DAY_RULES: Final[tuple[type[DayRule], ...]] = (
    EveryDay,
    Weekdays,
    MonthEnd,
    DayOfMonth,
    DayOfYear,
    EveryYears,
    Birthday,
    BirthMonthEnd,
    MonthsAfterBirthMonth,
    YearlyWindow,
    Dates,
    Recurrence,
    Workdays,
    Moved,
)
"""Every rule that a document can name."""
