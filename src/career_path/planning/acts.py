"""What was done for other credentials, and is to be done for them: one act may renew several."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

import attrs

from career_path.model.credentials import Credential
from career_path.model.learner import Held
from career_path.planning.course import Course, Cycle, course_of
from career_path.planning.ends import Holder

__all__ = ["Acts", "acts_of", "course_with_acts", "renewal_day"]


class Acts(NamedTuple):
    """The days on which a credential was earned or renewed, and those on which that is planned, in order."""

    done: tuple[int, ...]
    planned: tuple[int, ...]

    def first(self, *, opens: int, soonest: int, through: int) -> int | None:
        """The first day done from `opens` on, else the first planned from `soonest` on; both by `through`."""
        return _first(self.done, opens, through) or _first(self.planned, soonest, through)


def _first(days: tuple[int, ...], since: int, through: int) -> int | None:
    index = bisect_left(days, since)
    return days[index] if index < len(days) and days[index] <= through else None


def acts_of(holder: Holder, credential_id: str, *, today: int, until: int) -> Acts:
    """What was done for a credential and is planned through a day; nothing if it is not held.

    Each renewal to come is on its last day to act. Of what other credentials renew of it nothing is told.
    """
    return Acts(
        _done(holder, credential_id, today),
        tuple(day for day in _planned(holder, credential_id, today, until) if day <= until),
    )


def course_with_acts(credential: Credential, held: Held, holder: Holder, *, until: int) -> Course:
    """The periods of a paper, renewed also by what is on record, through a day, of credentials that renew it.

    Such an act counts for a period that was not renewed in time by itself, if it lies in the time of an automatic way.
    """
    course = course_of(credential, held, holder)
    while (day := next(_uncounted(course, until), None)) is not None:
        renewed = (*course.held.renewed, dt.date.fromordinal(day))
        course = course_of(credential, attrs.evolve(held, renewed=renewed), holder)
    return course


def _uncounted(course: Course, until: int) -> Iterator[int]:
    """Days of other credentials that renew a period of this one and are not among its renewals yet."""
    known = {day.toordinal() for day in course.held.renewed}
    for cycle in course.on_record:
        is_renewed = cycle.renewed is not None and cycle.renewed <= cycle.through
        if is_renewed or cycle.rule is None or not any(way.is_automatic for way in cycle.rule.ways):
            continue
        stages = course.stages(cycle)
        for each in () if stages is None else stages.ways:
            if each.way.is_automatic and each.way.credential is not None:
                acts = _done(course.holder, each.way.credential, until)
                first = max(each.opens, cycle.begins + 1)
                yield from (day for day in acts if first <= day <= each.act_by and day not in known)


def _done(holder: Holder, credential_id: str, until: int) -> tuple[int, ...]:
    held = holder.learner.held(credential_id)
    days = () if held is None else (held.granted, *held.renewed)
    return tuple(day.toordinal() for day in days if day.toordinal() <= until)


def _planned(holder: Holder, credential_id: str, today: int, until: int) -> Iterator[int]:
    credential, held = holder.credential(credential_id), holder.learner.held(credential_id)
    if credential is None or held is None:
        return
    if held.granted.toordinal() > today:
        yield held.granted.toordinal()
    course = course_of(credential, held, holder)
    cycle = course.on_record[-1]
    following = course.planned(cycle, today)
    while following is not None and cycle.begins <= until:  # each ends later than the one before
        yield renewal_day(course, cycle, today)
        cycle, following = following, course.planned(following, today)


def renewal_day(course: Course, cycle: Cycle, today: int) -> int:
    """The day on which a period is renewed by plan: the last to act or, where that has passed, today."""
    stages = course.stages(cycle)
    act_by = cycle.through if stages is None or stages.act_by is None else stages.act_by
    return min(max(act_by, today, cycle.begins), cycle.through)
