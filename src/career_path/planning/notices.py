"""What the user should know although it forbids nothing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from career_path.errors import nearest_name
from career_path.model.pathway import Pathway, Step, Sure
from career_path.model.requirements import Needs, Requirement, Worked, leaves
from career_path.model.text import step_of
from career_path.model.timeline import Notice, NoticeKind, PaperUse, PlannedStep, Status, WeekLoad
from career_path.planning.compile import Compiled
from career_path.planning.cycles import current_and_coming
from career_path.planning.program import Program
from career_path.planning.sources import sources_of, used_sources
from career_path.planning.texts import rule_name

__all__ = ["notices_of", "paper_notices", "workload_notices"]


def notices_of(program: Program, compiled: Compiled, unknown: Iterable[str]) -> tuple[Notice, ...]:
    """Unknown costs, facts from memory, sources to check again, records that break rules, and what was taken as met."""
    to_do = sorted(
        (node.step for node in compiled.route.nodes.values() if node.is_to_do and node.step is not None),
        key=lambda step: step.id,
    )
    return (
        *_extended(compiled),
        *_unknown_costs(tuple(sorted(set(unknown)))),
        *_ran_out(program),
        *_not_asked(program),
        *_unsure(program.pathway, to_do),
        *_stale(program, to_do),
        *_done_again(program, compiled),
        *_broken(compiled),
        *_taken_as_met(compiled),
    )


def _ran_out(program: Program) -> Iterator[Notice]:
    """The papers of the learner that ran out and can still be renewed; `detail` has the last day of each of both."""
    today = dt.date.fromordinal(program.today)
    for held in program.learner.holds:
        period = program.held(held.credential)
        if period is None or period.through >= program.today:
            continue
        credential = program.pathway.credential(held.credential)
        last, *_ = current_and_coming(credential, held, today=today, holder=program.holder, renewals=0)
        days = [last.grace_through, *(back.through for back in last.back)]
        through = next((day for day in days if day is not None and day >= today), None)
        if through is not None:
            yield Notice(kind=NoticeKind.PAPER_RAN_OUT, detail=(held.credential, str(last.valid_through), str(through)))


def _not_asked(program: Program) -> Iterator[Notice]:
    """The roles of the learner's work that nothing in the pathway speaks of, but that are spelled much like one."""
    pathway = program.pathway
    found = [leaf for each in _requirements(pathway) for _, leaf in leaves(each)]
    asked = [role for leaf in found if isinstance(leaf, Worked) for role in leaf.roles]
    known = sorted({*asked, *(step.work.role for step in pathway.steps if step.work is not None)})
    for role in sorted({each.role for each in program.learner.employment} - set(known)):
        near = nearest_name(role.lower(), known)
        if near is not None:
            yield Notice(kind=NoticeKind.ROLE_NOT_ASKED, detail=(role, near))


def _requirements(pathway: Pathway) -> tuple[Requirement, ...]:
    return (pathway.goal, *(step.requires for step in pathway.steps))


def workload_notices(workload: Iterable[WeekLoad]) -> Iterator[Notice]:
    """One notice for all weeks that ask for more hours than there are; the workload tells which."""
    shares = (share for each in workload if each.is_overloaded for share in each.steps)
    steps = tuple(dict.fromkeys(share.step for share in shares))
    if steps:
        yield Notice(kind=NoticeKind.OVERLOADED_WEEKS, steps=steps)


def _unknown_costs(unknown: tuple[str, ...]) -> Iterator[Notice]:
    if unknown:
        yield Notice(kind=NoticeKind.UNKNOWN_COST, steps=unknown)


def _extended(compiled: Compiled) -> Iterator[Notice]:
    """The windows that the plan makes longer, each with the step that it is for.

    `detail` is the step that opens it, how often it is extended, and what all that costs (nothing: not known).
    """
    for each in compiled.route.chosen:
        if each.fees and isinstance(each.leaf, Needs):
            known = [fee for fee in each.fees if fee is not None]
            cost = str(sum(known, Decimal(0))) if len(known) == len(each.fees) else ""
            detail = (each.leaf.step, str(len(each.fees)), cost)
            yield Notice(kind=NoticeKind.WINDOW_EXTENDED, steps=tuple(filter(None, (each.owner,))), detail=detail)


