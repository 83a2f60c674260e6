"""What every day rule is: a set of days, seen through its nearest days on either side.

The rules themselves are in `day_rules`, `recurrence` and `holidays`; `day_rules.DAY_RULES` lists them all.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from typing import ClassVar

from career_path.days.numbers import FIRST, LAST, check_date, on_the_line
from career_path.values import Value, frozen

__all__ = ["DayRule"]


@frozen(kw_only=True)
class DayRule(Value, ABC):
    """A set of days. `on_or_after` gives `NEVER` where none is left, `on_or_before` gives `ALWAYS`.

    >>> from career_path.days.day_rules import Weekdays
    >>> mondays = Weekdays(days=["mon"])
    >>> dt.date.fromordinal(mondays.on_or_after(dt.date(2027, 1, 5).toordinal()))
    datetime.date(2027, 1, 11)
    """

    key: ClassVar[str]
    """The name of this rule in documents."""
    sole: ClassVar[str] = ""
    """The field that a document may write alone, without a table around it."""

    def on_or_after(self, day: int) -> int:
        """The first day of the set on or after a day, as a day number."""
        return day if day < FIRST or day > LAST else on_the_line(self._after(day))

    def on_or_before(self, day: int) -> int:
        """The last day of the set on or before a day, as a day number."""
        return day if day < FIRST or day > LAST else on_the_line(self._before(day))

    def has(self, day: dt.date) -> bool:
        """Whether a date lies in the set.

        >>> from career_path.days.day_rules import MonthEnd
        >>> MonthEnd().has(dt.date(2028, 2, 29))
        True
        """
        number = check_date(day).toordinal()
        return self.on_or_after(number) == number

    @property
    def needs_birth_date(self) -> bool:
        """Whether these days depend on when the learner was born."""
        return False

    def for_birth(self, born: dt.date) -> DayRule:  # noqa: ARG002 (for the rules that need it)
        """The same rule for a learner born on that day."""
        return self

    @abstractmethod
    def _after(self, day: int) -> int:
        """As `on_or_after`, for real dates only; may run past the range of `date`."""

    @abstractmethod
    def _before(self, day: int) -> int:
        """As `on_or_before`, for real dates only; may run below the range of `date`."""
