"""Strategies for pathways: sound ones, with every kind of requirement, opening, length, cost and credential."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Final

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from career_path.days.durations import Duration, Effort, likely
from career_path.days.spans import ZERO, Span
from career_path.days.year_month import Month
from career_path.model.occupations import Occupation, Outlook, Pay, Setting
from career_path.model.pathway import (
    AbsencePolicy,
    Cohort,
    Cohorts,
    Cost,
    Credential,
    Opening,
    Pathway,
    Source,
    Step,
    StepKind,
    Sure,
    Until,
    Validity,
)
from career_path.model.requirements import (
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    Event,
    HasFact,
    Holds,
    Located,
    Needs,
    Order,
    Overlapping,
    Requirement,
    Work,
    Worked,
    canonical,
    to_requirement,
)
from career_path.model.sittings import Cap, PaidExtension, Retakes, Round
from career_path.testing.days import dates_between, day_rules, durations, spans

__all__ = ["credentials", "occupations", "openings", "pathways", "requirements", "steps", "titles"]

AROUND: Final = dt.date(2027, 1, 11)
"""The day near which cohorts, sittings and learners lie unless told otherwise."""
_SOURCES: Final = ("A1", "A2")
_TRADES: Final = ("aide",)


def titles(*, max_size: int = 12) -> SearchStrategy[str]:
    """Texts as titles and notes may hold them: any script, quotes and marks of every format, no control characters.

    >>> from hypothesis import find
    >>> find(titles(), lambda text: ";" in text)
    ';'
    """
    return _titles(max_size)


@cache
def _titles(max_size: int) -> SearchStrategy[str]:
    strange = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029")
    marks = st.sampled_from("""abc ,;:\\"'<>&[]{}|=+-@#%\t\n""")
    return st.text(marks, max_size=max_size) | st.text(strange, max_size=max_size)


@attrs.frozen
class _Known:
    """The ids that a part of a pathway may name."""

    steps: tuple[str, ...] = ()
    credentials: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@cache
@st.composite
def _needs(draw: DrawFn, steps: tuple[str, ...]) -> Needs:
    """A step done before, with bounds that leave room: `within` is never shorter than the lag, by more than a month."""
    lag = draw(st.just(Span()) | spans(max_months=3, max_days=45, may_be_negative=True))
    room = draw(st.none() | spans(max_months=18, max_days=60))
    within = (
        None if room is None else Span(months=max(0, lag.total_months) + room.total_months, days=105 + room.total_days)
    )
    order = draw(st.sampled_from((Order.AFTER, Order.AFTER, Order.ANY)))
    return Needs(
        draw(st.sampled_from(steps)),
        of=draw(st.sampled_from(Event)),
        lag=lag,
        within=within,
        by=draw(st.none() | spans(max_months=12)),
        order=order,
        rounds=draw(_rounds()) if order is Order.AFTER else (),
        extensions=None if within is None else draw(_extensions()),
    )


@cache
def _rounds() -> SearchStrategy[tuple[Round, ...]]:
    """Mostly none; else a few in the years after `AROUND`, the last far enough ahead for most plans."""
    days = st.lists(st.integers(0, 1_500), min_size=1, max_size=3, unique=True).map(sorted)
    waits = st.integers(0, 90)
    some = st.builds(_rounds_of, days, waits)
    return st.one_of(st.just(()), st.just(()), st.just(()), some)


def _rounds_of(days: Sequence[int], wait: int) -> tuple[Round, ...]:
    dates = [AROUND + dt.timedelta(days=day) for day in days]
    return tuple(Round(by=day, on=day + dt.timedelta(days=wait)) for day in dates)


@cache
def _extensions() -> SearchStrategy[PaidExtension | None]:
    longer = spans(max_months=4, max_days=60).map(lambda span: Span(months=span.total_months, days=1 + span.total_days))
    some = st.builds(
        PaidExtension, span=longer, at_most=st.integers(1, 2), cost=st.none() | st.integers(0, 90).map(Decimal)
    )
    return st.none() | st.none() | some


