"""The audit's own reading of the days inside a period: window, last days to act, grace and the ways back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal

import attrs

from career_path.days.day_rules import DayRule, MonthEnd
from career_path.days.durations import WorkingDays
from career_path.days.spans import Span
from career_path.model.due import BackStage, WayBy
from career_path.model.ends import Until
from career_path.model.renewal import Before, Counts, Fee, Lead, RenewalRule, Rung, Way, WayKind, Within
from career_path.planning.audit.own_calendar import (
    ALWAYS,
    NEVER,
    after_working_days,
    before,
    before_working_days,
    eve,
    first_open,
    last_open,
    later,
    next_day,
)
from career_path.planning.audit.own_ends import Unjudged, is_known

__all__ = ["OwnStages", "fee_of", "led_back", "reached", "rung_on", "stages_in"]


@attrs.frozen(kw_only=True, eq=False)
class OwnStages:
    """The days of one period; None where its rule says nothing. A way back without end reaches to never."""

    opens: dt.date | None
    soft: dt.date | None
    act_by: dt.date | None
    ways: tuple[WayBy, ...]
    grace: dt.date | None
    credits_by: dt.date | None
    back: tuple[tuple[Rung, dt.date, dt.date], ...]

    @property
    def last(self) -> dt.date:
        """The last day on which something leads back."""
        return max([self.grace or ALWAYS, *(through for _, _, through in self.back)])

    @property
    def told_back(self) -> tuple[BackStage, ...]:
        """The ways back as a timeline tells them."""
        return tuple(
            BackStage(
                way=rung.way.value,
                title=rung.title,
                from_=first,
                through=None if through == NEVER else through,
                keeps_expiry=rung.keeps_expiry,
                fee=fee_of(rung.fee, first),
            )
            for rung, first, through in self.back
        )


def stages_in(
    rule: RenewalRule, *, begins: dt.date, through: dt.date, born: dt.date | None, since: dt.date = ALWAYS
) -> OwnStages:
    """The days of the period from `begins` through a last day; a lapse counts from `since` where that is later.

    Raises:
        Unjudged: a day hangs on a birth date that is not known.
    """
    whole = None if rule.processing is None else led_back(rule.processing, through, born)
    ways = tuple(_way(way, through, whole, born) for way in rule.ways)
    act_by = max((way.act_by for way in ways), default=None) if whole is None else whole
    least = min(begins, through)  # in a period that is too short everything is on the day it begins
    lapsed = max(through, since)
    grace = None if rule.grace is None else reached(rule.grace.within, lapsed, born)
    return OwnStages(
        opens=None if rule.opens is None else max(least, led_back(rule.opens, through, born)),
        soft=None if rule.soft is None else max(least, led_back(rule.soft, through, born)),
        act_by=None if act_by is None else max(least, act_by),
        ways=ways,
        grace=grace,
        credits_by=None if rule.credits is None else max(least, _ready(rule, ways, whole or through)),
        back=tuple(_ladder(rule.lapse, lapsed, max(grace or ALWAYS, through), born)),
    )


def _way(way: Way, through: dt.date, whole: dt.date | None, born: dt.date | None) -> WayBy:
    """The last days of one way: its own, or else that of the processing, or else the last day of all."""
    limit = through if whole is None or way.before is not None else whole
    done = limit if way.before is None else led_back(way.before, through, born)
    while way.results is not None and done > ALWAYS and _after(way.results, done) > limit:
        done = eve(done)  # the results must be there in time
    return WayBy(
        id=way.id,
        title=way.title or way.id,
        kind=way.kind.value,
        apply_by=None if way.apply is None else led_back(way.apply, done, born),
        act_by=done,
        fee=fee_of(way.fee, done),
    )


def _ready(rule: RenewalRule, ways: Iterable[WayBy], last: dt.date) -> dt.date:
    """The day by which credits are to be there: that of the last way by credits, without one the last to submit."""
    by_credits = [way.id for way in rule.ways if way.kind is WayKind.CREDITS]
    found = sorted(way.act_by for way in ways if way.id in by_credits)
    return found[-1] if found else last


def _after(wait: Span | WorkingDays, day: dt.date) -> dt.date:
    return after_working_days(day, wait.count, wait.holidays) if isinstance(wait, WorkingDays) else later(day, wait)


def _ladder(
    rungs: Iterable[Rung], lapsed: dt.date, before_it: dt.date, born: dt.date | None
) -> Iterator[tuple[Rung, dt.date, dt.date]]:
    """Each way back from the day after the one before it; one that is over by then is none."""
    for rung in rungs:
        first = next_day(before_it)
        through = NEVER if rung.within is None else reached(rung.within, lapsed, born)
        if first <= through and before_it < NEVER:
            yield rung, first, through
            before_it = through


def rung_on(stages: OwnStages, day: dt.date) -> Rung | None:
    """The way back that leads back on a day."""
    return next((rung for rung, first, through in stages.back if first <= day <= through), None)


def led_back(lead: Lead, day: dt.date, born: dt.date | None) -> dt.date:
    """The day that a lead names before a day.

    >>> led_back(WorkingDays(1), dt.date(2027, 1, 11), None)
    datetime.date(2027, 1, 8)
    """
    match lead:
        case Span():
            return before(day, lead)
        case WorkingDays():
            return before_working_days(day, lead.count, lead.holidays)
        case Before():
            return _begun(lead, day, born)
        case DayRule():
            if not is_known(lead, born):
                raise Unjudged
            return last_open(lead, day, born)
        case _:
            return day.replace(day=1)


def _begun(lead: Before, day: dt.date, born: dt.date | None) -> dt.date:
    """So long before a day, on the day after where the day itself counts, moved back to where it begins."""
    first = before(day, lead.span)
    if lead.counts is Counts.INCLUSIVE and first > ALWAYS:
        first = next_day(first)
    return first if lead.begins is None else led_back(lead.begins, first, born)


def reached(within: Within, day: dt.date, born: dt.date | None) -> dt.date:
    """The last day of a time after a day.

    >>> reached(Within(span="P90D", counts="inclusive"), dt.date(2020, 1, 1), None)
    datetime.date(2020, 3, 30)
    """
    end = later(day, within.span)
    if within.counts is Counts.INCLUSIVE and end < NEVER:
        end = eve(end)
    if within.until is None or end == NEVER:
        return end
    rule = MonthEnd() if isinstance(within.until, Until) else within.until
    if not is_known(rule, born):
        raise Unjudged
    return first_open(rule, end, born)


def fee_of(fees: Iterable[Fee], day: dt.date) -> Decimal | None:
    """The amount that holds on a day: that of the last one that had begun; None where none had."""
    amount = None
    for fee in sorted(fees, key=lambda each: each.since or ALWAYS):
        if fee.since is None or fee.since <= day:
            amount = fee.amount
    return amount