def _done_again(program: Program, compiled: Compiled) -> Iterator[Notice]:
    """The steps that are too old, and those, with the steps in `detail`, that further attempts ask for."""
    nodes = compiled.route.nodes
    tried = {step_of(name) for name, node in nodes.items() if node.is_to_do}
    again = sorted(name for name, node in nodes.items() if node.status is Status.REDO and name == step_of(name))
    asked = {name: tuple(sorted(tried.intersection(program.asked_again.get(name, ())))) for name in again}
    old = tuple(name for name in again if not asked[name])
    if old:
        yield Notice(kind=NoticeKind.DONE_AGAIN, steps=old)
    for name in again:
        if asked[name]:
            yield Notice(kind=NoticeKind.DONE_AGAIN, steps=(name,), detail=asked[name])


def paper_notices(papers: Iterable[PaperUse], steps: Iterable[PlannedStep]) -> Iterator[Notice]:
    """The papers that the plan renews or earns again, each with the steps that rely on it; the goal is not named.

    `detail` is the credential and, where it is not at hand, the step that grants it.
    """
    users: defaultdict[tuple[NoticeKind, str, tuple[str, ...]], list[str]] = defaultdict(list)
    again = {step.id for step in steps if step.status is Status.REDO and step.id != step_of(step.id)}
    for use in papers:
        granted_by: tuple[str, ...] = () if use.granted_by is None else (use.granted_by,)
        if use.renewals:
            users[NoticeKind.PAPER_RENEWED, use.credential, granted_by].append(use.needed_by or "")
        if again.intersection(granted_by):
            users[NoticeKind.EARNED_AGAIN, use.credential, granted_by].append(use.needed_by or "")
    for (kind, credential, granted_by), asking in sorted(users.items()):
        yield Notice(kind=kind, steps=tuple(sorted(filter(None, asking))), detail=(credential, *granted_by))


def _unsure(pathway: Pathway, steps: list[Step]) -> Iterator[Notice]:
    """One notice for all costs from memory, and one for each source that is only memory."""
    unsure: set[str] = {source.id for source in pathway.sources if source.sure is Sure.MEMORY}
    costs = [
        step.id
        for step in steps
        if step.cost is not None and (step.cost.sure is Sure.MEMORY or unsure.intersection(step.cost.sources))
    ]
    if costs:
        yield Notice(kind=NoticeKind.UNSURE_FACT, steps=tuple(costs), detail=("cost",))
    resting: defaultdict[str, list[str]] = defaultdict(list)
    for step in steps:
        own: set[str] = {*step.sources, *(s for c in step.grants for s in pathway.credential(c).sources)}
        for source in sorted(own & unsure):
            resting[source].append(step.id)
    for source, rests in sorted(resting.items()):
        yield Notice(kind=NoticeKind.UNSURE_FACT, steps=tuple(rests), detail=(source,))


def _stale(program: Program, steps: list[Step]) -> Iterator[Notice]:
    """One notice for all sources that are to be checked again, which are its `detail`, and the steps that rest on them.

    Those of credentials at hand and of the overlays that made the pathway belong to no step.
    """
    pathway, today = program.pathway, dt.date.fromordinal(program.today)
    stale = {source.id for source in pathway.sources if source.is_stale(today)}
    resting = [step.id for step in steps if stale.intersection(sources_of(pathway, step))]
    used = {source for step in steps for source in sources_of(pathway, step)}
    used |= {source for overlay in pathway.applied for source in overlay.sources}
    found = used_sources(pathway, used, [held.credential for held in program.learner.holds])
    ids = tuple(source.id for source in found if source.id in stale)
    if ids:
        yield Notice(kind=NoticeKind.STALE_SOURCE, steps=tuple(resting), detail=ids)


def _broken(compiled: Compiled) -> Iterator[Notice]:
    for rule, step in sorted({(each.rule, each.step) for each in compiled.recorded if not each.is_kept}):
        yield Notice(kind=NoticeKind.RECORD_BREAKS_RULE, steps=(step,), detail=(rule,))


def _taken_as_met(compiled: Compiled) -> Iterator[Notice]:
    met = sorted({(owner, rule_name(owner, leaf)) for owner, leaf in compiled.route.taken_as_met})
    if met:
        steps = tuple(dict.fromkeys(owner for owner, _ in met))
        yield Notice(kind=NoticeKind.TAKEN_AS_MET, steps=steps, detail=tuple(rule for _, rule in met))
