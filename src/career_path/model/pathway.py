"""The pathway: steps, credentials, goal and sources. One frozen value, checked whole when it is made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs

from career_path.days.day_rules import DayRule
from career_path.days.durations import Duration, Effort, likely, to_duration
from career_path.days.numbers import check_date, to_day
from career_path.days.spans import ZERO
from career_path.errors import DocumentError, InvalidValueError, UnknownIdError, quoted
from career_path.model.choices import to_choice
from career_path.model.credentials import Credential
from career_path.model.ends import Until, Validity
from career_path.model.faces import PathwayFaces
from career_path.model.money import to_amount
from career_path.model.parts import check_parts
from career_path.model.requirements import AllOf, Requirement, to_requirement
from career_path.model.text import (
    CredentialId,
    SourceId,
    StepId,
    check_id,
    check_source_id,
    check_text,
    to_ids,
    to_source_ids,
)
from career_path.values import Value

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "AbsencePolicy",
    "Cohort",
    "Cohorts",
    "Cost",
    "Credential",
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


class Sure(StrEnum):
    """How well a fact is known: from the body itself, from law, from someone's report, or from memory only.

    >>> Source("A1", sure="law").sure
    <Sure.LAW: 'law'>
    """

    BODY = "body"
    LAW = "law"
    SECONDARY = "secondary"
    MEMORY = "memory"


def _title(value: str) -> str:
    return check_text(value, "title")


def _note(value: str) -> str:
    return check_text(value, "note")


def _sure(value: Sure | str) -> Sure:
    return to_choice(Sure, value, "sure")


def _optional_sure(value: Sure | str | None) -> Sure | None:
    return None if value is None else _sure(value)


def _kind(value: StepKind | str) -> StepKind:
    return to_choice(StepKind, value, "kind")


def _absence(value: AbsencePolicy | str | None) -> AbsencePolicy | None:
    return None if value is None else to_choice(AbsencePolicy, value, "absence")


def _amount(value: Decimal | str | int) -> Decimal:
    return to_amount(value)


@attrs.frozen(eq=False, repr=False)
class Cost(Value):
    """What a step costs, in the pathway's currency, and how that is known.

    >>> Cost("125.00", sources=["A2"]).amount
    Decimal('125.00')
    """

    amount: Decimal = attrs.field(converter=_amount)
    sources: tuple[SourceId, ...] = attrs.field(default=(), converter=to_source_ids, kw_only=True)
    sure: Sure | None = attrs.field(default=None, converter=_optional_sure, kw_only=True)


def _to_cost(value: Cost | Decimal | str | int | None) -> Cost | None:
    return value if value is None or isinstance(value, Cost) else Cost(value)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Cohort(Value):
    """One run of a course: its first day, and the first day on which it counts as done.

    >>> Cohort(start=dt.date(2027, 1, 11), finish=dt.date(2027, 1, 10))
    Traceback (most recent call last):
    career_path.errors.InvalidValueError: finish: ends-before-it-begins: found 2027-01-10; expected 2027-01-11 or later
    """

    start: dt.date = attrs.field(converter=to_day)
    finish: dt.date = attrs.field(converter=to_day)

    def __attrs_post_init__(self) -> None:
        if self.finish < self.start:
            raise InvalidValueError("ends-before-it-begins", "finish", str(self.finish), f"{self.start} or later")


def _to_cohorts(values: Iterable[Cohort]) -> tuple[Cohort, ...]:
    cohorts = check_parts(values, Cohort, "cohorts")
    return tuple(sorted(set(cohorts), key=lambda cohort: (cohort.start, cohort.finish)))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Cohorts(Value):
    """Fixed runs of a step, each with its first day and its finish.

    >>> from career_path import Learner, plan
    >>> run = Cohort(start=dt.date(2027, 2, 1), finish=dt.date(2027, 6, 1))
    >>> course = Pathway("p", goal="course", steps=[Step("course", opens=Cohorts(cohorts=[run]))])
    >>> plan(course, Learner(), today=dt.date(2027, 1, 4)).finish
    datetime.date(2027, 6, 1)
    """

    cohorts: tuple[Cohort, ...] = attrs.field(converter=_to_cohorts)

    def __attrs_post_init__(self) -> None:
        if not self.cohorts:
            raise InvalidValueError("empty", "cohorts", "no cohort", "at least one cohort")


Opening = DayRule | Cohorts


def _opening(value: Opening | None) -> Opening | None:
    return _check_opening(value)


def _check_opening(value: object) -> Opening | None:
    if value is None or isinstance(value, (DayRule, Cohorts)):
        return value
    raise InvalidValueError("wrong-kind", "opens", quoted(value), "a day rule or cohorts")


def _step_id(value: str) -> StepId:
    return StepId(check_id(value))


def _grants(values: Iterable[str]) -> tuple[CredentialId, ...]:
    return tuple(CredentialId(check_id(value, "grants")) for value in to_ids(values))


def _requires(value: Requirement | str | None) -> Requirement:
    return AllOf() if value is None else to_requirement(value)


def _takes(value: Duration | str) -> Duration:
    try:
        return to_duration(value)
    except InvalidValueError as error:
        raise attrs.evolve(error, where=".".join(filter(None, ("takes", error.where)))) from None


@attrs.frozen(eq=False, repr=False)
class Step(Value):
    """One thing a person does.

    It takes no time, costs an unknown amount and may start on any day unless told otherwise.

    >>> Step("exam", kind="exam", requires="program", grants=["cma-aama"]).requires
    'program'
    """

    id: StepId = attrs.field(converter=_step_id)
    title: str = attrs.field(default="", converter=_title, kw_only=True)
    kind: StepKind = attrs.field(default=StepKind.EXPERIENCE, converter=_kind, kw_only=True)
    takes: Duration = attrs.field(default=ZERO, converter=_takes, kw_only=True)
    opens: Opening | None = attrs.field(default=None, converter=_opening, kw_only=True)
    requires: Requirement = attrs.field(factory=AllOf, converter=_requires, kw_only=True)
    absence: AbsencePolicy | None = attrs.field(default=None, converter=_absence, kw_only=True)
    cost: Cost | None = attrs.field(default=None, converter=_to_cost, kw_only=True)
    grants: tuple[CredentialId, ...] = attrs.field(default=(), converter=_grants, kw_only=True)
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

    @property
    def name(self) -> str:
        """The title, or the id where there is none."""
        return self.title or self.id

    @property
    def absence_policy(self) -> AbsencePolicy:
        """What an absence does to this step, after the defaults for its kind and length."""
        if self.absence is not None:
            return self.absence
        if isinstance(self.opens, Cohorts) or self.kind is StepKind.EXAM:
            return AbsencePolicy.FORBID
        return AbsencePolicy.PAUSE if isinstance(likely(self.takes), Effort) else AbsencePolicy.IGNORE


def _optional_date(value: dt.date | None) -> dt.date | None:
    return None if value is None else check_date(value)


def _source_id(value: str) -> SourceId:
    return SourceId(check_source_id(value))


def _publisher(value: str) -> str:
    return check_text(value, "publisher")


def _address(value: str) -> str:
    return check_text(value, "address")


@attrs.frozen(eq=False, repr=False)
class Source(Value):
    """Where a fact comes from, how sure it is, of which day, and when it was last checked.

    >>> Source("A2", title="Exam fees", publisher="AAMA", checked=dt.date(2026, 11, 23)).sure
    <Sure.SECONDARY: 'secondary'>
    """

    id: SourceId = attrs.field(converter=_source_id)
    title: str = attrs.field(default="", converter=_title, kw_only=True)
    publisher: str = attrs.field(default="", converter=_publisher, kw_only=True)
    address: str = attrs.field(default="", converter=_address, kw_only=True)
    sure: Sure = attrs.field(default=Sure.SECONDARY, converter=_sure, kw_only=True)
    as_of: dt.date | None = attrs.field(default=None, converter=_optional_date, kw_only=True)
    checked: dt.date | None = attrs.field(default=None, converter=_optional_date, kw_only=True)


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


def _sources(values: Iterable[Source]) -> tuple[Source, ...]:
    return check_parts(values, Source, "sources")


def _goal(value: Requirement | str) -> Requirement:
    return to_requirement(value)


@attrs.frozen(eq=False, repr=False)
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
    sources: tuple[Source, ...] = attrs.field(default=(), converter=_sources, kw_only=True)
    note: str = attrs.field(default="", converter=_note, kw_only=True)

    def __attrs_post_init__(self) -> None:
        from career_path.model.checks import pathway_faults  # noqa: PLC0415 (checks reads the classes of this module)

        faults = pathway_faults(steps=self.steps, credentials=self.credentials, sources=self.sources, goal=self.goal)
        if faults:
            raise DocumentError(faults, self.id)

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

    def graph(self) -> nx.DiGraph[str]:
        """The pathway as a directed graph: an edge leads from a needed step to the one that needs it.

        Nodes are step ids with the attributes `step` and `is_goal`; edges carry `requirement`, the leaf they
        stand for. Every alternative is in it, so it may hold rings that no single route has.

        >>> list(Pathway("p", goal="b", steps=[Step("a"), Step("b", requires="a")]).graph().edges)
        [('a', 'b')]
        """
        from career_path.model.graph import pathway_graph  # noqa: PLC0415 (networkx is slow to import)

        return pathway_graph(self)
