"""How a credential is renewed: when, by which ways, at what fee, and which ways lead back after the last day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

import attrs

from career_path.days.day_rules import DayRule
from career_path.days.durations import WorkingDays
from career_path.days.numbers import check_date
from career_path.days.spans import Span, to_span
from career_path.errors import InvalidValueError, quoted
from career_path.model.choices import to_choice
from career_path.model.credits import CreditRule
from career_path.model.ends import End, Until, check_end
from career_path.model.money import to_amount
from career_path.model.parts import check_part, check_parts
from career_path.model.text import CredentialId, SourceId, StepId, check_id, check_text, to_source_ids
from career_path.values import Value

__all__ = [
    "Applies",
    "Change",
    "Counts",
    "Duty",
    "Extension",
    "Fee",
    "Grace",
    "Late",
    "Lead",
    "LeadDay",
    "Method",
    "RenewalRule",
    "Rung",
    "Way",
    "WayBack",
    "WayKind",
    "Within",
    "to_fees",
]

MOST_RENEWALS = 1000


class Method(StrEnum):
    """From where a renewed period counts, in the words of learning platforms."""

    FROM_EXPIRY = "from-expiry"
    FROM_COMPLETION = "from-completion"
    FIXED_DATE = "fixed-date"


class Late(StrEnum):
    """What a renewal after the last day counts from: its own day, or the anchor as before."""

    NEW_ANCHOR = "new-anchor"
    KEPT = "kept"


class Counts(StrEnum):
    """How days are counted from a day: the next one is day one, or that day itself is."""

    AFTER = "after"
    INCLUSIVE = "inclusive"


class LeadDay(StrEnum):
    """A day that lies before another one by its place in the calendar."""

    MONTH_START = "month-start"


Lead = Span | WorkingDays | DayRule | LeadDay
"""A day before another: so long before it, the last day of a set on or before it, or the first day of its month."""


def _lead(value: Lead | str | None) -> Lead | None:
    return None if value is None else _to_lead(value)


def _to_lead(value: Lead | str) -> Lead:
    if isinstance(value, (WorkingDays, DayRule)):
        return value
    if isinstance(value, LeadDay) or (isinstance(value, str) and value in LeadDay._value2member_map_):
        return LeadDay(value)
    span = to_span(value)
    if span.is_negative:
        raise InvalidValueError("negative", "", quoted(str(span)), "a span of no time or more")
    return span


def _title(value: str) -> str:
    return check_text(value, "title")


def _note(value: str) -> str:
    return check_text(value, "note")


def _amount(value: Decimal | str | int) -> Decimal:
    return to_amount(value)


def _date(value: dt.date) -> dt.date:
    return check_date(value)


def _optional_date(value: dt.date | None) -> dt.date | None:
    return None if value is None else check_date(value)


@attrs.frozen(eq=False, repr=False)
class Fee(Value):
    """An amount in the pathway's currency, from a day on where that is said.

    >>> Fee("40.00").amount
    Decimal('40.00')
    """

    amount: Decimal = attrs.field(converter=_amount)
    since: dt.date | None = attrs.field(default=None, converter=_optional_date, kw_only=True)


def to_fees(values: Iterable[Fee] | Fee | Decimal | str | int | None) -> tuple[Fee, ...]:
    """Fees by the day from which they hold; one amount alone holds always, none is not known.

    >>> [str(fee.amount) for fee in to_fees("55.00")]
    ['55.00']
    """
    if values is None:
        return ()
    if isinstance(values, Fee):
        return (values,)
    if isinstance(values, (Decimal, str, int)):
        return (Fee(values),)
    fees = check_parts(values, Fee, "fee")
    return tuple(sorted(fees, key=lambda fee: fee.since or dt.date.min))


def _fees(values: Iterable[Fee] | Fee | Decimal | str | int | None) -> tuple[Fee, ...]:
    return to_fees(values)


def _span(value: Span | str) -> Span:
    span = to_span(value)
    if span.is_negative or span.is_zero:
        raise InvalidValueError("not-positive", "span", quoted(str(span)), "a span longer than nothing")
    return span


def _counts(value: Counts | str) -> Counts:
    return to_choice(Counts, value, "counts")


def _rolled(value: Until | DayRule | str | None) -> Until | DayRule | None:
    if value is None or isinstance(value, DayRule):
        return value
    word = to_choice(Until, value, "until")
    if word is not Until.MONTH_END:
        raise InvalidValueError("not-a-choice", "until", quoted(word.value), "'month-end' or a day rule")
    return word


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Within(Value):
    """So long after the last day of validity; `until` rolls it forward to a month end or another day of a set.

    >>> Within(span="P90D", counts="inclusive").counts.value
    'inclusive'
    """

    span: Span = attrs.field(converter=_span)
    counts: Counts = attrs.field(default=Counts.AFTER, converter=_counts)
    until: Until | DayRule | None = attrs.field(default=None, converter=_rolled)


def _to_within(value: Within | Span | str) -> Within:
    if isinstance(value, (Span, str)):
        return Within(span=value)
    return check_part(value, Within, "within")


def _within(value: Within | Span | str) -> Within:
    return _to_within(value)


def _optional_within(value: Within | Span | str | None) -> Within | None:
    return None if value is None else _to_within(value)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Grace(Value):
    """A time after the last day in which renewing is still easy; mostly the credential is not current in it.

    `keeps_expiry` says that a renewal in it counts from the old expiry.

    >>> Grace(within="P90D").is_current
    False
    """

    within: Within = attrs.field(converter=_within)
    is_current: bool = attrs.field(default=False)
    keeps_expiry: bool = attrs.field(default=False)
    fee: tuple[Fee, ...] = attrs.field(default=(), converter=_fees)


class WayBack(StrEnum):
    """What leads back after a lapse."""

    CREDITS = "credits"
    EXAM = "exam"
    REINSTATEMENT = "reinstatement"
    START_AGAIN = "start-again"


def _way_back(value: WayBack | str) -> WayBack:
    return to_choice(WayBack, value, "way")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Rung(Value):
    """One way back after a lapse, from where the one before ends; without `within`, with no end.

    >>> Rung(way="exam", fee="50.00").within is None
    True
    """

    way: WayBack = attrs.field(converter=_way_back)
    within: Within | None = attrs.field(default=None, converter=_optional_within)
    keeps_expiry: bool = attrs.field(default=False)
    fee: tuple[Fee, ...] = attrs.field(default=(), converter=_fees)
    title: str = attrs.field(default="", converter=_title)


class WayKind(StrEnum):
    """What a way to renew asks for."""

    CREDITS = "credits"
    EXAM = "exam"
    PAPER = "paper"
    FORM = "form"


def _way_kind(value: WayKind | str) -> WayKind:
    return to_choice(WayKind, value, "kind")


def _way_id(value: str) -> str:
    return check_id(value)


def _optional_credential(value: str | None) -> CredentialId | None:
    return None if value is None else CredentialId(check_id(value, "credential"))


@attrs.frozen(eq=False, repr=False)
class Way(Value):
    """One of several ways to renew: done `before` the last day, applied for `apply` before that.

    >>> Way("exam", kind="exam", before="P2M", apply="P30D").id
    'exam'
    """

    id: str = attrs.field(converter=_way_id)
    title: str = attrs.field(default="", converter=_title, kw_only=True)
    kind: WayKind = attrs.field(default=WayKind.FORM, converter=_way_kind, kw_only=True)
    before: Lead | None = attrs.field(default=None, converter=_lead, kw_only=True)
    apply: Lead | None = attrs.field(default=None, converter=_lead, kw_only=True)
    credential: CredentialId | None = attrs.field(default=None, converter=_optional_credential, kw_only=True)
    fee: tuple[Fee, ...] = attrs.field(default=(), converter=_fees, kw_only=True)
    sources: tuple[SourceId, ...] = attrs.field(default=(), converter=to_source_ids, kw_only=True)
    note: str = attrs.field(default="", converter=_note, kw_only=True)


def _method(value: Method | str) -> Method:
    return to_choice(Method, value, "method")


def _late(value: Late | str) -> Late:
    return to_choice(Late, value, "late")


def _grace(value: Grace | None) -> Grace | None:
    return None if value is None else check_part(value, Grace, "grace")


def _rungs(values: Iterable[Rung]) -> tuple[Rung, ...]:
    return check_parts(values, Rung, "lapse")


def _ways(values: Iterable[Way]) -> tuple[Way, ...]:
    return check_parts(values, Way, "ways")


def _most(value: int | None) -> int | None:
    if value is None or (type(value) is int and 0 <= value <= MOST_RENEWALS):
        return value
    raise InvalidValueError("not-a-count", "at_most", quoted(value), f"a whole number from 0 to {MOST_RENEWALS}")


def _credits(value: CreditRule | None) -> CreditRule | None:
    return None if value is None else check_part(value, CreditRule, "credits")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RenewalRule(Value):
    """How a credential is renewed. Without `opens` it can be renewed on any day of its validity.

    `from-expiry`: who renews before the window opens gains nothing; inside it the next period counts from the current
    expiry, after the expiry from the completion. `from-completion`: always from the completion. `fixed-date`: to the
    first day of the set that is at least the span of `valid` (the least active period) after the completion. `soft` is
    the last day without `late_fee`, `processing` what must be left before the last day, `at_most` how many times it can
    be renewed at all. `credits` is the continuing education that each period asks for. `late` says what a renewal
    counts from that comes after the last day and any way back that says so itself.

    >>> RenewalRule(opens="P60D", soft="month-start", late_fee="25.00").method.value
    'from-expiry'
    """

    method: Method = attrs.field(default=Method.FROM_EXPIRY, converter=_method)
    opens: Lead | None = attrs.field(default=None, converter=_lead)
    soft: Lead | None = attrs.field(default=None, converter=_lead)
    fee: tuple[Fee, ...] = attrs.field(default=(), converter=_fees)
    late_fee: tuple[Fee, ...] = attrs.field(default=(), converter=_fees)
    processing: Lead | None = attrs.field(default=None, converter=_lead)
    ways: tuple[Way, ...] = attrs.field(default=(), converter=_ways)
    grace: Grace | None = attrs.field(default=None, converter=_grace)
    lapse: tuple[Rung, ...] = attrs.field(default=(), converter=_rungs)
    late: Late = attrs.field(default=Late.NEW_ANCHOR, converter=_late)
    at_most: int | None = attrs.field(default=None, converter=_most)
    credits: CreditRule | None = attrs.field(default=None, converter=_credits)
    sources: tuple[SourceId, ...] = attrs.field(default=(), converter=to_source_ids)
    note: str = attrs.field(default="", converter=_note)

    def __attrs_post_init__(self) -> None:
        ids = [way.id for way in self.ways]
        if len(set(ids)) < len(ids):
            raise InvalidValueError("duplicate-id", "ways", f"{len(ids)} ways with {len(set(ids))} ids", "one id each")
        if any(rung.within is None for rung in self.lapse[:-1]):
            raise InvalidValueError("no-end", "lapse", "a way back without 'within' before another", "'within' on it")
        if self.late_fee and self.soft is None:
            raise InvalidValueError("missing", "soft", "a late fee alone", "the last day without it")


def _duty_id(value: str) -> str:
    return check_id(value)


def _optional_end(value: End | None) -> End | None:
    return None if value is None else check_end(value, "every")


def _optional_step(value: str | None) -> StepId | None:
    return None if value is None else StepId(check_id(value, "counted_from"))


@attrs.frozen(eq=False, repr=False)
class Duty(Value):
    """Something that a holder must do on its own clock: again and again by `every`, or once `within` some time.

    It counts from the grant, or from the finish of the step `counted_from`.

    >>> from career_path.model.ends import Validity
    >>> Duty("fee", every=Validity(span="P1Y")).id
    'fee'
    """

    id: str = attrs.field(converter=_duty_id)
    title: str = attrs.field(default="", converter=_title, kw_only=True)
    every: End | None = attrs.field(default=None, converter=_optional_end, kw_only=True)
    within: Within | None = attrs.field(default=None, converter=_optional_within, kw_only=True)
    counted_from: StepId | None = attrs.field(default=None, converter=_optional_step, kw_only=True)
    fee: tuple[Fee, ...] = attrs.field(default=(), converter=_fees, kw_only=True)
    sources: tuple[SourceId, ...] = attrs.field(default=(), converter=to_source_ids, kw_only=True)
    note: str = attrs.field(default="", converter=_note, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if (self.every is None) == (self.within is None):
            found = "neither" if self.every is None else "both"
            raise InvalidValueError("one-of", "", found, "either 'every' or 'within'")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Extension(Value):
    """Last days from `from_` through `through` (that day alone where left out) are put off until `to`.

    Later periods still count from the old anchor.

    >>> Extension(from_=dt.date(2020, 3, 31), to=dt.date(2020, 9, 30)).through is None
    True
    """

    from_: dt.date = attrs.field(converter=_date)
    through: dt.date | None = attrs.field(default=None, converter=_optional_date)
    to: dt.date = attrs.field(converter=_date)

    def __attrs_post_init__(self) -> None:
        last = self.from_ if self.through is None else self.through
        if last < self.from_:
            raise InvalidValueError("ends-before-it-begins", "through", str(last), f"{self.from_} or later")
        if self.to < last:
            raise InvalidValueError("out-of-order", "to", str(self.to), f"{last} or later")


class Applies(StrEnum):
    """To whom a changed rule applies: to periods that begin from its day on, to running ones too, or to everybody."""

    NEXT_CYCLE = "next-cycle"
    RUNNING_CYCLES = "running-cycles"
    EVERYBODY = "everybody"


def _applies(value: Applies | str) -> Applies:
    return to_choice(Applies, value, "applies")


def _rule(value: RenewalRule | None) -> RenewalRule | None:
    return None if value is None else check_part(value, RenewalRule, "renewal")


def _changed_end(value: End | None) -> End | None:
    return None if value is None else check_end(value, "valid")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Change(Value):
    """A rule that holds from a day on: another end, another way to renew, or both.

    `everybody` also reaches those who had lapsed before but still had a way back; for them days count from `since`.

    >>> Change(since=dt.date(2020, 1, 1), renewal=RenewalRule(grace=Grace(within="P90D"))).applies.value
    'next-cycle'
    """

    since: dt.date = attrs.field(converter=_date)
    applies: Applies = attrs.field(default=Applies.NEXT_CYCLE, converter=_applies)
    valid: End | None = attrs.field(default=None, converter=_changed_end)
    renewal: RenewalRule | None = attrs.field(default=None, converter=_rule)

    def __attrs_post_init__(self) -> None:
        if self.valid is None and self.renewal is None:
            raise InvalidValueError("empty", "", "a change of nothing", "'valid' or 'renewal'")
