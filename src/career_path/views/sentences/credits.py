"""Sentences about continuing education: how a ledger stands, what each slot lacks, and why something does not count."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from career_path.days.durations import hours_text
from career_path.model.assessment import ActivityCount, ActivityUse, Assessment, SlotCount, Uncounted
from career_path.model.credits import CreditRule, CreditSlot
from career_path.views.plain import day_text, joined, quoted_name, span_text

__all__ = [
    "amount_text",
    "asked_text",
    "assessment_lines",
    "counted_text",
    "slot_name",
    "slot_text",
    "uncounted_text",
    "use_text",
]


def amount_text(amount: Fraction, unit: str) -> str:
    """An amount with its unit.

    >>> amount_text(Fraction(3, 2), "credit"), amount_text(Fraction(1), "hour")
    ('1.5 credits', '1 hour')
    """
    return f"{hours_text(amount)} {_unit_text(amount, unit)}"


def _unit_text(amount: Fraction, unit: str) -> str:
    return unit if amount == 1 or unit.endswith("s") else f"{unit}s"


def asked_text(rule: CreditRule, number: int) -> str:
    """What the renewal of a number asks for, in all and of each kind, as a list.

    >>> law = CreditSlot("law", at_least=2, every=2)
    >>> asked_text(CreditRule(total=20, unit="hour", slots=[law]), 1)
    '20 hours'
    >>> asked_text(CreditRule(total=20, unit="hour", slots=[law]), 2)
    '20 hours, of these at least 2 for “law”'
    """
    due = [slot for slot in rule.slots if slot.is_due(number)]
    told = [amount_text(rule.total, rule.unit) + (", less for a part of a period" if rule.prorated else "")]
    for lead, is_extra in (("of these", False), ("besides", True)):
        parts = [_bounds_text(slot) for slot in due if slot.is_extra is is_extra]
        told += [f"{lead} {joined(parts)}"] if parts else []
    return ", ".join(told)


def _bounds_text(slot: CreditSlot) -> str:
    least = f"at least {hours_text(slot.at_least)}" if slot.at_least else ""
    most = "" if slot.at_most is None else f"at most {hours_text(slot.at_most)}"
    each = "" if slot.each is None else f" in each {span_text(str(slot.each))}"
    return f"{' and '.join(filter(None, (least, most)))} for {quoted_name(slot.name)}{each}"


def assessment_lines(assessment: Assessment) -> tuple[str, ...]:
    """How the ledger stands, from the verdict to what to think of; each line is a paragraph."""
    lines = (
        _verdict(assessment),
        _pace(assessment),
        _lost(assessment),
        _falling_out(assessment),
        _carried(assessment),
        *(
            f"No slot asks for the category {quoted_name(slip.category)}; did you mean {quoted_name(slip.nearest)}?"
            for slip in assessment.slips
        ),
    )
    return tuple(line for line in lines if line)


def _verdict(assessment: Assessment) -> str:
    unit = assessment.unit
    if assessment.is_exempt:
        return "Nothing is asked for: the first renewal is exempt."
    asked = amount_text(assessment.total, unit)
    carried = f", {hours_text(assessment.carried_in)} carried in" if assessment.carried_in else ""
    if assessment.is_met:
        return f"Done: {asked} asked for, {hours_text(assessment.counted)} counted{carried}."
    lacking = [amount_text(assessment.missing, unit)] if assessment.missing else []
    lacking += [
        f"{hours_text(slot.missing)} for {slot_name(slot, assessment)}" for slot in assessment.slots if slot.missing
    ]
    return f"Not done: {asked} asked for, {hours_text(assessment.counted)} counted{carried}; missing {joined(lacking)}."


def _pace(assessment: Assessment) -> str:
    if assessment.is_met:
        return ""
    period, last = assessment.period, day_text(assessment.period.last_day)
    if assessment.pace is None:
        before = f", before the cycle ends on {day_text(period.through)}" if period.last_day < period.through else ""
        return f"The last day was {last}{before}."
    if not assessment.needed:
        return ""
    needed = f"{hours_text(assessment.needed)} more {_unit_text(assessment.needed, assessment.unit)}"
    if assessment.months_left == 1:
        return f"At least {needed} by {last}, within a month."
    per_month = Fraction(-(-assessment.pace * 100 // 1), 100)
    about = "" if per_month == assessment.pace else "about "
    return f"At least {needed} by {last}: {about}{hours_text(per_month)} a month for {assessment.months_left} months."


def _lost(assessment: Assessment) -> str:
    over = [slot_name(slot, assessment) for slot in assessment.slots if slot.is_over and slot.missing]
    if not over or not assessment.months_left:
        return ""
    return f"Too late to make up: {joined(over)}. Ask the issuer."


def _falling_out(assessment: Assessment) -> str:
    falling = assessment.falling_out
    if not falling:
        return ""
    amount = amount_text(sum((each.counted for each in falling), Fraction()), assessment.unit)
    last = assessment.period.applied_by(assessment.on)
    first = falling[0].falls_out_on
    begins = "" if first is None else f", the first on {day_text(first)}"
    verb = "falls" if amount.startswith("1 ") else "fall"
    return f"{amount} {verb} out of the window before {day_text(last)}{begins}."


def _carried(assessment: Assessment) -> str:
    if not assessment.carry_over:
        return ""
    verb = "counts" if assessment.carry_over == 1 else "count"
    return f"{amount_text(assessment.carry_over, assessment.unit)} not needed {verb} in the next cycle."


def slot_name(slot: SlotCount, assessment: Assessment) -> str:
    """The name of a slot; of one that is asked anew in each stretch, with the days of the stretch."""
    if slot.number is None or (slot.since, slot.through) == (assessment.period.since, assessment.period.through):
        return quoted_name(slot.name)
    return f"{quoted_name(slot.name)} ({day_text(slot.since)} to {day_text(slot.through)})"


def slot_text(slot: SlotCount, assessment: Assessment) -> str:
    """What a slot asks for and what it has."""
    limits = [f"at least {hours_text(slot.at_least)}"] if slot.at_least else []
    limits += [] if slot.at_most is None else [f"at most {hours_text(slot.at_most)}"]
    late = ", too late" if slot.missing and slot.is_over else ""
    state = f"; {hours_text(slot.missing)} missing{late}" if slot.missing else "; full" if slot.is_full else ""
    return f"{slot_name(slot, assessment)}: {hours_text(slot.counted)} counted, {joined(limits)}{state}"


def use_text(use: ActivityUse, credentials: Mapping[str, str]) -> str:
    """The credentials that an activity counts for, by their names.

    >>> import datetime as dt
    >>> from career_path.model.ledger import Activity
    >>> course = Activity(date=dt.date(2027, 3, 1), title="Law", credits=2)
    >>> use_text(ActivityUse(activity=course, credentials=("cma-aama",)), {"cma-aama": "CMA (AAMA)"})
    '“CMA (AAMA)”'
    """
    return joined([quoted_name(credentials.get(each, each)) for each in use.credentials]) or "none"


def counted_text(count: ActivityCount, assessment: Assessment) -> str:
    """Where an activity counts; empty where it does not."""
    if not count.shares:
        return ""
    names = {slot.id: slot.name for slot in assessment.slots}
    of = "" if count.counted == count.worth else f" of {hours_text(count.worth or Fraction())}"
    places = ["the total" if share.slot is None else quoted_name(names[share.slot]) for share in count.shares]
    parts = [f"{hours_text(share.credits)} in {place}" for share, place in zip(count.shares, places, strict=True)]
    told = f"{hours_text(count.counted)}{of}"
    text = f"{told} in {places[0]}" if len(parts) == 1 else f"{told}: {joined(parts)}"
    over = joined([quoted_name(names[each]) for each in dict.fromkeys(count.overlays)])
    return f"{text}, also {over}" if over else text


def uncounted_text(count: ActivityCount, assessment: Assessment, credentials: Mapping[str, str] | None = None) -> str:
    """Why an activity, or the rest of it, does not count; empty where all of it does.

    `credentials` are the names of other credentials that it may count for, by their ids.
    """
    if count.why_not is None:
        return ""
    why = _why(count, count.why_not, assessment, credentials or {})
    return f"{hours_text(count.uncounted)} not counted, {why}" if count.counted else why


def _why(count: ActivityCount, why: Uncounted, assessment: Assessment, credentials: Mapping[str, str]) -> str:
    match why:
        case Uncounted.ELSEWHERE:
            others = joined([quoted_name(credentials.get(each, each)) for each in count.elsewhere])
            return f"counts for {others} instead, and may not count for both"
        case Uncounted.UNKNOWN_UNIT:
            return f"the rule does not say what one {quoted_name(count.activity.unit)} is worth"
        case Uncounted.LATER_THAN_TODAY:
            return f"later than {day_text(assessment.on)}"
        case Uncounted.AT_MOST:
            names = {slot.id: slot.name for slot in assessment.slots}
            return f"{joined([quoted_name(names[each]) for each in dict.fromkeys(count.full)])} can hold no more"
        case _:
            return _PLAIN[why]


_PLAIN: Final = {
    Uncounted.BEFORE_WINDOW: "before the days that count",
    Uncounted.AFTER_WINDOW: "after the last day of the cycle",
    Uncounted.NOT_ACCEPTED: "not of a kind that the rule accepts",
    Uncounted.TOO_SMALL: "less than the least that counts",
    Uncounted.NOT_NEEDED: "not needed",
}
