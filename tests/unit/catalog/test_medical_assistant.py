"""The medical assistant from school to the third renewal: who can plan, four exams, retakes, education, by hand."""

import datetime as dt
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import attrs
import pytest

import career_path
from career_path import Employment, Held, Learner, NoRouteError, Pathway, audit, facts, load_catalog, plan
from career_path.formats.ledger_csv import read_ledger
from career_path.model.assessment import Assessment
from career_path.model.credits import CreditPeriod
from career_path.model.learner import Record
from career_path.model.timeline import Renewal, Status, Timeline
from career_path.planning.credits import assess
from career_path.planning.keeping import keep
from career_path.planning.objective import Objective

D = dt.date
Span = tuple[dt.date | None, dt.date | None]

TODAY = D(2027, 1, 4)
START = D(2027, 1, 11)  # a Monday
ANA = Learner("ana", start=START, weekly_hours=20)


class Exam(NamedTuple):
    """One of the four ways to be certified, with what a learner brings to it."""

    credential: str
    apply: str
    exam: str
    takes_work: bool
    lapsed: dt.date
    current: dt.date


EXAMS = (
    Exam("cma-aama", "apply-cma", "cma-exam", takes_work=False, lapsed=D(2018, 3, 6), current=D(2025, 3, 6)),
    Exam("ccma-nha", "apply-ccma", "ccma-exam", takes_work=True, lapsed=D(2023, 3, 6), current=D(2026, 9, 1)),
    Exam("rma-amt", "apply-rma", "rma-exam", takes_work=True, lapsed=D(2023, 3, 6), current=D(2025, 3, 6)),
    Exam("ncma-ncct", "apply-ncma", "ncma-exam", takes_work=True, lapsed=D(2018, 3, 6), current=D(2025, 3, 6)),
)
TRAINING = {"program", "externship"}
WORKED = Employment(role="medical assistant", from_=D(2019, 3, 4), hours=36)
CARD = Held("bls-aha", granted=D(2026, 6, 1))  # through June 2028


@pytest.fixture(scope="module")
def pathway() -> Pathway:
    return load_catalog("medical-assistant")


@pytest.fixture(params=EXAMS, ids=lambda exam: exam.credential)
def exam(request: pytest.FixtureRequest) -> Exam:
    found: Exam = request.param
    return found


def planned(
    pathway: Pathway, learner: Learner, *, today: dt.date = TODAY, objective: Objective = "earliest"
) -> Timeline:
    timeline = plan(pathway, learner, today=today, objective=objective)
    assert audit(timeline, pathway, learner) == ()
    return timeline


def days(timeline: Timeline, *ids: str) -> dict[str, Span]:
    return {name: (timeline.step(name).start, timeline.step(name).finish) for name in ids}


def ids(timeline: Timeline) -> set[str]:
    return {step.id for step in timeline.steps}


def kept(pathway: Pathway, held: Held, *, today: dt.date | None = None) -> tuple[Renewal, ...]:
    timeline = keep(pathway.credentials, Learner("ana", holds=[held]), today=today or held.granted)
    return timeline.renewals


def ends(renewals: Iterable[Renewal]) -> list[dt.date | None]:
    return [each.valid_through for each in renewals]


# Who can plan


def third_renewal(timeline: Timeline, credential: str) -> None:
    """The certification that was earned has three renewals to come, or the duties of one without an end."""
    earned = [each for each in timeline.renewals if each.credential == credential and each.valid_from >= START]
    if credential == "rma-amt":
        assert [each.valid_through for each in earned] == [None]
        assert {duty.id for duty in earned[0].duties} == {"fee", "points"}
    else:
        assert [each.number for each in earned] == [1, 2, 3, 4]


