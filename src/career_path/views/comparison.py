"""Plans side by side: what each asks for, and how it differs from the first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, Protocol

import attrs

from career_path.errors import InvalidValueError, UnknownIdError, quoted
from career_path.model.parts import check_part
from career_path.model.timeline import Conflict, Renewal, Timeline
from career_path.values import Value, frozen
from career_path.views.fitting import columns_of
from career_path.views.notebook import html_table
from career_path.views.plain import day_text, money_text, one_line
from career_path.views.sentences import conflict_text, difference_text

__all__ = ["ComparedPlan", "Comparison", "compare_plans"]

_GAP: Final = "  "
_NOTHING: Final = "No plans to compare."


class _Printer(Protocol):
    """What IPython hands over to be written to."""

    def text(self, obj: str) -> None: ...


@frozen(kw_only=True)
class ComparedPlan(Value):
    """A plan under the name it has in a comparison.

    `days` is how much later than the first plan it is done (negative: sooner), `cost_difference` how much more it
    costs. Each is None where that cannot be said: a plan without a finish, another currency, or costs that are known of
    one plan and not of the other.

    >>> from career_path import Learner, Pathway, Step, plan
    >>> exam, today = Pathway("p", goal="exam", steps=[Step("exam", cost="125.00")]), dt.date(2027, 1, 4)
    >>> later = plan(exam, Learner(start=dt.date(2027, 1, 11)), today=today)
    >>> second = compare_plans({"next week": later, "now": plan(exam, Learner(), today=today)}).plan("now")
    >>> second.days, second.cost_difference, second.step_count
    (-7, Decimal('0.00'), 1)
    """

    name: str
    timeline: Timeline
    days: int | None
    cost_difference: Decimal | None

    @property
    def finish(self) -> dt.date | None:
        """The first day on which the goal holds; None where there is no plan."""
        return self.timeline.finish

    @property
    def step_count(self) -> int:
        """How many steps are left to do."""
        return sum(not step.is_done for step in self.timeline.steps)

    @property
    def first_expiry(self) -> Renewal | None:
        """The period of validity that ends first from the plan's today on; None where none has an end."""
        ahead = [(each.valid_through, each) for each in self.timeline.renewals if each.valid_through is not None]
        return next((each for through, each in ahead if through >= self.timeline.today), None)


@frozen(kw_only=True)
class Comparison(Value):
    """Plans in the order in which they were given; `str()` is a table of them, and so is what a notebook shows.

    >>> print(compare_plans({}))
    No plans to compare.
    >>> compare_plans({}).plans
    ()
    """

    plans: tuple[ComparedPlan, ...]

    def plan(self, name: str) -> ComparedPlan:
        """The plan of that name.

        Raises:
            UnknownIdError: none is called so.
        """
        for each in self.plans:
            if each.name == name:
                return each
        raise UnknownIdError("plan in this comparison", name, tuple(each.name for each in self.plans))

    def __str__(self) -> str:
        if not self.plans:
            return _NOTHING
        table = [_HEADINGS, *([one_line(cell) for cell in row] for row in self._rows())]
        widths = [max(map(columns_of, column)) for column in zip(*table, strict=True)]
        return "\n".join(_GAP.join(map(_padded, row, widths)).rstrip() for row in table)

    def _repr_html_(self) -> str:
        return html_table(_HEADINGS, self._rows()) if self.plans else f"<p>{_NOTHING}</p>"

    def _repr_pretty_(self, printer: _Printer, _is_cycle: bool) -> None:  # noqa: FBT001 (as IPython calls it)
        printer.text(str(self))

    def _rows(self) -> list[tuple[str, ...]]:
        return [_row(each, is_first=each is self.plans[0]) for each in self.plans]


def compare_plans(plans: Mapping[str, Timeline]) -> Comparison:
    """The plans under the names they are given, each against the first.

    >>> from career_path.model.timeline import TotalCost
    >>> def made(finish: dt.date, amount: str) -> Timeline:
    ...     return Timeline(
    ...         pathway="p", title="P", learner="me", today=dt.date(2027, 1, 4), horizon=dt.date(2127, 1, 4),
    ...         finish=finish, cost=TotalCost(amount=Decimal(amount), currency="USD"),
    ...     )
    >>> sooner, later = made(dt.date(2027, 9, 6), "100"), made(dt.date(2027, 11, 1), "60")
    >>> compared = compare_plans({"30 hours": sooner, "20 hours": later})
    >>> print(compared)
    Plan      Done by     Against the first              Cost        Steps  First expiry  Conflicts
    30 hours  6 Sep 2027  -                              100.00 USD  0      none          none
    20 hours  1 Nov 2027  56 days later, 40.00 USD less  60.00 USD   0      none          none
    >>> compared.plan("20 hours").days
    56

    Raises:
        InvalidValueError: something else than a timeline.
    """
    if not isinstance(plans, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValueError("wrong-kind", "plans", quoted(plans), "a mapping of names to plans")
    checked = {name: check_part(each, Timeline, name) for name, each in plans.items()}
    first = next(iter(checked.values()), None)
    return Comparison(plans=tuple(_against(first or each, name, each) for name, each in checked.items()))


def _against(first: Timeline, name: str, other: Timeline) -> ComparedPlan:
    days = None if first.finish is None or other.finish is None else (other.finish - first.finish).days
    return ComparedPlan(name=name, timeline=other, days=days, cost_difference=_cost_difference(first, other))


def _cost_difference(first: Timeline, other: Timeline) -> Decimal | None:
    is_same = first.cost.currency == other.cost.currency and set(first.cost.unknown) == set(other.cost.unknown)
    return other.cost.amount - first.cost.amount if is_same else None


_HEADINGS: Final = ("Plan", "Done by", "Against the first", "Cost", "Steps", "First expiry", "Conflicts")


def _row(plan: ComparedPlan, *, is_first: bool) -> tuple[str, ...]:
    timeline = plan.timeline
    return (
        plan.name,
        "no plan" if plan.finish is None else day_text(plan.finish),
        "-" if is_first else _difference(plan),
        f"{'at least ' if timeline.cost.unknown else ''}{money_text(timeline.cost.amount, timeline.cost.currency)}",
        str(plan.step_count),
        _expiry(plan),
        " ".join(_conflict(each, timeline) for each in timeline.conflicts) or "none",
    )


def _difference(plan: ComparedPlan) -> str:
    if plan.days is None:
        return "cannot be compared"
    return difference_text(days=plan.days, cost=plan.cost_difference, currency=plan.timeline.cost.currency)


def _conflict(conflict: Conflict, timeline: Timeline) -> str:
    """What is missed and by how much; which rules decide fills a page of its own."""
    return conflict_text(attrs.evolve(conflict, rules=()), timeline)


def _expiry(plan: ComparedPlan) -> str:
    first = plan.first_expiry
    if first is None or first.valid_through is None:
        return "none"
    return f"{plan.timeline.credential_name(first.credential)}, {day_text(first.valid_through)}"


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - columns_of(cell))
