"""The routes among which a choice of finish day and cost is left: none of them is beaten in both.

The last is the cheapest route, and the earliest of those that cost as little. Each one before it is the cheapest of
those that are done sooner, until none is. So the front is found with one search for each of its routes, or with one
search in all where that has looked at every variant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from career_path.days.numbers import NEVER
from career_path.days.spans import Span
from career_path.model.entries import resolved_for
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway
from career_path.model.text import step_of
from career_path.model.timeline import Timeline
from career_path.planning.careers import earned_by as pay_before
from career_path.planning.careers import to_horizon
from career_path.planning.question import MOST_ROUTES, Question, ask
from career_path.planning.search import Search
from career_path.planning.solved import Judged, Solved
from career_path.planning.texts import GOAL
from career_path.values import Value, frozen

if TYPE_CHECKING:
    from career_path.planning.prices import Price

__all__ = ["FrontRoute", "routes"]


@frozen(kw_only=True)
class FrontRoute(Value):
    """A route that no other one beats in finish day and cost: its plan, and the steps that it does without.

    `left_out` are the steps that other choices lead to, by id and sorted, whether those are on the front or not.
    `earned` is what the jobs of the plan pay from today to the day `earned_by`, exactly, as `compare` counts it; None
    where no day was asked for, where the plan has no job, and where a pay is not known.

    >>> from career_path import AnyOf, Step
    >>> path = Pathway("p", goal=AnyOf("a", "b"), steps=[Step("a", cost=0, takes="P9M"), Step("b", cost=9)])
    >>> [route.left_out for route in routes(path, Learner(), today=dt.date(2027, 1, 4))]
    [('a',), ('b',)]
    """

    timeline: Timeline
    left_out: tuple[str, ...] = ()
    earned_by: dt.date | None = None
    earned: Fraction | None = None


_Price = tuple[int, Decimal]
"""How many costs are not known, and what the others add up to: the fewer unknown, the cheaper."""


def routes(
    pathway: Pathway,
    learner: Learner,
    *,
    today: dt.date,
    max_routes: int = MOST_ROUTES,
    horizon: dt.date | None = None,
    earned_by: dt.date | Span | str | None = None,
) -> tuple[FrontRoute, ...]:
    """Every route that no other beats in finish day and cost, from the earliest to the cheapest; at least one.

    Each is earlier than all that cost less, and cheaper than all that are done sooner. What the learner chose and
    avoids holds for all of them; those that miss the deadline or the budget are there with their conflicts. A route
    with fewer unknown costs counts as cheaper than one with more, as under `cheapest`. Of routes alike in both, the one
    that `plan` prefers is taken.

    With `earned_by`, a day or a time from today, each route also tells the money earned by then. That decides nothing:
    a route that is later and dearer is not on the front, even if its job pays more. To see it, choose its job. The
    horizon is another thing, the last day that a plan looks at.

    >>> from career_path import AnyOf, Step
    >>> school, course = Step("school", takes="P9M", cost="900"), Step("course", takes="P1Y", cost="500")
    >>> path = Pathway("p", goal=AnyOf("school", "course"), steps=[school, course])
    >>> front = routes(path, Learner(), today=dt.date(2027, 1, 4))
    >>> [(str(each.timeline.finish), str(each.timeline.cost.amount)) for each in front]
    [('2027-10-04', '900'), ('2028-01-04', '500')]

    Raises:
        NoRouteError: no schedule keeps the rules, up to the horizon (100 years after today unless given).
        SearchLimitError: more than `max_routes` choices.
        DocumentError: the learner does not fit the pathway, or something that a rule needs is not known.
        InvalidValueError: an argument is of another kind than it has to be, or `earned_by` lies before today.
    """
    question = ask(
        pathway,
        learner,
        today=today,
        objective="earliest",
        finish_by=None,
        max_routes=max_routes,
        horizon=horizon,
    )
    last = None if earned_by is None else to_horizon(earned_by, today=today, where="earned_by")
    here = resolved_for(pathway, learner, today=today)
    found = question.search(_Cheapest(NEVER), _Cheapest(NEVER).floor)
    solved = list(_front(found.solved) if found.is_whole else _one_by_one(question, found))
    solved.reverse()
    known = found.known_steps
    return tuple(
        FrontRoute(
            timeline=(timeline := question.answer(each)),
            left_out=tuple(sorted(known - {step_of(name) for name in each.route.nodes})),
            earned_by=last,
            earned=None if last is None else pay_before(last, here, timeline),
        )
        for each in solved
    )


@attrs.frozen
class _Cheapest:
    """The cheapest route first, of equally cheap ones the earliest; none that is done after a day is of use."""

    last: int

    def __call__(self, solved: Solved) -> Judged:
        good = (solved.finish > self.last, *_price(solved), solved.finish, solved.counts[0], _broken(solved))
        return Judged((good, solved.key), (solved.dates[GOAL],))

    def floor(self, finish: int, price: Price, _: Callable[[int], int]) -> tuple[object, ...]:
        """How good a route can be at most."""
        return finish > self.last, price.unknown, price.cost, finish, price.tie[0], 0


def _price(solved: Solved) -> _Price:
    return len(solved.unknown), solved.cost


def _broken(solved: Solved) -> int:
    """How many rules of a way that was followed the records break."""
    return sum(each.is_of_way and not each.is_kept for each in solved.compiled.recorded)


def _front(solved: Iterable[Solved]) -> Iterator[Solved]:
    """Those that no other beats, the cheapest first."""
    last = NEVER
    for each in sorted(solved, key=lambda each: _Cheapest(NEVER)(each).rank):
        if each.finish < last:
            last = each.finish
            yield each


def _one_by_one(question: Question, first: Search) -> Iterator[Solved]:
    """The same where a search leaves out what is worse than its best: one search for each finish."""
    found, judge = first, _Cheapest(NEVER)
    while True:
        best = min(found.solved, key=lambda each: judge(each).rank, default=None)
        if best is None or best.finish > judge.last:
            return
        yield best
        judge = _Cheapest(best.finish - 1)
        found = question.search(judge, judge.floor, last=judge.last)