def test_a_school_leaver_plans_through_the_third_renewal(pathway: Pathway, exam: Exam) -> None:
    timeline = planned(pathway, attrs.evolve(ANA, choose=[exam.credential]))
    assert timeline.is_feasible
    assert TRAINING | {"diploma", "bls", exam.apply, exam.exam} <= ids(timeline)
    third_renewal(timeline, exam.credential)
    assert [each.number for each in timeline.renewals if each.credential == "bls-aha"] == [1, 2, 3, 4]


def test_one_who_works_forty_hours_a_week_plans_with_six_hours_to_study(pathway: Pathway, exam: Exam) -> None:
    # 560 hours at 6 a week: 93 weeks are 558, and the missing 2 take 3 days more (18/7 hours): 654 days from 11 January
    # 2027. 365 lead to 11 January 2028, and of the other 289 (31 + 29 + 31 + 30 + 31 + 30 + 31 + 31 + 30 = 274 to 11
    # October) 15 to 26 October. 160 hours: 26 weeks are 156, and 5 days more (30/7): 187 days to 1 May 2029 (5 + 30 +
    # 31 + 31 + 28 + 31 + 30 = 186 to 30 April).
    clerk = Employment(role="clerk", from_=D(2020, 1, 6), hours=40)
    learner = attrs.evolve(ANA, weekly_hours=6, employment=[clerk], choose=[exam.credential])
    timeline = planned(pathway, learner)
    assert timeline.is_feasible
    assert days(timeline, "program", "externship") == {
        "program": (START, D(2028, 10, 26)),
        "externship": (D(2028, 10, 26), D(2029, 5, 1)),
    }
    third_renewal(timeline, exam.credential)


def test_an_experienced_worker_needs_no_training_but_for_the_aama(pathway: Pathway, exam: Exam) -> None:
    learner = attrs.evolve(ANA, weekly_hours=6, employment=[WORKED], choose=[exam.credential])
    timeline = planned(pathway, learner)
    assert timeline.is_feasible
    assert ids(timeline).isdisjoint(TRAINING) == exam.takes_work
    third_renewal(timeline, exam.credential)


# Worked since 2019, from Monday 11 January on: NHA has the result on the 13th, and 42 days are 18 to the end of January
# and 24 in February. AMT waits for the card (20 working days: 8 February), two working days for the review (the 10th)
# and two days for the permission (the 12th); 42 days are 16 in February and 26 in March, a Friday. NCCT is taken to
# need seven working days (12, 13, 14, 15, 18, 19, 20 January); 42 days are 11, 28 in February and 3 in March.
BY_WORK = {
    "ccma-nha": ("ccma-exam", START, D(2027, 2, 24), Decimal("165.00")),
    "rma-amt": ("rma-exam", D(2027, 2, 12), D(2027, 3, 26), Decimal("135.00")),
    "ncma-ncct": ("ncma-exam", D(2027, 1, 20), D(2027, 3, 3), Decimal("119.00")),
}


@pytest.mark.parametrize("credential", BY_WORK)
def test_one_who_has_worked_for_years_has_the_dates_worked_by_hand(pathway: Pathway, credential: str) -> None:
    timeline = planned(pathway, attrs.evolve(ANA, employment=[WORKED], choose=[credential]))
    step, sat, at_work, cost = BY_WORK[credential]
    assert (timeline.step(step).start, timeline.finish, timeline.cost.amount) == (sat, at_work, cost)


def test_a_lapsed_holder_earns_the_certification_again(pathway: Pathway, exam: Exam) -> None:
    # AMT's has no last day: whoever does not hold it any more has none to tell.
    held = () if exam.credential == "rma-amt" else (Held(exam.credential, granted=exam.lapsed),)
    timeline = planned(pathway, attrs.evolve(ANA, holds=held, choose=[exam.exam]))
    assert timeline.is_feasible
    assert {"program", exam.exam} <= ids(timeline)
    third_renewal(timeline, exam.credential)


