"""The ledger of continuing education: the activities that a person has on file, and kinds of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from career_path.days.durations import MOST_HOURS, to_hours
from career_path.days.numbers import to_day
from career_path.errors import InvalidValueError, quoted
from career_path.model.parts import check_parts
from career_path.model.text import check_text
from career_path.values import Value, frozen

__all__ = [
    "MOST_ACTIVITIES",
    "Activity",
    "CreditKind",
    "Ledger",
    "Number",
    "check_word",
    "exact_number",
    "positive_number",
]

MOST_ACTIVITIES: Final = 2_000
"""The longest ledger."""
_LONGEST_WORD: Final = 200

Number = float | Decimal | Fraction


def exact_number(value: Number, where: str) -> Fraction:
    """An exact number, 0 or more; a float stands for the decimal it is written as.

    >>> exact_number(0.25, "credits")
    Fraction(1, 4)

    Raises:
        InvalidValueError: codes `not-a-number`, `negative`, `too-long`.
    """
    try:
        return to_hours(value)
    except InvalidValueError as error:
        raise attrs.evolve(error, where=where, expected=f"a number from 0 to {MOST_HOURS}") from None


def positive_number(value: Number, where: str) -> Fraction:
    """An exact number above 0.

    >>> positive_number(2, "credits")
    Fraction(2, 1)

    Raises:
        InvalidValueError: as `exact_number`, and `not-positive`.
    """
    number = exact_number(value, where)
    if not number:
        raise InvalidValueError("not-positive", where, "0", "more than 0")
    return number


def check_word(value: object, where: str) -> str:
    """A short text, its blanks made single.

    >>> check_word(" Contact  hour", "unit")
    'Contact hour'

    Raises:
        InvalidValueError: code `not-a-word`, and those of `check_text`.
    """
    text = " ".join(check_text(value, where).split())
    if not text or len(text) > _LONGEST_WORD:
        raise InvalidValueError("not-a-word", where, quoted(value), f"1 to {_LONGEST_WORD} characters")
    return text


def _words(values: Iterable[str] | str, where: str) -> tuple[str, ...]:
    """Words in order, each once; one word alone may stand for a list of one."""
    each = (values,) if isinstance(values, str) else check_parts(values, str, where)
    return tuple(dict.fromkeys(check_word(value, where) for value in each))


def _category(values: Iterable[str] | str) -> tuple[str, ...]:
    return _words(values, "category")


def _approved_by(values: Iterable[str] | str) -> tuple[str, ...]:
    return _words(values, "approved_by")


def _tags(values: Iterable[str] | str) -> tuple[str, ...]:
    return _words(values, "tags")


def _not_category(values: Iterable[str] | str) -> tuple[str, ...]:
    return _words(values, "not_category")


def _not_approved_by(values: Iterable[str] | str) -> tuple[str, ...]:
    return _words(values, "not_approved_by")


def _not_tags(values: Iterable[str] | str) -> tuple[str, ...]:
    return _words(values, "not_tags")


def _title(value: str) -> str:
    return check_text(value, "title")


def _optional_unit(value: str) -> str:
    return check_word(value, "unit") if value != "" else ""


def _credits(value: Number) -> Fraction:
    return positive_number(value, "credits")


@frozen(kw_only=True)
class Activity(Value):
    """One activity on file: a course on its day, worth so many of a unit (without `unit`: credits of the rule).

    It may belong to several categories and be approved by several bodies.

    >>> Activity(date=dt.date(2027, 3, 1), title="Law", credits=1.5, category="law").category
    ('law',)
    """

    date: dt.date = attrs.field(converter=to_day)
    title: str = attrs.field(converter=_title)
    credits: Fraction = attrs.field(converter=_credits)
    unit: str = attrs.field(default="", converter=_optional_unit)
    category: tuple[str, ...] = attrs.field(default=(), converter=_category)
    approved_by: tuple[str, ...] = attrs.field(default=(), converter=_approved_by)
    tags: tuple[str, ...] = attrs.field(default=(), converter=_tags)


def _activities(values: Iterable[Activity]) -> tuple[Activity, ...]:
    found = check_parts(values, Activity, "activities")
    if len(found) > MOST_ACTIVITIES:
        raise InvalidValueError("too-long", "activities", f"{len(found)} activities", f"at most {MOST_ACTIVITIES}")
    return found


@frozen
class Ledger(Value):
    """The activities of one person, in any order.

    >>> Ledger([Activity(date=dt.date(2027, 3, 1), title="Law", credits=2)]).activities[0].credits
    Fraction(2, 1)
    """

    activities: tuple[Activity, ...] = attrs.field(default=(), converter=_activities)


def _meets(own: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return not {each.casefold() for each in own}.isdisjoint(each.casefold() for each in wanted)


@frozen(kw_only=True)
class CreditKind(Value):
    """A kind of activity: of one of these categories, approved by one of these bodies, with one of these tags.

    What is left empty does not matter; capitals never do. The fields with `not_` leave out what has one of theirs.

    >>> course = Activity(date=dt.date(2027, 3, 1), title="Law", credits=1, approved_by="AAMA")
    >>> CreditKind(approved_by=["aama"]).takes(course), CreditKind(not_approved_by=["AAMA"]).takes(course)
    (True, False)
    """

    category: tuple[str, ...] = attrs.field(default=(), converter=_category)
    approved_by: tuple[str, ...] = attrs.field(default=(), converter=_approved_by)
    tags: tuple[str, ...] = attrs.field(default=(), converter=_tags)
    not_category: tuple[str, ...] = attrs.field(default=(), converter=_not_category)
    not_approved_by: tuple[str, ...] = attrs.field(default=(), converter=_not_approved_by)
    not_tags: tuple[str, ...] = attrs.field(default=(), converter=_not_tags)

    def takes(self, activity: Activity) -> bool:
        """Whether an activity is of this kind."""
        asked = (
            (activity.category, self.category, self.not_category),
            (activity.approved_by, self.approved_by, self.not_approved_by),
            (activity.tags, self.tags, self.not_tags),
        )
        return all((not wanted or _meets(own, wanted)) and not _meets(own, barred) for own, wanted, barred in asked)
