"""Why a plan does without a step or a credential: the best plan with it, laid beside the best of all.

To choose a step is to plan among the routes that have it, so that the plan with it is as exact as any.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple, assert_never

import attrs

from career_path.days.numbers import check_date
from career_path.errors import UnknownIdError
from career_path.model.entries import resolved_for
from career_path.model.learner import Learner
from career_path.model.not_taken import Decider, RouteNotTaken, Standing, first_step
from career_path.model.parts import check_part
from career_path.model.pathway import Pathway
from career_path.model.text import check_text, step_of
from career_path.model.timeline import NoRouteError, NoticeKind, PlannedStep, Status, Timeline
from career_path.planning.leading import Leading
from career_path.planning.objective import Balanced, Objective
from career_path.planning.planner import plan
from career_path.planning.program import Program

__all__ = ["why_not"]

_Planner = Callable[[Learner], Timeline]


def why_not(
    pathway: Pathway,
    learner: Learner,
    name: str,
    *,
    today: dt.date,
    objective: Objective = "earliest",
    finish_by: dt.date | None = None,
) -> RouteNotTaken:
    """Why the plan does without a step or credential: the best plan with it, and in what that one is not as good.

    Where no plan has it, the answer says why: what the learner chose or avoids, what is recorded, that the goal has no
    use for it, or what stands in the way.

    >>> from career_path import AnyOf, Step
    >>> steps = [Step("mail", takes="P4W", cost=0), Step("express", takes="P3D", cost=60), Step("gift", cost=0)]
    >>> path = Pathway("p", goal=AnyOf("mail", "express"), steps=steps)
    >>> found = why_not(path, Learner(), "mail", today=dt.date(2027, 1, 4))
    >>> found.standing.value, found.decided_by.value, found.diff.days, str(found.diff.cost)
    ('not-best', 'finish', 25, '-60')
    >>> why_not(path, Learner(), "gift", today=dt.date(2027, 1, 4)).standing.value
    'off-goal'

    Raises:
        UnknownIdError: the pathway has no such step or credential.
        NoRouteError: there is no plan at all.
        SearchLimitError: more choices than `plan` looks at.
        DocumentError: the learner does not fit the pathway, or something that a rule needs is not known.
        InvalidValueError: an argument is of another kind than it has to be.
    """
    check_part(pathway, Pathway, "pathway")
    check_part(learner, Learner, "learner")
    resolved = resolved_for(pathway, learner, today=check_date(today, "today"))
    _check_known(resolved, check_text(name, "name"))

    def planned(who: Learner) -> Timeline:
        return plan(pathway, who, today=today, objective=objective, finish_by=finish_by)

    asked = _Asked(resolved, learner, name, planned(learner))
    return asked.in_plan() or asked.beside(planned, objective) or asked.nowhere(planned)


def _check_known(pathway: Pathway, name: str) -> None:
    known = [*(str(step.id) for step in pathway.steps), *(str(each.id) for each in pathway.credentials)]
    if name not in known:
        raise UnknownIdError("step or credential in this pathway", name, tuple(known))


class _Pin(NamedTuple):
    """What the learner chose or avoids."""

    word: str
    name: str


@attrs.frozen(eq=False, repr=False)
class _Asked:
    """A step or credential of a resolved pathway that is asked about, and the plan as it is."""

    pathway: Pathway
    learner: Learner
    name: str
    plan: Timeline

    def in_plan(self) -> RouteNotTaken | None:
        """That the plan has it; None if it does without."""
        found = [step.id for step in self.plan.steps if self._has(step)]
        program = Program.of(self.pathway, self.learner, today=self.plan.today, horizon=self.plan.horizon)
        return self._answer(Standing.IN_PLAN, steps=found) if found or program.is_at_hand(self.name) else None

    def _has(self, step: PlannedStep) -> bool:
        is_granted = step.status is not Status.WAIVED and self.name in self.pathway.step(step_of(step.id)).grants
        return step_of(step.id) == self.name or is_granted

    def beside(self, planned: _Planner, objective: Objective) -> RouteNotTaken | None:
        """The best plan with it beside the plan as it is; None if nothing but a record less could give one."""
        pins = [_Pin("choose", str(each)) for each in self.learner.choose]
        pins += [_Pin("avoid", str(each)) for each in self.learner.avoid]
        other = self._with(pins, planned)
        if other is not None:
            decided_by = _decider(self.plan, other, self.learner, objective)
            return self._answer(Standing.NOT_BEST, other=other, decided_by=decided_by)
        other = self._with([], planned) if pins else None
        if other is None:
            return None
        kept: list[_Pin] = []
        for pin in pins:
            more = self._with([*kept, pin], planned)
            if more is not None:
                kept.append(pin)
                other = more
        given_up = tuple(f"{pin.word} {pin.name}" for pin in pins if pin not in kept)
        return self._answer(Standing.PINNED, other=other, given_up=given_up)

    def _with(self, pins: Iterable[_Pin], planned: _Planner) -> Timeline | None:
        """The best plan that has it and keeps to some of what was chosen and avoided; None if there is none."""
        try:
            return planned(self._choosing(pins))
        except NoRouteError:
            return None

    def _choosing(self, pins: Iterable[_Pin]) -> Learner:
        pins = list(pins)
        choose = [*(pin.name for pin in pins if pin.word == "choose"), self.name]
        return attrs.evolve(self.learner, choose=choose, avoid=[pin.name for pin in pins if pin.word == "avoid"])

    def nowhere(self, planned: _Planner) -> RouteNotTaken:
        """Why no plan has it, whatever is chosen and avoided."""
        leading = Leading(self.pathway, self.learner)
        steps = [str(step.id) for step in self.pathway.steps if self.name in (step.id, *step.grants)]
        if not steps:
            return self._answer(Standing.NOT_GRANTED)
        useful = [each for each in steps if leading.is_of_use(each)]
        if not useful:
            return self._answer(Standing.OFF_GOAL)
        for standing, found in (
            (Standing.RECORDED, [leading.records_instead(each) for each in useful]),
            (Standing.NEEDS_ITSELF, [leading.needed_by_all(each) for each in useful]),
        ):
            if all(found):
                return self._answer(standing, steps=dict.fromkeys(name for each in found for name in each))
        try:
            planned(self._choosing([]))
        except NoRouteError as error:
            return self._answer(Standing.NO_ROUTE, names=error.timeline.names, conflicts=error.conflicts)
        raise AssertionError  # pragma: no cover (`beside` found none)

    def _answer(
        self,
        standing: Standing,
        *,
        steps: Iterable[str] = (),
        names: Iterable[tuple[str, str]] = (),
        **found: object,
    ) -> RouteNotTaken:
        """The answer, with the names of all that it speaks of."""
        told = tuple(steps)
        named = (self.name, *told, *self.learner.choose, *self.learner.avoid)
        return RouteNotTaken(
            name=self.name,
            title=self._title(self.name),
            standing=standing,
            plan=self.plan,
            steps=told,
            names=tuple(sorted((dict(names) | {str(each): self._title(each) for each in named}).items())),
            **found,  # type: ignore[arg-type]
        )

    def _title(self, name: str) -> str:
        is_step = any(step.id == step_of(name) for step in self.pathway.steps)
        return self.pathway.step(step_of(name)).name if is_step else self.pathway.credential(name).name


def _decider(plan: Timeline, other: Timeline, learner: Learner, objective: Objective) -> Decider:
    """The first thing in which two plans are not equally good."""
    points = zip(_points(plan, learner, objective), _points(other, learner, objective), strict=False)
    return next((mine.by for mine, theirs in points if mine.value != theirs.value), Decider.IDS)


class _Point(NamedTuple):
    """Something by which plans are told apart; the less, the better."""

    by: Decider
    value: object


def _points(timeline: Timeline, learner: Learner, objective: Objective) -> Iterator[_Point]:
    """All by which plans are told apart, in the order in which it counts."""
    yield _Point(Decider.FINISH_BY, not timeline.is_latest)
    if timeline.is_latest:
        yield _Point(Decider.BUDGET, _misses_budget(timeline, learner))
        first = first_step(timeline)
        begins = None if first is None else first.start
        yield _Point(Decider.BEGIN, -(begins or dt.date.max).toordinal())
        yield from _points_of("cheapest", timeline)
    else:
        deadline, finish = learner.deadline, timeline.finish
        yield _Point(Decider.DEADLINE, deadline is not None and finish is not None and finish > deadline)
        yield _Point(Decider.BUDGET, _misses_budget(timeline, learner))
        yield from _points_of(objective, timeline)
        yield _Point(Decider.RECORDS, _ways_broken(timeline))
    yield from _ties(timeline)


def _misses_budget(timeline: Timeline, learner: Learner) -> bool:
    return learner.budget is not None and timeline.cost.amount > learner.budget


def _points_of(objective: Objective, timeline: Timeline) -> Iterator[_Point]:
    assert timeline.finish is not None
    finish, amount = timeline.finish.toordinal(), timeline.cost.amount
    unknown, cost = _Point(Decider.UNKNOWN, len(timeline.cost.unknown)), _Point(Decider.COST, amount)
    match objective:
        case "earliest":
            yield from (_Point(Decider.FINISH, finish), unknown, cost)
        case "cheapest":
            # Of plans made backward from a day the finish does not count.
            yield from (unknown, cost, *([] if timeline.is_latest else [_Point(Decider.FINISH, finish)]))
        case Balanced(per_day):
            yield from (unknown, _Point(Decider.BALANCE, (amount + per_day * Decimal(finish), finish)))
        case _:  # pragma: no cover
            assert_never(objective)


def _ways_broken(timeline: Timeline) -> int:
    """How many rules the records break that another way would not ask for."""
    notices = (each for each in timeline.notices if each.kind is NoticeKind.RECORD_BREAKS_RULE)
    return sum(not any(".retakes" in rule for rule in each.detail) for each in notices)


def _ties(timeline: Timeline) -> Iterator[_Point]:
    """What decides between plans that are equally good."""
    ids = [step.id for step in timeline.steps]
    renewed = {(use.credential, use.granted_by): len(use.renewals) for use in timeline.papers}
    extended = (int(each.detail[1]) for each in timeline.notices if each.kind is NoticeKind.WINDOW_EXTENDED)
    yield _Point(Decider.REDONE, sum(step.status is Status.REDO for step in timeline.steps))
    yield _Point(Decider.RENEWALS, sum(renewed.values()))
    yield _Point(Decider.EXTENSIONS, sum(extended))
    yield _Point(Decider.STEPS, len(ids))
    yield _Point(Decider.IDS, sorted(ids))
