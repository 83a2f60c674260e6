"""Small random cases, by seed: a few steps within some months, with every rule of the language close together.

Hypothesis draws wide cases; these are dense, so that rules meet: brute force can try them by the thousand.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from decimal import Decimal

import attrs

from career_path.days.day_rules import (
    Birthday,
    Dates,
    DayOfYear,
    MonthEnd,
    Weekday,
    Weekdays,
    YearlyWindow,
)
from career_path.days.durations import Duration, Effort, Estimate, WorkingDays
from career_path.days.spans import Span
from career_path.errors import DocumentError, InvalidValueError
from career_path.model.learner import Absence, Employment, Fact, Held, HoursPeriod, Learner, Record
from career_path.model.pathway import Cohort, Cohorts, Credential, Opening, Pathway, Step, StepKind, Validity
from career_path.model.renewal import RenewalRule
from career_path.model.requirements import (
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    HasFact,
    Holds,
    Located,
    Needs,
    Requirement,
    Work,
    Worked,
)
from career_path.model.sittings import Cap, PaidExtension, Retakes, Round
from career_path.planning.objective import Balanced, Objective

__all__ = ["TODAY", "SmallCase", "exam_case", "paper_case", "small_case", "wished_case", "work_case"]

TODAY = dt.date(2027, 1, 4)


@attrs.frozen
class SmallCase:
    """A question to the planner."""

    pathway: Pathway
    learner: Learner
    objective: Objective
    finish_by: dt.date | None


def small_case(seed: int) -> SmallCase:
    """The case of a seed; the same seed gives the same case."""
    rng = random.Random(seed)
    while True:
        try:
            return _case(rng)
        except (DocumentError, InvalidValueError):  # a ring without a way out, or k > n: draw again
            continue


def _case(rng: random.Random) -> SmallCase:
    credentials = [_credential(rng, f"c{index}") for index in range(rng.choice([0, 0, 1, 2]))]
    papers = [str(credential.id) for credential in credentials]
    ids = [f"s{index}" for index in range(rng.randint(1, 5))]
    rng.shuffle(ids)
    steps = [_step(rng, ids, index, papers) for index in range(len(ids))]
    goal = _requirement(rng, ids[-2:] if rng.random() < 0.9 else ids, papers)
    pathway = Pathway("p", goal=goal, steps=steps, credentials=credentials)
    objective: Objective = "earliest" if rng.random() < 0.6 else "cheapest"
    finish_by = _day(rng, 10, 150) if rng.random() < 0.15 else None
    return SmallCase(pathway, _learner(rng, ids, papers), objective, finish_by)


def wished_case(seed: int) -> SmallCase:
    """A small case with more wishes: pins, what to avoid, a budget, a deadline, a day's price, a day to be done by."""
    case, rng = small_case(seed), random.Random(f"wishes {seed}")
    ids = [str(step.id) for step in case.pathway.steps]
    pins = [*ids, *(str(credential.id) for credential in case.pathway.credentials)]
    learner = attrs.evolve(
        case.learner,
        choose=rng.sample(pins, 1) if rng.random() < 0.5 else [],
        avoid=rng.sample(pins, 1) if rng.random() < 0.4 else [],
        budget=rng.choice([None, Decimal(rng.randint(0, 20))]),
        deadline=rng.choice([None, _day(rng, 0, 120)]),
    )
    objective = rng.choice([Balanced(rng.choice(["0", "0.05", "0.20", "1"])), case.objective])
    finish_by = _day(rng, 10, 150) if rng.random() < 0.3 else None
    return SmallCase(case.pathway, learner, objective, finish_by)


def paper_case(seed: int) -> SmallCase:
    """A case in which papers run out before they are needed again: got later, renewed, or earned a second time."""
    rng = random.Random(seed)
    while True:
        try:
            return _paper_case(rng)
        except (DocumentError, InvalidValueError):
            continue


