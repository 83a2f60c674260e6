"""The facts of pathways as JSON, for programs that look after them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from career_path.formats.gate import Table
from career_path.formats.json_writing import json_text
from career_path.formats.unstructure import plain_fields
from career_path.model.facts import PathwayFact
from career_path.model.pathway import Pathway
from career_path.version import VERSION

__all__ = ["FACTS_SCHEMA", "format_facts"]

FACTS_SCHEMA: Final = "career-path/facts/1"


def format_facts(told: Iterable[tuple[Pathway, Sequence[PathwayFact]]], *, today: dt.date) -> str:
    """The JSON text of facts by the pathway they are of; it is written and not read back.

    >>> import json
    >>> from career_path import Step, facts
    >>> path = Pathway("p", goal="exam", steps=[Step("exam", cost="125.00")])
    >>> table = json.loads(format_facts([(path, facts(path))], today=dt.date(2027, 1, 4)))
    >>> table["pathways"][0]["facts"][0]["says"]
    '125.00 USD'
    """
    listed = [{"pathway": each.id, "title": each.name, "facts": [_table(fact) for fact in own]} for each, own in told]
    return json_text({"schema": FACTS_SCHEMA, "version": VERSION, "today": today, "pathways": listed})


def _table(fact: PathwayFact) -> Table:
    return {**plain_fields(fact), "unsure": fact.is_unsure}
