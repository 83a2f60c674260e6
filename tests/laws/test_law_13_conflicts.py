"""Law 13, for conflicts: no route keeps the rules together, and without any one of them some route does.

The documents without the other rules are made here anew, in another way than the planner makes them, and then asked of
`plan` and, where it can tell, of `brute_force`, which tries every route and every day.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, combinations
from typing import NamedTuple

import attrs
import pytest

from brute_force import OutOfScopeError, TooManyRoutesError
from brute_force.case import Case as BruteCase
from brute_force.search import outcomes
from career_path.days.spans import Span
from career_path.errors import DocumentError, SearchLimitError
from career_path.model.learner import HoursPeriod
from career_path.model.pathway import Cohorts, Step
from career_path.model.requirements import AllOf, AnyOf, AtLeast, Holds, Leaf, Needs, Requirement, Worked, canonical
from career_path.model.sittings import Retakes
from career_path.model.timeline import Conflict, ConflictKind, NoRouteError
from career_path.planning import plan
from career_path.planning.dropping import droppable
from career_path.planning.program import Program
from career_path.planning.texts import GOAL, rule_name
from small_cases import TODAY, SmallCase, exam_case, paper_case, small_case, work_case

SIZES = {"steps": 20, "papers": 6, "exams": 20, "work": 20}
"""So many cases make a block; searches among papers take long."""
BLOCKS = 40 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 2
KINDS = {"steps": small_case, "papers": paper_case, "exams": exam_case, "work": work_case}
WISHES = (ConflictKind.DEADLINE, ConflictKind.FINISH_BY, ConflictKind.BUDGET)
WINDOW = dt.timedelta(days=450)


# The documents with some rules alone


def with_only(case: SmallCase, rules: Collection[str], *, of: Collection[str]) -> SmallCase:
    """The case without those of all its droppable rules that are not named."""
    gone = set(of) - set(rules)
    learner = case.learner
    days = [day for name, day in (("deadline", learner.deadline), ("finish-by", case.finish_by)) if name in rules]
    learner = attrs.evolve(
        learner,
        start=None if "start" in gone else learner.start,
        choose=[each for each in learner.choose if f"choose {each}" not in gone],
        avoid=[each for each in learner.avoid if f"avoid {each}" not in gone],
        budget=learner.budget if "budget" in rules else None,
        deadline=min((day for day in days if day is not None), default=None),
    )
    if any(rule.startswith("hours") for rule in gone):
        learner = attrs.evolve(learner, weekly_hours=going_on(learner.weekly_hours or ()))
    ways = Ways(case.pathway.steps if learner.choose else (), gone)
    pathway = attrs.evolve(
        case.pathway,
        goal=freed(GOAL, case.pathway.goal, ways),
        steps=[freed_step(step, ways) for step in case.pathway.steps],
    )
    return SmallCase(pathway, learner, "earliest", None)


def going_on(periods: Sequence[HoursPeriod]) -> list[HoursPeriod]:
    """The hours a week with the last that are any going on for good; where there are none, all 168 of a week."""
    kept = list(periods)
    while kept and not kept[-1].hours:
        kept.pop()
    return [*kept[:-1], attrs.evolve(kept[-1], through=None)] if kept else [HoursPeriod(hours=168)]


class Ways(NamedTuple):
    """The rules that are gone, and the steps that may still bring what is not asked for any more."""

    steps: Collection[Step]
    gone: Collection[str]

    def instead_of(self, owner: str, leaf: Leaf) -> Requirement:
        bringing = [
            Needs(step.id, order="any")
            for step in self.steps
            if step.id != owner
            and (
                (isinstance(leaf, Holds) and leaf.credential in step.grants)
                or (isinstance(leaf, Worked) and step.work is not None and step.work.role in leaf.roles)
            )
        ]
        return AnyOf(AllOf(), *bringing) if bringing else AllOf()


def freed(owner: str, requirement: Requirement, ways: Ways) -> Requirement:
    match requirement:
        case AllOf():
            return AllOf(*(freed(owner, each, ways) for each in requirement.of))
        case AnyOf():
            return AnyOf(*(freed(owner, each, ways) for each in requirement.of))
        case AtLeast():
            options = [freed(owner, each, ways) for each in dict.fromkeys(requirement.of)]
            if len({canonical(each) for each in options}) == len(options):
                return AtLeast(requirement.k, *options)
            return AnyOf(*(AllOf(*group) for group in combinations(options, requirement.k)))
        case _:
            return freed_leaf(owner, requirement, ways)


def freed_leaf(owner: str, leaf: Leaf, ways: Ways) -> Requirement:
    if not isinstance(leaf, Needs):
        return ways.instead_of(owner, leaf) if rule_name(owner, leaf) in ways.gone else leaf
    lost = [part for part in ("lag", "within", "by", "rounds") if rule_name(owner, leaf, part) in ways.gone]
    is_in_rounds = bool(leaf.rounds) and "rounds" not in lost
    is_free = "lag" in lost and leaf.order == "after"
    return Needs(
        leaf.step,
        of=leaf.of,
        lag=("-P100Y" if is_in_rounds else Span()) if is_free else leaf.lag,
        within=None if "within" in lost else leaf.within,
        by=None if "by" in lost else leaf.by,
        order="any" if is_free and not is_in_rounds else leaf.order,
        rounds=leaf.rounds if is_in_rounds else (),
        extensions=None if "within" in lost else leaf.extensions,
    )


def freed_step(step: Step, ways: Ways) -> Step:
    gone = ways.gone
    step = attrs.evolve(step, requires=freed(step.id, step.requires, ways), retakes=freed_retakes(step, gone))
    absence = step.absence_policy
    if f"steps.{step.id}.opens" in gone and isinstance(step.opens, Cohorts):
        shortest = min((run.finish - run.start).days for run in step.opens.cohorts)
        step = attrs.evolve(step, opens=None, takes=Span(days=shortest), absence=absence)
    elif f"steps.{step.id}.opens" in gone:
        step = attrs.evolve(step, opens=None)
    return attrs.evolve(step, absence="ignore") if f"steps.{step.id}.absence" in gone else step


def freed_retakes(step: Step, gone: Collection[str]) -> Retakes | None:
    if step.retakes is None:
        return None
    own = [rule for rule in gone if rule.startswith(f"steps.{step.id}.retakes")]
    spans = [re.search(r"\(at most (\d+)(?: in (\S+)| since (\S+))?\)", rule) for rule in own]
    capped = {tuple(found.groups()) for found in spans if found}
    waits = () if any("(wait " in rule for rule in own) else step.retakes.waits
    caps = [
        cap
        for cap in step.retakes.caps
        if (str(cap.attempts), None if cap.per is None else str(cap.per), cap.since) not in capped
    ]
    return Retakes(waits=waits, caps=caps)


# What planning them says


def has_plan(case: SmallCase) -> bool | None:
    """Whether a route has a schedule that keeps deadline and budget; None where something is not known."""
    try:
        made = plan(case.pathway, case.learner, today=TODAY, horizon=TODAY + WINDOW)
    except NoRouteError:
        return False
    except (DocumentError, SearchLimitError):
        return None
    return not any(each.kind in WISHES for each in made.conflicts)


def has_brute_force_plan(case: SmallCase) -> bool | None:
    try:
        found = [outcome for _, outcome in outcomes(BruteCase(case.pathway, case.learner, TODAY, TODAY + WINDOW))]
    except (OutOfScopeError, TooManyRoutesError, DocumentError):
        return None
    learner = case.learner
    return any(
        (learner.deadline is None or each.finish <= learner.deadline)
        and (learner.budget is None or each.cost <= learner.budget)
        for each in found
    )


def conflicts_of(case: SmallCase) -> tuple[Conflict, ...]:
    try:
        return plan(
            case.pathway,
            case.learner,
            today=TODAY,
            objective=case.objective,
            finish_by=case.finish_by,
            horizon=TODAY + WINDOW,
        ).conflicts
    except NoRouteError as error:
        return error.conflicts
    except (DocumentError, SearchLimitError):
        return ()


def smallest(case: SmallCase) -> Iterator[Conflict]:
    """The conflicts of a case that are told as minimal."""
    yield from (conflict for conflict in conflicts_of(case) if conflict.is_minimal)


def all_rules(case: SmallCase, conflict: Conflict) -> tuple[str, ...]:
    """All that may be dropped; that hours are not there only where the conflict names it."""
    program = Program.of(case.pathway, case.learner, today=TODAY, horizon=TODAY + WINDOW)
    has_hours = any(rule.startswith("hours") for rule in conflict.rules)
    return (*droppable(program, with_hours=has_hours), *(kind.value for kind in WISHES))


def drawn(kind: str, block: int) -> Iterator[SmallCase]:
    size = SIZES[kind]
    for seed in range(block * size, (block + 1) * size):
        case = KINDS[kind](seed)
        if seed % 2 and case.learner.deadline is None:  # so that more of them miss something
            case = attrs.evolve(case, learner=attrs.evolve(case.learner, deadline=TODAY + dt.timedelta(seed % 30)))
        if seed % 3 == 0:  # so that the hours of some of them end
            ending = [HoursPeriod(hours=seed % 4 * 5, through=TODAY + dt.timedelta(10 + seed % 7))]
            case = attrs.evolve(case, learner=attrs.evolve(case.learner, weekly_hours=ending))
        yield case


@pytest.mark.parametrize("block", range(BLOCKS))
@pytest.mark.parametrize("kind", KINDS)
def test_no_route_keeps_the_rules_and_one_does_without_any_of_them(kind: str, block: int) -> None:
    for case in drawn(kind, block):
        for conflict in smallest(case):
            rules, known = conflict.rules, all_rules(case, conflict)
            assert has_plan(with_only(case, rules, of=known)) is False, conflict
            for rule in rules:
                fewer = [each for each in rules if each != rule]
                assert has_plan(with_only(case, fewer, of=known)) is True, (rule, conflict)


@pytest.mark.parametrize("kind", ["steps", "papers", "exams"])
def test_trying_every_day_says_the_same(kind: str) -> None:
    judged = 0
    for case in drawn(kind, 0):
        for conflict in smallest(case):
            rules, known = conflict.rules, all_rules(case, conflict)
            answers = [has_brute_force_plan(with_only(case, rules, of=known))]
            answers += [
                has_brute_force_plan(with_only(case, [each for each in rules if each != rule], of=known))
                for rule in rules
            ]
            for answer, expected in zip(answers, [False, *[True] * len(rules)], strict=True):
                assert answer in {None, expected}, conflict
                judged += answer is not None
    assert judged > 5


def longer(case: SmallCase, rule: str, days: int) -> SmallCase:
    """The case in which the last day that a rule sets is later, written by hand for one leaf of a step or the goal."""

    def changed(owner: str, requirement: Requirement) -> Requirement:
        match requirement:
            case AllOf() | AnyOf():
                return type(requirement)(*(changed(owner, each) for each in requirement.of))
            case AtLeast():
                return AtLeast(requirement.k, *(changed(owner, each) for each in requirement.of))
            case Needs(within=Span() as span) if rule == rule_name(owner, requirement, "within"):
                return attrs.evolve(requirement, within=Span(months=span.total_months, days=span.total_days + days))
            case Needs(by=Span() as span) if rule == rule_name(owner, requirement, "by"):
                return attrs.evolve(requirement, by=Span(months=span.total_months, days=span.total_days + days))
            case Needs(rounds=(*others, last)) if rule == rule_name(owner, requirement, "rounds"):
                by = last.by + dt.timedelta(days)
                return attrs.evolve(requirement, rounds=[*others, attrs.evolve(last, by=by, on=max(by, last.on))])
            case _:
                return requirement

    steps = [attrs.evolve(step, requires=changed(step.id, step.requires)) for step in case.pathway.steps]
    return attrs.evolve(case, pathway=attrs.evolve(case.pathway, goal=changed(GOAL, case.pathway.goal), steps=steps))


LIMIT = re.compile(r" (within|by) P\S+\Z| in rounds\Z")


@pytest.mark.parametrize("kind", ["steps", "exams"])
def test_the_days_missing_are_the_fewest_that_are_enough(kind: str) -> None:
    checked = 0
    for case in chain.from_iterable(drawn(kind, block) for block in range(3)):
        for conflict in smallest(case):
            limits = [rule for rule in conflict.rules if LIMIT.search(rule)]
            if conflict.kind in WISHES or len(limits) != 1:
                continue
            alone = with_only(case, conflict.rules, of=all_rules(case, conflict))
            (limit,) = limits
            if conflict.days is None:
                assert has_plan(longer(alone, limit, 400)) is not True, conflict
                continue
            checked += 1
            assert has_plan(longer(alone, limit, conflict.days)) is True, conflict
            assert has_plan(longer(alone, limit, conflict.days - 1)) is False, conflict
    assert checked > 0
