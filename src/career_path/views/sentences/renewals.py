"""What is due inside a period of a credential, what ends with it, and which way back there is then."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from career_path.model.timeline import BackStage, Deadline, DeadlineKind, Renewal, Timeline, WayBy
from career_path.views.plain import day_text, money_text, quoted_name

__all__ = [
    "ASK",
    "cycle_deadline_text",
    "cycle_of",
    "lost_in_cycle",
    "no_way_text",
    "open_cycle",
    "way_back_text",
    "way_text",
]

ASK: Final = "ask the issuer what is possible then."
_ON_TIME: Final = "on-time"
_WAYS: Final = {
    "credits": "renewing by credits",
    "exam": "the exam",
    "reinstatement": "reinstatement",
    "start-again": "starting again",
}


def cycle_of(deadline: Deadline, timeline: Timeline) -> Renewal | None:
    """The period that a deadline is one of; None for other deadlines.

    After a lapse numbers begin anew, so of two with one number the later is meant: the other one was renewed.
    """
    key = (deadline.credential, deadline.cycle)
    return next((each for each in reversed(timeline.renewals) if (each.credential, each.number) == key), None)


def cycle_deadline_text(deadline: Deadline, timeline: Timeline) -> str | None:
    """What is due on a day that has a name of its own in its period; None for all other deadlines."""
    if deadline.what is None or deadline.credential is None:
        return None
    paper = timeline.credential_name(deadline.credential)
    what = _name_of(deadline, cycle_of(deadline, timeline))
    match deadline.kind:
        case DeadlineKind.SUBMIT_BY if deadline.what == _ON_TIME:
            return f"Last day to submit without a late fee: {paper}"
        case DeadlineKind.START_BY:
            return f"Last day to begin {quoted_name(what)}: {paper}"
        case DeadlineKind.APPLY_BY:
            return f"Last day to apply for {quoted_name(what)}: {paper}"
        case DeadlineKind.REINSTATE_BY:
            return f"Last day for {what}: {paper}"
        case _:
            return f"Last day for {quoted_name(what)}: {paper}"


def _name_of(deadline: Deadline, renewal: Renewal | None) -> str:
    """How people call the way to renew, the way back or the duty that a deadline is for."""
    what = deadline.what or ""
    if renewal is None:
        return what
    match deadline.kind:
        case DeadlineKind.DUTY_BY:
            names = {f"{duty.id}-{duty.number}": duty.title for duty in renewal.duties}
        case DeadlineKind.REINSTATE_BY:
            names = {f"{back.way}-{number}": _way_name(back) for number, back in enumerate(renewal.back, start=1)}
        case _:
            names = {way.id: way.title for way in renewal.ways}
    return names.get(what, what)


def _way_name(back: BackStage) -> str:
    return back.title or _WAYS.get(back.way, back.way)


def lost_in_cycle(deadline: Deadline, timeline: Timeline) -> str | None:  # noqa: PLR0911 (a line per kind)
    """What ends with a day of a period, and what is possible then; None where the period tells nothing of it."""
    renewal = cycle_of(deadline, timeline)
    if renewal is None or deadline.credential is None:
        return None
    paper = quoted_name(timeline.credential_name(deadline.credential))
    match deadline.kind:
        case DeadlineKind.EXPIRES:
            return f"The validity of {paper} ends with this day; {_after_expiry(renewal, timeline)}"
        case DeadlineKind.GRACE_ENDS:
            return f"The grace period of {paper} ends with this day; {_from_rung(renewal, 0, timeline)}"
        case DeadlineKind.REINSTATE_BY:
            rung = int((deadline.what or "-0").rpartition("-")[2])
            what = _name_of(deadline, renewal)
            return f"After this day {what} no longer leads back to {paper}; {_from_rung(renewal, rung, timeline)}"
        case DeadlineKind.SUBMIT_BY | DeadlineKind.CREDITS_BY | DeadlineKind.APPLY_BY | DeadlineKind.START_BY:
            return _too_late(deadline, renewal, timeline)
        case DeadlineKind.DUTY_BY:
            return f"{quoted_name(_name_of(deadline, renewal))}, a duty of {paper}, is late after this day; {ASK}"
        case _:
            return None


def _too_late(deadline: Deadline, renewal: Renewal, timeline: Timeline) -> str:
    assert deadline.credential is not None
    paper = quoted_name(timeline.credential_name(deadline.credential))
    through = "" if renewal.valid_through is None else f" on {day_text(renewal.valid_through)}"
    if deadline.what == _ON_TIME:
        fee = _money(renewal.late_fee, timeline)
        return f"Renewing {paper} later costs {f'{fee} more' if fee else 'a late fee'}, until it ends{through}."
    if deadline.what is None:
        return f"What is submitted later may not be done before {paper} ends{through}."
    what = quoted_name(_name_of(deadline, renewal))
    too_late = f"too late to renew {paper} without a gap; it ends{through}."
    if deadline.kind is DeadlineKind.START_BY:
        return f"Begun after this day {what} is {too_late}"
    return f"After this day {what} is {too_late}"


def _after_expiry(renewal: Renewal, timeline: Timeline) -> str:
    if renewal.grace_through is None:
        return _from_rung(renewal, 0, timeline)
    current = "it counts as current meanwhile" if renewal.is_grace_current else "it is not current meanwhile"
    return f"it can still be renewed through {day_text(renewal.grace_through)}, but {current}."


def _from_rung(renewal: Renewal, index: int, timeline: Timeline) -> str:
    return way_back_text(renewal.back[index], timeline) if index < len(renewal.back) else ASK


def way_back_text(back: BackStage, timeline: Timeline) -> str:
    """Which way back there is next, until when, and at what fee."""
    until = f" through {day_text(back.through)}" if back.through else ""
    fee = _money(back.fee, timeline)
    kept = ", and the old expiry stays" if back.keeps_expiry else ""
    return f"what leads back then is {_way_name(back)}{until}{f' ({fee})' if fee else ''}{kept}."


_DONE_BY: Final = {"credits": "have the credits by", "exam": "sit by", "paper": "have it by", "form": "submit by"}


def open_cycle(timeline: Timeline, credential: str) -> Renewal | None:
    """The period of a credential that is to be renewed next; None if it has none, or lapsed."""
    for each in timeline.renewals:
        is_open = each.renewed_on is None and (each.valid_through is None or each.valid_through >= timeline.today)
        if each.credential == credential and is_open:
            return each
    return None


def way_text(way: WayBy, timeline: Timeline) -> str:
    """One way to renew with its last days, the first day on which it can be done if that lies ahead, and its standing.

    >>> import datetime as dt
    >>> from career_path.planning.cycles import cycles
    >>> from career_path.planning.holding import renewal_timeline
    >>> from career_path import Credential, Held, RenewalRule, Validity, Way
    >>> exam = Way("exam", title="Exam", kind="exam", before="P2M", apply="P30D")
    >>> card = Credential("card", valid=Validity(span="P5Y", until="month-end"), renewal=RenewalRule(ways=[exam]))
    >>> told = cycles(card, Held("card", granted=dt.date(2026, 2, 10)), today=dt.date(2026, 2, 10), renewals=0)
    >>> way_text(told[0].ways[0], renewal_timeline(card, told, today=dt.date(2026, 2, 10)))
    'Exam: apply by 28 Nov 2030, sit by 28 Dec 2030 (on 12 Mar 2026 at the earliest); planned'
    """
    last = [
        f"{verb} {day_text(day)}"
        for verb, day in (
            ("begin by", way.start_by),
            ("apply by", way.apply_by),
            (_DONE_BY.get(way.kind, "do it by"), way.act_by),
        )
        if day is not None
    ]
    is_later = way.with_ is None and way.done_on is not None and way.done_on > timeline.today
    earliest = f" (on {day_text(way.done_on)} at the earliest)" if way.done_on is not None and is_later else ""
    return "; ".join((f"{way.title}: {', '.join(last)}{earliest}", *_standing(way, timeline)))


def _standing(way: WayBy, timeline: Timeline) -> Iterator[str]:
    if way.with_ is not None and way.done_on is not None:
        other, on = quoted_name(timeline.credential_name(way.with_)), day_text(way.done_on)
        is_done = way.done_on < timeline.today
        yield f"{other} was earned or renewed on {on}, which does both" if is_done else f"{other} on {on} does both"
    if way.is_possible is False:
        yield "too late to begin today"
    elif way.is_possible is None:
        yield "whether there is time depends on the hours a week, which are not known"
    if way.is_planned:
        yield "planned"


def no_way_text(renewal: Renewal, timeline: Timeline) -> str | None:
    """That who begins today is too late for every way, and what is left then; None while one is in time."""
    if not renewal.ways or any(way.is_possible is not False for way in renewal.ways):
        return None
    paper = quoted_name(timeline.credential_name(renewal.credential))
    through = "" if renewal.valid_through is None else f" on {day_text(renewal.valid_through)}"
    after = _after_expiry(renewal, timeline)
    return f"Who begins today is too late for every way to renew {paper} in time. Once it ends{through}, {after}"


def _money(amount: Decimal | None, timeline: Timeline) -> str:
    return "" if amount is None else money_text(amount, timeline.cost.currency)
