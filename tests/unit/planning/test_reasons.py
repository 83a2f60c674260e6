"""Why each date of a plan is what it is, and what would decide instead. All dates are worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import assume, given

from career_path.days.day_rules import Dates
from career_path.days.pace import Absence
from career_path.model.learner import Held, Learner, Record
from career_path.model.pathway import Cost, Credential, Pathway, Source, Step, Validity
from career_path.model.requirements import AllOf, Holds, Needs
from career_path.model.timeline import Reason, ReasonKind, RunnerUp, Timeline
from career_path.planning.planner import plan
from career_path.testing import cases
from planned import Case, planned

TODAY = dt.date(2027, 1, 4)
START = dt.date(2027, 1, 11)
ANA = Learner("ana", start=START)


def planned_for(*steps: Step, learner: Learner = ANA, goal: Any = "job", **more: Any) -> Timeline:  # noqa: ANN401 (any requirement)
    ask = {key: more.pop(key) for key in ("finish_by",) if key in more}
    return plan(Pathway("p", goal=goal, steps=steps, **more), learner, today=TODAY, **ask)


def kinds(reasons: tuple[Reason, ...]) -> list[tuple[str, dt.date, str | None]]:
    return [(reason.kind.value, reason.on, reason.waits_for) for reason in reasons]


def what_else(runner_up: RunnerUp | None) -> tuple[str | None, dt.date, int] | None:
    return None if runner_up is None else (runner_up.reason.waits_for, runner_up.on, runner_up.days)


def test_the_runner_up_is_the_next_that_would_decide() -> None:
    timeline = planned_for(
        Step("externship", takes="P8W"),  # 11 Jan + 56 days = 8 Mar
        Step("processing", takes="P5W"),  # 11 Jan + 35 days = 15 Feb, 21 days before
        Step("fee", takes="P1W"),
        Step("job", requires=AllOf("externship", "processing", "fee")),
    )
    job = timeline.step("job")
    assert kinds(job.reasons) == [("needs", dt.date(2027, 3, 8), "externship")]
    assert what_else(job.runner_up) == ("processing", dt.date(2027, 2, 15), 21)
    # Backward, the job has nothing behind it but the goal; processing may end 8 Mar, so start on 1 Feb.
    assert kinds(timeline.step("processing").latest_reasons) == [("needs", dt.date(2027, 2, 1), "job")]
    assert timeline.step("processing").latest_runner_up is None


def test_a_runner_up_waits_for_an_opening_too() -> None:
    sittings = Dates(dates=[dt.date(2027, 2, 20), dt.date(2027, 3, 20)])
    timeline = planned_for(
        Step("school", takes="P8W"),  # 8 Mar, so the sitting of 20 Mar
        Step("card", takes="P5W"),  # 15 Feb, so the sitting of 20 Feb: 28 days before
        Step("job", opens=sittings, requires=AllOf("school", "card")),
    )
    job = timeline.step("job")
    assert kinds(job.reasons) == [("opening", dt.date(2027, 3, 20), None), ("needs", dt.date(2027, 3, 8), "school")]
    assert what_else(job.runner_up) == ("card", dt.date(2027, 2, 20), 28)


def test_two_that_give_the_same_day_are_no_days_apart() -> None:
    timeline = planned_for(Step("a", takes="P1W"), Step("b", takes="P7D"), Step("job", requires=AllOf("a", "b")))
    runner_up = timeline.step("job").runner_up
    assert runner_up is not None
    assert (runner_up.on, runner_up.days) == (dt.date(2027, 1, 18), 0)


def test_without_the_learners_start_it_would_be_today_and_nothing_precedes_today() -> None:
    starts = planned_for(Step("job")).step("job").runner_up
    assert starts is not None
    assert (starts.reason.kind, starts.on, starts.days) == (ReasonKind.TODAY, TODAY, 7)
    assert planned_for(Step("job"), learner=Learner()).step("job").runner_up is None


def test_another_rule_about_the_same_step_is_no_runner_up() -> None:
    timeline = planned_for(
        Step("exam", takes="P1W", grants=["cma-aama"]),
        Step("job", requires=AllOf(Needs("exam"), Holds("cma-aama"))),
        credentials=[Credential("cma-aama", issuer="AAMA", valid=Validity(span="P60M", until="month-end"))],
    )
    runner_up = timeline.step("job").runner_up
    assert runner_up is not None
    assert runner_up.reason.kind is ReasonKind.LEARNER_START


def test_the_goal_has_reasons_needs_and_a_runner_up() -> None:
    timeline = planned_for(Step("a", takes="P2W"), Step("b", takes="P1W"), goal=AllOf("a", "b"))
    assert kinds(timeline.reasons) == [("needs", dt.date(2027, 1, 25), "a")]
    assert what_else(timeline.runner_up) == ("b", dt.date(2027, 1, 18), 7)
    assert timeline.needs == ("a", "b")
    assert kinds(timeline.latest_reasons) == [("target", dt.date(2027, 1, 25), None)]
    assert timeline.latest_reasons[0].rule == "finish"


def test_the_target_says_where_it_comes_from() -> None:
    last = dt.date(2027, 6, 1)
    due = planned_for(Step("job"), learner=Learner(deadline=last))
    asked = planned_for(Step("job"), finish_by=last)
    assert (due.latest_reasons[0].rule, due.latest_reasons[0].on) == ("deadline", last)
    assert (asked.latest_reasons[0].rule, asked.latest_reasons[0].on) == ("finish-by", last)


def test_the_chain_leads_from_the_date_to_its_root() -> None:
    timeline = planned_for(
        Step("school", takes="P2W"), Step("exam", requires=Needs("school", lag="P7D")), Step("job", requires="exam")
    )
    why = timeline.why("job")
    assert [(cause.step, cause.reason.kind.value, cause.reason.on) for cause in why.earliest] == [
        ("job", "needs", dt.date(2027, 2, 1)),
        ("exam", "needs", dt.date(2027, 2, 1)),
        ("school", "learner-start", START),
    ]
    assert [(cause.step, cause.reason.kind.value) for cause in timeline.why("school").latest] == [
        ("school", "needs"),
        ("exam", "needs"),
        ("job", "needs"),
        (None, "target"),
    ]
    assert [cause.step for cause in timeline.why().earliest] == [None, "job", "exam", "school"]


def test_a_date_that_waits_for_the_goal_goes_on_with_what_the_goal_waits_for() -> None:
    # The card may be at most 30 days old when the goal holds, on 11 Mar; so it waits until 9 Feb.
    timeline = planned_for(
        Step("school", takes="P2M"), Step("card"), goal=AllOf("school", Needs("card", within="P30D"))
    )
    assert timeline.step("card").start == dt.date(2027, 2, 9)
    assert [(cause.step, cause.reason.kind.value) for cause in timeline.why("card").earliest] == [
        ("card", "fresh"),
        (None, "needs"),
        ("school", "learner-start"),
    ]
    assert timeline.step("card").reasons[0].is_for_goal


def test_a_plan_made_backward_tells_only_the_latest_dates() -> None:
    timeline = planned_for(Step("school", takes="P2W"), Step("job", requires="school"), finish_by=dt.date(2027, 6, 1))
    why = timeline.why("school")
    assert why.earliest == ()
    assert [(cause.step, cause.reason.on) for cause in why.latest] == [
        ("school", dt.date(2027, 5, 18)),
        ("job", dt.date(2027, 6, 1)),
        (None, dt.date(2027, 6, 1)),
    ]
    assert timeline.step("school").latest_reasons == ()


def test_what_is_done_rests_on_its_record_and_what_is_waived_on_nothing() -> None:
    learner = Learner(records=[Record("school", finished=dt.date(2027, 1, 2)), Record("fee", waived=True)])
    timeline = planned_for(Step("school"), Step("fee"), Step("job", requires=AllOf("school", "fee")), learner=learner)
    assert [cause.reason.kind.value for cause in timeline.why("school").earliest] == ["record"]
    assert timeline.why("fee").earliest == timeline.why("fee").latest == ()


def test_a_running_step_rests_on_its_length() -> None:
    learner = Learner(records=[Record("school", started=dt.date(2027, 1, 1))])
    timeline = planned_for(Step("school", takes="P2W"), Step("job", requires="school"), learner=learner)
    assert [(cause.step, cause.reason.kind.value) for cause in timeline.why("job").earliest] == [
        ("job", "needs"),
        ("school", "length"),
    ]


def test_a_paper_at_hand_is_a_root_and_has_a_name() -> None:
    # Granted on 2 Jan 2027 for 24 months to the month's end: through 31 Jan 2029, long before the deadline.
    learner = Learner(holds=[Held("bls-aha", granted=dt.date(2027, 1, 2))], deadline=dt.date(2030, 1, 1))
    timeline = planned_for(
        Step("job", requires=Holds("bls-aha")),
        learner=learner,
        credentials=[Credential("bls-aha", issuer="AHA", valid=Validity(span="P24M", until="month-end"))],
    )
    (cause,) = timeline.why("job").latest
    assert (cause.reason.kind, cause.reason.on) == (ReasonKind.PAPER_VALID, dt.date(2029, 1, 31))
    assert cause.reason.credential == "bls-aha"
    assert cause.runner_up is not None
    assert (cause.runner_up.reason.is_for_goal, cause.runner_up.on) == (True, dt.date(2030, 1, 1))


def test_an_absence_stands_between_a_date_and_its_rule() -> None:
    learner = Learner(start=START, absences=[Absence(from_=START, through=dt.date(2027, 1, 15))])
    timeline = planned_for(Step("job", takes="P1D", absence="forbid"), learner=learner)
    assert kinds(timeline.step("job").reasons) == [
        ("absence", dt.date(2027, 1, 16), None),
        ("learner-start", START, None),
    ]


def test_needs_tell_papers_steps_and_what_may_come_in_any_order() -> None:
    timeline = planned_for(
        Step("card", grants=["bls-aha"]),
        Step("hours", takes="P1W"),
        Step("exam", requires=AllOf(Holds("bls-aha"), Needs("hours", order="any", by="P6M"))),
        goal="exam",
        credentials=[Credential("bls-aha", issuer="AHA", valid=Validity(span="P24M"))],
    )
    assert timeline.step("exam").needs == ("card",)
    assert timeline.step("exam").needs_any_order == ("hours",)
    assert timeline.needs == ("exam",)


def test_sources_of_steps_costs_and_papers_come_with_the_plan() -> None:
    sources = [Source(name, title=name) for name in ("unused", "S1", "C1", "K1")]
    timeline = planned_for(
        Step("job", sources=["S1"], cost=Cost("1", sources=["C1"]), grants=["cma-aama"]),
        credentials=[Credential("cma-aama", issuer="AAMA", sources=["K1"])],
        sources=sources,
    )
    assert timeline.step("job").sources == ("C1", "K1", "S1")
    assert [source.id for source in timeline.sources] == ["C1", "K1", "S1"]


@given(cases())
def test_every_chain_begins_with_the_date_and_ends_in_a_root(case: Case) -> None:
    timeline = planned(case)
    assume(timeline is not None)
    assert timeline is not None
    for step in timeline.steps:
        why = timeline.why(step.id)
        for chain, day in ((why.earliest, step.start), (why.latest, step.latest_start)):
            if not chain or step.status.value not in {"planned", "redo"}:
                continue
            assert chain[0].reason.on == day
            last = chain[-1].reason
            is_root = last.waits_for is None or timeline.step(last.waits_for).is_done
            assert is_root or last.kind is ReasonKind.LENGTH
            assert not last.is_for_goal


@given(cases())
def test_a_runner_up_never_lies_beyond_the_date(case: Case) -> None:
    timeline = planned(case)
    assume(timeline is not None)
    assert timeline is not None
    for step in timeline.steps:
        if step.runner_up is not None and step.start is not None and step.status.value != "running":
            assert step.runner_up.on == step.start - dt.timedelta(days=step.runner_up.days)
        if step.latest_runner_up is not None and step.latest_start is not None and step.status.value != "running":
            assert step.latest_runner_up.on == step.latest_start + dt.timedelta(days=step.latest_runner_up.days)
