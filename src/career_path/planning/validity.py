"""How long papers hold: the last day of a validity from the day it is counted from."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple, assert_never

from career_path.days.day_rules import DayRule, MonthEnd
from career_path.days.numbers import FIRST, LAST, NEVER
from career_path.days.rules import Rule, add_span, roll_to, shift
from career_path.days.spans import Span
from career_path.errors import DocumentError, Fault
from career_path.model.learner import Held
from career_path.model.pathway import Credential, Until, Validity

__all__ = ["Period", "bind_birth", "current_period", "expiry"]


class Period(NamedTuple):
    """An unbroken stretch of validity, both ends included; `number` counts its cycles. `through` may be `NEVER`."""

    start: int
    through: int
    number: int
    valid_from: int


def bind_birth(rule: DayRule, born: dt.date | None, path: str) -> DayRule:
    """The same days for this learner.

    Raises:
        DocumentError: the days depend on a birth date that is not known.
    """
    if born is not None:
        return rule.for_birth(born)
    if rule.needs_birth_date:
        fault = Fault("missing", "born", "nothing", f"the learner's birth date, because of {path}")
        raise DocumentError((fault,), "learner")
    return rule


def expiry(credential: Credential, born: dt.date | None, *, cycle: int = 1) -> Rule | None:
    """From the anchor of a credential to the last day of its n-th validity period; None if it never ends.

    The n-th period is counted from the anchor by n spans at once, so a month end stays a month end.
    """
    valid = credential.valid
    if valid is None:
        return None
    length = add_span(_times(valid, cycle))
    match valid.until:
        case Until.DAY_BEFORE:
            return length.then(shift(-1))
        case Until.ANNIVERSARY:
            return length
        case Until.MONTH_END:
            return length.then(roll_to(MonthEnd()))
        case DayRule():
            return length.then(roll_to(bind_birth(valid.until, born, f"credentials.{credential.id}.valid")))
        case _:  # pragma: no cover
            assert_never(valid.until)


def _times(valid: Validity, cycle: int) -> Span:
    months, days = valid.span.total_months * cycle, valid.span.total_days * cycle
    try:
        return Span(months=months, days=days)
    except ValueError:  # more than a century in all: past every horizon
        return Span(months=1200, days=36_525)


def current_period(credential: Credential, held: Held, born: dt.date | None) -> Period:
    """The last unbroken stretch in which a held credential is valid.

    A renewal on or before the last day counts from the first anchor; a later one starts a new period.
    """
    anchor = start = valid_from = held.granted.toordinal()
    number = 1
    through = _through(credential, born, anchor, number)
    for day in (renewed.toordinal() for renewed in held.renewed):
        if through > LAST:
            continue  # what never ends is not renewed into another period
        if day <= through:
            number += 1
        else:
            anchor = start = valid_from = day
            number = 1
        ends = _through(credential, born, anchor, number)
        if number > 1:  # a rolled last day can be the same for two cycles
            valid_from = through + 1 if ends > through else day
        through = ends
    return Period(start, through, number, valid_from)


def _through(credential: Credential, born: dt.date | None, anchor: int, number: int) -> int:
    rule = expiry(credential, born, cycle=number)
    return NEVER if rule is None else max(rule.f(anchor), FIRST)
