"""The routes among which a choice of finish day and cost is left: none of them is beaten in both.

The cheapest route is one, the earliest of those that cost as little. The next is the cheapest of those that are done
sooner, and so on, until none is. So the front is found with one search for each of its routes, or with one search in
all where that has looked at every variant.

With money earned as a third, this is done anew among the routes that earn more than the one of the front that earns
least, until none does. What a search has found once, with fewer conditions, is not searched for again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from career_path.days.numbers import NEVER
from career_path.days.spans import Span
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway
from career_path.model.text import step_of
from career_path.model.timeline import Timeline
from career_path.planning.careers import to_horizon
from career_path.planning.pay import Pay
from career_path.planning.question import MOST_ROUTES, Question, ask
from career_path.planning.solved import Judged, Solved
from career_path.planning.texts import GOAL
from career_path.values import Value, frozen

if TYPE_CHECKING:
    from career_path.planning.guide import Ahead
    from career_path.planning.prices import Price

__all__ = ["FrontRoute", "routes"]


@frozen(kw_only=True)
class FrontRoute(Value):
    """A route that no other one beats in finish day and cost, and in money earned where a day is named for that.

    `timeline` is its plan, and `left_out` are the steps that other choices lead to, by id and sorted, whether those are
    on the front or not. `earned` is what the jobs of the plan pay from today to the day `earned_by`, exactly, as
    `compare` counts it; None where no day was asked for, where the plan has no job, and where a pay is not known.
    `chosen` are its jobs where it is there for its money alone, another route being as soon and as cheap: it is planned
    as if the learner had chosen them, for it may go on after the goal holds. Other routes may have the same jobs.

    >>> from career_path import AnyOf, Step
    >>> path = Pathway("p", goal=AnyOf("a", "b"), steps=[Step("a", cost=0, takes="P9M"), Step("b", cost=9)])
    >>> [route.left_out for route in routes(path, Learner(), today=dt.date(2027, 1, 4))]
    [('a',), ('b',)]
    """

    timeline: Timeline
    left_out: tuple[str, ...] = ()
    earned_by: dt.date | None = None
    earned: Fraction | None = None
    chosen: tuple[str, ...] = ()


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
    """Every route that no other beats in finish day and cost, by the finish and then the cost; at least one.

    Each is earlier than all that cost less, and cheaper than all that are done sooner. What the learner chose and
    avoids holds for all of them; those that miss the deadline or the budget are there with their conflicts. A route
    with fewer unknown costs counts as cheaper than one with more, as under `cheapest`. Of routes alike in both, the one
    that `plan` prefers is taken.

    With `earned_by`, a day or a time from today, each route also tells the money earned by then, and that counts as
    well: a route is there unless another one is done as soon, costs as little and earns as much, and is better in one
    of them. Money that is not known counts as none. No step is done a second time for money alone. The horizon is
    another thing, the last day that a plan looks at.

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
    pay = None if last is None else Pay(question.program.pathway, today.toordinal(), last.toordinal())
    aim = _Aim(pay=pay)
    found = question.search(aim, aim.floor, relaxed=aim.relaxed)
    one_by_one = _OneByOne(question, [(aim, aim.best_of(found.solved))])
    solved = _unbeaten(found.solved, aim) if found.is_whole else list(one_by_one.front(pay))
    return tuple(
        _told(question, each, found.known_steps, pay, is_for_money=any(_is_beaten(each, other) for other in solved))
        for each in sorted(solved, key=lambda each: (each.finish, aim(each).rank))
    )


def _told(question: Question, solved: Solved, known: set[str], pay: Pay | None, *, is_for_money: bool) -> FrontRoute:
    jobs = tuple(sorted({step_of(name) for name in pay.jobs(solved)})) if pay is not None and is_for_money else ()
    return FrontRoute(
        timeline=(question.choosing(jobs) if jobs else question).answer(solved),
        left_out=tuple(sorted(known - {step_of(name) for name in solved.route.nodes})),
        earned_by=None if pay is None else dt.date.fromordinal(pay.until),
        earned=None if pay is None else pay.earned(solved),
        chosen=jobs,
    )


def _is_beaten(one: Solved, other: Solved) -> bool:
    """Whether another route of a front is as soon and as cheap."""
    return other is not one and other.finish <= one.finish and _price(other) <= _price(one)


