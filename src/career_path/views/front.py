"""The routes among which there is a choice, one line each: when, for how much, and by what they differ."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Final

from career_path.model.pathway import Pathway
from career_path.model.text import step_of
from career_path.model.timeline import Timeline
from career_path.planning.front import FrontRoute
from career_path.views.careers import NOT_KNOWN, earned_text
from career_path.views.careers_notes import earned_note
from career_path.views.comparison import ComparedPlan, compare_plans
from career_path.views.fitting import columns_of
from career_path.views.markdown import escaped, markdown_table
from career_path.views.plain import day_text, joined, money_text, one_line, quoted_name
from career_path.views.sentences import conflict_text, difference_text, rules_lines

__all__ = ["front_markdown", "front_text"]

_CHECK: Final = "Check every date with the issuer."
_FEWER_UNKNOWN: Final = "Fewer unknown costs count as cheaper."
_GAP: Final = "  "


def front_text(front: Sequence[FrontRoute], pathway: Pathway, *, width: int = 100) -> str:
    """A table of the routes, then what only some of them have; lines of at most `width` columns but for a long word.

    >>> import datetime as dt
    >>> from career_path import AnyOf, Learner, Pathway, Step, routes
    >>> ways = [Step("school", takes="P9M", cost="900"), Step("course", takes="P1Y", cost="500")]
    >>> path = Pathway("p", title="Medic", goal=AnyOf("school", "course"), steps=ways)
    >>> print(front_text(routes(path, Learner(), today=dt.date(2027, 1, 4)), path), end="")
    Medic: 2 routes that no other beats in both finish and cost
    Route  Done by     Cost        Against the first
    1      2027-10-04  900.00 USD  -
    2      2028-01-04  500.00 USD  92 days later, 400.00 USD less
    1: by way of “school”.
    2: by way of “course”.
    Check every date with the issuer.
    """
    rows = [_headings(front), *_rows(front)]
    widths = [max(map(columns_of, column)) for column in zip(*rows, strict=True)]
    lines = [one_line(_title(front))]
    lines += [
        _GAP.join(f"{cell}{' ' * (room - columns_of(cell))}" for cell, room in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    for text in (*_differences(front, pathway), *_notes(front)):
        lines += wrap(one_line(text), width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    return "".join(f"{line}\n" for line in lines)


def front_markdown(front: Sequence[FrontRoute], pathway: Pathway) -> str:
    """The same as Markdown."""
    parts = [
        f"## {escaped(_title(front))}",
        markdown_table(_headings(front), [list(map(escaped, row)) for row in _rows(front)]),
    ]
    parts += ["\n".join(f"- {escaped(text)}" for text in _differences(front, pathway))]
    return "\n\n".join((*parts, *map(escaped, _notes(front)))) + "\n"


def _title(front: Sequence[FrontRoute]) -> str:
    first = front[0].timeline
    name = first.title or first.pathway
    in_what, both = "both finish and cost", "both the earliest and the cheapest"
    if any(each.earned is not None for each in front):
        in_what, both = "finish, cost and money earned", "the earliest, the cheapest and the one that earns most"
    if len(front) == 1:
        return f"{name}: one route is {both}"
    return f"{name}: {len(front)} routes that no other beats in {in_what}"


def _headings(front: Sequence[FrontRoute]) -> tuple[str, ...]:
    day = front[0].earned_by
    earned = () if day is None else (f"Earned by {day_text(day)}",)
    return ("Route", "Done by", "Cost", *earned, "Against the first")


def _rows(front: Sequence[FrontRoute]) -> Iterator[tuple[str, ...]]:
    compared = compare_plans({str(number): each.timeline for number, each in enumerate(front, start=1)})
    for route, each in zip(front, compared.plans, strict=True):
        against = _against(each, is_first=each is compared.plans[0])
        yield each.name, str(each.finish), _cost(each.timeline), *_earned(route), against


def _cost(timeline: Timeline) -> str:
    known, missing = money_text(timeline.cost.amount, timeline.cost.currency), len(timeline.cost.unknown)
    return f"at least {known}, {missing} {NOT_KNOWN}" if missing else known


def _earned(route: FrontRoute) -> Iterator[str]:
    if route.earned_by is not None:
        yield earned_text(route.earned, route.timeline.cost.currency)


def _against(plan: ComparedPlan, *, is_first: bool) -> str:
    if is_first or plan.days is None:
        return "-"
    return difference_text(days=plan.days, cost=plan.cost_difference, currency=plan.timeline.cost.currency)


def _differences(front: Sequence[FrontRoute], pathway: Pathway) -> Iterator[str]:
    """For each route by what it differs from the others, which costs are not known, and what it misses."""
    steps = [dict.fromkeys(step_of(step.id) for step in each.timeline.steps) for each in front]
    for number, (each, mine) in enumerate(zip(front, steps, strict=True), start=1):
        own = [step for step in mine if not all(step in others for others in steps)]
        left = () if own else _left_out(each, mine, steps)
        told = [f"by way of {_listed(own, pathway)}"] if own else []
        told += [f"without {_listed(left, pathway)}"] if left else []
        unknown = [each.timeline.name_of(name) for name in each.timeline.cost.unknown]
        told += [f"cost of {joined(unknown)} is {NOT_KNOWN}"] if unknown else []
        if told:
            yield f"{number}: {'; '.join(told)}."
        for conflict in each.timeline.conflicts:
            yield f"{number}: {conflict_text(conflict, each.timeline)}"


def _left_out(route: FrontRoute, mine: Collection[str], steps: Sequence[Collection[str]]) -> Collection[str]:
    """What a route without a step of its own does without: of the routes in the list, or alone of all there are."""
    if len(steps) == 1:
        return route.left_out
    return dict.fromkeys(step for others in steps for step in others if step not in mine)


def _notes(front: Sequence[FrontRoute]) -> Iterator[str]:
    day = front[0].earned_by
    if day is not None:
        yield earned_note(day)
    if len({len(each.timeline.cost.unknown) for each in front}) > 1:
        yield _FEWER_UNKNOWN
    yield from rules_lines(front[0].timeline.applied)
    yield _CHECK


def _listed(ids: Iterable[str], pathway: Pathway) -> str:
    return joined([quoted_name(pathway.step(each).name) for each in ids])
