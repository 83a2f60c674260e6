from __future__ import annotations

import csv
import datetime as dt
import gzip
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from career_path.days import columns
from career_path.days.numbers import ALWAYS, FIRST, LAST, NEVER
from career_path.days.spans import MOST_MONTHS, Span
from career_path.errors import InvalidValueError

TABLE = Path(__file__).parents[2] / "outside" / "dates" / "add_months_oracles.csv.gz"
EPOCH = dt.date(1970, 1, 1).toordinal()
SPANS = [Span(months=m, days=d) for m, d in ((1, 0), (6, 3), (-1, 0), (-7, -2), (1_200, 0), (-1_200, 0), (0, 5))]


def column(numbers: list[int]) -> columns.Column:
    return (np.array(numbers, np.int64) - EPOCH).view("datetime64[D]")


def numbers(found: columns.Column) -> list[int]:
    return [int(each) + EPOCH for each in found.view(np.int64)]


def stepped(start: int, span: Span) -> int:
    """The day a span later as the standard library's months have it, on the line of days."""
    if not FIRST <= start <= LAST:
        return start
    date = dt.date.fromordinal(start)
    year, month = divmod(date.year * 12 + date.month - 1 + span.total_months, 12)
    cycle = (year - 2000) // 400
    like = dt.date(year - 400 * cycle, month + 1, 1)  # the calendar repeats every 400 years
    following = (like + dt.timedelta(days=31)).replace(day=1)
    length = (following - like).days
    reached = like.toordinal() + 146_097 * cycle + min(date.day, length) - 1 + span.total_days
    return min(max(reached, ALWAYS), NEVER)


def test_columns_agree_with_postgres() -> None:
    with gzip.open(TABLE, "rt", encoding="ascii", newline="") as file:
        rows = [row for row in csv.DictReader(file) if abs(int(row["months"])) <= MOST_MONTHS]
    by_months: dict[int, list[tuple[str, str]]] = {}
    for row in rows:
        by_months.setdefault(int(row["months"]), []).append((row["date"], row["postgres15"]))
    for months, pairs in by_months.items():
        given, expected = (np.array(side, "datetime64[D]") for side in zip(*pairs, strict=True))
        assert (columns.add_span(given, Span(months=months)) == expected).all()


@pytest.mark.parametrize("span", SPANS, ids=str)
@pytest.mark.parametrize("first", [ALWAYS, 657_437 - 800, 730_000, LAST - 1_500])
def test_a_span_leads_where_the_calendar_says_and_its_partners_lead_back(first: int, span: Span) -> None:
    # A few months around the days asked for are enough to find what leads there, where spans keep inside the line.
    days = list(range(first, min(first + 1_600, NEVER + 1)))
    reached = [stepped(each, span) for each in days]
    assert numbers(columns.add_span(column(days), span)) == reached
    inside = sorted(x for x in set(reached) if reached[0] < x < reached[-1])[::7]
    expected_last = [max(d for d, there in zip(days, reached, strict=True) if there <= x) for x in inside]
    expected_first = [min(d for d, there in zip(days, reached, strict=True) if there >= x) for x in inside]
    assert numbers(columns.latest(column(inside), span)) == expected_last
    assert numbers(columns.soonest(column(inside), span)) == expected_first


def test_the_ends_of_the_line_are_kept_and_lead_back_as_the_line_says() -> None:
    span = Span(months=1)
    assert numbers(columns.add_span(column([ALWAYS, LAST, NEVER]), span)) == [ALWAYS, NEVER, NEVER]
    assert numbers(columns.latest(column([ALWAYS, FIRST, LAST, NEVER]), span)) == [ALWAYS, ALWAYS, LAST - 31, NEVER]
    assert numbers(columns.soonest(column([ALWAYS, FIRST, LAST, NEVER]), span)) == [ALWAYS, FIRST, LAST - 30, LAST - 30]
    back = Span(months=-1)
    assert numbers(columns.add_span(column([ALWAYS, FIRST, 32, NEVER]), back)) == [ALWAYS, ALWAYS, FIRST, NEVER]
    assert numbers(columns.latest(column([ALWAYS, LAST]), back)) == [31, LAST]


def test_what_lies_outside_the_dates_is_always_or_never() -> None:
    assert numbers(columns.add_span(column([-500, NEVER + 500]), Span(months=1))) == [ALWAYS, NEVER]


@pytest.mark.parametrize("move", [columns.add_span, columns.latest, columns.soonest])
def test_few_dates_far_apart_are_moved_as_many_close_together(move: Callable[..., columns.Column]) -> None:
    rng = random.Random(5)
    few = [rng.randint(FIRST, LAST) for _ in range(50)]
    span = Span(months=5, days=1)
    assert numbers(move(column(few), span)) == [numbers(move(column([each, each]), span))[0] for each in few]


def test_an_empty_column_stays_empty() -> None:
    assert columns.add_span(column([]), Span(months=1)).size == 0


def test_a_column_is_left_as_it_was() -> None:
    given = column([730_000, 730_001])
    columns.add_span(given, Span(months=1))
    assert numbers(given) == [730_000, 730_001]


@pytest.mark.parametrize("given", [np.array([1, 2]), np.array(["2027-01-01T00"], "datetime64[h]")])
def test_what_is_no_column_of_dates_is_refused(given: columns.Column) -> None:
    with pytest.raises(InvalidValueError, match=r"an array of datetime64\[D\]"):
        columns.add_span(given, Span(months=1))


def test_a_missing_date_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="NaT"):
        columns.add_span(np.array(["2027-01-01", "NaT"], "datetime64[D]"), Span(months=1))


def test_without_numpy_the_extra_is_named() -> None:
    script = "import sys; sys.modules['numpy'] = None; import career_path.days.columns"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "columns of dates needs the extra 'numpy': pip install 'career-path[numpy]'" in ran.stderr


def test_a_plan_is_made_without_numpy() -> None:
    script = (
        "import sys, datetime as dt\n"
        "from career_path import Learner, Pathway, Step, plan\n"
        "plan(Pathway('p', goal='a', steps=[Step('a', takes='P6M')]), Learner(), today=dt.date(2027, 1, 4))\n"
        "print('numpy' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
