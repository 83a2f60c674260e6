"""The routes that can be the best at their earliest dates, with papers renewed or earned again where that helps.

No route is left out on a guess: what a waypoint leads to is told from below, and it is left aside only where even that
is worse than the best route found so far.

A paper that runs out too soon can be got later, renewed, or earned again. Later is what solving a route does by itself.
Renewing and earning again cost something and never make a route better unless a rule about papers stands in the chain
of reasons for what decides, such as its finish, or in the way of any schedule: whatever that chain rests on stays in
every variant that leaves its papers alone. So variants are tried only for the papers that such a chain names, one more
at a time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

import attrs

from career_path.days.numbers import FIRST, LAST, NEVER
from career_path.errors import SearchLimitError
from career_path.model.requirements import Aged, AllOf, HasFact, Holds, Located, Needs, Requirement
from career_path.model.text import step_of
from career_path.model.timeline import ReasonKind
from career_path.planning.bounds import Because, Reliance
from career_path.planning.compile import Compiled, compile_route
from career_path.planning.papers import Kept, Paper
from career_path.planning.program import Program
from career_path.planning.routes import Again, Route
from career_path.planning.solve import Derived, Failure, System, chain, least
from career_path.planning.solved import Judged, Rank, Solved, granted_on
from career_path.planning.texts import GOAL, rule_name
from career_path.planning.validity import refuse_moving_end
from career_path.planning.walk import Unguided, Walk, routes

if TYPE_CHECKING:
    from career_path.planning.guide import Floor, Guide

__all__ = ["Search"]


_PLAIN: Final = (Needs, Aged, Located, HasFact)
"""Leaves that leave a route no choice."""
_FEW: Final = 16
"""Up to so many waypoints all routes are solved, and nobody asks which are promising."""
_TWO_MONTHS: Final = 62
_MANY: Final = 100_000
"""More renewals than any horizon holds."""
_NONE: Final[Mapping[Paper, int]] = MappingProxyType({})


class _Found(NamedTuple):
    """What solving a route once tells: who relies on papers in what decides the outcome, and the days.

    `ended` are those for whom it matters that the paper runs out.
    """

    relied: tuple[Reliance, ...]
    ended: tuple[Reliance, ...]
    dates: Mapping[str, Derived]


@attrs.define(eq=False, repr=False)
class Search:
    """One search through the routes of a program.

    After `run`, `is_whole` says that no variant was left out for being worse than the best.

    `is_wanted` tells which routes count at all, `judge` how good one is that was solved, `relaxed` how good one is at
    most that was solved with rules left out, and `floor` how good one can be at most. Rules less never make the rank of
    `relaxed` worse, and cost more never makes it better. With `is_finish_first` a sooner finish is better whatever it
    costs. No finish after `last` is looked for.
    """

    program: Program
    most: int
    dead_ends: set[str]
    is_wanted: Callable[[Route], bool]
    judge: Callable[[Solved], Judged]
    relaxed: Callable[[Solved], Judged]
    floor: Floor
    is_finish_first: bool
    last: int = NEVER
    is_whole: bool = attrs.field(default=True, init=False)
    solved: list[Solved] = attrs.field(factory=list[Solved], init=False)
    failures: list[tuple[Route, Failure]] = attrs.field(factory=list[tuple[Route, Failure]], init=False)
    _best: tuple[Rank, Solved] | None = attrs.field(default=None, init=False)
    _guide: Guide | None = attrs.field(default=None, init=False)
    _walked: set[str] = attrs.field(factory=set[str], init=False)
    _tried: int = attrs.field(default=0, init=False)

    def run(self) -> None:
        """Solve every route; then those in which more papers are earned again, until no more of them can help.

        Raises:
            SearchLimitError: too many to try.
        """
        done: set[frozenset[tuple[str, ...]]] = set()
        again: frozenset[Again] = frozenset()
        wanted: list[tuple[Route, frozenset[Again]]] = []
        while True:
            for route in self._routes(Walk(self.program, self.dead_ends, again)):
                identity = route.identity
                if identity not in done and self.is_wanted(route):
                    done.add(identity)
                    wanted.append((route, self._solve(route)))
            wanted = [(route, more - again) for route, more in wanted if more - again]
            wanted = [(route, more) for route, more in wanted if self._may_beat(route, redone=1)]
            if not wanted:
                return
            again = again.union(*(more for _, more in wanted))

    def _routes(self, walk: Walk) -> Iterator[Route]:
        """All routes where there are few; else those that a guide leads to."""
        self._guide = None
        try:
            few = list(routes(walk, Unguided(), most=min(_FEW, self.most)))
        except SearchLimitError:
            pass
        else:
            self._walked.update(step_of(name) for route in few for name in route.nodes)
            yield from few
            return
        from career_path.planning.guide import Guide  # noqa: PLC0415 (only where there is much to choose)
        from career_path.planning.outlook import Outlook  # noqa: PLC0415

        self._guide = Guide(Outlook(walk), self.floor, min(self.last, self.program.horizon))
        self._tell_best()
        yield from routes(walk, self._guide, most=self.most)
        self.is_whole &= self._guide.is_whole

    def _solve(self, route: Route) -> frozenset[Again]:
        """Solve a route with as many renewals as can help; the Holds for which earning a paper again might."""
        again: set[Again] = set()
        papers = _papers(route)
        none: tuple[int, ...] = (0,) * len(papers)
        more = self._visit(route, papers, none, again)
        start = self._fewest(route, papers) if more else None
        if start is None:
            return frozenset(again)
        renewed = {paper for paper, count in zip(papers, start, strict=True) if count}
        again.update(self._again(route, (paper.credential for paper in renewed)))
        waiting = [start] if renewed else more
        seen: set[tuple[int, ...]] = {none}
        while waiting:
            counts = waiting.pop()
            if counts not in seen and self._may_beat(route, dict(zip(papers, counts, strict=True))):
                seen.add(counts)
                waiting.extend(self._visit(route, papers, counts, again))
        return frozenset(again)

    def _visit(
        self, route: Route, papers: Sequence[Paper], counts: tuple[int, ...], again: set[Again]
    ) -> list[tuple[int, ...]]:
        """Solve a route with so many renewals; then the counts with one more of those that might help."""
        more: list[tuple[int, ...]] = []
        for kept in self._stretches(route, papers, counts):
            found = self._solve_once(route, kept)
            again.update(self._again(route, (each.leaf.credential for each in found.relied)))
            more.extend(self._more(route, papers, counts, found))
        return more

    def _fewest(self, route: Route, papers: Sequence[Paper]) -> tuple[int, ...] | None:
        """How many renewals of each paper there have to be whatever is done for the others; None if none suffice.

        They suffice for any schedule or, where nothing counts before the finish, for the earliest one.
        """
        most = [self._most(route, paper) for paper in papers]
        finish = self._finish(route, papers, most)
        if finish is None:
            return None
        last = finish if self.is_finish_first else NEVER

        def suffices(count: int, place: int) -> bool:
            reached = self._finish(route, papers, [*most[:place], Kept(count), *most[place + 1 :]])
            return reached is not None and reached <= last

        return tuple(_least(partial(suffices, place=place)) for place in range(len(papers)))

    def _most(self, route: Route, paper: Paper) -> Kept:
        """A paper renewed as often as it can be."""
        known = self.program.papers
        granted = self._first_grant(route, paper)
        for count in range(_MANY):
            if known.through(paper, granted, count) > self.program.horizon:
                break
            if not self._can_renew(route, paper, {}, count + 1):
                return Kept(count)
        return Kept(0, is_endless=True)

    def _finish(self, route: Route, papers: Sequence[Paper], kept: Sequence[Kept]) -> int | None:
        """The first day on which the goal can hold with papers kept in a way; None without any schedule."""
        finishes: list[int] = []
        for stretches in self._stretches(route, papers, [each.renewals for each in kept]):
            ways = {p: each if each.is_endless else stretches[p] for p, each in zip(papers, kept, strict=True)}
            dates = least(compile_route(self.program, route, ways).system, self.program.horizon)
            if not isinstance(dates, Failure):
                finishes.append(dates[GOAL].day if GOAL in dates else self.program.start)
        return min(finishes, default=None)

    def _stretches(
        self, route: Route, papers: Sequence[Paper], counts: Sequence[int]
    ) -> Iterator[Mapping[Paper, Kept]]:
        """The papers with their renewals, in each combination of stretches of days in which they may be granted."""
        pathway, known = self.program.pathway, self.program.papers
        for each in route.chosen:
            if isinstance(each.leaf, Holds) and _is_to_come(route, Paper(each.paper, each.leaf.credential)):
                credential = pathway.credential(each.leaf.credential)
                refuse_moving_end(credential, self.program.learner, rule_name(each.owner, each.leaf))
        ways = [
            list(known.stretches(pathway.credential(paper.credential), count))
            if _is_to_come(route, paper)
            else [Kept(count)]
            for paper, count in zip(papers, counts, strict=True)
        ]
        for chosen in product(*ways):
            yield dict(zip(papers, chosen, strict=True))

    def _solve_once(self, route: Route, kept: Mapping[Paper, Kept]) -> _Found:
        self._tried += 1
        if self._tried > self.most:
            raise SearchLimitError(self.most)
        compiled = compile_route(self.program, route, kept)
        dates = least(compiled.system, self.program.horizon)
        if isinstance(dates, Failure):
            self.failures.append((route, dates))
            self._leave_out(compiled, dates)
            return _Found(*_relied_in_failure(route, dates), {})
        solved = self._costed(compiled, dates)
        self.solved.append(solved)
        rank, decisive = self.judge(solved)
        if self._best is None or rank < self._best[0]:
            self._best = rank, solved
            self._tell_best()
        links = [list(chain(each)) for each in decisive]
        return _Found(self._relied(route, links), _ended(link.because for each in links for link in each), dates)

    def _leave_out(self, compiled: Compiled, failure: Failure) -> None:
        """Have no other route tried that fails for the same reasons."""
        if self._guide is not None:
            from career_path.planning.nogoods import nogood_of  # noqa: PLC0415 (as the guide)

            nogood = nogood_of(compiled, failure)
            if nogood is not None:
                self._guide.leave_out(nogood)

    @property
    def known_steps(self) -> set[str]:
        """The steps that some choice can lead to, by id."""
        if self._guide is None:
            return self._walked
        return {step_of(part.name) for part in self._guide.outlook.layout.parts if part.name != GOAL}

    def _tell_best(self) -> None:
        """Let the guide know how good the best route is."""
        if self._best is not None and self._guide is not None:
            (good, _), solved = self._best
            self._guide.take(good, solved)

    def _costed(self, compiled: Compiled, dates: dict[str, Derived]) -> Solved:
        renewals = {
            paper: self.program.papers.renewings(paper, granted_on(compiled, dates, paper), kept.renewals)
            for paper, kept in compiled.kept.items()
            if kept.renewals
        }
        acts = [(paper.credential, each.fee) for paper, done in renewals.items() for each in done]
        needs = [(each.leaf.step, each.fees) for each in compiled.route.chosen if isinstance(each.leaf, Needs)]
        acts += [(name, fee) for name, fees in needs for fee in fees]
        todo = ((node.id, node.step) for node in compiled.route.nodes.values() if node.is_to_do)
        acts += [(name, step.cost.amount if step.cost else None) for name, step in todo if step is not None]
        cost = sum((amount for _, amount in acts if amount is not None), Decimal(0))
        names = sorted(name for name, amount in acts if amount is None)
        if GOAL not in dates or dates[GOAL].day < 1:
            dates[GOAL] = Derived(GOAL, self.program.start, Because(ReasonKind.TODAY, "today"))
        return Solved(compiled, dates, dates[GOAL].day, cost, tuple(names), renewals)

    def _may_beat(self, route: Route, renewals: Mapping[Paper, int] = _NONE, *, redone: int = 0) -> bool:
        """Whether a variant of a route that does so much more can be better than the best so far.

        None is better than the route would be if nobody relied on papers. And where a second time is done as the first
        is, none is better than the route would be if papers never ran out and nothing had to be fresh.
        """
        bounds = [_PAPERS]
        if not any(self._has_choices(route, paper.granted_by) for paper in _papers(route)):
            bounds.append(_ENDS)
        more = (route.key[0] + redone, sum(renewals.values()))
        may_beat = all(self._may_beat_without(kinds, route, renewals, more) for kinds in bounds)
        self.is_whole &= may_beat
        return may_beat

    def _may_beat_without(
        self, kinds: frozenset[ReasonKind], route: Route, renewals: Mapping[Paper, int], more: tuple[int, int]
    ) -> bool:
        compiled = compile_route(self.program, route)
        compiled = compiled._replace(system=_without(kinds, compiled.system))
        dates = least(compiled.system, self.program.horizon)
        if isinstance(dates, Failure):
            return False
        solved = self._costed(compiled, dates)
        fees = [(paper.credential, self.program.papers.least_fee(paper.credential)) for paper in renewals]
        cost = sum((fee * times for (_, fee), times in zip(fees, renewals.values(), strict=True) if fee), Decimal(0))
        good, _ = self.relaxed(solved._replace(cost=solved.cost + cost)).rank
        return self._best is None or not (good, more) > self._best[0]

    def _more(
        self, route: Route, papers: Sequence[Paper], counts: tuple[int, ...], found: _Found
    ) -> Iterator[tuple[int, ...]]:
        """One renewal more of each paper that the outcome rests on, where it can be renewed once more."""
        rested = {Paper(each.paper, each.leaf.credential) for each in found.ended}
        for place, paper in enumerate(papers):
            if paper in rested and self._can_renew(route, paper, found.dates, counts[place] + 1):
                yield (*counts[:place], counts[place] + 1, *counts[place + 1 :])

    def _can_renew(self, route: Route, paper: Paper, dates: Mapping[str, Derived], times: int) -> bool:
        """Whether a paper can be renewed so many times, granted as found or soon after it first could be."""
        known = self.program.papers
        if paper.granted_by is None:
            return known.can_renew(paper, None, times)
        finish, first = route.nodes[paper.granted_by].finish, self._first_grant(route, paper)
        if finish.unknown is None or first is None:
            return known.can_renew(paper, first, times)
        days = [finish.rule.f(dates[finish.unknown].day)] if finish.unknown in dates else []
        days += range(first, first + _TWO_MONTHS)  # where ends are rolled, some days gain nothing and others do
        return any(known.can_renew(paper, day, times) for day in days if FIRST <= day <= LAST)

    def _first_grant(self, route: Route, paper: Paper) -> int | None:
        """The first day on which a paper can be granted; None for one at hand."""
        if paper.granted_by is None:
            return None
        finish = route.nodes[paper.granted_by].finish
        return finish.day if finish.unknown is None else min(finish.rule.f(self.program.start), LAST)

    def _relied(self, route: Route, decisive: Iterable[Sequence[Derived]]) -> tuple[Reliance, ...]:
        """Who relies on papers in what decides: where something is late because it must not be old, or has a choice."""
        found: dict[Reliance, None] = {}
        for links in decisive:
            is_pushed = any(link.because.kind in _ENDS for link in links)
            for relies in (link.because.relies for link in links):
                if relies is not None and (is_pushed or self._has_choices(route, relies.paper)):
                    found[relies] = None
        return tuple(found)

    def _has_choices(self, route: Route, paper: str | None) -> bool:
        """Whether a step that grants a paper could be done in another way a second time."""
        if paper is None:
            return False
        step = route.nodes[paper].step
        assert step is not None
        is_plain = isinstance(step.requires, (AllOf, *_PLAIN)) and all(
            isinstance(leaf, _PLAIN) and not (isinstance(leaf, Needs) and leaf.extensions is not None)
            for leaf in _parts(step.requires)
        )
        return not is_plain or len(self.program.nodes(paper)) > 1

    def _again(self, route: Route, credentials: Iterable[str]) -> Iterator[Again]:
        """The Holds of some credentials that could be met, to some use, by doing a step again."""
        wanted = set(credentials)
        for each in route.chosen:
            if not isinstance(each.leaf, Holds) or each.leaf.credential not in wanted or each.is_retrospective:
                continue
            for step in self.program.pathway.granting(each.leaf.credential):
                record = self.program.record(step.id)
                is_shared = step.id in route.nodes and (each.paper != step.id or _uses(route, step.id) > 1)
                if is_shared if record is None else not record.is_waived:
                    yield Again(step_of(each.owner), each.leaf)


_ENDS: Final = frozenset({ReasonKind.PAPER_VALID, ReasonKind.FRESH})
_PAPERS: Final = frozenset({ReasonKind.PAPER_VALID, ReasonKind.PAPER})


def _papers(route: Route) -> tuple[Paper, ...]:
    """Every paper that somebody in the route relies on, sorted."""
    used = {Paper(each.paper, each.leaf.credential) for each in route.chosen if isinstance(each.leaf, Holds)}
    return tuple(sorted(used, key=lambda paper: (paper.granted_by or "", paper.credential)))


def _parts(requirement: AllOf | Needs | Aged | Located | HasFact) -> Iterator[Requirement]:
    if not isinstance(requirement, AllOf):
        yield requirement
        return
    for option in requirement.of:
        yield from _parts(option) if isinstance(option, AllOf) else (option,)


def _least(suffices: Callable[[int], bool]) -> int:
    """The least count that suffices, where every greater one does too."""
    if suffices(0):
        return 0
    step = 1
    while not suffices(step):
        step *= 2
    return bisect_left(range(step + 1), 1, lo=step // 2 + 1, key=lambda count: int(suffices(count)))


def _is_to_come(route: Route, paper: Paper) -> bool:
    return paper.granted_by is not None and route.nodes[paper.granted_by].finish.unknown is not None


def _uses(route: Route, name: str) -> int:
    """How many requirements of the route ask for a step or its paper."""
    return sum(name in {each.paper, each.leaf.step if isinstance(each.leaf, Needs) else None} for each in route.chosen)


def _relied_in_failure(route: Route, failure: Failure) -> tuple[tuple[Reliance, ...], tuple[Reliance, ...]]:
    """Who relies on papers in what stands in the way of any schedule, and for whom it matters that they run out."""
    because = [] if failure.derived is None else [link.because for link in chain(failure.derived)]
    because += [] if failure.breaks is None else [failure.breaks]
    ring = [
        Reliance(each.owner, each.leaf, each.paper)
        for each in route.chosen
        if isinstance(each.leaf, Holds) and rule_name(each.owner, each.leaf) in failure.ring
    ]
    found = [each.relies for each in because if each.relies is not None]
    return tuple(dict.fromkeys([*found, *ring])), tuple(dict.fromkeys([*_ended(because), *ring]))


def _ended(because: Iterable[Because]) -> tuple[Reliance, ...]:
    """Who relies on papers that run out too soon."""
    found = (each.relies for each in because if each.kind is ReasonKind.PAPER_VALID)
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _without(kinds: frozenset[ReasonKind], system: System) -> System:
    """The same bounds without those of some kinds."""
    return attrs.evolve(
        system,
        edges=[edge for edge in system.edges if edge.raises.kind not in kinds],
        floors=[floor for floor in system.floors if floor.because.kind not in kinds],
        ceilings=[ceiling for ceiling in system.ceilings if ceiling.because.kind not in kinds],
    )
