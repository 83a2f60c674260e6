"""The catalog's technicians: who can plan with them, and dates worked out by hand from the sources."""

import datetime as dt
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

import career_path
from career_path import Employment, Held, Learner, NoRouteError, audit, load_catalog, plan
from career_path.model.credits import CreditPeriod
from career_path.model.learner import Absence, Record
from career_path.model.ledger import Activity, Ledger
from career_path.model.timeline import Renewal, Status, Timeline
from career_path.planning.credits import assess
from career_path.planning.keeping import keep

D = dt.date

TODAY = D(2027, 1, 4)
START = D(2027, 1, 11)  # a Monday
ANA = Learner("ana", start=START, weekly_hours=20)

PATHWAYS = ("patient-care-technician", "pharmacy-technician", "phlebotomist", "sterile-processing")
STATES = {"pharmacy-technician": ("US-AZ", "US-MA", "US-MD", "US-OR", "US-TX"), "phlebotomist": ("US-CA",)}
CASES = [(name, place) for name in PATHWAYS for place in (None, *STATES.get(name, ()))]

# Work of long ago in all five parts of sterile processing: at 36 hours a week, more than 120 in four weeks.
PARTS = ("decontamination", "prep-and-pack", "sterilizing", "storage", "quality")
IN_PARTS = [
    Employment(role=role, from_=D(2023, month, 1), through=D(2023, month, 28), hours=36)
    for month, role in enumerate(PARTS, 1)
]
EMPLOYMENT = {
    "patient-care-technician": [Employment(role="patient-care-technician", from_=D(2025, 3, 3), hours=36)],
    "pharmacy-technician": [Employment(role="pharmacy-technician", from_=D(2025, 3, 3), hours=36)],
    "phlebotomist": [Employment(role="phlebotomist", from_=D(2025, 3, 3), hours=36)],
    "sterile-processing": IN_PARTS,
}
TRAINING = {
    "patient-care-technician": ["program"],
    "pharmacy-technician": ["program"],
    "phlebotomist": ["class", "clinical"],
    "sterile-processing": ["program", "practice"],
}
HELD = {
    "patient-care-technician": "cpct-a-nha",
    "pharmacy-technician": "cpht-ptcb",
    "phlebotomist": "cpt-nha",
    "sterile-processing": "crcst-hspa",
}


def planned(name: str, learner: Learner = ANA, *, today: dt.date = TODAY) -> Timeline:
    pathway = load_catalog(name)
    timeline = plan(pathway, learner, today=today)
    assert audit(timeline, pathway, learner) == ()
    return timeline


def days(timeline: Timeline) -> dict[str, tuple[dt.date | None, dt.date | None]]:
    return {step.id: (step.start, step.finish) for step in timeline.steps}


def kept(name: str, *held: Held, today: dt.date | None = None, born: dt.date | None = None) -> tuple[Renewal, ...]:
    """The periods of the first of these credentials, whose rule may ask for the others."""
    learner = Learner("ana", holds=held, born=born)
    timeline = keep(load_catalog(name).credentials, learner, today=today or held[0].granted)
    return tuple(each for each in timeline.renewals if each.credential == held[0].credential)


def ends(renewals: Iterable[Renewal]) -> list[dt.date | None]:
    return [each.valid_through for each in renewals]


# Who can plan


@pytest.fixture(params=CASES, ids=lambda case: "-".join(filter(None, case)))
def case(request: pytest.FixtureRequest) -> tuple[str, Learner]:
    """A pathway, and somebody in each place for which it has rules, 26 years old."""
    name, place = request.param
    return name, attrs.evolve(ANA, place=place or "", born=D(2001, 2, 3))


def third_renewals(timeline: Timeline, name: str) -> None:
    """What is earned in the plan and can be renewed has three renewals to come."""
    rules = {str(each.id): each.renewal for each in load_catalog(name).credentials}
    earned = [each.credential for each in timeline.renewals if each.valid_from >= START and each.number == 1]
    assert earned
    for credential in earned:
        rule = rules[credential]
        count = sum(each.credential == credential for each in timeline.renewals)
        assert count == (1 if rule is None or rule.at_most == 0 else 4), credential


