"""Checks of attempts: none before its wait, none that a cap closes, and what a cap asks for is done once more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from career_path.model.pathway import Step
from career_path.model.sittings import Cap
from career_path.model.timeline import Status
from career_path.planning.audit.book import Book, counted_attempts
from career_path.planning.audit.own_calendar import ALWAYS, later
from career_path.planning.audit.view import Views

__all__ = ["check_attempts", "first_days"]


def check_attempts(views: Views) -> Iterator[str]:
    """Every attempt still to come keeps the waits and caps that the failed ones leave."""
    book = views.book
    for view, what in views.named:
        for planned, step in book.todo():
            start, _ = view.days[planned.id]
            least = max(first_days(book, step), default=ALWAYS)
            if start is not None and start < least:
                yield f"'{planned.id}' is tried on {start}, before {least} ({what})"
    for planned, step in book.todo():
        yield from (f"'{planned.id}' {fault}" for fault in _closed(book, step))


def first_days(book: Book, step: Step) -> Iterator[dt.date]:
    """The first days that the waits and the caps of a period leave for the next attempt."""
    if step.retakes is None:
        return
    failed = counted_attempts(book.learner, step.id)
    if failed and step.retakes.waits:
        waits = step.retakes.waits
        yield later(failed[-1], waits[len(failed) - 1] if len(failed) <= len(waits) else waits[-1])
    for cap in step.retakes.caps:
        if cap.per is not None and len(failed) >= cap.attempts:
            yield later(failed[len(failed) - cap.attempts], cap.per)


def _closed(book: Book, step: Step) -> Iterator[str]:
    failed = counted_attempts(book.learner, step.id)
    for cap in step.retakes.caps if step.retakes else ():
        if _is_lifelong(cap) and len(failed) >= cap.attempts:
            yield f"has no attempt left of {cap.attempts}"
    for other in book.asked_again(step):
        planned = book.planned(other)
        if planned is None or planned.status in {Status.FINISHED, Status.WAIVED}:
            yield f"is tried once more, but '{other}' is not done again"


def _is_lifelong(cap: Cap) -> bool:
    return cap.per is None and cap.since is None
