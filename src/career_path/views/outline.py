"""Pathways as plain text: what a catalog holds, and what one pathway asks for, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import TextWrapper
from typing import Final, assert_never

from career_path.days.durations import hours_text
from career_path.days.spans import Span
from career_path.model.credential_checks import credential_references
from career_path.model.pathway import AbsencePolicy, Cohorts, Cost, Credential, Pathway, Source, Step, Sure
from career_path.model.requirements import (
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    Event,
    HasFact,
    Holds,
    Located,
    Needs,
    Order,
    Overlapping,
    Requirement,
    Worked,
)
from career_path.model.sittings import Cap, PaidExtension, Retakes, Round
from career_path.views.occupations import occupation_lines
from career_path.views.plain import NO_END, day_text, joined, money_text, one_line, span_text
from career_path.views.rules import credential_rules
from career_path.views.sentences.overlays import overlay_text
from career_path.views.sources import checked_text, sure_text
from career_path.views.words import SHOWN_DAYS, length_text, opening_text, validity_text

__all__ = ["catalog_text", "length_text", "opening_text", "pathway_text", "requirement_text", "validity_text"]


def catalog_text(titles: Iterable[tuple[str, str]]) -> str:
    """Ids and titles, one pathway a line.

    >>> print(catalog_text([("nurse", "Nurse"), ("medic", "Medic")]), end="")
    nurse  Nurse
    medic  Medic
    """
    rows = [(one_line(name), one_line(title)) for name, title in titles]
    width = max((len(name) for name, _ in rows), default=0)
    return "".join(f"{name:{width}}  {title}\n" for name, title in rows)


def pathway_text(pathway: Pathway, *, width: int = 100) -> str:
    """Everything about a pathway that a reader chooses by, in lines of at most `width` columns.

    Its steps, credentials and occupations with their notes, and the sources it is founded on. Only an address may be
    longer.
    """
    return "".join(f"{line}\n" for entry in _lines(pathway) for line in _wrapped(entry, width))


Line = tuple[int, str]
"""How far a text stands to the right, and the text."""


def _wrapped(line: Line, width: int) -> list[str]:
    depth, text = line
    indent = "  " * depth
    wrap = TextWrapper(
        width,
        initial_indent=indent,
        subsequent_indent=f"{indent}  " if depth else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return wrap.wrap(one_line(text)) or [""]


def _lines(pathway: Pathway) -> Iterator[Line]:
    yield 0, f"{pathway.name} ({pathway.id})"
    yield 0, f"Goal: {requirement_text(pathway.goal, pathway)}"
    yield from ((0, f"Rules: {overlay_text(each)}") for each in pathway.applied)
    yield from _note(0, pathway.note)
    yield from ((0, ""), (0, "Steps"))
    for step in pathway.steps:
        yield from _step_lines(step, pathway)
    yield from _choices(pathway)
    if pathway.credentials:
        yield from ((0, ""), (0, "Credentials"))
    for credential in pathway.credentials:
        yield 1, _credential_line(credential)
        yield from ((2, rule) for rule in credential_rules(credential, pathway))
        yield from _sources(2, _cited(credential))
        yield from _note(2, credential.note)
    if pathway.occupations:
        yield from ((0, ""), (0, "Occupations"))
    for occupation in pathway.occupations:
        yield 1, f"{occupation.id}: {occupation.name}"
        yield from ((2, each) for each in occupation_lines(occupation, pathway.currency))
        parts = (occupation, occupation.pay, occupation.outlook)
        yield from _sources(2, (each for part in parts if part is not None for each in part.sources))
        yield from _note(2, occupation.note)
    yield from _overlay_lines(pathway)
    yield from ((0, ""), (0, "Sources" if pathway.sources else "No sources"))
    for source in pathway.sources:
        yield from _source_lines(source)


def _overlay_lines(pathway: Pathway) -> Iterator[Line]:
    """Which overlays may still come, and what they change."""
    if pathway.overlays:
        yield from ((0, ""), (0, "Overlays"))
    for overlay in pathway.overlays:
        yield 1, overlay_text(overlay)
        changed = [str(each.id) for each in (*overlay.steps, *overlay.credentials, *overlay.occupations)]
        changed += [f"{each.partition('.')[2]} (removed)" for each in overlay.remove]
        goal = ["the goal"] if overlay.goal is not None else []
        yield 2, f"changes: {joined([*goal, *changed])}"
        yield from _note(2, overlay.note)


def _note(depth: int, note: str) -> Iterator[Line]:
    """The paragraphs of a note."""
    return ((depth, each) for each in note.splitlines() if each.strip())


def _source_lines(source: Source) -> Iterator[Line]:
    yield 1, f"{source.id}: {', '.join(filter(None, (source.title, source.publisher))) or source.id}"
    if source.address:
        yield 2, source.address
    of = "" if source.as_of is None else f", as of {source.as_of}"
    yield 2, f"from {sure_text(source.sure)}{of}, {checked_text(source)}"


_ABSENCES: Final = {
    AbsencePolicy.PAUSE: "pauses while you are away",
    AbsencePolicy.FORBID: "not while you are away",
    AbsencePolicy.IGNORE: "goes on while you are away",
}


def _step_lines(step: Step, pathway: Pathway) -> Iterator[Line]:
    cost = "cost not known" if step.cost is None else _cost(step.cost, pathway)
    yield 1, f"{step.id}: {step.name}"
    yield 2, f"{step.kind.value}, {_step_length(step)}, {cost}"
    if step.work is not None:
        hours = "" if step.work.hours is None else f", {hours_text(step.work.hours)} hours a week"
        yield 2, f"counts as work: {step.work.role}{hours}"
    if step.occupation is not None:
        yield 2, f"occupation: {pathway.occupation(step.occupation).name}"
    if step.absence is not None:
        yield 2, _ABSENCES[step.absence]
    if step.opens is not None:
        yield 2, f"opens: {opening_text(step.opens)}"
    if step.requires != AllOf():
        yield 2, f"needs: {requirement_text(step.requires, pathway)}"
    if step.retakes is not None:
        yield 2, f"after a failed attempt: {retakes_text(step.retakes, pathway) or 'at once'}"
    if step.grants:
        yield 2, f"grants: {joined([pathway.credential(each).name for each in step.grants])}"
    yield from _sources(2, (*step.sources, *(step.cost.sources if step.cost is not None else ())))
    yield from _note(2, step.note)


def _cost(cost: Cost, pathway: Pathway) -> str:
    """The amount, and that it is from memory where it is."""
    unsure = cost.sure is Sure.MEMORY or any(pathway.source(each).sure is Sure.MEMORY for each in cost.sources)
    return f"{money_text(cost.amount, pathway.currency)}{' (from memory)' if unsure else ''}"


def _sources(depth: int, ids: Iterable[str]) -> Iterator[Line]:
    told = ", ".join(dict.fromkeys(ids))
    if told:
        yield depth, f"sources: {told}"


def _cited(credential: Credential) -> Iterator[str]:
    return (each.id for each in credential_references(credential) if each.what == "source")


def _choices(pathway: Pathway) -> Iterator[Line]:
    """Where one of several is enough, or so many of them: for the goal and for each step that leaves a choice."""
    asking = [("the goal", pathway.goal), *((step.name, step.requires) for step in pathway.steps)]
    told = [
        f"for {name}: {_choice_text(group, pathway)}" for name, requires in asking for group in _open_groups(requires)
    ]
    if told:
        yield from ((0, ""), (0, "Choices"), *((1, each) for each in told))


def _open_groups(requirement: Requirement) -> Iterator[AnyOf | AtLeast]:
    """The groups of a requirement that leave a choice, the outer ones first."""
    if isinstance(requirement, (AnyOf, AtLeast)) and len(requirement.of) > 1:
        yield requirement
    if isinstance(requirement, (AllOf, AnyOf, AtLeast)):
        for option in requirement.of:
            yield from _open_groups(option)


def _choice_text(group: AnyOf | AtLeast, pathway: Pathway) -> str:
    lead = "one of" if isinstance(group, AnyOf) else f"at least {group.k} of"
    return f"{lead} {'; '.join(requirement_text(option, pathway) for option in group.of)}"


def _step_length(step: Step) -> str:
    length = "as long as its cohort" if isinstance(step.opens, Cohorts) else length_text(step.takes)
    return length if step.load is None else f"{length}, {hours_text(step.load)} hours a week"


def _credential_line(credential: Credential) -> str:
    title = credential.title if credential.title not in {"", credential.name} else ""
    valid = NO_END if credential.valid is None else validity_text(credential.valid)
    return f"{credential.id}: {', '.join(filter(None, (credential.name, title, valid)))}"


def requirement_text(requirement: Requirement, pathway: Pathway) -> str:  # noqa: C901, PLR0911 (a line per kind)
    """A requirement in words, with brackets only where one group stands in another."""
    match requirement:
        case AllOf():
            return " and ".join(_nested(option, pathway) for option in requirement.of) or "nothing"
        case AnyOf():
            return " or ".join(_nested(option, pathway) for option in requirement.of)
        case AtLeast():
            options = ", ".join(_nested(option, pathway) for option in requirement.of)
            return f"at least {requirement.k} of: {options or 'nothing'}"
        case Needs():
            return _needs_text(requirement, pathway)
        case Holds():
            paper = pathway.credential(requirement.credential).name
            return f"{paper} valid {'throughout' if requirement.throughout else 'at the start'}"
        case Aged():
            under = "" if requirement.under is None else f" and under {requirement.under}"
            return f"age {requirement.years} or more{under}"
        case Worked():
            return _worked_text(requirement)
        case Located():
            return f"place {requirement.place} or in it"
        case HasFact():
            return f"{requirement.fact} {requirement.is_}"
        case _:  # pragma: no cover
            assert_never(requirement)


def _worked_text(leaf: Worked) -> str:
    measures = [
        *([] if leaf.span is None else [span_text(str(leaf.span))]),
        *([] if leaf.hours is None else [f"{hours_text(leaf.hours)} h"]),
    ]
    limits = [
        "" if leaf.in_last is None else f"in the last {span_text(str(leaf.in_last))}",
        "" if leaf.counted_back_from is None else f"counted back from {day_text(leaf.counted_back_from)}",
        "every job counted" if leaf.overlapping is Overlapping.EACH else "",
    ]
    work = f"{joined(measures)} of work as {' or '.join(leaf.roles)}"
    told = ", ".join(filter(None, limits))
    return f"{work} [{told}]" if told else work


def _nested(requirement: Requirement, pathway: Pathway) -> str:
    text = requirement_text(requirement, pathway)
    is_group = isinstance(requirement, (AllOf, AnyOf, AtLeast)) and len(requirement.of) > 1
    return f"({text})" if is_group else text


def _needs_text(leaf: Needs, pathway: Pathway) -> str:
    name = pathway.step(leaf.step).name
    event = f"the start of {name}" if leaf.of is Event.START else name
    then = "it" if leaf.of is Event.START else "it is done"
    limits = [
        "before or after" if leaf.order is Order.ANY else _lag_text(leaf.lag, then),
        "" if leaf.within is None else f"at most {span_text(str(leaf.within))} after {then}",
        "" if leaf.by is None else f"at most {span_text(str(leaf.by))} later",
        _rounds_text(leaf.rounds),
        "" if leaf.extensions is None else _extensions_text(leaf.extensions, pathway.currency),
    ]
    told = ", ".join(filter(None, limits))
    return f"{event} [{told}]" if told else event


def _rounds_text(rounds: tuple[Round, ...]) -> str:
    shown = [f"by {each.by} for {each.on}" for each in rounds[:SHOWN_DAYS]]
    more = [f"and {len(rounds) - SHOWN_DAYS} more"] if len(rounds) > SHOWN_DAYS else []
    return "; ".join([*shown, *more])


def _extensions_text(more: PaidExtension, currency: str) -> str:
    fee = "at a cost not known" if more.cost is None else f"for {money_text(more.cost, currency)} each"
    often = "once" if more.at_most == 1 else f"up to {more.at_most} times"
    return f"extended {often} by {span_text(str(more.span))} {fee}"


def retakes_text(retakes: Retakes, pathway: Pathway) -> str:
    """What holds after failed attempts, in words.

    >>> from career_path.model.pathway import Step
    >>> tiny = Pathway("p", goal="exam", steps=[Step("exam")])
    >>> retakes_text(Retakes(waits=["P30D", "P12M"], caps=[Cap(3)]), tiny)
    'wait 30 days, then 12 months; at most 3 attempts'
    """
    waits = [span_text(str(wait)) for wait in retakes.waits]
    told = [f"wait {', then '.join(waits)}"] if waits else []
    return "; ".join([*told, *(_cap_text(cap, pathway) for cap in retakes.caps)])


def _cap_text(cap: Cap, pathway: Pathway) -> str:
    scope = "" if cap.per is None else f" in {span_text(str(cap.per))}"
    scope += "" if cap.since is None else f" since {pathway.step(cap.since).name} was last done"
    return f"at most {cap.attempts} attempt{'' if cap.attempts == 1 else 's'}{scope}"


def _lag_text(lag: Span, then: str) -> str:
    if lag.is_zero:
        return ""
    length = span_text(str(lag))
    return f"up to {length} before {then}" if lag.is_negative else f"at least {length} after {then}"
