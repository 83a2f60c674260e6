"""The facts of a pathway: each amount, span, date and count that it tells, and what that rests on."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from career_path.days.numbers import check_date
from career_path.days.spans import Span
from career_path.days.year_month import Month
from career_path.model.sources import Sure
from career_path.values import Value, frozen

__all__ = ["FactKind", "PathwayFact"]


class FactKind(StrEnum):
    """What a fact is.

    >>> from career_path import Pathway, Step, facts
    >>> facts(Pathway("p", goal="exam", steps=[Step("exam", cost="125.00")]))[0].kind
    <FactKind.AMOUNT: 'amount'>
    """

    AMOUNT = "amount"
    SPAN = "span"
    DATE = "date"
    COUNT = "count"


@frozen(kw_only=True)
class PathwayFact(Value):
    """One amount, span, date or count of a pathway: where it stands, what it says, and what it rests on.

    It is as `sure` as the least sure of its sources, unless its own place in the document says how sure it is; None
    without a source. `as_of` and `checked` are the oldest of its sources; `checked` is None where one of them was never
    checked. `review_day` is the last day before one of them is to be checked again.

    >>> from career_path import Pathway, Source, Step, facts
    >>> guess = Source("memory", sure="memory")
    >>> path = Pathway("p", goal="exam", steps=[Step("exam", takes="P6W", sources=["memory"])], sources=[guess])
    >>> fact = facts(path)[0]
    >>> fact.path, fact.says, fact.is_unsure
    ('steps.exam.takes', 'P6W', True)
    """

    path: str
    kind: FactKind
    says: str
    sources: tuple[str, ...] = ()
    sure: Sure | None = None
    as_of: Month | dt.date | None = None
    checked: dt.date | None = None
    review_day: dt.date | None = None

    @property
    def is_unsure(self) -> bool:
        """Whether it rests on memory alone, or on nothing that the document names."""
        return not self.sources or self.sure is Sure.MEMORY

    def is_older_than(self, age: Span, *, today: dt.date) -> bool:
        """Whether it was last checked longer ago than that, or never.

        >>> fact = PathwayFact(path="x", kind=FactKind.COUNT, says="1", checked=dt.date(2026, 1, 4))
        >>> [fact.is_older_than(Span.parse("P1Y"), today=dt.date(2027, 1, day)) for day in (4, 5)]
        [False, True]
        """
        due = None if self.checked is None else age.after(self.checked)
        return self.checked is None or (due is not None and due < check_date(today, "today"))
