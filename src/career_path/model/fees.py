"""Amounts that may change on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

import attrs

from career_path.days.numbers import check_date
from career_path.model.money import to_amount
from career_path.model.parts import check_parts
from career_path.values import Value, frozen

__all__ = ["Fee", "to_fees"]


def _amount(value: Decimal | str | int) -> Decimal:
    return to_amount(value)


def _optional_date(value: dt.date | None) -> dt.date | None:
    return None if value is None else check_date(value)


@frozen
class Fee(Value):
    """An amount in the pathway's currency, from a day on where that is said.

    >>> Fee("40.00").amount
    Decimal('40.00')
    """

    amount: Decimal = attrs.field(converter=_amount)
    since: dt.date | None = attrs.field(default=None, converter=_optional_date, kw_only=True)


def to_fees(values: Iterable[Fee] | Fee | Decimal | str | int | None) -> tuple[Fee, ...]:
    """Fees by the day from which they hold; one amount alone holds always, none is not known.

    >>> [str(fee.amount) for fee in to_fees("55.00")]
    ['55.00']
    """
    if values is None:
        return ()
    if isinstance(values, Fee):
        return (values,)
    if isinstance(values, (Decimal, str, int)):
        return (Fee(values),)
    fees = check_parts(values, Fee, "fee")
    return tuple(sorted(fees, key=lambda fee: fee.since or dt.date.min))
