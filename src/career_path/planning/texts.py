"""Canonical texts of requirements and rules: the same for the same meaning, whatever the order in a document."""

from __future__ import annotations

from typing import assert_never

from career_path.days.spans import Span
from career_path.model.requirements import Aged, AllOf, AnyOf, AtLeast, Event, Holds, Leaf, Needs, Order, Requirement

__all__ = ["GOAL", "canonical", "distinct", "rule_name", "span_text"]

GOAL = ""
"""The name of the goal among the steps; no step can be called so."""


def span_text(span: Span) -> str:
    """A span in its normal form: `P60M` and `P5Y` give the same text."""
    plain = Span(months=span.total_months, days=span.total_days)
    return str(plain)


def event_text(leaf: Needs) -> str:
    """The needed event: `program`, or `start of program`."""
    return f"start of {leaf.step}" if leaf.of is Event.START else str(leaf.step)


def canonical(requirement: Requirement) -> str:
    """A text that equal requirements share, options sorted and each named once.

    >>> canonical(AnyOf("b", "a", "b"))
    'any(a; b)'
    """
    match requirement:
        case Needs():
            return _needs_text(requirement)
        case Holds():
            return f"holds {requirement.credential}{'' if requirement.throughout else ' at the start'}"
        case Aged():
            upper = "" if requirement.under is None else f" under {requirement.under}"
            return f"aged {requirement.years}{upper}"
        case AllOf():
            return f"all({_options(requirement)})"
        case AnyOf():
            return f"any({_options(requirement)})"
        case AtLeast():
            return f"at least {requirement.k}({_options(requirement)})"
        case _:  # pragma: no cover
            assert_never(requirement)


def _options(requirement: AllOf | AnyOf | AtLeast) -> str:
    return "; ".join(sorted({canonical(option) for option in requirement.of}))


def _needs_text(leaf: Needs) -> str:
    parts = [event_text(leaf)]
    if leaf.order is Order.ANY:
        parts.append("in any order")
    elif not leaf.lag.is_zero:
        parts.append(f"lag {span_text(leaf.lag)}")
    if leaf.within is not None:
        parts.append(f"within {span_text(leaf.within)}")
    if leaf.by is not None:
        parts.append(f"by {span_text(leaf.by)}")
    return " ".join(parts)


def distinct(requirement: AllOf | AnyOf | AtLeast) -> tuple[Requirement, ...]:
    """The options in canonical order, each once."""
    return tuple(option for _, option in sorted({canonical(option): option for option in requirement.of}.items()))


def rule_name(owner: str, leaf: Leaf, part: str = "") -> str:
    """The name of one rule: which step asks for what.

    >>> rule_name("exam", Needs("program", lag="P7D", within="P90D"), "within")
    'steps.exam.requires: program within P90D'
    """
    place = f"steps.{owner}.requires" if owner else "goal"
    if not isinstance(leaf, Needs):
        return f"{place}: {canonical(leaf)}"
    span: Span | None = getattr(leaf, part) if part else None
    shown = f" {part} {span_text(span)}" if span is not None and not (part == "lag" and span.is_zero) else ""
    return f"{place}: {event_text(leaf)}{shown}"
