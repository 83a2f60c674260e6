"""What belongs to an examination beside its day: rounds with last days to apply, paid extensions, attempts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from typing import Final

import attrs

from career_path.days.numbers import check_date
from career_path.days.spans import Span, to_optional_span, to_span
from career_path.errors import InvalidValueError, quoted
from career_path.model.money import to_amount
from career_path.model.parts import check_parts
from career_path.model.text import StepId, check_id
from career_path.values import Value, frozen

__all__ = ["MOST_ATTEMPTS", "MOST_EXTENSIONS", "Cap", "PaidExtension", "Retakes", "Round", "to_rounds"]

MOST_EXTENSIONS: Final = 100
"""How often a window may be extended."""
MOST_ATTEMPTS: Final = 1_000
"""The largest number of attempts that a cap may allow."""


def _date(value: dt.date) -> dt.date:
    return check_date(value)


@frozen(kw_only=True)
class Round(Value):
    """One of several sittings or intakes: what is done on `by` or before it counts from `on` on.

    >>> from career_path import Dates, Learner, Needs, Pathway, Step, plan
    >>> rounds = [Round(by=dt.date(2026, 10, 1), on=dt.date(2027, 1, 29)),
    ...           Round(by=dt.date(2027, 3, 1), on=dt.date(2027, 6, 25))]
    >>> days = Dates(dates=[each.on for each in rounds])
    >>> exam = Step("exam", kind="exam", opens=days, requires=Needs("application", rounds=rounds))
    >>> path = Pathway("p", goal="exam", steps=[Step("application", kind="application"), exam])
    >>> plan(path, Learner(), today=dt.date(2026, 10, 2)).finish
    datetime.date(2027, 6, 25)
    """

    by: dt.date = attrs.field(converter=_date)
    on: dt.date = attrs.field(converter=_date)

    def __attrs_post_init__(self) -> None:
        if self.on < self.by:
            raise InvalidValueError("ends-before-it-begins", "on", str(self.on), f"{self.by} or later")


def to_rounds(values: Iterable[Round]) -> tuple[Round, ...]:
    """Rounds by their last days; a later last day never leads to an earlier round.

    Raises:
        InvalidValueError: codes `wrong-type`, `out-of-order`.
    """
    rounds = tuple(sorted(check_parts(values, Round, "rounds"), key=lambda each: (each.by, each.on)))
    for before, after in pairwise(rounds):
        if before.by == after.by or after.on < before.on:
            found = f"{after.by} for {after.on} after {before.by} for {before.on}"
            expected = "one round for each last day, no earlier for a later one"
            raise InvalidValueError("out-of-order", "rounds", found, expected)
    return rounds


def _longer(value: Span | str) -> Span:
    span = to_span(value)
    if span.is_negative or span.is_zero:
        raise InvalidValueError("not-positive", "span", quoted(str(span)), "a span that leads on")
    return span


def _times(value: int) -> int:
    if type(value) is not int or not 1 <= value <= MOST_EXTENSIONS:
        raise InvalidValueError("not-a-count", "at_most", quoted(value), f"a whole number, 1 to {MOST_EXTENSIONS}")
    return value


def _cost(value: Decimal | str | int | None) -> Decimal | None:
    return None if value is None else to_amount(value)


@frozen(kw_only=True)
class PaidExtension(Value):
    """By how much, how often and for what fee a window may be made longer; None is a fee that nobody told.

    >>> from career_path import Needs
    >>> longer = PaidExtension(span="P90D", at_most=2, cost="25.00")
    >>> Needs("approval", within="P90D", extensions=longer).extended(2)
    Needs('approval', within='P270D')
    """

    span: Span = attrs.field(converter=_longer)
    at_most: int = attrs.field(default=1, converter=_times)
    cost: Decimal | None = attrs.field(default=None, converter=_cost)


def _attempts(value: int) -> int:
    if type(value) is not int or not 1 <= value <= MOST_ATTEMPTS:
        raise InvalidValueError("not-a-count", "attempts", quoted(value), f"a whole number, 1 to {MOST_ATTEMPTS}")
    return value


def _period(value: Span | str | None) -> Span | None:
    span = to_optional_span(value)
    if span is not None and (span.is_negative or span.is_zero):
        raise InvalidValueError("not-positive", "per", quoted(str(span)), "a span that leads on")
    return span


def _step_id(value: str | None) -> StepId | None:
    return None if value is None else StepId(check_id(value, "since"))


@frozen
class Cap(Value):
    """How many attempts there may be: ever, in any stretch of time `per`, or `since` a step was last done.

    A stretch begins with an attempt, which no longer counts on the day that lies `per` after it. What is capped
    `since` a step goes on when that step has been done once more.

    >>> Cap(8, per="P12M"), Cap(3, since="program")
    (Cap(8, per=Span.parse('P12M')), Cap(3, since='program'))
    """

    attempts: int = attrs.field(converter=_attempts)
    per: Span | None = attrs.field(default=None, converter=_period, kw_only=True)
    since: StepId | None = attrs.field(default=None, converter=_step_id, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.per is not None and self.since is not None:
            raise InvalidValueError("counted-twice", "since", f"'{self.since}' beside per {self.per}", "one of these")

    def __repr__(self) -> str:
        per = "" if self.per is None else f", per={self.per!r}"
        since = "" if self.since is None else f", since={str(self.since)!r}"
        return f"Cap({self.attempts}{per}{since})"


def _waits(values: Iterable[Span | str]) -> tuple[Span, ...]:
    if isinstance(values, str):
        raise InvalidValueError("not-a-list", "waits", quoted(values), "a list of spans")
    waits = tuple(to_span(value) for value in values)
    for index, wait in enumerate(waits):
        if wait.is_negative:
            raise InvalidValueError("negative", f"waits[{index}]", quoted(str(wait)), "a span that does not lead back")
    return waits


def _caps(values: Iterable[Cap]) -> tuple[Cap, ...]:
    return check_parts(values, Cap, "caps")


@frozen(kw_only=True)
class Retakes(Value):
    """What holds after a failed attempt: the waits after the first, second, … one, and how many there may be.

    A wait leads from the day of an attempt to the first day of the next, and the last one repeats: "45 days must
    pass", which means the 46th day, is `P46D`. Every cap holds.

    >>> from career_path import Learner, Pathway, Record, Step, plan
    >>> exam = Step("exam", kind="exam", retakes=Retakes(waits=["P30D", "P30D", "P12M"]))
    >>> twice = Record("exam", failed=[dt.date(2027, 1, 11), dt.date(2027, 2, 10)])
    >>> plan(Pathway("p", goal="exam", steps=[exam]), Learner(records=[twice]), today=dt.date(2027, 2, 15)).finish
    datetime.date(2027, 3, 12)
    """

    waits: tuple[Span, ...] = attrs.field(default=(), converter=_waits)
    caps: tuple[Cap, ...] = attrs.field(default=(), converter=_caps)
