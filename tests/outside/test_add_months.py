"""Adding months as six engines do it that clamp to the month's last day."""

import csv
import datetime as dt
import gzip
from functools import cache
from pathlib import Path

import pytest

from career_path.days.numbers import add_months
from career_path.days.rules import add_span
from career_path.days.spans import MOST_MONTHS, Span

ROWS = 32_184
TABLE = Path(__file__).parent / "dates" / "add_months_oracles.csv.gz"
CLAMPING = (
    "postgres15",
    "java17_LocalDate",
    "temporal_polyfill_constrain",
    "dateutil2.9.0",
    "whenever0.11.0",
    "pendulum3.3.0",
)
OVERFLOWING = ("php8.2_modify", "sqlite3.40_date", "js_setUTCMonth")


@cache
def rows() -> list[dict[str, str]]:
    with gzip.open(TABLE, "rt", encoding="ascii", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


def test_the_table_is_whole() -> None:
    assert len(rows()) == ROWS


@pytest.mark.parametrize("engine", CLAMPING)
def test_adding_months_agrees_with_an_engine_that_clamps(engine: str) -> None:
    wrong = [row for row in rows() if add_months(number(row["date"]), int(row["months"])) != number(row[engine])]
    assert not wrong


@pytest.mark.parametrize("engine", OVERFLOWING)
def test_adding_months_differs_from_an_engine_that_overflows_only_where_no_such_day_exists(engine: str) -> None:
    differ = [row for row in rows() if add_months(number(row["date"]), int(row["months"])) != number(row[engine])]

    assert len(differ) == 1_200
    assert all(int(row["date"][8:]) > int(row["postgres15"][8:]) for row in differ)


def test_spans_of_months_lead_to_the_same_days() -> None:
    fitting = [row for row in rows() if abs(int(row["months"])) <= MOST_MONTHS]
    wrong = [
        row
        for row in fitting
        if Span(months=int(row["months"])).after(dt.date.fromisoformat(row["date"]))
        != dt.date.fromisoformat(row["postgres15"])
    ]
    assert len(fitting) > ROWS // 2
    assert not wrong


def test_going_back_over_the_months_finds_the_last_and_the_first_day_that_lead_there() -> None:
    # Days of one month that lead to the same day are neighbors: the month's last ones, all clamped.
    for row in rows():
        months, start, reached = int(row["months"]), number(row["date"]), number(row["postgres15"])
        if abs(months) > MOST_MONTHS:
            continue
        rule = add_span(Span(months=months))
        first, last = rule.soonest(reached), rule.latest(reached)
        assert first <= start <= last
        same_month = {dt.date.fromordinal(day).strftime("%Y-%m") for day in (first, start, last)}
        is_clamped = first < last
        assert len(same_month) == 1
        assert not is_clamped or dt.date.fromordinal(last + 1).day == 1
