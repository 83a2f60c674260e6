"""One plan from question to output. Everything is worked out first and written last, so a failure writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import attrs

from career_path import files
from career_path.cli.terminal import NO_PLAN, show_bytes, show_errors, show_text, terminal_style
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway
from career_path.model.timeline import NoRouteError, Timeline
from career_path.planning import Objective, plan
from career_path.views.sentences import conflict_text

__all__ = ["Request", "answer"]


@attrs.frozen(kw_only=True)
class Request:
    """A plan that was asked for, and where its texts go; without `output`, to the screen."""

    pathway: Pathway
    learner: Learner
    today: dt.date
    objective: Objective
    finish_by: dt.date | None
    shape: Literal["table", "json", "ics"]
    output: str | None
    calendar: str | None
    revision: int

    def plan_for(self, learner: Learner) -> Timeline:
        """The plan for this or a changed learner."""
        return plan(self.pathway, learner, today=self.today, objective=self.objective, finish_by=self.finish_by)


def answer(request: Request) -> int:
    """Write the plan; 0, or 1 where it has conflicts or there is none."""
    try:
        timeline = request.plan_for(request.learner)
    except NoRouteError as error:
        timeline = error.timeline
    texts = {path: _text(shape, timeline, request) for path, shape in _targets(request, timeline)}
    for path, text in texts.items():
        if path is not None:
            files.write_text(Path(path), text)
    if None in texts:
        _show(texts[None], request.shape)
    if request.output or request.shape != "table":
        show_errors(conflict_text(conflict, timeline) for conflict in timeline.conflicts)
    return NO_PLAN if timeline.conflicts or timeline.finish is None else 0


def _targets(request: Request, timeline: Timeline) -> Iterator[tuple[str | None, str]]:
    """Where to write what; None is the screen. Without a plan there is no calendar."""
    wanted = [(request.output, request.shape), *([(request.calendar, "ics")] if request.calendar else [])]
    for path, shape in wanted:
        if shape == "ics" and timeline.finish is None:
            show_errors([f"{path or 'standard output'}: no calendar is written, because there is no plan"])
        else:
            yield path, shape


def _text(shape: str, timeline: Timeline, request: Request) -> str:
    # Each format is imported only when it is asked for: a program that reads JSON need not wait for rich.
    if shape == "json":
        from career_path.formats.documents import format_timeline  # noqa: PLC0415

        return format_timeline(timeline, syntax="json")
    if shape == "ics":
        from career_path.formats.icalendar import format_calendar  # noqa: PLC0415

        return format_calendar(timeline, revision=request.revision)
    return _table(timeline, request)


def _table(timeline: Timeline, request: Request) -> str:
    from career_path.cli.alternatives import alternatives  # noqa: PLC0415
    from career_path.views.table import plan_table  # noqa: PLC0415

    others = alternatives(timeline, request.pathway, request.learner, request.plan_for)
    if request.output:
        return plan_table(timeline, alternatives=others)
    width, has_color = terminal_style()
    return plan_table(timeline, alternatives=others, width=width, has_color=has_color)


def _show(text: str, shape: str) -> None:
    if shape == "table":
        show_text(text)
    else:
        show_bytes(text.encode())
