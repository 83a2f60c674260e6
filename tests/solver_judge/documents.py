"""Random documents by seed and size, in families that are hard for a search in different ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from random import Random

from career_path.days.day_rules import Dates, DayRule, MonthEnd, Weekdays, YearlyWindow
from career_path.days.durations import Duration, Effort, WorkingDays
from career_path.days.spans import Span
from career_path.errors import DocumentError, InvalidValueError
from career_path.model.learner import Absence, Learner, Record
from career_path.model.pathway import Cohort, Cohorts, Opening, Pathway, Step, StepKind
from career_path.model.requirements import AllOf, AnyOf, AtLeast, Leaf, Needs, Requirement, leaves
from solver_judge.case import Case

__all__ = ["FAMILIES", "TODAY", "document"]

TODAY = dt.date(2027, 1, 4)
_DAY = dt.timedelta(days=1)


def document(family: str, seed: int, size: int) -> Case:
    """The document of a family, a seed and a size (about as many choices); the same ones give the same document."""
    random = Random(f"{family} {seed} {size}")
    while True:
        try:
            return FAMILIES[family](random, size)
        except (DocumentError, InvalidValueError):  # a ring without a way out, or k > n: draw again
            continue


def _last(size: int) -> int:
    """A horizon that leaves room for a document of some size."""
    return 400 + 20 * size


def _span(random: Random, most: int = 60) -> Span:
    months = random.random() < 0.25
    return Span(months=random.randint(1, 3)) if months else Span(days=random.randint(0, most))


def _cost(random: Random, *, unknown: float = 0.03) -> int | None:
    return None if random.random() < unknown else random.randint(0, 40)


def _named(names: Sequence[str]) -> list[Requirement]:
    return [Needs(name) for name in names]


def _local_sharing(random: Random, size: int) -> Case:
    """A row of two-way alternatives; each way may need what its neighbors need as well."""
    shared = [f"base{place:03}" for place in range(size + 1)]
    steps = [Step(name, takes=_span(random), cost=_cost(random)) for name in shared]
    joins: list[str] = []
    for place in range(size):
        ways = [f"way{place:03}{letter}" for letter in "ab"]
        for way in ways:
            near = shared[max(0, place - 1) : place + 2]
            before = random.sample(near, random.randint(0, min(2, len(near))))
            before += joins[-1:] if random.random() < 0.5 else []
            steps.append(Step(way, takes=_span(random), cost=_cost(random), requires=AllOf(*_named(before))))
        joins.append(f"join{place:03}")
        steps.append(Step(joins[-1], cost=0, requires=AnyOf(*ways)))
    return Case(Pathway("p", goal=AllOf(*_named(joins)), steps=steps), Learner(), TODAY, last=_last(size), first=-400)


def _tangled(random: Random, size: int) -> Case:
    """Two-way alternatives that share what they need with any others."""
    shared = [f"base{place:03}" for place in range(size)]
    steps = [Step(name, takes=_span(random), cost=_cost(random)) for name in shared]
    goal: list[Requirement] = []
    for place in range(size):
        ways = [f"way{place:03}{letter}" for letter in "ab"]
        earlier = [step.id for step in steps if step.id.startswith("way")]
        for way in ways:
            before = random.sample(shared, random.randint(0, min(3, len(shared))))
            before += random.sample(earlier, 1) if earlier and random.random() < 0.2 else []
            steps.append(Step(way, takes=_span(random), cost=_cost(random), requires=AllOf(*_named(before))))
        goal.append(AnyOf(*ways))
    return Case(Pathway("p", goal=AllOf(*goal), steps=steps), Learner(), TODAY, last=_last(size), first=-400)


def _layered(random: Random, size: int) -> Case:
    """Layers of steps, each of which needs some of the layer before, with lags; about `size` steps, mostly with ANY."""
    width = max(2, min(6, size // 4))
    steps: list[Step] = []
    before: list[str] = []
    for layer in range(max(1, size // width)):
        names = [f"s{layer:03}{letter}" for letter in "abcdef"[:width]]
        for name in names:
            asked = [_lagged(random, each) for each in random.sample(before, min(len(before), random.randint(2, 3)))]
            requires = _grouped(random, asked) if asked else AllOf()
            steps.append(Step(name, takes=_span(random, 30), cost=_cost(random), requires=requires))
        before = names
    return Case(Pathway("p", goal=AnyOf(*before), steps=steps), Learner(), TODAY, last=300 + 6 * size, first=-400)


def _lagged(random: Random, name: str) -> Needs:
    kind = random.random()
    if kind < 0.6:
        return Needs(name)
    if kind < 0.8:
        return Needs(name, lag=random.choice(["P10D", "P1M", "P45D", "P1M10D"]))
    return Needs(name, lag=random.choice(["-P10D", "-P1M", "-P3D"]), of=random.choice(["finish", "start"]))


def _grouped(random: Random, asked: Sequence[Requirement]) -> Requirement:
    kind = random.random()
    if kind < 0.75:
        return AnyOf(*asked)
    return AllOf(*asked) if kind < 0.85 or len(asked) < 3 else AtLeast(2, *asked)


def _alike(random: Random, size: int) -> Case:
    """Alternatives that are often equally long and dear, so that only counts, ids and leaves tell routes apart."""
    names = [f"s{place:03}" for place in range(2 * size)]
    random.shuffle(names)
    steps: list[Step] = []
    for place, name in enumerate(names):
        before = random.sample(names[:place], min(place, random.choice([0, 0, 2, 3])))
        asked = [Needs(each, lag=random.choice(["P0D", "P0D", "P10D"])) for each in before]
        requires = AnyOf(*asked) if asked else AllOf()
        takes = Span(days=random.choice([0, 10]))
        steps.append(Step(name, takes=takes, cost=random.choice([0, 0, 5]), requires=requires))
    some = [random.sample(names[size // 2 :], 3) for _ in range(3)]
    goal = AllOf(AnyOf(*some[0]), AnyOf(*some[1]), AtLeast(2, *some[2]))
    return Case(Pathway("p", goal=goal, steps=steps), Learner(), TODAY, last=400 + 20 * size, first=-400)


def _nested(random: Random, size: int) -> Case:
    """Trees of ALL, ANY and AT LEAST over steps that have such trees themselves."""
    steps: list[Step] = []
    for place in range(size):
        names = [step.id for step in steps]
        is_free = place < 3 or random.random() < 0.4
        requires = AllOf() if is_free else _tree(random, names[-12:], depth=random.randint(1, 2))
        steps.append(Step(f"s{place:03}", takes=_span(random, 40), cost=_cost(random), requires=requires))
    goal = _tree(random, [step.id for step in steps][-10:], depth=3)
    return Case(Pathway("p", goal=goal, steps=steps), Learner(), TODAY, last=_last(size), first=-400)


def _tree(random: Random, names: Sequence[str], depth: int) -> Requirement:
    if depth == 0:
        return _lagged(random, random.choice(names))
    parts = [_tree(random, names, random.randint(0, depth - 1)) for _ in range(random.randint(2, 3))]
    kind = random.random()
    if kind < 0.35:
        return AllOf(*parts)
    return AnyOf(*parts) if kind < 0.75 else AtLeast(random.randint(1, 2), *parts)


def _windows(random: Random, size: int) -> Case:
    """Openings of every kind, lengths of every kind, absences, freshness and last days, one step after the other."""
    steps: list[Step] = []
    for place in range(size):
        names = [step.id for step in steps][-6:]
        asked = [_timed(random, each) for each in random.sample(names, min(len(names), random.randint(1, 3)))]
        opens = _opening(random)
        steps.append(
            Step(
                f"s{place:03}",
                kind=StepKind.EXAM if random.random() < 0.3 else StepKind.EXPERIENCE,
                takes=Span() if isinstance(opens, Cohorts) else _length(random),
                opens=opens,
                cost=_cost(random, unknown=0.1),
                requires=_grouped(random, asked) if asked else AllOf(),
            )
        )
    goal = AllOf(AnyOf(*_named([step.id for step in steps[-3:]])), *_named([step.id for step in steps[-1:]]))
    away = [TODAY + random.randint(0, 400) * _DAY for _ in range(3)]
    learner = Learner(
        start=random.choice([None, TODAY + 20 * _DAY]),
        weekly_hours=14,
        absences=[Absence(from_=day, through=day + random.randint(0, 20) * _DAY) for day in away],
    )
    return Case(Pathway("p", goal=goal, steps=steps), learner, TODAY, last=400 + 40 * size, first=-600 - 10 * size)


def _timed(random: Random, name: str) -> Needs:
    kind = random.random()
    if kind < 0.5:
        return _lagged(random, name)
    if kind < 0.8:
        return Needs(name, within=random.choice(["P20D", "P2M", "P90D", "P6M", "P1Y"]))
    if kind < 0.9:
        return Needs(name, order="any", by=random.choice(["P30D", "P2M"]))
    within = random.choice([None, "P40D", "P3M"])
    return Needs(name, order="any", within=within)


def _opening(random: Random) -> Opening | None:
    if random.random() < 0.4:
        return None
    first = TODAY + random.randint(0, 200) * _DAY
    runs = [Cohort(start=first + 60 * n * _DAY, finish=first + (60 * n + 45 + n) * _DAY) for n in range(6)]
    some: list[DayRule | Cohorts] = [
        Weekdays(days=random.sample(["mon", "tue", "wed", "thu", "fri"], random.randint(1, 3))),
        MonthEnd(),
        YearlyWindow(from_="02-01", through="03-15"),
        YearlyWindow(from_="11-15", through="01-15"),
        Dates(dates=[TODAY + random.randint(0, 900) * _DAY for _ in range(8)]),
        Cohorts(cohorts=runs),
    ]
    return random.choice(some)


def _length(random: Random) -> Duration:
    some: list[Duration] = [
        Span(days=random.randint(0, 40)),
        Span(months=random.randint(1, 3)),
        Span(months=1, days=10),
        WorkingDays(random.randint(1, 15)),
        Effort(hours=random.randint(1, 60), weekly_at_most=random.choice([None, 10])),
    ]
    return random.choice(some)


def _wishes(random: Random, size: int) -> Case:
    """Alternatives under a deadline and a budget that may be too tight, with pins, avoidances and records."""
    case = random.choice([_local_sharing, _tangled, _nested])(random, size)
    names = [step.id for step in case.pathway.steps]
    records = [
        _record(random, step.id)
        for step in case.pathway.steps
        if random.random() < 0.15 and not any(_may_follow(leaf) for _, leaf in leaves(step.requires))
    ]
    recorded = {record.step for record in records}
    learner = Learner(
        start=random.choice([None, TODAY + 30 * _DAY, TODAY - 10 * _DAY]),
        records=records,
        deadline=None if random.random() < 0.25 else TODAY + random.randint(10, 120) * _DAY,
        budget=None if random.random() < 0.25 else random.randint(5 * size, 25 * size),
        choose=random.sample(names, 1) if random.random() < 0.4 else [],
        avoid=random.sample(sorted(set(names) - recorded), 1) if random.random() < 0.5 else [],
    )
    return Case(case.pathway, learner, TODAY, last=_last(size), first=-1500)


def _may_follow(leaf: Leaf) -> bool:
    """Whether something may come after the start of what needs it, which the judge does not know of a finished step."""
    return isinstance(leaf, Needs) and leaf.lag.is_negative


def _record(random: Random, name: str) -> Record:
    if random.random() < 0.2:
        waived: list[bool | dt.date] = [True, TODAY - 30 * _DAY]
        return Record(name, waived=random.choice(waived))
    started = TODAY - random.randint(100, 300) * _DAY
    return Record(name, started=started, finished=started + random.randint(0, 90) * _DAY)


def _aging(random: Random, size: int) -> Case:
    """Finished steps that may be too old for what needs them, so that they are done again or gone around."""
    steps: list[Step] = []
    for place in range(size):
        names = [step.id for step in steps][-6:]
        asked: list[Requirement] = [
            Needs(each, within=random.choice([None, "P3M", "P200D", "P1Y"]))
            for each in random.sample(names, min(len(names), random.randint(1, 3)))
        ]
        requires = AllOf() if not asked else AnyOf(*asked) if random.random() < 0.6 else AllOf(*asked)
        steps.append(Step(f"s{place:03}", takes=_span(random), cost=_cost(random), requires=requires))
    names = [step.id for step in steps]
    records = [record for name in names[:-1] if random.random() < 0.4 and not (record := _record(random, name)).waived]
    return Case(
        Pathway("p", goal=AllOf(names[-1], AnyOf(*names[-4:-1])), steps=steps),
        Learner(records=records),
        TODAY,
        last=400 + 20 * size,
        first=-1500,
    )


def _rings(random: Random, size: int) -> Case:
    """Steps that may ask for each other: in any order, or in the one or the other order by different routes."""
    names = [f"s{place:03}" for place in range(size)]
    steps: list[Step] = []
    for place, name in enumerate(names):
        others = [each for each in names if each != name]
        asked: list[Requirement] = []
        for _ in range(random.randint(0, 2)):
            parts = [_around(random, each) for each in random.sample(others, min(len(others), random.randint(1, 3)))]
            asked.append(AnyOf(*parts))
        requires = AllOf(*asked) if place % 4 else AllOf()
        steps.append(Step(name, takes=_span(random, 30), cost=_cost(random), requires=requires))
    goal = AllOf(*_named(random.sample(names, min(len(names), 2))))
    pins = random.sample(names, 1) if random.random() < 0.3 else []
    pathway = Pathway("p", goal=goal, steps=steps)
    return Case(pathway, Learner(choose=pins), TODAY, last=300 + 20 * size, first=-400 - 20 * size)


def _around(random: Random, name: str) -> Needs:
    kind = random.random()
    if kind < 0.4:
        return Needs(name, lag=random.choice(["P0D", "P0D", "-P10D", "P5D"]))
    if kind < 0.8:
        return Needs(name, order="any", by=random.choice([None, "P20D", "P1M"]))
    return Needs(name, order="any", within=random.choice(["P40D", "P3M"]))


FAMILIES: dict[str, Callable[[Random, int], Case]] = {
    "local sharing": _local_sharing,
    "tangled": _tangled,
    "layered": _layered,
    "alike": _alike,
    "nested": _nested,
    "windows": _windows,
    "wishes": _wishes,
    "aging": _aging,
    "rings": _rings,
}
"""What makes a document of each family from a source of randomness and a size."""
