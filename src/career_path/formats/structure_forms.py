"""The parts of documents that have several forms: requirements, lengths, openings, last days, costs, hours, facts.

A form is known by one of its fields (`step`, `all`, `hours` …) or by being bare text, a number or a list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeVar, cast

import attrs

from career_path.days.day_rules import DayRule
from career_path.days.durations import Duration, Effort, Estimate, PlainDuration, WorkingDays
from career_path.days.holidays import HolidayCalendar, Observed
from career_path.days.numbers import parse_date
from career_path.days.spans import Span
from career_path.days.year_month import Month
from career_path.errors import Fault, InvalidValueError, nearest_name, quoted
from career_path.formats.converter import Converter, FaultyError, Hook
from career_path.formats.gate import Table
from career_path.formats.overlays import register_edits
from career_path.formats.shapes import Roles, day_rule_classes, fields_of, sole_field
from career_path.formats.structure import (
    all_of,
    collect,
    faults_of,
    is_list,
    is_table,
    new_converter,
    present,
    read_date,
    read_table,
    read_text,
    wrong_type,
)
from career_path.model.choices import to_choice
from career_path.model.ends import (
    AgeEnd,
    Cases,
    EarliestOf,
    End,
    IdleEnd,
    LatestOf,
    PaperEnd,
    ReplacedEnd,
    Until,
    Validity,
)
from career_path.model.learner import Fact, HoursPeriod
from career_path.model.pathway import Cohorts, Cost, Opening
from career_path.model.renewal import Before, Counts, Fee, Lead, LeadDay, Wait, Within
from career_path.model.requirements import (
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    HasFact,
    Holds,
    Located,
    Needs,
    Requirement,
    Worked,
)
from career_path.model.text import check_id
from career_path.values import Value, frozen

__all__ = ["document_converter", "read_calendars", "reads_as_date"]

Form = TypeVar("Form")


def document_converter(calendars: Mapping[str, HolidayCalendar] | None = None) -> Converter:
    """A converter for pathways and learners; the holiday calendars are those that the document may name."""
    converter = new_converter()
    cost_table = converter.get_structure_hook(Cost)
    within_table: Hook = lambda value, _: converter.structure(value, _WithinTable).value()  # noqa: E731
    forms: Mapping[Any, Callable[[Any], object]] = {
        Requirement: lambda value: _read_requirement(value, converter),
        Duration: lambda value: _read_duration(value, converter, _DURATIONS),
        PlainDuration: lambda value: _read_duration(value, converter, _PLAIN_DURATIONS),
        Wait: lambda value: _read_duration(value, converter, _WAITS),
        Opening: lambda value: _read_opening(value, converter),
        DayRule: lambda value: _read_named(day_rule_classes(), value, converter, "not-a-day-rule"),
        HolidayCalendar: lambda value: _read_calendar(value, calendars or {}),
        Until | DayRule: lambda value: _read_until(value, converter),
        End: lambda value: _read_end(value, converter),
        Lead: lambda value: _read_lead(value, converter),
        LeadDay | DayRule: lambda value: _read_begins(value, converter),
        Within: lambda value: within_table(value, Within) if is_table(value) else Within(span=_read_span(value)),
        tuple[Fee, ...]: lambda value: _read_fees(value, converter),
        Cost: lambda value: cost_table(value, Cost) if is_table(value) else Cost(converter.structure(value, Decimal)),
        tuple[HoursPeriod, ...]: lambda value: _read_weekly_hours(value, converter),
        bool | dt.date: _read_truth_or_date,
        Month | dt.date: _read_month_or_day,
        tuple[Fact, ...]: _read_facts,
        Roles: _read_roles,
    }
    for kind, read in forms.items():
        converter.register_structure_hook(kind, _hook(read))
    register_edits(converter)
    return converter


def _hook(read: Callable[[Any], object]) -> Hook:
    return lambda value, _: read(value)


def _chosen(table: Table, forms: Mapping[str, Form], code: str, what: str) -> Form:
    """The one form that a table has a field of."""
    named = [name for name in forms if name in table]
    if len({id(forms[name]) for name in named}) == 1:
        return forms[named[0]]
    shown = " and ".join(quoted(name) for name in (named or table))
    near = None if named else next((near for name in list(table)[:9] if (near := nearest_name(name, forms))), None)
    found = f"a table with {shown}" if shown else "an empty table"
    raise InvalidValueError(code, "", found, f"{what} {', '.join(forms)}", near)


@frozen
class _All(Value):
    all: tuple[Requirement, ...]

    def value(self) -> AllOf:
        return AllOf(*self.all)


@frozen
class _Any(Value):
    any: tuple[Requirement, ...]

    def value(self) -> AnyOf:
        return AnyOf(*self.any)


@frozen
class _AtLeast(Value):
    at_least: int
    of: tuple[Requirement, ...]

    def value(self) -> AtLeast:
        return AtLeast(self.at_least, *self.of)


_REQUIREMENTS: Final[Mapping[str, type]] = {
    "step": Needs,
    "all": _All,
    "any": _Any,
    "at_least": _AtLeast,
    "holds": Holds,
    "aged": Aged,
    "worked": Worked,
    "located": Located,
    "fact": HasFact,
}
_REQUIREMENT: Final = "a requirement: the id of a step, or a table with one of"


def _read_requirement(value: object, converter: Converter) -> object:
    if isinstance(value, str):
        return Needs(check_id(value, ""))
    if not is_table(value):
        raise wrong_type(value, f"{_REQUIREMENT} {', '.join(_REQUIREMENTS)}")
    table = present(value)
    form: object = converter.structure(table, _chosen(table, _REQUIREMENTS, "not-a-requirement", _REQUIREMENT))
    return form.value() if isinstance(form, (_All, _Any, _AtLeast)) else form


_PLAIN_DURATIONS: Final[Mapping[str, type]] = {
    "working_days": WorkingDays,
    "hours": Effort,
    "weekly_at_most": Effort,
}
_WAITS: Final[Mapping[str, type]] = {"working_days": WorkingDays}
_DURATIONS: Final[Mapping[str, type]] = {**_PLAIN_DURATIONS, "low": Estimate, "likely": Estimate, "high": Estimate}
_DURATION: Final = "a length: text such as P9M, or a table with one of"


def _read_duration(value: object, converter: Converter, forms: Mapping[str, type[object]]) -> object:
    if isinstance(value, str):
        return Span.parse(value)
    if not is_table(value):
        raise wrong_type(value, f"{_DURATION} {', '.join(forms)}")
    table = present(value)
    return converter.structure(table, _chosen(table, forms, "not-a-length", _DURATION))


def _read_opening(value: object, converter: Converter) -> object:
    kinds: Mapping[str, type[DayRule | Cohorts]] = {**day_rule_classes(), "cohorts": Cohorts}
    return _read_named(kinds, value, converter, "not-an-opening")


def _read_until(value: object, converter: Converter) -> object:
    if is_table(value):
        return _read_named(day_rule_classes(), value, converter, "not-a-day-rule")
    if isinstance(value, str):
        return to_choice(Until, value, "")
    raise wrong_type(value, f"{', '.join(Until)} or a day rule")


_ENDS: Final[Mapping[str, type]] = {
    "span": Validity,
    "earliest_of": EarliestOf,
    "latest_of": LatestOf,
    "until_age": AgeEnd,
    "ends_with": PaperEnd,
    "replaced_by": ReplacedEnd,
    "idle": IdleEnd,
    "cases": Cases,
}


def _read_end(value: object, converter: Converter) -> object:
    table = read_table(value)
    kind = Validity if not _ENDS.keys() & table.keys() else _chosen(table, _ENDS, "not-an-end", "a table with one of")
    return converter.structure(table, kind)


def _read_span(value: object) -> Span:
    if not isinstance(value, str):
        raise wrong_type(value, "a length such as P90D, or a table with span")
    return Span.parse(value)


@frozen
class _WithinTable(Value):
    """The table of a `Within`, whose class itself also has a form as text."""

    span: Span
    counts: Counts = Counts.AFTER
    until: Until | DayRule | None = None

    def value(self) -> Within:
        return Within(span=self.span, counts=self.counts, until=self.until)


@frozen
class _CalendarTable(Value):
    """The table of a holiday calendar, whose class is elsewhere known by its name."""

    dates: tuple[dt.date, ...] = ()
    days: tuple[DayRule, ...] = ()
    observed: Observed = Observed.AS_TOLD
    from_: dt.date | None = None
    through: dt.date | None = None


def read_calendars(value: object, converter: Converter) -> Iterator[tuple[str, HolidayCalendar | list[Fault]]]:
    """The holiday calendars of a document by their names, or what is wrong with each."""
    for name, table in read_table(value).items():
        path = f"holidays.{name}"
        try:
            told = converter.structure(table, _CalendarTable)
            yield name, HolidayCalendar(check_id(name, ""), **attrs.asdict(told, recurse=False))
        except InvalidValueError as error:
            yield name, [attrs.evolve(error.fault, path=f"{path}.{error.where}" if error.where else path)]
        except FaultyError as error:
            yield name, list(faults_of(error, path))


def _read_calendar(value: object, calendars: Mapping[str, HolidayCalendar]) -> HolidayCalendar:
    expected = "the name of a calendar of this document, under 'holidays'"
    if not isinstance(value, str):
        raise wrong_type(value, expected)
    if value not in calendars:
        raise InvalidValueError("unknown-id", "", quoted(value), expected, nearest_name(value, calendars))
    return calendars[value]


_LEAD: Final = "a length such as P60D, 'month-start', or a table with span, working_days or a day rule"


def _read_lead(value: object, converter: Converter) -> object:
    if isinstance(value, str):
        return LeadDay(value) if value in LeadDay._value2member_map_ else Span.parse(value)
    if not is_table(value):
        raise wrong_type(value, _LEAD)
    if "working_days" in value:
        return converter.structure(value, WorkingDays)
    if "span" in value:
        return converter.structure(value, Before)
    return _read_named(day_rule_classes(), value, converter, "not-a-day-rule")


def _read_begins(value: object, converter: Converter) -> object:
    if is_table(value):
        return _read_named(day_rule_classes(), value, converter, "not-a-day-rule")
    if isinstance(value, str):
        return to_choice(LeadDay, value, "")
    raise wrong_type(value, "'month-start' or a day rule")


def _read_fees(value: object, converter: Converter) -> tuple[Fee, ...]:
    if is_list(value):
        return collect(enumerate(value), lambda part: converter.structure(part, Fee))
    return (Fee(converter.structure(value, Decimal)),)


def _read_named(kinds: Mapping[str, type[DayRule | Cohorts]], value: object, converter: Converter, code: str) -> object:
    """The day rule or cohorts that a table of one field names."""
    table = read_table(value)
    kind = _chosen(table, kinds, code, "a table with one of")
    name = next(name for name, each in kinds.items() if each is kind)
    errors: list[Exception] = [
        InvalidValueError("unknown-field", other, f"the field {quoted(other)}", f"{quoted(name)} alone")
        for other in table
        if other != name
    ]
    try:
        (result,) = collect([(name, table[name])], lambda part: _read_kind(kind, part, converter))
    except FaultyError as error:
        raise all_of([*errors, error]) from None
    if errors:
        raise all_of(errors)
    return result


def _read_kind(kind: type[DayRule | Cohorts], value: object, converter: Converter) -> object:
    if is_table(value) and issubclass(kind, DayRule):
        return converter.structure(value, kind)
    make = cast("Callable[..., object]", kind)
    if value is True and not any(field.is_required for field in fields_of(cast("type", kind))):
        return make()
    sole = sole_field(kind) if issubclass(kind, DayRule) else fields_of(Cohorts)[0]
    if sole is None:
        raise wrong_type(value, _bare_forms(kind))
    try:
        return make(**{sole.attribute: converter.get_structure_hook(sole.type)(value, sole.type)})
    except InvalidValueError as error:
        raise attrs.evolve(error, where="" if error.where == sole.attribute else error.where) from None


def _bare_forms(kind: type) -> str:
    names = ", ".join(field.name for field in fields_of(kind))
    forms = [] if any(field.is_required for field in fields_of(kind)) else ["true"]
    return " or ".join([*forms, f"a table with {names}"] if names else forms)


def _read_weekly_hours(value: object, converter: Converter) -> object:
    if is_list(value):
        return collect(enumerate(value), lambda part: converter.structure(part, HoursPeriod))
    if isinstance(value, (int, Decimal)):
        return converter.structure(value, Fraction)
    raise wrong_type(value, "a number of hours, or a list of tables with from, through and hours")


def _read_truth_or_date(value: object) -> bool | dt.date:
    if isinstance(value, bool):
        return value
    if isinstance(value, (str, dt.date)):
        return read_date(value)
    raise wrong_type(value, "true, false or a date")


def _read_month_or_day(value: object) -> Month | dt.date:
    if isinstance(value, str) and len(value) == _MONTH_LENGTH:
        return Month.parse(value)
    if isinstance(value, (str, dt.date)):
        return read_date(value)
    raise wrong_type(value, 'a date, or a month such as "2024-05"')


_MONTH_LENGTH: Final = 7


def _read_roles(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (read_text(value),)
    if is_list(value):
        return collect(enumerate(value), read_text)
    raise wrong_type(value, "the name of a kind of work, or a list of such names")


def _read_facts(value: object) -> tuple[Fact, ...]:
    return collect(((name, (name, each)) for name, each in read_table(value).items()), _read_fact)


def _read_fact(pair: tuple[str, object]) -> Fact:
    name, value = pair
    return Fact(check_id(name, ""), _read_fact_value(value))


def _read_fact_value(value: object) -> str | int | bool | Decimal | dt.date:
    if isinstance(value, str):
        return parse_date(value) if reads_as_date(value) else read_text(value)
    if isinstance(value, (bool, int, Decimal)):
        return value
    if isinstance(value, dt.date):
        return read_date(value)
    raise wrong_type(value, "text, a number, true, false or a date")


def reads_as_date(text: str) -> bool:
    """Whether a text in a document is taken for a date: JSON has no other way to write one.

    >>> reads_as_date("2027-01-11"), reads_as_date("2027-02-30")
    (True, False)
    """
    try:
        parse_date(text)
    except InvalidValueError:
        return False
    return True