def test_a_school_leaver_plans_through_the_third_renewal(case: tuple[str, Learner]) -> None:
    name, learner = case
    timeline = planned(name, learner)
    assert timeline.is_feasible
    assert {"diploma", TRAINING[name][0]} <= {step.id for step in timeline.steps}
    third_renewals(timeline, name)


def test_one_who_works_forty_hours_a_week_plans_with_six_hours_to_study(case: tuple[str, Learner]) -> None:
    name, learner = case
    clerk = Employment(role="clerk", from_=D(2020, 1, 6), hours=40)
    timeline = planned(name, attrs.evolve(learner, weekly_hours=6, employment=[clerk]))
    slower = planned(name, learner).finish
    assert timeline.is_feasible
    assert timeline.finish is not None
    assert slower is not None
    assert timeline.finish >= slower
    third_renewals(timeline, name)


def test_one_without_a_diploma_takes_the_ged(case: tuple[str, Learner]) -> None:
    name, learner = case
    timeline = planned(name, attrs.evolve(learner, avoid=["diploma"]))
    assert timeline.is_feasible
    assert timeline.step("ged").finish == D(2027, 2, 8)  # 80 hours at 20 a week are four weeks


def test_an_experienced_worker_needs_no_training_but_in_california(case: tuple[str, Learner]) -> None:
    name, learner = case
    timeline = planned(name, attrs.evolve(learner, weekly_hours=6, employment=EMPLOYMENT[name]))
    assert timeline.is_feasible
    steps = {step.id for step in timeline.steps}
    if learner.place == "US-CA":
        assert {"class", "clinical"} <= steps
    else:
        assert not steps & set(TRAINING[name])
    third_renewals(timeline, name)


def test_a_lapsed_holder_earns_the_credential_again(case: tuple[str, Learner]) -> None:
    # Granted in March 2023 for one or two years, so not valid any more.
    name, learner = case
    timeline = planned(name, attrs.evolve(learner, holds=[Held(HELD[name], granted=D(2023, 3, 6))]))
    assert timeline.is_feasible
    assert any(step.kind.value == "exam" and step.start >= START for step in timeline.steps if step.start)
    third_renewals(timeline, name)


@pytest.mark.parametrize("name", PATHWAYS)
def test_one_who_is_certified_only_looks_for_work(name: str) -> None:
    # Six weeks from Monday 11 January: Monday 22 February.
    timeline = planned(name, attrs.evolve(ANA, holds=[Held(HELD[name], granted=D(2026, 9, 1))]))
    assert not {step.kind.value for step in timeline.steps} & {"exam", "program", "application"}
    assert timeline.finish == D(2027, 2, 22)


def test_one_under_18_plans_from_graduation_on(case: tuple[str, Learner]) -> None:
    # Born on 20 February 2010, at school until 14 June 2027; only Massachusetts asks for 18 years.
    name, learner = case
    timeline = planned(name, attrs.evolve(learner, born=D(2010, 2, 20), start=D(2027, 6, 14)))
    assert timeline.is_feasible
    assert timeline.finish is not None
    assert (timeline.finish >= D(2028, 2, 20)) == (learner.place == "US-MA")
    third_renewals(timeline, name)


# Sterile processing


def test_the_crcst_comes_provisionally_and_the_hours_follow() -> None:
    # 42 hours at 20 a week: 15 days of 20/7 hours are 42.9, so done on Tuesday 26 January. The review takes four weeks,
    # until 23 February; a place is booked 48 hours ahead, so the exam is on the 25th. 42 days of applying end on
    # Thursday 8 April. 400 hours at 20 a week are 140 days after 26 January: day 166 of the year, 15 June. They have
    # to be done six months after the exam, by 25 August.
    timeline = planned("sterile-processing")
    found = days(timeline)
    assert found["program"] == (START, D(2027, 1, 26))
    assert found["crcst-review"] == (D(2027, 1, 26), D(2027, 2, 23))
    assert found["crcst-exam"] == (D(2027, 2, 25), D(2027, 2, 25))
    assert found["job-search"] == (D(2027, 2, 25), D(2027, 4, 8))
    assert found["practice"] == (D(2027, 1, 26), D(2027, 6, 15))
    assert found["crcst-full"] == (D(2027, 6, 15), D(2027, 6, 15))
    assert timeline.step("hours-signed").latest_finish == D(2027, 8, 25)
    assert timeline.finish == D(2027, 4, 8)
    assert timeline.cost.amount == Decimal("1638.00")  # 1498.00 for the classes and 140.00 for the exam


