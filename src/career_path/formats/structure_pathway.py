"""A table into a pathway or a learner, or everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final, TypeVar, cast

from career_path.days.day_rules import DayOfYear
from career_path.days.holidays import HolidayCalendar
from career_path.errors import DocumentError, Fault, InvalidValueError, quoted
from career_path.formats.converter import Converter, FaultyError
from career_path.formats.gate import Table
from career_path.formats.structure import faults_of, is_table, present
from career_path.formats.structure_forms import document_converter, read_calendars
from career_path.model.checks import MOST_STEPS, pathway_faults
from career_path.model.learner import Learner
from career_path.model.pathway import Credential, Occupation, Pathway, Source, Step
from career_path.model.requirements import Requirement

__all__ = [
    "LEARNER_SCHEMA",
    "PATHWAY_SCHEMA",
    "SCHEMAS",
    "TIMELINE_SCHEMA",
    "read_learner",
    "read_pathway",
    "read_value",
]

PATHWAY_SCHEMA: Final = "career-path/pathway/1"
LEARNER_SCHEMA: Final = "career-path/learner/1"
TIMELINE_SCHEMA: Final = "career-path/timeline/1"
SCHEMAS: Final = (PATHWAY_SCHEMA, LEARNER_SCHEMA, TIMELINE_SCHEMA)

Value = TypeVar("Value")


_TOO_DEEP: Final = Fault("too-deep", "", "deeper nesting than this program has room for", "less of it")
"""What is told where the caller's own stack is nearly full."""


@lru_cache(maxsize=1)
def _converter() -> Converter:
    return document_converter()


def read_pathway(table: Table, *, name: str) -> Pathway:
    """The pathway that a table describes.

    Raises:
        DocumentError: every fault of it, those between its parts included.
    """
    steps = table.get("steps")
    if is_table(steps) and len(steps) > MOST_STEPS:
        raise DocumentError((Fault("too-large", "steps", f"{len(steps)} steps", f"at most {MOST_STEPS}"),), name)
    if table.get("holidays") is None:
        return read_value(_converter(), table, Pathway, PATHWAY_SCHEMA, name=name)
    rest = {key: each for key, each in table.items() if key != "holidays"}
    calendars, faults = _calendars(table["holidays"])
    return read_value(document_converter(calendars), rest, Pathway, PATHWAY_SCHEMA, name=name, told=faults)


def _calendars(value: object) -> tuple[dict[str, HolidayCalendar], list[Fault]]:
    """The calendars of a document and what is wrong with them; a faulty one stays known, so that it is told once."""
    if not is_table(value):
        return {}, [Fault("wrong-type", "holidays", quoted(value), "a table of holiday calendars")]
    found = dict(read_calendars(value, _converter()))
    faults = [fault for each in found.values() if not isinstance(each, HolidayCalendar) for fault in each]
    unread = HolidayCalendar("unread", days=[DayOfYear(on="01-01")])  # while the rest is read, which is then refused
    return {name: each if isinstance(each, HolidayCalendar) else unread for name, each in found.items()}, faults


def read_learner(table: Table, *, name: str) -> Learner:
    """The learner that a table describes.

    Raises:
        DocumentError: every fault of it.
    """
    return read_value(_converter(), table, Learner, LEARNER_SCHEMA, name=name)


def read_value(
    converter: Converter, table: Table, cls: type[Value], schema: str, *, name: str, told: Iterable[Fault] = ()
) -> Value:
    """The value of a class that a table describes; the table names its schema. What was told before is a fault too."""
    faults = list(_schema_faults(table.get("schema"), schema))
    if faults and table.get("schema") in SCHEMAS:
        raise DocumentError(tuple(faults), name)
    faults += told
    rest = {key: each for key, each in table.items() if key != "schema"}
    value: Value | None = None
    try:
        value = converter.structure(rest, cls)
    except FaultyError as error:
        faults += _faults_in(error, converter, rest, cls)
    except RecursionError:
        faults.append(_TOO_DEEP)
    if faults or value is None:
        raise DocumentError(tuple(faults), name)
    return value


def _faults_in(error: FaultyError, converter: Converter, table: Table, cls: type) -> list[Fault]:
    try:
        told = list(faults_of(error))
        return told + _faults_between(converter, present(table), told) if cls is Pathway else told
    except RecursionError:
        return [_TOO_DEEP]


def _schema_faults(found: object, schema: str) -> Iterator[Fault]:
    if found is None:
        yield Fault("missing", "schema", "nothing", f"'{schema}'")
    elif found != schema:
        yield Fault("unknown-schema", "schema", quoted(found), f"'{schema}'")


def _faults_between(converter: Converter, table: Table, told: list[Fault]) -> list[Fault]:
    """What is wrong between those parts of a faulty pathway that can be read, and has not been told."""
    parts = {name: present(part) for name in _PARTS if is_table(part := table.get(name, {}))}
    if len(parts) < len(_PARTS) or "steps" not in table:
        return []  # every id would look unknown
    steps, broken_steps = _salvaged_all(converter, parts["steps"], Step)
    credentials, broken_credentials = _salvaged_all(converter, parts["credentials"], Credential)
    occupations, broken_occupations = _salvaged_all(converter, parts["occupations"], Occupation)
    sources, broken_sources = _salvaged_all(converter, parts["sources"], Source)
    between = pathway_faults(
        steps=steps,
        credentials=credentials,
        occupations=occupations,
        sources=sources,
        goal=_readable_goal(converter, table.get("goal")),
        broken={
            "steps": broken_steps,
            "credentials": broken_credentials,
            "occupations": broken_occupations,
            "sources": broken_sources,
        },
    )
    known = set(told)
    return [fault for fault in between if fault not in known]


_PARTS: Final = ("steps", "credentials", "occupations", "sources")


def _readable_goal(converter: Converter, value: object) -> Requirement | None:
    try:
        return cast("Requirement", converter.structure(value, cast("Any", Requirement)))
    except (FaultyError, InvalidValueError):
        return None


def _salvaged_all(converter: Converter, tables: Table, cls: type[Value]) -> tuple[list[Value], list[str]]:
    """The values that can be read, also from what is sound in a broken table, and the keys of the broken ones."""
    values: list[Value] = []
    broken: list[str] = []
    for key, each in tables.items():
        whole = _read_one(converter, key, each, cls)
        if not whole:
            broken.append(key)
            sound = (
                {name: part for name, part in each.items() if _read_one(converter, key, {name: part}, cls)}
                if is_table(each)
                else {}
            )
            whole = _read_one(converter, key, sound, cls)
        values.extend(whole)
    return values, broken


def _many(cls: type) -> Any:  # noqa: ANN401 (a type expression)
    return tuple[cls, ...]  # type: ignore[valid-type]


def _read_one(converter: Converter, key: str, value: object, cls: type[Value]) -> tuple[Value, ...]:
    try:
        return cast("tuple[Value, ...]", converter.structure({key: value}, _many(cls)))
    except FaultyError:
        return ()
