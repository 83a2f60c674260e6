"""What a plan says of places for which the pathway has other rules, where it is not known whether they hold."""

from __future__ import annotations

import attrs

from career_path.model.remarks import Notice, NoticeKind
from career_path.model.timeline import Timeline

__all__ = ["with_open_places"]


def with_open_places(timeline: Timeline, places: tuple[str, ...]) -> Timeline:
    """The timeline with a notice that other rules hold at these places; without places, as it is."""
    if not places:
        return timeline
    return attrs.evolve(timeline, notices=(*timeline.notices, Notice(kind=NoticeKind.PLACE_NOT_KNOWN, detail=places)))