def test_both_certifications_of_the_crcst_end_as_hspa_says() -> None:
    # Provisional for six months from 25 February; the full one of 15 June to the end of that month, a year later.
    timeline = planned("sterile-processing")
    told = {(each.credential, each.number): each.valid_through for each in timeline.renewals}
    assert told["crcst-provisional-hspa", 1] == D(2027, 8, 25)
    assert [told["crcst-hspa", n] for n in (1, 2, 3, 4)] == [D(year, 6, 30) for year in (2028, 2029, 2030, 2031)]


def test_with_six_hours_a_week_the_hours_are_worked_in_the_new_job() -> None:
    # 42 hours are 49 days, until 1 March; reviewed until the 29th, exam on the 31st; 42 days later Wednesday 12 May.
    # 400 hours of one's own would take 467 days. Ten weeks in the job end on 21 July, before 30 September.
    timeline = planned("sterile-processing", attrs.evolve(ANA, weekly_hours=6))
    found = days(timeline)
    assert "practice" not in found
    assert found["crcst-exam"] == (D(2027, 3, 31), D(2027, 3, 31))
    assert found["practice-at-work"] == (D(2027, 5, 12), D(2027, 7, 21))
    assert timeline.step("hours-signed").latest_finish == D(2027, 9, 30)


def test_six_months_without_the_hours_ask_for_the_exam_again() -> None:
    done = [Record(name, finished=D(2026, 4, 1)) for name in ("program", "apply-crcst")]
    done += [Record("crcst-review", finished=D(2026, 4, 29)), Record("crcst-exam", finished=D(2026, 5, 1))]
    in_time = planned("sterile-processing", attrs.evolve(ANA, start=D(2026, 5, 4), records=done), today=D(2026, 5, 4))
    assert in_time.step("crcst-exam").status is Status.FINISHED
    # Passed on 1 May 2026, so there is time until 1 November 2026.
    late = planned("sterile-processing", attrs.evolve(ANA, records=done))
    assert "crcst-exam" in {step.id for step in late.steps if step.status is Status.REDO}


def test_work_that_lacks_one_part_of_the_hours_is_not_enough() -> None:
    # Fifteen of the 16 hours of quality assurance, in 21 days at 5 a week.
    quality = Employment(role="quality", from_=D(2023, 5, 1), through=D(2023, 5, 21), hours=5)
    learner = attrs.evolve(ANA, employment=[*IN_PARTS[:4], quality], avoid=["program"])
    with pytest.raises(NoRouteError, match="worked"):
        planned("sterile-processing", learner)


def test_the_cspdt_waits_three_months_and_lasts_five_years() -> None:
    # Classes until 26 January, the round until 26 April, 42 days until Monday 7 June.
    timeline = planned("sterile-processing", attrs.evolve(ANA, choose=["cspdt-cbspd"]))
    assert timeline.finish == D(2027, 6, 7)
    assert timeline.cost.amount == Decimal("1626.00")
    told = [each.valid_through for each in timeline.renewals if each.credential == "cspdt-cbspd"]
    assert told == [D(year, 4, 25) for year in (2032, 2037, 2042, 2047)]


def test_the_crcst_ends_with_the_anniversary_month_also_in_leap_years() -> None:
    # HSPA: the last day of the month of certification, a year later.
    found = kept("sterile-processing", Held("crcst-hspa", granted=D(2027, 2, 10)))
    assert ends(found) == [D(2028, 2, 29), D(2029, 2, 28), D(2030, 2, 28), D(2031, 2, 28)]


