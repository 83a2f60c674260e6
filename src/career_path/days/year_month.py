"""A month of a year, as statistics are dated: `2024-05`."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

import attrs

from career_path.days.numbers import check_date
from career_path.errors import InvalidValueError, quoted
from career_path.values import Value, frozen

__all__ = ["Month", "to_month_or_day"]

_WRITTEN: Final = re.compile(r"(?!0000)([0-9]{4})-(0[1-9]|1[0-2])")
_EXPECTED: Final = 'a month written YYYY-MM, such as "2024-05"'


def _number(value: object, name: str, most: int) -> int:
    if type(value) is int and 1 <= value <= most:
        return value
    raise InvalidValueError("not-a-month", name, quoted(value), f"a whole number from 1 to {most}")


def _year(value: int) -> int:
    return _number(value, "year", dt.date.max.year)


def _month(value: int) -> int:
    return _number(value, "month", 12)


@frozen
class Month(Value):
    """A month of a year.

    >>> str(Month(2024, 5)), Month.parse("2024-05") == Month(2024, 5)
    ('2024-05', True)

    Raises:
        InvalidValueError: code `not-a-month`.
    """

    year: int = attrs.field(converter=_year)
    month: int = attrs.field(converter=_month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month that a text `YYYY-MM` names.

        Raises:
            InvalidValueError: code `not-a-month`.
        """
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise InvalidValueError("not-a-month", "", quoted(text), _EXPECTED)
        return cls(int(match[1]), int(match[2]))

    @property
    def first_day(self) -> dt.date:
        """The first day of the month.

        >>> Month(2024, 5).first_day
        datetime.date(2024, 5, 1)
        """
        return dt.date(self.year, self.month, 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def to_month_or_day(value: Month | dt.date | str) -> Month | dt.date:
    """A month, also from its text, or a day.

    >>> to_month_or_day("2024-05"), to_month_or_day(dt.date(2024, 5, 1))
    (Month(year=2024, month=5), datetime.date(2024, 5, 1))

    Raises:
        InvalidValueError: codes `not-a-month`, `not-a-date`.
    """
    if isinstance(value, Month):
        return value
    return Month.parse(value) if isinstance(value, str) else check_date(value)
