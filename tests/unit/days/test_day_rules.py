"""Day rules by hand, and against membership decided one day at a time with the calendar of Python.

A new rule adds its line to `MEMBERS`, its examples to `HAND`, and what it refuses to `REFUSED`.
"""

import calendar
import datetime as dt
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from career_path.days import day_rules as rules
from career_path.days.day_rules import (
    DAY_RULES,
    Birthday,
    BirthMonthEnd,
    Dates,
    DayOfMonth,
    DayOfYear,
    DayRule,
    EveryDay,
    EveryYears,
    MonthDay,
    MonthEnd,
    MonthsAfterBirthMonth,
    Moved,
    Recurrence,
    Weekday,
    Weekdays,
    Workdays,
    YearlyWindow,
    Years,
    to_weekday,
)
from career_path.days.holidays import Direction, HolidayCalendar, Observed
from career_path.days.numbers import ALWAYS, FIRST, LAST, NEVER
from career_path.errors import InvalidValueError
from career_path.testing import dates, day_rules

PAGE = Path(__file__).parents[3] / "docs" / "day-rules.md"
LEAP_BORN = dt.date(2004, 2, 29)


def is_in_years(rule: Any, day: dt.date) -> bool:  # noqa: ANN401 (every yearly rule)
    wanted = {
        Years.EVERY: (0, 1),
        Years.ODD: (1,),
        Years.EVEN: (0,),
        Years.BIRTH: (rule.born.year % 2,) if rule.born else (),
    }
    return day.year % 2 in wanted[rule.years]


def birthday_in(year: int, born: dt.date) -> dt.date:
    moved = (born.month, born.day) == (2, 29) and not calendar.isleap(year)
    return dt.date(year, 3, 1) if moved else dt.date(year, born.month, born.day)


def is_in_window(rule: YearlyWindow, day: dt.date) -> bool:
    key = day.month, day.day
    first, last = (rule.from_.month, rule.from_.day), (rule.through.month, rule.through.day)
    return first <= key <= last if first <= last else key >= first or key <= last


def is_month_end(day: dt.date) -> bool:
    return (day + dt.timedelta(days=1)).day == 1


def month_after_birth(rule: MonthsAfterBirthMonth) -> tuple[int, int]:
    """The year and month that first lay so many months after the birth, counted month by month."""
    assert rule.born is not None
    year, month = rule.born.year, rule.born.month
    for _ in range(abs(rule.months)):
        month += 1 if rule.months > 0 else -1
        if month in {0, 13}:
            year, month = (year + 1, 1) if month else (year - 1, 12)
    return year, month


def is_months_after_birth_month(rule: MonthsAfterBirthMonth, day: dt.date) -> bool:
    year, month = month_after_birth(rule)
    wanted = {Years.EVERY: (0, 1), Years.ODD: (1,), Years.EVEN: (0,), Years.BIRTH: (year % 2,)}[rule.years]
    return is_month_end(day) and day.month == month and day.year % 2 in wanted


def is_recurring(rule: Recurrence, day: dt.date) -> bool:
    """As dateutil counts, from a new year long enough before."""
    at = dt.datetime.combine(day, dt.time())
    begin = dt.datetime.combine(rule.start or dt.date(day.year, 1, 1), dt.time())
    return rrulestr(rule.rule, dtstart=begin).after(at, inc=True) == at


def is_holiday(calendar: HolidayCalendar, day: dt.date) -> bool:
    near = {0: (-1, 0), 4: (0, 1)}.get(day.weekday(), (0,)) if calendar.observed is Observed.NEAREST else (0,)
    days = [day + dt.timedelta(days=offset) for offset in near]
    return any(each in calendar.dates or any(MEMBERS[type(r)](r, each) for r in calendar.days) for each in days)


def is_workday(rule: Workdays | Moved, day: dt.date) -> bool:
    return day.weekday() < 5 and not (rule.holidays and is_holiday(rule.holidays, day))


def is_moved_to(rule: Moved, day: dt.date) -> bool:
    """Whether a day of the rule is this working day, or lies among the closed days on the side it moves from."""
    if not is_workday(rule, day):
        return False
    step = dt.timedelta(days=-1 if rule.to is Direction.FORWARD else 1)
    while not MEMBERS[type(rule.days)](rule.days, day):
        day += step
        if is_workday(rule, day):
            return False
    return True


