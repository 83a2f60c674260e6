"""From a solved route to the timeline that a person reads."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import attrs

from career_path.days.durations import Effort, likely
from career_path.model.pathway import AbsencePolicy, Cohorts, Source, Step
from career_path.model.requirements import Holds, Needs, Order
from career_path.model.timeline import (
    Conflict,
    ConflictKind,
    PaperUse,
    PlannedRenewal,
    PlannedStep,
    Reason,
    ReasonKind,
    Status,
    Timeline,
    TotalCost,
)
from career_path.planning.compile import Compiled
from career_path.planning.deadlines import deadlines_of
from career_path.planning.notices import notices_of, paper_notices, workload_notices
from career_path.planning.papers import Paper, Renewing
from career_path.planning.program import Node, Program
from career_path.planning.reasons import Explained, earliest_reasons, latest_reasons
from career_path.planning.reminders import reminders
from career_path.planning.renewals import renewals_of
from career_path.planning.routes import ranks
from career_path.planning.solve import Derived, raised, rules_of
from career_path.planning.solved import granted_on
from career_path.planning.sources import sources_of, used_sources
from career_path.planning.texts import GOAL
from career_path.planning.workload import workload_of
from career_path.version import VERSION

__all__ = ["Plan", "make_timeline"]


class Plan(NamedTuple):
    """A solved route with its earliest and, where there are any, latest days, on day numbers.

    With `is_latest` the latest days are the ones to show.
    """

    program: Program
    compiled: Compiled
    earliest: dict[str, Derived]
    latest: dict[str, Derived] | None
    finish: int
    target: int
    cost: Decimal
    unknown: tuple[str, ...]
    renewals: Mapping[Paper, tuple[Renewing, ...]]
    finish_by: dt.date | None
    is_latest: bool
    stamp: str

    @property
    def shown(self) -> dict[str, Derived]:
        """The days to show; in a plan of latest days, a running step that nothing bounds keeps its earliest."""
        return {**self.earliest, **self.latest} if self.is_latest and self.latest is not None else self.earliest


def make_timeline(plan: Plan) -> Timeline:
    """The timeline of a solved route."""
    program, route = plan.program, plan.compiled.route
    needed = _needs(plan)
    steps = _completed(_ordered(plan, [_step(plan, node) for node in route.nodes.values()]), needed)
    papers = _papers(plan)
    names, credential_names = _names(plan)
    goal = _shown_because(plan, GOAL)
    workload = workload_of(program, steps, _finish(plan))
    timeline = Timeline(
        pathway=program.pathway.id,
        title=program.pathway.name,
        learner=program.learner.id,
        today=dt.date.fromordinal(program.today),
        horizon=dt.date.fromordinal(program.horizon),
        finish=program.date(_finish(plan)),
        target=program.date(plan.target),
        cost=TotalCost(amount=plan.cost, currency=program.pathway.currency, unknown=plan.unknown),
        is_latest=plan.is_latest,
        reasons=() if plan.is_latest else goal.reasons,
        runner_up=None if plan.is_latest else goal.runner_up,
        latest_reasons=_why_not_later(plan, GOAL).reasons,
        needs=needed[GOAL].before,
        needs_any_order=needed[GOAL].any_order,
        steps=steps,
        papers=papers,
        workload=workload,
        applied=program.pathway.applied,
        conflicts=tuple(_conflicts(plan)),
        notices=(
            *workload_notices(workload),
            *notices_of(program, plan.compiled, plan.unknown),
            *paper_notices(papers, steps),
        ),
        sources=_sources(program, steps),
        names=names,
        credential_names=credential_names,
        version=VERSION,
        input_hash=plan.stamp,
    )
    timeline = attrs.evolve(timeline, renewals=renewals_of(program, steps))
    timeline = attrs.evolve(timeline, deadlines=deadlines_of(program, plan.compiled, timeline))
    return attrs.evolve(timeline, reminders=reminders(timeline))


def _finish(plan: Plan) -> int:
    """The first day on which the goal holds, given the days shown."""
    if not plan.is_latest:
        return plan.finish
    system = plan.compiled.system
    waits = [
        Derived(GOAL, edge.forward(plan.shown[edge.origin].day), edge.raises) for edge in system.entering.get(GOAL, ())
    ]
    floors = [Derived(GOAL, floor.day, floor.because) for floor in system.floors_of.get(GOAL, ())]
    last = max([*waits, *floors], key=lambda bound: bound.day, default=None)
    return plan.finish if last is None else raised(last, system.limits).day


def _step(plan: Plan, node: Node) -> PlannedStep:
    assert node.step is not None
    cost = node.step.cost
    start, finish = _days(plan, node, plan.shown)
    latest_start, latest_finish = _days(plan, node, plan.latest) if plan.latest is not None else (None, None)
    slack = None
    if node.is_to_do and start and latest_start:
        slack = (latest_start - start).days
    elif node.status is Status.RUNNING and finish and latest_finish:
        slack = (latest_finish - finish).days
    why, why_not_later = _why(plan, node), _why_not_later(plan, node.id)
    return PlannedStep(
        id=node.id,
        title=node.step.name,
        kind=node.step.kind,
        status=node.status,
        start=start,
        finish=finish,
        latest_start=latest_start,
        latest_finish=latest_finish,
        slack_days=slack,
        cost=cost.amount if cost else None,
        reasons=why.reasons,
        runner_up=why.runner_up,
        latest_reasons=why_not_later.reasons,
        latest_runner_up=why_not_later.runner_up,
        hours=_hours(node.step),
        days_away=_days_away(plan, node.step, start, finish),
        sources=sources_of(plan.program.pathway, node.step),
        note=node.step.note,
    )


def _hours(step: Step) -> Fraction | None:
    length = likely(step.takes)
    return length.hours if isinstance(length, Effort) and not isinstance(step.opens, Cohorts) else None


def _days_away(plan: Plan, step: Step, start: dt.date | None, finish: dt.date | None) -> int:
    """The days of absences inside a step of hours that pauses for them."""
    if _hours(step) is None or step.absence_policy is not AbsencePolicy.PAUSE or start is None or finish is None:
        return 0
    away = {
        day
        for absence in plan.program.learner.absences
        for day in range(
            max(absence.from_.toordinal(), start.toordinal()),
            min(absence.through.toordinal() + 1, finish.toordinal()),
        )
    }
    return len(away)


def _days(plan: Plan, node: Node, found: dict[str, Derived]) -> tuple[dt.date | None, dt.date | None]:
    """Start and finish of a step; an end that nothing bounds has no date."""
    date = plan.program.date
    if node.status in {Status.FINISHED, Status.WAIVED}:
        return date(node.start.day), date(node.finish.day)
    derived = found.get(node.id)
    if node.status is Status.RUNNING:
        return date(node.start.day), date(derived.day) if derived else None
    return (date(derived.day), date(node.finish.rule.f(derived.day))) if derived else (None, None)


def _why(plan: Plan, node: Node) -> Explained:
    """What decides a step's date first, then back to another step's event or to a root."""
    if node.id in plan.shown:
        return _shown_because(plan, node.id)
    day = node.finish.day
    if day is None:
        return Explained()
    return Explained((Reason(kind=ReasonKind.RECORD, rule=f"records.{node.id}", on=dt.date.fromordinal(day)),))


def _shown_because(plan: Plan, name: str) -> Explained:
    if plan.is_latest and plan.latest is not None and name in plan.latest:
        return latest_reasons(name, plan.latest, plan.compiled.system, plan.program.horizon)
    return earliest_reasons(name, plan.earliest, plan.compiled.system, plan.program.today)


def _why_not_later(plan: Plan, name: str) -> Explained:
    if plan.latest is None or (plan.is_latest and name != GOAL):
        return Explained()
    return latest_reasons(name, plan.latest, plan.compiled.system, plan.program.horizon)


def _ordered(plan: Plan, steps: list[PlannedStep]) -> list[PlannedStep]:
    """Steps by start, finish, what must come before, id; those without a day first."""
    rank = ranks(plan.compiled.route) or {}

    def key(step: PlannedStep) -> tuple[dt.date, dt.date, int, str]:
        start = step.start or step.finish or dt.date.min
        return start, step.finish or start, rank.get(step.id, 0), step.id

    return sorted(steps, key=key)


def _completed(steps: list[PlannedStep], needed: Mapping[str, _Needed]) -> tuple[PlannedStep, ...]:
    """The same steps with what each of them needs, those of least slack marked as critical."""
    least = min((step.slack_days for step in steps if step.slack_days is not None), default=None)
    return tuple(
        attrs.evolve(
            step,
            is_critical=step.slack_days is not None and step.slack_days == least,
            needs=needed[step.id].before,
            needs_any_order=needed[step.id].any_order,
        )
        for step in steps
    )


def _papers(plan: Plan) -> tuple[PaperUse, ...]:
    """The papers that what is not yet done rests on, by who asks and credential."""
    nodes = plan.compiled.route.nodes
    found = [
        _paper_use(plan, each.owner, Paper(each.paper, each.leaf.credential))
        for each in plan.compiled.route.chosen
        if isinstance(each.leaf, Holds) and (each.owner == GOAL or nodes[each.owner].finish.unknown is not None)
    ]
    return tuple(sorted(found, key=lambda use: (use.needed_by or "", use.credential)))


def _paper_use(plan: Plan, owner: str, paper: Paper) -> PaperUse:
    program, known = plan.program, plan.program.papers
    granted = granted_on(plan.compiled, plan.shown, paper)
    renewals = plan.compiled.kept[paper].renewals
    begins = program.date(granted if granted is not None else known.begins(paper.credential))
    assert begins is not None
    return PaperUse(
        credential=paper.credential,
        needed_by=owner or None,
        granted_by=paper.granted_by,
        valid_from=begins,
        valid_through=program.date(known.through(paper, granted, renewals)),
        renewals=tuple(
            PlannedRenewal(on=dt.date.fromordinal(each.day), fee=each.fee)
            for each in known.renewings(paper, granted, renewals)
        ),
    )


class _Needed(NamedTuple):
    """The steps that a step waits for, and those that it asks for in any order; sorted."""

    before: tuple[str, ...]
    any_order: tuple[str, ...]


def _needs(plan: Plan) -> dict[str, _Needed]:
    before: defaultdict[str, set[str]] = defaultdict(set)
    any_order: defaultdict[str, set[str]] = defaultdict(set)
    for each in plan.compiled.route.chosen:
        if isinstance(each.leaf, Needs):
            (before if each.leaf.order is Order.AFTER else any_order)[each.owner].add(each.leaf.step)
        elif each.paper is not None:
            before[each.owner].add(each.paper)
    return {
        owner: _Needed(tuple(sorted(before[owner])), tuple(sorted(any_order[owner] - before[owner])))
        for owner in (GOAL, *plan.compiled.route.nodes)
    }


def _sources(program: Program, steps: Iterable[PlannedStep]) -> tuple[Source, ...]:
    held = [each.credential for each in program.learner.holds]
    used = {source for step in steps for source in step.sources}
    used |= {source for overlay in program.pathway.applied for source in overlay.sources}
    return used_sources(program.pathway, used, held)


def _conflicts(plan: Plan) -> Iterator[Conflict]:
    finish, learner = _finish(plan), plan.program.learner
    rules = rules_of(plan.earliest[GOAL])
    for kind, day in ((ConflictKind.DEADLINE, learner.deadline), (ConflictKind.FINISH_BY, plan.finish_by)):
        if day is not None and finish > day.toordinal():
            missing = finish - day.toordinal()
            yield Conflict(kind=kind, rules=(kind.value, *rules), days=missing, on=day)
    if learner.budget is not None and plan.cost > learner.budget:
        yield Conflict(kind=ConflictKind.BUDGET, rules=("budget",), amount=plan.cost - learner.budget)
    if plan.latest is None:
        yield Conflict(kind=ConflictKind.NO_LATEST, rules=("target",), on=plan.program.date(plan.target))


def _names(plan: Plan) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Ids and names of everything that the timeline speaks of, and of credentials that share their id with a step."""
    pathway, route = plan.program.pathway, plan.compiled.route
    steps = [node.step for node in route.nodes.values() if node.step is not None]
    credentials: list[str] = [credential for step in steps for credential in step.grants]
    credentials += [held.credential for held in plan.program.learner.holds]
    papers: dict[str, str] = {credential: pathway.credential(credential).name for credential in credentials}
    missing = (leaf.step for _, leaf in route.taken_as_met if isinstance(leaf, Needs))
    named: dict[str, str] = {step_id: pathway.step(step_id).name for step_id in missing}
    named.update({node.id: node.step.name for node in route.nodes.values() if node.step is not None})
    shared = {credential: name for credential, name in papers.items() if credential in named}
    return tuple(sorted((papers | named).items())), tuple(sorted(shared.items()))
