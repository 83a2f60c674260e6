"""Careers side by side as JSON, for programs: values, null where something is not known."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from career_path.formats.gate import Table
from career_path.formats.json_writing import json_text
from career_path.formats.timeline_json import timeline_table
from career_path.formats.unstructure import amount_text, exact_hours, plain
from career_path.model.careers import Career, Careers, RenewalBurden, TotalHours
from career_path.model.timeline import TotalCost
from career_path.version import VERSION
from career_path.views.careers import to_cents

__all__ = ["CAREERS_SCHEMA", "format_careers"]

CAREERS_SCHEMA: Final = "career-path/careers/1"


def format_careers(careers: Careers) -> str:
    """The JSON text of careers; it is written and not read back. What is earned is rounded to hundredths.

    >>> import datetime as dt, json
    >>> from career_path import Learner, Pathway, Step, compare
    >>> path = Pathway("p", goal="job", steps=[Step("job", kind="job", cost="25.00")])
    >>> table = json.loads(format_careers(compare([path], Learner(), today=dt.date(2027, 1, 4))))
    >>> [(each["pathway"], each["first_pay"], each["earned"]) for each in table["careers"]]
    [('p', '2027-01-04', None)]
    """
    return json_text(
        {
            "schema": CAREERS_SCHEMA,
            "version": VERSION,
            "learner": careers.learner,
            "today": careers.today,
            "horizon": careers.horizon,
            "careers": [_table(each) for each in careers.careers],
        }
    )


def _table(career: Career) -> Table:
    occupation, currency = career.occupation, career.pathway.currency
    return {
        "pathway": career.pathway.id,
        "title": career.name,
        "first_pay": career.first_pay,
        "days_to_pay": career.days_to_pay,
        "cost": None if career.cost is None else _cost(career.cost),
        "hours": None if career.hours is None else _hours(career.hours),
        "exams": career.exam_count,
        "renewal": None if career.renewal is None else _renewal(career.renewal),
        "occupation": None if occupation is None else {"id": occupation.id, "title": occupation.name},
        "median_pay": None if career.median_pay is None else _money(Fraction(career.median_pay), currency),
        "pay": None if occupation is None or occupation.pay is None else plain(occupation.pay),
        "outlook": None if career.outlook is None else plain(career.outlook),
        "earned": None if career.earned is None else _money(career.earned, currency),
        "balance": None if career.balance is None else _money(career.balance, currency),
        "duties": [] if occupation is None else list(occupation.duties),
        "may_not": [] if occupation is None else list(occupation.may_not),
        "timeline": timeline_table(career.timeline),
    }


def _money(amount: Fraction, currency: str) -> Table:
    return {"amount": amount_text(to_cents(amount)), "currency": currency}


def _cost(cost: TotalCost) -> Table:
    return {"amount": amount_text(cost.amount), "currency": cost.currency, "unknown": list(cost.unknown)}


def _hours(hours: TotalHours) -> Table:
    return {"hours": exact_hours(hours.hours), "unknown": list(hours.unknown)}


def _renewal(burden: RenewalBurden) -> Table:
    return {
        "since": burden.since,
        "through": burden.through,
        "count": burden.count,
        "duty_count": burden.duty_count,
        "counts": dict(burden.counts),
        "shared": list(burden.shared),
        "hours": _hours(burden.hours),
        "cost": _cost(burden.cost),
        "without_rule": list(burden.without_rule),
        "not_renewed": list(burden.not_renewed),
        "training_only": list(burden.training_only),
    }