MEMBERS: dict[type[DayRule], Callable[[Any, dt.date], bool]] = {
    Weekdays: lambda rule, day: day.strftime("%a").lower() in [str(name) for name in rule.days],
    EveryDay: lambda _, day: isinstance(day, dt.date),
    MonthEnd: lambda _, day: is_month_end(day),
    DayOfMonth: lambda rule, day: day.day == rule.day or (day.day < rule.day and is_month_end(day)),
    EveryYears: lambda rule, day: f"{day:%m-%d}" == str(rule.on) and (day.year - rule.year) % rule.every == 0,
    MonthsAfterBirthMonth: is_months_after_birth_month,
    DayOfYear: lambda rule, day: is_in_years(rule, day) and f"{day:%m-%d}" == str(rule.on),
    Birthday: lambda rule, day: is_in_years(rule, day) and day == birthday_in(day.year, rule.born),
    BirthMonthEnd: lambda rule, day: (
        is_in_years(rule, day)
        and day.month == rule.born.month
        and day.day == calendar.monthrange(day.year, day.month)[1]
    ),
    YearlyWindow: is_in_window,
    Dates: lambda rule, day: day in rule.dates,
    Recurrence: is_recurring,
    Workdays: is_workday,
    Moved: is_moved_to,
}

TWO = HolidayCalendar(
    "two",
    dates=[dt.date(2026, 12, 25), dt.date(2027, 1, 1)],
    from_=dt.date(2026, 1, 1),
    through=dt.date(2027, 12, 31),
)  # both are Fridays

Hand = tuple[DayRule, str, str, str]
HAND: list[Hand] = [
    # rule, day, first on or after, last on or before
    (Weekdays(days=["mon", "fri"]), "2027-01-13", "2027-01-15", "2027-01-11"),
    (Weekdays(days=["sun"]), "2027-01-10", "2027-01-10", "2027-01-10"),
    (EveryDay(), "2028-02-29", "2028-02-29", "2028-02-29"),
    (MonthEnd(), "2028-02-10", "2028-02-29", "2028-01-31"),
    (MonthEnd(), "2027-12-31", "2027-12-31", "2027-12-31"),
    (MonthEnd(), "2028-01-01", "2028-01-31", "2027-12-31"),
    (DayOfMonth(day=1), "2027-12-02", "2028-01-01", "2027-12-01"),
    (DayOfMonth(day=31), "2027-02-01", "2027-02-28", "2027-01-31"),
    (DayOfMonth(day=30), "2028-03-29", "2028-03-30", "2028-02-29"),
    (EveryYears(on="02-01", every=3, year=2026), "2026-02-02", "2029-02-01", "2026-02-01"),
    (EveryYears(on="02-01", every=3, year=2026), "2022-06-01", "2023-02-01", "2020-02-01"),
    (EveryYears(on="12-31", every=100, year=2000), "2001-01-01", "2100-12-31", "2000-12-31"),
    # born in December 2001: the January after it is one of 2002, the November before it one of 2001
    (MonthsAfterBirthMonth(months=1).for_birth(dt.date(2001, 12, 3)), "2027-01-31", "2027-01-31", "2027-01-31"),
    (
        MonthsAfterBirthMonth(months=1, years="birth").for_birth(dt.date(2001, 12, 3)),
        "2027-01-31",
        "2028-01-31",
        "2026-01-31",
    ),
    (
        MonthsAfterBirthMonth(months=-1, years="birth").for_birth(dt.date(2001, 12, 3)),
        "2027-01-31",
        "2027-11-30",
        "2025-11-30",
    ),
    (
        MonthsAfterBirthMonth(months=-1, years="birth").for_birth(dt.date(2001, 1, 3)),
        "2027-01-31",
        "2028-12-31",
        "2026-12-31",
    ),
    (DayOfYear(on="07-31"), "2027-08-01", "2028-07-31", "2027-07-31"),
    (DayOfYear(on="07-31", years="odd"), "2027-08-01", "2029-07-31", "2027-07-31"),
    (DayOfYear(on="07-31", years="even"), "2027-08-01", "2028-07-31", "2026-07-31"),
    (DayOfYear(on="07-31", years="birth").for_birth(dt.date(1991, 5, 4)), "2027-08-01", "2029-07-31", "2027-07-31"),
    (Birthday().for_birth(LEAP_BORN), "2027-02-28", "2027-03-01", "2026-03-01"),
    (Birthday().for_birth(LEAP_BORN), "2028-01-15", "2028-02-29", "2027-03-01"),
    (Birthday(years="odd").for_birth(dt.date(1990, 5, 4)), "2028-05-04", "2029-05-04", "2027-05-04"),
    (BirthMonthEnd().for_birth(dt.date(1988, 2, 3)), "2027-02-10", "2027-02-28", "2026-02-28"),
    (BirthMonthEnd(years="birth").for_birth(dt.date(1988, 2, 3)), "2027-02-10", "2028-02-29", "2026-02-28"),
    (YearlyWindow(from_="08-01", through="09-16"), "2027-09-17", "2028-08-01", "2027-09-16"),
    (YearlyWindow(from_="08-01", through="09-16"), "2027-09-16", "2027-09-16", "2027-09-16"),
    (YearlyWindow(from_="12-15", through="01-15"), "2027-01-10", "2027-01-10", "2027-01-10"),
    (YearlyWindow(from_="12-15", through="01-15"), "2027-01-16", "2027-12-15", "2027-01-15"),
    (YearlyWindow(from_="12-15", through="01-15"), "2027-12-14", "2027-12-15", "2027-01-15"),
    (YearlyWindow(from_="02-29", through="03-10"), "2027-02-20", "2027-03-01", "2026-03-10"),
    (YearlyWindow(from_="02-29", through="03-10"), "2028-02-20", "2028-02-29", "2027-03-10"),
    (YearlyWindow(from_="02-01", through="02-29"), "2027-03-01", "2028-02-01", "2027-02-28"),
    (YearlyWindow(from_="02-29", through="02-29"), "1897-01-01", "1904-02-29", "1896-02-29"),
    (Dates(dates=[dt.date(2027, 5, 1), dt.date(2027, 2, 1)]), "2027-02-02", "2027-05-01", "2027-02-01"),
    # The last Fridays of January, June and October 2027 are the 29th, the 25th and the 29th.
    (Recurrence(rule="FREQ=YEARLY;BYMONTH=1,6,10;BYDAY=-1FR"), "2027-01-30", "2027-06-25", "2027-01-29"),
    (Recurrence(rule="FREQ=YEARLY;BYMONTH=1,6,10;BYDAY=-1FR"), "2027-10-01", "2027-10-29", "2027-06-25"),
    # Every other week from Monday 4 January 2027: 4 and 18 January, 1 February.
    (Recurrence(rule="FREQ=WEEKLY;INTERVAL=2", start=dt.date(2027, 1, 4)), "2027-01-19", "2027-02-01", "2027-01-18"),
    (Workdays(), "2026-12-26", "2026-12-28", "2026-12-25"),
    (Workdays(holidays=TWO), "2026-12-25", "2026-12-28", "2026-12-24"),
    # The 25th of December 2026 is a holiday and a Friday, the 25th of April 2027 a Sunday.
    (Moved(days=DayOfMonth(day=25), to="forward", holidays=TWO), "2026-12-01", "2026-12-28", "2026-11-25"),
    (Moved(days=DayOfMonth(day=25), to="backward", holidays=TWO), "2026-12-01", "2026-12-24", "2026-11-25"),
    (Moved(days=DayOfMonth(day=25), to="backward"), "2027-04-24", "2027-05-25", "2027-04-23"),
]

