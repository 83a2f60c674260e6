"""P4: one date and months, one by one and in bulk, and the way back.

One by one everybody moves the same thousand dates in the form that is their own: day numbers for us, `date` for
dateutil, `Date` for whenever. "career_path, dates" goes from a `date` to a `date`.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from dateutil.relativedelta import relativedelta
from pytest_benchmark.fixture import BenchmarkFixture

from career_path.days import columns
from career_path.days.rules import add_span
from career_path.days.spans import Span

MONTHS = 6
SOME = 1_000
MANY = (100_000, 1_000_000)
MOST_BY_DATEUTIL = 20_000
"""Its cost is the same for every date."""
CENTURY = 36_525
SINCE = dt.date(2000, 1, 1)

Moves = tuple[Callable[[Any], Any], list[Any]]
"""What moves one date, and the dates in its own form."""


def dates(count: int) -> list[dt.date]:
    rng = random.Random(count)
    return [SINCE + dt.timedelta(rng.randrange(CENTURY)) for _ in range(count)]


def by_dateutil(given: list[dt.date]) -> Moves:
    delta = relativedelta(months=MONTHS)
    return (lambda day: day + delta), given


def by_career_path(given: list[dt.date]) -> Moves:
    return add_span(Span(months=MONTHS)).f, [day.toordinal() for day in given]


def by_career_path_dates(given: list[dt.date]) -> Moves:
    return Span(months=MONTHS).after, given


def by_whenever(given: list[dt.date]) -> Moves:
    whenever = pytest.importorskip("whenever")
    return (lambda day: day.add(months=MONTHS)), [whenever.Date(day.year, day.month, day.day) for day in given]


def as_date(moved: Any) -> dt.date:  # noqa: ANN401 (each has its own form)
    if isinstance(moved, int):
        return dt.date.fromordinal(moved)
    return moved if isinstance(moved, dt.date) else moved.to_stdlib()


ONE_BY_ONE = {
    "career_path": by_career_path,
    "career_path, dates": by_career_path_dates,
    "dateutil": by_dateutil,
    "whenever": by_whenever,
}


def tell(benchmark: BenchmarkFixture, part: str, who: str, size: int) -> None:
    benchmark.group = f"P4 {size:,} dates, {part}"
    benchmark.extra_info.update(row="P4", size=f"{size:,} dates", part=part, who=who, per=size)


def measure_all(benchmark: BenchmarkFixture, move: Callable[[Any], Any], given: list[Any]) -> None:
    def run() -> None:
        for each in given:
            move(each)

    benchmark.pedantic(run, rounds=10, iterations=1, warmup_rounds=1)


@pytest.mark.parametrize("who", ONE_BY_ONE)
def test_one_by_one(who: str, benchmark: BenchmarkFixture) -> None:
    tell(benchmark, "one by one", who, SOME)
    move, given = ONE_BY_ONE[who](dates(SOME))
    assert [as_date(move(each)) for each in given] == [day + relativedelta(months=MONTHS) for day in dates(SOME)]
    measure_all(benchmark, move, given)


@pytest.mark.parametrize("who", ["career_path", "career_path, soonest", "dateutil"])
def test_back_one_by_one(who: str, benchmark: BenchmarkFixture) -> None:
    """The exact way back; dateutil has none, and its months earlier stand beside it for the cost."""
    tell(benchmark, "back, one by one", who, SOME)
    delta = relativedelta(months=MONTHS)
    rule = add_span(Span(months=MONTHS))
    numbers = [day.toordinal() for day in dates(SOME)]
    for x in numbers:
        last, first = (dt.date.fromordinal(day) for day in (rule.latest(x), rule.soonest(x)))
        assert (last + delta).toordinal() <= x < (last + dt.timedelta(1) + delta).toordinal()
        assert (first - dt.timedelta(1) + delta).toordinal() < x <= (first + delta).toordinal()
    if who == "dateutil":
        measure_all(benchmark, lambda day: day - delta, dates(SOME))
    else:
        measure_all(benchmark, rule.latest if who == "career_path" else rule.soonest, numbers)


def in_bulk_by_numpy(column: columns.Column) -> columns.Column:
    """What NumPy itself offers: the month, months later, and the day of the month again, cut to its end."""
    month = column.astype("datetime64[M]")
    of_month = column - month.astype("datetime64[D]")
    later = month + MONTHS
    first, following = later.astype("datetime64[D]"), (later + 1).astype("datetime64[D]")
    return np.minimum(first + of_month, following - 1)


IN_BULK: dict[str, Callable[[columns.Column], columns.Column]] = {
    "career_path": lambda column: columns.add_span(column, Span(months=MONTHS)),
    "NumPy": in_bulk_by_numpy,
}


@pytest.mark.parametrize("who", [*IN_BULK, "dateutil"])
@pytest.mark.parametrize("size", MANY)
def test_in_bulk(size: int, who: str, benchmark: BenchmarkFixture) -> None:
    tell(benchmark, "in bulk", who, size)
    delta = relativedelta(months=MONTHS)
    if who == "dateutil":
        benchmark.extra_info["per"] = MOST_BY_DATEUTIL
        measure_all(benchmark, lambda day: day + delta, dates(MOST_BY_DATEUTIL))
        return
    given = dates(size)
    column = np.array(given, "datetime64[D]")
    assert IN_BULK[who](column)[:SOME].tolist() == [day + delta for day in given[:SOME]]
    benchmark.pedantic(IN_BULK[who], (column,), rounds=20, iterations=2, warmup_rounds=1)


@pytest.mark.parametrize("who", ["latest", "soonest"])
@pytest.mark.parametrize("size", MANY)
def test_back_in_bulk(size: int, who: str, benchmark: BenchmarkFixture) -> None:
    tell(benchmark, "back, in bulk", "career_path" if who == "latest" else "career_path, soonest", size)
    span = Span(months=MONTHS)
    column, rule = np.array(dates(size), "datetime64[D]"), add_span(span)
    move, one = (columns.latest, rule.latest) if who == "latest" else (columns.soonest, rule.soonest)
    found = [day.toordinal() for day in move(column, span)[:SOME].tolist()]
    assert found == [one(day.toordinal()) for day in column[:SOME].tolist()]
    benchmark.pedantic(move, (column, span), rounds=20, iterations=2, warmup_rounds=1)
