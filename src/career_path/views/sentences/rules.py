"""A rule in words, from its name."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction
from typing import Final

from career_path.days.durations import hours_text
from career_path.model.timeline import Timeline
from career_path.views.plain import day_text, quoted_name, span_text

__all__ = ["rule_text"]

_SAID: Final = {
    "deadline": "the deadline",
    "finish-by": "the day to be done by",
    "budget": "the budget",
    "start": "the day on which you begin",
    "hours": "having no hours a week",
}
_PARTS: Final = {"opens": "the days on which you can start", "absence": "your days away around"}
_PIN: Final = re.compile(r"(choose|avoid) (\S+)\Z")
_DAYS: Final = re.compile(r"steps\.(\S+)\.(opens|absence)\Z")
_NEED: Final = re.compile(r"(?:steps\.(\S+)\.requires|goal): (.+)\Z")
_HOURS: Final = re.compile(r"hours through (\d{4}-\d\d-\d\d)\Z")
_HOLDS: Final = re.compile(r"holds ([a-z0-9._-]+)( at the start)?\Z")
_WORKED: Final = re.compile(
    r"""worked\ (?P<roles>.+)\ for\ (?P<span>P\S+)?(?:\ and\ )?(?:(?P<hours>[\d/]+)\ h)?
    (?:\ in\ (?P<last>P\S+))?(?P<each>\ counting\ each\ job)?(?:\ before\ (?P<before>\d{4}-\d\d-\d\d))?\Z""",
    re.VERBOSE,
)
_ROLE: Final = re.compile(r"'[^']*'|\"[^\"]*\"")
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
    >>> rule_text("steps.exam.requires: worked 'aide' for P12M in P3Y", made)
    'what “Exam” needs (1 year of work as aide in the last 3 years)'
    """
    if rule in _SAID:
        return _SAID[rule]
    hours = _HOURS.match(rule)
    if hours is not None:
        return f"having no hours a week after {_day(hours[1])}"
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
        return f"what {mine} needs ({_asked_text(asked, timeline)})"
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


def _asked_text(asked: str, timeline: Timeline) -> str:
    """What is to be held or worked, in words; of other things their names."""
    holds, worked = _HOLDS.match(asked), _WORKED.match(asked)
    if holds is not None:
        return f"holds {timeline.credential_name(holds[1])}{holds[2] or ''}"
    return asked if worked is None else _worked_text(worked)


def _worked_text(found: re.Match[str]) -> str:
    roles = " or ".join(each[1:-1] for each in _ROLE.findall(found["roles"]))
    hours = "" if found["hours"] is None else f"{hours_text(Fraction(found['hours']))} hours"
    measures = filter(None, ("" if found["span"] is None else _years_text(found["span"]), hours))
    last = "" if found["last"] is None else f" in the last {_years_text(found['last'])}"
    each = ", counting each job" if found["each"] else ""
    before = "" if found["before"] is None else f", counted back from {_day(found['before'])}"
    return f"{' and '.join(measures)} of work as {roles}{last}{each}{before}"


def _day(written: str) -> str:
    return day_text(dt.date.fromisoformat(written))


def _years_text(span: str) -> str:
    """A span in words, whole years of months as years."""
    months = re.fullmatch(r"P(\d+)M", span)
    years, rest = divmod(int(months[1]), 12) if months else (0, 1)
    return span_text(span if rest or not years else f"P{years}Y")
