"""The learner that the options describe, on top of one from a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction

import attrs

from career_path.model.learner import Absence, HoursPeriod, Learner, Record
from career_path.values import Value, frozen

__all__ = ["LearnerOptions", "learner_from", "without"]


@frozen(kw_only=True)
class LearnerOptions(Value):
    """What was said about the learner on the command line; None and empty are things not said."""

    learner_id: str | None = None
    start: dt.date | None = None
    hours: Fraction | None = None
    place: str | None = None
    done: tuple[Record, ...] = ()
    absent: tuple[Absence, ...] = ()
    choose: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    overlays: tuple[str, ...] = ()
    deadline: dt.date | None = None
    budget: Decimal | None = None


def learner_from(options: LearnerOptions, base: Learner | None = None) -> Learner:
    """The learner of a file with the options put over it.

    Absences and finished steps are added, everything else takes the place of what the file says. An id that is chosen
    here is no longer avoided there, and the other way round.
    """
    base = base or Learner()
    hours = None if options.hours is None else (HoursPeriod(hours=options.hours),)
    return attrs.evolve(
        base,
        id=options.learner_id or base.id,
        start=options.start or base.start,
        place=options.place or base.place,
        weekly_hours=base.weekly_hours if hours is None else hours,
        records=_records(base.records, options.done),
        absences=(*base.absences, *options.absent),
        choose=options.choose or without(base.choose, options.avoid),
        avoid=options.avoid or without(base.avoid, options.choose),
        overlays=options.overlays or base.overlays,
        deadline=options.deadline or base.deadline,
        budget=base.budget if options.budget is None else options.budget,
    )


def without(ids: tuple[str, ...], gone: Collection[str]) -> tuple[str, ...]:
    """The ids that are not among those gone, in order."""
    return tuple(each for each in ids if each not in gone)


def _records(known: tuple[Record, ...], done: tuple[Record, ...]) -> tuple[Record, ...]:
    """All records, the last word about a step winning."""
    records = {record.step: record for record in known}
    for record in done:
        records[record.step] = _finished(records.get(record.step), record)
    return tuple(records.values())


def _finished(before: Record | None, now: Record) -> Record:
    """The new finish, with the start and the failed attempts that were known and still fit."""
    if before is None or now.finished is None:
        return now
    started = before.started if before.started and before.started <= now.finished else None
    return attrs.evolve(now, started=started, failed=before.failed)
