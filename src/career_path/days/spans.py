"""Calendar lengths, in the grammar of ISO 8601: `P1Y2M10D`, `P60M`, `P90D`, `P2W`.

A span keeps years and months apart from days, because leap years give five years no fixed number of days. `P5Y`
and `P60M` are equal, and each is written as its author wrote it. ISO 8601 allows gaps (`P1Y2D`), and so does this
grammar; RFC 3339 appendix A does not. Signs inside, fractions, lower case, hours and an empty `P` are refused. One
minus before the whole (`-P30D`) is this library's own, for lags.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

import attrs

from career_path.days.numbers import add_months, check_date, to_date
from career_path.errors import InvalidValueError, quoted

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

__all__ = ["MOST_DAYS", "MOST_MONTHS", "ZERO", "Span", "to_optional_span", "to_span"]

MOST_MONTHS: Final = 1_200
"""The longest span, in months: a hundred years."""
MOST_DAYS: Final = 36_525
"""The longest span, in days: a hundred years."""

_GRAMMAR: Final = re.compile(
    r"\A(?P<sign>-?)P(?=[0-9])"
    r"(?:(?P<weeks>[0-9]{1,6})W|(?:(?P<years>[0-9]{1,6})Y)?(?:(?P<months>[0-9]{1,6})M)?(?:(?P<days>[0-9]{1,6})D)?)\Z"
)
_EXPECTED: Final = "a calendar length such as P90D, P2W, P60M or P1Y6M"


def _to_count(value: int) -> int:
    if type(value) is not int:
        raise InvalidValueError("not-a-count", "", quoted(value), "a whole number")
    return value


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Span:
    """A calendar length of months and days, added in that order; a month too short for the day gives its last.

    All parts have one sign. Two spans are equal if they have as many months and as many days.

    >>> Span(years=5) == Span.parse("P60M")
    True
    >>> Span.parse("P1M").after(dt.date(2027, 1, 31))
    datetime.date(2027, 2, 28)

    Raises:
        InvalidValueError: a part is not a whole number, signs are mixed, or the span is longer than a century.
    """

    years: int = attrs.field(default=0, converter=_to_count)
    months: int = attrs.field(default=0, converter=_to_count)
    weeks: int = attrs.field(default=0, converter=_to_count)
    days: int = attrs.field(default=0, converter=_to_count)
    written: str = attrs.field(default="", init=False)
    """As its author wrote it; empty where it was made from numbers."""

    def __attrs_post_init__(self) -> None:
        parts = (self.years, self.months, self.weeks, self.days)
        if min(parts) < 0 < max(parts):
            raise InvalidValueError("mixed-signs", "", repr(parts), "years, months, weeks and days of one sign")
        if abs(self.total_months) > MOST_MONTHS or abs(self.total_days) > MOST_DAYS:
            raise InvalidValueError("too-long", "", quoted(str(self)), "a span of at most a hundred years")

    @classmethod
    def parse(cls, text: object) -> Span:
        """The span that an ISO 8601 text names.

        >>> Span.parse("-P30D").total_days
        -30

        Raises:
            InvalidValueError: codes `not-a-span`, `too-long`.
        """
        match = _GRAMMAR.match(text) if isinstance(text, str) else None
        if match is None or not isinstance(text, str):
            raise InvalidValueError("not-a-span", "", quoted(text), _EXPECTED)
        sign = -1 if match["sign"] else 1
        parts = {name: sign * int(match[name] or 0) for name in ("years", "months", "weeks", "days")}
        span = cls(**parts)
        object.__setattr__(span, "written", text)  # not a field of __init__: it would outlive a change of the parts
        return span

    @property
    def total_months(self) -> int:
        """Years and months, in months."""
        return 12 * self.years + self.months

    @property
    def total_days(self) -> int:
        """Weeks and days, in days."""
        return 7 * self.weeks + self.days

    @property
    def is_negative(self) -> bool:
        """Whether this span leads back in time."""
        return self.total_months < 0 or self.total_days < 0

    @property
    def is_zero(self) -> bool:
        """Whether this span leads nowhere."""
        return self.total_months == 0 and self.total_days == 0

    def after(self, day: dt.date) -> dt.date | None:
        """The day this long after `day`; None where no calendar reaches it."""
        moved = add_months(check_date(day).toordinal(), self.total_months) + self.total_days
        return to_date(moved)

    def before(self, day: dt.date) -> dt.date | None:
        """The day this long before `day`, clamped the same way; not the inverse of `after`.

        >>> Span.parse("P1M").before(dt.date(2027, 3, 31))
        datetime.date(2027, 2, 28)
        """
        return to_date(add_months(check_date(day).toordinal(), -self.total_months) - self.total_days)

    def to_relativedelta(self) -> relativedelta:
        """The same length for python-dateutil.

        >>> Span.parse("P1Y10D").to_relativedelta()
        relativedelta(years=+1, days=+10)
        """
        from career_path._dateutil import relativedelta  # noqa: PLC0415 (importing dateutil costs more than attrs)

        return relativedelta(years=self.years, months=self.months, weeks=self.weeks, days=self.days)

    def __neg__(self) -> Span:
        return Span(years=-self.years, months=-self.months, weeks=-self.weeks, days=-self.days)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Span):
            return NotImplemented
        return (self.total_months, self.total_days) == (other.total_months, other.total_days)

    def __hash__(self) -> int:
        return hash((self.total_months, self.total_days))

    def __str__(self) -> str:
        if self.written:
            return self.written
        sign = "-" if self.is_negative else ""
        if self.weeks and not (self.years or self.months or self.days):
            return f"{sign}P{abs(self.weeks)}W"
        days = self.total_days
        parts = ((self.years, "Y"), (self.months, "M"), (days, "D"))
        return f"{sign}P{''.join(f'{abs(n)}{unit}' for n, unit in parts if n)}" if any(n for n, _ in parts) else "P0D"

    def __repr__(self) -> str:
        return f"Span.parse({str(self)!r})"


ZERO: Final = Span()
"""No time at all."""


def to_span(value: Span | str) -> Span:
    """A span, from itself or from its ISO 8601 text.

    >>> to_span("P90D").days
    90
    """
    return value if isinstance(value, Span) else Span.parse(value)


def to_optional_span(value: Span | str | None) -> Span | None:
    """A span as `to_span` gives it, or None from None."""
    return None if value is None else to_span(value)
