"""How one plan differs from another as JSON, for programs: the values, and sentences beside them."""

from __future__ import annotations

from typing import Final

from career_path.formats.gate import Table
from career_path.formats.json_writing import json_text
from career_path.formats.unstructure import amount_text, plain_fields
from career_path.model.differences import DeadlineDiff, StepDiff
from career_path.model.timeline import Timeline
from career_path.version import VERSION
from career_path.views.differences import deadline_difference, difference_lines
from career_path.views.sentences import conflict_text, overlay_text, reason_text

__all__ = ["DIFF_SCHEMA", "format_diff"]

DIFF_SCHEMA: Final = "career-path/diff/1"


def format_diff(old: Timeline, new: Timeline) -> str:
    """The JSON text of the differences between two plans; it is written and not read back.

    >>> import datetime as dt, json
    >>> from career_path import Learner, Pathway, Step, plan
    >>> path, today = Pathway("p", goal="school", steps=[Step("school", takes="P9M")]), dt.date(2027, 1, 4)
    >>> old, new = plan(path, Learner(), today=today), plan(path, Learner(start=dt.date(2027, 1, 11)), today=today)
    >>> [(each["step"], each["days"]) for each in json.loads(format_diff(old, new))["steps"]]
    [('school', 7)]
    """
    found = old.diff(new)
    return json_text(
        {
            "schema": DIFF_SCHEMA,
            "version": VERSION,
            "pathway": new.pathway,
            "learner": new.learner,
            "old_finish": found.old_finish,
            "new_finish": found.new_finish,
            "days": found.days,
            "cost": None if found.cost is None else {"amount": amount_text(found.cost), "currency": found.currency},
            "steps": [_step(each, old, new) for each in found.steps],
            "credentials": [plain_fields(each) for each in found.credentials],
            "deadlines": [_deadline(each, old, new) for each in found.deadlines],
            "new_conflicts": [{**plain_fields(each), "text": conflict_text(each, new)} for each in found.new_conflicts],
            "solved": [{**plain_fields(each), "text": conflict_text(each, old)} for each in found.solved],
            "new_overlays": [{**plain_fields(each), "text": overlay_text(each)} for each in found.new_overlays],
            "old_overlays": [{**plain_fields(each), "text": overlay_text(each)} for each in found.old_overlays],
            "text": list(difference_lines(old, new)),
        }
    )


def _step(each: StepDiff, old: Timeline, new: Timeline) -> Table:
    reason = None
    if each.reason is not None:
        timeline = old if each.is_lifted else new
        text = reason_text(each.reason, timeline.step(each.step), timeline)
        reason = {**plain_fields(each.reason), "text": text}
    return {**plain_fields(each), "reason": reason}


def _deadline(each: DeadlineDiff, old: Timeline, new: Timeline) -> Table:
    before, after = (None if due is None else plain_fields(due) for due in (each.old, each.new))
    return {"old": before, "new": after, "days": each.days, "text": deadline_difference(each, old, new)}