def test_one_who_lost_the_cma_and_tells_the_training_only_sits_the_exam(pathway: Pathway) -> None:
    # Trained in 2014: seven working days from 11 January, then 42 days from the 20th to Wednesday 3 March.
    learner = attrs.evolve(
        ANA,
        holds=[Held("cma-aama", granted=D(2015, 3, 6))],
        records=[Record("externship", finished=D(2014, 6, 2))],
        choose=["cma-aama"],
    )
    timeline = planned(pathway, learner)
    assert "program" not in ids(timeline)
    assert (timeline.finish, timeline.cost.amount) == (D(2027, 3, 3), Decimal("125.00"))


def test_one_who_is_certified_only_looks_for_work(pathway: Pathway, exam: Exam) -> None:
    # Six weeks from 11 January are 22 February; with NHA's two days 24 February.
    timeline = planned(pathway, attrs.evolve(ANA, holds=[Held(exam.credential, granted=exam.current)]))
    assert ids(timeline) <= {"ccma-results", "job-search", "job"}
    assert timeline.finish == (D(2027, 2, 24) if exam.credential == "ccma-nha" else D(2027, 2, 22))
    assert timeline.cost.amount == 0


def test_one_under_18_plans_from_graduation_on(pathway: Pathway, exam: Exam) -> None:
    # Born on 20 February 2010, at school until Monday 14 June 2027; no rule on age was found. All is 154 days later
    # than from 11 January: 20 September and 10, 31, 30, 31, 31 and 21 days are 21 February 2028.
    minor = attrs.evolve(ANA, born=D(2010, 2, 20), start=D(2027, 6, 14), choose=[exam.credential])
    timeline = planned(pathway, minor)
    assert timeline.is_feasible
    assert timeline.step("externship").finish == D(2028, 2, 21)
    third_renewal(timeline, exam.credential)


def test_one_without_a_diploma_takes_the_ged(pathway: Pathway, exam: Exam) -> None:
    timeline = planned(pathway, attrs.evolve(ANA, avoid=["diploma"], choose=[exam.credential]))
    assert timeline.is_feasible
    assert timeline.step("ged").finish == D(2027, 2, 8)  # 80 hours at 20 a week are four weeks
    third_renewal(timeline, exam.credential)


# Which of the four


def test_no_exam_is_the_soonest_because_a_wait_is_not_known(pathway: Pathway) -> None:
    # From school the CMA (AAMA), which is applied for during the externship; with training behind oneself the CCMA
    # (NHA), of which only the result takes time; the NCMA (NCCT) is last of all.
    leaver = planned(pathway, ANA)
    trained = planned(pathway, attrs.evolve(ANA, records=[Record("externship", finished=D(2026, 12, 18))]))
    assert "cma-exam" in ids(leaver)
    assert "ccma-exam" in ids(trained)
    finishes = {exam.credential: planned(pathway, attrs.evolve(ANA, choose=[exam.credential])).finish for exam in EXAMS}
    assert finishes == {
        "cma-aama": D(2027, 11, 1),
        "ccma-nha": D(2027, 11, 3),
        "rma-amt": D(2027, 11, 5),
        "ncma-ncct": D(2027, 11, 10),
    }


def test_the_ncma_has_the_dates_and_the_cost_worked_by_hand(pathway: Pathway) -> None:
    # Externship until Monday 20 September; seven working days are 21, 22, 23, 24, 27, 28 and 29 September; 42 days are
    # one in September, 31 in October and 10 in November, a Wednesday. 3600.00 and 119.00.
    timeline = planned(pathway, attrs.evolve(ANA, choose=["ncma-ncct"]))
    assert days(timeline, "apply-ncma", "ncma-review", "ncma-exam", "job-search", "job") == {
        "apply-ncma": (D(2027, 9, 20), D(2027, 9, 20)),
        "ncma-review": (D(2027, 9, 20), D(2027, 9, 29)),
        "ncma-exam": (D(2027, 9, 29), D(2027, 9, 29)),
        "job-search": (D(2027, 9, 29), D(2027, 11, 10)),
        "job": (D(2027, 11, 10), D(2027, 11, 10)),
    }
    assert (timeline.cost.amount, timeline.cost.unknown) == (Decimal("3719.00"), ("bls",))


