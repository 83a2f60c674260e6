"""The tables of conventions in `docs/renewal-patterns.md`: this library, dateutil, spreadsheets, PHP, and counting."""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import gzip
import re
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta

from career_path import Held, Span, Validity
from career_path.model.credentials import Credential
from career_path.planning.cycles import cycles

PAGE = Path(__file__).parents[2] / "docs" / "renewal-patterns.md"
RECORDED = Path(__file__).parent / "dates" / "add_months_oracles.csv.gz"
INCLUSIVE = {"P1Y": 365, "P6M": 180, "P2M": 60}


def rows(pattern: str) -> list[list[str]]:
    """The cells of every row whose first one is like a pattern."""
    lines = PAGE.read_text("utf-8").splitlines()
    return [re.split(r"\s*\|\s*", line.strip("| ")) for line in lines if re.match(rf"\| {pattern} \|", line)]


ONE = rows(r"\d{4}-\d\d-\d\d, P\w+")
LATER = rows(r"\d{4}-\d\d-\d\d, P\w+, \d")


def end(span: str, day: dt.date, number: int = 1, **more: str) -> dt.date | None:
    card = Credential("card", valid=Validity(span=span, **more))  # type: ignore[arg-type]
    return cycles(card, Held("card", granted=day), today=day, renewals=number - 1)[-1].valid_through


def edate(day: dt.date, months: int) -> dt.date:
    """EDATE (OpenFormula, date functions): the same day of the month, or its last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def eomonth(day: dt.date, months: int) -> dt.date:
    """EOMONTH (OpenFormula, date functions): the last day of the month so many months on."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def overflowing(day: dt.date, months: int) -> dt.date:
    """PHP's `+N months`: the month is counted on, and days it does not have are carried over (php.net, `strtotime`)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, 1) + dt.timedelta(days=day.day - 1)


def test_the_tables_have_the_days_that_matter() -> None:
    assert [row[0] for row in ONE] == ["2024-02-29, P1Y", "2027-02-28, P1Y", "2026-08-31, P6M", "2026-12-31, P2M"]
    assert [row[0] for row in LATER] == ["2024-02-29, P1Y, 4", "2026-08-31, P6M, 2", "2026-12-31, P2M, 2"]


@pytest.mark.parametrize("row", ONE, ids=lambda row: row[0])
def test_each_convention_gives_what_the_table_says(row: list[str]) -> None:
    text, span = row[0].split(", ")
    day, months = dt.date.fromisoformat(text), Span.parse(span).total_months
    assert day + relativedelta(months=months) == edate(day, months)
    expected = [
        end(span, day),
        end(span, day, until="anniversary"),
        end(span, day, until="anniversary", short_month="next-day"),
        end(span, day, until="month-end"),
        edate(day, months),
        eomonth(day, months),
        overflowing(day, months),
        day + dt.timedelta(days=INCLUSIVE[span] - 1),
    ]
    assert [str(each) for each in expected] == row[1:]


@pytest.mark.parametrize("row", LATER, ids=lambda row: row[0])
def test_later_periods_end_where_the_table_says(row: list[str]) -> None:
    text, span, n = row[0].split(", ")
    day, months, number = dt.date.fromisoformat(text), Span.parse(span).total_months, int(n)
    by_dateutil = by_edate = by_php = day
    for _ in range(number):
        by_dateutil += relativedelta(months=months)
        by_edate = edate(by_edate, months)
        by_php = overflowing(by_php, months)
    assert by_dateutil == by_edate
    expected = [
        end(span, day, number, until="anniversary", repeats="anchor"),
        end(span, day, number, until="anniversary", repeats="expiry"),
        day + relativedelta(months=number * months),
        by_edate,
        by_php,
    ]
    assert [str(each) for each in expected] == row[1:]


def test_php_and_dateutil_did_give_what_these_rules_give() -> None:
    """Against the engines' own answers on record, some of them from the three days of the tables."""
    days = {"01-31", "02-28", "02-29", "08-31", "12-31"}
    with gzip.open(RECORDED, "rt", encoding="ascii", newline="") as file:
        found = [row for row in csv.DictReader(file) if row["date"][5:] in days and 0 < int(row["months"]) < 100]
    assert len({row["date"][5:] for row in found}) == len(days)
    for row in found:
        day, months = dt.date.fromisoformat(row["date"]), int(row["months"])
        assert (str(overflowing(day, months)), str(edate(day, months))) == (row["php8.2_modify"], row["dateutil2.9.0"])
