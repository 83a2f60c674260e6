"""Days, money and spans as people read them, and text that is safe on one line of a terminal."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from career_path.days.spans import Span
from career_path.days.year_month import Month
from career_path.errors import InvalidValueError

__all__ = [
    "NO_END",
    "day_text",
    "days_text",
    "joined",
    "money_text",
    "month_text",
    "one_line",
    "quoted_name",
    "short_day_text",
    "span_text",
]

NO_END: Final = "no end date in this pathway"
"""What is known of a credential without `valid`: a pathway that tells no end does not promise that there is none."""
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_JOINERS: Final = frozenset("\u200c\u200d")
"""Needed to write Persian, Hindi and many emoji, and unable to reorder anything."""


def day_text(day: dt.date) -> str:
    """A date that cannot be misread, the same in every locale.

    >>> day_text(dt.date(2027, 7, 26))
    '26 Jul 2027'
    """
    return f"{short_day_text(day)} {day.year}"


def short_day_text(day: dt.date) -> str:
    """A day without its year.

    >>> short_day_text(dt.date(2027, 8, 1))
    '1 Aug'
    """
    return f"{day.day} {_MONTHS[day.month - 1]}"


def month_text(month: Month) -> str:
    """A month of a year.

    >>> month_text(Month(2024, 5))
    'May 2024'
    """
    return f"{_MONTHS[month.month - 1]} {month.year}"


def days_text(count: int) -> str:
    """A number of days, without its sign.

    >>> days_text(-1)
    '1 day'
    """
    return _counted(abs(count), "day")


def span_text(written: str) -> str:
    """A span in words and without its sign; what is no span stays as it is.

    >>> span_text("P1Y6M")
    '1 year and 6 months'
    >>> span_text("-P30D")
    '30 days'
    """
    try:
        span = Span.parse(written)
    except InvalidValueError:
        return written
    parts = ((span.years, "year"), (span.months, "month"), (span.weeks, "week"), (span.days, "day"))
    return joined([_counted(abs(count), unit) for count, unit in parts if count]) or "no time"


def money_text(amount: Decimal, currency: str) -> str:
    """An amount with at least two places after the point, and its currency.

    >>> money_text(Decimal("125"), "USD")
    '125.00 USD'
    """
    exact = f"{amount:f}"
    return f"{exact if Decimal(exact) != round(amount, 2) else f'{amount:.2f}'} {currency}"


def joined(parts: Sequence[str]) -> str:
    """An enumeration.

    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def quoted_name(name: str) -> str:
    """A name that cannot run into the sentence around it.

    >>> quoted_name("Apply")
    '“Apply”'
    """
    return f"“{name}”"


def one_line(text: str) -> str:
    r"""The text on one line, unable to move a cursor, ring a bell or reorder what stands beside it.

    Line breaks and tabs become spaces, invisible format characters go, other control characters show as U+FFFD.

    >>> one_line("a\u202eb\nc\x1b[31m")
    'ab c\ufffd[31m'
    """
    return " ".join("".join(map(_visible, text)).split())


def _visible(character: str) -> str:
    if character in _JOINERS or character.isprintable() or character.isspace():
        return character
    return "" if unicodedata.category(character) == "Cf" else "\ufffd"


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
