"""The geometry of the timeline: every number worked out by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_path.model.pathway import StepKind
from career_path.model.timeline import Deadline, DeadlineKind, PlannedStep, Status, Timeline, TotalCost
from career_path.views.timeline_picture import (
    ROWS,
    Bar,
    Row,
    Scale,
    ticks_of,
    timeline_picture,
    window_of,
)

NEW_YEAR = dt.date(2027, 1, 1)


def day(count: int) -> dt.date:
    """So many days after 1 Jan 2027."""
    return NEW_YEAR + dt.timedelta(days=count)


def a_step(name: str, start: int | None, finish: int | None, **fields: object) -> PlannedStep:
    start_day, finish_day = (None if count is None else day(count) for count in (start, finish))
    return attrs.evolve(between(name, start_day, finish_day), **fields)  # type: ignore[arg-type]


def between(name: str, start: dt.date | None, finish: dt.date | None) -> PlannedStep:
    return PlannedStep(
        id=name, title=name.title(), kind=StepKind.PROGRAM, status=Status.PLANNED, start=start, finish=finish
    )


def a_plan(*steps: PlannedStep, today: int = 0, finish: int | None = 100, **fields: object) -> Timeline:
    plan = Timeline(
        pathway="p",
        title="A plan",
        learner="me",
        today=day(today),
        horizon=day(36_500),
        finish=None if finish is None else day(finish),
        cost=TotalCost(amount=Decimal(0), currency="USD"),
        steps=steps,
    )
    return attrs.evolve(plan, **fields)  # type: ignore[arg-type]


def rows_of(timeline: Timeline) -> list[Row]:
    picture = timeline_picture(timeline)
    assert picture is not None
    return [row for panel in picture.panels for row in panel.rows]


# The days 0 to 100 over 2 % to 98 %: each day 0.96 % wide.


def test_a_bar_reaches_from_the_start_to_the_day_it_is_done_by() -> None:
    classes, exam = rows_of(a_plan(a_step("classes", 0, 50), a_step("exam", 75, 100)))
    assert classes.bar == Bar(x=2.0, width=48.0)
    assert exam.bar == Bar(x=74.0, width=24.0)
    assert classes.mark is None


def test_a_step_that_takes_no_time_is_a_mark_on_its_day() -> None:
    _, exam = rows_of(a_plan(a_step("classes", 0, 100), a_step("exam", 25, 25)))
    assert (exam.bar, exam.mark) == (None, 26.0)


def test_slack_reaches_from_the_finish_to_the_latest_finish() -> None:
    early, _ = rows_of(
        a_plan(a_step("early", 0, 25, latest_start=day(50), latest_finish=day(75)), a_step("late", 0, 100))
    )
    assert early.slack == Bar(x=26.0, width=48.0)


def test_a_step_without_slack_shows_none() -> None:
    assert rows_of(a_plan(a_step("only", 0, 100, latest_start=day(0), latest_finish=day(100))))[0].slack is None


def test_of_a_running_step_the_part_up_to_today_is_told_apart() -> None:
    running = a_step("running", 0, 100, status=Status.RUNNING)
    row = rows_of(a_plan(running, today=25))[0]
    assert (row.elapsed, row.remark) == (Bar(x=2.0, width=24.0), "running")
    assert rows_of(a_plan(running, today=0))[0].elapsed is None
    assert rows_of(a_plan(attrs.evolve(running, finish=None), a_step("x", 0, 100)))[0].elapsed is None


def test_deadlines_stand_on_the_row_of_their_step_and_opening_days_do_not() -> None:
    deadlines = (
        Deadline(id="1", kind=DeadlineKind.APPLY_BY, on=day(50), step="apply"),
        Deadline(id="2", kind=DeadlineKind.START_BY, on=day(25), step="apply"),
        Deadline(id="3", kind=DeadlineKind.WINDOW_OPENS, on=day(10), step="apply"),
        Deadline(id="4", kind=DeadlineKind.EXPIRES, on=day(60), credential="paper"),
        Deadline(id="5", kind=DeadlineKind.APPLY_BY, on=day(101), step="apply"),
    )
    plan = a_plan(a_step("apply", 0, 10), a_step("wait", 10, 100), deadlines=deadlines)
    assert [row.due for row in rows_of(plan)] == [(26.0, 50.0), ()]
    picture = timeline_picture(plan)
    assert picture is not None
    assert picture.has_deadlines


def test_today_and_the_finish_stand_at_their_days() -> None:
    picture = timeline_picture(a_plan(a_step("classes", 20, 100), today=0))
    assert picture is not None
    assert (picture.today, picture.finish) == (2.0, 98.0)
    assert (picture.has_slack, picture.has_deadlines) == (False, False)


def test_a_plan_that_is_never_done_has_no_finish_in_its_picture() -> None:
    picture = timeline_picture(a_plan(a_step("classes", 0, 100), finish=None))
    assert picture is not None
    assert picture.finish is None


def test_today_is_left_out_where_it_would_press_the_plan_into_a_corner() -> None:
    # 100 days of plan may be lengthened by 50: today stands 50 days before it, not 51.
    near, far = a_plan(a_step("classes", 50, 150), today=0), a_plan(a_step("classes", 51, 151), today=0)
    assert window_of(near) == Scale(first=day(0), last=day(150))
    assert window_of(far) == Scale(first=day(51), last=day(151))
    picture = timeline_picture(far)
    assert picture is not None
    assert picture.today is None


def test_what_was_done_long_ago_lies_before_the_picture() -> None:
    diploma = a_step("diploma", -4000, -3000, status=Status.FINISHED)
    old, new = rows_of(a_plan(diploma, a_step("classes", 0, 100)))
    assert (old.is_before, old.bar, old.mark, old.remark) == (True, None, None, "done")
    assert not new.is_before


def test_what_was_begun_long_ago_and_done_lately_begins_at_the_edge() -> None:
    school = a_step("school", -4000, -50, status=Status.FINISHED)
    row, classes = rows_of(a_plan(school, a_step("classes", 0, 100)))
    # The picture begins on day -50: of the bar there is only its end, at the edge.
    assert row.bar == Bar(x=2.0, width=0.0)
    assert classes.bar == Bar(x=34.0, width=64.0)
    row, _ = rows_of(a_plan(attrs.evolve(school, finish=day(0)), a_step("classes", 0, 100), today=-50))
    assert row.bar == Bar(x=2.0, width=32.0)


def test_a_step_whose_days_are_not_known_has_a_row_without_a_bar() -> None:
    waived = a_step("waived", None, None, status=Status.WAIVED)
    row, _ = rows_of(a_plan(waived, a_step("classes", 0, 100)))
    assert (row.bar, row.mark, row.dates, row.remark) == (None, None, "no day recorded", "waived")


def test_a_finished_step_of_unknown_start_stands_on_the_day_it_was_done() -> None:
    row, _ = rows_of(a_plan(a_step("school", None, 25, status=Status.FINISHED), a_step("classes", 0, 100)))
    assert (row.mark, row.dates) == (26.0, "26 Jan 2027")


def test_a_plan_without_any_day_has_no_picture() -> None:
    assert timeline_picture(a_plan()) is None
    assert timeline_picture(a_plan(a_step("waived", None, None, status=Status.WAIVED))) is None


def test_where_all_is_done_the_picture_shows_what_was_done() -> None:
    assert window_of(a_plan(a_step("school", 0, 100, status=Status.FINISHED), today=120)) == Scale(
        first=day(0), last=day(120)
    )


def test_the_least_slack_is_told_in_words_but_not_where_every_step_has_none() -> None:
    critical = a_step("classes", 0, 100, is_critical=True)
    assert rows_of(a_plan(critical))[0].remark == "least slack"
    assert rows_of(a_plan(critical, is_latest=True))[0].remark == ""
    assert rows_of(a_plan(attrs.evolve(critical, status=Status.REDO)))[0].remark == "again, least slack"
    assert rows_of(a_plan(attrs.evolve(critical, status=Status.FINISHED)))[0].remark == "done"


def test_rows_stand_forty_pixels_apart_in_panels_of_twenty_four() -> None:
    picture = timeline_picture(a_plan(*(a_step(f"s{count}", 0, 100) for count in range(50))))
    assert picture is not None
    assert [(panel.number, panel.first, panel.through, panel.height) for panel in picture.panels] == [
        (1, 1, 24, 34 + 24 * 40 + 38),
        (2, 25, 48, 34 + 24 * 40 + 38),
        (3, 49, 50, 34 + 2 * 40 + 38),
    ]
    assert [row.y for row in picture.panels[2].rows] == [34, 74]
    assert ROWS == 24


def test_a_long_title_is_cut_and_kept_in_full_beside_it() -> None:
    row = rows_of(a_plan(a_step("x", 0, 100, title="W" * 200)))[0]
    assert (row.title, row.full_title) == ("W" * 33 + "…", "W" * 200)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        # A week: every day.
        ("2027-01-01", "2027-01-08", ["1 Jan 2027", "2 Jan", "3 Jan", "4 Jan", "5 Jan", "6 Jan", "7 Jan", ""]),
        # Two weeks: every second day, counted from the first Monday of the calendar; 4 Jan 2027 is a Monday.
        ("2027-01-04", "2027-01-18", ["4 Jan 2027", "6 Jan", "8 Jan", "10 Jan", "12 Jan", "14 Jan", "16 Jan", ""]),
        # Seven weeks: Mondays.
        ("2026-12-25", "2027-02-01", ["28 Dec 2026", "4 Jan 2027", "11 Jan", "18 Jan", "25 Jan", ""]),
        # A year: months, the year beside its first.
        (
            "2026-10-15",
            "2027-10-01",
            ["Nov 2026", "Dec", "Jan 2027", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", ""],
        ),
        # Three years: quarters.
        (
            "2027-01-01",
            "2029-06-01",
            ["Jan 2027", "Apr", "Jul", "Oct", "Jan 2028", "Apr", "Jul", "Oct", "Jan 2029", ""],
        ),
        # Five years: half-years. Eight: years. Thirty: every fifth.
        (
            "2027-02-01",
            "2031-12-31",
            ["Jul 2027", "Jan 2028", "Jul", "Jan 2029", "Jul", "Jan 2030", "Jul", "Jan 2031", "Jul"],
        ),
        ("2027-02-01", "2035-02-01", ["2028", "2029", "2030", "2031", "2032", "2033", "2034", ""]),
        ("2027-02-01", "2057-02-01", ["2030", "2035", "2040", "2045", "2050", ""]),
    ],
)
def test_the_axis_counts_in_days_weeks_months_or_years_as_the_plan_is_long(
    first: str, last: str, expected: list[str]
) -> None:
    scale = Scale(first=dt.date.fromisoformat(first), last=dt.date.fromisoformat(last))
    assert [f"{tick.label} {tick.year}".strip() for tick in ticks_of(scale)] == expected


def test_a_tick_stands_at_its_day() -> None:
    # The Mondays 4 Jan to 8 Feb are the days 3, 10 … 38 of 48, each 2 % wide.
    scale = Scale(first=dt.date(2027, 1, 1), last=dt.date(2027, 2, 18))
    assert [tick.x for tick in ticks_of(scale)] == [8.0, 22.0, 36.0, 50.0, 64.0, 78.0, 92.0]


def test_the_ends_of_the_calendar_can_be_drawn() -> None:
    last = a_plan(between("x", dt.date.max, dt.date.max), today=0)
    assert window_of(last) == Scale(first=dt.date(9999, 12, 24), last=dt.date.max)
    whole = Scale(first=dt.date.min, last=dt.date.max)
    assert [tick.label for tick in ticks_of(whole)] == ["2000", "4000", "6000", "8000"]


DAYS = st.dates()


@given(DAYS, DAYS)
def test_ticks_follow_each_other_inside_the_picture_and_are_few(one: dt.date, other: dt.date) -> None:
    window = window_of(a_plan(between("x", min(one, other), max(one, other))))
    assert window is not None
    places = [tick.x for tick in ticks_of(window)]
    assert places == sorted(places)
    assert all(2 <= x <= 98 for x in places)
    assert len(places) <= 13


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=5), DAYS)
def test_every_bar_stands_inside_the_picture(spans: list[tuple[dt.date, dt.date]], today: dt.date) -> None:
    steps = (between(f"s{count}", min(span), max(span)) for count, span in enumerate(spans))
    for row in rows_of(attrs.evolve(a_plan(*steps), today=today)):
        assert (row.bar is None) != (row.mark is None)
        if row.bar is not None:
            assert row.bar.x >= 2
            assert row.bar.x + row.bar.width <= 98.01
