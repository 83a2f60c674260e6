"""The facts of pathways as JSON, for programs that look after them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from career_path.formats.facts import facts
from career_path.formats.gate import Table
from career_path.formats.json_writing import json_text
from career_path.formats.unstructure import plain_fields
from career_path.model.facts import PathwayFact, counted_facts
from career_path.model.pathway import Pathway
from career_path.version import VERSION

__all__ = ["FACTS_SCHEMA", "format_facts"]

FACTS_SCHEMA: Final = "career-path/facts/1"


def format_facts(told: Iterable[tuple[Pathway, Sequence[PathwayFact]]], *, today: dt.date) -> str:
    """The JSON text of facts by the pathway they are of, counted; it is written and not read back.

    >>> import json
    >>> from career_path import Step, facts
    >>> path = Pathway("p", goal="exam", steps=[Step("exam", cost="125.00")])
    >>> table = json.loads(format_facts([(path, facts(path))], today=dt.date(2027, 1, 4)))
    >>> table["pathways"][0]["facts"][0]["says"]
    '125.00 USD'
    """
    given = [(each, own, len(facts(each))) for each, own in told]
    listed = [
        {"pathway": each.id, "title": each.name, "count": _count(own, of), "facts": [_table(fact) for fact in own]}
        for each, own, of in given
    ]
    count = _count([fact for _, own, _ in given for fact in own], sum(of for _, _, of in given))
    return json_text({"schema": FACTS_SCHEMA, "version": VERSION, "today": today, "count": count, "pathways": listed})


def _count(told: Sequence[PathwayFact], of: int) -> Table:
    return plain_fields(counted_facts(told, of=of))


def _table(fact: PathwayFact) -> Table:
    return {**plain_fields(fact), "unsure": fact.is_unsure}
