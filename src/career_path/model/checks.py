"""What must hold between the parts of a pathway: known ids, no rings, every step can start by some route."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, assert_never

import attrs

from career_path.errors import Fault, nearest_name
from career_path.model.credential_checks import credential_references
from career_path.model.pathway import Credential, Occupation, Source, Step
from career_path.model.requirements import (
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    HasFact,
    Holds,
    Located,
    Needs,
    Order,
    Requirement,
    Worked,
    distinct,
    leaves,
)

__all__ = ["MOST_STEPS", "pathway_faults"]

MOST_STEPS: Final = 100_000
"""How many steps a pathway may have."""
_MOST_HINTS: Final = 20
_OF_PATHWAY: Final = "a {} of this pathway"
_LONGEST_RING_SHOWN: Final = 8


def pathway_faults(
    *,
    steps: Sequence[Step],
    credentials: Sequence[Credential],
    sources: Sequence[Source],
    goal: Requirement | None,
    occupations: Sequence[Occupation] = (),
    broken: Mapping[str, Iterable[str]] | None = None,
) -> tuple[Fault, ...]:
    """Everything wrong between the parts, in the order of their places; empty for a sound pathway.

    `broken` names parts (`steps`, `credentials`, `occupations`, `sources`) that are there but could not be read; ids
    of those count as known, and no ring is told that a broken or unknown step may be the way out of.
    """
    broken = broken or {}
    if len(steps) > MOST_STEPS:
        return (Fault("too-large", "steps", f"{len(steps)} steps", f"at most {MOST_STEPS}"),)
    known = {
        "step": {step.id for step in steps} | set(broken.get("steps", ())),
        "credential": {credential.id for credential in credentials} | set(broken.get("credentials", ())),
        "occupation": {occupation.id for occupation in occupations} | set(broken.get("occupations", ())),
        "source": {source.id for source in sources} | set(broken.get("sources", ())),
    }
    faults = [
        *_duplicates("steps", [step.id for step in steps]),
        *_duplicates("credentials", [credential.id for credential in credentials]),
        *_duplicates("occupations", [occupation.id for occupation in occupations]),
        *_duplicates("sources", [source.id for source in sources]),
        *_with_hints(
            (*_references(steps, credentials, goal, known), *_occupation_references(occupations, known)), known
        ),
    ]
    loops = [fault.path.split(".") for fault in faults if fault.code == "self-reference"]
    told = {path[1] for path in loops if path[0] == "steps"}
    return (*faults, *_unfounded(steps, assumed=told | set(broken.get("steps", ()))))


def _duplicates(part: str, ids: Sequence[str]) -> Iterator[Fault]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield Fault("duplicate-id", f"{part}.{name}", f"{count} of this id", "one")


def _references(
    steps: Sequence[Step],
    credentials: Sequence[Credential],
    goal: Requirement | None,
    known: Mapping[str, set[str]],
) -> Iterator[Fault]:
    if goal is not None:
        yield from _leaf_references(goal, "goal", known)
    for step in steps:
        place = f"steps.{step.id}"
        for where, leaf in leaves(step.requires, f"{place}.requires"):
            if isinstance(leaf, Needs) and leaf.step == step.id:
                yield Fault("self-reference", where, f"'{leaf.step}', the step itself", "another step")
        yield from _leaf_references(step.requires, f"{place}.requires", known)
        yield from _cap_references(step, known)
        for index, credential in enumerate(step.grants):
            yield from _unknown("credential", credential, f"{place}.grants[{index}]", known)
        yield from _source_references(step.sources, f"{place}.sources", known)
        cited = step.cost.sources if step.cost is not None else ()
        yield from _source_references(cited, f"{place}.cost.sources", known)
        yield from _unknown("occupation", step.occupation, f"{place}.occupation", known)
    for each in credentials:
        yield from _credential_references(each, known)


def _occupation_references(occupations: Iterable[Occupation], known: Mapping[str, set[str]]) -> Iterator[Fault]:
    for each in occupations:
        place = f"occupations.{each.id}"
        yield from _source_references(each.sources, f"{place}.sources", known)
        for name, part in (("pay", each.pay), ("outlook", each.outlook)):
            if part is not None:
                yield from _source_references(part.sources, f"{place}.{name}.sources", known)


def _credential_references(credential: Credential, known: Mapping[str, set[str]]) -> Iterator[Fault]:
    for what, name, path in credential_references(credential):
        if (what, name) == ("credential", credential.id):
            yield Fault("self-reference", path, f"'{name}', the credential itself", "another one")
        yield from _unknown(what, name, path, known)


def _leaf_references(requirement: Requirement, path: str, known: Mapping[str, set[str]]) -> Iterator[Fault]:
    for where, leaf in leaves(requirement, path):
        match leaf:
            case Needs():
                yield from _unknown("step", leaf.step, where, known)
            case Holds():
                yield from _unknown("credential", leaf.credential, where, known)
            case Aged() | Worked() | Located() | HasFact():
                pass


def _cap_references(step: Step, known: Mapping[str, set[str]]) -> Iterator[Fault]:
    for index, cap in enumerate(step.retakes.caps if step.retakes else ()):
        path = f"steps.{step.id}.retakes.caps[{index}].since"
        if cap.since == step.id:
            yield Fault("self-reference", path, f"'{cap.since}', the step itself", "another step")
        elif cap.since is not None:
            yield from _unknown("step", cap.since, path, known)


def _source_references(ids: Iterable[str], path: str, known: Mapping[str, set[str]]) -> Iterator[Fault]:
    for index, source in enumerate(ids):
        yield from _unknown("source", source, f"{path}[{index}]", known)


def _unknown(what: str, name: str | None, path: str, known: Mapping[str, set[str]]) -> Iterator[Fault]:
    if name is not None and name not in known[what]:
        yield Fault("unknown-id", path, f"'{name}'", _OF_PATHWAY.format(what))


def _with_hints(faults: Iterable[Fault], known: Mapping[str, set[str]]) -> Iterator[Fault]:
    """The same faults; the first few unknown ids with the nearest known one, which takes a while to find."""
    left = _MOST_HINTS
    wanted = {_OF_PATHWAY.format(what): names for what, names in known.items()}
    for fault in faults:
        if left and fault.code == "unknown-id":
            left -= 1
            yield attrs.evolve(fault, nearest=nearest_name(fault.found.strip("'"), wanted[fault.expected]))
        else:
            yield fault


def _unfounded(steps: Sequence[Step], *, assumed: set[str]) -> Iterator[Fault]:
    """Rings, and steps that wait for one: whatever no order of doing things can reach.

    Steps in `assumed`, and those that are not there at all, are taken as possible: their fault is another one.
    """
    requirements: dict[str, Requirement] = {step.id: step.requires for step in steps}
    founded = _founded(requirements, assumed)
    stuck = sorted(requirements.keys() - founded)
    waits_for: dict[str, str] = {name: min(_blockers(requirements[name], founded)) for name in stuck}
    in_ring: set[str] = set()
    for ring in _rings(waits_for):
        in_ring.update(ring)
        shown = [*ring[:_LONGEST_RING_SHOWN], *(["…"] if len(ring) > _LONGEST_RING_SHOWN else []), ring[0]]
        found = f"a ring of {len(ring)} steps: {' waits for '.join(shown)}"
        yield Fault("ring", f"steps.{ring[0]}.requires", found, "an order in which the steps can be done")
    for name in stuck:
        if name not in in_ring:
            found = f"'{waits_for[name]}', which can never be done"
            yield Fault("unreachable", f"steps.{name}.requires", found, "a step that can be done")


@attrs.define(eq=False)
class _Count:
    """How many options a group still lacks; a step is the outermost group around its requirement."""

    missing: int
    above: _Count | None = None
    step: str = ""


def _founded(requirements: Mapping[str, Requirement], assumed: set[str]) -> set[str]:
    """The steps that have a well-founded route: the least set closed under "all it needs is in the set".

    Every group counts down, so each leaf is looked at once however the steps wait for each other.
    """
    met: list[_Count] = []
    waiting: defaultdict[str, list[_Count]] = defaultdict(list)
    for name, requirement in requirements.items():
        _count(requirement, _Count(1, step=name), met, waiting)
    founded: set[str] = assumed | (waiting.keys() - requirements.keys())
    met.extend(count for name in founded for count in waiting[name])
    while met:
        count = met.pop()
        count.missing -= 1
        if count.missing == 0 and count.above is not None:
            met.append(count.above)
        elif count.missing == 0 and count.step not in founded:
            founded.add(count.step)
            met.extend(waiting[count.step])
    return founded


def _count(requirement: Requirement, above: _Count, met: list[_Count], waiting: Mapping[str, list[_Count]]) -> None:
    """Note what a requirement waits for; `above` stands in `met` once for each of its options that already holds."""
    match requirement:
        case Needs() if requirement.order is Order.AFTER:
            waiting[requirement.step].append(above)
            return
        case Needs() | Holds() | Aged() | Worked() | Located() | HasFact():
            met.append(above)
            return
        case AllOf():
            options, missing = requirement.of, len(requirement.of)
        case AnyOf():
            options, missing = requirement.of, 1
        case AtLeast():
            options, missing = distinct(requirement), requirement.k
        case _:  # pragma: no cover
            assert_never(requirement)
    if missing == 0:
        met.append(above)
        return
    group = _Count(missing, above)
    for option in options:
        _count(option, group, met, waiting)


def _blockers(requirement: Requirement, founded: set[str]) -> set[str]:
    """The steps whose missing foundation keeps a requirement from being founded; none if it is."""
    match requirement:
        case Needs():
            is_free = requirement.order is Order.ANY or requirement.step in founded
            return set() if is_free else {requirement.step}
        case Holds() | Aged() | Worked() | Located() | HasFact():
            return set()
        case AllOf():
            return {name for option in requirement.of for name in _blockers(option, founded)}
        case AnyOf() | AtLeast():
            each = [_blockers(option, founded) for option in distinct(requirement)]
            wanted = requirement.k if isinstance(requirement, AtLeast) else 1
            is_met = sum(not blockers for blockers in each) >= wanted
            return set() if is_met else {name for blockers in each for name in blockers}


def _rings(waits_for: Mapping[str, str]) -> Iterator[list[str]]:
    """The rings among steps that each wait for one other, each told once from its smallest id on."""
    seen: set[str] = set()
    for start in waits_for:
        trail: dict[str, None] = {}
        name = start
        while name not in seen and name not in trail:
            trail[name] = None
            name = waits_for[name]
        if name in trail:
            walked = list(trail)
            ring = walked[walked.index(name) :]
            first = ring.index(min(ring))
            yield ring[first:] + ring[:first]
        seen.update(trail)
