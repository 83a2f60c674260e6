"""Careers side by side: every number worked by hand, and what is not known stays so."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

from career_path import (
    AllOf,
    AnyOf,
    Career,
    Careers,
    Cohort,
    Cohorts,
    Credential,
    CreditRule,
    CreditUnit,
    DocumentError,
    Duty,
    EarliestOf,
    Effort,
    Held,
    Holds,
    IdleEnd,
    InvalidValueError,
    Learner,
    Occupation,
    Outlook,
    Overlay,
    PaperEnd,
    Pathway,
    Pay,
    Record,
    RenewalBurden,
    RenewalRule,
    ReplacedEnd,
    Span,
    Step,
    StepEdit,
    TotalHours,
    UnknownIdError,
    Validity,
    Way,
    Work,
    compare,
)

D = dt.date
TODAY = D(2027, 1, 4)  # a Monday
PER_DAY = "36524.25"  # a hundred a day, because a year has 365.2425 days
AIDE = Occupation(
    "aide",
    duties=["Take histories"],
    may_not=["Prescribe"],
    pay=Pay(median=PER_DAY),
    outlook=Outlook(growth_percent=12, openings_per_year=100, from_=2024, through=2034),
)
CARD = Credential(
    "card", valid=Validity(span="P2Y"), renewal=RenewalRule(fee="50", credits=CreditRule(total=12, unit="hour"))
)
STEPS = (
    Step("course", kind="program", takes=Effort(hours=100), cost="500"),
    Step("exam", kind="exam", requires="course", cost="100", grants=["card"]),
    Step("job", kind="job", requires="exam", cost="0", occupation="aide"),
)
PATH = Pathway("aide", goal="job", steps=STEPS, credentials=[CARD], occupations=[AIDE])
ANA = Learner("ana", weekly_hours=10)


def career(path: Pathway, learner: Learner = ANA, *, horizon: dt.date | Span | str = "P10Y") -> Career:
    return compare([path], learner, today=TODAY, horizon=horizon).careers[0]


def with_card(card: Credential) -> Pathway:
    return Pathway("p", goal="job", steps=STEPS, credentials=[card], occupations=[AIDE])


def jobs(*steps: Step, occupations: tuple[Occupation, ...] = (AIDE,), goal: str | AnyOf = "job") -> Pathway:
    return Pathway("p", goal=goal, steps=steps, occupations=occupations)


# 100 hours at ten a week are ten weeks: Monday 4 January + 70 days is Monday 15 March (27 left in January, 28, 15).


def test_the_first_pay_is_the_first_day_of_a_job_counted_from_the_first_day_to_begin() -> None:
    assert (career(PATH).first_pay, career(PATH).days_to_pay) == (D(2027, 3, 15), 70)
    later = career(PATH, Learner(weekly_hours=10, start=D(2027, 1, 11)))
    assert (later.first_pay, later.days_to_pay) == (D(2027, 3, 22), 70)


def test_cost_hours_and_exams_are_those_of_what_is_left_to_do() -> None:
    found = career(PATH)
    assert found.cost is not None
    assert (found.cost.amount, found.cost.unknown) == (Decimal(600), ())
    assert (found.hours, found.exam_count) == (TotalHours(hours=Fraction(100)), 1)
    done = career(PATH, Learner(weekly_hours=10, records=[Record("course", finished=D(2027, 1, 4))]))
    assert (done.hours, done.exam_count) == (TotalHours(hours=Fraction(0)), 1)
    passed = [Record("course", finished=D(2027, 1, 1)), Record("exam", finished=D(2027, 1, 4))]
    assert career(PATH, Learner(records=passed)).exam_count == 0


def test_hours_of_a_taught_step_are_its_weeks_times_its_load() -> None:
    cohort = Cohorts(cohorts=[Cohort(start=D(2027, 2, 1), finish=D(2027, 3, 1))])
    taught = Step("course", kind="program", opens=cohort, load=7.5)
    assert career(jobs(taught, Step("job", kind="job", requires="course"))).hours == TotalHours(hours=Fraction(30))


def test_learning_that_takes_time_without_hours_is_not_known_and_waiting_has_none() -> None:
    steps = (
        Step("school", kind="program", takes="P1Y"),
        Step("training", kind="externship", takes=Effort(hours=40), requires="school"),
        Step("wait", kind="wait", takes="P2M", requires="training"),
        Step("drill", kind="experience", requires="wait"),
        Step("job", kind="job", takes="P1Y", requires="drill"),
    )
    assert career(jobs(*steps)).hours == TotalHours(hours=Fraction(40), unknown=("school",))


# Ten years from 15 March 2027 have 3,653 days (29 February of 2028, 2032 and 2036). From 4 January to 15 March 2037
# there are 27 + 28 + 15 = 70, so 3,583 lie before the horizon.


def test_money_is_counted_from_the_first_day_of_work_up_to_the_horizon_and_less_the_cost() -> None:
    found = career(PATH)
    assert found.horizon == D(2037, 1, 4)
    assert (found.earned, found.balance) == (Fraction(358_300), Fraction(357_700))


def test_money_is_exact() -> None:
    third = Occupation("aide", pay=Pay(median="10000"))
    earned = career(jobs(Step("job", kind="job", occupation="aide"), occupations=(third,)), horizon="P1D").earned
    assert earned == Fraction(100_000_000, 3_652_425)


def test_nothing_is_earned_by_a_horizon_before_the_first_day_and_the_cost_stays() -> None:
    found = career(PATH, horizon=D(2027, 3, 15))
    assert (found.earned, found.balance) == (Fraction(0), Fraction(-600))
    assert career(PATH, horizon=D(2027, 3, 16)).earned == Fraction(100)


def test_each_day_counts_the_job_begun_last() -> None:
    nurse = Occupation("nurse", pay=Pay(median="73048.50"))  # two hundred a day
    first = Step("first", kind="job", occupation="aide", cost="0")
    school = Step("school", kind="program", takes="P10D", requires="first", cost="0")
    job = Step("job", kind="job", requires="school", occupation="nurse", cost="0")
    found = career(jobs(first, school, job, occupations=(AIDE, nurse)), horizon="P15D")
    assert found.earned == 10 * 100 + 5 * 200
    assert found.occupation == nurse
    assert found.first_pay == TODAY


def test_what_is_earned_by_another_day_needs_no_other_plan() -> None:
    found = career(PATH)
    for horizon in ("P71D", "P1Y", D(2037, 1, 4), Span(years=20)):
        assert found.earned_by(horizon) == career(PATH, horizon=horizon).earned
    assert found.earned_by("P70D") == 0
    with pytest.raises(InvalidValueError, match="negative"):
        found.earned_by("-P1D")
    assert career(PATH, Learner(avoid=["exam"])).earned_by("P1Y") is None


def test_a_job_that_ends_pays_until_then() -> None:
    term = Step("job", kind="job", takes="P10D", occupation="aide")
    assert career(jobs(term), horizon="P1Y").earned == Fraction(1000)


def test_a_job_held_already_pays_from_today() -> None:
    held = Learner(records=[Record("job", finished=D(2020, 1, 1))])
    found = career(jobs(Step("job", kind="job", occupation="aide", cost="0")), held, horizon="P3D")
    assert (found.days_to_pay, found.earned) == (0, Fraction(300))


def test_unknown_pay_is_not_nought() -> None:
    for occupations in ((Occupation("aide"),), (Occupation("aide", pay=Pay(p10="20000")),)):
        found = career(jobs(Step("job", kind="job", occupation="aide"), occupations=occupations))
        assert (found.median_pay, found.earned, found.balance) == (None, None, None)
    assert career(jobs(Step("job", kind="job"))).earned is None
    assert career(jobs(Step("job", kind="paper"))).earned is None


def test_an_unknown_cost_leaves_the_balance_unknown_and_what_is_earned_known() -> None:
    found = career(jobs(Step("job", kind="job", occupation="aide")), horizon="P1D")
    assert (found.earned, found.balance) == (Fraction(100), None)


# The card is granted on 15 March 2027 and holds through the 14th of every second March: the last days in the decade are
# those of 2029, 2031, 2033, 2035 and 2037.


def test_renewals_of_ten_years_are_counted_from_the_first_day_of_work() -> None:
    renewal = career(PATH).renewal
    assert renewal is not None
    assert (renewal.since, renewal.through, renewal.count) == (D(2027, 3, 15), D(2037, 3, 14), 5)
    assert renewal.hours == TotalHours(hours=Fraction(60))
    assert (renewal.cost.amount, renewal.cost.unknown) == (Decimal(250), ())


def test_credits_in_another_unit_count_where_hours_of_them_are_told() -> None:
    units = [CreditUnit("contact hour", credits=2, per=1)]
    for given, hours in (
        (units, TotalHours(hours=Fraction(30))),
        ([], TotalHours(hours=Fraction(), unknown=("card",))),
    ):
        rule = RenewalRule(fee="50", credits=CreditRule(total=12, unit="point", units=given))
        renewal = career(with_card(Credential("card", valid=Validity(span="P2Y"), renewal=rule))).renewal
        assert renewal is not None
        assert renewal.hours == hours


def test_a_renewal_of_which_no_rule_is_told_is_not_known() -> None:
    renewal = career(with_card(Credential("card", valid=Validity(span="P4Y")))).renewal
    assert renewal is not None
    assert renewal.hours.unknown == renewal.cost.unknown == ("card",)
    assert (renewal.count, renewal.without_rule) == (0, ("card",))  # nobody said that there are any


def test_a_paper_that_another_one_replaces_is_renewed_by_nobody() -> None:
    steps = (
        Step("test", kind="exam", grants=["provisional"]),
        Step("hours", kind="experience", requires="test", takes="P1M", grants=["card"]),
        Step("job", kind="job", requires="hours"),
    )
    first = Credential(
        "provisional", valid=EarliestOf(earliest_of=[ReplacedEnd(replaced_by="card"), Validity(span="P6M")])
    )
    path = Pathway("p", goal="job", steps=steps, credentials=[first, CARD])
    renewal = career(path).renewal
    assert renewal is not None
    assert (renewal.count, renewal.hours.unknown) == (5, ())


def test_a_paper_without_end_asks_for_nothing() -> None:
    renewal = career(with_card(Credential("card"))).renewal
    assert renewal is not None
    assert (renewal.count, renewal.hours, renewal.cost.amount) == (0, TotalHours(hours=Fraction()), Decimal(0))


def test_of_several_ways_continuing_education_counts_else_the_one_that_is_planned() -> None:
    exam = Way("exam", kind="exam", takes=Effort(hours=4), fee="10")
    ce = Way("ce", kind="credits", fee="30")
    form = Way("form", kind="form")
    for ways, hours, fees in (
        ([exam, ce], TotalHours(hours=Fraction(60)), Decimal(150)),
        ([exam], TotalHours(hours=Fraction(20)), Decimal(50)),
        ([form], TotalHours(hours=Fraction()), Decimal(250)),
        ([Way("exam", kind="exam")], TotalHours(hours=Fraction(), unknown=("card",)), Decimal(250)),
    ):
        rule = RenewalRule(fee="50", ways=ways, credits=CreditRule(total=12, unit="hour"))
        renewal = career(with_card(Credential("card", valid=Validity(span="P2Y"), renewal=rule))).renewal
        assert renewal is not None
        assert (renewal.hours, renewal.cost.amount) == (hours, fees)


def test_duties_have_their_fees_and_hours_that_are_not_known() -> None:
    dues = Duty("dues", every=Validity(span="P1Y"), fee="25")
    renewal = career(with_card(Credential("card", duties=[dues]))).renewal
    assert renewal is not None
    # each 14 March from 2028 through 2037
    assert (renewal.count, renewal.duty_count) == (0, 10)
    assert (renewal.cost.amount, renewal.hours.unknown) == (Decimal(250), ("card",))


SAFE = Credential("safe", valid=Validity(span="P1Y"), renewal=RenewalRule(fee="30"))


def with_safe(*, asked_by: str, card: Credential = CARD, goal: str | AllOf = "job") -> Pathway:
    """A safety card, got at once, for which one step asks."""
    asked = {asked_by: [Holds("safe")]}
    steps = (
        Step("safety", kind="paper", grants=["safe"]),
        Step("course", kind="program", takes="P10W", requires=AllOf("safety", *asked.get("course", []))),
        Step("exam", kind="exam", requires=AllOf("course", *asked.get("exam", [])), grants=["card"]),
        Step("job", kind="job", requires=AllOf("exam", *asked.get("job", []))),
    )
    return Pathway("p", goal=goal, steps=steps, credentials=[SAFE, card])


def test_a_paper_for_which_only_training_before_the_job_asks_is_named_and_not_counted() -> None:
    renewal = career(with_safe(asked_by="course")).renewal
    assert renewal is not None
    assert (renewal.count, renewal.cost.amount, renewal.training_only) == (5, Decimal(250), ("safe",))


@pytest.mark.parametrize("asked_by", ["job", "exam", "nobody"])
def test_a_paper_for_which_more_than_training_asks_or_nobody_is_kept(asked_by: str) -> None:
    renewal = career(with_safe(asked_by=asked_by)).renewal
    assert renewal is not None
    # From 4 January 2027 for a year each: the last days in the decade from 15 March 2027 on are ten times 3 January.
    assert (renewal.count, renewal.cost.amount, renewal.training_only) == (15, Decimal(550), ())


def test_a_paper_of_training_that_the_goal_or_another_paper_needs_is_kept() -> None:
    card = Credential("card", valid=EarliestOf(earliest_of=[PaperEnd(ends_with="safe"), Validity(span="P2Y")]))
    for path in (
        with_safe(asked_by="course", goal=AllOf("job", Holds("safe"))),
        with_safe(asked_by="course", card=card),
    ):
        renewal = career(path).renewal
        assert renewal is not None
        assert renewal.training_only == ()


def test_training_after_the_first_pay_is_a_part_of_work() -> None:
    steps = (
        Step("safety", kind="paper", grants=["safe"]),
        Step("first", kind="job"),
        Step("course", kind="program", takes="P1Y", requires=AllOf("first", Holds("safe"))),
        Step("job", kind="job", requires="course"),
    )
    renewal = career(Pathway("p", goal="job", steps=steps, credentials=[SAFE])).renewal
    assert renewal is not None
    assert (renewal.count, renewal.training_only) == (10, ())


def test_a_paper_that_may_not_be_renewed_ends_and_asks_for_nothing() -> None:
    for most, count in ((0, 0), (2, 2)):
        rule = RenewalRule(fee="50", at_most=most, credits=CreditRule(total=12, unit="hour"))
        renewal = career(with_card(Credential("card", valid=Validity(span="P2Y"), renewal=rule))).renewal
        assert renewal is not None
        assert (renewal.count, renewal.not_renewed) == (count, ("card",))
        assert renewal.hours == TotalHours(hours=Fraction(12 * count))
        assert (renewal.cost.amount, renewal.cost.unknown) == (Decimal(50 * count), ())


LISTED = Credential(
    "card",
    valid=IdleEnd(idle="P24M", role="aide"),
    renewal=RenewalRule(),
    duties=[Duty("training", every=Validity(span="P1Y"))],
)


def test_work_keeps_a_paper_that_ends_by_idleness() -> None:
    exam = Step("exam", kind="exam", grants=["card"])
    job = Step("job", kind="job", requires="exam", work=Work("aide"))
    renewal = career(Pathway("p", goal="job", steps=[exam, job], credentials=[LISTED])).renewal
    assert renewal is not None
    assert (renewal.count, renewal.duty_count, renewal.without_rule, renewal.not_renewed) == (0, 10, (), ())
    by_hours = attrs.evolve(LISTED, valid=IdleEnd(idle="P24M", role="aide", hours=8))
    for work, duties in ((Work("aide", hours=30), 10), (Work("aide"), 2)):
        steps = [exam, attrs.evolve(job, work=work)]
        found = career(Pathway("p", goal="job", steps=steps, credentials=[by_hours])).renewal
        assert found is not None
        assert (found.duty_count, found.not_renewed) == (duties, () if duties == 10 else ("card",))


def test_a_paper_that_work_kept_ends_two_years_after_it() -> None:
    steps = (
        Step("exam", kind="exam", grants=["card"]),
        Step("first", kind="job", requires="exam", work=Work("aide")),
        Step("school", kind="program", takes="P1Y", requires="first"),
        Step("job", kind="job", requires="school", work=Work("nurse")),
    )
    renewal = career(Pathway("p", goal="job", steps=steps, credentials=[LISTED])).renewal
    assert renewal is not None
    # An aide from 4 January 2027 to the day before 4 January 2028; 3 January of 2028, 2029 and 2030 lie in the listing.
    assert (renewal.duty_count, renewal.without_rule, renewal.not_renewed) == (3, (), ("card",))


def test_a_paper_at_hand_is_renewed_too_and_not_before_the_first_day_of_work() -> None:
    steps = [Step("course", kind="program", takes="P1Y"), Step("job", kind="job", requires="course")]
    path = Pathway("p", goal="job", steps=steps, credentials=[CARD])
    renewal = career(path, Learner(holds=[Held("card", granted=D(2026, 2, 1))])).renewal
    assert renewal is not None
    # The decade begins on 4 January 2028: last days are 31 January of 2028, 2030, 2032, 2034 and 2036.
    assert (renewal.since, renewal.count) == (D(2028, 1, 4), 5)


def test_pathways_keep_their_order_and_are_found_by_id() -> None:
    other = Pathway("clerk", goal="job", steps=[Step("job", kind="job")])
    found = compare([PATH, other], ANA, today=TODAY)
    assert [each.pathway.id for each in found.careers] == ["aide", "clerk"]
    assert found.career("clerk").first_pay == TODAY
    with pytest.raises(UnknownIdError, match="did you mean 'clerk'"):
        found.career("clark")


def test_a_career_without_a_plan_knows_nothing_but_why() -> None:
    never = Pathway("p", goal="job", steps=[*STEPS[:2], Step("job", kind="job", requires="exam")], credentials=[CARD])
    found = career(never, Learner(weekly_hours=10, avoid=["exam"]))
    assert found.timeline.conflicts
    nothing = (
        found.first_pay,
        found.cost,
        found.hours,
        found.exam_count,
        found.renewal,
        found.occupation,
        found.earned,
    )
    assert nothing == (None,) * 7
    assert (found.median_pay, found.outlook, found.balance) == (None, None, None)


def test_what_the_learner_names_counts_where_it_is_known() -> None:
    ways = Pathway(
        "ways", goal=AnyOf("slow", "fast"), steps=[Step("slow", kind="job", takes="P1Y"), Step("fast", kind="job")]
    )
    who = Learner(
        weekly_hours=10,
        choose=["slow"],
        records=[Record("course", finished=TODAY)],
        holds=[Held("card", granted=D(2026, 6, 1))],
    )
    found = compare([PATH, ways], who, today=TODAY)
    assert [step.id for step in found.career("ways").timeline.steps] == ["slow"]
    assert found.career("aide").first_pay == TODAY


def test_what_no_pathway_knows_is_told_with_the_nearest() -> None:
    who = Learner(
        choose=["exma"], avoid=["x"], records=[Record("y", finished=TODAY)], holds=[Held("cart", granted=TODAY)]
    )
    with pytest.raises(DocumentError) as caught:
        compare([PATH], who, today=TODAY)
    assert [(fault.path, fault.code, fault.nearest) for fault in caught.value.faults] == [
        ("records", "unknown-id", None),
        ("holds", "unknown-id", "card"),
        ("choose", "unknown-id", "exam"),
        ("avoid", "unknown-id", None),
    ]


def test_the_rules_of_the_place_decide() -> None:
    texas = Overlay("tx", where="US-TX", steps=[StepEdit("course", {"takes": Effort(hours=200), "grants": []})])
    path = Pathway("p", goal="job", steps=STEPS, credentials=[CARD], occupations=[AIDE], overlays=[texas])
    found = career(path, Learner(weekly_hours=10, place="US-TX"))
    assert found.hours == TotalHours(hours=Fraction(200))
    assert [each.id for each in found.pathway.applied] == ["tx"]


def test_no_career_at_all_is_an_empty_comparison() -> None:
    assert compare([], Learner(choose=["x"]), today=TODAY).careers == ()


def test_ids_stand_for_pathways_of_the_catalog() -> None:
    found = compare(["medical-assistant", PATH], Learner(weekly_hours=20), today=TODAY)
    assert [each.pathway.id for each in found.careers] == ["medical-assistant", "aide"]
    with pytest.raises(UnknownIdError):
        compare(["no-such"], Learner(), today=TODAY)


def test_one_pathway_by_itself_and_the_same_one_twice_are_refused() -> None:
    for wrong in ("medical-assistant", PATH):
        with pytest.raises(InvalidValueError, match="a list of pathways or ids"):
            compare(wrong, Learner(), today=TODAY)  # type: ignore[arg-type]
    with pytest.raises(DocumentError, match="duplicate-id"):
        compare([PATH, PATH], ANA, today=TODAY)


@pytest.mark.parametrize(
    ("horizon", "code"), [("-P1D", "negative"), (D(2027, 1, 3), "negative"), ("soon", "not-a-span")]
)
def test_the_horizon_is_a_day_or_a_length_from_today_on(horizon: dt.date | str, code: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        compare([PATH], ANA, today=TODAY, horizon=horizon)
    assert caught.value.code == code
    assert compare([PATH], ANA, today=TODAY, horizon=TODAY).careers[0].earned == 0


def test_a_comparison_is_a_value() -> None:
    assert compare([PATH], ANA, today=TODAY) == compare([PATH], ANA, today=TODAY)
    assert isinstance(compare([], ANA, today=TODAY), Careers)


def burden_with(*cards: Credential) -> RenewalBurden:
    steps = [Step("exam", kind="exam", grants=[card.id for card in cards]), Step("job", kind="job", requires="exam")]
    renewal = career(Pathway("p", goal="job", steps=steps, credentials=cards)).renewal
    assert renewal is not None
    return renewal


def of_hours(name: str, years: int, **rule: object) -> Credential:
    asked = CreditRule(**{"total": 10, "unit": "hour", **rule})  # type: ignore[arg-type]
    return Credential(name, valid=Validity(span=f"P{years}Y"), renewal=RenewalRule(credits=asked))


def test_how_often_each_paper_is_renewed_is_told_and_whose_hours_may_be_the_same() -> None:
    # From 4 January 2027 on: ends after 2, 4, 6, 8 and 10 years, after 3, 6 and 9, and after 5 and 10. The last day of
    # the tenth year is 3 January 2037, which is in the decade.
    found = burden_with(of_hours("cna", 2), of_hours("lvn", 3), Credential("bls", valid=Validity(span="P2Y")))
    assert (found.count, found.counts) == (8, (("cna", 5), ("lvn", 3)))
    assert (found.hours.hours, found.shared) == (Fraction(80), ("cna", "lvn"))


@pytest.mark.parametrize(
    "other",
    [
        of_hours("lvn", 3, is_shared=False),
        of_hours("lvn", 3, unit="clock hour"),
        of_hours("lvn", 20),  # not renewed in the decade
        Credential("lvn", valid=Validity(span="P3Y"), renewal=RenewalRule(ways=[Way("form", kind="form")])),
    ],
)
def test_hours_that_are_not_asked_for_in_one_unit_or_count_for_one_paper_alone_are_not_the_same(
    other: Credential,
) -> None:
    assert burden_with(of_hours("cna", 2), other).shared == ()


def test_the_hours_of_an_exempt_first_renewal_are_none() -> None:
    free = of_hours("cna", 2, is_first_exempt=True)
    assert burden_with(free).hours.hours == 40  # four of five
    # At hand, and renewed after a lapse: the first renewal was before that.
    job = Pathway("p", goal="job", steps=[Step("job", kind="job")], credentials=[free])
    late = Learner(holds=[Held("cna", granted=D(2020, 1, 1), renewed=[D(2026, 1, 1)])])
    renewal = career(job, late).renewal
    assert renewal is not None
    assert (renewal.count, renewal.hours.hours) == (5, Fraction(50))  # 2027, 2029, 2031, 2033 and 2035
