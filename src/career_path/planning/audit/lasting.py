"""How long the papers of a timeline last, with the renewals that it plans, and checks of what it tells of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from career_path.model.learner import Held
from career_path.model.renewal import Fee
from career_path.model.text import step_of
from career_path.model.timeline import PaperUse, PlannedRenewal, Status
from career_path.planning.audit.book import Book
from career_path.planning.audit.own_calendar import ALWAYS, NEVER
from career_path.planning.audit.own_course import OwnCourse, Period
from career_path.planning.audit.own_ends import Unjudged
from career_path.planning.audit.own_papers import Papers

__all__ = ["check_papers", "granting_steps", "held_stretch", "lasts", "planned_renewals", "renewal_costs"]


def granting_steps(book: Book, credential_id: str) -> list[str]:
    """The steps of the timeline that grant a credential, later times of a step included."""
    granting = {step.id for step in book.pathway.granting(credential_id)}
    return [step.id for step in book.timeline.steps if step_of(step.id) in granting]


def planned_renewals(book: Book, credential_id: str, granted_by: str | None) -> int:
    """How often the timeline renews a paper."""
    uses = (use for use in book.timeline.papers if (use.credential, use.granted_by) == (credential_id, granted_by))
    return max((len(use.renewals) for use in uses), default=0)


def lasts(book: Book, credential_id: str, granted: dt.date, renewals: int = 0) -> dt.date:
    """The last day of a paper granted on a day and renewed so many times; never where it cannot be judged."""
    if granted == NEVER:
        return NEVER
    key = (credential_id, granted, renewals)
    if key not in book.last_days:
        try:
            course = Papers(book).at_first(Held(credential_id, granted=granted))
            book.last_days[key] = granted, _kept(course, [course.first()], ALWAYS, renewals)[-1].through
        except Unjudged:
            book.last_days[key] = granted, NEVER
    return book.last_days[key][1]


def held_stretch(book: Book, credential_id: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of the paper at hand with its planned renewals; None where there is none."""
    held = book.learner.held(credential_id)
    if held is None:
        return None
    key = (credential_id, None, planned_renewals(book, credential_id, None))
    if key not in book.last_days:
        try:
            course = Papers(book).at_first(held)
            last = _kept(course, course.on_record(), book.timeline.today, key[-1])[-1]
            book.last_days[key] = last.unbroken, last.through
        except Unjudged:
            book.last_days[key] = held.granted, NEVER
    return book.last_days[key]


def _kept(course: OwnCourse, periods: list[Period], today: dt.date, renewals: int) -> list[Period]:
    """The last period and so many after it, as far as it can be renewed."""
    kept = periods[-1:]
    for following in course.coming(kept[0], today):
        if len(kept) > renewals:
            break
        kept.append(following)
    return kept


def check_papers(book: Book) -> Iterator[str]:
    """Each paper is told from and through the right days, its renewals on the last day to act, at the right fee."""
    for use in book.timeline.papers:
        try:
            yield from _faults(book, use)
        except Unjudged:
            continue


def _faults(book: Book, use: PaperUse) -> Iterator[str]:
    name = f"the paper '{use.credential}' of '{use.needed_by or 'the goal'}'"
    today = book.timeline.today
    if use.granted_by is None:
        held = book.learner.held(use.credential)
        if held is None:
            yield f"{name} is not at hand"
            return
        course = Papers(book).at_first(held)
        periods = course.on_record()
    else:
        step = book.planned(use.granted_by)
        if step is None or step.finish != use.valid_from or step.status is Status.WAIVED:
            yield f"{name} is not granted by '{use.granted_by}' on {use.valid_from}"
            return
        course = Papers(book).at_first(Held(use.credential, granted=use.valid_from))
        periods = [course.first()]
    kept = _kept(course, periods, ALWAYS, len(use.renewals))
    if (kept[0].unbroken, kept[-1].through) != (use.valid_from, use.valid_through or NEVER):
        yield f"{name} holds from {kept[0].unbroken} through {kept[-1].through}, not {use.valid_through}"
    expected = tuple(_renewal(course, period) for period in kept[:-1])
    if expected != use.renewals or any(each.on < today for each in use.renewals):
        yield f"{name} is not renewed as its rule says"


def _renewal(course: OwnCourse, period: Period) -> PlannedRenewal:
    stages, rule = course.stages(period), period.rule
    if stages is None or rule is None:
        raise Unjudged
    act_by = min(max(stages.act_by or period.through, period.begins), period.through)
    late = _amount(rule.late_fee, act_by) if stages.soft is not None and act_by > stages.soft else None
    open_ways = [way for way, days in zip(rule.ways, stages.ways, strict=True) if days.act_by >= act_by]
    fees = [_amount(way.fee or rule.fee, act_by) for way in open_ways] or [_amount(rule.fee, act_by)]
    known = [fee for fee in fees if fee is not None]
    return PlannedRenewal(on=act_by, fee=min(known) + (late or Decimal(0)) if known else None)


def _amount(fees: tuple[Fee, ...], day: dt.date) -> Decimal | None:
    held = [fee.amount for fee in fees if fee.since is None or fee.since <= day]
    return held[-1] if held else None


def renewal_costs(book: Book) -> list[tuple[str, Decimal | None]]:
    """The credential and the fee of each renewal that the timeline counts on, once for each paper."""
    papers = {(use.credential, use.granted_by): use.renewals for use in book.timeline.papers}
    return [(credential, each.fee) for (credential, _), renewals in papers.items() for each in renewals]
