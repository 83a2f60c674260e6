"""Places as codes of parts, the larger part first: a country, a state in it, a county in that."""

from __future__ import annotations

import re
from typing import Final

from career_path.errors import InvalidValueError, quoted

__all__ = ["PLACE_PATTERN", "check_place", "is_place", "lies_in"]

PLACE_PATTERN: Final = "^([A-Za-z0-9]{1,16}(-[A-Za-z0-9]{1,16}){0,7})?$"
"""What a code of a place looks like; empty where none is told."""
_PLACE: Final = r"[A-Za-z0-9]{1,16}(-[A-Za-z0-9]{1,16}){0,7}"


def check_place(value: object, where: str = "where") -> str:
    """`value`, if it is the code of a place: letters and digits in parts with `-` between them.

    >>> check_place("US-TX")
    'US-TX'

    Raises:
        InvalidValueError: code `not-a-place`.
    """
    if isinstance(value, str) and is_place(value):
        return value
    raise InvalidValueError("not-a-place", where, quoted(value), "the code of a place, such as US or US-TX")


def is_place(text: str) -> bool:
    """Whether a text is the code of a place.

    >>> is_place("US-TX"), is_place("Austin, Texas"), is_place("")
    (True, False, False)
    """
    return re.fullmatch(_PLACE, text) is not None


def lies_in(place: str, where: str) -> bool:
    """Whether a place is another one or a part of it: part by part, whether letters are capital or not.

    >>> lies_in("US-TX-201", "US-TX"), lies_in("US-TX", "US-TX-201"), lies_in("US-TXX", "US-TX")
    (True, False, False)
    >>> lies_in("", "US")
    False
    """
    inner, outer = place.upper().split("-"), where.upper().split("-")
    return inner[: len(outer)] == outer
