"""The cycles that a timeline should tell of one paper, made up by the audit itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice

import attrs

from career_path.model.due import DutyBy, Renewal
from career_path.model.renewal import Duty
from career_path.planning.audit.own_calendar import NEVER
from career_path.planning.audit.own_course import OwnCourse, Period
from career_path.planning.audit.own_ends import Unjudged, last_days
from career_path.planning.audit.own_stages import fee_of, reached

__all__ = ["duties_in", "own_cycles"]

_MOST_DUTIES = 1000


def own_cycles(course: OwnCourse, today: dt.date, *, most: int) -> tuple[list[Renewal], list[Renewal]]:
    """The cycles on record and up to so many to come, without duties.

    Raises:
        Unjudged: something is not known that the rules ask for.
    """
    on_record = course.on_record()
    coming = [*islice(course.coming(on_record[-1], today), most)]
    told = [_told(course, each, nth) for nth, each in enumerate((*on_record, *coming), start=1)]
    return told[: len(on_record)], told[len(on_record) :]


def _told(course: OwnCourse, period: Period, nth: int) -> Renewal:
    bare = Renewal(
        credential=course.credential.id,
        number=period.number,
        nth=nth,
        valid_from=period.begins,
        valid_through=None if period.through == NEVER else period.through,
        renewed_on=period.renewed,
        extended_from=period.printed if period.printed != period.through else None,
    )
    stages, rule = course.stages(period), period.rule
    if stages is None or rule is None:
        return bare
    is_exempt = rule.credits is not None and rule.credits.is_first_exempt and nth == 1
    return attrs.evolve(
        bare,
        opens=stages.opens,
        soft_deadline=stages.soft,
        act_by=stages.act_by,
        grace_through=None if stages.grace == NEVER else stages.grace,
        is_grace_current=rule.grace is not None and rule.grace.is_current,
        fee=fee_of(rule.fee, stages.soft or period.through),
        late_fee=fee_of(rule.late_fee, period.through),
        credits_by=None if is_exempt else stages.credits_by,
        is_exempt=is_exempt,
        ways=() if is_exempt else stages.ways,
        back=stages.told_back,
    )


def duties_in(course: OwnCourse, first: dt.date, last: dt.date) -> list[DutyBy]:
    """Every duty with a day from one through another, by day.

    Raises:
        Unjudged: something is not known that the rules ask for.
    """
    found = [each for duty in course.credential.duties for each in _clock(course, duty, last) if first <= each.on]
    return sorted(found, key=lambda each: (each.on, each.id))


def _clock(course: OwnCourse, duty: Duty, last: dt.date) -> Iterator[DutyBy]:
    """A duty each time that it is due, until a day; one due twice on a day has run out."""
    anchor, before = _begun(course, duty), None
    for number, on in enumerate(_days(course, duty, anchor), start=1):
        if on > last or on == NEVER or (before is not None and on <= before):
            return
        yield DutyBy(id=duty.id, title=duty.title or duty.id, number=number, on=on, fee=fee_of(duty.fee, on))
        before = on


def _begun(course: OwnCourse, duty: Duty) -> dt.date:
    if duty.counted_from is None:
        return course.held.granted
    record = course.asked.learner.record(duty.counted_from)
    if record is None or record.finished is None:
        raise Unjudged
    return record.finished


def _days(course: OwnCourse, duty: Duty, anchor: dt.date) -> Iterable[dt.date]:
    if duty.within is not None:
        yield reached(duty.within, anchor, course.asked.learner.born)
        return
    yield from islice(last_days(duty.every, anchor, course.asked), _MOST_DUTIES)
