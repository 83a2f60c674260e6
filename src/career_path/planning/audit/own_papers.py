"""The papers of the learner once everything is done as planned, by the audit's own account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property

import attrs

from career_path.model.learner import Held, Learner, Record
from career_path.model.timeline import Status
from career_path.planning.audit.book import Book
from career_path.planning.audit.own_course import OwnCourse
from career_path.planning.audit.own_ends import Asked, Stretch, Unjudged

__all__ = ["Papers"]


@attrs.frozen(eq=False)
class Papers:
    """The newest paper of each credential: the one at hand, or one that a step of the plan grants."""

    book: Book

    def course(self, held: Held) -> OwnCourse:
        """The periods of a paper, everything else being as it is once the plan is done."""
        return self._course(held, self.learner, frozenset({str(held.credential)}))

    def at_first(self, held: Held) -> OwnCourse:
        """The periods of a paper, everything else being as the learner has it now."""
        return self._course(held, self.book.learner, frozenset({str(held.credential)}))

    def candidates(self, credential_id: str) -> tuple[Held, ...]:
        """Every paper of a credential that there is or will be."""
        return tuple(held for held in self._all if held.credential == credential_id)

    @cached_property
    def learner(self) -> Learner:
        """The learner once everything is done: with the newest papers, and every step of the plan on record."""
        return attrs.evolve(self.book.learner, holds=tuple(self.newest.values()), records=self._records)

    @cached_property
    def newest(self) -> dict[str, Held]:
        """Of each credential the paper whose present period begins last; of several, the first."""
        found: dict[str, Held] = {}
        begun: dict[str, dt.date] = {}
        for held in self._all:
            begins = self._begins(held)
            if held.credential not in begun or begun[held.credential] < begins:
                found[held.credential], begun[held.credential] = held, begins
        return found

    @cached_property
    def _all(self) -> tuple[Held, ...]:
        return (*self.book.learner.holds, *self._granted())

    def _granted(self) -> Iterator[Held]:
        for planned, step in self.book.steps(*Status):
            if planned.finish is not None and planned.status is not Status.WAIVED:
                yield from (Held(credential, granted=planned.finish) for credential in step.grants)

    def _begins(self, held: Held) -> dt.date:
        if held not in self.book.learner.holds:
            return held.granted
        try:
            return self._course(held, self.book.learner, frozenset({str(held.credential)})).on_record()[-1].begins
        except Unjudged:
            return held.granted

    @cached_property
    def _records(self) -> tuple[Record, ...]:
        records = {str(record.step): record for record in self.book.learner.records}
        for planned, _ in self.book.steps(*Status):
            if planned.finish is not None and planned.status not in {Status.FINISHED, Status.WAIVED}:
                records[planned.id] = Record(planned.id, finished=planned.finish)
        return tuple(records.values())

    def _course(self, held: Held, learner: Learner, seen: frozenset[str]) -> OwnCourse:
        def stretches(credential_id: str) -> tuple[Stretch, ...]:
            other = learner.held(credential_id)
            if credential_id in seen:
                raise Unjudged
            if other is None:
                return ()
            found: dict[dt.date, dt.date] = {}
            for period in self._course(other, learner, seen | {credential_id}).on_record():
                found[period.unbroken] = max(period.through, found.get(period.unbroken, period.through))
            return tuple(found.items())

        credential = self.book.pathway.credential(held.credential)
        today = self.book.timeline.today
        return OwnCourse(credential=credential, held=held, asked=Asked(learner, stretches), until=today)
