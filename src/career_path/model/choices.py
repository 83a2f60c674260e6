"""Reading one of a closed set of words."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from career_path.errors import InvalidValueError, nearest_name, quoted

__all__ = ["to_choice"]

Choice = TypeVar("Choice", bound=StrEnum)


def to_choice(kind: type[Choice], value: object, where: str) -> Choice:
    """The member of an enumeration that a word names.

    Raises:
        InvalidValueError: code `not-a-choice`, with the nearest word.
    """
    if isinstance(value, str) and value in kind._value2member_map_:
        return kind(value)
    words = [member.value for member in kind]
    raise InvalidValueError("not-a-choice", where, quoted(value), " or ".join(words), nearest_name(value, words))