def test_the_cheapest_is_the_one_whose_fee_is_from_memory_and_the_plan_says_so(pathway: Pathway) -> None:
    # 119.00 from memory, beside 125.00, 135.00 and 165.00.
    timeline = planned(pathway, ANA, objective="cheapest")
    assert timeline.cost.amount == Decimal("3719.00")
    unsure = {step for each in timeline.notices if each.kind.value == "unsure-fact" for step in each.steps}
    assert {"apply-ncma", "ncma-review"} <= unsure


# Work and training, and how old they may be


def test_of_work_nha_asks_for_a_year_of_the_last_three(pathway: Pathway) -> None:
    # A year that ended on 14 January 2024: of the three years before 11 January 2027 it fills four days.
    old = Employment(role="medical assistant", from_=D(2023, 1, 9), through=D(2024, 1, 14), hours=40)
    learner = attrs.evolve(ANA, avoid=["program"])
    with pytest.raises(NoRouteError, match="worked"):
        planned(pathway, attrs.evolve(learner, employment=[old]))
    # Begun on 20 January 2026, the year is full on 20 January 2027.
    since = Employment(role="medical assistant", from_=D(2026, 1, 20), hours=10)
    assert planned(pathway, attrs.evolve(learner, employment=[since])).step("apply-ccma").start == D(2027, 1, 20)


@pytest.mark.parametrize(
    ("hours", "applied"),
    [
        # Since 20 January 2024, three years are full on 20 January 2027, after 1,096 days. At 36 hours a week 5,616
        # hours are 1,092 days, so the years decide.
        (36, D(2027, 1, 20)),
        # At 35, 5 hours a day, they are 1,124 days (1,123.2): 28 more, 11 to the end of January and 17.
        (35, D(2027, 2, 17)),
    ],
)
def test_of_work_amt_asks_for_three_years_with_5616_hours(pathway: Pathway, hours: int, applied: dt.date) -> None:
    work = Employment(role="medical assistant", from_=D(2024, 1, 20), hours=hours)
    learner = attrs.evolve(ANA, employment=[work], holds=[CARD], choose=["rma-amt"], avoid=["program"])
    timeline = planned(pathway, learner)
    assert timeline.step("apply-rma").start == applied
    assert {"diploma"} <= ids(timeline)
    assert "bls" not in ids(timeline)


def test_of_work_amt_asks_for_a_current_card(pathway: Pathway) -> None:
    # One of June 2024 ended with June 2026: the course of 11 January brings the next on 8 February.
    old = Held("bls-aha", granted=D(2024, 6, 3))
    learner = attrs.evolve(ANA, employment=[WORKED], holds=[old], choose=["rma-amt"])
    assert planned(pathway, learner).step("apply-rma").start == D(2027, 2, 8)


def test_of_work_ncct_is_planned_with_two_years_of_the_last_five(pathway: Pathway) -> None:
    work = Employment(role="medical assistant", from_=D(2025, 1, 25), hours=40)
    learner = attrs.evolve(ANA, employment=[work], choose=["ncma-ncct"], avoid=["program"])
    assert planned(pathway, learner).step("apply-ncma").start == D(2027, 1, 25)


@pytest.mark.parametrize(
    ("credential", "last"),
    [("ccma-nha", D(2022, 1, 11)), ("rma-amt", D(2023, 1, 11)), ("ncma-ncct", D(2022, 1, 11)), ("cma-aama", None)],
)
def test_training_counts_for_five_four_and_five_years_and_for_the_aama_for_ever(
    pathway: Pathway, credential: str, last: dt.date | None
) -> None:
    def status(finished: dt.date) -> Status:
        records = [Record("externship", finished=finished)]
        return planned(pathway, attrs.evolve(ANA, records=records, choose=[credential])).step("externship").status

    if last is None:
        assert status(D(2001, 6, 1)) is Status.FINISHED
    else:
        assert (status(last), status(last - dt.timedelta(days=1))) == (Status.FINISHED, Status.REDO)


