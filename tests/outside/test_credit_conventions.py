"""Rules of continuing education from professions that no other test speaks of, as documents with small ledgers.

The rules were looked up on 2026-11-23, on the pages named with them; most are older copies or other people's accounts,
so they stand here as rules to be written, not as what holds today. The results were worked out by hand, as told.
"""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from fractions import Fraction

import pytest
from jsonschema import Draft202012Validator

from career_path import parse_pathway
from career_path.formats.ledger_csv import read_ledger
from career_path.formats.schema import pathway_schema
from career_path.model.assessment import Assessment
from career_path.model.credits import CreditPeriod
from career_path.planning.credits import assess

D = dt.date
HEAD = 'schema = "career-path/pathway/1"\nid = "rules"\ngoal = { all = [] }\n[steps]\n[credentials.x]\n'


def counted(rule: str, rows: str, period: CreditPeriod, on: D) -> Assessment:
    """How the rows of a ledger stand against a rule, both as text."""
    text = f"{HEAD}{rule}"
    Draft202012Validator(pathway_schema()).validate(json.loads(json.dumps(tomllib.loads(text), default=str)))
    renewal = parse_pathway(text).credential("x").renewal
    assert renewal is not None
    assert renewal.credits is not None
    ledger, faults = read_ledger(f"date,title,credits,unit,category,tags\n{rows.strip()}\n")
    assert not faults
    return assess(renewal.credits, ledger, period=period, on=on)


def whole(*amounts: Fraction) -> tuple[int, ...]:
    """The amounts as whole numbers, which they are."""
    assert all(each.denominator == 1 for each in amounts)
    return tuple(int(each) for each in amounts)


def lacking(found: Assessment) -> dict[str, int]:
    """What each slot lacks, by its id and the year of its first day where it is asked for again and again."""
    return {
        each.id if each.number is None else f"{each.id} {each.since.year}": int(each.missing)
        for each in found.slots
        if each.missing
    }


def full(found: Assessment) -> set[str]:
    return {each.id for each in found.slots if each.is_full}


# PMP (PMI): 60 PDUs in three years, at least 35 of education, of these 8 in each of three skills; at most 25 by giving
# back, of these at most 8 by working (pmstudycircle.com/changes-to-ccr-cycle-after-december-1st-2015; the 8 by working
# is from memory).
PMP = """
valid = { span = "P3Y" }
[credentials.x.renewal.credits]
total = 60
unit = "PDU"
slots = [
  { id = "technical", at_least = 8, of = { category = ["technical"] } },
  { id = "leadership", at_least = 8, of = { category = ["leadership"] } },
  { id = "business", at_least = 8, of = { category = ["business"] } },
  { id = "education", at_least = 35, of = { category = ["technical", "leadership", "business"] }, overlay = true },
  { id = "giving", at_most = 25, of = { category = ["giving", "working"] }, overlay = true },
  { id = "working", at_most = 8, of = { category = ["working"] }, overlay = true },
]
"""
PMP_ROWS = """
2027-04-01,Agile,20,,technical,
2027-05-01,Coaching,6,,leadership,
2027-06-01,Finance,9,,business,
2028-03-01,Mentoring,22,,giving,
2028-04-01,Daily work,12,,working,
"""
THREE_YEARS = CreditPeriod(since=D(2027, 3, 1), through=D(2030, 2, 28))


def test_a_project_manager_has_sixty_and_yet_lacks_leadership() -> None:
    # Education 20 + 6 + 9 = 35. Of 22 + 12 only 25 count, at most 8 of them for the work: 35 + 25 = 60. Leadership
    # has 6 of 8.
    found = counted(PMP, PMP_ROWS, THREE_YEARS, D(2029, 1, 1))
    assert whole(found.counted, found.missing, found.needed) == (60, 0, 2)
    assert lacking(found) == {"leadership": 2}
    assert "giving" in full(found)
    work = next(each for each in found.activities if each.activity.title == "Daily work")
    assert work.counted <= 8


def test_two_more_of_leadership_are_enough_for_the_project_manager() -> None:
    found = counted(PMP, f"{PMP_ROWS.strip()}\n2029-02-01,Conflict,2,,leadership,", THREE_YEARS, D(2029, 3, 1))
    assert found.is_met
    assert not found.needed


