"""What the renewals of a plan's credentials ask for in the ten years after the first day of work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
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
from career_path.model.learner import Held, Learner
from career_path.model.ledger import Ledger
from career_path.model.pathway import Pathway
from career_path.model.renewal import RenewalRule
from career_path.model.text import step_of
from career_path.model.timeline import Renewal, Status, Timeline, TotalCost
from career_path.model.ways import WayKind
from career_path.planning.credits import assess
from career_path.planning.cycles import ruled_cycles
from career_path.planning.ends import Holder
from career_path.planning.renewals import records_when_done

__all__ = ["burden_of"]

_DECADE: Final = Span(years=10)
_HOURS: Final = frozenset({"hour", "clock hour", "contact hour"})


class _Ask(NamedTuple):
    """What one renewal or duty asks for; None where that is not known."""

    credential: str
    hours: Fraction | None
    fee: Decimal | None
    is_renewal: bool = True


def burden_of(pathway: Pathway, learner: Learner, timeline: Timeline, *, since: dt.date) -> RenewalBurden:
    """What falls due in the decade that begins on a day, for every credential that the learner has or gets.

    A credential that ends in that time and of which no rule of renewal is told is not known, and not counted as one
    renewal or another: nobody said that there are any.

    Raises:
        DocumentError: something about the learner is missing that the rules ask for.
    """
    end = _DECADE.after(since) or dt.date.max
    papers = _papers(learner, pathway, timeline, end)
    asks = [ask for credential, periods in papers for ask in _asks(credential, periods, since, end)]
    hours = [ask.hours for ask in asks if ask.hours is not None]
    fees = [ask.fee for ask in asks if ask.fee is not None]
    return RenewalBurden(
        since=since,
        through=end - dt.timedelta(days=1),
        count=sum(ask.is_renewal for ask in asks),
        hours=TotalHours(
            hours=sum(hours, Fraction()), unknown=tuple(sorted({a.credential for a in asks if a.hours is None}))
        ),
        cost=TotalCost(
            amount=sum(fees, Decimal(0)),
            currency=pathway.currency,
            unknown=tuple(sorted({a.credential for a in asks if a.fee is None})),
        ),
    )


Period = tuple[Renewal, RenewalRule | None]


def _papers(
    learner: Learner, pathway: Pathway, timeline: Timeline, until: dt.date
) -> Iterator[tuple[Credential, tuple[Period, ...]]]:
    """Each credential that the plan ends with, and its periods from the one it is then in on."""
    planned = [step for step in timeline.steps if step.finish is not None and step.status is not Status.WAIVED]
    held: dict[str, Held] = {each.credential: each for each in learner.holds}
    for renewal in reversed(timeline.renewals):  # so that the first period of each is the last one seen
        for step in planned:
            is_its = renewal.credential in pathway.step(step_of(step.id)).grants
            if is_its and step.finish == renewal.valid_from:
                held[renewal.credential] = Held(renewal.credential, granted=renewal.valid_from)
    known = attrs.evolve(learner, holds=tuple(held.values()), records=records_when_done(learner, planned))
    holder = Holder(learner=known, credentials=pathway.credentials)
    for name in sorted({each.credential for each in timeline.renewals}):
        credential = pathway.credential(name)
        if _is_replaced(credential, held):
            continue
        yield credential, ruled_cycles(credential, held[name], today=timeline.today, until=until, holder=holder)


def _is_replaced(credential: Credential, held: Mapping[str, Held]) -> bool:
    """Whether it ends because another one takes its place, which the learner then has: nobody renews it."""
    references = credential_references(credential)
    return any(each.path.endswith(".replaced_by") and each.id in held for each in references)


def _asks(credential: Credential, periods: tuple[Period, ...], since: dt.date, end: dt.date) -> Iterator[_Ask]:
    name, last = credential.id, periods[-1][0]
    for period, rule in periods:
        through = period.valid_through
        if through is not None and since <= through < end:
            if rule is not None and period is not last:
                yield _renewal(period, rule)
            else:
                yield _Ask(name, None, None, is_renewal=False)
        for duty in period.duties:
            if since <= duty.on < end:
                yield _Ask(name, None, duty.fee, is_renewal=False)


def _renewal(period: Renewal, rule: RenewalRule) -> _Ask:
    """What one renewal asks for, by continuing education where that is a way, else by the way that is planned."""
    chosen = next((each for each in period.ways if each.kind == WayKind.CREDITS), None)
    chosen = chosen or next((each for each in period.ways if each.is_planned), None)
    way = next((each for each in rule.ways if chosen is not None and each.id == chosen.id), None)
    fee = chosen.fee if chosen is not None and way is not None and way.fee else period.fee
    if way is None or way.kind is WayKind.CREDITS:
        hours = None if rule.credits is None else _credit_hours(rule.credits, period)
    elif isinstance(way.takes, Effort):
        hours = way.takes.hours
    else:
        hours = Fraction() if way.kind is WayKind.FORM else None
    return _Ask(period.credential, hours, fee)


def _credit_hours(rule: CreditRule, period: Renewal) -> Fraction | None:
    """The hours of continuing education of one period; None where credits are not told in hours."""
    assert period.valid_through is not None
    stretch = CreditPeriod(since=period.valid_from, through=period.valid_through, number=period.number)
    total = assess(rule, Ledger(), period=stretch, on=period.valid_from).total
    if unit_key(rule.unit) in _HOURS:
        return total
    worth = next((each.worth for each in rule.units if unit_key(each.unit) in _HOURS), None)
    return None if worth is None else total / worth
