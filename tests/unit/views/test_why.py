"""The chain of reasons in sentences: a plan worked out by hand, read as a student would."""

from __future__ import annotations

import datetime as dt

import pytest

from career_path.errors import UnknownIdError
from career_path.model.learner import Learner, Record
from career_path.model.pathway import Pathway, Step
from career_path.model.requirements import AllOf, Needs
from career_path.model.timeline import Timeline
from career_path.planning.planner import plan
from career_path.views.sentences import ChainText, WhyText, own_why_text, why_lines, why_text

TODAY = dt.date(2027, 1, 4)
PATHWAY = Pathway(
    "p",
    goal="job",
    steps=[
        Step("school", title="School", takes="P8W"),
        Step("fee", title="Fee"),
        Step("externship", title="Externship", takes="P5W", requires="school"),
        Step("processing", title="Processing", takes="P2W", requires="school"),
        Step("exam", title="Exam", requires=AllOf(Needs("externship", lag="P7D"), Needs("processing"), Needs("fee"))),
        Step("job", title="Job", requires="exam"),
    ],
)


def made(learner: Learner | None = None, *, finish_by: dt.date | None = None) -> Timeline:
    return plan(PATHWAY, learner or Learner(start=dt.date(2027, 1, 11)), today=TODAY, finish_by=finish_by)


def test_each_date_has_its_chain_and_what_would_decide_instead() -> None:
    assert why_text(made(), "exam") == WhyText(
        ChainText(
            "“Exam” starts on 19 Apr 2027 at the earliest.",
            (
                (
                    "“Externship” is done on 12 Apr 2027, and “Exam” may follow 7 days later. "
                    "Without that, “Processing” would allow 22 Mar 2027, 28 days earlier."
                ),
                "“Externship” takes 35 days, from 8 Mar 2027 on.",
                "“Externship” needs “School”, which is done on 8 Mar 2027. Nothing else holds it back.",
                "“School” takes 56 days, from 11 Jan 2027 on.",
                "Your plan starts on 11 Jan 2027. Without that, today would allow 4 Jan 2027, 7 days earlier.",
            ),
        ),
        ChainText(
            "“Exam” starts on 19 Apr 2027 at the latest.",
            (
                "“Job” starts on 19 Apr 2027 and needs “Exam”.",
                "The goal needs “Job” by 19 Apr 2027.",
                "The plan can be done by 19 Apr 2027, and slack is counted to that day.",
            ),
        ),
    )


def test_the_own_reasons_of_a_step_stop_at_the_step_that_it_waits_for() -> None:
    text = own_why_text(made(), "exam")
    whole = why_text(made(), "exam")
    assert text.earliest is not None
    assert whole.earliest is not None
    assert text.earliest == ChainText(whole.earliest.lead, whole.earliest.reasons[:1])


def test_without_a_step_it_is_about_the_goal() -> None:
    lines = why_lines(made())
    assert lines[:2] == (
        "The goal is reached on 19 Apr 2027 at the earliest.",
        "The goal needs “Job”, which is done on 19 Apr 2027.",
    )
    assert lines[-2:] == (
        "The goal is reached on 19 Apr 2027 at the latest.",
        "The plan can be done by 19 Apr 2027, and slack is counted to that day.",
    )


def test_a_runner_up_of_the_same_day_says_so() -> None:
    pathway = Pathway(
        "p", goal=AllOf("a", "b"), steps=[Step("a", title="A", takes="P1W"), Step("b", title="B", takes="P7D")]
    )
    lines = why_lines(plan(pathway, Learner(), today=TODAY))
    assert lines[1] == "The goal needs “A”, which is done on 11 Jan 2027. Without that, “B” would give the same day."


def test_a_later_latest_date_is_told_as_later() -> None:
    pathway = Pathway(
        "p",
        goal=AllOf("x", "y"),
        steps=[
            Step("a", title="A"),
            Step("x", title="X", takes="P1W", requires="a"),
            Step("y", title="Y", takes="P3D", requires="a"),
        ],
    )
    # 4 Jan + 7 days = 11 Jan; A is needed by X from 4 Jan on, by Y only from 8 Jan on.
    latest = why_text(plan(pathway, Learner(), today=TODAY), "a").latest
    assert latest is not None
    assert latest.reasons[0] == (
        "“X” starts on 4 Jan 2027 and needs “A”. Without that, “Y” would allow 8 Jan 2027, 4 days later."
    )


def test_a_plan_made_backward_tells_its_dates_as_the_latest() -> None:
    text = why_text(made(finish_by=dt.date(2027, 12, 1)), "job")
    assert text == WhyText(
        None,
        ChainText(
            "“Job” starts on 1 Dec 2027 at the latest.",
            ("The goal needs “Job” by 1 Dec 2027.", "You want to be done by 1 Dec 2027."),
        ),
    )


def test_what_is_done_or_running_says_so() -> None:
    records = [
        Record("school", started=dt.date(2026, 11, 1), finished=dt.date(2027, 1, 2)),
        Record("externship", started=dt.date(2027, 1, 2)),
        Record("fee", waived=dt.date(2027, 1, 3)),
    ]
    timeline = made(Learner(records=records))
    assert why_lines(timeline, "school") == ("“School” is done.", "Your records say 2 Jan 2027.")
    assert why_lines(timeline, "fee") == ("“Fee” is waived.", "Your records say 3 Jan 2027.")
    assert why_lines(timeline, "externship")[0] == "“Externship” is running and ends on 6 Feb 2027 at the earliest."


def test_a_step_that_the_plan_does_not_have_is_named() -> None:
    with pytest.raises(UnknownIdError, match="there is no step in this timeline 'exma'; did you mean 'exam'"):
        why_text(made(), "exma")
