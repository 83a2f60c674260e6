"""Why a plan does without a step or a credential, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, assert_never

import attrs

from career_path.model.not_taken import Decider, RouteNotTaken, Standing, first_step
from career_path.model.timeline import Conflict, ConflictKind, Timeline, TotalCost
from career_path.views.plain import day_text, days_text, joined, money_text, quoted_name
from career_path.views.sentences.remarks import conflict_text
from career_path.views.sentences.rules import rule_text
from career_path.views.sentences.why import ChainText, why_text

__all__ = ["why_not_chain", "why_not_lines"]


def why_not_lines(found: RouteNotTaken) -> tuple[str, ...]:  # noqa: C901, PLR0911 (a line per kind)
    """Why the plan does without something: how the best plan with it differs, and what decides; or why there is none.

    >>> import datetime as dt
    >>> from career_path import AnyOf, Learner, Pathway, Step, why_not
    >>> school, course = Step("school", takes="P9M", cost="900"), Step("course", takes="P1Y", cost="500")
    >>> path = Pathway("p", goal=AnyOf("school", "course"), steps=[school, course])
    >>> for line in why_not_lines(why_not(path, Learner(), "course", today=dt.date(2027, 1, 4))):
    ...     print(line)
    The plan does without “course”.
    The plan by way of “course” is done on 4 Jan 2028, 92 days later, for 400.00 USD less.
    The sooner finish counts first.
    That one does without “school”.
    """
    name = quoted_name(found.title)
    match found.standing:
        case Standing.IN_PLAN:
            return (f"{name} is in the plan{_by_what(found)}.",)
        case Standing.NOT_BEST:
            return (f"The plan does without {name}.", *_beside(found))
        case Standing.PINNED:
            return (f"The plan does without {name}{_wishes(found)}.", *_beside(found))
        case Standing.RECORDED:
            verb = "is" if len(found.steps) == 1 else "are"
            record = f"{_listed(found)} {verb} recorded as begun or done"
            return (f"{name} is in no plan: {record}, and nothing else needs it.",)
        case Standing.OFF_GOAL:
            return (f"{name} is in no plan: nothing on the way to the goal needs it.",)
        case Standing.NOT_GRANTED:
            return (f"{name} is in no plan: no step of this pathway grants it, and you do not hold it.",)
        case Standing.NEEDS_ITSELF:
            use = f"it is of use only on the way to {_listed(found)}"
            return (f"{name} is in no plan: {use}, which it needs first itself.",)
        case Standing.NO_ROUTE:
            return (f"{name} is in no plan.", *(_obstacle(each, found) for each in found.conflicts))
        case _:  # pragma: no cover
            assert_never(found.standing)


def why_not_chain(found: RouteNotTaken) -> ChainText | None:
    """The reasons that make the other plan later, back to their root; None where it is not later."""
    if found.other is None or not found.is_later:
        return None
    if not found.other.is_latest:
        return why_text(found.other).earliest
    first = first_step(found.other)
    return None if first is None else why_text(found.other, first.id).latest


def _listed(found: RouteNotTaken) -> str:
    return joined([quoted_name(found.name_of(each)) for each in found.steps])


def _by_what(found: RouteNotTaken) -> str:
    """By which step a credential comes into the plan; nothing for a step."""
    steps = [found.plan.step(each) for each in found.steps]
    if any(step.id == found.name for step in steps):
        return ""
    if not steps:
        return ", because you hold it"
    on = f" on {day_text(steps[0].finish)}" if steps[0].finish else ""
    return f": {quoted_name(steps[0].title)} grants it{on}"


def _wishes(found: RouteNotTaken) -> str:
    if found.given_up == (f"avoid {found.name}",):
        return ", because you avoid it"
    wishes = [each.partition(" ") for each in found.given_up]
    words = {"choose": "chose", "avoid": "avoid"}
    told = [f"{words[word]} {quoted_name(found.name_of(name))}" for word, _, name in wishes]
    return f", because no plan has it where you {joined(told)}"


def _beside(found: RouteNotTaken) -> Iterator[str]:
    other = found.other
    assert other is not None
    assert found.diff is not None
    lead = "The plan by way of" if found.standing is Standing.NOT_BEST else "Without that, the plan by way of"
    yield f"{lead} {quoted_name(found.title)} {_when(found, other)}, {_money(found, other)}."
    for conflict in found.diff.new_conflicts:
        yield conflict_text(conflict, other)
    if found.decided_by is not None:
        yield _decides(found, found.decided_by)
    yield from _exchanged(found, other)
    yield from _unknown(found, other)


def _when(found: RouteNotTaken, other: Timeline) -> str:
    first, before = first_step(other), first_step(found.plan)
    if other.is_latest and first and first.start:
        days = (first.start - before.start).days if before and before.start else 0
        return f"has to begin by {day_text(first.start)}, {_later(days)}"
    assert other.finish is not None
    assert found.plan.finish is not None
    return f"is done on {day_text(other.finish)}, {_later((other.finish - found.plan.finish).days)}"


def _later(days: int) -> str:
    return f"{days_text(days)} {'later' if days > 0 else 'sooner'}" if days else "the same day"


def _money(found: RouteNotTaken, other: Timeline) -> str:
    difference = None if found.diff is None else found.diff.cost
    if difference is None:
        return f"for {_sum(other.cost)}, where the plan costs {_sum(found.plan.cost)}"
    if not difference:
        return "for the same cost"
    return f"for {money_text(abs(difference), other.cost.currency)} {'more' if difference > 0 else 'less'}"


def _sum(cost: TotalCost) -> str:
    return f"{'at least ' if cost.unknown else ''}{money_text(cost.amount, cost.currency)}"


_DECIDES: Final = {
    Decider.FINISH_BY: "To be done by the day you ask for counts first.",
    Decider.DEADLINE: "Your deadline counts first.",
    Decider.BUDGET: "Your budget counts first.",
    Decider.BEGIN: "The later begin counts first.",
    Decider.FINISH: "The sooner finish counts first.",
    Decider.UNKNOWN: "A cost that is not known is never free: the plan with fewer of them counts as cheaper.",
    Decider.COST: "The lower cost counts first.",
    Decider.BALANCE: "Time and money weighed together do not speak for it.",
    Decider.RECORDS: "What is recorded breaks a rule on that way, and keeps all rules of the plan.",
}
_TIED: Final = {
    Decider.REDONE: "with fewer steps done once more",
    Decider.RENEWALS: "with fewer renewals",
    Decider.EXTENSIONS: "with fewer windows extended",
    Decider.STEPS: "with fewer steps",
    Decider.IDS: "whose steps come first by their ids",
}


def _decides(found: RouteNotTaken, decider: Decider) -> str:
    """What makes the plan the better one."""
    if decider.is_tie:
        return f"Both are equally good; of such plans it is the one {_TIED[decider]}."
    is_same_day = found.diff is not None and not found.diff.days and not found.is_later
    if decider is Decider.COST and is_same_day:
        return "The days are the same, and then the lower cost counts."
    if decider is Decider.FINISH and found.diff is not None and found.diff.cost == 0:
        return "The cost is the same, and the sooner finish counts."
    return _DECIDES[decider]


def _exchanged(found: RouteNotTaken, other: Timeline) -> Iterator[str]:
    """The other steps that it takes, and those that it does without."""
    more = [other.name_of(each) for each in found.steps_in if each != found.name]
    less = [found.plan.name_of(each) for each in found.steps_out]
    told = [f"also takes {_names(more)}"] if more else []
    told += [f"does without {_names(less)}"] if less else []
    if told:
        yield f"That one {', and '.join(told)}."


def _unknown(found: RouteNotTaken, other: Timeline) -> Iterator[str]:
    """The costs that only one of the plans does not know."""
    mine, theirs = ({*each.cost.unknown} for each in (found.plan, other))
    if theirs - mine:
        yield f"With it, the cost of {_names(map(other.name_of, sorted(theirs - mine)))} is not known."
    if mine - theirs:
        yield f"Without it, the cost of {_names(map(found.plan.name_of, sorted(mine - theirs)))} is not known."


def _names(names: Iterable[str]) -> str:
    return joined([quoted_name(name) for name in names])


def _obstacle(conflict: Conflict, found: RouteNotTaken) -> str:
    """What stands in the way; that it was chosen for the question is no rule."""
    rules = tuple(rule for rule in conflict.rules if rule != f"choose {found.name}")
    if not rules:
        return "No way to the goal leads through it."
    plan = attrs.evolve(found.plan, names=tuple((dict(found.plan.names) | dict(found.names)).items()))
    if conflict.kind is ConflictKind.CHOICE:
        return f"What stands in the way: {joined([rule_text(rule, plan) for rule in rules])}."
    return conflict_text(attrs.evolve(conflict, rules=rules), plan)
