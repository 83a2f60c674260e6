"""Mermaid diagrams of a plan: a Gantt chart of its days, a flowchart of what waits for what.

Titles cannot break them. Every name in a diagram is made here (`s1`, `c1`, `goal`); text stands only where Mermaid
reads text, on one line, of bounded length, and with each character that means something to some version of Mermaid
written as a number (`#58;`), which Mermaid turns back when it draws. Both days of a bar are written out; Mermaid counts
the end as we do: it is left out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from career_path.model.pathway import StepKind
from career_path.model.timeline import PlannedStep, Renewal, Status, Timeline
from career_path.views.plain import NO_END, day_text, one_line

__all__ = ["gantt_diagram", "graph_diagram"]

_LONGEST_NAME: Final = 60
_JOINER: Final = "\u2060"
"""An invisible mark that separates what Mermaid would take together."""
_ACTS: Final = re.compile(r"[\\$ﬂ¶]|:(?=fa-)")
"""Even as numbers these begin a line break, a formula, an icon, or what Mermaid puts in the place of `#` and `;`."""
_MEANS_SOMETHING: Final = re.compile(r"[^ 0-9A-Za-z.,()'/+!?\u0080-\U0010ffff-]|[ﬂ¶\u2060]")
"""ASCII marks but for harmless ones, and the invisible one."""
_LIST: Final = re.compile(r"[-+]|\d+[.)]")
"""At the start of a label some versions of Mermaid read a Markdown list here, and draw none."""
_COMMAND: Final = re.compile(
    r"\d|acc|axis|call|click|date|exclu|gantt|href|inclu|section|tick|title|today|top|week", re.IGNORECASE
)
"""At the start of a line a Gantt chart reads these as commands or days: "Call the school", "Title IX"."""
_YEAR_100: Final = dt.date(100, 1, 1)
"""JavaScript takes the years before for 1900 to 1999."""
_FEW_DAYS: Final = 120
_LABELS: Final = 6


def gantt_diagram(timeline: Timeline) -> str:
    """The steps as bars by day, those of no length as milestones, and below them how long credentials hold.

    Left out are steps without a day and done ones that lie further back than the rest of the plan is long; of one
    that began so far back, or on a day that is not known, the end is shown. Bars of credentials are cut at both ends
    of the plan; their names tell the last day. Empty where there is nothing to draw.

    >>> from career_path.model.timeline import TotalCost
    >>> from decimal import Decimal
    >>> day, cost = dt.date(2027, 8, 2), TotalCost(amount=Decimal(0), currency="USD")
    >>> exam = PlannedStep(id="exam", title="Exam", kind=StepKind.EXAM, status=Status.PLANNED, start=day, finish=day)
    >>> plan = Timeline(
    ...     pathway="p", title="Medic", learner="me", today=day, horizon=day, finish=day, cost=cost, steps=(exam,)
    ... )
    >>> print(gantt_diagram(plan), end="")
    gantt
        accTitle: Medic: steps by day
        title Medic
        dateFormat YYYY-MM-DD
        axisFormat %-d %b
        todayMarker off
        section Steps
        Exam :milestone, s1, 2027-08-02, 2027-08-02
    """
    steps = _in_sight(timeline.steps)
    if not steps:
        return ""
    first, last = min(bar.start for bar in steps), max(bar.finish for bar in steps)
    papers = list(_papers(timeline, first, max(last, timeline.finish or last)))
    name = _text(timeline.title or timeline.pathway)
    return _diagram(
        "gantt",
        f"accTitle: {name}: steps by day",
        f"title {name}",
        "dateFormat YYYY-MM-DD",
        *_axis((last - first).days),
        "todayMarker off",
        "section Steps",
        *map(_bar_text, steps),
        *(["section Credentials"] if papers else []),
        *map(_bar_text, papers),
    )


def _axis(days: int) -> Iterator[str]:
    """A few labels that stand apart, on a phone too; Mermaid itself would print some ten whatever the width."""
    if days < _FEW_DAYS:
        yield "axisFormat %-d %b"
        return
    yield "axisFormat %b %Y"
    months = next((each for each in (1, 2, 3, 6, 12) if days <= _LABELS * each * 30), None)
    if months:
        yield f"tickInterval {months}month"


class _Bar(NamedTuple):
    """A line of a Gantt chart: from `start` up to `finish`, left out."""

    id: str
    name: str
    start: dt.date
    finish: dt.date
    tags: tuple[str, ...] = ()


def _bar_text(bar: _Bar) -> str:
    name = _text(bar.name)
    if _COMMAND.match(name):
        name = _number(name[0]) + name[1:]
    milestone = ("milestone",) if bar.start == bar.finish else ()
    return f"{name} :{', '.join((*bar.tags, *milestone, bar.id, str(bar.start), str(bar.finish)))}"


def _in_sight(steps: Sequence[PlannedStep]) -> list[_Bar]:
    """The bars of the steps, but for what was done long ago."""
    ids = _ids(steps)
    bars = [(step.is_done, _bar(step, ids[step.id])) for step in steps]
    ahead = [bar for is_done, bar in bars if bar and not is_done]
    since = _since(ahead)
    return [bar for is_done, each in bars if each and (bar := _since_then(each, since) if is_done else each)]


def _bar(step: PlannedStep, bar_id: str) -> _Bar | None:
    start, finish = step.start or step.finish, step.finish or step.start
    if start is None or finish is None:
        return None
    tags = {
        "done": step.is_done,
        "active": step.status is Status.RUNNING,
        "crit": step.is_critical,
    }
    return _Bar(bar_id, step.title or step.id, start, finish, tuple(tag for tag, holds in tags.items() if holds))


def _since(ahead: Sequence[_Bar]) -> dt.date:
    """How far back the chart reaches: as far as what is ahead is long, and to any day if nothing is ahead."""
    if not ahead:
        return _YEAR_100
    first = min(bar.start for bar in ahead)
    length = max(bar.finish for bar in ahead) - first
    return max(first - min(length, first - dt.date.min), _YEAR_100)


def _since_then(bar: _Bar, since: dt.date) -> _Bar | None:
    if bar.finish < since:
        return None
    return bar if bar.start >= since else bar._replace(start=bar.finish)


def _papers(timeline: Timeline, first: dt.date, last: dt.date) -> Iterator[_Bar]:
    """How long credentials hold, between these days."""
    held = [each for each in timeline.renewals if _is_held(each, first, last)]
    for number, renewal in enumerate(held, start=1):
        through = renewal.valid_through
        until = f"{', renewed' if renewal.count > 1 else ''}, {f'through {through}' if through else NO_END}"
        yield _Bar(
            f"c{number}",
            _short(timeline.credential_name(renewal.credential), _LONGEST_NAME - len(until)) + until,
            max(renewal.valid_from, first),
            last if through is None or through >= last else through + dt.timedelta(1),
        )


def _is_held(renewal: Renewal, first: dt.date, last: dt.date) -> bool:
    through = renewal.valid_through
    starts_in_time = renewal.valid_from <= last if renewal.number == 1 else renewal.valid_from < last
    return starts_in_time and (through is None or through >= first)


def graph_diagram(timeline: Timeline) -> str:
    """The route from the first steps down to the goal: an arrow leads from each step to what waits for it.

    Frames tell the kind of a step, as its label does: a box is work over time, a rounded one a paper, a hexagon an
    exam, a slanted one an application, a box with round ends a wait, one with double sides a job. The steps of least
    slack have a thick frame, done ones a dashed one; a dotted line joins two steps that may come in any order. Empty
    where there is no step.

    >>> from career_path.model.timeline import TotalCost
    >>> from decimal import Decimal
    >>> day, cost = dt.date(2027, 8, 2), TotalCost(amount=Decimal(0), currency="USD")
    >>> exam = PlannedStep(id="exam", title="Exam", kind=StepKind.EXAM, status=Status.PLANNED, start=day, finish=day)
    >>> plan = Timeline(
    ...     pathway="p", title="Medic", learner="me", today=day, horizon=day, finish=day, cost=cost,
    ...     needs=("exam",), steps=(exam,)
    ... )
    >>> print(graph_diagram(plan), end="")
    flowchart TD
        accTitle: Medic: what waits for what
        s1{{"Exam<br/>exam<br/>2 Aug 2027"}}
        goal(("Goal<br/>2 Aug 2027"))
        s1 --> goal
    """
    if not timeline.steps:
        return ""
    ids = _ids(timeline.steps)
    return _diagram(
        "flowchart TD",
        f"accTitle: {_text(timeline.title or timeline.pathway)}: what waits for what",
        *(_node(step, ids[step.id]) for step in timeline.steps),
        *_goal(timeline),
        *_arrows(timeline, ids),
        *_marks(timeline.steps, ids),
    )


_FRAMES: Final[Mapping[StepKind, tuple[str, str]]] = {
    StepKind.DIPLOMA: ("(", ")"),
    StepKind.PROGRAM: ("[", "]"),
    StepKind.EXTERNSHIP: ("[", "]"),
    StepKind.EXAM: ("{{", "}}"),
    StepKind.APPLICATION: ("[/", "/]"),
    StepKind.PAPER: ("(", ")"),
    StepKind.WAIT: ("([", "])"),
    StepKind.EXPERIENCE: ("[", "]"),
    StepKind.JOB: ("[[", "]]"),
    StepKind.RENEWAL: ("(", ")"),
}


def _node(step: PlannedStep, node_id: str) -> str:
    opening, closing = _FRAMES[step.kind]
    state = f", {step.status.value}" if step.status is not Status.PLANNED else ""
    lines = (_text(step.title or step.id), f"{step.kind.value}{state}", *_days(step))
    return f'{node_id}{opening}"{"<br/>".join(lines)}"{closing}'


def _days(step: PlannedStep) -> Iterator[str]:
    """Each day on a line of its own, so that none is broken in two."""
    if step.start is not None:
        yield day_text(step.start)
    if step.finish is not None and step.finish != step.start:
        yield f"{'' if step.start is None else 'to '}{day_text(step.finish)}"


def _goal(timeline: Timeline) -> Iterator[str]:
    if timeline.needs or timeline.needs_any_order:
        yield f'goal(("Goal{f"<br/>{day_text(timeline.finish)}" if timeline.finish else ""}"))'


def _arrows(timeline: Timeline, ids: Mapping[str, str]) -> Iterator[str]:
    ends = [(step, ids[step.id]) for step in timeline.steps]
    needing: Iterable[tuple[PlannedStep | Timeline, str]] = chain(ends, [(timeline, "goal")])
    for each, node in needing:
        yield from (f"{ids[need]} --> {node}" for need in each.needs if need in ids)
        yield from (f"{ids[need]} -.- {node}" for need in each.needs_any_order if need in ids)


def _marks(steps: Sequence[PlannedStep], ids: Mapping[str, str]) -> Iterator[str]:
    """Classes set widths and dashes alone, so that the colors stay those of the theme, light or dark."""
    critical = [ids[step.id] for step in steps if step.is_critical]
    done = [ids[step.id] for step in steps if step.is_done]
    if critical:
        yield "classDef critical stroke-width:4px"
        yield f"class {','.join(critical)} critical"
    if done:
        yield "classDef done stroke-dasharray:5 5"
        yield f"class {','.join(done)} done"


def _ids(steps: Iterable[PlannedStep]) -> dict[str, str]:
    return {step.id: f"s{number}" for number, step in enumerate(steps, start=1)}


def _diagram(kind: str, *lines: str) -> str:
    return "".join((f"{kind}\n", *(f"    {line}\n" for line in lines)))


def _text(text: str) -> str:
    """A text that Mermaid shows as it is, wherever it may stand."""
    apart = _ACTS.sub(lambda mark: mark[0] + _JOINER, _short(text))
    lead = _LIST.match(apart)
    at = lead.end() - 1 if lead else len(apart)
    return "".join(
        _number(mark) if place == at or _MEANS_SOMETHING.match(mark) else mark for place, mark in enumerate(apart)
    )


def _number(mark: str) -> str:
    return f"#{ord(mark)};"


def _short(text: str, most: int = _LONGEST_NAME) -> str:
    line = one_line(text) or "?"
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
