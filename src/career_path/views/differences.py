"""How one plan differs from another, for a terminal: what moved, where that began, and what else is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Final

from career_path.model.differences import CredentialDiff, DeadlineDiff, StepDiff, TimelineDiff
from career_path.model.timeline import DeadlineKind, Timeline
from career_path.views.fitting import columns_of
from career_path.views.plain import NO_END, day_text, days_text, one_line, quoted_name
from career_path.views.sentences import conflict_text, difference_text, overlay_text, reason_text, short_deadline

__all__ = ["deadline_difference", "difference_lines", "differences_text"]

_HEADINGS: Final = ("Step", "Start", "was", "Done by", "was", "Difference")
_GAP: Final = "  "
_MOST_DEADLINES: Final = 3
"""How many deadlines of a kind of difference are told; the rest is counted."""


def differences_text(old: Timeline, new: Timeline, *, width: int = 100) -> str:
    """A table of the steps that are not the same, then the rest in sentences; only a long word is wider than `width`.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> steps = [Step("job", requires="school"), Step("school", title="School", takes="P9M")]
    >>> path, today = Pathway("p", title="Medic", goal="job", steps=steps), dt.date(2027, 1, 4)
    >>> old, new = plan(path, Learner(), today=today), plan(path, Learner(start=dt.date(2027, 1, 11)), today=today)
    >>> print(differences_text(old, new), end="")
    Medic: done by 11 Oct 2027, 7 days later, the same cost
    Step    Start       was         Done by     was         Difference
    School  2027-01-11  2027-01-04  2027-10-11  2027-10-04  7 days later
    job     2027-10-11  2027-10-04  2027-10-11  2027-10-04  7 days later
    It begins with “School”, 7 days later: Your plan starts on 11 Jan 2027.
    Deadlines moved: start for this plan by 2027-01-11: School (was 2027-01-04).
    """
    found = old.diff(new)
    lines = [one_line(f"{new.title or new.pathway}: {_headline(found)}")]
    if found.steps:
        rows = [_HEADINGS, *(tuple(map(one_line, _row(each))) for each in found.steps)]
        widths = [max(map(columns_of, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (f"{cell}{' ' * (room - columns_of(cell))}" for cell, room in zip(row, widths, strict=True))
            lines.append(_GAP.join(cells).rstrip())
    for text in difference_lines(old, new):
        lines += wrap(one_line(text), width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    return "".join(f"{line}\n" for line in lines)


def difference_lines(old: Timeline, new: Timeline) -> tuple[str, ...]:
    """Sentences on where the moving began, on credentials, deadlines, conflicts and overlays that are not the same."""
    found = old.diff(new)
    return (
        *(_root(each, old, new) for each in found.roots),
        *(_credential(each) for each in found.credentials),
        *_deadlines(found, old, new),
        *(f"New: {conflict_text(each, new)}" for each in found.new_conflicts),
        *(f"No longer: {conflict_text(each, old)}" for each in found.solved),
        *_listed("New rules", map(overlay_text, found.new_overlays)),
        *_listed("Rules no longer used", map(overlay_text, found.old_overlays)),
    )


def deadline_difference(each: DeadlineDiff, old: Timeline, new: Timeline) -> str:
    """What is due, by when, and by when it was; of a deadline of the old plan alone, what was due.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> path = Pathway("p", goal="school", steps=[Step("school", title="School", kind="program", takes="P9M")])
    >>> old, new = (plan(path, Learner(), today=dt.date(2027, 1, day)) for day in (4, 11))
    >>> deadline_difference(old.diff(new).deadlines[0], old, new)
    'enroll for this plan by 2027-01-11: School (was 2027-01-04)'
    """
    was = f" (was {each.old.on})" if each.old is not None and each.new is not None else ""
    told = (short_deadline(due, plan) for due, plan in ((each.new, new), (each.old, old)) if due is not None)
    return f"{next(told)}{was}"


def _headline(found: TimelineDiff) -> str:
    if found.new_finish is None:
        return "no plan any more" if found.old_finish is not None else "no plan in either"
    done = f"done by {day_text(found.new_finish)}"
    if found.days is None:
        return f"{done}; there was no plan before"
    if found.is_same:
        return f"{done}, nothing is different"
    if not found.days and not found.cost:
        return f"{done} and {'for the same cost' if found.cost is not None else 'cost not known'}, as before"
    return f"{done}, {difference_text(days=found.days, cost=found.cost, currency=found.currency)}"


def _row(each: StepDiff) -> tuple[str, ...]:
    days = (each.new_start, each.old_start, each.new_finish, each.old_finish)
    return (each.title, *("" if day is None else str(day) for day in days), _what(each))


def _what(each: StepDiff) -> str:
    if each.old_status is None:
        return "new"
    if each.new_status is None:
        return "left out"
    told = [] if each.old_status is each.new_status else [f"now {each.new_status}"]
    if each.days:
        told.append(f"{days_text(abs(each.days))} {'later' if each.days > 0 else 'sooner'}")
    return ", ".join(told) or "other days"


def _root(each: StepDiff, old: Timeline, new: Timeline) -> str:
    name = quoted_name(each.title)
    if each.reason is None:
        is_length = each.days and each.old_start == each.new_start
        return f"It begins with {name}, {'done ' if is_length else ''}{_what(each)}."
    timeline = old if each.is_lifted else new
    why = reason_text(each.reason, timeline.step(each.step), timeline)
    return f"It begins with {name}, {_what(each)}{'. What held it before' if each.is_lifted else ''}: {why}"


def _credential(each: CredentialDiff) -> str:
    if each.is_left_out:
        return f"{each.title} is left out; before, {_through(each.old_through)}."
    if each.is_new:
        return f"{each.title} is new, {_through(each.new_through)}."
    return f"{each.title}: {_through(each.new_through)}; before, {_through(each.old_through)}."


def _deadlines(found: TimelineDiff, old: Timeline, new: Timeline) -> Iterator[str]:
    """Those that moved, are new, and are gone; of each first those of what is the same in all else."""
    moved = {*(each.step for each in found.steps), *(each.credential for each in found.credentials)}

    def rank(each: DeadlineDiff) -> tuple[bool, dt.date]:
        due = each.new or each.old
        assert due is not None
        return due.step in moved or due.credential in moved, due.on

    ends = {(each.credential, each.old_through, each.new_through) for each in found.credentials}
    ranked = sorted((each for each in found.deadlines if _end(each) not in ends), key=rank)
    for lead, told in (
        ("Deadlines moved", [each for each in ranked if each.days is not None]),
        ("New deadlines", [each for each in ranked if each.old is None]),
        ("No longer deadlines", [each for each in ranked if each.new is None]),
    ):
        more = len(told) - _MOST_DEADLINES
        texts = [deadline_difference(each, old, new) for each in told[:_MOST_DEADLINES]]
        yield from _listed(lead, [*texts, *([f"{more} more"] if more > 0 else [])])


def _end(each: DeadlineDiff) -> tuple[str | None, dt.date | None, dt.date | None] | None:
    """Of which credential it tells the last day, as the sentence on that credential does, and both days."""
    due = each.new or each.old
    if due is None or due.kind is not DeadlineKind.EXPIRES:
        return None
    return due.credential, None if each.old is None else each.old.on, None if each.new is None else each.new.on


def _listed(lead: str, texts: Iterable[str]) -> Iterator[str]:
    told = "; ".join(texts)
    if told:
        yield f"{lead}: {told}."


def _through(day: dt.date | None) -> str:
    return NO_END if day is None else f"valid through {day_text(day)}"