# Retakes

TRAINED = (Record("program", finished=D(2026, 11, 27)), Record("externship", finished=D(2026, 12, 18)))
OPENED = (Record("apply-cma", finished=D(2026, 12, 16)), Record("cma-window", finished=D(2026, 12, 21)))


def failed(pathway: Pathway, exam: Exam, *tries: dt.date) -> Timeline:
    records = [*TRAINED, *(OPENED if exam.credential == "cma-aama" else ()), Record(exam.exam, failed=tries)]
    learner = attrs.evolve(ANA, records=records, choose=[exam.credential])
    return planned(pathway, learner, today=tries[-1] + dt.timedelta(days=1))


CMA, CCMA, RMA, NCMA = EXAMS


@pytest.mark.parametrize(
    ("exam", "tries", "following"),
    [
        # 90 days after 11 January: 20 in January, 28 in February, 31 in March, 11 in April. After 11 April: 19, 31 and
        # 30 to the end of June, 10 in July.
        (CMA, [D(2027, 1, 11)], D(2027, 4, 11)),
        (CMA, [D(2027, 1, 11), D(2027, 4, 11)], D(2027, 7, 10)),
        # 30 days: 20 in January and 10 in February; 18 in February and 12 in March; then 12 months.
        (CCMA, [D(2027, 1, 11)], D(2027, 2, 10)),
        (CCMA, [D(2027, 1, 11), D(2027, 2, 10)], D(2027, 3, 12)),
        (CCMA, [D(2027, 1, 11), D(2027, 2, 10), D(2027, 3, 12)], D(2028, 3, 12)),
        # 45 days: 20 in January and 25 in February; 3 in February, 31 in March and 11 in April; 19 and 26 in May.
        (RMA, [D(2027, 1, 11)], D(2027, 2, 25)),
        (RMA, [D(2027, 1, 11), D(2027, 2, 25)], D(2027, 4, 11)),
        (RMA, [D(2027, 1, 11), D(2027, 2, 25), D(2027, 4, 11)], D(2027, 5, 26)),
        # 30 days; 90 days: 18 in February, 31, 30 and 11 in May; a year.
        (NCMA, [D(2027, 1, 11)], D(2027, 2, 10)),
        (NCMA, [D(2027, 1, 11), D(2027, 2, 10)], D(2027, 5, 11)),
        (NCMA, [D(2027, 1, 11), D(2027, 2, 10), D(2027, 5, 11)], D(2028, 5, 11)),
    ],
    ids=lambda value: getattr(value, "credential", None),
)
def test_after_a_failure_each_issuer_has_its_own_wait(
    pathway: Pathway, exam: Exam, tries: list[dt.date], following: dt.date
) -> None:
    assert failed(pathway, exam, *tries).step(exam.exam).start == following


@pytest.mark.parametrize(
    ("exam", "attempts", "fee"), [(CMA, 1, "125.00"), (CCMA, 1, "165.00"), (RMA, 2, "135.00"), (NCMA, 1, "119.00")]
)
def test_a_further_attempt_is_applied_and_paid_for_again(pathway: Pathway, exam: Exam, attempts: int, fee: str) -> None:
    # AMT allows two on one application.
    applied = [Record(each.apply, finished=D(2026, 12, 16)) for each in EXAMS]
    records = [*TRAINED, *applied, Record("cma-window", finished=D(2026, 12, 21))]
    for tries, cost in ((attempts - 1, "0"), (attempts, fee)):
        failed = Record(exam.exam, failed=[D(2026, 12, 22), START][-tries:] if tries else [])
        learner = attrs.evolve(ANA, records=[*records, failed], choose=[exam.credential])
        timeline = planned(pathway, learner, today=D(2027, 1, 12))
        assert timeline.step(exam.apply).status is (Status.REDO if tries == attempts else Status.FINISHED)
        assert timeline.cost.amount == Decimal(cost)


