"""Which function reads which type of a document, and all that is wrong with a value, told together.

A reader is found by the type as it stands in an annotation: one registered for that very type, else by a question
about it, the last question first. Each is looked up once and then remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

__all__ = ["Converter", "FaultyError", "Hook", "Place"]

Hook = Callable[[Any, Any], Any]
"""Takes what a document holds and the type that is wanted; gives the value, or raises what is wrong with it."""

Place = str | int | None
"""Where a part is in a table or list: its name or its index; None where it is the whole itself."""


class FaultyError(Exception):
    """Everything that is wrong with the parts of a value, each with its place in it.

    >>> from career_path.errors import InvalidValueError
    >>> error = FaultyError([("takes", InvalidValueError("not-a-span", "", "'x'", "a span"))])
    >>> [place for place, _ in error.errors]
    ['takes']
    """

    def __init__(self, errors: Iterable[tuple[Place, Exception]]) -> None:
        super().__init__()
        self.errors: tuple[tuple[Place, Exception], ...] = tuple(errors)


class Converter:
    """Readers by the types that they read.

    >>> converter = Converter()
    >>> converter.register_structure_hook(int, lambda value, _: int(value))
    >>> converter.structure("12", int)
    12
    """

    def __init__(self) -> None:
        self._by_type: dict[Any, Hook] = {}
        self._by_question: list[tuple[Callable[[Any], bool], Callable[[Any, Converter], Hook]]] = []
        self._found: dict[Any, Hook] = {}

    def register_structure_hook(self, kind: Any, hook: Hook) -> None:  # noqa: ANN401 (a type expression)
        """Read this very type, and none that comes from it, with this function."""
        self._by_type[kind] = hook
        self._found.clear()

    def register_structure_hook_factory(
        self,
        is_read: Callable[[Any], bool],
        make_hook: Callable[[Any, Converter], Hook],
    ) -> None:
        """Read every type of which something is true with what is made for it; the last one registered comes first."""
        self._by_question.append((is_read, make_hook))
        self._found.clear()

    def get_structure_hook(self, kind: Any) -> Hook:  # noqa: ANN401 (a type expression)
        """The function that reads a type.

        Raises:
            TypeError: nothing was registered for it, which is a defect of this library.
        """
        found = self._found.get(kind)
        if found is None:
            found = self._found[kind] = self._hook_for(kind)
        return found

    def structure(self, value: object, kind: Any) -> Any:  # noqa: ANN401 (the type is known only to the caller)
        """The value of a type that a part of a document stands for.

        Raises:
            InvalidValueError: what is wrong with it.
            FaultyError: what is wrong with its parts.
        """
        return self.get_structure_hook(kind)(value, kind)

    def _hook_for(self, kind: Any) -> Hook:  # noqa: ANN401 (a type expression)
        if kind in self._by_type:
            return self._by_type[kind]
        for is_read, make_hook in reversed(self._by_question):
            if is_read(kind):
                made: Hook = make_hook(kind, self)
                return made
        raise TypeError(f"nothing reads {kind}")
