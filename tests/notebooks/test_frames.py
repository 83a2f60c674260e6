"""Frames: what stands in which column, of which type, in both libraries; values are those of a plan written by hand."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal
from typing import Any, get_args

import attrs
import pandas as pd
import polars as pl
import pytest

from career_path.errors import InvalidValueError, MissingExtraError
from career_path.model.timeline import Timeline
from career_path.views.frames import Library, Rows, to_frame
from notebooks.plans import EMPTY, PLAN

LIBRARIES: tuple[Library, ...] = get_args(Library)
ROWS: tuple[Rows, ...] = get_args(Rows)

COLUMNS = {
    "steps": "id title kind status start finish latest_start latest_finish slack_days is_critical is_done cost "
    "currency why",
    "deadlines": "on kind title step credential needed_by cycle days_left text lost_after id",
    "renewals": "credential title number valid_from valid_through opens act_by grace_through",
    "reminders": "on kind due text deadline id",
}


def column(timeline: Timeline, name: str, *, what: Rows = "steps") -> list[Any]:
    """A column, the same from both libraries."""
    from_polars: list[Any] = to_frame(timeline, library="polars", what=what)[name].to_list()
    series = to_frame(timeline, what=what)[name]
    days = pd.api.types.is_datetime64_any_dtype(series.dtype)
    from_pandas = [None if pd.isna(each) else each.date() if days else each for each in series]
    assert from_pandas == from_polars
    return from_polars


def costing(amount: str) -> Timeline:
    """The plan with that cost of its first step."""
    return attrs.evolve(PLAN, steps=(attrs.evolve(PLAN.steps[0], cost=Decimal(amount)), *PLAN.steps[1:]))


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("what", ROWS)
def test_the_columns_are_the_documented_ones_in_their_order(library: Library, what: Rows) -> None:
    assert list(to_frame(PLAN, library=library, what=what).columns) == COLUMNS[what].split()


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("what", ROWS)
def test_an_empty_plan_gives_an_empty_frame_of_the_same_types(library: Library, what: Rows) -> None:
    empty, full = to_frame(EMPTY, library=library, what=what), to_frame(PLAN, library=library, what=what)
    assert (len(empty), len(full)) == (0, {"steps": 4}.get(what, 2))
    assert list(empty.columns) == list(full.columns)
    assert list(empty.dtypes) == list(full.dtypes)


def test_pandas_has_a_fitting_type_for_each_kind_of_column() -> None:
    types = to_frame(PLAN).dtypes.astype(str)
    assert set(types[["id", "title", "currency", "why"]]) == {"string"}
    assert set(types[["start", "finish", "latest_start", "latest_finish"]]) == {"datetime64[s]"}
    assert set(types[["kind", "status"]]) == {"category"}
    assert set(types[["is_critical", "is_done"]]) == {"bool"}
    assert (types["slack_days"], types["cost"]) == ("Int64", "object")


def test_polars_has_a_fitting_type_for_each_kind_of_column() -> None:
    types = to_frame(PLAN, library="polars").schema
    assert {types[name] for name in ("id", "title", "currency", "why")} == {pl.String}
    assert {types[name] for name in ("start", "finish", "latest_start", "latest_finish")} == {pl.Date}
    assert types["status"] == pl.Enum(["planned", "running", "finished", "redo", "waived"])
    assert types["slack_days"] == pl.Int64
    assert types["is_critical"] == pl.Boolean
    assert types["cost"] == pl.Decimal(38, 4)


def test_steps_stand_in_the_order_of_the_plan_with_their_days() -> None:
    assert column(PLAN, "id") == ["school", "course", "exam", "job"]
    assert column(PLAN, "title") == ["School", "Course", "exam", "Job"]
    assert column(PLAN, "kind") == ["diploma", "program", "exam", "job"]
    assert column(PLAN, "status") == ["finished", "running", "planned", "planned"]
    assert column(PLAN, "start") == [None, dt.date(2026, 12, 1), dt.date(2027, 2, 1), dt.date(2027, 3, 1)]
    assert column(PLAN, "latest_finish") == [None, dt.date(2027, 2, 1), dt.date(2027, 3, 1), dt.date(2027, 3, 1)]


def test_slack_stays_a_whole_number_where_one_is_missing() -> None:
    assert column(PLAN, "slack_days") == [None, 0, 28, 0]
    assert column(PLAN, "is_critical") == [False, True, False, True]
    assert column(PLAN, "is_done") == [True, False, False, False]


def test_amounts_are_exact() -> None:
    # In binary fractions 0.1 + 0.2 is not 0.3.
    frame = to_frame(PLAN)
    assert frame.loc[~frame["is_done"], "cost"].sum() == Decimal("0.3")
    assert to_frame(PLAN, library="polars").filter(~pl.col("is_done"))["cost"].sum() == Decimal("0.3")
    assert column(PLAN, "cost") == [Decimal("77.00"), Decimal("0.1"), None, Decimal("0.2")]
    assert column(PLAN, "currency") == ["EUR"] * 4


def test_why_is_the_sentence_for_the_date_or_missing() -> None:
    assert column(PLAN, "why") == [None, "Your plan starts on 1 Dec 2026.", None, None]


def test_deadlines_tell_how_many_days_are_left() -> None:
    assert column(PLAN, "days_left", what="deadlines") == [10, 786]  # 27 more in Jan, 365 + 366, Jan and 28 Feb
    assert column(PLAN, "title", what="deadlines") == ["exam", "Card (BOARD)"]
    assert column(PLAN, "step", what="deadlines") == ["exam", None]
    assert column(PLAN, "cycle", what="deadlines") == [None, 1]
    assert column(PLAN, "text", what="deadlines")[1] == "Last day it is valid: Card (BOARD)"


def test_a_credential_without_an_end_has_no_last_day() -> None:
    assert column(PLAN, "valid_through", what="renewals") == [dt.date(2029, 2, 28), None]
    assert column(PLAN, "title", what="renewals") == ["Card (BOARD)", "letter"]


def test_a_reminder_of_a_deadline_that_is_gone_has_no_kind_and_no_day() -> None:
    assert column(PLAN, "kind", what="reminders") == ["apply-by", None]
    assert column(PLAN, "due", what="reminders") == [dt.date(2027, 1, 14), None]
    assert column(PLAN, "text", what="reminders")[0].startswith("In 3 days, on 14 Jan 2027: ")


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_first_and_the_last_day_of_all_fit(day: dt.date) -> None:
    timeline = attrs.evolve(PLAN, steps=(attrs.evolve(PLAN.steps[0], start=day, finish=day),))
    assert column(timeline, "start") == column(timeline, "finish") == [day]


@pytest.mark.parametrize("amount", ["0.00005", "1" * 35, "123456789012345678901234567890.00001"])
def test_what_polars_would_round_is_refused_and_pandas_keeps_it(amount: str) -> None:
    timeline = costing(amount)
    assert to_frame(timeline)["cost"][0] == Decimal(amount)
    with pytest.raises(InvalidValueError, match=r"found .*; expected at most 34 digits before the point and 4 after"):
        to_frame(timeline, library="polars")


@pytest.mark.parametrize("amount", ["1" * 34, "9999999999.1234", "1.00000", "-5.5"])
def test_what_polars_can_hold_arrives_whole(amount: str) -> None:
    assert to_frame(costing(amount), library="polars")["cost"][0] == Decimal(amount)


def test_another_library_or_other_rows_are_named_with_what_there_is() -> None:
    with pytest.raises(InvalidValueError, match="library: not-a-choice: found 'panda'; expected pandas or polars; did"):
        to_frame(PLAN, library="panda")  # type: ignore[call-overload]
    with pytest.raises(InvalidValueError, match="expected steps or deadlines or renewals or reminders; did you mean"):
        to_frame(PLAN, what="step")  # type: ignore[call-overload]


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_missing_library_is_told_with_the_extra_that_brings_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match=rf"a plan as a {library} frame needs .* 'career-path\[{library}\]'"):
        to_frame(PLAN, library=library)


def test_the_module_imports_neither_library() -> None:
    code = "import sys, career_path.views.frames; sys.exit(bool({'pandas', 'polars', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