@pytest.mark.parametrize(("exam", "most"), [(CMA, 3), (RMA, 4), (NCMA, 4)], ids=["cma-aama", "rma-amt", "ncma-ncct"])
def test_after_the_last_attempt_another_exam_is_left(pathway: Pathway, exam: Exam, most: int) -> None:
    tries = [D(2022, 1, 10), D(2023, 6, 1), D(2024, 12, 1), D(2026, 6, 1)][:most]

    def after(*failures: dt.date, choose: tuple[str, ...] = ()) -> set[str]:
        records = [*TRAINED, Record(exam.exam, failed=failures)]
        return ids(planned(pathway, attrs.evolve(ANA, records=records, choose=choose)))

    assert exam.exam in after(*tries[:-1], choose=(exam.credential,))
    with pytest.raises(NoRouteError, match=exam.credential):
        after(*tries, choose=(exam.credential,))
    assert exam.exam not in after(*tries)


def test_a_subject_of_the_ged_may_be_tried_three_times_and_then_every_60_days(pathway: Pathway) -> None:
    # 60 days after 11 January: 20 in January, 28 in February and 12 in March.
    records = [Record("ged-preparation", finished=D(2026, 12, 18))]
    learner = attrs.evolve(ANA, avoid=["diploma"], records=records)
    for tries, following in ((2, D(2027, 1, 12)), (3, D(2027, 3, 12))):
        math = Record("ged-math", failed=[D(2026, 12, 21), D(2026, 12, 28), START][-tries:])
        timeline = planned(pathway, attrs.evolve(learner, records=[*records, math]), today=D(2027, 1, 12))
        assert timeline.step("ged-math").start == following


# Renewals


@pytest.mark.parametrize(
    ("credential", "granted", "told"),
    [
        # 60 months, to the end of the month; two and five years, to the eve of the anniversary; 24 months, to the end
        # of the month, which in 2028 and 2032 has a day more.
        ("cma-aama", D(2027, 2, 10), [D(2032, 2, 29), D(2037, 2, 28), D(2042, 2, 28), D(2047, 2, 28)]),
        ("ccma-nha", D(2027, 9, 20), [D(2029, 9, 19), D(2031, 9, 19), D(2033, 9, 19), D(2035, 9, 19)]),
        ("ncma-ncct", D(2027, 9, 29), [D(2032, 9, 28), D(2037, 9, 28), D(2042, 9, 28), D(2047, 9, 28)]),
        ("bls-aha", D(2026, 2, 8), [D(2028, 2, 29), D(2030, 2, 28), D(2032, 2, 29), D(2034, 2, 28)]),
    ],
)
def test_each_card_ends_on_its_own_kind_of_day_through_the_third_renewal(
    pathway: Pathway, credential: str, granted: dt.date, told: list[dt.date]
) -> None:
    assert ends(kept(pathway, Held(credential, granted=granted))) == told


def test_points_for_a_lapsed_cma_are_taken_for_90_days_and_then_the_exam_is_left(pathway: Pathway) -> None:
    # The notice counts the first of its 90 days too, here 30 September: 31 in October make 32, 30 in November 62, and
    # 28 December is the 90th. Then the exam, and 50.00 on top.
    first = kept(pathway, Held("cma-aama", granted=D(2027, 9, 20)))[0]
    assert (first.valid_through, first.grace_through) == (D(2032, 9, 30), D(2032, 12, 28))
    assert [(each.way, each.fee) for each in first.back] == [("exam", Decimal("50.00"))]


def test_a_lapsed_ccma_is_reinstated_within_a_year_and_then_by_the_exam(pathway: Pathway) -> None:
    first = kept(pathway, Held("ccma-nha", granted=D(2027, 9, 20)))[0]
    assert [(each.way, each.through) for each in first.back] == [("reinstatement", D(2030, 9, 19)), ("exam", None)]
    assert first.fee == Decimal("185.00")


