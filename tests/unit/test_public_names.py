"""What users may rely on: every public name, its shape, its example and its place in the reference.

`tests/golden/public-names.txt` lists each name with its signature. Whoever changes it changes what others build on:

    CAREER_PATH_RENEW_GOLDEN=1 pytest tests/unit/test_public_names.py

writes it anew; read the difference before it is committed, and tell it in the changelog.
"""

from __future__ import annotations

import datetime as dt
import doctest
import inspect
import json
import os
import re
import subprocess
import sys
from abc import ABC
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import Enum
from functools import cached_property
from importlib.metadata import distribution
from pathlib import Path
from typing import Final, ForwardRef, get_args, get_overloads

import attrs
import pytest

import career_path
from career_path.days.spans import Span

ROOT: Final = Path(__file__).parents[2]
PACKAGE: Final = ROOT / "src" / "career_path"
GOLDEN: Final = ROOT / "tests" / "golden" / "public-names.txt"
RENEW: Final = bool(os.environ.get("CAREER_PATH_RENEW_GOLDEN"))
OPERATORS: Final = ("__and__", "__neg__", "__or__", "__str__")

NAMES: Final = tuple(career_path.__all__)


def value_of(name: str) -> object:
    return getattr(career_path, name)


WITH_EXAMPLES: Final = [name for name in NAMES if inspect.isclass(value_of(name)) or inspect.isfunction(value_of(name))]


def public_names() -> str:
    """Every public name with its kind and signature, sorted; the same on every Python that is supported."""
    return "".join(f"{line}\n" for name in NAMES for line in described(name, value_of(name)))


def described(name: str, value: object) -> Iterator[str]:
    if isinstance(value, type):
        kind = "enum" if issubclass(value, Enum) else "class"
        yield f"{kind} {name}{bases_of(value)}"
        yield from (f"    {line}" for line in (*constructor_of(value), *sorted(members_of(value))))
    elif inspect.isfunction(value):
        yield f"function {name}{signature_of(value)}"
    else:
        yield f"constant {name}: {type(value).__name__}"


def bases_of(kind: type) -> str:
    names = list(public_bases(kind))
    return f"({', '.join(names)})" if names else ""


def public_bases(kind: type) -> Iterator[str]:
    for base in kind.__bases__:
        if is_ours(base) and base.__name__ not in NAMES:
            yield from public_bases(base)
        elif base not in {object, ABC}:
            yield base.__name__


def is_ours(kind: type) -> bool:
    return kind.__module__.partition(".")[0] == "career_path"


def ours(kind: type) -> list[type]:
    """A class and those of this library that it is made from."""
    return [base for base in kind.__mro__ if is_ours(base)]


def constructor_of(kind: type) -> Iterator[str]:
    if not issubclass(kind, Enum) and any("__init__" in vars(base) for base in ours(kind)):
        yield f"{kind.__name__}{signature_of(kind.__init__, is_constructor=True)}"


def members_of(kind: type) -> Iterator[str]:
    if issubclass(kind, Enum):
        yield from (f"{member.name} = {member.value!r}" for member in kind)
        return
    fields = [each.name for each in attrs.fields(kind)] if attrs.has(kind) else []
    types = {name: text for base in reversed(ours(kind)) for name, text in inspect.get_annotations(base).items()}
    yield from (f".{name}: {written(types[name])}" for name in fields if name[0] != "_")
    homes = {name: base for base in reversed(ours(kind)) for name in vars(base) if name[0] != "_" or name in OPERATORS}
    for name, base in homes.items():
        if name not in fields:
            yield from member(name, vars(base)[name])


def member(name: str, value: object) -> Iterator[str]:
    match value:
        case property(fget=getter):
            yield f".{name}: {written(getattr(getter, '__annotations__', {}).get('return'))}"
        case cached_property(func=getter):
            yield f".{name}: {written(getter.__annotations__.get('return'))}"
        case classmethod():
            yield f"classmethod .{name}{signature_of(value.__func__)}"
        case _ if inspect.isfunction(value):
            yield from (f".{name}{signature_of(each)}" for each in get_overloads(value) or [value])
        case str():
            yield f".{name} = {value!r}"
        case _:
            pytest.fail(f"do not know how to list {name}: {value!r}")


