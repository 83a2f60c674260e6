"""Checks of deadlines and reminders: each told once, for something of the plan, on a day that fits it; none missing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from career_path.model.due import Renewal
from career_path.model.requirements import AllOf, Event, Needs, Order, Requirement
from career_path.model.timeline import Deadline, DeadlineKind, Status
from career_path.planning.audit.book import STILL_TO_DO, Book
from career_path.planning.audit.own_calendar import DAY, NEVER, later

__all__ = ["check_deadlines", "check_reminders", "check_stages"]

_STARTS: Final = frozenset(
    {DeadlineKind.START_BY, DeadlineKind.ENROLL_BY, DeadlineKind.APPLY_BY, DeadlineKind.SITTING_ENDS}
)


def check_deadlines(book: Book) -> Iterator[str]:
    """Each deadline is told once and is for one step of the route, or for one credential."""
    deadlines = book.timeline.deadlines
    yield from _repeated("deadline", (deadline.id for deadline in deadlines))
    duties = {(each.needed_by, each.step, each.kind, each.on) for each in deadlines}
    for (owner, needed, kind), on in _asked_afterwards(book).items():
        if on >= book.timeline.today and (owner, needed, kind, on) not in duties:
            yield f"'{owner}' asks for '{needed}' by {on}, which is no deadline of the plan"
    for deadline in deadlines:
        yield from (
            f"deadline '{deadline.kind}' of {deadline.on}: {fault}" for fault in _deadline_faults(book, deadline)
        )


def _asked_afterwards(book: Book) -> dict[tuple[str, str, DeadlineKind], dt.date]:
    """The days counted from the start of a step by which it asks for another in any case, while that is not done."""
    found: dict[tuple[str, str, DeadlineKind], dt.date] = {}
    for owner in book.timeline.steps:
        for leaf in _always_asked(book.step_requirement(owner.id)):
            needed = book.planned(leaf.step)
            if owner.start is None or needed is None or needed.is_done:
                continue
            on = _asked_by(owner.start, leaf)
            is_begun = needed.status is Status.RUNNING and leaf.of is Event.START
            if on is not None and not is_begun:
                kind = DeadlineKind.DUTY_BY if leaf.of is Event.FINISH else DeadlineKind.START_BY
                found[owner.id, leaf.step, kind] = min(on, found.get((owner.id, leaf.step, kind), NEVER))
    return found


def _asked_by(started: dt.date, leaf: Needs) -> dt.date | None:
    """The last day after a start on which an event may come; None if it has to come before, or at any time."""
    if leaf.by is None or (leaf.order is Order.AFTER and not leaf.lag.is_negative):
        return None
    on, allowed = later(started, leaf.by), started
    if leaf.order is Order.AFTER:
        while allowed < on and later(allowed + DAY, leaf.lag) <= started:
            allowed += DAY
        on = allowed
    return on if on < NEVER else None


def _always_asked(requirement: Requirement) -> Iterator[Needs]:
    if isinstance(requirement, AllOf):
        for each in requirement.of:
            yield from _always_asked(each)
    elif isinstance(requirement, Needs):
        yield requirement


def _deadline_faults(book: Book, deadline: Deadline) -> Iterator[str]:
    if (deadline.step is None) == (deadline.credential is None):
        yield "it is not for one step or one credential"
    step = book.planned(deadline.step)
    if deadline.step is not None and step is None:
        yield f"'{deadline.step}' is not in the route"
    is_start = deadline.kind in _STARTS
    if (
        is_start
        and deadline.needed_by is None
        and step
        and step.status in STILL_TO_DO
        and step.latest_start != deadline.on
    ):
        yield f"'{step.id}' may start until {step.latest_start}"
    ends = [
        renewal.valid_through
        for renewal in book.timeline.renewals
        if renewal.credential == deadline.credential and deadline.cycle in {None, renewal.number}
    ]
    if deadline.kind is DeadlineKind.EXPIRES and deadline.on not in ends:
        yield f"no cycle of '{deadline.credential}' ends then"


# the days of the cycles

_Stage = tuple[str, int, DeadlineKind, str | None, dt.date]
"""Credential, number of the cycle, kind, which of several, and the day."""


def check_stages(book: Book) -> Iterator[str]:
    """Every day in a cycle not yet renewed on which something is due, opens or ends is a deadline, and no other is."""
    first: dict[tuple[str, int, DeadlineKind, str | None], dt.date] = {}
    for name, number, kind, what, on in sorted(_stages(book.timeline.renewals), key=lambda each: each[-1]):
        first.setdefault((name, number, kind, what), on)
    due = {(*key, on) for key, on in first.items() if on >= book.timeline.today}
    told = {
        (each.credential, each.cycle, each.kind, each.what, each.on)
        for each in book.timeline.deadlines
        if each.credential is not None and each.cycle is not None
    }
    for name, number, kind, _, on in sorted(due - told, key=str):
        yield f"cycle {number} of '{name}' has '{kind}' on {on}, which is no deadline of the plan"
    for name, cycle, kind, _, on in sorted(told - due, key=str):
        yield f"deadline '{kind}' of {on}: cycle {cycle} of '{name}' has no such day"


def _stages(renewals: Iterable[Renewal]) -> Iterator[_Stage]:
    for each in renewals:
        if each.renewed_on is None:
            yield from ((each.credential, each.number, k, what, on) for k, what, on in _days(each) if on is not None)


def _days(renewal: Renewal) -> Iterator[tuple[DeadlineKind, str | None, dt.date | None]]:
    yield DeadlineKind.WINDOW_OPENS, None, renewal.opens
    yield DeadlineKind.SUBMIT_BY, "on-time", renewal.soft_deadline
    yield DeadlineKind.SUBMIT_BY, None, None if renewal.ways else renewal.act_by
    for way in renewal.ways:
        yield DeadlineKind.START_BY, way.id, way.start_by
        yield DeadlineKind.APPLY_BY, way.id, way.apply_by
        yield DeadlineKind.CREDITS_BY if way.kind == "credits" else DeadlineKind.SUBMIT_BY, way.id, way.act_by
    yield DeadlineKind.EXPIRES, None, renewal.valid_through
    yield DeadlineKind.GRACE_ENDS, None, renewal.grace_through
    for number, back in enumerate(renewal.back, start=1):
        yield DeadlineKind.REINSTATE_BY, f"{back.way}-{number}", back.through
    for duty in renewal.duties:
        yield DeadlineKind.DUTY_BY, f"{duty.id}-{duty.number}", duty.on


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