def test_a_further_credential_of_hspa_ends_in_the_month_of_the_first() -> None:
    # CRCST of 20 May 2024: 31 May. The other one of 3 September 2026 ends on the next 31 May, and so on.
    first = Held("crcst-hspa", granted=D(2024, 5, 20), renewed=[D(2025, 5, 2), D(2026, 5, 4)])
    found = kept("sterile-processing", Held("cer-hspa", granted=D(2026, 9, 3)), first)
    assert ends(found) == [D(year, 5, 31) for year in (2027, 2028, 2029, 2030)]


def test_the_hours_of_hspa_are_counted_in_quarters() -> None:
    # 11.9 hours are 11.75, so a quarter is missing of 12.
    rule = load_catalog("sterile-processing").credential("crcst-hspa").renewal
    assert rule is not None
    assert rule.credits is not None
    year = CreditPeriod(since=D(2027, 2, 10), through=D(2028, 2, 29))
    ledger = Ledger([Activity(date=D(2027, 5, 1), title="Steam", credits=Decimal("11.9"))])
    assert assess(rule.credits, ledger, period=year, on=D(2027, 9, 1)).missing == Decimal("0.25")


# Pharmacy


def test_ptcb_is_applied_for_sixty_days_before_the_program_ends() -> None:
    # 16 weeks from 11 January are day 123 of the year, 3 May; 60 days before is day 63, 4 March. A day of review, then
    # 90 days: 26 in March after the 5th, 30 in April, 31 in May, so the window ends on 3 June. 42 days from 3 May end
    # on 14 June.
    timeline = planned("pharmacy-technician")
    found = days(timeline)
    assert found["program"] == (START, D(2027, 5, 3))
    assert found["apply-ptcb"] == (D(2027, 3, 4), D(2027, 3, 4))
    assert found["ptcb-exam"] == (D(2027, 5, 3), D(2027, 5, 3))
    assert timeline.finish == D(2027, 6, 14)
    assert timeline.cost.amount == Decimal("1329.00")
    windows = {each.on for each in timeline.deadlines if each.kind.value == "eligibility-ends"}
    assert D(2027, 6, 3) in windows


def test_an_extension_of_the_window_is_bought_where_it_is_needed() -> None:
    # Approved on 1 December 2026: 90 days are over on 1 March 2027, 180 on 30 May. Away until 31 March, the exam is on
    # 1 April, for 20.00 and not for another application.
    away = Absence(from_=D(2027, 1, 5), through=D(2027, 3, 31))
    steps = {"program": D(2026, 11, 27), "program-proof": D(2026, 11, 27), "apply-ptcb": D(2026, 11, 30)}
    records = [Record(name, finished=day) for name, day in {**steps, "ptcb-review": D(2026, 12, 1)}.items()]
    learner = attrs.evolve(ANA, records=records, absences=[away], choose=["cpht-ptcb"])
    timeline = planned("pharmacy-technician", learner)
    assert timeline.step("ptcb-exam").start == D(2027, 4, 1)
    assert timeline.cost.amount == Decimal("20.00")


@pytest.mark.parametrize(
    ("failed", "following"),
    [
        # 60 days: 27 after the 1st to the end of February, 31 in March, 2 in April.
        ([D(2027, 2, 1)], D(2027, 4, 2)),
        # 60 again: 28 in April, 31 in May, 1 in June.
        ([D(2027, 2, 1), D(2027, 4, 2)], D(2027, 6, 1)),
        # 180: 29 in June, 31, 31, 30 and 31 through October make 152, and 28 in November.
        ([D(2027, 2, 1), D(2027, 4, 2), D(2027, 6, 1)], D(2027, 11, 28)),
    ],
)
def test_ptcb_waits_sixty_sixty_and_180_days_and_is_paid_for_each_time(
    failed: list[dt.date], following: dt.date
) -> None:
    records = [Record("ptcb-exam", failed=failed), Record("apply-ptcb", finished=D(2027, 1, 20))]
    learner = attrs.evolve(
        ANA,
        employment=EMPLOYMENT["pharmacy-technician"],
        records=records,
        choose=["cpht-ptcb"],
        avoid=["ptcb-petition"],
    )
    timeline = planned("pharmacy-technician", learner, today=failed[-1] + dt.timedelta(days=1))
    assert timeline.step("ptcb-exam").start == following
    assert timeline.cost.amount == Decimal("129.00")


