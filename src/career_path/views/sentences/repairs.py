"""What would help, in a few words."""

from __future__ import annotations

from typing import Final, assert_never

from career_path.planning.repairs import Repair, RepairKind
from career_path.views.plain import day_text, days_text, joined, money_text, quoted_name

__all__ = ["repair_text"]

_MOST_TOLD: Final = 3


def repair_text(repair: Repair) -> str:
    """What to change, and when all is done then.

    >>> import datetime as dt
    >>> from career_path import Learner, Pathway, Step, repairs
    >>> school = Pathway("p", goal="school", steps=[Step("school", takes="P30D", cost=0)])
    >>> late = Learner(start=dt.date(2027, 3, 1), deadline=dt.date(2027, 3, 21))
    >>> [repair_text(each) for each in repairs(school, late, today=dt.date(2027, 1, 4))]
    ['start 10 days earlier, on 19 Feb 2027: done by 21 Mar 2027', '10 days more time: done by 31 Mar 2027']
    """
    finish = repair.timeline.finish
    return f"{_change(repair)}: done by {day_text(finish)}" if finish is not None else _change(repair)


def _change(repair: Repair) -> str:  # noqa: C901, PLR0911 (a line per kind)
    match repair.kind:
        case RepairKind.START:
            on = "" if repair.learner.start is None else f", on {day_text(repair.learner.start)}"
            return f"start {days_text(repair.days or 0)} earlier{on}"
        case RepairKind.HOURS:
            return f"{repair.hours} {'hour' if repair.hours == 1 else 'hours'} a week more"
        case RepairKind.ABSENCE:
            assert repair.absence is not None
            first, last = repair.absence.from_, repair.absence.through
            return f"be there from {day_text(first)} to {day_text(last)}"
        case RepairKind.DEADLINE:
            return f"{days_text(repair.days or 0)} more time"
        case RepairKind.BUDGET:
            assert repair.amount is not None
            return f"{money_text(repair.amount, repair.timeline.cost.currency)} more budget"
        case RepairKind.CHOOSE:
            return f"do not insist on {quoted_name(_name(repair))}{_instead(repair)}"
        case RepairKind.AVOID:
            return f"do not avoid {quoted_name(_name(repair))}"
        case RepairKind.ROUTE:
            return _freed(repair)
        case RepairKind.COHORT:
            assert repair.on is not None
            return (
                f"another start of {quoted_name(repair.timeline.name_of(repair.step or ''))}, on {day_text(repair.on)}"
            )
        case _:  # pragma: no cover
            assert_never(repair.kind)


def _freed(repair: Repair) -> str:
    """All pins that go, what was chosen apart from what was avoided."""
    pins = (repair.chosen, repair.avoided)
    chosen, avoided = (joined([quoted_name(_name_of(repair, pin)) for pin in each]) for each in pins)
    if chosen and avoided:
        return f"neither choose {chosen} nor avoid {avoided}"
    return f"do not avoid {avoided}" if avoided else f"do not insist on {chosen}{_instead(repair)}"


def _instead(repair: Repair) -> str:
    """What comes in place of it, if that is little enough to be told."""
    names = [quoted_name(repair.timeline.name_of(step)) for step in repair.instead]
    return f", with {joined(names)} instead" if 0 < len(names) <= _MOST_TOLD else ""


def _name(repair: Repair) -> str:
    return _name_of(repair, repair.pin or "")


def _name_of(repair: Repair, any_id: str) -> str:
    """The title of a step or credential, which the plan need not have."""
    names = {str(credential.id): credential.name for credential in repair.pathway.credentials}
    names.update((str(step.id), step.name) for step in repair.pathway.steps)
    return names.get(any_id, repair.timeline.name_of(any_id))