def _paper_case(rng: random.Random) -> SmallCase:
    valid = Validity(span=Span(days=rng.randint(5, 40)), until=rng.choice(["day-before", "day-before", "month-end"]))
    card = Credential("card", valid=valid, renewal=_renewal(rng, valid) if rng.random() < 0.8 else None)
    ways: list[Requirement] = [AllOf(), AllOf(), Needs("a"), AnyOf("a", Needs("a", within="P20D"))]
    before: list[Requirement] = [Needs("a"), Needs("a", within="P9D"), AllOf()]
    course = Step(
        "course",
        takes=Span(days=rng.randint(0, 6)),
        opens=rng.choice([None, None, Weekdays(days=["mon", "thu"])]),
        requires=rng.choice(ways),
        cost=rng.choice([None, 0, 2, 9]),
        grants=["card"],
    )
    holds = [Holds("card"), Holds("card", throughout=False)]
    after: list[Requirement] = [*holds, Needs("course", lag="P3D")]
    works = [
        Step("a", takes=Span(days=rng.randint(0, 30)), requires=rng.choice([AllOf(), AllOf(), *after[1:2]]), cost=1),
        Step(
            "b",
            takes=Span(days=rng.randint(0, 60)),
            requires=AllOf(rng.choice(before), rng.choice(holds)),
            cost=rng.choice([0, None]),
        ),
        Step(
            "c",
            takes=Span(days=rng.randint(0, 60)),
            requires=AllOf("b", rng.choice(after)),
        ),
    ]
    goals: list[Requirement] = [
        AllOf("c", holds[0]),
        Needs("c"),
        AllOf("b", holds[0]),
        AllOf("a", "b"),
        AllOf("b", "course"),
    ]
    goal = rng.choice(goals)
    given = Learner(
        records=[Record(step, finished=_day(rng, -60, 0)) for step in ("a", "course") if rng.random() < 0.2],
        holds=[Held("card", granted=_day(rng, -30, 0))] if rng.random() < 0.3 else [],
        budget=rng.choice([None, None, Decimal(8)]),
        deadline=rng.choice([None, None, _day(rng, 20, 150)]),
    )
    steps = [course, *works]
    objective: Objective = "earliest" if rng.random() < 0.66 else "cheapest"
    finish_by = _day(rng, 40, 200) if rng.random() < 0.2 else None
    return SmallCase(Pathway("p", goal=goal, steps=steps, credentials=[card]), given, objective, finish_by)


def work_case(seed: int) -> SmallCase:
    """A case in which steps ask for work: on record, still going on, growing old, or from a job that is planned."""
    rng = random.Random(seed)
    while True:
        try:
            return _work_case(rng)
        except (DocumentError, InvalidValueError):
            continue


def exam_case(seed: int) -> SmallCase:
    """A small case with failed attempts, caps and waits, rounds with last days, and windows that can be extended."""
    rng = random.Random(seed)
    while True:
        try:
            return _with_exams(rng, _case(rng))
        except (DocumentError, InvalidValueError):
            continue


def _work_case(rng: random.Random) -> SmallCase:
    worked = [_worked(rng) for _ in range(2)]
    others: list[Requirement] = [
        Needs("school"),
        Needs("school", within=Span(days=rng.randint(10, 60))),
        Needs("job"),
        HasFact("group", "A"),
        Located("US-TX"),
        Aged(20),
    ]
    asked: list[Requirement] = [
        worked[0],
        AllOf(worked[0], rng.choice(others)),
        AnyOf(worked[0], rng.choice(others)),
        AllOf(worked[0], AnyOf(worked[1], rng.choice(others))),
        AtLeast(2, worked[0], worked[1], rng.choice(others)),
    ]
    is_to_be_learned = rng.random() < 0.5
    job = Step(
        "job",
        kind="job",
        requires="school" if is_to_be_learned else AllOf(),
        opens=rng.choice([None, None, Weekdays(days=["mon"])]),
        takes=Span(days=5) if rng.random() < 0.1 else Span(),
        work=Work(rng.choice(["aide", "nurse"]), hours=rng.choice([7.0, 14.0, 17.5])),
        cost=rng.choice([None, 0, 3]),
    )
    steps = [
        Step(
            "school", takes=Span(days=rng.randint(0, 20)), opens=rng.choice([None, MonthEnd()]), cost=rng.choice([0, 5])
        ),
        job,
        Step("exam", requires=rng.choice(asked), opens=rng.choice([None, None, Weekdays(days=["tue"])])),
    ]
    goal = rng.choice([Needs("exam"), Needs("exam"), AllOf("exam", worked[1]), rng.choice(asked), AllOf("exam", "job")])
    learner = Learner(
        place=rng.choice(["US-TX", "US-TX-201", "US-WA"]),
        facts=[Fact("group", rng.choice(["A", "B"]))],
        born=dt.date(2007, 2, 14),
        employment=[_employment(rng) for _ in range(rng.randint(0, 3))],
        records=[Record("job", finished=_day(rng, -30, 0))] if rng.random() < 0.1 else [],
        start=rng.choice([None, None, _day(rng, 10, 10)]),
        deadline=rng.choice([None, None, _day(rng, 20, 150)]),
    )
    finish_by = _day(rng, 40, 200) if rng.random() < 0.2 else None
    objective: Objective = rng.choice(["earliest", "earliest", "cheapest"])
    return SmallCase(Pathway("p", goal=goal, steps=steps), learner, objective, finish_by)


