"""Strategies for learners that fit a pathway, their records, and whole cases: a pathway, a learner, the day today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Final

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from career_path.days.pace import Absence
from career_path.errors import UnknownIdError
from career_path.model.entries import entered_on
from career_path.model.learner import Employment, Fact, Held, HoursPeriod, Learner, Record, check_learner
from career_path.model.pathway import Pathway, Step
from career_path.model.requirements import Event, Needs, leaves
from career_path.testing.days import absences, dates_between
from career_path.testing.pathways import AROUND, pathways, titles

__all__ = ["Case", "cases", "learners", "records"]

Case = tuple[Pathway, Learner, dt.date]
"""A pathway, a learner that fits it, and the day today."""
_HOURS: Final = st.integers(1, 60) | st.sampled_from((7.5, 12.5))


def _from(day: dt.date, *, days: int) -> dt.date:
    number = min(max(day.toordinal() + days, dt.date.min.toordinal()), dt.date.max.toordinal())
    return dt.date.fromordinal(number)


@cache
def _near(today: dt.date, *, least: int, most: int) -> SearchStrategy[dt.date]:
    """Days counted from today, both ends included."""
    return dates_between(_from(today, days=least), _from(today, days=most))


@cache
@st.composite
def _changing_hours(draw: DrawFn, today: dt.date) -> list[HoursPeriod]:
    """Two or three periods, the last open-ended, sometimes with days of no hours between them."""
    changes = sorted(draw(st.sets(_near(today, least=-60, most=700), min_size=1, max_size=2)))
    firsts = [None, *changes]
    lasts = [_from(change, days=-1 - draw(st.just(0) | st.integers(0, 20))) for change in changes]
    lasts = [max(last, first) if first else last for first, last in zip(firsts, lasts, strict=False)]
    return [
        HoursPeriod(hours=draw(_HOURS | st.just(0)) if through else draw(_HOURS), from_=first, through=through)
        for first, through in zip(firsts, [*lasts, None], strict=True)
    ]


@cache
def _records(step: str, *, today: dt.date, is_start_needed: bool) -> SearchStrategy[Record]:
    """Finished, running, waived or failed, all of it not later than today."""
    past = _near(today, least=-500, most=0)
    periods = st.lists(past, min_size=2, max_size=2).map(sorted)
    bare = past.map(lambda day: Record(step, finished=day, started=day if is_start_needed else None))
    return st.one_of(
        bare,
        periods.map(lambda days: Record(step, started=days[0], finished=days[1])),
        past.map(lambda day: Record(step, started=day)),
        st.just(Record(step, waived=True)),
        past.map(lambda day: Record(step, waived=day)),
        st.lists(past, min_size=1, max_size=2, unique=True).map(lambda days: Record(step, failed=days)),
    )


def records(pathway: Pathway, *, today: dt.date, of: Iterable[str] | None = None) -> SearchStrategy[list[Record]]:
    """Records of the first steps of a pathway, often of none, or one of each step named in `of`; none later than today.

    A finished step has its start on record where a rule counts from it.

    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate], derandomize=True, max_examples=1_000)
    >>> tiny = Pathway("tiny", goal="job", steps=[Step("school"), Step("job", requires="school")])
    >>> find(records(tiny, today=dt.date(2027, 1, 4), of=["job"]), bool, settings=quick)[0].step
    'job'

    Raises:
        UnknownIdError: `of` names a step that the pathway does not have.
    """
    if of is None:
        return _histories(pathway, today, pathway.steps, least=0)
    named = tuple(map(pathway.step, of))
    return _histories(pathway, today, named, least=len(named))


@st.composite
def _histories(draw: DrawFn, pathway: Pathway, today: dt.date, steps: tuple[Step, ...], *, least: int) -> list[Record]:
    count = draw(st.just(least) | st.integers(least, len(steps)))
    trees = [pathway.goal, *(step.requires for step in pathway.steps)]
    needs = [leaf for tree in trees for _, leaf in leaves(tree) if isinstance(leaf, Needs)]
    counted = {leaf.step for leaf in needs if leaf.of is Event.START}
    return [draw(_records(step.id, today=today, is_start_needed=step.id in counted)) for step in steps[:count]]


@cache
@st.composite
def _held(draw: DrawFn, credential: str, today: dt.date) -> Held:
    granted, *renewed = sorted(draw(st.lists(_near(today, least=-600, most=0), min_size=1, max_size=3, unique=True)))
    return Held(credential, granted=granted, renewed=renewed)


@cache
def _facts() -> SearchStrategy[list[Fact]]:
    """The fact that drawn rules ask for, mostly as they want it; where it is not known, no plan can be made."""
    values = st.booleans() | st.integers(-9, 9) | titles() | dates_between()
    wanted = st.just([Fact("group", value=True)])
    return st.one_of(wanted, wanted, wanted, st.lists(st.builds(Fact, st.just("group"), values), max_size=1))


@cache
@st.composite
def _employment(draw: DrawFn, today: dt.date) -> list[Employment]:
    first = draw(_near(today, least=-900, most=-200))
    through = draw(st.none() | _near(today, least=-100, most=0))
    hours = draw(st.one_of(_HOURS, _HOURS, _HOURS, st.none()))
    return [Employment(role="aide", from_=first, through=through, hours=hours)]


@st.composite
def _pins(draw: DrawFn, pathway: Pathway) -> tuple[list[str], list[str]]:
    """What to choose and what to avoid, never the same; mostly nothing."""
    ids: list[str] = [*(step.id for step in pathway.steps), *(credential.id for credential in pathway.credentials)]
    if draw(st.integers(0, 3)) < 3:  # noqa: PLR2004 (one in four has pins)
        return [], []
    drawn = draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))
    chosen = draw(st.integers(0, len(drawn)))
    return drawn[:chosen], drawn[chosen:]


def learners(pathway: Pathway, *, today: dt.date, **fields: SearchStrategy[object]) -> SearchStrategy[Learner]:
    """Learners that fit a pathway: known ids, nothing recorded later than today, hours and a birth date always there.

    `fields` are strategies for fields of `Learner` that you know better than this one does.

    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate], derandomize=True, max_examples=1_000)
    >>> tiny = Pathway("tiny", goal="job", steps=[Step("job")])
    >>> evenings = learners(tiny, today=dt.date(2027, 1, 4), weekly_hours=st.integers(6, 12))
    >>> 6 <= find(evenings, lambda learner: True, settings=quick).weekly_hours[0].hours <= 12
    True

    Raises:
        UnknownIdError: `fields` names none of a learner.
        DocumentError: when one is drawn whose fields do not fit the pathway or today.
    """
    known = tuple(field.name for field in attrs.fields(Learner))
    for name in fields:
        if name not in known:
            raise UnknownIdError("field of a learner", name, known)
    drawn = _learners(pathway, today)
    return _with_fields(pathway, today, drawn, fields) if fields else drawn


@st.composite
def _with_fields(
    draw: DrawFn,
    pathway: Pathway,
    today: dt.date,
    drawn: SearchStrategy[Learner],
    fields: Mapping[str, SearchStrategy[Any]],
) -> Learner:
    learner = attrs.evolve(draw(drawn), **{"overlays": ()} | {name: draw(values) for name, values in fields.items()})
    if "overlays" not in fields:
        learner = draw(_asking(learner, pathway, today))
    check_learner(learner, pathway, today=today)
    return learner


def _asking(learner: Learner, pathway: Pathway, today: dt.date) -> SearchStrategy[Learner]:
    """The learner, asking for some of the optional overlays that can hold for them."""
    entered = entered_on(learner, pathway, today=today)
    optional = [
        each.id
        for each in pathway.overlays
        if each.is_optional and each.holds(where=learner.place, on=today, entered=entered, overlays=(each.id,))
    ]
    if not optional:
        return st.just(learner)
    return st.sets(st.sampled_from(optional)).map(lambda ids: attrs.evolve(learner, overlays=sorted(ids)))


@st.composite
def _learners(draw: DrawFn, pathway: Pathway, today: dt.date) -> Learner:
    away: SearchStrategy[Absence] = absences(min_value=_from(today, days=-60), max_value=_from(today, days=700))
    choose, avoid = draw(_pins(pathway))
    held = [c.id for c in pathway.credentials if draw(st.integers(0, 2)) == 2]  # noqa: PLR2004 (one in three)
    learner = Learner(
        draw(st.sampled_from(("me", "ana"))),
        start=draw(st.none() | _near(today, least=-60, most=200)),
        weekly_hours=draw(_HOURS | _changing_hours(today)),
        born=draw(_near(today, least=-40 * 365, most=-15 * 365)),
        place=draw(st.sampled_from(("US-TX", "US-TX", "US-TX-201", "US-FL", ""))),
        facts=draw(_facts()),
        absences=draw(st.lists(away, max_size=3)),
        records=draw(records(pathway, today=today)),
        employment=draw(st.one_of(st.just([]), _employment(today), _employment(today))),
        holds=[draw(_held(credential, today)) for credential in held],
        choose=choose,
        avoid=avoid,
        budget=draw(st.none() | st.none() | st.integers(0, 10_000).map(Decimal)),
        deadline=draw(st.none() | st.none() | _near(today, least=30, most=1_500)),
    )
    return draw(_asking(learner, pathway, today))


def cases(
    pathway: Pathway | None = None, *, max_steps: int = 6, today: dt.date = AROUND
) -> SearchStrategy[tuple[Pathway, Learner, dt.date]]:
    """A pathway, a learner that fits it, and the day today, up to two months after the day given here.

    The pathway is the one given, or one of up to `max_steps` steps.

    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate], derandomize=True, max_examples=1_000)
    >>> pathway, learner, today = find(cases(), lambda case: True, settings=quick)
    >>> {record.step for record in learner.records} <= {step.id for step in pathway.steps}
    True
    """
    return _cases(pathways(max_steps=max_steps, around=today) if pathway is None else st.just(pathway), today)


@st.composite
def _cases(draw: DrawFn, drawn: SearchStrategy[Pathway], today: dt.date) -> Case:
    pathway = draw(drawn)
    day = draw(st.just(today) | _near(today, least=0, most=60))
    return pathway, draw(learners(pathway, today=day)), day
