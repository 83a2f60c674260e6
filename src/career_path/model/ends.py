"""When a validity ends: a few parts that are put together, and no case for any board.

The part that most rules need is `Validity`: an anchor day, a span, then a stated last day. The others are ends by
an age, with another paper or by idleness, the earliest or the latest of several, and ends chosen by what is so on
the day a period begins.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from typing import cast

import attrs

from career_path.days.day_rules import DayRule, is_yearly
from career_path.days.durations import to_hours
from career_path.days.numbers import check_date
from career_path.days.spans import Span, to_optional_span, to_span
from career_path.errors import InvalidValueError, quoted
from career_path.model.choices import to_choice
from career_path.model.parts import check_parts
from career_path.model.text import CredentialId, StepId, check_id, check_text
from career_path.values import Value, frozen

__all__ = [
    "AgeEnd",
    "Case",
    "Cases",
    "EarliestOf",
    "End",
    "IdleEnd",
    "LatestOf",
    "PaperEnd",
    "Repeats",
    "ReplacedEnd",
    "ShortMonth",
    "Until",
    "Validity",
    "check_end",
    "parts_of",
    "without_first",
]

MOST_HITS = 100
MOST_ENDS = 20
OLDEST = 130


class Until(StrEnum):
    """Which day is the last of a validity.

    >>> Validity(span="P2Y").until
    <Until.DAY_BEFORE: 'day-before'>
    """

    DAY_BEFORE = "day-before"
    ANNIVERSARY = "anniversary"
    MONTH_END = "month-end"


class ShortMonth(StrEnum):
    """What an anniversary is in a month that lacks the day: the month's last day, or the first of the next."""

    LAST_DAY = "last-day"
    NEXT_DAY = "next-day"


class Repeats(StrEnum):
    """From where the n-th period is counted: n spans from the anchor at once, or one span from the last end."""

    ANCHOR = "anchor"
    EXPIRY = "expiry"


def _until(value: Until | DayRule | str) -> Until | DayRule:
    return value if isinstance(value, DayRule) else to_choice(Until, value, "until")


def _validity_span(value: Span | str) -> Span:
    return _span_in("span", value)


def _span_in(where: str, value: Span | str) -> Span:
    try:
        return to_span(value)
    except InvalidValueError as error:
        raise attrs.evolve(error, where=where) from None


def _at_most(value: Span | str | None) -> Span | None:
    span = to_optional_span(value)
    if span is not None and (span.is_negative or span.is_zero):
        raise InvalidValueError("not-positive", "at_most", quoted(str(span)), "a span longer than nothing")
    return span


def _nth(value: int) -> int:
    return _check_count(value, "nth", MOST_HITS)


def _check_count(value: object, where: str, most: int) -> int:
    if type(value) is int and 1 <= value <= most:
        return value
    raise InvalidValueError("not-a-count", where, quoted(value), f"a whole number from 1 to {most}")


def _short_month(value: ShortMonth | str) -> ShortMonth:
    return to_choice(ShortMonth, value, "short_month")


def _repeats(value: Repeats | str) -> Repeats:
    return to_choice(Repeats, value, "repeats")


def _credential(value: str) -> CredentialId:
    return CredentialId(check_id(value, "credential"))


def _optional_credential(value: str | None) -> CredentialId | None:
    return None if value is None else _credential(value)


def _optional_step(value: str | None) -> StepId | None:
    return None if value is None else StepId(check_id(value, "step"))


def _first(value: Validity | None) -> Validity | None:
    return _check_first(value)


def _check_first(value: object) -> Validity | None:
    if value is None or isinstance(value, Validity):
        return value
    raise InvalidValueError("wrong-kind", "first", quoted(value), "a table with span and until")


