"""The routes among which there is a choice as JSON, for programs: each with its whole plan."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from career_path.formats.gate import Table
from career_path.formats.json_writing import json_text
from career_path.formats.timeline_json import timeline_table
from career_path.formats.unstructure import amount_text
from career_path.planning.front import FrontRoute
from career_path.version import VERSION
from career_path.views.careers import to_cents

__all__ = ["ROUTES_SCHEMA", "format_routes"]

ROUTES_SCHEMA: Final = "career-path/routes/1"


def format_routes(front: Sequence[FrontRoute]) -> str:
    """The JSON text of a front, the earliest route first; it is written and not read back.

    Each route has `left_out`, the ids of the steps that it does without, `chosen`, its jobs if money alone
    speaks for it, and `timeline`, a document of its own. What is earned by a day is rounded to hundredths.

    >>> import datetime as dt, json
    >>> from career_path import Learner, Pathway, Step, routes
    >>> path = Pathway("p", goal="school", steps=[Step("school", takes="P9M")])
    >>> table = json.loads(format_routes(routes(path, Learner(), today=dt.date(2027, 1, 4))))
    >>> [(each["left_out"], each["timeline"]["finish"]) for each in table["routes"]]
    [([], '2027-10-04')]
    """
    return json_text({"schema": ROUTES_SCHEMA, "version": VERSION, "routes": [_table(each) for each in front]})


def _table(route: FrontRoute) -> Table:
    return {
        "left_out": list(route.left_out),
        "earned_by": route.earned_by,
        "chosen": list(route.chosen),
        "earned": None if route.earned is None else _money(route.earned, route.timeline.cost.currency),
        "timeline": timeline_table(route.timeline),
    }


def _money(amount: Fraction, currency: str) -> Table:
    return {"amount": amount_text(to_cents(amount)), "currency": currency}
