"""The days inside one period: window, soft deadline, last day to act, ways to renew, grace and the ways back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple, assert_never

from career_path.days.day_rules import DayRule, MonthEnd
from career_path.days.durations import WorkingDays
from career_path.days.numbers import ALWAYS, FIRST, LAST, NEVER, civil, month_start
from career_path.days.rules import SAME_DAY, Rule, add_span, add_working_days, roll_to, shift
from career_path.days.spans import Span
from career_path.errors import DocumentError, Fault
from career_path.model.ends import Until
from career_path.model.renewal import Before, Counts, Fee, Lead, LeadDay, RenewalRule, Rung, Wait, Way, WayKind, Within
from career_path.planning.ends import bind_birth

__all__ = ["Stages", "WayDays", "counted_back", "counted_on", "fee_on", "lead_rule", "length_of", "stages_of"]


class WayDays(NamedTuple):
    """The days of one way to renew: the first on which it can be begun, the last to apply for it and to be done.

    `apply_by` is None where nothing is said of that; a last day may lie before the first, in a period too short for it.
    """

    way: Way
    opens: int
    apply_by: int | None
    act_by: int


class Back(NamedTuple):
    """One way back: from when through when (`NEVER` for no end)."""

    rung: Rung
    begins: int
    through: int


class Stages(NamedTuple):
    """The days of one period, as day numbers; None where the rule says nothing.

    `credits_by` is the last day by which the continuing education has to be there.
    """

    opens: int | None
    soft: int | None
    act_by: int | None
    ways: tuple[WayDays, ...]
    grace: int | None
    back: tuple[Back, ...]
    credits_by: int | None = None

    @property
    def last(self) -> int:
        """The last day on which something leads back; 0 where nothing is said."""
        return max([self.grace or 0, *(each.through for each in self.back)])


def stages_of(
    rule: RenewalRule, *, begins: int, through: int, born: dt.date | None, path: str, since: int = 0
) -> Stages:
    """The days of the period from `begins` through a last day; a lapse is counted from `since` where that is later.

    Where a period is too short, its window opens and its last days to act are on the day it begins.

    Raises:
        DocumentError: the window opens after the last day to act.
    """
    whole = None if rule.processing is None else counted_back(rule.processing, through, born, path)
    acts = [_act(way, through, whole, born, f"{path}.ways.{way.id}") for way in rule.ways]
    act_by = whole if whole is not None or not acts else max(each.act_by for each in acts)
    opens = None if rule.opens is None else counted_back(rule.opens, through, born, path)
    _check_time(opens, act_by, path)
    soft = None if rule.soft is None else counted_back(rule.soft, through, born, path)
    grace = None
    lapsed = max(through, since)
    if rule.grace is not None:
        grace = counted_on(rule.grace.within, lapsed, born, path)
    back = tuple(_ladder(rule.lapse, lapsed, max(grace or 0, through), born, path))
    least = min(begins, through)
    ready = _credits_by(rule, acts, whole, through)
    opens, soft, act_by, ready = (None if day is None else max(day, least) for day in (opens, soft, act_by, ready))
    first = least if opens is None else opens
    ways = tuple(each._replace(opens=max(each.opens, least) if each.way.opens is not None else first) for each in acts)
    return Stages(opens, soft, act_by, ways, grace, back, ready)


def _credits_by(rule: RenewalRule, acts: Iterable[WayDays], whole: int | None, through: int) -> int | None:
    """The last day of the ways that take credits, else what processing leaves, else the last day of all."""
    if rule.credits is None:
        return None
    days = [each.act_by for each in acts if each.way.kind is WayKind.CREDITS]
    return max(days, default=through if whole is None else whole)


def _check_time(opens: int | None, act_by: int | None, path: str) -> None:
    if opens is not None and act_by is not None and act_by < opens:
        found = f"to act by {_shown(act_by)}, and a window from {_shown(opens)}"
        fault = Fault("no-time-to-act", f"{path}.opens", found, "a window that opens while there is time to act")
        raise DocumentError((fault,), "pathway")


def _shown(day: int) -> str:
    return dt.date.fromordinal(min(max(day, 1), LAST)).isoformat()


def _act(way: Way, through: int, whole: int | None, born: dt.date | None, path: str) -> WayDays:
    """The days of one way, counted back from a last day; without `before` from what processing leaves of it.

    Raises:
        DocumentError: it can be begun only when it is too late for it.
    """
    done = limit = through if whole is None or way.before is not None else whole
    if way.before is not None:
        done = counted_back(way.before, through, born, path)
    if way.results is not None:
        done = min(done, length_of(way.results).latest(limit))
    opens = ALWAYS if way.opens is None else counted_back(way.opens, through, born, path)
    _check_time(opens, done, path)
    return WayDays(way, opens, None if way.apply is None else counted_back(way.apply, done, born, path), done)


def length_of(wait: Wait) -> Rule:
    """From a day to the one that is so long after it."""
    return add_working_days(wait.count, wait.holidays) if isinstance(wait, WorkingDays) else add_span(wait)


def _ladder(rungs: Iterable[Rung], lapsed: int, before: int, born: dt.date | None, path: str) -> Iterator[Back]:
    begins = before + 1
    for rung in rungs:
        through = NEVER if rung.within is None else counted_on(rung.within, lapsed, born, path)
        if through >= begins:
            yield Back(rung, begins, through)
            begins = through + 1


def counted_back(lead: Lead, day: int, born: dt.date | None, path: str) -> int:
    """The day that a lead names before a day."""
    return lead_rule(lead, born, path).f(day)


def lead_rule(lead: Lead, born: dt.date | None, path: str) -> Rule:
    """From a day to the one that a lead names before it; its `soonest` is the first day for which that is not past."""
    match lead:
        case Span():
            return add_span(-lead)
        case WorkingDays():
            return add_working_days(-lead.count, lead.holidays)
        case Before():
            first = shift(1) if lead.counts is Counts.INCLUSIVE else SAME_DAY
            begun = SAME_DAY if lead.begins is None else lead_rule(lead.begins, born, path)
            return add_span(-lead.span).then(first).then(begun)
        case LeadDay():
            return Rule(_month_start, MonthEnd().on_or_after)
        case DayRule():
            days = bind_birth(lead, born, path)
            return Rule(days.on_or_before, lambda day: day if day > LAST else days.on_or_after(day + 1) - 1)
        case _:  # pragma: no cover
            assert_never(lead)


def _month_start(day: int) -> int:
    if day < FIRST or day > LAST:
        return day
    year, month, _ = civil(day)
    return month_start(year, month)


def counted_on(within: Within, day: int, born: dt.date | None, path: str) -> int:
    """The last day of a time after a day."""
    reached = add_span(within.span).f(day)
    if within.counts is Counts.INCLUSIVE and reached <= LAST:
        reached -= 1
    if within.until is None:
        return reached
    rule = MonthEnd() if isinstance(within.until, Until) else bind_birth(within.until, born, path)
    return roll_to(rule).f(reached)


def fee_on(fees: tuple[Fee, ...], day: int) -> Decimal | None:
    """The amount that holds on a day; None where it is not known.

    >>> fee_on((Fee("40.00"), Fee("50.00", since=dt.date(2027, 1, 1))), dt.date(2027, 3, 1).toordinal())
    Decimal('50.00')
    """
    known = [fee.amount for fee in fees if fee.since is None or fee.since.toordinal() <= day]
    return known[-1] if known else None
