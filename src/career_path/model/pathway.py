"""The pathway: steps, credentials, goal and sources. One frozen value, checked whole when it is made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs

from career_path.days.durations import Duration, Effort, likely, to_duration
from career_path.days.numbers import check_date
from career_path.days.spans import ZERO
from career_path.errors import DocumentError, InvalidValueError, UnknownIdError, quoted
from career_path.model.choices import to_choice
from career_path.model.credentials import Credential
from career_path.model.ends import Until, Validity
from career_path.model.faces import PathwayFaces
from career_path.model.money import to_amount
from career_path.model.occupations import Occupation
from career_path.model.openings import Cohort, Cohorts, Opening, check_opening
from career_path.model.overlays import AppliedOverlay, Overlay, to_applied, to_overlays
from career_path.model.parts import check_part, check_parts
from career_path.model.requirements import AllOf, Requirement, Work, Worked, to_requirement
from career_path.model.sittings import Retakes
from career_path.model.sources import Cost, Source, Sure
from career_path.model.text import (
    CredentialId,
    OccupationId,
    SourceId,
    StepId,
    check_id,
    check_text,
    to_ids,
    to_overlay_ids,
    to_source_ids,
)
from career_path.model.weekly import to_weekly_hours
from career_path.values import Value, frozen

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "AbsencePolicy",
    "Cohort",
    "Cohorts",
    "Cost",
    "Credential",
    "Occupation",
    "Opening",
    "Pathway",
    "Source",
    "Step",
    "StepKind",
    "Sure",
    "Until",
    "Validity",
    "to_amount",
]

_CURRENCY: Final = re.compile(r"\A[A-Z]{3}\Z")


class StepKind(StrEnum):
    """What a step is, in the words of a career.

    >>> Step("cma", kind="exam").kind is StepKind.EXAM
    True
    """

    DIPLOMA = "diploma"
    PROGRAM = "program"
    EXTERNSHIP = "externship"
    EXAM = "exam"
    APPLICATION = "application"
    PAPER = "paper"
    WAIT = "wait"
    EXPERIENCE = "experience"
    JOB = "job"
    RENEWAL = "renewal"


class AbsencePolicy(StrEnum):
    """What an absence does to a step: work pauses, the step may not touch it, or nothing.

    >>> Step("cma", kind="exam").absence_policy
    <AbsencePolicy.FORBID: 'forbid'>
    >>> Step("course", takes=Effort(hours=160)).absence_policy
    <AbsencePolicy.PAUSE: 'pause'>
    """

    PAUSE = "pause"
    FORBID = "forbid"
    IGNORE = "ignore"


def _title(value: str) -> str:
    return check_text(value, "title")


def _note(value: str) -> str:
    return check_text(value, "note")


def _kind(value: StepKind | str) -> StepKind:
    return to_choice(StepKind, value, "kind")


def _absence(value: AbsencePolicy | str | None) -> AbsencePolicy | None:
    return None if value is None else to_choice(AbsencePolicy, value, "absence")


def _to_cost(value: Cost | Decimal | str | int | None) -> Cost | None:
    return value if value is None or isinstance(value, Cost) else Cost(value)


def _opening(value: Opening | None) -> Opening | None:
    return check_opening(value)


def _step_id(value: str) -> StepId:
    return StepId(check_id(value))


def _grants(values: Iterable[str]) -> tuple[CredentialId, ...]:
    return tuple(CredentialId(check_id(value, "grants")) for value in to_ids(values))


def _requires(value: Requirement | str | None) -> Requirement:
    return AllOf() if value is None else to_requirement(value)


def _retakes(value: Retakes | None) -> Retakes | None:
    return None if value is None else check_part(value, Retakes, "retakes")


def _takes(value: Duration | str) -> Duration:
    try:
        return to_duration(value)
    except InvalidValueError as error:
        raise attrs.evolve(error, where=".".join(filter(None, ("takes", error.where)))) from None


def _check_work(value: object) -> Work | None:
    if value is None or isinstance(value, Work):
        return value
    raise InvalidValueError("wrong-kind", "work", quoted(value), "the work of a job: a role, and hours a week")


def _work(value: Work | None) -> Work | None:
    return _check_work(value)


def _load(value: float | Decimal | Fraction | None) -> Fraction | None:
    return None if value is None else to_weekly_hours(value, "load")


def _occupation(value: str | None) -> OccupationId | None:
    return None if value is None else OccupationId(check_id(value, "occupation"))


@frozen
class Step(Value):
    """One thing a person does.

    It takes no time, costs an unknown amount and may start on any day unless told otherwise. `load` is what it asks for
    while it runs, in hours a week, each of its days a seventh; it moves no date. Hours of work have their own pace
    instead. `work` is what a job brings from its start on; that of a step with a length, which ends, does not count.
    `retakes` tells what holds after attempts that failed, `occupation` which of the pathway's occupations a job is.

    >>> Step("exam", kind="exam", requires="program", grants=["cma-aama"]).requires
    'program'
    """

    id: StepId = attrs.field(converter=_step_id)
    title: str = attrs.field(default="", converter=_title, kw_only=True)
    kind: StepKind = attrs.field(default=StepKind.EXPERIENCE, converter=_kind, kw_only=True)
    takes: Duration = attrs.field(default=ZERO, converter=_takes, kw_only=True)
    load: Fraction | None = attrs.field(default=None, converter=_load, kw_only=True)
    opens: Opening | None = attrs.field(default=None, converter=_opening, kw_only=True)
    requires: Requirement = attrs.field(factory=AllOf, converter=_requires, kw_only=True)
    retakes: Retakes | None = attrs.field(default=None, converter=_retakes, kw_only=True)
    absence: AbsencePolicy | None = attrs.field(default=None, converter=_absence, kw_only=True)
    cost: Cost | None = attrs.field(default=None, converter=_to_cost, kw_only=True)
    grants: tuple[CredentialId, ...] = attrs.field(default=(), converter=_grants, kw_only=True)
    work: Work | None = attrs.field(default=None, converter=_work, kw_only=True)
    occupation: OccupationId | None = attrs.field(default=None, converter=_occupation, kw_only=True)
    sources: tuple[SourceId, ...] = attrs.field(default=(), converter=to_source_ids, kw_only=True)
    note: str = attrs.field(default="", converter=_note, kw_only=True)

    def __attrs_post_init__(self) -> None:
        is_effort = isinstance(likely(self.takes), Effort)
        if self.absence is AbsencePolicy.PAUSE and not is_effort:
            raise InvalidValueError(
                "pause-without-effort", "absence", "'pause'", "'forbid' or 'ignore'; only hours of work can pause"
            )
        if isinstance(self.opens, Cohorts) and self.takes != ZERO:
            raise InvalidValueError("fixed-twice", "takes", "a length", "none, because cohorts fix both days")
        if self.occupation is not None and self.kind is not StepKind.JOB:
            found = f"'{self.occupation}' in a step of kind '{self.kind.value}'"
            raise InvalidValueError("occupation-without-job", "occupation", found, "none, or kind = 'job'")
        if self.load is not None:
            self._check_load()

    def _check_load(self) -> None:
        if isinstance(likely(self.takes), Effort):
            expected = "none, because hours of work follow the learner's pace, at most `weekly_at_most`"
            raise InvalidValueError("fixed-twice", "load", "hours a week", expected)
        if self.takes == ZERO and not isinstance(self.opens, Cohorts):
            raise InvalidValueError("load-without-length", "load", "hours a week", "a length in `takes`, or cohorts")

    @property
    def name(self) -> str:
        """The title, or the id where there is none."""
        return self.title or self.id

    @property
    def is_open_ended(self) -> bool:
        """Whether it takes no time of its own and has no cohorts, so that the work of a job goes on from its start."""
        return likely(self.takes) == ZERO and not isinstance(self.opens, Cohorts)

    @property
    def absence_policy(self) -> AbsencePolicy:
        """What an absence does to this step, after the defaults for its kind and length."""
        if self.absence is not None:
            return self.absence
        if isinstance(self.opens, Cohorts) or self.kind is StepKind.EXAM:
            return AbsencePolicy.FORBID
        return AbsencePolicy.PAUSE if isinstance(likely(self.takes), Effort) else AbsencePolicy.IGNORE


def _pathway_id(value: str) -> str:
    return check_id(value)


def _currency(value: str) -> str:
    return _check_currency(value)


def _check_currency(value: object) -> str:
    if isinstance(value, str) and _CURRENCY.match(value):
        return value
    raise InvalidValueError("not-a-currency", "currency", quoted(value), "three capital letters, such as USD")


def _steps(values: Iterable[Step]) -> tuple[Step, ...]:
    return check_parts(values, Step, "steps")


def _credentials(values: Iterable[Credential]) -> tuple[Credential, ...]:
    return check_parts(values, Credential, "credentials")


def _occupations(values: Iterable[Occupation]) -> tuple[Occupation, ...]:
    return check_parts(values, Occupation, "occupations")


def _sources(values: Iterable[Source]) -> tuple[Source, ...]:
    return check_parts(values, Source, "sources")


def _goal(value: Requirement | str) -> Requirement:
    return to_requirement(value)


@frozen
class Pathway(PathwayFaces, Value):
    """A whole career path: steps that lead to a goal.

    >>> Pathway("tiny", goal="job", steps=[Step("school"), Step("job", requires="school")]).step("job").requires
    'school'

    Raises:
        DocumentError: everything that is wrong between the parts: unknown ids, rings, steps that can never start.
    """

    id: str = attrs.field(converter=_pathway_id)
    title: str = attrs.field(default="", converter=_title, kw_only=True)
    currency: str = attrs.field(default="USD", converter=_currency, kw_only=True)
    goal: Requirement = attrs.field(converter=_goal, kw_only=True)
    steps: tuple[Step, ...] = attrs.field(converter=_steps, kw_only=True)
    credentials: tuple[Credential, ...] = attrs.field(default=(), converter=_credentials, kw_only=True)
    occupations: tuple[Occupation, ...] = attrs.field(default=(), converter=_occupations, kw_only=True)
    sources: tuple[Source, ...] = attrs.field(default=(), converter=_sources, kw_only=True)
    note: str = attrs.field(default="", converter=_note, kw_only=True)
    overlays: tuple[Overlay, ...] = attrs.field(default=(), converter=to_overlays, kw_only=True)
    applied: tuple[AppliedOverlay, ...] = attrs.field(default=(), converter=to_applied, kw_only=True)

    def __attrs_post_init__(self) -> None:
        from career_path.model.checks import pathway_faults  # noqa: PLC0415 (checks reads the classes of this module)

        faults = pathway_faults(
            steps=self.steps,
            credentials=self.credentials,
            occupations=self.occupations,
            sources=self.sources,
            goal=self.goal,
        )
        if not faults and (self.overlays or self.applied):
            from career_path.model.overlaying import overlay_faults  # noqa: PLC0415 (few pathways have overlays)

            faults = overlay_faults(self)
        if faults:
            raise DocumentError(faults, self.id)

    def resolve(
        self, *, where: str = "", on: dt.date, entered: dt.date | None = None, overlays: Iterable[str] = ()
    ) -> Pathway:
        """The pathway for a place, a day, and somebody who entered on a day (else on the same): no overlay is left.

        Those that hold are put over it in their order, and `applied` tells which. A place that is not known is empty.
        `overlays` are the ids of the optional ones that are asked for.

        >>> from career_path.model.edits import StepEdit
        >>> texas = Overlay("tx", where="US-TX", steps=[StepEdit("school", {"takes": "P1Y"})])
        >>> school = Pathway("p", goal="school", steps=[Step("school", takes="P9M")], overlays=[texas])
        >>> here = school.resolve(where="US-TX", on=dt.date(2027, 1, 4))
        >>> here.step("school").takes, [overlay.id for overlay in here.applied]
        (Span.parse('P1Y'), ['tx'])

        Raises:
            DocumentError: one that is asked for is not there, holds without being asked for, or does not hold there.
            InvalidValueError: `on` or `entered` is no date.
        """
        day, entry = check_date(on, "on"), check_date(on if entered is None else entered, "entered")
        asked = to_overlay_ids(overlays)
        if not (self.overlays or asked):
            return self
        from career_path.model.overlaying import asked_faults, overlaid  # noqa: PLC0415 (few pathways have overlays)

        place = check_text(where, "where")
        faults = tuple(asked_faults(self, asked, where=place, on=day, entered=entry))
        if faults:
            raise DocumentError(faults, self.id)
        if not self.overlays:
            return self
        held = [each for each in self.overlays if each.holds(where=place, on=day, entered=entry, overlays=asked)]
        return overlaid(self, held)

    @property
    def name(self) -> str:
        """The title, or the id where there is none."""
        return self.title or self.id

    @cached_property
    def _steps_by_id(self) -> dict[str, Step]:
        return {step.id: step for step in self.steps}

    def step(self, step_id: str) -> Step:
        """The step of that id.

        Raises:
            UnknownIdError: there is none.
        """
        try:
            return self._steps_by_id[step_id]
        except KeyError:
            raise UnknownIdError("step", step_id, tuple(self._steps_by_id)) from None

    def credential(self, credential_id: str) -> Credential:
        """The credential of that id.

        Raises:
            UnknownIdError: there is none.
        """
        for credential in self.credentials:
            if credential.id == credential_id:
                return credential
        raise UnknownIdError("credential", credential_id, tuple(c.id for c in self.credentials))

    def occupation(self, occupation_id: str) -> Occupation:
        """The occupation of that id.

        Raises:
            UnknownIdError: there is none.
        """
        for occupation in self.occupations:
            if occupation.id == occupation_id:
                return occupation
        raise UnknownIdError("occupation", occupation_id, tuple(o.id for o in self.occupations))

    def source(self, source_id: str) -> Source:
        """The source of that id.

        Raises:
            UnknownIdError: there is none.
        """
        for source in self.sources:
            if source.id == source_id:
                return source
        raise UnknownIdError("source", source_id, tuple(s.id for s in self.sources))

    def granting(self, credential_id: str) -> tuple[Step, ...]:
        """The steps that grant a credential, in order of their ids."""
        found = (step for step in self.steps if credential_id in step.grants)
        return tuple(sorted(found, key=lambda step: step.id))

    def employing(self, leaf: Worked) -> tuple[Step, ...]:
        """The steps that take up work in one of some roles without an end, in order of their ids."""
        found = (step for step in self.steps if step.work is not None and step.work.role in leaf.roles)
        return tuple(sorted((step for step in found if step.is_open_ended), key=lambda step: step.id))

    def graph(self) -> nx.DiGraph[str]:
        """The pathway as a directed graph: an edge leads from a needed step to the one that needs it.

        Nodes are step ids with the attributes `step` and `is_goal`; edges carry `requirement`, the leaf they
        stand for. Every alternative is in it, so it may hold rings that no single route has.

        >>> list(Pathway("p", goal="b", steps=[Step("a"), Step("b", requires="a")]).graph().edges)
        [('a', 'b')]
        """
        from career_path.model.graph import pathway_graph  # noqa: PLC0415 (networkx is slow to import)

        return pathway_graph(self)
