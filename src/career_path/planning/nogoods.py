"""What cannot be together in a route: the choices and the states of steps that leave no dates.

A route without a schedule fails by a chain of bounds, or by rules that lead round in a ring. Every route that has the
same leaves and states has the same chain, so none of them needs to be tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from career_path.model.requirements import Holds, Needs, Order, Worked
from career_path.model.timeline import ReasonKind
from career_path.planning.compile import Compiled
from career_path.planning.routes import Chosen, Nogood, Route
from career_path.planning.solve import Failure, chain
from career_path.planning.texts import rule_name

__all__ = ["nogood_of"]


def nogood_of(compiled: Compiled, failure: Failure) -> Nogood | None:
    """What a failure follows from; None where more than leaves and states is behind it: papers, or the whole route."""
    if failure.ring:
        return _of_rules(compiled.route, failure.ring)
    links = [] if failure.derived is None else list(chain(failure.derived))
    because = [link.because for link in links] + ([] if failure.breaks is None else [failure.breaks])
    if any(each.kind in {ReasonKind.PAPER_VALID, ReasonKind.GOAL} for each in because):
        return None
    route = compiled.route
    chosen = {compiled.made_by[id(each)] for each in because if id(each) in compiled.made_by}
    worked = {link.unknown for link in links if link.because.kind is ReasonKind.WORKED}
    chosen |= {each for each in route.chosen if each.owner in worked and isinstance(each.leaf, Worked)}
    names = {link.unknown for link in links} | {name for each in chosen for name in _names(each)}
    return Nogood.of(route, chosen, names)


def _names(each: Chosen) -> Iterator[str]:
    """The steps between which a leaf makes bounds."""
    yield each.owner
    if each.paper is not None:
        yield each.paper
    if isinstance(each.leaf, Needs):
        yield each.leaf.step


def _is_in_any_order(each: Chosen) -> bool:
    return isinstance(each.leaf, Needs) and each.leaf.order is Order.ANY


def _of_rules(route: Route, rules: Iterable[str]) -> Nogood | None:
    """All leaves that some of the rules come from; None where papers or what may come in any order are among them."""
    wanted = set(rules)
    parts = ("", "lag", "within", "by", "rounds")
    chosen = {
        each
        for each in route.chosen
        if not wanted.isdisjoint(
            rule_name(each.owner, each.leaf, part) for part in (parts if isinstance(each.leaf, Needs) else ("",))
        )
    }
    if any(isinstance(each.leaf, Holds) or _is_in_any_order(each) for each in chosen):
        return None
    return Nogood.of(route, chosen, {name for each in chosen for name in _names(each)})
