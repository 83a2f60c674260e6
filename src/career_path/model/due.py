"""What falls due: deadlines, reminders of them, and the periods in which a credential holds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum

from career_path.values import Value, frozen

__all__ = ["BackStage", "Deadline", "DeadlineKind", "DutyBy", "Reminder", "Renewal", "WayBy"]


class DeadlineKind(StrEnum):
    """What is due on a day.

    >>> from career_path import Ladder
    >>> Ladder([DeadlineKind.EXPIRES, "apply-by"], ["P14D"]).kinds
    (<DeadlineKind.EXPIRES: 'expires'>, <DeadlineKind.APPLY_BY: 'apply-by'>)
    """

    ENROLL_BY = "enroll-by"
    APPLY_BY = "apply-by"
    SITTING_ENDS = "sitting-ends"
    ELIGIBILITY_ENDS = "eligibility-ends"
    PAPER_ENDS = "paper-ends"
    WINDOW_OPENS = "window-opens"
    CREDITS_BY = "credits-by"
    SUBMIT_BY = "submit-by"
    EXPIRES = "expires"
    GRACE_ENDS = "grace-ends"
    REINSTATE_BY = "reinstate-by"
    START_BY = "start-by"
    DUTY_BY = "duty-by"


@frozen(kw_only=True)
class Deadline(Value):
    """The last day on which something can still be done (for `window-opens`: the first).

    Of `step` and `credential` one is set; `needed_by` names the step that asks for it. `id` depends on neither dates
    nor titles.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> school = Pathway("p", goal="school", steps=[Step("school", kind="program", takes="P9M")])
    >>> made = plan(school, Learner(), today=dt.date(2027, 1, 4), finish_by=dt.date(2027, 12, 1))
    >>> [(each.kind.value, each.step, each.on) for each in made.deadlines]
    [('enroll-by', 'school', datetime.date(2027, 3, 1))]
    """

    id: str
    kind: DeadlineKind
    on: dt.date
    step: str | None = None
    credential: str | None = None
    cycle: int | None = None
    needed_by: str | None = None
    what: str | None = None


@frozen(kw_only=True)
class Reminder(Value):
    """When to think of a deadline: `deadline` is its id, `on` a day before it or the day itself.

    >>> from career_path import Ladder, Learner, Pathway, ReminderPolicy, Step, plan, reminders
    >>> school = Pathway("p", goal="school", steps=[Step("school", kind="program", takes="P9M")])
    >>> made = plan(school, Learner(), today=dt.date(2027, 1, 4), finish_by=dt.date(2027, 12, 1))
    >>> first, last = reminders(made, policy=ReminderPolicy([Ladder(["enroll-by"], ["P1M", "P0D"])]))
    >>> first.on, last.on == made.deadline(last.deadline).on
    (datetime.date(2027, 2, 1), True)
    """

    id: str
    on: dt.date
    deadline: str


@frozen(kw_only=True)
class WayBy(Value):
    """One way to renew as a small plan: its last days, and the first ones for somebody who begins today.

    `id` is the way's in the pathway, `kind` what it asks for. The last day to begin its work is `start_by`, to apply
    for it `apply_by`, to be done with it `act_by`; `start`, `apply_on` and `done_on` are the first days, not before
    today, and `slack_days` the least that lies between both. What is not told, or not known, is None.

    `is_possible` says whether who begins today is in time, None where that is not known: the hours a week are missing,
    or the period was renewed already. `is_planned` marks one of the ways that are: of the least known fee, then with
    the most time. `with_` is another credential whose own act on `done_on` renews this one as well.

    >>> import datetime as dt
    >>> WayBy(id="exam", title="Exam", kind="exam", act_by=dt.date(2032, 7, 30)).apply_by is None
    True
    """

    id: str
    title: str
    kind: str
    start_by: dt.date | None = None
    apply_by: dt.date | None = None
    act_by: dt.date
    start: dt.date | None = None
    apply_on: dt.date | None = None
    done_on: dt.date | None = None
    slack_days: int | None = None
    is_possible: bool | None = None
    is_planned: bool = False
    with_: str | None = None
    fee: Decimal | None = None


@frozen(kw_only=True)
class BackStage(Value):
    """A way back after a lapse, from a day through another; without end where `through` is None.

    With `keeps_expiry` the next period counts from the old expiry.

    >>> import datetime as dt
    >>> BackStage(way="exam", title="Exam", from_=dt.date(2032, 12, 30)).through is None
    True
    """

    way: str
    title: str
    from_: dt.date
    through: dt.date | None = None
    keeps_expiry: bool = False
    fee: Decimal | None = None


@frozen(kw_only=True)
class DutyBy(Value):
    """A duty of the holder with its last day; `number` counts the times that it was due since it began.

    >>> import datetime as dt
    >>> DutyBy(id="fee", title="Yearly fee", number=1, on=dt.date(2028, 4, 30)).fee is None
    True
    """

    id: str
    title: str
    number: int
    on: dt.date
    fee: Decimal | None = None


@frozen(kw_only=True)
class Renewal(Value):
    """From when until when a credential holds: number 1 as first granted, number 2 once renewed, and so on.

    `valid_through` is the last day on which it holds, None for a credential that never ends. Other days are None
    where the pathway does not tell them.

    `soft_deadline` is the last day without `late_fee`, `act_by` the last that leaves time for processing, or for some
    of the `ways` to renew; `back` are the ways after the grace, in order. A last day put off was `extended_from`
    another; `renewed_on` is the day of a recorded renewal, after which nothing in this period is due any more.

    After a lapse `number` begins anew and `nth` counts on: it says which of all periods this is (None: the same as
    `number`). `credits_by` is the last day by which the continuing education of the period has to be there. With
    `is_exempt` its rule asks for none in this period, because the first renewal is exempt: there are no ways to renew
    then but to submit it.

    >>> from career_path import Credential, Learner, Pathway, Step, Validity, plan
    >>> card = Credential("card", valid=Validity(span="P2Y"))
    >>> course = Pathway("p", goal="course", steps=[Step("course", grants=["card"])], credentials=[card])
    >>> plan(course, Learner(), today=dt.date(2027, 1, 4)).renewals[0].valid_through
    datetime.date(2029, 1, 3)
    """

    credential: str
    number: int
    nth: int | None = None
    valid_from: dt.date
    valid_through: dt.date | None
    opens: dt.date | None = None
    soft_deadline: dt.date | None = None
    act_by: dt.date | None = None
    grace_through: dt.date | None = None
    is_grace_current: bool = False
    extended_from: dt.date | None = None
    renewed_on: dt.date | None = None
    fee: Decimal | None = None
    late_fee: Decimal | None = None
    credits_by: dt.date | None = None
    is_exempt: bool = False
    ways: tuple[WayBy, ...] = ()
    back: tuple[BackStage, ...] = ()
    duties: tuple[DutyBy, ...] = ()

    @property
    def count(self) -> int:
        """Which of all periods of its credential it is, also where it was renewed after a lapse."""
        return self.number if self.nth is None else self.nth