# CPA in California: 80 hours in two years, 20 in each; 40 technical, 12 of them in each year; 4 of ethics; a review of
# the rules, 2 hours, in the first renewal and then every six years (nasbaregistry.org/cpe-requirements/california).
CPA = """
valid = { span = "P24M", until = { birth_month_end = { years = "birth" } } }
[credentials.x.renewal.credits]
total = 80
unit = "hour"
fills = "every"
slots = [
  { id = "yearly", at_least = 20, each = "P1Y" },
  { id = "technical", at_least = 40, of = { category = ["technical"] } },
  { id = "technical-yearly", at_least = 12, each = "P1Y", of = { category = ["technical"] } },
  { id = "other", at_most = 40, of = { not_category = ["technical"] } },
  { id = "ethics", at_least = 4, of = { category = ["ethics"] } },
  { id = "review", at_least = 2, first = 1, every = 3, of = { category = ["review"] } },
]
"""
CPA_ROWS = """
2028-01-10,Tax,30,,technical,
2028-05-10,Speaking,10,,,
2028-10-02,Audit,8,,technical,
2029-03-01,Conduct,4,,technical;ethics,
2029-06-01,Sales,28,,,
"""


@pytest.mark.parametrize(("number", "lacks"), [(1, 2), (2, 0), (3, 0), (4, 2)])
def test_an_accountant_owes_the_review_in_every_third_renewal(number: int, lacks: int) -> None:
    # 1 Oct 2027 to 30 Sep 2028: 40 hours, 30 technical. The year after: 40, 12 technical. In all 80, 42 technical.
    period = CreditPeriod(since=D(2027, 10, 1), through=D(2029, 9, 30), number=number)
    found = counted(CPA, CPA_ROWS, period, D(2029, 7, 1))
    assert whole(found.counted, found.missing) == (80, 0)
    assert lacking(found) == ({"review": lacks} if lacks else {})
    assert found.is_met is not bool(lacks)


def test_an_accountant_cannot_make_up_for_a_year_that_is_over() -> None:
    # Without Tax the first year has 10 hours and no technical one; technical are 12 of 40.
    rows = "\n".join(row for row in CPA_ROWS.strip().splitlines() if ",Tax," not in row)
    period = CreditPeriod(since=D(2027, 10, 1), through=D(2029, 9, 30), number=2)
    found = counted(CPA, rows, period, D(2029, 7, 1))
    assert lacking(found) == {"yearly 2027": 10, "technical": 28, "technical-yearly 2027": 12}
    assert {each.id for each in found.slots if each.is_over} == {"yearly", "technical-yearly"}


# EMT (NREMT, "National Continued Competency Program", nremt.org/rwd/public/document/nccp): 40 hours in two years, 20
# national, 10 local, 10 individual. Any hour may be an individual one, and fills one of the three.
EMT = """
valid = { span = "P0D", until = { day_of_year = { on = "03-31", years = "odd" } } }
[credentials.x.renewal.credits]
total = 40
unit = "hour"
slots = [
  { id = "national", at_least = 20, of = { category = ["national"] } },
  { id = "local", at_least = 10, of = { category = ["local"] } },
  { id = "individual", at_least = 10 },
]
"""


def test_what_an_emt_has_too_much_of_one_kind_fills_the_individual_part() -> None:
    # 26 national: 20 and 6 individual; with the 4 of rescue 10 individual. Local has 6 of 10. In all 36.
    rows = "2027-06-01,Airway,26,,national,\n2027-09-01,Protocols,6,,local,\n2028-02-01,Rescue,4,,,"
    period = CreditPeriod(since=D(2027, 4, 1), through=D(2029, 3, 31))
    found = counted(EMT, rows, period, D(2028, 12, 1))
    assert whole(found.counted, found.missing, found.needed) == (36, 4, 4)
    assert lacking(found) == {"local": 4}
    airway = next(each for each in found.activities if each.activity.title == "Airway")
    assert {share.slot: share.credits for share in airway.shares} == {"national": 20, "individual": 6}


# Attorney in New York (22 NYCRR 1500.22): 24 hours in two years, 4 of ethics, 1 of diversity, 1 of cybersecurity; of
# the 4 at most 3 may be on cybersecurity ethics, so at least 1 is of ethics proper; at most 6 are carried over.
ATTORNEY = """
valid = { span = "P2Y", until = { birthday = true } }
[credentials.x.renewal.credits]
total = 24
unit = "hour"
carry_over = 6
slots = [
  { id = "ethics", at_least = 4, of = { category = ["ethics", "cyber ethics"] } },
  { id = "ethics-proper", at_least = 1, of = { category = ["ethics"] }, overlay = true },
  { id = "diversity", at_least = 1, of = { category = ["diversity"] } },
  { id = "cyber", at_least = 1, of = { category = ["cyber", "cyber ethics"] } },
]
"""
ATTORNEY_ROWS = """
2027-06-01,Privacy in court,5,,cyber ethics,
2027-09-01,Bias,1,,diversity,
2028-02-01,Contracts,24,,,
"""
BIENNIUM = CreditPeriod(since=D(2027, 5, 11), through=D(2029, 5, 10))


