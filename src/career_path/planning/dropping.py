"""Rules that may be dropped: their names in a fixed order, and the documents without some of them.

Given, and never dropped: which steps a plan has to have, how long they take, the learner's pace and the absences that
make work pause, records, and today. That there are no hours a week, at all or after some day, is a rule where asked. A
rule is what its name says, so leaves of one step that say the same are dropped together. Everything is done to the
documents themselves; who plans with them again sees the same.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final

import attrs

from career_path.days.spans import MOST_DAYS, ZERO, Span
from career_path.model.learner import HoursPeriod, Learner
from career_path.model.pathway import AbsencePolicy, Cohorts, Pathway, Step
from career_path.model.requirements import (
    AllOf,
    AnyOf,
    AtLeast,
    Holds,
    Leaf,
    Needs,
    Order,
    Requirement,
    Worked,
    canonical,
    distinct,
    leaves,
)
from career_path.model.sittings import Round
from career_path.model.weekly import MOST_WEEKLY_HOURS
from career_path.planning.program import Program
from career_path.planning.retakes import Attempts
from career_path.planning.texts import GOAL, rule_name

__all__ = ["date_limits", "droppable", "dropped", "loosened", "pin_names"]

_LONG_BEFORE: Final = Span(years=-100)
"""As a lag it never binds, and what is needed still comes first in the order of a route."""
_COUNTED: Final = re.compile(r", \d+ failed\Z")


def pin_names(learner: Learner) -> tuple[str, ...]:
    """The names of what a learner avoids and chooses.

    >>> pin_names(Learner(choose=["class"], avoid=["online"]))
    ('avoid online', 'choose class')
    """
    return (*(f"avoid {pin}" for pin in sorted(learner.avoid)), *(f"choose {pin}" for pin in sorted(learner.choose)))


def droppable(program: Program, *, with_hours: bool = False) -> tuple[str, ...]:
    """The names of all rules that may be dropped, in the order in which they are: the learner's own wishes last.

    The pace is given. With hours it comes first that the learner has none a week, at all or after some day.

    Rules of steps that no route can have are not among them, nor deadline, budget and the day to finish by.

    >>> from career_path import Learner, Pathway, Step
    >>> steps = [Step("school"), Step("job", requires=Needs("school", lag="P7D", within="P90D"))]
    >>> learner = Learner(start=dt.date(2027, 2, 1), avoid=["school"])
    >>> day = dt.date(2027, 1, 4)
    >>> for name in droppable(Program.of(Pathway("p", goal="job", steps=steps), learner, today=day, horizon=day)):
    ...     print(name)
    goal: job
    steps.job.requires: school lag P7D
    steps.job.requires: school within P90D
    start
    avoid school
    """
    pathway, learner = program.pathway, program.learner
    found = {name for _, leaf in leaves(pathway.goal) for name in _leaf_names(program, GOAL, leaf)}
    for step in _reachable(pathway):
        found.update(_step_names(program, step))
        found.update(name for _, leaf in leaves(step.requires) for name in _leaf_names(program, step.id, leaf))
    hours = _no_hours(learner) if with_hours else None
    start = ["start"] if learner.start is not None else []
    return (*([] if hours is None else [hours]), *sorted(found), *start, *pin_names(learner))


def _no_hours(learner: Learner) -> str | None:
    """The name of the rule that there are no hours a week; None where they go on, or are not known."""
    if learner.weekly_hours is None:
        return None
    some, end = _last_hours(learner.weekly_hours)
    if not some:
        return "hours"
    return None if end is None else f"hours through {end}"


def _last_hours(periods: Sequence[HoursPeriod]) -> tuple[tuple[HoursPeriod, ...], dt.date | None]:
    """The periods through the last one that has hours, and its last day; no day where it goes on for good."""
    some = tuple(periods[: max((place for place, each in enumerate(periods, start=1) if each.hours), default=0)])
    return some, some[-1].through if some else None


def _with_hours(learner: Learner) -> Learner:
    """The learner whose last hours a week go on for good; who has none has all there are."""
    some, _ = _last_hours(learner.weekly_hours or ())
    last = [attrs.evolve(each, through=None) for each in some[-1:]] or [HoursPeriod(hours=MOST_WEEKLY_HOURS)]
    return attrs.evolve(learner, weekly_hours=[*some[:-1], *last])


def _reachable(pathway: Pathway) -> Iterator[Step]:
    """The steps that some route may have."""
    seen: set[str] = set()
    waiting = list(_asked(pathway, pathway.goal))
    while waiting:
        step_id = waiting.pop()
        if step_id in seen:
            continue
        seen.add(step_id)
        step = pathway.step(step_id)
        yield step
        waiting.extend(_asked(pathway, step.requires))
        waiting.extend(cap.since for cap in (step.retakes.caps if step.retakes else ()) if cap.since is not None)


def _asked(pathway: Pathway, requirement: Requirement) -> Iterator[str]:
    for _, leaf in leaves(requirement):
        match leaf:
            case Needs():
                yield leaf.step
            case Holds():
                yield from (step.id for step in pathway.granting(leaf.credential))
            case Worked():
                yield from (step.id for step in pathway.employing(leaf))
            case _:
                pass


def _step_names(program: Program, step: Step) -> Iterator[str]:
    """The rules of a step itself; when one that is under way is done is given."""
    record = program.record(step.id)
    is_running = record is not None and record.finished is None and not record.is_waived
    if step.opens is not None and not is_running:
        yield f"steps.{step.id}.opens"
    if step.absence_policy is AbsencePolicy.FORBID and program.learner.absences and not is_running:
        yield f"steps.{step.id}.absence"
    yield from program.attempts(step).rules


def _leaf_names(program: Program, owner: str, leaf: Leaf) -> Iterator[str]:
    """The rules of one leaf. What a recorded step asked for before it began is behind the learner, and given."""
    if not isinstance(leaf, Needs):
        yield rule_name(owner, leaf)
        return
    may_move = owner == GOAL or program.record(owner) is None or _still_asks(program, owner, leaf)
    if leaf.order is Order.AFTER and may_move:
        yield rule_name(owner, leaf, "lag")
    if leaf.rounds:
        yield rule_name(owner, leaf, "rounds")
    if leaf.within is not None:
        yield rule_name(owner, leaf, "within")
    if leaf.by is not None and may_move:
        yield rule_name(owner, leaf, "by")


def _still_asks(program: Program, owner: str, leaf: Needs) -> bool:
    """Whether a step on record asks for something that is still to come, by some day."""
    record = program.record(leaf.step)
    if record is not None and (record.finished is not None or record.is_waived):
        return False
    begun = (node for node in program.nodes(owner) if node.is_recorded and node.start.day is not None)
    return any(program.may_still_follow(node, leaf) for node in begun)


def dropped(pathway: Pathway, learner: Learner, names: Collection[str]) -> tuple[Pathway, Learner]:
    """The same documents without the rules of these names.

    A lag that is dropped leaves what is needed in the plan, in any order; where there are rounds it still comes first.
    What is held, an age, work, a place or a fact counts as given; steps that would have brought it may be there all the
    same, so that who chose them can have them. A step without its opening may start on any day; one that had cohorts
    takes as long as the shortest of them. Hours a week that end go on as they were last; of none there are all of them.

    >>> from career_path import Learner, Pathway, Step
    >>> path = Pathway("p", goal="job", steps=[Step("job", requires=Needs("school", within="P9D")), Step("school")])
    >>> free, _ = dropped(path, Learner(), ["steps.job.requires: school", "steps.job.requires: school within P9D"])
    >>> free.step("job").requires
    Needs('school', order='any')
    """
    gone = frozenset(names)
    chosen = [pin for pin in learner.choose if f"choose {pin}" not in gone]
    source = pathway if chosen else None
    if _no_hours(learner) in gone:
        learner = _with_hours(learner)
    edited = _mapped(pathway, lambda owner, leaf: _without(owner, leaf, gone, source))
    steps = [_freed(step, learner, gone) for step in edited.steps]
    if steps != list(edited.steps):
        edited = attrs.evolve(edited, steps=steps)
    return edited, attrs.evolve(
        learner,
        start=None if "start" in gone else learner.start,
        choose=chosen,
        avoid=[pin for pin in learner.avoid if f"avoid {pin}" not in gone],
    )


def _mapped(pathway: Pathway, change: Callable[[str, Leaf], Requirement]) -> Pathway:
    """The pathway with every leaf changed."""
    goal = _changed(GOAL, pathway.goal, change)
    steps = [_with_requires(step, _changed(step.id, step.requires, change)) for step in pathway.steps]
    return attrs.evolve(pathway, goal=goal, steps=steps)


def _with_requires(step: Step, requires: Requirement) -> Step:
    return step if requires is step.requires else attrs.evolve(step, requires=requires)


def _changed(owner: str, requirement: Requirement, change: Callable[[str, Leaf], Requirement]) -> Requirement:
    match requirement:
        case AllOf() | AnyOf():
            options = [_changed(owner, option, change) for option in requirement.of]
            is_same = all(map(_is, options, requirement.of))
            return requirement if is_same else type(requirement)(*options)
        case AtLeast():
            before = distinct(requirement)
            options = [_changed(owner, option, change) for option in before]
            is_same = all(map(_is, options, before))
            return requirement if is_same else AtLeast(requirement.k, *_kept_apart(options))
        case _:
            return change(owner, requirement)


def _is(one: object, other: object) -> bool:
    return one is other


def _kept_apart(options: Sequence[Requirement]) -> Iterator[Requirement]:
    """The same options, written so that no two of them count as one."""
    seen: set[str] = set()
    for option in options:
        apart = option
        while canonical(apart) in seen:
            apart = AllOf(apart)
        seen.add(canonical(apart))
        yield apart


def _without(owner: str, leaf: Leaf, gone: Collection[str], source: Pathway | None) -> Requirement:
    if not isinstance(leaf, Needs):
        return _given(owner, leaf, source) if rule_name(owner, leaf) in gone else leaf
    free = leaf
    if leaf.within is not None and rule_name(owner, leaf, "within") in gone:
        free = attrs.evolve(free, within=None, extensions=None)
    if leaf.by is not None and rule_name(owner, leaf, "by") in gone:
        free = attrs.evolve(free, by=None)
    if leaf.rounds and rule_name(owner, leaf, "rounds") in gone:
        free = attrs.evolve(free, rounds=())
    if leaf.order is Order.AFTER and rule_name(owner, leaf, "lag") in gone:
        if free.rounds:
            return attrs.evolve(free, lag=_LONG_BEFORE)
        return attrs.evolve(free, lag=ZERO, order=Order.ANY)
    return free


def _given(owner: str, leaf: Leaf, source: Pathway | None) -> Requirement:
    """Nothing, or any step of a pathway, if one is named, that would have brought what a leaf asks for."""
    bringing: tuple[Step, ...] = ()
    if source is not None and isinstance(leaf, Holds):
        bringing = source.granting(leaf.credential)
    elif source is not None and isinstance(leaf, Worked):
        bringing = source.employing(leaf)
    options = [Needs(step.id, order=Order.ANY) for step in bringing if step.id != owner]
    return AnyOf(AllOf(), *options) if options else AllOf()


def _freed(step: Step, learner: Learner, gone: Collection[str]) -> Step:
    """The step without its opening, its absences and some rules on attempts."""
    if f"steps.{step.id}.opens" in gone and step.opens is not None:
        step = _always_open(step)
    if f"steps.{step.id}.absence" in gone and step.absence_policy is AbsencePolicy.FORBID:
        step = attrs.evolve(step, absence=AbsencePolicy.IGNORE)
    if step.retakes is not None:
        bases = {_COUNTED.sub("", name) for name in gone}
        retakes = Attempts(step, learner).without(bases)
        step = step if retakes == step.retakes else attrs.evolve(step, retakes=retakes)
    return step


def _always_open(step: Step) -> Step:
    if not isinstance(step.opens, Cohorts):
        return attrs.evolve(step, opens=None)
    days = min((cohort.finish - cohort.start).days for cohort in step.opens.cohorts)
    load = step.load if days else None
    return attrs.evolve(step, opens=None, takes=Span(days=days), absence=step.absence_policy, load=load)


def date_limits(pathway: Pathway, names: Collection[str]) -> tuple[str, ...]:
    """Those of some rules that set a last day counted from an event: how old something may be, by when, last rounds.

    >>> from career_path import Pathway, Step
    >>> path = Pathway("p", goal="job", steps=[Step("job", requires=Needs("school", within="P9D")), Step("school")])
    >>> date_limits(path, ["steps.job.requires: school within P9D", "steps.job.requires: school"])
    ('steps.job.requires: school within P9D',)
    """
    limits = {
        rule_name(owner, leaf, part)
        for owner, requirement in ((GOAL, pathway.goal), *((step.id, step.requires) for step in pathway.steps))
        for _, leaf in leaves(requirement)
        if isinstance(leaf, Needs)
        for part in ("within", "by", "rounds")
        if getattr(leaf, part)
    }
    return tuple(name for name in names if name in limits)


def loosened(pathway: Pathway, name: str, days: int) -> Pathway:
    """The pathway in which the last day that a rule sets is so many days later.

    >>> from career_path import Pathway, Step
    >>> path = Pathway("p", goal="job", steps=[Step("job", requires=Needs("school", within="P9D")), Step("school")])
    >>> loosened(path, "steps.job.requires: school within P9D", 2).step("job").requires
    Needs('school', within='P11D')
    """

    def change(owner: str, leaf: Leaf) -> Requirement:
        if not isinstance(leaf, Needs):
            return leaf
        if leaf.within is not None and rule_name(owner, leaf, "within") == name:
            return attrs.evolve(leaf, within=_longer(leaf.within, days))
        if leaf.by is not None and rule_name(owner, leaf, "by") == name:
            return attrs.evolve(leaf, by=_longer(leaf.by, days))
        if leaf.rounds and rule_name(owner, leaf, "rounds") == name:
            *others, last = leaf.rounds
            by = last.by + dt.timedelta(days)
            return attrs.evolve(leaf, rounds=[*others, Round(by=by, on=max(last.on, by))])
        return leaf

    return _mapped(pathway, change)


def _longer(span: Span, days: int) -> Span:
    return Span(months=span.total_months, days=min(span.total_days + days, MOST_DAYS))
