"""How long papers hold: the last day of a validity from the day it is counted from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final, NamedTuple

from career_path.days.rules import Rule
from career_path.errors import DocumentError, Fault
from career_path.model.credentials import Credential
from career_path.model.ends import PaperEnd, ReplacedEnd, Validity, parts_of
from career_path.model.learner import Held, Learner
from career_path.planning.course import course_of
from career_path.planning.ends import Holder, bind_birth, end_of

__all__ = ["Period", "bind_birth", "current_period", "expiry", "refuse_moving_end"]


class Period(NamedTuple):
    """An unbroken stretch of validity, both ends included; `number` counts its cycles. `through` may be `NEVER`."""

    start: int
    through: int
    number: int
    valid_from: int


def expiry(
    credential: Credential, born: dt.date | None, *, cycle: int = 1, holder: Holder | None = None
) -> Rule | None:
    """From the anchor of a credential to the last day of its n-th validity period; None if it never ends.

    The n-th period is counted from the anchor by n spans at once, so a month end stays a month end.
    """
    if credential.valid is None:
        return None
    known = Holder(learner=Learner(born=born)) if holder is None else holder
    return end_of(credential.valid, cycle, holder=known, path=f"credentials.{credential.id}.valid")


def refuse_moving_end(credential: Credential, rule: str) -> None:
    """Nothing, if the end of a planned paper follows from the day of its grant alone.

    Raises:
        DocumentError: it hangs on other planned events too, which no route can weigh.
    """
    path = f"credentials.{credential.id}"
    parts = [part for part in parts_of(credential.valid) if type(part) in _MOVING]
    moving = [f"{path}.valid.{_MOVING[type(part)]}" for part in parts]
    if isinstance(credential.valid, Validity):
        names = ("month_of", "counted_from")
        moving += [f"{path}.valid.{name}" for name in names if getattr(credential.valid, name) is not None]
    if any(change.valid is not None for change in credential.changes):
        moving.append(f"{path}.changes")
    if moving:
        expected = f"an end that counts from the grant alone, because of {rule}"
        raise DocumentError(
            (Fault("not-supported", moving[0], "an end that another event moves", expected),), "pathway"
        )


_MOVING: Final[Mapping[type, str]] = {PaperEnd: "ends_with", ReplacedEnd: "replaced_by"}


def current_period(credential: Credential, held: Held, holder: Holder) -> Period:
    """The last unbroken stretch in which a held credential is valid.

    A renewal on or before the last day counts from the first anchor; a later one starts a new period, unless the
    rule of the credential says otherwise.
    """
    last = course_of(credential, held, holder).on_record[-1]
    return Period(last.start, last.through, last.number, last.begins)
