"""What `facts` shows: the facts of pathways, all of them or those to be looked at again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from career_path.cli.options import today_or_clock
from career_path.cli.reading import read_pathway, whole_catalog
from career_path.cli.terminal import show_bytes, show_faulty, show_text
from career_path.days.spans import Span
from career_path.errors import CareerPathError
from career_path.formats.facts import facts
from career_path.model.facts import PathwayFact
from career_path.model.pathway import Pathway

__all__ = ["FactsFormat", "show_facts"]

FactsFormat = Literal["table", "json"]


def show_facts(
    names: Iterable[str], *, unsure: bool, older_than: Span | None, today: dt.date | None, shape: FactsFormat
) -> int:
    """Show the facts of these pathways; 0, whatever there is.

    Without a name they are those of the whole catalog; what is wrong with files in it is told below, and gives 2.

    Raises:
        DocumentError: everything that is wrong with a pathway that was named.
        FileError: a file cannot be read.
        UnknownIdError: the catalog has none of a name.
    """
    day = today_or_clock(today)
    pathways, errors = _asked(tuple(names))
    told = [(each, facts(each)) for each in pathways]

    def is_wanted(fact: PathwayFact) -> bool:
        is_old = older_than is None or fact.is_older_than(older_than, today=day)
        return is_old and (fact.is_unsure or not unsure)

    wanted = [(pathway, tuple(filter(is_wanted, own))) for pathway, own in told]
    if shape == "json":
        from career_path.formats.facts_json import format_facts  # noqa: PLC0415 (only for this format)

        show_bytes(format_facts(wanted, today=day).encode())
    else:
        from career_path.views.facts import facts_text, total_text  # noqa: PLC0415 (only for this format)

        counts = [len(own) for _, own in told]
        texts = [
            facts_text(pathway, own, of=count, not_checked_for=older_than)
            for (pathway, own), count in zip(wanted, counts, strict=True)
        ]
        if len(texts) > 1:
            every = [fact for _, own in wanted for fact in own]
            texts.append(total_text(every, of=sum(counts), pathways=len(counts), not_checked_for=older_than))
        show_text("\n".join(texts))
    return show_faulty(errors)


def _asked(names: tuple[str, ...]) -> tuple[list[Pathway], tuple[CareerPathError, ...]]:
    """The pathways of these names; without a name the sound ones of the catalog, and what is wrong with the others."""
    if names:
        return [read_pathway(name) for name in names], ()
    found = whole_catalog()
    return [pathway for _, pathway in found.pathways], found.errors
