"""All credentials of one person in one timeline, without a pathway to plan: what falls due when, whichever it is of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from career_path.days.numbers import check_date
from career_path.errors import DocumentError, Fault, nearest_name, quoted
from career_path.model.credentials import Credential
from career_path.model.kept import KEPT
from career_path.model.learner import Learner, check_past
from career_path.model.parts import check_part, check_parts
from career_path.model.timeline import Renewal, Timeline, TotalCost
from career_path.planning.cycles import RENEWALS, cycles
from career_path.planning.deadlines import by_day
from career_path.planning.ends import Holder
from career_path.planning.holding import renewal_timeline
from career_path.version import VERSION

__all__ = ["keep", "kept_timeline"]

_TITLE: Final = "Credentials"


def keep(
    credentials: Iterable[Credential],
    learner: Learner,
    *,
    today: dt.date,
    renewals: int = RENEWALS,
    until: dt.date | None = None,
    currency: str = "USD",
) -> Timeline:
    """The periods of every credential that a learner holds, with all deadlines and reminders from today on.

    Each has as many renewals to come as `renewals` says or, with `until`, all that begin by that day; none has any if
    it has lapsed, and then its last period tells the ways back. Periods come by last day, then by credential; those
    without end come last. Whoever holds nothing gets a timeline without periods.

    Every deadline and reminder has the id that it has in a timeline of its credential alone (`renewal_timeline`).

    >>> from career_path import Held, Learner, Validity
    >>> cards = [Credential("bls", valid=Validity(span="P2Y")), Credential("cma", valid=Validity(span="P5Y"))]
    >>> ana = Learner("ana", holds=[Held(each.id, granted=dt.date(2027, 3, 1)) for each in cards])
    >>> kept = keep(cards, ana, today=dt.date(2027, 3, 1), renewals=1)
    >>> [(each.credential, str(each.valid_through)) for each in kept.renewals]
    [('bls', '2029-02-28'), ('bls', '2031-02-28'), ('cma', '2032-02-29'), ('cma', '2037-02-28')]

    Raises:
        DocumentError: two credentials have one id, the learner holds one that is not among these, or something about
            the learner is missing that the rules ask for, or is later than today.
        InvalidValueError: `renewals` is no count.
    """
    check_past(check_part(learner, Learner, "learner"), today=check_date(today, "today"))
    known = _check_ids(check_parts(credentials, Credential, "credentials"))
    _check_held(learner, known)
    holder = Holder(learner=learner, credentials=tuple(known.values()))
    told = [
        (card, cycles(card, held, today=today, holder=holder, renewals=renewals, until=until))
        for held in learner.holds
        for card in [known[held.credential]]
    ]
    return kept_timeline(told, today=today, learner=learner.id, currency=currency, others=known.values())


def kept_timeline(
    told: Iterable[tuple[Credential, Iterable[Renewal]]],
    *,
    today: dt.date,
    learner: str = "me",
    currency: str = "USD",
    others: Iterable[Credential] = (),
) -> Timeline:
    """One timeline of the periods of several credentials, as `cycles` tells them.

    `others` tell how credentials are called that ways to renew name.

    >>> from career_path import Held, Validity
    >>> card = Credential("bls", valid=Validity(span="P2Y"))
    >>> day = dt.date(2027, 3, 1)
    >>> kept = kept_timeline([(card, cycles(card, Held("bls", granted=day), today=day, renewals=0))], today=day)
    >>> [(each.kind.value, str(each.on)) for each in kept.deadlines]
    [('expires', '2029-02-28')]
    """
    named = tuple(others)
    alone = [
        renewal_timeline(card, own, today=today, learner=learner, currency=currency, others=named) for card, own in told
    ]
    periods = [period for each in alone for period in each.renewals]
    periods.sort(key=lambda each: (each.valid_through or dt.date.max, each.credential, each.number, each.valid_from))
    due = [deadline for each in alone for deadline in each.deadlines]
    reminders = [reminder for each in alone for reminder in each.reminders]
    return Timeline(
        pathway=KEPT,
        title=_TITLE,
        learner=learner,
        today=today,
        horizon=max([today, *(each.horizon for each in alone)]),
        finish=None,
        cost=TotalCost(amount=Decimal(0), currency=currency),
        renewals=tuple(periods),
        deadlines=tuple(sorted(due, key=by_day)),
        reminders=tuple(sorted(reminders, key=lambda each: (each.on, each.id))),
        names=tuple(sorted({name: title for each in alone for name, title in each.names}.items())),
        version=VERSION,
    )


def _check_ids(credentials: Iterable[Credential]) -> dict[str, Credential]:
    known: dict[str, Credential] = {}
    for each in credentials:
        if known.setdefault(each.id, each) is not each:
            fault = Fault("duplicate-id", f"credentials.{each.id}", "two of this id", "one")
            raise DocumentError((fault,), "credentials")
    return known


def _check_held(learner: Learner, known: Iterable[str]) -> None:
    names = sorted(known)
    faults = tuple(
        Fault(
            "unknown-id",
            f"holds.{held.credential}",
            quoted(held.credential),
            "one of the credentials that are asked about",
            nearest_name(held.credential, names),
        )
        for held in learner.holds
        if held.credential not in names
    )
    if faults:
        raise DocumentError(faults, "learner")
