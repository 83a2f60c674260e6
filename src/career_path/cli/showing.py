"""What `show` tells: a pathway as it is written, or as it is at a place and on a day."""

from __future__ import annotations

import datetime as dt

from career_path.cli.options import today_or_clock
from career_path.cli.reading import read_pathway
from career_path.cli.terminal import show_text, terminal_style
from career_path.model.places import lies_in
from career_path.views.outline import pathway_text

__all__ = ["show_pathway"]


def show_pathway(name: str, *, place: str | None, today: dt.date | None, overlays: tuple[str, ...]) -> None:
    """Show a pathway in sentences; with a place, a day or overlays the one that the rules of then and there make of it.

    Raises:
        DocumentError: everything that is wrong with it.
        FileError: it cannot be read.
        UnknownIdError: the catalog has none of that id.
    """
    pathway = read_pathway(name)
    has_rules = any(each.where and lies_in(place or "", each.where) for each in pathway.overlays)
    if place is not None or today is not None or overlays:
        pathway = pathway.resolve(where=place or "", on=today_or_clock(today), overlays=overlays)
    text = pathway_text(pathway, width=terminal_style()[0])
    if place is not None and not has_rules:
        text += f"\nNo rules for {place} in this pathway; these hold wherever it has no others.\n"
    show_text(text)
