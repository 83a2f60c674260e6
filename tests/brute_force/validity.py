"""Is a small credential valid on a day? Every day looked at, one after the other, by the words of the rules alone.

Nothing is computed ahead: each day the holder may renew, and the credential holds or does not. Months are counted on
fingers, from year and month.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable

import attrs

__all__ = ["SmallCard", "days_valid"]

DAY = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class SmallCard:
    """A rule in plain numbers: `months` of validity up to `until`, a window, a grace, and what late renewals keep.

    `until` is `day-before`, `anniversary`, `month-end`, or a month: that month's last day. `opens` and `grace` are
    days before and after the last day. `moved` puts off the last days in a stretch, both ends included, to a day.
    """

    months: int
    until: str | int = "day-before"
    method: str = "from-expiry"
    opens: int | None = None
    grace: int | None = None
    is_grace_current: bool = False
    keeps: str = ""  # late renewals that keep the expiry: "" for none, "grace", "all"
    moved: tuple[dt.date, dt.date, dt.date] | None = None


@attrs.frozen(kw_only=True)
class _Period:
    anchor: dt.date
    number: int
    begins: dt.date
    through: dt.date


def _months_on(day: dt.date, months: int) -> dt.date:
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return dt.date(year, month, min(day.day, monthrange(year, month)[1]))


def _printed(card: SmallCard, anchor: dt.date, number: int) -> dt.date:
    """The last day of the n-th period from an anchor: all its months on, then on to the day that the rule names."""
    if isinstance(card.until, int):  # a day of the year: one period after the other
        last = anchor
        for counted in range(number):
            reached = _months_on(last, card.months)
            reached = max(reached, last + DAY) if counted else reached
            while (reached + DAY).day != 1 or reached.month != card.until:
                reached += DAY
            last = reached
        return last
    day = _months_on(anchor, card.months * number)
    if card.until == "day-before":
        return day - DAY
    while card.until == "month-end" and (day + DAY).day != 1:
        day += DAY
    return day


def _last_day(card: SmallCard, anchor: dt.date, number: int) -> dt.date:
    printed = _printed(card, anchor, number)
    is_moved = card.moved is not None and card.moved[0] <= printed <= card.moved[1]
    return max(printed, card.moved[2]) if is_moved and card.moved is not None else printed


def _renewed(card: SmallCard, now: _Period, day: dt.date) -> _Period:
    """The period that the holder is in after renewing on a day; the same one where that gains nothing."""
    if card.method == "from-completion":
        anew = _Period(anchor=day, number=1, begins=day, through=_last_day(card, day, 1))
        return anew if day > now.through or anew.through >= now.through else now
    if day <= now.through:
        if card.opens is not None and day < max(now.begins, now.through - card.opens * DAY):
            return now
        number = now.number + 1
        return attrs.evolve(now, number=number, begins=now.through + DAY, through=_last_day(card, now.anchor, number))
    is_in_grace = card.grace is not None and day <= now.through + card.grace * DAY
    if card.keeps != "all" and not (card.keeps == "grace" and is_in_grace):
        return _Period(anchor=day, number=1, begins=day, through=_last_day(card, day, 1))
    begins = now.through + DAY if is_in_grace and card.is_grace_current else day
    number = now.number
    while _last_day(card, now.anchor, number) < day:
        number += 1
    return attrs.evolve(now, number=number, begins=begins, through=_last_day(card, now.anchor, number))


def days_valid(card: SmallCard, granted: dt.date, renewed: Iterable[dt.date], *, end: dt.date) -> list[dt.date] | None:
    """The days up to an end on which it holds, grace left out; None where somebody renews what is renewed already."""
    days = sorted(renewed)
    now = _Period(anchor=granted, number=1, begins=granted, through=_last_day(card, granted, 1))
    valid: list[dt.date] = []
    day = granted
    while day < end:
        if day in days:
            if day < now.begins or days.count(day) > 1:
                return None
            before, now = now, _renewed(card, now, day)
            if now.through <= before.through and now is not before:
                return None  # put off so far that a period more gains nothing
            if now is not before and now.begins <= day:
                valid += _between(now.begins, day)  # a current grace that a renewal made good
        if day <= now.through:
            valid.append(day)
        day += DAY
    return sorted(set(valid))


def _between(first: dt.date, end: dt.date) -> list[dt.date]:
    return [first + n * DAY for n in range((end - first).days)]
