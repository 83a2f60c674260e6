"""Reminders: messages on days counted back from deadlines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from career_path.days.numbers import check_date, weekday
from career_path.days.spans import Span, to_span
from career_path.errors import InvalidValueError
from career_path.model.choices import to_choice
from career_path.model.timeline import Deadline, DeadlineKind, Reminder, Timeline
from career_path.planning.deadlines import stable_id
from career_path.values import Value, frozen

__all__ = ["DEFAULT_POLICY", "Ladder", "ReminderPolicy", "reminders"]

_FRIDAY: Final = 4


MOST_REMINDERS: Final = 50
"""How many reminders one deadline may have."""


def _spans(values: Iterable[Span | str]) -> tuple[Span, ...]:
    spans = tuple(_span_before(value) for value in values)
    if len(spans) > MOST_REMINDERS:
        raise InvalidValueError("too-many", "before", f"{len(spans)} spans", f"at most {MOST_REMINDERS}")
    return spans


def _span_before(value: Span | str) -> Span:
    span = to_span(value)
    if span.total_months < 0 or span.total_days < 0:
        raise InvalidValueError("negative", "before", f"'{span}'", "no time (P0D) or more, such as P14D")
    return span


def _kinds(values: Iterable[DeadlineKind | str]) -> tuple[DeadlineKind, ...]:
    return tuple(to_choice(DeadlineKind, value, "kinds") for value in values)


@frozen
class Ladder(Value):
    """How long before a deadline of some kinds a reminder is due, once for each span.

    >>> Ladder(["apply-by"], ["P1M", "P3D"]).before[1].days
    3

    Raises:
        InvalidValueError: an unknown kind, a span that is none or leads past the deadline (code `negative`), or more
            than 50 of them (code `too-many`).
    """

    kinds: tuple[DeadlineKind, ...] = attrs.field(converter=_kinds)
    before: tuple[Span, ...] = attrs.field(converter=_spans)


def _ladders(values: Iterable[Ladder]) -> tuple[Ladder, ...]:
    return tuple(values)


@frozen
class ReminderPolicy(Value):
    """Ladders by kind of deadline; a kind without a ladder gets no reminders.

    With `moves_off_weekends` a reminder that falls on Saturday or Sunday comes on the Friday before.

    >>> policy = ReminderPolicy([Ladder(["expires"], ["P1M", "P3D"])])
    >>> policy.before(DeadlineKind.EXPIRES), policy.before(DeadlineKind.APPLY_BY)
    ((Span.parse('P1M'), Span.parse('P3D')), ())
    """

    ladders: tuple[Ladder, ...] = attrs.field(converter=_ladders)
    moves_off_weekends: bool = attrs.field(default=False, kw_only=True)

    def before(self, kind: DeadlineKind) -> tuple[Span, ...]:
        """The spans before a deadline of that kind: those of the first ladder that names it."""
        return next((ladder.before for ladder in self.ladders if kind in ladder.kinds), ())


DEFAULT_POLICY: Final = ReminderPolicy(
    [
        Ladder(
            ["expires", "paper-ends", "eligibility-ends", "credits-by", "submit-by"],
            ["P1Y", "P6M", "P3M", "P1M", "P14D", "P3D", "P0D"],
        ),
        Ladder(["window-opens"], ["P14D", "P0D"]),
        Ladder(
            ["enroll-by", "apply-by", "sitting-ends", "start-by", "duty-by", "grace-ends", "reinstate-by"],
            ["P1M", "P14D", "P3D", "P0D"],
        ),
    ]
)
"""A year of warning for what expires, a month for what must be started."""


def reminders(
    timeline: Timeline,
    *,
    policy: ReminderPolicy = DEFAULT_POLICY,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> tuple[Reminder, ...]:
    """Every reminder from `since` (default: the timeline's today) through `until`, both included, by day.

    Each lies on or before its deadline. Where two spans lead to one day, that day has one reminder. `until` None is
    no end.

    An id names pathway, learner, deadline and span, not the day: when the plan is made again and the deadline has
    moved, the reminder keeps its id and comes on another day. So whoever sends each once keeps the id together with
    the day of the deadline, and gives every learner an id of their own.

    >>> from career_path import Credential, Learner, Pathway, Step, Validity, plan
    >>> card = Credential("card", valid=Validity(span="P1Y"))
    >>> course = Pathway("p", goal="course", steps=[Step("course", grants=["card"])], credentials=[card])
    >>> made = plan(course, Learner(), today=dt.date(2027, 1, 4))
    >>> [each.on.isoformat() for each in reminders(made, policy=ReminderPolicy([Ladder(["expires"], ["P1M", "P0D"])]))]
    ['2027-12-03', '2028-01-03']

    Raises:
        InvalidValueError: a day that is none (code `not-a-date`), or `until` before `since` (code `not-in-order`).
    """
    first = timeline.today if since is None else check_date(since, "since")
    if until is not None and check_date(until, "until") < first:
        raise InvalidValueError("not-in-order", "until", until.isoformat(), f"{first.isoformat()} (since) or later")
    found = [
        each
        for deadline in timeline.deadlines
        for each in _of(deadline, policy, first)
        if first <= each.on and (until is None or each.on <= until)
    ]
    return tuple(sorted(found, key=lambda each: (each.on, each.id)))


def _of(deadline: Deadline, policy: ReminderPolicy, since: dt.date) -> Iterator[Reminder]:
    taken: set[dt.date] = set()
    for span in policy.before(deadline.kind):
        on = span.before(deadline.on)
        if on is None:
            continue
        if policy.moves_off_weekends:
            on = _off_weekend(on, since)
        if on not in taken:
            taken.add(on)
            yield Reminder(id=stable_id("reminder", deadline.id, str(span)), on=on, deadline=deadline.id)


def _off_weekend(day: dt.date, since: dt.date) -> dt.date:
    """The Friday before a weekend day, unless that is before `since`."""
    late = max(0, weekday(day.toordinal()) - _FRIDAY)
    moved = dt.date.fromordinal(day.toordinal() - late)
    return moved if moved >= since else day
