"""What a plan says of places with rules of their own: where it is not known whether they hold, and where none do."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import attrs

from career_path.model.entries import places_left_open
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway
from career_path.model.places import is_place, lies_in
from career_path.model.remarks import Notice, NoticeKind
from career_path.model.timeline import Timeline

__all__ = ["Places"]


class Places(NamedTuple):
    """Places with other rules: `left_open`, where the learner may be, or `elsewhere`, where their `place` has none."""

    left_open: tuple[str, ...] = ()
    place: str = ""
    elsewhere: tuple[str, ...] = ()

    @classmethod
    def of(cls, pathway: Pathway, learner: Learner, *, today: dt.date) -> Places:
        """Those of a pathway as it is written."""
        left_open = places_left_open(pathway, learner, today=today)
        known = {overlay.where for overlay in pathway.overlays if overlay.where}
        place = learner.place
        if not is_place(place) or any(lies_in(place, each) or lies_in(each, place) for each in known):
            return cls(left_open)
        return cls(left_open, place, tuple(sorted(known)))

    def told_in(self, timeline: Timeline) -> Timeline:
        """The timeline with a notice of them; without any, as it is."""
        notices = list(timeline.notices)
        if self.left_open:
            notices.append(Notice(kind=NoticeKind.PLACE_NOT_KNOWN, detail=self.left_open))
        if self.elsewhere:
            notices.append(Notice(kind=NoticeKind.PLACE_WITHOUT_RULES, detail=(self.place, *self.elsewhere)))
        return timeline if len(notices) == len(timeline.notices) else attrs.evolve(timeline, notices=tuple(notices))
