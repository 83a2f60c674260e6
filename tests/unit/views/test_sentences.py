"""Sentences about hand-made plans: what a student reads, word for word."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs
import pytest

from career_path.model.pathway import Source, StepKind
from career_path.model.timeline import (
    Conflict,
    ConflictKind,
    Deadline,
    DeadlineKind,
    Notice,
    NoticeKind,
    PaperUse,
    PlannedRenewal,
    PlannedStep,
    Reason,
    ReasonKind,
    Reminder,
    Status,
    Timeline,
    TotalCost,
)
from career_path.views.sentences import (
    conflict_text,
    cost_text,
    deadline_text,
    difference_text,
    lost_after,
    notice_text,
    reason_text,
    reminder_text,
    short_deadline,
    short_reason,
    slack_text,
)

JULY_26 = dt.date(2027, 7, 26)
AUGUST_2 = dt.date(2027, 8, 2)
EXAM = PlannedStep(
    id="exam", title="the exam", kind=StepKind.EXAM, status=Status.PLANNED, start=AUGUST_2, finish=AUGUST_2
)
PLAN = Timeline(
    pathway="p",
    title="P",
    learner="me",
    today=dt.date(2027, 1, 4),
    horizon=dt.date(2127, 1, 4),
    finish=AUGUST_2,
    cost=TotalCost(amount=Decimal(575), currency="USD"),
    steps=(EXAM, attrs.evolve(EXAM, id="program", title="the program")),
    papers=(
        PaperUse(
            credential="bls-aha",
            needed_by=None,
            granted_by=None,
            valid_from=dt.date(2027, 1, 6),
            valid_through=dt.date(2033, 1, 5),
            renewals=(PlannedRenewal(on=dt.date(2029, 1, 5)), PlannedRenewal(on=dt.date(2031, 1, 5))),
        ),
    ),
    sources=(Source("old", title="Fee list", publisher="AAMA", checked=dt.date(2025, 11, 23)),),
    names=(("exam", "the exam"), ("program", "the program"), ("bls-aha", "BLS (AHA)"), ("card", "the card")),
)
BACKWARD = attrs.evolve(PLAN, is_latest=True)


def reason(kind: ReasonKind, **fields: Any) -> Reason:  # noqa: ANN401 (the fields of a reason)
    given: dict[str, Any] = {"rule": "steps.exam.requires: program", "on": AUGUST_2} | fields
    return Reason(kind=kind, **given)


AFTER_PROGRAM = {"waits_for": "program", "event": "finish", "event_on": JULY_26}
FROM_START = {"rule": "steps.program.requires: start of exam"}
HOLDS = {"rule": "steps.exam.requires: holds bls-aha", "credential": "bls-aha"}

EARLIER = [
    (reason(ReasonKind.TODAY), "Nothing can start before today.", "from today"),
    (reason(ReasonKind.LEARNER_START), "Your plan starts on 2 Aug 2027.", "from your start"),
    (reason(ReasonKind.RECORD), "Your records say 2 Aug 2027.", "recorded"),
    (
        reason(ReasonKind.NEEDS, span="P7D", **AFTER_PROGRAM),
        "“the program” is done on 26 Jul 2027, and “the exam” may follow 7 days later.",
        "7 days after the program",
    ),
    (
        reason(ReasonKind.NEEDS, **AFTER_PROGRAM),
        "“the exam” needs “the program”, which is done on 26 Jul 2027.",
        "after the program",
    ),
    (
        reason(ReasonKind.NEEDS, span="P0D", **AFTER_PROGRAM),
        "“the exam” needs “the program”, which is done on 26 Jul 2027.",
        "after the program",
    ),
    (
        reason(ReasonKind.NEEDS, span="-P30D", **AFTER_PROGRAM),
        "“the program” is done on 26 Jul 2027, and “the exam” may come up to 30 days earlier.",
        "up to 30 days before the program ends",
    ),
    (
        reason(ReasonKind.NEEDS, span="-P30D", waits_for="program", event="start", event_on=JULY_26),
        "“the program” starts on 26 Jul 2027, and “the exam” may come up to 30 days earlier.",
        "up to 30 days before the program starts",
    ),
    (
        reason(ReasonKind.NEEDS, waits_for="program", event="start", event_on=JULY_26),
        "“the exam” needs “the program”, which starts on 26 Jul 2027.",
        "after the program starts",
    ),
    (
        reason(ReasonKind.FRESH, span="P90D", **AFTER_PROGRAM),
        "“the exam” must still be fresh, at most 90 days old, when “the program” starts on 26 Jul 2027.",
        "fresh for the program",
    ),
    (
        reason(ReasonKind.DONE_BY, span="P6M", **AFTER_PROGRAM),
        "“the program” must be done within 6 months after “the exam” starts, and it is done on 26 Jul 2027.",
        "in time for the program",
    ),
    (
        reason(ReasonKind.ROUND, **AFTER_PROGRAM),
        "“the program” is done on 26 Jul 2027, and counts for “the exam” in the round of 2 Aug 2027.",
        "round of 2 Aug",
    ),
    (
        reason(ReasonKind.RETAKE, span="P45D", event_on=dt.date(2027, 6, 18)),
        "“the exam” was tried on 18 Jun 2027, and the next attempt, 45 days later, is possible from 2 Aug 2027.",
        "next attempt 2 Aug",
    ),
    (
        reason(ReasonKind.PAPER, waits_for="card", event="finish", event_on=JULY_26, **HOLDS),
        "“the exam” needs BLS (AHA), which “the card” grants on 26 Jul 2027.",
        "needs BLS (AHA)",
    ),
    (
        reason(ReasonKind.PAPER, **HOLDS),
        "“the exam” needs BLS (AHA), which you hold from 2 Aug 2027.",
        "needs BLS (AHA)",
    ),
    (
        reason(ReasonKind.PAPER, waits_for="card", event_on=JULY_26),
        "“the exam” needs a credential, which “the card” grants on 26 Jul 2027.",
        "needs the card",
    ),
    (
        reason(ReasonKind.PAPER_VALID, **AFTER_PROGRAM, **HOLDS),
        "“the exam” is timed so that BLS (AHA) still holds when “the program” needs it on 26 Jul 2027.",
        "to hold for the program",
    ),
    (
        reason(ReasonKind.PAPER_VALID, **AFTER_PROGRAM),
        "“the exam” is timed so that what it grants still holds when “the program” needs it on 26 Jul 2027.",
        "to hold for the program",
    ),
    (reason(ReasonKind.AGE, span="18"), "You reach the age for “the exam”, 18 years, on 2 Aug 2027.", "age reached"),
    (reason(ReasonKind.AGE, span="P18Y"), "You reach the age for “the exam”, 18 years, on 2 Aug 2027.", "age reached"),
    (reason(ReasonKind.AGE), "You reach the age for “the exam” on 2 Aug 2027.", "age reached"),
    (
        reason(ReasonKind.WORKED),
        "“the exam” needs work of yours; 2 Aug 2027 is the first day in reach on which there is enough.",
        "enough work 2 Aug",
    ),
    (
        reason(ReasonKind.WORKED, **{**AFTER_PROGRAM, "event": "start"}),
        "“the exam” needs work, which counts from the start of “the program” on 26 Jul 2027.",
        "work from the program",
    ),
    (
        reason(ReasonKind.OPENING),
        "“the exam” can start only on certain days; the first one in reach is 2 Aug 2027.",
        "opens 2 Aug",
    ),
    (
        reason(ReasonKind.ABSENCE),
        "“the exam” cannot be done while you are away; 2 Aug 2027 is the first day that keeps clear of it.",
        "away until 2 Aug",
    ),
    (
        reason(ReasonKind.WORKING),
        "“the exam” takes hours of work, and 2 Aug 2027 is your first day with any.",
        "no hours until 2 Aug",
    ),
    (reason(ReasonKind.LENGTH, span="P9M"), "“the exam” is running and takes 9 months, until 2 Aug 2027.", "running"),
    (reason(ReasonKind.LENGTH), "“the exam” is running until 2 Aug 2027.", "running"),
    (
        reason(ReasonKind.TARGET, rule="finish"),
        "The plan can be done by 2 Aug 2027, and slack is counted to that day.",
        "target 2 Aug",
    ),
    (
        reason(ReasonKind.GOAL, **AFTER_PROGRAM),
        "“the program” belongs to the plan, and is done on 26 Jul 2027.",
        "needed for the goal",
    ),
]

LATER = [
    (reason(ReasonKind.TODAY), "Nothing can start before today.", "from today"),
    (reason(ReasonKind.LEARNER_START), "Your plan starts on 2 Aug 2027.", "from your start"),
    (reason(ReasonKind.RECORD), "Your records say 2 Aug 2027.", "recorded"),
    (
        reason(ReasonKind.NEEDS, **AFTER_PROGRAM),
        "“the program” starts on 26 Jul 2027 and needs “the exam”.",
        "before the program",
    ),
    (
        reason(ReasonKind.NEEDS, span="P7D", **AFTER_PROGRAM),
        "“the program” starts on 26 Jul 2027 and may only follow 7 days after “the exam”.",
        "before the program",
    ),
    (
        reason(ReasonKind.NEEDS, span="-P30D", **AFTER_PROGRAM),
        "“the program” starts on 26 Jul 2027 and may come at most 30 days before the end of “the exam”.",
        "before the program",
    ),
    (
        reason(ReasonKind.FRESH, span="P90D", **AFTER_PROGRAM),
        "“the exam” must start while “the program”, of 26 Jul 2027, is still fresh, at most 90 days old.",
        "while the program is fresh",
    ),
    (
        reason(ReasonKind.DONE_BY, span="P6M", **AFTER_PROGRAM),
        "“the exam” must be done within 6 months after “the program” starts on 26 Jul 2027.",
        "in time for the program",
    ),
    (
        reason(ReasonKind.ROUND, **AFTER_PROGRAM),
        "“the exam” must be done for the last round in time for “the program”, which starts on 26 Jul 2027.",
        "last round for the program",
    ),
    (
        reason(ReasonKind.RETAKE, span="P45D", event_on=dt.date(2027, 6, 18)),
        "“the exam” was tried on 18 Jun 2027, and the next attempt, 45 days later, is possible from 2 Aug 2027.",
        "next attempt 2 Aug",
    ),
    (
        reason(ReasonKind.PAPER, **AFTER_PROGRAM, **HOLDS),
        "“the program” starts on 26 Jul 2027 and needs BLS (AHA) from “the exam”.",
        "before the program",
    ),
    (
        reason(ReasonKind.PAPER_VALID, **AFTER_PROGRAM, **HOLDS),
        "“the exam” must be over while BLS (AHA), granted on 26 Jul 2027, still holds.",
        "while BLS (AHA) holds",
    ),
    (
        reason(ReasonKind.PAPER_VALID, **HOLDS, event_on=JULY_26),
        "“the exam” must be over while BLS (AHA), valid through 26 Jul 2027, still holds.",
        "while BLS (AHA) holds",
    ),
    (
        reason(ReasonKind.PAPER_VALID, **(HOLDS | {"rule": "steps.exam.requires: holds bls-aha at the start"})),
        "“the exam” must start while BLS (AHA) still holds.",
        "while BLS (AHA) holds",
    ),
    (
        reason(ReasonKind.NEEDS, **(AFTER_PROGRAM | FROM_START)),
        "“the program” starts on 26 Jul 2027 and needs the start of “the exam”.",
        "before the program",
    ),
    (
        reason(ReasonKind.NEEDS, span="P7D", **(AFTER_PROGRAM | FROM_START)),
        "“the program” starts on 26 Jul 2027 and may only follow 7 days after the start of “the exam”.",
        "before the program",
    ),
    (
        reason(ReasonKind.NEEDS, span="-P7D", **(AFTER_PROGRAM | FROM_START)),
        "“the program” starts on 26 Jul 2027 and may come at most 7 days before the start of “the exam”.",
        "before the program",
    ),
    (
        reason(ReasonKind.DONE_BY, span="P90D", **(AFTER_PROGRAM | FROM_START)),
        "“the exam” must start within 90 days after “the program” starts on 26 Jul 2027.",
        "in time for the program",
    ),
    (
        reason(ReasonKind.DONE_BY, span="P90D", event="start", event_on=JULY_26),
        "“the exam” must be done within 90 days after the goal is reached on 26 Jul 2027.",
        "in time for the goal",
    ),
    (
        reason(ReasonKind.NEEDS, event="start", event_on=JULY_26),
        "The goal needs “the exam” by 26 Jul 2027.",
        "needed for the goal",
    ),
    (
        reason(ReasonKind.NEEDS, span="P7D", event="start", event_on=JULY_26),
        "The goal is reached on 26 Jul 2027 and may only follow 7 days after “the exam”.",
        "needed for the goal",
    ),
    (
        reason(ReasonKind.GOAL, waits_for="program", event="start", event_on=JULY_26),
        "The goal needs “the exam” by 26 Jul 2027.",
        "needed for the goal",
    ),
    (
        reason(ReasonKind.GOAL, rule="goal: start of exam", event="start", event_on=JULY_26),
        "The goal needs the start of “the exam” by 26 Jul 2027.",
        "needed for the goal",
    ),
    (
        reason(ReasonKind.PAPER_VALID),
        "“the exam” must be over while the credential it needs still holds.",
        "while paper holds",
    ),
    (reason(ReasonKind.AGE), "“the exam” has an upper age; 2 Aug 2027 is your last day for it.", "upper age"),
    (
        reason(ReasonKind.WORKED),
        "“the exam” needs work of yours; 2 Aug 2027 is the last day in time on which there is enough.",
        "enough work until 2 Aug",
    ),
    (
        reason(ReasonKind.WORKED, **{**AFTER_PROGRAM, "event": "start"}),
        "“the program” starts on 26 Jul 2027 and needs the work that “the exam” brings.",
        "work for the program",
    ),
    (
        reason(ReasonKind.OPENING),
        "“the exam” can start only on certain days; the last one in time is 2 Aug 2027.",
        "closes after 2 Aug",
    ),
    (
        reason(ReasonKind.ABSENCE),
        "“the exam” cannot be done while you are away; 2 Aug 2027 is the last day in time that keeps clear of it.",
        "away after 2 Aug",
    ),
    (
        reason(ReasonKind.WORKING),
        "“the exam” takes hours of work, and 2 Aug 2027 is your last day in time with any.",
        "no hours after 2 Aug",
    ),
    (reason(ReasonKind.LENGTH, span="P9M"), "“the exam” takes 9 months and must start by 2 Aug 2027.", "running"),
    (reason(ReasonKind.TARGET, rule="finish-by"), "You want to be done by 2 Aug 2027.", "target 2 Aug"),
    (reason(ReasonKind.TARGET, rule="deadline"), "Your deadline is 2 Aug 2027.", "target 2 Aug"),
    (reason(ReasonKind.TARGET, rule="horizon"), "The plan looks no further than 2 Aug 2027.", "target 2 Aug"),
    (reason(ReasonKind.GOAL), "The goal needs “the exam” by 2 Aug 2027.", "needed for the goal"),
]


@pytest.mark.parametrize(("why", "sentence", "short"), EARLIER)
def test_a_reason_says_why_not_earlier(why: Reason, sentence: str, short: str) -> None:
    assert reason_text(why, EXAM, PLAN) == sentence
    assert short_reason(why, PLAN) == short


@pytest.mark.parametrize(("why", "sentence", "short"), LATER)
def test_a_reason_of_a_plan_made_backward_says_why_not_later(why: Reason, sentence: str, short: str) -> None:
    assert reason_text(why, EXAM, BACKWARD) == sentence
    assert short_reason(why, BACKWARD) == short


@pytest.mark.parametrize("cases", [EARLIER, LATER])
def test_every_kind_of_reason_is_tried(cases: list[tuple[Reason, str, str]]) -> None:
    assert {why.kind for why, _, _ in cases} == set(ReasonKind)


def test_a_reason_of_the_goal_speaks_of_the_goal() -> None:
    needs = reason(ReasonKind.NEEDS, **AFTER_PROGRAM)
    assert reason_text(needs, None, PLAN) == "The goal needs “the program”, which is done on 26 Jul 2027."


def test_a_reason_can_be_about_another_step_than_the_one_that_carries_it() -> None:
    about = reason(ReasonKind.OPENING, about="program")
    assert reason_text(about, EXAM, PLAN).startswith("“the program” can start only on certain days")


def test_the_direction_can_be_asked_for() -> None:
    needs = reason(ReasonKind.NEEDS, **AFTER_PROGRAM)
    assert reason_text(needs, EXAM, PLAN, is_latest=True) == "“the program” starts on 26 Jul 2027 and needs “the exam”."
    assert reason_text(needs, EXAM, BACKWARD, is_latest=False) == reason_text(needs, EXAM, PLAN)


def test_a_step_without_a_title_is_called_by_its_id() -> None:
    assert reason_text(reason(ReasonKind.OPENING), attrs.evolve(EXAM, title=""), PLAN).startswith("“exam” can start")


DEADLINES = {
    DeadlineKind.ENROLL_BY: "Latest day to enroll for this plan: the program",
    DeadlineKind.APPLY_BY: "Latest day to apply for this plan: the program",
    DeadlineKind.SITTING_ENDS: "Latest day to sit for this plan: the program",
    DeadlineKind.ELIGIBILITY_ENDS: "“the program” counts for “the exam” through this day",
    DeadlineKind.PAPER_ENDS: "Last day it holds for the exam: the program",
    DeadlineKind.WINDOW_OPENS: "First day to start: the program",
    DeadlineKind.CREDITS_BY: "Last day to earn credits: the program",
    DeadlineKind.SUBMIT_BY: "Last day to submit: the program",
    DeadlineKind.EXPIRES: "Last day it is valid: the program",
    DeadlineKind.GRACE_ENDS: "Last day of grace: the program",
    DeadlineKind.REINSTATE_BY: "Last day to reinstate: the program",
    DeadlineKind.START_BY: "Last day to start for the exam: the program",
    DeadlineKind.DUTY_BY: "Last day to do for the exam: the program",
}


def deadline(kind: DeadlineKind, **fields: Any) -> Deadline:  # noqa: ANN401 (the fields of a deadline)
    given: dict[str, Any] = {"step": "program"} | fields
    return Deadline(id="d", kind=kind, on=AUGUST_2, **given)


@pytest.mark.parametrize("kind", list(DeadlineKind))
def test_every_deadline_says_what_is_due_and_what_is_lost_after_it(kind: DeadlineKind) -> None:
    due = deadline(kind, needed_by="exam")
    assert deadline_text(due, PLAN) == DEADLINES[kind]
    lost = lost_after(due, PLAN)
    assert "the program" in lost
    assert lost.endswith(".")


SHORT = {
    DeadlineKind.ENROLL_BY: "enroll for this plan by 2027-08-02: the program",
    DeadlineKind.APPLY_BY: "apply for this plan by 2027-08-02: the program",
    DeadlineKind.SITTING_ENDS: "sit for this plan by 2027-08-02: the program",
    DeadlineKind.START_BY: "start by 2027-08-02 for the exam: the program",
    DeadlineKind.DUTY_BY: "do by 2027-08-02 for the exam: the program",
    DeadlineKind.ELIGIBILITY_ENDS: "the program counts for the exam through 2027-08-02",
    DeadlineKind.PAPER_ENDS: "the program valid through 2027-08-02",
    DeadlineKind.EXPIRES: "the program valid through 2027-08-02",
    DeadlineKind.GRACE_ENDS: "2027-08-02 Last day of grace: the program",
}


@pytest.mark.parametrize("kind", SHORT)
def test_a_deadline_in_a_few_words_has_its_day(kind: DeadlineKind) -> None:
    assert short_deadline(deadline(kind, needed_by="exam"), PLAN) == SHORT[kind]


def test_the_latest_start_that_no_step_asks_for_is_one_of_this_plan() -> None:
    due = deadline(DeadlineKind.START_BY)
    assert deadline_text(due, PLAN) == "Latest day to start for this plan: the program"
    assert short_deadline(due, PLAN) == "start for this plan by 2027-08-02: the program"


def test_what_is_late_names_the_step_that_asks_for_it() -> None:
    ask = "ask the issuer what is possible then."
    assert lost_after(deadline(DeadlineKind.DUTY_BY, needed_by="exam"), PLAN) == (
        f"After this day “the program” is late for “the exam”; {ask}"
    )
    assert lost_after(deadline(DeadlineKind.START_BY, needed_by="exam"), PLAN) == (
        f"After this day it is too late for “the exam” to start “the program”; {ask}"
    )


def test_a_credit_of_time_that_nothing_needs_just_ends() -> None:
    due = deadline(DeadlineKind.ELIGIBILITY_ENDS)
    assert deadline_text(due, PLAN) == "“the program” counts through this day"
    assert short_deadline(due, PLAN) == "the program counts through 2027-08-02"


OF_THIS_PLAN = {DeadlineKind.ENROLL_BY, DeadlineKind.APPLY_BY, DeadlineKind.SITTING_ENDS, DeadlineKind.START_BY}


@pytest.mark.parametrize("kind", [kind for kind in DeadlineKind if kind is not DeadlineKind.WINDOW_OPENS])
def test_what_follows_a_deadline_is_not_guessed(kind: DeadlineKind) -> None:
    ending = "no official closing day." if kind in OF_THIS_PLAN else "; ask the issuer what is possible then."
    assert lost_after(deadline(kind), PLAN).endswith(ending)


def test_the_losses_after_different_deadlines_differ() -> None:
    assert len({lost_after(deadline(kind), PLAN) for kind in DeadlineKind}) == len(DeadlineKind)


def test_a_deadline_of_a_credential_names_it() -> None:
    due = deadline(DeadlineKind.PAPER_ENDS, step=None, credential="bls-aha")
    assert deadline_text(due, PLAN) == "Last day it holds: BLS (AHA)"
    assert lost_after(due, PLAN) == (
        "After this day “BLS (AHA)” no longer covers what needs it; ask the issuer what is possible then."
    )


def test_a_late_start_is_told_by_the_day_it_misses() -> None:
    assert lost_after(deadline(DeadlineKind.ENROLL_BY), PLAN) == (
        "Whoever enrolls later in “the program” is done after 2 Aug 2027. "
        "This is a day of this plan and no official closing day."
    )
    aimed = attrs.evolve(PLAN, target=JULY_26)
    assert lost_after(deadline(DeadlineKind.START_BY), aimed) == (
        "Whoever starts “the program” later is done after 26 Jul 2027. "
        "This is a day of this plan and no official closing day."
    )
    without = attrs.evolve(PLAN, finish=None)
    assert lost_after(deadline(DeadlineKind.APPLY_BY), without).startswith(
        "Whoever applies later (“the program”) is done too late. "
    )


def test_windows_open_for_steps_and_for_renewals() -> None:
    renewing = deadline(DeadlineKind.WINDOW_OPENS, step=None, credential="bls-aha")
    assert deadline_text(renewing, PLAN) == "First day to renew: BLS (AHA)"
    assert lost_after(renewing, PLAN).endswith("can be renewed.")


def test_what_the_goal_needs_is_not_before_a_step() -> None:
    needed = reason(ReasonKind.NEEDS, waits_for="", event_on=AUGUST_2)
    told = reason(ReasonKind.GOAL, waits_for="program", event_on=AUGUST_2)
    assert reason_text(told, EXAM, BACKWARD) == "The goal needs “the exam” by 2 Aug 2027."
    assert reason_text(needed, EXAM, BACKWARD) == "The goal needs “the exam” by 2 Aug 2027."
    assert short_reason(needed, BACKWARD) == "needed for the goal"


def test_a_reminder_tells_how_long_there_is_left() -> None:
    plan = attrs.evolve(PLAN, deadlines=(deadline(DeadlineKind.ENROLL_BY),))
    early = Reminder(id="r", on=JULY_26, deadline="d")
    assert reminder_text(early, plan) == "In 7 days, on 2 Aug 2027: Latest day to enroll for this plan: the program"
    assert reminder_text(attrs.evolve(early, on=dt.date(2027, 8, 1)), plan).startswith("In 1 day, on 2 Aug 2027:")
    assert (
        reminder_text(attrs.evolve(early, on=AUGUST_2), plan)
        == "Today: Latest day to enroll for this plan: the program"
    )


def test_a_reminder_without_its_deadline_says_so() -> None:
    stale = Reminder(id="r", on=JULY_26, deadline="gone")
    assert reminder_text(stale, PLAN) == "Reminder of a deadline that this plan no longer has: gone"


CONFLICTS = [
    (
        Conflict(kind=ConflictKind.DEADLINE, rules=("deadline",), on=AUGUST_2, days=30),
        "The deadline of 2 Aug 2027 is missed by 30 days.",
    ),
    (Conflict(kind=ConflictKind.DEADLINE, rules=()), "The deadline is missed."),
    (
        Conflict(
            kind=ConflictKind.DEADLINE,
            rules=("deadline", "goal: exam", "steps.exam.requires: program lag P7D", "goal: other", "start"),
            days=2,
        ),
        "The deadline is missed by 2 days; what decides: “the exam” and “the program”.",
    ),
    (
        Conflict(kind=ConflictKind.FINISH_BY, rules=(), on=AUGUST_2, days=1),
        "You cannot be done by 2 Aug 2027, but 1 day later.",
    ),
    (Conflict(kind=ConflictKind.FINISH_BY, rules=()), "You cannot be done by the day you ask for."),
    (
        Conflict(kind=ConflictKind.BUDGET, rules=("budget",), amount=Decimal(75)),
        "The budget is exceeded by 75.00 USD.",
    ),
    (Conflict(kind=ConflictKind.BUDGET, rules=()), "The budget is exceeded."),
    (
        Conflict(kind=ConflictKind.CHOICE, rules=("choose a", "avoid b")),
        "What you chose and avoid leaves no route: choosing “a” and avoiding “b”.",
    ),
    (
        Conflict(kind=ConflictKind.NO_SCHEDULE, rules=("x", "y", "z")),
        "No dates satisfy all of these rules together: x, y and z.",
    ),
    (
        Conflict(kind=ConflictKind.NO_LATEST, rules=("x",), on=AUGUST_2),
        "No latest dates exist for the target of 2 Aug 2027: x.",
    ),
]


@pytest.mark.parametrize(("conflict", "text"), CONFLICTS)
def test_a_conflict_says_what_cannot_hold_and_by_how_much(conflict: Conflict, text: str) -> None:
    assert conflict_text(conflict, PLAN) == text


def test_every_kind_of_conflict_is_tried() -> None:
    assert {conflict.kind for conflict, _ in CONFLICTS} == set(ConflictKind)


NOTICES = [
    (
        Notice(kind=NoticeKind.ROLE_NOT_ASKED, detail=("medical-assistant", "medical assistant")),
        "Work as “medical-assistant” counts for nothing here, as no rule speaks of it; is “medical assistant” meant?",
    ),
    (
        Notice(kind=NoticeKind.PLACE_WITHOUT_RULES, detail=("TX", "US-FL", "US-TX")),
        "No rules of its own are told for TX, but for US-FL and US-TX; those for all other places are used.",
    ),
    (
        Notice(kind=NoticeKind.PAPER_RAN_OUT, detail=("card", "2027-01-09", "2027-02-08")),
        (
            "“the card” ended on 9 Jan 2027 and can still be renewed through 8 Feb 2027, which this plan does not "
            "count on."
        ),
    ),
    (
        Notice(kind=NoticeKind.DONE_AGAIN, steps=("program", "exam")),
        "the program and the exam are too old by then and are planned again; ask what a second time takes and costs.",
    ),
    (
        Notice(kind=NoticeKind.DONE_AGAIN, steps=("program",)),
        "the program is too old by then and is planned again; ask what a second time takes and costs.",
    ),
    (
        Notice(kind=NoticeKind.UNKNOWN_COST, steps=("program", "exam")),
        "The cost of the program and the exam is not known and not in the total.",
    ),
    (Notice(kind=NoticeKind.UNKNOWN_COST), "The cost of some steps is not known and not in the total."),
    (
        Notice(kind=NoticeKind.UNSURE_FACT, steps=("program",), detail=("cost",)),
        "From memory, not confirmed, so ask first: cost of the program.",
    ),
    (
        Notice(kind=NoticeKind.UNSURE_FACT, steps=("program",), detail=("A1", "cost")),
        "From memory, not confirmed, so ask first: facts and cost of the program.",
    ),
    (
        Notice(kind=NoticeKind.UNSURE_FACT, steps=("program", "exam"), detail=("A1",)),
        "From memory, not confirmed, so ask first: the program and the exam.",
    ),
    (Notice(kind=NoticeKind.UNSURE_FACT), "From memory, not confirmed, so ask first: some steps."),
    (
        Notice(kind=NoticeKind.RECORD_BREAKS_RULE, steps=("exam",), detail=("steps.exam.requires: program",)),
        "What is recorded for the exam breaks a rule: steps.exam.requires: program.",
    ),
    (
        Notice(kind=NoticeKind.WINDOW_EXTENDED, steps=("exam",), detail=("program", "1", "35.00")),
        "The window that “the program” opens is extended once for 35.00 USD for “the exam”.",
    ),
    (
        Notice(kind=NoticeKind.WINDOW_EXTENDED, detail=("program", "2", "")),
        "The window that “the program” opens is extended 2 times for a fee that is not known.",
    ),
    (
        Notice(kind=NoticeKind.DONE_AGAIN, steps=("program",), detail=("exam",)),
        (
            "The attempts at “the exam” are used up until the program is done again; "
            "ask what a second time takes and costs."
        ),
    ),
    (
        Notice(kind=NoticeKind.EARNED_AGAIN, steps=("exam",), detail=("bls-aha", "program")),
        "“the program” is planned once more so that “BLS (AHA)” is valid for “the exam”; ask what it costs then.",
    ),
    (
        Notice(kind=NoticeKind.PAPER_RENEWED, steps=(), detail=("bls-aha",)),
        "“BLS (AHA)” has to be renewed by 5 Jan 2029 and 5 Jan 2031, so that it is still valid.",
    ),
    (
        Notice(kind=NoticeKind.OVERLOADED_WEEKS, steps=("program",)),
        "Some weeks ask for more hours than there are: “the program”.",
    ),
    (
        Notice(kind=NoticeKind.STALE_SOURCE, steps=("exam",), detail=("old",)),
        "Facts may have changed: their sources were to be checked again, “Fee list, AAMA” (by 23 Nov 2026).",
    ),
    (
        Notice(kind=NoticeKind.PLACE_NOT_KNOWN, detail=("US-FL", "US-TX")),
        "Other rules hold in US-FL and US-TX; tell your place to have them used.",
    ),
    (
        Notice(kind=NoticeKind.TAKEN_AS_MET, steps=("exam",), detail=("steps.exam.requires: program",)),
        "Taken as met because the exam is recorded as begun or done: steps.exam.requires: program.",
    ),
]


@pytest.mark.parametrize(("notice", "text"), NOTICES)
def test_a_notice_says_what_to_know(notice: Notice, text: str) -> None:
    assert notice_text(notice, PLAN) == text


def test_every_kind_of_notice_is_tried() -> None:
    assert {notice.kind for notice, _ in NOTICES} == set(NoticeKind)


@pytest.mark.parametrize(("days", "text"), [(None, ""), (0, "none"), (1, "1 day"), (14, "14 days"), (-1, "1 day late")])
def test_slack_is_told_in_days(days: int | None, text: str) -> None:
    assert slack_text(days) == text


def test_a_total_with_unknown_parts_is_a_least_amount() -> None:
    known = TotalCost(amount=Decimal("575.00"), currency="USD")
    assert cost_text(known) == "575.00 USD"
    part = attrs.evolve(known, unknown=("diploma", "job"))
    assert cost_text(part) == "at least 575.00 USD; cost of diploma and job is not known"
    assert cost_text(part, ["High school", "Job"]).endswith("cost of High school and Job is not known")


@pytest.mark.parametrize(
    ("days", "cost", "text"),
    [
        (0, Decimal(0), "the same day, the same cost"),
        (1, Decimal(40), "1 day later, 40.00 USD more"),
        (-12, Decimal("-10.5"), "12 days sooner, 10.50 USD less"),
        (3, None, "3 days later, cost not known"),
    ],
)
def test_another_plan_is_told_by_its_difference(days: int, cost: Decimal | None, text: str) -> None:
    assert difference_text(days=days, cost=cost, currency="USD") == text
