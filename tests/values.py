"""Changing whole values in tests: every date moved, every id renamed, every list in another order."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import TypeVar, cast

import attrs

from career_path.days.spans import Span
from career_path.model.requirements import AllOf, AnyOf, AtLeast

Value = TypeVar("Value")

FOUR_CENTURIES = dt.timedelta(days=146_097)


def rebuilt(value: Value, change: Callable[[object], object]) -> Value:
    """The same value with `change` applied to every part that is no value itself, and to every tuple made of them."""

    def walk(part: object) -> object:
        match part:
            case AllOf() | AnyOf():
                return type(part)(*cast("tuple[AllOf, ...]", walk(part.of)))
            case AtLeast():
                return AtLeast(part.k, *cast("tuple[AllOf, ...]", walk(part.of)))
            case Span():
                return part
            case tuple():
                return change(tuple(map(walk, cast("tuple[object, ...]", part))))
            case _ if attrs.has(type(part)):
                fields = [f for f in attrs.fields(cast("type[attrs.AttrsInstance]", type(part))) if f.init]
                return type(part)(**{f.alias: walk(getattr(part, f.name)) for f in fields})
            case _:
                return change(part)

    return cast("Value", walk(value))


def four_centuries_later(value: Value) -> Value:
    """Every date 400 years later: the same weekday, the same place in the leap pattern."""
    return rebuilt(value, lambda part: part + FOUR_CENTURIES if type(part) is dt.date else part)


def shuffled(value: Value, rng: random.Random) -> Value:
    """Every tuple in another order, but for waits, which grow in the order of the attempts."""

    def change(part: object) -> object:
        if not isinstance(part, tuple) or any(isinstance(each, Span) for each in part):
            return part
        return tuple(rng.sample(part, len(part)))

    return rebuilt(value, change)


def renamed(value: Value, names: dict[str, str]) -> Value:
    """Every text that is one of the names replaced."""
    return rebuilt(value, lambda part: names.get(part, part) if type(part) is str else part)
