"""All routes with their dates, and the best of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import attrs

from brute_force.arithmetic import OutOfScopeError
from brute_force.bounds import Rules, Schedule
from brute_force.case import HELD, STILL_TO_DO, Case, likely
from brute_force.results import Outcome, Placed, Result
from brute_force.routes import (
    GOAL,
    TooManyRoutesError,
    routes,
)
from brute_force.schedules import earliest, latest
from career_path.days.durations import Effort
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway
from career_path.model.requirements import (
    Event,
    Needs,
)

__all__ = ["TooManyRoutesError", "best", "outcomes"]

MOST_ROUTES = 200


def outcomes(case: Case) -> list[tuple[Rules, Outcome]]:
    """Every route that has a schedule in the window, at its earliest dates."""
    for step in case.pathway.steps:
        takes = likely(step)
        is_open = case.status(step.id) in {"planned", "running"}
        if is_open and isinstance(takes, Effort) and takes.hours and case.learner.weekly_hours is None:
            raise OutOfScopeError("weekly_hours")
    found: list[tuple[Rules, Outcome]] = []
    for count, route in enumerate(routes(case)):
        if count == MOST_ROUTES:
            raise TooManyRoutesError
        rules = Rules(case, route)
        dates = earliest(rules)
        if dates is not None:
            found.append((rules, _outcome(rules, dates)))
    return found


def _outcome(rules: Rules, dates: Schedule) -> Outcome:
    case, route = rules.case, rules.route
    todo = [(step, case.step(step).cost) for step in route.steps if rules.status(step) in STILL_TO_DO]
    prices = [(step, None if cost is None else cost.amount) for step, cost in todo]
    acts = 0
    for (paper, credential), times in route.kept.items():
        granted = None if paper == HELD else dates.event(paper, Event.FINISH)
        renewed, _ = case.kept(credential, granted, times)
        rule = case.pathway.credential(credential).renewal
        assert rule is not None
        prices += [(credential, rule.fee[0].amount if rule.fee else None)] * len(renewed)
        acts += len(renewed)
    extensions = 0
    for choice in (choice for selection in route.chosen.values() for choice in selection):
        if choice.extended and isinstance(choice.leaf, Needs) and choice.leaf.extensions is not None:
            prices += [(choice.leaf.step, choice.leaf.extensions.cost)] * choice.extended
            extensions += choice.extended
    again = [step for step in route.steps if rules.status(step) == "redo"]
    odd = [
        step
        for step in again
        if "~" in step
        and step.split("~")[0] in route.steps
        and dates.event(step, Event.FINISH) < dates.event(step.split("~")[0], Event.FINISH)
    ]
    return Outcome(
        finish=dates.event(GOAL, Event.START),
        cost=sum((price for _, price in prices if price is not None), Decimal(0)),
        unknown=tuple(sorted(name for name, price in prices if price is None)),
        redone=tuple(again),
        renewals=acts,
        extensions=extensions,
        odd=len(odd),
        steps=tuple(
            Placed(id=step, status=rules.status(step), start=dates.start[step], finish=dates.finish[step])
            for step in route.steps
        ),
    )


def _with_latest(rules: Rules, outcome: Outcome, target: dt.date) -> Outcome:
    dates = latest(rules, target)

    top = max(rules.case.last_day, target)

    def placed(step: Placed) -> Placed:
        if step.status in {"finished", "waived"}:
            return attrs.evolve(step, latest_start=step.start, latest_finish=step.finish)
        if dates is None:
            return step
        start, finish = dates.start[step.id], dates.finish[step.id]
        is_unbounded = step.status == "running" and finish == top
        return attrs.evolve(step, latest_start=start, latest_finish=None if is_unbounded else finish)

    latest_goal = None if dates is None else dates.event(GOAL, Event.START)
    return attrs.evolve(outcome, steps=tuple(map(placed, outcome.steps)), latest_goal=latest_goal)


def best(
    pathway: Pathway,
    learner: Learner,
    *,
    today: dt.date,
    objective: object = "earliest",
    finish_by: dt.date | None = None,
    last_day: dt.date,
) -> Result | None:
    """The best plan by trying all of them; None if no route has a schedule that ends by `last_day`.

    `objective` is `earliest`, `cheapest`, or any value with an attribute `per_day`. `last_day` must leave room for
    everything, also for latest dates after the goal.

    Raises:
        OutOfScopeError: the planner refuses such a case.
    """
    case = Case(pathway, learner, today, last_day)
    found = outcomes(case)
    if finish_by is not None:
        target = min(learner.deadline or finish_by, finish_by)
        in_time = [(rules, _with_latest(rules, o, target)) for rules, o in found if o.finish <= target]
        if in_time:
            return _result(case, in_time, objective, target=target, is_latest=True)
    return _result(case, found, objective, target=learner.deadline or finish_by)


def _result(
    case: Case,
    found: list[tuple[Rules, Outcome]],
    objective: object,
    *,
    target: dt.date | None,
    is_latest: bool = False,
) -> Result | None:
    keys = [_key(case, outcome, objective, is_latest=is_latest) for _, outcome in found]
    if not keys:
        return None
    tied = [pair for pair, key in zip(found, keys, strict=True) if key == min(keys)]
    full = [_with_latest(rules, outcome, target or outcome.finish) for rules, outcome in tied]
    ranks = [
        (len(outcome.redone), outcome.renewals, outcome.extensions, outcome.odd, len(outcome.steps), outcome.ids)
        for outcome in full
    ]
    equals = [outcome for outcome, rank in zip(full, ranks, strict=True) if rank == min(ranks)]
    return Result(ties=tuple(full), equals=tuple(dict.fromkeys(equals)), is_latest=is_latest)


def _key(case: Case, outcome: Outcome, objective: object, *, is_latest: bool) -> tuple[Fraction | int, ...]:
    learner = case.learner
    is_late = learner.deadline is not None and outcome.finish > learner.deadline
    is_dear = learner.budget is not None and outcome.cost > learner.budget
    finish, unknown, cost = outcome.finish.toordinal(), len(outcome.unknown), Fraction(outcome.cost)
    if is_latest:
        wish: tuple[Fraction | int, ...] = (-outcome.first_act.toordinal(), unknown, cost)
    elif objective == "earliest":
        wish = (finish, unknown, cost)
    elif objective == "cheapest":
        wish = (unknown, cost, finish)
    else:
        per_day: object = getattr(objective, "per_day")  # noqa: B009 (any value with this attribute will do)
        assert isinstance(per_day, (int, Decimal, Fraction))
        wish = (unknown, cost + Fraction(per_day) * (finish - case.today.toordinal()), finish, cost)
    return (2 * is_late + is_dear, *wish)
