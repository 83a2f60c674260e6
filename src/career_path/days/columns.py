"""Columns of dates in NumPy, moved by a span all at once: the door to NumPy for days, which needs the extra `numpy`.

A column is an array of `datetime64[D]`. The day before all dates stands for `ALWAYS` (`0000-12-31`), the day after them
for `NEVER` (`10000-01-01`). Where a column has more dates than there are days between the first and the last of them,
each of these days is moved once and the rest is looked up.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from career_path.days.months import DAYS, EVEN, MARGIN, MONTHS, SINCE, STARTS
from career_path.days.numbers import ALWAYS, FIRST, LAST, NEVER
from career_path.days.spans import Span
from career_path.errors import InvalidValueError, MissingExtraError

try:
    import numpy as np
    import numpy.typing as npt
except ImportError as _error:
    raise MissingExtraError("columns of dates", "numpy") from _error

__all__ = ["Column", "add_span", "latest", "soonest"]

Column = npt.NDArray[np.datetime64]
_Numbers = npt.NDArray[np.int64]

_EPOCH: Final = 719_163
"""The day number of 1 January 1970, from which NumPy counts."""
_PIECE: Final = 8_192
_ERAS: Final = range(-6, 22)
"""Four centuries each, counted from 1801: every date, and whatever spans reach from there."""
_BEGIN: Final = EVEN - SINCE * MONTHS - (MARGIN + _ERAS.start * MONTHS) * DAYS
"""As `EVEN`, for day numbers and places in the table of all eras."""


@cache
def _starts() -> _Numbers:
    """The day numbers on which months begin, through all eras."""
    once = np.array(STARTS[MARGIN : MARGIN + MONTHS], np.int64)
    through: _Numbers = once + DAYS * np.array(_ERAS, np.int64)[:, None]
    return through.ravel()


def add_span(column: Column, span: Span) -> Column:
    """Each date a span later: months cut to the end of a short one, and the days after them.

    >>> add_span(np.array(["2027-01-31", "2027-08-31"], "datetime64[D]"), Span.parse("P1M")).tolist()
    [datetime.date(2027, 2, 28), datetime.date(2027, 9, 30)]

    Raises:
        InvalidValueError: not a column of dates, or a date is missing.
    """

    def f(numbers: _Numbers) -> _Numbers:
        reached = _months_later(numbers, span.total_months)
        reached += span.total_days
        if _is_inside(numbers) and _is_inside(reached):
            return reached
        return np.where((numbers < FIRST) | (numbers > LAST), numbers, np.clip(reached, ALWAYS, NEVER))

    return _each(column, f)


def latest(column: Column, span: Span) -> Column:
    """The last date from which a span leads to each date or before it.

    >>> latest(np.array(["2027-02-28"], "datetime64[D]"), Span.parse("P1M")).tolist()
    [datetime.date(2027, 1, 31)]

    Raises:
        InvalidValueError: not a column of dates, or a date is missing.
    """
    return _each(column, lambda numbers: _latest(numbers, span))


def soonest(column: Column, span: Span) -> Column:
    """The first date from which a span leads to each date or after it.

    >>> soonest(np.array(["2027-02-28"], "datetime64[D]"), Span.parse("P1M")).tolist()
    [datetime.date(2027, 1, 28)]

    Raises:
        InvalidValueError: not a column of dates, or a date is missing.
    """
    return _each(column, lambda numbers: np.where(numbers > ALWAYS, _latest(numbers - 1, span) + 1, ALWAYS))


def _each(column: Column, move: Callable[[_Numbers], _Numbers]) -> Column:
    """A column whose dates are moved as their numbers are."""
    if column.dtype != np.dtype("datetime64[D]"):
        raise InvalidValueError("not-a-date", "column", f"an array of {column.dtype}", "an array of datetime64[D]")
    since_epoch = column.view(np.int64)
    if not column.size:
        return column.copy()
    first, last = int(since_epoch.min()) + _EPOCH, int(since_epoch.max()) + _EPOCH
    if first < ALWAYS or last > NEVER:
        if np.isnat(column).any():
            raise InvalidValueError("not-a-date", "column", "a missing date (NaT)", "a date in every row")
        return _each(np.clip(since_epoch, ALWAYS - _EPOCH, NEVER - _EPOCH).view(column.dtype), move)
    if column.size > last - first:
        table = _filled(np.arange(first, last + 1), move) - _EPOCH
        found = _filled(since_epoch, lambda piece: table.take(piece - (first - _EPOCH)))
    else:
        found = _filled(since_epoch, lambda piece: move(piece + _EPOCH) - _EPOCH)
    return found.view(column.dtype)


def _filled(given: _Numbers, move: Callable[[_Numbers], _Numbers]) -> _Numbers:
    """The same numbers moved, piece by piece: so what is worked on stays where the processor has it at hand."""
    found = np.empty_like(given)
    for begin in range(0, len(given), _PIECE):
        piece = slice(begin, begin + _PIECE)
        found[piece] = move(given[piece])
    return found


def _months(numbers: _Numbers) -> _Numbers:
    """In which month each day lies, by its place among `_starts`."""
    months: _Numbers = numbers * MONTHS
    months += _BEGIN
    months //= DAYS
    months -= _starts().take(months) > numbers
    return months


def _months_later(numbers: _Numbers, months: int) -> _Numbers:
    starts, own = _starts(), _months(numbers)
    target = own + months
    reached: _Numbers = numbers - starts.take(own)
    reached += starts.take(target)
    target += 1
    return np.minimum(reached, starts.take(target) - 1, out=reached)


def _latest(numbers: _Numbers, span: Span) -> _Numbers:
    back = numbers - span.total_days
    starts, own = _starts(), _months(back)
    target = own - span.total_months
    last = starts.take(target + 1) - 1
    found: _Numbers = np.minimum(back - starts.take(own) + starts.take(target), last)
    if span.total_months:
        is_end = starts.take(own + 1) - 1 == back
        np.copyto(found, last, where=is_end)
    if _is_inside(numbers) and _is_inside(found):
        return found
    return np.where(numbers > LAST, numbers, np.clip(found, ALWAYS, LAST))


def _is_inside(numbers: _Numbers) -> bool:
    return bool(numbers.min() >= FIRST and numbers.max() <= LAST)
