"""What docs/common-claims.md says is what the catalog says: its numbers, its places, its sources."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from career_path import Learner, Pathway, compare, load_catalog
from career_path.views.careers import careers_text
from pages import ROOT, tables

ROWS = [row for table in tables("common-claims.md") if "claim" in table[0] for row in table]
VERDICTS = {"confirmed", "corrected", "not shown"}
MEDICAL = "Medical assistants earn 38,270 in the middle (May 2022)"
GROWTH = "Jobs of medical assistants grow by 14 percent from 2022 to 2032"
OPENINGS = "There are 114,600 openings a year"
TECHNICIANS = "Patient care technicians earn slightly more than medical assistants"
CMA = "Every CMA recertifies after 60 months"

Table = dict[str, Any]


def row(claim: str) -> dict[str, str]:
    return next(each for each in ROWS if each["claim"] == claim)


@cache
def document(name: str) -> Table:
    return tomllib.loads((ROOT / "src/career_path/catalog" / f"{name}.toml").read_text("utf-8"))


def places(cell: str) -> Iterator[tuple[str, list[str]]]:
    """The pathway and the path of each part that a row names."""
    for part in cell.split("; "):
        name, _, paths = part.partition(": ")
        for path in re.findall(r"`([^`]+)`", paths):
            yield name.strip("`"), path.split(".")


def cited_by(value: object) -> set[str]:
    """The sources of a part and of what is in it."""
    if isinstance(value, dict):
        return set(value.get("sources", ())).union(*(cited_by(each) for each in value.values()))
    return set().union(*(cited_by(each) for each in value)) if isinstance(value, list) else set()


def on_the_way(name: str, path: list[str]) -> list[Table]:
    """The tables that lead to a part, down to itself or to the table that it is a field of."""
    found: list[Any] = [document(name)]
    for key in path:
        found.append(found[-1][key])
    return [each for each in found[1:] if isinstance(each, dict)]


def numbers(text: str) -> set[str]:
    """The numbers of a text, without the commas of thousands, `2024-05` as one."""
    return {each.replace(",", "") for each in re.findall(r"\d{4}-\d{2}|\d+(?:,\d{3})*", text)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["claim"])
def test_the_numbers_of_the_facts_stand_in_the_parts_that_a_row_names(row: dict[str, str]) -> None:
    parts = [on_the_way(name, path)[-1] for name, path in places(row["where"])]
    assert parts
    assert numbers(row["what the facts say"]) <= numbers(repr(parts))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["claim"])
def test_the_sources_of_a_row_are_cited_by_the_parts_that_it_names(row: dict[str, str]) -> None:
    cited: set[str] = set()
    for name, path in places(row["where"]):
        *above, part = on_the_way(name, path)
        cited |= cited_by(part).union(*(each.get("sources", ()) for each in above))
    assert set(row["sources"].split(", ")) <= cited


def test_each_claim_has_a_verdict_and_all_three_are_given() -> None:
    assert {row["verdict"] for row in ROWS} == VERDICTS


# What the rows are about, read from the pathway and not from its text


@pytest.fixture(scope="module")
def medical_assistant() -> Pathway:
    return load_catalog("medical-assistant")


def test_pay_and_outlook_of_the_medical_assistant_are_those_of_the_page(medical_assistant: Pathway) -> None:
    occupation = next(each for each in medical_assistant.occupations if each.id == "medical-assistant")
    pay, outlook = occupation.pay, occupation.outlook
    assert pay is not None
    assert outlook is not None
    assert numbers(row(MEDICAL)["what the facts say"]) == {
        str(pay.median), str(pay.p10), str(pay.p90), str(pay.as_of),
    }  # fmt: skip
    assert pay.median == Decimal(44200)  # the page of 28 August 2025
    years = {str(outlook.from_), str(outlook.through)}
    assert numbers(row(GROWTH)["what the facts say"]) == {str(outlook.growth_percent), *years}
    assert numbers(row(OPENINGS)["what the facts say"]) == {str(outlook.openings_per_year), *years}


def test_what_guides_say_of_medical_assistants_is_no_figure_of_the_catalog(medical_assistant: Pathway) -> None:
    [occupation] = medical_assistant.occupations
    told = repr((occupation.pay, occupation.outlook))
    assert not numbers(told) & {"38270", "37190", "114600", "14"}


def test_the_four_medical_assistants_hold_as_long_as_the_page_says() -> None:
    papers = document("medical-assistant")["credentials"]
    spans = [papers[each]["valid"]["span"] for each in ("cma-aama", "ccma-nha", "ncma-ncct")]
    assert spans == ["P60M", "P2Y", "P5Y"]
    assert "valid" not in papers["rma-amt"]
    assert {duty["every"]["span"] for duty in papers["rma-amt"]["duties"].values()} == {"P1Y", "P3Y"}
    assert numbers(row(CMA)["what the facts say"]) == {"60", "2", "30", "3", "5"}


def test_technicians_that_are_told_to_earn_more_have_the_lower_median() -> None:
    [technician] = load_catalog("patient-care-technician").occupations
    [assistant] = load_catalog("nursing-assistant").occupations
    assert technician.pay is not None
    assert assistant.pay is not None
    assert technician.pay.median == assistant.pay.median == Decimal(39530)
    assert technician.pay.statistic == "median of nursing assistants"


def test_pay_of_a_year_that_is_not_told_is_not_counted() -> None:
    [technician] = load_catalog("sterile-processing").occupations
    assert technician.pay is None
    assert "38,800" in technician.note


def test_a_comparison_tells_the_figures_of_the_page_and_none_where_it_has_none() -> None:
    ids = ["medical-assistant", "patient-care-technician", "sterile-processing"]
    found = compare(ids, Learner(weekly_hours=20), today=dt.date(2027, 1, 4))
    assert [each.median_pay for each in found.careers] == [Decimal(44200), Decimal(39530), None]
    assert {"44200", "39530"} <= numbers(row(TECHNICIANS)["what the facts say"])
    shown = [line.split("  ") for line in careers_text(found, width=200).splitlines()]
    openings = next(line for line in shown if line[0] == "Openings a year")
    assert next(each for each in openings[1:] if each).strip() == "112,300 (2024-2034)"
    medical, sterile = found.career("medical-assistant").renewal, found.career("sterile-processing").renewal
    assert medical is not None
    assert sterile is not None
    assert medical.count == 2  # every 60 months
    assert sterile.hours.hours == 12 * sterile.count  # 12 hours every year
