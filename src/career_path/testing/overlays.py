"""A strategy for pathways with overlays: places, days, entries and optional ones, each with changes that fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import attrs
from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from career_path.errors import DocumentError
from career_path.model.edits import CredentialEdit, Edit, OccupationEdit, StepEdit
from career_path.model.overlays import Overlay
from career_path.model.pathway import Pathway, Step
from career_path.testing.days import dates_between, durations
from career_path.testing.pathways import AROUND, pathways, requirements, titles

__all__ = ["overlaid_pathways"]

_PLACES: Final = ("", "US", "US-TX", "US-TX-201", "US-FL")
_FREE: Final = ("title", "note", "cost", "sources")
"""Fields that any step may be without."""


def overlaid_pathways(
    *, max_steps: int = 4, max_overlays: int = 3, around: dt.date = AROUND
) -> SearchStrategy[Pathway]:
    """Sound pathways of up to `max_steps` steps with one to `max_overlays` overlays; days lie two years around a day.

    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate], derandomize=True, max_examples=1_000)
    >>> len(find(overlaid_pathways(max_overlays=1), lambda pathway: True, settings=quick).overlays)
    1
    """
    return _overlaid(max_steps, max_overlays, around)


@st.composite
def _overlaid(draw: DrawFn, max_steps: int, max_overlays: int, around: dt.date) -> Pathway:
    pathway = draw(pathways(max_steps=max_steps, around=around))
    count = draw(st.integers(1, max_overlays))
    drawn = [draw(_overlay(f"o{number}", pathway, around)) for number in range(count)]
    try:
        return attrs.evolve(pathway, overlays=drawn)
    except DocumentError:  # a new length for a step that only hours of work fit, a ring through a new requirement
        reject()


@st.composite
def _overlay(draw: DrawFn, name: str, pathway: Pathway, around: dt.date) -> Overlay:
    since, until = draw(_ends(around))
    entered_since, entered_until = draw(_ends(around))
    steps = draw(st.lists(st.sampled_from(pathway.steps), max_size=2, unique_by=lambda step: step.id))
    edits = [draw(_step_edit(step, pathway.steps)) for step in steps]
    if draw(st.booleans()) or not edits:
        edits.append(StepEdit(f"new-{name}", {"kind": "paper", "title": draw(titles())}))
    return Overlay(
        name,
        title=draw(st.just("") | titles()),
        where=draw(st.sampled_from(_PLACES)),
        since=since,
        until=until,
        entered_since=entered_since,
        entered_until=entered_until,
        is_optional=draw(st.integers(0, 2)) == 2,  # noqa: PLR2004 (one in three)
        sources=[source.id for source in pathway.sources[:1]],
        goal=draw(st.none() | st.sampled_from(pathway.steps).map(lambda step: step.id)),
        steps=edits,
        credentials=[draw(_credential_edit(each.id)) for each in pathway.credentials[:1]],
        occupations=[draw(_occupation_edit(each.id)) for each in pathway.occupations[:1]],
    )


@st.composite
def _ends(draw: DrawFn, around: dt.date) -> tuple[dt.date | None, dt.date | None]:
    wide = dt.timedelta(days=730)
    days = st.none() | dates_between(around - wide, around + wide)
    first, last = draw(days), draw(days)
    return (last, first) if first and last and last < first else (first, last)


@st.composite
def _step_edit(draw: DrawFn, step: Step, steps: Sequence[Step]) -> StepEdit:
    fields: dict[str, object] = {}
    if draw(st.booleans()):
        fields["cost"] = draw(st.sampled_from(("0", "12.50", "125.00")))
    if draw(st.booleans()):
        fields["title"] = draw(titles())
    if draw(st.booleans()):
        fields["takes"] = draw(durations())
    before = [each.id for each in steps[: steps.index(step)]]
    if draw(st.booleans()):
        fields["requires"] = draw(requirements(steps=before))
    return StepEdit(step.id, fields, remove=draw(st.lists(st.sampled_from(_FREE), max_size=2)))


@st.composite
def _credential_edit(draw: DrawFn, name: str) -> CredentialEdit:
    ways = [Edit("more", {"kind": "exam", "fee": draw(st.sampled_from(("0", "50.00")))})]
    fields: dict[str, object] = {"note": draw(titles())}
    renewal = Edit(fields={"ways": ways, "late": draw(st.sampled_from(("kept", "new-anchor")))})
    return CredentialEdit(name, fields | ({"renewal": renewal} if draw(st.booleans()) else {}))


@st.composite
def _occupation_edit(draw: DrawFn, name: str) -> OccupationEdit:
    growth = Edit(fields={"growth_percent": draw(st.sampled_from((-2, "6.5"))), "from_": 2024, "through": 2034})
    fields: dict[str, object] = {"note": draw(titles())}
    return OccupationEdit(name, fields | ({"outlook": growth} if draw(st.booleans()) else {}))
