"""The audit's own reading of when a validity ends: dates one after the other, nothing of what the planner uses."""

from __future__ import annotations

import datetime as dt

from career_path.days.day_rules import BirthMonthEnd, DayRule, MonthEnd
from career_path.days.spans import Span
from career_path.model.credentials import Credential
from career_path.model.ends import AgeEnd, EarliestOf, End, LatestOf, PaperEnd, ReplacedEnd, ShortMonth, Until, Validity
from career_path.model.learner import Learner
from career_path.model.renewal import Late, Method
from career_path.planning.audit.own_calendar import ALWAYS, DAY, NEVER, birthday, eve, first_open, later

__all__ = ["is_plain", "is_told_alone", "last_day_of"]


def is_plain(credential: Credential) -> bool:
    """Whether this reading can follow every cycle: renewed from the expiry, by one rule for all time."""
    rule = credential.renewal
    is_moved = bool(credential.changes or credential.extended) or not is_told_alone(credential.valid)
    if rule is None or is_moved:
        return not is_moved
    is_kept = rule.late is Late.KEPT or any(rung.keeps_expiry for rung in rule.lapse)
    grace = rule.grace is not None and (rule.grace.keeps_expiry or rule.grace.is_current)
    return rule.method is Method.FROM_EXPIRY and not is_kept and not grace and rule.opens is None


def is_told_alone(end: End | None) -> bool:
    """Whether an end follows from the learner and a first day, with no other paper and no work."""
    match end:
        case None | AgeEnd():
            return True
        case Validity():
            return end.month_of is None and end.counted_from is None
        case EarliestOf():
            return all(is_told_alone(each) for each in end.earliest_of)
        case LatestOf():
            return all(is_told_alone(each) for each in end.latest_of)
        case _:
            return False


def last_day_of(end: End | None, anchor: dt.date, learner: Learner, *, cycle: int = 1) -> dt.date:
    """The last day of the n-th period from an anchor; never where there is none, or where this reading ends."""
    match end:
        case Validity():
            return _last_day(end, anchor, learner, cycle)
        case EarliestOf():
            return min(last_day_of(each, anchor, learner, cycle=cycle) for each in end.earliest_of)
        case LatestOf():
            return max(last_day_of(each, anchor, learner, cycle=cycle) for each in end.latest_of)
        case AgeEnd():
            return eve(birthday(learner.born, end.until_age))
        case _:
            return _by_other(end, learner)


def _by_other(end: object, learner: Learner) -> dt.date:
    """Where another paper ends it: the eve of a recorded grant; anything more is beyond this reading."""
    held = learner.held(end.replaced_by) if isinstance(end, ReplacedEnd) else None
    return NEVER if held is None or isinstance(end, PaperEnd) else eve(held.granted)


def _last_day(valid: Validity, anchor: dt.date, learner: Learner, cycle: int) -> dt.date:
    is_one_by_one = valid.is_chained
    if not is_one_by_one:
        return _end(valid, _later(valid, anchor, cycle), learner)
    first = valid.first or valid
    last = _end(first, _later(first, anchor, 1), learner)
    for _ in range(cycle - 1):
        last = _following(valid, last, learner)
    return last


def _following(valid: Validity, last: dt.date, learner: Learner) -> dt.date:
    if NEVER in {last, _later(valid, last, 1)}:
        return NEVER
    if not valid.is_rolled:
        return _later(valid, last, 1) if valid.until is Until.ANNIVERSARY else eve(_later(valid, last + DAY, 1))
    return _hit(valid, max(last + DAY, _later(valid, last, 1)), learner)


def _end(valid: Validity, day: dt.date, learner: Learner) -> dt.date:
    if valid.until is Until.DAY_BEFORE:
        return eve(day)
    if valid.until is Until.ANNIVERSARY or day == NEVER:
        return day
    return _hit(valid, day + DAY if valid.is_after else day, learner)


def _hit(valid: Validity, day: dt.date, learner: Learner) -> dt.date:
    """The n-th day from a day on that the rule has."""
    rule: DayRule = valid.until if isinstance(valid.until, DayRule) else MonthEnd()
    held = None if valid.month_of is None else learner.held(valid.month_of)
    born = learner.born
    if held is not None:
        rule, born = BirthMonthEnd(), held.granted
    found = first_open(rule, day, born)
    for _ in range(valid.nth - 1):
        found = found if found == NEVER else first_open(rule, found + DAY, born)
    return found


def _later(valid: Validity, day: dt.date, times: int) -> dt.date:
    """The day so many spans after another; the first of the next month where that is asked for of a short one."""
    span: Span = valid.span
    if valid.short_month is ShortMonth.LAST_DAY:
        return later(day, span, times=times)
    months = later(day, Span(months=span.total_months), times=times)
    if months not in {NEVER, ALWAYS} and months.day != day.day:
        months += DAY
    return later(months, Span(days=span.total_days), times=times)
