"""What all values share: they are frozen attrs classes, equal, hashed and shown by their fields.

attrs writes the methods of a class when the class is defined, and compiles them. A short command defines many more
classes than it makes values of, and spent most of its life on that. So `Value` has equality, hash and text for all,
and `frozen` has attrs do the rest when a class is first used (see `docs/design-decisions.md`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

__all__ = ["Value", "frozen"]

Kind = TypeVar("Kind", bound=type)

_UNWRITTEN: Final[dict[type, bool]] = {}
"""The classes that attrs has not seen yet, and whether their fields are keyword-only."""
_LOCK: Final = RLock()


class _WrittenOnFirstUse:
    """Stands for an attribute that attrs writes: asking for it has it written."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, owner: type) -> Any:  # noqa: ANN401 (whatever attrs writes)
        _write(owner)
        for kind in owner.__mro__:
            found = vars(kind).get(self._name, self)
            if found is not self:
                return found.__get__(instance, owner) if hasattr(found, "__get__") else found
        raise AttributeError(self._name)


def _write(owner: type) -> None:
    """Have attrs write a class and those that it comes from."""
    with _LOCK:
        for kind in reversed(owner.__mro__):
            kw_only = _UNWRITTEN.pop(kind, None)
            if kw_only is not None:
                attrs.frozen(kind, slots=False, init=True, eq=False, repr=False, match_args=False, kw_only=kw_only)


class _CalledWith:
    """Tells `inspect.signature` how a class is called that is not written yet; since 3.13 it asks no `__init__`."""

    def __get__(self, instance: object, owner: type) -> object:
        if instance is not None:
            raise AttributeError("__signature__")
        from inspect import signature  # noqa: PLC0415 (a large module that few ask for)

        _write(owner)
        found = signature(getattr(owner, "__init__"))  # noqa: B009 (of the class, not of an instance)
        _, *others = found.parameters.values()
        return found.replace(parameters=others)


class _MatchedByPosition:
    """What a class pattern (`case Point(x, y)`) takes by position, in classes that may not be written yet."""

    def __get__(self, _: object, owner: type) -> tuple[str, ...]:
        return _positional(owner)


@cache
def _positional(kind: type[attrs.AttrsInstance]) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(kind) if field.init and not field.kw_only)


_STANDING_IN: Final[dict[str, object]] = {
    "__init__": _WrittenOnFirstUse("__init__"),
    "__attrs_attrs__": _WrittenOnFirstUse("__attrs_attrs__"),
    "__match_args__": _MatchedByPosition(),
    "__signature__": _CalledWith(),
}

if TYPE_CHECKING:
    from attrs import frozen
else:

    def frozen(kind: Kind | None = None, *, kw_only: bool = False) -> Kind | Callable[[Kind], Kind]:
        """A value class: what `attrs.frozen` makes, written when the class is first used."""
        if kind is None:
            return lambda kind: frozen(kind, kw_only=kw_only)
        if not issubclass(kind, Value):
            raise TypeError(f"{kind.__name__} is no Value")
        _UNWRITTEN[kind] = kw_only
        for name, stand_in in _STANDING_IN.items():
            setattr(kind, name, stand_in)
        return kind


@cache
def _compared(kind: type[attrs.AttrsInstance]) -> tuple[str, ...]:
    """The fields that tell two values of a class apart."""
    return tuple(field.name for field in attrs.fields(kind) if field.eq)


class Value:
    """The base of all classes made with `frozen`.

    >>> @frozen
    ... class Point(Value):
    ...     x: int
    ...     y: int = 0
    >>> Point(1), Point(1) == Point(1, 0), attrs.has(Point)
    (Point(x=1, y=0), True, True)
    """

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
