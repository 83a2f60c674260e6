"""Strategies for keeping a credential: ends, rules of renewal, changes, duties, papers held, and credits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from career_path.days.day_rules import Birthday, BirthMonthEnd, DayOfYear, DayRule, MonthDay, Years
from career_path.days.durations import Effort, PlainDuration, WorkingDays
from career_path.days.spans import Span
from career_path.model.credentials import Credential
from career_path.model.ends import AgeEnd, EarliestOf, End, LatestOf, Repeats, ShortMonth, Until, Validity
from career_path.model.learner import Held
from career_path.model.renewal import (
    Applies,
    Before,
    Change,
    Counts,
    Duty,
    Early,
    Extension,
    Fee,
    Grace,
    Late,
    Lead,
    LeadDay,
    Method,
    RenewalRule,
    Rung,
    Wait,
    Way,
    WayBack,
    WayKind,
    Within,
)
from career_path.testing.days import dates_between

__all__ = ["ends", "held_papers", "renewable_credentials", "renewal_rules", "validities"]

_SINCE: Final = dt.date(2015, 1, 1)
_THROUGH: Final = dt.date(2040, 12, 31)
_LONGEST_MONTH: Final = 31


@cache
def _months(least: int, most: int) -> SearchStrategy[Span]:
    return st.integers(least, most).map(lambda months: Span(months=months))


@cache
def _days(least: int, most: int) -> SearchStrategy[Span]:
    return st.integers(least, most).map(lambda days: Span(days=days))


@cache
def _yearly(*, is_born: bool) -> SearchStrategy[DayRule]:
    """One day of the year, with each parity; by birth only where a birth date will be known."""
    parities = st.sampled_from([each for each in Years if is_born or each is not Years.BIRTH])
    year = st.dates(dt.date(2001, 1, 1), dt.date(2001, 12, 31)).map(lambda day: MonthDay(day.month, day.day))
    fixed = st.builds(DayOfYear, on=year, years=parities)
    if not is_born:
        return fixed
    return fixed | st.builds(Birthday, years=parities) | st.builds(BirthMonthEnd, years=parities)


def validities(*, is_born: bool = True, may_have_first: bool = True) -> SearchStrategy[Validity]:
    """Validities of half a year to six years: exact, rolled, of the n-th day, chained, with a first period of its own.

    Without `is_born` none asks for a birth date.

    >>> from hypothesis import find
    >>> str(find(validities(), lambda drawn: drawn.is_rolled).span)
    'P6M'
    """
    return _validities(is_born, may_have_first)


@cache
@st.composite
def _validities(draw: DrawFn, is_born: bool, may_have_first: bool) -> Validity:  # noqa: FBT001 (never called but here)
    until = draw(st.sampled_from(Until) | _yearly(is_born=is_born))
    is_rolled = until is Until.MONTH_END or isinstance(until, DayRule)
    first = draw(st.none() | _validities(is_born, may_have_first=False)) if may_have_first else None
    return Validity(
        span=draw(_months(6, 72) | st.just(Span()) if is_rolled and until is not Until.MONTH_END else _months(6, 72)),
        until=until,
        nth=draw(st.sampled_from((1, 1, 1, 2))) if is_rolled else 1,
        is_after=draw(st.booleans()) if is_rolled else False,
        short_month=draw(st.sampled_from(ShortMonth)),
        repeats=draw(st.sampled_from(Repeats)),
        first=first,
    )


def ends(*, is_born: bool = True) -> SearchStrategy[End]:
    """Ends that follow from the learner alone: validities, an age, and the earliest or latest of some.

    >>> from hypothesis import find
    >>> find(ends(), lambda drawn: isinstance(drawn, AgeEnd)).until_age
    60
    """
    return _ends(is_born)


@cache
def _ends(is_born: bool) -> SearchStrategy[End]:  # noqa: FBT001 (never called but here)
    validity = validities(is_born=is_born)
    ages: list[SearchStrategy[End]] = [st.integers(60, 90).map(lambda age: AgeEnd(until_age=age))] if is_born else []
    one: SearchStrategy[End] = st.one_of(validity, *ages)
    some = st.lists(one, min_size=1, max_size=3)
    earliest = some.map(lambda each: EarliestOf(earliest_of=each))
    latest = st.lists(validity, min_size=1, max_size=3).map(lambda each: LatestOf(latest_of=each))
    return st.one_of(validity, validity, validity, *ages, earliest, latest)


@cache
def _fees() -> SearchStrategy[tuple[Fee, ...]]:
    amounts = st.integers(0, 50_000).map(lambda cents: Decimal(cents) / 100)
    one = amounts.map(lambda amount: (Fee(amount),))
    later = st.builds(Fee, amounts, since=dates_between(_SINCE, _THROUGH))
    return st.just(()) | one | st.tuples(one, later).map(lambda both: (*both[0], both[1]))


@cache
def _withins(*, is_born: bool) -> SearchStrategy[Within]:
    rolled = st.none() | st.just(Until.MONTH_END) | _yearly(is_born=is_born)
    return st.builds(Within, span=_days(1, 200) | _months(1, 36), counts=st.sampled_from(Counts), until=rolled)


@cache
def _leads(least: int, most: int) -> SearchStrategy[Lead]:
    """Days from `least` to `most` days before a day, in days, months or working days, inclusive or rolled."""
    kinds: list[SearchStrategy[Lead]] = [_days(least, most)]
    kinds.append(st.builds(Before, span=_days(least + 1, most), counts=st.sampled_from(Counts)))
    if most - least > _LONGEST_MONTH:
        back = _days(least + 1, most - _LONGEST_MONTH)
        kinds.append(st.builds(Before, span=back, counts=st.sampled_from(Counts), begins=st.just(LeadDay.MONTH_START)))
    if most >= _LONGEST_MONTH * max(1, -(-least // 28)):
        kinds.append(_months(-(-least // 28), most // _LONGEST_MONTH))
    if least == 0:
        kinds.append(st.integers(0, most * 5 // 7 - 2).map(WorkingDays))
        if most > _LONGEST_MONTH:
            kinds.append(st.just(LeadDay.MONTH_START))
    return st.one_of(*kinds)


@st.composite
def _ladders(draw: DrawFn, is_born: bool) -> list[Rung]:  # noqa: FBT001 (never called but here)
    count = draw(st.integers(0, 3))
    is_open = draw(st.booleans())
    return [
        Rung(
            way=draw(st.sampled_from(WayBack)),
            within=None if is_open and at == count - 1 else draw(_withins(is_born=is_born)),
            keeps_expiry=draw(st.booleans()),
            fee=draw(_fees()),
        )
        for at in range(count)
    ]


@cache
def _waits(most: int) -> SearchStrategy[Wait]:
    """So many days at most, some of them working days."""
    return _days(0, most) | st.integers(0, most * 5 // 7 - 2).map(WorkingDays)


@cache
def _works() -> SearchStrategy[PlainDuration | None]:
    """The work of a way: none that anybody knows of, a time, or hours of work."""
    hours = st.builds(Effort, hours=st.integers(1, 60), weekly_at_most=st.none() | st.integers(5, 20))
    return st.none() | st.none() | _waits(60) | hours


@st.composite
def _ways(draw: DrawFn) -> list[Way]:
    names = draw(st.just([]) | st.lists(st.sampled_from(("credits", "exam", "paper")), max_size=3, unique=True))
    return [
        Way(
            name,
            kind=draw(st.sampled_from(WayKind)),
            opens=draw(st.none() | st.none() | _leads(100, 200)),
            before=draw(st.none() | _leads(0, 70)),
            apply=draw(st.none() | _leads(0, 70)),
            takes=draw(_works()),
            results=draw(st.none() | st.none() | _waits(20)),
            fee=draw(_fees()),
        )
        for name in names
    ]


def renewal_rules(*, is_born: bool = True, methods: Iterable[Method] | None = None) -> SearchStrategy[RenewalRule]:
    """Rules of renewal: windows of two to five months, soft deadlines and processing inside them, ways, grace, ladders.

    `methods` are those to choose from; by default the ones that go with every end, `from-expiry` and
    `from-completion`.

    >>> from hypothesis import find
    >>> find(renewal_rules(), lambda rule: rule.grace is not None and rule.grace.is_current).method.value
    'from-expiry'
    """
    known = (Method.FROM_EXPIRY, Method.FROM_COMPLETION) if methods is None else tuple(methods)
    return _renewal_rules(is_born, known)


@cache
@st.composite
def _renewal_rules(draw: DrawFn, is_born: bool, methods: tuple[Method, ...]) -> RenewalRule:  # noqa: FBT001
    graces = st.builds(
        Grace, within=_withins(is_born=is_born), is_current=st.booleans(), keeps_expiry=st.booleans(), fee=_fees()
    )
    soft = draw(st.none() | _leads(0, 70))
    return RenewalRule(
        method=draw(st.sampled_from(methods)),
        opens=draw(st.none() | _leads(75, 160)),
        soft=soft,
        fee=draw(_fees()),
        late_fee=() if soft is None else draw(_fees()),
        processing=draw(st.none() | _leads(0, 70)),
        ways=draw(_ways()),
        grace=draw(st.none() | graces),
        lapse=draw(_ladders(is_born)),
        early=draw(st.sampled_from(Early)),
        late=draw(st.sampled_from(Late)),
        at_most=draw(st.none() | st.none() | st.integers(0, 5)),
    )


@st.composite
def _fixed_dates(draw: DrawFn, is_born: bool) -> tuple[Validity, RenewalRule]:  # noqa: FBT001 (never called but here)
    """A day of the year with a least active period, and the rule of renewal that goes with it."""
    until = draw(_yearly(is_born=is_born))
    rule = draw(renewal_rules(is_born=is_born, methods=[Method.FIXED_DATE]))
    return Validity(span=draw(st.just(Span()) | _days(1, 200) | _months(1, 12)), until=until), rule


@st.composite
def _changes(draw: DrawFn, is_born: bool) -> Change:  # noqa: FBT001 (never called but here)
    valid = draw(st.none() | ends(is_born=is_born))
    return Change(
        since=draw(dates_between(_SINCE, _THROUGH)),
        applies=draw(st.sampled_from(Applies)),
        valid=valid,
        renewal=draw(renewal_rules(is_born=is_born) if valid is None else st.none() | renewal_rules(is_born=is_born)),
    )


@cache
def _duties(*, is_born: bool) -> SearchStrategy[list[Duty]]:
    clock = st.builds(Duty, st.just("fee"), every=validities(is_born=is_born), fee=_fees())
    once = st.builds(Duty, st.just("training"), within=_withins(is_born=is_born))
    return st.just([]) | clock.map(lambda each: [each]) | st.builds(lambda *each: list(each), clock, once)


@st.composite
def _extensions(draw: DrawFn) -> Extension:
    first = draw(dates_between(_SINCE, _THROUGH))
    through = first + dt.timedelta(days=draw(st.integers(0, 700)))
    return Extension(from_=first, through=through, to=through + dt.timedelta(days=draw(st.integers(0, 150))))


def renewable_credentials(
    name: str = "card", *, is_born: bool = True, may_change: bool = True
) -> SearchStrategy[Credential]:
    """Credentials of that id with end, renewal and duties, and with `may_change` also with changes and extensions.

    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate], derandomize=True, max_examples=1_000)
    >>> find(renewable_credentials("cma"), lambda drawn: drawn.renewal is not None, settings=quick).id
    'cma'
    """
    return _renewable(name, is_born, may_change)


@cache
@st.composite
def _renewable(draw: DrawFn, name: str, is_born: bool, may_change: bool) -> Credential:  # noqa: FBT001
    plain = st.tuples(ends(is_born=is_born), st.none() | renewal_rules(is_born=is_born))
    valid, rule = draw(plain | _fixed_dates(is_born))
    is_fixed = rule is not None and rule.method is Method.FIXED_DATE
    changes = draw(st.just([]) | st.lists(_changes(is_born), max_size=2)) if may_change and not is_fixed else []
    return Credential(
        name,
        valid=valid,
        renewal=rule,
        duties=draw(_duties(is_born=is_born)),
        changes=changes,
        extended=draw(st.just([]) | st.lists(_extensions(), max_size=2)) if may_change else [],
    )


def held_papers(
    name: str = "card", *, since: dt.date = _SINCE, through: dt.date = dt.date(2026, 12, 31), max_renewals: int = 4
) -> SearchStrategy[Held]:
    """Papers granted from one day through another, with renewals on record at any time after: early, in time and late.

    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate], derandomize=True, max_examples=1_000)
    >>> find(held_papers(), lambda held: len(held.renewed) > 1, settings=quick).credential
    'card'
    """
    return _held(name, since, through, max_renewals)


@cache
@st.composite
def _held(draw: DrawFn, name: str, since: dt.date, through: dt.date, max_renewals: int) -> Held:
    granted = draw(dates_between(since, through))
    renewed: list[dt.date] = []
    for _ in range(draw(st.integers(0, max_renewals))):
        gap = draw(st.integers(150, 800) | st.integers(600, 2200))
        renewed.append((renewed[-1] if renewed else granted) + dt.timedelta(days=gap))
    backdated = st.integers(1, 120).map(lambda days: granted - dt.timedelta(days=days))
    return Held(
        name,
        granted=granted,
        renewed=renewed,
        anchor=draw(st.none() | st.none() | st.none() | backdated),
        extended=draw(st.just([]) | st.just([]) | st.lists(_extensions(), max_size=1)),
    )
