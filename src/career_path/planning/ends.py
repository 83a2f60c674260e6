"""From the anchor of a credential to the last day of its n-th period, as one rule with an exact way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import assert_never

import attrs

from career_path.days.day_rules import Birthday, BirthMonthEnd, DayRule, MonthEnd
from career_path.days.numbers import LAST, NEVER, to_date
from career_path.days.rules import (
    Rule,
    add_span,
    add_span_next_day,
    constant,
    earlier_of,
    later_of,
    repeated,
    roll_to,
    shift,
)
from career_path.days.spans import Span
from career_path.errors import DocumentError, Fault
from career_path.model.credentials import Credential
from career_path.model.ends import (
    AgeEnd,
    EarliestOf,
    End,
    IdleEnd,
    LatestOf,
    PaperEnd,
    ReplacedEnd,
    ShortMonth,
    Until,
    Validity,
)
from career_path.model.learner import Employment, Held, Learner
from career_path.values import Value

__all__ = ["Holder", "LastDay", "bind_birth", "end_of", "first_day_at_age"]

_LONGEST = Span(months=1200, days=36_525)


def _no_end(_: str) -> int | None:
    return None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Holder(Value):
    """Who holds a credential: the learner, with birth date, work and other papers, and what these papers are.

    >>> Holder(learner=Learner("ana")).learner.id
    'ana'
    """

    learner: Learner = attrs.field(factory=Learner)
    credentials: tuple[Credential, ...] = attrs.field(default=(), converter=tuple[Credential, ...])

    def credential(self, credential_id: str) -> Credential | None:
        """What a credential is; None where nobody said."""
        return next((each for each in self.credentials if each.id == credential_id), None)

    def finished(self, step_id: str, path: str) -> int:
        """The recorded finish of a step.

        Raises:
            DocumentError: there is none.
        """
        record = self.learner.record(step_id)
        if record is None or record.finished is None:
            raise _unknown(f"records.{step_id}.finished", f"the day, because of {path}")
        return record.finished.toordinal()


LastDay = Callable[[str], int | None]
"""The last day of another credential of the learner; None where it is not known."""


def bind_birth(rule: DayRule, born: dt.date | None, path: str) -> DayRule:
    """The same days for this learner.

    Raises:
        DocumentError: the days depend on a birth date that is not known.
    """
    if born is not None:
        return rule.for_birth(born)
    if rule.needs_birth_date:
        raise _unknown("born", f"the learner's birth date, because of {path}")
    return rule


def _unknown(path: str, expected: str) -> DocumentError:
    return DocumentError((Fault("missing", path, "nothing", expected),), "learner")


@attrs.frozen(kw_only=True, eq=False)
class _Case:
    """One end of one credential for one holder: what its rules may ask for."""

    holder: Holder
    path: str
    last_day: LastDay = _no_end

    def days(self, valid: Validity) -> DayRule:
        """The days on which a rolled validity may end."""
        if valid.month_of is not None:
            return BirthMonthEnd(born=self.other(valid.month_of, "month_of").granted)  # any day's month will do
        rule = MonthEnd() if isinstance(valid.until, Until) else valid.until
        return bind_birth(rule, self.holder.learner.born, self.path)

    def other(self, credential_id: str, field: str) -> Held:
        """Another credential that the learner holds."""
        held = self.holder.learner.held(credential_id)
        if held is None:
            raise _unknown(f"holds.{credential_id}", f"when it was granted, because of {self.path}.{field}")
        return held


def end_of(
    end: End, number: int, *, holder: Holder, path: str, is_from_end: bool = False, last_day: LastDay = _no_end
) -> Rule:
    """From an anchor to the last day of the n-th period counted from it.

    With `is_from_end` the anchor is itself the last day of a period, and the n-th after it is meant.

    Raises:
        DocumentError: something about the learner is missing that the end depends on.
    """
    return _nth(end, number, _Case(holder=holder, path=path, last_day=last_day), is_from_end=is_from_end)


def _nth(end: End, number: int, case: _Case, *, is_from_end: bool) -> Rule:
    match end:
        case Validity():
            return _validity(end, number, case, is_from_end=is_from_end)
        case EarliestOf():
            return earlier_of(*(_nth(each, number, case, is_from_end=is_from_end) for each in end.earliest_of))
        case LatestOf():
            return later_of(*(_nth(each, number, case, is_from_end=is_from_end) for each in end.latest_of))
        case _:
            return _by_event(end, case)


def _by_event(end: AgeEnd | PaperEnd | ReplacedEnd | IdleEnd, case: _Case) -> Rule:
    """An end by something that happens in the holder's life, and so the same for every period."""
    match end:
        case AgeEnd():
            born = case.holder.learner.born
            if born is None:
                raise _unknown("born", f"the learner's birth date, because of {case.path}.until_age")
            return constant(first_day_at_age(born, end.until_age) - 1)
        case PaperEnd():
            case.other(end.ends_with, "ends_with")
            last = case.last_day(end.ends_with)
            return constant(NEVER if last is None else last)
        case ReplacedEnd():
            held = case.holder.learner.held(end.replaced_by)
            return constant(NEVER if held is None else held.granted.toordinal() - 1)
        case IdleEnd():
            return _idle(end, case.holder.learner.employment, case.path)
        case _:  # pragma: no cover
            assert_never(end)


