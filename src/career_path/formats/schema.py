"""JSON Schemas (2020-12) of the documents, made from the same classes that the reader uses.

What the reader takes, the schema takes. What lies between parts (unknown ids, rings) and what one field means for
another is beyond a schema; the reader tells those. Null means absent everywhere, so any field may be null.

`python -m career_path.formats.schema` writes the files that are shipped.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, Final, get_args, get_origin

from career_path.days.day_rules import (
    WEEKDAY_NAMES,
    Dates,
    DayOfMonth,
    DayRule,
    EveryYears,
    MonthDay,
    MonthsAfterBirthMonth,
    Weekday,
    Weekdays,
)
from career_path.days.durations import (
    MOST_HOURS,
    MOST_WORKING_DAYS,
    Duration,
    Effort,
    Estimate,
    PlainDuration,
    WorkingDays,
)
from career_path.days.holidays import MOST_HOLIDAYS, HolidayCalendar
from career_path.days.spans import Span
from career_path.days.year_month import Month
from career_path.formats.credits_schema import credits_schema
from career_path.formats.overlays import EDITED, REMOVE
from career_path.formats.renewals_json import RENEWALS_SCHEMA
from career_path.formats.shapes import (
    DocumentField,
    ExactHours,
    Money,
    Roles,
    day_rule_classes,
    fields_of,
    is_optional,
    key_attribute,
    said_in_text,
    sole_field,
    without_none,
)
from career_path.formats.structure_pathway import LEARNER_SCHEMA, PATHWAY_SCHEMA, TIMELINE_SCHEMA
from career_path.model.checks import MOST_STEPS
from career_path.model.edits import Part, parts_of
from career_path.model.ends import (
    MOST_ENDS,
    AgeEnd,
    Case,
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
from career_path.model.learner import Employment, Fact, HoursPeriod, Learner
from career_path.model.occupations import SOC_PATTERN, Occupation, Outlook, Pay, Percent, Setting
from career_path.model.overlays import MOST_OVERLAYS, AppliedOverlay, Overlay
from career_path.model.pathway import Cohort, Cost, Opening, Pathway, Source, Step
from career_path.model.places import PLACE_PATTERN
from career_path.model.renewal import MOST_RENEWALS, Before, Fee, Lead, LeadDay, RenewalRule, Wait, Within
from career_path.model.requirements import MOST_LEAVES, Aged, HasFact, Holds, Located, Needs, Requirement, Work, Worked
from career_path.model.text import LONGEST_TEXT, CredentialId, OccupationId, SourceId, StepId
from career_path.model.timeline import Deadline, Renewal, Timeline
from career_path.model.weekly import MOST_WEEKLY_HOURS
from career_path.model.workload import MOST_WEEKS, WeekLoad

__all__ = [
    "SCHEMA_FOLDER",
    "learner_schema",
    "pathway_schema",
    "renewals_schema",
    "schema_files",
    "timeline_schema",
    "write_schemas",
]

SCHEMA_FOLDER: Final = Path(__file__).parents[1] / "schemas"
"""Where the schemas lie in the package."""

Schema = dict[str, Any]

_NULL: Final[Schema] = {"type": "null"}
_ID: Final = "^[a-z0-9][a-z0-9._-]{0,63}$"
_SOURCE_ID: Final = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
_VISIBLE: Final = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]*$"
_MONTH_DAY: Final = (
    "^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$"
)


def _any_case(text: str) -> str:
    return "".join(f"[{letter}{letter.upper()}]" for letter in text)


_WEEKDAYS: Final = "|".join(
    f"{_any_case(name[:2])}({_any_case(name[2])}({_any_case(name[3:])})?)?" for name in WEEKDAY_NAMES.values()
)
_WEEKDAY: Final = f"^({_WEEKDAYS})$"
_DATE: Final[Schema] = {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"}
_SPAN: Final = "^-?P(?=[0-9])([0-9]{1,6}W|([0-9]{1,6}Y)?([0-9]{1,6}M)?([0-9]{1,6}D)?)$"
_AMOUNT: Final[Schema] = {
    "anyOf": [{"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,4})?$"}, {"type": "number", "minimum": 0}]
}
_SCALARS: Final[Mapping[Any, Schema]] = {
    str: {"type": "string", "maxLength": LONGEST_TEXT, "pattern": _VISIBLE},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    dt.date: _DATE,
    bool | dt.date: {"anyOf": [{"type": "boolean"}, _DATE]},
    Month | dt.date: {"anyOf": [{"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"}, _DATE]},
    Decimal: _AMOUNT,
    Fraction: {"type": "number", "minimum": 0, "maximum": MOST_HOURS},
    Span: {"type": "string", "pattern": _SPAN},
    MonthDay: {"type": "string", "pattern": _MONTH_DAY},
    StepId: {"type": "string", "pattern": _ID},
    CredentialId: {"type": "string", "pattern": _ID},
    OccupationId: {"type": "string", "pattern": _ID},
    Span | dt.date: {"anyOf": [{"type": "string", "pattern": _SPAN}, _DATE]},
    Percent: {"type": "number", "minimum": -100, "maximum": 10_000},
    SourceId: {"type": "string", "pattern": _SOURCE_ID},
}
_OLDEST: Final = 130
_FILLED: Final[Schema] = {"minLength": 1}
_ENDS: Final = (Validity, EarliestOf, LatestOf, AgeEnd, PaperEnd, ReplacedEnd, IdleEnd, Cases)
_LIMITS: Final[Mapping[tuple[type, str], Schema]] = {
    (WorkingDays, "working_days"): {"minimum": 0, "maximum": MOST_WORKING_DAYS},
    (Effort, "weekly_at_most"): {"exclusiveMinimum": 0},
    (HoursPeriod, "hours"): {"maximum": MOST_WEEKLY_HOURS},
    (Employment, "hours"): {"maximum": MOST_WEEKLY_HOURS},
    (Aged, "aged"): {"minimum": 0, "maximum": _OLDEST},
    (Aged, "under"): {"minimum": 1, "maximum": _OLDEST},
    (Worked, "hours"): {"exclusiveMinimum": 0},
    (Work, "hours"): {"maximum": MOST_WEEKLY_HOURS},
    (Located, "located"): {"pattern": PLACE_PATTERN, "minLength": 1},
    (HasFact, "fact"): {"pattern": _ID},
    (Weekdays, "days"): {"minItems": 1},
    (HolidayCalendar, "dates"): {"maxItems": MOST_HOLIDAYS},
    (Dates, "dates"): {"minItems": 1},
    (Validity, "nth"): {"minimum": 1, "maximum": 100},
    (AgeEnd, "until_age"): {"minimum": 1, "maximum": _OLDEST},
    (EarliestOf, "earliest_of"): {"minItems": 1, "maxItems": MOST_ENDS},
    (Cases, "cases"): {"minItems": 1, "maxItems": MOST_ENDS},
    (Case, "under_age"): {"minimum": 1, "maximum": _OLDEST},
    (DayOfMonth, "day"): {"minimum": 1, "maximum": 31},
    (EveryYears, "every"): {"minimum": 2, "maximum": 100},
    (EveryYears, "year"): {"minimum": 1, "maximum": 9999},
    (MonthsAfterBirthMonth, "months"): {"minimum": -11, "maximum": 11},
    (LatestOf, "latest_of"): {"minItems": 1, "maxItems": MOST_ENDS},
    (Step, "load"): {"maximum": MOST_WEEKLY_HOURS},
    (WeekLoad, "weeks"): {"minimum": 1, "maximum": MOST_WEEKS},
    (Pathway, "overlays"): {"maxItems": MOST_OVERLAYS},
    (Setting, "name"): _FILLED,
    (Pay, "statistic"): _FILLED,
    (Occupation, "soc"): {"pattern": f"^({SOC_PATTERN})?$"},
    (Outlook, "openings_per_year"): {"minimum": 0, "maximum": 10**9},
    (Outlook, "from"): {"minimum": 1, "maximum": 9999},
    (Outlook, "through"): {"minimum": 1, "maximum": 9999},
    (RenewalRule, "at_most"): {"minimum": 0, "maximum": MOST_RENEWALS},
    (Overlay, "id"): {"pattern": _ID},
    (Overlay, "where"): {"pattern": PLACE_PATTERN},
    (AppliedOverlay, "id"): {"pattern": _ID},
    (AppliedOverlay, "where"): {"pattern": PLACE_PATTERN},
}
"""What the classes refuse beyond the type of a field, as far as a schema can say it."""
_TIMELINE_SCALARS: Final[Mapping[Any, Schema]] = {
    str: {"type": "string", "pattern": _VISIBLE},
    Decimal: {"type": "string", "pattern": r"^-?[0-9]{1,30}(\.[0-9]{1,9})?$"},
    ExactHours: {
        "anyOf": [
            {"type": "number", "minimum": 0, "maximum": MOST_HOURS},
            {"type": "string", "pattern": "^[0-9]{1,999}/[1-9][0-9]{0,999}$"},
        ]
    },
}


def pathway_schema() -> Schema:
    """The JSON Schema of a pathway."""
    builder = _Builder(_SCALARS)
    calendars = _tables(_ID, builder.calendar())
    schema = builder.document(Pathway, PATHWAY_SCHEMA, "A pathway: steps that lead to a goal.")
    schema["properties"]["holidays"] = _any_of(calendars, _NULL)
    schema["properties"]["steps"]["maxProperties"] = MOST_STEPS
    return schema


def learner_schema() -> Schema:
    """The JSON Schema of a learner."""
    return _Builder(_SCALARS).document(Learner, LEARNER_SCHEMA, "A learner: the person who plans.")


def timeline_schema() -> Schema:
    """The JSON Schema of a timeline."""
    builder = _Builder({**_SCALARS, **_TIMELINE_SCALARS})
    return builder.document(Timeline, TIMELINE_SCHEMA, "A timeline: a personal plan with dates and reasons.")


def renewals_schema() -> Schema:
    """The JSON Schema of the periods of one credential, or of several together.

    >>> sorted(set(renewals_schema()["anyOf"][1]["properties"]) - set(renewals_schema()["anyOf"][0]["properties"]))
    ['credentials']
    """
    builder = _Builder({**_SCALARS, **_TIMELINE_SCALARS})
    own = {
        "credential": builder.of(CredentialId),
        "title": builder.of(str),
        "renewals": builder.of(tuple[Renewal, ...]),
    }
    whole = {
        "schema": {"const": RENEWALS_SCHEMA},
        "version": builder.of(str),
        "today": builder.of(dt.date),
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
        "deadlines": {"type": "array", "items": builder.told(Deadline)},
    }
    several = {"credentials": {"type": "array", "items": _table(own, list(own))}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{RENEWALS_SCHEMA.replace('/', ':')}",
        "description": "The periods of one credential or of several, and what falls due in them.",
        "anyOf": [_table({**whole, **form}, [*whole, *form]) for form in (own, several)],
        "$defs": dict(sorted(builder.definitions.items())),
    }


def schema_files() -> Mapping[str, str]:
    """The text of every shipped schema, by the name of its file."""
    schemas = {
        "pathway": pathway_schema(),
        "learner": learner_schema(),
        "timeline": timeline_schema(),
        "renewals": renewals_schema(),
        "credits": credits_schema(),
    }
    return {
        f"{name}.schema.json": json.dumps(schema, indent=2, ensure_ascii=True) + "\n"
        for name, schema in schemas.items()
    }


def write_schemas(folder: Path) -> None:
    """Write every schema into a folder."""
    for name, text in schema_files().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _table(properties: Schema, required: list[str]) -> Schema:
    """A table with these fields, each of which may be null unless it is required."""
    told = {name: each if name in required else _any_of(each, _NULL) for name, each in properties.items()}
    return {"type": "object", "properties": told, "required": required, "additionalProperties": _NULL}


def _any_of(*forms: Schema) -> Schema:
    return {"anyOf": list(forms)}


def _tables(pattern: str, each: Schema) -> Schema:
    """A table whose keys are ids."""
    return {"type": "object", "patternProperties": {pattern: _any_of(each, _NULL)}, "additionalProperties": _NULL}


class _Builder:
    """Schemas of types; each class and each family of forms is told once, under `$defs`."""

    def __init__(self, scalars: Mapping[Any, Schema]) -> None:
        self.scalars = scalars
        self.definitions: Schema = {}
        self.forms: Mapping[Any, tuple[str, Callable[[], Schema]]] = {
            Requirement: ("requirement", self._requirement),
            Duration: ("length", self._length),
            PlainDuration: ("plain-length", self._plain_length),
            Wait: ("wait", lambda: _any_of(self.of(Span), self.of(WorkingDays))),
            Opening: ("opening", self._opening),
            DayRule: ("day-rule", lambda: _any_of(*self._day_rules())),
            HolidayCalendar: ("calendar-name", lambda: {"type": "string", "pattern": _ID}),
            Until | DayRule: ("until", self._until),
            End: ("end", lambda: _any_of(*map(self.of, _ENDS))),
            Lead: ("lead", self._lead),
            LeadDay | DayRule: ("begins", lambda: _any_of(self.of(LeadDay), *self._day_rules())),
            Within: ("within", lambda: _any_of(self.of(Span), self._class_table(Within))),
            tuple[Fee, ...]: ("fees", lambda: _any_of(self.of(Decimal), {"type": "array", "items": self.of(Fee)})),
            Cost: ("cost", lambda: _any_of(self.of(Decimal), self._class_table(Cost))),
            Money: (
                "money",
                lambda: _table({"amount": self.of(Decimal), "currency": self.of(str)}, ["amount", "currency"]),
            ),
            **{edit: (edit.__name__, partial(self._edit, kind)) for edit, kind in EDITED.items()},
            tuple[HoursPeriod, ...]: ("weekly-hours", self._weekly_hours),
            tuple[Fact, ...]: ("facts", self._facts),
            Roles: ("roles", lambda: _any_of(self.of(str), {"type": "array", "items": self.of(str), "minItems": 1})),
            tuple[tuple[str, str], ...]: ("names", self._names),
        }

    def document(self, cls: type, schema: str, description: str) -> Schema:
        """The schema of a whole document."""
        body = self._class_table(cls)
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"urn:{schema.replace('/', ':')}",
            "description": description,
            **body,
            "properties": {"schema": {"const": schema}, **body["properties"]},
            "required": ["schema", *body["required"]],
            "$defs": dict(sorted(self.definitions.items())),
        }

    def calendar(self) -> Schema:
        """The schema of a holiday calendar as a document tells it; elsewhere it is named."""
        return self._defined("holiday-calendar", lambda: self._class_table(HolidayCalendar))

    def told(self, cls: type) -> Schema:
        """The schema of a value with a sentence for people beside it."""
        table = self._class_table(cls)
        return {
            **table,
            "properties": {**table["properties"], "text": {"type": "string"}},
            "required": [*table["required"], "text"],
        }

    def of(self, kind: Any) -> Schema:  # noqa: ANN401 (a type expression)
        """The schema of an annotated type."""
        if kind in self.scalars:
            return dict(self.scalars[kind])
        if kind in self.forms:
            return self._defined(*self.forms[kind])
        if get_origin(kind) is tuple:
            return self._many(get_args(kind)[0])
        if is_optional(kind):
            return self.of(without_none(kind))
        return self._class(kind)

    def _class(self, kind: type[object]) -> Schema:
        if kind is Weekday:
            return {"type": "string", "pattern": _WEEKDAY}
        if issubclass(kind, StrEnum):
            return {"enum": [member.value for member in kind]}
        table_of: type[object] = kind
        return self._defined(kind.__name__, lambda: self._class_table(table_of))

    def _defined(self, name: str, make: Callable[[], Schema]) -> Schema:
        if name not in self.definitions:
            self.definitions[name] = {}  # its own parts may refer to it
            self.definitions[name] = make()
        return {"$ref": f"#/$defs/{name}"}

    def _many(self, item: Any) -> Schema:  # noqa: ANN401 (a type expression)
        if isinstance(item, type) and key_attribute(item):
            return _tables(_SOURCE_ID if item is Source else _ID, self.of(item))
        return {"type": "array", "items": self.of(item)}

    def _class_table(self, cls: type) -> Schema:
        fields = fields_of(cls)
        properties = {field.name: self._field(cls, field) for field in fields}
        said = said_in_text(cls)
        if said:
            properties[said] = {"type": "string"}
        return _table(properties, [f.name for f in fields if f.is_required and not is_optional(f.type)])

    def _field(self, cls: type, field: DocumentField) -> Schema:
        return {**self.of(field.type), **_LIMITS.get((cls, field.name), {})}

    def _requirement(self) -> Schema:
        options = {"type": "array", "items": self.of(Requirement), "maxItems": MOST_LEAVES}
        return _any_of(
            self.of(StepId),
            _table({"all": options}, ["all"]),
            _table({"any": {**options, "minItems": 1}}, ["any"]),
            _table({"at_least": {"type": "integer", "minimum": 0}, "of": options}, ["at_least", "of"]),
            *(self.of(leaf) for leaf in (Needs, Holds, Aged, Worked, Located, HasFact)),
        )

    def _length(self) -> Schema:
        return _any_of(self.of(PlainDuration), self.of(Estimate))

    def _plain_length(self) -> Schema:
        return _any_of(self.of(Span), self.of(WorkingDays), self.of(Effort))

    def _opening(self) -> Schema:
        cohorts = {"type": "array", "items": self.of(Cohort), "minItems": 1}
        return _any_of(*self._day_rules(), _table({"cohorts": cohorts}, ["cohorts"]))

    def _until(self) -> Schema:
        return _any_of(self.of(Until), *self._day_rules())

    def _edit(self, kind: type) -> Schema:
        """A table with some fields of a class, parts of it in the same way, and the names of what is to go."""
        parts = parts_of(kind)
        properties = {
            field.name: self._edits(parts[field.attribute]) if field.attribute in parts else self._field(kind, field)
            for field in fields_of(kind)
        }
        return _table({**properties, REMOVE: {"type": "array", "items": {"type": "string"}}}, [])

    def _edits(self, part: Part) -> Schema:
        edit = self._defined(f"{part.kind.__name__}Edit", lambda: self._edit(part.kind))
        return _tables(_ID, edit) if part.is_keyed else edit

    def _lead(self) -> Schema:
        return _any_of(self.of(LeadDay), self.of(Span), self.of(WorkingDays), self.of(Before), *self._day_rules())

    def _day_rules(self) -> list[Schema]:
        return [_table({key: self._day_rule(rule)}, [key]) for key, rule in day_rule_classes().items()]

    def _day_rule(self, rule: type[DayRule]) -> Schema:
        sole = sole_field(rule)
        bare = [] if sole is None else [self._field(rule, sole)]
        if not any(field.is_required for field in fields_of(rule)):
            bare.append({"const": True})
        return _any_of(*bare, self.of(rule))

    def _weekly_hours(self) -> Schema:
        number = {"type": "number", "minimum": 0, "maximum": MOST_WEEKLY_HOURS}
        return _any_of(number, {"type": "array", "items": self.of(HoursPeriod)})

    def _facts(self) -> Schema:
        return _tables(_ID, _any_of(self.of(str), {"type": ["number", "boolean"]}))

    def _names(self) -> Schema:
        return {"type": "object", "additionalProperties": {"anyOf": [self.of(str), _NULL]}}


if __name__ == "__main__":
    write_schemas(SCHEMA_FOLDER)
