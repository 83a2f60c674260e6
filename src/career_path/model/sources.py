"""Where the facts of a pathway come from and how sure they are; a cost with its sources."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Final

import attrs

from career_path.days.numbers import check_date
from career_path.days.spans import Span, to_span
from career_path.errors import InvalidValueError
from career_path.model.choices import to_choice
from career_path.model.money import to_amount
from career_path.model.text import SourceId, check_source_id, check_text, to_source_ids
from career_path.values import Value, frozen

__all__ = ["Cost", "Source", "Sure"]


class Sure(StrEnum):
    """How well a fact is known: from the body itself, from law, from someone's report, or from memory only.

    >>> Source("A1", sure="law").sure
    <Sure.LAW: 'law'>
    """

    BODY = "body"
    LAW = "law"
    SECONDARY = "secondary"
    MEMORY = "memory"


def _sure(value: Sure | str) -> Sure:
    return to_choice(Sure, value, "sure")


def _optional_sure(value: Sure | str | None) -> Sure | None:
    return None if value is None else _sure(value)


def _amount(value: Decimal | str | int) -> Decimal:
    return to_amount(value)


@frozen
class Cost(Value):
    """What a step costs, in the pathway's currency, and how that is known.

    >>> Cost("125.00", sources=["A2"]).amount
    Decimal('125.00')
    """

    amount: Decimal = attrs.field(converter=_amount)
    sources: tuple[SourceId, ...] = attrs.field(default=(), converter=to_source_ids, kw_only=True)
    sure: Sure | None = attrs.field(default=None, converter=_optional_sure, kw_only=True)


def _title(value: str) -> str:
    return check_text(value, "title")


def _optional_date(value: dt.date | None) -> dt.date | None:
    return None if value is None else check_date(value)


USUAL_REVIEW: Final = Span(years=1)
"""How long after it was checked a source is to be checked again, unless it says otherwise."""


def _review(value: Span | dt.date | str | None) -> Span | dt.date | None:
    if value is None:
        return None
    if isinstance(value, dt.date):
        return check_date(value, "review")
    span = to_span(value)
    if span.is_zero or span.is_negative:
        raise InvalidValueError("not-positive", "review", f"'{span}'", "a length such as P1Y, or a day")
    return span


def _source_id(value: str) -> SourceId:
    return SourceId(check_source_id(value))


def _publisher(value: str) -> str:
    return check_text(value, "publisher")


def _address(value: str) -> str:
    return check_text(value, "address")


@frozen
class Source(Value):
    """Where a fact comes from, how sure it is, of which day, and when it was last checked.

    `review` is the last day on which that is good enough, or how long after `checked` that is; a year if left out.

    >>> Source("A2", title="Exam fees", publisher="AAMA", checked=dt.date(2026, 11, 23)).sure
    <Sure.SECONDARY: 'secondary'>
    """

    id: SourceId = attrs.field(converter=_source_id)
    title: str = attrs.field(default="", converter=_title, kw_only=True)
    publisher: str = attrs.field(default="", converter=_publisher, kw_only=True)
    address: str = attrs.field(default="", converter=_address, kw_only=True)
    sure: Sure = attrs.field(default=Sure.SECONDARY, converter=_sure, kw_only=True)
    as_of: dt.date | None = attrs.field(default=None, converter=_optional_date, kw_only=True)
    checked: dt.date | None = attrs.field(default=None, converter=_optional_date, kw_only=True)
    review: Span | dt.date | None = attrs.field(default=None, converter=_review, kw_only=True)

    @property
    def review_day(self) -> dt.date | None:
        """The last day before it is to be checked again; None where nobody has checked it, and where no day is left.

        >>> Source("A2", checked=dt.date(2026, 11, 23)).review_day
        datetime.date(2027, 11, 23)
        >>> Source("A2", checked=dt.date(2026, 11, 23), review="P6M").review_day
        datetime.date(2027, 5, 23)
        """
        if self.review is not None and not isinstance(self.review, Span):
            return self.review
        return None if self.checked is None else (self.review or USUAL_REVIEW).after(self.checked)

    def is_stale(self, today: dt.date) -> bool:
        """Whether the last day before it is to be checked again lies before a day.

        >>> source = Source("A2", checked=dt.date(2026, 11, 23))
        >>> source.is_stale(dt.date(2027, 11, 23)), source.is_stale(dt.date(2027, 11, 24))
        (False, True)
        """
        return self.review_day is not None and self.review_day < today
