"""Every route of a case: each way to choose among the alternatives, the cohorts and what is done again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, pairwise, product
from math import prod

import attrs

from brute_force.arithmetic import NEVER, ONE_DAY, OutOfScopeError, later, told
from brute_force.case import HELD, STILL_TO_DO, Case, likely
from brute_force.work import is_enough, jobs_of, runs_of
from career_path.days.spans import Span
from career_path.model.learner import Record
from career_path.model.pathway import Cohort, Cohorts, Pathway, Step
from career_path.model.requirements import (
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    HasFact,
    Holds,
    Leaf,
    Located,
    Needs,
    Order,
    Requirement,
    Worked,
    leaves,
)

__all__ = [
    "GOAL",
    "MOST_RENEWALS",
    "MOST_TIMES",
    "Choice",
    "Route",
    "Selection",
    "TooManyRoutesError",
    "can_still_be_met",
    "is_unbounded",
    "last_possible",
    "routes",
    "start_of",
]

MOST_GROWN = 3_000
"""How many unfinished routes are looked at before a case is too large for a test."""
MOST_RENEWALS = 3
"""As often a paper is renewed at most; whatever needs more is too long for these cases."""
MOST_TIMES = 3
"""As often a step is done to earn a paper again, the first time counted."""
GOAL = ""
"""The id of the pseudo-step whose requirement is the goal; no real step can have it."""


@attrs.frozen
class Choice:
    """A chosen leaf; for a Holds also whose paper meets it (a step, or `HELD`), for work the job and a run of days."""

    leaf: Leaf
    paper: str | None = None
    run: tuple[dt.date, dt.date] | None = None
    extended: int = 0

    @property
    def step(self) -> str | None:
        """The step that this choice brings into the route."""
        return self.leaf.step if isinstance(self.leaf, Needs) else self.paper or None


Selection = frozenset[Choice]


class TooManyRoutesError(Exception):
    """A case has more routes than can be tried in a test."""


@attrs.frozen(eq=False)
class Route:
    chosen: Mapping[str, Selection]
    redone: frozenset[str]
    cohorts: Mapping[str, tuple[Cohort, ...]]
    kept: Mapping[tuple[str, str], int] = attrs.field(factory=dict)

    @property
    def steps(self) -> list[str]:
        return sorted(step for step in self.chosen if step != GOAL)


def _selections(case: Case, requirement: Requirement, owner: str) -> list[Selection]:
    """Every way to meet a requirement."""
    match requirement:
        case Holds():
            papers = _papers(case, requirement.credential) + _papers_again(case, requirement.credential)
            return [frozenset({Choice(requirement, paper)}) for paper in papers]
        case Needs() | Aged():
            more = requirement.extensions if isinstance(requirement, Needs) else None
            most = 0 if more is None else more.at_most
            return [frozenset({Choice(requirement, extended=times)}) for times in range(most + 1)]
        case Worked():
            return _enough_work(case, requirement, owner)
        case Located() | HasFact():
            return [frozenset()] if _is_so(case, requirement) else []
        case AllOf():
            return _all_of([_selections(case, option, owner) for option in requirement.of])
        case AnyOf() | AtLeast():
            k = requirement.k if isinstance(requirement, AtLeast) else 1
            options = [_selections(case, option, owner) for option in dict.fromkeys(requirement.of) if k]
            return list(dict.fromkeys(s for some in combinations(options, k) for s in _all_of(some)))


def _enough_work(case: Case, leaf: Worked, owner: str) -> list[Selection]:
    """The work on record alone, or with that of one job, taken for some days."""
    _check_hours(case, leaf)
    runs = [(job, run) for job in jobs_of(case, leaf, owner) for run in runs_of(case, leaf, job)]
    return [frozenset({each}) for each in (Choice(leaf), *(Choice(leaf, job, run) for job, run in runs))]


def _check_hours(case: Case, leaf: Worked) -> None:
    """Hours that are asked for have to be known."""
    recorded = [each.hours for each in case.learner.employment if each.role in leaf.roles]
    planned = [case.step(job).work for job in jobs_of(case, leaf, "")]
    if leaf.hours is not None and None in [*recorded, *(work.hours for work in planned if work)]:
        raise OutOfScopeError("hours")


def _is_so(case: Case, leaf: Located | HasFact) -> bool:
    if isinstance(leaf, Located):
        if not case.learner.place:
            raise OutOfScopeError("place")
        return f"{case.learner.place}-".startswith(f"{leaf.place}-")
    known = [fact.value for fact in case.learner.facts if fact.name == leaf.fact]
    values = [str(value).lower() if isinstance(value, bool) else str(value) for value in known]
    if not values:
        raise OutOfScopeError("fact")
    return values == [leaf.is_]


def _all_of(parts: Iterable[list[Selection]]) -> list[Selection]:
    known = list(parts)
    if prod(map(len, known)) > MOST_GROWN:
        raise TooManyRoutesError
    return list(dict.fromkeys(frozenset().union(*each) for each in product(*known)))


def _papers(case: Case, credential: str) -> list[str]:
    granting = [s.id for s in case.pathway.steps if credential in s.grants and case.status(s.id) != "waived"]
    return [*([HELD] if case.learner.held(credential) else []), *granting]


def _papers_again(case: Case, credential: str) -> list[str]:
    """The same steps done a second or third time; more than there are requirements for papers is never needed."""
    asking = {(owner, leaf) for owner, leaf in _all_leaves(case.pathway) if isinstance(leaf, Holds)}
    granting = [paper for paper in _papers(case, credential) if paper != HELD]
    return [f"{paper}~{times}" for paper in granting for times in range(2, MOST_TIMES + 1)[: len(asking)]]


def _looking_back(case: Case, step: str, requirement: Requirement) -> tuple[bool, list[Selection]]:
    """Whether the records of a step already begun support its requirement, and by which leaves; the rest is met."""
    match requirement:
        case Needs():
            recorded = case.status(requirement.step) != "planned"
            is_supported = recorded or can_still_be_met(case, step, requirement)
            return is_supported, [frozenset({Choice(requirement)}) if is_supported else frozenset()]
        case Holds():
            papers = [
                paper
                for paper in _papers(case, requirement.credential)
                if paper != step and (paper == HELD or case.record(paper).finished is not None)
            ]
            found = [frozenset({Choice(requirement, paper)}) for paper in papers]
            return bool(found), found or [frozenset()]
        case Aged() | Worked() | Located() | HasFact():
            return _may_have_been_so(case, step, requirement), [frozenset()]
        case AllOf():
            parts = [_looking_back(case, step, option) for option in requirement.of]
            return all(ok for ok, _ in parts), _all_of([found for _, found in parts])
        case AnyOf() | AtLeast():
            parts = [_looking_back(case, step, option) for option in dict.fromkeys(requirement.of)]
            supported = [found for ok, found in parts if ok]
            k = requirement.k if isinstance(requirement, AtLeast) else 1
            some = combinations(supported, min(k, len(supported)))
            return len(supported) >= k, list(dict.fromkeys(s for each in some for s in _all_of(each)))


def _was_enough(case: Case, step: str, leaf: Worked) -> bool:
    """Whether there was enough work on record at the start of a step; so where that cannot be told."""
    started = start_of(case.step(step), case.record(step))
    jobs = [
        each.work.role for each in case.pathway.steps if each.work is not None and case.status(each.id) != "planned"
    ]
    hours = [each.hours for each in case.learner.employment if each.role in leaf.roles]
    if started is None or set(jobs) & set(leaf.roles) or (leaf.hours is not None and None in hours):
        return True
    return is_enough(case, leaf, started)


def _may_have_been_so(case: Case, step: str, leaf: Aged | Worked | Located | HasFact) -> bool:
    if isinstance(leaf, Aged):
        return True
    if isinstance(leaf, Worked):
        return _was_enough(case, step, leaf)
    try:
        return _is_so(case, leaf)
    except OutOfScopeError:
        return True


def can_still_be_met(case: Case, step: str, leaf: Needs) -> bool:
    if leaf.order is Order.AFTER and (leaf.rounds or not leaf.lag.is_negative):
        return False
    return last_possible(case, step, leaf) >= case.today


def last_possible(case: Case, step: str, leaf: Needs) -> dt.date:
    """The last day on which an event can still meet a leaf of a step already begun."""
    if is_unbounded(leaf):
        return NEVER
    start = told(start_of(case.step(step), case.record(step)), f"start of {step}")
    last = NEVER if leaf.by is None else later(start, leaf.by)
    if leaf.order is Order.AFTER:
        day = later(start, leaf.lag, -1) + dt.timedelta(days=5)
        while later(day, leaf.lag) > start:
            day -= ONE_DAY
        last = min(last, day)
    return last


def is_unbounded(leaf: Needs) -> bool:
    return leaf.order is Order.ANY and leaf.by is None


def start_of(step: Step, record: Record) -> dt.date | None:
    takes = likely(step)
    is_instant = takes == Span() and not isinstance(step.opens, Cohorts)
    return record.started or (record.finished if is_instant else None)


def routes(case: Case) -> Iterator[Route]:
    aged: set[str] = {
        leaf.step for _, leaf in _all_leaves(case.pathway) if isinstance(leaf, Needs) and leaf.within is not None
    }
    empty = Route({}, frozenset(), {})
    for selection in _selections(case, case.pathway.goal, GOAL):
        yield from _grow(case, attrs.evolve(empty, chosen={GOAL: selection}), aged)


def _all_leaves(pathway: Pathway) -> list[tuple[str, Leaf]]:
    found = [(GOAL, leaf) for _, leaf in leaves(pathway.goal)]
    return found + [(step.id, leaf) for step in pathway.steps for _, leaf in leaves(step.requires)]


def _grow(case: Case, route: Route, aged: set[str]) -> Iterator[Route]:
    case.grown += 1
    if case.grown > MOST_GROWN:
        raise TooManyRoutesError
    wanted = {choice.step for selection in route.chosen.values() for choice in selection} - {None}
    missing = sorted(step for step in wanted if step is not None and step not in route.chosen)
    if not missing:
        is_sound = _is_well_founded(case, route) and _is_as_pinned(case, route) and _redoes_what_ages(case, route)
        if is_sound and _does_again_in_order(case, route) and _does_again_what_attempts_ask(case, route):
            yield from _renewed(case, route)
        return
    step = missing[0]
    status = case.status(step)
    is_asked = any(step in case.asked_again(other.id) for other in case.pathway.steps)
    may_redo = (status == "finished" and step in aged) or (status in {"finished", "waived"} and is_asked)
    for redone in (False, True) if may_redo else (False,):
        is_todo = redone or status in STILL_TO_DO
        if is_todo and case.has_no_attempt_left(step):
            continue
        for cohorts in _cohort_sides(case.step(step)) if is_todo else [()]:
            for selection in _step_selections(case, step, is_redone=redone):
                grown = Route(
                    {**route.chosen, step: selection},
                    route.redone | ({step} if redone else set()),
                    {**route.cohorts, **({step: cohorts} if cohorts else {})},
                )
                yield from _grow(case, grown, aged)


def _renewed(case: Case, route: Route) -> Iterator[Route]:
    """A route with each of its papers renewed up to so many times."""
    used = {
        (choice.paper or HELD, choice.leaf.credential)
        for selection in route.chosen.values()
        for choice in selection
        if isinstance(choice.leaf, Holds)
    }
    papers = sorted(paper for paper in used if case.pathway.credential(paper[1]).renewal is not None)
    for times in product(range(MOST_RENEWALS + 1), repeat=len(papers)):
        yield attrs.evolve(route, kept=dict(zip(papers, times, strict=True)))


def _does_again_in_order(case: Case, route: Route) -> bool:
    """Whether later times are there only after earlier ones, and at most one for each requirement of a paper."""
    for step in route.steps:
        first, _, times = step.partition("~")
        before = first if times == "2" else f"{first}~2"
        is_begun = case.record(before).started is not None or case.record(before).finished is not None
        if times and before not in route.steps and not is_begun:
            return False
    again: dict[tuple[str, Leaf], set[str]] = {}
    for step, selection in route.chosen.items():
        for choice in selection:
            if choice.paper is not None and "~" in choice.paper:
                again.setdefault((step.split("~")[0], choice.leaf), set()).add(choice.paper)
    return all(len(papers) == 1 for papers in again.values())


def _cohort_sides(step: Step) -> list[tuple[Cohort, ...]]:
    """The cohorts of a step, as largest sets in which a later start never means an earlier finish."""
    if not isinstance(step.opens, Cohorts):
        return [()]
    every = step.opens.cohorts
    chains = [
        set(some)
        for count in range(1, len(every) + 1)
        for some in combinations(every, count)
        if all(a.start < b.start and a.finish <= b.finish for a, b in pairwise(some))
    ]
    largest = [chain for chain in chains if not any(chain < other for other in chains)]
    return [tuple(cohort for cohort in every if cohort in chain) for chain in largest]


def _step_selections(case: Case, step: str, *, is_redone: bool) -> list[Selection]:
    status, requires = case.status(step), case.step(step).requires
    if status == "waived" and not is_redone:
        return [frozenset()]
    if is_redone or status in STILL_TO_DO:
        again = [[frozenset({Choice(Needs(other))})] for other in case.asked_again(step)]
        return _all_of([_selections(case, requires, step), *again])
    return _looking_back(case, step, requires)[1]


def _is_well_founded(case: Case, route: Route) -> bool:
    """Whether the steps still to be done can be put in an order; what is recorded stands by itself."""
    todo = {step for step in route.steps if case.status(step, route.redone) in STILL_TO_DO}
    waits: dict[str, set[str]] = {}
    for step in todo:
        chosen = [c for c in route.chosen[step] if not (isinstance(c.leaf, Needs) and c.leaf.order is Order.ANY)]
        waits[step] = {c.step for c in chosen if c.step in todo and c.step is not None}
    while waits:
        free = {step for step, others in waits.items() if not others & waits.keys()}
        if not free:
            return False
        waits = {step: others for step, others in waits.items() if step not in free}
    return True


def _redoes_what_ages(case: Case, route: Route) -> bool:
    """Whether everything done again is asked to be fresh by the goal or by a step still to be done."""
    asked = {
        choice.leaf.step
        for step, selection in route.chosen.items()
        if step == GOAL or case.status(step, route.redone) in STILL_TO_DO
        for choice in selection
        if isinstance(choice.leaf, Needs) and choice.leaf.within is not None
    }
    asked = {step for step in asked if case.status(step) == "finished"}
    return route.redone <= asked | _asked_by_attempts(case, route)


def _asked_by_attempts(case: Case, route: Route) -> set[str]:
    todo = [step for step in route.steps if case.status(step, route.redone) in STILL_TO_DO]
    return {other for step in todo for other in case.asked_again(step)}


def _does_again_what_attempts_ask(case: Case, route: Route) -> bool:
    asked = _asked_by_attempts(case, route)
    return all(case.status(step, route.redone) not in {"finished", "waived"} for step in asked if step in route.steps)


def _is_as_pinned(case: Case, route: Route) -> bool:
    learner = case.learner
    todo = {step for step in route.steps if case.status(step, route.redone) in STILL_TO_DO}
    granted = {c for step in route.steps if case.status(step) != "waived" for c in case.step(step).grants}
    there = {*route.steps, *granted, *(held.credential for held in learner.holds if case.is_at_hand(held))}
    avoided = {*todo, *(c for step in todo for c in case.step(step).grants)}
    return there >= set(learner.choose) and not avoided & set(learner.avoid)
