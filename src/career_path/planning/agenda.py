"""What a window of days asks for: what is overdue, what is due, what to be reminded of, and what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from career_path.days.numbers import check_date
from career_path.days.spans import Span
from career_path.errors import InvalidValueError
from career_path.model.timeline import Deadline, DeadlineKind, Reminder, Timeline
from career_path.planning.deadlines import start_kind, with_id
from career_path.planning.reminders import DEFAULT_POLICY, ReminderPolicy, reminders
from career_path.values import Value, frozen

__all__ = ["Agenda", "agenda"]

_WINDOW = Span(months=1)


@frozen(kw_only=True)
class Agenda(Value):
    """The days from `since` through `until`, both included, and what stands before and after them; all by day.

    `overdue` are days before `since` on which something not yet done was to be done, `due` those in the window,
    `coming` those after it. `reminders` are the ones of the window, of whatever deadline.

    >>> from career_path import Credential, Learner, Pathway, Step, Validity, plan
    >>> card = Credential("card", valid=Validity(span="P1Y"))
    >>> course = Pathway("p", goal="course", steps=[Step("course", grants=["card"])], credentials=[card])
    >>> made, last_day = plan(course, Learner(), today=dt.date(2027, 1, 4)), dt.date(2028, 1, 3)
    >>> [each.kind.value for each in agenda(made, since=last_day, until=last_day).due]
    ['expires']
    """

    since: dt.date
    until: dt.date
    overdue: tuple[Deadline, ...] = ()
    due: tuple[Deadline, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    coming: tuple[Deadline, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do or to think of now."""
        return not (self.overdue or self.due or self.reminders)


def agenda(
    timeline: Timeline,
    *,
    policy: ReminderPolicy = DEFAULT_POLICY,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Agenda:
    """The agenda of a window: from `since` (default: the timeline's today) through `until` (default: a month later).

    What is overdue in a window after the plan was made is what that plan asked for and did not know to be done. So the
    plan of the day before tells what was missed; made again with today, it finds the next best dates.

    >>> from career_path.model.learner import Learner
    >>> from career_path.model.pathway import Pathway, Step
    >>> from career_path.planning.planner import plan
    >>> school = Pathway("p", goal="school", steps=[Step("school", title="School", kind="program", takes="P9M")])
    >>> due = agenda(plan(school, Learner(), today=dt.date(2027, 1, 4))).due
    >>> [(each.kind.value, each.on.isoformat()) for each in due]
    [('enroll-by', '2027-01-04')]

    Raises:
        InvalidValueError: a day that is none (code `not-a-date`), or `until` before `since` (code `not-in-order`).
    """
    first = timeline.today if since is None else check_date(since, "since")
    last = _a_month_after(first) if until is None else check_date(until, "until")
    if last < first:
        raise InvalidValueError("not-in-order", "until", last.isoformat(), f"{first.isoformat()} (since) or later")
    return Agenda(
        since=first,
        until=last,
        overdue=tuple(sorted(_overdue(timeline, first), key=_by_day)),
        due=tuple(each for each in timeline.deadlines if first <= each.on <= last),
        reminders=reminders(timeline, policy=policy, since=first, until=last),
        coming=tuple(each for each in timeline.deadlines if each.on > last),
    )


def _a_month_after(day: dt.date) -> dt.date:
    return _WINDOW.after(day) or dt.date.max


def _by_day(deadline: Deadline) -> tuple[dt.date, str, str]:
    return deadline.on, deadline.kind.value, deadline.id


def _overdue(timeline: Timeline, since: dt.date) -> Iterable[Deadline]:
    """Each once: what the plan itself is late for, what has expired, and what passed after the plan was made."""
    found = {each.id: each for each in (*_late_steps(timeline), *_expired(timeline)) if each.on < since}
    for each in timeline.deadlines:
        if each.on < since and each.kind is not DeadlineKind.WINDOW_OPENS and not _is_done(timeline, each):
            found.setdefault(each.id, each)
    return found.values()


def _is_done(timeline: Timeline, deadline: Deadline) -> bool:
    return deadline.step is not None and deadline.needed_by is None and timeline.step(deadline.step).is_done


def _late_steps(timeline: Timeline) -> Iterator[Deadline]:
    """The latest starts, for the target, that have passed."""
    for step in timeline.steps:
        if step.slack_days is not None and step.slack_days < 0 and step.latest_start is not None:
            late = Deadline(id="", kind=start_kind(step.kind), on=step.latest_start, step=step.id)
            yield with_id(timeline, late)


def _expired(timeline: Timeline) -> Iterator[Deadline]:
    """The last days of papers at hand; those to come are deadlines of the plan."""
    for each in timeline.renewals:
        if each.valid_through is not None:
            kind, on = DeadlineKind.EXPIRES, each.valid_through
            yield with_id(timeline, Deadline(id="", kind=kind, on=on, credential=each.credential, cycle=each.number))
