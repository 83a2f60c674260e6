"""The validity periods of one credential with all their days, for whoever holds it, with or without a pathway."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import attrs

from career_path.days.numbers import LAST, check_date, to_date
from career_path.errors import InvalidValueError
from career_path.model.credentials import Credential
from career_path.model.learner import Held
from career_path.model.renewal import Duty, RenewalRule
from career_path.model.timeline import BackStage, DutyBy, Renewal
from career_path.planning.acts import course_with_acts
from career_path.planning.course import Course, Cycle
from career_path.planning.ends import Holder, end_of
from career_path.planning.stages import Stages, counted_on, fee_on
from career_path.planning.ways import Planning, planning_of

__all__ = ["RENEWALS", "current_and_coming", "cycle_on", "cycles", "ruled_cycles"]

RENEWALS = 3
"""How many renewals to come are told unless another number is asked for."""
MOST_CYCLES = 1000
"""How many periods or duties of one credential are told at most, however far the last day asked for is."""


def cycles(
    credential: Credential,
    held: Held,
    *,
    today: dt.date,
    holder: Holder | None = None,
    renewals: int = RENEWALS,
    until: dt.date | None = None,
) -> tuple[Renewal, ...]:
    """Every period of a credential: those on record, and as many renewals to come, each done in time.

    With `until` those to come are all that begin by that day. A credential that has lapsed by `today` has none to come:
    what follows depends on the day on which it is renewed. `holder` tells birth date, work and other papers, where
    the rules ask for them.

    >>> from career_path.model.ends import Validity
    >>> cma = Credential("cma-aama", valid=Validity(span="P60M", until="month-end"))
    >>> held = Held("cma-aama", granted=dt.date(2011, 2, 10))
    >>> [each.valid_through.isoformat() for each in cycles(cma, held, today=held.granted)]
    ['2016-02-29', '2021-02-28', '2026-02-28', '2031-02-28']

    Raises:
        DocumentError: something about the learner is missing that the rules ask for.
        InvalidValueError: the papers are not of this credential, or `renewals` is negative.
    """
    course = _course(credential, held, today=check_date(today, "today"), holder=holder)
    last = None if until is None else check_date(until, "until").toordinal()
    found = _coming(course, today.toordinal(), renewals=_check_count(renewals), last=last)
    return _told(course, [*course.on_record[:-1], *found], today, renewals, first=1)


def current_and_coming(
    credential: Credential, held: Held, *, today: dt.date, holder: Holder | None = None, renewals: int = RENEWALS
) -> tuple[Renewal, ...]:
    """The period that a credential is in, or was in last, and the renewals to come."""
    course = _course(credential, held, today=today, holder=holder)
    return _told(course, _coming(course, today.toordinal(), renewals=renewals, last=None), today, renewals)


def ruled_cycles(
    credential: Credential, held: Held, *, today: dt.date, until: dt.date, holder: Holder | None = None
) -> tuple[tuple[Renewal, RenewalRule | None], ...]:
    """The period that a credential is in, or was in last, and all that begin by a day, each with its rule of renewal.

    >>> from career_path.model.ends import Validity
    >>> card, held = Credential("card", valid=Validity(span="P2Y")), Held("card", granted=dt.date(2027, 3, 1))
    >>> told = ruled_cycles(card, held, today=held.granted, until=dt.date(2031, 3, 1))
    >>> [(str(each.valid_through), rule) for each, rule in told]
    [('2029-02-28', None), ('2031-02-28', None), ('2033-02-28', None)]

    Raises:
        DocumentError: something about the learner is missing that the rules ask for.
    """
    course = _course(credential, held, today=today, holder=holder)
    found = _coming(course, today.toordinal(), renewals=RENEWALS, last=until.toordinal())
    told = _told(course, found, today, MOST_CYCLES - 1)
    return tuple(zip(told, (cycle.rule for cycle in found), strict=True))


def cycle_on(
    credential: Credential, held: Held, *, on: dt.date, holder: Holder | None = None
) -> tuple[Renewal, RenewalRule | None]:
    """The period that a day lies in, with its rule of renewal; before all of them the first, after a lapse the last.

    >>> from career_path.model.ends import Validity
    >>> card, held = Credential("card", valid=Validity(span="P2Y")), Held("card", granted=dt.date(2027, 3, 1))
    >>> cycle_on(card, held, on=dt.date(2028, 3, 1))[0].valid_through
    datetime.date(2029, 2, 28)

    Raises:
        DocumentError: something about the learner is missing that the rules ask for.
    """
    course = _course(credential, held, today=on, holder=holder)
    found = [*course.on_record[:-1], *_coming(course, on.toordinal(), renewals=RENEWALS, last=None)]
    told = _told(course, found, on, RENEWALS, first=1)
    last = max((index for index, each in enumerate(told) if each.valid_from <= on), default=0)
    return told[last], found[last].rule


def _course(credential: Credential, held: Held, *, today: dt.date, holder: Holder | None) -> Course:
    if held.credential != credential.id:
        raise InvalidValueError("other-credential", "held", f"'{held.credential}'", f"'{credential.id}'")
    known = Holder() if holder is None else holder
    return course_with_acts(credential, held, known, until=today.toordinal())


def _check_count(renewals: int) -> int:
    if type(renewals) is int and 0 <= renewals < MOST_CYCLES:
        return renewals
    raise InvalidValueError("not-a-count", "renewals", repr(renewals), f"a whole number from 0 to {MOST_CYCLES - 1}")


def _coming(course: Course, today: int, *, renewals: int, last: int | None) -> list[Cycle]:
    """The period on record last, and those to come after it."""
    found = [course.on_record[-1]]
    most = renewals if last is None else MOST_CYCLES
    while len(found) <= most:
        following = course.planned(found[-1], today)
        if following is None or (last is not None and following.begins > last):
            break
        found.append(following)
    return found


def _told(
    course: Course, found: list[Cycle], today: dt.date, renewals: int, *, first: int | None = None
) -> tuple[Renewal, ...]:
    """The periods found, counted on from `first`: without it from the last one on record."""
    nth = len(course.on_record) if first is None else first
    duties = _duties(course, found, today, renewals)
    planning = planning_of(course, found, today=today)
    return tuple(
        _renewal(planning, cycle, count, [duty for duty in duties if _is_in(duty, cycle)])
        for count, cycle in enumerate(found, start=nth)
    )


def _is_in(duty: DutyBy, cycle: Cycle) -> bool:
    return cycle.begins <= duty.on.toordinal() <= cycle.through


def _duties(course: Course, found: list[Cycle], today: dt.date, renewals: int) -> list[DutyBy]:
    """Every duty in these periods; of a credential that never ends, as many of each to come as renewals."""
    begin, end = found[0].begins, found[-1].through
    if end <= LAST:
        return [each for duty in course.credential.duties for each in _clock(course, duty, begin, end)]
    first = today.toordinal()
    told: list[DutyBy] = []
    for duty in course.credential.duties:
        clock = _clock(course, duty, max(begin, first), LAST)
        told.extend(each for each, _ in zip(clock, range(max(renewals, 1)), strict=False))
    return told


def _clock(course: Course, duty: Duty, begin: int, end: int) -> Iterator[DutyBy]:
    """The days of one duty from a day through another, each with its number since it began to count."""
    path = f"credentials.{course.credential.id}.duties.{duty.id}"
    holder, anchor = course.holder, course.held.granted.toordinal()
    if duty.counted_from is not None:
        anchor = holder.finished(duty.counted_from, f"{path}.counted_from")
    before = 0
    for number in range(1, MOST_CYCLES + 1):
        if duty.within is not None:
            day = counted_on(duty.within, anchor, holder.learner.born, f"{path}.within")
        else:
            assert duty.every is not None
            day = end_of(duty.every, number, holder=holder, path=f"{path}.every").f(anchor)
        on = to_date(day)
        if day <= before or day > end or on is None:
            return
        if day >= begin:
            yield DutyBy(id=duty.id, title=duty.title or duty.id, number=number, on=on, fee=fee_on(duty.fee, day))
        before = day


def _renewal(planning: Planning, cycle: Cycle, nth: int, duties: Iterable[DutyBy]) -> Renewal:
    course, begins = planning.course, to_date(cycle.begins)
    assert begins is not None
    whole = Renewal(
        credential=course.credential.id,
        number=cycle.number,
        nth=nth,
        valid_from=begins,
        valid_through=to_date(cycle.through),
        renewed_on=_date(cycle.renewed),
        extended_from=to_date(cycle.printed) if cycle.printed != cycle.through else None,
        duties=tuple(sorted(duties, key=lambda each: (each.on, each.id))),
    )
    stages = course.stages(cycle)
    if stages is None or cycle.rule is None:
        return whole
    told = _with_stages(whole, cycle.rule, stages, cycle.through)
    if cycle.rule.credits is not None and cycle.rule.credits.is_exempt(nth):
        return attrs.evolve(told, is_exempt=True)  # nothing is to be done for it but to submit it
    return attrs.evolve(told, credits_by=_date(stages.credits_by), ways=planning.ways(cycle, stages))


def _with_stages(whole: Renewal, rule: RenewalRule, stages: Stages, through: int) -> Renewal:
    soft = stages.soft
    return attrs.evolve(
        whole,
        opens=_date(stages.opens),
        soft_deadline=_date(soft),
        act_by=_date(stages.act_by),
        grace_through=_date(stages.grace),
        is_grace_current=rule.grace is not None and rule.grace.is_current,
        fee=fee_on(rule.fee, through if soft is None else soft),
        late_fee=fee_on(rule.late_fee, through),
        back=_back(stages),
    )


def _date(day: int | None) -> dt.date | None:
    return None if day is None else to_date(day)


def _back(stages: Stages) -> tuple[BackStage, ...]:
    told: list[BackStage] = []
    for each in stages.back:
        first = to_date(each.begins)
        if first is not None:
            rung = each.rung
            told.append(
                BackStage(
                    way=rung.way.value,
                    title=rung.title,
                    from_=first,
                    through=to_date(each.through),
                    keeps_expiry=rung.keeps_expiry,
                    fee=fee_on(rung.fee, each.begins),
                )
            )
    return tuple(told)
