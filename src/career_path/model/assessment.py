"""How a ledger stands against a rule of continuing education: values that `career_path.planning.credits` makes."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from fractions import Fraction

from career_path.errors import UnknownIdError
from career_path.model.credits import CreditPeriod
from career_path.model.ledger import Activity
from career_path.values import Value, frozen

__all__ = [
    "ActivityCount",
    "ActivityUse",
    "Assessment",
    "CredentialAssessment",
    "JointAssessment",
    "Slip",
    "SlotCount",
    "SlotShare",
    "Uncounted",
]

_NONE = Fraction()


class Uncounted(StrEnum):
    """Why an activity, or a part of it, does not count.

    >>> Uncounted("at-most")
    <Uncounted.AT_MOST: 'at-most'>
    """

    UNKNOWN_UNIT = "unknown-unit"
    BEFORE_WINDOW = "before-window"
    AFTER_WINDOW = "after-window"
    LATER_THAN_TODAY = "later-than-today"
    NOT_ACCEPTED = "not-accepted"
    TOO_SMALL = "too-small"
    AT_MOST = "at-most"
    ELSEWHERE = "elsewhere"
    NOT_NEEDED = "not-needed"


@frozen(kw_only=True)
class SlotShare(Value):
    """So many credits of an activity in a slot; None for those that count for the total alone."""

    slot: str | None
    credits: Fraction


@frozen(kw_only=True)
class ActivityCount(Value):
    """What of an activity counts, and why not the rest.

    `worth` is None where the rule does not know the unit. `overlays` are the overlays that look at what is counted.
    `falls_out_on` is the first day of applying on which a rolling window has left it behind, where that day comes
    before the end of the cycle.
    """

    activity: Activity
    worth: Fraction | None
    counted: Fraction = _NONE
    shares: tuple[SlotShare, ...] = ()
    overlays: tuple[str, ...] = ()
    why_not: Uncounted | None = None
    full: tuple[str, ...] = ()
    """The slots that can hold no more, where `why_not` is `at-most`."""
    falls_out_on: dt.date | None = None
    elsewhere: tuple[str, ...] = ()
    """The credentials that it counts for, where `why_not` is `elsewhere`: they share it with no other, or this one."""

    @property
    def uncounted(self) -> Fraction:
        """The credits that do not count."""
        return (self.worth or _NONE) - self.counted


@frozen(kw_only=True)
class SlotCount(Value):
    """What a slot of this cycle asks for, and what it has.

    `number` counts the stretches of a slot that is asked anew in each; `since` and `through` are its days.
    `is_over` tells that its last day, or that of the whole, has passed: what it lacks cannot be made up.
    """

    id: str
    name: str
    number: int | None
    since: dt.date
    through: dt.date
    at_least: Fraction
    at_most: Fraction | None
    counted: Fraction
    is_overlay: bool
    is_over: bool

    @property
    def missing(self) -> Fraction:
        """The credits that it lacks."""
        return max(self.at_least - self.counted, _NONE)

    @property
    def is_full(self) -> bool:
        """Whether it can hold no more."""
        return self.at_most is not None and self.counted >= self.at_most


@frozen(kw_only=True)
class Slip(Value):
    """A category that the rule does not know, and the one that it may stand for."""

    category: str
    nearest: str


@frozen(kw_only=True)
class Assessment(Value):
    """How a ledger stands against a rule on a day.

    `total` is what this cycle asks for in all; of it `carried_in` came from the cycle before. `counted` are credits of
    activities alone. `carry_over` is what may move into the next cycle; nothing does before the rule is met.

    >>> from career_path.model.credits import CreditRule
    >>> from career_path.model.ledger import Ledger
    >>> from career_path.planning.credits import assess
    >>> year = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2027, 12, 31))
    >>> now = assess(CreditRule(total=12), Ledger(), period=year, on=dt.date(2027, 9, 1))
    >>> now.is_met, now.needed, now.pace
    (False, Fraction(12, 1), Fraction(3, 1))
    """

    unit: str
    period: CreditPeriod
    on: dt.date
    is_exempt: bool
    total: Fraction
    carried_in: Fraction
    counted: Fraction
    slots: tuple[SlotCount, ...]
    activities: tuple[ActivityCount, ...]
    carry_over: Fraction
    months_left: int
    """The months from `on` through the last day to have the credits, a begun one whole; 0 where that day has passed."""
    slips: tuple[Slip, ...] = ()
    """Categories of the ledger that look like slips of the pen, sorted."""

    @property
    def missing(self) -> Fraction:
        """The credits that the total lacks."""
        return max(self.total - self.carried_in - self.counted, _NONE)

    @property
    def shortfall(self) -> Fraction:
        """What the total and all slots lack, added up: 0 where the rule is met."""
        return sum((slot.missing for slot in self.slots), self.missing)

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing."""
        return not self.shortfall

    @property
    def is_lost(self) -> bool:
        """Whether something is missing that can no longer be made up in this cycle."""
        return not self.is_met and (self.months_left == 0 or any(slot.is_over and slot.missing for slot in self.slots))

    @property
    def needed(self) -> Fraction:
        """The fewest further credits that may do: one of the right kind counts for the total, a slot and overlays."""
        alive = [slot for slot in self.slots if not slot.is_over]
        apart = sum((slot.missing for slot in alive if not slot.is_overlay), _NONE)
        over: dict[str, Fraction] = {}
        for slot in alive:
            if slot.is_overlay:
                over[slot.id] = over.get(slot.id, _NONE) + slot.missing
        return max(self.missing, apart, *over.values())

    @property
    def pace(self) -> Fraction | None:
        """The credits a month that are needed until the last day; None where that day has passed."""
        return self.needed / self.months_left if self.months_left else None

    @property
    def falling_out(self) -> tuple[ActivityCount, ...]:
        """What counts now and will not on the last day, by day."""
        found = [each for each in self.activities if each.counted and each.falls_out_on]
        return tuple(sorted(found, key=lambda each: each.falls_out_on or dt.date.max))