def _worked(rng: random.Random) -> Worked:
    in_last = rng.choice([None, Span(days=rng.randint(60, 150)), Span(months=rng.randint(3, 5))])
    span = rng.choice([None, Span(days=rng.randint(1, 50)), Span(months=1), Span(months=1, days=10)])
    hours = rng.choice([None, float(rng.randint(1, 60)), 12.5]) if span is not None else rng.randint(1, 60)
    return Worked(
        rng.choice(["aide", "nurse", ["aide", "nurse"]]),
        span=span,
        hours=hours,
        in_last=in_last,
        overlapping=rng.choice(["once", "once", "each"]),
        counted_back_from=_day(rng, -60, 60) if rng.random() < 0.1 else None,
    )


def _employment(rng: random.Random) -> Employment:
    first = _day(rng, -200, 30)
    through = None if rng.random() < 0.2 else first + dt.timedelta(days=rng.randint(0, 80))
    return Employment(
        role=rng.choice(["aide", "nurse"]),
        from_=first,
        through=through,
        hours=None if rng.random() < 0.02 else rng.choice([3.0, 7.0, 20.0, 10.5]),
    )


def _with_exams(rng: random.Random, case: SmallCase) -> SmallCase:
    ids = [step.id for step in case.pathway.steps]
    steps = [
        attrs.evolve(
            step,
            requires=_examined(rng, step.requires),
            retakes=_retakes(rng, [other for other in ids if other != step.id]),
        )
        for step in case.pathway.steps
    ]
    known = {record.step: record for record in case.learner.records}
    for step_id in ids:
        if rng.random() < 0.5:
            days = [_day(rng, -60, 0) for _ in range(rng.randint(1, 3))]
            known[step_id] = attrs.evolve(known.get(step_id, Record(step_id)), failed=days)
    pathway = attrs.evolve(case.pathway, goal=_examined(rng, case.pathway.goal), steps=steps)
    return attrs.evolve(case, pathway=pathway, learner=attrs.evolve(case.learner, records=list(known.values())))


def _examined(rng: random.Random, requirement: Requirement) -> Requirement:
    match requirement:
        case AllOf() | AnyOf():
            return type(requirement)(*(_examined(rng, option) for option in requirement.of))
        case AtLeast():
            return AtLeast(requirement.k, *(_examined(rng, option) for option in requirement.of))
        case Needs():
            return _examined_need(rng, requirement)
        case _:
            return requirement


def _examined_need(rng: random.Random, leaf: Needs) -> Needs:
    if leaf.order == "after" and rng.random() < 0.3:
        bys = sorted(rng.sample(range(-5, 60), rng.randint(1, 3)))
        ons, last = list[int](), 0
        for by in bys:
            last = max(last, by + rng.randint(0, 25))
            ons.append(last)
        rounds = [
            Round(by=TODAY + dt.timedelta(days=by), on=TODAY + dt.timedelta(days=on))
            for by, on in zip(bys, ons, strict=True)
        ]
        leaf = attrs.evolve(leaf, rounds=rounds)
    if rng.random() < 0.4:
        more = PaidExtension(
            span=Span(days=rng.randint(1, 30)), at_most=rng.choice([1, 2]), cost=rng.choice([None, 0, 3])
        )
        leaf = attrs.evolve(leaf, within=leaf.within or Span(days=rng.randint(0, 20)), extensions=more)
    return leaf


