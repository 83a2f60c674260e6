"""A plan as a data frame, for pandas or polars: one row for each step, deadline, period of validity or reminder.

Which columns there are, and of which kind, is fixed: a plan without a single step gives an empty frame with all of
them. Nothing becomes a float. Amounts are `Decimal` (in pandas a column of objects, in polars `Decimal(38, 4)`),
counts are integers that may be missing, and days are days: `datetime64[s]` in pandas, which holds every date that
Python knows, and `Date` in polars.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, overload

from career_path.errors import InvalidValueError, MissingExtraError
from career_path.model.choices import to_choice
from career_path.model.money import MOST_PLACES
from career_path.model.pathway import StepKind
from career_path.model.timeline import Deadline, DeadlineKind, PlannedStep, Reminder, Renewal, Status, Timeline
from career_path.views.sentences import deadline_text, lost_after, reason_text, reminder_text

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

__all__ = ["Library", "Rows", "to_frame"]

Library: TypeAlias = Literal["pandas", "polars"]
"""Who makes the frame."""
Rows: TypeAlias = Literal["steps", "deadlines", "renewals", "reminders"]
"""What a row of the frame is."""

_POLARS_DIGITS: Final = 38
"""As many as a decimal of polars has."""


class _Library(StrEnum):
    PANDAS = "pandas"
    POLARS = "polars"


class _Rows(StrEnum):
    STEPS = "steps"
    DEADLINES = "deadlines"
    RENEWALS = "renewals"
    REMINDERS = "reminders"


class _Kind(StrEnum):
    """What a column holds; a column of words from a closed set names its `StrEnum` instead."""

    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    FLAG = "flag"
    MONEY = "money"


_Column: TypeAlias = tuple[_Kind | type[StrEnum], list[Any]]
_Table: TypeAlias = dict[str, _Column]


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
    maker = to_choice(_Library, library, "library")
    table = _TABLES[to_choice(_Rows, what, "what")](timeline)
    return _pandas_frame(table) if maker is _Library.PANDAS else _polars_frame(table)


def _steps(timeline: Timeline) -> _Table:
    rows = timeline.steps
    return {
        "id": _text(step.id for step in rows),
        "title": _text(step.title or step.id for step in rows),
        "kind": (StepKind, [step.kind.value for step in rows]),
        "status": (Status, [step.status.value for step in rows]),
        "start": _days(step.start for step in rows),
        "finish": _days(step.finish for step in rows),
        "latest_start": _days(step.latest_start for step in rows),
        "latest_finish": _days(step.latest_finish for step in rows),
        "slack_days": _counts(step.slack_days for step in rows),
        "is_critical": (_Kind.FLAG, [step.is_critical for step in rows]),
        "is_done": (_Kind.FLAG, [step.is_done for step in rows]),
        "cost": (_Kind.MONEY, [step.cost for step in rows]),
        "currency": _text(timeline.cost.currency for _ in rows),
        "why": _text(_why(step, timeline) for step in rows),
    }


def _why(step: PlannedStep, timeline: Timeline) -> str | None:
    return next((reason_text(reason, step, timeline) for reason in step.reasons), None)


def _deadlines(timeline: Timeline) -> _Table:
    rows = timeline.deadlines
    return {
        "on": _days(each.on for each in rows),
        "kind": (DeadlineKind, [each.kind.value for each in rows]),
        "title": _text(_name(each, timeline) for each in rows),
        "step": _text(each.step for each in rows),
        "credential": _text(each.credential for each in rows),
        "needed_by": _text(each.needed_by for each in rows),
        "cycle": _counts(each.cycle for each in rows),
        "days_left": _counts((each.on - timeline.today).days for each in rows),
        "text": _text(deadline_text(each, timeline) for each in rows),
        "lost_after": _text(lost_after(each, timeline) for each in rows),
        "id": _text(each.id for each in rows),
    }


def _name(deadline: Deadline, timeline: Timeline) -> str:
    return timeline.subject_of(deadline)


def _renewals(timeline: Timeline) -> _Table:
    rows: tuple[Renewal, ...] = timeline.renewals
    return {
        "credential": _text(each.credential for each in rows),
        "title": _text(timeline.credential_name(each.credential) for each in rows),
        "number": _counts(each.number for each in rows),
        "valid_from": _days(each.valid_from for each in rows),
        "valid_through": _days(each.valid_through for each in rows),
        "opens": _days(each.opens for each in rows),
        "act_by": _days(each.act_by for each in rows),
        "grace_through": _days(each.grace_through for each in rows),
    }


def _reminders(timeline: Timeline) -> _Table:
    rows: tuple[Reminder, ...] = timeline.reminders
    known = {each.id: each for each in timeline.deadlines}
    due = [known.get(each.deadline) for each in rows]
    return {
        "on": _days(each.on for each in rows),
        "kind": (DeadlineKind, [None if each is None else each.kind.value for each in due]),
        "due": _days(None if each is None else each.on for each in due),
        "text": _text(reminder_text(each, timeline) for each in rows),
        "deadline": _text(each.deadline for each in rows),
        "id": _text(each.id for each in rows),
    }


_TABLES: Final[Mapping[_Rows, Callable[[Timeline], _Table]]] = {
    _Rows.STEPS: _steps,
    _Rows.DEADLINES: _deadlines,
    _Rows.RENEWALS: _renewals,
    _Rows.REMINDERS: _reminders,
}


def _text(values: Iterable[str | None]) -> _Column:
    return _Kind.TEXT, list(values)


def _days(values: Iterable[dt.date | None]) -> _Column:
    return _Kind.DAY, list(values)


def _counts(values: Iterable[int | None]) -> _Column:
    return _Kind.COUNT, list(values)


def _pandas_frame(table: _Table) -> pd.DataFrame:
    try:
        import pandas as pd  # noqa: PLC0415 (optional, and slow to import)
    except ImportError:
        raise MissingExtraError("a plan as a pandas frame", "pandas") from None

    kinds: dict[_Kind, Any] = {
        _Kind.TEXT: "string",
        _Kind.DAY: "datetime64[s]",
        _Kind.COUNT: "Int64",
        _Kind.FLAG: "bool",
        _Kind.MONEY: "object",
    }

    def series(column: _Column) -> pd.Series[Any]:
        kind, values = column
        dtype = kinds[kind] if isinstance(kind, _Kind) else pd.CategoricalDtype([word.value for word in kind])
        return pd.Series(values, dtype=dtype)

    return pd.DataFrame({name: series(column) for name, column in table.items()})


def _polars_frame(table: _Table) -> pl.DataFrame:
    try:
        import polars as pl  # noqa: PLC0415 (optional, and slow to import)
    except ImportError:
        raise MissingExtraError("a plan as a polars frame", "polars") from None

    kinds: dict[_Kind, Any] = {
        _Kind.TEXT: pl.String,
        _Kind.DAY: pl.Date,
        _Kind.COUNT: pl.Int64,
        _Kind.FLAG: pl.Boolean,
        _Kind.MONEY: pl.Decimal(_POLARS_DIGITS, MOST_PLACES),
    }

    def series(name: str, column: _Column) -> pl.Series:
        kind, values = column
        if kind is _Kind.MONEY:
            values = [None if amount is None else _fitting(amount) for amount in values]
        dtype = kinds[kind] if isinstance(kind, _Kind) else pl.Enum([word.value for word in kind])
        return pl.Series(name, values, dtype=dtype, strict=True)

    return pl.DataFrame([series(name, column) for name, column in table.items()])


def _fitting(amount: Decimal) -> Decimal:
    """The amount, if a decimal of polars can hold it: polars itself would round it, and say nothing."""
    whole, _, places = f"{amount:f}".partition(".")
    if len(whole.lstrip("-")) > _POLARS_DIGITS - MOST_PLACES or len(places.rstrip("0")) > MOST_PLACES:
        expected = f"at most {_POLARS_DIGITS - MOST_PLACES} digits before the point and {MOST_PLACES} after it"
        raise InvalidValueError("not-an-amount", "cost", f"{amount:f}", f"{expected}; pandas keeps any amount")
    return amount
