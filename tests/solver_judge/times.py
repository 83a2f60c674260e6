"""The days of a route as integers: one start for each step, one day for the goal, and every rule between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import attrs
from ortools.sat.python.cp_model import BoolVarT, CpModel, Domain, IntVar, LinearExpr

from brute_force.arithmetic import birthday, later
from career_path.days.spans import Span
from career_path.model.pathway import Cohorts
from career_path.model.requirements import Aged, Event, Needs, Order
from solver_judge.calendar import Calendar, likely
from solver_judge.case import GOAL, Case, OutOfScopeError
from solver_judge.choices import Ask, Choices, rings
from solver_judge.floors import Floors

__all__ = ["Times"]

Day = LinearExpr | IntVar | int
"""A day that is known, or one that the solver has to find."""


_Cause = tuple[Sequence[BoolVarT], str | None]
"""Literals that together give a step a last day, and the step that it comes from."""
FAR = (-20_000, 20_000)
"""Days that no rule of a case leads beyond."""


@attrs.define(eq=False)
class Times:
    """The days of all steps and their rules.

    For latest days (`is_latest`) neither today, nor the learner's start, nor an age keeps anything from being earlier.
    """

    case: Case
    model: CpModel
    choices: Choices
    is_latest: bool = False
    _floors: Floors | None = None
    starts: dict[str, Day] = attrs.field(factory=dict)
    finishes: dict[str, Day] = attrs.field(factory=dict)
    _domains: dict[int, tuple[dict[int, int], dict[int, Domain]]] = attrs.field(factory=dict)
    _tables: dict[int, dict[int, int]] = attrs.field(factory=dict)
    _sums: dict[tuple[int, int], Day] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        calendar = Calendar(self.case)
        if not self.is_latest:
            free = [name for name in self.choices.steps if not self.choices.is_fixed(name)]
            self._floors = Floors(self.case, calendar, free)
        first = self.case.first if self._floors is None else self._floors.of(self.case.pathway.goal)
        goal = self.model.new_int_var(min(first, self.case.last + 1), self.case.last + 1, "goal")
        self.model.add(goal <= self.case.last)
        self.model.add_hint(goal, first)
        self.starts[GOAL] = self.finishes[GOAL] = goal
        for name in self.choices.steps:
            self._place(name, calendar)
        for each in self.choices.asks:
            if not each.is_behind:
                self._rule(each)
        self._open_ends()
        self._loose_rings()

    @property
    def goal(self) -> IntVar:
        """The day of the goal."""
        goal = self.starts[GOAL]
        assert isinstance(goal, IntVar)
        return goal

    def event(self, leaf: Needs) -> Day:
        """The start or the finish of a needed step."""
        return (self.starts if leaf.of is Event.START else self.finishes)[leaf.step]

    # single steps

    def _place(self, name: str, calendar: Calendar) -> None:
        record = self.case.record(name)
        if name in self.choices.redone:
            self._plan(name, calendar)
            self._or_as_recorded(name)
        elif record is None:
            self._plan(name, calendar)
        elif record.finished is not None and not record.waived:
            self.starts[name], self.finishes[name] = self._recorded(name)

    def _recorded(self, name: str) -> tuple[int, int]:
        """The recorded days of a step.

        Raises:
            OutOfScopeError: not both are known.
        """
        record = self.case.record(name)
        assert record is not None
        if record.started is None or record.finished is None:
            raise OutOfScopeError(name)
        return self.case.day(record.started), self.case.day(record.finished)

    def _or_as_recorded(self, name: str) -> None:
        """Days that are those of the plan where a step is done again, else the recorded ones."""
        planned, as_it_is = (self.starts[name], self.finishes[name]), self.choices.as_recorded(name)
        events: list[IntVar] = []
        for mine, told in zip(planned, self._recorded(name), strict=True):
            event = self.model.new_int_var(self.case.first, self.case.last, f"{name} or as recorded")
            self.model.add(event == mine).only_enforce_if(self.choices.redone[name])
            self.model.add(event == told).only_enforce_if(as_it_is)
            events.append(event)
        self.starts[name], self.finishes[name] = events

    def _plan(self, name: str, calendar: Calendar) -> None:
        """A start on one of the days on which the step may start, and the finish that follows from it."""
        step, first = self.case.step(name), self.case.first if self._floors is None else self._floors.starts[name]
        takes, to_do = likely(step), self.choices.to_do(name)
        assert to_do is not None
        if isinstance(takes, Span) and calendar.is_plain(step) and first <= self.case.last:
            start = self.model.new_int_var(first, self.case.last, name)
            self.model.add_hint(start, first)
            self.starts[name] = start
            self.finishes[name] = finish = self.plus(start, takes)
            self._not_before(self.case.last, finish, to_do)
            return
        known = {day: done for day, done in calendar.starts(step).items() if day >= first}
        if not known:
            self.model.add(to_do == 0)
            known = {self.case.last: self.case.last}
        start = self.model.new_int_var_from_domain(Domain.from_values(list(known)), name)
        self.model.add_hint(start, min(known))
        self.starts[name] = start
        self.finishes[name] = self._mapped(start, known)
        if isinstance(takes, Span) and not isinstance(step.opens, Cohorts):
            self.finishes[name] = self.plus(start, takes)

    # arithmetic

    def plus(self, day: Day, span: Span) -> Day:
        """A day and a span: months first, the day clamped to the last of its month, then days."""
        months, days = 12 * span.years + span.months, 7 * span.weeks + span.days
        if isinstance(day, int):
            return self.case.day(later(self.case.date(day), span))
        if not months:
            return day + days
        key = (id(day), months)
        if key not in self._sums:
            self._sums[key] = self._mapped(day, self._months_later(months))
        return self._sums[key] + days

    def _months_later(self, months: int) -> dict[int, int]:
        """Every day of the window, and the one so many months later."""
        if months not in self._tables:
            span = Span(months=months)
            days = range(self.case.first, self.case.last + 1)
            self._tables[months] = {day: self.case.day(later(self.case.date(day), span)) for day in days}
        return self._tables[months]

    def _mapped(self, day: LinearExpr | IntVar, table: dict[int, int]) -> Day:
        """What a table makes of a day: the day moved by one of a few shifts, each for some stretches of days."""
        shifts = self._shifts(table)
        if len(shifts) == 1:
            found: Day = day + next(iter(shifts))
            return found
        by_weekday = self._by_weekday(day, table)
        if by_weekday is not None:
            return by_weekday
        moved: LinearExpr = day + 0
        literals: list[IntVar] = []
        for shift, days in shifts.items():
            literal = self.model.new_bool_var("")
            self.model.add_linear_expression_in_domain(day, days).only_enforce_if(literal)
            moved += shift * literal
            literals.append(literal)
        self.model.add_exactly_one(literals)
        reached = self.model.new_int_var(*FAR, "")
        self.model.add(reached == moved)
        return reached

    def _shifts(self, table: dict[int, int]) -> dict[int, Domain]:
        """By how much a table moves days, and which."""
        if id(table) not in self._domains:
            shifts: defaultdict[int, list[int]] = defaultdict(list)
            for before, after in table.items():
                shifts[after - before].append(before)
            self._domains[id(table)] = table, {shift: Domain.from_values(days) for shift, days in shifts.items()}
        return self._domains[id(table)][1]

    def _by_weekday(self, day: LinearExpr | IntVar, table: dict[int, int]) -> Day | None:
        """The same where all depends on the day of the week, and there are many weeks."""
        shifts = {before % 7: after - before for before, after in table.items()}
        if any(shifts[before % 7] != after - before for before, after in table.items()):
            return None
        week, literals = self.model.new_int_var(*FAR, ""), {rest: self.model.new_bool_var("") for rest in shifts}
        self.model.add_exactly_one(literals.values())
        self.model.add(day == 7 * week + sum(rest * literal for rest, literal in literals.items()))
        found = self.model.new_int_var(*FAR, "")
        self.model.add(found == day + sum(shifts[rest] * literal for rest, literal in literals.items()))
        return found

    # rules

    def _rule(self, ask: Ask) -> None:
        start = self.starts[ask.owner]
        if isinstance(ask.leaf, Aged):
            self._aged(ask.leaf, start, ask.lit)
        elif self.case.is_waived(ask.leaf.step):
            record = self.case.record(ask.leaf.step)
            assert record is not None
            if not isinstance(record.waived, bool):
                self._not_before(start, self.case.day(record.waived), ask.lit)
        else:
            self._needs(ask.leaf, start, ask.lit)

    def _needs(self, leaf: Needs, start: Day, lit: IntVar) -> None:
        event = self.event(leaf)
        if leaf.order is Order.AFTER:
            self._not_before(start, self.plus(event, leaf.lag), lit)
        if leaf.within is not None:
            self._not_before(self.plus(event, leaf.within), start, lit)
        if leaf.by is not None:
            self._not_before(self.plus(start, leaf.by), event, lit)

    def _aged(self, leaf: Aged, start: Day, lit: IntVar) -> None:
        born = self.case.learner.born
        if born is None:
            raise OutOfScopeError("born")
        if not self.is_latest:
            self._not_before(start, self.case.day(birthday(born, born.year + leaf.years)), lit)
        if leaf.under is not None:
            self._not_before(self.case.day(birthday(born, born.year + leaf.under)) - 1, start, lit)

    def _not_before(self, day: Day, other: Day, lit: IntVar) -> None:
        if isinstance(day, int) and isinstance(other, int):
            if day < other:
                self.model.add(lit == 0)
        else:
            self.model.add(day >= other).only_enforce_if(lit)

    # the end of the plan

    def _open_ends(self) -> None:
        """The plan does not end before an event that has no other last day."""
        opened, closed = self._asking(is_open=True), self._asking(is_open=False)
        for (name, of), asking in opened.items():
            event = self._planned(name, of)
            if event is not None:
                others = [lit.negated() for lit in closed[name, of]]
                for lit in asking:
                    self.model.add(self.goal >= event).only_enforce_if(lit, *others)

    def _asking(self, *, is_open: bool) -> defaultdict[tuple[str, Event], list[IntVar]]:
        """For each event the literals of the leaves that ask for it, with no last day for it or with one."""
        found: defaultdict[tuple[str, Event], list[IntVar]] = defaultdict(list)
        for each, leaf in self.choices.needs:
            if is_open_ended(leaf) == is_open:
                found[leaf.step, leaf.of].append(each.lit)
        return found

    def _planned(self, name: str, of: Event) -> Day | None:
        """An event that the plan waits for, unless it is a recorded or a waived one."""
        if self.case.is_waived(name):
            return None
        return (self.starts if of is Event.START else self.finishes)[name]

    def _loose_rings(self) -> None:
        """Nor before events that have a last day only from each other.

        An event has a last day through one that has: what it must precede, or be fresh for. No order of steps can tell
        that of a ring by itself, so the literals here are ranked.
        """
        lasting = [(each, leaf) for each, leaf in self.choices.needs if not each.is_behind and not is_open_ended(leaf)]
        if not rings((leaf.step, each.owner) for each, leaf in lasting):
            return
        names = [name for name in self.choices.steps if not self.choices.is_fixed(name)]
        bounded = {name: self.model.new_bool_var("") for name in names}
        rank: dict[str, LinearExpr | IntVar] = {name: self.model.new_int_var(1, len(names), "") for name in names}
        rank[GOAL] = self.model.new_constant(0)
        causes = self._causes(lasting, bounded)
        for name in names:
            ways: list[IntVar] = []
            for lits, other in causes[name]:
                way = self.model.new_bool_var("")
                self.model.add_bool_and(lits).only_enforce_if(way)
                if other is not None:
                    self.model.add(rank[name] > rank[other]).only_enforce_if(way)
                ways.append(way)
            self.model.add_bool_or(bounded[name].negated(), *ways)
        for each, leaf in self.choices.needs:
            event = self._planned(leaf.step, leaf.of)
            if is_open_ended(leaf) and leaf.step in bounded and event is not None:
                self.model.add(self.goal >= event).only_enforce_if(each.lit, bounded[leaf.step].negated())

    def _causes(
        self, lasting: Iterable[tuple[Ask, Needs]], bounded: dict[str, IntVar]
    ) -> defaultdict[str, list[_Cause]]:
        """Why each step may have a last day: the literals that make it so, and the step that it has it from."""
        found: defaultdict[str, list[_Cause]] = defaultdict(list)
        closed = self._asking(is_open=False)
        for each, leaf in lasting:
            from_owner = [] if each.owner == GOAL else [bounded[each.owner]]
            found[leaf.step].append(([each.lit, *from_owner], each.owner))
        for each, leaf in self.choices.needs:
            if each.is_behind:
                continue
            if is_open_ended(leaf):
                others = [lit.negated() for lit in closed[leaf.step, leaf.of]]
                found[leaf.step].append(([each.lit, *others], None))
            if leaf.within is not None and each.owner != GOAL:
                found[each.owner].append(self._freshness(each, leaf, bounded))
        for each in self.choices.asks:
            if isinstance(each.leaf, Aged) and each.leaf.under is not None and each.owner != GOAL:
                found[each.owner].append(([each.lit], None))
        return found

    def _freshness(self, ask: Ask, leaf: Needs, bounded: dict[str, IntVar]) -> _Cause:
        if leaf.step in bounded:
            return [ask.lit, bounded[leaf.step]], leaf.step
        return [ask.lit], None


def is_open_ended(leaf: Needs) -> bool:
    """Whether nothing in a leaf says how late its event may come."""
    return leaf.order is Order.ANY and leaf.by is None
