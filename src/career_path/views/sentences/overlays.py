"""Which rules made a plan: those of a place, of a stretch of time, of those who entered in one or ask for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from career_path.model.overlays import AppliedOverlay
from career_path.views.plain import day_text

__all__ = ["no_rules_text", "open_places_text", "overlay_text", "rules_lines"]

_MOST_PLACES = 6


def overlay_text(overlay: AppliedOverlay, *, write_day: Callable[[dt.date], str] = day_text) -> str:
    """Where, when and for whom the rules of an overlay hold, and its id.

    >>> overlay_text(AppliedOverlay("tx", where="US-TX", since=dt.date(2025, 9, 1)))
    'for US-TX, from 1 Sep 2025 on (overlay tx)'
    >>> overlay_text(AppliedOverlay("old", title="Rules of before", until=dt.date(2019, 12, 31)))
    'Rules of before, until 31 Dec 2019 (overlay old)'
    >>> overlay_text(AppliedOverlay("older-page", is_optional=True))
    'for those who ask for it (overlay older-page)'
    """
    told = ", ".join(filter(None, (overlay.title, *_conditions(overlay, write_day))))
    return f"{told or 'for all'} (overlay {overlay.id})"


def rules_lines(applied: Iterable[AppliedOverlay]) -> tuple[str, ...]:
    """A line on the overlays that were applied, as below a plan; none where there was none.

    >>> rules_lines([AppliedOverlay("tx", where="US-TX"), AppliedOverlay("older-page", is_optional=True)])
    ('Rules: for US-TX (overlay tx); for those who ask for it (overlay older-page).',)
    >>> rules_lines([])
    ()
    """
    told = "; ".join(map(overlay_text, applied))
    return (f"Rules: {told}.",) if told else ()


def _conditions(overlay: AppliedOverlay, write_day: Callable[[dt.date], str]) -> Iterator[str]:
    if overlay.where:
        yield f"for {overlay.where}"
    yield _days(overlay.since, overlay.until, write_day)
    entered = _days(overlay.entered_since, overlay.entered_until, write_day)
    if entered:
        yield f"for those who entered {entered}"
    if overlay.is_optional:
        yield "for those who ask for it"


def _days(first: dt.date | None, last: dt.date | None, write_day: Callable[[dt.date], str]) -> str:
    if first and last:
        return f"from {write_day(first)} through {write_day(last)}"
    if first:
        return f"from {write_day(first)} on"
    return f"until {write_day(last)}" if last else ""


def open_places_text(places: tuple[str, ...]) -> str:
    """That other rules hold at places where the learner may be."""
    return f"Other rules hold in {_listed(places)}; tell your place to have them used."


def no_rules_text(place: str, *others: str) -> str:
    """That the pathway has no rules for a place, and for which it has some.

    >>> no_rules_text("US-NV", "US-FL", "US-TX")
    'No rules of its own are told for US-NV, but for US-FL and US-TX; those for all other places are used.'
    """
    return f"No rules of its own are told for {place}, but for {_listed(others)}; those for all other places are used."


def _listed(places: tuple[str, ...]) -> str:
    more = len(places) - _MOST_PLACES
    shown = [*places[:_MOST_PLACES], *([f"{more} more"] if more > 0 else [])]
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
