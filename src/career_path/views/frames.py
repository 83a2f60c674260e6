"""A plan as a data frame, for pandas or polars: one row for each step, deadline, period of validity or reminder.

Which columns there are, and of which kind, is fixed: a plan without a single step gives an empty frame with all of
them. What each kind is in either library, `career_path.views.frame_columns` says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, overload

from career_path.model.choices import to_choice
from career_path.model.pathway import StepKind
from career_path.model.timeline import Deadline, DeadlineKind, PlannedStep, Reminder, Renewal, Status, Timeline
from career_path.views.frame_columns import Kind, Library, Table, counts, days, frame_of, money, text
from career_path.views.sentences import deadline_text, lost_after, reason_text, reminder_text

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

__all__ = ["Library", "Rows", "to_frame"]

Rows: TypeAlias = Literal["steps", "deadlines", "renewals", "reminders"]
"""What a row of the frame is."""


class _Rows(StrEnum):
    STEPS = "steps"
    DEADLINES = "deadlines"
    RENEWALS = "renewals"
    REMINDERS = "reminders"


@overload
def to_frame(timeline: Timeline, *, library: Literal["pandas"] = "pandas", what: Rows = "steps") -> pd.DataFrame: ...
@overload
def to_frame(timeline: Timeline, *, library: Literal["polars"], what: Rows = "steps") -> pl.DataFrame: ...
def to_frame(timeline: Timeline, *, library: Library = "pandas", what: Rows = "steps") -> pd.DataFrame | pl.DataFrame:
    """The plan as a frame, its rows in the order in which the timeline has them.

    The columns, with text where nothing else is said:

    - `what="steps"`: `id`, `title`, `kind` and `status` (categories), `start`, `finish`, `latest_start`,
      `latest_finish` (days), `slack_days` (count), `is_critical`, `is_done` (true or false), `cost` (amount),
      `currency`, `why` (the sentence for the date; for a step without a reason, nothing);
    - `what="deadlines"`: `on` (day), `kind` (category), `title`, `step`, `credential`, `needed_by` (ids), `cycle`,
      `days_left` (counts, the latter from the plan's today), `text`, `lost_after`, `id`;
    - `what="renewals"`: `credential`, `title`, `number` (count), `valid_from`, `valid_through`, `opens`, `act_by`,
      `grace_through` (days);
    - `what="reminders"`: `on` (day), `kind` of its deadline (category), `due` (day), `text`, `deadline`, `id`.

    `valid_through` is the last day on which a credential holds. A missing value is what the library calls missing; in
    the amounts of pandas it is None.

    Raises:
        MissingExtraError: the library is not installed.
        InvalidValueError: another library, other rows, or an amount with more digits than polars can hold exactly.

    >>> import datetime as dt
    >>> from decimal import Decimal
    >>> day = dt.date(2027, 3, 1)
    >>> from career_path.model.timeline import TotalCost
    >>> plan = Timeline(
    ...     pathway="p", title="P", learner="me", today=day, horizon=day, finish=day,
    ...     cost=TotalCost(amount=Decimal(0), currency="USD"),
    ... )
    >>> to_frame(plan, library="excel")
    Traceback (most recent call last):
    career_path.errors.InvalidValueError: library: not-a-choice: found 'excel'; expected pandas or polars
    """
    make = _TABLES[to_choice(_Rows, what, "what")]
    return frame_of(make(timeline), library=library, of="a plan")


def _steps(timeline: Timeline) -> Table:
    rows = timeline.steps
    return {
        "id": text(step.id for step in rows),
        "title": text(step.title or step.id for step in rows),
        "kind": (StepKind, [step.kind.value for step in rows]),
        "status": (Status, [step.status.value for step in rows]),
        "start": days(step.start for step in rows),
        "finish": days(step.finish for step in rows),
        "latest_start": days(step.latest_start for step in rows),
        "latest_finish": days(step.latest_finish for step in rows),
        "slack_days": counts(step.slack_days for step in rows),
        "is_critical": (Kind.FLAG, [step.is_critical for step in rows]),
        "is_done": (Kind.FLAG, [step.is_done for step in rows]),
        "cost": money(step.cost for step in rows),
        "currency": text(timeline.cost.currency for _ in rows),
        "why": text(_why(step, timeline) for step in rows),
    }


def _why(step: PlannedStep, timeline: Timeline) -> str | None:
    return next((reason_text(reason, step, timeline) for reason in step.reasons), None)


def _deadlines(timeline: Timeline) -> Table:
    rows = timeline.deadlines
    return {
        "on": days(each.on for each in rows),
        "kind": (DeadlineKind, [each.kind.value for each in rows]),
        "title": text(_name(each, timeline) for each in rows),
        "step": text(each.step for each in rows),
        "credential": text(each.credential for each in rows),
        "needed_by": text(each.needed_by for each in rows),
        "cycle": counts(each.cycle for each in rows),
        "days_left": counts((each.on - timeline.today).days for each in rows),
        "text": text(deadline_text(each, timeline) for each in rows),
        "lost_after": text(lost_after(each, timeline) for each in rows),
        "id": text(each.id for each in rows),
    }


def _name(deadline: Deadline, timeline: Timeline) -> str:
    return timeline.subject_of(deadline)


def _renewals(timeline: Timeline) -> Table:
    rows: tuple[Renewal, ...] = timeline.renewals
    return {
        "credential": text(each.credential for each in rows),
        "title": text(timeline.credential_name(each.credential) for each in rows),
        "number": counts(each.number for each in rows),
        "valid_from": days(each.valid_from for each in rows),
        "valid_through": days(each.valid_through for each in rows),
        "opens": days(each.opens for each in rows),
        "act_by": days(each.act_by for each in rows),
        "grace_through": days(each.grace_through for each in rows),
    }


def _reminders(timeline: Timeline) -> Table:
    rows: tuple[Reminder, ...] = timeline.reminders
    known = {each.id: each for each in timeline.deadlines}
    due = [known.get(each.deadline) for each in rows]
    return {
        "on": days(each.on for each in rows),
        "kind": (DeadlineKind, [None if each is None else each.kind.value for each in due]),
        "due": days(None if each is None else each.on for each in due),
        "text": text(reminder_text(each, timeline) for each in rows),
        "deadline": text(each.deadline for each in rows),
        "id": text(each.id for each in rows),
    }


_TABLES: Final[Mapping[_Rows, Callable[[Timeline], Table]]] = {
    _Rows.STEPS: _steps,
    _Rows.DEADLINES: _deadlines,
    _Rows.RENEWALS: _renewals,
    _Rows.REMINDERS: _reminders,
}
