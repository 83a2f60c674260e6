import datetime as dt
from collections.abc import Callable

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from career_path.days.day_rules import MonthEnd
from career_path.days.holidays import HolidayCalendar
from career_path.days.numbers import ALWAYS, FIRST, LAST, NEVER
from career_path.days.rules import (
    SAME_DAY,
    Rule,
    add_span,
    add_working_days,
    last_day_occupied,
    look_up,
    roll_to,
    shift,
)
from career_path.days.spans import Span
from career_path.errors import DocumentError
from career_path.testing import dates, spans


def day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


def shown(number: int) -> str:
    return dt.date.fromordinal(number).isoformat()


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2027-01-01", 1, "2027-01-04"),  # a Friday
        ("2027-01-02", 1, "2027-01-04"),
        ("2027-01-03", 1, "2027-01-04"),
        ("2027-01-04", 1, "2027-01-05"),
        ("2027-01-11", 20, "2027-02-08"),
        ("2027-01-08", 5, "2027-01-15"),
        ("2027-01-04", -1, "2027-01-01"),
        ("2027-01-03", -1, "2027-01-01"),
        ("2027-01-02", -1, "2027-01-01"),
        ("2027-01-08", -5, "2027-01-01"),
        ("2027-01-09", 0, "2027-01-09"),
    ],
)
def test_working_days_skip_weekends(start: str, count: int, expected: str) -> None:
    assert shown(add_working_days(count).f(day(start))) == expected


US_FEDERAL_ENDS = HolidayCalendar(
    "us-federal",  # Christmas 2026 and New Year 2027 are Fridays; 4 July 2027 is a Sunday, kept on Monday the 5th
    dates=[dt.date(2026, 12, 25), dt.date(2027, 1, 1), dt.date(2027, 7, 4)],
    from_=dt.date(2026, 1, 1),
    through=dt.date(2027, 12, 31),
    observed="nearest",
)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2026-12-23", 5, "2026-12-31"),  # 24, 28, 29, 30, 31
        ("2026-12-24", 5, "2027-01-04"),  # 28, 29, 30, 31, and Monday 4 January
        ("2026-12-24", 1, "2026-12-28"),
        ("2026-12-25", 1, "2026-12-28"),
        ("2026-12-25", 0, "2026-12-25"),
        ("2027-01-04", -5, "2026-12-24"),  # 31, 30, 29, 28, 24
        ("2027-07-02", 1, "2027-07-06"),
        ("2027-07-06", -1, "2027-07-02"),
    ],
)
def test_working_days_skip_holidays(start: str, count: int, expected: str) -> None:
    assert shown(add_working_days(count, US_FEDERAL_ENDS).f(day(start))) == expected


def test_the_last_day_to_set_out_lies_before_the_holiday() -> None:
    # One working day after 24, 25, 26 and 27 December is Monday the 28th.
    rule = add_working_days(1, US_FEDERAL_ENDS)
    assert (shown(rule.latest(day("2026-12-28"))), shown(rule.soonest(day("2026-12-28")))) == (
        "2026-12-27",
        "2026-12-24",
    )


@pytest.mark.parametrize(
    ("start", "count"), [("2027-12-31", 1), ("2025-12-30", 1), ("2026-01-01", -1), ("2040-01-01", 3)]
)
def test_days_that_a_calendar_does_not_know_are_refused(start: str, count: int) -> None:
    with pytest.raises(DocumentError) as caught:
        add_working_days(count, US_FEDERAL_ENDS).f(day(start))
    assert [(fault.code, fault.path) for fault in caught.value.faults] == [("unknown-holidays", "holidays.us-federal")]


def test_one_working_day_back_from_a_monday_leads_to_the_sunday_before() -> None:
    # From Friday, Saturday and Sunday one working day leads to Monday: the last of them is the partner.
    assert shown(add_working_days(1).latest(day("2027-01-04"))) == "2027-01-03"
    assert shown(add_working_days(1).soonest(day("2027-01-04"))) == "2027-01-01"


@given(dates(), st.integers(-40, 40))
def test_working_days_are_those_found_by_walking(start: dt.date, count: int) -> None:
    step = dt.timedelta(days=1 if count > 0 else -1)
    walked, left = start, abs(count)
    while left:
        walked += step
        left -= walked.weekday() < 5
    assert add_working_days(count).f(start.toordinal()) == walked.toordinal()


