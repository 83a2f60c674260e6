"""Law 8 for the whole front: what brute force finds unbeaten in finish day, cost and money, and nothing else.

What a plan must be for one objective is judged in `test_law_04_brute_force`; here all routes of each case are tried.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from random import Random

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from brute_force import MOST_RENEWALS, MOST_TIMES, Outcome, OutOfScopeError, TooManyRoutesError, outcomes
from brute_force.case import Case as EveryCase
from career_path.days.durations import Estimate
from career_path.days.spans import Span
from career_path.errors import DocumentError
from career_path.model.learner import Learner
from career_path.model.occupations import Occupation, Pay
from career_path.model.pathway import Cohorts, Pathway, Step, StepKind
from career_path.model.requirements import AllOf, AnyOf, Needs, Requirement
from career_path.model.text import step_of
from career_path.model.timeline import NoRouteError, Status, Timeline
from career_path.planning import search
from career_path.planning.front import FrontRoute, routes
from career_path.testing import cases
from planned import Case, planned
from small_cases import TODAY, SmallCase, exam_case, paper_case, small_case, work_case

WINDOW = dt.timedelta(days=450)
MORE = 5 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 1
Point = tuple[dt.date, int, Decimal]


@pytest.fixture(autouse=True, scope="module")
def _guided() -> Iterator[None]:
    """Small cases are searched as large ones are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_FEW", 0)
        yield


def judged(case: SmallCase, window: dt.timedelta) -> list[Point] | str:
    """The finish, the number of unknown costs and the sum of the others of each unbeaten route."""
    try:
        found = outcomes(EveryCase(case.pathway, case.learner, TODAY, TODAY + window))
    except OutOfScopeError:
        return "refused"
    points = {(each.finish, len(each.unknown), each.cost) for _, each in found}
    return sorted(
        mine for mine in points if not any(o != mine and o[0] <= mine[0] and o[1:] <= mine[1:] for o in points)
    )


def told(case: SmallCase, window: dt.timedelta) -> tuple[FrontRoute, ...] | str:
    try:
        return routes(case.pathway, case.learner, today=TODAY, horizon=TODAY + window)
    except NoRouteError:
        return ()
    except DocumentError:
        return "refused"


def point(timeline: Timeline) -> Point:
    assert timeline.finish is not None
    return timeline.finish, len(timeline.cost.unknown), timeline.cost.amount


def is_beyond_brute_force(timeline: Timeline) -> bool:
    times = (int(step.id.partition("~")[2] or 1) for step in timeline.steps)
    return max(times, default=1) > MOST_TIMES or any(len(use.renewals) > MOST_RENEWALS for use in timeline.papers)


def assert_same_front(case: SmallCase, window: dt.timedelta) -> int:
    """The front is that of brute force; how many routes it has."""
    try:
        expected = judged(case, window)
    except TooManyRoutesError:
        return 0
    found = told(case, window)
    if isinstance(expected, str) or isinstance(found, str):
        assert not found or not expected or found == expected
        return 0
    if any(is_beyond_brute_force(each.timeline) for each in found):
        return 0
    assert [point(each.timeline) for each in found] == expected
    return len(found)


@pytest.mark.parametrize("block", range(8 * MORE))
def test_the_front_of_small_cases_is_that_of_trying_everything(block: int) -> None:
    for seed in range(block * 50, (block + 1) * 50):
        try:
            assert_same_front(small_case(seed), WINDOW)
        except AssertionError as error:
            error.add_note(f"seed {seed}")
            raise


def choice_case(seed: int) -> SmallCase:
    """Alternatives with different lengths and costs, some of which need the same steps."""
    random = Random(seed)
    shared = [Step(f"shared{n}", takes=Span(days=random.randint(0, 40)), cost=random.randint(0, 30)) for n in range(2)]
    steps, asked = list(shared), list[Requirement]()
    for place in range(random.randint(2, 4)):
        ids = [f"way{place}{n}" for n in range(2)]
        for each in ids:
            before = random.sample([step.id for step in shared] + [step.id for step in steps[2:]], random.randint(0, 1))
            cost = random.choice([None, *([random.randint(0, 40)] * 9)])
            steps.append(
                Step(each, takes=Span(days=random.randint(0, 60)), cost=cost, requires=AllOf(*map(Needs, before)))
            )
        asked.append(AnyOf(*map(Needs, ids)))
    pathway = Pathway("p", goal=AllOf(*asked), steps=steps)
    return SmallCase(pathway, Learner(), "earliest", None)


