"""Several careers for one learner: each planned, and what follows from the plan told in the same terms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

import attrs

from career_path.days.numbers import check_date
from career_path.days.spans import Span, to_span
from career_path.errors import DocumentError, Fault, InvalidValueError, nearest_name, quoted
from career_path.model.careers import Career, Careers, TotalHours
from career_path.model.entries import asking_of, optional_ids, resolved_for
from career_path.model.learner import Learner
from career_path.model.parts import check_part, check_parts
from career_path.model.pathway import Pathway, Step, StepKind
from career_path.model.text import step_of
from career_path.model.timeline import NoRouteError, PlannedStep, Timeline
from career_path.planning.burden import burden_of
from career_path.planning.objective import Objective
from career_path.planning.pay import earned_by, jobs_of, occupation_of
from career_path.planning.planner import plan

__all__ = ["USUAL_HORIZON", "compare_pathways", "to_horizon"]

USUAL_HORIZON: Final = Span(years=10)
"""How far ahead money is counted unless something else is asked for."""
_LEARNING: Final = frozenset({StepKind.PROGRAM, StepKind.EXTERNSHIP, StepKind.EXPERIENCE})


def compare_pathways(
    pathways: Iterable[Pathway],
    learner: Learner,
    *,
    today: dt.date,
    horizon: dt.date | Span | str = USUAL_HORIZON,
    objective: Objective = "earliest",
) -> Careers:
    """The pathways as careers of one learner, each by its best plan, in their order.

    What the learner has done, holds, chooses, avoids and asks for counts in each pathway that knows of it. Money is
    counted up to the horizon, a day or a time from today.

    >>> from career_path.model.occupations import Occupation, Pay
    >>> aide = Occupation("aide", pay=Pay(median="36000"))
    >>> def path(name: str, takes: str) -> Pathway:
    ...     job = Step("job", kind="job", requires="school", occupation="aide")
    ...     return Pathway(name, goal="job", steps=[Step("school", takes=takes), job], occupations=[aide])
    >>> found = compare_pathways([path("short", "P1M"), path("long", "P1Y")], Learner(), today=dt.date(2027, 1, 4))
    >>> [(each.name, str(each.first_pay), each.days_to_pay) for each in found.careers]
    [('short', '2027-02-04', 31), ('long', '2028-01-04', 365)]

    Raises:
        SearchLimitError: more choices than `plan` looks at.
        DocumentError: two pathways have one id, no pathway knows an id that the learner names, the learner does not
            fit a pathway, or something that a rule needs is not known.
        InvalidValueError: an argument is of another kind than it has to be, or the horizon lies before today.
    """
    known = check_parts(pathways, Pathway, "pathways")
    who, day = check_part(learner, Learner, "learner"), check_date(today, "today")
    last = to_horizon(horizon, today=day)
    _check(known, who, day)
    careers = tuple(_career(each, who, day, last, objective) for each in known)
    return Careers(learner=who.id, today=day, horizon=last, careers=careers)


def to_horizon(horizon: dt.date | Span | str, *, today: dt.date, where: str = "horizon") -> dt.date:
    """The day that a horizon names: itself, or so long after today. `where` is what an error calls it.

    >>> to_horizon("P10Y", today=dt.date(2027, 1, 4))
    datetime.date(2037, 1, 4)

    Raises:
        InvalidValueError: no day or length (codes `not-a-date`, `not-a-span`), or one before today (`negative`).
    """
    if isinstance(horizon, dt.date):
        day: dt.date | None = check_date(horizon, where)
    else:
        try:
            day = to_span(horizon).after(today)
        except InvalidValueError as error:
            raise attrs.evolve(error, where=where) from None
    if day is None or day < today:
        raise InvalidValueError("negative", where, quoted(str(horizon)), "a day or a length, today or later")
    return day


def _check(pathways: Sequence[Pathway], learner: Learner, today: dt.date) -> None:
    """Every pathway has an id of its own, and every id that the learner names is known to one of them."""
    seen: set[str] = set()
    for each in pathways:
        if each.id in seen:
            fault = Fault("duplicate-id", each.id, "a pathway of this id a second time", "each pathway once")
            raise DocumentError((fault,), "pathways")
        seen.add(each.id)
    here = [resolved_for(each, asking_of(learner, each), today=today) for each in pathways]
    overlays = {name for each in pathways for name in optional_ids(each)}
    faults = tuple(_unknown(here, learner, overlays))
    if faults and pathways:
        raise DocumentError(faults, "learner")


def _unknown(pathways: Sequence[Pathway], learner: Learner, overlays: set[str]) -> Iterator[Fault]:
    steps = {step.id for each in pathways for step in each.steps}
    papers = {credential.id for each in pathways for credential in each.credentials}
    for where, names, known, what in (
        ("records", [step_of(record.step) for record in learner.records], steps, "a step"),
        ("holds", [held.credential for held in learner.holds], papers, "a credential"),
        ("choose", learner.choose, steps | papers, "a step or credential"),
        ("avoid", learner.avoid, steps | papers, "a step or credential"),
        ("overlays", learner.overlays, overlays, "an optional overlay"),
    ):
        for name in names:
            if name not in known:
                expected = f"{what} of one of these pathways"
                yield Fault("unknown-id", where, quoted(name), expected, nearest_name(name, known))


def _fitted(learner: Learner, pathway: Pathway) -> Learner:
    """The learner without what a pathway does not know of."""
    steps: set[str] = {step.id for step in pathway.steps}
    papers: set[str] = {credential.id for credential in pathway.credentials}
    return attrs.evolve(
        learner,
        records=tuple(each for each in learner.records if step_of(each.step) in steps),
        holds=tuple(each for each in learner.holds if each.credential in papers),
        choose=tuple(each for each in learner.choose if each in steps | papers),
        avoid=tuple(each for each in learner.avoid if each in steps | papers),
    )


def _career(pathway: Pathway, learner: Learner, today: dt.date, horizon: dt.date, objective: Objective) -> Career:
    asking = asking_of(learner, pathway)
    here = resolved_for(pathway, asking, today=today)
    who = _fitted(asking, here)
    try:
        timeline = plan(pathway, who, today=today, objective=objective)
    except NoRouteError as error:
        return Career(pathway=here, timeline=error.timeline, horizon=horizon)
    jobs = jobs_of(timeline)
    first = jobs[0].start if jobs else None
    begin = max(today, who.start or today)
    return Career(
        pathway=here,
        timeline=timeline,
        horizon=horizon,
        first_pay=first,
        days_to_pay=None if first is None else max((first - begin).days, 0),
        hours=_hours(here, timeline),
        exam_count=sum(step.kind is StepKind.EXAM and not step.is_done for step in timeline.steps),
        renewal=None if first is None else burden_of(here, who, timeline, since=max(first, today)),
        occupation=occupation_of(here, here.step(step_of(jobs[-1].id))) if jobs else None,
        earned=earned_by(horizon, here, timeline),
    )


def _hours(pathway: Pathway, timeline: Timeline) -> TotalHours:
    """The hours of all that is still to do; a step of learning that takes time and tells no hours is not known."""
    known, unknown = Fraction(), list[str]()
    for step in timeline.steps:
        hours = None if step.is_done else _hours_of(pathway.step(step_of(step.id)), step)
        if hours is not None:
            known += hours
        elif not step.is_done and step.kind in _LEARNING and step.start != step.finish:
            unknown.append(step.id)
    return TotalHours(hours=known, unknown=tuple(sorted(unknown)))


def _hours_of(step: Step, planned: PlannedStep) -> Fraction | None:
    if planned.hours is not None:
        return planned.hours
    if step.load is None or planned.start is None or planned.finish is None:
        return None
    return step.load * (planned.finish - planned.start).days / 7
