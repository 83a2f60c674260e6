"""Tables as JSON: two spaces, no escapes for letters beyond ASCII, a line break at the end."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from career_path.errors import InvalidValueError

__all__ = ["json_text"]


def json_text(table: Mapping[str, object]) -> str:
    """A table as JSON; dates are text, decimals are numbers.

    >>> print(json_text({"hours": Decimal("7.5"), "on": dt.date(2027, 1, 11)}), end="")
    {
      "hours": 7.5,
      "on": "2027-01-11"
    }

    Raises:
        InvalidValueError: a decimal of more digits than a JSON number can be trusted with.
    """
    return json.dumps(table, indent=2, ensure_ascii=False, allow_nan=False, default=_told) + "\n"


def _told(value: object) -> object:
    """What the encoder does not know itself: dates and decimals."""
    return value.isoformat() if isinstance(value, dt.date) else _number(cast("Decimal", value))


def _number(value: Decimal) -> int | float:
    if value == value.to_integral_value():
        return int(value)
    number = float(value)
    if Decimal(repr(number)) != value:
        raise InvalidValueError("not-writable", "", str(value), "a number that JSON readers keep exactly, or TOML")
    return number