def signature_of(function: Callable[..., object], *, is_constructor: bool = False) -> str:
    """As it is written in the source, but for defaults that are no plain values; without `self`."""
    parts: list[str] = []
    is_past_star = False
    signature = inspect.signature(function)
    for each in signature.parameters.values():
        if each.name in {"self", "cls"}:
            continue
        if each.kind is each.KEYWORD_ONLY and not is_past_star:
            parts.append("*")
        is_past_star = is_past_star or each.kind in {each.KEYWORD_ONLY, each.VAR_POSITIONAL}
        star = "*" if each.kind is each.VAR_POSITIONAL else ""
        parts.append(f"{star}{each.name}: {written(each.annotation)}{default_of(each)}")
    result = "" if is_constructor else f" -> {written(signature.return_annotation)}"
    return f"({', '.join(parts)}){result}"


def default_of(parameter: inspect.Parameter) -> str:
    match parameter.default:
        case inspect.Parameter.empty:
            return ""
        case attrs.NOTHING:
            return " = …"
        case Enum() as choice:
            return f" = {type(choice).__name__}.{choice.name}"
        case None | bool() | int() | str() | () | Span() as plain:
            return f" = {plain!r}"
        case _:
            return " = …"


def written(annotation: object) -> str:
    """An annotation as text; attrs turns some of the texts of the source into typing's own objects."""
    if isinstance(annotation, str):
        return annotation
    if isinstance(annotation, ForwardRef):
        return annotation.__forward_arg__
    if get_args(annotation):
        return " | ".join(written(part) for part in get_args(annotation))
    return "None" if annotation in {None, type(None)} else str(getattr(annotation, "__name__", annotation))


def test_the_public_names_are_those_that_were_promised() -> None:
    if RENEW:
        GOLDEN.write_text(public_names(), encoding="utf-8")
    assert public_names().splitlines() == GOLDEN.read_text("utf-8").splitlines()


def test_the_names_are_sorted_and_each_stands_once() -> None:
    """Constants, then classes, then the rest, as ruff sorts them."""
    assert list(NAMES) == sorted(set(NAMES), key=lambda name: (not name.isupper(), not name[0].isupper(), name))


def test_every_name_loads_and_is_offered_where_people_look() -> None:
    assert all(value_of(name) is not None for name in NAMES)
    assert set(NAMES) <= set(dir(career_path))


def test_a_name_that_is_none_is_refused_like_in_any_module() -> None:
    with pytest.raises(AttributeError, match="module 'career_path' has no attribute 'plna'"):
        value_of("plna")


def test_importing_everything_gives_the_public_names_alone() -> None:
    got: dict[str, object] = {}
    exec("from career_path import *", got)
    got.pop("__builtins__")
    assert got == {name: value_of(name) for name in NAMES}


def test_what_is_tested_is_what_is_installed() -> None:
    """Beside a checkout it is easy to test files that nobody gets, or an installation of yesterday."""
    installed = distribution("career-path")
    told = json.loads(installed.read_text("direct_url.json") or "{}")
    if told.get("dir_info", {}).get("editable"):
        return
    here = Path(career_path.__file__).parent
    assert here == Path(str(installed.locate_file("career_path")))
    files = [path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert files
    assert [path for path in files if (here / path.relative_to(PACKAGE)).read_bytes() != path.read_bytes()] == []


def test_importing_the_library_loads_none_of_its_modules() -> None:
    code = "import sys, career_path; print(*sorted(name for name in sys.modules if name.startswith('career_path.')))"
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert printed.split() == ["career_path.version"]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_every_class_and_function_has_an_example_that_runs_by_itself(name: str) -> None:
    """The examples of a module also run one after the other; here none can lean on what one before it defined."""
    given = {each: value_of(each) for each in NAMES} | {"dt": dt, "Decimal": Decimal, "Path": Path}
    found = doctest.DocTestParser().get_doctest(value_of(name).__doc__ or "", given, name, None, None)
    assert found.examples, f"{name} has no example"
    told: list[str] = []
    assert doctest.DocTestRunner().run(found, out=told.append).failed == 0, "".join(told)


@pytest.mark.parametrize("name", [name for name in NAMES if name[0] != "_"])
def test_every_name_is_in_the_reference(name: str) -> None:
    text = (ROOT / "docs" / "reference.md").read_text("utf-8")
    assert re.search(rf"\b{name}\b", text)
