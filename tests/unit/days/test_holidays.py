import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from career_path import Learner, plan
from career_path.days.day_rules import Birthday, DayOfYear, EveryDay
from career_path.days.durations import WorkingDays
from career_path.days.holidays import HolidayCalendar
from career_path.days.public_holidays import public_holidays
from career_path.days.recurrence import Recurrence
from career_path.errors import DocumentError, InvalidValueError
from career_path.formats.documents import format_pathway, parse_pathway
from career_path.model.pathway import Pathway, Step

YEAR: dict[str, Any] = {"from_": dt.date(2027, 1, 1), "through": dt.date(2027, 12, 31)}
OFFICE = HolidayCalendar(
    "office", dates=[dt.date(2026, 12, 25)], from_=dt.date(2026, 1, 1), through=dt.date(2026, 12, 31)
)
# The holidays of 5 U.S.C. 6103(a), kept as Executive Order 11582 and 6103(b) say: Saturday on Friday, Sunday on Monday.
FEDERAL = HolidayCalendar(
    "us-federal",
    observed="nearest",
    days=[
        *(DayOfYear(on=day) for day in ("01-01", "06-19", "07-04", "11-11", "12-25")),
        *(
            Recurrence(rule=f"FREQ=YEARLY;BYMONTH={month};BYDAY={day}")
            for month, day in ((1, "3MO"), (2, "3MO"), (5, "-1MO"), (9, "1MO"), (10, "2MO"), (11, "4TH"))
        ),
    ],
)


@pytest.mark.parametrize(
    ("make", "code", "where"),
    [
        (lambda: HolidayCalendar("a"), "empty", "dates"),
        (lambda: HolidayCalendar("A b", days=[DayOfYear(on="01-01")]), "not-an-id", "id"),
        (lambda: HolidayCalendar("a", dates=[dt.date(2027, 1, 1)]), "missing", "from"),
        (lambda: HolidayCalendar("a", dates=[dt.date(2027, 1, 1)], from_=dt.date(2027, 1, 1)), "missing", "through"),
        (lambda: HolidayCalendar("a", dates=[dt.date(2028, 1, 1)], **YEAR), "outside", "dates"),
        (lambda: HolidayCalendar("a", dates=["2027-01-01"], **YEAR), "not-a-date", ""),  # type: ignore[list-item]
        (lambda: HolidayCalendar("a", days=[EveryDay()]), "too-large", ""),
        (lambda: HolidayCalendar("a", days=[Birthday()]), "not-a-day-rule", "days"),
        pytest.param(
            lambda: HolidayCalendar("a", days=["01-01"]),  # type: ignore[list-item]
            "not-a-day-rule",
            "days",
            id="a text",
        ),
        (lambda: HolidayCalendar("a", days=[DayOfYear(on="01-01")], observed="monday"), "not-a-choice", "observed"),
        (lambda: WorkingDays(5, holidays="us-federal"), "not-a-calendar", "holidays"),  # type: ignore[arg-type]
        (lambda: public_holidays("a", "XX", 2026, 2027), "unknown-country", "country"),
        (lambda: public_holidays("a", "US", 2026, 2027, subdivision="QQ"), "unknown-subdivision", "subdivision"),
        (lambda: public_holidays("a", "US", 2090, 2150), "unknown-years", "first_year"),
        pytest.param(
            lambda: public_holidays("a", "US", 2027, 2026), "unknown-years", "first_year", id="the last year first"
        ),
        (lambda: public_holidays("a", "IL", 2026, 2027), "other-weekend", "country"),
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused(make: Callable[[], object], code: str, where: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert (caught.value.code, caught.value.where) == (code, where)


def test_the_federal_holidays_by_rule_are_those_that_the_package_lists() -> None:
    # 2022 to 2040: Juneteenth is in, and no holiday is new. The package is an independent source.
    listed = public_holidays("us", "US", 2022, 2040)
    days = [dt.date.fromordinal(n) for n in range(dt.date(2022, 1, 1).toordinal(), dt.date(2041, 1, 1).toordinal())]
    weekdays = [day for day in days if day.weekday() < 5]
    assert [day for day in weekdays if FEDERAL.is_day_off(day)] == [day for day in weekdays if listed.is_day_off(day)]


def test_a_plan_around_holidays_is_read_back_from_its_document() -> None:
    pathway = Pathway("p", goal="paper", steps=[Step("paper", takes=WorkingDays(5, holidays=OFFICE))])
    assert parse_pathway(format_pathway(pathway)) == pathway
    assert plan(pathway, Learner(), today=dt.date(2026, 12, 23)).finish == dt.date(2026, 12, 31)  # 24, 28, 29, 30, 31
    with pytest.raises(DocumentError, match="unknown-holidays"):
        plan(pathway, Learner(), today=dt.date(2026, 12, 28))


def test_latest_days_that_a_calendar_does_not_know_are_refused() -> None:
    pathway = Pathway("p", goal="paper", steps=[Step("paper", takes=WorkingDays(5, holidays=OFFICE))])
    with pytest.raises(DocumentError, match="unknown-holidays"):
        plan(pathway, Learner(deadline=dt.date(2028, 6, 1)), today=dt.date(2026, 12, 1))


def test_two_calendars_of_one_name_cannot_be_written() -> None:
    calendars = [HolidayCalendar("x", days=[DayOfYear(on=day)]) for day in ("01-01", "12-25")]
    steps = [Step(name, takes=WorkingDays(1, holidays=x)) for name, x in zip("ab", calendars, strict=True)]
    with pytest.raises(InvalidValueError) as caught:
        format_pathway(Pathway("p", goal="a", steps=steps))
    assert (caught.value.code, caught.value.where) == ("not-writable", "holidays")


@pytest.mark.parametrize(
    ("calendar", "faults"),
    [
        ("days = [{ day_of_year = '12-25' }]", ["steps.a.takes.holidays: unknown-id"]),
        ("dates = [2027-01-01]", ["holidays.y: missing", "steps.a.takes.holidays: unknown-id"]),
        (
            "days = [{ workdays = 'y' }]",
            ["holidays.y.days[0].workdays: unknown-id", "steps.a.takes.holidays: unknown-id"],
        ),
    ],
)
def test_faults_of_calendars_are_told_with_the_others(calendar: str, faults: list[str]) -> None:
    text = f"""
        schema = "career-path/pathway/1"
        id = "p"
        goal = "a"
        [holidays.y]
        {calendar}
        [steps.a]
        takes = {{ working_days = 5, holidays = "x" }}
    """
    with pytest.raises(DocumentError) as caught:
        parse_pathway(text)
    assert [f"{fault.path.removesuffix('.from')}: {fault.code}" for fault in caught.value.faults] == faults
