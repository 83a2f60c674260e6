"""Plans side by side; every difference is worked out by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import cast

import attrs
import pytest

from career_path.errors import InvalidValueError, UnknownIdError
from career_path.model.pathway import StepKind
from career_path.model.timeline import (
    Conflict,
    ConflictKind,
    PlannedStep,
    Renewal,
    Status,
    Timeline,
    TotalCost,
)
from career_path.views.comparison import ComparedPlan, compare_plans

TODAY = dt.date(2027, 1, 4)
FIRST = Timeline(
    pathway="p",
    title="P",
    learner="me",
    today=TODAY,
    horizon=dt.date(2127, 1, 4),
    finish=dt.date(2027, 3, 1),
    cost=TotalCost(amount=Decimal("100.00"), currency="USD"),
)
LATER = attrs.evolve(FIRST, finish=dt.date(2027, 4, 2), cost=TotalCost(amount=Decimal("60.10"), currency="USD"))
NONE = attrs.evolve(FIRST, finish=None, is_feasible=False)


def second(timeline: Timeline) -> ComparedPlan:
    """What the comparison says of a plan against the first one."""
    return compare_plans({"first": FIRST, "second": timeline}).plan("second")


def cells(timeline: Timeline) -> list[str]:
    """The second row of the text."""
    line = str(compare_plans({"first": FIRST, "second": timeline})).splitlines()[2]
    return [cell.strip() for cell in line.split("  ") if cell.strip()]


def step(name: str, status: Status) -> PlannedStep:
    return PlannedStep(id=name, title=name, kind=StepKind.EXAM, status=status, start=TODAY, finish=TODAY)


def valid(credential: str, through: dt.date | None) -> Renewal:
    return Renewal(credential=credential, number=1, valid_from=dt.date(2025, 1, 1), valid_through=through)


def test_a_plan_tells_days_and_amount_against_the_first() -> None:
    assert (second(LATER).days, second(LATER).cost_difference) == (32, Decimal("-39.90"))  # 31 in March, one more
    assert cells(LATER) == ["second", "2 Apr 2027", "32 days later, 39.90 USD less", "60.10 USD", "0", "none", "none"]


def test_the_first_plan_is_the_measure() -> None:
    first = compare_plans({"first": FIRST, "second": LATER}).plan("first")
    assert (first.days, first.cost_difference) == (0, Decimal(0))
    assert str(compare_plans({"first": FIRST})).splitlines()[1].split("  ")[2].strip() == "-"


def test_the_order_is_the_one_that_was_given() -> None:
    compared = compare_plans({"b": LATER, "a": FIRST, "c": FIRST})
    assert [each.name for each in compared.plans] == ["b", "a", "c"]
    assert [each.days for each in compared.plans] == [0, -32, -32]


def test_without_a_finish_nothing_is_compared() -> None:
    assert second(NONE).days is None
    assert cells(NONE)[1:3] == ["no plan", "cannot be compared"]
    assert compare_plans({"none": NONE, "second": FIRST}).plan("second").days is None


@pytest.mark.parametrize(
    "cost",
    [TotalCost(amount=Decimal(60), currency="EUR"), TotalCost(amount=Decimal(60), currency="USD", unknown=("exam",))],
    ids=["another currency", "a cost not known"],
)
def test_amounts_that_do_not_compare_are_not_compared(cost: TotalCost) -> None:
    other = attrs.evolve(FIRST, cost=cost)
    assert second(other).cost_difference is None
    assert cells(other)[2] == "the same day, cost not known"


def test_costs_that_miss_the_same_steps_are_compared() -> None:
    some = attrs.evolve(FIRST, cost=TotalCost(amount=Decimal(60), currency="USD", unknown=("exam",)))
    more = attrs.evolve(FIRST, cost=TotalCost(amount=Decimal(70), currency="USD", unknown=("exam",)))
    compared = compare_plans({"some": some, "more": more})
    assert compared.plan("more").cost_difference == 10
    assert "at least 70.00 USD" in str(compared)


def test_only_steps_left_to_do_are_counted() -> None:
    steps = tuple(step(status.value, status) for status in Status)
    assert second(attrs.evolve(FIRST, steps=steps)).step_count == 3  # planned, running, redo


def test_the_first_expiry_is_the_next_one_from_today_on() -> None:
    past, today = valid("gone", TODAY - dt.timedelta(days=1)), valid("now", TODAY)
    renewals = (past, today, valid("later", dt.date(2030, 1, 31)), valid("never", None))
    plan = attrs.evolve(FIRST, renewals=renewals, names=(("now", "Card (BOARD)"),))
    assert second(plan).first_expiry == today
    assert cells(plan)[5] == "Card (BOARD), 4 Jan 2027"
    assert second(attrs.evolve(FIRST, renewals=(past, valid("never", None)))).first_expiry is None


def test_conflicts_are_told_without_the_rules_behind_them() -> None:
    missed = Conflict(kind=ConflictKind.DEADLINE, rules=("steps.a", "steps.b"), days=3, on=dt.date(2027, 2, 26))
    assert cells(attrs.evolve(FIRST, conflicts=(missed,)))[-1] == "The deadline of 26 Feb 2027 is missed by 3 days."


def test_columns_are_as_wide_as_what_stands_in_them_also_for_wide_letters() -> None:
    lines = str(compare_plans({"看護師": FIRST, "nurses": LATER})).splitlines()
    assert lines[1].startswith("看護師  1 Mar 2027  ")
    assert lines[2].startswith("nurses  2 Apr 2027  ")
    assert [line == line.rstrip() for line in lines] == [True, True, True]


def test_no_plans_are_an_empty_comparison() -> None:
    empty = compare_plans({})
    assert empty.plans == ()
    assert str(empty) == "No plans to compare."
    assert empty._repr_html_() == "<p>No plans to compare.</p>"


def test_a_notebook_shows_a_table_in_which_no_name_is_markup() -> None:
    html = compare_plans({"<b>first</b>": FIRST, "second": LATER})._repr_html_()
    assert html.count("<tr>") == 3
    assert "<bdi>&lt;b&gt;first&lt;/b&gt;</bdi>" in html
    assert "<bdi>32 days later, 39.90 USD less</bdi>" in html


def test_ipython_prints_the_same_text_as_python() -> None:
    written: list[str] = []

    class Printer:
        def text(self, obj: str) -> None:
            written.append(obj)

    compared = compare_plans({"first": FIRST, "a\nb": LATER})
    compared._repr_pretty_(Printer(), _is_cycle=False)
    assert written == [str(compared)]
    assert len(written[0].splitlines()) == 3


def test_an_unknown_name_is_told_with_the_nearest_one() -> None:
    with pytest.raises(UnknownIdError, match="there is no plan in this comparison 'secnd'; did you mean 'second'"):
        compare_plans({"first": FIRST, "second": LATER}).plan("secnd")


def test_what_is_no_plan_is_refused_by_its_name() -> None:
    with pytest.raises(InvalidValueError, match="second: wrong-kind: found 2027-03-01; expected a Timeline"):
        compare_plans({"first": FIRST, "second": cast("Timeline", dt.date(2027, 3, 1))})


def test_equal_comparisons_are_equal() -> None:
    assert compare_plans({"a": FIRST, "b": LATER}) == compare_plans({"a": FIRST, "b": LATER})
    assert compare_plans({"a": FIRST}) != compare_plans({"b": FIRST})
