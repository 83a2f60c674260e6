"""The table of conventions in `docs/renewal-patterns.md`: this library, dateutil, PHP's rule, and counting."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta

from career_path import Held, Span, Validity
from career_path.model.credentials import Credential
from career_path.planning.cycles import cycles

PAGE = Path(__file__).parents[2] / "docs" / "renewal-patterns.md"
INCLUSIVE = {"P1Y": 365, "P6M": 180, "P2M": 60}


def rows() -> list[list[str]]:
    """The cells of every row that begins with a day and a length."""
    lines = PAGE.read_text("utf-8").splitlines()
    return [re.split(r"\s*\|\s*", line.strip("| ")) for line in lines if re.match(r"\| \d{4}-\d\d-\d\d, P", line)]


def end(span: str, day: dt.date, **more: str) -> dt.date | None:
    card = Credential("card", valid=Validity(span=span, **more))  # type: ignore[arg-type]
    return cycles(card, Held("card", granted=day), today=day, renewals=0)[0].valid_through


def overflowing(day: dt.date, months: int) -> dt.date:
    """PHP's `+N months`: the month is counted on, and days it does not have are carried over (php.net, `strtotime`)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, 1) + dt.timedelta(days=day.day - 1)


def test_the_table_has_the_three_days_that_matter() -> None:
    assert [row[0] for row in rows()] == ["2024-02-29, P1Y", "2026-08-31, P6M", "2026-12-31, P2M"]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_each_convention_gives_what_the_table_says(row: list[str]) -> None:
    text, span = row[0].split(", ")
    day, months = dt.date.fromisoformat(text), Span.parse(span).total_months
    expected = [
        end(span, day),
        end(span, day, until="anniversary"),
        end(span, day, until="anniversary", short_month="next-day"),
        end(span, day, until="month-end"),
        day + relativedelta(months=months),
        overflowing(day, months),
        day + dt.timedelta(days=INCLUSIVE[span] - 1),
    ]
    assert [str(each) for each in expected] == row[1:]
