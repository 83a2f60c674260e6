"""Assertions about timelines, pathways and day rules of your own. None of them needs Hypothesis.

Each raises an `AssertionError` that says what is wrong, in sentences with dates, and returns where nothing is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Final, assert_never, cast, get_args

import attrs

from career_path.days.day_rules import DayRule
from career_path.days.numbers import ALWAYS, FIRST, LAST, check_date, to_date
from career_path.errors import (
    CareerPathError,
    DocumentError,
    InvalidValueError,
    MissingExtraError,
    SearchLimitError,
    quoted,
)
from career_path.formats.documents import (
    Syntax,
    format_learner,
    format_pathway,
    format_timeline,
    parse_learner,
    parse_pathway,
    parse_timeline,
)
from career_path.formats.facts import facts
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway
from career_path.model.timeline import NoRouteError, PlannedStep, Timeline
from career_path.planning.audit import audit
from career_path.planning.objective import Objective
from career_path.planning.planner import plan
from career_path.values import Value

__all__ = ["assert_gives_nearest_days", "assert_plans", "assert_round_trips", "assert_sound", "assert_sourced"]

_SINCE: Final = dt.date(2024, 1, 1)
_THROUGH: Final = dt.date(2028, 12, 31)  # with _SINCE: two leap days, and every weekday at every place of a month
_AT_THE_EDGES: Final = 400  # days at either end of the calendar: a little over a year
_MOST_TOLD: Final = 5  # a rule that is wrong is mostly wrong on thousands of days


def assert_sound(timeline: Timeline, pathway: Pathway, learner: Learner) -> None:
    """Nothing, if `audit` finds nothing wrong with a timeline of that pathway and learner.

    >>> from career_path.model.pathway import Step
    >>> school = Pathway("school", goal="exam", steps=[Step("exam", takes="P2D")])
    >>> timeline = plan(school, Learner("ana"), today=dt.date(2027, 1, 4))
    >>> assert_sound(timeline, school, Learner("ana"))
    >>> assert_sound(attrs.evolve(timeline, finish=dt.date(2027, 1, 5)), school, Learner("ana"))
    Traceback (most recent call last):
    ...
    AssertionError: the timeline of 'ana' through 'school', made on 2027-01-04 and done on 2027-01-05, is not sound:
    - the goal does not hold on 2027-01-05

    Raises:
        AssertionError: every rule that it breaks, and the days of the steps that these name.
    """
    __tracebackhide__ = True  # pytest then shows the line of the test
    faults = audit(timeline, pathway, learner)
    if faults:
        heading = (
            f"the timeline of '{timeline.learner}' through '{timeline.pathway}', made on {timeline.today} "
            f"and done on {timeline.finish}, is not sound:"
        )
        named = [step for step in timeline.steps if any(f"'{step.id}'" in fault for fault in faults)]
        raise AssertionError("\n".join((_listed(heading, faults), *map(_shown, named))))


def assert_sourced(pathway: Pathway) -> None:
    """Nothing, if every amount, span, date and count in a pathway has a source.

    >>> from career_path.model.pathway import Source, Step
    >>> told = Pathway("p", goal="exam", steps=[Step("exam", cost="9", sources=["A1"])], sources=[Source("A1")])
    >>> assert_sourced(told)
    >>> assert_sourced(Pathway("p", goal="exam", steps=[Step("exam", cost="9")]))
    Traceback (most recent call last):
    ...
    AssertionError: 1 of 1 facts of 'p' has no source:
    - steps.exam.cost: 9 USD

    Raises:
        AssertionError: how many have none, and the first of them.
    """
    __tracebackhide__ = True
    told = facts(pathway)
    bare = [f"{each.path}: {each.says}" for each in told if not each.sources]
    if bare:
        has = "has" if len(bare) == 1 else "have"
        heading = f"{len(bare)} of {len(told)} facts of '{pathway.id}' {has} no source:"
        raise AssertionError(_listed(heading, bare))


def _shown(step: PlannedStep) -> str:
    days = f" from {step.start} to {step.finish}" if step.start else f" on {step.finish}" if step.finish else ""
    is_dated = step.latest_start is not None and not step.is_done
    latest = f", at the latest from {step.latest_start} to {step.latest_finish}" if is_dated else ""
    return f"'{step.id}' is {step.status}{days}{latest}"


def _listed(heading: str, faults: Iterable[str]) -> str:
    return "\n".join((heading, *(f"- {fault}" for fault in faults)))


def assert_plans(
    pathway: Pathway,
    learner: Learner,
    *,
    today: dt.date,
    objective: Objective = "earliest",
    finish_by: dt.date | None = None,
) -> Timeline:
    """The plan of a learner, if there is one and it is sound; a missed deadline or budget is among its conflicts.

    >>> from career_path.model.pathway import Step
    >>> school = Pathway("school", goal="exam", steps=[Step("exam", takes="P2D")])
    >>> assert_plans(school, Learner("ana"), today=dt.date(2027, 1, 4)).finish
    datetime.date(2027, 1, 6)

    Raises:
        AssertionError: there is no plan, or it is not sound; with the learner as a document, to be planned again.
        InvalidValueError: an argument is no date or no objective.
    """
    __tracebackhide__ = True
    try:
        timeline = plan(pathway, learner, today=today, objective=objective, finish_by=finish_by)
    except (NoRouteError, SearchLimitError, DocumentError) as error:
        heading = f"'{pathway.id}' has no plan for '{learner.id}' on {today}: {error}"
        raise AssertionError(f"{heading}\n{_to_replay(learner)}") from error
    try:
        assert_sound(timeline, pathway, learner)
    except AssertionError as error:
        raise AssertionError(f"{error}\n{_to_replay(learner)}") from None
    return timeline


def _to_replay(learner: Learner) -> str:
    try:
        return f"the learner:\n{format_learner(learner, syntax='json').rstrip()}"
    except InvalidValueError:  # no document can tell, say, a third of an hour
        return f"the learner:\n{learner!r}"


Document = Pathway | Learner | Timeline


def assert_round_trips(value: Document, *, syntaxes: Iterable[Syntax] = get_args(Syntax)) -> None:
    """Nothing, if a pathway, learner or timeline is read as it was written, and then writes the same text again.

    >>> from career_path.model.pathway import Step
    >>> assert_round_trips(Pathway("school", goal="exam", steps=[Step("exam", takes="P2D")]))

    Raises:
        AssertionError: it cannot be written or read, or comes back as another value; the first difference.
        MissingExtraError: TOML is among the syntaxes and the extra `toml` is not installed.
        InvalidValueError: it is none of these.
    """
    __tracebackhide__ = True
    _check_document(value)
    for syntax in syntaxes:
        fault = _round_trip_fault(value, syntax)
        if fault:
            raise AssertionError(f"'{_id_of(value)}' does not survive {syntax.upper()}: {fault}")


def _check_document(value: object) -> None:
    if not isinstance(value, (Pathway, Learner, Timeline)):
        raise InvalidValueError("wrong-kind", "", quoted(value), "a pathway, a learner or a timeline")


def _id_of(value: Document) -> str:
    return f"{value.learner} through {value.pathway}" if isinstance(value, Timeline) else value.id


def _round_trip_fault(value: Document, syntax: Syntax) -> str:
    try:
        text = _written(value, syntax)
        again = _read(value, text, syntax)
    except MissingExtraError:
        raise
    except CareerPathError as error:
        return str(error)
    if again != value:
        return _difference(value, again)
    return "" if _written(again, syntax) == text else "what was read is equal, but it is written as another text"


def _written(value: Document, syntax: Syntax) -> str:
    match value:
        case Pathway():
            return format_pathway(value, syntax=syntax)
        case Learner():
            return format_learner(value, syntax=syntax)
        case Timeline():
            return format_timeline(value, syntax=syntax)
        case _:  # pragma: no cover
            assert_never(value)


def _read(value: Document, text: str, syntax: Syntax) -> Document:
    match value:
        case Pathway():
            return parse_pathway(text, syntax=syntax)
        case Learner():
            return parse_learner(text, syntax=syntax)
        case Timeline():
            return parse_timeline(text, syntax=syntax)
        case _:  # pragma: no cover
            assert_never(value)


def _difference(one: object, other: object, path: str = "") -> str:
    """Where two values differ first, and how."""
    for place, mine, theirs in _parts(one, other):
        if mine != theirs:
            return _difference(mine, theirs, f"{path}{place}")
    return f"{path.lstrip('.')}: {one!r} was read as {other!r}"


def _parts(one: object, other: object) -> Iterator[tuple[str, object, object]]:
    """What two values of the same shape are made of, side by side; nothing for values of different shapes."""
    if type(one) is not type(other):
        return
    if isinstance(one, tuple):
        some, others = cast("tuple[object, ...]", one), cast("tuple[object, ...]", other)
        if len(some) == len(others):
            yield from ((f"[{index}]", *pair) for index, pair in enumerate(zip(some, others, strict=True)))
    elif isinstance(one, Value):
        names = [field.name for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(one))) if field.eq]
        yield from ((f".{name}", getattr(one, name), getattr(other, name)) for name in names)


def assert_gives_nearest_days(
    rule: DayRule,
    *,
    since: dt.date = _SINCE,
    through: dt.date = _THROUGH,
    is_member: Callable[[dt.date], bool] | None = None,
) -> None:
    """Nothing, if a day rule keeps the laws that plans rest on, on every day of a stretch, both ends included.

    `on_or_after` has to give the first day of one set of days, on or after, and `on_or_before` the last of the same
    set; then neither ever falls when its day moves forward. A little over a year at both edges of the calendar is
    looked at as well. With `is_member`, which decides about single days, the set has to be the one that you mean.

    >>> from career_path.days.day_rules import Weekdays
    >>> assert_gives_nearest_days(Weekdays(days=["mon"]), is_member=lambda day: day.weekday() == 0)
    >>> assert_gives_nearest_days(Weekdays(days=["tue"]), is_member=lambda day: day.weekday() == 0)
    Traceback (most recent call last):
    ...
    AssertionError: Weekdays(days=(<Weekday.TUE: 'tue'>,)) is no set of nearest days:
    - 2024-01-01: is_member says that it is a day of the set, the rule says that it is not
    - 2024-01-02: is_member says that it is no day of the set, the rule says that it is
    - 2024-01-08: is_member says that it is a day of the set, the rule says that it is not
    - 2024-01-09: is_member says that it is no day of the set, the rule says that it is
    - 2024-01-15: is_member says that it is a day of the set, the rule says that it is not
    - and more

    Raises:
        AssertionError: the first days on which it fails, and how.
        InvalidValueError: `since` or `through` is no date, or the rule still lacks a birth date (see `for_birth`).
    """
    __tracebackhide__ = True
    stretch = range(check_date(since, "since").toordinal(), check_date(through, "through").toordinal() + 1)
    days = chain(stretch, range(FIRST, FIRST + _AT_THE_EDGES), range(LAST - _AT_THE_EDGES + 1, LAST + 1))
    faults = (
        f"{dt.date.fromordinal(day)}: {fault}" for day in days for fault in _faults_on(rule, day, is_member=is_member)
    )
    told = list(islice(faults, _MOST_TOLD + 1))
    if told:
        more = ["and more"] if len(told) > _MOST_TOLD else []
        raise AssertionError(_listed(f"{rule!r} is no set of nearest days:", told[:_MOST_TOLD] + more))


def _faults_on(rule: DayRule, day: int, *, is_member: Callable[[dt.date], bool] | None) -> Iterator[str]:
    after, before = rule.on_or_after(day), rule.on_or_before(day)
    if (after == day) != (before == day):
        yield f"on_or_after gives {_day(after)} and on_or_before {_day(before)}: only one of them takes it for its own"
    yield from _faults_after(rule, day, after)
    yield from _faults_before(rule, day, before)
    if is_member is not None and is_member(dt.date.fromordinal(day)) != (after == day):
        is_in = after == day
        words = ("no day", "it is") if is_in else ("a day", "it is not")
        yield f"is_member says that it is {words[0]} of the set, the rule says that {words[1]}"


def _faults_after(rule: DayRule, day: int, after: int) -> Iterator[str]:
    if after < day:
        yield f"on_or_after gives {_day(after)}, which is earlier"
    elif rule.on_or_after(after) != after:
        yield f"on_or_after gives {_day(after)}, whose own first day is {_day(rule.on_or_after(after))}"
    elif after > day and rule.on_or_after(day + 1) != after:
        yield f"on_or_after gives {_day(after)}, but from the day after it {_day(rule.on_or_after(day + 1))}"


def _faults_before(rule: DayRule, day: int, before: int) -> Iterator[str]:
    if before > day:
        yield f"on_or_before gives {_day(before)}, which is later"
    elif rule.on_or_before(before) != before:
        yield f"on_or_before gives {_day(before)}, whose own last day is {_day(rule.on_or_before(before))}"
    elif before < day and day > FIRST and rule.on_or_before(day - 1) != before:
        yield f"on_or_before gives {_day(before)}, but from the day before it {_day(rule.on_or_before(day - 1))}"


def _day(number: int) -> str:
    day = to_date(number)
    return str(day) if day else "ALWAYS" if number == ALWAYS else "NEVER"