@frozen(kw_only=True)
class Validity(Value):
    """How long a credential holds: the anchor day plus a span, then a stated last day.

    `day-before` ends on the eve of the anniversary, `anniversary` on it, `month-end` and any other day rule on
    the first such day on or after it; with `after`, on the first one after it; with `nth`, on the n-th. `at_most` is
    the greatest length (whole months reach to the end of that month): where no such day is near enough, there is an
    error and no date. `first` is the rule of the first period where it differs; later ones count from its end.
    `month_of` takes only the month ends in the month in which the learner got another credential, `counted_from`
    counts from the finish of a step and not from the grant.

    >>> Validity(span="P60M", until="month-end").until
    <Until.MONTH_END: 'month-end'>
    """

    span: Span = attrs.field(converter=_validity_span)
    until: Until | DayRule = attrs.field(default=Until.DAY_BEFORE, converter=_until)
    nth: int = attrs.field(default=1, converter=_nth)
    is_after: bool = attrs.field(default=False)
    short_month: ShortMonth = attrs.field(default=ShortMonth.LAST_DAY, converter=_short_month)
    repeats: Repeats = attrs.field(default=Repeats.ANCHOR, converter=_repeats)
    at_most: Span | None = attrs.field(default=None, converter=_at_most)
    first: Validity | None = attrs.field(default=None, converter=_first)
    month_of: CredentialId | None = attrs.field(default=None, converter=_optional_credential)
    counted_from: StepId | None = attrs.field(default=None, converter=_optional_step)

    def __attrs_post_init__(self) -> None:
        if self.span.is_negative or (self.span.is_zero and not self.is_rolled):
            raise InvalidValueError("not-positive", "span", quoted(str(self.span)), "a span longer than nothing")
        self._check_hits()
        if self.first is not None and (self.first.first is not None or self.first.counted_from is not None):
            raise InvalidValueError("nested", "first", "a first period with one of its own", "span, until and the like")

    def _check_hits(self) -> None:
        """That the words about hits are said of an end that has hits."""
        if not self.is_rolled and (self.is_after or self.nth > 1):
            name = "after" if self.is_after else "nth"
            raise InvalidValueError("no-hits", name, f"until = {quoted(self.until)}", "'month-end' or a day rule")
        if self.month_of is not None and self.until is not Until.MONTH_END:
            raise InvalidValueError("no-month-end", "month_of", "another last day", "until = 'month-end'")

    @property
    def is_rolled(self) -> bool:
        """Whether the end is a day of a set, and no anniversary."""
        return self.until is Until.MONTH_END or isinstance(self.until, DayRule)

    @property
    def is_chained(self) -> bool:
        """Whether a period is counted from the end of the one before, and not from the anchor of them all.

        A last day that comes once a year always is: n spans from an anchor inside the year, rolled to that day, would
        make periods of unequal length wherever the span is no whole number of years.
        """
        is_counted_by_hits = self.span.is_zero or self.nth > 1 or self.is_after or self.month_of is not None
        is_by_rule = self.first is not None or self.repeats is Repeats.EXPIRY or is_yearly(self.until)
        return is_by_rule or is_counted_by_hits


def _age(value: int) -> int:
    return _check_count(value, "until_age", OLDEST)


@frozen(kw_only=True)
class AgeEnd(Value):
    """The end by an age: the last day before that birthday.

    >>> AgeEnd(until_age=65).until_age
    65
    """

    until_age: int = attrs.field(converter=_age)


@frozen(kw_only=True)
class PaperEnd(Value):
    """The end with another credential that the learner has: its last day, renewals on record included.

    >>> PaperEnd(ends_with="license").ends_with
    'license'
    """

    ends_with: CredentialId = attrs.field(converter=_credential)


@frozen(kw_only=True)
class ReplacedEnd(Value):
    """The end by another credential that takes its place: the last day before that one is granted.

    >>> ReplacedEnd(replaced_by="full-license").replaced_by
    'full-license'
    """

    replaced_by: CredentialId = attrs.field(converter=_credential)


def _idle(value: Span | str) -> Span:
    span = _span_in("idle", value)
    if span.is_negative or span.is_zero:
        raise InvalidValueError("not-positive", "idle", quoted(str(span)), "a span longer than nothing")
    return span


def _role(value: str) -> str:
    return check_text(value, "role")


def _hours(value: float | Fraction | None) -> Fraction | None:
    return None if value is None else to_hours(value)


@frozen(kw_only=True)
class IdleEnd(Value):
    """The end by idleness: a span after the first day without paid work in a role, less a day.

    Without work on record it counts from the grant; while work goes on there is no end. With `hours`, only work that
    comes to as many hours counts.

    >>> str(IdleEnd(idle="P24M", role="nursing assistant").idle)
    'P24M'
    """

    idle: Span = attrs.field(converter=_idle)
    role: str = attrs.field(converter=_role)
    hours: Fraction | None = attrs.field(default=None, converter=_hours)


def _refuse_step(end: End | None) -> None:
    if isinstance(end, Validity) and end.counted_from:
        raise InvalidValueError("nested", "", "'counted_from' in one of several ends", "it on a single end alone")


def _ends(values: Iterable[End]) -> tuple[End, ...]:
    return _check_ends(values)


