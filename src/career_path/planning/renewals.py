"""The validity periods of the credentials in a timeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from career_path.days.numbers import to_date
from career_path.model.timeline import PlannedStep, Renewal, Status
from career_path.planning.program import Program
from career_path.planning.validity import expiry

__all__ = ["renewals_of"]


def renewals_of(program: Program, steps: Iterable[PlannedStep]) -> tuple[Renewal, ...]:
    """For each credential that the learner has or gets, the newest validity period, by its last day."""
    newest: dict[str, Renewal] = {}
    for held in program.learner.holds:
        period = program.held(held.credential)
        valid_from = to_date(period.valid_from) if period else None
        if period is not None and valid_from is not None:
            newest[held.credential] = Renewal(
                credential=held.credential,
                number=period.number,
                valid_from=valid_from,
                valid_through=to_date(period.through),
            )
    for step in steps:
        if step.finish is None or step.status is Status.WAIVED:
            continue
        for credential in program.pathway.step(step.id).grants:
            granted = _first_period(program, credential, step.finish)
            if credential not in newest or newest[credential].valid_from < granted.valid_from:
                newest[credential] = granted
    return tuple(sorted(newest.values(), key=lambda r: (r.valid_through or dt.date.max, r.credential)))


def _first_period(program: Program, credential_id: str, granted: dt.date) -> Renewal:
    rule = expiry(program.pathway.credential(credential_id), program.learner.born)
    through = None if rule is None else to_date(rule.f(granted.toordinal()))
    return Renewal(credential=credential_id, number=1, valid_from=granted, valid_through=through)
