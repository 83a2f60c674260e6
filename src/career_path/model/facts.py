"""The facts of a pathway: each amount, span, date and count that it tells, and what that rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from career_path.days.numbers import check_date
from career_path.days.spans import Span
from career_path.days.year_month import Month
from career_path.model.sources import Sure
from career_path.values import Value, frozen

__all__ = ["FactCount", "FactKind", "PathwayFact", "counted_facts"]


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
    without a source. With `is_memory_alone` none of its sources is anything but memory. `as_of` and `checked` are the
    oldest of its sources; `checked` is None where one of them was never checked. `review_day` is the last day before
    one of them is to be checked again.

    >>> from career_path import Pathway, Source, Step, facts
    >>> guess = Source("memory", sure="memory")
    >>> path = Pathway("p", goal="exam", steps=[Step("exam", takes="P6W", sources=["memory"])], sources=[guess])
    >>> fact = facts(path)[0]
    >>> fact.path, fact.says, fact.is_unsure, fact.is_memory_alone
    ('steps.exam.takes', 'P6W', True, True)
    """

    path: str
    kind: FactKind
    says: str
    sources: tuple[str, ...] = ()
    sure: Sure | None = None
    as_of: Month | dt.date | None = None
    checked: dt.date | None = None
    review_day: dt.date | None = None
    is_memory_alone: bool = False

    @property
    def is_unsure(self) -> bool:
        """Whether it rests on memory, if with other sources or alone, or on nothing that the document names."""
        return not self.sources or self.sure is Sure.MEMORY

    def is_older_than(self, age: Span, *, today: dt.date) -> bool:
        """Whether it was last checked longer ago than that, or never.

        >>> fact = PathwayFact(path="x", kind=FactKind.COUNT, says="1", checked=dt.date(2026, 1, 4))
        >>> [fact.is_older_than(Span.parse("P1Y"), today=dt.date(2027, 1, day)) for day in (4, 5)]
        [False, True]
        """
        due = None if self.checked is None else age.after(self.checked)
        return self.checked is None or (due is not None and due < check_date(today, "today"))


@frozen(kw_only=True)
class FactCount(Value):
    """How many facts there are, how many of them are told, and how many of those nobody has confirmed.

    Those `from_memory` have a part in memory, and those from `memory_alone` are the ones among them with no other
    source. All sources of those `checked` were checked once, and one at least of those `never_checked` never was.
    """

    facts: int
    told: int
    from_memory: int
    memory_alone: int
    without_source: int
    checked: int
    never_checked: int


def counted_facts(told: Sequence[PathwayFact], *, of: int) -> FactCount:
    """The count of those that are told, of so many in all; one without a source is not from memory.

    >>> bare = PathwayFact(path="steps.exam.cost", kind=FactKind.AMOUNT, says="125.00 USD")
    >>> count = counted_facts([bare], of=3)
    >>> count.told, count.from_memory, count.without_source
    (1, 0, 1)
    """
    bare = sum(not each.sources for each in told)
    unsure = sum(each.is_unsure for each in told)
    never = sum(each.checked is None for each in told)
    return FactCount(
        facts=of,
        told=len(told),
        from_memory=unsure - bare,
        memory_alone=sum(each.is_memory_alone for each in told),
        without_source=bare,
        checked=len(told) - never,
        never_checked=never,
    )
