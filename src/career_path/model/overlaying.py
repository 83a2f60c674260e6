"""A pathway with overlays put over it, which ones may be asked for, and whether all that can hold together fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import attrs

from career_path.errors import DocumentError, Fault, InvalidValueError, nearest_name, quoted
from career_path.model.checks import pathway_faults
from career_path.model.credentials import Credential
from career_path.model.edits import Edit, edited, made
from career_path.model.occupations import Occupation
from career_path.model.overlays import MOST_OVERLAYS, AppliedOverlay, Overlay
from career_path.model.pathway import Pathway, Step
from career_path.model.places import lies_in
from career_path.model.requirements import Requirement

if TYPE_CHECKING:
    from career_path.values import Value

__all__ = ["MOST_COMBINATIONS", "MOST_PARTS", "asked_faults", "combinations", "overlaid", "overlay_faults"]

MOST_COMBINATIONS: Final = 5_000
"""How many combinations of overlays may have to be looked at."""
MOST_PARTS: Final = 500_000
"""How many steps, credentials and occupations all combinations may have together: one takes some microseconds."""


def overlaid(pathway: Pathway, overlays: Sequence[Overlay]) -> Pathway:
    """The pathway with these overlays put over it, in order, and none left to come.

    Raises:
        DocumentError: they do not fit, which a pathway that could be made rules out for those that hold together.
    """
    parts = _Parts.of(pathway)
    faults = [fault for overlay in overlays for fault in parts.put(overlay, f"overlays.{overlay.id}")]
    if faults:
        raise DocumentError(tuple(faults), pathway.id)
    applied = (*pathway.applied, *(overlay.applied for overlay in overlays))
    return attrs.evolve(pathway, **parts.fields(), overlays=(), applied=applied)


def asked_faults(
    pathway: Pathway, asked: Iterable[str], *, where: str, on: dt.date, entered: dt.date
) -> Iterator[Fault]:
    """What is wrong with asking for overlays: one that is not there, is not optional, or does not hold then and there.

    Those that made the pathway already were asked for before.

    >>> from career_path.model.edits import StepEdit
    >>> texas = Overlay("texas", where="US-TX", steps=[StepEdit("school", {"takes": "P1Y"})])
    >>> school = Pathway("p", goal="school", steps=[Step("school", takes="P9M")], overlays=[texas])
    >>> day = dt.date(2027, 1, 4)
    >>> [fault.code for fault in asked_faults(school, ["texas", "txas"], where="US-TX", on=day, entered=day)]
    ['not-optional', 'unknown-id']
    """
    known = {each.id: each for each in (*pathway.applied, *pathway.overlays)}
    optional = [name for name, each in known.items() if each.is_optional]
    made = {each.id for each in pathway.applied}
    for index, name in enumerate(asked):
        path, found, overlay = f"overlays[{index}]", quoted(name), known.get(name)
        if overlay is None:
            expected = "an optional overlay of this pathway" if optional else "none: this pathway has no optional ones"
            yield Fault("unknown-id", path, found, expected, nearest_name(name, optional))
        elif not overlay.is_optional:
            yield Fault("not-optional", path, found, "an optional overlay; this one holds without being asked for")
        elif name not in made and not overlay.holds(where=where, on=on, entered=entered, overlays=(name,)):
            there = f"in {where}" if where else "without a place"
            expected = f"one that holds {there} on {on}, for an entry on {entered}; this one is {_condition(overlay)}"
            yield Fault("does-not-hold", path, found, expected)


def _condition(overlay: AppliedOverlay) -> str:
    """For whom and when an overlay holds."""
    ends = (
        ("for {}", overlay.where),
        ("from {} on", overlay.since),
        ("through {}", overlay.until),
        ("for an entry from {} on", overlay.entered_since),
        ("for an entry through {}", overlay.entered_until),
    )
    return ", ".join(text.format(value) for text, value in ends if value)


@attrs.define(eq=False)
class _Parts:
    """What overlays can change in a pathway, while they do."""

    goal: Requirement
    steps: dict[str, Step]
    credentials: dict[str, Credential]
    occupations: dict[str, Occupation]

    @classmethod
    def of(cls, pathway: Pathway) -> _Parts:
        parts = (_by_id(pathway.steps), _by_id(pathway.credentials), _by_id(pathway.occupations))
        return cls(pathway.goal, *parts)

    def fields(self) -> dict[str, Any]:
        return {
            "goal": self.goal,
            "steps": tuple(self.steps.values()),
            "credentials": tuple(self.credentials.values()),
            "occupations": tuple(self.occupations.values()),
        }

    def put(self, overlay: Overlay, place: str) -> Iterator[Fault]:
        """Put an overlay over the parts; what does not fit is told and left out."""
        for index, name in enumerate(overlay.remove):
            yield from self._removed(name, f"{place}.remove[{index}]")
        if overlay.goal is not None:
            self.goal = overlay.goal
        yield from _put(Step, self.steps, overlay.steps, f"{place}.steps")
        yield from _put(Credential, self.credentials, overlay.credentials, f"{place}.credentials")
        yield from _put(Occupation, self.occupations, overlay.occupations, f"{place}.occupations")

    def _removed(self, name: str, path: str) -> Iterator[Fault]:
        part, _, each = name.partition(".")
        known: dict[str, Any] = getattr(self, part)
        if known.pop(each, None) is None:
            owner = each.rpartition(".")[0]
            hint = f"; a field is removed by 'remove' in the table of '{owner}'" if owner in known else ""
            expected = f"a {part[:-1]} of this pathway{hint}"
            yield Fault("unknown-id", path, f"'{each}'", expected, None if hint else nearest_name(each, known))


Each = TypeVar("Each", Step, Credential, Occupation)


def _by_id(values: Iterable[Each]) -> dict[str, Each]:
    return {each.id: each for each in values}


def _put(kind: type[Each], known: dict[str, Each], edits: Iterable[Edit], place: str) -> Iterator[Fault]:
    for edit in edits:
        before = known.get(edit.id)
        try:
            after: Value = made(kind, edit) if before is None else edited(before, edit)
        except InvalidValueError as error:
            inner = f"{place}.{edit.id}.{error.where}".rstrip(".")
            near = nearest_name(edit.id, known) if before is None else None
            yield attrs.evolve(error.fault, path=inner, nearest=error.nearest or near)
        else:
            known[edit.id] = cast("Each", after)


def overlay_faults(pathway: Pathway) -> tuple[Fault, ...]:
    """Everything wrong with the pathways that the overlays make, each with the overlay that it comes from.

    Each combination that can hold at some place, on some day, for some entry and for what somebody asks for is made
    and checked whole, the smaller ones first; what is built on an unsound one is not told of as well.
    """
    overlays = pathway.overlays
    if len(overlays) > MOST_OVERLAYS:
        return (Fault("too-large", "overlays", f"{len(overlays)} overlays", f"at most {MOST_OVERLAYS}"),)
    alone = (*_duplicates(overlays), *_source_faults(pathway))
    found = combinations(overlays)
    size = len(pathway.steps) + len(pathway.credentials) + len(pathway.occupations)
    if found is None or len(found) * size > MOST_PARTS:
        expected = f"at most {MOST_COMBINATIONS}, and {MOST_PARTS} steps, credentials and occupations in all of them"
        return (*alone, Fault("too-large", "overlays", "too many combinations that may hold together", expected))
    return tuple(dict.fromkeys((*alone, *_combined_faults(pathway, found))))


def _duplicates(overlays: Sequence[Overlay]) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, overlay in enumerate(overlays):
        if overlay.id in seen:
            yield Fault("duplicate-id", f"overlays[{index}].id", f"'{overlay.id}' a second time", "an id of its own")
        seen.add(overlay.id)


def _source_faults(pathway: Pathway) -> Iterator[Fault]:
    known = {source.id for source in pathway.sources}
    for part, values in (("overlays", pathway.overlays), ("applied", pathway.applied)):
        for index, overlay in enumerate(values):
            for at, name in enumerate(overlay.sources):
                if name not in known:
                    path = f"{part}[{index}].sources[{at}]"
                    yield Fault("unknown-id", path, f"'{name}'", "a source of this pathway", nearest_name(name, known))


def _combined_faults(pathway: Pathway, found: Iterable[tuple[int, ...]]) -> Iterator[Fault]:
    unsound: list[frozenset[int]] = []
    for combination in found:
        members = frozenset(combination)
        if any(each <= members for each in unsound):
            continue
        faults = tuple(_faults_of(pathway, combination))
        if faults:
            unsound.append(members)
            yield from faults


def _faults_of(pathway: Pathway, combination: Sequence[int]) -> Iterator[Fault]:
    parts = _Parts.of(pathway)
    faults = [fault for index in combination for fault in parts.put(pathway.overlays[index], f"overlays[{index}]")]
    if faults:
        yield from faults
        return
    between = pathway_faults(sources=pathway.sources, **parts.fields())
    chosen = {index: pathway.overlays[index] for index in combination}
    for fault in between:
        yield attrs.evolve(fault, path=f"overlays[{_origin(fault.path, chosen)}].{fault.path}")


def _origin(path: str, chosen: dict[int, Overlay]) -> int:
    """The last overlay that changed what a fault is in; else the last one that took something away, else the last."""
    for depth in (3, 2, 1):
        for index in reversed(chosen):
            if any(
                path == each or path.startswith((f"{each}.", f"{each}[")) for each in _changes(chosen[index], depth)
            ):
                return index
    taking = [index for index in chosen if chosen[index].remove]
    return taking[-1] if taking else max(chosen)


def _changes(overlay: Overlay, depth: int) -> Iterator[str]:
    """The paths that an overlay changes, as deep as a field (3), a step (2) or the goal (1)."""
    if depth == 1 and overlay.goal is not None:
        yield "goal"
    for part, edits in (
        ("steps", overlay.steps),
        ("credentials", overlay.credentials),
        ("occupations", overlay.occupations),
    ):
        for edit in edits:
            if depth == 2:  # noqa: PLR2004 (said above)
                yield f"{part}.{edit.id}"
            elif depth > 2:  # noqa: PLR2004
                yield from (f"{part}.{edit.id}.{name}" for name, _ in edit.fields)


def combinations(overlays: Sequence[Overlay]) -> tuple[tuple[int, ...], ...] | None:
    """The sets of overlays that can hold together, by their places in the list, the smaller ones first.

    An optional one may always be left out, so where n of them can hold there are 2 to the n sets. None if there are
    more than may be looked at. The empty one is left out.

    >>> from career_path.model.edits import StepEdit
    >>> edits = [StepEdit("exam", {"takes": "P1M"})]
    >>> new = dt.date(2025, 1, 1)
    >>> combinations([Overlay("us", where="US", steps=edits), Overlay("tx", where="US-TX", since=new, steps=edits)])
    ((0,), (0, 1))
    >>> combinations([Overlay(name, is_optional=True, steps=edits) for name in ("a", "b")])
    ((0,), (1,), (0, 1))
    """
    found: set[tuple[int, ...]] = set()
    left = MOST_COMBINATIONS
    for place in sorted({"", *(overlay.where for overlay in overlays)}):
        here = [(index, each) for index, each in enumerate(overlays) if not each.where or lies_in(place, each.where)]
        days = _days((each.since, each.until) for _, each in here)
        entries = _days((each.entered_since, each.entered_until) for _, each in here)
        optional = [each.id for _, each in here if each.is_optional]
        left -= len(days) * len(entries) << len(optional)
        if left < 0:
            return None
        found.update(
            tuple(index for index, each in here if each.holds(where=place, on=day, entered=entry, overlays=asked))
            for day in days
            for entry in entries
            for asked in _subsets(optional)
        )
    return tuple(sorted(found - {()}, key=lambda each: (len(each), each)))


def _subsets(ids: Sequence[str]) -> list[frozenset[str]]:
    """Every way to ask for some of them, for none first."""
    found = [frozenset[str]()]
    for name in ids:
        found += [each | {name} for each in found]
    return found


def _days(ends: Iterable[tuple[dt.date | None, dt.date | None]]) -> list[dt.date]:
    """A day of each stretch in which the same overlays hold."""
    days = {dt.date.min}
    for first, last in ends:
        if first is not None:
            days.add(first)
        if last is not None and last < dt.date.max:
            days.add(last + dt.timedelta(days=1))
    return sorted(days)
