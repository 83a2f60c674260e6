"""What overlays change, read from tables and written to them: some fields of a step, credential or part of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final, TypeVar, cast

import attrs

from career_path.errors import InvalidValueError
from career_path.formats.converter import Converter, FaultyError, Place
from career_path.formats.gate import Table, join_path
from career_path.formats.shapes import DocumentField, fields_of
from career_path.formats.structure import (
    KEY,
    FieldReader,
    collect,
    read_list,
    read_table,
    read_text,
    readers_of,
    unknown_field,
)
from career_path.model.credentials import Credential
from career_path.model.edits import CredentialEdit, Edit, OccupationEdit, Part, StepEdit, parts_of
from career_path.model.occupations import Occupation
from career_path.model.pathway import Step

__all__ = ["EDITED", "REMOVE", "edit_table", "register_edits"]

REMOVE: Final = "remove"
"""The field of an edit's table that lists what is to go."""
EDITED: Final[Mapping[type[Edit], type]] = {
    StepEdit: Step,
    CredentialEdit: Credential,
    OccupationEdit: Occupation,
}
"""What each edit changes."""

SomeEdit = TypeVar("SomeEdit", bound=Edit)


def register_edits(converter: Converter) -> None:
    """Teach a converter to read edits."""
    converter.register_structure_hook(StepEdit, lambda value, _: _read_keyed(value, StepEdit, Step, converter))
    converter.register_structure_hook(
        CredentialEdit, lambda value, _: _read_keyed(value, CredentialEdit, Credential, converter)
    )
    converter.register_structure_hook(
        OccupationEdit, lambda value, _: _read_keyed(value, OccupationEdit, Occupation, converter)
    )


def _read_keyed(value: object, made: type[SomeEdit], kind: type, converter: Converter) -> SomeEdit:
    """The edit in a table that also holds its own key."""
    table = read_table(value)
    key = read_text(table.pop(KEY))
    return _read_edit(table, kind, converter, lambda fields, remove: made(key, fields, remove=remove))


Make = Callable[[Mapping[str, object], tuple[str, ...]], SomeEdit]


def _read_edit(table: Table, kind: type, converter: Converter, make: Make[SomeEdit]) -> SomeEdit:
    """The edit in a table: each field as the class itself reads it, and all that is wrong at once."""
    fields: dict[str, object] = {}
    remove: tuple[str, ...] = ()
    errors: list[tuple[Place, Exception]] = []
    for reader in _readers(kind, converter):
        if reader.name in table:
            try:
                fields[reader.attribute] = _read_field(table.pop(reader.name), kind, reader, converter)
            except (ValueError, KeyError, FaultyError) as error:
                errors.append((reader.name, error))
    try:
        remove = _read_remove(table.pop(REMOVE, []), kind)
    except (InvalidValueError, FaultyError) as error:
        errors.append((None, error))
    errors += ((None, error) for error in _unknown(table, kind))
    if not errors:
        try:
            return make(fields, remove)
        except InvalidValueError as error:
            errors.append((None, error))
    raise FaultyError(errors)


@lru_cache(maxsize=16)
def _readers(kind: type, converter: Converter) -> tuple[FieldReader, ...]:
    return tuple(reader for reader in readers_of(kind, converter) if reader.name != KEY)


def _read_field(value: object, kind: type, reader: FieldReader, converter: Converter) -> object:
    part = parts_of(kind).get(reader.attribute)
    if part is None:
        return reader.read(value)
    if part.is_keyed:
        return collect(
            ((key, (key, each)) for key, each in read_table(value).items()),
            lambda pair: _read_part(pair[1], part, converter, pair[0]),
        )
    return _read_part(value, part, converter, "")


def _read_part(value: object, part: Part, converter: Converter, key: str) -> Edit:
    return _read_edit(read_table(value), part.kind, converter, lambda fields, remove: Edit(key, fields, remove=remove))


def _read_remove(value: object, kind: type) -> tuple[str, ...]:
    """Names of fields as Python has them; an id after a field stays."""
    attributes = {field.name: field.attribute for field in fields_of(kind)}
    try:
        names = [read_text(each) for each in read_list(value)]
    except InvalidValueError as error:
        raise attrs.evolve(error, where=REMOVE) from None
    pairs = (name.partition(".") for name in names)
    return tuple(f"{attributes.get(field, field)}{dot}{rest}" for field, dot, rest in pairs)


def _unknown(table: Table, kind: type) -> Iterator[InvalidValueError]:
    known = (*(field.name for field in fields_of(kind)), REMOVE)
    for name in sorted(table):
        fault = unknown_field(name, known, "")
        yield InvalidValueError(fault.code, join_path("", name), fault.found, fault.expected, fault.nearest)


Write = Callable[[DocumentField, object], object]
"""How the value of a field is written."""


def edit_table(edit: Edit, kind: type, write: Write) -> Table:
    """The table of an edit, without its id."""
    fields = {field.attribute: field for field in fields_of(kind)}
    table: Table = {}
    for name, value in edit.fields:
        part = parts_of(kind).get(name)
        table[fields[name].name] = write(fields[name], value) if part is None else _part_table(value, part, write)
    if edit.remove:
        pairs = (name.partition(".") for name in edit.remove)
        table[REMOVE] = [f"{fields[field].name}{dot}{rest}" for field, dot, rest in pairs]
    return table


def _part_table(value: object, part: Part, write: Write) -> Table:
    if isinstance(value, Edit):
        return edit_table(value, part.kind, write)
    edits = cast("tuple[Edit, ...]", value)
    return {edit.id: edit_table(edit, part.kind, write) for edit in edits}
