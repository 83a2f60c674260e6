"""From the anchor of a credential to the last day of its n-th period, as one rule with an exact way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import assert_never

import attrs

from career_path.days.day_rules import Birthday, BirthMonthEnd, DayRule, MonthEnd
from career_path.days.numbers import FIRST, LAST, NEVER, to_date
from career_path.days.rules import (
    SAME_DAY,
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
from career_path.errors import DocumentError, Fault
from career_path.model.credentials import Credential
from career_path.model.ends import (
    AgeEnd,
    Case,
    Cases,
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
from career_path.values import Value, frozen

__all__ = ["Holder", "Stretches", "bind_birth", "end_of", "first_day_at_age", "shown_fact"]


def _not_told(_: str) -> tuple[tuple[int, int], ...]:
    return ()


@frozen(kw_only=True)
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


Stretches = Callable[[str], tuple[tuple[int, int], ...]]
"""The unbroken stretches in which another credential of the learner is valid, as first and last days in order."""


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
class _Asked:
    """One end of one credential for one holder: what its rules may ask for."""

    holder: Holder
    path: str
    stretches: Stretches = _not_told

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
    end: End, number: int, *, holder: Holder, path: str, is_from_end: bool = False, stretches: Stretches = _not_told
) -> Rule:
    """From an anchor to the last day of the n-th period counted from it.

    With `is_from_end` the anchor is itself the last day of a period, and the n-th after it is meant.

    Raises:
        DocumentError: something about the learner is missing that the end depends on.
    """
    return _nth(end, number, _Asked(holder=holder, path=path, stretches=stretches), is_from_end=is_from_end)


def _nth(end: End, number: int, asked: _Asked, *, is_from_end: bool) -> Rule:
    match end:
        case Validity():
            return _validity(end, number, asked, is_from_end=is_from_end)
        case EarliestOf():
            return earlier_of(*(_nth(each, number, asked, is_from_end=is_from_end) for each in end.earliest_of))
        case LatestOf():
            return _latest(end, number, asked, is_from_end=is_from_end)
        case Cases():
            return _by_case(end, number, asked, is_from_end=is_from_end)
        case _:
            return _by_event(end, asked)


def _latest(end: LatestOf, number: int, asked: _Asked, *, is_from_end: bool) -> Rule:
    """The last of several; another paper prolongs what still holds when it is granted, and takes up nothing lapsed."""
    papers = [each for each in end.latest_of if isinstance(each, PaperEnd)]
    others = [each for each in end.latest_of if not isinstance(each, PaperEnd)]
    if not papers or not others:
        return later_of(*(_nth(each, number, asked, is_from_end=is_from_end) for each in end.latest_of))
    own = later_of(*(_nth(each, number, asked, is_from_end=is_from_end) for each in others))
    held = [each.ends_with for each in papers if asked.holder.learner.held(each.ends_with) is not None]
    stretches = sorted(stretch for each in held for stretch in asked.stretches(each))

    def f(day: int) -> int:
        last = own.f(day)
        for first, through in stretches:
            if first <= last + 1:
                last = max(last, through)
        return last

    return _searched(f, own.latest)


def _by_case(end: Cases, number: int, asked: _Asked, *, is_from_end: bool) -> Rule:
    """The n-th period by what holds on the day each begins."""
    if not end.is_by_day:  # one case for a holder, whatever the day: a rule like any other
        case = _chosen(end, FIRST, asked)
        return constant(NEVER) if case.valid is None else _nth(case.valid, number, asked, is_from_end=is_from_end)

    def f(day: int) -> int:
        return day if day < FIRST or day > LAST else _walked(end, number, asked, day, is_from_end=is_from_end)

    def refused(_: int) -> int:
        found = "an end that can come sooner for who begins later"
        expected = "an end that never does, where a plan counts back from it"
        raise DocumentError((Fault("not-supported", f"{asked.path}.cases", found, expected),), "pathway")

    return Rule(f, refused)


def _walked(end: Cases, number: int, asked: _Asked, day: int, *, is_from_end: bool) -> int:
    """The last day of the n-th period, one after the other; each case counts from where it took over."""
    anchor, last, counted, is_anchor_end = day, day, 0, is_from_end
    before: Case | None = None
    for _ in range(number):
        case = _chosen(end, last + 1 if is_from_end else last, asked)
        if case is not before:
            anchor, counted, before, is_anchor_end = last, 0, case, is_from_end
        counted += 1
        if case.valid is None:
            return NEVER
        last = _nth(case.valid, counted, asked, is_from_end=is_anchor_end).f(anchor)
        if last > LAST:
            return last
        is_from_end = True
    return last


def _chosen(end: Cases, day: int, asked: _Asked) -> Case:
    """The first case whose conditions hold on a day.

    Raises:
        DocumentError: none does, or something about the learner is missing that one asks for.
    """
    for index, case in enumerate(end.cases):
        if _holds(case, day, asked, f"{asked.path}.cases[{index}]"):
            return case
    found = "none whose conditions hold"
    raise DocumentError((Fault("no-case", f"{asked.path}.cases", found, "a last case without a condition"),), "pathway")


def _holds(case: Case, day: int, asked: _Asked, path: str) -> bool:
    learner = asked.holder.learner
    if case.before is not None and day >= case.before.toordinal():
        return False
    if case.under_age is not None:
        if learner.born is None:
            raise _unknown("born", f"the learner's birth date, because of {path}.under_age")
        if day >= first_day_at_age(learner.born, case.under_age):
            return False
    if case.fact is None:
        return True
    value = next((fact.value for fact in learner.facts if fact.name == case.fact), None)
    if value is None:
        raise _unknown(f"facts.{case.fact}", f"what it is, because of {path}.fact")
    return shown_fact(value) == case.is_


def shown_fact(value: object) -> str:
    """How the value of a fact reads: truth values as `true` and `false`.

    >>> shown_fact(True), shown_fact(12)
    ('true', '12')
    """
    return str(value).lower() if isinstance(value, bool) else str(value)


def _by_event(end: AgeEnd | PaperEnd | ReplacedEnd | IdleEnd, asked: _Asked) -> Rule:
    """An end by something that happens in the holder's life, and so the same for every period."""
    match end:
        case AgeEnd():
            born = asked.holder.learner.born
            if born is None:
                raise _unknown("born", f"the learner's birth date, because of {asked.path}.until_age")
            return constant(first_day_at_age(born, end.until_age) - 1)
        case PaperEnd():
            asked.other(end.ends_with, "ends_with")
            stretches = asked.stretches(end.ends_with)
            return constant(stretches[-1][1] if stretches else NEVER)
        case ReplacedEnd():
            held = asked.holder.learner.held(end.replaced_by)
            return constant(NEVER if held is None else held.granted.toordinal() - 1)
        case IdleEnd():
            return _idle(end, asked.holder.learner.employment, asked.path)
        case _:  # pragma: no cover
            assert_never(end)