def test_the_rma_has_a_yearly_fee_and_points_every_three_years(pathway: Pathway) -> None:
    # AMT's own example: certified on 1 May 2006, the fee is due before 1 May of 2007, 2008 and 2009, the points before
    # 1 May 2009.
    (only,) = kept(pathway, Held("rma-amt", granted=D(2006, 5, 1)))
    fees = [duty.on for duty in only.duties if duty.id == "fee"]
    points = [duty.on for duty in only.duties if duty.id == "points"]
    assert only.valid_through is None
    assert fees == [D(2007, 4, 30), D(2008, 4, 30), D(2009, 4, 30)]
    assert points == [D(2009, 4, 30), D(2012, 4, 30), D(2015, 4, 30)]


def test_the_ncma_has_hours_and_a_fee_in_each_of_its_five_years(pathway: Pathway) -> None:
    first = kept(pathway, Held("ncma-ncct", granted=D(2027, 9, 29)))[0]
    for duty, fee in (("hours", None), ("fee", Decimal("99.00"))):
        told = [(each.on, each.fee) for each in first.duties if each.id == duty]
        assert told == [(D(year, 9, 28), fee) for year in (2028, 2029, 2030, 2031, 2032)]
    assert [each.way for each in first.back] == ["exam"]


# Continuing education


def assessed(pathway: Pathway, credential: str, rows: str, *, since: dt.date, through: dt.date) -> Assessment:
    ledger, faults = read_ledger("date,title,credits,unit,category,approved_by\n" + rows)
    assert faults == ()
    rule = pathway.credential(credential).renewal
    assert rule is not None
    assert rule.credits is not None
    return assess(rule.credits, ledger, period=CreditPeriod(since=since, through=through), on=through)


BASICS = "2027-03-01,Billing,10,,administrative,AAMA\n2027-04-01,Wounds,10,,clinical,AAMA\n"


@pytest.mark.parametrize(
    ("rows", "counted", "missing"),
    [
        # 10 + 10 + 10 + 30 of any, 30 of them approved by the AAMA.
        ("2027-05-01,Ethics,10,,general,AAMA\n2027-06-01,Law,30,,clinical,\n", 60, 0),
        # As many hours of others as one likes count for 30 alone: 20 + 30, and 10 general points are missing too.
        ("2027-06-01,Law,45,,clinical,\n", 50, 10),
        # 1,500 minutes of 50 are 30, so 50 in all; a talk of 40 minutes is less than an hour and counts for nothing.
        (
            "2027-05-01,Ethics,1500,minute,general,AAMA\n2027-07-01,Talk,40,minute,clinical,AAMA\n",
            50,
            10,
        ),
        # What was done on the day before certification lies outside of the period.
        ("2027-05-01,Ethics,10,,general,AAMA\n2027-02-09,Law,30,,clinical,\n", 30, 30),
    ],
    ids=["enough", "too much of others", "minutes", "too early"],
)
def test_sixty_points_for_the_cma_are_counted_as_the_aama_says(
    pathway: Pathway, rows: str, counted: int, missing: int
) -> None:
    told = assessed(pathway, "cma-aama", BASICS + rows, since=D(2027, 2, 10), through=D(2032, 2, 29))
    assert (int(told.counted), int(told.missing), told.is_met) == (counted, missing, not missing)


@pytest.mark.parametrize(("last", "missing"), [("4", 0), ("3", 1)])
def test_ten_credits_renew_the_ccma(pathway: Pathway, last: str, missing: int) -> None:
    rows = f"2027-11-01,Wound care,6,,,\n2028-06-01,Law,{last},,,\n"
    told = assessed(pathway, "ccma-nha", rows, since=D(2027, 9, 20), through=D(2029, 9, 19))
    assert (int(told.missing), told.is_met) == (missing, not missing)


