"""Occupations: what their values take, what they refuse, and how they stand in a pathway and its overlays."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from career_path import (
    DocumentError,
    Edit,
    InvalidValueError,
    Month,
    Occupation,
    OccupationEdit,
    Outlook,
    Overlay,
    Pathway,
    Pay,
    Setting,
    Source,
    Step,
    UnknownIdError,
    parse_pathway,
)

Value = Any
TODAY = dt.date(2027, 1, 4)
AIDE = Occupation("aide", title="Aide", pay=Pay(median="40000", p10="30000", p90="60000", sources=["B1"]))


def pathway(*occupations: Occupation, **more: Value) -> Pathway:
    job = Step("job", kind="job", occupation="aide")
    return Pathway("p", goal="job", steps=[job], occupations=occupations, sources=[Source("B1")], **more)


def told(caught: pytest.ExceptionInfo[DocumentError]) -> list[str]:
    return [f"{fault.path}: {fault.code}" for fault in caught.value.faults]


REFUSED: tuple[tuple[Callable[[], object], str, str], ...] = (
    (lambda: Occupation("Aide"), "not-an-id", "id"),
    (lambda: Occupation("aide", soc="319092"), "not-a-soc-code", "soc"),
    (lambda: Occupation("aide", soc="31-9092\n"), "not-a-soc-code", "soc"),
    (lambda: Occupation("aide", duties="Clean"), "not-a-list", "duties"),
    (lambda: Occupation("aide", duties=["Clean", " "]), "empty", "duties[1]"),
    (lambda: Occupation("aide", may_not=[""]), "empty", "may_not[0]"),
    (lambda: Occupation("aide", related=["a\x07"]), "control-character", "related[0]"),
    (lambda: Occupation("aide", settings=["Clinic"]), "wrong-kind", "settings[0]"),  # type: ignore[list-item]
    (lambda: Occupation("aide", pay="44200"), "wrong-kind", "pay"),  # type: ignore[arg-type]
    (lambda: Setting(""), "empty", "name"),
    (Pay, "empty", ""),
    (lambda: Pay(median="-1"), "negative", ""),
    (lambda: Pay(median="10", p10="11"), "out-of-order", ""),
    (lambda: Pay(p10="10", p90="9.99"), "out-of-order", ""),
    (lambda: Pay(median="10", statistic=""), "empty", "statistic"),
    (lambda: Pay(median="10", as_of="2024-13"), "not-a-month", ""),
    (lambda: Pay(median="10", as_of="2024-05-01"), "not-a-month", ""),
    (lambda: Pay(median="10", as_of=dt.datetime(2024, 5, 1)), "not-a-date", ""),  # noqa: DTZ001
    (lambda: Pay(median="10", sure="surely"), "not-a-choice", "sure"),
    (lambda: Outlook(from_=2024, through=2034), "empty", ""),
    (lambda: Outlook(growth_percent=1, from_=2034, through=2024), "ends-before-it-begins", "through"),
    (lambda: Outlook(growth_percent=-100.01, from_=2024, through=2034), "not-a-percentage", "growth_percent"),
    (lambda: Outlook(growth_percent="1.234", from_=2024, through=2034), "not-a-percentage", "growth_percent"),
    (lambda: Outlook(growth_percent=True, from_=2024, through=2034), "not-a-percentage", "growth_percent"),
    (
        lambda: Outlook(growth_percent=Decimal("NaN"), from_=2024, through=2034),
        "not-a-percentage",
        "growth_percent",
    ),
    (lambda: Outlook(openings_per_year=-1, from_=2024, through=2034), "not-a-count", "openings_per_year"),
    (lambda: Outlook(openings_per_year=True, from_=2024, through=2034), "not-a-count", "openings_per_year"),
    (lambda: Outlook(openings_per_year=1, from_=0, through=2034), "not-a-year", "from"),
    (lambda: Outlook(openings_per_year=1, from_=2024, through=10_000), "not-a-year", "through"),
    (lambda: Step("job", occupation="aide"), "occupation-without-job", "occupation"),
    (lambda: Step("job", kind="job", occupation="No Id"), "not-an-id", "occupation"),
    (lambda: Month(2024, 13), "not-a-month", "month"),
    (lambda: Month(0, 1), "not-a-month", "year"),
    (lambda: Month(year=True, month=1), "not-a-month", "year"),
    (lambda: Month.parse("0000-01"), "not-a-month", ""),
    (lambda: Month.parse("2024-5"), "not-a-month", ""),
    (lambda: Month.parse("2024-05\n"), "not-a-month", ""),
    (lambda: Month.parse("٢٠٢٤-05"), "not-a-month", ""),
)


@pytest.mark.parametrize(("make", "code", "where"), REFUSED, ids=map(str, range(len(REFUSED))))
def test_a_value_that_breaks_a_rule_is_refused_where_it_does(make: Callable[[], object], code: str, where: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        make()
    assert (caught.value.code, caught.value.where) == (code, where)


def test_a_tenth_may_be_known_without_the_middle_and_equal_figures_are_in_order() -> None:
    assert Pay(p90="60000").median is None
    assert Pay(median="10", p10="10.00", p90="10").p10 == Decimal(10)


def test_an_occupation_goes_by_its_title_or_else_its_id() -> None:
    assert (AIDE.name, Occupation("aide").name) == ("Aide", "aide")


def test_values_survive_pickling() -> None:
    made = Occupation("aide", pay=Pay(median="1", as_of="2024-05"), settings=[Setting("Clinic")])
    assert pickle.loads(pickle.dumps(made)) == made


def test_the_pathway_finds_an_occupation_and_names_the_nearest_to_one_it_has_not() -> None:
    assert pathway(AIDE).occupation("aide") is AIDE
    with pytest.raises(UnknownIdError, match="did you mean 'aide'"):
        pathway(AIDE).occupation("aides")


def test_all_that_is_wrong_between_occupations_and_the_rest_is_told_at_once() -> None:
    lost = Occupation(
        "other",
        pay=Pay(median="1", sources=["B1", "B2"]),
        outlook=Outlook(growth_percent=1, from_=2024, through=2034, sources=["B3"]),
        sources=["B4"],
    )
    with pytest.raises(DocumentError) as caught:
        pathway(lost, lost)
    assert told(caught) == [
        "occupations.other: duplicate-id",
        "steps.job.occupation: unknown-id",
        *2
        * [
            "occupations.other.sources[0]: unknown-id",
            "occupations.other.pay.sources[1]: unknown-id",
            "occupations.other.outlook.sources[0]: unknown-id",
        ],
    ]


def test_faults_of_a_document_name_the_field_and_a_broken_occupation_still_counts_as_known() -> None:
    text = """
    schema = "career-path/pathway/1"
    id = "p"
    goal = "job"
    [steps.job]
    kind = "job"
    occupation = "aide"
    sources = ["B9"]
    [occupations.aide]
    soc = "31-90"
    duties = ["Clean", ""]
    settings = [{ name = "Clinic" }, { schedule = "late" }]
    pay = { median = "10", p10 = 11 }
    outlook = { growth_percent = "6", from = 2024, through = 2034.5 }
    wage = 5
    """
    with pytest.raises(DocumentError) as caught:
        parse_pathway(text)
    assert told(caught) == [
        "occupations.aide.soc: not-a-soc-code",
        "occupations.aide.duties[1]: empty",
        "occupations.aide.settings[1].name: missing",
        "occupations.aide.pay: out-of-order",
        "occupations.aide.outlook.growth_percent: wrong-type",
        "occupations.aide.outlook.through: wrong-type",
        "occupations.aide.wage: unknown-field",
        "steps.job.sources[0]: unknown-id",
    ]


@pytest.mark.parametrize("value", ["5", "[]", "true", '"2024-5-1"', '"May 2024"', "2024-05-01T00:00:00"])
def test_pay_is_of_a_month_or_a_day_and_nothing_else(value: str) -> None:
    text = f"""
    schema = "career-path/pathway/1"
    id = "p"
    goal = "job"
    [steps.job]
    [occupations.aide]
    pay = {{ median = 1, as_of = {value} }}
    """
    with pytest.raises(DocumentError) as caught:
        parse_pathway(text)
    assert [fault.path for fault in caught.value.faults] == ["occupations.aide.pay.as_of"]


def test_an_overlay_changes_adds_and_removes_occupations() -> None:
    texas = Overlay(
        "tx",
        where="US-TX",
        occupations=[
            OccupationEdit("aide", {"pay": Edit(fields={"median": "38000"})}),
            OccupationEdit("nurse", {"title": "Nurse"}),
        ],
        remove=["occupations.clerk"],
    )
    base = pathway(AIDE, Occupation("clerk"), overlays=[texas])
    here = base.resolve(where="US-TX", on=TODAY)
    assert [each.id for each in here.occupations] == ["aide", "nurse"]
    assert here.occupation("aide").pay == Pay(median="38000", p10="30000", p90="60000", sources=["B1"])
    assert base.resolve(where="US-FL", on=TODAY).occupations == base.occupations


def test_an_overlay_that_takes_away_the_occupation_of_a_job_is_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        pathway(AIDE, overlays=[Overlay("o", remove=["occupations.aide"])])
    assert told(caught) == ["overlays[0].steps.job.occupation: unknown-id"]


def test_a_new_occupation_in_an_overlay_has_to_say_its_title() -> None:
    with pytest.raises(DocumentError) as caught:
        pathway(AIDE, overlays=[Overlay("o", occupations=[OccupationEdit("aid", {"soc": "31-9092"})])])
    (fault,) = caught.value.faults
    assert str(fault) == (
        "overlays[0].occupations.aid.title: missing: found nothing; expected a value, because there is no such"
        " occupation yet; did you mean 'aide'?"
    )
