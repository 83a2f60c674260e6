"""The public names as typed code uses them.

mypy and pyright read this file, both strict: `assert_type` fails where a result has another type than is written here,
and a `type: ignore` that nothing asks for any more fails too, so what must be refused stays refused. What needs no
optional package also runs.
"""

# pyright: strict, reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, assert_never, assert_type

import pytest

from career_path import (
    DEFAULT_POLICY,
    Absence,
    Aged,
    Agenda,
    AllOf,
    AnyOf,
    AtLeast,
    Balanced,
    Careers,
    Cause,
    Cohort,
    ComparedPlan,
    Comparison,
    Credential,
    Deadline,
    DocumentError,
    Effort,
    Estimate,
    Fault,
    FileError,
    HasFact,
    Held,
    Holds,
    Ladder,
    Learner,
    Located,
    Needs,
    NoRouteError,
    Pathway,
    PlannedStep,
    Reason,
    Record,
    Reminder,
    ReminderPolicy,
    RunnerUp,
    Span,
    Status,
    Step,
    StepKind,
    Timeline,
    UnknownIdError,
    Validity,
    Weekdays,
    Why,
    Worked,
    WorkingDays,
    agenda,
    audit,
    catalog_ids,
    compare_plans,
    format_calendar,
    format_fragment,
    format_learner,
    format_markdown,
    format_page,
    format_pathway,
    format_timeline,
    load_catalog,
    load_learner,
    load_pathway,
    load_timeline,
    parse_learner,
    parse_pathway,
    parse_timeline,
    plan,
    reminders,
    why_lines,
)

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    from matplotlib.axes import Axes

TODAY = dt.date(2027, 1, 4)


def pathway() -> Pathway:
    """Made as people write it: texts for ids, spans, amounts and kinds, lists for sequences."""
    return Pathway(
        "nurse",
        goal="job",
        steps=[
            Step("school", kind="program", takes="P9M", opens=Weekdays(days=["mon"]), cost="3600.00"),
            Step("exam", kind=StepKind.EXAM, requires=Needs("school", lag="-P30D"), cost=Decimal(125), grants=["card"]),
            Step("course", takes=Effort(hours=40), requires=AllOf("school") | Aged(18), cost=80),
            Step("job", requires=AllOf("exam", AnyOf("course", Holds("card")))),
        ],
        credentials=[Credential("card", valid=Validity(span="P2Y"))],
    )


def learner() -> Learner:
    return Learner(start=dt.date(2027, 1, 11), weekly_hours=20, born=dt.date(2001, 2, 3), budget="5000")


def made() -> Timeline:
    return plan(pathway(), learner(), today=TODAY)


def test_a_plan_tells_its_days_and_costs() -> None:
    timeline = assert_type(plan(pathway(), learner(), today=TODAY, objective=Balanced(10)), Timeline)
    assert_type(timeline.finish, dt.date | None)
    assert_type(timeline.cost.amount, Decimal)
    assert_type(timeline.steps, tuple[PlannedStep, ...])
    step = assert_type(timeline.step("exam"), PlannedStep)
    assert_type(step.start, dt.date | None)
    assert_type(step.slack_days, int | None)
    assert_type(step.cost, Decimal | None)
    assert_type(step.status, Status)
    assert assert_type(audit(timeline, pathway(), learner()), tuple[str, ...]) == ()


def test_a_plan_tells_why() -> None:
    why = assert_type(made().why("exam"), Why)
    assert_type(made().why(), Why)
    assert_type(why.latest, tuple[Cause, ...])
    cause = assert_type(why.earliest, tuple[Cause, ...])[0]
    assert_type(cause.step, str | None)
    assert_type(cause.reason, Reason)
    assert_type(cause.runner_up, RunnerUp | None)
    assert assert_type(why_lines(made(), "exam"), tuple[str, ...])


def test_a_plan_reminds() -> None:
    policy = ReminderPolicy([Ladder(["expires"], ["P1M", Span(days=3)])], moves_off_weekends=True)
    found = assert_type(reminders(made(), policy=policy, until=dt.date(2030, 1, 1)), tuple[Reminder, ...])
    assert_type(found[0].on, dt.date)
    window = assert_type(agenda(made(), policy=DEFAULT_POLICY, since=TODAY), Agenda)
    assert_type(window.due, tuple[Deadline, ...])
    assert_type(window.reminders, tuple[Reminder, ...])
    assert_type(made().deadline(found[0].deadline), Deadline)


def test_plans_are_compared() -> None:
    compared = assert_type(compare_plans({"one": made(), "two": made()}), Comparison)
    two = assert_type(compared.plan("two"), ComparedPlan)
    assert assert_type(two.days, int | None) == 0
    assert_type(two.cost_difference, Decimal | None)


def test_documents_are_read_and_written() -> None:
    assert assert_type(parse_pathway(format_pathway(pathway())), Pathway) == pathway()
    assert assert_type(parse_learner(format_learner(learner(), syntax="toml").encode()), Learner) == learner()
    assert assert_type(parse_timeline(format_timeline(made()), syntax="json"), Timeline) == made()
    assert_type(format_pathway(pathway(), syntax="json"), str)
    assert_type(format_learner(learner()), str)
    assert_type(format_timeline(made(), syntax="toml"), str)