@pytest.mark.parametrize("block", range(4 * MORE))
def test_the_front_of_many_choices_is_that_of_trying_everything(block: int) -> None:
    sizes = [assert_same_front(choice_case(seed), WINDOW) for seed in range(block * 25, (block + 1) * 25)]
    assert max(sizes) >= 3


@pytest.mark.parametrize("seed", range(20 * MORE))
def test_the_front_with_papers_is_that_of_trying_everything(seed: int) -> None:
    assert_same_front(paper_case(seed), WINDOW)


@pytest.mark.parametrize("seed", range(40 * MORE))
def test_the_front_with_examinations_and_work_is_that_of_trying_everything(seed: int) -> None:
    assert_same_front(exam_case(seed), WINDOW)
    assert_same_front(work_case(seed), dt.timedelta(days=300))


# Money: what the jobs of a route pay, day by day.

PAYS = [None, "20000", "36524.25", "50000"]


def paid_case(seed: int) -> SmallCase:
    """Jobs of several occupations, some with an end, some on the way to others, behind alternatives."""
    random = Random(seed)
    steps = [Step(f"shared{n}", takes=Span(days=random.randint(0, 60)), cost=random.randint(0, 30)) for n in range(3)]
    jobs = list[str]()
    for place in range(random.randint(2, 3)):
        ways = [
            Step(f"way{place}{n}", takes=Span(days=random.randint(0, 90)), cost=random.randint(0, 40)) for n in range(2)
        ]
        either = random.sample([*(step.id for step in steps), *jobs], 2)
        steps += [*ways]
        steps.append(
            Step(
                f"job{place}",
                kind="job",
                takes=Span(days=random.choice([0, 0, 0, random.randint(1, 99)])),
                cost=random.choice([0, 5]),
                occupation=random.choice([None, *PAYS]) and f"pay{random.randrange(len(PAYS))}",
                requires=AllOf(AnyOf(*(way.id for way in ways)), AnyOf(*either)),
            )
        )
        jobs.append(steps[-1].id)
    occupations = [Occupation(f"pay{n}", pay=Pay(median=pay) if pay else None) for n, pay in enumerate(PAYS)]
    goal = AnyOf(*jobs) if random.random() < 0.7 else AllOf(AnyOf(*jobs), random.choice(jobs))
    return SmallCase(Pathway("p", goal=goal, steps=steps, occupations=occupations), Learner(), "earliest", None)


def with_jobs(case: SmallCase, seed: int) -> SmallCase:
    """The case with some of its steps as jobs that pay."""
    random = Random(seed)
    steps = [
        attrs.evolve(step, kind="job", occupation=f"pay{random.randrange(len(PAYS))}")
        if random.random() < 0.6 and step.kind is not StepKind.JOB
        else step
        for step in case.pathway.steps
    ]
    occupations = [Occupation(f"pay{n}", pay=Pay(median=pay) if pay else None) for n, pay in enumerate(PAYS)]
    return attrs.evolve(case, pathway=attrs.evolve(case.pathway, steps=steps, occupations=occupations))


def earned_day_by_day(case: SmallCase, outcome: Outcome, until: dt.date) -> Fraction:
    """Money of all days from today on, each by the job begun last of those still held; 0 if a pay is not known."""
    jobs = [
        (each.start, each.id, each.finish, step)
        for each in outcome.steps
        for step in [case.pathway.step(step_of(each.id))]
        if step.kind is StepKind.JOB and each.start is not None and each.finish is not None
    ]
    total, day = Fraction(), TODAY
    while day < until:
        held = [(start, name, step) for start, name, end, step in jobs if start <= day and (goes_on(step) or day < end)]
        if held:
            occupation = max(held, key=lambda each: each[:2])[2].occupation
            pay = None if occupation is None else case.pathway.occupation(occupation).pay
            if pay is None or pay.median is None:
                return Fraction()
            total += Fraction(pay.median) / Fraction("365.2425")
        day += dt.timedelta(1)
    return total


def goes_on(step: Step) -> bool:
    """Whether a job has no end of its own: it takes no time and no run of days."""
    takes = step.takes.likely if isinstance(step.takes, Estimate) else step.takes
    return not isinstance(step.opens, Cohorts) and takes == Span()


