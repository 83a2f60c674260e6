"""An assessment of continuing education as JSON, for programs: the values, and sentences beside them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from career_path.formats.gate import MOST_DIGITS, Table
from career_path.formats.json_writing import json_text
from career_path.model.assessment import ActivityCount, Assessment, JointAssessment, SlotCount
from career_path.model.ledger import Activity
from career_path.views.sentences.credits import assessment_lines, slot_text, uncounted_text

__all__ = ["ASSESSMENT_SCHEMA", "format_assessment", "format_joint_assessment"]

ASSESSMENT_SCHEMA: Final = "career-path/credits/1"


def format_assessment(assessment: Assessment) -> str:
    """The JSON text of an assessment; it is written and not read back, because the ledger tells it anew.

    Amounts are exact: a number, or text such as `"10/3"` where no decimal number is exact. `text` are the sentences
    that people read.

    >>> import datetime as dt, json
    >>> from career_path.model.credits import CreditPeriod, CreditRule
    >>> from career_path.model.ledger import Ledger
    >>> from career_path.planning.credits import assess
    >>> year = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2027, 12, 31))
    >>> now = assess(CreditRule(total=12), Ledger(), period=year, on=dt.date(2027, 9, 1))
    >>> json.loads(format_assessment(now))["pace"]
    3
    """
    return json_text({"schema": ASSESSMENT_SCHEMA, **_assessment(assessment, {})})


def format_joint_assessment(joint: JointAssessment) -> str:
    """The JSON text of the assessments of several credentials.

    `credentials` has each with its id, its name and the fields of an assessment; `activities` those of the ledger by
    day, each with the `credentials` that it counts for.

    >>> import datetime as dt, json
    >>> from career_path.model.credits import CreditCycle, CreditPeriod, CreditRule
    >>> from career_path.model.ledger import Ledger
    >>> from career_path.planning.joint_credits import assess_all
    >>> year = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2027, 12, 31))
    >>> cycle = CreditCycle("cma", rule=CreditRule(total=12), period=year)
    >>> now = assess_all([cycle], Ledger(), on=dt.date(2027, 9, 1))
    >>> [(each["credential"], each["missing"]) for each in json.loads(format_joint_assessment(now))["credentials"]]
    [('cma', 12)]
    """
    names = {each.credential: each.name for each in joint.credentials}
    return json_text(
        {
            "schema": ASSESSMENT_SCHEMA,
            "on": joint.on,
            "met": joint.is_met,
            "shortfall": _exact(joint.shortfall),
            "credentials": [
                {"credential": each.credential, "title": each.name, **_assessment(each.assessment, names)}
                for each in joint.credentials
            ],
            "activities": [{**_told(each.activity), "credentials": each.credentials} for each in joint.activities],
        }
    )


def _assessment(assessment: Assessment, names: Mapping[str, str]) -> Table:
    period = assessment.period
    return {
        "unit": assessment.unit,
        "since": period.since,
        "through": period.through,
        "by": period.last_day,
        "number": period.number,
        "held_since": period.held_since,
        "on": assessment.on,
        "exempt": assessment.is_exempt,
        "met": assessment.is_met,
        "lost": assessment.is_lost,
        "total": _exact(assessment.total),
        "carried_in": _exact(assessment.carried_in),
        "counted": _exact(assessment.counted),
        "missing": _exact(assessment.missing),
        "shortfall": _exact(assessment.shortfall),
        "needed": _exact(assessment.needed),
        "months_left": assessment.months_left,
        "pace": None if assessment.pace is None else _exact(assessment.pace),
        "carry_over": _exact(assessment.carry_over),
        "slots": [_slot(each, assessment) for each in assessment.slots],
        "activities": [_activity(each, assessment, names) for each in assessment.activities],
        "slips": [{"category": each.category, "nearest": each.nearest} for each in assessment.slips],
        "text": assessment_lines(assessment),
    }


def _slot(slot: SlotCount, assessment: Assessment) -> Table:
    return {
        "id": slot.id,
        "number": slot.number,
        "since": slot.since,
        "through": slot.through,
        "overlay": slot.is_overlay,
        "at_least": _exact(slot.at_least),
        "at_most": None if slot.at_most is None else _exact(slot.at_most),
        "counted": _exact(slot.counted),
        "missing": _exact(slot.missing),
        "over": slot.is_over,
        "text": slot_text(slot, assessment),
    }


def _told(activity: Activity) -> Table:
    return {
        "date": activity.date,
        "title": activity.title,
        "credits": _exact(activity.credits),
        "unit": activity.unit,
        "category": activity.category,
        "approved_by": activity.approved_by,
        "tags": activity.tags,
    }


def _activity(count: ActivityCount, assessment: Assessment, names: Mapping[str, str]) -> Table:
    return {
        **_told(count.activity),
        "unit": count.activity.unit or assessment.unit,
        "worth": None if count.worth is None else _exact(count.worth),
        "counted": _exact(count.counted),
        "slots": [{"slot": share.slot, "credits": _exact(share.credits)} for share in count.shares],
        "overlays": count.overlays,
        "why_not": None if count.why_not is None else count.why_not.value,
        "full": count.full,
        "elsewhere": count.elsewhere,
        "falls_out_on": count.falls_out_on,
        "text": uncounted_text(count, assessment, names),
    }


def _exact(amount: Fraction) -> int | Decimal | str:
    if amount.denominator == 1:
        return amount.numerator
    number = Decimal(amount.numerator) / Decimal(amount.denominator)
    is_exact = Fraction(number) == amount and Decimal(repr(float(number))) == number
    return number if is_exact and len(number.as_tuple().digits) <= MOST_DIGITS else str(amount)
