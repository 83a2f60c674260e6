"""How model values appear in documents: which fields, under which names. Reader, writer and schema all ask here.

Most is derived from the classes themselves, so a new field or a new day rule appears in documents by being
declared. A Python name loses its trailing underscore (`from_`), a truth value its `is_`.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from inspect import get_annotations
from types import SimpleNamespace
from typing import Any, Final, NewType, Union, get_args, get_origin, get_type_hints

import attrs

from career_path.days import day_rules
from career_path.days.day_rules import DayRule
from career_path.days.durations import WorkingDays
from career_path.days.holidays import HolidayCalendar
from career_path.model.credentials import Credential
from career_path.model.edits import CredentialEdit, OccupationEdit, StepEdit
from career_path.model.learner import Fact, Held, Record
from career_path.model.occupations import Occupation
from career_path.model.pathway import Source, Step
from career_path.model.renewal import Duty, Way
from career_path.model.requirements import Aged, Holds, Located, Worked
from career_path.model.timeline import Conflict, Deadline, Notice, PlannedStep, Reason, Reminder, StepLoad, WeekLoad

__all__ = [
    "DocumentField",
    "ExactHours",
    "Money",
    "Roles",
    "day_rule_classes",
    "fields_of",
    "is_optional",
    "key_attribute",
    "said_in_text",
    "sole_field",
    "without_none",
]

_KEYED: Final[Mapping[type, str]] = {
    Step: "id",
    Credential: "id",
    Occupation: "id",
    Source: "id",
    HolidayCalendar: "id",
    Record: "step",
    Held: "credential",
    Fact: "name",
    Way: "id",
    Duty: "id",
    StepEdit: "id",
    CredentialEdit: "id",
    OccupationEdit: "id",
}
_RENAMED: Final[Mapping[tuple[type, str], str]] = {
    (Holds, "credential"): "holds",
    (Aged, "years"): "aged",
    (Worked, "roles"): "worked",
    (Located, "place"): "located",
    (WorkingDays, "count"): "working_days",
}
Money = NewType("Money", Decimal)
"""An amount that a document writes with its currency beside it."""

ExactHours = NewType("ExactHours", Fraction)
"""Hours that a document writes as a number, or as a fraction in text where no decimal number is exact."""

Roles = NewType("Roles", tuple[str, ...])
"""Kinds of work: a document writes one as text, several as a list."""

_RETYPED: Final[Mapping[tuple[type, str], Any]] = {
    (PlannedStep, "cost"): Money | None,
    (Worked, "roles"): Roles,
    (WeekLoad, "asked"): ExactHours,
    (WeekLoad, "available"): ExactHours | None,
    (StepLoad, "hours"): ExactHours,
}
_SAID: Final[Mapping[type, str]] = {
    Reason: "text",
    Reminder: "text",
    Conflict: "text",
    Notice: "text",
    Deadline: "lost_after",
    WeekLoad: "text",
}


class DocumentField:
    """A field of a table in a document, and the attribute of the value that it becomes."""

    def __init__(self, cls: type, attribute: str, *, is_required: bool) -> None:
        self.name: str = _document_name(cls, attribute)
        self.attribute = attribute
        self.is_required = is_required
        self._cls = cls

    @cached_property
    def type(self) -> Any:  # noqa: ANN401 (a type expression)
        """The type of its values, worked out when it is asked for: few fields of a class are in one document."""
        retyped = _RETYPED.get((self._cls, self.attribute))
        return _annotated(self._cls, self.attribute) if retyped is None else retyped


def _annotated(cls: type, attribute: str) -> Any:  # noqa: ANN401 (a type expression)
    """The type of one attribute, read from its annotation alone."""
    owner = next(kind for kind in cls.__mro__ if attribute in get_annotations(kind))
    alone = SimpleNamespace(__annotations__={attribute: get_annotations(owner)[attribute]})
    return get_type_hints(alone, vars(sys.modules[owner.__module__]))[attribute]


@lru_cache(maxsize=256)
def fields_of(cls: type) -> tuple[DocumentField, ...]:
    """The fields that a table for this class may have, in the order of its attributes.

    The attribute that a document writes as the key of the table is not among them, and neither is one that is
    bound later (`metadata={"bound": True}`), as a birth date is.

    >>> [field.name for field in fields_of(WorkingDays)]
    ['working_days', 'holidays']
    """
    hidden = key_attribute(cls)
    return tuple(
        DocumentField(cls, each.name, is_required=each.default is attrs.NOTHING)
        for each in attrs.fields(cls)
        if each.name != hidden and not each.metadata.get("bound")
    )


def _document_name(cls: type, attribute: str) -> str:
    return _RENAMED.get((cls, attribute), attribute.removesuffix("_").removeprefix("is_"))


def key_attribute(cls: type) -> str | None:
    """The attribute that is the key of a value's table, as the id is in `[steps.exam]`; None for most classes."""
    return _KEYED.get(cls)


def said_in_text(cls: type) -> str | None:
    """The field of a timeline that tells a value in a sentence, for people; None for most classes."""
    return _SAID.get(cls)


def day_rule_classes() -> Mapping[str, type[DayRule]]:
    """Every day rule by its name in documents."""
    return {rule.key: rule for rule in day_rules.DAY_RULES}


def is_optional(kind: Any) -> bool:  # noqa: ANN401 (a type expression)
    """Whether a type allows None."""
    return get_origin(kind) in (Union, types.UnionType) and type(None) in get_args(kind)


def without_none(kind: Any) -> Any:  # noqa: ANN401 (a type expression)
    """An optional type without its None.

    >>> without_none(int | None)
    <class 'int'>
    """
    rest = [part for part in get_args(kind) if part is not type(None)]
    return rest[0] if len(rest) == 1 else Union[tuple(rest)]  # noqa: UP007 (the parts are known only now)


def sole_field(rule: type[DayRule]) -> DocumentField | None:
    """The field of a day rule that may be written alone, or None."""
    return next((field for field in fields_of(rule) if field.attribute == rule.sole), None)
