"""The parts of a rule of continuing education: units and rounding, slots, and what a part period asks for."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Final, assert_never

import attrs

from career_path.days.durations import hours_text
from career_path.days.spans import Span, to_optional_span
from career_path.errors import InvalidValueError, quoted
from career_path.model.choices import to_choice
from career_path.model.ledger import CreditKind, Number, check_word, exact_number, positive_number
from career_path.model.parts import check_part
from career_path.model.text import check_id, check_text
from career_path.values import Value, frozen

__all__ = [
    "LONGEST_CYCLE_NUMBER",
    "CreditSlot",
    "CreditUnit",
    "MonthCount",
    "Proration",
    "Rounding",
    "check_renewal_number",
    "forward_span",
    "rounded",
    "to_truth",
    "unit_key",
]

LONGEST_CYCLE_NUMBER: Final = 1_000


class Rounding(StrEnum):
    """Which whole multiple an amount becomes; `nearest` takes the upper one at half.

    >>> [str(rounded(Fraction(1, 2), Fraction(1), way)) for way in Rounding]
    ['0', '1', '1']
    """

    DOWN = "down"
    NEAREST = "nearest"
    UP = "up"


class MonthCount(StrEnum):
    """Which months of a part period count: those begun, or those over.

    >>> Proration(per_month=1, months="full").months
    <MonthCount.FULL: 'full'>
    """

    STARTED = "started"
    FULL = "full"


def rounded(amount: Fraction, step: Fraction | None, way: Rounding) -> Fraction:
    """The whole multiple of a step that an amount becomes; the amount itself without a step.

    >>> rounded(Fraction(9, 8), Fraction(1, 4), Rounding.NEAREST)
    Fraction(5, 4)
    """
    if step is None:
        return amount
    count = amount / step
    match way:
        case Rounding.DOWN:
            whole = count.__floor__()
        case Rounding.UP:
            whole = count.__ceil__()
        case Rounding.NEAREST:
            whole = (count + Fraction(1, 2)).__floor__()
        case _:  # pragma: no cover
            assert_never(way)
    return whole * step


def unit_key(name: str) -> str:
    """What two names of one unit share: neither capitals nor the plural `s` matter.

    >>> unit_key("Contact Hours") == unit_key("contact hour")
    True
    """
    key = " ".join(name.casefold().split())
    return key.removesuffix("s") or key


def _at_least(value: Number) -> Fraction:
    return exact_number(value, "at_least")


def _at_most(value: Number | None) -> Fraction | None:
    return None if value is None else exact_number(value, "at_most")


def _credits(value: Number) -> Fraction:
    return positive_number(value, "credits")


def _per(value: Number) -> Fraction:
    return positive_number(value, "per")


def _round_to(value: Number | None) -> Fraction | None:
    return None if value is None else positive_number(value, "round_to")


def _per_month(value: Number | None) -> Fraction | None:
    return None if value is None else positive_number(value, "per_month")


def _title(value: str) -> str:
    return check_text(value, "title")


def _unit(value: str) -> str:
    return check_word(value, "unit")


def _kind(value: CreditKind) -> CreditKind:
    return check_part(value, CreditKind, "of")


@frozen
class CreditUnit(Value):
    """What another unit is worth: `per` of it are `credits` credits of the rule.

    >>> CreditUnit("hour", credits=1, per=2).worth
    Fraction(1, 2)
    """

    unit: str = attrs.field(converter=_unit)
    credits: Fraction = attrs.field(converter=_credits, kw_only=True)
    per: Fraction = attrs.field(default=Fraction(1), converter=_per, kw_only=True)

    @property
    def worth(self) -> Fraction:
        """The credits of one unit."""
        return self.credits / self.per


def to_truth(value: bool) -> bool:  # noqa: FBT001 (a converter)
    """`value`, if it is true or false.

    >>> to_truth(True)
    True

    Raises:
        InvalidValueError: code `wrong-type`.
    """
    return _check_truth(value)


def _check_truth(value: object) -> bool:
    if type(value) is bool:
        return value
    raise InvalidValueError("wrong-type", "", quoted(value), "true or false")


def _slot_id(value: str) -> str:
    return check_id(value)


def _each(value: Span | str | None) -> Span | None:
    return forward_span(value, "each")


def forward_span(value: Span | str | None, where: str) -> Span | None:
    """A span that leads forward, or None from None.

    >>> forward_span("P5Y", "rolling")
    Span.parse('P5Y')

    Raises:
        InvalidValueError: codes `not-a-span`, `too-long`, `not-positive`.
    """
    try:
        span = to_optional_span(value)
    except InvalidValueError as error:
        raise attrs.evolve(error, where=where) from None
    if span is not None and (span.is_negative or span.is_zero):
        raise InvalidValueError("not-positive", where, quoted(str(span)), "a span longer than nothing")
    return span


def _every(value: int) -> int:
    return check_renewal_number(value, "every")


def _first(value: int | None) -> int | None:
    return None if value is None else check_renewal_number(value, "first")


def check_renewal_number(value: object, where: str) -> int:
    """The number of a renewal, from 1.

    >>> check_renewal_number(3, "every")
    3

    Raises:
        InvalidValueError: code `not-a-count`.
    """
    if type(value) is int and 1 <= value <= LONGEST_CYCLE_NUMBER:
        return value
    raise InvalidValueError("not-a-count", where, quoted(value), f"a whole number from 1 to {LONGEST_CYCLE_NUMBER}")


@frozen
class CreditSlot(Value):
    """What is asked of the credits of one kind: at least so many, at most so many, or both.

    - `is_overlay`: these credits count in other slots too, whatever the rule's `fills` says.
    - `each`: asked anew in each stretch of this length, counted from the first day of the cycle; a last stretch that
      is shorter asks for as much. Such a slot is an overlay.
    - `every` and `first`: due in the renewal of number `first` and each `every`-th after it; without `first` in the
      `every`-th. `is_once`: due in the first of these alone.
    - `is_extra`: asked on top of the total, which grows by it where it is due.
    - `is_prorated`: shrinks with the total in a part period.

    >>> CreditSlot("violence", at_least=2, every=3, is_extra=True).is_due(2)
    False
    """

    id: str = attrs.field(converter=_slot_id)
    title: str = attrs.field(default="", converter=_title, kw_only=True)
    at_least: Fraction = attrs.field(default=Fraction(0), converter=_at_least, kw_only=True)
    at_most: Fraction | None = attrs.field(default=None, converter=_at_most, kw_only=True)
    of: CreditKind = attrs.field(factory=CreditKind, converter=_kind, kw_only=True)
    is_overlay: bool = attrs.field(default=False, converter=to_truth, kw_only=True)
    each: Span | None = attrs.field(default=None, converter=_each, kw_only=True)
    every: int = attrs.field(default=1, converter=_every, kw_only=True)
    first: int | None = attrs.field(default=None, converter=_first, kw_only=True)
    is_once: bool = attrs.field(default=False, converter=to_truth, kw_only=True)
    is_extra: bool = attrs.field(default=False, converter=to_truth, kw_only=True)
    is_prorated: bool = attrs.field(default=False, converter=to_truth, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.at_most is None and not self.at_least:
            raise InvalidValueError("empty", "at_least", "no amount", "at_least more than 0, or at_most")
        if self.at_most is not None and self.at_least > self.at_most:
            found = f"at least {hours_text(self.at_least)}, at most {hours_text(self.at_most)}"
            raise InvalidValueError("out-of-order", "at_most", found, "at_least no more than at_most")
        if self.is_once and self.every > 1:
            raise InvalidValueError("fixed-twice", "every", f"every {self.every}, and once", "first, with once")

    @property
    def name(self) -> str:
        """The title, or the id where there is none."""
        return self.title or self.id

    @property
    def lies_over(self) -> bool:
        """Whether its credits count in other slots too."""
        return self.is_overlay or self.each is not None

    def is_due(self, number: int) -> bool:
        """Whether the renewal of this number asks for it; a slot that only limits is in force in the same ones."""
        first = self.every if self.first is None else self.first
        return number == first if self.is_once else number >= first and (number - first) % self.every == 0


def _months(value: MonthCount | str) -> MonthCount:
    return to_choice(MonthCount, value, "months")


def _rounding(value: Rounding | str) -> Rounding:
    return to_choice(Rounding, value, "rounding")


@frozen(kw_only=True)
class Proration(Value):
    """How much of the total a part period asks for: `per_month` for each month held, never more than the total.

    Without `per_month` it is the same share of the total as the months held are of the months of the cycle.

    >>> Proration(per_month=1).per_month
    Fraction(1, 1)
    """

    per_month: Fraction | None = attrs.field(default=None, converter=_per_month)
    months: MonthCount = attrs.field(default=MonthCount.STARTED, converter=_months)
    round_to: Fraction | None = attrs.field(default=None, converter=_round_to)
    rounding: Rounding = attrs.field(default=Rounding.UP, converter=_rounding)