def _validity(valid: Validity, number: int, asked: _Asked, *, is_from_end: bool) -> Rule:
    if not valid.is_chained:
        begun = _length(valid, number - 1)
        return _ends_after(valid, asked, begun, times=number, is_from_end=is_from_end)
    following = _following(valid, asked)
    if is_from_end:
        return repeated(following, number)
    first = valid.first or valid
    begun = _checked(first, _ends_after(first, asked), asked)
    return begun.then(repeated(following, number - 1))


def _following(valid: Validity, asked: _Asked) -> Rule:
    """From one last day to the next: a span on, and where it is rolled, never the same day again."""
    if not valid.is_rolled:
        return _ends_after(valid, asked, is_from_end=True)
    days = asked.days(valid)
    length = _length(valid)
    if isinstance(days, Birthday) and not valid.span.total_days:
        length = shift(-1).then(length)  # the years after a 1 March that stood for 29 February lead to 29 February
    return _checked(valid, later_of(shift(1), length).then(_hits(roll_to(days), valid.nth)), asked)


def _ends_after(
    valid: Validity, asked: _Asked, begun: Rule = SAME_DAY, *, times: int = 1, is_from_end: bool = False
) -> Rule:
    length = _length(valid, times)
    if valid.is_rolled:
        days = roll_to(asked.days(valid))
        begin = length.then(shift(1)) if valid.is_after else length
        return _checked(valid, begin.then(_hits(days, valid.nth)), asked, begun)
    if valid.until is Until.ANNIVERSARY:
        return length
    return shift(1).then(length).then(shift(-1)) if is_from_end else length.then(shift(-1))


def _hits(days: Rule, nth: int) -> Rule:
    """The n-th day of a set, the first on or after."""
    return days.then(repeated(shift(1).then(days), nth - 1))


def _length(valid: Validity, times: int = 1) -> Rule:
    add = add_span if valid.short_month is ShortMonth.LAST_DAY else add_span_next_day
    return add(valid.span, times=times)


def _checked(valid: Validity, rule: Rule, asked: _Asked, begun: Rule = SAME_DAY) -> Rule:
    """The same rule; a day that it reaches too late for the stated greatest length of one period is an error."""
    if valid.at_most is None:
        return rule
    greatest = begun.then(add_span(valid.at_most))
    if not valid.at_most.total_days:
        greatest = greatest.then(roll_to(MonthEnd()))

    def f(day: int) -> int:
        reached = rule.f(day)
        if 0 < day <= LAST and reached > greatest.f(day):
            found = f"no day from {valid.span} through {valid.at_most} after {to_date(day)}"
            raise DocumentError(
                (Fault("no-end-in-range", asked.path, found, "a last day between least and greatest length"),),
                "pathway",
            )
        return reached

    return attrs.evolve(rule, f=f)


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

    return _searched(f, span.latest)


def _searched(f: Callable[[int], int], most: Callable[[int], int]) -> Rule:
    """A rule from f, which keeps the order of days, and from a day after which none arrives in time."""

    def latest(reached: int) -> int:
        if reached > LAST:
            return reached
        low, high = 0, min(max(most(reached), 0), LAST)
        while low < high:
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
