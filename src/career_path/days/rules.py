"""What leads from a day to a day: lags, lengths, openings, each with an exact way back.

A rule is a function f on the line of days (`ALWAYS`, every date, `NEVER`) that keeps their order and both ends:
starting later never arrives sooner. It may skip days and may take several to one, so it has no inverse but two
partners, one from either side:

- `latest`: the last day to set out on and still arrive by x;
- `soonest`: the first day to set out on and arrive no sooner than x.

Earliest dates use f. Counting back from a target uses `latest`. Where something would be too old by the time it is
needed, `soonest` tells how much later it has to happen. The line has finitely many days, and whoever sets out
later than the last day that arrives by x - 1 arrives on x or after it: so `soonest(x)` is `latest(x - 1) + 1`, and
a new rule states f and `latest` alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

import attrs

from career_path.days.day_rules import DayRule
from career_path.days.holidays import Direction, HolidayCalendar, Workdays
from career_path.days.months import MARGIN, months_back, months_later
from career_path.days.numbers import (
    ALWAYS,
    FIRST,
    LAST,
    NEVER,
    add_months,
    civil,
    month_length,
    month_start,
)
from career_path.days.spans import MOST_DAYS, Span
from career_path.values import Value, frozen

__all__ = [
    "SAME_DAY",
    "Rule",
    "add_span",
    "add_span_next_day",
    "add_working_days",
    "constant",
    "earlier_of",
    "last_day_occupied",
    "later_of",
    "look_up",
    "move_to_workday",
    "repeated",
    "roll_to",
    "shift",
]

Days = Callable[[int], int]


@frozen
class Rule(Value):
    """One rule, from f and `latest` on day numbers.

    `least_shift` and `most_shift` say by how many days f moves any day at least and at most, None where no such
    number is known; the ends of the line are not meant. When rules form a ring, their sum shows that it cannot be
    satisfied without following it round and round.
    """

    f: Days
    latest: Days
    least_shift: int | None = None
    most_shift: int | None = None

    def soonest(self, day: int) -> int:
        """The first day from which f arrives on `day` or after it."""
        return self.latest(day - 1) + 1 if day > ALWAYS else ALWAYS

    def then(self, after: Rule) -> Rule:
        """First this rule, then `after`: `after.f(self.f(d))`."""
        if self is SAME_DAY:
            return after
        if after is SAME_DAY:
            return self
        f1, f2, latest1, latest2 = self.f, after.f, self.latest, after.latest
        return Rule(
            lambda d: f2(f1(d)),
            lambda x: latest1(latest2(x)),
            _sum(self.least_shift, after.least_shift),
            _sum(self.most_shift, after.most_shift),
        )

    def backward(self) -> Rule:
        """The rule for the other side of an upper bound: `a <= f(b)` says the same as `b >= backward.f(a)`."""
        return Rule(
            self.soonest,
            self.f,
            None if self.most_shift is None else -self.most_shift,
            None if self.least_shift is None else -self.least_shift,
        )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _stay(day: int) -> int:
    return day


SAME_DAY: Final = Rule(_stay, _stay, 0, 0)


def _on_the_line(forward: Days, back: Days, least_shift: int, most_shift: int) -> Rule:
    """A rule on the line from a pair on unbounded day numbers (`back` the greatest d with forward(d) <= x)."""

    def f(day: int) -> int:
        if day < FIRST or day > LAST:
            return day
        reached = forward(day)
        return ALWAYS if reached < FIRST else min(reached, NEVER)

    def latest(day: int) -> int:
        if day > LAST:
            return day
        reached = back(day)
        return ALWAYS if reached < FIRST else min(reached, LAST)

    return Rule(f, latest, least_shift, most_shift)


def shift(days: int) -> Rule:
    """A number of days later, or earlier."""
    return _on_the_line(lambda d: d + days, lambda x: x - days, days, days)


def add_span(span: Span, *, times: int = 1) -> Rule:
    """A calendar length later, or so many at once: the months, cut to the end of a short one, and the days after them.

    >>> from datetime import date
    >>> rule = add_span(Span.parse("P1M"))
    >>> date.fromordinal(rule.latest(date(2027, 2, 28).toordinal()))
    datetime.date(2027, 1, 31)
    """
    return _adding(times * span.total_months, times * span.total_days)


@lru_cache(maxsize=4_096)
def _adding(months: int, days: int) -> Rule:
    if not months:
        return shift(days) if days else SAME_DAY

    def back(day: int) -> int:
        year, month, of_month = civil(day - days)
        at_month_end = of_month == month_length(year, month)
        year, month = divmod(year * 12 + month - 1 - months, 12)
        length = month_length(year, month + 1)
        return month_start(year, month + 1) - 1 + (length if at_month_end else min(of_month, length))

    about = months * 146_097 // 4_800 + days  # 4,800 months have 146,097 days
    anywhere = _on_the_line(lambda d: add_months(d, months) + days, back, about - 4, about + 5)
    if abs(months) > MARGIN or abs(days) > MOST_DAYS:
        return anywhere
    f, latest = months_later(months, days, anywhere.f), months_back(months, days, anywhere.latest)
    return Rule(f, latest, anywhere.least_shift, anywhere.most_shift)


def add_working_days(count: int, holidays: HolidayCalendar | None = None, *, checks_back: bool = True) -> Rule:
    """The count-th working day after a day (before it, for a negative count); 0 is the day itself.

    Working days are Monday to Friday, so from a Saturday the first is two days away. With a calendar its holidays
    are none. A day that the calendar does not know is refused; with `checks_back=False` only where f meets it, and
    `latest` takes it for a day without holidays: for callers who ask f again about the day they found.

    >>> from datetime import date
    >>> date.fromordinal(add_working_days(-1).f(date(2026, 11, 23).toordinal()))
    datetime.date(2026, 11, 20)

    Raises:
        DocumentError: code `unknown-holidays`, from the rule itself, for days that the calendar does not know.
    """
    if count == 0:
        return SAME_DAY
    if holidays is not None:
        return _add_days_at_work(count, holidays, checks_back=checks_back)
    if count > 0:
        return _on_the_line(
            lambda d: _nth_after(d, count),
            lambda x: _nth_through(x, count) - 1,
            count,
            count + 2 * (count // 5 + 1),
        )
    return _on_the_line(
        lambda d: _nth_through(d - 1, -count),
        lambda x: _nth_after(x, -count),
        count - 2 * (-count // 5 + 1),
        count,
    )


def _add_days_at_work(count: int, holidays: HolidayCalendar, *, checks_back: bool) -> Rule:
    """As `add_working_days`, around holidays; how far it moves a day is known from one side only."""

    def after(day: int, *, checks: bool) -> int:
        reached = _nth_after(day, abs(count))
        while (further := _nth_after(day, abs(count) + holidays.days_off(day + 1, reached))) != reached:
            reached = further  # it never passes the day that is looked for, because each holiday up to there counts
        if checks:
            holidays.check_known(day + 1, reached)
        return reached

    def through(day: int, *, checks: bool) -> int:
        reached = _nth_through(day, abs(count))
        while (further := _nth_through(day, abs(count) + holidays.days_off(reached, day))) != reached:
            reached = further
        if checks:
            holidays.check_known(reached, day)
        return reached

    if count > 0:
        pair = _on_the_line(lambda d: after(d, checks=True), lambda x: through(x, checks=checks_back) - 1, count, count)
        return attrs.evolve(pair, most_shift=None)
    pair = _on_the_line(lambda d: through(d - 1, checks=True), lambda x: after(x, checks=checks_back), count, count)
    return attrs.evolve(pair, least_shift=None)


def _nth_after(day: int, number: int) -> int:
    """The number-th day from Monday to Friday after a day."""
    return _working_day(_worked_through(day) + number)


def _nth_through(day: int, number: int) -> int:
    """The number-th day from Monday to Friday that is reached going back, the day itself counted."""
    return _working_day(_worked_through(day) - number + 1)


def _worked_through(day: int) -> int:
    """How many working days lie in day numbers 1 to `day`; day number 1 is a Monday. Negative before that."""
    weeks, rest = divmod(day, 7)
    return weeks * 5 + min(rest, 5)


def _working_day(number: int) -> int:
    """The day number of working day `number`, counted from the first Monday (1)."""
    weeks, rest = divmod(number - 1, 5)
    return weeks * 7 + rest + 1


def roll_to(days: DayRule) -> Rule:
    """The first day of a set of days, on or after."""
    return Rule(days.on_or_after, days.on_or_before, 0)


def move_to_workday(to: Direction, holidays: HolidayCalendar | None = None) -> Rule:
    """A day itself if it is a working day, or else the next one (`forward`) or the one before (`backward`).

    >>> from datetime import date
    >>> friday = move_to_workday(Direction.BACKWARD).f(date(2027, 8, 15).toordinal())
    >>> date.fromordinal(friday)
    datetime.date(2027, 8, 13)
    """
    workdays = Workdays(holidays=holidays)
    if to is Direction.FORWARD:
        return roll_to(workdays)
    return Rule(
        workdays.on_or_before,
        lambda x: x if x > LAST else workdays.on_or_after(x + 1) - 1,
        None,
        0,
    )


def last_day_occupied(finish: Rule) -> Rule:
    """From the start of a step to its last day: the day before its finish, or the start if it takes nothing."""
    f1, latest1 = finish.f, finish.latest

    def f(start: int) -> int:
        done = f1(start)
        return NEVER if done > LAST else max(start, done - 1)

    def latest(day: int) -> int:
        return day if day > LAST else min(day, latest1(min(day + 1, LAST)))

    return Rule(f, latest, 0 if finish.least_shift is not None else None)


def look_up(pairs: Sequence[tuple[int, int]]) -> Rule:
    """From a day to the end of the first of some periods that begins on or after it; after the last, never.

    `pairs` are (start, finish), strictly growing in start and never falling in finish.
    """
    starts = [start for start, _ in pairs]
    finishes = [finish for _, finish in pairs]

    def f(day: int) -> int:
        if day < FIRST or day > LAST:
            return day
        index = bisect_left(starts, day)
        return finishes[index] if index < len(starts) else NEVER

    def latest(day: int) -> int:
        if day < FIRST or day > LAST:
            return day
        index = bisect_right(finishes, day)
        return starts[index - 1] if index else ALWAYS

    return Rule(f, latest, 0)


def constant(day: int) -> Rule:
    """One day, whatever the day before it was."""

    def f(given: int) -> int:
        return given if given < FIRST or given > LAST else day

    def latest(reached: int) -> int:
        if reached > LAST:
            return reached
        return LAST if reached >= max(day, FIRST) else ALWAYS

    return Rule(f, latest)


def earlier_of(*rules: Rule) -> Rule:
    """Whichever of several rules arrives first."""
    return Rule(
        lambda d: min(rule.f(d) for rule in rules),
        lambda x: max(rule.latest(x) for rule in rules),
        _extreme(min, [rule.least_shift for rule in rules]),
        _extreme(min, [rule.most_shift for rule in rules]),
    )


def later_of(*rules: Rule) -> Rule:
    """Whichever of several rules arrives last."""
    return Rule(
        lambda d: max(rule.f(d) for rule in rules),
        lambda x: min(rule.latest(x) for rule in rules),
        _extreme(max, [rule.least_shift for rule in rules]),
        _extreme(max, [rule.most_shift for rule in rules]),
    )


def _extreme(choose: Callable[[list[int]], int], shifts: Sequence[int | None]) -> int | None:
    known = [each for each in shifts if each is not None]
    return choose(known) if len(known) == len(shifts) else None


def repeated(rule: Rule, times: int) -> Rule:
    """The same rule so many times, one after the other; 0 times is the same day.

    >>> from datetime import date
    >>> date.fromordinal(repeated(shift(2), 3).f(date(2027, 1, 4).toordinal()))
    datetime.date(2027, 1, 10)
    """

    def f(day: int) -> int:
        for _ in range(times):
            day = rule.f(day)
        return day

    def latest(day: int) -> int:
        for _ in range(times):
            day = rule.latest(day)
        return day

    least, most = rule.least_shift, rule.most_shift
    return Rule(f, latest, None if least is None else least * times, None if most is None else most * times)


def add_span_next_day(span: Span, *, times: int = 1) -> Rule:
    """As `add_span`, but in a month that lacks the day it arrives on the first of the next one.

    >>> from datetime import date
    >>> date.fromordinal(add_span_next_day(Span.parse("P1Y")).f(date(2024, 2, 29).toordinal()))
    datetime.date(2025, 3, 1)
    """
    months = add_span(Span(months=span.total_months), times=times)
    return later_of(months, shift(-1).then(months).then(shift(1))).then(shift(times * span.total_days))
