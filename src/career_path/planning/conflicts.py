"""The few rules that cannot hold together: no route keeps them all, and some route does without any one of them.

Such a set is found by planning again and again, each time without other rules, in halves (QuickXplain): of many rules
with few guilty ones most are never looked at one by one. What a set claims is then tried once more, rule by rule. If
that takes too many plans, or if something is not known without a rule, the chain of rules that decides stands instead,
and `is_minimal` is false.

U. Junker, "QuickXplain: preferred explanations and relaxations for over-constrained problems", AAAI 2004.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final, NamedTuple

import attrs

from career_path.days.spans import MOST_DAYS
from career_path.errors import DocumentError, InvalidValueError, SearchLimitError
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway
from career_path.model.timeline import Conflict, ConflictKind, NoRouteError, Timeline
from career_path.planning.dropping import date_limits, droppable, dropped, loosened, pin_names
from career_path.planning.places import Places
from career_path.planning.program import Program
from career_path.planning.question import Question
from career_path.planning.texts import with_rule_names

__all__ = ["MOST_CHECKS", "explained", "least_set", "none_explained"]

MOST_CHECKS: Final = 400
"""So many plans at most are made to find a smallest set of rules and the days missing."""
_MOST_STEPS: Final = 12_000
"""So many steps at most are looked at in all these plans together."""
_MOST_ROUTES: Final = 5_000
"""How many choices each of these plans looks at; where one of them has more, no smallest set is looked for."""
_ROUTES_OF_A_CHECK: Final = 20
"""A plan that is chosen among more routes than these counts as several."""
_MANY_RULES: Final = 60
"""Of more rules, only the learner's own and those of the chain that decides are looked at, if these fail alone."""
_WISHES: Final = {ConflictKind.DEADLINE, ConflictKind.FINISH_BY, ConflictKind.BUDGET}


def none_explained(question: Question, error: NoRouteError) -> NoRouteError:
    """The same bad news with the smallest set of rules that leaves no route, where one can be found.

    >>> import datetime as dt
    >>> from career_path import AnyOf, Learner, Pathway, Step, plan
    >>> either = Pathway("p", goal=AnyOf("class", "online"), steps=[Step("class"), Step("online"), Step("job")])
    >>> picky = Learner(choose=["job"], avoid=["class", "online"])
    >>> try:
    ...     plan(either, picky, today=dt.date(2027, 1, 4))
    ... except NoRouteError as error:
    ...     print(error.conflicts[0].rules)
    ('choose job',)
    """
    chain = {rule for conflict in error.conflicts for rule in conflict.rules}
    found = _Tries(question).smallest((), chain)
    if not found:
        return error
    pins = pin_names(question.program.learner)
    kind = ConflictKind.CHOICE if set(found.rules) <= set(pins) else ConflictKind.NO_SCHEDULE
    conflicts = (Conflict(kind=kind, rules=found.rules, days=found.days, is_minimal=True),)
    timeline = attrs.evolve(error.timeline, conflicts=conflicts)
    return NoRouteError(conflicts, with_rule_names(timeline, question.program.pathway))


def explained(question: Question, timeline: Timeline) -> Timeline:
    """The same plan, each wish that it misses with the smallest set of rules in its way, where one can be found.

    >>> import datetime as dt
    >>> from career_path import Learner, Pathway, Step, plan
    >>> steps = [Step("a", takes="P20D"), Step("b", takes="P20D", requires="a")]
    >>> hurried = Learner(start=dt.date(2027, 1, 11), deadline=dt.date(2027, 2, 1))
    >>> plan(Pathway("p", goal="b", steps=steps), hurried, today=dt.date(2027, 1, 4)).conflicts[0].rules
    ('deadline', 'steps.b.requires: a')
    """
    missed = {each.kind for each in timeline.conflicts} & _WISHES
    if not missed:
        return timeline
    tries = _Tries(question)
    conflicts = [
        _with_rules(each, tries.smallest(tuple(_beside(each.kind, missed, question)), each.rules))
        if each.kind in missed
        else each
        for each in timeline.conflicts
    ]
    return with_rule_names(attrs.evolve(timeline, conflicts=tuple(conflicts)), question.program.pathway)


