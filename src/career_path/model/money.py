"""Amounts of money as documents write them: exact, never negative, of a sensible size."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from career_path.errors import InvalidValueError, quoted

__all__ = ["to_amount"]

MOST_DIGITS: Final = 12
MOST_PLACES: Final = 4


def to_amount(value: object) -> Decimal:
    """An exact amount of money, 0 or more, with at most four places after the point.

    >>> to_amount("125.00")
    Decimal('125.00')

    Raises:
        InvalidValueError: codes `not-an-amount`, `negative`.
    """
    if isinstance(value, str) and not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,4})?", value):
        raise InvalidValueError("not-an-amount", "", quoted(value), 'an amount such as "125.00"')
    if isinstance(value, bool) or not isinstance(value, (Decimal, str, int)):
        raise InvalidValueError("not-an-amount", "", quoted(value), 'an amount such as "125.00"')
    amount = Decimal(value)
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int) or not -MOST_PLACES <= exponent <= MOST_DIGITS or amount.adjusted() >= MOST_DIGITS:
        raise InvalidValueError("not-an-amount", "", quoted(value), 'an amount such as "125.00"')
    if amount.is_signed():  # a nought with a sign would be shown with it
        raise InvalidValueError("negative", "", quoted(value), "0 or more")
    return amount
