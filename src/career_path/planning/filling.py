"""What there is to allot: activities, what is asked of their credits, and how good a way to fill the slots is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

__all__ = ["Amount", "Class", "Demand", "Problem", "Score", "Share", "Solution", "classes_of", "place_of", "score"]

Amount = Fraction


class Demand(NamedTuple):
    """A slot: what it needs, what it can hold, and the activities whose credits it takes."""

    least: Amount
    most: Amount | None
    takes: frozenset[int]


class Problem(NamedTuple):
    """Activities by rank (the earliest first), what is asked, and where each activity may go.

    `options` names for each activity the slots of `filled` that it may fill, -1 for none of them: its credits then
    count for the total alone.
    """

    amounts: tuple[Amount, ...]
    total: Amount
    filled: tuple[Demand, ...]
    overlays: tuple[Demand, ...]
    options: tuple[frozenset[int], ...]
    is_whole: bool


class Share(NamedTuple):
    """So many credits of one activity in one slot of `filled`, or -1."""

    activity: int
    slot: int
    amount: Amount


Score = tuple[Amount, Amount, Amount, Amount]


def score(problem: Problem, shares: Sequence[Share]) -> Score:
    """How good a way is, the lower the better: shortfall, credits counted, their ranks and their slots."""
    counted: defaultdict[int, Amount] = defaultdict(Fraction)
    filled: defaultdict[int, Amount] = defaultdict(Fraction)
    for share in shares:
        counted[share.activity] += share.amount
        filled[share.slot] += share.amount
    whole = sum(counted.values(), Fraction())
    lacks = [problem.total - whole]
    lacks += [slot.least - filled[index] for index, slot in enumerate(problem.filled)]
    lacks += [each.least - sum((counted[i] for i in each.takes), Fraction()) for each in problem.overlays]
    ranks = sum((rank * amount for rank, amount in counted.items()), Fraction())
    slots = sum((place_of(slot, problem) * amount for slot, amount in filled.items()), Fraction())
    return sum((max(lack, Fraction()) for lack in lacks), Fraction()), whole, ranks, slots


def place_of(slot: int, problem: Problem) -> int:
    """The place of a slot in the order of the rule; -1, for none of them, comes last."""
    return slot if slot >= 0 else len(problem.filled)


class Class(NamedTuple):
    """Activities that may go the same ways: they differ in amount and rank alone."""

    overlays: frozenset[int]
    options: tuple[int, ...]
    members: tuple[int, ...]


Solution = tuple[Mapping[int, Amount], Mapping[tuple[int, int], Amount]]
"""The credits counted of each activity, and those of each class in each slot."""


def classes_of(problem: Problem) -> tuple[Class, ...]:
    """The activities in classes, in the order of the first of each."""
    found: defaultdict[tuple[frozenset[int], tuple[int, ...]], list[int]] = defaultdict(list)
    for index, options in enumerate(problem.options):
        overlays = frozenset(i for i, each in enumerate(problem.overlays) if index in each.takes)
        places = tuple(sorted(options, key=lambda slot: place_of(slot, problem)))
        found[overlays, places].append(index)
    return tuple(Class(overlays, places, tuple(members)) for (overlays, places), members in found.items())
