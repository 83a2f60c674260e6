"""The periods of one credential as JSON, for programs: the same fields as in a timeline, and what is due."""

from __future__ import annotations

from typing import Final

from career_path.formats.json_writing import json_text
from career_path.formats.unstructure import plain_fields
from career_path.model.timeline import Timeline
from career_path.views.sentences import deadline_text, lost_after

__all__ = ["RENEWALS_SCHEMA", "format_renewals"]

RENEWALS_SCHEMA: Final = "career-path/renewals/1"


def format_renewals(timeline: Timeline) -> str:
    """The JSON text of a timeline that holds one credential alone, as `renewal_timeline` makes it.

    `renewals` has every period with the fields that a plan gives it; `deadlines` those from today on, each with
    `text` and `lost_after`. It is written and not read back.
    """
    deadlines = [
        {**plain_fields(each), "text": deadline_text(each, timeline), "lost_after": lost_after(each, timeline)}
        for each in timeline.deadlines
    ]
    return json_text(
        {
            "schema": RENEWALS_SCHEMA,
            "version": timeline.version,
            "credential": timeline.pathway,
            "title": timeline.title,
            "today": timeline.today,
            "currency": timeline.cost.currency,
            "renewals": [plain_fields(each) for each in timeline.renewals],
            "deadlines": deadlines,
        }
    )
