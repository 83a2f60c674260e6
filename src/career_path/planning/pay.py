"""What the jobs of a plan pay up to a day: of a timeline, of a solved route, and at most of what a walk leads to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final, NamedTuple

import attrs

from career_path.model.occupations import Occupation
from career_path.model.pathway import Pathway, Step, StepKind
from career_path.model.text import step_of
from career_path.model.timeline import PlannedStep, Status, Timeline
from career_path.planning.bounds import EventDay
from career_path.planning.solve import Derived
from career_path.planning.solved import Solved

__all__ = ["Pay", "earned_by", "jobs_of", "occupation_of"]

_YEAR: Final = Fraction("365.2425")
"""The days of a year, on the average of four hundred of them."""


class _Held(NamedTuple):
    """A job from its first day up to the day after its last one, None where it goes on; a pay of None is not known."""

    start: int
    id: str
    end: int | None
    median: Decimal | None

    def is_held_on(self, day: int) -> bool:
        """Whether it has begun and not ended."""
        return self.start <= day and (self.end is None or day < self.end)


def earned_by(horizon: dt.date, pathway: Pathway, timeline: Timeline) -> Fraction | None:
    """What the jobs of a plan pay from today to a day, exactly; None without a job, and where a pay is not known.

    Each day counts the median pay of the job held on it, of several the one begun last, as a part of a year of 365.2425
    days. The horizon itself is not counted. A job that takes a time of its own pays until it is done, others go on. The
    pathway is the one resolved for the plan.

    >>> from career_path import Learner, plan
    >>> from career_path.model.occupations import Pay
    >>> aide = Occupation("aide", pay=Pay(median="36524.25"))
    >>> path = Pathway("p", goal="job", steps=[Step("job", kind="job", occupation="aide")], occupations=[aide])
    >>> timeline = plan(path, Learner(start=dt.date(2027, 1, 11)), today=dt.date(2027, 1, 4))
    >>> earned_by(dt.date(2027, 1, 12), path, timeline)
    Fraction(100, 1)
    """
    held = [
        _held(pathway, job.id, job.start.toordinal(), None if job.finish is None else job.finish.toordinal())
        for job in jobs_of(timeline)
        if job.start is not None
    ]
    return _paid(held, timeline.today.toordinal(), horizon.toordinal())


def jobs_of(timeline: Timeline) -> list[PlannedStep]:
    """The jobs of a plan that have a first day, by that day."""
    found = [step for step in timeline.steps if step.kind is StepKind.JOB and step.start is not None]
    return sorted(found, key=lambda step: (step.start or timeline.today, step.id))


def occupation_of(pathway: Pathway, step: Step) -> Occupation | None:
    """The occupation that a job belongs to."""
    return None if step.occupation is None else pathway.occupation(step.occupation)


def _held(pathway: Pathway, name: str, start: int, finish: int | None) -> _Held:
    step = pathway.step(step_of(name))
    return _Held(start, name, None if step.is_open_ended else finish, _median(pathway, step))


def _median(pathway: Pathway, step: Step) -> Decimal | None:
    occupation = occupation_of(pathway, step)
    return None if occupation is None or occupation.pay is None else occupation.pay.median


def _paid(held: Iterable[_Held], today: int, until: int) -> Fraction | None:
    """What jobs pay from today up to a day; None without any, and where a pay is asked for that is not known.

    Of jobs that begin on one day the last by id counts.
    """
    jobs = sorted(held)
    if not jobs:
        return None
    total = Fraction()
    turns = {today, until, *(job.start for job in jobs), *(job.end for job in jobs if job.end is not None)}
    for day, following in pairwise(sorted(turn for turn in turns if today <= turn <= until)):
        job = next((each for each in reversed(jobs) if each.is_held_on(day)), None)
        if job is not None and job.median is None:
            return None
        total += Fraction(0 if job is None else job.median or 0) * (following - day) / _YEAR
    return total


@attrs.frozen
class Pay:
    """What is earned in a pathway, resolved for the plan, from today up to a day; both are day numbers."""

    pathway: Pathway
    today: int
    until: int

    def jobs(self, solved: Solved) -> list[str]:
        """The jobs of a route that have a first day."""
        return [each.id for each in self._held_in(solved)]

    def earned(self, solved: Solved) -> Fraction | None:
        """What the jobs of a route pay at its earliest dates; None as with `earned_by`."""
        return _paid(self._held_in(solved), self.today, self.until)

    def _held_in(self, solved: Solved) -> Iterator[_Held]:
        for name, node in solved.route.nodes.items():
            if node.step is not None and node.step.kind is StepKind.JOB and node.status is not Status.WAIVED:
                start = _day(node.start, solved.dates)
                if start is not None:
                    yield _held(self.pathway, name, start, _day(node.finish, solved.dates))

    def at_most(self, jobs: Iterable[tuple[int, Step]]) -> Fraction:
        """What jobs can pay at most, each from a first day on: on each day the pay of the best one begun by then."""
        pays = ((max(day, self.today), _median(self.pathway, step)) for day, step in jobs)
        return self._best_of([(day, median) for day, median in pays if median is not None and day < self.until])

    def most_of(self, solved: Solved) -> Fraction:
        """The same for the jobs of a route at its earliest dates."""
        nodes = [node for node in solved.route.nodes.values() if node.step and node.step.kind is StepKind.JOB]
        days = ((_day(node.start, solved.dates), node.step) for node in nodes)
        return self.at_most((day, step) for day, step in days if day is not None and step is not None)

    def _best_of(self, pays: Sequence[tuple[int, Decimal]]) -> Fraction:
        total, best = Fraction(), Decimal(0)
        for (day, median), (following, _) in pairwise((*sorted(pays), (self.until, Decimal(0)))):
            best = max(best, median)
            total += Fraction(best) * (following - day) / _YEAR
        return total


def _day(event: EventDay, dates: Mapping[str, Derived]) -> int | None:
    """The day of an event; None where nothing tells it."""
    if event.unknown is None:
        return event.day
    return event.rule.f(dates[event.unknown].day) if event.unknown in dates else None
