"""A rule in words, from its name."""

from __future__ import annotations

import re
from typing import Final

from career_path.model.timeline import Timeline
from career_path.views.plain import quoted_name, span_text

__all__ = ["rule_text"]

_SAID: Final = {
    "deadline": "the deadline",
    "finish-by": "the day to be done by",
    "budget": "the budget",
    "start": "the day on which you begin",
}
_PARTS: Final = {"opens": "the days on which you can start", "absence": "your days away around"}
_PIN: Final = re.compile(r"(choose|avoid) (\S+)\Z")
_DAYS: Final = re.compile(r"steps\.(\S+)\.(opens|absence)\Z")
_NEED: Final = re.compile(r"(?:steps\.(\S+)\.requires|goal): (.+)\Z")
_EVENT: Final = re.compile(r"(start of )?([a-z0-9._-]+)(?: (lag|within|by) (-?P\S+)| (in rounds))?\Z")


def rule_text(rule: str, timeline: Timeline) -> str:
    """What a rule says, as a noun; its name where it has no simple words.

    >>> import datetime as dt
    >>> from career_path import Learner, Pathway, Step, plan
    >>> steps = [Step("bls", title="BLS course"), Step("exam", title="Exam", requires="bls")]
    >>> made = plan(Pathway("p", goal="exam", steps=steps), Learner(), today=dt.date(2027, 1, 4))
    >>> rule_text("steps.exam.requires: bls within P90D", made)
    '“BLS course” at most 90 days old for “Exam”'
    >>> rule_text("avoid bls", made), rule_text("steps.exam.requires: aged 18", made)
    ('avoiding “BLS course”', 'what “Exam” needs (aged 18)')
    """
    if rule in _SAID:
        return _SAID[rule]
    pin, days, need = _PIN.match(rule), _DAYS.match(rule), _NEED.match(rule)
    if pin is not None:
        return f"{'choosing' if pin[1] == 'choose' else 'avoiding'} {_named(pin[2], timeline)}"
    if days is not None:
        return f"{_PARTS[days[2]]} {_named(days[1], timeline)}"
    return rule if need is None else _need_text(need[1], need[2], timeline)


def _named(any_id: str, timeline: Timeline) -> str:
    return quoted_name(timeline.name_of(any_id))


def _need_text(owner: str | None, asked: str, timeline: Timeline) -> str:  # noqa: PLR0911 (a line per kind)
    mine = "the goal" if owner is None else _named(owner, timeline)
    found = _EVENT.match(asked)
    if found is None:
        return f"what {mine} needs ({asked})"
    start, step, part, span, rounds = found.groups()
    other = f"{'the start of ' if start else ''}{_named(step, timeline)}"
    if rounds:
        return f"the rounds of {mine}"
    match part:
        case "within":
            return f"{other} at most {span_text(span)} old for {mine}"
        case "by":
            return f"{other} within {span_text(span)} after {mine} starts"
        case "lag" if span.startswith("-"):
            return f"{mine} at most {span_text(span)} before {other}"
        case "lag":
            return f"{span_text(span)} from {other} to {mine}"
        case _:
            return f"{other} before {mine}"
