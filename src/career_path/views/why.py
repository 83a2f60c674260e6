"""The chain of reasons behind the dates of a step as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from career_path.model.timeline import Timeline
from career_path.views.plain import one_line
from career_path.views.sentences import ChainText, why_text

__all__ = ["why_page"]


def why_page(timeline: Timeline, step_id: str | None = None, *, width: int = 100) -> str:
    """Why a step, or without an id the goal, is not earlier and why not later: a block of lines for each.

    Raises:
        UnknownIdError: the timeline has no such step.
    """
    text = why_text(timeline, step_id)
    blocks = ["\n".join(_block(chain, width)) for chain in (text.earliest, text.latest) if chain]
    if not blocks:
        name = timeline.title if step_id is None else timeline.name_of(step_id)
        return f"{one_line(name)} has no date in this plan that anything decides.\n"
    return "\n\n".join(blocks) + "\n"


def _block(chain: ChainText, width: int) -> Iterator[str]:
    yield from wrap(one_line(chain.lead), width, break_long_words=False, break_on_hyphens=False)
    for reason in chain.reasons:
        yield from wrap(
            one_line(reason),
            width,
            initial_indent="  - ",
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )
