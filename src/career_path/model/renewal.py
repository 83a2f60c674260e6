"""How a credential is renewed: when, by which ways, at what fee, and which ways lead back after the last day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

import attrs

from career_path.days.numbers import check_date
from career_path.errors import InvalidValueError, quoted
from career_path.model.choices import to_choice
from career_path.model.credits import CreditRule
from career_path.model.ends import End, check_end
from career_path.model.fees import Fee, to_fees
from career_path.model.leads import (
    Before,
    Counts,
    Lead,
    LeadDay,
    Wait,
    Within,
    to_optional_lead,
    to_optional_within,
    to_within,
)
from career_path.model.parts import check_part, check_parts
from career_path.model.text import SourceId, StepId, check_id, check_text, to_source_ids
from career_path.model.ways import Way, WayKind
from career_path.values import Value, frozen

__all__ = [
    "Applies",
    "Before",
    "Change",
    "Counts",
    "Duty",
    "Early",
    "Extension",
    "Fee",
    "Grace",
    "Late",
    "Lead",
    "LeadDay",
    "Method",
    "RenewalRule",
    "Rung",
    "Wait",
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


class Early(StrEnum):
    """What a renewal before the window counts from: nothing, as it gains nothing, or its own day.

    >>> RenewalRule(opens="P1M", early="new-anchor").early
    <Early.NEW_ANCHOR: 'new-anchor'>
    """

    NO_GAIN = "no-gain"
    NEW_ANCHOR = "new-anchor"


class Late(StrEnum):
    """What a renewal after the last day counts from: its own day, or the anchor as before."""

    NEW_ANCHOR = "new-anchor"
    KEPT = "kept"


def _title(value: str) -> str:
    return check_text(value, "title")


def _note(value: str) -> str:
    return check_text(value, "note")


def _date(value: dt.date) -> dt.date:
    return check_date(value)


def _optional_date(value: dt.date | None) -> dt.date | None:
    return None if value is None else check_date(value)


@frozen(kw_only=True)
class Grace(Value):
    """A time after the last day in which renewing is still easy; mostly the credential is not current in it.

    `keeps_expiry` says that a renewal in it counts from the old expiry.

    >>> Grace(within="P90D").is_current
    False
    """

    within: Within = attrs.field(converter=to_within)
    is_current: bool = attrs.field(default=False)
    keeps_expiry: bool = attrs.field(default=False)
    fee: tuple[Fee, ...] = attrs.field(default=(), converter=to_fees)


class WayBack(StrEnum):
    """What leads back after a lapse."""

    CREDITS = "credits"
    EXAM = "exam"
    REINSTATEMENT = "reinstatement"
    START_AGAIN = "start-again"


def _way_back(value: WayBack | str) -> WayBack:
    return to_choice(WayBack, value, "way")


@frozen(kw_only=True)
class Rung(Value):
    """One way back after a lapse, from where the one before ends; without `within`, with no end.

    >>> Rung(way="exam", fee="50.00").within is None
    True
    """

    way: WayBack = attrs.field(converter=_way_back)
    within: Within | None = attrs.field(default=None, converter=to_optional_within)
    keeps_expiry: bool = attrs.field(default=False)
    fee: tuple[Fee, ...] = attrs.field(default=(), converter=to_fees)
    title: str = attrs.field(default="", converter=_title)


def _method(value: Method | str) -> Method:
    return to_choice(Method, value, "method")


def _early(value: Early | str) -> Early:
    return to_choice(Early, value, "early")


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


@frozen(kw_only=True)
class RenewalRule(Value):
    """How a credential is renewed. Without `opens` it can be renewed on any day of its validity.

    `from-expiry`: who renews before the window opens gains nothing, or with `early="new-anchor"` begins a period on
    that day; inside it the next period counts from the current expiry, after the expiry from the completion.
    `from-completion`: always from the completion. `fixed-date`: to the first day of the set that is at least the
    span of `valid` (the least active period) after the completion. `soft` is the last day without `late_fee`,
    `processing` what must be left before the last day, `at_most` how many times it can be renewed at all. `credits`
    is the continuing education that each period asks for. `late` says what a renewal counts from that comes after
    the last day and any way back that says so itself.

    >>> RenewalRule(opens="P60D", soft="month-start", late_fee="25.00").method.value
    'from-expiry'
    """

    method: Method = attrs.field(default=Method.FROM_EXPIRY, converter=_method)
    opens: Lead | None = attrs.field(default=None, converter=to_optional_lead)
    soft: Lead | None = attrs.field(default=None, converter=to_optional_lead)
    fee: tuple[Fee, ...] = attrs.field(default=(), converter=to_fees)
    late_fee: tuple[Fee, ...] = attrs.field(default=(), converter=to_fees)
    processing: Lead | None = attrs.field(default=None, converter=to_optional_lead)
    ways: tuple[Way, ...] = attrs.field(default=(), converter=_ways)
    grace: Grace | None = attrs.field(default=None, converter=_grace)
    lapse: tuple[Rung, ...] = attrs.field(default=(), converter=_rungs)
    early: Early = attrs.field(default=Early.NO_GAIN, converter=_early)
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


@frozen
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
    within: Within | None = attrs.field(default=None, converter=to_optional_within, kw_only=True)
    counted_from: StepId | None = attrs.field(default=None, converter=_optional_step, kw_only=True)
    fee: tuple[Fee, ...] = attrs.field(default=(), converter=to_fees, kw_only=True)
    sources: tuple[SourceId, ...] = attrs.field(default=(), converter=to_source_ids, kw_only=True)
    note: str = attrs.field(default="", converter=_note, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if (self.every is None) == (self.within is None):
            found = "neither" if self.every is None else "both"
            raise InvalidValueError("one-of", "", found, "either 'every' or 'within'")


@frozen(kw_only=True)
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


@frozen(kw_only=True)
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