def has_second_time_of_a_job(case: SmallCase, ids: Iterable[str], redone: Iterable[str]) -> bool:
    """Whether a job is done once more, which nobody does for money alone."""
    twice = {*redone, *(name for name in ids if "~" in name)}
    return any(case.pathway.step(step_of(name)).kind is StepKind.JOB for name in twice)


def assert_same_front_of_money(case: SmallCase, until: dt.date, window: dt.timedelta) -> int:
    """The front with money is that of brute force; how many routes it has."""
    try:
        every = [each for _, each in outcomes(EveryCase(case.pathway, case.learner, TODAY, TODAY + window))]
        found = routes(case.pathway, case.learner, today=TODAY, horizon=TODAY + window, earned_by=until)
    except (OutOfScopeError, TooManyRoutesError, DocumentError, NoRouteError):
        return 0
    if any(is_beyond_brute_force(each.timeline) or does_again(case, each.timeline) for each in found):
        return 0
    points = {
        (each.finish, (len(each.unknown), each.cost), -earned_day_by_day(case, each, until))
        for each in every
        if not has_second_time_of_a_job(case, each.ids, each.redone)
    }
    unbeaten = [
        mine
        for mine in points
        if not any(o != mine and o[0] <= mine[0] and o[1] <= mine[1] and o[2] <= mine[2] for o in points)
    ]
    told = [
        (finish, (unknown, cost), -(each.earned or 0))
        for each in found
        for finish, unknown, cost in [point(each.timeline)]
    ]
    assert told == sorted(unbeaten)
    return len(told)


def does_again(case: SmallCase, timeline: Timeline) -> bool:
    redone = [step.id for step in timeline.steps if step.status is Status.REDO]
    return has_second_time_of_a_job(case, (step.id for step in timeline.steps), redone)


@pytest.mark.parametrize("block", range(4 * MORE))
def test_the_front_of_money_is_that_of_trying_everything(block: int) -> None:
    sizes = list[int]()
    for seed in range(block * 15, (block + 1) * 15):
        until = TODAY + dt.timedelta(Random(seed).choice([30, 120, 400]))
        sizes.append(assert_same_front_of_money(paid_case(seed), until, WINDOW))
    assert max(sizes) >= 3


@pytest.mark.parametrize("make", [small_case, paper_case, exam_case, work_case])
@pytest.mark.parametrize("block", range(3 * MORE))
def test_the_front_of_money_with_records_papers_and_exams_is_that_of_trying_everything(
    make: Callable[[int], SmallCase], block: int
) -> None:
    size = 5 if make is paper_case else 12
    for seed in range(block * size, (block + 1) * size):
        try:
            assert_same_front_of_money(with_jobs(make(seed), seed), TODAY + dt.timedelta(200), dt.timedelta(days=300))
        except AssertionError as error:
            error.add_note(f"seed {seed}")
            raise


@given(cases())
def test_the_ends_of_the_front_are_the_earliest_and_the_cheapest_plan(case: Case) -> None:
    pathway, learner, today = case
    free = attrs.evolve(learner, budget=None, deadline=None)
    earliest, cheapest = (planned((pathway, free, today), objective=each) for each in ("earliest", "cheapest"))
    assume(earliest is not None)
    assert earliest is not None
    assert cheapest is not None
    front = [each.timeline for each in routes(pathway, free, today=today)]
    assert attrs.evolve(front[0], input_hash="") == attrs.evolve(earliest, input_hash="")
    assert point(front[-1]) == point(cheapest)
    assert [each.finish for each in front] == sorted({point(each)[0] for each in front})
    assert [point(each)[1:] for each in front] == sorted({point(each)[1:] for each in front}, reverse=True)


@given(cases(), st.integers(0, 3))
def test_a_budget_between_two_routes_of_the_front_gives_the_first_that_keeps_it(case: Case, index: int) -> None:
    pathway, learner, today = case
    free = attrs.evolve(learner, budget=None, deadline=None)
    assume(planned((pathway, free, today)) is not None)
    front = [each.timeline for each in routes(pathway, free, today=today)]
    assume(all(not each.cost.unknown for each in front))
    mine = front[min(index, len(front) - 1)]
    within = attrs.evolve(free, budget=mine.cost.amount)
    best = planned((pathway, within, today))
    assert best is not None
    assert point(best) == point(mine)
