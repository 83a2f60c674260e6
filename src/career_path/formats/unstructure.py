"""Values into plain tables, the same structure for TOML and JSON; what has its default value is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, cast, get_args

import attrs

from career_path.days.day_rules import DayRule, MonthDay
from career_path.days.holidays import HolidayCalendar
from career_path.days.spans import Span
from career_path.days.year_month import Month
from career_path.errors import InvalidValueError, quoted
from career_path.formats.gate import MOST_DIGITS, Table
from career_path.formats.nesting import MOST_NESTED
from career_path.formats.overlays import EDITED, edit_table
from career_path.formats.shapes import DocumentField, ExactHours, Roles, fields_of, key_attribute, sole_field
from career_path.formats.structure_forms import reads_as_date
from career_path.model.edits import Edit
from career_path.model.learner import Fact, HoursPeriod, Learner
from career_path.model.occupations import Percent
from career_path.model.pathway import Cost, Pathway
from career_path.model.renewal import Fee, Within
from career_path.model.requirements import AllOf, AnyOf, AtLeast, Needs
from career_path.model.text import check_text

__all__ = ["amount_text", "changed_fields", "exact_hours", "plain", "plain_fields", "to_table"]


def to_table(value: Pathway | Learner) -> Table:
    """The table of a pathway or learner without its schema; dates and decimals are still Python values.

    >>> to_table(Learner("ana", start=dt.date(2027, 1, 11), weekly_hours=20))
    {'id': 'ana', 'start': datetime.date(2027, 1, 11), 'weekly_hours': 20}

    Raises:
        InvalidValueError: a value that no document can hold: a third of an hour, nesting past the limit.
    """
    table = _fields(value, changed_fields(value))
    if calendars := _calendars(value):
        table["holidays"] = {name: _fields(each, changed_fields(each)) for name, each in sorted(calendars.items())}
    if isinstance(value, Learner) and value.weekly_hours is not None:
        table["weekly_hours"] = _weekly_hours(value.weekly_hours)
    _check_depth(table)
    return table


def _calendars(value: object) -> dict[str, HolidayCalendar]:
    """The holiday calendars that lie anywhere in a value, by their names."""
    found: dict[str, HolidayCalendar] = {}
    parts = [value]
    while parts:
        part = parts.pop()
        if isinstance(part, HolidayCalendar):
            if found.setdefault(part.id, part) != part:
                expected = "one calendar of each name"
                raise InvalidValueError("not-writable", "holidays", f"two calendars named '{part.id}'", expected)
        elif isinstance(part, tuple):
            parts += cast("tuple[object, ...]", part)
        elif attrs.has(type(part)):
            kind = cast("type[attrs.AttrsInstance]", type(part))
            parts += [getattr(part, field.name) for field in attrs.fields(kind)]
    return found


def plain(value: object) -> object:  # noqa: C901, PLR0911 (a line per kind)
    """A model value as text, number, truth value, date, list or table."""
    match value:
        case StrEnum():
            return value.value
        case None | bool() | int() | str() | dt.date():
            return value
        case Span() | MonthDay() | Month():
            return str(value)
        case Decimal():
            return amount_text(value)
        case Fraction():
            return _hours_number(value)
        case tuple():
            return _list_or_tables(cast("tuple[object, ...]", value))
        case HolidayCalendar():
            return value.id
        case DayRule():
            return {value.key: _day_rule(value)}
        case _:
            return _value(value)


def _value(value: object) -> object:
    match value:
        case AllOf():
            return {"all": plain(value.of)}
        case AnyOf():
            return {"any": plain(value.of)}
        case AtLeast():
            return {"at_least": value.k, "of": [plain(option) for option in value.of]}
        case Needs() | Cost() | Within():
            changed = changed_fields(value)
            first = getattr(value, changed[0].attribute)
            return plain(first) if len(changed) == 1 else _fields(value, changed)
        case Edit():
            return edit_table(value, EDITED[type(value)], _field)
        case _:
            return _fields(value, changed_fields(value))


def plain_fields(value: object) -> Table:
    """Every field of a value, the default ones too."""
    return _fields(value, _fields_of(value))


def _fields(value: object, fields: Iterable[DocumentField]) -> Table:
    return {field.name: _field(field, getattr(value, field.attribute)) for field in fields}


def _field(field: DocumentField, value: object) -> object:
    if value == () and any(isinstance(item, type) and key_attribute(item) for item in get_args(field.type)):
        return {}  # no values with ids are no tables
    if isinstance(value, Fraction) and field.type in {ExactHours, ExactHours | None}:
        return exact_hours(value)
    if isinstance(value, Decimal) and field.type == Percent | None:
        return int(value) if value == int(value) else value
    if field.type is Roles:
        roles = cast("tuple[str, ...]", value)
        return roles[0] if len(roles) == 1 else list(roles)
    return plain(value)


def changed_fields(value: object) -> tuple[DocumentField, ...]:
    """The fields of a value that a document must tell: all but those with their default.

    >>> [field.name for field in changed_fields(Fee("40.00"))]
    ['amount']
    """
    defaults = {each.name: _default(each) for each in attrs.fields(cast("type[attrs.AttrsInstance]", type(value)))}
    return tuple(
        field
        for field in _fields_of(value)
        if field.is_required or getattr(value, field.attribute) != defaults[field.attribute]
    )


def _fields_of(value: object) -> tuple[DocumentField, ...]:
    return fields_of(cast("type", type(value)))


def _default(each: attrs.Attribute[Any]) -> object:
    default = cast("Any", each.default)
    return default.factory() if isinstance(default, attrs.Factory) else default  # type: ignore[arg-type]


def _list_or_tables(values: tuple[object, ...]) -> object:
    if len(values) == 1 and isinstance(values[0], Fee) and values[0].since is None:
        return plain(values[0].amount)
    key = key_attribute(type(values[0])) if values else None
    if key is None:
        return [plain(each) for each in values]
    return {getattr(each, key): _fact(each) if isinstance(each, Fact) else plain(each) for each in values}


def _day_rule(rule: DayRule) -> object:
    changed = changed_fields(rule)
    if not changed and not any(field.is_required for field in fields_of(type(rule))):
        return True
    sole = sole_field(type(rule))
    if sole is not None and changed == (sole,):
        return plain(getattr(rule, sole.attribute))
    return _fields(rule, changed)


def _weekly_hours(periods: tuple[HoursPeriod, ...]) -> object:
    if len(periods) == 1 and periods[0] == HoursPeriod(hours=periods[0].hours):
        return plain(periods[0].hours)
    return plain(periods)


def amount_text(amount: Decimal) -> str:
    """An amount of money in digits, with its places as they are.

    >>> amount_text(Decimal("125.00")), amount_text(Decimal("1E+2"))
    ('125.00', '100')
    """
    return f"{amount:f}"


def _hours_number(hours: Fraction) -> int | Decimal:
    if hours.denominator == 1:
        return hours.numerator
    number = Decimal(hours.numerator) / Decimal(hours.denominator)
    if Fraction(number) != hours or len(number.as_tuple().digits) > MOST_DIGITS:
        raise InvalidValueError("not-writable", "", f"{hours} hours", "hours that a decimal number can tell exactly")
    return number


def exact_hours(hours: Fraction) -> int | Decimal | str:
    """Hours as a number, or as a fraction in text where no decimal number is exact.

    >>> exact_hours(Fraction(15, 2)), exact_hours(Fraction(60, 7))
    (Decimal('7.5'), '60/7')
    """
    try:
        return _hours_number(hours)
    except InvalidValueError:
        return str(hours)


_FACT: Final = "a fact that a document can tell"


def _fact(fact: Fact) -> object:
    value = fact.value
    if isinstance(value, str):
        if reads_as_date(value):
            raise InvalidValueError("not-writable", fact.name, quoted(value), "a date, because this text reads as one")
        return check_text(value, fact.name)
    if isinstance(value, (Decimal, int)) and not _is_readable(Decimal(value)):
        raise InvalidValueError("not-writable", fact.name, quoted(value), f"a number of at most {MOST_DIGITS} digits")
    return value


def _is_readable(number: Decimal) -> bool:
    if not number.is_finite():
        return False
    return abs(number.adjusted()) < MOST_DIGITS and len(number.as_tuple().digits) <= MOST_DIGITS


def _check_depth(table: Table) -> None:
    level: list[object] = [table]
    for _ in range(MOST_NESTED):
        level = [part for each in level for part in _containers(each)]
        if not level:
            return
    found = f"more than {MOST_NESTED} lists and tables inside each other"
    raise InvalidValueError("too-deep", "", found, f"at most {MOST_NESTED}, which every reader of documents takes")


def _containers(value: object) -> list[object]:
    parts = cast("Table", value).values() if isinstance(value, dict) else cast("list[object]", value)
    return [part for part in parts if isinstance(part, (dict, list))]
