"""Checks of deadlines and reminders: each told once, for something of the plan, on a day that fits it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from career_path.model.timeline import Deadline, DeadlineKind
from career_path.planning.audit.book import STILL_TO_DO, Book

__all__ = ["check_deadlines", "check_reminders"]


_STARTS: Final = frozenset(
    {DeadlineKind.START_BY, DeadlineKind.ENROLL_BY, DeadlineKind.APPLY_BY, DeadlineKind.SITTING_ENDS}
)


def check_deadlines(book: Book) -> Iterator[str]:
    """Each deadline is told once and is for one step of the route, or for one credential."""
    deadlines = book.timeline.deadlines
    yield from _repeated("deadline", (deadline.id for deadline in deadlines))
    for deadline in deadlines:
        yield from (
            f"deadline '{deadline.kind}' of {deadline.on}: {fault}" for fault in _deadline_faults(book, deadline)
        )


def _deadline_faults(book: Book, deadline: Deadline) -> Iterator[str]:
    if (deadline.step is None) == (deadline.credential is None):
        yield "it is not for one step or one credential"
    step = book.planned(deadline.step)
    if deadline.step is not None and step is None:
        yield f"'{deadline.step}' is not in the route"
    is_start = deadline.kind in _STARTS
    if is_start and step and step.status in STILL_TO_DO and step.latest_start != deadline.on:
        yield f"'{step.id}' may start until {step.latest_start}"
    ends = [
        renewal.valid_through
        for renewal in book.timeline.renewals
        if renewal.credential == deadline.credential and deadline.cycle in {None, renewal.number}
    ]
    if deadline.kind is DeadlineKind.EXPIRES and deadline.on not in ends:
        yield f"no cycle of '{deadline.credential}' ends then"


def check_reminders(book: Book) -> Iterator[str]:
    """Each reminder is told once and comes from today on, and no later than its deadline."""
    reminders, deadlines = book.timeline.reminders, {deadline.id: deadline for deadline in book.timeline.deadlines}
    yield from _repeated("reminder", (reminder.id for reminder in reminders))
    for reminder in reminders:
        deadline = deadlines.get(reminder.deadline)
        if deadline is None:
            yield f"reminder '{reminder.id}' is for no deadline of this plan"
        elif reminder.on > deadline.on:
            yield f"reminder '{reminder.id}' comes on {reminder.on}, after {deadline.on}"
        if reminder.on < book.timeline.today:
            yield f"reminder '{reminder.id}' comes on {reminder.on}, before today"


def _repeated(what: str, ids: Iterable[str]) -> Iterator[str]:
    return (f"{what} '{name}' is told {count} times" for name, count in Counter(ids).items() if count > 1)
