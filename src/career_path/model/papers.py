"""The papers that a plan rests on: who asks for which, where it comes from, and how it is kept alive."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from career_path.values import Value, frozen

__all__ = ["PaperUse", "PlannedRenewal"]


@frozen(kw_only=True)
class PlannedRenewal(Value):
    """A renewal that a plan counts on, on its last day to act. `fee` is None where it is not known.

    >>> PlannedRenewal(on=dt.date(2029, 3, 30)).fee is None
    True
    """

    on: dt.date
    fee: Decimal | None = None


@frozen(kw_only=True)
class PaperUse(Value):
    """One paper that a step, or the goal where `needed_by` is None, rests on.

    `granted_by` is the step of the timeline that grants it, None for one at hand. It is valid from `valid_from` through
    `valid_through`, both included, once renewed on the days of `renewals`; without end where `valid_through` is None.

    >>> from career_path import Credential, Holds, Learner, Pathway, Step, Validity, plan
    >>> card = Credential("card", valid=Validity(span="P2Y"))
    >>> steps = [Step("course", grants=["card"]), Step("job", requires=Holds("card"))]
    >>> made = plan(Pathway("p", goal="job", steps=steps, credentials=[card]), Learner(), today=dt.date(2027, 1, 4))
    >>> made.papers[0].granted_by, made.papers[0].valid_through, made.papers[0].renewals
    ('course', datetime.date(2029, 1, 3), ())
    """

    credential: str
    needed_by: str | None
    granted_by: str | None
    valid_from: dt.date
    valid_through: dt.date | None
    renewals: tuple[PlannedRenewal, ...] = ()
