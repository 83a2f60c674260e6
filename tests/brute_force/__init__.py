"""A planner that tries everything: every route, and in it every day, with `relativedelta` and plain loops.

It shares no arithmetic with the library: it reads the values of the model and nothing else. It is meant for small
cases (a handful of steps, a window of some hundred days) and says what the real planner must say about them.
"""

from brute_force.arithmetic import OutOfScopeError, is_open
from brute_force.results import Outcome, Placed, Result
from brute_force.routes import MOST_RENEWALS, MOST_TIMES
from brute_force.search import TooManyRoutesError, best, outcomes

__all__ = [
    "MOST_RENEWALS",
    "MOST_TIMES",
    "OutOfScopeError",
    "Outcome",
    "Placed",
    "Result",
    "TooManyRoutesError",
    "best",
    "is_open",
    "outcomes",
]