@cache
def _retakes(steps: tuple[str, ...]) -> SearchStrategy[Retakes | None]:
    """Mostly none; caps that failed attempts can use up, some of them since one of these steps."""
    longer = spans(max_months=12, max_days=30).map(
        lambda span: Span(months=span.total_months, days=1 + span.total_days)
    )
    caps = [st.builds(Cap, st.integers(3, 9)), st.builds(Cap, st.integers(1, 3), per=longer)]
    if steps:
        caps.append(st.builds(Cap, st.integers(1, 3), since=st.sampled_from(steps)))
    some = st.builds(
        Retakes,
        waits=st.lists(spans(max_months=3, max_days=60), max_size=3),
        caps=st.lists(st.one_of(caps), max_size=2),
    )
    return st.none() | st.none() | some


@cache
def _aged() -> SearchStrategy[Aged]:
    return st.builds(Aged, st.integers(0, 30), under=st.none() | st.integers(60, 99))


@cache
@st.composite
def _worked(draw: DrawFn) -> Worked:
    """Work as an aide, of a length, hours or both; a look-back is so long that a planned job can fill it."""
    span = draw(st.none() | spans(max_months=12, max_days=20, may_be_zero=False))
    hours = draw(st.none() | st.integers(1, 150)) if span is not None else draw(st.integers(1, 150))
    return Worked(
        draw(st.sampled_from(("aide", ("aide", "nurse")))),
        span=span,
        hours=hours,
        in_last=draw(st.none() | st.none() | st.integers(24, 84).map(lambda months: Span(months=months))),
        overlapping=draw(st.sampled_from(Overlapping)),
        counted_back_from=draw(st.none() | st.none() | dates_between(AROUND, _years_after(AROUND, 2))),
    )


@cache
def _of_the_learner() -> SearchStrategy[Requirement]:
    """Work, place and facts: each may turn out not to be known of the learner."""
    some: list[SearchStrategy[Requirement]] = [
        _worked(),
        _worked(),
        st.just(Located("US-TX")),
        st.just(HasFact("group", "true")),
    ]
    return st.one_of(*some)


@cache
def _leaves(known: _Known) -> SearchStrategy[Requirement]:
    kinds: list[SearchStrategy[Requirement]] = []
    if known.steps:
        kinds += [st.sampled_from(known.steps).map(Needs), _needs(known.steps)]
    if known.credentials:
        kinds.append(st.builds(Holds, st.sampled_from(known.credentials), throughout=st.booleans()))
    return st.one_of(*kinds, *kinds, *kinds, _aged(), _aged(), _of_the_learner())


@st.composite
def _at_least(draw: DrawFn, parts: SearchStrategy[Requirement]) -> AtLeast:
    of = draw(st.lists(parts, min_size=1, max_size=4))
    return AtLeast(draw(st.integers(0, len({canonical(each) for each in of}))), *of)


@cache
def _trees(parts: SearchStrategy[Requirement]) -> SearchStrategy[Requirement]:
    some = st.lists(parts, min_size=1, max_size=3)
    return st.one_of(
        st.lists(parts, max_size=3).map(lambda of: AllOf(*of)), some.map(lambda of: AnyOf(*of)), _at_least(parts)
    )


def requirements(*, steps: Iterable[str] = (), credentials: Iterable[str] = ()) -> SearchStrategy[Requirement]:
    """Requirements over steps, credentials and what a learner is and did: none, a leaf, or a tree of up to two levels.

    >>> from hypothesis import find
    >>> find(requirements(steps=["exam"]), lambda drawn: isinstance(drawn, Needs))
    'exam'
    """
    return _requirements(_Known(tuple(steps), tuple(credentials)))


