"""What the renewals of a plan's credentials ask for in the ten years after the first day of work."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final, NamedTuple

import attrs

from career_path.days.durations import Effort
from career_path.days.spans import Span
from career_path.model.careers import RenewalBurden, TotalHours
from career_path.model.credential_checks import credential_references
from career_path.model.credentials import Credential
from career_path.model.credit_parts import unit_key
from career_path.model.credits import CreditPeriod, CreditRule
from career_path.model.ends import IdleEnd
from career_path.model.learner import Employment, Held, Learner
from career_path.model.ledger import Ledger
from career_path.model.pathway import Pathway, StepKind
from career_path.model.renewal import RenewalRule
from career_path.model.requirements import Holds, Requirement, leaves
from career_path.model.text import step_of
from career_path.model.timeline import PlannedStep, Renewal, Status, Timeline, TotalCost
from career_path.model.ways import WayKind
from career_path.planning.credits import assess
from career_path.planning.cycles import ruled_cycles
from career_path.planning.ends import Holder
from career_path.planning.renewals import records_when_done

__all__ = ["burden_of"]

_DECADE: Final = Span(years=10)
_HOURS: Final = frozenset({"hour", "clock hour", "contact hour"})
_TRAINING: Final = frozenset({StepKind.PROGRAM, StepKind.EXTERNSHIP, StepKind.EXPERIENCE})


class _What(StrEnum):
    RENEWAL = "renewal"
    DUTY = "duty"
    NO_RULE = "no-rule"
    """It ends, and nobody told whether and how it is renewed."""
    FOR_GOOD = "for-good"
    """It ends, and is not renewed again."""


class _Ask(NamedTuple):
    """What the end of a period or a duty asks for; None where that is not known."""

    what: _What
    credential: str
    hours: Fraction | None = None
    fee: Decimal | None = None
    unit: str | None = None
    """That of the credits asked for, where the same credits may count for other credentials."""


def burden_of(pathway: Pathway, learner: Learner, timeline: Timeline, *, since: dt.date) -> RenewalBurden:
    """What falls due in the decade that begins on a day, for every credential that the learner has or gets.

    A credential that ends in that time and of which no rule of renewal is told is not known, and not counted as one
    renewal or another: nobody said that there are any. One that only training asks for, which is done by that day, is
    nothing that work asks to be kept: it is named and not counted.

    Raises:
        DocumentError: something about the learner is missing that the rules ask for.
    """
    end = _DECADE.after(since) or dt.date.max
    told = {c: list(_asks(c, ps, since, end)) for c, ps in _papers(learner, pathway, timeline, end)}
    training = _training_only(pathway, timeline, told, since)
    asks = [ask for credential, found in told.items() if credential.id not in training for ask in found]
    owed = [ask for ask in asks if ask.what is not _What.FOR_GOOD]
    return RenewalBurden(
        since=since,
        through=end - dt.timedelta(days=1),
        count=sum(ask.what is _What.RENEWAL for ask in asks),
        counts=_counts(asks),
        shared=_shared(asks),
        duty_count=sum(ask.what is _What.DUTY for ask in asks),
        hours=TotalHours(
            hours=sum((ask.hours for ask in owed if ask.hours is not None), Fraction()),
            unknown=_names(ask for ask in owed if ask.hours is None),
        ),
        cost=TotalCost(
            amount=sum((ask.fee for ask in owed if ask.fee is not None), Decimal(0)),
            currency=pathway.currency,
            unknown=_names(ask for ask in owed if ask.fee is None),
        ),
        without_rule=_names(ask for ask in asks if ask.what is _What.NO_RULE),
        not_renewed=_names(ask for ask in asks if ask.what is _What.FOR_GOOD),
        training_only=_names(ask for credential, found in told.items() if credential.id in training for ask in found),
    )


def _names(asks: Iterable[_Ask]) -> tuple[str, ...]:
    return tuple(sorted({ask.credential for ask in asks}))


def _counts(asks: Iterable[_Ask]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(ask.credential for ask in asks if ask.what is _What.RENEWAL).items()))


def _shared(asks: Iterable[_Ask]) -> tuple[str, ...]:
    """The credentials of which several ask for hours told in one unit, which may be the same hours."""
    by_unit: defaultdict[str, set[str]] = defaultdict(set)
    for ask in asks:
        if ask.unit is not None and ask.hours:
            by_unit[ask.unit].add(ask.credential)
    return tuple(sorted(name for names in by_unit.values() if len(names) > 1 for name in names))


def _training_only(
    pathway: Pathway, timeline: Timeline, papers: Iterable[Credential], since: dt.date
) -> frozenset[str]:
    """The credentials that steps of the plan ask for, all of them training that is done by a day."""
    asking: dict[str, bool] = {}
    for planned in timeline.steps:
        step = pathway.step(step_of(planned.id))
        is_over = step.kind in _TRAINING and (planned.finish is None or planned.finish <= since)
        for name in _held_for(step.requires):
            asking[name] = is_over and asking.get(name, True)
    others = {each.id for paper in papers for each in credential_references(paper) if each.what == "credential"}
    kept = {*_held_for(pathway.goal), *others}
    return frozenset(name for name, is_training in asking.items() if is_training and name not in kept)


def _held_for(requirement: Requirement) -> Iterator[str]:
    return (leaf.credential for _, leaf in leaves(requirement) if isinstance(leaf, Holds))


Period = tuple[Renewal, RenewalRule | None]


def _papers(
    learner: Learner, pathway: Pathway, timeline: Timeline, until: dt.date
) -> Iterator[tuple[Credential, tuple[Period, ...]]]:
    """Each credential that the plan ends with, and its periods from the one it is then in on."""
    planned = [each for each in timeline.steps if each.finish is not None and each.status is not Status.WAIVED]
    held: dict[str, Held] = {each.credential: each for each in learner.holds}
    for renewal in reversed(timeline.renewals):  # so that the first period of each is the last one seen
        for step in planned:
            is_its = renewal.credential in pathway.step(step_of(step.id)).grants
            if is_its and step.finish == renewal.valid_from:
                held[renewal.credential] = Held(renewal.credential, granted=renewal.valid_from)
    known = attrs.evolve(learner, holds=tuple(held.values()), records=records_when_done(learner, planned))
    jobs = tuple(_work_to_come(pathway, planned))
    for name in sorted({each.credential for each in timeline.renewals}):
        credential = pathway.credential(name)
        if _is_replaced(credential, held):
            continue
        holder = Holder(learner=_at_work(known, jobs, credential), credentials=pathway.credentials)
        yield credential, ruled_cycles(credential, held[name], today=timeline.today, until=until, holder=holder)


def _work_to_come(pathway: Pathway, planned: Iterable[PlannedStep]) -> Iterator[Employment]:
    """The work of the jobs to come, each until the next one begins."""
    begun = sorted((each.start, each.id) for each in planned if each.kind is StepKind.JOB and each.start)
    coming = {each.id for each in planned if not each.is_done}
    followed_by = [*(start - dt.timedelta(days=1) for start, _ in begun[1:]), None]
    for (start, name), through in zip(begun, followed_by, strict=True):
        step = pathway.step(step_of(name))
        if step.work is not None and step.is_open_ended and name in coming and (through is None or through >= start):
            yield Employment(role=step.work.role, from_=start, through=through, hours=step.work.hours)


def _at_work(learner: Learner, jobs: tuple[Employment, ...], credential: Credential) -> Learner:
    """The learner with the work of the plan; a job whose hours are not told counts only where none are asked for."""
    end = credential.valid
    is_any_work_enough = isinstance(end, IdleEnd) and end.hours is None
    told = (job for job in jobs if job.hours is not None or is_any_work_enough)
    return attrs.evolve(learner, employment=(*learner.employment, *told))


def _is_replaced(credential: Credential, held: Mapping[str, Held]) -> bool:
    """Whether it ends because another one takes its place, which the learner then has: nobody renews it."""
    references = credential_references(credential)
    return any(each.path.endswith(".replaced_by") and each.id in held for each in references)


def _asks(credential: Credential, periods: tuple[Period, ...], since: dt.date, end: dt.date) -> Iterator[_Ask]:
    last = periods[-1][0]
    for period, rule in periods:
        through = period.valid_through
        if through is not None and since <= through < end:
            if rule is None or period is last:
                yield _Ask(_ending(credential, period, rule), credential.id)
            else:
                yield _renewal(period, rule)
        for duty in period.duties:
            if since <= duty.on < end:
                yield _Ask(_What.DUTY, credential.id, None, duty.fee)


def _ending(credential: Credential, period: Renewal, rule: RenewalRule | None) -> _What:
    """What the end of a period is that no other one follows; a paper that work keeps alive ends with that work."""
    if rule is None:
        return _What.NO_RULE
    is_used_up = rule.at_most is not None and period.number > rule.at_most
    return _What.FOR_GOOD if is_used_up or isinstance(credential.valid, IdleEnd) else _What.NO_RULE


def _renewal(period: Renewal, rule: RenewalRule) -> _Ask:
    """What one renewal asks for, by continuing education where that is a way, else by the way that is planned."""
    chosen = next((each for each in period.ways if each.kind == WayKind.CREDITS), None)
    chosen = chosen or next((each for each in period.ways if each.is_planned), None)
    way = next((each for each in rule.ways if chosen is not None and each.id == chosen.id), None)
    fee = chosen.fee if chosen is not None and way is not None and way.fee else period.fee
    unit = None
    if way is None or way.kind is WayKind.CREDITS:
        hours = None if rule.credits is None else _credit_hours(rule.credits, period)
        unit = unit_key(rule.credits.unit) if rule.credits is not None and rule.credits.is_shared else None
    elif isinstance(way.takes, Effort):
        hours = way.takes.hours
    else:
        hours = Fraction() if way.kind is WayKind.FORM else None
    return _Ask(_What.RENEWAL, period.credential, hours, fee, unit)


def _credit_hours(rule: CreditRule, period: Renewal) -> Fraction | None:
    """The hours of continuing education of one period; None where credits are not told in hours."""
    assert period.valid_through is not None
    stretch = CreditPeriod(since=period.valid_from, through=period.valid_through, number=period.count)
    total = assess(rule, Ledger(), period=stretch, on=period.valid_from).total
    if unit_key(rule.unit) in _HOURS:
        return total
    worth = next((each.worth for each in rule.units if unit_key(each.unit) in _HOURS), None)
    return None if worth is None else total / worth
