"""Checks of renewals: every cycle told follows from a paper, and every paper granted has its cycle told."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from career_path.model.timeline import Renewal, Status
from career_path.planning.audit.book import Book
from career_path.planning.audit.own_calendar import DAY, NEVER

__all__ = ["check_renewals"]


def check_renewals(book: Book) -> Iterator[str]:
    """Each cycle is told once and has the days of a paper, and no validity is left untold."""
    renewals = book.timeline.renewals
    for key, count in Counter((r.credential, r.number, r.valid_from) for r in renewals).items():
        if count > 1:
            yield f"cycle {key[1]} of '{key[0]}' is told {count} times"
    for renewal in renewals:
        yield from _renewal_faults(book, renewal)
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
    if (renewal.number, renewal.valid_from, through) not in _cycles(book, renewal.credential):
        yield f"{name} from {renewal.valid_from} through {renewal.valid_through} follows from no paper"
    days = (renewal.opens, renewal.act_by, renewal.valid_through, renewal.grace_through)
    known = [day for day in days if day is not None]
    if known != sorted(known) or through < renewal.valid_from:
        yield f"{name} has its days out of order"


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
        last = through
    for granting in book.pathway.granting(credential):
        planned, record = book.planned(granting.id), book.record(granting.id)
        is_done = planned is not None and planned.status is not Status.WAIVED
        days = (planned.finish, record.finished) if planned is not None and is_done else ()
        found |= {(1, day, book.through(credential, day)) for day in days if day is not None}
    return found
