"""Checks of slack: the latest days, the days between, and the steps that are critical."""

from __future__ import annotations

from collections.abc import Iterator

from career_path.model.timeline import ConflictKind, PlannedStep, Status
from career_path.planning.audit.book import Book
from career_path.planning.audit.view import Views

__all__ = ["check_latest", "check_slack"]


def check_slack(book: Book) -> Iterator[str]:
    """Slack is what lies between the days, the least makes critical, and one that is missing or negative is told."""
    for step in book.timeline.steps:
        if step.slack_days != _slack(step):
            yield f"the slack of '{step.id}' is {_slack(step)}, not {step.slack_days}"
    known = [step.slack_days for step in book.timeline.steps if step.slack_days is not None]
    least = min(known, default=None)
    for step in book.timeline.steps:
        is_critical = not step.is_done and least is not None and step.slack_days == least
        if step.is_critical != is_critical:
            yield f"'{step.id}' is {'' if is_critical else 'not '}critical"
    has_target = book.learner.deadline is not None or book.timeline.target not in {None, book.timeline.finish}
    if least is not None and least < 0 and not (has_target and book.timeline.conflicts):
        yield f"a slack of {least} without a conflict"
    if any(step.slack_days is None for step, _ in book.todo()) and not book.timeline.conflicts:
        yield "no latest days without a conflict"


def _slack(step: PlannedStep) -> int | None:
    if step.is_done:
        return None
    pair = (step.latest_finish, step.finish) if step.status is Status.RUNNING else (step.latest_start, step.start)
    return None if pair[0] is None or pair[1] is None else (pair[0] - pair[1]).days


def check_latest(views: Views) -> Iterator[str]:
    """The latest days lead to the goal, a plan made backward shows them, and a running step can be done by them."""
    book = views.book
    open_steps = [step for step in book.timeline.steps if not step.is_done]
    is_dated = all(step.latest_finish is not None for step, _ in book.todo())
    is_told = any(conflict.kind is ConflictKind.NO_LATEST for conflict in book.timeline.conflicts)
    if open_steps and is_dated and views.latest is None and not is_told:
        yield f"with the latest days the goal does not hold by {book.timeline.target or book.timeline.finish}"
    for step in open_steps:
        shown, latest = (step.start, step.finish), (step.latest_start, step.latest_finish)
        is_unbounded = step.status is Status.RUNNING and step.latest_finish is None
        if book.timeline.is_latest and shown != latest and not is_unbounded:
            yield f"'{step.id}' is not shown at its latest days"
    for running, described in book.steps(Status.RUNNING):
        if running.latest_finish and running.latest_finish < book.running_finish(running, described):
            yield f"'{running.id}' cannot be done by {running.latest_finish}"