@cache
def _requirements(known: _Known) -> SearchStrategy[Requirement]:
    leaf = _leaves(known)
    tree = _trees(leaf)
    return st.one_of(st.just(AllOf()), leaf, tree, _trees(leaf | tree))


@st.composite
def _with_ring(draw: DrawFn, sound: Requirement, later: Sequence[str]) -> Requirement:
    """A requirement that also speaks of later steps, in a way that leaves the sound one open."""
    target = draw(st.sampled_from(later))
    if draw(st.booleans()):
        return sound | Needs(target)
    bound = draw(spans(max_months=12, max_days=60, may_be_zero=False))
    return AllOf(sound, Needs(target, order=Order.ANY, by=bound))


@cache
def _cohorts(around: dt.date) -> SearchStrategy[Cohorts]:
    """Runs of one course in the years after a day; some begin earlier and end later than others."""

    def cohort(first: dt.date, days: int) -> Cohort:
        return Cohort(start=first, finish=first + dt.timedelta(days=days))

    one = st.builds(cohort, dates_between(around, _years_after(around, 4)), st.integers(0, 120))
    return st.lists(one, min_size=1, max_size=5).map(lambda cohorts: Cohorts(cohorts=cohorts))


def _years_after(day: dt.date, years: int) -> dt.date:
    return Span(years=years).after(day) or dt.date.max


def openings(*, around: dt.date = AROUND) -> SearchStrategy[Opening | None]:
    """When a step may start: on any day (None), by a day rule, or in cohorts of the four years after a day.

    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate], derandomize=True, max_examples=1_000)
    >>> find(openings(), lambda opens: isinstance(opens, Cohorts), settings=quick).cohorts[0].start >= AROUND
    True
    """
    return _openings(around)


@cache
def _openings(around: dt.date) -> SearchStrategy[Opening | None]:
    rules = day_rules(min_value=around, max_value=_years_after(around, 4), is_bound=False)
    return st.one_of(st.none(), st.none(), rules, _cohorts(around))


@cache
def _amounts() -> SearchStrategy[Decimal]:
    return st.integers(0, 500_000).map(lambda cents: Decimal(cents) / 100) | st.just(Decimal(0))


@cache
def _some(ids: tuple[str, ...], *, max_size: int) -> SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(ids), max_size=max_size, unique=True) if ids else st.just([])


@cache
def _costs(sources: tuple[str, ...]) -> SearchStrategy[Cost | None]:
    cited = _some(sources, max_size=1)
    return st.none() | st.builds(Cost, _amounts(), sources=cited, sure=st.none() | st.sampled_from(Sure))


@cache
def _policies(*, is_effort: bool) -> SearchStrategy[AbsencePolicy | None]:
    allowed = [policy for policy in AbsencePolicy if is_effort or policy is not AbsencePolicy.PAUSE]
    return st.none() | st.sampled_from(allowed)


def steps(
    name: str,
    *,
    requires: Requirement | str | None = None,
    grants: Iterable[str] = (),
    sources: Iterable[str] = (),
    around: dt.date = AROUND,
) -> SearchStrategy[Step]:
    """Steps of that id and requirement, of every kind, length, opening and cost.

    Each grants at most one of the credentials in `grants`, and cites some of the `sources`. The days on which it opens
    lie in the four years after a day where they are listed.

    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate], derandomize=True, max_examples=1_000)
    >>> find(steps("exam", grants=["cma-aama"]), lambda step: bool(step.grants), settings=quick).grants
    ('cma-aama',)
    """
    known = _Known(credentials=tuple(grants), sources=tuple(sources))
    return _steps(name, AllOf() if requires is None else to_requirement(requires), around=around, known=known)


def _may_be_taught(takes: Duration, opens: Opening | None) -> bool:
    """Whether such a step may ask for hours a week."""
    return isinstance(opens, Cohorts) or (not isinstance(likely(takes), Effort) and takes != ZERO)


