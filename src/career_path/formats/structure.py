"""Plain tables into typed values, with every fault and its path.

The converter finds the hook for each annotated type; tables and lists go on after a fault and collect them all. The
hooks here are strict: nothing is turned into text, no number into a truth value, no `datetime` into a date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any, TypeGuard, TypeVar, cast, get_args, get_origin

import attrs

from career_path.days.day_rules import MonthDay, Weekday, to_weekday
from career_path.days.durations import to_hours
from career_path.days.numbers import check_date, parse_date
from career_path.days.spans import Span
from career_path.errors import DocumentError, Fault, InvalidValueError, nearest_name, quoted
from career_path.formats.converter import Converter, FaultyError, Hook, Place
from career_path.formats.gate import Table, join_path
from career_path.formats.shapes import DocumentField, fields_of, is_optional, key_attribute, said_in_text, without_none
from career_path.model.choices import to_choice
from career_path.model.occupations import Percent
from career_path.model.pathway import to_amount
from career_path.model.text import CredentialId, OccupationId, SourceId, StepId, check_id, check_source_id, check_text

__all__ = [
    "KEY",
    "FieldReader",
    "all_of",
    "collect",
    "faults_of",
    "is_list",
    "is_table",
    "new_converter",
    "present",
    "read_date",
    "read_list",
    "read_table",
    "read_text",
    "readers_of",
    "unknown_field",
    "wrong_type",
]

KEY = "\0key"
"""Where the key of a table is handed on as one more field; no document can hold a field of this name."""


def new_converter() -> Converter:
    """A converter with the strict hooks that all documents share."""
    converter = Converter()
    for scalar, read in _SCALARS.items():
        converter.register_structure_hook(scalar, _scalar(read))
    converter.register_structure_hook_factory(_is_choice, lambda _kind, _converter: _read_choice)
    converter.register_structure_hook(Weekday, lambda value, _: to_weekday(value))
    converter.register_structure_hook(Span | dt.date, lambda value, _: _read_span_or_day(value))
    converter.register_structure_hook_factory(_is_table_class, _table_hook)
    converter.register_structure_hook_factory(_is_tuple, _list_hook)
    converter.register_structure_hook_factory(is_optional, _optional_hook)
    return converter


def wrong_type(value: object, expected: str) -> InvalidValueError:
    """The error for a value of another kind than a field takes."""
    found = f"{type(value).__name__} {value}" if isinstance(value, dt.date) else quoted(value)
    return InvalidValueError("wrong-type", "", found, expected)


def is_table(value: object) -> TypeGuard[Table]:
    """Whether a value is a table; the gate has seen to it that its keys are text."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[object]]:
    """Whether a value is a list."""
    return isinstance(value, list)


def read_table(value: object) -> Table:
    """A table without the fields that are null."""
    if not is_table(value):
        raise wrong_type(value, "a table")
    return present(value)


def present(table: Table) -> Table:
    """A table without its nulls: null means absent everywhere."""
    return {key: each for key, each in table.items() if each is not None}


def read_text(value: object) -> str:
    """Text as it is."""
    if not isinstance(value, str):
        raise wrong_type(value, "text")
    return check_text(value)


def _read_truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise wrong_type(value, "true or false")
    return value


def _read_count(value: object) -> int:
    if type(value) is not int:
        raise wrong_type(value, "a whole number")
    return value


def read_date(value: object) -> dt.date:
    """A date, native or written `YYYY-MM-DD`; never one with a time."""
    if isinstance(value, dt.datetime):
        raise InvalidValueError("datetime-for-date", "", str(value), "a date without a time")
    return parse_date(value) if isinstance(value, str) else check_date(value)


def _read_amount(value: object) -> Decimal:
    if isinstance(value, str) and value.startswith("-"):
        raise InvalidValueError("negative", "", quoted(value), "0 or more")
    return to_amount(cast("str", value))


def _read_span_or_day(value: object) -> Span | dt.date:
    if isinstance(value, str) and value.lstrip("-").startswith("P"):
        return Span.parse(value)
    if isinstance(value, (str, dt.date)):
        return read_date(value)
    raise wrong_type(value, "a length such as P1Y, or a date")


