"""P7: writing calendars, our own writer next to the icalendar library."""

from __future__ import annotations

import datetime as dt
import tracemalloc
import uuid
from collections.abc import Callable
from decimal import Decimal

import pytest
from icalendar import Alarm, Calendar, Event
from pytest_benchmark.fixture import BenchmarkFixture

from career_path.formats.icalendar import calendar_lines, format_calendar
from career_path.model.timeline import Deadline, DeadlineKind, Reminder, Timeline, TotalCost
from career_path.views import sentences

TODAY = dt.date(2027, 1, 4)
DAYS_BEFORE = (30, 7)
SIZES = (20, 1_000, 50_000)
MOST_BY_ICALENDAR = 2_000
"""Its cost is the same for every event, and 50,000 would take half a minute a round."""


def timeline_of(count: int) -> Timeline:
    """A timeline with that many deadlines, each with two reminders."""
    due = [
        Deadline(
            id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"d{number}")),
            kind=DeadlineKind.EXPIRES,
            on=TODAY + dt.timedelta(400 + number * 7 % 9_000),
            credential="cma-aama",
            cycle=number,
        )
        for number in range(count)
    ]
    reminders = [
        Reminder(
            id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{each.id}{days}")),
            on=each.on - dt.timedelta(days),
            deadline=each.id,
        )
        for each in due
        for days in DAYS_BEFORE
    ]
    return Timeline(
        pathway="p",
        title="Medical assistant",
        learner="me",
        today=TODAY,
        horizon=TODAY,
        finish=TODAY,
        cost=TotalCost(amount=Decimal(0), currency="USD"),
        deadlines=tuple(due),
        reminders=tuple(reminders),
        names=(("cma-aama", "CMA (AAMA)"),),
    )


def by_icalendar(timeline: Timeline) -> bytes:
    """The same calendar, written as the documentation of icalendar shows."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//career_path//career_path//EN")
    stamp = dt.datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=dt.UTC)
    ahead: dict[str, list[Reminder]] = {}
    for reminder in timeline.reminders:
        ahead.setdefault(reminder.deadline, []).append(reminder)
    for due in sorted(timeline.deadlines, key=lambda each: (each.on, each.id)):
        event, summary = Event(), sentences.deadline_text(due, timeline)
        for name, value in {
            "uid": due.id,
            "dtstamp": stamp,
            "last-modified": stamp,
            "sequence": 0,
            "dtstart": due.on,
            "dtend": due.on + dt.timedelta(1),
            "transp": "TRANSPARENT",
            "status": "CONFIRMED",
            "categories": ["deadline", due.kind.value],
            "summary": summary,
            "description": sentences.lost_after(due, timeline),
        }.items():
            event.add(name, value)
        for reminder in ahead[due.id]:
            alarm, before = Alarm(), due.on - reminder.on
            alarm.add("uid", reminder.id)
            alarm.add("action", "DISPLAY")
            alarm.add("description", f"In {before.days} days: {summary}")
            alarm.add("trigger", -before)
            event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


WRITERS: dict[str, tuple[Callable[[Timeline], object], int]] = {
    "career_path": (format_calendar, max(SIZES)),
    "icalendar": (by_icalendar, MOST_BY_ICALENDAR),
}


@pytest.mark.parametrize("who", WRITERS)
@pytest.mark.parametrize("count", SIZES)
def test_calendar(count: int, who: str, benchmark: BenchmarkFixture) -> None:
    write, most = WRITERS[who]
    written = min(count, most)
    benchmark.group = f"P7 {count:,} events"
    benchmark.extra_info.update(row="P7", size=f"{count:,} events", part="write", who=who, per=written)
    timeline = timeline_of(written)
    if who == "career_path":
        benchmark.extra_info["note"] = memory_held(timeline)
    benchmark.pedantic(write, (timeline,), rounds=5, iterations=max(1, 400 // written), warmup_rounds=1)


def memory_held(timeline: Timeline) -> str:
    """The most memory held while a calendar is written piece by piece, without what the first one of all loads."""
    format_calendar(timeline_of(1))
    tracemalloc.start()
    octets = sum(len(piece.encode()) for piece in calendar_lines(timeline))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    count = len(timeline.deadlines)
    return f"{peak // count} octets of memory held for each event of {octets // count}"