@attrs.frozen
class _Aim:
    """The cheapest route first, of equally cheap ones the earliest, and of those the one that earns most.

    None that is done after `last` is of use, and none that earns no more than `above`.
    """

    pay: Pay | None
    last: int = NEVER
    above: Fraction | None = None

    def __call__(self, solved: Solved) -> Judged:
        return self._judged(solved, self.earned(solved))

    def relaxed(self, solved: Solved) -> Judged:
        """How good a route is at most, once it is rid of some rules."""
        return self._judged(solved, None if self.pay is None else self.pay.most_of(solved))

    def floor(self, finish: int, price: Price, ahead: Ahead) -> tuple[object, ...]:
        """How good a route can be at most."""
        most = None if self.pay is None else self.pay.at_most(ahead.jobs())
        misses = finish > self.last or self._earns_too_little(most)
        return misses, price.unknown, price.cost, finish, -(most or 0), price.tie[0], 0

    def earned(self, solved: Solved) -> Fraction | None:
        """The money that counts; none that is not known. None where none is asked for."""
        return None if self.pay is None else self.pay.earned(solved) or Fraction()

    def best_of(self, solved: Iterable[Solved]) -> Solved | None:
        """The best of some routes, if it meets the aim."""
        best = min(solved, key=lambda each: self(each).rank, default=None)
        return best if best is not None and self.is_met_by(best) else None

    def is_met_by(self, solved: Solved) -> bool:
        """Whether a route is done in time, and earns enough."""
        return solved.finish <= self.last and not self._earns_too_little(self.earned(solved))

    def is_no_stricter_than(self, other: _Aim) -> bool:
        """Whether what meets another aim meets this one too."""
        is_lower = self.above is None or (other.above is not None and self.above <= other.above)
        return self.last >= other.last and is_lower

    def _earns_too_little(self, earned: Fraction | None) -> bool:
        return self.above is not None and earned is not None and earned <= self.above

    def _judged(self, solved: Solved, earned: Fraction | None) -> Judged:
        misses = solved.finish > self.last or self._earns_too_little(earned)
        good = (misses, *_price(solved), solved.finish, -(earned or 0), solved.counts[0], _broken(solved))
        jobs = () if self.pay is None else self.pay.jobs(solved)
        return Judged((good, solved.key), tuple(solved.dates[name] for name in (GOAL, *jobs) if name in solved.dates))


def _price(solved: Solved) -> _Price:
    return len(solved.unknown), solved.cost


def _broken(solved: Solved) -> int:
    """How many rules of a way that was followed the records break."""
    return sum(each.is_of_way and not each.is_kept for each in solved.compiled.recorded)


def _unbeaten(solved: Iterable[Solved], aim: _Aim) -> list[Solved]:
    """Those that no other beats, the cheapest first; of several alike the one that is preferred."""
    found: list[Solved] = []
    for each in sorted(solved, key=lambda each: aim(each).rank):  # what is cheaper, or as cheap and sooner, comes first
        earned = aim.earned(each) or 0
        if all(other.finish > each.finish or (aim.earned(other) or 0) < earned for other in found):
            found.append(each)
    return found


@attrs.define(eq=False, repr=False)
class _OneByOne:
    """The same where a search leaves out what is worse than its best; `_known` is what was found for some aims."""

    question: Question
    _known: list[tuple[_Aim, Solved | None]]

    def front(self, pay: Pay | None) -> Iterator[Solved]:
        """Those that no other beats."""
        told = set[tuple[object, ...]]()
        above: Fraction | None = None
        while True:
            level = list(self._level(_Aim(pay=pay, above=above)))
            for each in level:
                values = (each.finish, _price(each), _Aim(pay).earned(each))
                if values not in told:
                    told.add(values)
                    yield each
            if not level or pay is None:
                return
            above = min(_Aim(pay).earned(each) or Fraction() for each in level)

    def _level(self, aim: _Aim) -> Iterator[Solved]:
        """Those that no other beats in finish and cost alone, the cheapest first."""
        best = self._best(aim)
        while best is not None:
            yield best
            aim = attrs.evolve(aim, last=best.finish - 1)
            best = self._best(aim)

    def _best(self, aim: _Aim) -> Solved | None:
        for known, best in self._known:
            if known.is_no_stricter_than(aim) and (best is None or aim.is_met_by(best)):
                return best
        found = self.question.search(aim, aim.floor, last=aim.last, relaxed=aim.relaxed)
        best = aim.best_of(found.solved)
        self._known.append((aim, best))
        return best
