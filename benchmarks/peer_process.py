"""What a user would write instead: a pathway from TOML to a calendar with attrs, dateutil, networkx and icalendar.

Run by `test_p2_process.py`; it plans the first branch of every choice, with no slack, no reasons and no checks.
"""

from __future__ import annotations

import datetime as dt
import sys
import tomllib
from pathlib import Path

import attrs
import networkx as nx
from dateutil.relativedelta import relativedelta
from icalendar import Alarm, Calendar, Event


@attrs.frozen
class Step:
    id: str
    title: str
    days: int
    needs: tuple[str, ...]


def length(takes: object) -> int:
    match takes:
        case {"likely": inner}:
            return length(inner)
        case {"hours": int(hours)}:
            return -(-hours * 7 // 20)
        case {"working_days": int(count)}:
            return count * 7 // 5
        case "P2D":
            return 2
        case "P6W":
            return 42
        case _:
            return 0


def needs(requires: object) -> tuple[str, ...]:
    match requires:
        case str(step) | {"step": str(step)}:
            return (step,)
        case {"all": list(parts)}:
            return tuple(step for part in parts for step in needs(part))
        case {"any": [first, *_]}:
            return needs(first)
        case _:
            return ()


def main(source: str, target: str) -> None:
    document = tomllib.loads(Path(source).read_text("utf-8"))
    steps = {
        name: Step(name, step["title"], length(step.get("takes")), needs(step.get("requires")))
        for name, step in document["steps"].items()
    }
    graph = nx.DiGraph()
    graph.add_nodes_from(steps)
    graph.add_edges_from((before, step.id) for step in steps.values() for before in step.needs)
    wanted = nx.ancestors(graph, "job") | {"job"}
    start = {}
    for name in nx.topological_sort(graph):
        first = dt.date(2027, 1, 11)
        done = [start[before] + relativedelta(days=steps[before].days) for before in graph.predecessors(name)]
        start[name] = max([first, *done])
    calendar = Calendar()
    calendar.add("prodid", "-//example.org//peer//EN")
    calendar.add("version", "2.0")
    for name in sorted(wanted):
        for day in {start[name], start[name] + relativedelta(days=steps[name].days)}:
            event = Event()
            event.add("uid", f"{name}-{day}@example.org")
            event.add("dtstamp", dt.datetime(2027, 1, 4, tzinfo=dt.UTC))
            event.add("dtstart", day)
            event.add("summary", steps[name].title)
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", steps[name].title)
            alarm.add("trigger", dt.timedelta(days=-7))
            event.add_component(alarm)
            calendar.add_component(event)
    Path(target).write_bytes(calendar.to_ical())


if __name__ == "__main__":
    main(*sys.argv[1:])
