"""A plan written by hand, of which every value is known."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from career_path.model.pathway import StepKind
from career_path.model.timeline import (
    Deadline,
    DeadlineKind,
    PlannedStep,
    Reason,
    ReasonKind,
    Reminder,
    Renewal,
    Status,
    Timeline,
    TotalCost,
)

__all__ = ["EMPTY", "PLAN"]

TODAY = dt.date(2027, 1, 4)

PLAN = Timeline(
    pathway="p",
    title="Nurse",
    learner="me",
    today=TODAY,
    horizon=dt.date(2127, 1, 4),
    finish=dt.date(2027, 3, 1),
    cost=TotalCost(amount=Decimal("0.30"), currency="EUR", unknown=("exam",)),
    steps=(
        PlannedStep(
            id="school",
            title="School",
            kind=StepKind.DIPLOMA,
            status=Status.FINISHED,
            start=None,
            finish=dt.date(2026, 6, 1),
            cost=Decimal("77.00"),
        ),
        PlannedStep(
            id="course",
            title="Course",
            kind=StepKind.PROGRAM,
            status=Status.RUNNING,
            start=dt.date(2026, 12, 1),
            finish=dt.date(2027, 2, 1),
            latest_start=dt.date(2026, 12, 1),
            latest_finish=dt.date(2027, 2, 1),
            slack_days=0,
            is_critical=True,
            cost=Decimal("0.1"),
            reasons=(Reason(kind=ReasonKind.LEARNER_START, rule="start", on=dt.date(2026, 12, 1)),),
        ),
        PlannedStep(
            id="exam",
            title="",
            kind=StepKind.EXAM,
            status=Status.PLANNED,
            start=dt.date(2027, 2, 1),
            finish=dt.date(2027, 2, 1),
            latest_start=dt.date(2027, 3, 1),
            latest_finish=dt.date(2027, 3, 1),
            slack_days=28,
            cost=None,
        ),
        PlannedStep(
            id="job",
            title="Job",
            kind=StepKind.JOB,
            status=Status.PLANNED,
            start=dt.date(2027, 3, 1),
            finish=dt.date(2027, 3, 1),
            latest_start=dt.date(2027, 3, 1),
            latest_finish=dt.date(2027, 3, 1),
            slack_days=0,
            is_critical=True,
            cost=Decimal("0.2"),
        ),
    ),
    deadlines=(
        Deadline(id="d1", kind=DeadlineKind.APPLY_BY, on=dt.date(2027, 1, 14), step="exam"),
        Deadline(id="d2", kind=DeadlineKind.EXPIRES, on=dt.date(2029, 2, 28), credential="card", cycle=1),
    ),
    renewals=(
        Renewal(credential="card", number=1, valid_from=dt.date(2027, 2, 1), valid_through=dt.date(2029, 2, 28)),
        Renewal(credential="letter", number=1, valid_from=dt.date(2027, 2, 1), valid_through=None),
    ),
    reminders=(
        Reminder(id="r1", on=dt.date(2027, 1, 11), deadline="d1"),
        Reminder(id="r2", on=dt.date(2029, 2, 1), deadline="gone"),
    ),
    names=(("card", "Card (BOARD)"),),
)

EMPTY = Timeline(
    pathway="p",
    title="Nurse",
    learner="me",
    today=TODAY,
    horizon=dt.date(2127, 1, 4),
    finish=None,
    cost=TotalCost(amount=Decimal(0), currency="EUR"),
    is_feasible=False,
)
