from __future__ import annotations

import datetime as dt

import pytest

from career_path.days.months import DAYS, EVEN, MARGIN, MONTHS, SINCE, STARTS, months_back, months_later
from career_path.days.numbers import add_months


def beyond(day: int) -> int:
    """What is said of days outside the table; no day number is so small."""
    return -day


def test_the_table_holds_the_days_on_which_months_begin() -> None:
    assert dt.date.fromordinal(SINCE) == dt.date(1801, 1, 1)
    assert dt.date.fromordinal(SINCE + DAYS) == dt.date(2201, 1, 1)
    assert len(STARTS) == 2 * MARGIN + MONTHS + 1
    wrong = [
        place
        for place, day in enumerate(STARTS)
        if dt.date.fromordinal(day) != dt.date(1701 + place // 12, place % 12 + 1, 1)
    ]
    assert not wrong


def test_a_day_of_the_table_falls_into_its_own_month_or_the_next() -> None:
    for day in range(SINCE, SINCE + DAYS):
        date = dt.date.fromordinal(day)
        place = (date.year - 1701) * 12 + date.month - 1
        assert ((day - SINCE) * MONTHS + EVEN) // DAYS in {place, place + 1}


@pytest.mark.parametrize("months", [1, -1, 7, 1_200, -1_200])
def test_months_lead_to_the_same_day_or_the_end_of_the_month(months: int) -> None:
    f = months_later(months, 3, beyond)
    for day in range(SINCE, SINCE + DAYS, 1 if abs(months) == 1 else 13):
        date = dt.date.fromordinal(day)
        year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
        first = dt.date(year, month + 1, 1)
        last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        expected = min(first.toordinal() + date.day - 1, last.toordinal())
        assert f(day) == expected + 3
        assert add_months(day, months) == expected


@pytest.mark.parametrize("months", [1, -1, 11])
def test_going_back_gives_the_last_day_that_arrives_by_then(months: int) -> None:
    f, latest = months_later(months, 3, beyond), months_back(months, 3, beyond)
    for day in range(SINCE + 400, SINCE + 4_000):
        found = latest(day)
        assert f(found) <= day < f(found + 1)


def test_days_outside_the_table_are_left_to_the_whole_calendar() -> None:
    f, latest = months_later(1, 0, beyond), months_back(1, 0, beyond)
    for day in (SINCE - 1, SINCE + DAYS):
        assert (f(day), latest(day)) == (-day, -day)
    assert months_back(1, 5, beyond)(SINCE + 4) == -SINCE - 4
    assert add_months(SINCE - 1, 1) == dt.date(1801, 1, 31).toordinal()
    assert add_months(SINCE, -1_300) == dt.date(1692, 9, 1).toordinal()
