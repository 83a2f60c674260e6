"""What `check` tells about a file that can be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from career_path import files
from career_path.cli.reading import from_catalog, is_file, kind_instead
from career_path.errors import DocumentError
from career_path.model.overlaying import combinations, overlaid
from career_path.model.pathway import Pathway
from career_path.model.requirements import Aged, HasFact, Holds, Located, Needs, Requirement, Worked, leaves
from career_path.views.plain import one_line

__all__ = ["check_lines", "granting_steps", "steps_before", "unused_steps"]


def check_lines(file: str) -> Iterator[str]:
    """One line that it is sound and what it holds, then warnings.

    Raises:
        DocumentError: everything that is wrong with it.
        FileError: it cannot be read.
        UnknownIdError: it is no file, and the catalog has none of that id.
    """
    name = one_line(file)
    try:
        pathway = files.load_pathway(Path(file)) if is_file(file) else from_catalog(file)
    except DocumentError as error:
        kind = kind_instead(error)
        if kind is None:
            raise
        counts = _timeline_counts if kind == "timeline" else _learner_counts
        yield f"{name}: OK, {counts(Path(file))}"
        return
    yield f"{name}: OK, {_pathway_counts(pathway)}"
    for step in _never_used(pathway):
        yield f"{name}: steps.{step}: unused: nothing on the way to the goal needs it"


def _pathway_counts(pathway: Pathway) -> str:
    counts = (("step", pathway.steps), ("credential", pathway.credentials), ("source", pathway.sources))
    told = [_counted(len(parts), noun) for noun, parts in counts]
    if pathway.occupations:
        told.append(_counted(len(pathway.occupations), "occupation"))
    if pathway.overlays:
        made = combinations(pathway.overlays) or ()
        told.append(f"{_counted(len(pathway.overlays), 'overlay')} ({_counted(len(made), 'combination')} checked)")
    return f"pathway '{pathway.id}': {', '.join(told)}"


def _learner_counts(file: Path) -> str:
    learner = files.load_learner(file)
    counts = (("record", learner.records), ("credential", learner.holds), ("absence", learner.absences))
    told = ", ".join(_counted(len(parts), noun) for noun, parts in counts)
    return f"learner '{learner.id}': {told}; its ids are compared with a pathway only when planning"


def _timeline_counts(file: Path) -> str:
    timeline = files.load_timeline(file)
    counts = (("step", timeline.steps), ("deadline", timeline.deadlines), ("conflict", timeline.conflicts))
    told = ", ".join(_counted(len(parts), noun) for noun, parts in counts)
    return f"timeline of '{timeline.pathway}' for '{timeline.learner}': {told}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _never_used(pathway: Pathway) -> tuple[str, ...]:
    """The steps that neither the pathway nor any version of it that overlays make has a use for."""
    chosen = [(), *(combinations(pathway.overlays) or ())]
    versions = [overlaid(pathway, [pathway.overlays[index] for index in each]) for each in chosen]
    steps = {step.id: False for version in versions for step in version.steps}
    for version in versions:
        unused = set(unused_steps(version))
        steps.update({step.id: True for step in version.steps if step.id not in unused})
    return tuple(step for step, is_used in steps.items() if not is_used)


def unused_steps(pathway: Pathway) -> tuple[str, ...]:
    """The steps that no requirement on any way to the goal speaks of, in the order of the document."""
    granting = granting_steps(pathway)
    used = steps_before(pathway, _needed(pathway.goal, granting), granting)
    return tuple(step.id for step in pathway.steps if step.id not in used)


def granting_steps(pathway: Pathway) -> Mapping[str, Sequence[str]]:
    """The steps that grant each credential, and those that bring work in each role."""
    granting: defaultdict[str, list[str]] = defaultdict(list)
    for step in pathway.steps:
        for credential in step.grants:
            granting[credential].append(step.id)
        if step.work is not None and step.is_open_ended:
            granting[_work_as(step.work.role)].append(step.id)
    return granting


def _work_as(role: str) -> str:
    """A name for work in a role that no credential can have."""
    return f"work as {role}"


def steps_before(pathway: Pathway, starts: Iterable[str], granting: Mapping[str, Sequence[str]]) -> set[str]:
    """These steps and all that they may need, directly or not."""
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            step = pathway.step(name)
            waiting.extend(_needed(step.requires, granting))
            waiting.extend(cap.since for cap in (step.retakes.caps if step.retakes else ()) if cap.since is not None)
    return found


def _needed(requirement: Requirement, granting: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for _, leaf in leaves(requirement):
        match leaf:
            case Needs():
                yield leaf.step
            case Holds():
                yield from granting.get(leaf.credential, ())
            case Worked():
                for role in leaf.roles:
                    yield from granting.get(_work_as(role), ())
            case Aged() | Located() | HasFact():
                pass
