"""The audit's own reading of when a validity ends: dates one after the other, nothing of what the planner uses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import count, islice

import attrs

from career_path.days.day_rules import Birthday, BirthMonthEnd, DayOfYear, DayRule, MonthEnd, Years
from career_path.days.spans import Span
from career_path.model.credentials import Credential
from career_path.model.ends import (
    AgeEnd,
    Case,
    Cases,
    EarliestOf,
    End,
    IdleEnd,
    LatestOf,
    PaperEnd,
    ReplacedEnd,
    ShortMonth,
    Until,
    Validity,
)
from career_path.model.learner import Employment, Learner
from career_path.model.renewal import Late, Method
from career_path.planning.audit.own_calendar import (
    ALWAYS,
    NEVER,
    birthday,
    days_until,
    eve,
    first_open,
    later,
    next_day,
)

__all__ = [
    "Asked",
    "From",
    "Stretch",
    "Unjudged",
    "hit",
    "is_known",
    "is_plain",
    "is_told_alone",
    "last_day_of",
    "last_days",
    "nth_last_day",
]


class Unjudged(Exception):  # noqa: N818 (no error of anybody: it never leaves the audit)
    """This reading cannot say what a rule asks for: something about the learner is not known."""


@attrs.frozen
class From:
    """From where a period counts: it is the n-th from an anchor, which may itself be the last day of a period.

    From the day of a renewal on there is no first period any more (`has_first`).
    """

    anchor: dt.date
    nth: int = 1
    is_end: bool = False
    has_first: bool = True


Stretch = tuple[dt.date, dt.date]
"""First and last day of an unbroken validity."""


def _no_other(_: str) -> tuple[Stretch, ...]:
    return ()


@attrs.frozen(eq=False)
class Asked:
    """What an end may ask for: the learner, and the stretches in which another paper of the learner holds."""

    learner: Learner
    stretches: Callable[[str], tuple[Stretch, ...]] = _no_other

    def granted(self, credential_id: str) -> dt.date:
        """When the learner got another credential."""
        held = self.learner.held(credential_id)
        if held is None:
            raise Unjudged
        return held.granted


def is_plain(credential: Credential) -> bool:
    """Whether every cycle is renewed from the expiry, by one rule for all time."""
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
    try:
        return nth_last_day(end, From(anchor, cycle), Asked(learner))
    except Unjudged:
        return NEVER


def nth_last_day(end: End | None, start: From, asked: Asked) -> dt.date:
    """The last day of the period that counts from there; never for one without an end.

    Raises:
        Unjudged: it hangs on something about the learner that is not known, or lies outside its greatest length.
    """
    match end:
        case None:
            return NEVER
        case Validity():
            return _validity(end, start, asked)
        case EarliestOf():
            return min(nth_last_day(each, start, asked) for each in end.earliest_of)
        case LatestOf():
            return _latest(end, start, asked)
        case Cases():
            return _by_case(end, start, asked)
        case _:
            return _by_event(end, start, asked)


def last_days(end: End | None, anchor: dt.date, asked: Asked) -> Iterator[dt.date]:
    """The last day of each period that counts from a day, one after the other; without end.

    Raises:
        Unjudged: as `nth_last_day`.
    """
    match end:
        case EarliestOf():
            for days in zip(*(last_days(each, anchor, asked) for each in end.earliest_of), strict=True):
                yield min(days)
        case Cases():
            yield from _by_cases(end, From(anchor), asked)
        case Validity() if end.is_chained:
            start = From(anchor)
            while True:
                last = nth_last_day(end, start, asked)
                yield last
                start = _next(end, start, last)
        case _:
            yield from (nth_last_day(end, From(anchor, number), asked) for number in count(1))


def _latest(end: LatestOf, start: From, asked: Asked) -> dt.date:
    """The last of several; another paper prolongs what still holds when it begins, and takes up nothing lapsed."""
    own = [nth_last_day(each, start, asked) for each in end.latest_of if not isinstance(each, PaperEnd)]
    papers = [each for each in end.latest_of if isinstance(each, PaperEnd)]
    if not own or not papers:
        return max(nth_last_day(each, start, asked) for each in end.latest_of)
    last = max(own)
    for first, through in sorted(stretch for each in papers for stretch in asked.stretches(each.ends_with)):
        if first <= next_day(last):
            last = max(last, through)
    return last


def _by_case(end: Cases, start: From, asked: Asked) -> dt.date:
    """One period after the other, each by the case of its first day; one that takes over counts from the last end."""
    return next(islice(_by_cases(end, start, asked), start.nth - 1, None))


def _by_cases(end: Cases, start: From, asked: Asked) -> Iterator[dt.date]:
    begins = next_day(start.anchor) if start.is_end else start.anchor
    last, at, before = start.anchor, attrs.evolve(start, nth=1), None
    while last < NEVER:
        chosen = next((each for each in end.cases if _is_so(each, begins, asked)), None)
        if chosen is None:
            raise Unjudged
        if before is not None:
            at = _next(chosen.valid, at, last) if chosen is before else From(last, is_end=True)
        before, last = chosen, nth_last_day(chosen.valid, at, asked)
        yield last
        begins = next_day(last)
    while True:
        yield NEVER


def _next(end: End | None, start: From, last: dt.date) -> From:
    """From where the next period counts: where each counts from the one before, from its last day."""
    is_chained = isinstance(end, Validity) and end.is_chained
    return From(last, is_end=True) if is_chained else attrs.evolve(start, nth=start.nth + 1)


def _is_so(case: Case, day: dt.date, asked: Asked) -> bool:
    """Whether every condition of a case holds on a day."""
    born, facts = asked.learner.born, {fact.name: fact.value for fact in asked.learner.facts}
    is_early = case.before is None or day < case.before
    if not is_early:
        return False
    if case.under_age is not None:
        if born is None:
            raise Unjudged
        if day >= birthday(born, case.under_age):
            return False
    if case.fact is None:
        return True
    if case.fact not in facts:
        raise Unjudged
    value = facts[case.fact]
    return (str(value).lower() if isinstance(value, bool) else str(value)) == case.is_


def _by_event(end: AgeEnd | PaperEnd | ReplacedEnd | IdleEnd, start: From, asked: Asked) -> dt.date:
    """The eve of a birthday, the last day of another paper, the eve of its grant, or a time without work."""
    match end:
        case IdleEnd():
            return _idle(end, start.anchor, asked.learner.employment)
        case AgeEnd():
            if asked.learner.born is None:
                raise Unjudged
            return eve(birthday(asked.learner.born, end.until_age))
        case PaperEnd():
            asked.granted(end.ends_with)
            return max((through for _, through in asked.stretches(end.ends_with)), default=NEVER)
        case ReplacedEnd():
            held = asked.learner.held(end.replaced_by)
            return NEVER if held is None else eve(held.granted)


def _validity(valid: Validity, start: From, asked: Asked) -> dt.date:
    if start.anchor == NEVER:
        return NEVER
    if not valid.is_chained:
        return _counted_at_once(valid, start, asked)
    if start.is_end:
        last, left = start.anchor, start.nth
    else:
        first = (valid.first if start.has_first else None) or valid
        end, left = _end(first, _moved(first, start.anchor, 1), asked), start.nth - 1
        last = _within_limit(first, start.anchor, end)
    for _ in range(left):
        last = _following(valid, last, asked)
    return last


def _counted_at_once(valid: Validity, start: From, asked: Asked) -> dt.date:
    """So many spans from the anchor at once, however many; no period is longer than its greatest length."""
    if start.is_end and valid.until is Until.DAY_BEFORE:
        return eve(_moved(valid, next_day(start.anchor), start.nth))
    last = _end(valid, _moved(valid, start.anchor, start.nth), asked)
    begun = _moved(valid, start.anchor, start.nth - 1) if start.nth > 1 else start.anchor
    return _within_limit(valid, begun, last)


def _following(valid: Validity, last: dt.date, asked: Asked) -> dt.date:
    """From one last day to the next: a span on, and where it is rolled, never the same day again."""
    moved = _moved(valid, last, 1)
    if NEVER in {last, moved}:
        return NEVER
    if valid.is_rolled:
        if isinstance(valid.until, Birthday) and not (7 * valid.span.weeks + valid.span.days):
            moved = _moved(valid, eve(last), 1)  # a 1 March that stands for 29 February must not miss the next one
        return _within_limit(valid, last, hit(valid, max(next_day(last), moved), asked))
    return moved if valid.until is Until.ANNIVERSARY else eve(_moved(valid, next_day(last), 1))


def _within_limit(valid: Validity, begun: dt.date, last: dt.date) -> dt.date:
    """The last day, if the period is not longer than its greatest length; whole months reach to a month end."""
    if valid.at_most is not None and last < NEVER:
        limit = later(begun, valid.at_most)
        if last > (limit if valid.at_most.total_days else first_open(MonthEnd(), limit, None)):
            raise Unjudged
    return last


def _end(valid: Validity, day: dt.date, asked: Asked) -> dt.date:
    if day == NEVER:
        return NEVER
    if valid.until is Until.DAY_BEFORE:
        return eve(day)
    if valid.until is Until.ANNIVERSARY:
        return day
    return hit(valid, next_day(day) if valid.is_after else day, asked)


def hit(valid: Validity, day: dt.date, asked: Asked) -> dt.date:
    """The n-th day from a day on that the rule of a validity has."""
    rule: DayRule = valid.until if isinstance(valid.until, DayRule) else MonthEnd()
    born = asked.learner.born
    if valid.month_of is not None:
        rule, born = BirthMonthEnd(), asked.granted(valid.month_of)
    if not is_known(rule, born):
        raise Unjudged
    found = first_open(rule, day, born)
    for _ in range(valid.nth - 1):
        found = found if found == NEVER else first_open(rule, next_day(found), born)
    return found


def is_known(rule: DayRule, born: dt.date | None) -> bool:
    """Whether the days of a rule follow from what is known."""
    is_by_birth = isinstance(rule, (Birthday, BirthMonthEnd)) or (
        isinstance(rule, DayOfYear) and rule.years is Years.BIRTH
    )
    return born is not None or not (is_by_birth or rule.needs_birth_date)


def _moved(valid: Validity, day: dt.date, times: int) -> dt.date:
    """The day so many spans after another; the first of the next month where that is asked for of a short one."""
    span = valid.span
    if valid.short_month is ShortMonth.LAST_DAY:
        return later(day, span, times=times)
    months = later(day, Span(months=1), times=times * (12 * span.years + span.months))
    if months not in {NEVER, ALWAYS} and months.day != day.day:
        months = next_day(months)
    return later(months, Span(days=1), times=times * (7 * span.weeks + span.days))


def _idle(end: IdleEnd, anchor: dt.date, employment: Iterable[Employment]) -> dt.date:
    """The eve of the day on which so long nothing was worked that counts; a job that came too late is none."""
    last = eve(later(anchor, end.idle))
    for job in sorted(employment, key=lambda each: each.from_):
        if job.role != end.role:
            continue
        through = _worked_through(job, end.hours)
        if job.from_ <= last:
            last = max(last, NEVER if through == NEVER else eve(later(next_day(through), end.idle)))
    return last


def _worked_through(job: Employment, hours: Fraction | None) -> dt.date:
    """The last day of a job from which on it still comes to so many hours; never while it goes on."""
    if hours is not None and job.hours is None:
        raise Unjudged
    if job.through is None or hours is None or job.hours is None:
        return NEVER if job.through is None else job.through
    left = hours
    for day in reversed(list(days_until(job.from_, next_day(job.through)))):
        left -= job.hours / 7
        if left <= 0:
            return day
    raise Unjudged
