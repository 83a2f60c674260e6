"""What names and texts may hold: ids that are safe anywhere, and texts without control characters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NewType

from career_path.errors import InvalidValueError, quoted

__all__ = [
    "LONGEST_TEXT",
    "CredentialId",
    "OccupationId",
    "SourceId",
    "StepId",
    "again_id",
    "check_id",
    "check_occurrence",
    "check_text",
    "is_id",
    "step_of",
    "to_ids",
    "to_overlay_ids",
    "to_source_ids",
]

StepId = NewType("StepId", str)
CredentialId = NewType("CredentialId", str)
SourceId = NewType("SourceId", str)
OccupationId = NewType("OccupationId", str)

LONGEST_TEXT: Final = 10_000
"""The longest title or note, in characters."""

_ID: Final = re.compile(r"\A[a-z0-9][a-z0-9._-]{0,63}\Z")
_AGAIN: Final = re.compile(r"\A(?P<id>[^~]*)~(?:[2-9]|[1-9][0-9]{1,2})\Z")
_SOURCE_ID: Final = re.compile(r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def check_id(value: object, where: str = "id") -> str:
    """`value`, if it is an id: a lower-case letter or digit, then up to 63 more of these or `.`, `_`, `-`.

    >>> check_id("cma-aama")
    'cma-aama'

    Raises:
        InvalidValueError: code `not-an-id`.
    """
    if isinstance(value, str) and _ID.match(value):
        return value
    raise InvalidValueError(
        "not-an-id", where, quoted(value), "1 to 64 of a-z, 0-9, '.', '_', '-', the first a letter or digit"
    )


def is_id(text: str) -> bool:
    """Whether a text is an id.

    >>> is_id("cma-aama"), is_id("../cma")
    (True, False)
    """
    return _ID.match(text) is not None


def again_id(step_id: str, times: int) -> str:
    """The name of a step that is done once more, the `times`-th time in all.

    >>> again_id("bls-course", 2)
    'bls-course~2'
    """
    return f"{step_id}~{times}"


def step_of(name: str) -> str:
    """The id of the step in the pathway, whichever time it is done.

    >>> step_of("bls-course~2"), step_of("bls-course")
    ('bls-course', 'bls-course')
    """
    return name.partition("~")[0]


def check_occurrence(value: object, where: str = "step") -> str:
    """`value`, if it is the id of a step, or one followed by `~2` to `~999` for a later time it is done.

    >>> check_occurrence("bls-course~2")
    'bls-course~2'

    Raises:
        InvalidValueError: code `not-an-id`.
    """
    again = _AGAIN.match(value) if isinstance(value, str) else None
    if again is not None and _ID.match(again["id"]):
        return again.string
    return check_id(value, where)


def check_source_id(value: object, where: str = "id") -> str:
    """As `check_id`, but capitals are allowed, as in `A4`."""
    if isinstance(value, str) and _SOURCE_ID.match(value):
        return value
    raise InvalidValueError(
        "not-an-id", where, quoted(value), "1 to 64 of A-Z, a-z, 0-9, '.', '_', '-', the first a letter or digit"
    )


def check_text(value: object, where: str = "") -> str:
    """`value`, if it is text of a sensible length without control characters; a line ends in a line feed alone.

    Raises:
        InvalidValueError: codes `not-text`, `too-long`, `control-character`.
    """
    if not isinstance(value, str):
        raise InvalidValueError("not-text", where, quoted(value), "text")
    if len(value) > LONGEST_TEXT:
        raise InvalidValueError("too-long", where, f"{len(value)} characters", f"at most {LONGEST_TEXT}")
    match = _CONTROL.search(value)
    if match:
        raise InvalidValueError(
            "control-character", where, f"U+{ord(match[0]):04X} at {match.start()}", "text without control characters"
        )
    return value


def to_ids(values: Iterable[str]) -> tuple[str, ...]:
    """Ids in order, each once; a single string is refused, because it would be read letter by letter."""
    if isinstance(values, str):
        raise InvalidValueError("not-a-list", "", quoted(values), "a list of ids")
    try:
        return tuple(dict.fromkeys(values))
    except TypeError:
        raise InvalidValueError("not-a-list", "", quoted(values), "a list of ids") from None


def to_overlay_ids(values: Iterable[str]) -> tuple[str, ...]:
    """Ids of overlays in order, each once.

    >>> to_overlay_ids(["older-page", "older-page"])
    ('older-page',)
    """
    return tuple(check_id(value, "overlays") for value in to_ids(values))


def to_source_ids(values: Iterable[str]) -> tuple[SourceId, ...]:
    """Ids of sources in order, each once.

    >>> to_source_ids(["A4", "A5", "A4"])
    ('A4', 'A5')
    """
    return tuple(SourceId(check_source_id(value, "sources")) for value in to_ids(values))