def _validity(valid: Validity, number: int, case: _Case, *, is_from_end: bool) -> Rule:
    if not valid.is_chained:
        return _ends_after(valid, _times(valid.span, number), case, is_from_end=is_from_end)
    following = _following(valid, case)
    if is_from_end:
        return repeated(following, number)
    first = valid.first or valid
    begun = _checked(first, _ends_after(first, first.span, case), case)
    return begun.then(repeated(following, number - 1))


def _following(valid: Validity, case: _Case) -> Rule:
    """From one last day to the next: a span on, and where it is rolled, never the same day again."""
    if not valid.is_rolled:
        return _ends_after(valid, valid.span, case, is_from_end=True)
    days = roll_to(case.days(valid))
    return later_of(shift(1), _length(valid, valid.span)).then(_hits(days, valid.nth))


def _ends_after(valid: Validity, span: Span, case: _Case, *, is_from_end: bool = False) -> Rule:
    length = _length(valid, span)
    if valid.is_rolled:
        days = roll_to(case.days(valid))
        begin = length.then(shift(1)) if valid.is_after else length
        return _checked(valid, begin.then(_hits(days, valid.nth)), case)
    if valid.until is Until.ANNIVERSARY:
        return length
    return shift(1).then(length).then(shift(-1)) if is_from_end else length.then(shift(-1))


def _hits(days: Rule, nth: int) -> Rule:
    """The n-th day of a set, the first on or after."""
    return days.then(repeated(shift(1).then(days), nth - 1))


def _length(valid: Validity, span: Span) -> Rule:
    return add_span(span) if valid.short_month is ShortMonth.LAST_DAY else add_span_next_day(span)


def _checked(valid: Validity, rule: Rule, case: _Case) -> Rule:
    """The same rule; a day that it reaches too late for the stated greatest length is an error."""
    if valid.at_most is None:
        return rule
    greatest = add_span(valid.at_most)
    if not valid.at_most.total_days:
        greatest = greatest.then(roll_to(MonthEnd()))

    def f(day: int) -> int:
        reached = rule.f(day)
        if 0 < day <= LAST and reached > greatest.f(day):
            found = f"no day from {valid.span} through {valid.at_most} after {to_date(day)}"
            raise DocumentError(
                (Fault("no-end-in-range", case.path, found, "a last day between least and greatest length"),), "pathway"
            )
        return reached

    return attrs.evolve(rule, f=f)


def _times(span: Span, number: int) -> Span:
    try:
        return Span(months=span.total_months * number, days=span.total_days * number)
    except ValueError:  # more than a century in all: past every horizon
        return _LONGEST


def _idle(end: IdleEnd, employment: tuple[Employment, ...], path: str) -> Rule:
    """From the grant to the day on which the time without work is full; jobs that came too late do not count."""
    span = add_span(end.idle).then(shift(-1))
    jobs = sorted((job for job in employment if job.role == end.role), key=lambda job: job.from_)
    stretches = [(job.from_.toordinal(), _through(end, job, path)) for job in jobs]

    def f(day: int) -> int:
        if day < 1 or day > LAST:
            return day
        last = span.f(day)
        for first, through in stretches:
            if first <= last:
                last = NEVER if through is None else max(last, span.f(through + 1))
        return last

    def latest(reached: int) -> int:
        if reached > LAST:
            return reached
        low, high = 0, min(max(span.latest(reached), 0), LAST)
        while low < high:  # f keeps the order of days, so the last one that arrives in time can be searched
            middle = (low + high + 1) // 2
            low, high = (middle, high) if f(middle) <= reached else (low, middle - 1)
        return low

    return Rule(f, latest)


def _through(end: IdleEnd, job: Employment, path: str) -> int | None:
    """The last day of work that counts; None while it goes on."""
    if end.hours is None:
        return None if job.through is None else job.through.toordinal()
    if job.hours is None:
        raise _unknown("employment", f"the weekly hours as '{job.role}' from {job.from_}, because of {path}.hours")
    if job.through is None:
        return None
    days = (job.through - job.from_).days + 1
    needed = -(-end.hours * 7 // job.hours) if job.hours else days + 1
    if needed > days:
        found = f"fewer than {end.hours} hours from {job.from_} through {job.through}"
        fault = Fault("not-sayable", "employment", found, f"jobs that alone come to them, because of {path}.hours")
        raise DocumentError((fault,), "learner")
    return job.through.toordinal() - int(needed) + 1


def first_day_at_age(born: dt.date, years: int) -> int:
    """The birthday on which an age is reached, as a day number; for 29 February, 1 March of a common year."""
    year = born.year + years
    if year > dt.date.max.year:
        return NEVER
    return Birthday(born=born).on_or_after(dt.date(year, 1, 1).toordinal())
