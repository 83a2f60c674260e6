"""The chain of reasons behind the dates of a step as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from career_path.model.not_taken import RouteNotTaken, Standing
from career_path.model.timeline import Timeline
from career_path.views.plain import one_line
from career_path.views.sentences import ChainText, rules_lines, why_not_chain, why_not_lines, why_text

__all__ = ["why_not_page", "why_page"]


def why_page(timeline: Timeline, step_id: str | None = None, *, width: int = 100) -> str:
    """Why a step, or without an id the goal, is not earlier and why not later: a block of lines for each.

    Raises:
        UnknownIdError: the timeline has no such step.
    """
    text = why_text(timeline, step_id)
    blocks = ["\n".join(_block(chain, width)) for chain in (text.earliest, text.latest) if chain]
    if not blocks:
        name = timeline.title if step_id is None else timeline.name_of(step_id)
        blocks = [f"{one_line(name)} has no date in this plan that anything decides."]
    return "\n\n".join((*blocks, *_rules(timeline, width))) + "\n"


def why_not_page(found: RouteNotTaken, *, width: int = 100) -> str:
    """Why the plan does without a step or credential, and the reasons that make the plan with it later.

    Of what is in the plan, it is the same as `why_page`; of a credential, for the first step that grants it.
    """
    lead, *more = why_not_lines(found)
    told = "\n".join(_block(ChainText(lead, tuple(more)), width))
    if found.standing is Standing.IN_PLAN and found.steps:
        page = why_page(found.plan, found.steps[0], width=width)
        return page if found.name == found.steps[0] else f"{told}\n\n{page}"
    chain = why_not_chain(found)
    blocks = [told, *([] if chain is None else ["\n".join(_block(chain, width))]), *_rules(found.plan, width)]
    return "\n\n".join(blocks) + "\n"


def _rules(timeline: Timeline, width: int) -> Iterator[str]:
    """By which overlays the plan was made, as a block of its own."""
    for text in rules_lines(timeline.applied):
        yield "\n".join(_wrapped(text, width, indent="  "))


def _block(chain: ChainText, width: int) -> Iterator[str]:
    yield from _wrapped(chain.lead, width)
    for reason in chain.reasons:
        yield from _wrapped(reason, width, point="  - ")


def _wrapped(text: str, width: int, *, point: str = "", indent: str = "") -> list[str]:
    return wrap(
        one_line(text),
        width,
        initial_indent=point,
        subsequent_indent=indent or " " * len(point),
        break_long_words=False,
        break_on_hyphens=False,
    )
