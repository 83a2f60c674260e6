"""What all values share: equality, hash and text by fields.

attrs can write these for each class, but compiling them takes more than half of the time to define one, and a
short command spends most of its life defining classes (see `docs/design-decisions.md`).
"""

from __future__ import annotations

from functools import cache

import attrs

__all__ = ["Value"]


@cache
def _compared(kind: type[attrs.AttrsInstance]) -> tuple[str, ...]:
    """The fields that tell two values of a class apart."""
    return tuple(field.name for field in attrs.fields(kind) if field.eq)


class Value:
    """A frozen attrs class made with `eq=False, repr=False` that is equal, hashed and shown by its fields."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if other.__class__ is not self.__class__:
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _compared(type(self)))  # type: ignore[arg-type]

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in _compared(type(self)))))  # type: ignore[arg-type]

    def __repr__(self) -> str:
        parts = (f"{name}={getattr(self, name)!r}" for name in _compared(type(self)))  # type: ignore[arg-type]
        return f"{type(self).__qualname__}({', '.join(parts)})"
