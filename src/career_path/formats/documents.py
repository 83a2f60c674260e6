"""Pathways, learners and timelines from text and to text, in TOML or JSON with equal names and nesting.

A document is data only: nothing in it is executed, opened or fetched, and one that is too large or too deeply
nested is turned away before it is read. All faults that can be seen in one reading come in one `DocumentError`.
"""

from __future__ import annotations

from career_path.errors import InvalidValueError, nearest_name, quoted
from career_path.formats.gate import Syntax, Table, open_document
from career_path.formats.structure_pathway import LEARNER_SCHEMA, PATHWAY_SCHEMA, read_learner, read_pathway
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway
from career_path.model.timeline import Timeline

__all__ = [
    "Syntax",
    "format_learner",
    "format_pathway",
    "format_timeline",
    "parse_learner",
    "parse_pathway",
    "parse_timeline",
]


def parse_pathway(text: str | bytes, *, syntax: Syntax | None = None, name: str = "document") -> Pathway:
    """The pathway that a text describes; without `syntax`, text that begins with `{` is JSON, other text TOML.

    >>> parse_pathway('''
    ... schema = "career-path/pathway/1"
    ... id = "tiny"
    ... goal = "job"
    ... [steps.school]
    ... takes = "P9M"
    ... [steps.job]
    ... requires = "school"
    ... ''').step("school").takes
    Span.parse('P9M')

    Raises:
        DocumentError: everything that is wrong with it.
    """
    return read_pathway(open_document(text, syntax=syntax, name=name), name=name)


def parse_learner(text: str | bytes, *, syntax: Syntax | None = None, name: str = "document") -> Learner:
    """The learner that a text describes.

    >>> parse_learner('{"schema": "career-path/learner/1", "id": "ana", "born": "2001-02-03"}').born
    datetime.date(2001, 2, 3)

    Raises:
        DocumentError: everything that is wrong with it.
    """
    return read_learner(open_document(text, syntax=syntax, name=name), name=name)


def parse_timeline(text: str | bytes, *, syntax: Syntax | None = None, name: str = "document") -> Timeline:
    """The timeline that a text describes, equal to the one that was written.

    >>> import datetime as dt
    >>> from career_path import Step, plan
    >>> made = plan(Pathway("tiny", goal="job", steps=[Step("job")]), Learner(), today=dt.date(2027, 1, 4))
    >>> parse_timeline(format_timeline(made)) == made
    True

    Raises:
        DocumentError: everything that is wrong with it.
    """
    from career_path.formats.timeline_json import read_timeline  # noqa: PLC0415 (only for timelines)

    return read_timeline(open_document(text, syntax=syntax, name=name), name=name)


def format_pathway(pathway: Pathway, *, syntax: Syntax = "toml") -> str:
    """A pathway as a document; what has its default value is left out.

    >>> from career_path.model.pathway import Step
    >>> print(format_pathway(Pathway("tiny", goal="job", steps=[Step("job")]), syntax="toml"), end="")
    schema = "career-path/pathway/1"
    id = "tiny"
    goal = "job"
    <BLANKLINE>
    [steps.job]

    Raises:
        InvalidValueError: a value that no document can hold, such as a third of an hour.
        MissingExtraError: TOML without the extra `toml`.
    """
    return _text({"schema": PATHWAY_SCHEMA, **_table(pathway)}, syntax)


def format_learner(learner: Learner, *, syntax: Syntax = "toml") -> str:
    """A learner as a document; what has its default value is left out.

    >>> print(format_learner(Learner("ana", weekly_hours=7.5), syntax="json"), end="")
    {
      "schema": "career-path/learner/1",
      "id": "ana",
      "weekly_hours": 7.5
    }

    Raises:
        InvalidValueError: a value that no document can hold, such as a third of an hour.
        MissingExtraError: TOML without the extra `toml`.
    """
    return _text({"schema": LEARNER_SCHEMA, **_table(learner)}, syntax)


def format_timeline(timeline: Timeline, *, syntax: Syntax = "json") -> str:
    """A timeline as a document, with a sentence for every reason, deadline, conflict and notice.

    JSON tells what is not known as null; TOML has no null and leaves it out.

    >>> import datetime as dt, json
    >>> from career_path import Step, plan
    >>> made = plan(Pathway("tiny", goal="job", steps=[Step("job")]), Learner(), today=dt.date(2027, 1, 4))
    >>> table = json.loads(format_timeline(made))
    >>> table["schema"], table["finish"], table["steps"][0]["cost"]
    ('career-path/timeline/1', '2027-01-04', None)

    Raises:
        MissingExtraError: TOML without the extra `toml`.
    """
    from career_path.formats.timeline_json import timeline_table, without_nulls  # noqa: PLC0415 (only for timelines)

    table = timeline_table(timeline)
    return _text(without_nulls(table) if syntax == "toml" else table, syntax)


def _table(value: Pathway | Learner) -> Table:
    from career_path.formats.unstructure import to_table  # noqa: PLC0415 (only for writing)

    return to_table(value)


def _text(table: Table, syntax: str) -> str:
    if syntax == "json":
        from career_path.formats.json_writing import json_text  # noqa: PLC0415 (only for writing)

        return json_text(table)
    if syntax != "toml":
        near = nearest_name(syntax, ("toml", "json"))
        raise InvalidValueError("unknown-syntax", "syntax", quoted(syntax), "toml or json", near)
    from career_path.formats.toml_writing import toml_text  # noqa: PLC0415 (needs the extra `toml`)

    return toml_text(table)