def _read_percent(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise wrong_type(value, "a number")
    return value  # the class knows which


def _read_hours(value: object) -> Fraction:
    return to_hours(cast("Decimal", value))


def _read_step_id(value: object) -> str:
    return check_id(cast("str", value), "")


def _read_source_id(value: object) -> str:
    return check_source_id(cast("str", value), "")


_SCALARS: dict[Any, Callable[[object], object]] = {
    str: read_text,
    bool: _read_truth,
    int: _read_count,
    dt.date: read_date,
    Decimal: _read_amount,
    Fraction: _read_hours,
    Span: Span.parse,
    MonthDay: MonthDay.parse,
    StepId: _read_step_id,
    CredentialId: _read_step_id,
    OccupationId: _read_step_id,
    Percent: _read_percent,
    SourceId: _read_source_id,
}


def _scalar(read: Callable[[object], object]) -> Hook:
    return lambda value, _: read(value)


def _read_choice(value: object, kind: type[StrEnum]) -> StrEnum:
    return to_choice(kind, value, "")


def _is_choice(given: object) -> bool:
    return isinstance(given, type) and issubclass(given, StrEnum)


def _is_table_class(given: object) -> bool:
    return isinstance(given, type) and attrs.has(given) and given not in _SCALARS


def _table_hook(cls: type, converter: Converter) -> Hook:
    """The reader of a table: each field by its type and then by the model's own converter."""
    fields = readers_of(cls, converter)
    said = said_in_text(cls)

    def read(value: object, _: object) -> object:
        table = read_table(value)
        if said in table:
            _check_said(said, table.pop(said))
        given: dict[str, object] = {}
        errors: list[tuple[Place, Exception]] = []
        for field in fields:
            try:
                if field.name in table or field.is_required:
                    given[field.alias] = field.read(table.pop(field.name))
                elif field.is_nullable:
                    given[field.alias] = None
            except (ValueError, KeyError, FaultyError) as error:
                errors.append((None if field.name == KEY else field.name, error))
        if table:
            errors.append((None, _UnknownFieldsError(cls, table)))
        return _built(cls, given, errors)

    return read


def _built(cls: type, given: dict[str, object], errors: list[tuple[Place, Exception]]) -> object:
    """The value made of its fields, or all that is wrong with them."""
    if not errors:
        try:
            return cls(**given)
        except ValueError as error:
            errors.append((None, error))
    raise FaultyError(errors)


class _UnknownFieldsError(Exception):
    """Fields that tables of a class do not have; what they may have been meant for is looked up when it is told."""

    def __init__(self, cls: type, names: Iterable[str]) -> None:
        super().__init__()
        self.cls = cls
        self.names = sorted(names)


class FieldReader:
    """How one field of a table is read; without `field`, it is the key of the table."""

    def __init__(self, attribute: attrs.Attribute[Any], field: DocumentField | None, converter: Converter) -> None:
        self.name: str = field.name if field else KEY
        self.attribute: str = attribute.name
        self.alias: str = attribute.alias or attribute.name
        is_nullable = field is not None and field.is_required and is_optional(field.type)
        self.is_nullable: bool = is_nullable
        self.is_required: bool = not is_nullable and (field is None or field.is_required)
        self._given, self._field, self._converter = attribute, field, converter

    def read(self, value: object) -> object:
        """The value of the field."""
        return self._hook(value, self._field.type if self._field else str)

    @cached_property
    def _hook(self) -> Hook:
        """Looked up when a document has the field: most have few of those that there are."""
        if self._field is None:
            return _checked(self._given, _take_key, self.attribute)
        return _checked(self._given, self._converter.get_structure_hook(self._field.type), self.name)


def readers_of(cls: type, converter: Converter) -> tuple[FieldReader, ...]:
    """How each field of a class is read, its key last."""
    attributes = {each.name: each for each in attrs.fields(cls)}
    found = [FieldReader(attributes[field.attribute], field, converter) for field in fields_of(cls)]
    key = key_attribute(cls)
    if key is not None:
        found.append(FieldReader(attributes[key], None, converter))
    return tuple(found)


def _check_said(name: str | None, value: object) -> None:
    if not isinstance(value, str):
        raise attrs.evolve(wrong_type(value, "text"), where=name or "")


def _take_key(value: object, _: object) -> object:
    return value


def _checked(each: attrs.Attribute[Any], hook: Hook, name: str) -> Hook:
    """A hook that also runs the attribute's own converter, so that its faults are told with the field they are of."""
    check = cast("Callable[[object], object] | None", cast("Any", each).converter)
    if check is None:
        return hook

    def read(value: object, kind: object) -> object:
        structured = hook(value, kind)
        try:
            return check(structured)
        except InvalidValueError as error:
            inner = "" if error.where in (each.name, name) else error.where.removeprefix(f"{each.name}.")
            inner = inner.removeprefix(each.name) if inner.startswith(f"{each.name}[") else inner
            raise attrs.evolve(error, where=inner) from None

    return read


def _is_tuple(given: object) -> bool:
    return get_origin(given) is tuple


def _list_hook(kind: Any, converter: Converter) -> Hook:  # noqa: ANN401 (a type expression)
    """The reader of a list, or of a table of tables where the items have ids."""
    item = get_args(kind)[0]
    hook = converter.get_structure_hook(item)
    if isinstance(item, type) and key_attribute(item):
        return _keyed_hook(item, hook)

    def read(value: object, _: object) -> tuple[object, ...]:
        return collect(enumerate(read_list(value)), lambda part: hook(part, item))

    return read


def _keyed_hook(item: type, hook: Hook) -> Hook:
    def read(value: object, _: object) -> tuple[object, ...]:
        tables = read_table(value)
        pairs = ((key, {**each, KEY: key} if is_table(each) else each) for key, each in tables.items())
        return collect(pairs, lambda part: hook(part, item))

    return read


def read_list(value: object) -> list[object]:
    """A list as it is."""
    if not is_list(value):
        raise wrong_type(value, "a list")
    return value


Part = TypeVar("Part")
Result = TypeVar("Result")


def collect(parts: Iterable[tuple[int | str, Part]], read: Callable[[Part], Result]) -> tuple[Result, ...]:
    """What each part reads as, with the faults of all parts told together, each with its index or key."""
    results: list[Result] = []
    errors: list[tuple[Place, Exception]] = []
    for place, part in parts:
        try:
            results.append(read(part))
        except (InvalidValueError, FaultyError) as error:
            errors.append((place, error))
    if errors:
        raise FaultyError(errors)
    return tuple(results)


def all_of(errors: Iterable[Exception]) -> FaultyError:
    """One error that holds several about the same thing."""
    return FaultyError((None, error) for error in errors)


def _optional_hook(kind: Any, converter: Converter) -> Hook:  # noqa: ANN401
    rest = without_none(kind)
    # The hook is looked up when it is needed: a class may hold an optional value of its own kind.
    return lambda value, _: None if value is None else converter.get_structure_hook(rest)(value, rest)


def faults_of(error: Exception, path: str = "") -> Iterator[Fault]:
    """The faults in what a converter raised, in the order of the fields, with their paths."""
    match error:
        case FaultyError():
            for place, part in error.errors:
                yield from faults_of(part, _part_path(path, place))
        case _UnknownFieldsError():
            known = tuple(field.name for field in fields_of(error.cls))
            for name in error.names:
                yield unknown_field(name, known, path)
        case InvalidValueError():
            yield attrs.evolve(error.fault, path=_joined(path, error.where))
        case DocumentError():
            yield from error.faults
        case _:
            yield _other_fault(error, path)


def _other_fault(error: Exception, path: str) -> Fault:
    """The fault in what Python itself, or a day rule of somebody else's, raised; anything more is a defect."""
    if isinstance(error, KeyError):
        return Fault("missing", path, "nothing", "a value")
    if isinstance(error, ValueError):
        return Fault("invalid", path, quoted(str(error))[1:-1], "a value that this field takes")
    raise error


def _part_path(path: str, place: Place) -> str:
    match place:
        case None:
            return path
        case int():
            return f"{path}[{place}]"
        case str():
            return join_path(path, place)


def _joined(path: str, where: str) -> str:
    return f"{path}.{where}" if path and where and not where.startswith("[") else path + where


def unknown_field(name: str, known: tuple[str, ...], path: str) -> Fault:
    """The fault of a field that no table of this kind has."""
    expected = f"one of {', '.join(known)}" if known else "no field at all"
    return Fault("unknown-field", join_path(path, name), f"the field {quoted(name)}", expected, _nearest(name, known))


@lru_cache(maxsize=1024)
def _nearest(name: str, known: tuple[str, ...]) -> str | None:
    return nearest_name(name, known)
