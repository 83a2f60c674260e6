"""What makes one route better than another."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal, assert_never

import attrs

from career_path.errors import InvalidValueError, quoted
from career_path.model.pathway import to_amount
from career_path.values import Value, frozen

__all__ = ["Balanced", "Objective", "check_objective", "objective_key"]

Key = tuple[Decimal | int, ...]


def _to_amount(value: Decimal | str | int) -> Decimal:
    return to_amount(value)


@frozen
class Balanced(Value):
    """Money and time together: each day until the finish costs `per_day`.

    >>> Balanced("25.00").per_day
    Decimal('25.00')
    """

    per_day: Decimal = attrs.field(converter=_to_amount)


Objective = Literal["earliest", "cheapest"] | Balanced


def check_objective(objective: Objective) -> Objective:
    """The objective, if it is one.

    Raises:
        InvalidValueError: code `not-a-choice`.
    """
    if isinstance(objective, Balanced) or objective in ("earliest", "cheapest"):
        return objective
    raise InvalidValueError(
        "not-a-choice", "objective", quoted(objective), "'earliest', 'cheapest' or Balanced(per_day=…)"
    )


def objective_key(objective: Objective, *, today: int) -> Callable[[int, Decimal, int], Key]:
    """A function from finish day, known cost and number of unknown costs to a key; the least key is best.

    A route with fewer unknown costs is cheaper than one with more, whatever the known ones add up to.
    """
    match objective:
        case "earliest":
            return lambda finish, cost, unknown: (finish, unknown, cost)
        case "cheapest":
            return lambda finish, cost, unknown: (unknown, cost, finish)
        case Balanced(per_day):
            return lambda finish, cost, unknown: (
                unknown,
                cost + per_day * (finish - today),
                finish,
                cost,
            )
        case _:  # pragma: no cover
            assert_never(objective)
