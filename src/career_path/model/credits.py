"""Continuing education: what a rule asks for in one cycle, and which of the activities on file count.

A rule is a total and slots. A slot takes credits of one kind and asks for at least, or allows at most, so many of
them. Slots are filled from the same activities in one of three ways (`Filling`); an overlay looks at the same credits
once more. Every amount is an exact fraction, in the credits of the rule.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from typing import Final

import attrs

from career_path.days.durations import hours_text
from career_path.days.numbers import to_day
from career_path.days.spans import Span
from career_path.errors import InvalidValueError, quoted
from career_path.model.choices import to_choice
from career_path.model.credit_parts import (
    CreditSlot,
    CreditUnit,
    MonthCount,
    Proration,
    Rounding,
    check_renewal_number,
    forward_span,
    rounded,
    to_truth,
    unit_key,
)
from career_path.model.ledger import Activity, CreditKind, Number, check_word, exact_number, positive_number
from career_path.model.parts import check_part, check_parts
from career_path.model.text import CredentialId, SourceId, check_id, check_text, to_source_ids
from career_path.values import Value, frozen

__all__ = [
    "CountsFrom",
    "CreditCycle",
    "CreditPeriod",
    "CreditRule",
    "CreditSlot",
    "CreditUnit",
    "Filling",
    "MonthCount",
    "Proration",
    "Rounding",
    "rounded",
    "unit_key",
]

MOST_SLOTS: Final = 50


class Filling(StrEnum):
    """In how many slots the credits of one activity may count; overlays look at all of them besides.

    `split`: each credit fills one slot, and an activity may be split. `one`: an activity fills one slot alone.
    `every`: each credit counts in every slot that takes it.

    >>> CreditRule(total=20, fills="every").fills
    <Filling.EVERY: 'every'>
    """

    SPLIT = "split"
    ONE = "one"
    EVERY = "every"


class CountsFrom(StrEnum):
    """The first day whose activities count: that of the cycle, or that of the last approval.

    >>> CreditRule(total=20, counts_from="approval").counts_from
    <CountsFrom.APPROVAL: 'approval'>
    """

    CYCLE = "cycle"
    APPROVAL = "approval"


def _total(value: Number) -> Fraction:
    return exact_number(value, "total")


def _carry_over(value: Number) -> Fraction:
    return exact_number(value, "carry_over")


def _carried(value: Number) -> Fraction:
    return exact_number(value, "carried")


def _round_to(value: Number | None) -> Fraction | None:
    return None if value is None else positive_number(value, "round_to")


def _unit(value: str) -> str:
    return check_word(value, "unit")


def _rounding(value: Rounding | str) -> Rounding:
    return to_choice(Rounding, value, "rounding")


def _least_each(value: Number | None) -> Fraction | None:
    return None if value is None else positive_number(value, "least_each")


def _note(value: str) -> str:
    return check_text(value, "note")


def _accepts(value: CreditKind) -> CreditKind:
    return check_part(value, CreditKind, "accepts")


def _rolling(value: Span | str | None) -> Span | None:
    return forward_span(value, "rolling")


def _number_of_cycle(value: int) -> int:
    return check_renewal_number(value, "number")


def _optional_proration(value: Proration | None) -> Proration | None:
    return None if value is None else check_part(value, Proration, "prorated")


def _units(values: Iterable[CreditUnit]) -> tuple[CreditUnit, ...]:
    return check_parts(values, CreditUnit, "units")


def _slots(values: Iterable[CreditSlot]) -> tuple[CreditSlot, ...]:
    slots = check_parts(values, CreditSlot, "slots")
    if len(slots) > MOST_SLOTS:
        raise InvalidValueError("too-long", "slots", f"{len(slots)} slots", f"at most {MOST_SLOTS}")
    return slots


def _fills(value: Filling | str) -> Filling:
    return to_choice(Filling, value, "fills")


def _counts_from(value: CountsFrom | str) -> CountsFrom:
    return to_choice(CountsFrom, value, "counts_from")


@frozen(kw_only=True)
class CreditRule(Value):
    """What one cycle asks for, and what counts.

    Activities count from the first day of the cycle, or of the last approval (`counts_from`), through the last day of
    the cycle; with `rolling`, instead those of that long before applying, both days included. Amounts in another unit
    are converted, then rounded activity by activity (`round_to`, `rounding`); one below `least_each` does not count.
    Credits that fit no slot count for the total, unless the only slots that they fit are full (`at_most`). At most
    `carry_over` credits that the cycle did not need move into the next, where they count for the total alone.

    Where `is_shared` is false, an activity that counts here, be it in part, counts for no other credential.

    >>> CreditRule(total=10, units=[CreditUnit("hour", credits=1, per=2)]).units[0].worth
    Fraction(1, 2)

    Raises:
        InvalidValueError: the parts contradict each other.
    """

    total: Fraction = attrs.field(converter=_total)
    slots: tuple[CreditSlot, ...] = attrs.field(default=(), converter=_slots)
    fills: Filling = attrs.field(default=Filling.SPLIT, converter=_fills)
    accepts: CreditKind = attrs.field(factory=CreditKind, converter=_accepts)
    unit: str = attrs.field(default="credit", converter=_unit)
    units: tuple[CreditUnit, ...] = attrs.field(default=(), converter=_units)
    round_to: Fraction | None = attrs.field(default=None, converter=_round_to)
    rounding: Rounding = attrs.field(default=Rounding.DOWN, converter=_rounding)
    least_each: Fraction | None = attrs.field(default=None, converter=_least_each)
    counts_from: CountsFrom = attrs.field(default=CountsFrom.CYCLE, converter=_counts_from)
    rolling: Span | None = attrs.field(default=None, converter=_rolling)
    prorated: Proration | None = attrs.field(default=None, converter=_optional_proration)
    is_first_exempt: bool = attrs.field(default=False, converter=to_truth)
    carry_over: Fraction = attrs.field(default=Fraction(0), converter=_carry_over)
    is_shared: bool = attrs.field(default=True, converter=to_truth)
    sources: tuple[SourceId, ...] = attrs.field(default=(), converter=to_source_ids)
    note: str = attrs.field(default="", converter=_note)

    def __attrs_post_init__(self) -> None:
        _check_once("slots", [slot.id for slot in self.slots])
        _check_once("units", [unit_key(self.unit), *(unit_key(each.unit) for each in self.units)])
        if self.rolling is not None and self.counts_from is not CountsFrom.CYCLE:
            raise InvalidValueError("fixed-twice", "rolling", "rolling and counts_from", "one of them")
        self._check_amounts()

    def _check_amounts(self) -> None:
        for index, slot in enumerate(self.slots):
            if not slot.is_extra and slot.at_least > self.total:
                self._refuse(f"slots[{index}].at_least", slot.at_least)
        filled = sum(slot.at_least for slot in self.slots if self.is_filled(slot) and not slot.is_extra)
        if all(slot.every == 1 and not slot.is_once for slot in self.slots) and filled > self.total:
            self._refuse("slots", Fraction(filled))

    def _refuse(self, where: str, amount: Fraction) -> None:
        expected = f"no more than the total of {hours_text(self.total)}, or slots marked extra or overlay"
        raise InvalidValueError("more-than-total", where, f"at least {hours_text(amount)}", expected)

    def is_exempt(self, number: int) -> bool:
        """Whether the renewal of that number asks for nothing at all.

        >>> rule = CreditRule(total=20, is_first_exempt=True)
        >>> rule.is_exempt(1), rule.is_exempt(2)
        (True, False)
        """
        return self.is_first_exempt and number == 1

    def is_filled(self, slot: CreditSlot) -> bool:
        """Whether a credit that fills this slot fills no other one."""
        return self.fills is not Filling.EVERY and not slot.lies_over

    def worth(self, activity: Activity) -> Fraction | None:
        """The credits of an activity in the unit of the rule, rounded; None where the rule does not know its unit.

        >>> rule = CreditRule(total=12, units=[CreditUnit("minute", credits=1, per=50)], round_to=0.25)
        >>> rule.worth(Activity(date=dt.date(2027, 3, 1), title="x", credits=90, unit="minutes"))
        Fraction(7, 4)
        """
        key = unit_key(activity.unit or self.unit)
        worth = {unit_key(self.unit): Fraction(1), **{unit_key(each.unit): each.worth for each in self.units}}
        return rounded(activity.credits * worth[key], self.round_to, self.rounding) if key in worth else None


def _check_once(where: str, names: list[str]) -> None:
    twice = next((name for index, name in enumerate(names) if name in names[:index]), None)
    if twice is not None:
        raise InvalidValueError("twice", where, f"{quoted(twice)} twice", "each once")


def _optional_date(value: dt.date | None) -> dt.date | None:
    return None if value is None else to_day(value)


@frozen(kw_only=True)
class CreditPeriod(Value):
    """The cycle that credits are for: from `since` through `through`, both included, ended by renewal `number`.

    `held_since` is later than `since` where the credential was granted inside the cycle; activities count from then.
    `approved` is the day of the last approval, where the rule counts from it. `carried` are credits from the cycle
    before, of which at most the rule's `carry_over` count. `by` is the last day by which the credits have to be there,
    where that is before the last day of the cycle.

    >>> CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2028, 12, 31), carried=2).carried
    Fraction(2, 1)
    """

    since: dt.date = attrs.field(converter=to_day)
    through: dt.date = attrs.field(converter=to_day)
    number: int = attrs.field(default=1, converter=_number_of_cycle)
    held_since: dt.date | None = attrs.field(default=None, converter=_optional_date)
    approved: dt.date | None = attrs.field(default=None, converter=_optional_date)
    carried: Fraction = attrs.field(default=Fraction(0), converter=_carried)
    by: dt.date | None = attrs.field(default=None, converter=_optional_date)

    def __attrs_post_init__(self) -> None:
        if self.through < self.since:
            raise InvalidValueError("ends-before-it-begins", "through", str(self.through), f"{self.since} or later")
        if self.held_since is not None and self.held_since > self.through:
            raise InvalidValueError("not-in-order", "held_since", str(self.held_since), f"{self.through} or earlier")
        if self.by is not None and not self.since <= self.by <= self.through:
            expected = f"a day from {self.since} through {self.through}"
            raise InvalidValueError("not-in-order", "by", str(self.by), expected)

    @property
    def last_day(self) -> dt.date:
        """The last day by which the credits have to be there.

        >>> year = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2027, 12, 31), by=dt.date(2027, 12, 1))
        >>> year.last_day
        datetime.date(2027, 12, 1)
        """
        return self.through if self.by is None else self.by

    def applied_by(self, on: dt.date) -> dt.date:
        """The last day to apply, as seen from a day: who is late for `last_day` applies on the day itself.

        >>> year = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2027, 12, 31), by=dt.date(2027, 12, 1))
        >>> str(year.applied_by(dt.date(2027, 9, 1))), str(year.applied_by(dt.date(2027, 12, 9)))
        ('2027-12-01', '2027-12-09')
        """
        return max(self.last_day, min(on, self.through))


def _credential(value: str) -> CredentialId:
    return CredentialId(check_id(value, "credential"))


def _title(value: str) -> str:
    return check_text(value, "title")


def _rule(value: CreditRule) -> CreditRule:
    return check_part(value, CreditRule, "rule")


def _period(value: CreditPeriod) -> CreditPeriod:
    return check_part(value, CreditPeriod, "period")


@frozen
class CreditCycle(Value):
    """One of several credentials that share a ledger: its rule, and the cycle that the credits are for.

    >>> year = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2027, 12, 31))
    >>> CreditCycle("cma-aama", title="CMA (AAMA)", rule=CreditRule(total=12), period=year).name
    'CMA (AAMA)'
    """

    credential: CredentialId = attrs.field(converter=_credential)
    title: str = attrs.field(default="", converter=_title, kw_only=True)
    rule: CreditRule = attrs.field(converter=_rule, kw_only=True)
    period: CreditPeriod = attrs.field(converter=_period, kw_only=True)

    @property
    def name(self) -> str:
        """The title, or the id where there is none."""
        return self.title or self.credential
