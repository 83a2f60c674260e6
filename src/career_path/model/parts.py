"""Values inside values: each of the class it should be, told at once where it is not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar, cast

from career_path.errors import InvalidValueError, quoted

__all__ = ["check_part", "check_parts"]

Part = TypeVar("Part")


def check_part(value: object, kind: type[Part], where: str) -> Part:
    """`value`, if it is of a class.

    Raises:
        InvalidValueError: code `wrong-kind`.
    """
    if isinstance(value, kind):
        return value
    raise InvalidValueError("wrong-kind", where, quoted(value), f"a {kind.__name__}")


def check_parts(values: object, kind: type[Part], where: str) -> tuple[Part, ...]:
    """Values that are all of a class.

    >>> check_parts([1, 2], int, "numbers")
    (1, 2)

    Raises:
        InvalidValueError: codes `not-a-list`, `wrong-kind`.
    """
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise InvalidValueError("not-a-list", where, quoted(values), f"a list, each a {kind.__name__}")
    each = cast("Iterable[object]", values)
    return tuple(check_part(value, kind, f"{where}[{index}]") for index, value in enumerate(each))
