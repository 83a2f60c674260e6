"""The JSON Schema (2020-12) of assessments of continuing education, which are written and never read back.

Every field is there whenever it is written; what does not apply is null.
"""

from __future__ import annotations

from typing import Any, Final

from career_path.formats.assessment_json import ASSESSMENT_SCHEMA
from career_path.model.assessment import Uncounted

__all__ = ["credits_schema"]

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_TEXTS: Final[Schema] = {"type": "array", "items": _TEXT}
_ID: Final[Schema] = {"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]{0,63}$"}
_DATE: Final[Schema] = {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"}
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
_TRUTH: Final[Schema] = {"type": "boolean"}
_AMOUNT: Final[Schema] = {"$ref": "#/$defs/amount"}
_EXACT: Final[Schema] = {
    "description": "a number, or a fraction as text where no decimal number is exact",
    "anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+/[1-9][0-9]*$"}],
}
_SLOT: Final[Schema] = {
    "id": _ID,
    "number": {"type": ["integer", "null"], "minimum": 1},
    "since": _DATE,
    "through": _DATE,
    "overlay": _TRUTH,
    "at_least": _AMOUNT,
    "at_most": {"anyOf": [_AMOUNT, {"type": "null"}]},
    "counted": _AMOUNT,
    "missing": _AMOUNT,
    "over": _TRUTH,
    "text": _TEXT,
}
_ROW: Final[Schema] = {
    "date": _DATE,
    "title": _TEXT,
    "credits": _AMOUNT,
    "unit": _TEXT,
    "category": _TEXTS,
    "approved_by": _TEXTS,
    "tags": _TEXTS,
}


def credits_schema() -> Schema:
    """The JSON Schema of an assessment of one credential, or of several that share a ledger.

    >>> [len(each["required"]) for each in credits_schema()["anyOf"]]
    [24, 6]
    """
    schema: Schema = {"schema": {"const": ASSESSMENT_SCHEMA}}
    several = {
        "on": _DATE,
        "met": _TRUTH,
        "shortfall": _AMOUNT,
        "credentials": _list({"credential": _ID, "title": _TEXT, **_assessment()}),
        "activities": _list({**_ROW, "credentials": {"type": "array", "items": _ID}}),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{ASSESSMENT_SCHEMA.replace('/', ':')}",
        "description": "How a ledger of continuing education stands, for one credential or for several.",
        "anyOf": [_table({**schema, **_assessment()}), _table({**schema, **several})],
        "$defs": {"activity": _table(_activity()), "amount": _EXACT, "slot": _table(_SLOT)},
    }


def _assessment() -> Schema:
    return {
        "unit": _TEXT,
        "since": _DATE,
        "through": _DATE,
        "by": _DATE,
        "number": {"type": "integer", "minimum": 1},
        "held_since": _or_null(_DATE),
        "on": _DATE,
        "exempt": _TRUTH,
        "met": _TRUTH,
        "lost": _TRUTH,
        "total": _AMOUNT,
        "carried_in": _AMOUNT,
        "counted": _AMOUNT,
        "missing": _AMOUNT,
        "shortfall": _AMOUNT,
        "needed": _AMOUNT,
        "months_left": _COUNT,
        "pace": _or_null(_AMOUNT),
        "carry_over": _AMOUNT,
        "slots": {"type": "array", "items": {"$ref": "#/$defs/slot"}},
        "activities": {"type": "array", "items": {"$ref": "#/$defs/activity"}},
        "slips": _list({"category": _TEXT, "nearest": _TEXT}),
        "text": _TEXTS,
    }


def _activity() -> Schema:
    return {
        **_ROW,
        "worth": _or_null(_AMOUNT),
        "counted": _AMOUNT,
        "slots": _list({"slot": _or_null(_ID), "credits": _AMOUNT}),
        "overlays": {"type": "array", "items": _ID},
        "why_not": {"enum": [*(each.value for each in Uncounted), None]},
        "full": {"type": "array", "items": _ID},
        "elsewhere": {"type": "array", "items": _ID},
        "falls_out_on": _or_null(_DATE),
        "text": _TEXT,
    }


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _table(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(properties: Schema) -> Schema:
    return {"type": "array", "items": _table(properties)}