def _retakes(rng: random.Random, others: Sequence[str]) -> Retakes | None:
    if rng.random() < 0.4:
        return None
    waits = [Span(days=rng.randint(0, 40)) for _ in range(rng.randint(0, 3))]
    caps = [Cap(rng.randint(2, 4))] if rng.random() < 0.2 else []
    caps += [Cap(rng.randint(1, 2), per=Span(days=rng.randint(20, 90)))] if rng.random() < 0.4 else []
    caps += [Cap(rng.randint(1, 3), since=rng.choice(others))] if others and rng.random() < 0.5 else []
    return Retakes(waits=waits, caps=caps)


def _day(rng: random.Random, least: int, most: int) -> dt.date:
    return TODAY + dt.timedelta(days=rng.randint(least, most))


def _validity(rng: random.Random) -> Validity | None:
    return rng.choice(
        [
            None,
            Validity(span=Span(days=rng.randint(5, 60))),
            Validity(span="P1M", until="month-end"),
            Validity(span="P2M", until="anniversary"),
            Validity(span="P3D", until=Weekdays(days=["mon"])),
        ]
    )


def _credential(rng: random.Random, name: str) -> Credential:
    valid = _validity(rng)
    return Credential(name, valid=valid, renewal=_renewal(rng, valid) if rng.random() < 0.2 else None)


def _renewal(rng: random.Random, valid: Validity | None) -> RenewalRule | None:
    if valid is None:
        return None
    return RenewalRule(
        method=rng.choice(["from-expiry", "from-expiry", "from-completion"]),
        processing=rng.choice([None, None, "P4D", "P10D"]),
        at_most=rng.choice([None, None, 1, 2]),
        fee=rng.choice([None, "0", "1", "5"]),
    )


def _span(rng: random.Random, *, may_be_negative: bool = False) -> Span:
    months, days = rng.randint(0, 2), rng.randint(0, 20)
    text = rng.choice([f"P{days}D", f"P{months}M", f"P{min(months, 1)}M{days // 2}D"])
    return Span.parse(f"-{text}" if may_be_negative and rng.random() < 0.25 else text)


def _needs(rng: random.Random, ids: Sequence[str]) -> Needs:
    within = Span(days=rng.randint(5, 60)) if rng.random() < 0.7 else Span(months=2)
    return Needs(
        rng.choice(ids),
        lag=_span(rng, may_be_negative=True) if rng.random() < 0.4 else Span(),
        within=within if rng.random() < 0.3 else None,
        by=_span(rng) if rng.random() < 0.15 else None,
        order="any" if rng.random() < 0.2 else "after",
        of="start" if rng.random() < 0.2 else "finish",
    )


def _leaf(rng: random.Random, ids: Sequence[str], papers: Sequence[str]) -> Requirement:
    if papers and rng.random() < 0.15:
        return Holds(rng.choice(papers), throughout=rng.random() < 0.6)
    if not ids or rng.random() < 0.05:
        return Aged(rng.choice([10, 18, 20]), under=rng.choice([None, 21]))
    return _needs(rng, ids)


def _requirement(rng: random.Random, ids: Sequence[str], papers: Sequence[str], depth: int = 0) -> Requirement:
    if depth > 1 or rng.random() < 0.55:
        return _leaf(rng, ids, papers)
    parts = [_requirement(rng, ids, papers, depth + 1) for _ in range(rng.randint(1, 3))]
    kind = rng.random()
    if kind < 0.45:
        return AllOf(*parts)
    return AnyOf(*parts) if kind < 0.8 else AtLeast(rng.randint(0, len(set(parts))), *parts)


