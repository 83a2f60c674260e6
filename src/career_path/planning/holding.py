"""The periods of one credential as a timeline without steps, so that every view of a plan can show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

import attrs

from career_path.model.credentials import Credential
from career_path.model.timeline import Deadline, Renewal, Timeline, TotalCost
from career_path.planning.deadlines import by_day, with_id
from career_path.planning.reminders import reminders
from career_path.planning.renewals import cycle_deadlines
from career_path.version import VERSION

__all__ = ["renewal_timeline"]


def renewal_timeline(
    credential: Credential,
    renewals: Iterable[Renewal],
    *,
    today: dt.date,
    learner: str = "me",
    currency: str = "USD",
    others: Iterable[Credential] = (),
) -> Timeline:
    """A timeline of nothing but the periods of a credential, with their deadlines from today on and reminders.

    `others` tell how credentials are called that its ways to renew name.

    >>> from career_path.model.ends import Validity
    >>> from career_path.model.learner import Held
    >>> from career_path.planning.cycles import cycles
    >>> card = Credential("bls", valid=Validity(span="P24M", until="month-end"))
    >>> told = cycles(card, Held("bls", granted=dt.date(2024, 6, 10)), today=dt.date(2024, 6, 10), renewals=0)
    >>> [str(each.on) for each in renewal_timeline(card, told, today=dt.date(2024, 6, 10)).deadlines]
    ['2026-06-30']
    """
    told = tuple(renewals)
    ends = [each.valid_through for each in told if each.valid_through is not None]
    timeline = Timeline(
        pathway=credential.id,
        title=credential.name,
        learner=learner,
        today=today,
        horizon=max([today, *ends]),
        finish=None,
        cost=TotalCost(amount=Decimal(0), currency=currency),
        renewals=told,
        names=tuple({each.id: each.name for each in (*others, credential)}.items()),
        version=VERSION,
    )
    found = {each.id: each for renewal in told for each in _deadlines(timeline, renewal)}
    ahead = [each for each in found.values() if each.on >= today]
    ahead.sort(key=by_day)
    timeline = attrs.evolve(timeline, deadlines=tuple(ahead))
    return attrs.evolve(timeline, reminders=reminders(timeline))


def _deadlines(timeline: Timeline, renewal: Renewal) -> list[Deadline]:
    return [with_id(timeline, each) for each in cycle_deadlines(renewal)]
