"""A fingerprint of everything a plan depends on, the same whatever the order in the documents."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final, cast

import attrs

from career_path.days.spans import Span
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway
from career_path.model.requirements import (
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    HasFact,
    Holds,
    Located,
    Needs,
    Worked,
    canonical,
    span_text,
)
from career_path.model.sittings import Retakes

__all__ = ["input_hash"]


def input_hash(pathway: Pathway, learner: Learner, *question: object) -> str:
    """The SHA-256 of the whole input in a canonical text, in hexadecimal; `question` are the arguments of the plan."""
    parts = (pathway, learner, *question)
    return hashlib.sha256("\n".join(_text(part) for part in parts).encode()).hexdigest()


_SHOWN: Final = frozenset({type(None), str, bool, int, Decimal, Fraction, dt.date})
"""Kinds that a class and a text tell whole."""


def _text(value: object) -> str:  # noqa: PLR0911 (a line per kind)
    """A text that equal values share; tuples are sets here, because no list in a document has a meaningful order."""
    kind = type(value)
    if kind in _SHOWN:
        return f"{kind.__name__} {value!r}"
    match value:
        case AllOf() | AnyOf() | AtLeast() | Needs() | Holds() | Aged() | Worked() | Located() | HasFact():
            return canonical(value)
        case Retakes():
            return f"Retakes({' '.join(map(span_text, value.waits))}; {_text(value.caps)})"  # waits have an order
        case Span():
            return span_text(value)
        case Enum():
            return repr(value.value)
        case str() | int() | dt.date():  # of a class of the caller's own
            return f"{kind.__name__} {value!r}"
        case tuple():
            return f"[{', '.join(sorted(map(_text, cast('tuple[object, ...]', value))))}]"
        case _:
            return f"{type(value).__name__}({'; '.join(_fields(value))})"


def _fields(value: object) -> Iterable[str]:
    for field in attrs.fields(type(value)):  # type: ignore[arg-type]  # every value of the model is an attrs class
        if field.name == "overlays" and isinstance(value, Learner):
            continue  # the pathway says which of them made it
        yield f"{field.name}={_text(getattr(value, field.name))}"
