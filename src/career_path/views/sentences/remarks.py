"""What is wrong with a plan, what to know about it, and what it costs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final, assert_never

from career_path.model.pathway import StepKind
from career_path.model.timeline import Conflict, ConflictKind, Notice, NoticeKind, Timeline, TotalCost
from career_path.views.plain import day_text, days_text, joined, money_text, quoted_name
from career_path.views.sentences.overlays import no_rules_text, open_places_text
from career_path.views.sentences.rules import rule_text
from career_path.views.sentences.workload import overload_text
from career_path.views.sources import source_title

__all__ = ["conflict_text", "cost_text", "difference_text", "finish_text", "notice_text", "slack_text", "unsure_text"]


def conflict_text(conflict: Conflict, timeline: Timeline) -> str:
    """What cannot hold together, and by how much."""
    rules = f": {joined([rule_text(rule, timeline) for rule in conflict.rules])}" if conflict.rules else ""
    match conflict.kind:
        case ConflictKind.DEADLINE:
            return f"The deadline{_of_day(conflict)} is missed{_by_days(conflict)}{_deciders(conflict, timeline)}."
        case ConflictKind.FINISH_BY:
            late = f"{_the_day(conflict)}{_too_late(conflict)}"
            return f"You cannot be done by{late}{_deciders(conflict, timeline)}."
        case ConflictKind.BUDGET:
            least = " at least" if timeline.cost.unknown else ""
            amount = conflict.amount
            over = "" if amount is None else f" by{least} {money_text(amount, timeline.cost.currency)}"
            return f"The budget is exceeded{over}{_beside(conflict, timeline)}."
        case ConflictKind.CHOICE:
            return f"What you chose and avoid leaves no route{rules}."
        case ConflictKind.NO_SCHEDULE:
            return f"No dates satisfy all of these rules together{rules}{_missing(conflict)}."
        case ConflictKind.NO_LATEST:
            return f"No latest dates exist{_of_day(conflict, ' for the target of ')}{rules}."
        case _:  # pragma: no cover
            assert_never(conflict.kind)


def _deciders(conflict: Conflict, timeline: Timeline) -> str:
    """The steps whose rules make a plan as long as it is, the last first; or what a wish cannot stand beside."""
    if conflict.is_minimal and conflict.rules:
        return _beside(conflict, timeline) or "; the steps alone take longer"
    found = (name for rule in conflict.rules for name in _STEPS.findall(rule))
    known = {step.id for step in timeline.steps}
    names = dict.fromkeys(quoted_name(timeline.name_of(name)) for name in found if name in known)
    return f"; what decides: {joined(list(names))}" if names else ""


def _beside(conflict: Conflict, timeline: Timeline) -> str:
    """What a wish cannot stand beside; nothing where that was not found, or nothing else stands in its way."""
    others = [rule_text(rule, timeline) for rule in conflict.rules if rule != conflict.kind.value]
    return f"; it cannot hold together with {joined(others)}" if others and conflict.is_minimal else ""


_STEPS: Final = re.compile(r"(?:\Asteps\.|: )([a-z0-9._-]+?)(?=\.(?:requires|opens|takes|retakes)\b|[ )]|\Z)")
"""The step that has a rule, and the first that the rule speaks of."""


def _missing(conflict: Conflict) -> str:
    if conflict.days is None:
        return ""
    return f"; {days_text(conflict.days)} {'is' if conflict.days == 1 else 'are'} missing"


def _of_day(conflict: Conflict, lead: str = " of ") -> str:
    return "" if conflict.on is None else f"{lead}{day_text(conflict.on)}"


def _by_days(conflict: Conflict) -> str:
    return "" if conflict.days is None else f" by {days_text(conflict.days)}"


def _the_day(conflict: Conflict) -> str:
    return " the day you ask for" if conflict.on is None else f" {day_text(conflict.on)}"


def _too_late(conflict: Conflict) -> str:
    return "" if conflict.days is None else f", but {days_text(conflict.days)} later"


def notice_text(notice: Notice, timeline: Timeline) -> str:  # noqa: C901, PLR0911, PLR0912 (a line per kind)
    """Something to know that forbids nothing."""
    steps = joined([timeline.name_of(step) for step in notice.steps])
    match notice.kind:
        case NoticeKind.UNKNOWN_COST:
            return f"The cost of {steps or 'some steps'} is not known and not in the total."
        case NoticeKind.UNSURE_FACT:
            return f"From memory, not confirmed, so ask first: {unsure_text(notice, timeline)}."
        case NoticeKind.STALE_SOURCE:
            return _stale_text(notice, timeline)
        case NoticeKind.WINDOW_EXTENDED:
            return _extended_text(notice, timeline)
        case NoticeKind.DONE_AGAIN:
            return _again_text(notice, steps, timeline)
        case NoticeKind.EARNED_AGAIN | NoticeKind.PAPER_RENEWED:
            return _paper_text(notice, timeline)
        case NoticeKind.OVERLOADED_WEEKS:
            return overload_text(notice, timeline)
        case NoticeKind.PLACE_NOT_KNOWN:
            return open_places_text(notice.detail)
        case NoticeKind.PLACE_WITHOUT_RULES:
            return no_rules_text(*notice.detail)
        case NoticeKind.PAPER_RAN_OUT:
            return _ran_out_text(notice, timeline)
        case NoticeKind.ROLE_NOT_ASKED:
            role, near = map(quoted_name, notice.detail)
            return f"Work as {role} counts for nothing here, as no rule speaks of it; is {near} meant?"
        case NoticeKind.RECORD_BREAKS_RULE:
            return f"What is recorded for {steps} breaks a rule: {joined(notice.detail)}."
        case NoticeKind.TAKEN_AS_MET:
            return f"Taken as met because {steps} is recorded as begun or done: {joined(notice.detail)}."
        case _:  # pragma: no cover
            assert_never(notice.kind)


def _ran_out_text(notice: Notice, timeline: Timeline) -> str:
    credential, *days = notice.detail
    ended, through = (day_text(dt.date.fromisoformat(day)) for day in days)
    paper = quoted_name(timeline.credential_name(credential))
    return f"{paper} ended on {ended} and can still be renewed through {through}, which this plan does not count on."


_SHOWN_SOURCES: Final = 3


def _stale_text(notice: Notice, timeline: Timeline) -> str:
    """The sources that are to be checked again, the longest overdue first."""
    due = sorted(
        (source.review_day or timeline.today, source_title(source))
        for source in timeline.sources
        if source.id in notice.detail
    )
    shown = [f"{quoted_name(title)} (by {day_text(day)})" for day, title in due[:_SHOWN_SOURCES]]
    more = len(due) - _SHOWN_SOURCES
    listed = joined([*shown, *([f"{more} more"] if more > 0 else [])])
    return f"Facts may have changed: their sources were to be checked again, {listed}."


def _paper_text(notice: Notice, timeline: Timeline) -> str:
    """How a paper is kept valid for those who rely on it."""
    paper, granted_by = quoted_name(timeline.credential_name(notice.detail[0])), next(iter(notice.detail[1:]), None)
    if notice.kind is NoticeKind.PAPER_RENEWED:
        uses = [
            each for each in timeline.papers if (each.credential, each.granted_by) == (notice.detail[0], granted_by)
        ]
        days = joined([day_text(day) for day in sorted({each.on for use in uses for each in use.renewals})])
        return f"{paper} has to be renewed by {days}, so that it is still valid{_for(notice, timeline)}."
    again = quoted_name(timeline.name_of(granted_by or ""))
    return f"{again} is planned once more so that {paper} is valid{_for(notice, timeline)}; ask what it costs then."


def _again_text(notice: Notice, steps: str, timeline: Timeline) -> str:
    """Why something is done once more: it is too old, or attempts at something else are used up until then."""
    if not notice.detail:
        verb = "is" if len(notice.steps) == 1 else "are"
        return f"{steps} {verb} too old by then and {verb} planned again; ask what a second time takes and costs."
    tried = joined([quoted_name(timeline.name_of(step)) for step in notice.detail])
    return f"The attempts at {tried} are used up until {steps} is done again; ask what a second time takes and costs."


def _extended_text(notice: Notice, timeline: Timeline) -> str:
    """How often a window is made longer, for whom, and what that costs."""
    step, times, cost = notice.detail
    often = "once" if times == "1" else f"{times} times"
    fee = f"for {money_text(Decimal(cost), timeline.cost.currency)}" if cost else "for a fee that is not known"
    window = f"The window that {quoted_name(timeline.name_of(step))} opens"
    return f"{window} is extended {often} {fee}{_for(notice, timeline)}."


def _for(notice: Notice, timeline: Timeline) -> str:
    """Who relies on a paper; nothing where it is the goal itself."""
    steps = [quoted_name(timeline.name_of(step)) for step in notice.steps]
    return f" for {joined(steps)}" if steps else ""


def unsure_text(notice: Notice, timeline: Timeline) -> str:
    """What rests on memory alone, as a part of a sentence: the cost of steps, or all that is said of them."""
    steps = joined([timeline.name_of(step) for step in notice.steps])
    if notice.detail == ("cost",):
        return f"cost of {steps or 'some steps'}"
    lead = "facts and cost of " if "cost" in notice.detail else ""
    return f"{lead}{steps or 'some steps'}"


def finish_text(timeline: Timeline, *, write_day: Callable[[dt.date], str] = day_text) -> str:
    """When the goal is reached, as the rest of a heading: the day of the job, where one job is the last of it."""
    if timeline.finish is None:
        return "no plan"
    jobs = [step for step in timeline.steps if step.kind is StepKind.JOB and step.start == timeline.finish]
    if len(jobs) == 1 and not jobs[0].is_done:
        limit = "" if timeline.is_latest else " at the earliest"
        return f"the job starts on {write_day(timeline.finish)}{limit}"
    return f"done by {write_day(timeline.finish)}"


def slack_text(days: int | None) -> str:
    """How long a step may slip; empty where that is not known.

    >>> slack_text(0), slack_text(14), slack_text(-3)
    ('none', '14 days', '3 days late')
    """
    if days is None:
        return ""
    return f"{days_text(days)} late" if days < 0 else days_text(days) if days else "none"


def cost_text(total: TotalCost, names: Sequence[str] | None = None) -> str:
    """The total, and whose cost is missing in it; `names` stand for the ids of these steps.

    >>> cost_text(TotalCost(amount=Decimal("575.00"), currency="USD", unknown=("diploma",)), ["High-school diploma"])
    'at least 575.00 USD; cost of High-school diploma is not known'
    """
    amount = money_text(total.amount, total.currency)
    if not total.unknown:
        return amount
    return f"at least {amount}; cost of {joined(names or total.unknown)} is not known"


def difference_text(*, days: int, cost: Decimal | None, currency: str) -> str:
    """How another plan differs from this one.

    >>> difference_text(days=-12, cost=Decimal("40"), currency="USD")
    '12 days sooner, 40.00 USD more'
    """
    when = f"{days_text(days)} {'later' if days > 0 else 'sooner'}" if days else "the same day"
    if cost is None:
        return f"{when}, cost not known"
    if not cost:
        return f"{when}, the same cost"
    return f"{when}, {money_text(abs(cost), currency)} {'more' if cost > 0 else 'less'}"