def test_files_are_read(tmp_path: Path) -> None:
    written = {
        "p.toml": format_pathway(pathway()),
        "l.toml": format_learner(learner()),
        "t.json": format_timeline(made()),
    }
    for name, text in written.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert_type(load_pathway(tmp_path / "p.toml"), Pathway)
    assert_type(load_learner(str(tmp_path / "l.toml")), Learner)
    assert_type(load_timeline(tmp_path / "t.json"), Timeline)
    assert_type(load_catalog(assert_type(catalog_ids(), tuple[str, ...])[0]), Pathway)


def test_every_face_is_a_text() -> None:
    faces = (format_calendar(made(), revision=2), format_markdown(made()), format_page(made()), format_fragment(made()))
    assert all(assert_type(faces, tuple[str, str, str, str]))


def test_errors_carry_what_they_found() -> None:
    with pytest.raises(DocumentError) as refused:
        parse_pathway("{}")
    assert_type(refused.value.faults, tuple[Fault, ...])
    with pytest.raises(NoRouteError) as stuck:
        plan(pathway(), Learner(weekly_hours=20, avoid=["exam"]), today=TODAY)
    assert assert_type(stuck.value.timeline, Timeline).finish is None
    with pytest.raises(UnknownIdError) as unknown:
        made().step("exma")
    assert_type(unknown.value.known, tuple[str, ...])
    with pytest.raises(FileError) as unread:
        load_pathway("no-such-file.toml")
    assert assert_type(unread.value.file, str) == "no-such-file.toml"


def length(step: Step) -> Span | int | Fraction:
    """Every kind of length; one that is added must be told here, or `assert_never` is no longer accepted."""
    takes = step.takes.likely if isinstance(step.takes, Estimate) else step.takes
    match takes:
        case Span():
            return takes
        case WorkingDays(count):
            return assert_type(count, int)
        case Effort(hours=hours):
            return assert_type(hours, Fraction)
        case _:
            assert_never(takes)


def leaf_count(step: Step) -> int:
    """Every kind of requirement."""
    match step.requires:
        case AllOf(of) | AnyOf(of):
            return len(of)
        case AtLeast(k):
            return assert_type(k, int)
        case Needs() | Holds() | Aged() | Worked() | Located() | HasFact():
            return 1
        case _:
            assert_never(step.requires)


def test_choices_are_closed() -> None:
    assert length(pathway().step("school")) == Span(months=9)
    assert length(pathway().step("course")) == 40
    assert [leaf_count(step) for step in pathway().steps] == [0, 1, 2, 2]


def faces_that_need_more(timeline: Timeline, careers: Careers, axes: Axes) -> None:
    """Read by the checkers alone: pandas, polars and matplotlib are optional."""
    assert_type(timeline.to_frame(), pd.DataFrame)
    assert_type(timeline.to_frame(library="pandas", what="deadlines"), pd.DataFrame)
    assert_type(timeline.to_frame(library="polars", what="renewals"), pl.DataFrame)
    assert_type(timeline.plot(ax=axes, expiries=True), Axes)
    assert_type(careers.to_frame(), pd.DataFrame)
    assert_type(careers.to_frame(library="polars"), pl.DataFrame)
    assert_type(careers.careers[0].earned_by("P5Y"), Fraction | None)


def what_must_be_refused(timeline: Timeline) -> None:
    """Read by the checkers alone: each of these lines is a mistake that they have to find."""
    plan(pathway(), learner())  # type: ignore[call-arg]
    plan(pathway(), learner(), today="2027-01-04")  # type: ignore[arg-type]
    plan(pathway(), learner(), today=TODAY, objective="fastest")  # type: ignore[arg-type]
    plan(pathway(), learner(), TODAY)  # type: ignore[call-arg]
    Step("exam", "The exam")  # type: ignore[call-arg]
    Step("exam", takes=9)  # type: ignore[arg-type]
    Learner(start="2027-01-11")  # type: ignore[arg-type]
    Record("school", finished="2027-01-11")  # type: ignore[arg-type]
    Held("card", granted="2027-01-11")  # type: ignore[arg-type]
    Absence(from_=TODAY, through="2027-01-11")  # type: ignore[arg-type]
    Cohort(start="2027-01-11", finish=TODAY)  # type: ignore[arg-type]
    Span(days="3")  # type: ignore[arg-type]
    Balanced(2.5)  # type: ignore[arg-type]
    reminders(timeline, policy=["P1M"])  # type: ignore[arg-type]
    format_timeline(timeline, syntax="yaml")  # type: ignore[arg-type]
    timeline.to_frame(library="excel")  # type: ignore[call-overload]
    timeline.finish.isoformat()  # type: ignore[union-attr]
    timeline.finish = None  # type: ignore[misc]
