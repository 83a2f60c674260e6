"""Property testing with Hypothesis, for this library's own tests and for yours.

The strategies draw only what is sound: a pathway passes its checks, a learner fits the pathway it was drawn for, and
most of the time there is a plan. They shrink to few steps, short spans and no extras. They need the extra `testing`;
the assertions do not.

>>> from hypothesis import find
>>> find(spans(), lambda span: span.total_months > 2)
Span.parse('P3M')
"""

from typing import TYPE_CHECKING

from career_path.errors import MissingExtraError
from career_path.testing.assertions import (
    assert_gives_nearest_days,
    assert_plans,
    assert_round_trips,
    assert_sound,
    assert_sourced,
)

try:
    from career_path.testing.credits import credit_rules, ledgers
    from career_path.testing.days import absences, dates, day_rules, durations, spans
    from career_path.testing.learners import cases, learners, records
    from career_path.testing.overlays import overlaid_pathways
    from career_path.testing.pathways import credentials, occupations, openings, pathways, requirements, steps, titles
    from career_path.testing.renewals import (
        ends,
        held_papers,
        renewable_credentials,
        renewal_rules,
        validities,
    )
    from career_path.testing.timelines import timelines
except ModuleNotFoundError as _error:
    if _error.name != "hypothesis":
        raise
    # A type checker would take this function for a promise that every name is here.
    if not TYPE_CHECKING:  # pragma: no branch

        def __getattr__(name: str) -> object:
            if name in __all__:
                raise MissingExtraError(f"career_path.testing.{name}", "testing")
            message = f"module 'career_path.testing' has no attribute {name!r}"
            raise AttributeError(message)


__all__ = [
    "absences",
    "assert_gives_nearest_days",
    "assert_plans",
    "assert_round_trips",
    "assert_sound",
    "assert_sourced",
    "cases",
    "credentials",
    "credit_rules",
    "dates",
    "day_rules",
    "durations",
    "ends",
    "held_papers",
    "learners",
    "ledgers",
    "occupations",
    "openings",
    "overlaid_pathways",
    "pathways",
    "records",
    "renewable_credentials",
    "renewal_rules",
    "requirements",
    "spans",
    "steps",
    "timelines",
    "titles",
    "validities",
]
