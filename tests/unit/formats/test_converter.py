"""Which reader a type gets."""

from collections.abc import Callable
from typing import Any

import pytest

from career_path.formats.converter import Converter


def constant(answer: str) -> Callable[[Any, Any], str]:
    return lambda _value, _kind: answer


def test_the_very_type_comes_before_questions_and_the_last_question_first() -> None:
    converter = Converter()
    converter.register_structure_hook(bool, constant("the type"))
    converter.register_structure_hook_factory(lambda kind: issubclass(kind, int), lambda *_: constant("the first"))
    converter.register_structure_hook_factory(lambda kind: kind is int, lambda *_: constant("the last"))
    assert converter.structure(True, bool) == "the type"  # noqa: FBT003
    assert converter.structure(1, int) == "the last"

    class More(int):
        pass

    assert converter.structure(1, More) == "the first"


def test_a_reader_is_made_once() -> None:
    made: list[object] = []
    converter = Converter()

    def make(kind: object, _: Converter) -> Callable[[Any, Any], str]:
        made.append(kind)
        return constant("read")

    converter.register_structure_hook_factory(lambda _: True, make)
    assert [converter.structure(each, list[int]) for each in "ab"] == ["read", "read"]
    assert made == [list[int]]


def test_what_is_registered_later_replaces_what_was_found() -> None:
    converter = Converter()
    converter.register_structure_hook(int, constant("before"))
    assert converter.structure(1, int) == "before"
    converter.register_structure_hook(int, constant("after"))
    assert converter.structure(1, int) == "after"


def test_a_type_that_nothing_reads_is_a_defect() -> None:
    with pytest.raises(TypeError, match="nothing reads <class 'float'>"):
        Converter().get_structure_hook(float)
