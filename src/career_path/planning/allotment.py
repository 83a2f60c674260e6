"""Which credits fill which slots: the best way there is, found exactly.

Best is, in this order: the least shortfall (what the total and all slots lack, added up); the fewest credits counted;
the earliest activities; the first slots. Where the overlays form at most two families of nested sets this is a flow of
least cost; else it is a linear program in exact fractions. An activity that may fill one slot alone makes it a search:
where the best way splits such an activity, each of its slots is tried alone, and what cannot beat the best known way
is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

import attrs

from career_path.errors import SearchLimitError
from career_path.planning.filling import Class, Problem, Score, Share, Solution, classes_of, place_of, score
from career_path.planning.filling_flow import Families, flow_amounts, two_families

__all__ = ["MOST_TRIALS", "CreditLimitError", "allot"]

MOST_TRIALS: Final = 2_000
"""How many choices of slots the search tries before it gives up; one that needs the linear program weighs more."""
MOST_CROSSING: Final = 200
"""How many activities the linear program takes."""
_PROGRAM_WEIGHT: Final = 200


@attrs.define(repr=False)
class CreditLimitError(SearchLimitError):
    """More ways to fill the slots than may be looked at: nothing is told, because it could not be called the best.

    >>> print(CreditLimitError(2000))
    more than 2000 ways to give each activity one slot were tried without proof of the best; assess fewer activities
    """

    what: str = "ways to give each activity one slot were tried without proof of the best"

    def __str__(self) -> str:
        return f"more than {self.limit} {self.what}; assess fewer activities"


def allot(problem: Problem, *, most_trials: int = MOST_TRIALS) -> tuple[Share, ...]:
    """The best shares, by activity and slot; no share is empty.

    >>> from career_path.planning.filling import Demand
    >>> day = Demand(Fraction(2), None, frozenset({0, 1}))
    >>> either = frozenset({0, -1})
    >>> allot(Problem((Fraction(1), Fraction(3)), Fraction(3), (day,), (), (either, either), False))
    (Share(activity=0, slot=0, amount=Fraction(1, 1)), Share(activity=1, slot=0, amount=Fraction(2, 1)))

    Raises:
        CreditLimitError: activities may fill one slot alone, and more than `most_trials` choices were tried; or the
            overlays cross, and there are more than `MOST_CROSSING` activities.
    """
    families = two_families(problem)
    size = len(problem.amounts)
    if families is None and size > MOST_CROSSING:
        raise CreditLimitError(MOST_CROSSING, "activities are under limits that cross in too many ways")
    weight = 1 if families is not None else 1 + size * size // _PROGRAM_WEIGHT
    best: tuple[Score, tuple[Share, ...]] | None = None
    waiting = [problem]
    trials = 0
    while waiting:
        trials += weight
        if trials > most_trials and trials > weight:
            raise CreditLimitError(most_trials)
        trial = waiting.pop()
        shares = _relaxed(trial, families)
        found = score(trial, shares)
        if best is not None and found >= best[0]:
            continue
        split = _split_activity(shares) if problem.is_whole else None
        if split is None:
            best = found, shares
        else:
            waiting += _one_slot_each(trial, split, shares)
    assert best is not None  # the first trial has no other to beat
    return best[1]


def _split_activity(shares: Sequence[Share]) -> int | None:
    """The activity with most credits among those in several slots, or None."""
    spread: defaultdict[int, list[Fraction]] = defaultdict(list)
    for share in shares:
        spread[share.activity].append(share.amount)
    split = [(-sum(each, Fraction()), index) for index, each in spread.items() if len(each) > 1]
    return min(split)[1] if split else None


def _one_slot_each(problem: Problem, activity: int, shares: Sequence[Share]) -> Iterator[Problem]:
    """The problem with one slot alone for an activity, the likeliest last: it is tried first."""
    given = {share.slot: share.amount for share in shares if share.activity == activity}
    for slot in sorted(problem.options[activity], key=lambda slot: (given.get(slot, Fraction()), -slot)):
        options = (*problem.options[:activity], frozenset({slot}), *problem.options[activity + 1 :])
        yield problem._replace(options=options)


def _relaxed(problem: Problem, families: Families | None) -> tuple[Share, ...]:
    """The best way where every activity may be split."""
    classes = classes_of(problem)
    if families is None:
        from career_path.planning.filling_program import program_amounts  # noqa: PLC0415 (few rules need it)

        amounts = program_amounts(problem, classes)
    else:
        amounts = flow_amounts(problem, classes, families)
    return tuple(sorted(_dealt(classes, amounts, problem)))


def _dealt(classes: Sequence[Class], solution: Solution, problem: Problem) -> Iterator[Share]:
    """What each class has in each slot, dealt to its activities: the earliest fill the first slots."""
    counted, filled = solution
    for number, each in enumerate(classes):
        left = {slot: filled.get((number, slot), Fraction()) for slot in each.options}
        for activity in each.members:
            amount = counted.get(activity, Fraction())
            for slot in sorted(left, key=lambda slot: place_of(slot, problem)):
                part = min(amount, left[slot])
                if part:
                    yield Share(activity, slot, part)
                amount -= part
                left[slot] -= part