@cache
def _jobs() -> SearchStrategy[Work | None]:
    none: SearchStrategy[Work | None] = st.none()
    return st.one_of(none, none, none, st.builds(Work, st.just("aide"), hours=st.integers(20, 40)))


@cache
def _loads() -> SearchStrategy[Fraction | None]:
    return st.none() | st.integers(0, 400).map(lambda tenths: Fraction(tenths, 10))


@st.composite
def _steps(draw: DrawFn, name: str, requires: Requirement, *, around: dt.date, known: _Known) -> Step:
    opens = draw(_openings(around))
    takes = Span() if isinstance(opens, Cohorts) else draw(durations())
    kind = draw(st.sampled_from(StepKind))
    is_job = kind is StepKind.JOB and bool(known.occupations)
    return Step(
        name,
        title=draw(st.just("") | titles()),
        kind=kind,
        takes=takes,
        load=draw(_loads()) if _may_be_taught(takes, opens) else None,
        opens=opens,
        requires=requires,
        retakes=draw(_retakes(known.steps)),
        absence=draw(_policies(is_effort=isinstance(likely(takes), Effort))),
        cost=draw(_costs(known.sources)),
        grants=draw(_some(known.credentials, max_size=1)),
        work=draw(_jobs()),
        occupation=draw(st.none() | st.sampled_from(known.occupations)) if is_job else None,
        sources=draw(_some(known.sources, max_size=2)),
        note=draw(st.just("") | titles()),
    )


@cache
def _validities() -> SearchStrategy[Validity]:
    long = spans(max_months=60, max_days=30).map(lambda span: Span(months=6 + span.total_months, days=span.total_days))
    words = st.sampled_from(Until)
    return st.builds(Validity, span=long, until=st.one_of(words, words, words, day_rules(is_bound=False)))


def credentials(name: str, *, sources: tuple[str, ...] = ()) -> SearchStrategy[Credential]:
    """Credentials of that id: without end, or valid from half a year to some years by each kind of last day.

    >>> from hypothesis import find
    >>> find(credentials("cma-aama"), lambda credential: credential.valid is not None).valid.span
    Span.parse('P6M')
    """
    return _credentials(name, sources)


@cache
def _credentials(name: str, sources: tuple[str, ...]) -> SearchStrategy[Credential]:
    return st.builds(
        Credential,
        st.just(name),
        title=st.just("") | titles(),
        issuer=st.sampled_from(("", "AAMA", "NHA")),
        letters=st.sampled_from(("", "CMA", "CCMA")),
        valid=st.one_of(st.none(), _validities(), _validities()),
        sources=_some(sources, max_size=1),
        note=st.just("") | titles(),
    )


def occupations(name: str, *, sources: tuple[str, ...] = ()) -> SearchStrategy[Occupation]:
    """Occupations of that id, with and without pay, outlook and what they do not allow.

    >>> from hypothesis import find
    >>> find(occupations("aide"), lambda occupation: occupation.pay is not None).pay.p10 is None
    True
    """
    return _occupations(name, sources)


@cache
def _occupations(name: str, sources: tuple[str, ...]) -> SearchStrategy[Occupation]:
    words = st.lists(titles().filter(str.strip), max_size=2)
    setting = st.builds(Setting, titles().filter(str.strip), schedule=titles())
    return st.builds(
        Occupation,
        st.just(name),
        title=st.just("") | titles(),
        soc=st.sampled_from(("", "31-9092", "31-9092.01")),
        duties=words,
        settings=st.lists(setting, max_size=2),
        may_not=words,
        pay=st.none() | _pays(sources),
        outlook=st.none() | _outlooks(sources),
        entry_education=st.just("") | titles(),
        related=words,
        sources=_some(sources, max_size=1),
        note=st.just("") | titles(),
    )


