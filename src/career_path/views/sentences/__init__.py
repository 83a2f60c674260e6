"""Sentences about a timeline, in plain text: the same for the terminal, the calendar, JSON and pages.

Every date in a plan has reasons, every deadline a loss behind it. The values say so in ids and rules; here, and only
here, they become words. Titles are taken as they are: whoever shows a sentence makes it safe for the place it goes to.
Each is loaded when first used: a calendar tells deadlines and reasons, and nothing of what might be changed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from career_path.views.sentences.deadlines import deadline_text, lost_after, reminder_text, short_deadline
    from career_path.views.sentences.overlays import overlay_text, rules_lines
    from career_path.views.sentences.reasons import reason_text, short_reason
    from career_path.views.sentences.remarks import (
        conflict_text,
        cost_text,
        difference_text,
        finish_text,
        notice_text,
        slack_text,
        unsure_text,
    )
    from career_path.views.sentences.renewals import no_way_text, open_cycle, way_text
    from career_path.views.sentences.repairs import repair_text
    from career_path.views.sentences.why import ChainText, WhyText, own_why_text, why_lines, why_text
    from career_path.views.sentences.why_not import why_not_chain, why_not_lines
    from career_path.views.sentences.workload import load_text, share_text, week_hours_text, weeks_text

_HOMES: Final = {
    "deadlines": "deadline_text lost_after reminder_text short_deadline",
    "overlays": "overlay_text rules_lines",
    "reasons": "reason_text short_reason",
    "remarks": "conflict_text cost_text difference_text finish_text notice_text slack_text unsure_text",
    "renewals": "no_way_text open_cycle way_text",
    "repairs": "repair_text",
    "why": "ChainText WhyText own_why_text why_lines why_text",
    "why_not": "why_not_chain why_not_lines",
    "workload": "load_text share_text week_hours_text weeks_text",
}
_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "ChainText",
    "WhyText",
    "conflict_text",
    "cost_text",
    "deadline_text",
    "difference_text",
    "finish_text",
    "load_text",
    "lost_after",
    "no_way_text",
    "notice_text",
    "open_cycle",
    "overlay_text",
    "own_why_text",
    "reason_text",
    "reminder_text",
    "repair_text",
    "rules_lines",
    "share_text",
    "short_deadline",
    "short_reason",
    "slack_text",
    "unsure_text",
    "way_text",
    "week_hours_text",
    "weeks_text",
    "why_lines",
    "why_not_chain",
    "why_not_lines",
    "why_text",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        message = f"module '{__name__}' has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value
