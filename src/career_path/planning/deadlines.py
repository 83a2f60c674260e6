"""The deadlines of a timeline: the days after which something is lost."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterator
from typing import Final

import attrs

from career_path.days.day_rules import YearlyWindow
from career_path.days.rules import add_span
from career_path.model.pathway import StepKind
from career_path.model.requirements import Event, Needs, Order
from career_path.model.text import step_of
from career_path.model.timeline import Deadline, DeadlineKind, PlannedStep, Status, Timeline
from career_path.planning.compile import Compiled
from career_path.planning.program import Program, days_asked_after
from career_path.planning.renewals import cycle_deadlines
from career_path.planning.texts import GOAL

__all__ = ["by_day", "deadlines_of", "stable_id", "start_kind", "with_id"]

NAMESPACE: Final = uuid.UUID("6f1a4b1e-5d0a-5b57-9c1f-0c7a1d6c2f11")
"""The namespace of all ids that this library makes."""
_NAMESPACE: Final = NAMESPACE.bytes


def stable_id(*parts: str | int | None) -> str:
    """An id that depends on its parts alone: a version 5 UUID.

    >>> stable_id("p", "me") == stable_id("p", "me")
    True
    """
    octets = bytearray(hashlib.sha1(_NAMESPACE + json.dumps(parts).encode(), usedforsecurity=False).digest()[:16])
    octets[6] = octets[6] & 0x0F | 0x50  # the version, 5, and below the variant: what `uuid.uuid5` does in more steps
    octets[8] = octets[8] & 0x3F | 0x80
    text = octets.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def deadlines_of(program: Program, compiled: Compiled, timeline: Timeline) -> tuple[Deadline, ...]:
    """Every deadline from today on, by day, kind and what it is for."""
    of_cycles = [with_id(timeline, each) for renewal in timeline.renewals for each in cycle_deadlines(renewal)]
    told = {(each.credential, each.on) for each in of_cycles if each.kind is DeadlineKind.EXPIRES}
    found = [
        *of_cycles,
        *(each for each in _papers(timeline) if (each.credential, each.on) not in told),
        *_steps(program, timeline),
        *_freshness(compiled, timeline),
        *_duties(compiled, timeline),
    ]
    first: dict[str, Deadline] = {}
    for each in sorted(found, key=by_day):
        first.setdefault(each.id, each)  # where two rules end the same thing, the earlier day counts
    return tuple(each for each in first.values() if each.on >= timeline.today)


def by_day(deadline: Deadline) -> tuple[dt.date, str, str, str, int, str, str]:
    """What deadlines are sorted by: the day, the kind, and what they are for."""
    whose = (deadline.step or "", deadline.credential or "", deadline.cycle or 0)
    return (deadline.on, deadline.kind.value, *whose, deadline.needed_by or "", deadline.what or "")


def with_id(timeline: Timeline, deadline: Deadline) -> Deadline:
    """The same deadline with its stable id; `cycle`, `needed_by` and `what` tell several of one kind apart."""
    what = f"step {deadline.step}" if deadline.step is not None else f"credential {deadline.credential}"
    parts = (timeline.pathway, timeline.learner, what, deadline.kind.value, deadline.cycle, deadline.needed_by)
    return attrs.evolve(deadline, id=stable_id(*parts, *(() if deadline.what is None else (deadline.what,))))


def _papers(timeline: Timeline) -> Iterator[Deadline]:
    """The last day of each paper that a step of the plan must have."""
    for use in timeline.papers:
        if use.needed_by is not None and use.valid_through is not None:
            deadline = Deadline(
                id="",
                kind=DeadlineKind.PAPER_ENDS,
                on=use.valid_through,
                credential=use.credential,
                needed_by=use.needed_by,
            )
            yield with_id(timeline, deadline)


_BY_KIND: Final = {
    StepKind.PROGRAM: DeadlineKind.ENROLL_BY,
    StepKind.APPLICATION: DeadlineKind.APPLY_BY,
    StepKind.EXAM: DeadlineKind.SITTING_ENDS,
}


def start_kind(kind: StepKind) -> DeadlineKind:
    """What the last day to start such a step is called."""
    return _BY_KIND.get(kind, DeadlineKind.START_BY)


def _steps(program: Program, timeline: Timeline) -> Iterator[Deadline]:
    """The last days to start a step, and the days on which a window opens."""
    for step in timeline.steps:
        opens = program.pathway.step(step_of(step.id)).opens
        if step.slack_days is None or step.start is None or step.latest_start is None or step.start < timeline.today:
            continue
        if step.slack_days < 0:
            continue  # the target is missed; a day before the planned one helps nobody
        if step.kind in _BY_KIND or step.start != step.finish:
            yield with_id(timeline, Deadline(id="", kind=start_kind(step.kind), on=step.latest_start, step=step.id))
        if isinstance(opens, YearlyWindow):
            opening = _first_open_day(opens, step)
            yield with_id(timeline, Deadline(id="", kind=DeadlineKind.WINDOW_OPENS, on=opening, step=step.id))


def _first_open_day(window: YearlyWindow, step: PlannedStep) -> dt.date:
    assert step.start is not None
    day = step.start.toordinal()
    while window.on_or_before(day - 1) == day - 1 >= 1:
        day -= 1
        if step.start.toordinal() - day > 366:  # noqa: PLR2004 (a window of a whole year never opens)
            return step.start
    return dt.date.fromordinal(day)


def _duties(compiled: Compiled, timeline: Timeline) -> Iterator[Deadline]:
    """What a step asks for by a day counted from its own start, while that has not come."""
    for each in compiled.route.chosen:
        leaf = each.leaf
        if not isinstance(leaf, Needs) or leaf.by is None or each.owner == GOAL or _comes_before(leaf):
            continue
        needed, owner = timeline.step(leaf.step), timeline.step(each.owner)
        is_open = not needed.is_done and (leaf.of is Event.FINISH or needed.status is not Status.RUNNING)
        if owner.start is None or not is_open:
            continue
        last = min(days_asked_after(owner.start.toordinal(), leaf))
        if last <= dt.date.max.toordinal():
            kind = DeadlineKind.DUTY_BY if leaf.of is Event.FINISH else DeadlineKind.START_BY
            on = dt.date.fromordinal(last)
            yield with_id(timeline, Deadline(id="", kind=kind, on=on, step=leaf.step, needed_by=each.owner))


def _comes_before(leaf: Needs) -> bool:
    return leaf.order is Order.AFTER and not leaf.lag.is_negative


def _freshness(compiled: Compiled, timeline: Timeline) -> Iterator[Deadline]:
    """How long what is done counts for the step that needs it."""
    for each in compiled.route.chosen:
        leaf = each.leaf
        if not isinstance(leaf, Needs) or leaf.within is None or each.owner == GOAL:
            continue
        needed, owner = timeline.step(leaf.step), timeline.step(each.owner)
        event = needed.finish if leaf.of is Event.FINISH else needed.start
        if event is None or owner.is_done or each.is_retrospective:
            continue
        last = add_span(leaf.within).f(event.toordinal())
        if last <= dt.date.max.toordinal():
            on = dt.date.fromordinal(last)
            yield with_id(
                timeline,
                Deadline(id="", kind=DeadlineKind.ELIGIBILITY_ENDS, on=on, step=leaf.step, needed_by=each.owner),
            )
