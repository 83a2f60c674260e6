"""How long papers hold: the last day of a validity from the day it is counted from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from career_path.days.numbers import LAST
from career_path.days.rules import Rule
from career_path.errors import DocumentError, Fault
from career_path.model.credentials import Credential
from career_path.model.ends import Cases, End, PaperEnd, ReplacedEnd, Validity, parts_of
from career_path.model.learner import Held, Learner
from career_path.planning.acts import course_with_acts
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


def refuse_moving_end(credential: Credential, learner: Learner, rule: str) -> None:
    """Nothing, if the end of a planned paper, of which a rule asks something, follows from its grant and from records.

    Raises:
        DocumentError: it hangs on other planned events too, which no route can weigh.
    """
    path = f"credentials.{credential.id}"
    ends = [(f"{path}.valid", credential.valid)]
    ends += [(f"{path}.changes[{index}].valid", change.valid) for index, change in enumerate(credential.changes)]
    moving = [f"{where}.{field}" for where, end in ends for field in _moving(end, learner)]
    if moving:
        is_by_day = moving[0].endswith(".cases")
        found = "an end that can come sooner for a later grant" if is_by_day else "an end that another event moves"
        expected = f"an end that counts from the grant alone, because of {rule}"
        raise DocumentError((Fault("not-supported", moving[0], found, expected),), "pathway")


def _moving(end: End | None, learner: Learner) -> Iterator[str]:
    """The fields of an end by which a planned event could move it."""
    for part in parts_of(end):
        if type(part) in _MOVING:
            yield _MOVING[type(part)]
        if isinstance(part, Cases) and part.is_by_day:
            yield "cases"
        if isinstance(part, Validity):
            if part.month_of is not None and learner.held(part.month_of) is None:
                yield "month_of"
            record = None if part.counted_from is None else learner.record(part.counted_from)
            if part.counted_from is not None and (record is None or record.finished is None):
                yield "counted_from"


_MOVING: Final[Mapping[type, str]] = {PaperEnd: "ends_with", ReplacedEnd: "replaced_by"}


def current_period(credential: Credential, held: Held, holder: Holder) -> Period:
    """The last unbroken stretch in which a held credential is valid.

    A renewal on or before the last day counts from the first anchor; a later one starts a new period, unless the
    rule of the credential says otherwise.
    """
    last = course_with_acts(credential, held, holder, until=LAST).on_record[-1]
    return Period(last.start, last.through, last.number, last.begins)
