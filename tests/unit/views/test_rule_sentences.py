"""Rules in words, from their names."""

from __future__ import annotations

import datetime as dt

import pytest

from career_path.model.learner import Learner
from career_path.model.pathway import Pathway, Step
from career_path.model.timeline import Conflict, ConflictKind
from career_path.planning import plan
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
        ("goal: exam", "“Exam” before the goal"),
        ("goal: aged 18", "what the goal needs (aged 18)"),
        ("steps.exam.retakes (at most 3), 3 failed", "steps.exam.retakes (at most 3), 3 failed"),
    ],
)
def test_each_kind_of_rule_has_its_words(rule: str, text: str) -> None:
    assert rule_text(rule, PLAN) == text


def test_days_that_are_missing_are_told_where_there_is_no_plan() -> None:
    rules = ("steps.exam.requires: bls-course within P90D", "steps.exam.opens")
    missing = Conflict(kind=ConflictKind.NO_SCHEDULE, rules=rules, days=1, is_minimal=True)
    assert conflict_text(missing, PLAN) == (
        "No dates satisfy all of these rules together (steps.exam.requires: bls-course within P90D and"
        " steps.exam.opens); 1 day is missing."
    )


def test_without_its_rules_a_conflict_does_not_say_what_decides() -> None:
    bare = Conflict(kind=ConflictKind.DEADLINE, rules=(), days=3, is_minimal=True)
    assert conflict_text(bare, PLAN) == "The deadline is missed by 3 days."