@frozen(kw_only=True)
class CredentialAssessment(Value):
    """The assessment of one of several credentials; `name` is how people call it."""

    credential: str
    name: str
    assessment: Assessment


@frozen(kw_only=True)
class ActivityUse(Value):
    """The credentials that an activity counts for, be it in part, in the order of the assessments."""

    activity: Activity
    credentials: tuple[str, ...] = ()


@frozen(kw_only=True)
class JointAssessment(Value):
    """How one ledger stands against the rules of several credentials, by the last days of their cycles.

    `activities` are those of the ledger by day, as in each assessment.

    >>> from career_path.model.credits import CreditCycle, CreditRule
    >>> from career_path.model.ledger import Ledger
    >>> from career_path.planning.joint_credits import assess_all
    >>> year = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2027, 12, 31))
    >>> course = Activity(date=dt.date(2027, 2, 1), title="Law", credits=4)
    >>> cycles = [CreditCycle(each, rule=CreditRule(total=4), period=year) for each in ("cma", "cpt")]
    >>> now = assess_all(cycles, Ledger([course]), on=dt.date(2027, 9, 1))
    >>> now.is_met, now.activities[0].credentials, now.of("cpt").counted
    (True, ('cma', 'cpt'), Fraction(4, 1))
    """

    on: dt.date
    credentials: tuple[CredentialAssessment, ...]
    activities: tuple[ActivityUse, ...]

    @property
    def shortfall(self) -> Fraction:
        """What all credentials lack, added up, whatever their units are."""
        return sum((each.assessment.shortfall for each in self.credentials), _NONE)

    @property
    def is_met(self) -> bool:
        """Whether none lacks anything."""
        return not self.shortfall

    def of(self, credential: str) -> Assessment:
        """The assessment of a credential.

        Raises:
            UnknownIdError: it is none of these.
        """
        for each in self.credentials:
            if each.credential == credential:
                return each.assessment
        raise UnknownIdError("credential in this assessment", credential, tuple(e.credential for e in self.credentials))
