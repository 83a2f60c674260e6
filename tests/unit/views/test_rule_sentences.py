"""Rules in words, from their names."""

from __future__ import annotations

import datetime as dt

import pytest

from career_path.days.day_rules import Dates
from career_path.model.credentials import Credential
from career_path.model.learner import Learner
from career_path.model.leaves import Worked
from career_path.model.pathway import Pathway, Step
from career_path.model.requirements import AnyOf, Holds
from career_path.model.timeline import Conflict, ConflictKind, NoRouteError
from career_path.planning import plan
from career_path.planning.texts import rule_name
from career_path.views.sentences import conflict_text
from career_path.views.sentences.rules import rule_text

STEPS = [Step("bls-course", title="BLS course"), Step("exam", title="Exam", requires="bls-course")]
PLAN = plan(Pathway("p", goal="exam", steps=STEPS), Learner(), today=dt.date(2027, 1, 4))


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("deadline", "the deadline"),
        ("finish-by", "the day to be done by"),
        ("budget", "the budget"),
        ("start", "the day on which you begin"),
        ("choose exam", "choosing “Exam”"),
        ("avoid bls-course", "avoiding “BLS course”"),
        ("steps.exam.opens", "the days on which you can start “Exam”"),
        ("steps.exam.absence", "your days away around “Exam”"),
        ("steps.exam.requires: bls-course", "“BLS course” before “Exam”"),
        ("steps.exam.requires: start of bls-course", "the start of “BLS course” before “Exam”"),
        ("steps.exam.requires: bls-course lag P45D", "45 days from “BLS course” to “Exam”"),
        ("steps.exam.requires: bls-course lag -P30D", "“Exam” at most 30 days before “BLS course”"),
        ("steps.exam.requires: bls-course within P90D", "“BLS course” at most 90 days old for “Exam”"),
        ("steps.exam.requires: bls-course by P90D", "“BLS course” within 90 days after “Exam” starts"),
        ("steps.exam.requires: bls-course in rounds", "the rounds of “Exam”"),
        ("steps.exam.requires: holds bls-aha", "what “Exam” needs (holds bls-aha)"),
        ("steps.exam.requires: holds bls-course at the start", "what “Exam” needs (holds BLS course at the start)"),
        ("hours", "having no hours a week"),
        ("hours through 2027-05-31", "having no hours a week after 31 May 2027"),
        ("goal: exam", "“Exam” before the goal"),
        ("goal: aged 18", "what the goal needs (aged 18)"),
        ("steps.exam.retakes (at most 3), 3 failed", "steps.exam.retakes (at most 3), 3 failed"),
    ],
)
def test_each_kind_of_rule_has_its_words(rule: str, text: str) -> None:
    assert rule_text(rule, PLAN) == text


@pytest.mark.parametrize(
    ("worked", "text"),
    [
        (Worked("aide", span="P1Y", in_last="P3Y"), "1 year of work as aide in the last 3 years"),
        (Worked("aide", span="P18M"), "18 months of work as aide"),
        (Worked("aide", span="P1M2D"), "1 month and 2 days of work as aide"),
        (Worked("aide", hours=1200.5, in_last="P30M"), "1200.5 hours of work as aide in the last 30 months"),
        (Worked("aide", span="P3Y", hours=5616), "3 years and 5616 hours of work as aide"),
        (Worked(["aide", "nurse's aide"], span="P8W"), "56 days of work as aide or nurse's aide"),
        (Worked("aide", span="P1Y", overlapping="each"), "1 year of work as aide, counting each job"),
        (
            Worked("aide", span="P1Y", in_last="P2Y", counted_back_from=dt.date(2027, 6, 1)),
            "1 year of work as aide in the last 2 years, counted back from 1 Jun 2027",
        ),
    ],
)
def test_work_that_is_asked_for_has_its_words(worked: Worked, text: str) -> None:
    assert rule_text(rule_name("exam", worked), PLAN) == f"what “Exam” needs ({text})"


def test_what_is_held_is_called_by_the_name_of_the_credential_also_where_a_step_has_the_same_id() -> None:
    """The card is called as the step that grants it, by id; the one that is asked for is in no plan at all."""
    credentials = [Credential("card", title="The card itself"), Credential("other", title="Other card")]
    steps = [
        Step("card", title="Course for the card", grants=["card"], cost=50),
        Step("far", title="Far school", requires=Holds("other"), cost=0),
        Step("job", title="Job", requires=AnyOf(Holds("card", throughout=False), "far"), cost=0),
    ]
    path = Pathway("p", goal="job", steps=steps, credentials=credentials)
    (conflict,) = (made := plan(path, Learner(budget=10), today=dt.date(2027, 1, 4))).conflicts
    assert conflict_text(conflict, made) == (
        "The budget is exceeded by 40.00 USD; it cannot hold together with what “Far school” needs (holds Other card) "
        "and what “Job” needs (holds The card itself at the start)."
    )


def test_where_there_is_no_plan_rules_are_told_by_the_titles_of_steps_too() -> None:
    over = Dates(dates=[dt.date(2026, 3, 1)])
    path = Pathway("p", goal="exam", steps=[Step("exam", title="Exam", requires="a"), Step("a", title="A", opens=over)])
    with pytest.raises(NoRouteError) as caught:
        plan(path, Learner(), today=dt.date(2027, 1, 4))
    (conflict,) = caught.value.conflicts
    assert conflict_text(conflict, caught.value.timeline) == (
        "No dates satisfy all of these rules together: the days on which you can start “A”."
    )


def test_days_that_are_missing_are_told_where_there_is_no_plan() -> None:
    rules = ("steps.exam.requires: bls-course within P90D", "steps.exam.opens")
    missing = Conflict(kind=ConflictKind.NO_SCHEDULE, rules=rules, days=1, is_minimal=True)
    assert conflict_text(missing, PLAN) == (
        "No dates satisfy all of these rules together: “BLS course” at most 90 days old for “Exam” and the days on"
        " which you can start “Exam”; 1 day is missing."
    )


def test_without_its_rules_a_conflict_does_not_say_what_decides() -> None:
    bare = Conflict(kind=ConflictKind.DEADLINE, rules=(), days=3, is_minimal=True)
    assert conflict_text(bare, PLAN) == "The deadline is missed by 3 days."