def _opening(rng: random.Random) -> Opening | None:
    cohorts = [_cohort(rng) for _ in range(rng.randint(1, 3))]
    some: list[Opening | None] = [
        Weekdays(days=rng.sample(list(Weekday), rng.randint(1, 3))),
        MonthEnd(),
        DayOfYear(on="03-10", years=rng.choice(["every", "odd"])),
        YearlyWindow(from_="02-01", through="02-20"),
        YearlyWindow(from_="12-15", through="01-15"),
        Dates(dates=[_day(rng, -10, 120) for _ in range(rng.randint(1, 5))]),
        Birthday(),
        Cohorts(cohorts=cohorts),
    ]
    return None if rng.random() < 0.55 else rng.choice(some)


def _cohort(rng: random.Random) -> Cohort:
    start = _day(rng, -5, 100)
    return Cohort(start=start, finish=start + dt.timedelta(days=rng.randint(0, 40)))


def _duration(rng: random.Random) -> Duration:
    some: list[Duration] = [
        Span(),
        _span(rng),
        WorkingDays(rng.randint(0, 15)),
        Estimate(low=Span(days=1), likely=Span(days=rng.randint(1, 20)), high=Span(days=20)),
        Effort(
            hours=rng.choice([Decimal(0), Decimal(1), Decimal(7), Decimal("33.3")]),
            weekly_at_most=rng.choice([None, 10, 20]),
        ),
    ]
    return rng.choice(some)


def _step(rng: random.Random, ids: Sequence[str], index: int, papers: Sequence[str]) -> Step:
    opens = _opening(rng)
    pool = ids[:index] if rng.random() < 0.8 else [other for other in ids if other != ids[index]]
    is_free = rng.random() < (0.6 if index == 0 else 0.2)
    return Step(
        ids[index],
        kind=rng.choice([StepKind.EXAM, StepKind.EXPERIENCE]),
        takes=Span() if isinstance(opens, Cohorts) else _duration(rng),
        opens=opens,
        requires=AllOf() if is_free else _requirement(rng, pool, papers),
        absence=rng.choice([None, None, "forbid", "ignore"]),
        cost=rng.choice([None, 0, 0, 1, 5, 10]),
        grants=[paper for paper in papers if rng.random() < 0.4],
    )


def _record(rng: random.Random, step: str) -> Record:
    first, last = sorted((_day(rng, -90, 0), _day(rng, -90, 0)))
    return rng.choice(
        [
            Record(step, waived=True),
            Record(step, waived=first),
            Record(step, started=first),
            Record(step, started=first, finished=last),
            Record(step, started=last),
            Record(step, finished=last),
        ]
    )


def _absence(rng: random.Random) -> Absence:
    first = _day(rng, 0, 60)
    return Absence(from_=first, through=first + dt.timedelta(days=rng.randint(0, 10)))


def _learner(rng: random.Random, ids: Sequence[str], papers: Sequence[str]) -> Learner:
    pins = [*ids, *papers]
    renewed = [_day(rng, -30, 0) for _ in range(rng.randint(0, 2))]
    changing = [HoursPeriod(hours=7, through=_day(rng, 20, 20)), HoursPeriod(hours=14, from_=_day(rng, 25, 25))]
    return Learner(
        start=rng.choice([None, None, _day(rng, 20, 20), _day(rng, -9, -9)]),
        weekly_hours=changing if rng.random() < 0.3 else rng.choice([10, 14, 21]),
        born=rng.choice([dt.date(2008, 2, 29), dt.date(2009, 2, 14), dt.date(2006, 6, 1)]),
        records=[_record(rng, step) for step in ids if rng.random() < 0.2],
        holds=[Held(paper, granted=_day(rng, -60, -30), renewed=renewed) for paper in papers if rng.random() < 0.3],
        absences=[_absence(rng) for _ in range(rng.randint(0, 2))],
        choose=[rng.choice(pins)] if rng.random() < 0.15 else [],
        avoid=[rng.choice(pins)] if rng.random() < 0.1 else [],
        budget=rng.choice([None, None, Decimal(6)]),
        deadline=rng.choice([None, None, None, _day(rng, 0, 150)]),
    )