def _check_ends(values: object) -> tuple[End, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise InvalidValueError("not-a-list", "", quoted(values), "a list of ends")
    ends = tuple(check_end(each, "") for each in cast("Iterable[object]", values))
    for each in ends:
        _refuse_step(each)
    if not 1 <= len(ends) <= MOST_ENDS:
        raise InvalidValueError("empty" if not ends else "too-many", "", f"{len(ends)} ends", f"1 to {MOST_ENDS} ends")
    return ends


@frozen(kw_only=True)
class EarliestOf(Value):
    """Whichever of several ends comes first.

    >>> len(EarliestOf(earliest_of=[Validity(span="P1Y"), ReplacedEnd(replaced_by="ma-c")]).earliest_of)
    2
    """

    earliest_of: tuple[End, ...] = attrs.field(converter=_ends)


@frozen(kw_only=True)
class LatestOf(Value):
    """Whichever of several ends comes last.

    >>> len(LatestOf(latest_of=[Validity(span="P1Y"), AgeEnd(until_age=21)]).latest_of)
    2
    """

    latest_of: tuple[End, ...] = attrs.field(converter=_ends)


def _optional_end(value: End | None) -> End | None:
    end = None if value is None else check_end(value, "valid")
    _refuse_step(end)
    return end


def _under_age(value: int | None) -> int | None:
    return None if value is None else _check_count(value, "under_age", OLDEST)


def _optional_date(value: dt.date | None) -> dt.date | None:
    return None if value is None else check_date(value, "before")


def _fact(value: str | None) -> str | None:
    return None if value is None else check_id(value, "fact")


def _is(value: str | None) -> str | None:
    return None if value is None else check_text(value, "is")


@frozen(kw_only=True)
class Case(Value):
    """One end of several, and when it is the one: without `valid` there is no end, without a condition always.

    All conditions have to hold on the day a period begins: its holder is younger than `under_age`, it is a day
    `before` another, and the holder's `fact` reads as `is_` says.

    >>> Case(under_age=40, valid=Validity(span="P60M", until="month-end")).under_age
    40
    """

    under_age: int | None = attrs.field(default=None, converter=_under_age)
    before: dt.date | None = attrs.field(default=None, converter=_optional_date)
    fact: str | None = attrs.field(default=None, converter=_fact)
    is_: str | None = attrs.field(default=None, converter=_is)
    valid: End | None = attrs.field(default=None, converter=_optional_end)

    def __attrs_post_init__(self) -> None:
        if (self.fact is None) != (self.is_ is None):
            found, expected = (
                ("'is' alone", "'fact' beside it") if self.fact is None else ("'fact' alone", "'is' beside it")
            )
            raise InvalidValueError("missing", "fact" if self.fact is None else "is", found, expected)

    @property
    def is_for_all(self) -> bool:
        """Whether it has no condition."""
        return self.under_age is None and self.before is None and self.fact is None

    @property
    def is_by_day(self) -> bool:
        """Whether it depends on the day a period begins."""
        return self.under_age is not None or self.before is not None


def _cases(values: Iterable[Case]) -> tuple[Case, ...]:
    cases = check_parts(values, Case, "")
    if not 1 <= len(cases) <= MOST_ENDS:
        raise InvalidValueError("empty" if not cases else "too-many", "", f"{len(cases)} cases", f"1 to {MOST_ENDS}")
    if any(each.is_for_all for each in cases[:-1]):
        raise InvalidValueError("never-reached", "", "a case after one without a condition", "that one at the end")
    return cases


@frozen(kw_only=True)
class Cases(Value):
    """The end that the first case names whose conditions hold on the day a period begins.

    While the same case holds, periods are counted as it says; where another one takes over, from the last end.

    >>> by_age = Cases(cases=[Case(under_age=40, valid=Validity(span="P60M")), Case(valid=Validity(span="P24M"))])
    >>> len(by_age.cases)
    2
    """

    cases: tuple[Case, ...] = attrs.field(converter=_cases)

    @property
    def is_by_day(self) -> bool:
        """Whether a later day can lead to an earlier end; otherwise one case holds for a holder once and for all."""
        return any(each.is_by_day for each in self.cases)


End = Validity | AgeEnd | PaperEnd | ReplacedEnd | IdleEnd | EarliestOf | LatestOf | Cases


def check_end(value: object, where: str) -> End:
    """`value`, if it is an end.

    Raises:
        InvalidValueError: code `wrong-kind`.
    """
    if isinstance(value, (Validity, AgeEnd, PaperEnd, ReplacedEnd, IdleEnd, EarliestOf, LatestOf, Cases)):
        return value
    raise InvalidValueError("wrong-kind", where, quoted(value), "a Validity or another end")


def parts_of(end: End | None) -> tuple[End, ...]:
    """An end and everything that it is made of, outermost first; nothing for None.

    >>> [type(each).__name__ for each in parts_of(EarliestOf(earliest_of=[AgeEnd(until_age=65)]))]
    ['EarliestOf', 'AgeEnd']
    """
    match end:
        case None:
            return ()
        case EarliestOf():
            return end, *(part for each in end.earliest_of for part in parts_of(each))
        case LatestOf():
            return end, *(part for each in end.latest_of for part in parts_of(each))
        case Cases():
            return end, *(part for each in end.cases for part in parts_of(each.valid))
        case Validity():
            return end, *parts_of(end.first)
        case _:
            return (end,)


def without_first(end: End) -> End:
    """The same end for a period that is not the first: without the rules of first periods.

    >>> without_first(Validity(span="P2Y", first=Validity(span="P1Y"))) == Validity(span="P2Y")
    True
    """
    match end:
        case Validity():
            return end if end.first is None else attrs.evolve(end, first=None)
        case EarliestOf():
            return EarliestOf(earliest_of=map(without_first, end.earliest_of))
        case LatestOf():
            return LatestOf(latest_of=map(without_first, end.latest_of))
        case Cases():
            return Cases(cases=[attrs.evolve(each, valid=_later(each.valid)) for each in end.cases])
        case _:
            return end


def _later(end: End | None) -> End | None:
    return None if end is None else without_first(end)
