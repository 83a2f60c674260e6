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
from hypothesis import given
from hypothesis import strategies as st

from career_path.days import day_rules as rules
from career_path.days.day_rules import (
    DAY_RULES,
    Birthday,
    BirthMonthEnd,
    Dates,
    DayOfYear,
    DayRule,
    EveryDay,
    MonthDay,
    MonthEnd,
    Weekday,
    Weekdays,
    YearlyWindow,
    Years,
    to_weekday,
)
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


MEMBERS: dict[type[DayRule], Callable[[Any, dt.date], bool]] = {
    Weekdays: lambda rule, day: day.strftime("%a").lower() in [str(name) for name in rule.days],
    EveryDay: lambda _, day: isinstance(day, dt.date),
    MonthEnd: lambda _, day: (day + dt.timedelta(days=1)).day == 1,
    DayOfYear: lambda rule, day: is_in_years(rule, day) and f"{day:%m-%d}" == str(rule.on),
    Birthday: lambda rule, day: is_in_years(rule, day) and day == birthday_in(day.year, rule.born),
    BirthMonthEnd: lambda rule, day: (
        is_in_years(rule, day)
        and day.month == rule.born.month
        and day.day == calendar.monthrange(day.year, day.month)[1]
    ),
    YearlyWindow: is_in_window,
    Dates: lambda rule, day: day in rule.dates,
}

Hand = tuple[DayRule, str, str, str]
HAND: list[Hand] = [
    # rule, day, first on or after, last on or before
    (Weekdays(days=["mon", "fri"]), "2027-01-13", "2027-01-15", "2027-01-11"),
    (Weekdays(days=["sun"]), "2027-01-10", "2027-01-10", "2027-01-10"),
    (EveryDay(), "2028-02-29", "2028-02-29", "2028-02-29"),
    (MonthEnd(), "2028-02-10", "2028-02-29", "2028-01-31"),
    (MonthEnd(), "2027-12-31", "2027-12-31", "2027-12-31"),
    (MonthEnd(), "2028-01-01", "2028-01-31", "2027-12-31"),
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
    (lambda: DayOfYear(on="07-31", years="leap"), "not-a-choice", "years"),
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


@pytest.mark.parametrize("rule", [Birthday(), BirthMonthEnd()], ids=["birthday", "birth_month_end"])
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
