"""The facts of the catalog: counted, and each with a source."""

from __future__ import annotations

import pytest

from career_path import Occupation, catalog_ids, facts, load_catalog

LEAST = 30
"""A whole pathway tells more than this; fewer would mean that the count misses some."""
LEAST_DUTIES = 5


@pytest.mark.parametrize("name", catalog_ids())
def test_every_fact_has_a_source_also_that_something_costs_nothing(name: str) -> None:
    told = facts(load_catalog(name))
    assert len(told) >= LEAST
    assert [each.path for each in told if not each.sources] == []


@pytest.mark.parametrize("name", catalog_ids())
def test_every_source_that_is_not_memory_was_checked(name: str) -> None:
    pathway = load_catalog(name)
    assert [source.id for source in pathway.sources if source.sure != "memory" and source.checked is None] == []


# The handbook of the Bureau of Labor Statistics, page of 28 August 2025: median, tenth and ninetieth percentile of May
# 2024, growth from 2024 to 2034 in percent, openings a year.
HANDBOOK: dict[str, tuple[object, ...]] = {
    "medical-assistant": (44200, 35020, 57830, 12, 112_300),
    "phlebotomist": (43660, 34860, 57750, 6, 18_400),
    "pharmacy-technician": (43460, 35100, 59450, 6, 49_000),
    "nursing-assistant": (39530, 31390, 50140, 2, 211_800),
    "patient-care-technician": (39530, 31390, 50140, 2, 211_800),  # counted with nursing assistants
    "practical-nurse": (62340, 47960, 80510, 3, 54_400),
    "registered-nurse": (93600, 66030, 135_320, 5, 189_100),
}
NOT_IN_THE_HANDBOOK = {"sterile-processing-technician"}
OCCUPATIONS = [
    pytest.param(occupation, id=f"{name}-{occupation.id}")
    for name in catalog_ids()
    for occupation in load_catalog(name).occupations
]


@pytest.mark.parametrize("occupation", OCCUPATIONS)
def test_pay_and_outlook_of_an_occupation_are_those_of_the_handbook(occupation: Occupation) -> None:
    if occupation.id in NOT_IN_THE_HANDBOOK:
        assert occupation.pay is None
        return
    pay, outlook = occupation.pay, occupation.outlook
    assert pay is not None
    assert outlook is not None
    figures = (pay.median, pay.p10, pay.p90, outlook.growth_percent, outlook.openings_per_year)
    assert figures == HANDBOOK[occupation.id]
    assert (pay.statistic.split()[0], str(pay.as_of)) == ("median", "2024-05")
    assert (outlook.from_, outlook.through) == (2024, 2034)


@pytest.mark.parametrize("occupation", OCCUPATIONS)
def test_an_occupation_says_what_is_done_and_from_where_it_is_known(occupation: Occupation) -> None:
    assert len(occupation.duties) >= LEAST_DUTIES
    assert occupation.sources
    assert occupation.soc


@pytest.mark.parametrize("name", catalog_ids())
def test_every_job_names_its_occupation_and_every_occupation_has_a_job(name: str) -> None:
    pathway = load_catalog(name)
    jobs = [step for step in pathway.steps if step.kind == "job"]
    assert jobs
    assert {step.occupation for step in jobs} == {each.id for each in pathway.occupations}


def test_a_source_of_an_occupation_has_the_same_address_in_every_pathway() -> None:
    addresses: dict[str, set[str]] = {}
    for pathway in map(load_catalog, catalog_ids()):
        cited = {each for occupation in pathway.occupations for each in occupation.sources}
        for source in pathway.sources:
            if source.id in cited:
                addresses.setdefault(source.id, set()).add(str(source.address))
    assert len(addresses) >= len(HANDBOOK)
    assert {name: found for name, found in addresses.items() if len(found) > 1} == {}
