"""Overlays: what a place, a day, the day somebody entered or what they ask for changes in a pathway."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Final, TypeVar

import attrs

from career_path.days.numbers import check_date
from career_path.errors import InvalidValueError, quoted
from career_path.model.edits import CredentialEdit, Edit, OccupationEdit, StepEdit
from career_path.model.parts import check_parts
from career_path.model.places import check_place, lies_in
from career_path.model.requirements import Requirement, to_requirement
from career_path.model.text import SourceId, check_id, check_text, to_source_ids
from career_path.values import Value, frozen

__all__ = ["MOST_OVERLAYS", "AppliedOverlay", "Overlay", "to_applied", "to_overlays"]

MOST_OVERLAYS: Final = 1_000
"""How many overlays a pathway may have."""


def _id(value: str) -> str:
    return check_id(value)


def _title(value: str) -> str:
    return check_text(value, "title")


def _note(value: str) -> str:
    return check_text(value, "note")


def _where(value: str) -> str:
    return check_place(value) if value else ""


def _truth(value: bool) -> bool:  # noqa: FBT001 (a converter)
    if type(value) is not bool:
        raise InvalidValueError("not-a-truth-value", "optional", quoted(value), "true or false")
    return value


def _optional_date(value: dt.date | None) -> dt.date | None:
    return None if value is None else check_date(value)


@frozen
class AppliedOverlay(Value):
    """An overlay that made a pathway what it is: for whom and when it holds, without what it changed.

    Both ends of each pair of days are included; one left out is open. One that `is_optional` holds only for those who
    ask for it by its id, as a reading of a rule on which sources disagree.

    >>> AppliedOverlay("tx", where="US-TX").name
    'tx'

    Raises:
        InvalidValueError: codes `not-an-id`, `not-a-place`, `not-a-date`, `ends-before-it-begins`, `not-a-truth-value`.
    """

    id: str = attrs.field(converter=_id)
    title: str = attrs.field(default="", converter=_title, kw_only=True)
    where: str = attrs.field(default="", converter=_where, kw_only=True)
    since: dt.date | None = attrs.field(default=None, converter=_optional_date, kw_only=True)
    until: dt.date | None = attrs.field(default=None, converter=_optional_date, kw_only=True)
    entered_since: dt.date | None = attrs.field(default=None, converter=_optional_date, kw_only=True)
    entered_until: dt.date | None = attrs.field(default=None, converter=_optional_date, kw_only=True)
    is_optional: bool = attrs.field(default=False, converter=_truth, kw_only=True)
    sources: tuple[SourceId, ...] = attrs.field(default=(), converter=to_source_ids, kw_only=True)
    note: str = attrs.field(default="", converter=_note, kw_only=True)

    def __attrs_post_init__(self) -> None:
        for name, first, last in (
            ("until", self.since, self.until),
            ("entered_until", self.entered_since, self.entered_until),
        ):
            if first and last and last < first:
                raise InvalidValueError("ends-before-it-begins", name, str(last), f"{first} or later")

    @property
    def name(self) -> str:
        """The title, or the id where there is none."""
        return self.title or self.id

    def holds(self, *, where: str, on: dt.date, entered: dt.date, overlays: Collection[str] = ()) -> bool:
        """Whether it is meant for somebody at a place (empty: not known), on a day, who entered on a day.

        `overlays` are the ids of those that they ask for, which decides where it is optional and nowhere else.

        >>> texas = AppliedOverlay("tx", where="US-TX", since=dt.date(2025, 9, 1))
        >>> day = dt.date(2025, 9, 1)
        >>> texas.holds(where="US-TX-201", on=day, entered=day), texas.holds(where="", on=day, entered=day)
        (True, False)
        >>> older = AppliedOverlay("older-page", is_optional=True)
        >>> [older.holds(where="", on=day, entered=day, overlays=each) for each in ([], ["older-page"])]
        [False, True]
        """
        return (
            (not self.is_optional or self.id in overlays)
            and (not self.where or lies_in(where, self.where))
            and _is_between(on, self.since, self.until)
            and _is_between(entered, self.entered_since, self.entered_until)
        )


def _is_between(day: dt.date, first: dt.date | None, last: dt.date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _goal(value: Requirement | str | None) -> Requirement | None:
    return None if value is None else to_requirement(value)


_SomeEdit = TypeVar("_SomeEdit", bound=Edit)


def _once(edits: tuple[_SomeEdit, ...]) -> tuple[_SomeEdit, ...]:
    seen: set[str] = set()
    for edit in edits:
        if edit.id in seen:
            raise InvalidValueError("duplicate-id", edit.id, "several of this id", "one")
        seen.add(edit.id)
    return edits


def _steps(values: Iterable[StepEdit]) -> tuple[StepEdit, ...]:
    return _once(check_parts(values, StepEdit, "steps"))


def _credentials(values: Iterable[CredentialEdit]) -> tuple[CredentialEdit, ...]:
    return _once(check_parts(values, CredentialEdit, "credentials"))


def _occupations(values: Iterable[OccupationEdit]) -> tuple[OccupationEdit, ...]:
    return _once(check_parts(values, OccupationEdit, "occupations"))


def _remove(values: Iterable[str]) -> tuple[str, ...]:
    if isinstance(values, str):
        raise InvalidValueError("not-a-list", "remove", quoted(values), "a list such as ['steps.exam']")
    return tuple(dict.fromkeys(map(_removed, values)))


def _removed(value: object) -> str:
    part, _, name = value.partition(".") if isinstance(value, str) else ("", "", "")
    if part in {"steps", "credentials", "occupations"} and name:
        return f"{part}.{check_id(name, 'remove')}"
    expected = "steps.ID, credentials.ID or occupations.ID; a field is removed by 'remove' in the table of its own part"
    raise InvalidValueError("not-removable", "remove", quoted(value), expected)


@frozen
class Overlay(AppliedOverlay):
    """What holds instead at a place, in a stretch of time, for those who entered in one, or for those who ask for it.

    First what is in `remove` goes (`"steps.exam"`, `"credentials.card"`), then come the new goal and the edits. A place
    holds for its parts: `US` for `US-TX`. All of an overlay's conditions have to hold; one without any always holds.

    >>> Overlay("tx", where="US-TX", steps=[StepEdit("course", {"takes": "P3M"})]).steps[0].id
    'course'

    Raises:
        InvalidValueError: codes as for `AppliedOverlay`, and `empty`, `duplicate-id`, `not-removable`.
    """

    goal: Requirement | None = attrs.field(default=None, converter=_goal, kw_only=True)
    steps: tuple[StepEdit, ...] = attrs.field(default=(), converter=_steps, kw_only=True)
    credentials: tuple[CredentialEdit, ...] = attrs.field(default=(), converter=_credentials, kw_only=True)
    occupations: tuple[OccupationEdit, ...] = attrs.field(default=(), converter=_occupations, kw_only=True)
    remove: tuple[str, ...] = attrs.field(default=(), converter=_remove, kw_only=True)

    def __attrs_post_init__(self) -> None:
        AppliedOverlay.__attrs_post_init__(self)
        if self.goal is None and not (self.steps or self.credentials or self.occupations or self.remove):
            expected = "goal, steps, credentials, occupations or remove"
            raise InvalidValueError("empty", "", "an overlay of nothing", expected)

    @property
    def applied(self) -> AppliedOverlay:
        """The same without what it changes."""
        names = [each.name for each in attrs.fields(AppliedOverlay) if each.name != "id"]
        return AppliedOverlay(self.id, **{name: getattr(self, name) for name in names})


def to_overlays(values: Iterable[Overlay]) -> tuple[Overlay, ...]:
    """Overlays in their order."""
    return check_parts(values, Overlay, "overlays")


def to_applied(values: Iterable[AppliedOverlay]) -> tuple[AppliedOverlay, ...]:
    """Overlays that made a pathway, in their order."""
    return check_parts(values, AppliedOverlay, "applied")
