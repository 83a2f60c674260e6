"""Checks of each step by itself: the day it starts, its length, its openings, absences and hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from career_path.model.pathway import Cohorts, Step
from career_path.model.timeline import Status
from career_path.planning.audit.book import Book
from career_path.planning.audit.own_calendar import is_open
from career_path.planning.audit.view import Views

__all__ = ["check_own_days"]


def check_own_days(views: Views) -> Iterator[str]:
    """No step starts too early, lasts another time than it takes, or is on a day closed to it."""
    book = views.book
    for planned, _ in book.todo():
        if planned.start is not None and planned.start < book.first_day:
            yield f"'{planned.id}' starts on {planned.start}, before {book.first_day}"
    for planned, step in book.steps(Status.RUNNING):
        least = max(book.running_finish(planned, step), book.timeline.today)
        if planned.finish is not None and planned.finish < least:
            yield f"'{planned.id}' is running and done on {planned.finish}, before {least}"
    for view, what in views.named:
        for planned, step in book.todo():
            start, finish = view.days[planned.id]
            if start is not None and finish is not None:
                yield from (f"'{step.id}' {fault} ({what})" for fault in _own_faults(book, step, start, finish))


def _own_faults(book: Book, step: Step, start: dt.date, finish: dt.date) -> Iterator[str]:
    if isinstance(step.opens, Cohorts):
        if all((cohort.start, cohort.finish) != (start, finish) for cohort in step.opens.cohorts):
            yield f"has no cohort from {start} to {finish}"
        if book.is_forbidden(step, start, finish):
            yield f"touches an absence between {start} and {finish}"
        return
    done = book.done(step, start)
    if done != finish:
        yield f"starts on {start} and is done on {done}, not on {finish}"
    if step.opens is not None and not is_open(step.opens, start, book.learner.born):
        yield f"may not start on {start}: it is not open"
    if book.is_forbidden(step, start, done):
        yield f"touches an absence between {start} and {finish}"
    if not book.has_work(step, start):
        yield f"starts on {start}, a day without hours"
