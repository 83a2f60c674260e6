"""Calendars in tests: each one is looked at by the lint, then read by another library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs
from icalendar import Alarm, Calendar, Event

from career_path.formats.icalendar_lint import lint_calendar


@attrs.frozen
class ReadEvent:
    """What the icalendar library sees of an event; alarms are their days before it, with their id and text."""

    uid: str
    on: dt.date
    end: dt.date | None
    summary: str
    description: str
    alarms: tuple[tuple[int, str, str], ...]


def read_back(text: str) -> Calendar:
    """The calendar as the icalendar library reads it, after the lint found nothing."""
    data = text.encode()
    faults = lint_calendar(data)
    assert not faults, "\n".join(map(str, faults))
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar)
    assert not [error for component in calendar.walk() for error in component.errors]
    return calendar


def read_events(text: str) -> tuple[ReadEvent, ...]:
    """All its events in their order."""
    return tuple(_events(read_back(text)))


def _events(calendar: Calendar) -> Iterator[ReadEvent]:
    for event in calendar.walk("VEVENT"):
        assert isinstance(event, Event)
        alarms = tuple(_alarm(alarm) for alarm in event.walk("VALARM") if isinstance(alarm, Alarm))
        yield ReadEvent(
            uid=str(event["UID"]),
            on=event.DTSTART,
            end=event.DTEND,
            summary=str(event["SUMMARY"]),
            description=str(event["DESCRIPTION"]),
            alarms=alarms,
        )


def _alarm(alarm: Alarm) -> tuple[int, str, str]:
    before = alarm.TRIGGER
    assert isinstance(before, dt.timedelta)
    assert before == dt.timedelta(days=before.days)
    return (-before.days, str(alarm["UID"]), str(alarm["DESCRIPTION"]))
