"""Strategies for continuing education: rules over a few categories, and the activities of one person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from career_path.model.credit_parts import CreditSlot
from career_path.model.credits import CreditRule, Filling
from career_path.model.ledger import Activity, CreditKind, Ledger
from career_path.testing.days import dates_between

__all__ = ["credit_rules", "ledgers"]

_CATEGORIES: Final = ("general", "law", "safety")
_BODIES: Final = ("AAMA", "state")


@cache
def _halves(most: int) -> SearchStrategy[Fraction]:
    return st.integers(0, 2 * most).map(lambda halves: Fraction(halves, 2))


def credit_rules(*, categories: Iterable[str] = _CATEGORIES, max_total: int = 60) -> SearchStrategy[CreditRule]:
    """Rules of up to `max_total` credits: a minimum, a maximum or both for each of some categories, filled in each way.

    What the slots ask for together is never more than the total; an overlay may look at credits of one body once more.

    >>> from hypothesis import find
    >>> rule = find(credit_rules(), lambda rule: len(rule.slots) > 0)
    >>> sum(slot.at_least for slot in rule.slots) <= rule.total
    True
    """
    return _credit_rules(tuple(categories), max_total)


@cache
@st.composite
def _credit_rules(draw: DrawFn, categories: tuple[str, ...], max_total: int) -> CreditRule:
    total = left = draw(_halves(max_total))
    slots: list[CreditSlot] = []
    for name in draw(st.lists(st.sampled_from(categories), max_size=3, unique=True)):
        least = min(draw(_halves(20)), left)
        most = draw(st.none() | _halves(20)) if least else draw(_halves(20))
        cap = None if most is None else least + most
        slots.append(CreditSlot(name, at_least=least, at_most=cap, of=CreditKind(category=[name])))
        left -= least
    if total and draw(st.booleans()):
        of = CreditKind(approved_by=[draw(st.sampled_from(_BODIES))])
        slots.append(CreditSlot("approved", at_least=draw(st.just(total / 2)), of=of, is_overlay=True))
    return CreditRule(total=total, slots=slots, fills=draw(st.sampled_from(Filling)))


def ledgers(
    *,
    categories: Iterable[str] = _CATEGORIES,
    since: dt.date = dt.date(2027, 1, 1),
    through: dt.date = dt.date(2031, 12, 31),
    max_size: int = 8,
) -> SearchStrategy[Ledger]:
    """Ledgers of up to `max_size` activities from one day through another, of one or two categories and of some body.

    >>> from hypothesis import find
    >>> find(ledgers(), lambda ledger: len(ledger.activities) > 0).activities[0].credits
    Fraction(1, 2)
    """
    return _ledgers(tuple(categories), since, through, max_size)


@cache
def _ledgers(categories: tuple[str, ...], since: dt.date, through: dt.date, max_size: int) -> SearchStrategy[Ledger]:
    activity = st.builds(
        Activity,
        date=dates_between(since, through),
        title=st.just("course"),
        credits=st.integers(1, 40).map(lambda halves: Fraction(halves, 2)),
        category=st.lists(st.sampled_from(categories), max_size=2, unique=True),
        approved_by=st.lists(st.sampled_from(_BODIES), max_size=1),
    )
    return st.lists(activity, max_size=max_size).map(Ledger)
