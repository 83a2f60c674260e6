"""The chain of reasons in sentences: a plan worked out by hand, read as a student would."""

from __future__ import annotations

import datetime as dt

import pytest

from career_path.days.day_rules import Dates, YearlyWindow
from career_path.days.durations import Effort
from career_path.errors import UnknownIdError
from career_path.model.learner import Absence, Held, Learner, Record
from career_path.model.pathway import Cohort, Cohorts, Credential, Pathway, Step, Validity
from career_path.model.requirements import AllOf, Holds, Needs
from career_path.model.timeline import Timeline
from career_path.planning.planner import plan
from career_path.views.sentences import ChainText, WhyText, own_why_text, why_lines, why_text
from career_path.views.why import why_page

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


D = dt.date
GOAL_BY = ("The goal needs “job” by 15 Mar 2028.", "You want to be done by 15 Mar 2028.")
AUTUMN = YearlyWindow(from_="08-01", through="09-16")
CARD = Credential("card", title="Card", valid=Validity(span="P1Y", until="month-end"))
RUNS = Cohorts(
    cohorts=[
        Cohort(start=D(2027, 10, 8), finish=D(2027, 10, 23)),
        Cohort(start=D(2028, 3, 8), finish=D(2028, 3, 23)),
    ]
)
LATEST: dict[str, tuple[list[Step], Learner, tuple[str, ...]]] = {
    "a window": (
        [Step("school", takes="P4M", opens=AUTUMN), Step("job", requires="school")],
        Learner(),
        (
            "“school” starts on 16 Sep 2027 at the latest.",
            "“school” can start only on certain days; the last one in time is 16 Sep 2027.",
            "“school” takes 122 days, and is done on 16 Jan 2028.",
            "“job” starts on 15 Mar 2028 and needs “school”.",
            *GOAL_BY,
        ),
    ),
    "a run": (
        [Step("school", opens=RUNS), Step("job", requires="school")],
        Learner(),
        (
            "“school” starts on 8 Oct 2027 at the latest.",
            "“school” can start only on certain days; the last one in time is 8 Oct 2027.",
            "“school” takes 15 days, and is done on 23 Oct 2027.",
            "“job” starts on 15 Mar 2028 and needs “school”.",
            *GOAL_BY,
        ),
    ),
    "an absence that pauses": (
        [Step("school", takes=Effort(hours=80)), Step("job", requires="school")],
        Learner(weekly_hours=20, absences=[Absence(from_=D(2028, 3, 1), through=D(2028, 3, 7))]),
        (
            "“school” starts on 9 Feb 2028 at the latest.",
            "“school” takes 35 days for 80 hours of work, 7 days away included, and is done on 15 Mar 2028.",
            "“job” starts on 15 Mar 2028 and needs “school”.",
            *GOAL_BY,
        ),
    ),
    "a start that counts": (
        [Step("school", takes="P9M"), Step("job", requires=Needs("school", of="start", lag="P30D"))],
        Learner(),
        (
            "“school” starts on 14 Feb 2028 at the latest.",
            "“job” starts on 15 Mar 2028 and may only follow 30 days after the start of “school”.",
            *GOAL_BY,
        ),
    ),
    "a card at hand": (
        [Step("school", takes="P8W", requires=Holds("card")), Step("job", requires="school")],
        Learner(holds=[Held("card", granted=D(2026, 6, 15))]),
        (
            "“school” starts on 6 May 2027 at the latest.",
            "“school” takes 56 days, and is done on 1 Jul 2027.",
            (
                "“school” must be over while Card, valid through 30 Jun 2027, still holds. "
                "Without that, “job” would allow 19 Jan 2028, 258 days later."
            ),
        ),
    ),
    "a card that a course grants": (
        [
            Step("course", opens=Dates(dates=[D(2027, 1, 10)]), grants=["card"]),
            Step("school", takes="P8W", requires=Holds("card", throughout=False)),
            Step("job", requires="school"),
        ],
        Learner(),
        (
            # Through 31 January 2028; without the card, eight weeks before 15 March are 19 January, which is sooner.
            "“school” starts on 19 Jan 2028 at the latest.",
            "“school” takes 56 days, and is done on 15 Mar 2028.",
            (
                "“job” starts on 15 Mar 2028 and needs “school”. "
                "Without that, the validity of “Card” would allow 31 Jan 2028, 12 days later."
            ),
            *GOAL_BY,
        ),
    ),
}


@pytest.mark.parametrize(("steps", "learner", "lines"), LATEST.values(), ids=LATEST.keys())
def test_a_latest_date_is_told_through_lengths_openings_and_papers(
    steps: list[Step], learner: Learner, lines: tuple[str, ...]
) -> None:
    path = Pathway("p", goal="job", steps=steps, credentials=[CARD])
    assert why_lines(plan(path, learner, today=TODAY, finish_by=D(2028, 3, 15)), "school") == lines


def test_a_bound_that_another_one_overtook_is_no_date_of_the_plan() -> None:
    """The school could wait until 6 October, but for the card of the course, which has to be had before that."""
    course = Step("course", opens=Dates(dates=[D(2027, 2, 10)]), grants=["card"])
    school = Step("school", takes="P8W", requires=Holds("card"))
    path = Pathway("p", goal="job", steps=[course, school, Step("job", requires="school")], credentials=[CARD])
    made = plan(path, Learner(), today=TODAY, finish_by=D(2028, 12, 1))
    assert why_lines(made, "course")[2] == "“school” starts by 6 Oct 2028 and needs Card from “course”."
    # The card holds through 29 February 2028, the end of the month a year later; eight weeks before are 5 January.
    assert why_lines(made, "school")[:3] == (
        "“school” starts on 5 Jan 2028 at the latest.",
        "“school” takes 56 days, and is done on 1 Mar 2028.",
        (
            "“school” must be over while Card, valid through 29 Feb 2028, still holds. "
            "Without that, “job” would allow 6 Oct 2028, 275 days later."
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


def test_a_step_without_a_date_that_anything_decides_says_so() -> None:
    """What was waived is done without having been."""
    waived = made(Learner(records=[Record("fee", waived=True)]))
    assert why_page(waived, "fee") == "Fee has no date in this plan that anything decides.\n"
