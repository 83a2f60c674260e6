"""Why each date of a solved route is what it is, and what would decide if the rule that does were not there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from career_path.days.numbers import ALWAYS, NEVER, to_date
from career_path.model.timeline import Reason, ReasonKind, RunnerUp
from career_path.planning.bounds import Because
from career_path.planning.solve import Derived, System, chain, lowered, raised
from career_path.planning.texts import GOAL

__all__ = ["Explained", "earliest_reasons", "latest_reasons"]


class Explained(NamedTuple):
    """The reasons for one date, what decides it first, and the runner-up."""

    reasons: tuple[Reason, ...] = ()
    runner_up: RunnerUp | None = None


def earliest_reasons(name: str, found: Mapping[str, Derived], system: System, today: int) -> Explained:
    """Why an unknown is not earlier; nothing where nothing bounds it."""
    if name not in found:
        return Explained()
    links = list(_own_links(name, found))
    others = (
        _bound(name, edge.forward(found[edge.origin].day), edge.raises, found[edge.origin])
        for edge in system.entering.get(name, ())
        if edge.origin in found and not (_is_start(links) and _rests_on_start(found[edge.origin]))
    )
    floors = (_bound(name, floor.day, floor.because) for floor in system.floors_of.get(name, ()))
    start = (_bound(name, today, Because(ReasonKind.TODAY, "today")),) if _is_start(links) else ()
    moved = ((raised(each, system.limits).day, each) for each in _rivals(links, (*others, *floors, *start)))
    best = max(moved, key=lambda pair: (pair[0], pair[1].because.rule), default=None)
    return Explained(_reasons(links), _runner_up(found[name].day, best))


def latest_reasons(name: str, found: Mapping[str, Derived], system: System, horizon: int) -> Explained:
    """Why an unknown is not later; nothing where nothing bounds it."""
    if name not in found:
        return Explained()
    links = list(_own_links(name, found))
    others = (
        _bound(name, edge.backward(found[edge.target].day), edge.lowers, found[edge.target])
        for edge in system.leaving.get(name, ())
        if edge.target in found
    )
    ceilings = (_bound(name, each.day, each.because) for each in system.ceilings_of.get(name, ()))
    moved = ((lowered(each, system, horizon).day, each) for each in _rivals(links, (*others, *ceilings)))
    best = min(moved, key=lambda pair: (pair[0], pair[1].because.rule), default=None)
    return Explained(_reasons([*_last_run(found[name], system), *links]), _runner_up(found[name].day, best))


def _last_run(latest: Derived, system: System) -> Iterator[Derived]:
    """The opening that a latest start stands on where all days up to the next opening would end as that one does.

    So it is with a cohort: the last one that ends in time is found at once, and nothing has to move to it.
    """
    finish = system.finishes[latest.unknown]
    if latest.because.kind is ReasonKind.OPENING:
        return
    for limit in system.limits.get(latest.unknown, ()):
        following = limit.on_or_after(latest.day + 1) if limit.kind is ReasonKind.OPENING else NEVER
        if latest.day + 1 < following < NEVER and finish.f(latest.day + 1) == finish.f(following):
            yield Derived(latest.unknown, latest.day, Because(limit.kind, limit.rule), latest)
            return


def _bound(name: str, day: int, because: Because, parent: Derived | None = None) -> Derived:
    return Derived(name, day, because, parent, because.event_day(day if parent is None else parent.day))


def _own_links(name: str, found: Mapping[str, Derived]) -> Iterator[Derived]:
    """The bounds behind a date, back to the final date of another unknown or to a root.

    In a ring of rules the chain can pass through a date of another unknown that was overtaken later; what that one
    rests on belongs to this chain, because it is told nowhere else.
    """
    at = name
    for link in chain(found[name]):
        if link.unknown != at:
            if found[link.unknown].day == link.day:
                return
            at = link.unknown
        yield link


def _rivals(links: Iterable[Derived], candidates: Iterable[Derived]) -> Iterator[Derived]:
    """The candidates that stay when the rule that decides goes: those of another rule and another step."""
    deciding = _deciding(links)
    if deciding.kind is ReasonKind.TODAY:
        return  # the one bound that nobody can drop
    for each in candidates:
        is_other = each.because is not deciding
        is_elsewhere = each.because.waits_for is None or each.because.waits_for != deciding.waits_for
        if is_other and is_elsewhere and ALWAYS < each.day < NEVER:
            yield each


def _is_start(links: Iterable[Derived]) -> bool:
    """Whether the learner's start decides, without which it would be today."""
    return _deciding(links).kind is ReasonKind.LEARNER_START


def _rests_on_start(derived: Derived) -> bool:
    """Whether a date would move with the learner's start, so that it says nothing about what stands without it."""
    *_, root = chain(derived)
    return root.because.kind is ReasonKind.LEARNER_START


def _deciding(links: Iterable[Derived]) -> Because:
    """The bound that the openings and absences of a date start from."""
    first, *rest = links
    last = first
    for link in rest:
        if link.unknown != first.unknown:
            break
        last = link
    return last.because


def _reasons(links: list[Derived]) -> tuple[Reason, ...]:
    owner = links[0].unknown
    return tuple(reason for link in links if (reason := _reason(link, owner)) is not None)


def _reason(link: Derived, owner: str) -> Reason | None:
    on = to_date(link.day)
    if on is None:
        return None
    because = link.because
    return Reason(
        kind=because.kind,
        rule=because.rule,
        on=on,
        about=link.unknown if link.unknown not in (owner, GOAL) else None,
        waits_for=because.waits_for,
        is_for_goal=because.waits_for is None and link.parent is not None and link.parent.unknown == GOAL != owner,
        event=because.event,
        event_on=_date(link.event_on),
        span=because.span,
        credential=because.credential,
        source=because.source,
    )


def _runner_up(day: int, best: tuple[int, Derived] | None) -> RunnerUp | None:
    if best is None:
        return None
    on, reason = _date(best[0]), _reason(best[1], best[1].unknown)
    return None if on is None or reason is None else RunnerUp(reason=reason, on=on, days=abs(best[0] - day))


def _date(day: int | None) -> dt.date | None:
    return None if day is None else to_date(day)