def _with_rules(conflict: Conflict, found: _Smallest | None) -> Conflict:
    if not found or conflict.kind.value not in found.rules:
        return conflict
    rules = (conflict.kind.value, *(rule for rule in found.rules if rule != conflict.kind.value))
    return attrs.evolve(conflict, rules=rules, is_minimal=True)


def _beside(kind: ConflictKind, missed: Collection[ConflictKind], question: Question) -> Iterator[str]:
    """The wish that is missed, and before it those with which no route meets it although each is met alone.

    Routes that meet a deadline are preferred, so a missed one is missed by all of them, whatever the budget.
    """
    if kind is ConflictKind.BUDGET:
        if question.program.learner.deadline is not None and ConflictKind.DEADLINE not in missed:
            yield ConflictKind.DEADLINE.value
        if question.finish_by is not None and ConflictKind.FINISH_BY not in missed:
            yield ConflictKind.FINISH_BY.value
    yield kind.value


class _Smallest(NamedTuple):
    """The rules of a smallest set, and the days that are missing."""

    rules: tuple[str, ...]
    days: int | None = None


class _TooManyError(Exception):
    """More plans would be needed than may be made."""


@attrs.define(eq=False, repr=False)
class _Tries:
    """Plans of one question without some of its rules."""

    question: Question
    _left: int = attrs.field(init=False)
    _known: dict[frozenset[str], bool | None] = attrs.field(factory=dict[frozenset[str], bool | None], init=False)

    def __attrs_post_init__(self) -> None:
        steps = len(self.question.program.pathway.steps)
        self._left = min(MOST_CHECKS, _MOST_STEPS // max(steps, 1))

    def smallest(self, wishes: tuple[str, ...], chain: Collection[str]) -> _Smallest | None:
        """The smallest set among all rules and some wishes; None where none is found, or nothing in it is a rule.

        Where nothing else could be dropped to help, that there are no hours a week is a rule as well.
        """
        program = self.question.program
        rules, more = droppable(program), droppable(program, with_hours=True)
        try:
            everything = (*rules, *wishes)
            found = self._among(self._suspects(everything, wishes, chain), everything, wishes)
            if found is None and more != rules:
                self._known.clear()
                found = self._among((*more[:1], *wishes), (*more, *wishes), wishes)
        except (_TooManyError, SearchLimitError, DocumentError):
            return None
        return found

    def _among(
        self, suspects: tuple[str, ...], everything: tuple[str, ...], wishes: tuple[str, ...]
    ) -> _Smallest | None:
        found = least_set(lambda kept: self._fails(kept, everything) is True, suspects)
        if not found or any(self._fails(_but(found, rule), everything) is None for rule in found):
            return None
        return _Smallest(found, None if wishes else self._days(found, everything))

    def _suspects(
        self, everything: tuple[str, ...], wishes: tuple[str, ...], chain: Collection[str]
    ) -> tuple[str, ...]:
        """The rules to look among: of many, those of a chain and the learner's own, where these fail alone."""
        if len(everything) <= _MANY_RULES:
            return everything
        own = {*wishes, *chain, "start", *pin_names(self.question.program.learner)}
        suspects = tuple(rule for rule in everything if rule in own)
        return suspects if self._fails(suspects, everything) is True else everything

    def _fails(self, kept: Collection[str], everything: Collection[str]) -> bool | None:
        """Whether no route keeps some rules, all others dropped; None where that is not known."""
        key = frozenset(kept)
        if key not in self._known:
            self._known[key] = self._planned(key, everything)
        return self._known[key]

    def _planned(
        self, kept: Collection[str], everything: Collection[str], change: Callable[[Pathway], Pathway] | None = None
    ) -> bool | None:
        self._left -= 1
        if self._left < 0:
            raise _TooManyError
        program = self.question.program
        try:
            pathway, learner = dropped(program.pathway, program.learner, set(everything) - set(kept))
            pathway = pathway if change is None else change(pathway)
            has_none, routes = _has_no_plan(self.question, pathway, self._wishing(learner, kept))
        except (DocumentError, InvalidValueError):
            return None
        self._left -= routes // _ROUTES_OF_A_CHECK
        return has_none

    def _wishing(self, learner: Learner, kept: Collection[str]) -> Learner:
        """The learner with those of the wishes that are kept; a day to finish by is a deadline here."""
        days = {"deadline": learner.deadline, "finish-by": self.question.finish_by}
        asked = [day for name, day in days.items() if name in kept and day is not None]
        budget = learner.budget if "budget" in kept else None
        return attrs.evolve(learner, deadline=min(asked, default=None), budget=budget)

    def _days(self, found: Sequence[str], everything: Collection[str]) -> int | None:
        """By how many days at least the one last day among some rules has to be later; None if there is no such one."""
        limits = date_limits(self.question.program.pathway, found)
        if len(limits) != 1:
            return None

        def is_enough(days: int) -> bool:
            changed = self._planned(found, everything, lambda pathway: loosened(pathway, limits[0], days))
            return changed is False

        most = 1
        while not is_enough(most):
            most *= 2
            if most > MOST_DAYS:
                return None
        return bisect_left(range(most), 1, lo=most // 2 + 1, key=lambda days: int(is_enough(days)))


def _has_no_plan(question: Question, pathway: Pathway, learner: Learner) -> tuple[bool, int]:
    """Whether no route has a schedule, within deadline and budget if there are any; and how many have one at all."""
    program = Program(pathway, learner, question.program.today, question.program.horizon)
    asked = Question(program, "earliest", None, min(question.max_routes, _MOST_ROUTES), "", Places(), set())
    try:
        found = asked.search(asked.judge, asked.floor, is_finish_first=learner.budget is None)
    except NoRouteError:
        return True, 0
    best = min(found.solved, key=lambda each: asked.judge(each).rank)
    is_late = learner.deadline is not None and best.finish > learner.deadline.toordinal()
    is_dear = learner.budget is not None and best.cost > learner.budget
    return is_late or is_dear, len(found.solved)


def _but(rules: Sequence[str], rule: str) -> tuple[str, ...]:
    return tuple(each for each in rules if each != rule)


def least_set(fails: Callable[[tuple[str, ...]], bool], rules: Sequence[str]) -> tuple[str, ...]:
    """A set of rules that fails and does not without any one of them, in their order.

    The first are dropped first, so that of several such sets the one of the last rules is found. It is empty if all
    rules together do not fail, or if even none of them does.

    >>> least_set(lambda kept: {"b", "d"} <= set(kept), ["a", "b", "c", "d"])
    ('b', 'd')
    """
    if not rules or fails(()):
        return ()
    guilty = set(_halved(fails, (), tuple(reversed(rules)), has_more=False))
    found = tuple(rule for rule in rules if rule in guilty)
    if not fails(found):  # where a rule less can make others fail, halves prove nothing
        found = tuple(rules)
    return _one_by_one(fails, found) if fails(found) else ()


def _halved(
    fails: Callable[[tuple[str, ...]], bool], kept: tuple[str, ...], rules: tuple[str, ...], *, has_more: bool
) -> tuple[str, ...]:
    """Those of some rules without which the others, beside those kept, do not fail."""
    if has_more and fails(kept):
        return ()
    if len(rules) == 1:
        return rules
    half = len(rules) // 2
    first, second = rules[:half], rules[half:]
    of_second = _halved(fails, (*kept, *first), second, has_more=True)
    of_first = _halved(fails, (*kept, *of_second), first, has_more=bool(of_second))
    return (*of_first, *of_second)


def _one_by_one(fails: Callable[[tuple[str, ...]], bool], rules: tuple[str, ...]) -> tuple[str, ...]:
    """The same rules without each that is not needed, until all are."""
    for rule in rules:
        rest = _but(rules, rule)
        if fails(rest):
            return _one_by_one(fails, rest)
    return rules