REFUSED: list[tuple[Callable[[], object], str, str]] = [
    (lambda: Weekdays(days=[]), "empty", "days"),
    (lambda: Weekdays(days="mon"), "not-a-list", ""),
    (lambda: Weekdays(days=["someday"]), "not-a-weekday", ""),
    (lambda: Weekdays(days=[1]), "not-a-weekday", ""),  # type: ignore[list-item]
    (lambda: Dates(dates=[]), "empty", "dates"),
    (lambda: Dates(dates=["2027-01-11"]), "not-a-date", ""),  # type: ignore[list-item]
    (lambda: DayOfYear(on="02-29"), "not-every-year", "on"),
    (lambda: DayOfYear(on="02-30"), "not-a-day-of-the-year", ""),
    (lambda: EveryYears(on="02-29", every=4, year=2024), "not-every-year", "on"),
    (lambda: EveryYears(on="02-01", every=1, year=2024), "not-a-count", "every"),
    (lambda: EveryYears(on="02-01", every=3, year=0), "not-a-count", "year"),
    (lambda: DayOfMonth(day=32), "not-a-count", "day"),
    (lambda: DayOfMonth(day=True), "not-a-count", "day"),
    (lambda: MonthsAfterBirthMonth(months=12), "not-a-count", "months"),
    (lambda: DayOfYear(on="07-31", years="leap"), "not-a-choice", "years"),
    (lambda: Recurrence(rule="FREQ=HOURLY"), "unsupported-recurrence", "rule"),
    (lambda: Recurrence(rule="FREQ=SECONDLY;COUNT=5"), "unsupported-recurrence", "rule"),
    (lambda: Recurrence(rule="FREQ=DAILY;BYHOUR=9"), "unsupported-recurrence", "rule"),
    (lambda: Recurrence(rule="FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"), "unsupported-recurrence", "rule"),
    (lambda: Recurrence(rule="FREQ=MONTHLY;BYDAY=MO,1FR"), "unsupported-recurrence", "rule"),
    (lambda: Recurrence(rule="FREQ=DAILY;UNTIL=20270101T000000Z"), "unsupported-recurrence", "rule"),
    (lambda: Recurrence(rule="FREQ=DAILY;INTERVAL=2;BYDAY=MO", start=LEAP_BORN), "unsupported-recurrence", "rule"),
    (lambda: Recurrence(rule="FREQ=DAILY;UNTIL=20270230"), "not-a-recurrence", "rule"),
    (lambda: Recurrence(rule="FREQ=DAILY;INTERVAL=0", start=LEAP_BORN), "not-a-recurrence", "rule"),
    (lambda: Recurrence(rule="FREQ=DAILY;INTERVAL=99999999999", start=LEAP_BORN), "not-a-recurrence", "rule"),
    (lambda: Recurrence(rule="FREQ=DAILY;COUNT=2;UNTIL=20270101", start=LEAP_BORN), "not-a-recurrence", "rule"),
    (lambda: Recurrence(rule="FREQ=DAILY;FREQ=DAILY"), "not-a-recurrence", "rule"),
    (lambda: Recurrence(rule="BYDAY=MO"), "not-a-recurrence", "rule"),
    (lambda: Recurrence(rule="FREQ=WEEKLY;BYDAY=1MO"), "not-a-recurrence", "rule"),
    (lambda: Recurrence(rule="FREQ=MONTHLY;BYSETPOS=1"), "not-a-recurrence", "rule"),
    (lambda: Recurrence(rule="FREQ=MONTHLY;BYMONTHDAY=0"), "not-a-recurrence", "rule"),
    (lambda: Recurrence(rule="FREQ=DAILY;" * 100), "not-a-recurrence", "rule"),
    (lambda: Recurrence(rule=""), "not-a-recurrence", "rule"),
    (lambda: Recurrence(rule=5), "not-a-recurrence", "rule"),
    (lambda: Recurrence(rule="FREQ=YEARLY"), "needs-a-start", "start"),
    (lambda: Recurrence(rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"), "needs-a-start", "start"),
    (lambda: Recurrence(rule="FREQ=DAILY;COUNT=3"), "needs-a-start", "start"),
    (lambda: Recurrence(rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), "never-happens", "rule"),
    (lambda: Recurrence(rule="FREQ=DAILY;UNTIL=20200101", start=dt.date(2027, 1, 1)), "never-happens", "rule"),
    (lambda: Workdays(holidays="us-federal"), "not-a-calendar", "holidays"),  # type: ignore[arg-type]
    (lambda: Moved(days=MonthEnd(), to="nearest"), "not-a-choice", "to"),
    (lambda: YearlyWindow(from_="8-1", through="09-16"), "not-a-day-of-the-year", ""),
    (lambda: YearlyWindow(from_="08-01", through="09-31"), "not-a-day-of-the-year", ""),
]


def number(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(("rule", "day", "after", "before"), HAND, ids=[f"{h[0]} {h[1]}" for h in HAND])
def test_the_nearest_days_are_those_worked_out_by_hand(rule: DayRule, day: str, after: str, before: str) -> None:
    assert (rule.on_or_after(number(day)), rule.on_or_before(number(day))) == (number(after), number(before))


@pytest.mark.parametrize(("make", "code", "where"), REFUSED, ids=map(str, range(len(REFUSED))))
def test_a_rule_that_makes_no_sense_is_refused(make: Callable[[], object], code: str, where: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert (caught.value.code, caught.value.where) == (code, where)


@pytest.mark.parametrize("kind", DAY_RULES, ids=lambda kind: kind.key)
@given(data=st.data())
def test_a_set_holds_exactly_the_days_that_the_calendar_gives_it(kind: type[DayRule], data: st.DataObject) -> None:
    rule = data.draw(day_rules(kinds=(kind,), min_value=dt.date(2026, 1, 1), max_value=dt.date(2030, 12, 31)))
    first = data.draw(dates(min_value=dt.date(2026, 1, 1), max_value=dt.date(2030, 1, 1)))
    days = [first + dt.timedelta(days=offset) for offset in range(400)]

    assert [day for day in days if rule.has(day)] == [day for day in days if MEMBERS[kind](rule, day)]


@pytest.mark.parametrize("kind", DAY_RULES, ids=lambda kind: kind.key)
def test_every_rule_is_told_checked_by_hand_and_shown_on_the_page(kind: type[DayRule]) -> None:
    assert kind in MEMBERS
    assert any(type(rule) is kind for rule, *_ in HAND)
    assert f"`{kind.key}`" in PAGE.read_text(encoding="utf-8")
    assert kind.__name__ in rules.__all__
    assert kind.__doc__


def test_no_two_rules_have_one_name() -> None:
    assert len({kind.key for kind in DAY_RULES}) == len(DAY_RULES)


@given(day_rules())
def test_rules_are_frozen_hashable_and_can_be_pickled(rule: DayRule) -> None:
    assert pickle.loads(pickle.dumps(rule)) == rule
    assert len({rule, attrs.evolve(rule)}) == 1
    for field in attrs.fields(type(rule)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(rule, field.name, None)


@pytest.mark.parametrize(
    ("rule", "after_the_last", "before_the_first"),
    [
        (MonthEnd(), LAST, ALWAYS),
        (Weekdays(days=["mon"]), NEVER, FIRST),  # the first day of year 1 is a Monday, the last of 9999 a Friday
        (Weekdays(days=["fri"]), LAST, ALWAYS),
        (DayOfYear(on="06-30"), NEVER, ALWAYS),
        (YearlyWindow(from_="12-15", through="01-15"), LAST, FIRST),
        (Dates(dates=[dt.date(2027, 1, 11)]), NEVER, ALWAYS),
    ],
    ids=lambda value: getattr(value, "key", str(value)),
)
def test_past_the_ends_of_the_calendar_there_is_nothing(
    rule: DayRule, after_the_last: int, before_the_first: int
) -> None:
    assert (rule.on_or_after(LAST), rule.on_or_before(FIRST)) == (after_the_last, before_the_first)


@pytest.mark.parametrize(
    ("rule", "needs"),
    [
        (Birthday(), True),
        (BirthMonthEnd(), True),
        (MonthsAfterBirthMonth(months=1), True),
        (DayOfYear(on="07-31", years="birth"), True),
        (DayOfYear(on="07-31", years="odd"), False),
        (Birthday().for_birth(LEAP_BORN), False),
        (MonthEnd(), False),
        (Weekdays(days=["mon"]).for_birth(LEAP_BORN), False),
    ],
    ids=str,
)
def test_a_rule_knows_whether_it_waits_for_a_birth_date(rule: DayRule, needs: bool) -> None:  # noqa: FBT001 (an expected value)
    assert rule.needs_birth_date is needs


@pytest.mark.parametrize(
    "rule", [Birthday(), BirthMonthEnd(), MonthsAfterBirthMonth(months=1)], ids=lambda rule: rule.key
)
def test_without_a_birth_date_a_birthday_is_refused(rule: DayRule) -> None:
    with pytest.raises(InvalidValueError) as caught:
        rule.has(dt.date(2027, 1, 11))
    assert caught.value.code == "unknown-birth-date"


def test_a_moment_is_in_no_set() -> None:
    with pytest.raises(InvalidValueError, match="without a time"):
        MonthEnd().has(dt.datetime(2027, 1, 31, tzinfo=dt.UTC))


@pytest.mark.parametrize("name", ["mon", "Mon", "MO", "monday", "Monday", "MONDAY", Weekday.MON], ids=repr)
def test_a_weekday_is_known_by_each_of_its_names(name: str) -> None:
    assert to_weekday(name) is Weekday.MON


def test_a_misspelled_weekday_is_told_with_the_nearest() -> None:
    with pytest.raises(InvalidValueError) as caught:
        to_weekday("tus")
    assert caught.value.nearest == "tue"


def test_weekdays_are_kept_once_and_in_order() -> None:
    assert Weekdays(days=["fri", "mon", "FR"]).days == (Weekday.MON, Weekday.FRI)


@pytest.mark.parametrize("text", ["02-29", "12-31", "01-01"])
def test_a_day_of_the_year_is_read_and_written(text: str) -> None:
    assert str(MonthDay.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "2-29", "02-30", "04-31", "13-01", "00-10", "01-00", "--02-29", "02/29", "02-29\n", "٠٢-٢٩", None, 229],
    ids=ascii,
)  # fmt: skip
def test_what_is_no_day_of_the_year_is_refused(text: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        MonthDay.parse(text)
    assert caught.value.code == "not-a-day-of-the-year"


@pytest.mark.parametrize(
    ("month", "day"), [(True, 1), (1, True), (1.0, 1), (0, 1), (13, 1), (2, 30), ("1", 1)], ids=str
)
def test_numbers_that_are_no_day_of_the_year_are_refused(month: int, day: int) -> None:
    with pytest.raises(InvalidValueError):
        MonthDay(month, day)