def test_an_attorney_needs_an_hour_of_ethics_proper() -> None:
    # Of the 5 hours 4 would fill ethics and 1 cybersecurity; of ethics proper there is none.
    found = counted(ATTORNEY, ATTORNEY_ROWS, BIENNIUM, D(2028, 12, 1))
    assert lacking(found) == {"ethics-proper": 1}
    assert whole(found.missing, found.needed, found.carry_over) == (0, 1, 0)
    assert not found.is_met


def test_an_attorney_carries_six_hours_over_and_owes_ethics_anew() -> None:
    # 5 + 1 + 24 + 1 = 31 hours, 7 more than are needed; 6 of them move on. In the next cycle 24 - 6 = 18 are missing.
    found = counted(ATTORNEY, f"{ATTORNEY_ROWS.strip()}\n2029-01-09,Conflicts,1,,ethics,", BIENNIUM, D(2029, 2, 1))
    assert found.is_met
    assert whole(found.carry_over) == (6,)
    following = CreditPeriod(since=D(2029, 5, 11), through=D(2031, 5, 10), number=2, carried=found.carry_over)
    later = counted(ATTORNEY, "2028-01-01,Old,9,,ethics,", following, D(2029, 6, 1))
    assert whole(later.carried_in, later.counted, later.missing) == (6, 0, 18)
    assert lacking(later) == {"ethics": 4, "ethics-proper": 1, "diversity": 1, "cyber": 1}


# Teacher in Texas (tea.texas.gov, "Renewal FAQs"; tasb.org, "Renewing standard certificates"): 150 hours in five years;
# a semester hour is 15; at most 20 % by independent study, 10 % by presenting, 30 % as a mentor; 80 % must be related.
TEACHER_TX = """
valid = { span = "P5Y", until = { birth_month_end = true } }
[credentials.x.renewal.credits]
total = 150
unit = "hour"
units = [{ unit = "semester hour", credits = 15 }]
slots = [
  { id = "related", at_least = 120, of = { tags = ["related"] }, overlay = true },
  { id = "independent", at_most = 30, of = { category = ["independent"] }, overlay = true },
  { id = "presenting", at_most = 15, of = { category = ["presenting"] }, overlay = true },
  { id = "mentor", at_most = 45, of = { category = ["mentor"] }, overlay = true },
]
"""


def test_a_teacher_in_texas_has_the_hours_but_not_for_the_certificate() -> None:
    # 3 semester hours are 45; 30 of 40 by independent study; 45 of 60 as a mentor; 30: 150. Related: 45 + 30 + 30.
    rows = (
        "2028-06-15,Biology,3,semester hours,,related\n2028-07-01,Reading,40,,independent,related\n"
        "2029-03-01,A new colleague,60,,mentor,\n2030-02-01,Workshop,30,,,related"
    )
    period = CreditPeriod(since=D(2027, 9, 1), through=D(2032, 8, 31))
    found = counted(TEACHER_TX, rows, period, D(2031, 1, 1))
    assert whole(found.counted, found.missing, found.needed) == (150, 0, 15)
    assert lacking(found) == {"related": 15}
    assert full(found) == {"independent", "mentor"}


# Teacher in Arkansas (ecep.uark.edu/ade_approved.php; teachnkidslearn.com/state-alignments/arkansas): 36 hours in each
# school year from 1 July, a graduate credit counts as 15 (another copy of that page says 5); licenses last five years.
TEACHER_AR = """
valid = { span = "P5Y" }
[credentials.x.renewal.credits]
total = 180
unit = "hour"
units = [{ unit = "graduate credit", credits = 15 }]
slots = [{ id = "yearly", at_least = 36, each = "P1Y" }]
"""


def test_a_teacher_in_arkansas_owes_hours_in_each_school_year() -> None:
    # First year 45, second 20: 16 are missing and too late. Three years of 36 are still to come; 180 - 65 = 115.
    rows = "2027-10-01,Algebra,3,graduate credits,,\n2028-10-01,Workshop,20,hours,,"
    period = CreditPeriod(since=D(2027, 7, 1), through=D(2032, 6, 30))
    found = counted(TEACHER_AR, rows, period, D(2029, 8, 1))
    assert whole(found.counted, found.missing) == (65, 115)
    assert lacking(found) == {"yearly 2028": 16, "yearly 2029": 36, "yearly 2030": 36, "yearly 2031": 36}
    assert [each.since for each in found.slots if each.is_over] == [D(2027, 7, 1), D(2028, 7, 1)]
