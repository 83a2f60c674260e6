"""Whether the overlays that a timeline names are those that hold for the learner, by conditions read once more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from career_path.model.learner import Learner
from career_path.model.overlays import AppliedOverlay
from career_path.model.pathway import Pathway
from career_path.model.timeline import Timeline

__all__ = ["check_overlays"]


def check_overlays(timeline: Timeline, pathway: Pathway, learner: Learner) -> Iterator[str]:
    """A fault where the overlays differ, in which they are or in their order."""
    entered = _entered(pathway, learner, timeline.today)
    due = [each.id for each in pathway.applied]
    due += [each.id for each in pathway.overlays if _holds(each, learner, timeline.today, entered)]
    told = [each.id for each in timeline.applied]
    if told != due:
        yield f"the overlays applied are {_list(told)}, but {_list(due)} hold"


def _list(ids: list[str]) -> str:
    return ", ".join(ids) or "none"


def _entered(pathway: Pathway, learner: Learner, today: dt.date) -> dt.date:
    days: list[dt.date] = []
    for record in learner.records:
        kinds = [step.kind.value for step in pathway.steps if step.id == record.step.split("~")[0]]
        kinds += [
            str(value)
            for overlay in pathway.overlays
            for edit in overlay.steps
            if edit.id == record.step.split("~")[0]
            for name, value in edit.fields
            if name == "kind"
        ]
        if "program" in kinds:
            days += [day for day in (record.started, record.finished) if day]
    return min(days) if days else learner.start or today


def _holds(overlay: AppliedOverlay, learner: Learner, on: dt.date, entered: dt.date) -> bool:
    if overlay.is_optional and not any(name == overlay.id for name in learner.overlays):
        return False
    is_there = f"{learner.place}-".casefold().startswith(f"{overlay.where}-".casefold()) if overlay.where else True
    ends = ((on, overlay.since, overlay.until), (entered, overlay.entered_since, overlay.entered_until))
    return is_there and all((first or day) <= day <= (last or day) for day, first, last in ends)
