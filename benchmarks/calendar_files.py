"""Writing calendars: our own writer beside the icalendar library. Prints ratios of one run, because only these keep.

Run it with `python benchmarks/calendar_files.py`. It needs icalendar and networkx.
"""

from __future__ import annotations

import datetime as dt
import statistics
import subprocess
import sys
import time
import tracemalloc
import uuid
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from importlib.metadata import version

from icalendar import Alarm, Calendar, Event

from career_path.formats.icalendar import calendar_lines, format_calendar
from career_path.model.timeline import Deadline, DeadlineKind, Reminder, Timeline, TotalCost
from career_path.views import sentences

TODAY = dt.date(2027, 1, 4)
DAYS_BEFORE = (30, 7)
MOST_BY_ICALENDAR = 2_000
"""Its cost is the same for every event, and 50,000 would take half a minute a round."""

TWELVE_STEPS = "".join(
    f"[steps.s{number}]\ntitle = 'Step {number}'\nmonths = {number % 4}\n"
    f"needs = {[f's{needed}' for needed in range(max(0, number - 2), number)]}\n"
    for number in range(12)
)
PEER = (
    f"""
TEXT = {TWELVE_STEPS!r}
"""
    """
import datetime as dt, tomllib
import attrs, networkx as nx
from dateutil.relativedelta import relativedelta
from icalendar import Calendar, Event
steps = tomllib.loads(TEXT)["steps"]
graph = nx.DiGraph((need, name) for name, step in steps.items() for need in step["needs"])
finish, calendar = {}, Calendar()
calendar.add("version", "2.0"); calendar.add("prodid", "x")
for name in nx.topological_sort(graph):
    start = max((finish[need] for need in graph.predecessors(name)), default=dt.date(2027, 1, 4))
    finish[name] = start + relativedelta(months=steps[name]["months"])
    event = Event()
    event.add("uid", name); event.add("dtstamp", dt.datetime(2027, 1, 4, tzinfo=dt.UTC))
    event.add("dtstart", start); event.add("summary", steps[name]["title"])
    calendar.add_component(event)
calendar.to_ical()
"""
)
OURS = """
import datetime as dt
from career_path.files import load_catalog
from career_path.formats.icalendar import format_calendar
from career_path.model.learner import Learner
from career_path.planning import plan
today = dt.date(2027, 1, 4)
timeline = plan(load_catalog("medical-assistant"), Learner(id="me", start=today, weekly_hours=20), today=today)
format_calendar(timeline)
"""
PROCESSES = {
    "bare interpreter": "pass",
    "import attrs, dateutil": "import attrs, dateutil.relativedelta",
    "import icalendar": "import icalendar",
    "P2 peer: attrs, dateutil, networkx, icalendar": PEER,
    "P2 ours, own writer": OURS,
    "P2 ours, if it imported icalendar": f"import icalendar\n{OURS}",
}


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


def seconds(work: Callable[[], object], times: int = 1) -> float:
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


def process_seconds(code: str) -> float:
    return seconds(partial(subprocess.run, [sys.executable, "-c", code], check=True))


def show_processes(rounds: int = 11) -> None:
    """Whole processes, taking turns so that a busy machine is unfair to all alike."""
    times: dict[str, list[float]] = {name: [] for name in PROCESSES}
    for _ in range(rounds):
        for name, code in PROCESSES.items():
            times[name].append(process_seconds(code))
    peer = statistics.median(times["P2 peer: attrs, dateutil, networkx, icalendar"])
    print("whole process, as a part of the P2 peer (limit 0.60, aim 0.35)")
    for name, each in times.items():
        print(f"  {statistics.median(each) / peer:5.2f}  {name}")


def show_events(rounds: int = 5) -> None:
    """Events a second of both writers, taking turns."""
    print("events a second with two alarms each, ours over icalendar (P7: 30)")
    for count in (20, 1_000, 50_000):
        timeline, sample = timeline_of(count), timeline_of(min(count, MOST_BY_ICALENDAR))
        ours, theirs, times = [], [], max(1, 400 // count)
        for _ in range(rounds):
            ours.append(seconds(partial(format_calendar, timeline), times) / count)
            theirs.append(seconds(partial(by_icalendar, sample), times) / len(sample.deadlines))
        print(f"  {statistics.median(theirs) / statistics.median(ours):5.1f}  {count} events")


def show_memory() -> None:
    """The most memory held while a calendar is written piece by piece, over its size."""
    print("memory held while streaming, over the octets written")
    for count in (1_000, 50_000):
        timeline = timeline_of(count)
        tracemalloc.start()
        octets = sum(len(piece.encode()) for piece in calendar_lines(timeline))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        print(f"  {peak / octets:5.2f}  {count} events, {octets // count} octets and {peak // count} held for each")


if __name__ == "__main__":
    packages = ("attrs", "icalendar", "networkx", "python-dateutil")
    print(f"Python {sys.version.split()[0]};", ", ".join(f"{name} {version(name)}" for name in packages))
    show_processes()
    show_events()
    show_memory()
