"""Holiday calendars, the working days that they leave, and days that move off weekends and holidays.

A calendar is data: days listed one by one, or sets of days such as "the fourth Thursday of November". It knows the days
from `from_` through `through`, and a question about any other day is refused: a holiday that nobody told is not
the same as none. Working days are Monday to Friday less the holidays of one calendar.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property
from typing import Final

import attrs

from career_path.days.day_sets import DayRule
from career_path.days.numbers import FIRST, LAST, check_date, civil, month_start, weekday
from career_path.errors import DocumentError, Fault, InvalidValueError, nearest_name, quoted
from career_path.values import Value, frozen

__all__ = [
    "MOST_DAYS_OFF",
    "MOST_HOLIDAYS",
    "Direction",
    "HolidayCalendar",
    "Moved",
    "Observed",
    "Workdays",
    "to_calendar",
]

MOST_HOLIDAYS: Final = 2_000
"""How many days a calendar may list."""
MOST_DAYS_OFF: Final = 100
"""How many days of one year may be holidays."""
_ID: Final = re.compile(r"\A[a-z0-9][a-z0-9._-]{0,63}\Z")
_FRIDAY: Final = 4
_SATURDAY: Final = 5


class Observed(StrEnum):
    """Where a holiday on a weekend is kept: nowhere else, or on the nearest of Friday and Monday.

    >>> HolidayCalendar("one", dates=[dt.date(2027, 12, 25)], from_=dt.date(2027, 1, 1),
    ...     through=dt.date(2027, 12, 31), observed="nearest").is_day_off(dt.date(2027, 12, 24))
    True
    """

    AS_TOLD = "as-told"
    NEAREST = "nearest"


class Direction(StrEnum):
    """Which way a day moves that is no working day: to the next one, or to the one before.

    >>> [direction.value for direction in Direction]
    ['forward', 'backward']
    """

    FORWARD = "forward"
    BACKWARD = "backward"


def _id(value: str) -> str:
    return _check_id(value)


def _check_id(value: object) -> str:
    if isinstance(value, str) and _ID.match(value):
        return value
    raise InvalidValueError("not-an-id", "id", quoted(value), "1 to 64 of a-z, 0-9, '.', '_' and '-'")


def _dates(values: Iterable[dt.date]) -> tuple[dt.date, ...]:
    dates = tuple(sorted({check_date(value) for value in values}))
    if len(dates) > MOST_HOLIDAYS:
        raise InvalidValueError("too-large", "dates", f"{len(dates)} days", f"at most {MOST_HOLIDAYS}")
    return dates


def _rules(values: Iterable[DayRule]) -> tuple[DayRule, ...]:
    return tuple(map(_check_rule, values))


def _check_rule(value: object) -> DayRule:
    if isinstance(value, DayRule) and not value.needs_birth_date:
        return value
    found = f"'{value.key}'" if isinstance(value, DayRule) else quoted(value)
    raise InvalidValueError("not-a-day-rule", "days", found, "a day rule that needs no birth date")


def _choice(kind: type[StrEnum], value: object, where: str) -> str:
    words = tuple(member.value for member in kind)
    if value in words:
        return str(value)
    raise InvalidValueError("not-a-choice", where, quoted(value), " or ".join(words), nearest_name(value, words))


def _observed(value: Observed | str) -> Observed:
    return Observed(_choice(Observed, value, "observed"))


def _direction(value: Direction | str) -> Direction:
    return Direction(_choice(Direction, value, "to"))


def _optional_day(value: dt.date | None) -> dt.date | None:
    return None if value is None else check_date(value)


@frozen
class HolidayCalendar(Value):
    """Holidays under a name, and the days from `from_` through `through` that it knows, both included.

    Days that are listed have both ends; a calendar of day rules alone may leave them out and then knows every day.

    >>> calendar = HolidayCalendar("us-tx", dates=[dt.date(2027, 1, 1)], from_=dt.date(2027, 1, 1),
    ...     through=dt.date(2027, 12, 31))
    >>> calendar.is_day_off(dt.date(2027, 1, 1)), calendar.is_day_off(dt.date(2027, 1, 2))
    (True, False)

    Raises:
        InvalidValueError: codes `not-an-id`, `empty`, `missing`, `too-large`, `ends-before-it-begins`, `outside`.
    """

    id: str = attrs.field(converter=_id)
    dates: tuple[dt.date, ...] = attrs.field(default=(), converter=_dates, kw_only=True)
    days: tuple[DayRule, ...] = attrs.field(default=(), converter=_rules, kw_only=True)
    observed: Observed = attrs.field(default=Observed.AS_TOLD, converter=_observed, kw_only=True)
    from_: dt.date | None = attrs.field(default=None, converter=_optional_day, kw_only=True)
    through: dt.date | None = attrs.field(default=None, converter=_optional_day, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not self.dates and not self.days:
            raise InvalidValueError("empty", "dates", "no holiday", "dates, or days that are day rules")
        if self.from_ and self.through and self.through < self.from_:
            raise InvalidValueError("ends-before-it-begins", "through", str(self.through), f"{self.from_} or later")
        for day in self.dates:
            self._check_told(day)
        for year in {civil(day)[0] for day in (self._first, self._last)}.union(day.year for day in self.dates):
            self._days_off_in(year)

    def _check_told(self, day: dt.date) -> None:
        if self.from_ is None or self.through is None:
            where = "from" if self.from_ is None else "through"
            raise InvalidValueError("missing", where, "nothing", "the first and the last day that the list knows")
        if not self.from_ <= day <= self.through:
            raise InvalidValueError("outside", "dates", str(day), f"a day from {self.from_} through {self.through}")

    @property
    def _first(self) -> int:
        return FIRST if self.from_ is None else self.from_.toordinal()

    @property
    def _last(self) -> int:
        return LAST if self.through is None else self.through.toordinal()

    def is_day_off(self, day: dt.date) -> bool:
        """Whether a day from Monday to Friday is a holiday, or one is kept on it; weekends are not asked for."""
        number = check_date(day).toordinal()
        return self.days_off(number, number) > 0

    def check_known(self, first: int, last: int) -> None:
        """Nothing, if the calendar knows all days from the first through the last; `ALWAYS` and `NEVER` are none.

        Raises:
            DocumentError: code `unknown-holidays`, with the first day that it does not know.
        """
        first, last = max(first, FIRST), min(last, LAST)
        if first > last or (self._first <= first and last <= self._last):
            return
        day = dt.date.fromordinal(first if not self._first <= first <= self._last else self._last + 1)
        known = f"a day from {dt.date.fromordinal(self._first)} through {dt.date.fromordinal(self._last)}"
        told = f"{known}, which this calendar knows; more days in it, with a later or an earlier end"
        raise DocumentError((Fault("unknown-holidays", f"holidays.{self.id}", str(day), told),), "pathway")

    def days_off(self, first: int, last: int) -> int:
        """How many days from Monday to Friday are holidays, from the first through the last."""
        first, last = max(first, FIRST), min(last, LAST)
        if first > last:
            return 0
        count = 0
        for year in range(civil(first)[0], civil(last)[0] + 1):
            off = self._days_off_in(year)
            count += bisect_right(off, last) - bisect_left(off, first)
        return count

    @cached_property
    def _years(self) -> dict[int, tuple[int, ...]]:
        """The days off of the years that were asked for."""
        return {}

    @cached_property
    def _numbers(self) -> tuple[int, ...]:
        return tuple(day.toordinal() for day in self.dates)

    def _days_off_in(self, year: int) -> tuple[int, ...]:
        known = self._years.get(year)
        if known is None:
            first, end = month_start(year, 1), month_start(year + 1, 1)
            kept = {day for told in self._told(first - 1, end) if (day := self._kept_on(told)) is not None}
            known = tuple(sorted(day for day in kept if first <= day < end))
            if len(known) > MOST_DAYS_OFF:
                found = f"{len(known)} days off in {year}"
                raise InvalidValueError("too-large", "", found, f"at most {MOST_DAYS_OFF} from Monday to Friday a year")
            self._years[year] = known
        return known

    def _told(self, first: int, last: int) -> Iterator[int]:
        """The holidays from a day through another, before any of them moves."""
        first, last = max(first, FIRST), min(last, LAST)
        yield from self._numbers[bisect_left(self._numbers, first) : bisect_right(self._numbers, last)]
        for rule in self.days:
            day = rule.on_or_after(first)
            while day <= last:
                yield day
                day = rule.on_or_after(day + 1)

    def _kept_on(self, day: int) -> int | None:
        of_week = weekday(day)
        if of_week <= _FRIDAY:
            return day
        if self.observed is Observed.AS_TOLD:
            return None
        return day - 1 if of_week == _SATURDAY else day + 1


def _check_calendar(value: object) -> HolidayCalendar | None:
    if value is None or isinstance(value, HolidayCalendar):
        return value
    raise InvalidValueError("not-a-calendar", "holidays", quoted(value), "a HolidayCalendar, or in a document its name")


def to_calendar(value: HolidayCalendar | None) -> HolidayCalendar | None:
    """A holiday calendar or None, as it is.

    >>> to_calendar(None) is None
    True

    Raises:
        InvalidValueError: code `not-a-calendar`.
    """
    return _check_calendar(value)


@frozen(kw_only=True)
class Workdays(DayRule):
    """Monday to Friday, less the holidays of a calendar where one is named.

    >>> Workdays().has(dt.date(2026, 12, 25)), Workdays().has(dt.date(2026, 12, 26))
    (True, False)
    """

    key = "workdays"
    sole = "holidays"
    holidays: HolidayCalendar | None = attrs.field(default=None, converter=to_calendar)

    def _after(self, day: int) -> int:
        found = day
        while self._is_closed(found):
            found += 1
        self._check_known(day, found)
        return found

    def _before(self, day: int) -> int:
        found = day
        while self._is_closed(found):
            found -= 1
        self._check_known(found, day)
        return found

    def _is_closed(self, day: int) -> bool:
        return weekday(day) > _FRIDAY or (self.holidays is not None and self.holidays.days_off(day, day) > 0)

    def _check_known(self, first: int, last: int) -> None:
        if self.holidays is not None:
            self.holidays.check_known(first, last)


@frozen(kw_only=True)
class Moved(DayRule):
    """The days of another rule, each moved off weekends and holidays: to the next working day, or to the one before.

    >>> from career_path.days.day_rules import DayOfMonth
    >>> due = Moved(days=DayOfMonth(day=15), to="forward")
    >>> due.has(dt.date(2027, 8, 16)), due.has(dt.date(2027, 8, 15))  # 15 August 2027 is a Sunday
    (True, False)
    """

    key = "moved"
    days: DayRule
    to: Direction = attrs.field(converter=_direction)
    holidays: HolidayCalendar | None = attrs.field(default=None, converter=to_calendar)

    @property
    def needs_birth_date(self) -> bool:
        """Whether the days that move depend on when the learner was born."""
        return self.days.needs_birth_date

    def for_birth(self, born: dt.date) -> DayRule:
        """The same for a learner born on that day."""
        return attrs.evolve(self, days=self.days.for_birth(born))

    @property
    def _workdays(self) -> Workdays:
        return Workdays(holidays=self.holidays)

    def _move(self, day: int) -> int:
        return self._workdays.on_or_after(day) if self.to is Direction.FORWARD else self._workdays.on_or_before(day)

    def _after(self, day: int) -> int:
        """The first day that moves to this one or a later one, moved."""
        if self.to is Direction.FORWARD:
            first = self._workdays.on_or_before(day - 1) + 1
        else:
            first = self._workdays.on_or_after(day)
        return self._move(self.days.on_or_after(max(first, FIRST)))

    def _before(self, day: int) -> int:
        """The last day that moves to this one or an earlier one, moved."""
        if self.to is Direction.FORWARD:
            last = self._workdays.on_or_before(day)
        else:
            last = self._workdays.on_or_after(day + 1) - 1
        return self._move(self.days.on_or_before(min(last, LAST)))