def test_after_four_failures_ptcb_asks_for_a_petition() -> None:
    failed = [D(2027, 2, 1), D(2027, 4, 2), D(2027, 6, 1), D(2027, 11, 28)]
    learner = attrs.evolve(
        ANA,
        employment=EMPLOYMENT["pharmacy-technician"],
        records=[Record("ptcb-exam", failed=failed)],
        choose=["cpht-ptcb"],
    )
    timeline = planned("pharmacy-technician", learner, today=D(2027, 12, 1))
    assert "ptcb-petition" in {step.id for step in timeline.steps}


@pytest.mark.parametrize(
    ("granted", "opens", "on_time", "through"),
    [
        # A month of 31 days: the first of it is 30 days before its end. 60 days before 31 May is 1 April.
        (D(2025, 5, 12), D(2027, 4, 1), D(2027, 5, 1), D(2027, 5, 31)),
        # "30 days before" is 31 March and earlier than the first of April.
        (D(2025, 4, 9), D(2027, 3, 1), D(2027, 3, 31), D(2027, 4, 30)),
        # For 28 February it is 29 January, where the first of the month is 1 February; 60 days before is 30 December.
        (D(2025, 2, 10), D(2026, 12, 30), D(2027, 1, 29), D(2027, 2, 28)),
    ],
)
def test_ptcb_renews_from_sixty_days_before_and_on_time_by_both_readings(
    granted: dt.date, opens: dt.date, on_time: dt.date, through: dt.date
) -> None:
    first = kept("pharmacy-technician", Held("cpht-ptcb", granted=granted))[0]
    assert (first.opens, first.soft_deadline, first.valid_through) == (opens, on_time, through)
    assert first.soft_deadline is not None
    assert first.soft_deadline <= through.replace(day=1)
    assert (first.fee, first.late_fee) == (Decimal("55.00"), Decimal("25.00"))


def test_ptcb_reinstates_for_a_year_and_keeps_the_old_expiry() -> None:
    # Through 30 April 2027; reinstated on 1 September, the balance of the cycle runs to 30 April 2029.
    lapsed = kept("pharmacy-technician", Held("cpht-ptcb", granted=D(2025, 4, 3)), today=D(2027, 6, 1))[-1]
    assert [(each.way, each.through, each.fee) for each in lapsed.back] == [
        ("reinstatement", D(2028, 4, 30), Decimal("95.00")),
        ("start-again", None, None),
    ]
    again = Held("cpht-ptcb", granted=D(2025, 4, 3), renewed=[D(2027, 9, 1)])
    assert ends(kept("pharmacy-technician", again, today=D(2027, 9, 2)))[1] == D(2029, 4, 30)


def test_of_twenty_hours_for_ptcb_at_most_five_are_a_pharmacists() -> None:
    # 14 hours of T, among them one of law and one of safety, and 6 of P, of which 5 count: 19, and one of T is missing.
    rule = load_catalog("pharmacy-technician").credential("cpht-ptcb").renewal
    assert rule is not None
    assert rule.credits is not None
    rows: list[tuple[int, Sequence[str], Sequence[str]]] = [
        (12, ["T"], ()),
        (1, ["T"], ["law"]),
        (1, ["T"], ["safety"]),
        (6, ["P"], ()),
    ]
    ledger = Ledger(
        [
            Activity(date=D(2028, 1, day), title=f"Course {day}", credits=hours, tags=tags, category=category)
            for day, (hours, tags, category) in enumerate(rows, 1)
        ]
    )
    cycle = CreditPeriod(since=D(2027, 5, 3), through=D(2029, 5, 31))
    found = assess(rule.credits, ledger, period=cycle, on=D(2028, 9, 1))
    assert found.missing == 1
    assert {slot.id: slot.missing for slot in found.slots} == {
        "technician": 1,
        "pharmacist": 0,
        "law": 0,
        "safety": 0,
    }


