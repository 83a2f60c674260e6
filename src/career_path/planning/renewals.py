"""The validity periods of the credentials in a timeline, and the days in them on which something is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import attrs

from career_path.model.credentials import Credential
from career_path.model.learner import Held, Learner, Record
from career_path.model.text import step_of
from career_path.model.timeline import Deadline, DeadlineKind, PlannedStep, Renewal, Status
from career_path.planning.cycles import RENEWALS, current_and_coming
from career_path.planning.ends import Holder
from career_path.planning.program import Program

__all__ = ["ON_TIME", "cycle_deadlines", "records_when_done", "renewals_of"]

ON_TIME = "on-time"
"""What the deadline without a late fee is called among those of its period."""


def renewals_of(program: Program, steps: Iterable[PlannedStep]) -> tuple[Renewal, ...]:
    """For each credential that the learner has or gets, the newest period and the renewals after it, by last day.

    Renewals to come are told where the pathway has a rule for them: without one nobody said that there are any.
    """
    planned = [step for step in steps if step.finish is not None and step.status is not Status.WAIVED]
    papers = _newest(program, planned)
    learner = attrs.evolve(
        program.learner, holds=tuple(papers.values()), records=records_when_done(program.learner, planned)
    )
    holder = Holder(learner=learner, credentials=program.pathway.credentials)
    today = dt.date.fromordinal(program.today)
    told: list[Renewal] = []
    for name, held in papers.items():
        credential = program.pathway.credential(name)
        count = RENEWALS if _is_renewable(credential) else 0
        told.extend(current_and_coming(credential, held, today=today, holder=holder, renewals=count))
    return tuple(sorted(told, key=lambda r: (r.valid_through or dt.date.max, r.credential, r.number)))


def _is_renewable(credential: Credential) -> bool:
    return credential.renewal is not None or any(change.renewal for change in credential.changes)


def _newest(program: Program, planned: Iterable[PlannedStep]) -> dict[str, Held]:
    """The paper of each credential whose current period begins last: the one at hand, or one that a step grants."""
    papers: dict[str, Held] = {}
    begins: dict[str, dt.date] = {}
    for held in program.learner.holds:
        period = program.held(held.credential)
        if period is not None:
            papers[held.credential] = held
            begins[held.credential] = dt.date.fromordinal(period.valid_from)
    for step in planned:
        for credential in program.pathway.step(step_of(step.id)).grants:
            assert step.finish is not None
            if credential not in begins or begins[credential] < step.finish:
                papers[credential] = Held(credential, granted=step.finish)
                begins[credential] = step.finish
    return papers


def records_when_done(learner: Learner, planned: Iterable[PlannedStep]) -> tuple[Record, ...]:
    """The learner's records, as they will be once everything is done as planned; steps without a finish are left out.

    >>> from career_path import Pathway, Step, plan
    >>> path, today = Pathway("p", goal="school", steps=[Step("school", takes="P1M")]), dt.date(2027, 1, 4)
    >>> records_when_done(Learner(), plan(path, Learner(), today=today).steps)[0].finished
    datetime.date(2027, 2, 4)
    """
    records = {record.step: record for record in learner.records}
    for step in planned:
        if step.status is not Status.FINISHED:
            records[Record(step.id).step] = Record(step.id, finished=step.finish)
    return tuple(records.values())


def cycle_deadlines(renewal: Renewal) -> Iterator[Deadline]:
    """Every day in a period on which something is due, opens or ends; none once it is renewed. Ids are the caller's."""
    if renewal.renewed_on is not None:
        return
    for kind, on, what in _days(renewal):
        if on is not None:
            yield Deadline(id="", kind=kind, on=on, credential=renewal.credential, cycle=renewal.number, what=what)


def _days(renewal: Renewal) -> Iterator[tuple[DeadlineKind, dt.date | None, str | None]]:
    yield DeadlineKind.WINDOW_OPENS, renewal.opens, None
    yield DeadlineKind.SUBMIT_BY, renewal.soft_deadline, ON_TIME
    if not renewal.ways:  # else each way has a last day of its own
        yield DeadlineKind.SUBMIT_BY, renewal.act_by, None
    for way in renewal.ways:
        yield DeadlineKind.START_BY, way.start_by, way.id
        yield DeadlineKind.APPLY_BY, way.apply_by, way.id
        yield _WAY_KINDS.get(way.kind, DeadlineKind.SUBMIT_BY), way.act_by, way.id
    yield DeadlineKind.EXPIRES, renewal.valid_through, None
    yield DeadlineKind.GRACE_ENDS, renewal.grace_through, None
    for number, back in enumerate(renewal.back, start=1):
        yield DeadlineKind.REINSTATE_BY, back.through, f"{back.way}-{number}"
    for duty in renewal.duties:
        yield DeadlineKind.DUTY_BY, duty.on, f"{duty.id}-{duty.number}"


_WAY_KINDS = {"credits": DeadlineKind.CREDITS_BY}