@pytest.mark.parametrize(
    ("span", "bound", "latest", "soonest"),
    [
        # 28 to 31 January all lead to 28 February, in 2027.
        ("P1M", "2027-02-28", "2027-01-31", "2027-01-28"),
        ("P1M", "2027-02-27", "2027-01-27", "2027-01-27"),
        ("P1M", "2027-03-30", "2027-02-28", "2027-03-01"),  # no day leads to 29, 30 or 31 March
        ("P1M", "2028-02-29", "2028-01-31", "2028-01-29"),
        ("P1Y", "2029-02-28", "2028-02-29", "2028-02-28"),
        ("-P1M", "2027-02-28", "2027-03-31", "2027-03-28"),
        ("P1M1D", "2027-03-01", "2027-01-31", "2027-01-28"),
        ("P45D", "2027-03-01", "2027-01-15", "2027-01-15"),
    ],
)
def test_going_back_over_a_span_finds_every_day_that_leads_there(
    span: str, bound: str, latest: str, soonest: str
) -> None:
    rule = add_span(Span.parse(span))

    assert shown(rule.latest(day(bound))) == latest
    assert shown(rule.soonest(day(bound))) == soonest


def brute_latest(f: Callable[[dt.date], dt.date], bound: dt.date, near: dt.date) -> dt.date:
    """The greatest day whose image is not later, by looking at every day around a guess."""
    around = [near + dt.timedelta(days=offset) for offset in range(-40, 41)]
    return max(candidate for candidate in around if f(candidate) <= bound)


@given(spans(max_months=240, may_be_negative=True), dates())
def test_the_partner_of_a_span_is_the_one_found_by_trying_every_day(span: Span, bound: dt.date) -> None:
    delta = relativedelta(months=span.total_months)
    extra = dt.timedelta(days=span.total_days)
    expected = brute_latest(lambda d: d + delta + extra, bound, bound - extra - delta)

    assert add_span(span).latest(bound.toordinal()) == expected.toordinal()


def test_rolling_waits_for_the_first_day_of_a_set() -> None:
    rule = roll_to(MonthEnd())

    assert shown(rule.f(day("2028-02-01"))) == "2028-02-29"
    assert shown(rule.latest(day("2028-02-28"))) == "2028-01-31"


@pytest.mark.parametrize(
    ("span", "last"), [("P0D", "2027-01-11"), ("P1D", "2027-01-11"), ("P2D", "2027-01-12"), ("P1M", "2027-02-10")]
)
def test_the_last_day_occupied_is_the_eve_of_the_finish_or_the_start_itself(span: str, last: str) -> None:
    assert shown(last_day_occupied(add_span(Span.parse(span))).f(day("2027-01-11"))) == last


def test_a_table_leads_to_the_end_of_the_first_period_that_is_still_to_begin() -> None:
    rule = look_up([(10, 20), (30, 30), (31, 50)])

    assert [rule.f(d) for d in (1, 10, 11, 30, 31, 32)] == [20, 20, 30, 30, 50, NEVER]
    assert [rule.latest(d) for d in (19, 20, 29, 30, 49, 50, LAST)] == [ALWAYS, 10, 10, 30, 30, 31, 31]
    assert look_up([]).f(FIRST) == NEVER


def test_a_chain_does_one_rule_after_the_other() -> None:
    rule = shift(-1).then(roll_to(MonthEnd())).then(shift(1))

    assert shown(rule.f(day("2027-02-01"))) == "2027-02-01"
    assert shown(rule.f(day("2027-02-02"))) == "2027-03-01"
    assert (rule.least_shift, rule.most_shift) == (0, None)


def test_a_chain_with_the_same_day_is_the_rule_itself() -> None:
    rule = shift(3)

    assert SAME_DAY.then(rule) is rule
    assert rule.then(SAME_DAY) is rule
    assert add_span(Span()) is SAME_DAY
    assert add_working_days(0) is SAME_DAY


def test_what_runs_off_the_calendar_is_never_or_always() -> None:
    assert shift(1).f(LAST) == NEVER
    assert shift(-1).f(FIRST) == ALWAYS
    assert add_span(Span(years=100)).f(LAST) == NEVER
    assert add_span(Span(years=-100)).latest(LAST) == LAST


def test_a_bare_rule_says_nothing_about_its_shifts() -> None:
    rule = Rule(lambda d: d, lambda d: d)

    assert (rule.backward().least_shift, rule.backward().most_shift) == (None, None)
    assert (rule.then(shift(1)).least_shift, shift(1).backward().least_shift) == (None, -1)
