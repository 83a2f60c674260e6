"""Which activities go to which of several rules, where some of them share with none: the best way, found exactly.

Best is the least shortfall of all rules added up, then the least of the first rule, of the second, and so on. An
activity is given whole. Each one that several rules may count, one of which shares with none, is tried with each taker
in turn, the largest first; what cannot beat the best known way is left out. How good a choice may become at best tells
a linear program in exact fractions, in which an activity may be given to several takers in parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final, NamedTuple

from career_path.planning.allotment import MOST_TRIALS, CreditLimitError, allot
from career_path.planning.filling import Amount, Demand, Problem, Share, score
from career_path.planning.filling_program import Row, best_corner

__all__ = ["Contender", "Dealing", "deal"]

_ONE: Final = Fraction(1)
_NONE: Final = Fraction()

Takers = frozenset[int]
"""Rules, by number, that count an activity together."""
Shortfalls = tuple[Amount, ...]
"""That of all rules added up, then that of each."""


class Contender(NamedTuple):
    """What one rule asks for; `able` are the activities it may count, in the order of the problem."""

    problem: Problem
    able: tuple[int, ...]
    is_shared: bool


class Dealing(NamedTuple):
    """The shares of each rule, and for each the activities that it may not count because others do."""

    shares: tuple[tuple[Share, ...], ...]
    kept_from: tuple[frozenset[int], ...]


class _Kind(NamedTuple):
    """What activities have in common that may go the same ways: for each rule places, overlays, worth of a unit."""

    choices: tuple[Takers, ...]
    places: tuple[tuple[int, tuple[int, ...], frozenset[int], Amount], ...]


class _Lot(NamedTuple):
    """An amount of activities of one kind that go to one of some takers."""

    kind: _Kind
    choices: tuple[Takers, ...]
    amount: Amount


def deal(contenders: Sequence[Contender], *, most_trials: int = MOST_TRIALS) -> Dealing:
    """The best shares of each rule.

    >>> whole = Problem((Fraction(3),), Fraction(3), (), (), (frozenset({-1}),), False)
    >>> dealt = deal([Contender(whole, (0,), False), Contender(whole, (0,), True)])
    >>> [len(each) for each in dealt.shares], dealt.kept_from[1]
    ([1, 0], frozenset({0}))

    Raises:
        CreditLimitError: the best way was not proved within `most_trials` choices.
    """
    return _Search(contenders, most_trials).best()


class _Search:
    """One search, with all that it has worked out so far."""

    def __init__(self, contenders: Sequence[Contender], most_trials: int) -> None:
        self.contenders = contenders
        self.most_trials = most_trials
        self.place = [{activity: at for at, activity in enumerate(each.able)} for each in contenders]
        self.found: dict[tuple[int, frozenset[int]], tuple[Share, ...]] = {}
        activities = sorted({activity for each in contenders for activity in each.able})
        self.kinds = {activity: self._kind(activity) for activity in activities}
        contested = [activity for activity in activities if len(self.kinds[activity].choices) > 1]
        self.contested = sorted(contested, key=lambda each: (-self._size(each), each))

    def best(self) -> Dealing:
        """The best shares."""
        free = {activity: frozenset(self._takers(activity)) for activity in self.contested}
        if self._is_fair(free):
            return self._dealing(free)
        return self._dealing(self._searched())

    # What there is to choose

    def _takers(self, activity: int) -> Iterator[int]:
        return (rule for rule, place in enumerate(self.place) if activity in place)

    def _kind(self, activity: int) -> _Kind:
        takers = list(self._takers(activity))
        alone = [frozenset({rule}) for rule in takers if not self.contenders[rule].is_shared]
        together = frozenset(rule for rule in takers if self.contenders[rule].is_shared)
        size = self._size(activity)
        places: list[tuple[int, tuple[int, ...], frozenset[int], Amount]] = []
        for rule in takers:
            problem, at = self.contenders[rule].problem, self.place[rule][activity]
            overlays = frozenset(i for i, each in enumerate(problem.overlays) if at in each.takes)
            places.append((rule, tuple(sorted(problem.options[at])), overlays, problem.amounts[at] / size))
        return _Kind((*alone, *([together] if together else [])), tuple(places))

    def _size(self, activity: int) -> Amount:
        """The worth of an activity for the first rule that may count it."""
        rule = next(self._takers(activity))
        return self.contenders[rule].problem.amounts[self.place[rule][activity]]

    # What a choice gives

    def _shares(self, rule: int, chosen: Mapping[int, Takers]) -> tuple[Share, ...]:
        """The best shares of a rule where it counts none of the activities that went to others."""
        place = self.place[rule]
        gone = frozenset(place[each] for each, takers in chosen.items() if each in place and rule not in takers)
        if (rule, gone) not in self.found:
            problem = self.contenders[rule].problem
            left = tuple(_NONE if at in gone else amount for at, amount in enumerate(problem.amounts))
            self.found[rule, gone] = allot(problem._replace(amounts=left), most_trials=self.most_trials)
        return self.found[rule, gone]

    def _shortfalls(self, chosen: Mapping[int, Takers]) -> Shortfalls:
        lacks = [score(each.problem, self._shares(rule, chosen))[0] for rule, each in enumerate(self.contenders)]
        return (sum(lacks, _NONE), *lacks)

    def _counting(self, chosen: Mapping[int, Takers]) -> dict[int, set[int]]:
        """The rules that count each activity."""
        counting: dict[int, set[int]] = {}
        for rule, each in enumerate(self.contenders):
            for share in self._shares(rule, chosen):
                counting.setdefault(each.able[share.activity], set()).add(rule)
        return counting

    def _is_fair(self, chosen: Mapping[int, Takers]) -> bool:
        """Whether nothing is counted twice that may not be."""
        return all(
            len(rules) == 1 or all(self.contenders[rule].is_shared for rule in rules)
            for rules in self._counting(chosen).values()
        )

    def _dealing(self, chosen: Mapping[int, Takers]) -> Dealing:
        counting = self._counting(chosen)
        return Dealing(
            tuple(self._shares(rule, chosen) for rule in range(len(self.contenders))),
            tuple(
                frozenset(each for each in place if each in counting and each in chosen and rule not in chosen[each])
                for rule, place in enumerate(self.place)
            ),
        )

    # The search

    def _searched(self) -> dict[int, Takers]:
        """The best taker of each contested activity."""
        best: tuple[Shortfalls, dict[int, Takers]] | None = None
        waiting: list[dict[int, Takers]] = [{}]
        seen: set[object] = set()
        trials = 0
        while waiting:
            chosen = waiting.pop()
            key = self._key(chosen)
            if key in seen:
                continue
            seen.add(key)
            trials += 1
            if trials > self.most_trials:
                raise CreditLimitError(
                    self.most_trials,
                    "ways to give each activity to one credential were tried without proof of the best",
                )
            bound, given = self._bound(chosen)
            if best is not None and bound >= best[0]:
                continue
            whole = {**chosen, **self._rounded(chosen, given)}
            found = self._shortfalls(whole)
            if best is None or found < best[0]:
                best = found, whole
            if best[0] > bound and len(chosen) < len(self.contested):
                waiting += self._branches(chosen, whole)
        assert best is not None  # the first trial has no other to beat
        return best[1]

    def _branches(self, chosen: Mapping[int, Takers], whole: Mapping[int, Takers]) -> Iterator[dict[int, Takers]]:
        """The next activity with each of its takers, the likeliest last: it is tried first."""
        activity = self.contested[len(chosen)]
        likely = whole[activity]
        for takers in sorted(self.kinds[activity].choices, key=lambda each: (each == likely, sorted(each))):
            yield {**chosen, activity: takers}

    def _key(self, chosen: Mapping[int, Takers]) -> object:
        """What tells choices apart that may lead to different shortfalls."""
        if any(each.problem.is_whole for each in self.contenders):
            alike = Counter((self.kinds[each], takers, self._size(each)) for each, takers in chosen.items())
            return len(chosen), frozenset(alike.items())
        return len(chosen), frozenset(self._lots(chosen, chosen))

    def _lots(self, chosen: Mapping[int, Takers], activities: Iterable[int]) -> list[_Lot]:
        amounts: dict[tuple[_Kind, tuple[Takers, ...]], Amount] = {}
        for each in activities:
            kind = self.kinds[each]
            choices = (chosen[each],) if each in chosen else kind.choices
            amounts[kind, choices] = amounts.get((kind, choices), _NONE) + self._size(each)
        return [_Lot(kind, choices, amount) for (kind, choices), amount in amounts.items()]

    def _bound(self, chosen: Mapping[int, Takers]) -> tuple[Shortfalls, dict[_Kind, dict[Takers, Amount]]]:
        """The least shortfalls if what is not yet chosen could be split, and how it would be."""
        return _Program(self.contenders, self._lots(chosen, self.kinds)).solved

    def _rounded(
        self, chosen: Mapping[int, Takers], given: Mapping[_Kind, Mapping[Takers, Amount]]
    ) -> dict[int, Takers]:
        """Each activity that is left with the taker whom most of its kind is still to be given to."""
        left = {kind: dict(amounts) for kind, amounts in given.items()}
        dealt: dict[int, Takers] = {}
        for activity in self.contested[len(chosen) :]:
            amounts = left[self.kinds[activity]]
            takers = max(amounts, key=lambda each: (amounts[each], sorted(each)))
            amounts[takers] -= self._size(activity)
            dealt[activity] = takers
        return dealt


class _Program:
    """A linear program: what of each lot goes to which takers and, of that, what counts in which place of a rule."""

    def __init__(self, contenders: Sequence[Contender], lots: Sequence[_Lot]) -> None:
        self.contenders = contenders
        self.lots = lots
        self.size = 0
        self.rows: list[tuple[Row, Amount]] = []
        self.given: dict[tuple[int, Takers], int] = {}
        self.parts: list[dict[tuple[int, frozenset[int]], list[int]]] = [{} for _ in contenders]
        for number in range(len(lots)):
            self._add_lot(number)
        self.needs = [self._add_demands(rule) for rule in range(len(contenders))]

    @cached_property
    def solved(self) -> tuple[Shortfalls, dict[_Kind, dict[Takers, Amount]]]:
        """The least shortfalls, and what goes to whom of the lots that have a choice."""
        goals = [dict.fromkeys([each for needs in self.needs for each in needs], _ONE)]
        goals += [dict.fromkeys(needs, _ONE) for needs in self.needs[:-1]]
        found = best_corner(self.rows, goals)
        lacks = [
            _asked(each.problem) - sum((found.get(column, _NONE) for column in needs), _NONE)
            for each, needs in zip(self.contenders, self.needs, strict=True)
        ]
        given: dict[_Kind, dict[Takers, Amount]] = {}
        for (number, takers), column in self.given.items():
            given.setdefault(self.lots[number].kind, {})[takers] = found.get(column, _NONE)
        return (sum(lacks, _NONE), *lacks), given

    def _column(self) -> int:
        self.size += 1
        return self.size - 1

    def _add_lot(self, number: int) -> None:
        """What of a lot goes to whom, never more than there is; a lot without a choice needs no column for that."""
        lot = self.lots[number]
        if len(lot.choices) > 1:
            for takers in lot.choices:
                self.given[number, takers] = self._column()
            self.rows.append(({self.given[number, takers]: _ONE for takers in lot.choices}, lot.amount))
        for takers in lot.choices:
            for rule, places, overlays, worth in lot.kind.places:
                if rule in takers:
                    self._add_parts(rule, [(place, overlays) for place in places], (number, takers), worth)

    def _add_parts(
        self, rule: int, places: Sequence[tuple[int, frozenset[int]]], lot: tuple[int, Takers], worth: Amount
    ) -> None:
        """What counts in each place, all together never more than what was given is worth."""
        columns = {place: self._column() for place in places}
        for place, column in columns.items():
            self.parts[rule].setdefault(place, []).append(column)
        row: Row = dict.fromkeys(columns.values(), _ONE)
        if lot in self.given:
            self.rows.append(({**row, self.given[lot]: -worth}, _NONE))
        else:
            self.rows.append((row, worth * self.lots[lot[0]].amount))

    def _add_demands(self, rule: int) -> list[int]:
        """One column for what each demand of a rule gets of what it needs."""
        problem, parts = self.contenders[rule].problem, self.parts[rule]
        everything = [column for columns in parts.values() for column in columns]
        demands = [(Demand(problem.total, None, frozenset()), everything)]
        for slot, demand in enumerate(problem.filled):
            demands.append((demand, [c for (place, _), columns in parts.items() if place == slot for c in columns]))
        for over, demand in enumerate(problem.overlays):
            demands.append(
                (demand, [c for (_, overlays), columns in parts.items() if over in overlays for c in columns])
            )
        return [self._add_demand(demand, columns) for demand, columns in demands]

    def _add_demand(self, demand: Demand, columns: Sequence[int]) -> int:
        need = self._column()
        self.rows.append(({need: _ONE}, demand.least))
        self.rows.append(({need: _ONE, **dict.fromkeys(columns, -_ONE)}, _NONE))
        if demand.most is not None:
            self.rows.append((dict.fromkeys(columns, _ONE), demand.most))
        return need


def _asked(problem: Problem) -> Amount:
    """The total and what all slots need, added up."""
    return sum((each.least for each in (*problem.filled, *problem.overlays)), problem.total)
