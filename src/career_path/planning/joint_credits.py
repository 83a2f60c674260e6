"""How one ledger stands against the rules of several credentials, each activity counted for as many as may share it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from career_path.days.numbers import check_date
from career_path.errors import InvalidValueError, quoted
from career_path.model.assessment import ActivityUse, Assessment, CredentialAssessment, JointAssessment
from career_path.model.credits import CreditCycle
from career_path.model.ledger import Ledger
from career_path.model.parts import check_parts
from career_path.planning.allotment import MOST_TRIALS
from career_path.planning.credits import CreditCase, by_day
from career_path.planning.joint_filling import Contender, Dealing, deal

__all__ = ["assess_all"]


def assess_all(
    cycles: Iterable[CreditCycle], ledger: Ledger, *, on: dt.date, most_trials: int = MOST_TRIALS
) -> JointAssessment:
    """How a ledger stands on a day for several credentials, each in its own cycle, in the best way to count it.

    An activity counts for every credential whose rule takes it, unless one of these rules is not shared: what counts
    there, be it in part, counts nowhere else. Best is then the least shortfall of all credentials added up; of equal
    ways the one with the least shortfall of the credential whose cycle ends first, of the next, and so on (those that
    end on one day by id). What is given to a credential counts there as `assess` says. Neither the order of the
    credentials nor that of the ledger matters.

    >>> from career_path.model.credits import CreditPeriod, CreditRule
    >>> from career_path.model.ledger import Activity
    >>> year = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2027, 12, 31))
    >>> courses = Ledger(Activity(date=dt.date(2027, month, 1), title="Law", credits=4) for month in (2, 3))
    >>> rules = {"cma": CreditRule(total=4, is_shared=False), "cpt": CreditRule(total=8)}
    >>> cycles = [CreditCycle(each, rule=rule, period=year) for each, rule in rules.items()]
    >>> now = assess_all(cycles, courses, on=dt.date(2027, 9, 1))
    >>> [(use.activity.date.month, use.credentials) for use in now.activities]
    [(2, ('cpt',)), (3, ('cma',))]
    >>> now.of("cpt").missing, now.of("cpt").activities[1].elsewhere
    (Fraction(4, 1), ('cma',))

    Raises:
        CreditLimitError: the best way was not proved within `most_trials` choices.
        InvalidValueError: a credential comes twice (code `twice`), and as `assess`.
    """
    asked, today = _in_order(cycles), check_date(on, "on")
    cases = [CreditCase(each.rule, ledger, period=each.period, on=today) for each in asked]
    contenders = [Contender(each.problem, each.able, each.rule.is_shared) for each in cases]
    dealt = deal(contenders, most_trials=most_trials)
    counting = _counting(asked, contenders, dealt)
    told = [
        CredentialAssessment(
            credential=each.credential,
            name=each.name,
            assessment=_told(case, dealt, rule, counting),
        )
        for rule, (each, case) in enumerate(zip(asked, cases, strict=True))
    ]
    return JointAssessment(
        on=today,
        credentials=tuple(told),
        activities=tuple(
            ActivityUse(activity=each, credentials=counting.get(index, ())) for index, each in enumerate(by_day(ledger))
        ),
    )


def _in_order(cycles: Iterable[CreditCycle]) -> list[CreditCycle]:
    asked = check_parts(cycles, CreditCycle, "cycles")
    names = [each.credential for each in asked]
    twice = next((name for index, name in enumerate(names) if name in names[:index]), None)
    if twice is not None:
        raise InvalidValueError("twice", "cycles", f"{quoted(twice)} twice", "each once")
    return sorted(asked, key=lambda each: (each.period.through, each.credential))


def _counting(
    asked: Sequence[CreditCycle], contenders: Sequence[Contender], dealt: Dealing
) -> dict[int, tuple[str, ...]]:
    """The credentials that each activity counts for."""
    found: dict[int, tuple[str, ...]] = {}
    for each, contender, shares in zip(asked, contenders, dealt.shares, strict=True):
        for activity in sorted({contender.able[share.activity] for share in shares}):
            found[activity] = (*found.get(activity, ()), each.credential)
    return found


def _told(case: CreditCase, dealt: Dealing, rule: int, counting: dict[int, tuple[str, ...]]) -> Assessment:
    kept_from = dealt.kept_from[rule]
    elsewhere = {at: counting[activity] for at, activity in enumerate(case.able) if activity in kept_from}
    return case.assessment(dealt.shares[rule], elsewhere)
