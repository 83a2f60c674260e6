"""Checks of renewals: every cycle told follows from a paper, and every paper granted has its cycle told."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from career_path.days.spans import Span
from career_path.model.credentials import Credential
from career_path.model.renewal import Counts, RenewalRule
from career_path.model.timeline import Renewal, Status
from career_path.planning.audit.book import Book
from career_path.planning.audit.own_calendar import DAY, NEVER, before, eve, later
from career_path.planning.audit.own_ends import is_plain

__all__ = ["check_renewals"]


def check_renewals(book: Book) -> Iterator[str]:
    """Each cycle is told once and has the days of a paper, and no validity is left untold."""
    renewals = book.timeline.renewals
    for key, count in Counter((r.credential, r.number, r.valid_from) for r in renewals).items():
        if count > 1:
            yield f"cycle {key[1]} of '{key[0]}' is told {count} times"
    for renewal in renewals:
        yield from _renewal_faults(book, renewal)
    yield from _order_faults(renewals)
    told = {renewal.credential for renewal in renewals}
    for planned, step in (*book.todo(), *book.steps(Status.RUNNING)):
        for credential in step.grants:
            if credential not in told:
                yield f"'{planned.id}' grants '{credential}', whose validity is not told"


def _renewal_faults(book: Book, renewal: Renewal) -> Iterator[str]:
    name = f"cycle {renewal.number} of '{renewal.credential}'"
    if all(credential.id != renewal.credential for credential in book.pathway.credentials):
        yield f"'{renewal.credential}' is no credential of the pathway"
        return
    through = renewal.valid_through or NEVER
    credential = book.pathway.credential(renewal.credential)
    if is_plain(credential) and (renewal.number, renewal.valid_from, through) not in _cycles(book, renewal.credential):
        yield f"{name} from {renewal.valid_from} through {renewal.valid_through} follows from no paper"
    days = (renewal.opens, renewal.act_by, renewal.valid_through, renewal.grace_through)
    known = [day for day in days if day is not None]
    yield from (f"{name} {fault}" for fault in _window_faults(credential, renewal))
    if known != sorted(known) or through < renewal.valid_from:
        yield f"{name} has its days out of order"


def _window_faults(credential: Credential, renewal: Renewal) -> Iterator[str]:
    """Whether the window, the days to act and the grace are so far from the last day as the rule says."""
    rule, through = credential.renewal, renewal.valid_through
    if rule is None or through is None or credential.changes:
        return
    for what, lead, on, least in (
        ("opens", rule.opens, renewal.opens, renewal.valid_from),
        ("is due", rule.soft, renewal.soft_deadline, renewal.valid_from),
    ):
        if isinstance(lead, Span) and on != max(before(through, lead), least):
            yield f"{what} on {on}, and by its rule on {max(before(through, lead), least)}"
    yield from _grace_faults(rule, renewal, through)
    for back, after in pairwise(renewal.back):
        if back.through is None or after.from_ != back.through + DAY:
            yield f"has a way back from {after.from_}, not on the day after the one before it"


def _grace_faults(rule: RenewalRule, renewal: Renewal, through: dt.date) -> Iterator[str]:
    grace = rule.grace.within if rule.grace else None
    if grace is not None and grace.until is None:
        ends = later(through, grace.span)
        ends = eve(ends) if grace.counts is Counts.INCLUSIVE else ends
        if renewal.grace_through != ends:
            yield f"has grace through {renewal.grace_through}, and by its rule through {ends}"


def _order_faults(renewals: Iterable[Renewal]) -> Iterator[str]:
    """Whether the cycles of each credential come one after the other."""
    before_it: dict[str, Renewal] = {}
    for renewal in sorted(renewals, key=lambda each: (each.credential, each.number)):
        last = before_it.get(renewal.credential)
        if last is not None and not (last.valid_from < renewal.valid_from and _ends(last) < _ends(renewal)):
            yield f"cycle {renewal.number} of '{renewal.credential}' does not come after cycle {last.number}"
        before_it[renewal.credential] = renewal


def _ends(renewal: Renewal) -> dt.date:
    return renewal.valid_through or NEVER


_COMING = 3
"""How many renewals a plan tells after the period that a paper is in."""


def _coming(book: Book, credential: str, number: int, anchor: dt.date) -> Iterator[tuple[int, dt.date, dt.date]]:
    """The cycles after one, each renewed in time, counted from the same anchor."""
    if book.pathway.credential(credential).renewal is None:
        return
    for following in range(number + 1, number + _COMING + 1):
        last = book.through(credential, anchor, cycle=following - 1)
        if last < NEVER:
            yield following, last + DAY, book.through(credential, anchor, cycle=following)


def _cycles(book: Book, credential: str) -> set[tuple[int, dt.date, dt.date]]:
    """Number, first and last day of every cycle that could be told.

    A renewed cycle may be told from its renewal, from the end of the one before, or from the anchor of them all.
    """
    found: set[tuple[int, dt.date, dt.date]] = set()
    held = book.learner.held(credential)
    last = NEVER
    for number, anchor, renewed, through in book.held_cycles(held) if held else ():
        after = last + DAY if number > 1 and last < NEVER else renewed
        found |= {(number, first, through) for first in (anchor, renewed, after)}
        found |= set(_coming(book, credential, number, anchor))
        last = through
    for granting in book.pathway.granting(credential):
        planned, record = book.planned(granting.id), book.record(granting.id)
        is_done = planned is not None and planned.status is not Status.WAIVED
        days = (planned.finish, record.finished) if planned is not None and is_done else ()
        found |= {(1, day, book.through(credential, day)) for day in days if day is not None}
        found |= {cycle for day in days if day is not None for cycle in _coming(book, credential, 1, day)}
    return found
