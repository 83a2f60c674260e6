"""Renewal rules of other professions, each a document in `certificates/`, against dates worked out by hand.

Each file names its rule and where it comes from. A row is: the file, the grant, the renewals on record, the last days
of the periods told, and how they were found, with a printed calendar. Where nothing else is said, the last three
periods are those of renewals to come.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from career_path import DocumentError, Held, Learner, format_pathway, load_pathway, parse_pathway, plan
from career_path.cli import application
from career_path.model.learner import Employment, Fact
from career_path.model.timeline import Renewal
from career_path.planning.cycles import cycles
from career_path.planning.ends import Holder

FOLDER = Path(__file__).parent / "certificates"
FILES = sorted(path.stem for path in FOLDER.glob("*.toml"))
D = dt.date.fromisoformat
LEAP_BORN = D("2004-02-29")
EVEN = range(2028, 2049, 2)


def told(
    name: str, granted: str, *renewed: str, renewals: int = 3, credential: str = "", **learner: object
) -> tuple[Renewal, ...]:
    pathway = load_pathway(FOLDER / f"{name}.toml")
    held = Held(credential or name, granted=D(granted), renewed=[D(day) for day in renewed])
    holds = (held, *learner.pop("holds", ()))  # type: ignore[misc]
    holder = Holder(learner=Learner(holds=holds, **learner), credentials=pathway.credentials)  # type: ignore[arg-type]
    today = max([held.granted, *held.renewed])
    return cycles(pathway.credential(held.credential), held, today=today, holder=holder, renewals=renewals)


def ends(name: str, granted: str, *renewed: str, **more: object) -> str:
    return " ".join(str(each.valid_through) for each in told(name, granted, *renewed, **more))  # type: ignore[arg-type]


def held(name: str, granted: str, *renewed: str) -> Held:
    return Held(name, granted=D(granted), renewed=[D(day) for day in renewed])


BY_DAY = [
    # the first 30 June of an even year on or after the grant, then every second year; the day itself counts
    ("cpa-biennial", "2026-07-01", (), "2028-06-30 2030-06-30 2032-06-30 2034-06-30"),
    ("cpa-biennial", "2026-06-30", (), "2026-06-30 2028-06-30 2030-06-30 2032-06-30"),
    # late, on 2 July 2028: the next such day is that of 2030
    ("cpa-biennial", "2026-07-01", ("2028-07-02",), "2028-06-30 2030-06-30 2032-06-30 2034-06-30 2036-06-30"),
    ("cpa-triennial", "2027-01-01", (), "2029-12-31 2032-12-31 2035-12-31 2038-12-31"),
    ("cpa-triennial", "2026-12-31", (), "2026-12-31 2029-12-31 2032-12-31 2035-12-31"),
    # the eve of the third anniversary; 29 February has none in 2027, 2030 and 2033: 28 February, less a day
    ("pmp", "2024-02-29", (), "2027-02-27 2030-02-27 2033-02-27 2036-02-28"),
    # renewed in the year of suspension, through 9 March 2030: the old expiry stays; a day later it does not
    ("pmp", "2026-03-10", ("2030-03-09",), "2029-03-09 2032-03-09 2035-03-09 2038-03-09 2041-03-09"),
    ("pmp", "2026-03-10", ("2030-03-10",), "2029-03-09 2033-03-09 2036-03-09 2039-03-09 2042-03-09"),
    ("cissp", "2025-02-03", (), "2028-02-29 2031-02-28 2034-02-28 2037-02-28"),
    # January to June: 31 March two years on; July to December: three. The page has no examples; these follow from it.
    ("emt", "2026-06-30", (), "2028-03-31 2030-03-31 2032-03-31 2034-03-31"),
    ("emt", "2026-07-01", (), "2029-03-31 2031-03-31 2033-03-31 2035-03-31"),
    ("emt", "2026-01-01", (), "2028-03-31 2030-03-31 2032-03-31 2034-03-31"),
    ("emt", "2026-12-31", (), "2029-03-31 2031-03-31 2033-03-31 2035-03-31"),
    # renewed in October, in the window: no gain, no loss; before it, on 30 September: nothing
    ("emt", "2026-06-30", ("2027-10-01",), "2028-03-31 2030-03-31 2032-03-31 2034-03-31 2036-03-31"),
    ("emt", "2026-06-30", ("2027-09-30",), "2028-03-31 2030-03-31 2032-03-31 2034-03-31"),
    # 30 days after 31 March are 30 April: then the expiry stays; on 1 May it is a new certification
    ("emt", "2026-06-30", ("2028-04-30",), "2028-03-31 2030-03-31 2032-03-31 2034-03-31 2036-03-31"),
    ("emt", "2026-06-30", ("2028-05-01",), "2028-03-31 2030-03-31 2032-03-31 2034-03-31 2036-03-31"),
    # 24 calendar months after the month of the review; the review itself may come on any day
    ("flight-review", "2026-02-28", (), "2028-02-29 2030-02-28 2032-02-29 2034-02-28"),
    ("flight-review", "2026-03-31", ("2027-05-01",), "2028-03-31 2029-05-31 2031-05-31 2033-05-31 2035-05-31"),
    ("flight-instructor", "2026-12-15", (), "2028-12-31 2030-12-31 2032-12-31 2034-12-31"),
    # five years less a day; in the year after, from the day of renewal
    ("mariner", "2026-04-05", (), "2031-04-04 2036-04-04 2041-04-04 2046-04-04"),
    ("mariner", "2026-04-05", ("2032-04-04",), "2031-04-04 2037-04-03 2042-04-03 2047-04-03 2052-04-03"),
    ("twic", "2024-02-29", (), "2029-02-27 2034-02-27 2039-02-27 2044-02-28"),
    ("cdl-medical", "2024-02-29", ("2026-01-31",), "2026-02-28 2028-01-31 2030-01-31 2032-01-31 2034-01-31"),
    # the year of issue alone counts
    ("teacher", "2026-01-01", (), "2031-06-30 2036-06-30 2041-06-30 2046-06-30"),
    ("teacher", "2026-12-31", (), "2031-06-30 2036-06-30 2041-06-30 2046-06-30"),
    ("teacher", "2025-12-31", (), "2030-06-30 2035-06-30 2040-06-30 2045-06-30"),
    # 2026, 27, 28, 29, 30 from the spring; 2027 to 2031 from the summer
    ("teacher-school-year", "2026-06-30", (), "2030-06-30 2035-06-30 2040-06-30 2045-06-30"),
    ("teacher-school-year", "2026-07-01", (), "2031-06-30 2036-06-30 2041-06-30 2046-06-30"),
    # 2 October 2026 and 90 days is 31 December 2026; a day later it is the next year, and so the next even one
    ("real-estate", "2026-10-02", (), "2026-12-31 2028-12-31 2030-12-31 2032-12-31"),
    ("real-estate", "2026-10-03", (), "2028-12-31 2030-12-31 2032-12-31 2034-12-31"),
    ("physician-assistant", "2026-12-31", (), "2028-12-31 2030-12-31 2032-12-31 2034-12-31"),
    ("physician-assistant", "2026-01-01", (), "2028-12-31 2030-12-31 2032-12-31 2034-12-31"),
    ("internist", "1989-12-31", (), "None"),
    ("internist", "1990-01-01", (), "2000-12-31 2010-12-31 2020-12-31 2030-12-31"),
    # 120 days from 2 June are 30 September
    ("pharmacist", "2027-06-02", (), "2027-09-30 2029-09-30 2031-09-30 2033-09-30"),
    ("pharmacist", "2027-06-03", (), "2029-09-30 2031-09-30 2033-09-30 2035-09-30"),
    ("notary", "2024-02-29", ("2028-02-28",), "2028-02-28 2032-02-27 2036-02-26 2040-02-25 2044-02-24"),
    ("guard-card", "2026-05-20", ("2028-07-18",), "2028-05-19 2030-05-19 2032-05-19 2034-05-19 2036-05-19"),
    ("guard-card", "2026-05-20", ("2028-07-19",), "2028-05-19 2030-07-18 2032-07-18 2034-07-18 2036-07-18"),
    ("food-handler", "2024-02-29", (), "2027-02-28 2030-02-28 2033-02-28 2036-02-28"),
    ("hazwoper", "2026-03-10", ("2027-02-01",), "2027-03-10 2028-02-01 2029-02-01 2030-02-01 2031-02-01"),
    # the window opens on 31 January 2029 less three months, 31 October 2028
    ("first-aid", "2026-02-01", ("2028-10-31",), "2029-01-31 2032-01-31 2035-01-31 2038-01-31 2041-01-31"),
    ("first-aid", "2026-02-01", ("2028-10-30",), "2029-01-31 2031-10-29 2034-10-29 2037-10-29 2040-10-29"),
    # the month before 15 May, that day counted, is from 16 April; a day earlier the year is that of the test
    ("road-test", "2026-05-16", ("2027-04-16",), "2027-05-15 2028-05-15 2029-05-15 2030-05-15 2031-05-15"),
    ("road-test", "2026-05-16", ("2027-04-15",), "2027-05-15 2028-04-14 2029-04-14 2030-04-14 2031-04-14"),
    # three months before 31 May 2028 are 29 February; on the 28th the check begins two years of its own
    ("piston-rating", "2026-05-20", ("2028-02-29",), "2028-05-31 2030-05-31 2032-05-31 2034-05-31 2036-05-31"),
    ("piston-rating", "2026-05-20", ("2028-02-28",), "2028-05-31 2030-02-28 2032-02-29 2034-02-28 2036-02-29"),
    # six months before 9 September are 9 March
    ("gas-engineer", "2026-09-10", ("2031-03-09",), "2031-09-09 2036-09-09 2041-09-09 2046-09-09 2051-09-09"),
    ("gas-engineer", "2026-09-10", ("2031-03-08",), "2031-09-09 2036-03-07 2041-03-07 2046-03-07 2051-03-07"),
    # the three calendar months before December: September to November; from August it is August
    ("flight-instructor", "2026-12-15", ("2028-09-01",), "2028-12-31 2030-12-31 2032-12-31 2034-12-31 2036-12-31"),
    ("flight-instructor", "2026-12-15", ("2028-08-31",), "2028-12-31 2030-08-31 2032-08-31 2034-08-31 2036-08-31"),
    # the last three calendar months to February: from December; from November it is November
    ("air-cargo", "2026-02-10", ("2027-12-01",), "2028-02-29 2030-02-28 2032-02-29 2034-02-28 2036-02-29"),
    ("air-cargo", "2026-02-10", ("2027-11-30",), "2028-02-29 2029-11-30 2031-11-30 2033-11-30 2035-11-30"),
    ("driver-cpc", "2026-09-10", ("2027-01-01",), "2031-09-09 2036-09-09 2041-09-09 2046-09-09 2051-09-09"),
    ("safety-adviser", "2026-09-10", ("2030-09-10",), "2031-09-10 2036-09-10 2041-09-10 2046-09-10 2051-09-10"),
    ("safety-adviser", "2026-09-10", ("2030-09-09",), "2031-09-10 2036-09-10 2041-09-10 2046-09-10"),
    ("mechanic", "2026-01-01", (), "2031-12-31 2036-12-31 2041-12-31 2046-12-31"),
    # the first card half a year, whenever it is renewed each later one two years from its course
    ("lifeguard-card", "2026-08-31", ("2027-01-15",), "2027-02-28 2029-01-15 2031-01-15 2033-01-15 2035-01-15"),
    ("lifeguard-card", "2026-08-31", ("2027-06-15",), "2027-02-28 2029-06-15 2031-06-15 2033-06-15 2035-06-15"),
    ("air-cargo", "2026-02-10", (), "2028-02-29 2030-02-28 2032-02-29 2034-02-28"),
    ("vet", "2027-03-01", (), "2027-03-01 2029-03-01 2031-03-01 2033-03-01"),
    ("vet", "2027-03-02", (), "2029-03-01 2031-03-01 2033-03-01 2035-03-01"),
    ("site-card", "2023-02-01", (), "2028-02-29 2033-02-28 2038-02-28 2043-02-28"),
    # three months from 2 May are 2 August, and the next first day of a month is 1 September
    ("quarterly", "2026-05-02", (), "2026-09-01 2026-12-01 2027-03-01 2027-06-01"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "granted", "renewed", "expected"), BY_DAY)
def test_a_certificate_ends_on_the_days_worked_out_by_hand(
    name: str, granted: str, renewed: tuple[str, ...], expected: str
) -> None:
    assert ends(name, granted, *renewed) == expected


SINCE_2026 = "2026-07-14 2028-07-14 2030-07-14 2032-07-14 2034-07-14"
BY_BIRTH = [
    # born in July 1990: July of even years
    ("cpa-birth-month", "1990-07-14", "2026-08-01", (), "2028-07-31 2030-07-31 2032-07-31 2034-07-31"),
    ("cpa-birth-month", "2004-02-29", "2026-08-01", (), "2028-02-29 2030-02-28 2032-02-29 2034-02-28"),
    # the fourth birthday after the grant; on the birthday itself that one does not count
    ("driver-license", "1990-07-14", "2026-07-14", (), "2030-07-14 2034-07-14 2038-07-14 2042-07-14"),
    ("driver-license", "1990-07-14", "2026-07-13", (), "2029-07-14 2033-07-14 2037-07-14 2041-07-14"),
    # 70 on 5 July 2028: the period that begins a day later is the first of two years
    ("driver-license", "1958-07-05", "2025-03-10", (), "2028-07-05 2030-07-05 2032-07-05 2034-07-05"),
    # 70 on 6 July 2028, the day on which the second period begins
    ("driver-license", "1958-07-06", "2025-07-06", (), "2029-07-06 2031-07-06 2033-07-06 2035-07-06"),
    ("driver-license-65", "1990-07-14", "2026-07-14", (), "2055-07-13 2060-07-13 2065-07-13 2070-07-13"),
    ("driver-license-65", "1966-07-14", "2026-07-14", (), "2031-07-14 2036-07-14 2041-07-14 2046-07-14"),
    # born in December: January, the second one after the issue, then every second
    ("vocational-nurse", "1990-12-05", "2026-05-02", (), "2028-01-31 2030-01-31 2032-01-31 2034-01-31"),
    ("vocational-nurse", "1990-01-20", "2026-05-02", (), "2028-02-29 2030-02-28 2032-02-29 2034-02-28"),
    ("radiographer", "1990-06-20", "2026-03-10", (), "2026-06-30 2027-06-30 2028-06-30 2029-06-30"),
    # under 40 on 4 July 2030, not on the 5th
    ("easa-medical-2", "1990-07-05", "2030-07-04", (), "2032-07-04 2034-07-03 2036-07-02 2038-07-01"),
    ("easa-medical-2", "1990-07-05", "2030-07-05", (), "2032-07-04 2034-07-03 2036-07-02 2038-07-01"),
    ("easa-medical-2", "1990-07-05", "2026-07-04", (), "2031-07-03 2033-07-02 2035-07-01 2037-06-30"),
    # 24 months from 1 May 2040 would be 30 April 2042, but 51 comes on 5 July 2041
    ("easa-medical-2", "1990-07-05", "2040-05-01", (), "2041-07-04 2042-07-03 2043-07-02 2044-07-01"),
    # 29 February in leap years, 1 March in others
    ("permit-birthday", "2004-02-29", "2026-03-10", (), "2028-02-29 2030-03-01 2032-02-29 2034-03-01"),
    # renewed late, in September: to the next birthday of an even year
    ("permit-birthday", "1990-07-14", "2026-03-10", ("2026-09-01",), SINCE_2026),
]  # fmt: skip


@pytest.mark.parametrize(("name", "born", "granted", "renewed", "expected"), BY_BIRTH)
def test_a_certificate_that_depends_on_the_birth_ends_on_the_days_worked_out_by_hand(
    name: str, born: str, granted: str, renewed: tuple[str, ...], expected: str
) -> None:
    assert ends(name, granted, *renewed, born=D(born)) == expected


def test_a_medical_certificate_has_one_end_for_each_thing_it_permits() -> None:
    """14 CFR 61.23(d): under 40 on the day of the exam 12, 12 and 60 calendar months, at 40 or older 6, 12 and 24."""
    found = {
        credential: tuple(
            ends("airman-medical", granted, renewals=0, credential=credential, born=D("1990-07-05"))
            for granted in ("2030-07-04", "2030-07-05")
        )
        for credential in ("airman-medical", "commercial-medical", "private-medical")
    }
    assert found == {
        "airman-medical": ("2031-07-31", "2031-01-31"),
        "commercial-medical": ("2031-07-31", "2031-07-31"),
        "private-medical": ("2035-07-31", "2032-07-31"),
    }


def test_a_higher_certificate_prolongs_a_lower_one_that_still_holds_and_no_other() -> None:
    higher = "security-plus"
    assert ends("network-plus", "2026-03-01", renewals=0, holds=(held(higher, "2028-06-15"),)) == "2031-06-14"
    assert ends("network-plus", "2026-03-01", renewals=0, holds=(held(higher, "2029-03-01"),)) == "2032-02-29"
    assert ends("network-plus", "2026-03-01", renewals=0, holds=(held(higher, "2029-03-02"),)) == "2029-02-28"
    assert ends("network-plus", "2026-03-01", renewals=0) == "2029-02-28"


def test_a_higher_certificate_prolongs_by_each_stretch_in_which_it_held() -> None:
    """The higher one held from June 2026 to June 2029 and from 2031 on; the lower one lapsed in between."""
    higher = held("security-plus", "2026-06-15", "2031-01-01")
    assert ends("network-plus", "2026-03-01", renewals=0, holds=(higher,)) == "2029-06-14"


def test_parity_of_a_license_number_is_a_fact_about_the_holder() -> None:
    even, odd = (ends("rn-parity", "2026-05-01", facts=[Fact("number", each)]) for each in ("even", "odd"))
    assert even == "2028-01-31 2030-01-31 2032-01-31 2034-01-31"
    assert odd == "2027-01-31 2029-01-31 2031-01-31 2033-01-31"


@pytest.mark.parametrize(
    ("name", "learner", "fault"),
    [
        ("rn-parity", {}, "missing facts.number"),
        ("rn-parity", {"facts": [Fact("number", "7")]}, "no-case credentials.rn-parity.valid.cases"),
        ("driver-license", {}, "missing born"),
        ("welder", {}, "missing holds.confirmation"),
    ],
)
def test_what_a_rule_asks_for_and_nobody_told_is_refused(name: str, learner: dict[str, object], fault: str) -> None:
    with pytest.raises(DocumentError) as caught:
        ends(name, "2026-05-01", **learner)
    assert [f"{each.code} {each.path}" for each in caught.value.faults] == [fault]


def test_a_welder_loses_the_qualification_with_the_confirmation() -> None:
    """Confirmed on 1 May and 20 October 2026: through 19 April 2027. Once more on 1 April 2027: 30 September."""
    once = held("confirmation", "2026-05-01", "2026-10-20")
    assert ends("welder", "2026-05-01", renewals=0, holds=(once,)) == "2027-04-19"
    often = held("confirmation", "2026-05-01", "2026-10-20", "2027-04-01", "2027-09-30", "2028-03-01")
    assert ends("welder", "2026-05-01", renewals=0, holds=(often,)) == "2028-04-30"  # two years less a day


def test_a_coach_needs_both_papers() -> None:
    found = ends("coach", "2026-02-10", renewals=0, holds=(held("membership", "2026-01-05", "2026-12-01"),))
    assert found == "2027-12-31"


def test_a_representative_has_two_years_after_the_last_day_with_a_firm() -> None:
    """Left on 30 June 2028: the first day without is 1 July, two years less a day are 30 June 2030."""
    work = Employment(role="representative", from_=D("2026-02-01"), through=D("2028-06-30"))
    (only,) = told("broker", "2026-02-10", employment=[work])
    assert str(only.valid_through) == "2030-06-30"
    assert [str(duty.on) for duty in only.duties] == [f"{year}-12-31" for year in range(2026, 2030)]


def test_a_radiographer_has_credits_due_on_a_clock_of_their_own() -> None:
    """Born in June, certified in March 2026: stretches of two years from 1 June 2026. Certified in June: from 2027."""
    found = told("radiographer", "2026-03-10", renewals=6, born=D("1990-06-20"))
    assert [str(duty.on) for each in found for duty in each.duties] == ["2028-05-31", "2030-05-31", "2032-05-31"]
    found = told("radiographer", "2026-06-10", renewals=7, born=D("1990-06-20"))
    assert [str(duty.on) for each in found for duty in each.duties] == ["2029-05-31", "2031-05-31", "2033-05-31"]


@pytest.mark.parametrize(("group", "years"), [("1", (2028, 2031)), ("2", (2027, 2030)), ("3", (2029, 2032))])
def test_an_attorney_reports_in_the_year_of_the_group(group: str, years: tuple[int, ...]) -> None:
    """Groups of 2016, 2015 and 2017 (source), and every third year from there."""
    found = told("attorney", "2026-12-01", facts=[Fact("group", group)], renewals=5)  # through 1 February 2032
    assert [duty.on for each in found for duty in each.duties] == [dt.date(year, 2, 1) for year in years]


def test_an_exam_is_due_every_ten_years_beside_the_yearly_parity() -> None:
    found = told("physician-assistant", "2026-05-05", renewals=11)
    assert [str(duty.on) for each in found for duty in each.duties] == ["2036-12-31", "2046-12-31"]


@pytest.mark.parametrize(
    ("name", "granted", "opens", "grace"),
    [
        ("emt", "2026-06-30", "2027-10-01", "2028-04-30"),
        ("pmp", "2026-03-10", "None", "2030-03-09"),
        ("guard-card", "2026-05-20", "2028-03-20", "2028-07-18"),  # 60 days before and after 19 May
        ("first-aid", "2026-02-01", "2028-10-31", "None"),
        ("road-test", "2026-05-16", "2027-04-16", "None"),
        ("piston-rating", "2026-05-20", "2028-02-29", "None"),
        ("gas-engineer", "2026-09-10", "2031-03-09", "None"),
        ("flight-instructor", "2026-12-15", "2028-09-01", "None"),
        ("air-cargo", "2026-02-10", "2027-12-01", "None"),
        ("site-card", "2023-08-31", "None", "2029-02-28"),  # six months from 31 August 2028
        ("safety-adviser", "2024-02-29", "2028-02-28", "None"),
    ],
)
def test_windows_and_graces_are_those_worked_out_by_hand(name: str, granted: str, opens: str, grace: str) -> None:
    first = told(name, granted)[0]
    assert (str(first.opens), str(first.grace_through)) == (opens, grace)


@pytest.mark.parametrize(
    ("name", "granted", "learner", "days"),
    [
        ("cpa-triennial", "2027-05-05", {}, [dt.date(year, 12, 31) for year in range(2029, 2060, 3)]),
        ("emt", "2026-07-01", {}, [dt.date(year, 3, 31) for year in range(2029, 2050, 2)]),
        ("teacher", "2026-11-11", {}, [dt.date(year, 6, 30) for year in range(2031, 2082, 5)]),
        ("flight-instructor", "2026-02-11", {}, [dt.date(year, 2, 29 - year // 2 % 2) for year in EVEN]),
        (
            "permit-birthday",
            "2026-03-10",
            {"born": LEAP_BORN},  # 29 February in 2028, 2032 and so on, 1 March in between
            [dt.date(year, *((2, 29) if year % 4 == 0 else (3, 1))) for year in EVEN],
        ),
        ("vet", "2026-03-10", {}, [dt.date(year, 3, 1) for year in range(2027, 2048, 2)]),
    ],
)  # fmt: skip
def test_ten_renewals_later_the_day_is_still_the_same(
    name: str, granted: str, learner: dict[str, object], days: list[dt.date]
) -> None:
    assert ends(name, granted, renewals=10, **learner) == " ".join(map(str, days))


ASKED = {
    "cpa-birth-month": {"born": "1990-07-14"},
    "airman-medical": {"born": "1990-07-14"},
    "easa-medical-2": {"born": "1990-07-14"},
    "driver-license": {"born": "1990-07-14"},
    "driver-license-65": {"born": "1990-07-14"},
    "vocational-nurse": {"born": "1990-07-14"},
    "radiographer": {"born": "1990-07-14"},
    "permit-birthday": {"born": "1990-07-14"},
}
FACTS = {"rn-parity": ("number", "odd"), "attorney": ("group", "2")}
BY_OTHERS = {"network-plus": "ends_with", "welder": "ends_with", "coach": "ends_with"}
BY_AGE = ("easa-medical-2", "driver-license", "driver-license-65", "internist")


def learner_file(folder: Path, name: str) -> Path:
    """A learner with what a file asks for; other papers are there since 2026."""
    lines = ['schema = "career-path/learner/1"', 'id = "ana"']
    lines += [f"{key} = {value}" for key, value in ASKED.get(name, {}).items()]
    if name in FACTS:
        lines.append("facts = {{ {} = {!r} }}".format(*FACTS[name]))
    for other in load_pathway(FOLDER / f"{name}.toml").credentials:
        if other.id != name:
            lines.append(f"holds.{other.id} = {{ granted = 2026-11-01 }}")
    path = folder / "ana.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner(env={"COLUMNS": None}).invoke(application, list(map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout


@pytest.mark.parametrize("name", FILES)
def test_every_document_is_sound_and_tells_its_renewals(name: str, tmp_path: Path) -> None:
    path = FOLDER / f"{name}.toml"
    assert run("check", path)[0] == 0
    code, shown = run(
        "renewals", f"{path}:{name}", "--granted", "2026-11-01", "--today", "2026-11-01",
        "--learner", learner_file(tmp_path, name), "--format", "json",
    )  # fmt: skip
    assert code == 0
    assert json.loads(shown)["renewals"][0]["valid_from"] == "2026-11-01"


@pytest.mark.parametrize("name", FILES)
def test_every_document_is_written_and_read_again(name: str) -> None:
    pathway = load_pathway(FOLDER / f"{name}.toml")
    assert parse_pathway(format_pathway(pathway)) == pathway
    assert parse_pathway(format_pathway(pathway, syntax="json"), syntax="json") == pathway


def planned_on(name: str, day: str) -> object:
    learner = Learner("ana", start=D(day), born=D("1990-07-14"), facts=[Fact(*FACTS.get(name, ("none", "none")))])
    return plan(load_pathway(FOLDER / f"{name}.toml"), learner, today=D(day))


@pytest.mark.parametrize("name", sorted({*FILES} - {*BY_OTHERS} - {*BY_AGE}))
def test_a_plan_grants_the_paper_and_holds_it(name: str) -> None:
    timeline = planned_on(name, "2026-11-02")
    assert [str(step.finish) for step in timeline.steps] == ["2026-11-02"] * 2  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted({*BY_OTHERS, *BY_AGE}))
def test_a_plan_refuses_a_paper_whose_end_it_cannot_count_back(name: str) -> None:
    with pytest.raises(DocumentError) as caught:
        planned_on(name, "2026-11-02")
    field = BY_OTHERS.get(name, "cases")
    assert [(each.code, each.path) for each in caught.value.faults] == [
        ("not-supported", f"credentials.{name}.valid.{field}")
    ]
