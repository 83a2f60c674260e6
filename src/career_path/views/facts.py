"""The facts of a pathway as a table for a terminal: where each stands, what it says, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from career_path.days.spans import Span
from career_path.model.facts import FactCount, PathwayFact, counted_facts
from career_path.model.pathway import Pathway
from career_path.views.fitting import columns_of
from career_path.views.plain import one_line, span_text

__all__ = ["facts_text", "total_text"]

_HEADINGS: Final = ("Fact", "Says", "Sure", "As of", "Checked", "Sources")
_GAP: Final = "  "


def facts_text(pathway: Pathway, facts: Sequence[PathwayFact], *, of: int, not_checked_for: Span | None = None) -> str:
    """One line for each of these facts, of so many in all, under a heading that counts them.

    With `not_checked_for` they are those of that age, and the heading tells how many of them nobody ever checked.

    >>> from career_path import Source, Step, facts
    >>> guess = Source("memory", sure="memory")
    >>> step = Step("exam", takes="P1D", cost="125.00", sources=["memory"])
    >>> path = Pathway("p", title="Nurse", goal="exam", steps=[step, Step("job", cost="0")], sources=[guess])
    >>> print(facts_text(path, facts(path)[:2], of=3), end="")
    Nurse: 2 of 3 facts, 2 from memory, 2 of them with no other source
    Fact              Says        Sure    As of  Checked  Sources
    steps.exam.takes  P1D         memory         never    memory
    steps.exam.cost   125.00 USD  memory         never    memory
    """
    lines = [one_line(f"{pathway.name}: {_counted(counted_facts(facts, of=of), not_checked_for)}")]
    if facts:
        rows = [_HEADINGS, *map(_row, facts)]
        widths = [max(map(columns_of, column)) for column in zip(*rows, strict=True)]
        lines += [
            _GAP.join(f"{cell}{' ' * (width - columns_of(cell))}" for cell, width in zip(row, widths, strict=True))
            for row in rows
        ]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def total_text(facts: Sequence[PathwayFact], *, of: int, pathways: int, not_checked_for: Span | None = None) -> str:
    """A line that counts the facts of several pathways together; also that none is without a source.

    >>> print(total_text((), of=3, pathways=2), end="")
    All 2 pathways: 0 of 3 facts, 0 from memory, 0 without a source
    """
    count = counted_facts(facts, of=of)
    told = (_shown(count), *_ages(count, not_checked_for), _from_memory(count), _bare(count))
    return f"All {pathways} pathways: {', '.join(told)}\n"


def _shown(count: FactCount) -> str:
    return f"{count.facts} facts" if count.told == count.facts else f"{count.told} of {count.facts} facts"


def _counted(count: FactCount, age: Span | None) -> str:
    told = [*_ages(count, age), *([_from_memory(count)] if count.from_memory else [])]
    told += [_bare(count)] if count.without_source else []
    return ", ".join((_shown(count), *told))


def _ages(count: FactCount, age: Span | None) -> tuple[str, ...]:
    """How many were checked so long ago, and how many never, where the facts are those of an age."""
    if age is None:
        return ()
    return (f"{count.checked} last checked more than {span_text(str(age))} ago", f"{count.never_checked} never checked")


def _from_memory(count: FactCount) -> str:
    alone = f", {count.memory_alone} of them with no other source" if count.from_memory else ""
    return f"{count.from_memory} from memory{alone}"


def _bare(count: FactCount) -> str:
    return f"{count.without_source} without a source"


def _row(fact: PathwayFact) -> tuple[str, ...]:
    return (
        one_line(fact.path),
        one_line(fact.says),
        "no source" if not fact.sources else fact.sure.value if fact.sure else "",
        "" if fact.as_of is None else str(fact.as_of),
        "never" if fact.checked is None else str(fact.checked),
        ", ".join(fact.sources),
    )
