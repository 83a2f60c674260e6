"""What in a timeline is only planned, and so tentative in a calendar, and what rests on records.

- A latest day to begin a step is one of this plan. What is done counts through a day on record, once it is done; what
  a step asks for is due on a day on record, once that step has begun.
- A period of a credential is on record if it has begun by today, or if the one before it was renewed. One that begins
  today is planned where the plan still has something to finish today, which may grant it. So is all that falls due in
  a planned period: nobody knows whether it will begin.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from career_path.model.timeline import Deadline, DeadlineKind, PlannedStep, Renewal, Status, Timeline

__all__ = ["Planned"]


class Planned:
    """What of a timeline is only planned.

    >>> from career_path.model.credentials import Credential
    >>> from career_path.model.ends import Validity
    >>> from career_path.model.learner import Held
    >>> from career_path.planning.cycles import cycles
    >>> from career_path.planning.holding import renewal_timeline
    >>> card, day = Credential("card", valid=Validity(span="P2Y")), dt.date(2027, 3, 1)
    >>> kept = renewal_timeline(card, cycles(card, Held("card", granted=day), today=day, renewals=1), today=day)
    >>> [Planned(kept).has_period(each) for each in kept.renewals]
    [False, True]
    """

    def __init__(self, timeline: Timeline) -> None:
        self._steps = {step.id: step for step in timeline.steps}
        periods = sorted(timeline.renewals, key=lambda period: (period.credential, period.valid_from))
        recorded = list(_recorded(periods, timeline))
        self._begins = {(each.credential, each.valid_from) for each in recorded}
        self._ends = {(each.credential, each.valid_through) for each in recorded}
        # After a lapse the numbers begin anew. What is still due is of the last period with a number.
        self._cycles = {(each.credential, each.number): self.has_period(each) for each in periods}

    def has_period(self, period: Renewal) -> bool:
        """Whether a period of a credential is only planned."""
        return (period.credential, period.valid_from) not in self._begins

    def has_deadline(self, due: Deadline) -> bool:
        """Whether a deadline rests on what is only planned."""
        if due.cycle is not None:
            return self._cycles.get((due.credential or "", due.cycle), True)
        match due.kind:
            case DeadlineKind.PAPER_ENDS:
                return (due.credential, due.on) not in self._ends
            case DeadlineKind.ELIGIBILITY_ENDS:
                return not _is_done(self._steps.get(due.step or ""))
            case DeadlineKind.DUTY_BY | DeadlineKind.START_BY:
                owner = self._steps.get(due.needed_by or "")
                return not (_is_done(owner) or (owner is not None and owner.status is Status.RUNNING))
            case _:
                return True


def _is_done(step: PlannedStep | None) -> bool:
    return step is not None and step.is_done


def _recorded(periods: Iterable[Renewal], timeline: Timeline) -> Iterator[Renewal]:
    """The periods on record: those that have begun, and the next one where its renewal is."""
    may_grant = any(step.finish == timeline.today and not step.is_done for step in timeline.steps)
    last = timeline.today - dt.timedelta(1) if may_grant and timeline.today > dt.date.min else timeline.today
    before: dict[str, Renewal] = {}
    for each in periods:
        previous = before.get(each.credential)
        # Of a credential at hand the period told first is the last on record, which an early renewal lets begin later.
        is_renewed = each.number > 1 if previous is None else previous.renewed_on is not None
        if each.valid_from <= last or is_renewed:
            yield each
        before[each.credential] = each
