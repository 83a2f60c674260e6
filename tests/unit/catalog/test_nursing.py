"""The pathways of nursing in the catalog: learners of many kinds, and dates worked by hand from their sources."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import attrs
import pytest

from career_path import DocumentError, audit, load_catalog, plan
from career_path.days.spans import ZERO
from career_path.formats.ledger_csv import read_ledger
from career_path.model.assessment import Assessment
from career_path.model.credentials import Credential
from career_path.model.credits import CreditPeriod, CreditRule
from career_path.model.learner import Employment, Fact, Held, Learner, Record
from career_path.model.pathway import Pathway, Sure
from career_path.model.requirements import Holds, Needs, leaves
from career_path.model.timeline import Status, Timeline
from career_path.planning.credits import assess
from career_path.planning.cycles import cycles
from career_path.planning.ends import Holder

D = dt.date

TODAY = D(2027, 1, 4)
START = D(2027, 1, 11)  # a Monday
NURSING = ("nursing-assistant", "nursing-ladder", "practical-nurse")
GROUPS = (Fact("florida-cna-group", "1"), Fact("florida-rn-group", "3"))


@pytest.fixture(scope="module")
def assistant() -> Pathway:
    return load_catalog("nursing-assistant")


@pytest.fixture(scope="module")
def practical() -> Pathway:
    return load_catalog("practical-nurse")


@pytest.fixture(scope="module")
def ladder() -> Pathway:
    return load_catalog("nursing-ladder")


def planned(pathway: Pathway, learner: Learner, *, today: dt.date = TODAY) -> Timeline:
    timeline = plan(pathway, learner, today=today)
    assert audit(timeline, pathway, learner) == ()
    return timeline


def here(pathway: Pathway, place: str, credential: str) -> Credential:
    return pathway.resolve(where=place, on=TODAY).credential(credential)


def ends(credential: Credential, granted: dt.date, learner: Learner, *, renewals: int = 3) -> list[dt.date | None]:
    holder = Holder(learner=learner, credentials=[credential])
    told = cycles(credential, Held(credential.id, granted=granted), today=granted, holder=holder, renewals=renewals)
    return [each.valid_through for each in told]


def days(timeline: Timeline, *ids: str) -> dict[str, tuple[dt.date | None, dt.date | None]]:
    return {name: (timeline.step(name).start, timeline.step(name).finish) for name in ids}


# Whoever comes

LEAVER = Learner("leaver", start=START, weekly_hours=30, born=D(2008, 9, 20), facts=GROUPS)
AT_WORK = Learner(
    "at-work",
    start=START,
    weekly_hours=6,
    born=D(1994, 2, 28),
    facts=GROUPS,
    employment=[Employment(role="clerk", from_=D(2020, 1, 6), hours=40)],
)
EXPERIENCED = Learner(
    "experienced",
    start=START,
    weekly_hours=12,
    born=D(1985, 12, 31),
    facts=GROUPS,
    employment=[Employment(role="nursing assistant", from_=D(2019, 3, 4), hours=32)],
)
MINOR = Learner("minor", start=START, weekly_hours=10, born=D(2010, 6, 15), facts=GROUPS)
LAPSED = {
    "nursing-assistant": Held("cna-state", granted=D(2018, 2, 1)),
    "nursing-ladder": Held("cna-state", granted=D(2018, 2, 1)),
    "practical-nurse": Held("lpn-state", granted=D(2018, 2, 1)),
}
PLACES = {
    "nursing-assistant": ("", "US-AL", "US-CA", "US-CO", "US-FL", "US-GU", "US-ME", "US-OR", "US-TX"),
    "nursing-ladder": ("", "US-FL", "US-TX"),
    "practical-nurse": ("", "US-FL", "US-NC", "US-OH", "US-TX"),
}
KINDS = {"leaver": LEAVER, "at work": AT_WORK, "experienced": EXPERIENCED, "minor": MINOR}


def at(learner: Learner, place: str) -> Learner:
    return attrs.evolve(learner, place=place)


@pytest.mark.parametrize("name", NURSING)
@pytest.mark.parametrize("kind", [*KINDS, "lapsed"])
def test_everybody_gets_a_plan_to_the_first_day_at_work(name: str, kind: str) -> None:
    pathway = load_catalog(name)
    lapsed = Learner("lapsed", start=START, weekly_hours=20, born=D(1990, 5, 5), facts=GROUPS, holds=[LAPSED[name]])
    for place in PLACES[name]:
        timeline = planned(pathway, at(KINDS.get(kind, lapsed), place))
        assert timeline.is_feasible, place
        assert timeline.finish is not None, place
        assert timeline.steps[-1].kind == "job", place


@pytest.mark.parametrize(
    ("name", "place", "credentials"),
    [
        *(("nursing-assistant", place, ("cna-state",)) for place in ("US-CA", "US-FL", "US-OR", "US-TX")),
        *(("practical-nurse", place, ("lpn-state", "bls-aha")) for place in PLACES["practical-nurse"]),
        ("nursing-ladder", "", ("lpn-state", "rn-state")),
        ("nursing-ladder", "US-TX", ("cna-state", "lpn-state", "rn-state")),
    ],
)
def test_a_plan_goes_through_the_third_renewal(name: str, place: str, credentials: tuple[str, ...]) -> None:
    timeline = planned(load_catalog(name), at(LEAVER, place))
    for credential in credentials:
        assert [each.number for each in timeline.renewals if each.credential == credential] == [1, 2, 3, 4]


def test_one_whose_license_lapsed_needs_no_program_where_the_exam_is_on_record(practical: Pathway) -> None:
    # The exam counts; the board's six weeks begin on Monday 11 January: 42 days later is 22 February. The search
    # begins with the two working days of a result, on the 13th: 42 days later is Wednesday 24 February.
    lapsed = Learner(
        start=START,
        holds=[Held("lpn-state", granted=D(2018, 2, 1))],
        records=[Record("nclex-pn", finished=D(2018, 1, 8))],
    )
    timeline = planned(practical, lapsed)
    assert "pn-program" not in {step.id for step in timeline.steps}
    assert days(timeline, "license-pn", "job") == {
        "license-pn": (START, D(2027, 2, 22)),
        "job": (D(2027, 2, 24), D(2027, 2, 24)),
    }


# Nursing assistant

# At 25 hours a week a day is worth 25/7 hours, so H hours take the first n days with n >= H * 7 / 25:
#  75: 21 days, 11 January to  1 February;  42 days of search to Monday    15 March
# 100: 28 days,            to  8 February;                      Monday    22 March
# 120: 33.6, so 34,        to 14 February;                      Sunday    28 March, so Monday the 29th
# 150: 42 days,            to 22 February;                      Monday     5 April
# 155: 43.4, so 44,        to 24 February;                      Wednesday  7 April
# 175: 49 days,            to  1 March;                         Monday    12 April
# 180: 50.4, so 51,        to  3 March;                         Wednesday 14 April
HOURS = {
    "": (D(2027, 2, 1), D(2027, 3, 15)),
    "US-AL": (D(2027, 2, 1), D(2027, 3, 15)),
    "US-CA": (D(2027, 2, 22), D(2027, 4, 5)),
    "US-FL": (D(2027, 2, 14), D(2027, 3, 29)),
    "US-ME": (D(2027, 3, 3), D(2027, 4, 14)),
    "US-MO": (D(2027, 3, 1), D(2027, 4, 12)),
    "US-NY": (D(2027, 2, 8), D(2027, 3, 22)),
    "US-OH": (D(2027, 2, 1), D(2027, 3, 15)),
    "US-OR": (D(2027, 2, 24), D(2027, 4, 7)),
    "US-TX": (D(2027, 2, 8), D(2027, 3, 22)),
}


@pytest.mark.parametrize("place", HOURS)
def test_each_state_has_its_hours_of_training(assistant: Pathway, place: str) -> None:
    timeline = planned(assistant, Learner(start=START, weekly_hours=25, born=D(1990, 7, 14), facts=GROUPS, place=place))
    assert (timeline.step("training").finish, timeline.finish) == HOURS[place]


def test_training_and_test_are_paid_for_and_oregon_has_a_fee_of_its_own(assistant: Pathway) -> None:
    ana = Learner(start=START, weekly_hours=25, born=D(1990, 7, 14))
    assert planned(assistant, ana).cost.amount == Decimal("1125.00")
    assert planned(assistant, at(ana, "US-OR")).cost.amount == Decimal("1106.00")


@pytest.mark.parametrize(
    ("place", "step", "last"),
    [
        # California and Alabama: 12 months from the end of the course; Colorado: from the application. Who was done on
        # 4 January 2026 may sit on 4 January 2027, the day of the plan; who was done a day before may not.
        ("US-CA", "training", D(2026, 1, 4)),
        ("US-AL", "training", D(2026, 1, 4)),
        ("US-CO", "apply-exam", D(2026, 1, 4)),
        ("US-OR", "apply-exam", D(2026, 1, 4)),
        # Maine: listed no more than two years after the training.
        ("US-ME", "training", D(2025, 1, 4)),
    ],
)
def test_the_last_day_to_pass_counts_from_what_the_state_says(
    assistant: Pathway, place: str, step: str, last: dt.date
) -> None:
    for finished, status in ((last, Status.FINISHED), (last - dt.timedelta(days=1), Status.REDO)):
        done = [Record("training", finished=min(finished, D(2025, 12, 20))), Record("apply-exam", finished=finished)]
        if step == "training":
            done = [Record("training", finished=finished), Record("apply-exam", finished=finished)]
        learner = Learner(weekly_hours=25, born=D(1990, 7, 14), place=place, records=done)
        timeline = planned(assistant, learner)
        assert timeline.step(step).status is status, (place, finished)


def test_elsewhere_no_last_day_to_pass_is_known(assistant: Pathway) -> None:
    done = [Record("training", finished=D(2020, 1, 4)), Record("apply-exam", finished=D(2020, 1, 4))]
    timeline = planned(assistant, Learner(weekly_hours=25, records=done))
    assert timeline.step("training").status is Status.FINISHED


@pytest.mark.parametrize("place", ["US-GU", "US-MP", "US-VI"])
def test_on_the_islands_both_parts_lie_inside_24_months(assistant: Pathway, place: str) -> None:
    # Passed on 4 January 2025, a part counts through 4 January 2027, the day of the plan; passed a day before, not.
    done = [Record("training", finished=D(2024, 12, 1)), Record("apply-exam", finished=D(2024, 12, 1))]
    for passed, status in ((D(2025, 1, 4), Status.FINISHED), (D(2025, 1, 3), Status.REDO)):
        learner = Learner(weekly_hours=25, place=place, records=[*done, Record("knowledge-exam", finished=passed)])
        assert planned(assistant, learner).step("knowledge-exam").status is status
    elsewhere = Learner(weekly_hours=25, records=[*done, Record("knowledge-exam", finished=D(2025, 1, 3))])
    assert planned(assistant, elsewhere).step("knowledge-exam").status is Status.FINISHED


def three_failures(place: str) -> Learner:
    failed = [D(2026, 10, 5), D(2026, 11, 9), D(2026, 12, 14)]
    records = [
        Record("training", finished=D(2026, 9, 14)),
        Record("apply-exam", finished=D(2026, 9, 15)),
        Record("skills-exam", finished=D(2026, 10, 5)),
        Record("knowledge-exam", failed=failed),
    ]
    return Learner(weekly_hours=25, born=D(1990, 7, 14), place=place, records=records)


def test_after_three_failures_of_a_part_the_training_comes_first_and_the_other_part_is_kept(assistant: Pathway) -> None:
    # 75 hours at 25 a week: Monday 4 January to the 25th.
    timeline = planned(assistant, three_failures(""))
    assert timeline.step("training").status is Status.REDO
    assert timeline.step("skills-exam").status is Status.FINISHED
    assert timeline.step("knowledge-exam").start == D(2027, 1, 25)


def test_oregon_allows_as_many_tries_as_fit_into_the_year(assistant: Pathway) -> None:
    timeline = planned(assistant, three_failures("US-OR"))
    assert timeline.step("training").status is Status.FINISHED
    assert timeline.step("knowledge-exam").start == TODAY


def test_who_works_before_the_test_is_listed_within_four_months(assistant: Pathway) -> None:
    # California, 3 hours a week: 150 hours take 350 days, 11 January to 27 December. Four months lead there from 27
    # August, a Friday: the work cannot begin before.
    slow = Learner(start=START, weekly_hours=3, place="US-CA", choose=["aide"])
    assert days(planned(assistant, slow), "aide", "registry") == {
        "aide": (D(2027, 8, 27), D(2027, 8, 27)),
        "registry": (D(2027, 12, 27), D(2027, 12, 27)),
    }


def test_a_listing_ends_24_months_after_the_last_paid_work(assistant: Pathway) -> None:
    card = here(assistant, "", "cna-state")
    work = Employment(role="nursing assistant", from_=D(2024, 3, 1), through=D(2025, 6, 30), hours=20)
    # Idle from 1 July 2025 on, so 24 months are full with 30 June 2027; without work from the listing on.
    assert ends(card, D(2024, 1, 10), Learner(employment=[work]), renewals=0) == [D(2027, 6, 30)]
    assert ends(card, D(2024, 1, 10), Learner(), renewals=0) == [D(2026, 1, 9)]
    still = Employment(role="nursing assistant", from_=D(2024, 3, 1), hours=20)
    assert ends(card, D(2024, 1, 10), Learner(employment=[still]), renewals=0) == [None]


def test_alabama_asks_for_eight_hours_in_these_24_months(assistant: Pathway) -> None:
    # Eight hours at 20 a week are the last three days of the job (3 * 20 / 7 = 8.6): 28, 29 and 30 June 2025. From the
    # 29th on less is left, and 24 months later is 28 June 2027.
    card = here(assistant, "US-AL", "cna-state")
    work = Employment(role="nursing assistant", from_=D(2024, 3, 1), through=D(2025, 6, 30), hours=20)
    assert ends(card, D(2024, 1, 10), Learner(employment=[work]), renewals=0) == [D(2027, 6, 28)]


def test_a_certificate_ends_by_the_rule_of_its_state(assistant: Pathway) -> None:
    granted, odd, even = D(2027, 2, 22), Learner(born=D(1991, 3, 5)), Learner(born=D(1990, 3, 5))
    # California: two years, to the eve of the anniversary. Texas: on the anniversary itself.
    assert ends(here(assistant, "US-CA", "cna-state"), granted, odd) == [D(y, 2, 21) for y in (2029, 2031, 2033, 2035)]
    assert ends(here(assistant, "US-TX", "cna-state"), granted, odd) == [D(y, 2, 22) for y in (2029, 2031, 2033, 2035)]
    # Oregon: the birthday in years of the same parity as the birth.
    assert ends(here(assistant, "US-OR", "cna-state"), granted, odd) == [D(y, 3, 5) for y in (2027, 2029, 2031, 2033)]
    assert ends(here(assistant, "US-OR", "cna-state"), granted, even) == [D(y, 3, 5) for y in (2028, 2030, 2032, 2034)]


@pytest.mark.parametrize(
    ("group", "years"), [("1", (2027, 2029, 2031, 2033)), ("2", (2028, 2030, 2032, 2034)), ("unknown", None)]
)
def test_florida_has_two_groups_that_end_on_31_may(
    assistant: Pathway, group: str, years: tuple[int, ...] | None
) -> None:
    learner = Learner(facts=[Fact("florida-cna-group", group)])
    told = ends(here(assistant, "US-FL", "cna-state"), D(2027, 2, 14), learner)
    assert told == ([None] if years is None else [D(year, 5, 31) for year in years])


def test_without_its_group_florida_is_refused_and_the_fact_is_named(assistant: Pathway) -> None:
    with pytest.raises(DocumentError, match="florida-cna-group"):
        plan(assistant, Learner(weekly_hours=25, place="US-FL"), today=TODAY)


def rule_of(credential: Credential) -> CreditRule:
    assert credential.renewal is not None
    assert credential.renewal.credits is not None
    return credential.renewal.credits


def assessed(credential: Credential, rows: str, *, since: dt.date, through: dt.date, on: dt.date) -> Assessment:
    ledger, faults = read_ledger("date,title,credits,unit,category,tags\n" + rows)
    assert faults == ()
    return assess(rule_of(credential), ledger, period=CreditPeriod(since=since, through=through), on=on)


def test_california_asks_for_48_hours_12_in_each_year_and_24_online_at_most(assistant: Pathway) -> None:
    # A semester unit is 15 hours: 15 + 8 in the first year and 20 + 6 online in the second make 47 (of 26 online 24
    # count). The missing hour may no longer be online.
    rows = (
        "2027-05-03,Anatomy,1,semester unit,,\n2027-06-01,Lifting,8,,,\n"
        "2028-05-01,Dementia,20,,,online\n2028-06-01,Infection,6,,,online\n"
    )
    told = assessed(
        here(assistant, "US-CA", "cna-state"), rows, since=D(2027, 2, 22), through=D(2029, 2, 21), on=D(2028, 9, 1)
    )
    assert (int(told.counted), int(told.missing), told.is_met) == (47, 1, False)
    # All 48 in the second year are not enough: the first one lacks its 12.
    late = assessed(
        here(assistant, "US-CA", "cna-state"),
        "2028-05-01,Dementia,48,,,\n",
        since=D(2027, 2, 22),
        through=D(2029, 2, 21),
        on=D(2028, 9, 1),
    )
    assert (int(late.counted), late.is_met, int(late.shortfall)) == (48, False, 12)


def test_california_lapses_in_two_steps(assistant: Pathway) -> None:
    # Ended with 21 February 2029: two years by the test, through 21 February 2031, then training.
    card = here(assistant, "US-CA", "cna-state")
    first = cycles(card, Held("cna-state", granted=D(2027, 2, 22)), today=D(2027, 2, 22), renewals=0)[0]
    assert [(each.way, each.through) for each in first.back] == [("exam", D(2031, 2, 21)), ("start-again", None)]


# Practical nurse


def test_the_plan_of_a_practical_nurse_has_the_dates_worked_by_hand(practical: Pathway) -> None:
    # The BLS card of the course of 11 January comes after 20 working days, on Monday 8 February. A year of school, with
    # a tuberculosis test of that very day, which lasts through 7 February 2028, the last day of school. The exam on
    # Tuesday 8 February 2028, its first result two working days later, its official one after 42 days, on 21 March.
    # 42 days of search from the 10th (19 left in February): Thursday 23 March.
    timeline = planned(practical, Learner(start=START, weekly_hours=20))
    assert days(timeline, "bls", "pn-program", "nclex-pn", "result-pn", "license-pn", "job") == {
        "bls": (START, D(2027, 2, 8)),
        "pn-program": (D(2027, 2, 8), D(2028, 2, 8)),
        "nclex-pn": (D(2028, 2, 8), D(2028, 2, 8)),
        "result-pn": (D(2028, 2, 8), D(2028, 2, 10)),
        "license-pn": (D(2028, 2, 8), D(2028, 3, 21)),
        "job": (D(2028, 3, 23), D(2028, 3, 23)),
    }
    papers = {each.credential: each.valid_through for each in timeline.renewals if each.number == 1}
    assert papers["tb-test"] == D(2028, 2, 7)
    # 4750.00 for the school, 49.50 and 55.00 for two papers, 200.00 for the exam.
    assert timeline.cost.amount == Decimal("5054.50")


def taken(*, authorized: dt.date | None, failed: tuple[dt.date, ...] = (), place: str = "") -> Learner:
    records = [Record("pn-program", finished=D(2026, 12, 18)), Record("apply-pn", finished=D(2026, 12, 21))]
    if authorized is not None:
        records.append(Record("att-pn", finished=authorized))
    if failed:
        records.append(Record("nclex-pn", failed=failed))
    return Learner(weekly_hours=20, born=D(1999, 4, 10), place=place, records=records)


def test_an_authorization_is_good_for_90_days_and_then_paid_for_again(practical: Pathway) -> None:
    # 5 January + 90 days: 26 to the end of January, 28 and 31, so 85 through March: 5 April.
    learner = taken(authorized=D(2027, 1, 5))
    in_time = planned(practical, learner, today=D(2027, 4, 5))
    assert (in_time.step("att-pn").status, in_time.cost.amount) == (Status.FINISHED, Decimal(0))
    late = planned(practical, learner, today=D(2027, 4, 6))
    assert (late.step("att-pn").status, late.cost.amount) == (Status.REDO, Decimal("200.00"))


def test_the_exam_may_be_taken_again_on_the_46th_day_with_a_new_registration(practical: Pathway) -> None:
    # 1 March + 45 days is 15 April (30 left in March, and 15), the 46th day is the 16th.
    learner = taken(authorized=D(2027, 2, 15), failed=(D(2027, 3, 1),))
    timeline = planned(practical, learner, today=D(2027, 3, 3))
    assert timeline.step("nclex-pn").start == D(2027, 4, 16)
    assert timeline.step("att-pn").status is Status.REDO
    assert timeline.cost.amount == Decimal("200.00")


def test_there_are_eight_tries_in_twelve_months(practical: Pathway) -> None:
    # 45 days and more lie between these. The ninth may be on the day that lies 12 months after the first.
    failed = tuple(D(2026, 1, 5) + dt.timedelta(days=46 * n) for n in range(8))
    timeline = planned(practical, taken(authorized=D(2026, 11, 20), failed=failed), today=D(2026, 12, 28))
    assert failed[-1] == D(2026, 11, 23)
    assert timeline.step("nclex-pn").start == D(2027, 1, 8)  # the 46th day after the last: later than 5 January
    crowded = tuple(D(2026, 1, 5) + dt.timedelta(days=7 * n) for n in range(8))
    assert planned(practical, taken(authorized=None, failed=crowded), today=D(2026, 12, 28)).step(
        "nclex-pn"
    ).start == D(2027, 1, 5)


def test_florida_asks_for_remediation_after_three_failures(practical: Pathway) -> None:
    failed = (D(2026, 9, 7), D(2026, 10, 26), D(2026, 12, 14))
    elsewhere = planned(practical, taken(authorized=D(2026, 12, 1), failed=failed))
    florida = planned(practical, taken(authorized=D(2026, 12, 1), failed=failed, place="US-FL"))
    assert "remediation-pn" not in {step.id for step in elsewhere.steps}
    assert florida.step("remediation-pn").status is Status.PLANNED
    # 14 December + 46 days is 29 January, in both.
    assert elsewhere.step("nclex-pn").start == florida.step("nclex-pn").start == D(2027, 1, 29)
    two = planned(practical, taken(authorized=D(2026, 12, 1), failed=failed[1:], place="US-FL"))
    assert "remediation-pn" not in {step.id for step in two.steps}


@pytest.mark.parametrize(
    ("granted", "born", "first"),
    [
        # From 31 March six months lead to 30 September, which is an end; from 1 April they lead past it, and it is two
        # years more.
        (D(2026, 3, 31), D(1990, 9, 4), D(2026, 9, 30)),
        (D(2026, 4, 1), D(1990, 9, 4), D(2028, 9, 30)),
        # Born in an even year: April 2028 is a month away, so 2030. Born in an odd one: April 2029, in 13 months.
        (D(2028, 3, 21), D(2004, 4, 10), D(2030, 4, 30)),
        (D(2028, 3, 21), D(2003, 4, 10), D(2029, 4, 30)),
        # February 2027 is five months away; the one after it in an odd year is in month 29.
        (D(2026, 9, 15), D(1991, 2, 28), D(2029, 2, 28)),
        # 31 August and six months are 29 February 2028, an even year.
        (D(2027, 8, 31), D(1992, 2, 10), D(2028, 2, 29)),
    ],
)
def test_a_first_license_of_texas_runs_6_to_29_months(
    practical: Pathway, ladder: Pathway, granted: dt.date, born: dt.date, first: dt.date
) -> None:
    for pathway, name in ((practical, "lpn-state"), (ladder, "rn-state")):
        told = ends(here(pathway, "US-TX", name), granted, Learner(born=born))
        assert told[0] == first
        later = [D(first.year + n, first.month, 28) for n in (2, 4, 6)]
        assert [each.replace(day=28) for each in told[1:] if each] == later


def test_texas_opens_60_days_before_and_frees_the_first_renewal(practical: Pathway) -> None:
    # 60 days before 30 April 2030 is 1 March: 30 in April and 30 in March.
    card = here(practical, "US-TX", "lpn-state")
    born = Holder(learner=Learner(born=D(2004, 4, 10)))
    first, second, *_ = cycles(card, Held("lpn-state", granted=D(2028, 3, 21)), today=D(2028, 3, 21), holder=born)
    assert first.opens == D(2030, 3, 1)
    assert card.letters == "LVN"
    assert (first.is_exempt, first.ways, first.credits_by) == (True, (), None)
    assert {way.id for way in second.ways} == {"hours", "certification"}
    assert (second.is_exempt, second.credits_by) == (False, D(2032, 4, 30))
    rule = rule_of(card)
    for number, is_exempt, asked in ((1, True, 0), (2, False, 20), (3, False, 20)):
        period = CreditPeriod(since=D(2030, 5, 1), through=D(2032, 4, 30), number=number)
        told = assess(rule, read_ledger("date,title,credits\n")[0], period=period, on=D(2031, 1, 4))
        assert told.is_exempt is is_exempt
        assert told.total == asked
        assert {slot.id for slot in told.slots} == ({"jurisprudence"} if number == 3 else set())


@pytest.mark.parametrize(
    ("place", "granted", "told"),
    [
        # Ohio, practical nurses: 31 October of even years. Granted on 1 November, it is the next one.
        ("US-OH", D(2028, 3, 21), [D(y, 10, 31) for y in (2028, 2030, 2032, 2034)]),
        ("US-OH", D(2028, 11, 1), [D(y, 10, 31) for y in (2030, 2032, 2034, 2036)]),
        # Florida: 31 July of odd years.
        ("US-FL", D(2028, 3, 21), [D(y, 7, 31) for y in (2029, 2031, 2033, 2035)]),
        ("US-FL", D(2027, 8, 1), [D(y, 7, 31) for y in (2029, 2031, 2033, 2035)]),
        # North Carolina, born on 10 April: a year from 21 March 2028 is 21 March 2029, and the month of birth ends with
        # 30 April. From 1 May 2028 a year leads past it to April 2030, one day less than two years.
        ("US-NC", D(2028, 3, 21), [D(y, 4, 30) for y in (2029, 2031, 2033, 2035)]),
        ("US-NC", D(2028, 5, 1), [D(y, 4, 30) for y in (2030, 2032, 2034, 2036)]),
        # Nobody's rule: two years to the day.
        ("", D(2028, 3, 21), [D(y, 3, 20) for y in (2030, 2032, 2034, 2036)]),
    ],
)
def test_a_practical_license_ends_on_the_day_of_its_state(
    practical: Pathway, place: str, granted: dt.date, told: list[dt.date]
) -> None:
    assert ends(here(practical, place, "lpn-state"), granted, Learner(born=D(2004, 4, 10))) == told


def test_ohio_takes_late_forms_from_16_september_to_the_end_of_october(practical: Pathway) -> None:
    card = here(practical, "US-OH", "lpn-state")
    first = cycles(card, Held("lpn-state", granted=D(2028, 3, 21)), today=D(2028, 3, 21))[0]
    assert (first.soft_deadline, first.valid_through) == (D(2028, 9, 15), D(2028, 10, 31))
    assert first.late_fee == Decimal("50.00")


def test_florida_asks_for_26_hours_in_every_third_renewal(practical: Pathway) -> None:
    rule, always = rule_of(here(practical, "US-FL", "lpn-state")), {"medical-errors", "laws", "trafficking"}
    asked = []
    for number in (1, 2, 3, 6):
        period = CreditPeriod(since=D(2029, 8, 1), through=D(2031, 7, 31), number=number)
        told = assess(rule, read_ledger("date,title,credits\n")[0], period=period, on=D(2030, 1, 4))
        asked.append((int(told.total), {slot.id for slot in told.slots} - always))
    assert asked == [(24, {"hiv"}), (24, {"impairment"}), (26, {"violence"}), (26, {"impairment", "violence"})]


# The ladder

# The first rung as for the nursing assistant: 75 hours at 20 a week are 26.25 days, so 27, to Sunday 7 February; 42
# days to Sunday 21 March, so the work begins on Monday the 22nd, and the school with it, for a year. Wednesday 22
# March 2028: the exam; two working days to the 24th; 42 days to the license of 3 May and from the 24th to the work of
# Friday 5 May. With the license one applies; the last day is 30 November, the answer comes on 1 March 2029, the
# bridge runs from 1 June for a year. Saturday 1 June 2030: the exam; the second working day is Tuesday 4 June; 42
# days to 16 July.
LADDER = {
    "training": (START, D(2027, 2, 7)),
    "job-cna": (D(2027, 3, 22), D(2027, 3, 22)),
    "pn-program": (D(2027, 3, 22), D(2028, 3, 22)),
    "license-pn": (D(2028, 3, 22), D(2028, 5, 3)),
    "job-lpn": (D(2028, 5, 5), D(2028, 5, 5)),
    "apply-bridge": (D(2028, 5, 3), D(2028, 5, 3)),
    "last-day": (D(2028, 11, 30), D(2028, 11, 30)),
    "answer": (D(2029, 3, 1), D(2029, 3, 1)),
    "bridge-associate": (D(2029, 6, 1), D(2030, 6, 1)),
    "result-rn": (D(2030, 6, 1), D(2030, 6, 4)),
    "license-rn": (D(2030, 6, 1), D(2030, 7, 13)),
    "job-rn": (D(2030, 7, 16), D(2030, 7, 16)),
}


def test_the_ladder_has_the_dates_worked_by_hand(ladder: Pathway) -> None:
    timeline = planned(ladder, Learner(start=START, weekly_hours=20))
    assert days(timeline, *LADDER) == LADDER
    # The oldest entrance test that counts to 30 November 2028 is of 30 November 2027.
    assert timeline.step("entrance-test").start == D(2027, 11, 30)


def test_a_medical_assistant_works_while_studying_to_be_a_practical_nurse(ladder: Pathway) -> None:
    # The dates of the CCMA (NHA) in the pathway of the medical assistant: at work on 3 November 2027. A year of school,
    # and 42 days from Friday 3 November 2028 to the license of 15 December: after 30 November, so one applies for the
    # year after, and the bridge begins a year later than from the other rung.
    timeline = planned(ladder, Learner(start=START, weekly_hours=20, choose=["job-ma"]))
    assert days(timeline, "job-ma", "pn-program", "license-pn", "last-day", "bridge-associate") == {
        "job-ma": (D(2027, 11, 3), D(2027, 11, 3)),
        "pn-program": (D(2027, 11, 3), D(2028, 11, 3)),
        "license-pn": (D(2028, 11, 3), D(2028, 12, 15)),
        "last-day": (D(2029, 11, 30), D(2029, 11, 30)),
        "bridge-associate": (D(2030, 6, 1), D(2031, 6, 1)),
    }
    assert "training" not in {step.id for step in timeline.steps}


def test_a_bachelors_degree_takes_thirty_months_and_no_season(ladder: Pathway) -> None:
    # From the license of 3 May 2028: 3 November 2030.
    timeline = planned(ladder, Learner(start=START, weekly_hours=20, choose=["bridge-bachelor"]))
    assert days(timeline, "bridge-bachelor") == {"bridge-bachelor": (D(2028, 5, 3), D(2030, 11, 3))}


def test_one_who_works_on_a_rung_already_begins_there(ladder: Pathway) -> None:
    working = Learner(start=START, weekly_hours=20, records=[Record("job-cna", finished=D(2025, 9, 1))])
    timeline = planned(ladder, working)
    assert timeline.step("pn-program").start == START
    assert "training" not in {step.id for step in timeline.steps}


def test_one_who_is_listed_as_a_cna_only_looks_for_work(ladder: Pathway) -> None:
    # 6 weeks from 11 January: Monday 22 February 2027.
    listed = Learner(start=START, weekly_hours=20, holds=[Held("cna-state", granted=D(2026, 6, 16))])
    timeline = planned(ladder, listed)
    assert timeline.step("job-cna").start == D(2027, 2, 22)
    assert not {"training", "apply-exam", "registry"} & {step.id for step in timeline.steps}


@pytest.mark.parametrize(
    ("place", "group", "told"),
    [
        # Registered nurses: Ohio in odd years; Florida in three groups; North Carolina by the birth month.
        ("US-OH", "1", [D(y, 10, 31) for y in (2031, 2033, 2035, 2037)]),
        ("US-FL", "1", [D(y, 4, 30) for y in (2032, 2034, 2036, 2038)]),
        ("US-FL", "2", [D(y, 7, 31) for y in (2030, 2032, 2034, 2036)]),
        ("US-FL", "3", [D(y, 4, 30) for y in (2031, 2033, 2035, 2037)]),
        ("US-NC", "1", [D(y, 4, 30) for y in (2032, 2034, 2036, 2038)]),
    ],
)
def test_a_license_as_a_registered_nurse_ends_on_the_day_of_its_state(
    ladder: Pathway, place: str, group: str, told: list[dt.date]
) -> None:
    learner = Learner(born=D(2004, 4, 10), facts=[Fact("florida-rn-group", group)])
    assert ends(here(ladder, place, "rn-state"), D(2030, 7, 13), learner) == told


# What the three tell of the same things, and where it is from


def versions(pathway: Pathway) -> Iterator[tuple[str, Pathway]]:
    for place in ("", *sorted({overlay.where for overlay in pathway.overlays})):
        yield place, pathway.resolve(where=place, on=TODAY)


def test_the_ladder_has_the_rules_of_the_other_two(assistant: Pathway, practical: Pathway, ladder: Pathway) -> None:
    of_cna = ("training", "apply-exam", "knowledge-exam", "skills-exam", "registry")
    of_lpn = ("att-pn", "nclex-pn", "result-pn", "license-pn")
    for place, version in versions(ladder):
        for other, credential, steps in ((assistant, "cna-state", of_cna), (practical, "lpn-state", of_lpn)):
            same = other.resolve(where=place, on=TODAY)
            assert version.credential(credential) == same.credential(credential), (place, credential)
            for step in steps:
                assert version.step(step) == same.step(step), (place, step)


def cited(pathway: Pathway) -> Iterator[str]:
    for step in pathway.steps:
        yield from step.sources
        yield from step.cost.sources if step.cost else ()
    for credential in pathway.credentials:
        yield from credential.sources
        yield from (source for duty in credential.duties for source in duty.sources)
        if credential.renewal is not None:
            yield from credential.renewal.sources
            yield from (source for way in credential.renewal.ways for source in way.sources)
            yield from credential.renewal.credits.sources if credential.renewal.credits else ()
    for occupation in pathway.occupations:
        told = (occupation, occupation.pay, occupation.outlook)
        yield from (source for part in told if part is not None for source in part.sources)
    yield from (source for overlay in pathway.applied for source in overlay.sources)


@pytest.mark.parametrize("name", NURSING)
def test_every_source_is_used_and_was_checked_unless_it_is_memory(name: str) -> None:
    pathway = load_catalog(name)
    used = {source for _, version in versions(pathway) for source in cited(version)}
    assert used == {source.id for source in pathway.sources}
    unchecked = {source.id for source in pathway.sources if source.checked is None}
    assert unchecked == {source.id for source in pathway.sources if source.sure is Sure.MEMORY}
    assert all(source.address and source.publisher for source in pathway.sources if source.id not in unchecked)


@pytest.mark.parametrize("name", NURSING)
def test_every_fact_has_a_source(name: str) -> None:
    # A length, a limit in time, a rule of retakes, a paper, or an amount that is not free comes from somewhere.
    pathway = load_catalog(name)
    assert all(overlay.sources for overlay in pathway.overlays)
    for place, version in versions(pathway):
        for step in version.steps:
            asked = [leaf for _, leaf in leaves(step.requires)]
            spans = [leaf for leaf in asked if isinstance(leaf, Needs) and (leaf.within or not leaf.lag.is_zero)]
            papers = [leaf for leaf in asked if isinstance(leaf, Holds)]
            if step.takes != ZERO or spans or papers or step.retakes:
                assert step.sources, (place, step.id)
            if step.cost is not None and step.cost.amount:
                assert step.cost.sources, (place, step.id)
                assert step.cost.sure is not None, (place, step.id)
        for credential in version.credentials:
            assert credential.sources, (place, credential.id)
            assert credential.renewal is None or credential.renewal.sources, (place, credential.id)
            assert all(duty.sources for duty in credential.duties)
            if credential.renewal and credential.renewal.credits:
                assert credential.renewal.credits.sources, (place, credential.id)
