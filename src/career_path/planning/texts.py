"""Names of rules: the same for the same meaning, whatever the order in a document."""

from __future__ import annotations

from career_path.days.spans import Span
from career_path.model.requirements import Leaf, Needs, canonical, event_text, span_text
from career_path.model.text import step_of

__all__ = ["GOAL", "rule_name"]

GOAL = ""
"""The name of the goal among the steps; no step can be called so."""


def rule_name(owner: str, leaf: Leaf, part: str = "") -> str:
    """The name of one rule: which step asks for what, whichever time it is done.

    >>> rule_name("exam", Needs("program", lag="P7D", within="P90D"), "within")
    'steps.exam.requires: program within P90D'
    """
    place = f"steps.{step_of(owner)}.requires" if owner else "goal"
    if not isinstance(leaf, Needs):
        return f"{place}: {canonical(leaf)}"
    if part == "rounds":
        return f"{place}: {event_text(leaf)} in rounds"
    span: Span | None = getattr(leaf, part) if part else None
    shown = f" {part} {span_text(span)}" if span is not None and not (part == "lag" and span.is_zero) else ""
    return f"{place}: {event_text(leaf)}{shown}"
