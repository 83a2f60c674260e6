"""Checks of steps against the learner's records: their statuses and the days that are already past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from career_path.days.spans import Span
from career_path.model.learner import Record
from career_path.model.pathway import Cohorts, Step
from career_path.model.requirements import Needs
from career_path.model.timeline import PlannedStep, Status
from career_path.planning.audit.book import Book, leaves_of, likely

__all__ = ["check_records"]


_BEHIND: Final = frozenset({Status.FINISHED, Status.WAIVED})


def check_records(book: Book) -> Iterator[str]:
    """Every step has the status and the days that its record gives; only one that may be too old is done again."""
    everything = leaves_of(book.pathway.goal, *(step.requires for step in book.pathway.steps))
    aged = {leaf.step for leaf in everything if isinstance(leaf, Needs) and leaf.within is not None}
    again = {name for _, step in book.todo() for name in book.asked_again(step)}
    for planned, step in book.steps(*Status):
        record = book.record(planned.id)
        expected = Status.REDO if planned.id != step.id and not record.days else _status(record)
        may_redo = (expected is Status.FINISHED and planned.id in aged) or (expected in _BEHIND and planned.id in again)
        if planned.status is not expected and not (planned.status is Status.REDO and may_redo):
            yield f"'{step.id}' is {planned.status}, its record says {expected}"
        elif not _keeps_recorded_days(planned, step, record):
            yield f"'{step.id}' does not keep its recorded days"


def _status(record: Record) -> Status:
    if record.is_waived:
        return Status.WAIVED
    if record.finished:
        return Status.FINISHED
    return Status.RUNNING if record.started else Status.PLANNED


def _keeps_recorded_days(planned: PlannedStep, step: Step, record: Record) -> bool:
    match planned.status:
        case Status.RUNNING:
            return planned.start == record.started
        case Status.WAIVED:
            waived = record.waived if isinstance(record.waived, dt.date) else None
            return (planned.start, planned.finish) == (None, waived)
        case Status.FINISHED:
            is_instant = likely(step) == Span() and not isinstance(step.opens, Cohorts)
            started = record.started or (record.finished if is_instant else None)
            return (planned.start, planned.finish) == (started, record.finished)
        case _:
            return True
