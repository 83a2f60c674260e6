import calendar
import datetime as dt

import pytest

from career_path.days.numbers import (
    ALWAYS,
    FIRST,
    LAST,
    NEVER,
    add_months,
    check_date,
    civil,
    month_length,
    month_start,
    on_the_line,
    parse_date,
    to_date,
    weekday,
)
from career_path.errors import InvalidValueError


class Stamped(dt.date):
    """A date that carries more than a date."""


def test_the_line_has_one_point_before_and_one_after_all_dates() -> None:
    assert (ALWAYS, FIRST, LAST, NEVER) == (0, 1, 3_652_059, 3_652_060)


def test_months_begin_where_the_calendar_of_python_says() -> None:
    wrong = [
        (year, month)
        for year in range(1, 10_000)
        for month in range(1, 13)
        if month_start(year, month) != dt.date(year, month, 1).toordinal()
    ]
    assert not wrong


@pytest.mark.parametrize("year", [1, 4, 100, 400, 1900, 2000, 2023, 2024, 2100, 2400, 9999])
def test_months_are_as_long_as_the_calendar_of_python_says(year: int) -> None:
    assert [month_length(year, month) for month in range(1, 13)] == [
        calendar.monthrange(year, month)[1] for month in range(1, 13)
    ]


def test_the_calendar_goes_on_before_year_1_and_after_9999() -> None:
    assert civil(0) == (0, 12, 31)
    assert civil(-366 + 1) == (0, 1, 1), "year 0 is a leap year of 366 days"
    assert civil(LAST + 1) == (10_000, 1, 1)
    assert month_start(0, 1) == -365
    assert month_length(0, 2) == 29
    assert civil(month_start(-4, 2) + 28) == (-4, 2, 29)


def test_every_day_number_of_four_centuries_reads_back() -> None:
    start = dt.date(1901, 1, 1).toordinal()
    days = range(start, start + 146_097)
    assert all(month_start(*civil(day)[:2]) + civil(day)[2] - 1 == day for day in days)


def test_weekdays_are_those_of_python() -> None:
    days = [dt.date.min, dt.date(2026, 11, 22), dt.date(2026, 11, 23), dt.date(2028, 2, 29), dt.date.max]
    assert [weekday(day.toordinal()) for day in days] == [0, 6, 0, 1, 4]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2027-03-31", -1, "2027-02-28"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2096-02-29", 48, "2100-02-28"),
        ("2027-12-31", 2, "2028-02-29"),
        ("2027-08-31", 60, "2032-08-31"),
        ("2027-05-30", 0, "2027-05-30"),
        ("2027-01-15", -13, "2025-12-15"),
    ],
)
def test_months_are_added_at_once_and_clamped_to_the_last_day(day: str, months: int, expected: str) -> None:
    assert to_date(add_months(dt.date.fromisoformat(day).toordinal(), months)) == dt.date.fromisoformat(expected)


def test_adding_months_does_not_chain() -> None:
    start = dt.date(2024, 1, 31).toordinal()

    assert to_date(add_months(start, 2)) == dt.date(2024, 3, 31)
    assert to_date(add_months(add_months(start, 1), 1)) == dt.date(2024, 3, 29)


def test_adding_months_runs_past_the_range_of_date() -> None:
    assert add_months(LAST, 1) == LAST + 31
    assert add_months(FIRST, -1) == FIRST - 31


@pytest.mark.parametrize(
    ("number", "expected"), [(-5, ALWAYS), (0, ALWAYS), (1, 1), (LAST, LAST), (NEVER, NEVER), (LAST + 99, NEVER)]
)
def test_what_lies_outside_the_calendar_becomes_always_or_never(number: int, expected: int) -> None:
    assert on_the_line(number) == expected


def test_no_date_is_shown_for_always_and_never() -> None:
    assert [to_date(ALWAYS), to_date(FIRST), to_date(LAST), to_date(NEVER)] == [None, dt.date.min, dt.date.max, None]


@pytest.mark.parametrize("text", ["0001-01-01", "1582-10-10", "2028-02-29", "9999-12-31"])
def test_a_written_date_is_read(text: str) -> None:
    assert parse_date(text).isoformat() == text


@pytest.mark.parametrize(
    "text",
    [
        "", "2027", "20270111", "2027-W02-1", "2027-011", "2027-1-11", "2027-01-1", "27-01-11", "2027-02-29",
        "2027-13-01", "2027-00-10", "0000-01-01", "10000-01-01", "-2027-01-11", "+2027-01-11", "2027/01/11",
        "2027-01-11\n", " 2027-01-11", "2027-01-11 ", "2027-01-11T00:00", "2027-01-11Z", "2027\u201301\u201311",
        "٢٠٢٧-٠١-١١", "2027-01-1৪", "２０２７-01-11", "2027-01-11\x00", "today", None, 20270111, 1.5, b"2027-01-11",
        dt.date(2027, 1, 11), True, ["2027-01-11"],
    ],
    ids=ascii,
)  # fmt: skip
def test_any_other_form_of_a_date_is_refused(text: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        parse_date(text)
    assert caught.value.code == "not-a-date"


@pytest.mark.parametrize(
    "value",
    [None, "2027-01-11", 738_000, True, dt.datetime(2027, 1, 11, tzinfo=dt.UTC), Stamped(2027, 1, 11), dt.time(1)],
    ids=ascii,
)
def test_only_a_civil_date_is_a_date(value: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        check_date(value, "start")
    assert (caught.value.code, caught.value.where) == ("not-a-date", "start")


def test_a_moment_is_refused_with_the_reason() -> None:
    with pytest.raises(InvalidValueError, match="expected a date without a time"):
        check_date(dt.datetime(2027, 1, 11, tzinfo=dt.UTC))