@cache
@st.composite
def _pays(draw: DrawFn, sources: tuple[str, ...]) -> Pay:
    low, middle, high = sorted(draw(st.tuples(_amounts(), _amounts(), _amounts())))
    return Pay(
        median=middle,
        p10=draw(st.none() | st.just(low)),
        p90=draw(st.none() | st.just(high)),
        statistic=draw(st.just("median") | titles().filter(str.strip)),
        as_of=draw(st.none() | dates_between() | st.builds(Month, st.integers(1, 9999), st.integers(1, 12))),
        sources=draw(_some(sources, max_size=1)),
        sure=draw(st.none() | st.sampled_from(Sure)),
    )


@cache
@st.composite
def _outlooks(draw: DrawFn, sources: tuple[str, ...]) -> Outlook:
    first = draw(st.integers(1, 9_990))
    return Outlook(
        growth_percent=draw(st.none() | st.integers(-1_000, 10_000).map(lambda tenths: Decimal(tenths) / 10)),
        openings_per_year=draw(st.integers(0, 500_000)),
        from_=first,
        through=first + draw(st.integers(0, 9)),
        sources=draw(_some(sources, max_size=1)),
        sure=draw(st.none() | st.sampled_from(Sure)),
    )


@cache
def _source(name: str) -> SearchStrategy[Source]:
    return st.builds(
        Source,
        st.just(name),
        title=titles(),
        publisher=titles(),
        address=st.just("https://example.org/a?b=1&c=2"),
        sure=st.sampled_from(Sure),
        as_of=st.none() | dates_between(),
        checked=st.none() | dates_between(),
        review=st.none() | dates_between() | spans(max_months=24, max_days=60, may_be_zero=False),
    )


def pathways(
    *, min_steps: int = 1, max_steps: int = 6, max_credentials: int = 2, around: dt.date = AROUND
) -> SearchStrategy[Pathway]:
    """Sound pathways of `min_steps` to `max_steps` steps; listed days and cohorts lie in the four years after a day.

    Steps mostly need earlier ones; some also name a later one, as one of several ways or without an order, so that
    there are rings that a route can leave.

    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate], derandomize=True, max_examples=1_000)
    >>> [step.id for step in find(pathways(min_steps=2, max_steps=2), lambda pathway: True, settings=quick).steps]
    ['s0', 's1']
    """
    return _pathways(min_steps, max_steps, max_credentials, around)


@st.composite
def _pathways(draw: DrawFn, min_steps: int, max_steps: int, max_credentials: int, around: dt.date) -> Pathway:
    names = [f"s{number}" for number in range(draw(st.integers(min_steps, max_steps)))]
    papers = tuple(f"paper-{number}" for number in range(draw(st.integers(0, max_credentials))))
    cited = _SOURCES[: draw(st.integers(0, len(_SOURCES)))]
    trades = _TRADES[: draw(st.integers(0, len(_TRADES)))]
    parts = _Known(credentials=papers, occupations=trades, sources=cited)
    made: list[Step] = []
    for number, name in enumerate(names):
        requires = draw(_requirements(_offered(made)))
        if names[number + 1 :] and draw(st.integers(0, 5)) == 5:  # noqa: PLR2004 (one in six)
            requires = draw(_with_ring(requires, names[number + 1 :]))
        known = attrs.evolve(parts, steps=tuple(step.id for step in made))
        made.append(draw(_steps(name, requires, around=around, known=known)))
    return Pathway(
        "drawn",
        title=draw(st.just("") | titles()),
        currency=draw(st.sampled_from(("USD", "EUR"))),
        goal=draw(st.just(Needs(names[-1])) | _trees(_leaves(_offered(made)))),
        steps=made,
        credentials=[draw(credentials(paper, sources=cited)) for paper in papers],
        occupations=[draw(occupations(trade, sources=cited)) for trade in trades],
        sources=[draw(_source(name)) for name in cited],
        note=draw(st.just("") | titles()),
    )


def _offered(steps: Sequence[Step]) -> _Known:
    granted = dict.fromkeys(paper for step in steps for paper in step.grants)
    return _Known(tuple(step.id for step in steps), tuple(granted))
