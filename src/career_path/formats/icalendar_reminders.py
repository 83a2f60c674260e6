"""Reminders as a calendar: an event on the day of each, for readers that leave out the alarms of other events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from career_path.formats.icalendar import ADVICE, Event, calendar_of
from career_path.formats.icalendar_planned import Planned
from career_path.model.timeline import Deadline, Reminder, Timeline
from career_path.planning.deadlines import stable_id
from career_path.views.sentences import deadline_text, lost_after, reminder_text

__all__ = ["format_reminder_calendar"]


def format_reminder_calendar(reminders: Iterable[Reminder], timeline: Timeline, *, revision: int = 0) -> str:
    """The calendar of some reminders of a timeline as text with CRLF line ends; without any, an event that says so.

    >>> import datetime as dt
    >>> from decimal import Decimal
    >>> from career_path.model.timeline import TotalCost
    >>> day, free = dt.date(2027, 1, 4), TotalCost(amount=Decimal(0), currency="USD")
    >>> plan = Timeline(pathway="p", title="Nurse", learner="me", today=day, horizon=day, finish=day, cost=free)
    >>> lines = format_reminder_calendar((), plan).splitlines()
    >>> [line for line in lines if line.startswith(("SUMMARY", "DTSTART"))]
    ['DTSTART;VALUE=DATE:20270104', 'SUMMARY:No reminders: Nurse']

    Raises:
        InvalidValueError: code `not-a-revision`.
        UnknownIdError: a reminder names a deadline that the timeline does not have.
    """
    events = list(_events(reminders, timeline)) or [_none(timeline)]
    return "".join(calendar_of(timeline, events, revision=revision))


def _events(reminders: Iterable[Reminder], timeline: Timeline) -> Iterator[Event]:
    planned = Planned(timeline)
    for reminder in sorted(reminders, key=lambda each: (each.on, each.id)):
        deadline = timeline.deadline(reminder.deadline)
        yield Event(
            reminder.on,
            reminder.id,
            reminder_text(reminder, timeline),
            _told(deadline, timeline),
            "reminder",
            is_tentative=planned.has_deadline(deadline),
        )


def _told(deadline: Deadline, timeline: Timeline) -> str:
    return f"{deadline_text(deadline, timeline)}.\n{lost_after(deadline, timeline)}\n{ADVICE}"


def _none(timeline: Timeline) -> Event:
    uid = stable_id(timeline.pathway, timeline.learner, "no reminders")
    return Event(timeline.today, uid, f"No reminders: {timeline.title}", ADVICE, "reminder")
