"""Whether there is enough work on a day: from employment records, and from one job that the plan takes up.

What is recorded gives a fixed set of days, in which a step that asks for work may start: a limit, as an opening is.

With a job that starts on day j the days s on which there is enough depend on j. Let W(s, j) say so. A later j takes
days away and adds none: where the first day worked stays the same, one day of work less and the same length to reach;
where it is j itself, the end of the days laid end to end stays where it is, and the end of the span moves no earlier.
So W(s, j) holds for all j up to some g(s), and where g never falls as s grows, "j <= g(s)" says the same as
"s >= f(j)" for one monotone f: the kind of bound that has one earliest and one latest solution.

Without a look-back g never falls: from s to s + 1 there is one more day of the job, none is lost, and the first day
worked is the same. Nor does it while only the job lies in the look-back, if that holds more than is asked: either the
look-back begins before the job, and it is the same, or it is full. Between these, while recorded work ages out, g is
followed day by day; where it falls the days are split, and each run of days is one choice of a route.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, pairwise
from math import lcm
from typing import Final, NamedTuple

import attrs

from career_path.days.numbers import ALWAYS, FIRST, LAST, NEVER
from career_path.days.rules import SAME_DAY, Rule, add_span
from career_path.days.spans import Span
from career_path.errors import DocumentError, Fault
from career_path.model.learner import Employment, Learner
from career_path.model.pathway import Step
from career_path.model.requirements import Overlapping, Work, Worked

__all__ = ["Enough", "Run", "enough_work"]

_DAYS_OF_WEEK: Final = 7
_CALENDAR_CYCLE: Final = 146_097
"""Months and leap years come back after 400 years: what has not happened by then never does."""
_MOST_DAYS_FOLLOWED: Final = 100 * 366
"""How far back recorded work is followed as it ages; what is older is taken together."""


class Run(NamedTuple):
    """Days, both ends included, on which the last start of a job that suffices never falls."""

    first: int
    last: int


class _Piece(NamedTuple):
    """Work from a day until before another, with its hours a week."""

    first: int
    end: int
    hours: Fraction


def enough_work(leaf: Worked, learner: Learner, job: Step | None = None) -> Enough:
    """When there is enough work for a leaf, by the learner's records and, if one is named, from a job.

    Raises:
        DocumentError: hours are asked for, and those of a job are not known; or the look-back is hardly longer than
            what a planned job has to fill in it.
    """
    pieces = [
        _Piece(each.from_.toordinal(), NEVER if each.through is None else each.through.toordinal() + 1, hours)
        for index, each in enumerate(learner.employment)
        if each.role in leaf.roles
        for hours in [_hours_of(each, index, leaf)]
    ]
    if job is None or job.work is None:
        return Enough(leaf, tuple(pieces))
    enough = Enough(leaf, tuple(pieces), _hours_of_job(job, job.work, leaf))
    if leaf.in_last is not None and not enough.fills(Fraction(enough.weekly or 0)):
        expected = "a look-back that surely holds what is asked, where a planned job may count"
        found = f"{leaf.span or leaf.hours} in {leaf.in_last} with the work of '{job.id}'"
        raise DocumentError((Fault("not-supported", f"steps.{job.id}.work", found, expected),), "pathway")
    return enough


def _hours_of(each: Employment, index: int, leaf: Worked) -> Fraction:
    if each.hours is None and leaf.hours is not None:
        expected = f"the hours a week, because so many hours of work as {each.role} are asked for"
        raise DocumentError((Fault("missing", f"employment[{index}].hours", "nothing", expected),), "learner")
    return each.hours or Fraction(0)


def _hours_of_job(job: Step, work: Work, leaf: Worked) -> Fraction:
    if work.hours is None and leaf.hours is not None:
        expected = f"the hours a week, because so many hours of work as {work.role} are asked for"
        raise DocumentError((Fault("missing", f"steps.{job.id}.work.hours", "nothing", expected),), "pathway")
    return work.hours or Fraction(0)


class _Sum(NamedTuple):
    """A quantity a day that changes on some days, and its sums: `before[i]` is that of the days before `at[i]`."""

    at: Sequence[int]
    daily: Sequence[int]
    before: Sequence[int]

    @classmethod
    def of(cls, at: Sequence[int], daily: Sequence[int]) -> _Sum:
        lengths = [end - first for first, end in pairwise(at)]
        return cls(at, daily, [0, *accumulate(a * b for a, b in zip(lengths, daily, strict=False))])

    def until(self, day: int) -> int:
        """The sum of all days before one."""
        index = bisect_right(self.at, day) - 1
        return self.before[index] + (day - self.at[index]) * self.daily[index]

    def within(self, first: int, end: int) -> int:
        """The sum from a day until before another."""
        return self.until(end) - self.until(first)


@attrs.frozen(slots=False, eq=False, repr=False)
class Enough:
    """When there is enough work for a leaf; `weekly` are the hours of the job that is counted on, if any."""

    leaf: Worked
    pieces: tuple[_Piece, ...]
    weekly: Fraction | None = None

    @cached_property
    def _at(self) -> list[int]:
        return sorted({FIRST, *(day for each in self.pieces for day in (each.first, each.end) if day < NEVER)})

    @cached_property
    def _there(self) -> list[list[Fraction]]:
        return [[each.hours for each in self.pieces if each.first <= day < each.end] for day in self._at]

    @cached_property
    def _scale(self) -> int:
        """What makes every number of hours a week a whole one, seven times over."""
        hours = [self.weekly or Fraction(0), self.leaf.hours or Fraction(0), *(each.hours for each in self.pieces)]
        return lcm(*(each.denominator for each in hours))

    @property
    def _is_once(self) -> bool:
        return self.leaf.overlapping is Overlapping.ONCE

    @cached_property
    def _days(self) -> _Sum:
        return _Sum.of(self._at, [min(len(there), 1) if self._is_once else len(there) for there in self._there])

    @cached_property
    def _hours(self) -> _Sum:
        return _Sum.of(self._at, [self._scaled(self._together(there)) for there in self._there])

    def _together(self, hours: Iterable[Fraction]) -> Fraction:
        return max(hours, default=Fraction(0)) if self._is_once else sum(hours, Fraction(0))

    def _scaled(self, hours: Fraction) -> int:
        scaled = hours * self._scale
        return scaled.numerator

    @cached_property
    def _more_days(self) -> _Sum:
        """The days that the job adds where it runs."""
        return _Sum.of(self._at, [int(not (self._is_once and there)) for there in self._there])

    @cached_property
    def _more_hours(self) -> _Sum:
        weekly = self.weekly or Fraction(0)
        more = [self._together([*there, weekly]) - self._together(there) for there in self._there]
        return _Sum.of(self._at, [self._scaled(each) for each in more])

    @cached_property
    def _back(self) -> Rule:
        return SAME_DAY if self.leaf.in_last is None else add_span(self.leaf.in_last)

    @cached_property
    def _reach(self) -> Rule:
        return SAME_DAY if self.leaf.span is None else add_span(self.leaf.span)

    def _counts_from(self, day: int) -> int:
        """The first day that is not too old on a day."""
        return FIRST if self.leaf.in_last is None else max(FIRST, self._back.soonest(day))

    def _first_worked(self, day: int) -> int:
        """The first day of recorded work on or after a day."""
        index = bisect_right(self._at, day) - 1
        if self._there[index]:
            return day
        return next((at for at, there in zip(self._at[index:], self._there[index:], strict=True) if there), NEVER)

    def is_enough(self, day: int, job: int | None = None) -> bool:
        """Whether there is enough work before a day, with the job taken up on a day if one is told."""
        since = self._counts_from(day)
        first = self._first_worked(since)
        job_from = day if job is None else min(max(job, since), day)
        first = min(first, job_from)
        if first >= day:
            return False
        if self.leaf.hours is not None:
            hours = self._hours.within(since, day) + self._more_hours.within(job_from, day)
            if hours < self.leaf.hours * self._scale * _DAYS_OF_WEEK:
                return False
        if self.leaf.span is None:
            return True
        days = self._days.within(since, day) + self._more_days.within(job_from, day)
        return self._reach.f(first) <= first + days

    def fills(self, weekly: Fraction) -> bool:
        """Whether unbroken work of so many hours a week surely is enough once it fills the look-back."""
        if self.leaf.in_last is None:
            return True
        least = 28 * self.leaf.in_last.total_months + self.leaf.in_last.total_days
        is_long = self.leaf.span is None or _longest(self.leaf.span) <= least
        return is_long and (self.leaf.hours is None or weekly * least >= self.leaf.hours * _DAYS_OF_WEEK)

    @cached_property
    def _settled(self) -> int:
        """The first day in whose look-back the recorded work is the same on all days."""
        return min(self._back.f(max(self._at)) + 1, NEVER)

    # what is recorded alone

    def on_or_after(self, day: int) -> int:
        """The first day, not before this one, with enough recorded work."""
        if self.leaf.in_last is None or self.leaf.counted_back_from is not None:
            return max(day, self._since) if day <= LAST else day
        day = max(day, self._begins + 1)
        last = min(LAST, max(day, self._settled) + _CALENDAR_CYCLE)
        while day <= last and not self.is_enough(day):
            if self._is_over(day):
                return NEVER
            day += 1
        return day if day <= last else NEVER

    def on_or_before(self, day: int) -> int:
        """The last day, not after this one, with enough recorded work."""
        if self.leaf.in_last is None or self.leaf.counted_back_from is not None:
            return day if day >= self._since else ALWAYS
        last = day
        while day > self._begins and not self.is_enough(day):
            is_settled = self._is_over(day) or last - day > _CALENDAR_CYCLE
            day = self._settled - 1 if is_settled and day >= self._settled else day - 1
        return day if day > self._begins else ALWAYS

    @cached_property
    def _since(self) -> int:
        """Without a look-back, the first day with enough recorded work; from then on there always is."""
        day = self.leaf.counted_back_from
        if day is not None:
            return ALWAYS if self.is_enough(day.toordinal()) else NEVER
        return bisect_left(range(FIRST, NEVER), 1, key=self.is_enough) + FIRST

    @cached_property
    def _begins(self) -> int:
        return min((each.first for each in self.pieces), default=NEVER)

    def _is_over(self, day: int) -> bool:
        """Whether no work goes on, and what was done is too old from a day on."""
        return not self._there[-1] and day >= self._settled

    # with a job

    def runs(self, *, start: int, horizon: int) -> tuple[Run, ...]:
        """The days in runs, in each of which the last sufficient start of the job never falls."""
        if self.leaf.in_last is None or not self.pieces:
            return (Run(FIRST, LAST),)
        begin = max(self._begins, start - _MOST_DAYS_FOLLOWED)
        # Work that goes on and does not suffice by itself never settles: the look-back is a day longer in some years.
        goes_on = self._there[-1] and not self.fills(self._together(self._there[-1]))
        cuts = self._falls(begin, horizon if goes_on else min(self._settled + 1, horizon))
        firsts = [FIRST, *cuts]
        lasts = [*(cut - 1 for cut in cuts), LAST]
        return tuple(Run(first, last) for first, last in zip(firsts, lasts, strict=True) if last >= start)

    def _falls(self, begin: int, end: int) -> list[int]:
        """The days on which the last sufficient start of the job is earlier than on the day before."""
        falls: list[int] = []
        known = ALWAYS
        for day in range(begin, end + 1):
            last = self.last_start(day, near=known)
            if last < known:
                falls.append(day)
            known = last
        return falls

    def last_start(self, day: int, *, near: int = ALWAYS) -> int:
        """The last start of the job, on or before a day, with which there is enough on it; ALWAYS if there is none.

        It is found sooner if it lies not far after `near`.
        """
        low = self._counts_from(day)
        if not self.is_enough(day, low):
            return ALWAYS
        if near > low and self.is_enough(day, near):
            low = near
        high, step = low + 1, 1
        while high <= day and self.is_enough(day, high):
            low, step = high, 2 * step
            high += step
        high = min(high, day + 1)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.is_enough(day, middle) else (low, middle)
        return low

    def rule(self, run: Run) -> Rule:
        """From the start of the job to the first day of a run with enough work; never before that start."""

        def f(job: int) -> int:
            if job < FIRST or job > LAST:
                return job
            low = max(run.first, job)
            if low > run.last or not self.is_enough(run.last, job):
                return NEVER
            high = run.last
            while low < high:
                middle = (low + high) // 2
                low, high = (low, middle) if self.is_enough(middle, job) else (middle + 1, high)
            return low

        def latest(day: int) -> int:
            if day > LAST or day < FIRST:
                return day
            return ALWAYS if day < run.first else self.last_start(min(day, run.last))

        return Rule(f, latest, 0)


def _longest(span: Span) -> int:
    """No span is longer in days, wherever it begins."""
    return 31 * span.total_months + span.total_days
