"""The days inside one period: window, soft deadline, last day to act, ways to renew, grace and the ways back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple, assert_never

from career_path.days.day_rules import DayRule, MonthEnd
from career_path.days.durations import WorkingDays
from career_path.days.numbers import LAST, NEVER, civil, month_start
from career_path.days.rules import add_span, add_working_days, roll_to
from career_path.days.spans import Span
from career_path.errors import DocumentError, Fault
from career_path.model.ends import Until
from career_path.model.renewal import Counts, Fee, Lead, LeadDay, RenewalRule, Rung, Within
from career_path.planning.ends import bind_birth

__all__ = ["Stages", "WayDays", "counted_back", "counted_on", "fee_on", "stages_of"]


class WayDays(NamedTuple):
    """The last days of one way to renew: to apply for it, None where nothing is said of that, and to be done."""

    id: str
    apply_by: int | None
    act_by: int


class Back(NamedTuple):
    """One way back: from when through when (`NEVER` for no end)."""

    rung: Rung
    begins: int
    through: int


class Stages(NamedTuple):
    """The days of one period, as day numbers; None where the rule says nothing. `base` is the day lapse counts from."""

    opens: int | None
    soft: int | None
    act_by: int | None
    ways: tuple[WayDays, ...]
    grace: int | None
    back: tuple[Back, ...]

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
    act_by, ways = _acts(rule, through, born, path)
    opens = None if rule.opens is None else counted_back(rule.opens, through, born, path)
    if opens is not None and act_by is not None and act_by < opens:
        found = f"to act by {_shown(act_by)}, and a window from {_shown(opens)}"
        fault = Fault("no-time-to-act", f"{path}.opens", found, "a window that opens while there is time to act")
        raise DocumentError((fault,), "pathway")
    soft = None if rule.soft is None else counted_back(rule.soft, through, born, path)
    grace = None
    lapsed = max(through, since)
    if rule.grace is not None:
        grace = counted_on(rule.grace.within, lapsed, born, path)
    back = tuple(_ladder(rule.lapse, lapsed, max(grace or 0, through), born, path))
    opens, soft, act_by = (None if day is None else max(day, min(begins, through)) for day in (opens, soft, act_by))
    return Stages(opens, soft, act_by, ways, grace, back)


def _shown(day: int) -> str:
    return dt.date.fromordinal(min(max(day, 1), LAST)).isoformat()


def _acts(rule: RenewalRule, through: int, born: dt.date | None, path: str) -> tuple[int | None, tuple[WayDays, ...]]:
    """The last day to act by the way that has most time, and the days of each way."""
    whole = None if rule.processing is None else counted_back(rule.processing, through, born, path)
    ways: list[WayDays] = []
    for way in rule.ways:
        done = counted_back(way.before, through, born, path) if way.before is not None else through
        done = done if way.before is not None or whole is None else whole
        applied = None if way.apply is None else counted_back(way.apply, done, born, path)
        ways.append(WayDays(way.id, applied, done))
    if whole is None and ways:
        whole = max(each.act_by for each in ways)
    return whole, tuple(ways)


def _ladder(rungs: Iterable[Rung], lapsed: int, before: int, born: dt.date | None, path: str) -> Iterator[Back]:
    begins = before + 1
    for rung in rungs:
        through = NEVER if rung.within is None else counted_on(rung.within, lapsed, born, path)
        if through >= begins:
            yield Back(rung, begins, through)
            begins = through + 1


def counted_back(lead: Lead, day: int, born: dt.date | None, path: str) -> int:
    """The day that a lead names before a day."""
    match lead:
        case Span():
            return add_span(-lead).f(day)
        case WorkingDays():
            return add_working_days(-lead.count).f(day)
        case LeadDay():
            year, month, _ = civil(day)
            return month_start(year, month)
        case DayRule():
            return bind_birth(lead, born, path).on_or_before(day)
        case _:  # pragma: no cover
            assert_never(lead)


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
