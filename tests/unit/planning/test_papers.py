"""Papers that would run out: got later, renewed, or earned again, whichever is best."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest

from career_path import (
    AllOf,
    Change,
    Credential,
    Held,
    Holds,
    Learner,
    Needs,
    NoRouteError,
    NoticeKind,
    Pathway,
    Record,
    RenewalRule,
    Step,
    Timeline,
    Validity,
    format_timeline,
    parse_timeline,
    plan,
)
from career_path.model.requirements import Requirement
from career_path.views.sentences import notice_text

D = dt.date
TODAY = D(2027, 1, 4)
CARD = Credential("card", title="Card", valid=Validity(span="P2Y"), renewal=RenewalRule(fee="30.00"))
COURSE = Step("course", takes="P2D", cost="80.00", grants=["card"])


def pathway(*steps: Step, card: Credential = CARD, goal: Requirement | str = "job") -> Pathway:
    return Pathway("p", goal=goal, steps=steps, credentials=[card])


def needing_twice(card: Credential = CARD) -> Pathway:
    """A card that a school of three years needs on its first day, and a job on the day after it."""
    school = Step("school", takes="P3Y", requires=Holds("card", throughout=False), cost=0)
    job = Step("job", requires=AllOf("school", Holds("card")), cost=0)
    return pathway(COURSE, school, job, card=card)


def with_fee(fee: str | None, **more: object) -> Credential:
    return attrs.evolve(CARD, renewal=RenewalRule(fee=fee, **more))  # type: ignore[arg-type]


def kinds(made: Timeline) -> set[NoticeKind]:
    return {notice.kind for notice in made.notices}


def test_a_renewal_that_costs_less_than_the_course_keeps_the_card() -> None:
    # Granted on 6 Jan 2027 for two years: through 5 Jan 2029, renewed on that day through 5 Jan 2031.
    # The school ends on 6 Jan 2030, and nothing is later for it.
    made = plan(needing_twice(), Learner(), today=TODAY)
    assert (made.finish, made.cost.amount) == (D(2030, 1, 6), Decimal("110.00"))
    assert [step.id for step in made.steps] == ["course", "school", "job"]
    job = next(use for use in made.papers if use.needed_by == "job")
    assert (job.granted_by, job.valid_from, job.valid_through) == ("course", D(2027, 1, 6), D(2031, 1, 5))
    assert [(each.on, each.fee) for each in job.renewals] == [(D(2029, 1, 5), Decimal("30.00"))]
    notice = next(notice for notice in made.notices if notice.kind is NoticeKind.PAPER_RENEWED)
    assert notice.steps == ("job", "school")  # one paper, whoever relies on it
    assert "5 Jan 2029" in notice_text(notice, made)


def test_a_course_that_costs_less_than_the_renewal_is_done_again_late_enough() -> None:
    # Two years from the grant have to reach 6 Jan 2030: granted on 7 Jan 2028 at the earliest, begun two days before.
    made = plan(needing_twice(with_fee("90.00")), Learner(), today=TODAY)
    assert (made.finish, made.cost.amount) == (D(2030, 1, 6), Decimal("160.00"))
    again = made.step("course~2")
    assert (again.status.value, again.start, again.title) == ("redo", D(2028, 1, 5), "course")
    assert NoticeKind.EARNED_AGAIN in kinds(made)


def test_where_it_makes_no_difference_the_card_is_renewed() -> None:
    made = plan(needing_twice(with_fee("80.00")), Learner(), today=TODAY)
    assert (made.cost.amount, [step.id for step in made.steps]) == (Decimal("160.00"), ["course", "school", "job"])


def test_a_card_that_can_be_got_later_is_neither_renewed_nor_earned_again() -> None:
    school = Step("school", takes="P3Y", cost=0)
    made = plan(pathway(COURSE, school, Step("job", requires=AllOf("school", Holds("card")))), Learner(), today=TODAY)
    assert made.step("course").start == D(2028, 1, 3)  # 4 Jan 2030 has to lie within two years of the grant
    assert not kinds(made) & {NoticeKind.EARNED_AGAIN, NoticeKind.PAPER_RENEWED}


def test_without_a_rule_of_renewal_nobody_said_that_there_is_one() -> None:
    made = plan(needing_twice(attrs.evolve(CARD, renewal=None)), Learner(), today=TODAY)
    assert [step.id for step in made.steps] == ["course", "school", "course~2", "job"]


def test_a_renewal_of_unknown_fee_is_no_free_one() -> None:
    made = plan(needing_twice(with_fee(None)), Learner(), today=TODAY)
    assert made.cost.unknown == ()
    assert made.step("course~2").cost == Decimal("80.00")


HELD = Learner(holds=[Held("card", granted=D(2025, 3, 1))])
"""Valid through 28 Feb 2027; thirty days before that is 29 Jan."""
THEN_JOB = (Step("school", takes="P90D", cost=0), Step("job", requires=AllOf("school", Holds("card")), cost=0))


def test_a_card_at_hand_is_renewed_on_the_last_day_to_act() -> None:
    made = plan(pathway(*THEN_JOB, card=with_fee("30.00", processing="P30D")), HELD, today=TODAY)
    assert made.finish == D(2027, 4, 4)
    (use,) = made.papers
    assert (use.granted_by, use.valid_from, use.valid_through) == (None, D(2025, 3, 1), D(2029, 2, 28))
    assert [each.on for each in use.renewals] == [D(2027, 1, 29)]


def test_a_renewal_is_not_counted_on_once_its_last_day_to_act_has_passed() -> None:
    card = with_fee("30.00", processing="P30D")
    assert plan(pathway(*THEN_JOB, card=card), HELD, today=D(2027, 1, 29)).papers[0].renewals
    with pytest.raises(NoRouteError) as caught:
        plan(pathway(*THEN_JOB, card=card), HELD, today=D(2027, 1, 30))
    assert "goal" not in caught.value.conflicts[0].rules
    made = plan(pathway(COURSE, *THEN_JOB, card=card), HELD, today=D(2027, 1, 30))
    assert made.step("course").status.value == "planned"


def test_no_more_renewals_are_planned_than_there_may_be() -> None:
    school = Step("school", takes="P5Y", requires=Holds("card", throughout=False), cost=0)
    job = Step("job", requires=AllOf("school", Holds("card")), cost=0)
    twice = plan(pathway(COURSE, school, job, card=with_fee("1.00", at_most=2)), Learner(), today=TODAY)
    assert [len(use.renewals) for use in twice.papers] == [2, 2]
    once = plan(pathway(COURSE, school, job, card=with_fee("1.00", at_most=1)), Learner(), today=TODAY)
    assert "course~2" in {step.id for step in once.steps}


def test_a_recorded_course_whose_card_has_run_out_is_done_again_and_then_on_record() -> None:
    learner = Learner(records=[Record("course", finished=D(2020, 5, 4)), Record("school", finished=D(2023, 5, 4))])
    made = plan(needing_twice(), learner, today=TODAY)
    assert made.finish == D(2027, 1, 6)
    assert {step.id: step.status.value for step in made.steps}["course~2"] == "redo"
    done = Record("course~2", started=TODAY, finished=D(2027, 1, 6))
    later = plan(needing_twice(), attrs.evolve(learner, records=[*learner.records, done]), today=D(2027, 1, 6))
    assert (later.finish, later.step("course~2").status.value) == (D(2027, 1, 6), "finished")


def test_two_steps_share_the_second_time() -> None:
    works = [
        Step(name, takes=length, requires=AllOf("school", Holds("card")), cost=0)
        for name, length in (("night", "P1M"), ("day", "P2M"))
    ]
    first = Step("school", takes="P3Y", requires=Holds("card", throughout=False), cost=0)
    made = plan(
        pathway(COURSE, first, *works, card=attrs.evolve(CARD, renewal=None), goal=AllOf("night", "day")),
        Learner(),
        today=TODAY,
    )
    assert made.cost.amount == Decimal("160.00")
    assert {use.needed_by: use.granted_by for use in made.papers} == {
        "school": "course",
        "night": "course~2",
        "day": "course~2",
    }


def test_the_rule_of_the_day_of_grant_counts_where_rules_change() -> None:
    # Cards granted from 1 Jan 2028 on hold one year, earlier ones two. The work takes a year and a half.
    change = Change(since=D(2028, 1, 1), valid=Validity(span="P1Y"))
    card = attrs.evolve(CARD, renewal=None, changes=[change])
    work = Step("work", takes="P18M", requires=Holds("card"), cost=0)
    made = plan(pathway(COURSE, work, card=card, goal="work"), Learner(), today=D(2027, 12, 1))
    assert made.step("work").start == D(2027, 12, 3)
    assert made.papers[0].valid_through == D(2029, 12, 2)
    with pytest.raises(NoRouteError):
        plan(pathway(COURSE, work, card=card, goal="work"), Learner(start=D(2028, 1, 1)), today=D(2027, 12, 1))


def test_the_last_grant_under_the_old_rule_is_the_last_that_is_late_enough() -> None:
    change = Change(since=D(2028, 1, 1), valid=Validity(span="P1Y"))
    card = attrs.evolve(CARD, renewal=None, changes=[change])
    work = Step("work", takes="P18M", requires=Holds("card"), cost=0)
    made = plan(pathway(COURSE, work, card=card, goal="work"), Learner(deadline=D(2031, 1, 1)), today=D(2027, 12, 1))
    assert made.step("course").latest_finish == D(2027, 12, 31)
    assert made.step("work").latest_start == D(
        2028, 6, 30
    )  # 18 months on it is done by 30 Dec 2029, its last day the 29th


def test_a_plan_for_a_day_renews_so_that_the_first_act_may_wait() -> None:
    # Without a renewal everything would have to be over by 28 Feb 2027.
    made = plan(pathway(*THEN_JOB, card=with_fee("30.00")), HELD, today=TODAY, finish_by=D(2027, 12, 1))
    assert (made.finish, made.step("school").start) == (D(2027, 12, 1), D(2027, 9, 2))
    assert [each.on for each in made.papers[0].renewals] == [D(2027, 2, 28)]


def test_papers_are_read_back_from_the_document() -> None:
    made = plan(needing_twice(), Learner(), today=TODAY)
    assert parse_timeline(format_timeline(made)).papers == made.papers


def test_a_second_time_is_no_way_round_freshness() -> None:
    check = Step("check", cost=0)
    job = Step("job", requires=AllOf(Needs("check", within="P30D"), Holds("card")), cost=0)
    made = plan(pathway(COURSE, check, job), Learner(), today=TODAY)
    assert [step.id for step in made.steps] == ["check", "course", "job"]
