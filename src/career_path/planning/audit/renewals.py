"""Checks of renewals: every cycle told has the days that its rules give, and every paper has its cycles told."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from career_path.model.due import Renewal, WayBy
from career_path.model.learner import Held
from career_path.model.timeline import Status
from career_path.planning.audit.book import Book
from career_path.planning.audit.own_calendar import NEVER
from career_path.planning.audit.own_course import OwnCourse
from career_path.planning.audit.own_cycles import duties_in, own_cycles
from career_path.planning.audit.own_ends import Unjudged
from career_path.planning.audit.own_papers import Papers

__all__ = ["check_renewals"]

_COMING = 3
"""How many renewals a plan tells at least after the period that a paper is in, where a rule tells of renewals."""


def check_renewals(book: Book) -> Iterator[str]:
    """Each cycle is told once and has the days of a paper, and no validity is left untold."""
    renewals = book.timeline.renewals
    for key, count in Counter((r.credential, r.number, r.valid_from) for r in renewals).items():
        if count > 1:
            yield f"cycle {key[1]} of '{key[0]}' is told {count} times"
    yield from (fault for renewal in renewals for fault in _order_faults(renewal))
    known = {str(credential.id) for credential in book.pathway.credentials}
    papers = Papers(book)
    for name in dict.fromkeys(renewal.credential for renewal in renewals):
        told = [each for each in renewals if each.credential == name]
        yield from _sequence_faults(told)
        if name not in known:
            yield f"'{name}' is no credential of the pathway"
        else:
            yield from _paper_faults(papers, name, sorted(told, key=lambda each: (each.valid_from, each.number)))
    yield from _untold(book, {renewal.credential for renewal in renewals})


def _untold(book: Book, told: set[str]) -> Iterator[str]:
    for planned, step in (*book.todo(), *book.steps(Status.RUNNING)):
        for credential in step.grants:
            if credential not in told:
                yield f"'{planned.id}' grants '{credential}', whose validity is not told"
    for held in book.learner.holds:
        if held.credential not in told:
            yield f"'{held.credential}' is held, but its validity is not told"


def _order_faults(renewal: Renewal) -> Iterator[str]:
    """Whether the days of a cycle come one after the other."""
    days = (renewal.opens, renewal.act_by, renewal.valid_through, renewal.grace_through)
    known = [day for day in days if day is not None]
    is_late = renewal.opens is not None and renewal.soft_deadline is not None and renewal.soft_deadline < renewal.opens
    if known != sorted(known) or is_late or (renewal.valid_through or NEVER) < renewal.valid_from:
        yield f"{_name(renewal)} has its days out of order"
    for back, after in pairwise(renewal.back):
        if back.through is None or (after.from_ - back.through).days != 1:
            yield f"{_name(renewal)} has a way back from {after.from_}, not on the day after the one before it"


def _sequence_faults(told: Iterable[Renewal]) -> Iterator[str]:
    """Whether the cycles of a credential come one after the other."""
    for before, after in pairwise(told):
        if before.number > after.number and before.valid_from <= after.valid_from:
            continue  # renewed late, it counts anew
        if not (before.valid_from <= after.valid_from and _through(before) <= _through(after)):
            yield f"cycle {after.number} of '{after.credential}' does not come after cycle {before.number}"


def _through(renewal: Renewal) -> dt.date:
    return renewal.valid_through or NEVER


def _name(renewal: Renewal) -> str:
    return f"cycle {renewal.number} of '{renewal.credential}'"


# the cycles of a paper


def _paper_faults(papers: Papers, name: str, told: list[Renewal]) -> Iterator[str]:
    """What is wrong with the cycles of the newest paper; of several that may be meant, the one that fits best."""
    newest = papers.newest.get(name)
    if newest is None:
        yield f"{_name(told[0])} follows from no paper"
        return
    others = [each for each in papers.candidates(name) if each.granted == newest.granted]
    found = [list(_faults_of(papers, held, told)) for held in dict.fromkeys((newest, *others))]
    yield from min(found, key=len)


def _faults_of(papers: Papers, held: Held, told: list[Renewal]) -> Iterator[str]:
    course = papers.course(held)
    today = papers.book.timeline.today
    try:
        on_record, coming = own_cycles(course, today, most=max(_COMING, len(told)))
        expected = [*on_record, *coming]
        yield from _cycle_faults(expected, told)
        has_rule = course.credential.renewal is not None or any(each.renewal for each in course.credential.changes)
        least = [on_record[-1], *coming[: _COMING if has_rule else 0]]
        yield from _missing(least, expected, told)
        yield from _duty_faults(course, told, today)
    except Unjudged:
        return


def _key(renewal: Renewal) -> tuple[int, dt.date]:
    return renewal.number, renewal.valid_from


def _cycle_faults(expected: Iterable[Renewal], told: Iterable[Renewal]) -> Iterator[str]:
    by_key = {_key(each): each for each in expected}
    for each in told:
        own = by_key.get(_key(each))
        if own is None or own.valid_through != each.valid_through:
            yield f"{_name(each)} from {each.valid_from} through {each.valid_through} follows from no paper"
        else:
            yield from (f"{_name(each)} {fault}" for fault in _day_faults(own, each))


_DAYS = {
    "extended_from": "was put off from",
    "renewed_on": "was renewed on",
    "opens": "opens on",
    "soft_deadline": "is due without a late fee by",
    "act_by": "is due by",
    "grace_through": "has grace through",
    "is_grace_current": "is current in its grace:",
    "fee": "has a fee of",
    "late_fee": "has a late fee of",
    "count": "is in all number",
    "credits_by": "is to have its credits by",
    "is_exempt": "is exempt from continuing education:",
}
_WAY_FIELDS = ("id", "title", "kind", "apply_by", "act_by", "fee")


def _day_faults(own: Renewal, told: Renewal) -> Iterator[str]:
    """What differs between two readings of one cycle, in the parts that this audit knows."""
    for field, words in _DAYS.items():
        mine, theirs = getattr(own, field), getattr(told, field)
        if mine != theirs:
            yield f"{words} {theirs}, and by its rule {mine}"
    if list(map(_known, own.ways)) != list(map(_known, told.ways)):
        yield "has ways to renew with other days than its rule gives"
    if own.back != told.back:
        yield "has ways back with other days than its rule gives"


def _known(way: WayBy) -> tuple[object, ...]:
    return tuple(getattr(way, field) for field in _WAY_FIELDS)


def _missing(least: Iterable[Renewal], expected: Iterable[Renewal], told: Iterable[Renewal]) -> Iterator[str]:
    """The cycles that a plan must tell and does not, and those left out between others."""
    keys = {_key(each) for each in told}
    order = list(expected)
    there = [index for index, each in enumerate(order) if _key(each) in keys]
    inside = order[there[0] : there[-1]] if there else []
    for each in dict.fromkeys((*inside, *least)):
        if _key(each) not in keys:
            yield f"{_name(each)} from {each.valid_from} is not told"


def _duty_faults(course: OwnCourse, told: list[Renewal], today: dt.date) -> Iterator[str]:
    """Whether each duty that falls into a cycle told is told in it; where there is no end, those to come are."""
    last = told[-1]
    for each in told:
        if each.valid_through is not None:
            own = duties_in(course, each.valid_from, each.valid_through)
            if tuple(own) != each.duties:
                yield f"{_name(each)} has other duties than its credential says"
    if last.valid_through is None:
        own = duties_in(course, max(last.valid_from, today), dt.date(9998, 12, 31))
        if not set(last.duties) <= set(own) or (own and not last.duties):
            yield f"{_name(last)} has other duties than its credential says"
