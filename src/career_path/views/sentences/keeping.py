"""Sentences about a credential that has ended: until when it can still be renewed, and which ways lead back."""

from __future__ import annotations

from collections.abc import Iterator

from career_path.model.timeline import Renewal, Timeline
from career_path.views.plain import day_text
from career_path.views.sentences.renewals import way_back_text

__all__ = ["has_lapsed", "lapse_text"]


def has_lapsed(renewal: Renewal, timeline: Timeline) -> bool:
    """Whether a period ended before the day of the timeline without a renewal."""
    return renewal.renewed_on is None and renewal.valid_through is not None and renewal.valid_through < timeline.today


def lapse_text(renewal: Renewal, timeline: Timeline) -> str:
    """Since when a credential is no longer valid, and what leads back from today on; the days after are not guessed."""
    assert renewal.valid_through is not None
    name, through = timeline.credential_name(renewal.credential), day_text(renewal.valid_through)
    return " ".join(
        (
            f"{name} ended on {through}; later cycles depend on the day on which it is renewed.",
            *_grace(renewal, timeline),
            *_ways_back(renewal, timeline),
        )
    )


def _grace(renewal: Renewal, timeline: Timeline) -> Iterator[str]:
    if renewal.grace_through is not None and renewal.grace_through >= timeline.today:
        current = "counts" if renewal.is_grace_current else "does not count"
        yield f"It can still be renewed through {day_text(renewal.grace_through)}, and {current} as current meanwhile."


def _ways_back(renewal: Renewal, timeline: Timeline) -> Iterator[str]:
    """Each way that is open or still to come."""
    for back in renewal.back:
        if back.through is None or back.through >= timeline.today:
            yield f"From {day_text(back.from_)} {way_back_text(back, timeline)}"
