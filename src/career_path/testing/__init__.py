"""Hypothesis strategies for the values of this library: for its own tests and for yours.

Whatever they draw is sound: a pathway passes its checks, a learner fits the pathway it was drawn for, and most of
the time there is a plan. They shrink to few steps, short spans and no extras. Needs the extra `test`.

>>> from hypothesis import find
>>> find(spans(), lambda span: span.total_months > 2)
Span.parse('P3M')
"""

from career_path.errors import MissingExtraError

try:
    import hypothesis as _hypothesis
except ImportError as error:
    raise MissingExtraError("career_path.testing", "test") from error
else:
    del _hypothesis

from career_path.testing.days import absences, dates, day_rules, durations, spans
from career_path.testing.learners import cases, learners
from career_path.testing.pathways import credentials, pathways, titles

__all__ = [
    "absences",
    "cases",
    "credentials",
    "dates",
    "day_rules",
    "durations",
    "learners",
    "pathways",
    "spans",
    "titles",
]
