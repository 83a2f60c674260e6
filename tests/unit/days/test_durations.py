import pickle
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

from career_path.days.durations import (
    MOST_HOURS,
    MOST_WORKING_DAYS,
    Duration,
    Effort,
    Estimate,
    WorkingDays,
    hours_text,
    likely,
    to_duration,
    to_hours,
)
from career_path.days.spans import Span
from career_path.errors import InvalidValueError


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, Fraction(0)),
        (160, Fraction(160)),
        (7.5, Fraction(15, 2)),
        (7.1, Fraction(71, 10)),
        (1e-7, Fraction(1, 10_000_000)),
        (Decimal("7.25"), Fraction(29, 4)),
        (Decimal("1E+3"), Fraction(1_000)),
        (Fraction(1, 3), Fraction(1, 3)),
        (MOST_HOURS, Fraction(1_000_000)),
    ],
    ids=repr,
)
def test_hours_are_exact(value: object, expected: Fraction) -> None:
    assert to_hours(value) == expected


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (True, "not-a-number"),
        ("7", "not-a-number"),
        (None, "not-a-number"),
        ([7], "not-a-number"),
        (7j, "not-a-number"),
        (float("nan"), "not-a-number"),
        (float("inf"), "not-a-number"),
        (float("-inf"), "not-a-number"),
        (Decimal("NaN"), "not-a-number"),
        (Decimal("sNaN"), "not-a-number"),
        (Decimal("Infinity"), "not-a-number"),
        (-1, "negative"),
        (-0.5, "negative"),
        (Decimal(-1), "negative"),
        (MOST_HOURS + 1, "too-long"),
        (1e300, "too-long"),
        (10**5_000, "too-long"),
        (Decimal("1E+999999"), "too-long"),
        (Decimal("1E-999999"), "too-long"),
        (Decimal("1." + "3" * 5_000), "too-long"),
    ],
    ids=lambda value: repr(value)[:30] if not isinstance(value, int) or value < MOST_HOURS * 2 else "huge",
)
def test_what_is_no_number_of_hours_is_refused(value: object, code: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        to_hours(value)
    assert caught.value.code == code
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (Fraction(160), "160"),
        (Fraction(15, 2), "7.5"),
        (Fraction(0), "0"),
        (Fraction(1, 3), "1/3"),
        (Fraction(1_000_000), "1000000"),
        (Fraction(1, 10**12), "1/1000000000000"),
    ],
    ids=str,
)
def test_hours_are_written_as_people_do_and_never_rounded(hours: Fraction, text: str) -> None:
    assert hours_text(hours) == text


@pytest.mark.parametrize(
    ("count", "code"),
    [(-1, "too-long"), (MOST_WORKING_DAYS + 1, "too-long"), (True, "not-a-count"), (1.0, "not-a-count")],
)
def test_a_wait_of_no_count_of_working_days_is_refused(count: int, code: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        WorkingDays(count)
    assert (caught.value.code, caught.value.where) == (code, "working_days")


def test_an_effort_at_no_hours_a_week_never_ends() -> None:
    with pytest.raises(InvalidValueError) as caught:
        Effort(hours=10, weekly_at_most=0)
    assert (caught.value.code, caught.value.where) == ("never-ends", "weekly_at_most")


def test_a_length_that_leads_back_is_refused() -> None:
    with pytest.raises(InvalidValueError) as caught:
        to_duration("-P1D")
    assert caught.value.code == "negative"


@pytest.mark.parametrize("value", ["soon", 5, None, True, 1.5, ["P1D"]], ids=repr)
def test_what_is_no_length_is_refused(value: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        to_duration(value)
    assert caught.value.code == "not-a-span"


@pytest.mark.parametrize(
    ("low", "middle", "high"),
    [
        ("P6M", "P9M", "P1Y"),
        ("P1M", "P1M", "P1M"),
        (WorkingDays(1), WorkingDays(2), WorkingDays(3)),
        (Effort(hours=1), Effort(hours=2), Effort(hours=3)),
        ("P1M", "P31D", "P40D"),
    ],
    ids=str,
)
def test_an_estimate_plans_with_what_is_likely(low: str, middle: str, high: str) -> None:
    estimate = Estimate(low=low, likely=middle, high=high)

    assert likely(estimate) == to_duration(middle)
    assert to_duration(estimate) is estimate


@pytest.mark.parametrize(
    ("low", "middle", "high", "code"),
    [
        ("P2M", "P1M", "P3M", "out-of-order"),
        ("P1D", "P2D", "P1D", "out-of-order"),
        (Effort(hours=2), Effort(hours=1), Effort(hours=3), "out-of-order"),
        ("P1D", WorkingDays(2), "P3D", "mixed-lengths"),
        ("P1D", "P2D", "-P3D", "negative"),
        ("P1D", "soon", "P3D", "not-a-span"),
    ],
    ids=str,
)
def test_an_estimate_out_of_order_or_of_mixed_kinds_is_refused(low: str, middle: str, high: str, code: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Estimate(low=low, likely=middle, high=high)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "value",
    [
        Span(days=3),
        WorkingDays(20),
        Effort(hours=160, weekly_at_most=7.5),
        Estimate(low="P1D", likely="P2D", high="P3D"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_lengths_are_frozen_hashable_and_can_be_pickled(value: Duration) -> None:
    assert pickle.loads(pickle.dumps(value)) == value
    assert hash(attrs.evolve(value)) == hash(value)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(value, attrs.fields(type(value))[0].name, None)