def test_two_hours_for_the_nha_are_one_of_its_credits() -> None:
    rule = load_catalog("pharmacy-technician").credential("cpht-nha").renewal
    assert rule is not None
    assert rule.credits is not None
    cycle = CreditPeriod(since=D(2027, 5, 5), through=D(2029, 5, 4))
    law, safety = (
        Activity(date=D(2028, 1, day), title=kind, credits=5, unit="NHA credit", category=[kind])
        for day, kind in enumerate(("law", "safety"), 1)
    )
    assert assess(rule.credits, Ledger([law, safety]), period=cycle, on=D(2028, 9, 1)).is_met


def test_the_excpt_may_be_applied_for_before_the_ged_but_in_arizona() -> None:
    # 80 hours at 20 a week: the GED on 8 February, 28 days after the start. Work is enough, so the application may be
    # on the first day; in Arizona it waits for the GED.
    learner = attrs.evolve(
        ANA, employment=EMPLOYMENT["pharmacy-technician"], avoid=["diploma"], choose=["cpht-nha"], place="US-NV"
    )
    assert planned("pharmacy-technician", learner).step("apply-excpt").start == START
    arizona = planned("pharmacy-technician", attrs.evolve(learner, place="US-AZ"))
    assert arizona.step("apply-excpt").start == D(2027, 2, 8)


@pytest.mark.parametrize(("hours", "in_time"), [(23, False), (24, True)])
def test_the_excpt_asks_for_1200_hours_within_a_year_of_work(hours: int, in_time: bool) -> None:  # noqa: FBT001
    # The year is full on 12 January 2027, after 365 days: 1,199 hours at 23 a week and 1,251 at 24.
    work = Employment(role="pharmacy-technician", from_=D(2026, 1, 12), hours=hours)
    learner = attrs.evolve(ANA, employment=[work], choose=["cpht-nha"], avoid=["program"])
    start = planned("pharmacy-technician", learner).step("apply-excpt").start
    assert start is not None
    assert (start == D(2027, 1, 12)) == in_time


# The states


def test_texas_ends_with_the_month_of_the_first_registration() -> None:
    # 10 February 2026: 29 February 2028, then 28 February 2030; 60 days before 29 February 2028 is 31 December.
    found = kept("pharmacy-technician", Held("pt-tx", granted=D(2026, 2, 10)))
    assert ends(found) == [D(2028, 2, 29), D(2030, 2, 28), D(2032, 2, 29), D(2034, 2, 28)]
    assert found[0].opens == D(2027, 12, 31)


def test_massachusetts_ends_every_two_years_on_the_birthdate() -> None:
    found = kept("pharmacy-technician", Held("pt-ma", granted=D(2026, 3, 1)), born=D(1990, 7, 14))
    assert ends(found) == [D(year, 7, 14) for year in (2026, 2028, 2030, 2032)]


@pytest.mark.parametrize(
    ("born", "first"),
    [
        (D(1990, 4, 2), D(2028, 4, 30)),  # a year after 10 May 2026 April is over, so it is the next one
        (D(1990, 5, 2), D(2027, 5, 31)),  # a year after it is in May, which ends on the 31st
    ],
)
def test_maryland_ends_with_the_birth_month_that_follows_a_year(born: dt.date, first: dt.date) -> None:
    found = kept("pharmacy-technician", Held("pt-md", granted=D(2026, 5, 10)), born=born)
    later = [first.replace(year=first.year + years) for years in (2, 4, 6)]
    assert ends(found) == [first, *later]


@pytest.mark.parametrize(
    ("granted", "through"),
    [(D(2026, 6, 29), D(2027, 6, 30)), (D(2026, 6, 30), D(2028, 6, 30)), (D(2026, 7, 1), D(2028, 6, 30))],
)
def test_oregon_ends_on_the_second_30_june_and_is_not_renewed(granted: dt.date, through: dt.date) -> None:
    assert ends(kept("pharmacy-technician", Held("pt-or", granted=granted))) == [through]


def test_massachusetts_waits_for_the_18th_birthday() -> None:
    # Born on 20 February 2010: licensed on Sunday 20 February 2028, so at work on Monday. That day is a birthday
    # itself, so the first period ends on the next.
    learner = Learner("bo", start=D(2027, 6, 14), weekly_hours=20, born=D(2010, 2, 20), place="US-MA")
    timeline = planned("pharmacy-technician", learner)
    assert timeline.step("register-ma").start == D(2028, 2, 20)
    assert timeline.finish == D(2028, 2, 21)
    assert next(each for each in timeline.renewals if each.credential == "pt-ma").valid_through == D(2029, 2, 20)


