"""Careers as a frame: what stands in which column, of which type, in both libraries; values were worked by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, get_args

import attrs
import pandas as pd
import polars as pl
import pytest

from career_path import (
    Careers,
    Credential,
    CreditRule,
    Duty,
    Effort,
    InvalidValueError,
    Learner,
    Occupation,
    Outlook,
    Pathway,
    Pay,
    RenewalRule,
    Step,
    Validity,
    compare,
)
from career_path.errors import MissingExtraError
from career_path.views.frame_columns import Library

TODAY = dt.date(2027, 1, 4)
LIBRARIES: tuple[Library, ...] = get_args(Library)
COLUMNS = (
    "id title first_pay days_to_pay cost cost_unknown currency hours hours_unknown exams renewals duties renewal_hours "
    "renewal_hours_unknown renewal_cost renewal_cost_unknown occupation median_pay pay_as_of growth_percent "
    "openings_per_year outlook_from outlook_through horizon earned balance conflicts"
)
# A hundred a day. 100 hours at ten a week are ten weeks, so the first pay is on 15 March.
AIDE = Occupation(
    "aide",
    title="Aide at work",
    pay=Pay(median="36524.25", as_of="2024-05"),
    outlook=Outlook(growth_percent="-2.5", openings_per_year=300, from_=2024, through=2034),
)
CARD = Credential(
    "card",
    valid=Validity(span="P2Y"),
    renewal=RenewalRule(fee="50", credits=CreditRule(total=12, unit="hour")),
    duties=[Duty("fee", every=Validity(span="P4Y"), fee="5")],
)
AIDE_PATH = Pathway(
    "aide",
    title="Aide",
    goal="job",
    steps=[
        Step("course", kind="program", takes=Effort(hours=100), cost="500.50"),
        Step("exam", kind="exam", requires="course", grants=["card"]),
        Step("job", kind="job", requires="exam", cost="0", occupation="aide"),
    ],
    credentials=[CARD],
    occupations=[AIDE],
)
CLERK_PATH = Pathway(
    "clerk",
    currency="EUR",
    goal="job",
    steps=[Step("school", kind="program", takes="P1Y"), Step("job", kind="job", requires="school", cost="0")],
)


@pytest.fixture
def careers() -> Careers:
    return compare([AIDE_PATH, CLERK_PATH], Learner(weekly_hours=10), today=TODAY, horizon="P80D")


def column(careers: Careers, name: str) -> list[Any]:
    """A column, the same from both libraries."""
    from_polars: list[Any] = careers.to_frame(library="polars")[name].to_list()
    series = careers.to_frame()[name]
    are_days = pd.api.types.is_datetime64_any_dtype(series.dtype)
    from_pandas = [None if pd.isna(each) else each.date() if are_days else each for each in series]
    assert from_pandas == from_polars
    return from_polars


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_columns_and_their_types_are_the_same_with_and_without_careers(careers: Careers, library: Library) -> None:
    none = compare([], Learner(), today=TODAY)
    full: Any = careers.to_frame(library=library)
    empty: Any = none.to_frame(library=library)
    assert list(full.columns) == list(empty.columns) == COLUMNS.split()
    assert list(full.dtypes) == list(empty.dtypes)
    assert (len(full), len(empty)) == (2, 0)


def test_each_column_has_the_type_of_its_kind(careers: Careers) -> None:
    types = careers.to_frame().dtypes.astype(str)
    assert types["first_pay"] == types["horizon"] == "datetime64[s]"
    assert types["days_to_pay"] == types["renewals"] == types["outlook_from"] == "Int64"
    assert types["cost"] == types["earned"] == types["hours"] == "object"
    assert careers.to_frame(library="polars").schema["earned"] == pl.Decimal(38, 4)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("id", ["aide", "clerk"]),
        ("title", ["Aide", "clerk"]),
        ("first_pay", [dt.date(2027, 3, 15), dt.date(2028, 1, 4)]),
        ("days_to_pay", [70, 365]),
        ("cost", [Decimal("500.50"), None]),
        ("cost_unknown", [1, 1]),
        ("currency", ["USD", "EUR"]),
        ("hours", [Decimal(100), None]),
        ("hours_unknown", [0, 1]),
        ("exams", [1, 0]),
        # The card ends on 14 March of 2029, 2031, 2033, 2035 and 2037, and its fee falls due in 2031 and 2035.
        ("renewals", [5, 0]),
        ("duties", [2, 0]),
        ("renewal_hours", [Decimal(60), Decimal(0)]),
        ("renewal_hours_unknown", [1, 0]),
        ("renewal_cost", [Decimal(260), Decimal(0)]),
        ("renewal_cost_unknown", [0, 0]),
        ("occupation", ["Aide at work", None]),
        ("median_pay", [Decimal("36524.25"), None]),
        ("pay_as_of", ["May 2024", None]),
        ("growth_percent", [Decimal("-2.5"), None]),
        ("openings_per_year", [300, None]),
        ("outlook_from", [2024, None]),
        ("outlook_through", [2034, None]),
        ("horizon", [dt.date(2027, 3, 25)] * 2),
        ("earned", [Decimal(1000), Decimal(0)]),
        ("balance", [None, None]),
        ("conflicts", [0, 0]),
    ],
)
def test_what_a_column_holds(careers: Careers, name: str, values: list[object]) -> None:
    assert column(careers, name) == values


def test_a_career_without_a_plan_has_nothing_but_its_names_and_conflicts() -> None:
    found = compare([AIDE_PATH], Learner(weekly_hours=10, avoid=["exam"]), today=TODAY)
    row = found.to_frame(library="polars").row(0, named=True)
    assert {name for name, value in row.items() if value is not None} == {
        "id",
        "title",
        "currency",
        "horizon",
        "conflicts",
    }
    assert row["conflicts"] == 1


def test_hours_and_money_are_rounded_to_hundredths() -> None:
    third = attrs.evolve(AIDE, pay=Pay(median="10000"))
    path = Pathway("p", goal="job", steps=[Step("job", kind="job", occupation="aide", cost="1")], occupations=[third])
    found = compare([path], Learner(), today=TODAY, horizon="P1D")
    assert column(found, "earned") == [Decimal("27.38")]  # 27.3790…
    assert column(found, "balance") == [Decimal("26.38")]
    school = Step("school", kind="program", takes="P1D", load=10)
    taught = compare([Pathway("p", goal="school", steps=[school])], Learner(), today=TODAY)
    assert column(taught, "hours") == [Decimal("1.43")]  # ten sevenths


def test_another_library_and_a_missing_one_are_told(careers: Careers, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidValueError, match="expected pandas or polars; did you mean 'pandas'"):
        careers.to_frame(library="panda")  # type: ignore[call-overload]
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"careers as a pandas frame needs .* 'career-path\[pandas\]'"):
        careers.to_frame()
