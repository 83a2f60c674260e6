"""Names of rules: the same for the same meaning, whatever the order in a document."""

from __future__ import annotations

import re
from typing import Final

import attrs

from career_path.days.spans import Span
from career_path.model.pathway import Pathway
from career_path.model.requirements import Leaf, Needs, canonical, event_text, span_text
from career_path.model.text import step_of
from career_path.model.timeline import Timeline

__all__ = ["GOAL", "rule_name", "with_rule_names"]

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


_BETWEEN: Final = re.compile(r"[\s():;]+|\bsteps\.|\.(?:requires|opens|absence|retakes)(?=[\s:]|\Z)")
"""What stands between the ids and other words in the name of a rule."""


def with_rule_names(timeline: Timeline, pathway: Pathway) -> Timeline:
    """The timeline with the names of all steps and credentials that rules of its conflicts speak of.

    A plan has the names of what is in it, and a rule that stands in the way may speak of what is in no plan.
    """
    found = {word for each in timeline.conflicts for rule in each.rules for word in _BETWEEN.split(rule)}
    papers = {each.id: each.name for each in pathway.credentials if each.id in found}
    steps = {each.id: each.name for each in pathway.steps if each.id in found}
    shared = {name: papers[name] for name in papers.keys() & steps.keys()}
    return attrs.evolve(
        timeline,
        names=tuple(sorted((papers | steps | dict(timeline.names)).items())),
        credential_names=tuple(sorted((shared | dict(timeline.credential_names)).items())),
    )
