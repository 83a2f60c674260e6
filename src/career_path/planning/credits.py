"""How a ledger stands against a rule of continuing education: what counts where, what is missing, and the pace.

Only credits that help are counted, the earliest first; the best way to count them is found exactly (see
`career_path.planning.allotment`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

import attrs

from career_path.days.numbers import add_months, check_date
from career_path.errors import InvalidValueError, nearest_name
from career_path.model.assessment import ActivityCount, Assessment, Slip, SlotCount, SlotShare, Uncounted
from career_path.model.credits import (
    CountsFrom,
    CreditPeriod,
    CreditRule,
    CreditSlot,
    Filling,
    MonthCount,
    Proration,
    rounded,
)
from career_path.model.ledger import Activity, Ledger
from career_path.model.parts import check_part
from career_path.planning.allotment import MOST_TRIALS, allot
from career_path.planning.filling import Demand, Problem, Share

__all__ = ["CreditCase", "assess", "by_day"]

MOST_STRETCHES: Final = 120
"""How often a slot may be asked for anew in one cycle."""
_NONE = Fraction()


@attrs.frozen
class _Ask:
    """A slot, or one stretch of it, in this cycle."""

    slot: CreditSlot
    number: int | None
    since: dt.date
    through: dt.date
    at_least: Fraction
    at_most: Fraction | None

    def takes(self, activity: Activity) -> bool:
        is_in = self.number is None or self.since <= activity.date <= self.through
        return is_in and self.slot.of.takes(activity)


def assess(
    rule: CreditRule, ledger: Ledger, *, period: CreditPeriod, on: dt.date, most_trials: int = MOST_TRIALS
) -> Assessment:
    """How a ledger stands on a day, in the best way to count it; the order in the ledger does not matter.

    Best is the least shortfall, then the fewest credits counted, then the earliest activities, then the first slots.
    With a rolling window, the day of applying is `on`, or the last day of the cycle where that is earlier. The pace is
    that to the last day by which the credits have to be there.

    >>> year = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2027, 12, 31))
    >>> course = Activity(date=dt.date(2027, 2, 1), title="Law", credits=4)
    >>> now = assess(CreditRule(total=12), Ledger([course]), period=year, on=dt.date(2027, 9, 1))
    >>> now.missing, now.months_left, now.pace
    (Fraction(8, 1), 4, Fraction(2, 1))

    Raises:
        CreditLimitError: the rule lets an activity fill one slot alone, and the best way was not proved in time.
        InvalidValueError: `on` is not a plain date, or a slot has more than `MOST_STRETCHES` stretches in the cycle.
    """
    case = CreditCase(rule, ledger, period=period, on=on)
    return case.assessment(allot(case.problem, most_trials=most_trials))


class CreditCase:
    """A rule, a ledger and a cycle, put in the words of an allotment, and back again.

    `activities` are those of the ledger in order, by whose numbers `able` tells which may count; the allotment counts
    these alone, by their places in `able`.
    """

    def __init__(self, rule: CreditRule, ledger: Ledger, *, period: CreditPeriod, on: dt.date) -> None:
        self.rule: CreditRule = check_part(rule, CreditRule, "rule")
        self.period: CreditPeriod = check_part(period, CreditPeriod, "period")
        self.today: dt.date = check_date(on, "on")
        base = _asked_in_all(rule, period)
        asks = tuple(_asks(rule, period, base))
        self.total: Fraction = base + sum((ask.at_least for ask in asks if ask.slot.is_extra), _NONE)
        self.carried: Fraction = min(period.carried, rule.carry_over, self.total)
        self.activities: tuple[Activity, ...] = by_day(ledger)
        self.counts: tuple[ActivityCount, ...] = tuple(
            _weighed(rule, each, period, self.today) for each in self.activities
        )
        self.able: tuple[int, ...] = tuple(index for index, each in enumerate(self.counts) if each.why_not is None)
        self.book: _Book = _Book(rule, asks, [self.counts[index] for index in self.able])
        self.problem: Problem = self.book.problem(self.total - self.carried)

    def assessment(self, shares: Sequence[Share], elsewhere: Mapping[int, tuple[str, ...]] | None = None) -> Assessment:
        """What the shares give; `elsewhere` are the credentials that keep an activity, by its place in `able`."""
        counts = list(self.counts)
        for index, found in zip(self.able, self.book.told(shares, elsewhere or {}), strict=True):
            counts[index] = found
        assessment = Assessment(
            unit=self.rule.unit,
            period=self.period,
            on=self.today,
            is_exempt=self.rule.is_exempt(self.period.number),
            total=self.total,
            carried_in=self.carried,
            counted=sum((share.amount for share in shares), _NONE),
            slots=tuple(self.book.slots(shares, today=self.today, last=self.period.last_day)),
            activities=tuple(counts),
            carry_over=_NONE,
            months_left=_months_left(max(self.today, self.period.since), self.period.last_day),
            slips=tuple(_slips(self.rule, self.activities)),
        )
        return attrs.evolve(assessment, carry_over=_carry_over(self.rule, assessment))


def _slips(rule: CreditRule, activities: Iterable[Activity]) -> Iterator[Slip]:
    """The categories that the rule does not know and that are much like one that it does."""
    kinds = [rule.accepts, *(slot.of for slot in rule.slots)]
    known = {word.casefold(): word for kind in kinds for word in (*kind.category, *kind.not_category)}
    for word in sorted({word for each in activities for word in each.category}):
        own = word.casefold()
        longer = next((each for each in sorted(known) if each.startswith(own)), None)
        near = longer or nearest_name(own, known)
        if near is not None and own not in known:
            yield Slip(category=word, nearest=known[near])


def by_day(ledger: Ledger) -> tuple[Activity, ...]:
    """The activities by day, whatever their order in the ledger."""
    return tuple(sorted(check_part(ledger, Ledger, "ledger").activities, key=_order))


def _order(activity: Activity) -> tuple[object, ...]:
    """By day, then by all else, so that the order in the ledger does not matter."""
    return (
        activity.date,
        activity.title,
        activity.unit,
        activity.credits,
        activity.category,
        activity.approved_by,
        activity.tags,
    )


# What is asked


def _asked_in_all(rule: CreditRule, period: CreditPeriod) -> Fraction:
    """The total before extra slots: less in a part period, nothing where the first renewal is exempt."""
    if rule.is_exempt(period.number):
        return _NONE
    held = period.held_since
    if rule.prorated is None or held is None or held <= period.since:
        return rule.total
    return min(rule.total, _part(rule.total, rule.prorated, held, period))


def _part(total: Fraction, part: Proration, held: dt.date, period: CreditPeriod) -> Fraction:
    months = _months(held, period.through, part.months)
    per_month = part.per_month
    if per_month is None:
        per_month = total / max(_months(period.since, period.through, part.months), 1)
    return rounded(months * per_month, part.round_to, part.rounding)


def _months(first: dt.date, last: dt.date, way: MonthCount) -> int:
    """The months from a day through a later one."""
    start, end = first.toordinal(), last.toordinal() + 1
    full = 0
    while add_months(start, full + 1) <= end:
        full += 1
    return full if way is MonthCount.FULL or add_months(start, full) == end else full + 1


def _months_left(on: dt.date, through: dt.date) -> int:
    return 0 if on > through else _months(on, through, MonthCount.STARTED)


def _asks(rule: CreditRule, period: CreditPeriod, base: Fraction) -> Iterator[_Ask]:
    """Every slot that is due in this cycle, each stretch for itself."""
    if rule.is_exempt(period.number):
        return
    part = base / rule.total if rule.total else Fraction(1)
    for slot in rule.slots:
        if slot.is_due(period.number):
            least, most = _shrunk(slot, part, rule.prorated)
            for number, since, through in _stretches(slot, period):
                yield _Ask(slot, number, since, through, least, most)


def _shrunk(slot: CreditSlot, part: Fraction, proration: Proration | None) -> tuple[Fraction, Fraction | None]:
    if not slot.is_prorated or proration is None:
        return slot.at_least, slot.at_most

    def shrink(amount: Fraction) -> Fraction:
        return min(amount, rounded(amount * part, proration.round_to, proration.rounding))

    return shrink(slot.at_least), None if slot.at_most is None else shrink(slot.at_most)


def _stretches(slot: CreditSlot, period: CreditPeriod) -> Iterator[tuple[int | None, dt.date, dt.date]]:
    """The whole cycle, or each stretch with its number; the last may be shorter, none is over before the grant."""
    if slot.each is None:
        yield None, period.since, period.through
        return
    start, held = period.since.toordinal(), (period.held_since or period.since).toordinal()
    number = 0
    while True:
        first = add_months(start, number * slot.each.total_months) + number * slot.each.total_days
        last = add_months(start, (number + 1) * slot.each.total_months) + (number + 1) * slot.each.total_days - 1
        if first > period.through.toordinal():
            return
        number += 1
        if number > MOST_STRETCHES:
            found = f"more than {MOST_STRETCHES} stretches of {slot.each} in one cycle"
            raise InvalidValueError("too-long", "each", found, "longer stretches")
        if last >= held:
            yield number, dt.date.fromordinal(first), dt.date.fromordinal(min(last, period.through.toordinal()))


# What counts


def _weighed(rule: CreditRule, activity: Activity, period: CreditPeriod, today: dt.date) -> ActivityCount:
    """An activity with its worth, and why it cannot count at all, if so."""
    worth = rule.worth(activity)
    why = _why_never(rule, activity, worth) or _why_not_then(rule, activity, period, today)
    return ActivityCount(
        activity=activity,
        worth=worth,
        why_not=why,
        falls_out_on=None if why else _end(rule, activity, period.applied_by(today)),
    )


def _why_never(rule: CreditRule, activity: Activity, worth: Fraction | None) -> Uncounted | None:
    if worth is None:
        return Uncounted.UNKNOWN_UNIT
    if not rule.accepts.takes(activity):
        return Uncounted.NOT_ACCEPTED
    if not worth or (rule.least_each is not None and worth < rule.least_each):
        return Uncounted.TOO_SMALL
    return None


def _why_not_then(rule: CreditRule, activity: Activity, period: CreditPeriod, today: dt.date) -> Uncounted | None:
    if activity.date > period.through:
        return Uncounted.AFTER_WINDOW
    if activity.date > today:
        return Uncounted.LATER_THAN_TODAY
    applied = min(today, period.through)
    last = None if rule.rolling is None else rule.rolling.after(activity.date)
    is_early = activity.date < _first_day(rule, period) if rule.rolling is None else last is not None and last < applied
    return Uncounted.BEFORE_WINDOW if is_early else None


def _first_day(rule: CreditRule, period: CreditPeriod) -> dt.date:
    if rule.counts_from is CountsFrom.APPROVAL and period.approved is not None:
        return period.approved
    return max(period.since, period.held_since or period.since)


def _end(rule: CreditRule, activity: Activity, through: dt.date) -> dt.date | None:
    """The first day of applying on which an activity is too old, if there is time to apply through then."""
    last = None if rule.rolling is None else rule.rolling.after(activity.date)
    return None if last is None or last >= through else last + dt.timedelta(days=1)


class _Book:
    """What is asked and the activities that may count, by number, in the words of an allotment."""

    def __init__(self, rule: CreditRule, asks: Sequence[_Ask], counts: Sequence[ActivityCount]) -> None:
        self.counts = counts
        self.is_whole: bool = rule.fills is Filling.ONE
        self.asks = asks
        self.filled: list[_Ask] = [ask for ask in asks if rule.is_filled(ask.slot)]
        self.overlays: list[_Ask] = [ask for ask in asks if not rule.is_filled(ask.slot)]

    def problem(self, total: Fraction) -> Problem:
        """What is to be allotted."""
        return Problem(
            amounts=tuple(each.worth or _NONE for each in self.counts),
            total=total,
            filled=tuple(self._demand(ask) for ask in self.filled),
            overlays=tuple(self._demand(ask) for ask in self.overlays),
            options=tuple(self._options(each.activity) for each in self.counts),
            is_whole=self.is_whole,
        )

    def _demand(self, ask: _Ask) -> Demand:
        takes = frozenset(i for i, each in enumerate(self.counts) if ask.takes(each.activity))
        return Demand(ask.at_least, ask.at_most, takes)

    def _options(self, activity: Activity) -> frozenset[int]:
        """The slots that an activity may fill; none of them is a way out only where none of them has a limit."""
        own = {i for i, ask in enumerate(self.filled) if ask.takes(activity)}
        is_limited = any(self.filled[i].at_most is not None for i in own)
        return frozenset(own if is_limited else {*own, -1})

    def slots(self, shares: Iterable[Share], *, today: dt.date, last: dt.date) -> Iterator[SlotCount]:
        """What each slot has, in the order of the rule; `last` is the day by which all has to be there."""
        counted = self._counted(shares)
        for ask in self.asks:
            yield SlotCount(
                id=ask.slot.id,
                name=ask.slot.name,
                number=ask.number,
                since=ask.since,
                through=ask.through,
                at_least=ask.at_least,
                at_most=ask.at_most,
                counted=counted[ask.slot.id, ask.number],
                is_overlay=ask in self.overlays,
                is_over=min(ask.through, last) < today,
            )

    def _counted(self, shares: Iterable[Share]) -> Mapping[tuple[str, int | None], Fraction]:
        found = {(ask.slot.id, ask.number): _NONE for ask in self.asks}
        for share in shares:
            activity = self.counts[share.activity].activity
            into = [ask for ask in self.overlays if ask.takes(activity)]
            if share.slot >= 0:
                into.append(self.filled[share.slot])
            for ask in into:
                found[ask.slot.id, ask.number] += share.amount
        return found

    def told(self, shares: Sequence[Share], elsewhere: Mapping[int, tuple[str, ...]]) -> Iterator[ActivityCount]:
        """Each activity with what of it counts, and why not the rest."""
        counted = self._counted(shares)
        full = [ask for ask in self.asks if ask.at_most is not None and counted[ask.slot.id, ask.number] >= ask.at_most]
        of: dict[int, list[Share]] = {index: [] for index in range(len(self.counts))}
        for share in shares:
            of[share.activity].append(share)
        for each, (index, own) in zip(self.counts, of.items(), strict=True):
            if index in elsewhere:
                yield attrs.evolve(each, why_not=Uncounted.ELSEWHERE, elsewhere=elsewhere[index], falls_out_on=None)
                continue
            amount = sum((share.amount for share in own), _NONE)
            in_the_way = self._in_the_way(each.activity, own, full) if amount != each.worth else ()
            why = Uncounted.AT_MOST if in_the_way else Uncounted.NOT_NEEDED
            yield attrs.evolve(
                each,
                counted=amount,
                shares=tuple(SlotShare(slot=self._id(share.slot), credits=share.amount) for share in own),
                overlays=tuple(ask.slot.id for ask in self.overlays if own and ask.takes(each.activity)),
                why_not=why if amount != each.worth else None,
                full=in_the_way,
                falls_out_on=each.falls_out_on if amount else None,
            )

    def _id(self, slot: int) -> str | None:
        return self.filled[slot].slot.id if slot >= 0 else None

    def _in_the_way(self, activity: Activity, own: Sequence[Share], full: Sequence[_Ask]) -> tuple[str, ...]:
        """The full slots that keep the rest of an activity from counting."""
        over = [ask.slot.id for ask in self.overlays if ask in full and ask.takes(activity)]
        open_to = {share.slot for share in own} if self.is_whole and own else self._options(activity)
        held = [self.filled[i] for i in sorted(open_to) if i >= 0 and self.filled[i] in full]
        return tuple(over or ([ask.slot.id for ask in held] if len(held) == len(open_to) else []))


def _carry_over(rule: CreditRule, assessment: Assessment) -> Fraction:
    """What the cycle did not need, up to the limit of the rule."""
    left = [each.uncounted for each in assessment.activities if each.why_not is Uncounted.NOT_NEEDED]
    return min(rule.carry_over, sum(left, _NONE)) if assessment.is_met else _NONE
