"""How long a paper holds that is renewed so many times: on record, or granted on any day still to come."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterator
from decimal import Decimal
from typing import NamedTuple

import attrs

from career_path.days.numbers import ALWAYS, FIRST, LAST, NEVER
from career_path.days.rules import Rule
from career_path.model.credentials import Credential, Until, Validity
from career_path.model.learner import Held
from career_path.model.renewal import Fee, Method, RenewalRule
from career_path.planning.acts import course_with_acts
from career_path.planning.course import Course, Cycle
from career_path.planning.ends import Holder
from career_path.planning.stages import fee_on
from career_path.planning.validity import expiry

__all__ = ["Kept", "Paper", "Papers", "Renewing"]

_LOOKED_BACK = 20_000
"""How many days before today the rules of a paper still to be granted are followed, for dates that are too late."""


class Paper(NamedTuple):
    """One paper of a route: by which step it is granted (None: it is at hand), and of which credential it is."""

    granted_by: str | None
    credential: str


class Kept(NamedTuple):
    """How a paper is kept: how many renewals are planned, and the first and last day on which it may be granted.

    What `is_endless` never runs out: it is renewed again and again.
    """

    renewals: int = 0
    first: int = ALWAYS
    last: int = NEVER
    is_endless: bool = False


class Renewing(NamedTuple):
    """One planned renewal: its day, and what it costs then; None where that is not known."""

    day: int
    fee: Decimal | None


_Chain = tuple[Course, list[Cycle]]


@attrs.frozen(slots=False, eq=False, repr=False)
class Papers:
    """The papers that a learner has or may get, as day numbers; nothing is renewed before today."""

    holder: Holder
    today: int
    horizon: int
    _chains: dict[tuple[str, int], _Chain] = attrs.field(factory=dict[tuple[str, int], _Chain], init=False)
    _held: dict[str, _Chain] = attrs.field(factory=dict[str, _Chain], init=False)

    def through(self, paper: Paper, granted: int | None, renewals: int) -> int:
        """The last day of a paper renewed so many times, or as often as it can be; `NEVER` without an end."""
        return self._chain(paper, granted, renewals)[1][-1].through

    def begins(self, credential_id: str) -> int:
        """The first day of the unbroken stretch in which a paper at hand is valid."""
        return self._known(Paper(None, credential_id), None)[1][0].start

    def can_renew(self, paper: Paper, granted: int | None, renewals: int) -> bool:
        """Whether it can be renewed so many times, each on its last day to act, which is today or later."""
        if granted is not None and granted > self._last_grant(paper.credential):
            return False
        return len(self._chain(paper, granted, renewals)[1]) > renewals

    def renewings(self, paper: Paper, granted: int | None, renewals: int) -> tuple[Renewing, ...]:
        """The planned renewals, in order; ends of unbroken validity are left to `through`."""
        course, cycles = self._chain(paper, granted, renewals)
        return tuple(_renewing(course, cycle) for cycle in cycles[:-1])

    def least_fee(self, credential_id: str) -> Decimal:
        """What one renewal costs at least; nothing where a fee is not known."""
        credential = self.holder.credential(credential_id)
        assert credential is not None
        rules = [rule for rule in (credential.renewal, *(c.renewal for c in credential.changes)) if rule is not None]
        fees = [fee for rule in rules for fee in (*rule.fee, *(fee for way in rule.ways for fee in way.fee))]
        return min((fee.amount for fee in fees), default=Decimal(0))

    def rule(self, credential: Credential, kept: Kept) -> Rule | None:
        """From the day of a grant to the last day of the paper; None if it never ends."""
        if credential.valid is None and not credential.changes:
            return None
        if not _hangs_on_more(credential) and (kept.renewals == 0 or _is_regular(credential, kept.renewals)):
            return expiry(credential, self.holder.learner.born, cycle=kept.renewals + 1, holder=self.holder)
        first, last = max(kept.first, FIRST), min(kept.last, LAST)
        paper = Paper("", credential.id)

        def through(granted: int) -> int:
            return self.through(paper, min(max(granted, first), last), kept.renewals)

        return _searched(through)

    def stretches(self, credential: Credential, renewals: int) -> Iterator[Kept]:
        """Days of grant up to the horizon, in stretches inside which a later grant never holds less long.

        The first of them is the one that today lies in.
        """
        if not _hangs_on_more(credential):
            yield Kept(renewals)
            return
        paper = Paper("", credential.id)

        def rules(granted: int) -> Hashable:
            return _versions(self._chain(paper, granted, renewals)[1], credential)

        begin, end = self.today, min(self.horizon, self._last_grant(credential.id))
        while begin <= end:
            first, last = _stretch(rules, begin, max(self.today - _LOOKED_BACK, FIRST), end)
            yield Kept(renewals, first, last if last < self.horizon else NEVER)
            begin = last + 1

    def _last_grant(self, credential_id: str) -> int:
        """The last day on which a credential that is counted from a step on record may be granted; else `NEVER`."""
        credential = self.holder.credential(credential_id)
        valid = None if credential is None else credential.valid
        if not isinstance(valid, Validity) or valid.counted_from is None:
            return NEVER
        finished = self.holder.finished(valid.counted_from, f"credentials.{credential_id}.valid.counted_from")
        return self._known(Paper("", credential_id), finished)[1][0].through

    def _chain(self, paper: Paper, granted: int | None, renewals: int) -> _Chain:
        """The period at hand, or the first, and those after it, as far as it can be renewed."""
        course, cycles = self._known(paper, granted)
        while len(cycles) <= renewals:
            following = self._next(course, cycles[-1])
            if following is None:
                return course, cycles
            cycles.append(following)
        return course, cycles[: renewals + 1]

    def _known(self, paper: Paper, granted: int | None) -> _Chain:
        if granted is None:
            if paper.credential not in self._held:
                held = self.holder.learner.held(paper.credential)
                assert held is not None
                course = self._course(held)
                self._held[paper.credential] = course, [course.on_record[-1]]
            return self._held[paper.credential]
        key = (paper.credential, granted)
        if key not in self._chains:
            course = self._course(Held(paper.credential, granted=dt.date.fromordinal(granted)))
            self._chains[key] = course, [course.first]
        return self._chains[key]

    def _course(self, held: Held) -> Course:
        credential = self.holder.credential(held.credential)
        assert credential is not None
        return course_with_acts(credential, held, self.holder, until=self.today)

    def _next(self, course: Course, cycle: Cycle) -> Cycle | None:
        if cycle.rule is None or cycle.through > LAST or _act_by(course, cycle) < self.today:
            return None
        return course.planned(cycle, ALWAYS)


def _act_by(course: Course, cycle: Cycle) -> int:
    """The day on which a planned renewal is done: the last that is in time."""
    stages = course.stages(cycle)
    act_by = cycle.through if stages is None or stages.act_by is None else stages.act_by
    return min(max(act_by, cycle.begins), cycle.through)


def _renewing(course: Course, cycle: Cycle) -> Renewing:
    day = _act_by(course, cycle)
    assert cycle.rule is not None
    return Renewing(day, _fee(course, cycle, cycle.rule, day))


def _fee(course: Course, cycle: Cycle, rule: RenewalRule, day: int) -> Decimal | None:
    """What a renewal costs on its last day to act: the cheapest of the ways that are still open, else the usual fee."""
    stages = course.stages(cycle)
    late = Decimal(0)
    if stages is not None and stages.soft is not None and day > stages.soft:
        late = fee_on(rule.late_fee, day) or Decimal(0)
    usual = fee_on(rule.fee, day)
    ways = [] if stages is None else [w for w, on in zip(rule.ways, stages.ways, strict=True) if on.act_by >= day]
    fees = [_way_fee(way.fee, usual, day) for way in ways] or [usual]
    known = [fee for fee in fees if fee is not None]
    return min(known) + late if known else None


def _way_fee(fees: tuple[Fee, ...], usual: Decimal | None, day: int) -> Decimal | None:
    return fee_on(fees, day) if fees else usual


def _hangs_on_more(credential: Credential) -> bool:
    """Whether the first end hangs on more than the day of the grant: changed rules, extensions, another anchor."""
    valid = credential.valid
    is_moved = isinstance(valid, Validity) and valid.counted_from is not None
    return is_moved or bool(credential.changes or credential.extended)


def _is_regular(credential: Credential, renewals: int) -> bool:
    """Whether the period after so many renewals ends as many lengths after the grant, whenever that is."""
    valid, rule = credential.valid, credential.renewal
    if not isinstance(valid, Validity) or rule is None or rule.method is not Method.FROM_EXPIRY:
        return False
    is_whole = valid.until is Until.MONTH_END and valid.span.total_months > 0 and not valid.span.total_days
    is_plain = valid == Validity(span=valid.span, until=valid.until, short_month=valid.short_month)
    is_told = is_plain and (is_whole or valid.until in {Until.DAY_BEFORE, Until.ANNIVERSARY})
    return is_told and (rule.at_most is None or renewals <= rule.at_most)


def _versions(cycles: list[Cycle], credential: Credential) -> Hashable:
    """Under which rules the periods stand, and how many extensions begin and end before their last days."""
    return tuple(
        (
            _place(cycle.valid, [credential.valid, *(change.valid for change in credential.changes)]),
            _place(cycle.rule, [credential.renewal, *(change.renewal for change in credential.changes)]),
            cycle.since,
            sum(each.from_.toordinal() <= cycle.printed for each in credential.extended),
            sum((each.through or each.from_).toordinal() < cycle.printed for each in credential.extended),
        )
        for cycle in cycles
    )


def _stretch(rules: Callable[[int], Hashable], day: int, first: int, last: int) -> tuple[int, int]:
    """The first and last day around one from which the same rules hold."""

    def differs(other: int) -> int:
        return int(rules(other) != here)

    here = rules(day)
    begin = first + bisect_left(range(first, day), 0, key=lambda other: -differs(other))
    return begin, day + bisect_left(range(day, last + 1), 1, key=differs) - 1


def _place(value: object, among: list[object]) -> int:
    return next((index for index, each in enumerate(among) if each is value), -1)


def _searched(f: Callable[[int], int]) -> Rule:
    """A rule from a function that keeps the order of days; its way back is searched."""

    def forward(day: int) -> int:
        return day if day < FIRST or day > LAST else f(day)

    def latest(reached: int) -> int:
        if reached > LAST:
            return reached
        return bisect_right(range(FIRST, LAST + 1), reached, key=forward)

    return Rule(forward, latest)