def test_a_plan_for_a_state_names_its_overlay_and_the_registration() -> None:
    for place, step in {"US-TX": "register-tx", "US-MD": "register-md", "US-OR": "license-or"}.items():
        timeline = planned("pharmacy-technician", attrs.evolve(ANA, place=place, born=D(2001, 2, 3)))
        assert [each.where for each in timeline.applied] == [place]
        assert timeline.step(step).start == D(2027, 5, 3)
        assert timeline.cost.unknown == (step,)


# NHA's exams, and phlebotomy


@pytest.mark.parametrize(
    ("name", "exam", "credential"),
    [
        ("patient-care-technician", "cpct-exam", "cpct-a-nha"),
        ("phlebotomist", "cpt-exam", "cpt-nha"),
        ("pharmacy-technician", "excpt-exam", "cpht-nha"),
    ],
)
@pytest.mark.parametrize(
    ("failed", "following"),
    [
        ([D(2027, 1, 11)], D(2027, 2, 10)),  # 20 days in January and 10 in February
        ([D(2027, 1, 11), D(2027, 2, 10)], D(2027, 3, 12)),  # 18 in February and 12 in March
        ([D(2027, 1, 11), D(2027, 2, 10), D(2027, 3, 12)], D(2028, 3, 12)),  # 12 months
    ],
)
def test_the_nha_waits_thirty_days_twice_and_then_a_year(
    name: str, exam: str, credential: str, failed: list[dt.date], following: dt.date
) -> None:
    records = [Record("diploma", finished=D(2020, 6, 1)), Record(exam, failed=failed)]
    records += [Record(step, finished=D(2026, 12, 18)) for step in TRAINING[name]]
    learner = attrs.evolve(ANA, records=records, choose=[credential])
    timeline = planned(name, learner, today=failed[-1] + dt.timedelta(days=1))
    assert timeline.step(exam).start == following


@pytest.mark.parametrize(
    ("name", "credential"),
    [("patient-care-technician", "cpct-a-nha"), ("phlebotomist", "cpt-nha"), ("pharmacy-technician", "cpht-nha")],
)
def test_a_credential_of_the_nha_ends_the_day_before_two_years_and_is_reinstated_for_one(
    name: str, credential: str
) -> None:
    found = kept(name, Held(credential, granted=D(2026, 3, 10)))
    assert ends(found) == [D(year, 3, 9) for year in (2028, 2030, 2032, 2034)]
    assert [(each.way, each.through) for each in found[0].back] == [
        ("reinstatement", D(2029, 3, 9)),
        ("exam", None),
    ]


@pytest.mark.parametrize(("name", "step"), [("patient-care-technician", "program"), ("phlebotomist", "clinical")])
def test_training_of_more_than_five_years_ago_is_done_again(name: str, step: str) -> None:
    old = [Record(each, finished=D(2022, 1, 10)) for each in TRAINING[name]]
    choose = [HELD[name]]
    late = planned(name, attrs.evolve(ANA, records=old, choose=choose))
    assert late.step(step).status is Status.REDO
    # A year of work in the last three serves as well.
    works = attrs.evolve(ANA, records=old, choose=choose, employment=EMPLOYMENT[name])
    assert not {each.id for each in planned(name, works).steps if each.status is Status.REDO}


def test_the_three_exams_of_a_phlebotomist_have_the_dates_worked_by_hand() -> None:
    # Classes of 14 weeks end on 19 April, 100 hours at 20 a week on 24 May. ASCP on that day; NHA with two days for the
    # result; AMT after two working days and two days, on Friday 28 May. Then 42 days.
    expected = {
        "pbt-ascp": (D(2027, 7, 5), Decimal("1985.00")),
        "cpt-nha": (D(2027, 7, 7), Decimal("1979.00")),
        "rpt-amt": (D(2027, 7, 9), Decimal("2000.00")),
    }
    for credential, told in expected.items():
        timeline = planned("phlebotomist", attrs.evolve(ANA, choose=[credential]))
        assert (timeline.finish, timeline.cost.amount) == told, credential


