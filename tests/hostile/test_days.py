"""Days, lengths, amounts and options at the edges of the calendar and in letters that only look like digits.

Clamping, 29 February and the anchor of renewals: `outside/test_add_months.py` and `laws/`.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from decimal import Decimal
from typing import cast

import click
import pytest

from career_path.cli import values
from career_path.days.day_rules import MonthDay, to_weekday
from career_path.days.durations import Effort, WorkingDays, to_hours
from career_path.days.numbers import parse_date
from career_path.days.spans import Span
from career_path.errors import DocumentError, InvalidValueError
from career_path.formats.documents import parse_pathway
from career_path.model.learner import Learner
from career_path.model.pathway import Credential, Pathway, Step, Validity, to_amount
from career_path.model.text import check_id
from career_path.model.timeline import NoRouteError, Timeline
from career_path.planning import plan
from career_path.planning.reminders import MOST_REMINDERS, Ladder

# The ends of the calendar


def renewed(*, opens: dt.date) -> Timeline:
    pathway = Pathway(
        "p",
        goal="exam",
        steps=[Step("course", takes="P1M"), Step("exam", kind="exam", requires="course", grants=["card"])],
        credentials=[Credential("card", valid=Validity(span="P100Y", until="month-end"))],
    )
    return plan(pathway, Learner(), today=opens)


@pytest.mark.parametrize("today", [dt.date.min, dt.date(1, 1, 31), dt.date(9998, 12, 1)])
def test_a_plan_at_the_ends_of_the_calendar_has_days(today: dt.date) -> None:
    made = renewed(opens=today)
    assert made.finish == Span(months=1).after(today)
    assert made.renewals


def test_a_paper_that_outlives_the_calendar_has_no_last_day() -> None:
    made = renewed(opens=dt.date(9990, 1, 1))
    assert [cycle.valid_through for cycle in made.renewals] == [None]


@pytest.mark.parametrize("today", [dt.date(9999, 12, 1), dt.date.max])
def test_where_the_calendar_is_over_there_is_no_route_and_no_overflow(today: dt.date) -> None:
    with pytest.raises(NoRouteError):
        renewed(opens=today)


# Reminders that multiply


def test_a_deadline_has_so_many_reminders_and_no_more() -> None:
    spans = [f"P{days}D" for days in range(MOST_REMINDERS + 1)]
    assert len(Ladder(["expires"], spans[:-1]).before) == MOST_REMINDERS
    with pytest.raises(InvalidValueError) as caught:
        Ladder(["expires"], spans)
    assert caught.value.code == "too-many"


@pytest.mark.parametrize("kinds", [["expries"], "expires", [None]])
def test_reminders_of_no_kind_of_deadline_are_refused(kinds: list[str]) -> None:
    with pytest.raises(InvalidValueError):
        Ladder(kinds, ["P1M"])


# What Python itself takes for a number, and people do not

LOOKALIKES = (
    "\u0661\u0662",  # Arabic
    "\uff11\uff12",  # full width
    "\u0967",  # Devanagari
    "\u00b2",  # a superscript
    "\u2460",  # a circled one
    "\U0001d7d9",  # a mathematical one
    "1_0",
    "+1",
    " 1",
    "1 ",
    "1\n",
    "1e1",
    "0x1",
    "1.",
    ".5",
    "NaN",
    "inf",
    "-0",
    "1\u2009000",
    "1,5",
    "9" * 5_000,
)

READERS: tuple[tuple[str, Callable[[str], object], str], ...] = (
    ("date", parse_date, "2027-01-{}"),
    ("year", parse_date, "{}-01-11"),
    ("span", Span.parse, "P{}D"),
    ("month and day", MonthDay.parse, "{}-11"),
    ("amount", to_amount, "{}"),
    ("hours", cast("Callable[[str], object]", values.HOURS), "{}"),
    ("done", cast("Callable[[str], object]", values.DONE), "exam=2027-01-{}"),
    ("absent", cast("Callable[[str], object]", values.ABSENCE), "2027-01-01..2027-01-{}"),
    ("budget", cast("Callable[[str], object]", values.AMOUNT), "{}"),
    ("objective", cast("Callable[[str], object]", values.OBJECTIVE), "balanced:{}"),
    ("revision", cast("Callable[[str], object]", values.REVISION), "{}"),
    ("remind", cast("Callable[[str], object]", values.LADDER), "expires=P{}D"),
    ("day", cast("Callable[[str], object]", values.DATE), "2027-01-{}"),
)
each_reader = pytest.mark.parametrize(("read", "form"), [(r, f) for _, r, f in READERS], ids=[n for n, _, _ in READERS])


@each_reader
@pytest.mark.parametrize("number", LOOKALIKES, ids=lambda text: ascii(text)[:12])
def test_what_only_looks_like_a_number_is_refused(read: Callable[[str], object], form: str, number: str) -> None:
    with pytest.raises((InvalidValueError, click.BadParameter)) as caught:
        read(form.format(number))
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 1_000


@pytest.mark.parametrize("value", [True, 1.5, float("nan"), float("inf"), "1", Decimal("1.5"), None])
def test_a_count_is_a_whole_number_and_nothing_that_equals_one(value: object) -> None:
    for make in (
        lambda: Span(months=cast("int", value)),
        lambda: Span(days=cast("int", value)),
        lambda: WorkingDays(cast("int", value)),
    ):
        with pytest.raises(InvalidValueError):
            make()


@pytest.mark.parametrize("value", [True, float("nan"), float("inf"), -1, "1", Decimal("NaN"), Decimal("-Infinity")])
def test_hours_are_a_finite_number_and_no_truth_value(value: object) -> None:
    with pytest.raises(InvalidValueError):
        to_hours(cast("int", value))
    with pytest.raises(InvalidValueError):
        Effort(hours=cast("int", value))


@pytest.mark.parametrize("value", [True, 0.1, float("nan"), Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity")])
def test_an_amount_is_exact_and_finite(value: object) -> None:
    with pytest.raises(InvalidValueError):
        to_amount(value)


@pytest.mark.parametrize("months", [10**18, -(10**18), 1_201, -1_201])
def test_a_span_of_more_than_a_century_is_refused_however_long(months: int) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Span(months=months)
    assert caught.value.code == "too-long"


@pytest.mark.parametrize(
    "moment", ["2027-01-11T00:00:00", "2027-01-11T00:00:00Z", "2027-01-11 00:00:00+14:00", "07:30:00"]
)
def test_a_time_in_a_document_is_no_date(moment: str) -> None:
    text = f'schema = "career-path/pathway/1"\nid = "p"\ngoal = "a"\n[steps.a]\nopens = {{ dates = [{moment}] }}\n'
    with pytest.raises(DocumentError) as caught:
        parse_pathway(text)
    assert {fault.code for fault in caught.value.faults} <= {"datetime-for-date", "not-a-date"}


# Texts made to keep a pattern busy

MEGABYTE = 1_000_000
BUSY = (
    "9" * MEGABYTE,
    "P" + "1Y" * (MEGABYTE // 2),
    "-" * MEGABYTE,
    "a" * MEGABYTE + "!",
    "a-" * (MEGABYTE // 2) + "\n",
    "0." * (MEGABYTE // 2),
    "2027-01-11" * (MEGABYTE // 10),
    "=" * MEGABYTE,
    ".." * (MEGABYTE // 2),
    "balanced:" * (MEGABYTE // 9),
    " " * MEGABYTE + "x",
    "\u0130" * MEGABYTE,
)


@pytest.mark.parametrize("text", BUSY, ids=lambda text: ascii(text[:9]))
def test_a_megabyte_of_anything_is_refused_at_once(text: str) -> None:
    readers = [read for _, read, _ in READERS]
    began = time.process_time()
    for read in (*readers, check_id, to_weekday, cast("Callable[[str], object]", values.ID)):
        with pytest.raises((InvalidValueError, click.BadParameter)) as caught:
            read(text)
        assert len(str(caught.value)) < 1_000
    assert time.process_time() - began < 2
