"""Which version of a pathway a learner follows: that of their place, of today, of their entry, of what they ask for."""

from __future__ import annotations

import datetime as dt

import attrs

from career_path.errors import DocumentError
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway, StepKind
from career_path.model.places import is_place, lies_in
from career_path.model.text import step_of

__all__ = ["asking_of", "entered_on", "optional_ids", "places_left_open", "resolved_for"]


def entered_on(learner: Learner, pathway: Pathway, *, today: dt.date) -> dt.date:
    """The day on which a learner entered: the first recorded day of a program, else their start, else today.

    >>> from career_path.model.learner import Record
    >>> from career_path.model.pathway import Step
    >>> school = Pathway("p", goal="school", steps=[Step("school", kind="program")])
    >>> today, start = dt.date(2027, 1, 4), dt.date(2027, 2, 1)
    >>> entered_on(Learner(start=start), school, today=today)
    datetime.date(2027, 2, 1)
    >>> entered_on(Learner(records=[Record("school", started=dt.date(2025, 9, 1))]), school, today=today)
    datetime.date(2025, 9, 1)
    """
    programs = _programs(pathway)
    days = [
        day
        for record in learner.records
        if step_of(record.step) in programs
        for day in (record.started, record.finished)
        if day is not None
    ]
    return min(days, default=learner.start or today)


def _programs(pathway: Pathway) -> set[str]:
    """The steps that are programs, also those that are so only in an overlay."""
    found: set[str] = {step.id for step in pathway.steps if step.kind is StepKind.PROGRAM}
    edits = (edit for overlay in pathway.overlays for edit in overlay.steps)
    return found | {edit.id for edit in edits if ("kind", StepKind.PROGRAM) in edit.fields}


def resolved_for(pathway: Pathway, learner: Learner, *, today: dt.date) -> Pathway:
    """The pathway with the overlays that hold for a learner today, among them the optional ones that they ask for.

    >>> from career_path.model.edits import StepEdit
    >>> from career_path.model.overlays import Overlay
    >>> from career_path.model.pathway import Step
    >>> texas = Overlay("tx", where="US-TX", steps=[StepEdit("school", {"takes": "P1Y"})])
    >>> school = Pathway("p", goal="school", steps=[Step("school", takes="P9M")], overlays=[texas])
    >>> resolved_for(school, Learner(place="US-TX"), today=dt.date(2027, 1, 4)).step("school").takes
    Span.parse('P1Y')

    Raises:
        DocumentError: one that the learner asks for is not there, holds without being asked for, or does not hold now.
    """
    if not (pathway.overlays or learner.overlays):
        return pathway
    entered = entered_on(learner, pathway, today=today)
    try:
        return pathway.resolve(where=learner.place, on=today, entered=entered, overlays=learner.overlays)
    except DocumentError as error:
        raise attrs.evolve(error, name="learner") from None


def asking_of(learner: Learner, pathway: Pathway) -> Learner:
    """The learner asking for those overlays alone that a pathway has as optional ones: another may have the rest.

    >>> from career_path.model.pathway import Step
    >>> asking_of(Learner(overlays=["other"]), Pathway("p", goal="job", steps=[Step("job")])).overlays
    ()
    """
    known = optional_ids(pathway)
    if known.issuperset(learner.overlays):
        return learner
    return attrs.evolve(learner, overlays=[each for each in learner.overlays if each in known])


def optional_ids(pathway: Pathway) -> set[str]:
    """The ids of the overlays that somebody may ask for, or asked for when the pathway was made."""
    return {each.id for each in (*pathway.applied, *pathway.overlays) if each.is_optional}


def places_left_open(pathway: Pathway, learner: Learner, *, today: dt.date) -> tuple[str, ...]:
    """The places for which other rules hold today, if the learner may be there for all that is known; sorted.

    A place of the learner that is no code, as in `Austin, Texas`, tells nothing.

    >>> from career_path.model.edits import StepEdit
    >>> from career_path.model.overlays import Overlay
    >>> from career_path.model.pathway import Step
    >>> texas = Overlay("tx", where="US-TX", steps=[StepEdit("school", {"takes": "P1Y"})])
    >>> school = Pathway("p", goal="school", steps=[Step("school", takes="P9M")], overlays=[texas])
    >>> places = ("", "US", "US-TX", "US-FL")
    >>> [places_left_open(school, Learner(place=place), today=dt.date(2027, 1, 4)) for place in places]
    [('US-TX',), ('US-TX',), (), ()]
    """
    entered = entered_on(learner, pathway, today=today)
    place = learner.place if is_place(learner.place) else ""
    found = {
        overlay.where
        for overlay in pathway.overlays
        if overlay.where
        and overlay.holds(where=overlay.where, on=today, entered=entered, overlays=learner.overlays)
        and (not place or lies_in(overlay.where, place))
        and not lies_in(place, overlay.where)
    }
    return tuple(sorted(found))
