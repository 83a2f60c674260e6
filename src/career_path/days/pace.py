"""Work at a weekly pace: hours become days, exactly.

Every day of a period with w hours a week holds w/7 of an hour, absences hold none. A step of h hours that starts
on s is done on the first day t by which the days from s up to t, t left out, hold h hours. Counting is
in whole parts of an hour, so there is no rounding anywhere.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from fractions import Fraction
from math import ceil, lcm

import attrs

from career_path.days.numbers import ALWAYS, FIRST, LAST, NEVER, to_day
from career_path.days.rules import SAME_DAY, Rule
from career_path.errors import InvalidValueError
from career_path.values import Value, frozen

__all__ = ["Absence", "DayPeriods", "Pace"]


@frozen(kw_only=True)
class Absence(Value):
    """Days on which the learner is away, both ends included.

    >>> Absence(from_=dt.date(2027, 7, 1), through=dt.date(2027, 7, 14)).through.day
    14
    """

    from_: dt.date = attrs.field(converter=to_day)
    through: dt.date = attrs.field(converter=to_day)

    def __attrs_post_init__(self) -> None:
        if self.through < self.from_:
            raise InvalidValueError("ends-before-it-begins", "through", str(self.through), f"{self.from_} or later")


@frozen
class DayPeriods(Value):
    """Separate stretches of days in order, as day numbers, both ends included; overlapping ones are joined."""

    firsts: tuple[int, ...]
    lasts: tuple[int, ...]

    @classmethod
    def of(cls, absences: Iterable[Absence]) -> DayPeriods:
        """The days of all absences together."""
        joined: list[list[int]] = []
        for first, last in sorted((a.from_.toordinal(), a.through.toordinal()) for a in absences):
            if joined and first <= joined[-1][1] + 1:
                joined[-1][1] = max(joined[-1][1], last)
            else:
                joined.append([first, last])
        return cls(tuple(first for first, _ in joined), tuple(last for _, last in joined))

    def overlapping(self, first: int, last: int) -> tuple[int, int] | None:
        """The earliest of these stretches that shares a day with first to last, both included."""
        index = bisect_left(self.lasts, first)
        if index < len(self.firsts) and self.firsts[index] <= last:
            return self.firsts[index], self.lasts[index]
        return None

    def last_overlapping(self, first: int, last: int) -> tuple[int, int] | None:
        """The latest of these stretches that shares a day with first to last, both included."""
        index = bisect_right(self.firsts, last) - 1
        if index >= 0 and self.lasts[index] >= first:
            return self.firsts[index], self.lasts[index]
        return None


@frozen
class Pace(Value):
    """How much work each day of all time holds, in parts of an hour (`parts` make one hour)."""

    parts: int
    starts: tuple[int, ...]
    rates: tuple[int, ...]
    totals: tuple[int, ...]

    @classmethod
    def of(
        cls,
        changes: Iterable[tuple[int, Fraction]],
        *,
        away: DayPeriods | None = None,
        weekly_at_most: Fraction | None = None,
    ) -> Pace:
        """The pace of a learner: hours a week from each day on (none before the first), days away, an upper limit."""
        steps = dict(_weekly(changes, away, weekly_at_most))
        scale = lcm(7, *(w.denominator * 7 for w in steps.values()))
        starts = tuple(sorted(steps))
        rates = tuple(int(steps[start] * scale / 7) for start in starts)
        totals = [0]
        for index in range(1, len(starts)):
            totals.append(totals[-1] + rates[index - 1] * (starts[index] - starts[index - 1]))
        return cls(scale, starts, rates, tuple(totals))

    def done_before(self, day: int) -> int:
        """Parts of an hour that all days before this one hold."""
        index = bisect_right(self.starts, day) - 1
        return self.totals[index] + self.rates[index] * (day - self.starts[index])

    def _day_reaching(self, work: int) -> int:
        """The first day before which the days hold that much work, more than none."""
        index = bisect_left(self.totals, work) - 1
        left, rate = work - self.totals[index], self.rates[index]
        return self.starts[index] - (-left // rate) if rate else NEVER

    def _last_day_within(self, work: int) -> int:
        """The last day before which the days hold at most that much work."""
        index = bisect_right(self.totals, work) - 1
        left, rate = work - self.totals[index], self.rates[index]
        return self.starts[index] + left // rate if rate else LAST

    def rule(self, hours: Fraction) -> Rule:
        """From the start of a step of so many hours to its finish."""
        needed = ceil(hours * self.parts)
        if needed <= 0:
            return SAME_DAY

        def f(start: int) -> int:
            if start < FIRST or start > LAST:
                return start
            return min(self._day_reaching(self.done_before(start) + needed), NEVER)

        def latest(day: int) -> int:
            if day < FIRST or day > LAST:
                return day
            work = self.done_before(day) - needed
            return min(self._last_day_within(work), LAST) if work >= 0 else ALWAYS

        return Rule(f, latest, -(-needed // max(1, *self.rates)))

    def first_working_day(self, day: int) -> int:
        """The first day on or after that holds work; `NEVER` if none does."""
        if day < FIRST or day > LAST:
            return day
        index = bisect_right(self.starts, day) - 1
        if self.rates[index]:
            return day
        later = (i for i in range(index + 1, len(self.rates)) if self.rates[i])
        return min((self.starts[i] for i in later), default=NEVER)

    def last_working_day(self, day: int) -> int:
        """The last day on or before that holds work; `ALWAYS` if none does."""
        if day < FIRST or day > LAST:
            return day
        index = bisect_right(self.starts, day) - 1
        if self.rates[index]:
            return day
        earlier = (i for i in range(index) if self.rates[i])
        return max((self.starts[i + 1] - 1 for i in earlier), default=ALWAYS)


def _weekly(
    changes: Iterable[tuple[int, Fraction]], away: DayPeriods | None, weekly_at_most: Fraction | None
) -> Iterable[tuple[int, Fraction]]:
    """Days on which the pace changes, with the hours a week from there on; starts with day 1."""
    limit = weekly_at_most
    given = dict([(FIRST, Fraction(0)), *changes])
    paced = {day: w if limit is None else min(w, limit) for day, w in given.items()}
    days = sorted(paced)
    if away is None or not away.firsts:
        yield from paced.items()
        return
    edges = sorted({*days, *away.firsts, *(last + 1 for last in away.lasts if last < LAST)})
    for day in edges:
        hours = paced[days[bisect_right(days, day) - 1]]
        yield day, Fraction(0) if away.overlapping(day, day) else hours