def test_the_pbt_is_declared_a_month_before_three_years_are_over() -> None:
    found = kept("phlebotomist", Held("pbt-ascp", granted=D(2027, 5, 24)))
    assert ends(found) == [D(year, 5, 23) for year in (2030, 2033, 2036, 2039)]
    assert found[0].act_by == D(2030, 4, 23)


def test_the_rpt_has_a_yearly_fee_and_points_every_three_years() -> None:
    # AMT's own example, told for all who are in its program: certified on 1 May 2006, the fee is due before 1 May of
    # 2007, 2008 and 2009, the points before 1 May 2009.
    (only,) = kept("phlebotomist", Held("rpt-amt", granted=D(2006, 5, 1)))
    fees = [duty.on for duty in only.duties if duty.id == "fee"]
    points = [duty.on for duty in only.duties if duty.id == "points"]
    assert only.valid_through is None
    assert fees[:3] == [D(2007, 4, 30), D(2008, 4, 30), D(2009, 4, 30)]
    assert points[0] == D(2009, 4, 30)


def test_california_asks_for_the_classes_and_its_own_certificate() -> None:
    # The certificate on the day of the exam, 24 May, for 100.00 more.
    timeline = planned("phlebotomist", attrs.evolve(ANA, place="US-CA"))
    assert timeline.step("california-cpt1").start == D(2027, 5, 24)
    assert (timeline.finish, timeline.cost.amount) == (D(2027, 7, 5), Decimal("2085.00"))


# Where the facts come from

CATALOG = Path(career_path.__file__).parent / "catalog"
TIMED = ("takes", "retakes", "load")  # what a step tells of the world, beside its requirements
IN_A_REQUIREMENT = ("lag", "within", "by", "extensions", "worked", "aged", "holds")


def tables(value: object, path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every table in a document, with its place."""
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from tables(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for inner in value:
            yield from tables(inner, f"{path}[]")


@pytest.fixture(params=PATHWAYS)
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    return tomllib.loads((CATALOG / f"{request.param}.toml").read_text("utf-8"))


def test_every_source_of_a_document_is_cited_and_was_checked(document: dict[str, Any]) -> None:
    sources = document.pop("sources")
    cited = {source for _, table in tables(document) for source in table.get("sources", ())}
    assert cited == sources.keys()
    unchecked = {name for name, source in sources.items() if "checked" not in source}
    assert unchecked == {name for name, source in sources.items() if source["sure"] == "memory"} == {"memory"}
    assert all(source["address"] and source["publisher"] for name, source in sources.items() if name not in unchecked)


def steps_of(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from document["steps"].items()
    for overlay in document.get("overlays", ()):
        yield from overlay.get("steps", {}).items()


def test_every_step_with_a_length_a_limit_or_an_amount_says_from_where(document: dict[str, Any]) -> None:
    for name, step in steps_of(document):
        asked = {key for _, table in tables(step.get("requires", {})) for key in table}
        if asked & set(IN_A_REQUIREMENT) or step.keys() & set(TIMED):
            assert step.get("sources"), name
        cost = step.get("cost", "0")
        if cost != "0":
            assert cost["sources"], name
            assert cost["sure"] in {"body", "law", "secondary", "memory"}, name


def test_every_rule_of_a_credential_says_from_where(document: dict[str, Any]) -> None:
    rules = ("renewal", "credits")
    for name, credential in document["credentials"].items():
        assert credential["sources"], name
        for path, table in tables(credential):
            last = path.rpartition(".")[2]
            if last in rules or path.split(".")[-2:-1] in (["ways"], ["duties"]):
                assert table["sources"], f"{name}.{path}"


def test_what_is_from_memory_alone_is_marked_so(document: dict[str, Any]) -> None:
    for name, step in steps_of(document):
        cost = step.get("cost")
        if isinstance(cost, dict) and "memory" in cost["sources"]:
            assert cost["sure"] == "memory", name