def test_fourteen_hours_keep_the_ncma_active_in_each_year_and_not_seventy_in_one(pathway: Pathway) -> None:
    # The years begin on 29 September. All in the first one lack 14 in each of the other four.
    period = {"since": D(2027, 9, 29), "through": D(2032, 9, 28)}
    even = "".join(f"{year}-03-01,Course,14,clock hour,,\n" for year in (2028, 2029, 2030, 2031, 2032))
    assert assessed(pathway, "ncma-ncct", even, **period).is_met
    at_once = assessed(pathway, "ncma-ncct", "2028-03-01,Course,70,,,\n", **period)
    assert (at_once.is_met, int(at_once.shortfall)) == (False, 56)
    short = even.replace("2030-03-01,Course,14", "2030-03-01,Course,13")
    told = assessed(pathway, "ncma-ncct", short, **period)
    assert (told.is_met, int(told.missing)) == (False, 1)


# What others tell of the same things, and where it is from


def test_the_same_cards_and_exams_have_the_same_rules_elsewhere_in_the_catalog(pathway: Pathway) -> None:
    ladder, practical = load_catalog("nursing-ladder"), load_catalog("practical-nurse")
    for other in (ladder, practical):
        assert other.credential("bls-aha") == pathway.credential("bls-aha")
        assert other.step("bls") == pathway.step("bls")
    assert ladder.credential("ccma-nha") == pathway.credential("ccma-nha")
    assert ladder.step("ccma-exam") == pathway.step("ccma-exam")
    assert ladder.step("ccma-results").takes == pathway.step("ccma-results").takes
    for step in ("apply-ccma", "ccma-results"):
        ours, theirs = pathway.step(step), ladder.step(step)
        assert (ours.cost, ours.sources) == (theirs.cost, theirs.sources)


def test_nha_and_amt_have_the_rules_that_their_phlebotomists_have(pathway: Pathway) -> None:
    phlebotomist = load_catalog("phlebotomist")
    for ours, theirs in (("ccma-exam", "cpt-exam"), ("rma-exam", "rpt-exam")):
        rules = pathway.step(ours).retakes, phlebotomist.step(theirs).retakes
        assert rules[0] is not None
        assert rules[1] is not None
        assert rules[0].waits == rules[1].waits
        assert rules[0].caps[-1].attempts == rules[1].caps[-1].attempts
    ccma, cpt = pathway.credential("ccma-nha"), phlebotomist.credential("cpt-nha")
    assert ccma.valid == cpt.valid
    assert ccma.renewal is not None
    assert cpt.renewal is not None
    assert ccma.renewal.lapse == cpt.renewal.lapse
    duties = [{duty.id: duty.every for duty in each.duties} for each in (
        pathway.credential("rma-amt"), phlebotomist.credential("rpt-amt"),
    )]  # fmt: skip
    assert duties[0] == duties[1]


def cited(value: object) -> set[str]:
    """The sources of a table of the document and of all that is in it."""
    if isinstance(value, dict):
        return set(value.get("sources", ())).union(*(cited(inner) for inner in value.values()))
    return set().union(*(cited(inner) for inner in value)) if isinstance(value, list) else set()


def test_every_source_is_cited_and_was_checked_unless_it_is_memory() -> None:
    document = tomllib.loads((Path(career_path.__file__).parent / "catalog/medical-assistant.toml").read_text("utf-8"))
    sources = document.pop("sources")
    assert cited(document) == sources.keys()
    assert {name for name, source in sources.items() if "checked" not in source} == {"memory"}
    assert all(sources[name].get("address") and sources[name]["publisher"] for name in sources.keys() - {"memory"})


def test_each_fact_has_a_source_also_that_something_costs_nothing(pathway: Pathway) -> None:
    assert [each.path for each in facts(pathway) if not each.sources] == []


def test_what_is_from_memory_alone_is_marked_so(pathway: Pathway) -> None:
    for step in pathway.steps:
        if step.cost is not None and "memory" in step.cost.sources:
            assert step.cost.sure is not None
            assert step.cost.sure.value == "memory", step.id
